"""A file that is a zip of XML parts (Word, Excel, OFD) → its parts, read within bounds, and written back with some of them changed.

Nothing is unpacked to disk, no entity is resolved, no name is followed out of the archive. Writing keeps every part that is not
changed byte for byte, in its order.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from lxml import etree

from assesslint.documents.limits import Limits
from assesslint.documents.recognised import OLE
from assesslint.documents.unreadable import UnreadableError, raised, unpacks_to_too_much

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

MOST_TAGS = 2_000_000
"""Most tags of one XML part that is read as a whole; a Word file of a thousand pages has half a million."""

MOST_PARTS = 20_000
"""Most parts of one file; a large workbook has some hundreds."""

_BOMB_RATIO = 300
"""A part larger than `_ALWAYS_READ` that unpacks to more than this many times its size is refused; text packs 10 to 30 times."""
_ALWAYS_READ = 50_000_000
_PIECE = 1 << 17
"""Bytes read at a time."""

SAVE_ANEW = "请在 Word、Excel 或 WPS 中打开，另存一份再检查", "open it in Word, Excel or WPS, save it anew and check that"
ASK = "请向文件的来源核实，不要打开；需要检查的，请对方重新发一份", "do not open it; ask whom it comes from for another copy"

TRUNCATED = UnreadableError(
    "文件不完整或已损坏，不能打开；请在 Word、Excel 或 WPS 中重新保存一份再检查",
    "the file is truncated or damaged; save it anew in Word, Excel or WPS and check that",
)

DECLARES = UnreadableError(
    f"文件里夹带了能无限展开、或去读其他文件的指令，办公软件不会写出这样的内容，可能是恶意文件，没有读取；{ASK[0]}",
    "the file holds instructions that unfold without end or read other files, which no office program writes; it may be "
    f"malicious and was not read; {ASK[1]}",
)
_TOO_FULL = UnreadableError(
    "文件的内容多得不像草案，没有读取；请把与考核有关的部分另存为一个文件再检查",
    "the file holds far more than any draft and was not read; save what belongs to the scheme as a file of its own and check that",
)
NO_MEMORY = UnreadableError(
    "读取这个文件需要的内存超过上限，没有读取；请拆成几个文件再检查",
    "reading this file takes more memory than is allowed; split it and check the parts",
)
_TOO_DEEP = UnreadableError(
    "文件内部一层套一层，或有一段文字长得不正常，没有读取；请把正文复制到新建的文件里再检查",
    "the file is nested far too deep, or one piece of its text is far too long, and was not read; copy the text into a new file",
)

_FAULTS = {etree.ErrorTypes.ERR_RESOURCE_LIMIT: _TOO_DEEP, etree.ErrorTypes.ERR_NO_MEMORY: NO_MEMORY}
"""What is wrong with a file whose XML the parser gives up, by the parser's number for it; any other is damage."""


class Package:
    """The parts of one file, by name. Raises UnreadableError for what is no zip, encrypted, damaged or out of bounds."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        if data.startswith(OLE):
            raise _compound(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
            raise TRUNCATED from error
        self._limits = limits
        self._unpacked = 0
        members = self._zip.infolist()
        if len({member.filename for member in members}) < len(members):
            raise UnreadableError(
                f"文件内部有两份同名的内容，可能藏着看不见的文字，没有读取；{SAVE_ANEW[0]}",
                f"the file holds two things of one name, which can hide words, and was not read; {SAVE_ANEW[1]}",
            )
        if len(members) > MOST_PARTS:
            zh = f"文件内部由 {len(members)} 份内容组成，多得不像草案，没有读取；{SAVE_ANEW[0]}"
            raise UnreadableError(zh, f"the file has {len(members)} parts, far more than any draft; it was not read: {SAVE_ANEW[1]}")
        for member in members:
            if posixpath.isabs(member.filename) or ".." in member.filename.replace("\\", "/").split("/"):
                zh = f"文件内部有指向文件之外的位置（{member.filename!r}），可能是恶意文件，没有读取；{ASK[0]}"
                raise UnreadableError(zh, f"the file points outside of itself ({member.filename!r}) and may be malicious; {ASK[1]}")
            if member.flag_bits & 0x1:
                raise UnreadableError("文件内容已加密，请去掉密码后再检查", "the file is encrypted; remove the password and check it again")
        self.members = {member.filename: member for member in members}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.members)

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def size(self, name: str) -> int:
        """Return how many bytes a part says it unpacks to."""
        return self.members[name].file_size

    def read(self, name: str) -> bytes:
        """Return a part's bytes. What a part says of its own size is not believed."""
        return b"".join(self.stream(name))

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes in pieces, for a part that may be too large to hold; bounded as `read` is."""
        member = self.members.get(name)
        if member is None:
            raise TRUNCATED
        if member.file_size > _ALWAYS_READ and member.file_size > _BOMB_RATIO * max(1, member.compress_size):
            raise unpacks_to_too_much(self._limits.max_unpacked_bytes)
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(_PIECE):
                    self._unpacked += len(piece)
                    if self._unpacked > self._limits.max_unpacked_bytes:
                        raise unpacks_to_too_much(self._limits.max_unpacked_bytes)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise TRUNCATED from error

    def read_xml(self, name: str) -> bytes:
        """Return the bytes of an XML part that is to be read as a whole."""
        data = self.read(name)
        if data.count(b"<") > MOST_TAGS:  # a tree takes some hundred times the bytes of an empty element
            raise _TOO_FULL
        most = self._limits.max_xml_bytes
        if len(data) > most:
            way_out = raised("max-xml-bytes")
            raise UnreadableError(
                f"文件的正文（或其中一个部分）展开后超过上限 {most / 1_000_000:g} MB，没有读取；请拆分文件后再检查，{way_out[0]}",
                f"the text of the file unfolds to more than {most / 1_000_000:g} MB and was not read; split it, {way_out[1]}",
            )
        return data

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part."""
        return parse_xml(self.read_xml(name))

    def rewritten(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the file with these parts in place of, or besides, its own; all others keep their bytes and their order."""
        for member in self.members.values():
            if member.file_size > self._limits.max_unpacked_bytes:
                raise unpacks_to_too_much(self._limits.max_unpacked_bytes)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for name, member in self.members.items():
                data = changed[name] if name in changed else self._zip.read(member)
                target.writestr(member, data, member.compress_type)
            for name, data in changed.items():
                if name not in self.members:
                    target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of an XML text; entities are refused, nothing is loaded from anywhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _FAULTS.get(getattr(error, "code", 0), TRUNCATED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DECLARES
    return root


def xml_bytes(root: etree._Element) -> bytes:
    """Return an XML part as Office writes it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _compound(data: bytes) -> UnreadableError:
    if _ENCRYPTED_STREAM in data:
        return UnreadableError("文件设有打开密码，请去掉密码后再检查", "the file is protected by a password; remove it and check again")
    return UnreadableError(
        "文件内容是旧版 Office 格式（.doc、.xls），与扩展名不符；请改回原来的扩展名，或另存为 .docx、.xlsx",
        "the file is an old Office file (.doc, .xls) under a new name; give it its own suffix, or save it as .docx or .xlsx",
    )
