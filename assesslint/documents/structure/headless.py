"""The rows of a table without a head → what its columns hold, told by their cells, or nothing where these leave it open.

A column wrongly taken for points or names does more harm than a table read as lines of text: it is a table of indicators only where
one column alone can be that of points and the rows say what points are given or taken for, or their points come to a round whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assesslint.documents.model import Table
from assesslint.documents.structure.columns import Column, columns_of
from assesslint.documents.structure.grades import GRADED, WHOLES
from assesslint.documents.structure.words import ORGAN, SUBTOTAL_ROW, TOTAL_ROW, is_figure, is_proof
from assesslint.text.normalise import normalise

_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 3
_MOST_POINTS = 100
"""Points that one indicator gives at most; larger figures are years, numbers of people, telephones."""
_DEEPEST_HEAD = 4
"""Rows above and with a head, titles and blanks among them."""
_HEAD = re.compile(r"[^，。；：！？\n%]{1,12}")
_NAME = re.compile(r"[^，。；：！？\n%]{0,24}")
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}")


def columns_by_cells(table: Table) -> tuple[Column, ...]:
    """Return what the columns of a table without a head hold; none where its cells leave that open."""
    rows = _rows(table)
    points = _columns_of_points(rows)
    if not points or not (_are_graded(rows) or _whole(rows, points)):
        return ()
    whole = points if len(points) == 1 else _whole(rows, points)
    return _columns(rows, whole[0]) if len(whole) == 1 else ()


def head_by_cells(table: Table) -> tuple[int, tuple[Column, ...]] | None:
    """Return the row of a table that is its head, though few of its words are known, and what its columns hold by words and cells.

    The words of the head count but for the points, which the figures below it tell.
    """
    for at, row in enumerate(table.rows[:_DEEPEST_HEAD]):
        heads = [normalise(cell.text).text for cell in row]
        filled = [head for head in heads if head]
        if len(filled) < _FEWEST_COLUMNS or not all(map(_HEAD.fullmatch, filled)) or any(map(is_figure, filled)):
            continue
        told = columns_by_cells(Table(table.rows[at + 1 :]))
        if told:
            return at, tuple(_told(by_words, by_cells) for by_words, by_cells in zip(columns_of([row]), told, strict=True))
    return None


def _told(by_words: Column, by_cells: Column) -> Column:
    """Return a column by its head where that is known and by its cells where not; figures that can be points are."""
    known = by_words.known and by_words.word and by_words.role != "points" and by_cells.role != "points"
    return replace(by_words, role=by_words.role if known else by_cells.role, percent=by_words.percent or by_cells.percent)


def is_doubtful(table: Table) -> bool:
    """Tell whether a table without a head seems to give points: its rows are lines of text, and someone should look at it."""
    rows = _rows(table)
    points = _columns_of_points(rows)
    return bool(points) and (any(map(_is_graded, rows)) or bool(_whole(rows, points)))


def suits(columns: Sequence[Column], table: Table) -> bool:
    """Tell whether a table without a head has these columns of the table above it: as many, and figures where its points are."""
    rows = _rows(table)
    points = [at for at, column in enumerate(columns) if column.role == "points"]
    return bool(rows) and len(columns) == len(rows[0]) and points == _columns_of_points(rows)


def _rows(table: Table) -> list[list[str]]:
    """Return the rows of several cells in normal form, sums left out; nothing for a table too small to tell."""
    if not table.rows or len(table.rows[0]) < _FEWEST_COLUMNS:
        return []
    rows = [[normalise(cell.text).text for cell in row] for row in table.rows]
    told = [
        row for row in rows if sum(map(bool, row)) > 1 and not any(TOTAL_ROW.fullmatch(cell) or SUBTOTAL_ROW.match(cell) for cell in row)
    ]
    return told if len(told) >= _FEWEST_ROWS else []


def _columns_of_points(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the columns that hold figures no larger than points are, from the first row on, and no words; row numbers are none."""
    if not rows:
        return []
    columns = [[row[at] for row in rows] for at in range(len(rows[0]))]
    return [at for at, column in enumerate(columns) if _give_points(column) and not (at == 0 and _are_numbers(column))]


def _give_points(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return (
        bool(cells[0]) and 2 * len(filled) >= len(cells) and all(is_figure(cell) and abs(_value(cell)) <= _MOST_POINTS for cell in filled)
    )


def _value(figure: str) -> Decimal:
    return Decimal(figure.strip("（）分%"))


def _are_numbers(cells: Sequence[str]) -> bool:
    """Tell whether the cells of a column number its rows: 1, 2, 3 or 一、二; points rarely climb so."""
    filled = [cell.strip("（）.、") for cell in cells if cell]
    if all(cell.isdecimal() for cell in filled):
        return all(int(following) == int(cell) + 1 for cell, following in pairwise(filled))
    return all(map(_CHINESE_NUMBER.fullmatch, filled))


def _is_graded(row: Sequence[str]) -> bool:
    return any(map(GRADED.search, row))


def _are_graded(rows: Sequence[Sequence[str]]) -> bool:
    return 2 * sum(map(_is_graded, rows)) >= len(rows)


def _whole(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> list[int]:
    """Return those of these columns whose figures come to a round whole."""
    return [at for at in columns if sum((_value(row[at]) for row in rows if row[at]), Decimal(0)) in WHOLES]


def _columns(rows: Sequence[Sequence[str]], points: int) -> tuple[Column, ...]:
    """Return the columns: what is assessed stands first, be it called like a body; one before it that has blanks groups the rows."""
    cells = [[row[at] for row in rows] for at in range(len(rows[0]))]
    roles = ["number" if at == 0 and any(column) and _are_numbers(column) else _role(column) for at, column in enumerate(cells)]
    roles[points] = "points"
    names = [at for at, role in enumerate(roles) if role in ("responsible", "") and any(cells[at]) and all(map(_NAME.fullmatch, cells[at]))]
    if names:
        first, *others = names
        grouped = bool(others) and any(inner and not outer for outer, inner in zip(cells[first], cells[others[0]], strict=True))
        roles[first] = "group" if grouped else "name"
        if grouped:
            roles[others[0]] = "name"
    last = max((at for at, role in enumerate(roles) if role == "scoring"), default=len(roles))
    roles = [role or ("content" if at < last else "remarks") for at, role in enumerate(roles)]
    percent = any("%" in cell for cell in cells[points])
    return tuple(Column(role, "", percent and at == points) for at, role in enumerate(roles))


def _role(cells: Sequence[str]) -> str:
    """Return what most cells of a column say of themselves; empty where they say nothing."""
    filled = [cell for cell in cells if cell]
    for role, tells in (("scoring", GRADED.search), ("evidence", is_proof), ("responsible", ORGAN.fullmatch)):
        if filled and 2 * sum(bool(tells(cell)) for cell in filled) > len(filled):
            return role
    return ""
