"""The bytes of a Word file → its parts by what they are for: the body, its styles, lists, notes, headers.

A file of the strict kind of the standard is read under the names of the common one; `xml_of` and `bytes_of` turn them over and back.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from assesslint.documents.limits import Limits
from assesslint.documents.package import Package, parse_xml, xml_bytes
from assesslint.documents.recognised import OLE
from assesslint.documents.unreadable import UnreadableError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
"""Namespaces of ISO/IEC 29500 strict, each with its transitional twin."""

_STRICT_MARK = b"http://purl.oclc.org/ooxml/"

_OTHER_ZIPS = (
    ("xl/workbook", "Excel 工作簿", "an Excel workbook", ".xlsx"),
    ("ppt/presentation", "演示文稿", "a presentation", ".pptx"),
    ("OFD.xml", "OFD 版式文件", "an OFD file", ".ofd"),
    ("content.xml", "ODF 文件", "an OpenDocument file", ".odt、.ods"),
)
"""What else a zip may be, by how a part of it is called."""

_OTHER_STARTS = (
    (b"%pdf", "PDF 文件", "a PDF file", ".pdf"),
    (b"{\\rtf", "RTF 文件", "an RTF file", ".rtf"),
    (b"<html", "网页", "a web page", ".html"),
    (b"<!doctype html", "网页", "a web page", ".html"),
    (b"mime-version:", "网页存档", "a web archive", ".mht"),
    (b"<?xml", "XML 文件", "an XML file", ".xml"),
    (b"\x89png", "图片", "a picture", ".png"),
    (b"\xff\xd8\xff", "图片", "a picture", ".jpg"),
    (b"rar!", "压缩包", "an archive", ".rar"),
    (b"7z\xbc\xaf", "压缩包", "an archive", ".7z"),
)
"""What else a file may be, by its first bytes in small letters."""

_ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class Relationship:
    """`kind` is the last word of its type: styles, footnotes, header …"""

    kind: str
    target: str
    external: bool


class WordFile:
    """The parts of a Word file. `main` is the name of the part with its body."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        if not data.startswith((_ZIP, OLE)):
            raise _other_file(data)
        self.package = Package(data, limits)
        self.main = self._main_part()
        self._is_strict = _STRICT_MARK in self.package.read(self.main)
        self.relationships = self.relationships_of(self.main)

    def _main_part(self) -> str:
        for relationship in self.relationships_of("").values():
            if relationship.kind == "officeDocument" and relationship.target in self.package:
                name = relationship.target
                break
        else:
            name = "word/document.xml"
        others = (other for other in _OTHER_ZIPS if any(part.startswith(other[0]) for part in self.package.names))
        if (name not in self.package or not name.startswith("word/")) and (other := next(others, None)):
            raise _misnamed(*other[1:])
        if name not in self.package:
            raise UnreadableError(
                "文件里没有 Word 正文，不是 Word 文件或已损坏；请在 Word 或 WPS 中打开原稿重新保存",
                "the file has no body of a Word file; open the original in Word or WPS and save it anew",
            )
        return name

    def relationships_of(self, part: str) -> dict[str, Relationship]:
        """Return the relationships of a part (of the file itself for "") by id; none where it has no list of them."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self.package:
            return {}
        found = {}
        for element in self.package.xml(listed).iter("{*}Relationship"):
            external = element.get("TargetMode") == "External"
            target = unquote(element.get("Target", ""))
            if not external:
                target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id", "")] = Relationship(element.get("Type", "").rpartition("/")[2], target, external)
        return found

    def part_for(self, kind: str) -> str | None:
        """Return the part that the body names as its `kind` (styles, numbering, footnotes …), if there is one."""
        parts = (each.target for each in self.relationships.values() if each.kind == kind and not each.external)
        return next((part for part in parts if part in self.package), None)

    def target(self, identifier: str) -> str | None:
        """Return the part that the body names by a relationship's id, if there is one."""
        relationship = self.relationships.get(identifier)
        return relationship.target if relationship and not relationship.external and relationship.target in self.package else None

    def xml_of(self, name: str) -> etree._Element:
        """Return the root of a part under the common names."""
        data = self.package.read_xml(name)
        return parse_xml(_renamed(data, _STRICT) if _STRICT_MARK in data else data)

    def bytes_of(self, root: etree._Element) -> bytes:
        """Return a part, changed or new, under the names the file itself uses."""
        data = xml_bytes(root)
        return _renamed(data, [(name, strict) for strict, name in _STRICT]) if self._is_strict else data


def _renamed(data: bytes, names: Iterable[tuple[bytes, bytes]]) -> bytes:
    for name, twin in names:
        data = data.replace(name, twin)
    return data


def _misnamed(zh: str, en: str, suffix: str) -> UnreadableError:
    return UnreadableError(
        f"文件内容是{zh}，与扩展名不符；请把扩展名改回 {suffix} 后再检查",
        f"the file is {en} under another name; give it its own suffix ({suffix.replace('、', ' or ')}) and check that",
    )


def _other_file(data: bytes) -> UnreadableError:
    start = data[:400].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for first, zh, en, suffix in _OTHER_STARTS:
        if start.startswith(first):
            return _misnamed(zh, en, suffix)
    return UnreadableError(
        "文件内容不是 Word 文件，可能改过扩展名或已损坏；请在 Word 或 WPS 中打开原稿，另存为 .docx 后再检查",
        "the file is no Word file: it was renamed or is damaged; open the original in Word or WPS, save it as .docx and check that",
    )
