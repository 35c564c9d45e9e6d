"""The bytes of a draft → its text, or the reason why they are none.

UTF-8, UTF-16, GB18030 and Big5 are read, with or without a byte order mark; any other encoding, and what is no text, is named and refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from assesslint.text.normalise import BIDI, INVISIBLE


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the bytes cannot be read, in both languages, with the way out."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """A character of the text that shows nothing, turns the direction of text, or is half of a surrogate pair."""

    offset: int
    character: str

    @property
    def code_point(self) -> str:
        return f"U+{ord(self.character):04X}"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text (empty when there is a `fault`), the encoding it was read as, and the hidden characters in it.

    A lone surrogate cannot be printed or stored; U+FFFD stands in its place, so that offsets hold.
    """

    text: str = ""
    encoding: str = ""
    hidden: tuple[Hidden, ...] = ()
    fault: Fault | None = None


SAVE_AS_TEXT = Fault("请另存为纯文本（.txt，UTF-8）后再检查", "save it as plain text (.txt, UTF-8) and check that")

SIGNATURES = (
    (b"%PDF", "PDF 文件", "a PDF file"),
    (b"PK\x03\x04", "压缩包或新版 Word、Excel、OFD 文件", "a zip archive, or a Word, Excel or OFD file"),
    (b"PK\x05\x06", "空的压缩包", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word、Excel 或 WPS 文件", "an old Word, Excel or WPS file"),
    (b"{\\rtf", "RTF 文件", "an RTF file"),
    (b"\x89PNG", "图片（PNG）", "a PNG picture"),
    (b"\xff\xd8\xff", "图片（JPEG）", "a JPEG picture"),
    (b"GIF8", "图片（GIF）", "a GIF picture"),
    (b"\x1f\x8b", "压缩文件（gzip）", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "压缩文件（7z）", "a 7z archive"),
    (b"Rar!", "压缩文件（RAR）", "a RAR archive"),
    (b"\x7fELF", "可执行程序", "a program"),
    (b"MZ\x90\x00", "可执行程序", "a program"),
    (b"SQLite format 3", "数据库文件", "a database"),
)
"""How files that are no text begin, with what they are."""

ENCODING_NAMES = {"utf_32": "UTF-32", "cp949": "EUC-KR（韩文）", "shift_jis": "Shift_JIS（日文）"}

TRADITIONAL = "cp950"
"""Big5 as Windows writes it."""

MORE_ORDINARY = 0.03
"""By how much more ordinary a text must be as Big5 than as GB18030, which gives every Big5 text characters too."""

PLAUSIBLE = 0.7
"""Least share of ordinary characters in a text that was decoded by guess."""

SAMPLE = 20_000
"""Characters looked at to judge a guess."""

_NAMED_SAMPLE = 65_536
_HIDDEN = str.maketrans(dict.fromkeys([*INVISIBLE, *BIDI, *map(chr, range(0xD800, 0xE000))]))


def decode(data: bytes) -> Decoded:
    """Return the text of a draft. Raises nothing: bytes that cannot be read come back as a `fault`."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe\x1a"):
        return Decoded(fault=Fault("文件是空的，没有可检查的内容", "the file is empty, there is nothing to check"))
    for start, zh, en in SIGNATURES:
        if data.startswith(start):
            return _refuse_binary(zh, en)
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return _refuse_encoding("utf_32")
    if data.startswith(b"\xef\xbb\xbf"):
        return _decode_utf8(data[3:]) or _damaged(data[3:])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-16-be"
        return _read(_utf16(data[2:], encoding), encoding)
    if b"\x00" in data:
        return _decode_unmarked_utf16(data) or _refuse_binary("二进制文件", "a binary file")
    return _decode_utf8(data) or _decode_by_guess(data)


def _read(text: str, encoding: str) -> Decoded:
    hidden = hidden_characters(text)
    if any("\ud800" <= h.character <= "\udfff" for h in hidden):
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return Decoded(text, encoding, hidden)


def hidden_characters(text: str) -> tuple[Hidden, ...]:
    """Return the characters of a text that show nothing or turn its direction."""
    if text.isascii() or len(text.translate(_HIDDEN)) == len(text):
        return ()
    return tuple(Hidden(at, c) for at, c in enumerate(text) if ord(c) in _HIDDEN)


def _decode_utf8(data: bytes) -> Decoded | None:
    try:
        return _read(data.decode("utf-8", "surrogatepass"), "utf-8")
    except UnicodeDecodeError:
        return None


def _utf16(data: bytes, encoding: str) -> str:
    """Return UTF-16 as text; a trailing odd byte is dropped, a lone surrogate stays."""
    return data[: len(data) // 2 * 2].decode(encoding, "surrogatepass")


def _decode_unmarked_utf16(data: bytes) -> Decoded | None:
    likely = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _ordinary(_utf16(data, encoding)))
    text = _utf16(data, likely)
    return _read(text, likely) if "\x00" not in text and _ordinary(text) >= PLAUSIBLE else None


def _decode_by_guess(data: bytes) -> Decoded:
    """Choose among the encodings that give every byte a character the one that gives the most ordinary text."""
    guesses: dict[str, str] = {}
    for encoding in ("gb18030", TRADITIONAL):
        try:
            guesses[encoding] = data.decode(encoding)
        except UnicodeDecodeError:
            continue
    for encoding in ("utf-16-le", "utf-16-be"):
        guesses[encoding] = _utf16(data, encoding)
    shares = {encoding: _ordinary(text) for encoding, text in guesses.items()}
    likely = max(shares, key=lambda encoding: shares[encoding] - MORE_ORDINARY * (encoding == TRADITIONAL))
    if shares[likely] >= PLAUSIBLE:
        return _read(guesses[likely], likely)
    return _damaged(data)


def _ordinary(text: str) -> float:
    """Return the share of characters people write every day: common Chinese characters and marks, letters, digits, line ends."""
    sample = text[:SAMPLE]
    return sum(map(_is_ordinary, sample)) / max(1, len(sample))


def _is_ordinary(character: str) -> bool:
    if character < "\x80":
        return character.isprintable() or character in "\t\r\n"
    if character in "\u3000，。、；：？！“”‘’（）《》【】—…·％＋－０１２３４５６７８９" or character in INVISIBLE:
        return True
    simplified = character.encode("gb2312", "ignore")
    if simplified and 0xB0 <= simplified[0] <= 0xD7:
        return True
    traditional = character.encode("big5", "ignore")
    return bool(traditional) and 0xA4 <= traditional[0] <= 0xC6


def _damaged(data: bytes) -> Decoded:
    """Refuse bytes in an encoding that is not read: name it, or say where nearly good UTF-8 is damaged."""
    mended = data.decode("utf-8", "ignore")
    if len(data) - len(mended.encode()) <= max(4, len(data) // 100) and _ordinary(mended) >= PLAUSIBLE:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            return Decoded(
                fault=Fault(
                    f"第 {line} 行有乱码（文件像是 UTF-8 文本，但已损坏），请在编辑器里重新另存为 UTF-8 文本",
                    f"line {line} holds bytes that are no character (the file looks like damaged UTF-8); save it again as UTF-8 text",
                )
            )
    return _refuse_encoding(_name_encoding(data))


def _name_encoding(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_NAMED_SAMPLE]).best()
    return best.encoding if best else ""


def _refuse_encoding(name: str) -> Decoded:
    known = ENCODING_NAMES.get(name, name)
    return Decoded(
        encoding=name,
        fault=Fault(
            f"文件的编码{f'像是 {known}' if known else '无法识别'}，只读 UTF-8、UTF-16、GB18030 和 Big5；{SAVE_AS_TEXT.zh}",
            f"the file's encoding {f'seems to be {name}' if name else 'is unknown'} and is not read; {SAVE_AS_TEXT.en}",
        ),
    )


def _refuse_binary(zh: str, en: str) -> Decoded:
    return Decoded(
        fault=Fault(
            f"文件内容像是{zh}，与文本的扩展名不符；请改回原来的扩展名（如 .docx、.xlsx、.pdf）再检查，或在原来的程序中另存一份",
            f"the file holds {en}, which its name as a text file belies; give it its own suffix (.docx, .xlsx, .pdf), or save it anew",
        )
    )
