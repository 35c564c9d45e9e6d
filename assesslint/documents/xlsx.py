"""A workbook of Excel or WPS (.xlsx, .xlsm, .xltx, .xltm) → its cells as shown, sheet by sheet.

Formulas are not worked out: what the file keeps as their value is read. Notes of others on cells are told and
not judged; the sheet of opinions that we added is left out. Hidden sheets, rows and columns are read, and said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from assesslint.documents.limits import Limits
from assesslint.documents.model import Document, Remark
from assesslint.documents.package import Package
from assesslint.documents.workbooks.cells import is_number, row_and_column
from assesslint.documents.workbooks.drawing import Shape, shapes_of
from assesslint.documents.workbooks.grid import Grid
from assesslint.documents.workbooks.number_format import GENERAL
from assesslint.documents.workbooks.sheet_xml import read_first_row, read_shared_strings, read_sheet
from assesslint.documents.workbooks.sheets import Showing, document_of, formats_of, grid_of, holds_opinions, remark
from assesslint.documents.workbooks.workbook import Sheet, Workbook, read_workbook, relations_of

_CONTROL = re.compile(rb'ObjectType="(?!Note")(\w{1,20})"')

_SHEET_KINDS = {
    "chartsheet": ("图表", "a chart"), "dialogsheet": ("对话框", "a dialog"), "xlMacrosheet": ("宏表", "macros"),
    "xlIntlMacrosheet": ("宏表", "macros"),
}  # fmt: skip


def read_xlsx(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document that a workbook is. Raises UnreadableError."""
    remarks: list[Remark] = []
    return document_of(path, Reader(Package(data, limits), limits).grids(remarks), remarks, limits)


class Reader:
    """Reads the sheets of one workbook."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package = package
        self.limits = limits
        self.workbook: Workbook = read_workbook(package)
        strings, styles = self.workbook.related("sharedStrings"), self.workbook.related("styles")
        self.showing = Showing(
            read_shared_strings(package, strings, limits) if strings else [],
            _formats(package, styles) if styles else [],
            self.workbook.days_from_1904,
        )

    def grids(self, remarks: list[Remark]) -> Iterator[Grid]:
        """Yield the sheets that belong to the draft, and add what is to be said of them."""
        cells = 0
        for sheet in self.workbook.sheets:
            if sheet.kind != "worksheet" or not sheet.part:
                remarks.append(_unread_sheet(sheet))
                continue
            raw = read_sheet(self.package, sheet.part, self.limits, cells)
            cells += len(raw.cells)
            raw.notes += self._notes(sheet)
            grid = grid_of(sheet.name, sheet.state != "visible", raw, list(self._shapes(sheet)), self.showing, remarks)
            if grid:
                remarks += self._remarks_on_objects(sheet)
                yield grid

    def our_sheets(self) -> Iterator[Sheet]:
        """Yield the sheets that hold our opinions."""
        for sheet in self.workbook.sheets:
            if sheet.kind == "worksheet" and sheet.part:
                first = read_first_row(self.package, sheet.part, self.limits).cells.get((1, 1))
                if first and holds_opinions(self.showing.text(first)[0]):
                    yield sheet

    def _shapes(self, sheet: Sheet) -> Iterator[Shape]:
        for relation in relations_of(self.package, sheet.part):
            if relation.kind == "drawing" and relation.target:
                yield from shapes_of(self.package.xml(relation.target))

    def _notes(self, sheet: Sheet) -> Iterator[tuple[int, int, str, str]]:
        """Yield the notes on the cells of a sheet; those of a thread, which Excel keeps twice, from the thread."""
        related = relations_of(self.package, sheet.part)
        parts = {kind: [each.target for each in related if each.kind == kind and each.target] for kind in ("comments", "threadedComment")}
        for part in parts["threadedComment"]:
            for comment in self.package.xml(part).iterchildren("{*}threadedComment"):
                yield from _note(comment, "", "".join(map(str, comment.itertext("{*}text"))))
        for part in parts["comments"]:
            root = self.package.xml(part)
            authors = [author.text or "" for author in root.iterfind("{*}authors/{*}author")]
            for comment in root.iterfind("{*}commentList/{*}comment"):
                number = comment.get("authorId", "")
                author = authors[int(number)] if is_number(number) and int(number) < len(authors) else ""
                if not (parts["threadedComment"] and author.startswith("tc=")):
                    yield from _note(comment, author, "".join(map(str, comment.itertext("{*}t"))))

    def _remarks_on_objects(self, sheet: Sheet) -> Iterator[Remark]:
        """Tell of what a sheet holds beside its drawing: embedded files, controls such as tick boxes."""
        for relation in relations_of(self.package, sheet.part):
            if relation.kind in ("oleObject", "package"):
                yield remark("unread-object", sheet.name, "里有嵌入的文件，没有读", "holds an embedded file, which was not read")
            elif relation.kind == "vmlDrawing" and relation.target:
                kinds = sorted(set(_CONTROL.findall(self.package.read(relation.target))))
                names = ", ".join(kind.decode() for kind in kinds)
                if names:
                    zh, en = f"里有窗体控件（{names}），上面的文字没有读", f"has controls ({names}); words on them were not read"
                    yield remark("unread-object", sheet.name, zh, en)


def _note(comment: etree._Element, author: str, words: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield a note by the cell it hangs on; one on no cell is nowhere to be seen."""
    if place := row_and_column(comment.get("ref", "")):
        yield (*place, author.strip(), words)


def _formats(package: Package, part: str) -> list[str]:
    root = package.xml(part)
    own = {_number(element): element.get("formatCode", GENERAL) for element in root.iterfind("{*}numFmts/{*}numFmt")}
    return formats_of(own, (_number(element) for element in root.iterfind("{*}cellXfs/{*}xf")))


def _number(element: etree._Element) -> int:
    number = element.get("numFmtId", "")
    return int(number) if is_number(number) else 0


def _unread_sheet(sheet: Sheet) -> Remark:
    if not sheet.part:
        return remark("unreadable-page", sheet.name, "的内容在文件里缺失，没有读", "is missing from the file and was not read")
    zh, en = _SHEET_KINDS.get(sheet.kind, ("其他内容", "something else"))
    return remark("unread-object", sheet.name, f"里没有单元格，是{zh}，没有读", f"has no cells but is {en}; it was not read")
