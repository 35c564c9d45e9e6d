"""A table with a head that names its columns → groups and indicators.

A merged cell of names groups the rows it covers, merged points are those of the group, any other merged cell belongs to every
indicator it covers. A blank cell under a group or a name goes on with the cell above; a row that adds neither name nor points goes on
with the indicator above it. A column nobody knows becomes remarks under its own label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby

from assesslint.documents.model import EMPTY, Paragraph, join_prose, slice_prose
from assesslint.documents.structure.columns import Column, IndicatorTable, levels_of
from assesslint.documents.structure.fields import fields_of, line_stretches, pieces_span, row_line, shown_by, without_leading_marks
from assesslint.documents.structure.grids import is_wide
from assesslint.documents.structure.lines import Line, Points, points_of
from assesslint.documents.structure.names import first_words, heading_of, kind_of, kind_with
from assesslint.documents.structure.words import NOTE, SUBTOTAL_ROW, TOTAL_ROW
from assesslint.scheme.model import FIELDS, Field, Group, Indicator, Prose
from assesslint.text.normalise import normalise
from assesslint.text.source import Span

Item = Group | Indicator

_LONGEST_GROUP_ROW = 40
_BARE_RANK = 0
"""Rank of a row that is a heading without a number: it stands over all numbers."""
_MOST_BARE = 4
"""Headings without number right under one another that are taken for parts of one another."""
_LOWEST_GROUP_RANK = 50
"""Numbers down to （一） are those of groups; 1. may be that of an indicator."""

_KINDS_OF_POINTS = {"加分": "bonus", "加分值": "bonus", "扣分值": "deduction", "减分值": "deduction"}
"""The kind of an indicator whose points stand under such a head and bear no sign."""
_TELLING_ROLES = ("content", "measure", "scoring", "evidence")
_PARTED_ROLES = ("content", "scoring", "measure")
_BROKEN_OFF = re.compile(r"[\u4e00-\u9fff]{1,5}")
_ROW_NUMBER = re.compile(r"[\dA-Za-z一二三四五六七八九十.、（）()①-⑳-]{1,8}")
_CELL = re.compile(
    r"(?P<before>[+-]?(?:最高|共|满分)?(?:[加减扣])?)(?:0-)?(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九十百两]{1,4}|[1-9il][\doil]{1,2})"
    r"(?P<unit>分|%|)(?:/[^/]{1,4}|以内|封顶|为限)?"
)
_POINTS_AMONG_WORDS = re.compile(r"(?:^|[共计：]|满分|合计|分值|标准分)(?P<number>\d+(?:\.\d+)?)分?(?=[（，；。\n]|$)")


@dataclass(frozen=True, slots=True)
class Over:
    """What stands over rows: a merged name, a row that is a heading; with its points where a cell of its own gives them."""

    name: Prose
    points: Points | None = None


@dataclass(slots=True)
class Row:
    """One indicator of a table: what stands over it, its name, its points, its other cells, one by one.

    `points_from` is the row of the table whose cell gives its points; rows under one merged cell of points share them.
    """

    over: tuple[Over, ...]
    name: Prose
    points: Points | None = None
    points_from: int | None = None
    is_share: bool = False
    kind: str = ""
    cells: list[tuple[Column, Prose]] = field(default_factory=list)


@dataclass(slots=True)
class TableReading:
    """What a table says; `seen` are the places of words that stand for themselves (column heads, numbers, sums)."""

    items: list[Item] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    total: Decimal | None = None
    seen: list[Span] = field(default_factory=list)

    def see(self, cells: Iterable[Prose]) -> None:
        self.seen += (place for cell in cells for place in cell.places)


def cell_points(text: str) -> Points | None:
    """Return the points a cell (in normal form) holds when it holds nothing else: `5`, `5分`, `10%`, `ioo分`, `加2分`."""
    match = _CELL.fullmatch(text.strip("（） \n。，；"))
    if match is None:
        return None
    points = points_of(match)
    if points and match["before"][:1] in ("+", "-"):
        return Points(points.start, points.end, points.value, points.unit, "bonus" if match["before"][0] == "+" else "deduction")
    return points


def read_table(table: IndicatorTable, kind: str = "scored") -> TableReading:
    reading = TableReading()
    used = {at for at, column in enumerate(table.columns) if column.known or any(row[at].text for row in table.rows)}
    reading.see(cell for at, cell in table.head if at in used)
    rows = list(_Rows(table, reading).read())
    reading.items = list(_nest(_sharing(rows), 0, kind))
    return reading


class _Rows:
    """Reads the rows of one table from top to bottom."""

    def __init__(self, table: IndicatorTable, reading: TableReading) -> None:
        self.table = table
        self.reading = reading
        self.columns = table.columns
        self.levels = levels_of(table.columns)
        self.points, self.level_points = self._points_columns()
        self.sections: list[tuple[int, Over]] = []
        self.unused: list[Over] = []
        """Headings with nothing under them so far."""
        self.above: list[Over | None] = [None] * len(self.levels)
        self.tops = [0] * len(self.columns)
        """For each column the row in which the cell begins that reaches over the row at hand."""
        self.current: Row | None = None

    def _points_columns(self) -> tuple[int | None, dict[int, int]]:
        """Return the column of the indicators' points, and for columns of points right of a group the level they belong to.

        Where a table gives both, points go before weights.
        """
        every = [at for at, column in enumerate(self.columns) if column.role == "points"]
        inner = self.levels[-1] if self.levels else -1
        own = sorted((at for at in every if at > inner or inner < 0), key=lambda at: self.columns[at].percent)
        others = [at for at in every if at not in own]
        if not own:
            own, others = others[-1:], others[:-1]
        of_levels = {at: max((depth for depth, level in enumerate(self.levels) if level < at), default=-1) for at in others}
        return (own[0] if own else None), {at: depth for at, depth in of_levels.items() if depth >= 0}

    def read(self) -> Iterator[Row]:
        for at, row in enumerate(self.table.rows):
            self.tops = [top if (at, column) in self.table.continued else at for column, top in enumerate(self.tops)]
            filled = [column for column, cell in enumerate(row) if cell.text]
            words = [column for column in filled if not self._is_number(column, row[column])]
            if not words:
                self.reading.see(row)
            elif self._is_total(row, words):
                self._read_total(row, filled)
            elif len(self.columns) > 2 and is_wide(self.table, at) and (words[0] == 0 or words[0] in self.levels):
                yield from self._wide(row[words[0]])
            elif self._heads_a_group(at, filled):
                yield from self._group_row(at, words)
            else:
                yield from self._indicator_row(at, filled)
        yield from self._close()
        while self.sections:
            yield from self._leave(self.sections.pop()[1])

    def _is_number(self, column: int, cell: Prose) -> bool:
        return self.columns[column].role == "number" and _ROW_NUMBER.fullmatch(normalise(cell.text).text) is not None

    # ── rows that are no indicators ──────────────────────────────────────────────────────────────────────────────────────────

    def _is_total(self, row: tuple[Prose, ...], words: list[int]) -> bool:
        texts = {column: normalise(row[column].text).text for column in words}
        others = [column for column, text in texts.items() if not cell_points(text)]
        named = [words[0], *others[: len(others) == 1], *(column for column in self.levels if column in texts)]
        sums = [column for column in named if TOTAL_ROW.fullmatch(texts[column]) or SUBTOTAL_ROW.match(texts[column])]
        return bool(sums) and not (sums[0] in self.levels[:-1] and self._is_assessed(texts))

    def _is_assessed(self, texts: dict[int, str]) -> bool:
        """Tell whether a row has a name of its own and says how it is assessed, so that a sum among its groups is their name: 总分100分."""
        name = texts.get(self.levels[-1], "")
        told = any(self.columns[at].role in _TELLING_ROLES and not cell_points(text) for at, text in texts.items())
        return bool(name) and told and not (TOTAL_ROW.fullmatch(name) or SUBTOTAL_ROW.match(name) or cell_points(name))

    def _read_total(self, row: tuple[Prose, ...], filled: list[int]) -> None:
        """Take the sum of a row of totals; a subtotal says nothing that its rows do not."""
        texts = {column: normalise(row[column].text).text for column in filled}
        total = next((match for text in texts.values() if (match := TOTAL_ROW.fullmatch(text))), None)
        figures = {column: points.value for column, text in texts.items() if (points := cell_points(text))}
        if total:
            own = figures.get(-1 if self.points is None else self.points, max(figures.values(), default=None))
            stated = Decimal(total["points"]) if total["points"] else own
            self.reading.total = stated if stated is not None else self.reading.total
        known = [column for column, text in texts.items() if column in figures or TOTAL_ROW.fullmatch(text) or SUBTOTAL_ROW.match(text)]
        self.reading.see(row[column] for column in known)
        rest = tuple(cell if column not in known else EMPTY for column, cell in enumerate(row))
        if any(cell.text for cell in rest):
            self.reading.notes.append(row_line(rest))

    def _wide(self, cell: Prose) -> Iterator[Row]:
        """Read a row that is one cell: a heading, an indicator told in one sentence, or a remark."""
        line = Line(Paragraph(cell))
        heading = heading_of(line)
        if NOTE.match(line.text):
            self.reading.notes.append(line)
        elif len(line.text) <= _LONGEST_GROUP_ROW:
            yield from self._close()
            yield from self._open_section(line.marker.rank if line.marker else _BARE_RANK, Over(cell))
        elif heading.points or heading.kind or any(kind_of(normalise(over.name.text).text) for _, over in self.sections):
            yield from self._close()
            self.unused = []
            self.current = Row(tuple(over for _, over in self.sections), cell)
        else:
            self.reading.notes.append(line)

    def _open_section(self, rank: int, over: Over) -> Iterator[Row]:
        """Put what follows under a heading, and that under those of a higher rank; one without number right under another is part of it."""
        inner = rank == _BARE_RANK and bool(self.unused) and len(self.sections) < _MOST_BARE
        while self.sections and self.sections[-1][0] >= rank and not inner:
            yield from self._leave(self.sections.pop()[1])
        self.sections.append((rank, over))
        self.unused.append(over)
        self.above = [None] * len(self.levels)

    def _leave(self, over: Over) -> Iterator[Row]:
        """End a heading: one with nothing under it is an indicator itself when it has points or a kind, else a remark."""
        if not any(unused is over for unused in self.unused):
            return
        self.unused = [unused for unused in self.unused if unused is not over]
        heading = heading_of(Line(Paragraph(over.name)))
        if over.points or heading.points or heading.kind:
            yield Row(tuple(above for _, above in self.sections), over.name, over.points)
        else:
            self.reading.notes.append(Line(Paragraph(over.name)))

    def _heads_a_group(self, at: int, filled: list[int]) -> bool:
        """Tell whether a row of a name alone, or with points, stands over the rows below it.

        It does when its number is of a higher style than theirs, or its points are theirs up to the next such row.
        """
        if not self._is_bare(at):
            return False
        below = []
        for under in range(at + 1, len(self.table.rows)):
            if self._is_bare(under) and self._rank(under) <= self._rank(at):
                break
            below.append(under)
        below = [under for under in below if any(cell.text for cell in self.table.rows[under])]
        if not below or all(self._is_bare(under) for under in below):
            return False
        if self._counts_on(at, below[0]):
            return True
        rank, first = self._rank(at), self._rank(below[0])
        if rank and first:
            return rank < first and rank <= _LOWEST_GROUP_RANK
        values = [value for under in below if not self._is_bare(under) and (value := self._points_at(under)) is not None]
        return self.points in filled and (first > rank or len(values) > 1) and self._points_at(at) == sum(values)

    def _counts_on(self, at: int, under: int) -> bool:
        """Tell whether the number of a row begins with that of the row above it and goes on: A, A-01."""
        own, inner = (
            next((normalise(cell.text).text for column, cell in enumerate(self.table.rows[row]) if self._is_number(column, cell)), "")
            for row in (at, under)
        )
        return bool(own) and not own.isdecimal() and inner != own and inner.startswith(own) and own.isalnum()

    def _is_bare(self, at: int) -> bool:
        """Tell whether a row has a name, and nothing but a number and points beside it."""
        row = self.table.rows[at]
        filled = [column for column, cell in enumerate(row) if cell.text]
        words = [column for column in filled if not self._is_number(column, row[column]) and self.columns[column].role != "points"]
        texts = any(column.role not in ("number", "points", "filled_in") for at, column in enumerate(self.columns) if at not in self.levels)
        covered = any((at, column) in self.table.continued for column in range(len(row)))
        return texts and not covered and len(words) == 1 and (words[0] in self.levels or words[0] == 0)

    def _points_at(self, at: int) -> Decimal | None:
        points = cell_points(normalise(self.table.rows[at][self.points].text).text) if self.points is not None else None
        return points.value if points else None

    def _rank(self, at: int) -> int:
        """Return the rank of a row's number, in a cell of its own or before its name."""
        row = self.table.rows[at]
        own = [column for column, cell in enumerate(row) if self._is_number(column, cell)]
        first = next((row[column] for column in (*own, *self.levels, *range(len(row))) if row[column].text), EMPTY)
        text = normalise(first.text).text
        if text and _ROW_NUMBER.fullmatch(text):
            first = Prose(text + ("" if text.endswith(("、", "）", ".")) else "." if text[-1].isdigit() else "、"))
        marker = Line(Paragraph(first)).marker
        return marker.rank if marker else _BARE_RANK

    def _group_row(self, at: int, words: list[int]) -> Iterator[Row]:
        yield from self._close()
        row = self.table.rows[at]
        name = next(column for column in words if column != self.points)
        self.reading.see(cell for column, cell in enumerate(row) if column != name)
        yield from self._open_section(self._rank(at), Over(row[name], self._parsed(self.points, row)))

    # ── rows of indicators ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _indicator_row(self, at: int, filled: list[int]) -> Iterator[Row]:
        row = self.table.rows[at]
        changed = self._read_levels(row)
        own = self.points if self.points in filled else None
        numbered = any(self._is_number(column, row[column]) for column in filled)
        told = self.points is None and any(self.columns[column].role == "content" and _pointed(row[column]) for column in filled)
        if changed or own is not None or numbered or told or self.current is None:
            yield from self._close()
            rank = self._rank(at)
            while self.sections and 0 < rank <= self.sections[-1][0]:
                yield from self._leave(self.sections.pop()[1])
            self.unused = []
            chain = [over for over in self.above if over]
            over = (*(over for _, over in self.sections), *chain[:-1])
            self.current = Row(over, _unbroken(chain[-1].name) if chain else EMPTY)
            self._add_points(self.current, at)
            columns = [column for column in range(len(row)) if column in filled or (at, column) in self.table.continued]
        else:
            columns = filled
        for column in columns:
            if column not in self.levels and column != self.points and column not in self.level_points:
                self._add_cell(self.current, column, self.table.rows[self.tops[column]][column])

    def _read_levels(self, row: tuple[Prose, ...]) -> bool:
        """Note the names this row changes; tell whether it changes any. A group told again in each of its rows changes nothing."""
        changed = False
        for depth, column in enumerate(self.levels):
            above = self.above[depth]
            if depth < len(self.levels) - 1 and above and row[column].text == above.name.text:
                self.reading.see((row[column],))
            elif row[column].text:
                points = next((self._parsed(column, row) for column, level in self.level_points.items() if level == depth), None)
                self.above[depth:] = [Over(row[column], points), *[None] * (len(self.levels) - depth - 1)]
                changed = True
        self.reading.see(row[column] for column in self.level_points if self._parsed(column, row))
        return changed

    def _parsed(self, column: int | None, row: tuple[Prose, ...]) -> Points | None:
        """Return the points a cell gives; a cell of several lines that are each points gives their sum."""
        if column is None:
            return None
        text = normalise(row[column].text).text
        found = [cell_points(line) for line in text.split("\n")]
        points = found[0] if len(found) == 1 else None
        if len(found) > 1 and all(found):
            points = replace(found[0], value=sum((p.value for p in found if p), Decimal(0))) if found[0] else None
        if points is None and (match := _POINTS_AMONG_WORDS.search(text)):
            points = Points(*match.span(), Decimal(match["number"]), "points")
        if points is None:
            return None
        percent = self.columns[column].percent or points.unit == "percent"
        value = points.value * 100 if percent and points.value < 1 else points.value
        kind = points.kind or _KINDS_OF_POINTS.get(self.columns[column].word, "")
        return replace(points, value=value, unit="percent" if percent else "points", kind=kind)

    def _add_points(self, row: Row, at: int) -> None:
        """Give an indicator its points: those of its own cell, or a share of those of a merged one."""
        if self.points is None:
            return
        row.points_from = self.tops[self.points]
        cells = self.table.rows[at]
        cell = cells[self.points]
        row.points = self._parsed(self.points, cells)
        text = normalise(cell.text).text
        row.kind = "" if row.points else kind_of(text)
        if row.kind or (row.points and all(map(cell_points, text.split("\n")))):
            self.reading.see((cell,))
        elif any(map(str.isalnum, text)):
            row.cells.append((self.columns[self.points], cell))

    def _add_cell(self, row: Row, column: int, cell: Prose) -> None:
        """Add a cell to its indicator, unless it is a figure that says nothing of its own: a row's number, a score to be filled in."""
        role, text = self.columns[column].role, normalise(cell.text).text
        if self._is_number(column, cell) or (role in ("points", "filled_in") and cell_points(text)):
            self.reading.see((cell,))
        elif any(map(str.isalnum, text)):
            row.cells.append((self.columns[column], cell))

    def _close(self) -> Iterator[Row]:
        """End the indicator at hand."""
        if self.current:
            yield self.current
        self.current = None


