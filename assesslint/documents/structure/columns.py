"""The head of a table → what each of its columns holds. A head is known by its words, wherever it stands and in one row or two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assesslint.documents.model import EMPTY, Table
from assesslint.documents.structure.grades import GRADED
from assesslint.documents.structure.words import (
    ADDED_OR_TAKEN,
    DOCUMENT,
    FILLED_IN,
    GROUND,
    INDICATOR_LABELS,
    MATERIAL,
    header_word,
    is_figure,
    is_header,
)
from assesslint.scheme.model import Prose
from assesslint.text.normalise import normalise

_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4}
_LONGEST_SUBHEAD = 16
_LONGEST_NAME = 14
_NO_NAME = re.compile(r"[，。；：！？\n\d%]")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.

    `role` is a field of an indicator, or `group`, `name`, `number`, `points`, or `filled_in` for what is left to be filled in later;
    `word` is the head as its readers know it; `percent` says that its figures are weights.
    """

    role: str
    word: str
    percent: bool = False

    @property
    def known(self) -> bool:
        """Whether its head, or the one over it, says what it holds; one without a head says nothing."""
        return self.role != "remarks" or self.word in INDICATOR_LABELS or not self.word


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """Rows of a table under a head that names its columns, the rows of the head left out.

    `head` are the cells of the head, wherever it is told, each with its column; it has none where the cells below, or the table above,
    tell the columns. `continued` are the places (row, column, from 0) that a merged cell above them covers.
    """

    columns: tuple[Column, ...]
    head: tuple[tuple[int, Prose], ...]
    rows: tuple[tuple[Prose, ...], ...]
    continued: frozenset[tuple[int, int]] = frozenset()

    def cells(self) -> tuple[Prose, ...]:
        """Return every cell, those of the head first."""
        return (*(cell for _, cell in self.head), *(cell for row in self.rows for cell in row))


def is_head(row: Sequence[Prose]) -> bool:
    return is_header([cell.text for cell in row])


def head_height(table: Table, at: int) -> int:
    """Return how many rows the head that begins at row `at` has: two where the second parts columns of the first, else one.

    Cells of the first that reach down into the second say so; where none does, the words of the second must.
    """
    under = at + 1
    if under >= len(table.rows):
        return 1
    places = range(len(table.rows[at]))
    if any((under, column) in table.continued and table.rows[at][column].text for column in places):
        return 2
    filled = [column for column in places if table.rows[under][column].text]
    known = [column for column in filled if header_word(table.rows[under][column].text)]
    short = all(len(table.rows[under][column].text) <= _LONGEST_SUBHEAD for column in filled)
    spanned = all(_spanning(table.rows[at], column).text for column in filled)
    return 2 if short and spanned and len(known) == len(filled) >= 2 and not _same(table.rows[at], table.rows[under]) else 1


def _same(row: Sequence[Prose], other: Sequence[Prose]) -> bool:
    return [normalise(cell.text).text for cell in row] == [normalise(cell.text).text for cell in other]


def _spanning(row: Sequence[Prose], column: int) -> Prose:
    """Return the head over a column: its own, or that of the merged cell to its left that reaches over it."""
    return next((row[at] for at in range(column, -1, -1) if row[at].text), EMPTY)


def columns_of(rows: Sequence[Sequence[Prose]]) -> tuple[Column, ...]:
    """Return the columns under a head of one row or two."""
    if len(rows) == 1:
        return tuple(_column(_spanning(rows[0], at)) for at in range(len(rows[0])))
    over, under = rows
    return tuple(_column(under[at], _spanning(over, at)) if under[at].text else _column(_spanning(over, at)) for at in range(len(over)))


def told_by_cells(columns: tuple[Column, ...], rows: Sequence[Sequence[Prose]]) -> tuple[Column, ...]:
    """Return the columns, what their heads leave open told by the cells below."""
    for told in (with_points, with_standards, with_names, with_groups, with_proof):
        columns = told(columns, rows)
    return columns


def with_groups(columns: tuple[Column, ...], rows: Sequence[Sequence[Prose]]) -> tuple[Column, ...]:
    """Return the columns, contents left of the names as groups where no other gives any and a name in it stands over several rows."""
    places = {role: [at for at, column in enumerate(columns) if column.role == role] for role in ("group", "name", "content")}
    if places["group"] or len(places["name"]) != 1 or len(places["content"]) != 1 or places["content"] > places["name"]:
        return columns
    [content], [name] = places["content"], places["name"]
    told = [row[content] for row in rows if row[content].text]
    if not told or not all(map(_is_name, told)) or len(told) >= sum(bool(row[name].text) for row in rows):
        return columns
    return tuple(replace(column, role="group") if at == content else column for at, column in enumerate(columns))


