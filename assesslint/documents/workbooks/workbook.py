"""A package that is a workbook (.xlsx and its kin) → its sheets and how its parts belong together: what reader and annotator share.

Names are matched without their namespace, so that files saved as Strict Open XML, or written with a prefix on every tag, are read too.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from assesslint.documents.package import Package
from assesslint.documents.unreadable import UnreadableError


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` is the last word of its type: `worksheet`, `drawing`. `target` is the name of a part, empty when outside of the file."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`kind` as in Relation, `part` empty where the file has none. `state`: visible, hidden, veryHidden (not shown by Excel's own menu)."""

    name: str
    kind: str
    part: str
    state: str


@dataclass(frozen=True, slots=True)
class Workbook:
    part: str
    relations: tuple[Relation, ...]
    sheets: tuple[Sheet, ...]
    days_from_1904: bool

    def related(self, kind: str) -> str:
        """Return the part of this kind that belongs to the workbook as a whole, or an empty string."""
        return next((relation.target for relation in self.relations if relation.kind == kind and relation.target), "")


def read_workbook(package: Package) -> Workbook:
    """Return what a workbook consists of. Raises UnreadableError for a package that is none."""
    part = next((relation.target for relation in relations_of(package, "") if relation.kind == "officeDocument"), "xl/workbook.xml")
    if part not in package or not part.endswith(".xml"):
        raise _no_workbook(package)
    root = package.xml(part)
    if etree.QName(root).localname != "workbook":
        raise _no_workbook(package)
    relations = relations_of(package, part)
    by_id = {relation.id: relation for relation in relations}
    sheets = []
    for number, element in enumerate(root.iterfind("{*}sheets/{*}sheet"), 1):
        relation = by_id.get(relation_id(element), Relation("", "", ""))
        name = element.get("name") or f"表{number}"
        sheets.append(Sheet(name, relation.kind, relation.target, element.get("state", "visible")))
    properties = root.find("{*}workbookPr")
    return Workbook(part, relations, tuple(sheets), properties is not None and properties.get("date1904") in ("1", "true"))


def relation_id(element: etree._Element) -> str:
    """Return the `r:id` of an element."""
    return next((str(value) for name, value in element.attrib.items() if str(name).endswith("/relationships}id")), "")


def relations_name(part: str) -> str:
    """Return the name of the part that holds the relations of `part`, or those of the package when empty."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_of(package: Package, part: str) -> tuple[Relation, ...]:
    name = relations_name(part)
    return tuple(_relations(package, part, package.xml(name))) if name in package else ()


def _relations(package: Package, part: str, root: etree._Element) -> Iterator[Relation]:
    for element in root.iterfind("{*}Relationship"):
        target = element.get("Target", "").replace("\\", "/")
        inside = element.get("TargetMode") != "External"
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
        kind = re.split("[/#]", element.get("Type", ""))[-1]
        yield Relation(element.get("Id", ""), kind, path if inside and path in package else "")


def _no_workbook(package: Package) -> UnreadableError:
    if "xl/workbook.bin" in package:
        return UnreadableError(
            "文件内容是二进制工作簿（.xlsb），与扩展名不符；请另存为 .xlsx 后再检查",
            "the file is a binary workbook (.xlsb) under another suffix; save it as .xlsx and check that",
        )
    if "word/document.xml" in package:
        return UnreadableError(
            "文件内容是 Word 文档，与扩展名不符；请把扩展名改为 .docx 后再检查",
            "the file is a Word document under another suffix; name it *.docx and check that",
        )
    return UnreadableError(
        "文件里没有工作簿，不是 Excel 文件或已损坏；请在 Excel 或 WPS 中重新保存为 .xlsx 后再检查",
        "the file holds no workbook: it is no Excel file, or damaged; save it anew as .xlsx and check that",
    )