# ── rows → groups and indicators ─────────────────────────────────────────────────────────────────────────────────────────────


def _sharing(rows: list[Row]) -> list[Row]:
    """Put rows under one name, and rows under one cell of points, in a group of their own; its members are called by their first words."""
    for name_rows in _runs(rows, lambda row: row.name.pieces or None):
        name = Over(name_rows[0].name)
        for row in name_rows:
            row.over, row.name = (*row.over, name), EMPTY
    sizes = Counter(id(over) for row in rows for over in row.over)
    for shared in _runs(rows, lambda row: row.points_from):
        points = shared[0].points
        if points is None:
            continue
        outer = shared[0].over[-1] if shared[0].over else None
        if outer and sizes[id(outer)] == len(shared) and not outer.points and not heading_of(Line(Paragraph(outer.name))).points:
            group, above = Over(outer.name, points), shared[0].over[:-1]
        else:
            group, above = Over(join_prose((_name_of(row) for row in shared), "、"), points), shared[0].over
        for row in shared:
            row.over, row.points, row.is_share = (*above, group), None, True
    return rows


def _unbroken(name: Prose) -> Prose:
    """Return a name that was broken to fit a narrow column (管网, 清淤) as one line; of longer lines the first is the name."""
    lines = list(re.finditer("[^\n]+", name.text))
    if len(lines) < 2 or not all(map(_BROKEN_OFF.fullmatch, (line[0] for line in lines))):
        return name
    return join_prose((slice_prose(name, *line.span()) for line in lines), "")