def with_standards(columns: tuple[Column, ...], rows: Sequence[Sequence[Prose]]) -> tuple[Column, ...]:
    """Return the columns, those under an unknown head whose cells say what points are given for as standards where no other gives any."""
    if any(column.role == "scoring" for column in columns):
        return columns
    cells = [[normalise(row[at].text).text for row in rows if row[at].text] for at in range(len(columns))]
    return tuple(
        replace(column, role="scoring")
        if (not column.known or column.role == "filled_in") and 2 * sum(GRADED.search(cell) is not None for cell in told) > len(told)
        else column
        for column, told in zip(columns, cells, strict=True)
    )


def with_points(columns: tuple[Column, ...], rows: Sequence[Sequence[Prose]]) -> tuple[Column, ...]:
    """Return the columns, those of points added or taken as points where no other gives any and figures stand in them."""
    if any(column.role == "points" for column in columns):
        return columns
    figures = [any(is_figure(normalise(row[at].text).text) for row in rows) for at in range(len(columns))]
    return tuple(
        replace(column, role="points") if column.word in ADDED_OR_TAKEN and figure else column
        for column, figure in zip(columns, figures, strict=True)
    )


def with_names(columns: tuple[Column, ...], rows: Sequence[Sequence[Prose]]) -> tuple[Column, ...]:
    """Return the columns, one of contents taken as the names where no other gives any and names stand in it, several of one group.

    Several are of one group where it is told once for them, in a merged cell, or again in each row.
    """
    places = {role: [at for at, column in enumerate(columns) if column.role == role] for role in ("group", "name", "content", "scoring")}
    if places["name"] or not places["group"] or len(places["content"]) != 1 or not places["scoring"]:
        return columns
    [content], group = places["content"], places["group"][-1]
    named = [row for row in rows if row[content].text]
    groups = [row[group].text for row in named if row[group].text]
    shared = len(groups) < len(named) or len(set(groups)) < len(groups)
    if content < group or not shared or not all(_is_name(row[content]) for row in named):
        return columns
    return tuple(replace(column, role="name") if at == content else column for at, column in enumerate(columns))


def _is_name(cell: Prose) -> bool:
    text = normalise(cell.text).text
    return len(text) <= _LONGEST_NAME and not _NO_NAME.search(text)


def with_proof(columns: tuple[Column, ...], rows: Sequence[Sequence[Prose]]) -> tuple[Column, ...]:
    """Return the columns, one that is headed just 依据 as proof where no document is named in it: what is scored by, and no law."""
    return tuple(
        replace(column, role="evidence")
        if column.word == GROUND and not any(DOCUMENT.search(normalise(row[at].text).text) for row in rows)
        else column
        for at, column in enumerate(columns)
    )


def _column(cell: Prose, over: Prose = EMPTY) -> Column:
    """Return the column a head names; one that its own words do not tell is what the head over it says."""
    text, upper = normalise(cell.text).text, normalise(over.text).text
    own = header_word(text)
    word = own if own == text or not header_word(upper) else ""
    percent = "%" in text + upper or ("权重" in text + upper and "分" not in text + upper)
    known = word or header_word(upper)
    role = "evidence" if not known and MATERIAL.search(text) else role_of(known)
    return Column(role, word or upper + text, percent)


def role_of(word: str) -> str:
    """Return the role of a column whose head is `word`; an unknown one holds remarks."""
    return "filled_in" if word in FILLED_IN else INDICATOR_LABELS.get(word, "remarks")


def levels_of(columns: Sequence[Column]) -> list[int]:
    """Return the columns that name groups and indicators, the outermost first and that of the indicator last.

    Where all are numbered (一级指标) they go by their number, else by their place, groups before names.
    """
    named = [at for at, column in enumerate(columns) if column.role in ("group", "name")]
    if not named:
        return [at for at, column in enumerate(columns) if column.role == "content"][:1]
    numbers = [_ORDINALS.get(columns[at].word[:1], 0) for at in named]
    if all(numbers):
        return [at for _, at in sorted(zip(numbers, named, strict=True))]
    return sorted(named, key=lambda at: (columns[at].role == "name", at))
