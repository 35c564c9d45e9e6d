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
from assesslint.documents.unreadable import UnreadableError

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

TRUNCATED = UnreadableError(
    "文件不完整或已损坏，不能打开；请在 Word 或 WPS 中重新保存一份再检查",
    "the file is truncated or damaged; save it anew in Word or WPS and check that",
)


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
                "文件里有两个同名的部件，可能藏有内容，没有读取",
                "the file has two parts of one name, which can hide words; it was not read",
            )
        if len(members) > MOST_PARTS:
            parts = len(members)
            raise UnreadableError(f"文件里有 {parts} 个部件，超过上限 {MOST_PARTS}", f"the file has {parts} parts, more than {MOST_PARTS}")
        for member in members:
            if posixpath.isabs(member.filename) or ".." in member.filename.replace("\\", "/").split("/"):
                zh = f"文件内部有指向外部的路径 {member.filename!r}，不是正常的办公文件，没有读取"
                raise UnreadableError(zh, f"the file holds the path {member.filename!r}, which points outside of it; it was not read")
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
            raise UnreadableError(f"文件缺少部件 {name}，已损坏", f"the file lacks its part {name}")
        if member.file_size > _ALWAYS_READ and member.file_size > _BOMB_RATIO * max(1, member.compress_size):
            raise self._too_much(name)
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(_PIECE):
                    self._unpacked += len(piece)
                    if self._unpacked > self._limits.max_unpacked_bytes:
                        raise self._too_much(name)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise TRUNCATED from error

    def _too_much(self, name: str) -> UnreadableError:
        most = self._limits.max_unpacked_bytes / 1_000_000
        return UnreadableError(
            f"文件解压后超过上限 {most:g} MB（{name}），没有读取；如确为考核方案，可在配置的 limits.max-unpacked-bytes 中放宽",
            f"the file unpacks to more than {most:g} MB ({name}) and was not read; limits.max-unpacked-bytes can be raised",
        )

    def read_xml(self, name: str) -> bytes:
        """Return the bytes of an XML part that is to be read as a whole."""
        data = self.read(name)
        if data.count(b"<") > MOST_TAGS:  # a tree takes some hundred times the bytes of an empty element
            zh = f"部件 {name} 有超过 {MOST_TAGS} 个标记，不像正常的草案，没有读取；请拆分文件后再检查"
            raise UnreadableError(
                zh, f"the part {name} has more than {MOST_TAGS} tags, which no draft has, and was not read; split the file"
            )
        most = self._limits.max_xml_bytes
        if len(data) > most:
            raise UnreadableError(
                f"部件 {name} 超过上限 {most / 1_000_000:g} MB，没有读取；请拆分文件后再检查，或在配置的 limits.max-xml-bytes 中放宽",
                f"the part {name} has more than {most / 1_000_000:g} MB and was not read; split the file, or raise limits.max-xml-bytes",
            )
        return data

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part."""
        return parse_xml(self.read_xml(name), name)

    def rewritten(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the file with these parts in place of, or besides, its own; all others keep their bytes and their order."""
        for name, member in self.members.items():
            if member.file_size > self._limits.max_unpacked_bytes:
                raise self._too_much(name)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for name, member in self.members.items():
                data = changed[name] if name in changed else self._zip.read(member)
                target.writestr(member, data, member.compress_type)
            for name, data in changed.items():
                if name not in self.members:
                    target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Return the root of an XML text; entities are refused, nothing is loaded from anywhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            zh = f"部件 {name} 嵌套过深，或一段文字过长，不是正常的办公文件，没有读取；请把正文粘贴到新建的文件后再检查"
            en = f"the part {name} is nested too deep or holds too long a text for an office file; paste its text into a new file"
            raise UnreadableError(zh, en) from error
        zh, en = f"部件 {name} 不是完整的 XML，文件已损坏", f"the part {name} is no complete XML; the file is damaged"
        raise UnreadableError(zh, en) from error
    if root.getroottree().docinfo.internalDTD is not None:
        zh = f"部件 {name} 带有实体声明（DTD），不是正常的办公文件，没有读取"
        raise UnreadableError(zh, f"the part {name} declares entities (a DTD), which no office file does; it was not read")
    return root


def xml_bytes(root: etree._Element) -> bytes:
    """Return an XML part as Office writes it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _compound(data: bytes) -> UnreadableError:
    if _ENCRYPTED_STREAM in data:
        return UnreadableError("文件设有打开密码，请去掉密码后再检查", "the file is protected by a password; remove it and check again")
    return UnreadableError(
        "文件内容是旧版 Office 格式(.doc、.xls)，与扩展名不符；请改回原来的扩展名，或另存为 .docx、.xlsx",
        "the file is an old Office file (.doc, .xls) under a new name; give it its own suffix, or save it as .docx or .xlsx",
    )