def _runs(rows: list[Row], key: Callable[[Row], object]) -> Iterator[list[Row]]:
    """Yield the runs of two rows and more that have one key, leaving out those whose key is None."""
    for value, members in groupby(rows, key=key):
        run = list(members)
        if value is not None and len(run) > 1:
            yield run


def _nest(rows: list[Row], depth: int, kind: str) -> Iterator[Item]:
    """Put rows under what they share, from the `depth`-th heading on."""
    for over, members in groupby(rows, key=lambda row: row.over[depth] if depth < len(row.over) else None):
        if over is None:
            for row in members:
                yield from _items(row, kind)
        else:
            yield _group(over, list(members), depth, kind)


def _group(over: Over, rows: list[Row], depth: int, kind: str) -> Group:
    line = Line(Paragraph(over.name))
    heading = heading_of(line)
    items = tuple(_nest(rows, depth + 1, heading.kind or kind))
    whole = heading.rest < len(line.text)
    return Group(
        over.name if whole else heading.name, *_value(over.points or heading.points), items, span=pieces_span([over.name, *_words(items)])
    )


def _words(items: Iterable[Item]) -> Iterator[Prose]:
    for item in items:
        yield item.name
        if isinstance(item, Indicator):
            yield from (f.value for f in item.fields if isinstance(f.value, Prose))
        else:
            yield from _words(item.items)


