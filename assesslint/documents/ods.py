"""A sheet file of LibreOffice (.ods; OpenDocument 1.3) → its cells as shown, read like those of an .xlsx, in one pass and without a tree.

What a cell shows stands in the file as text. A web page or an .xlsx under this name is taken as what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assesslint.documents.converted import read_converted
from assesslint.documents.limits import Limits
from assesslint.documents.model import Document, Remark
from assesslint.documents.package import Package
from assesslint.documents.unreadable import UnreadableError
from assesslint.documents.workbooks.cells import LAST_COLUMN, LAST_ROW, Area, is_number
from assesslint.documents.workbooks.drawing import Shape
from assesslint.documents.workbooks.grid import too_many_cells
from assesslint.documents.workbooks.number_format import GENERAL
from assesslint.documents.workbooks.sheet_xml import Attributes, parse
from assesslint.documents.workbooks.sheets import RawCell, RawSheet, Showing, document_of, grid_of

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_ZIP = b"PK\x03\x04"

_FORMATS = (GENERAL, "0.##%")
"""By which a value is shown whose text the file does not keep: numbers, percentages."""
_VALUES = {
    "float": ("n", "office:value", 0), "currency": ("n", "office:value", 0), "percentage": ("n", "office:value", 1),
    "date": ("d", "office:date-value", 0), "time": ("d", "office:time-value", 0), "string": ("str", "office:string-value", 0),
}  # fmt: skip
"""Kinds of values: how a cell of this kind is read, where its value stands, the number of its format."""

_SHAPES = (
    "draw:frame", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:circle", "draw:line", "draw:connector", "draw:polygon",
    "draw:path", "draw:control",
)  # fmt: skip
_PASSED = ("table:tracked-changes", "text:ruby-text")
"""What belongs to no cell: what stood in cells before, readings of characters."""
_GAPS = {"text:tab": "\t", "text:line-break": "\n"}


def read_ods(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document that a workbook is. Raises UnreadableError."""
    package = Package(data, limits) if data.startswith(_ZIP) else None
    if package is None or _CONTENT not in package:
        return read_converted(path, data, limits)
    if _MANIFEST in package and b"encryption-data" in package.read_xml(_MANIFEST):
        raise UnreadableError("文件设有打开密码，请去掉密码后再检查", "the file has a password; remove it and check again")
    handler = _Handler(limits)
    parse(package, _CONTENT, handler.starts, handler.ends, handler.on_text)
    remarks: list[Remark] = []
    showing = Showing((), _FORMATS, days_from_1904=False)
    grids = (grid_of(sheet.name, sheet.hidden, sheet.raw, sheet.shapes, showing, remarks) for sheet in handler.sheets)
    return document_of(path, [grid for grid in grids if grid], remarks, limits)


@dataclass(slots=True)
class _Sheet:
    name: str
    hidden: bool
    raw: RawSheet = field(default_factory=RawSheet)
    shapes: list[Shape] = field(default_factory=list)


@dataclass(slots=True)
class _Words:
    """Paragraphs as they come in: those of a cell, or of a shape over it."""

    lines: list[list[str]] = field(default_factory=list)

    def text(self) -> str:
        return "\n".join("".join(line) for line in self.lines)


@dataclass(slots=True)
class _Note:
    """A note on a cell as it comes in."""

    author: list[str] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    in_author: bool = False

    def take(self, text: str) -> None:
        if self.in_author:
            self.author.append(text)
        elif self.lines:
            self.lines[-1].append(text)


