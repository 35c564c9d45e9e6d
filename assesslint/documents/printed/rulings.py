"""Ruling lines of a page → the grids they draw: columns, rows, and which squares of a grid are one cell, merged in either direction.

Each group of lines that touch one another is one grid. An open side, as tables in offices often have left and right, is closed
where its lines end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from assesslint.text.location import Box

_TOUCHING = 3.0
"""Points between two lines that are drawn as one, or meet."""
_THIN, _STRAIGHT = 3.0, 0.5
"""Points: how thin a filled area is that is a line, and by how much a stroke may slant that runs along the page."""
_SHORTEST = 6.0
"""Points; a shorter line is a tick or a piece of a sign."""
_MOST_PAIRS, _MOST_SQUARES = 1_000_000, 50_000
"""A page with more lines or squares holds a drawing."""


@dataclass(frozen=True, slots=True)
class _Ruling:
    """A line at `at`, from `start` to `end` along the other axis."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """`columns` and `rows` are edges in points, ascending; `owners[row][column]` is the first square of the cell a square is part of."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    owners: tuple[tuple[tuple[int, int], ...], ...]

    def holds(self, x: float, y: float) -> bool:
        return self.columns[0] <= x <= self.columns[-1] and self.rows[0] <= y <= self.rows[-1]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Return the cell, by its first square, at a point that the grid holds."""
        row = min(bisect_right(self.rows, y), len(self.rows) - 1) - 1
        column = min(bisect_right(self.columns, x), len(self.columns) - 1) - 1
        return self.owners[max(0, row)][max(0, column)]

    def width(self, row: int, column: int) -> float:
        """Return how wide the cell with this first square is."""
        last = max(at for at, owner in enumerate(self.owners[row]) if owner == (row, column))
        return self.columns[last + 1] - self.columns[column]


def rules_of(strokes: Iterable[tuple[tuple[float, float], tuple[float, float]]], stroked: bool) -> Iterator[Box]:
    """Yield the thin boxes that a path along straight strokes draws: each stroke along the page, or the whole of a thin area filled."""
    boxes = [(min(x, end_x), min(y, end_y), max(x, end_x), max(y, end_y)) for (x, y), (end_x, end_y) in strokes]
    if stroked:
        yield from (box for box in boxes if min(box[2] - box[0], box[3] - box[1]) <= _STRAIGHT)
    elif boxes:
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        whole = min(lefts), min(tops), max(rights), max(bottoms)
        if min(whole[2] - whole[0], whole[3] - whole[1]) <= _THIN:
            yield whole


def grids_of(rules: Iterable[Box]) -> list[Grid]:
    """Return the grids of two cells or more that thin boxes draw, from top to bottom; a grid within another's cell is left out."""
    lying: list[_Ruling] = []
    standing: list[_Ruling] = []
    for left, top, right, bottom in rules:
        if right - left >= bottom - top:
            lying.append(_Ruling((top + bottom) / 2, left, right))
        else:
            standing.append(_Ruling((left + right) / 2, top, bottom))
    lying, standing = _joined(lying), _joined(standing)
    if not lying or not standing or len(lying) * len(standing) > _MOST_PAIRS:
        return []
    grids: list[Grid] = []
    found = [grid for group in _touching(lying, standing) if (grid := _grid(*group))]
    for grid in sorted(found, key=_area, reverse=True):
        middle = (grid.columns[0] + grid.columns[-1]) / 2, (grid.rows[0] + grid.rows[-1]) / 2
        if not any(larger.holds(*middle) for larger in grids):
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.rows[0], grid.columns[0]))


def _area(grid: Grid) -> float:
    return (grid.columns[-1] - grid.columns[0]) * (grid.rows[-1] - grid.rows[0])


def _joined(rulings: list[_Ruling]) -> list[_Ruling]:
    """Put rulings that nearly stand at one place at one place, and make one of those that touch there."""
    found: list[_Ruling] = []
    for at, group in _levels(rulings):
        start, end = group[0].start, group[0].end
        for ruling in group[1:]:
            if ruling.start > end + _TOUCHING:
                found.append(_Ruling(at, start, end))
                start, end = ruling.start, ruling.end
            end = max(end, ruling.end)
        found.append(_Ruling(at, start, end))
    return [ruling for ruling in found if ruling.end - ruling.start >= _SHORTEST]