def _items(row: Row, kind: str) -> Iterator[Item]:
    """Yield the indicator a row is, or those that are numbered paragraphs of one of its cells, each with points of its own."""
    if row.points or row.is_share:
        yield _indicator(row, kind)
        return
    parts = _numbered(row.name, "")
    if parts:
        for part in parts:
            yield _indicator(Row((), part, cells=row.cells), kind)
        return
    for column, cell in row.cells:
        if column.role in _PARTED_ROLES and (parts := _numbered(cell, column.role)):
            others = [other for other in row.cells if other[1] is not cell]
            members = tuple(_indicator(Row((), part, cells=others), kind, column.role) for part in parts)
            yield from (_group_of(row.name, members),) if row.name.text else members
            return
    yield _indicator(row, kind)


def _numbered(cell: Prose, role: str = "content") -> list[Prose]:
    """Return the numbered paragraphs of a cell when each gives points, what stands before the first among them; else nothing."""
    parts = Line(Paragraph(cell)).inner_items()
    return [part.prose for part in parts] if len(parts) > 1 or (role == "content" and _pointed(cell)) else []


def _pointed(cell: Prose) -> bool:
    """Tell whether a cell begins as an indicator does: with a number, a name and points."""
    line = Line(Paragraph(cell))
    return line.marker is not None and bool(line.points) and heading_of(line).rest >= line.points[0].end


