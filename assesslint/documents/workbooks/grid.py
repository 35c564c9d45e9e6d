"""The cells of a sheet, as shown → paragraphs and tables in reading order: one way for every kind of workbook.

A sheet is cut where rows are blank, and above a heading that stands over a table's head. Of what lies between, rows with a single filled
cell above and below are paragraphs (a title, a remark), the rest is a table. Only rows and columns that hold something are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assesslint.documents.limits import Limits
from assesslint.documents.model import EMPTY, Block, Paragraph, Remark, Table, slice_prose
from assesslint.documents.structure.words import is_header
from assesslint.documents.transcript import Transcript
from assesslint.documents.unreadable import UnreadableError, raised
from assesslint.documents.workbooks.cells import Area, address, between, named
from assesslint.scheme.model import Prose
from assesslint.text.location import CellLocation

_SAYS_NOTHING = re.compile(r"(?i)(?:sheet|工作表|表|table|feuil)[\s_]*\d*(?:\s*[(（]\d+[)）])?")


MOST_NAMED = 10
"""Places told one by one in a remark; beyond, they are counted."""


def too_many_cells(limits: Limits) -> UnreadableError:
    most, way_out = limits.max_cells, raised("max-cells")
    return UnreadableError(
        f"工作簿的单元格超过上限 {most} 个，没有读取；请删去与考核方案无关的工作表，{way_out[0]}",
        f"the workbook has more than {most} cells and was not read; delete sheets that do not belong to it, {way_out[1]}",
    )


@dataclass(frozen=True, slots=True)
class TextBox:
    """Words of a shape that floats over the sheet, and the cell its upper left corner lies in."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: `cells` by row and column (from 1), no blank ones among them."""

    name: str
    cells: Mapping[tuple[int, int], str]
    merged: Sequence[Area] = ()
    boxes: Sequence[TextBox] = field(default=())


@dataclass(slots=True)
class _Row:
    """A row that holds something: its cells by column, and the columns that a merged cell from above covers.

    `reach` is the last row that a merged cell in it goes down to.
    """

    number: int
    reach: int
    cells: dict[int, str] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)

    def cover(self, column: int, value: str, from_above: bool) -> Iterator[tuple[int, int]]:
        """Note that a merged cell showing `value` lies over a column; yield its place where it holds other words, which nobody sees."""
        if self.cells.get(column) == value:
            del self.cells[column]
        if column in self.cells:
            yield self.number, column
        elif from_above:
            self.covered.add(column)

    @property
    def single(self) -> bool:
        return len(self.cells) == 1 and not self.covered

    @property
    def first(self) -> int:
        return min(self.cells)

    @property
    def is_head(self) -> bool:
        return is_header(list(self.cells.values()))


def blocks_of(grids: Sequence[Grid], transcript: Transcript, limits: Limits, remarks: list[Remark]) -> Iterator[Block]:
    """Yield the blocks of a workbook's sheets in their order; one of several that has no title of its own is headed by its name.

    What merged cells hide is told in `remarks`. Raises UnreadableError for more text, or wider tables, than the limits allow.
    """
    if sum(len(text) for grid in grids for text in grid.cells.values()) > limits.max_bytes:
        raise _too_much_text(limits)
    filled = [grid for grid in grids if grid.cells or grid.boxes]
    room = _Room(limits)
    for grid in filled:
        yield from _SheetBlocks(grid, transcript, room).blocks(remarks, under_name=len(filled) > 1)


def _too_much_text(limits: Limits) -> UnreadableError:
    most = limits.max_bytes / 1_000_000
    return UnreadableError(
        f"工作簿里的文字超过上限 {most:g} 百万字，没有读取；请删去与考核方案无关的工作表",
        f"the workbook holds more than {most:g} million characters of text and was not read; delete sheets that are no part of the scheme",
    )