def _levels(rulings: list[_Ruling]) -> Iterator[tuple[float, list[_Ruling]]]:
    """Yield where rulings stand, and those that stand there, by their starts."""
    rulings = sorted(rulings, key=lambda ruling: ruling.at)
    first = 0
    for at in range(1, len(rulings) + 1):
        if at == len(rulings) or rulings[at].at > rulings[first].at + _TOUCHING:
            group = rulings[first:at]
            yield sum(ruling.at for ruling in group) / len(group), sorted(group, key=lambda ruling: ruling.start)
            first = at


def _touching(lying: list[_Ruling], standing: list[_Ruling]) -> Iterator[tuple[list[_Ruling], list[_Ruling]]]:
    """Yield groups of lines that touch one another, lying and standing apart; both lists are sorted by place."""
    heads = list(range(len(lying) + len(standing)))
    places = [ruling.at for ruling in lying]
    for number, upright in enumerate(standing, len(lying)):
        for at in range(bisect_left(places, upright.start - _TOUCHING), bisect_right(places, upright.end + _TOUCHING)):
            if lying[at].start - _TOUCHING <= upright.at <= lying[at].end + _TOUCHING:
                _unite(heads, at, number)
    groups: dict[int, tuple[list[_Ruling], list[_Ruling]]] = defaultdict(lambda: ([], []))
    for number, ruling in enumerate((*lying, *standing)):
        groups[_head(heads, number)][number >= len(lying)].append(ruling)
    yield from (group for group in groups.values() if group[0] and group[1])


def _grid(lying: list[_Ruling], standing: list[_Ruling]) -> Grid | None:
    """Return the grid of lines that touch one another; None for a mere frame, a cross or a drawing."""
    columns = _edges([ruling.at for ruling in standing], [ruling.start for ruling in lying], [ruling.end for ruling in lying])
    rows = _edges([ruling.at for ruling in lying], [ruling.start for ruling in standing], [ruling.end for ruling in standing])
    across, down = len(columns) - 1, len(rows) - 1
    if not 2 <= across * down <= _MOST_SQUARES:
        return None
    heads = list(range(across * down))
    for row, walls in enumerate(_walls(rows, columns, standing)):
        for column in range(1, across):
            if column not in walls:
                _unite(heads, row * across + column - 1, row * across + column)
    for column, walls in enumerate(_walls(columns, rows, lying)):
        for row in range(1, down):
            if row not in walls:
                _unite(heads, (row - 1) * across + column, row * across + column)
    if len({_head(heads, square) for square in range(len(heads))}) < 2:
        return None
    owners = (tuple(divmod(_head(heads, row * across + column), across) for column in range(across)) for row in range(down))
    return Grid(tuple(columns), tuple(rows), tuple(owners))


def _edges(places: list[float], starts: list[float], ends: list[float]) -> list[float]:
    """Return the edges that lines draw, with those where the lines across them end beyond the outermost."""
    edges = sorted(set(places))
    if min(starts) < edges[0] - _SHORTEST:
        edges.insert(0, min(starts))
    if max(ends) > edges[-1] + _SHORTEST:
        edges.append(max(ends))
    return edges


def _walls(bands: list[float], edges: list[float], rulings: list[_Ruling]) -> Iterator[set[int]]:
    """Yield for each band between two edges of one axis the numbers of the edges of the other axis where a line stands in it."""
    for start, end in pairwise(bands):
        middle = (start + end) / 2
        yield {bisect_left(edges, ruling.at) for ruling in rulings if ruling.start <= middle <= ruling.end}


def _head(heads: list[int], number: int) -> int:
    while heads[number] != number:
        heads[number] = heads[heads[number]]
        number = heads[number]
    return number


def _unite(heads: list[int], one: int, other: int) -> None:
    """Make two groups one, headed by the smaller of their heads."""
    one, other = _head(heads, one), _head(heads, other)
    heads[max(one, other)] = min(one, other)