class _Handler:
    def __init__(self, limits: Limits) -> None:
        self.sheets: list[_Sheet] = []
        self.room = limits.max_cells
        self.limits = limits
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row = self.column = self.rows = 0
        self.row_hidden = False
        self.cells: list[tuple[int, int, RawCell]] = []
        """Column, how often it is told again beside itself, and content of each cell of the row."""
        self.cell: Attributes = {}
        self.words = _Words()
        self.shape: _Words | None = None
        self.shape_kind = ""
        self.depth = self.passed = 0
        self.note: _Note | None = None
        self.in_text = self.was_in_text = False
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "style:style": self._start_style, "style:table-properties": self._table_properties, "table:table": self._start_sheet,
            "table:table-column": self._start_column, "table:table-row": self._start_row, "table:table-cell": self._start_cell,
            "table:covered-table-cell": self._start_cell, "text:p": self._start_paragraph, "text:s": self._spaces,
            "draw:image": self._picture, "draw:object": self._object, "draw:object-ole": self._object,
            "office:annotation": self._start_note, "dc:creator": self._creator,
            **dict.fromkeys(_SHAPES, self._start_shape), **dict.fromkeys(_PASSED, self._start_passed),
            **{tag: self._gap(text) for tag, text in _GAPS.items()},
        }  # fmt: skip
        self.ends: dict[str, Callable[[], None]] = {
            "table:table-row": self._end_row, "table:table-cell": self._end_cell, "table:covered-table-cell": self._end_cell,
            "text:p": self._end_paragraph, "office:annotation": self._end_note, "dc:creator": self._end_creator,
            **dict.fromkeys(_SHAPES, self._end_shape), **dict.fromkeys(_PASSED, self._end_passed),
        }  # fmt: skip

    # ── sheets, columns, rows ────────────────────────────────────────────────────────────────────────────────────────────────

    def _start_style(self, attributes: Attributes) -> None:
        self.style = attributes.get("style:name", "")

    def _table_properties(self, attributes: Attributes) -> None:
        if attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)

    def _start_sheet(self, attributes: Attributes) -> None:
        self._take(1)
        name = attributes.get("table:name") or f"表{len(self.sheets) + 1}"
        self.sheets.append(_Sheet(name, attributes.get("table:style-name") in self.hidden_styles))
        self.row = self.column = 0

    def _start_column(self, attributes: Attributes) -> None:
        first = self.column + 1
        self.column += _count(attributes, "table:number-columns-repeated")
        if _is_hidden(attributes) and self.sheets:
            self._take(1)
            self.sheets[-1].raw.hidden_columns.append((first, self.column))

    def _start_row(self, attributes: Attributes) -> None:
        self.rows = _count(attributes, "table:number-rows-repeated")
        self.row_hidden = _is_hidden(attributes)
        self.column = 0
        self.cells = []

    def _end_row(self) -> None:
        for row in range(self.row + 1, self.row + self.rows + 1) if self.cells else ():
            for column, count, cell in self.cells:
                self._add(row, column, count, cell)
            if self.row_hidden:
                self.sheets[-1].raw.hidden_rows.add(row)
        self.row += self.rows

    def _add(self, row: int, column: int, count: int, cell: RawCell) -> None:
        self._take(count)
        if row > LAST_ROW or column + count - 1 > LAST_COLUMN:
            zh = "工作表的行或列超过上限，不是正常的工作簿，没有读取；请另存为 .xlsx 再检查"
            raise UnreadableError(zh, "a sheet has more rows or columns than a workbook can hold; save it as .xlsx and check that")
        for at in range(column, column + count):
            self.sheets[-1].raw.cells[row, at] = cell

    def _take(self, places: int) -> None:
        self.room -= places
        if self.room < 0:
            raise too_many_cells(self.limits)

    # ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _start_cell(self, attributes: Attributes) -> None:
        if not self.passed:
            self.cell = attributes
            self.words = _Words()

    def _end_cell(self) -> None:
        if self.passed or not self.sheets:
            return
        first, count = self.column + 1, _count(self.cell, "table:number-columns-repeated")
        self.column += count
        down, right = _count(self.cell, "table:number-rows-spanned"), _count(self.cell, "table:number-columns-spanned")
        if down > 1 or right > 1:
            self._take(1)
            self.sheets[-1].raw.merged.append(Area(self.row + 1, first, self.row + down, first + right - 1))
        if cell := self._content():
            self.cells.append((first, count, cell))

    def _content(self) -> RawCell | None:
        text, formula = self.words.text(), self.cell.get("table:formula")
        if text:
            kind = "e" if self.cell.get("calcext:value-type") == "error" else "str"
            return RawCell(kind, text, 0, formula, False)
        kind, where, style = _VALUES.get(self.cell.get("office:value-type", ""), ("n", "", 0))
        value = self.cell.get(where, "")
        if not value and (formula is None or kind == "str"):
            return None
        return RawCell(kind, value, style, formula, False)

    # ── words and shapes ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _start_paragraph(self, _: Attributes) -> None:
        if self.note:
            self.note.lines.append([])
        elif not self.passed:
            self.in_text = True
            self._at.lines.append([])

    def _end_paragraph(self) -> None:
        self.in_text = False

    @property
    def _at(self) -> _Words:
        return self.words if self.shape is None else self.shape

    def on_text(self, text: str) -> None:
        if self.note:
            self.note.take(text)
        elif self.in_text and not self.passed:
            self._at.lines[-1].append(text)

    def _spaces(self, attributes: Attributes) -> None:
        self.on_text(" " * min(_count(attributes, "text:c"), LAST_COLUMN))

    def _gap(self, text: str) -> Callable[[Attributes], None]:
        return lambda _: self.on_text(text)

    def _start_shape(self, _: Attributes) -> None:
        self.depth += 1
        if self.depth == 1:
            self.shape, self.shape_kind, self.was_in_text = _Words(), "text", self.in_text

    def _end_shape(self) -> None:
        self.depth -= 1
        if self.depth or self.shape is None or self.passed or not self.sheets:
            return
        words, self.shape, self.in_text = self.shape.text(), None, self.was_in_text
        if words.strip() or self.shape_kind != "text":
            self.sheets[-1].shapes.append(Shape(self.shape_kind, self.row + 1, self.column + 1, words, False))

    def _picture(self, _: Attributes) -> None:
        if self.shape_kind == "text":
            self.shape_kind = "picture"

    def _object(self, _: Attributes) -> None:
        self.shape_kind = "object"

    def _start_note(self, _: Attributes) -> None:
        self.passed += 1
        self.note = _Note()

    def _end_note(self) -> None:
        self.passed -= 1
        if self.note and self.sheets:
            author, words = "".join(self.note.author), "\n".join(map("".join, self.note.lines))
            self.sheets[-1].raw.notes.append((self.row + 1, self.column + 1, author, words))
        self.note = None

    def _creator(self, _: Attributes) -> None:
        if self.note:
            self.note.in_author = True

    def _end_creator(self) -> None:
        if self.note:
            self.note.in_author = False

    def _start_passed(self, _: Attributes) -> None:
        self.passed += 1

    def _end_passed(self) -> None:
        self.passed -= 1


def _count(attributes: Attributes, name: str) -> int:
    """Return how often something is told again; once where nothing sensible is said."""
    text = attributes.get(name, "1")
    return max(1, int(text)) if is_number(text) else 1


def _is_hidden(attributes: Attributes) -> bool:
    return attributes.get("table:visibility") in ("collapse", "filter")
