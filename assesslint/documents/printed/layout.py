"""A page of glyphs and ruling lines → its lines of text and its tables, from top to bottom."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assesslint.documents.printed.glyphs import Glyph, Page
from assesslint.documents.printed.rulings import Grid, grids_of
from assesslint.text.location import PrintedLine

_INSIDE = 0.25
"""Share of a glyph's width by which it tells its cell: a comma at the end of a line hangs over the edge."""
_SAME_LINE = 0.5
"""Share of the lower one's height by which two glyphs of one line overlap."""
PADDING = 12.0
"""Points between a cell's edges and its text, both sides together."""
_SPACE, _WIDE_SPACE = 0.3, 0.8
"""Gap between two glyphs that is a space, in heights of the line: beside a letter or digit, between Chinese characters."""


@dataclass(slots=True)
class Line:
    """A printed line; `edges` has left and right of each character of `text`, in turn."""

    page: int
    text: str
    top: float
    bottom: float
    edges: array[float]

    @property
    def left(self) -> float:
        return self.edges[0]

    @property
    def right(self) -> float:
        return self.edges[-1]

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def place(self) -> PrintedLine:
        return PrintedLine(self.page, self.top, self.bottom, self.edges)


Cell = list[Line]


@dataclass(slots=True)
class Ruled:
    """A table as printed. `columns` are its edges, `widths[row][column]` how wide a cell is, `continued` as in Table."""

    top: float
    columns: tuple[float, ...]
    rows: list[list[Cell]]
    widths: list[list[float]]
    continued: set[tuple[int, int]]


@dataclass(slots=True)
class Laid:
    """A page laid out: its lines and tables from top to bottom."""

    number: int
    width: float
    height: float
    items: list[Line | Ruled]


def lay_out(page: Page) -> Laid:
    """Return the lines and tables of a page. A string that does not stand upright is a line below all others."""
    grids = grids_of(page.rules)
    loose: list[Glyph] = []
    inside: list[dict[tuple[int, int], list[Glyph]]] = [defaultdict(list) for _ in grids]
    for glyph in page.glyphs:
        x, y = glyph.left + _INSIDE * (glyph.right - glyph.left), (glyph.top + glyph.bottom) / 2
        for grid, cells in zip(grids, inside, strict=True):
            if grid.holds(x, y):
                cells[grid.cell(x, y)].append(glyph)
                break
        else:
            loose.append(glyph)
    items: list[Line | Ruled] = list(lines_of(page.number, loose))
    items += (table for grid, cells in zip(grids, inside, strict=True) if (table := _ruled(page.number, grid, cells)))
    items.sort(key=lambda item: item.top)
    return Laid(page.number, page.width, page.height, [*items, *_turned_lines(page)])


def lines_of(page: int, glyphs: Iterable[Glyph]) -> Iterator[Line]:
    """Yield the lines that glyphs make, from top to bottom. Lines of nothing but spaces are left out."""
    row: list[Glyph] = []
    top = bottom = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.top + glyph.bottom):
        overlap = min(bottom, glyph.bottom) - max(top, glyph.top)
        if row and overlap < _SAME_LINE * min(bottom - top, glyph.bottom - glyph.top):
            if line := _line(page, row):
                yield line
            row = []
        if not row or glyph.bottom - glyph.top > bottom - top:
            top, bottom = glyph.top, glyph.bottom
        row.append(glyph)
    if row and (line := _line(page, row)):
        yield line


def _line(page: int, row: list[Glyph]) -> Line | None:
    """Return the glyphs of a line as text, with a space where a gap is one; a glyph printed twice to look bold counts once."""
    visible = [glyph for glyph in row if not glyph.text.isspace()]
    if not visible:
        return None
    top, bottom = min(glyph.top for glyph in visible), max(glyph.bottom for glyph in visible)
    height = max(glyph.bottom - glyph.top for glyph in visible)
    texts: list[str] = []
    edges = array("f")
    last: Glyph | None = None
    for glyph in sorted(row, key=lambda glyph: glyph.left):
        if last is not None:
            if glyph.text == last.text and glyph.left - last.left < 0.3 * (glyph.right - glyph.left):
                continue
            gap = glyph.left - last.right
            wide = is_chinese(last.text[-1]) and is_chinese(glyph.text[0])
            if gap > height * (_WIDE_SPACE if wide else _SPACE) and not (last.text.isspace() or glyph.text.isspace()):
                texts.append(" ")
                edges.extend((last.right, glyph.left))
        texts.append(glyph.text)
        step = (glyph.right - glyph.left) / len(glyph.text)
        for at in range(len(glyph.text)):
            edges.extend((glyph.left + at * step, glyph.left + (at + 1) * step))
        last = glyph
    text = "".join(texts)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return Line(page, text[start:end], top, bottom, edges[2 * start : 2 * end])


def _turned_lines(page: Page) -> Iterator[Line]:
    """Yield each string that does not stand upright, in the order painted."""
    for glyphs in page.slanted:
        if text := "".join(glyph.text for glyph in glyphs).strip():
            top, bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
            edges = array("f", (edge for glyph in glyphs for _ in glyph.text for edge in (glyph.left, glyph.right)))
            yield Line(page.number, text, top, bottom, edges)


def is_chinese(character: str) -> bool:
    """Tell whether a character is as wide as it is high in a Chinese font."""
    return character >= "\u2e80" or character in "“”‘’…—·"


def _ruled(page: int, grid: Grid, cells: dict[tuple[int, int], list[Glyph]]) -> Ruled | None:
    """Return the table that a grid with text is."""
    found = {place: list(lines_of(page, glyphs)) for place, glyphs in cells.items()}
    if not any(found.values()):
        return None
    down, across = len(grid.rows) - 1, len(grid.columns) - 1
    rows = [[found.get((row, column), []) for column in range(across)] for row in range(down)]
    widths = [[grid.width(row, column) if rows[row][column] else 0.0 for column in range(across)] for row in range(down)]
    continued = {(row, column) for row in range(down) for column in range(across) if grid.owners[row][column][0] < row}
    return Ruled(grid.rows[0], grid.columns, rows, widths, continued)
