"""Lines under the head of a table that no ruling lines draw → the table, or nothing where its columns and rows are not beyond doubt.

Columns are told by the gaps between heads that no word of any row reaches into, where these part the rows in one way only; rows by the
cells that every indicator has, its number, its points, and the lines below them go on with theirs. What only might be so, such as names
set in the middle of several rows, is left as lines: a table read wrongly is worse than one that is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise, product
from math import prod

from assesslint.documents.printed.layout import PADDING, Cell, Laid, Line, Ruled
from assesslint.documents.structure.columns import columns_of
from assesslint.documents.structure.words import TOTAL_ROW, is_figure, is_header
from assesslint.documents.wrapping import closes_paragraph, is_numbered, opens_paragraph
from assesslint.scheme.model import Prose
from assesslint.text.normalise import normalise

_LEAST_HEADS, _LEAST_ROWS = 3, 2
_HEAD_GAP, _GUTTER = 0.8, 1.2
"""Least gap between two heads, in heights of the line; least width of what stays free between two columns, in points."""
_CLOSEST = 0.9
"""Heights of the line that two lines are apart at least; a number set in the middle of two lines is closer to both."""
_MOST_WAYS = 16
KEY_CELL = re.compile(r"[\d.．、%分（）()+\-一二三四五六七八九十]{1,8}")
"""A number, points: what never goes on in the next cell."""
_MOST_PIECES = 2
"""Pieces that a line of prose below the table has at most."""
_KEY_ROLES = ("number", "points")
_NAMING_ROLES = ("group", "name", *_KEY_ROLES)

LeftFree = Callable[[Line], float]
"""Tells what a line leaves free at most that is broken before this one."""
Gaps = list[tuple[float, float]]


@dataclass(slots=True)
class _Table:
    """A table as it is found: what is free between each two heads all the way down, and the lines below."""

    gaps: list[Gaps]
    head: list[Line]
    whole: list[Line] = field(default_factory=list)
    ends: list[tuple[Laid, int, int]] = field(default_factory=list)
    """On each page the items it takes: from, to."""


@dataclass(frozen=True, slots=True)
class _Parted:
    """A table parted at one of the gaps between each two heads, its lines in pieces by column."""

    head: list[Line]
    bounds: list[float]
    lines: list[list[Line | None]]


def is_unruled_head(line: Line) -> bool:
    """Tell whether a line outside of all tables is the head of one."""
    heads = line.text.split()
    return len(heads) >= _LEAST_HEADS and is_header(heads)


def read_unruled(pages: Sequence[Laid], left_free: LeftFree) -> None:
    """Put tables without ruling lines in place of their lines, on the page they begin on, wherever they can be told for sure."""
    doubtful: set[str] = set()
    """Heads of tables left as lines; the same head on the next page would be looked at in vain."""
    for number, page in enumerate(pages):
        at = 0
        while at < len(page.items):
            item = page.items[at]
            if isinstance(item, Line) and item.text not in doubtful and is_unruled_head(item):
                table = _found(pages[number:], item, at)
                ways = [(parted, rows) for parted in _parted(table) if (rows := _rows(parted, left_free))] if table else []
                if table and len(ways) == 1:
                    _replace(table, *ways[0], item.top)
                else:
                    doubtful.add(item.text)
            at += 1


def _found(pages: Sequence[Laid], head: Line, at: int) -> _Table | None:
    """Return the table under `head`, the item `at` of the first of these pages, over all pages it has; None where that is in doubt."""
    pieces = _pieces(head, _HEAD_GAP * head.height)
    table = _Table([[(one.right, other.left)] for one, other in pairwise(pieces)], pieces)
    if len(pieces) != len(head.text.split()):
        return None
    start = at + 1
    for page in pages:
        items = page.items
        if page is not pages[0] and items and isinstance(items[0], Line) and items[0].text == head.text:
            start = 1
        stop = start
        while stop < len(items) and isinstance(line := items[stop], Line) and _add(table, line):
            stop += 1
        table.ends.append((page, at if page is pages[0] else 0, stop))
        if stop < len(items):
            if any(map(_looks_like_row, items[stop:])):
                return None
            break
        start = 0
    pairs = (pair for pair in pairwise(table.whole) if pair[0].page == pair[1].page)
    return None if any(following.bottom - line.bottom < _CLOSEST * line.height for line, following in pairs) else table


def _parted(table: _Table) -> Iterator[_Parted]:
    """Yield the table parted in each way there is; nothing where there are too many. Figures at the right of their column leave two."""
    if prod(map(len, table.gaps)) > _MOST_WAYS:
        return
    for gaps in product(*table.gaps):
        bounds = [(left + right) / 2 for left, right in gaps]
        yield _Parted(table.head, bounds, [_by_column(line, bounds) for line in table.whole])


def _pieces(line: Line, gap: float) -> list[Line]:
    """Return a line cut where its characters stand farther apart than `gap`."""
    cuts = [0]
    last = 0
    for place in range(1, len(line.text)):
        if line.text[place].isspace():
            continue
        if line.edges[2 * place] - line.edges[2 * last + 1] > gap:
            cuts.append(place)
        last = place
    return [piece for start, end in pairwise([*cuts, len(line.text)]) if (piece := _piece(line, start, end))]


def _piece(line: Line, start: int, end: int) -> Line | None:
    text = line.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
    return Line(line.page, line.text[start:end], line.top, line.bottom, line.edges[2 * start : 2 * end]) if start < end else None


def _add(table: _Table, line: Line) -> bool:
    """Add a line, the gaps cut down to what it leaves free; tell whether it leaves some of each."""
    gaps = [[free for gap in each for free in _free(line, *gap)] for each in table.gaps]
    if not all(gaps):
        return False
    table.gaps = gaps
    table.whole.append(line)
    return True


def _free(line: Line, left: float, right: float) -> Iterator[tuple[float, float]]:
    """Yield the parts of a gap in which no character of a line stands."""
    at = left
    for place, character in enumerate(line.text):
        start, end = line.edges[2 * place], line.edges[2 * place + 1]
        if character.isspace() or end <= left or start >= right:
            continue
        if start - at >= _GUTTER:
            yield at, start
        at = max(at, end)
    if right - at >= _GUTTER:
        yield at, right


def _by_column(line: Line, bounds: Sequence[float]) -> list[Line | None]:
    found: list[Line | None] = []
    start = 0
    for bound in [*bounds, float("inf")]:
        end = start
        while end < len(line.text) and line.edges[2 * end] < bound:
            end += 1
        found.append(_piece(line, start, end))
        start = end
    return found


def _looks_like_row(item: Line | Ruled) -> bool:
    """Tell whether what stands below the table seems to be of it all the same."""
    if isinstance(item, Ruled):
        return False
    pieces = _pieces(item, _HEAD_GAP * item.height)
    return len(pieces) > _MOST_PIECES or is_figure(normalise(item.text).text)


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rows(table: _Parted, left_free: LeftFree) -> list[list[Cell]]:
    """Return the rows of cells, the head first; none unless each is told by its number or points and goes on as sentences do."""
    roles = [column.role for column in columns_of([[Prose(piece.text) for piece in table.head]])]
    keys = [at for at, role in enumerate(roles) if role in _KEY_ROLES]
    naming = [at for at, role in enumerate(roles) if role in _NAMING_ROLES]
    widths = _widths(table)
    rows: list[list[Cell]] = []
    for line in table.lines:
        if any(_is_key(line[key]) for key in keys) or _is_total(line):
            rows.append([[piece] if piece else [] for piece in line])
        elif not rows or not all(
            cell and _goes_on(cell[-1], piece, width, left_free) for cell, piece, width in zip(rows[-1], line, widths, strict=True) if piece
        ):
            return []
        else:
            for cell, piece in zip(rows[-1], line, strict=True):
                cell.extend([piece] if piece else [])
    told = [row for row in rows if not _is_total([cell[0] if cell else None for cell in row])]
    complete = all(row[at] for row in told for at in naming) and all(
        len(row[at]) == 1 and _is_key(row[at][0]) for row in told for at in keys
    )
    below_last: list[Cell] = [[] for _ in widths]
    open_ended = any(
        _may_go_on(cell, below, width, left_free)
        for row, following in pairwise([*rows, below_last])
        for cell, below, width in zip(row, following, widths, strict=True)
    )
    sure = keys and len(told) >= _LEAST_ROWS and complete and not open_ended
    return [[[piece] for piece in table.head], *rows] if sure else []


def _is_key(piece: Line | None) -> bool:
    return piece is not None and KEY_CELL.fullmatch(piece.text) is not None


def _is_total(line: Sequence[Line | None]) -> bool:
    return any(piece and TOTAL_ROW.fullmatch(normalise(piece.text).text) for piece in line)


def _goes_on(line: Line, following: Line, width: float, left_free: LeftFree) -> bool:
    """Tell whether a line of a cell was broken to fit its width before the following one."""
    if is_numbered(following.text) or (closes_paragraph(line.text) and opens_paragraph(following.text)):
        return False
    return width - (line.right - line.left) < left_free(following)


def _may_go_on(cell: Cell, below: Cell, width: float, left_free: LeftFree) -> bool:
    """Tell whether the last lines of a cell may be the first of the one below, whose number then stands in their midst: they end full."""
    if len(cell) < 2:
        return False
    last = cell[-1]
    is_full = width - (last.right - last.left) < (left_free(below[0]) if below else last.height)
    return is_full and (not closes_paragraph(last.text) or any(closes_paragraph(line.text) for line in cell[:-1]))


def _widths(table: _Parted) -> list[float]:
    """Return how wide each column is: as wide as its longest line."""
    columns = zip(table.head, *table.lines, strict=True)
    return [max(piece.right - piece.left for piece in column if piece) for column in columns]


def _replace(table: _Table, parted: _Parted, rows: list[list[Cell]], top: float) -> None:
    """Put the table in place of its lines."""
    pieces = [piece for piece in chain(parted.head, *parted.lines) if piece]
    edges = (min(piece.left for piece in pieces), *parted.bounds, max(piece.right for piece in pieces))
    for page, start, stop in table.ends:
        del page.items[start:stop]
    page, start, _ = table.ends[0]
    widths = [width + PADDING for width in _widths(parted)]
    page.items.insert(start, Ruled(top, edges, rows, [widths for _ in rows], set()))