def _group_of(name: Prose, members: tuple[Item, ...]) -> Group:
    heading = heading_of(Line(Paragraph(name)))
    return Group(heading.name, *_value(heading.points), members, span=pieces_span([name, *_words(members)]))


def _name_of(row: Row) -> Prose:
    """Return the name of a row, or its first words where it has none."""
    if row.name.text:
        return heading_of(Line(Paragraph(row.name))).name
    return first_words(Line(Paragraph(row.cells[0][1]))) if row.cells else EMPTY


def _indicator(row: Row, kind: str, rest_role: str = "content") -> Indicator:
    """Build the indicator of a row; what its name says beyond the name becomes the field `rest_role`."""
    fields = list(_cell_fields(row.cells))
    points, kind = row.points, row.kind or kind
    if row.name.text:
        line = Line(Paragraph(row.name))
        heading = heading_of(line)
        name, points = heading.name, points or heading.points
        rest = without_leading_marks(line.part(heading.rest))
        if rest.text:
            fields.insert(0, Field(rest_role, rest, span=pieces_span([rest])))
        kind = kind_with(heading.kind, points) or kind
    else:
        texts = [f.value for f in fields if isinstance(f.value, Prose)]
        name = first_words(Line(Paragraph(texts[0]))) if texts else EMPTY
    if points and points.kind:
        kind = points.kind
    prose = [name, *(f.value for f in fields if isinstance(f.value, Prose))]
    return Indicator(name, *_value(points), kind, tuple(fields), span=pieces_span(prose))


def _value(points: Points | None) -> tuple[Decimal | None, str]:
    return (points.value, points.unit) if points else (None, "points")


def _cell_fields(cells: list[tuple[Column, Prose]]) -> Iterator[Field]:
    """One field a column, the cells of continued rows under one another; a cell with labels of its own is cut there."""
    columns = list(dict.fromkeys(column for column, _ in cells))
    for column in columns:
        prose = join_prose(cell for other, cell in cells if other == column)
        lines = [Line(Paragraph(cell)) for other, cell in cells if other == column]
        role = column.role if column.role in FIELDS else "content" if column.role in ("name", "group") else "remarks"
        role = shown_by(role, column.word, prose)
        if any(not label.alone for line in lines for label in line.labels):
            yield from _relabelled(lines, role, column.word)
        else:
            yield Field(role, prose, column.word, pieces_span([prose]))


def _relabelled(lines: list[Line], role: str, word: str) -> Iterator[Field]:
    for part in fields_of(stretch for line in lines for stretch in line_stretches(line)):
        yield part if part.label else Field(role, part.value, word, part.span)