class _Room:
    """How many more places of tables, blank ones among them, may be made or covered."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.places = limits.max_cells

    def take(self, places: int) -> None:
        self.places -= places
        if self.places < 0:
            raise too_many_cells(self.limits)


class _SheetBlocks:
    def __init__(self, grid: Grid, transcript: Transcript, room: _Room) -> None:
        self.grid = grid
        self.transcript = transcript
        self.room = room
        self.columns: list[int] = []
        """The columns of the last table, and how many of them its fullest row fills."""
        self.fullest = 0

    def blocks(self, remarks: list[Remark], under_name: bool) -> Iterator[Block]:
        boxes = sorted(self.grid.boxes, key=lambda box: (box.row, box.column))
        parts = list(_parts(self._rows(remarks)))
        if under_name and parts and not parts[0][0].single and not (boxes and boxes[0].row < parts[0][0].number):
            yield from self._heading()
        for part in parts:
            while boxes and boxes[0].row < part[0].number:
                yield from self._box(boxes.pop(0))
            yield from self._blocks_of_part(part)
        for box in boxes:
            yield from self._box(box)

    def _heading(self) -> Iterator[Paragraph]:
        name = self.grid.name
        if not _SAYS_NOTHING.fullmatch(name.strip()):
            yield Paragraph(self.transcript.add(name, CellLocation(name, "", 0, len(name))), heading=1)

    def _rows(self, remarks: list[Remark]) -> list[_Row]:
        """Return the rows that hold something, with what merged cells cover of them."""
        rows: dict[int, _Row] = {}
        for (number, column), text in sorted(self.grid.cells.items()):
            rows.setdefault(number, _Row(number, number)).cells[column] = text
        numbers = sorted(rows)
        columns = sorted({column for _, column in self.grid.cells})
        under: list[tuple[int, int]] = []
        for merged in self.grid.merged:
            inside, across = between(numbers, merged.top, merged.bottom), between(columns, merged.left, merged.right)
            self.room.take(len(inside) * len(across))
            value = self.grid.cells.get((merged.top, merged.left), "")
            for number in inside if value else ():
                rows[number].reach = max(rows[number].reach, merged.bottom)
                for column in across:
                    if (number, column) != (merged.top, merged.left):
                        under += rows[number].cover(column, value, from_above=number > merged.top)
        if under:
            remarks.append(_under_merged(self.grid.name, under))
        return [row for _, row in sorted(rows.items()) if row.cells]

    def _blocks_of_part(self, part: list[_Row]) -> Iterator[Block]:
        start, end = 0, len(part)
        while start < end and part[start].single:
            start += 1
        edge = min((row.first for row in part[start:] if not row.single), default=0)
        while end > start and part[end - 1].single and part[end - 1].first <= edge:
            end -= 1
        for row in part[:start]:
            yield from self._row_paragraphs(row)
        if start < end:
            yield self._table(part[start:end])
        for row in part[end:]:
            yield from self._row_paragraphs(row)

    def _row_paragraphs(self, row: _Row) -> Iterator[Paragraph]:
        for column, text in row.cells.items():
            yield from self._paragraphs(row.number, column, text)

    def _box(self, box: TextBox) -> Iterator[Paragraph]:
        yield from self._paragraphs(box.row, box.column, box.text)

    def _paragraphs(self, row: int, column: int, text: str) -> Iterator[Paragraph]:
        """Yield the lines of a cell outside of a table, each a paragraph."""
        prose = self._prose(row, column, text)
        start = 0
        for line in prose.text.split("\n"):
            if line.strip():
                yield Paragraph(slice_prose(prose, start, start + len(line)))
            start += len(line) + 1

    def _table(self, rows: list[_Row]) -> Table:
        columns = sorted({column for row in rows for column in row.cells})
        fullest = max((len(row.cells) for row in rows if not row.is_head), default=0)
        if self.columns and set(columns) <= set(self.columns) and 3 * fullest >= 2 * self.fullest:
            columns = self.columns  # a blank row may only part the rows of one table
        self.columns, self.fullest = columns, fullest
        self.room.take(len(rows) * len(columns))
        made = tuple(tuple(self._cell(row, column) for column in columns) for row in rows)
        continued = frozenset((at, place) for at, row in enumerate(rows) for place, column in enumerate(columns) if column in row.covered)
        return Table(made, continued)

    def _cell(self, row: _Row, column: int) -> Prose:
        return self._prose(row.number, column, row.cells[column]) if column in row.cells else EMPTY

    def _prose(self, row: int, column: int, text: str) -> Prose:
        return self.transcript.add(text, CellLocation(self.grid.name, address(row, column), 0, len(text)))


def _under_merged(sheet: str, places: list[tuple[int, int]]) -> Remark:
    names = named([address(row, column) for row, column in places], MOST_NAMED)
    return Remark(
        "hidden-text",
        f"工作表“{sheet}”的 {names[0]} 被合并单元格遮住，但里面有文字，已照读；请删去或取消合并",
        f"cells {names[1]} of sheet “{sheet}” lie under merged cells and hold words; they were read all the same",
        CellLocation(sheet, address(*places[0]), 0, 0),
    )


def _parts(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Cut rows where they are parted by blank ones, and above the headings of each further table."""
    for run in _runs(rows):
        start = 0
        for at, row in enumerate(run):
            if row.is_head:
                top = at
                while top > start and run[top - 1].single:
                    top -= 1
                if start < top < at:
                    yield run[start:top]
                    start = top
        yield run[start:]


def _runs(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Part rows where one is blank; a row that a merged cell goes down over is not."""
    run: list[_Row] = []
    reach = 0
    for row in rows:
        if run and row.number > reach + 1:
            yield run
            run = []
        reach = row.reach if not run else max(reach, row.reach)
        run.append(row)
    if run:
        yield run
