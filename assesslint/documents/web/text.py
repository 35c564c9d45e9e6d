"""The bytes of a web page (.html, or .mht with a page in it) → its text, and text put back into the bytes it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assesslint.documents.unreadable import UnreadableError
from assesslint.text.decode import TRADITIONAL, decode

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-big5"), TRADITIONAL),
    "utf-8": "utf-8",
}
_MOST_DAMAGED = 0.01
"""Largest share of bytes that are no character in a page read by the encoding it declares; browsers show such pages too."""

_ARCHIVE = re.compile(rb"\s*(?:from|subject|date|mime-version|content-type|content-location|snapshot-content-location)\s*:", re.IGNORECASE)

_MOST_PARAMETERS = 200
"""Parameters of a content type in a web archive, which has three or four; the time they take grows with their square."""
_ENDLESS_HEADER = UnreadableError(
    "网页存档（.mht）的头部参数过多，不是正常的网页存档，没有读取；请在浏览器中另存为 .html 再检查",
    "a header of the web archive (.mht) has more parameters than that of any web archive; it was not read; save the page as .html",
)

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class WebText:
    """`text` is what the page holds, with U+FFFD for each byte that is no character. `kept` is the same with those bytes in it."""

    text: str
    kept: str
    encoding: str
    mark: bytes = b""
    tail: bytes = b""
    """The byte order mark before, and bytes too few for a character behind."""

    @property
    def damaged(self) -> int:
        """How many bytes are no character."""
        return len(self.kept) - len(_LONE_SURROGATES.sub("", self.kept))

    def encode(self, text: str) -> bytes:
        """Return the page's bytes with `text` in place of `kept`."""
        return self.mark + text.encode(self.encoding, _handler(self.encoding)) + self.tail

    def writable(self, text: str) -> str:
        """Return `text` with an entity for each character that the page's encoding does not hold."""
        return text.encode(self.encoding, "xmlcharrefreplace").decode(self.encoding)


def _handler(encoding: str) -> str:
    return "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"


def is_archive(data: bytes) -> bool:
    """Tell whether the bytes are those of a web archive (.mht): a mail with a page in it."""
    return _ARCHIVE.match(data[:200]) is not None


def page_bytes(data: bytes) -> bytes:
    """Return the page of a web archive; any other file as it is. Raises UnreadableError when there is none in it."""
    if not is_archive(data):
        return data
    from email import message_from_bytes
    from email.policy import Compat32

    class Headers(Compat32):
        def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
            name, value = super().header_source_parse(sourcelines)
            if name.lower() == "content-type" and value.count(";") > _MOST_PARAMETERS:
                raise _ENDLESS_HEADER
            return name, value

    try:
        message = message_from_bytes(data, policy=Headers())
        for part in message.walk():
            if part.get_content_type() == "text/html" and isinstance(page := part.get_payload(decode=True), bytes):
                return page
    except (RecursionError, ValueError, LookupError, AssertionError):
        pass
    zh, en = "网页存档（.mht）里没有网页，请在浏览器中另存为 .html 再检查", "the web archive (.mht) holds no page; save it as .html"
    raise UnreadableError(zh, en)


def read_web_text(data: bytes) -> WebText:
    """Return the text of a page. Raises UnreadableError when it is none."""
    decoded = decode(data)
    encoding = decoded.encoding
    if decoded.fault:
        encoding = _declared(data)
        if not encoding or b"\x00" in data:
            raise UnreadableError(decoded.fault.zh, decoded.fault.en)
    elif data.isascii():
        encoding = "ascii"
    mark = next((mark for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff") if data.startswith(mark)), b"")
    body = data[len(mark) :]
    tail = body[len(body) // 2 * 2 :] if encoding.startswith("utf-16") else b""
    kept = body[: len(body) - len(tail)].decode(encoding, _handler(encoding))
    found = WebText(_LONE_SURROGATES.sub("\ufffd", kept), kept, encoding, mark, tail)
    if decoded.fault and found.damaged > _MOST_DAMAGED * len(data):
        raise UnreadableError(decoded.fault.zh, decoded.fault.en)
    return found


def _declared(data: bytes) -> str:
    """Return the encoding a page names for itself, if it is one that is read."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    return _CODECS.get(found[1].decode("ascii", "replace").lower(), "") if found else ""
