"""A table with a head that names its columns → groups and indicators.

A blank cell under a group or a name is a merged one and goes on with the cell above; a row that adds neither name nor points
goes on with the indicator above it. A column nobody knows becomes remarks under its own label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from assesslint.documents.fields import fields_of, line_stretches, pieces_span, row_line, without_leading_marks
from assesslint.documents.lines import Line, Points, points_of
from assesslint.documents.model import EMPTY, Paragraph, Table, join_prose
from assesslint.documents.names import Heading, first_words, heading_of, kind_of
from assesslint.documents.words import INDICATOR_LABELS, SUBTOTAL_ROW, TOTAL_ROW, header_word, is_header
from assesslint.scheme.model import FIELDS, Field, Group, Indicator, Prose
from assesslint.text.normalise import normalise
from assesslint.text.source import Span

Item = Group | Indicator

HEADER_WITHIN = 4
"""The head stands in one of the first rows."""

_LONGEST_GROUP_ROW = 40
_ROW_NUMBER = re.compile(r"[\dA-Za-z一二三四五六七八九十.、（）()①-⑳-]{1,8}")
_NOTE = re.compile(r"注[：:]|备注|说明|注\d")
_CELL = re.compile(
    r"(?P<before>[+-]?(?:最高|共|满分)?(?:[加减扣])?)(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九十百两]{1,4}|[1-9il][\doil]{1,2})"
    r"(?P<unit>分|%|)(?:/[^/]{1,4}|以内|封顶|为限)?"
)


@dataclass(frozen=True, slots=True)
class Column:
    role: str
    word: str
    percent: bool


@dataclass(slots=True)
class Row:
    """One indicator of a table: the headings over it, its name, its points, its other cells, one by one."""

    groups: tuple[Prose, ...]
    name: Prose
    points: Points | None = None
    cells: list[tuple[Column, Prose]] = field(default_factory=list)


@dataclass(slots=True)
class TableReading:
    """What a table says; `seen` are the places of words that stand for themselves (column heads, numbers, sums)."""

    items: list[Item] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    total: Decimal | None = None
    seen: list[Span] = field(default_factory=list)


def cell_points(text: str) -> Points | None:
    """Return the points a cell (in normal form) holds when it holds nothing else: `5`, `5分`, `10%`, `ioo分`, `加2分`."""
    match = _CELL.fullmatch(text.strip("（） \n。，；"))
    if match is None:
        return None
    points = points_of(match)
    if points and match["before"][:1] in ("+", "-"):
        return Points(points.start, points.end, points.value, points.unit, "bonus" if match["before"][0] == "+" else "deduction")
    return points


def header_row(table: Table) -> int | None:
    for index, row in enumerate(table.rows[:HEADER_WITHIN]):
        if is_header([cell.text for cell in row]):
            return index
    return None


def read_table(table: Table, kind: str = "scored") -> TableReading | None:
    """Return what a table of indicators says; None when its columns are not known."""
    head = header_row(table)
    if head is None:
        return None
    columns = [_column(cell) for cell in table.rows[head]]
    reading = TableReading(notes=[row_line(row) for row in table.rows[:head]])
    _see(reading, table.rows[head])
    levels = [at for at, column in enumerate(columns) if column.role in ("group", "name")]
    if not levels:
        levels = [at for at, column in enumerate(columns) if column.role == "content"][:1]
    rows = list(_rows(table.rows[head + 1 :], columns, levels, table.rows[head], reading))
    reading.items = list(_nest(rows, 0, kind))
    return reading


def _column(cell: Prose) -> Column:
    text = normalise(cell.text).text
    word = header_word(text)
    return Column(INDICATOR_LABELS.get(word, "remarks"), word or text, "%" in text or "权重" in text)


def _see(reading: TableReading, row: Iterable[Prose]) -> None:
    reading.seen += (Span(piece.source, piece.source + piece.length) for cell in row for piece in cell.pieces)


def _rows(
    rows: Iterable[tuple[Prose, ...]], columns: list[Column], levels: list[int], head: tuple[Prose, ...], reading: TableReading
) -> Iterator[Row]:
    section: tuple[Prose, ...] = ()
    unused: tuple[tuple[Prose, ...], ...] = ()
    above = [EMPTY] * len(levels)
    current: Row | None = None
    for row in rows:
        filled = [at for at, cell in enumerate(row) if cell.text]
        if not filled or [cell.text for cell in row] == [cell.text for cell in head]:
            _see(reading, row)
            continue
        first = normalise(row[filled[0]].text).text
        if TOTAL_ROW.fullmatch(first) or SUBTOTAL_ROW.match(first):
            _see(reading, row)
            reading.total = _sum_of(row, filled, reading.total) if TOTAL_ROW.fullmatch(first) else reading.total
            continue
        if len(filled) == 1 and (filled[0] == 0 or filled[0] in levels) and len(columns) > 2:
            if _NOTE.match(first) or len(first) > _LONGEST_GROUP_ROW:
                reading.notes.append(row_line(row))
            else:
                reading.notes += map(row_line, unused)
                section = (row[filled[0]],)
                unused = (section,)
                above = [EMPTY] * len(levels)
            continue
        changed = False
        for depth, at in enumerate(levels):
            if depth < len(levels) - 1 and row[at].text and row[at].text == above[depth].text:
                _see(reading, (row[at],))  # a group told again in each of its rows
            elif row[at].text:
                above[depth:] = [row[at], *[EMPTY] * (len(levels) - depth - 1)]
                changed = True
        pointed = any(columns[at].role == "points" and row[at].text for at in filled)
        if changed or pointed or current is None:
            if current:
                yield current
            chain = [prose for prose in above if prose.text]
            unused = ()
            current = Row((*section, *chain[:-1]), chain[-1] if chain else EMPTY)
        for at in filled:
            if at not in levels:
                _add_cell(current, columns[at], row[at], reading)
    reading.notes += map(row_line, unused)
    if current:
        yield current


def _sum_of(row: tuple[Prose, ...], filled: list[int], otherwise: Decimal | None) -> Decimal | None:
    values = [points.value for at in filled[1:] if (points := cell_points(normalise(row[at].text).text))]
    return max(values) if values else otherwise


def _add_cell(row: Row, column: Column, cell: Prose, reading: TableReading) -> None:
    points = cell_points(normalise(cell.text).text) if column.role == "points" and row.points is None else None
    if points:
        percent = column.percent or points.unit == "percent"
        value = points.value * 100 if percent and points.value < 1 else points.value
        row.points = Points(points.start, points.end, value, "percent" if percent else "points", points.kind)
    if points or (column.role == "number" and _ROW_NUMBER.fullmatch(cell.text)):
        _see(reading, (cell,))
    else:
        row.cells.append((column, cell))


def _nest(rows: list[Row], depth: int, kind: str) -> Iterator[Item]:
    """Put rows under the groups they share, from the `depth`-th heading on."""
    for group, members in groupby(rows, key=lambda row: row.groups[depth] if depth < len(row.groups) else None):
        inside = list(members)
        if group is not None:
            yield _group(group, inside, depth, kind)
            continue
        for name, same in groupby(inside, key=lambda row: row.name):
            parts = list(same)
            if len(parts) > 1 and name.text and all(part.name.pieces == name.pieces for part in parts):
                yield _merged(name, parts, kind)
            else:
                yield from (_indicator(row, kind) for row in parts)


def _group(name: Prose, rows: list[Row], depth: int, kind: str) -> Group:
    line = Line(Paragraph(name))
    heading = heading_of(line)
    items = tuple(_nest(rows, depth + 1, heading.kind or kind))
    if heading.rest < len(line.text):
        heading = Heading(name, heading.points, len(line.text), heading.kind)
    return Group(heading.name, *_value(heading.points), items, span=pieces_span([name, *_words(items)]))


def _merged(name: Prose, rows: list[Row], kind: str) -> Group:
    """A name that several rows with points of their own share is a group; each row is called by its first words."""
    items = tuple(_indicator(Row((), EMPTY, row.points, row.cells), kind_of(normalise(name.text).text) or kind) for row in rows)
    return Group(name, items=items, span=pieces_span([name, *_words(items)]))


def _words(items: Iterable[Item]) -> Iterator[Prose]:
    for item in items:
        yield item.name
        if isinstance(item, Indicator):
            yield from (f.value for f in item.fields if isinstance(f.value, Prose))
        else:
            yield from _words(item.items)


def _indicator(row: Row, kind: str) -> Indicator:
    fields = list(_cell_fields(row.cells))
    if row.name.text:
        line = Line(Paragraph(row.name))
        heading = heading_of(line)
        name, points = heading.name, row.points or heading.points
        rest = without_leading_marks(line.part(heading.rest))
        if rest.text:
            fields.insert(0, Field("content", rest, span=pieces_span([rest])))
        kind = heading.kind or kind
    else:
        texts = [f.value for f in fields if isinstance(f.value, Prose)]
        name = first_words(Line(Paragraph(texts[0]))) if texts else EMPTY
        points = row.points
    if points and points.kind:
        kind = points.kind
    prose = [name, *(f.value for f in fields if isinstance(f.value, Prose))]
    return Indicator(name, *_value(points), kind, tuple(fields), pieces_span(prose))


def _value(points: Points | None) -> tuple[Decimal | None, str]:
    return (points.value, points.unit) if points else (None, "points")


def _cell_fields(cells: list[tuple[Column, Prose]]) -> Iterator[Field]:
    """One field a column, the cells of continued rows under one another; a cell with labels of its own is cut there."""
    columns = list(dict.fromkeys(column for column, _ in cells))
    for column in columns:
        prose = join_prose(cell for other, cell in cells if other == column)
        lines = [Line(Paragraph(cell)) for other, cell in cells if other == column]
        role = column.role if column.role in FIELDS else "content" if column.role in ("name", "group") else "remarks"
        if any(line.labels for line in lines):
            yield from _relabelled(lines, role, column.word)
        else:
            yield Field(role, prose, column.word, pieces_span([prose]))


def _relabelled(lines: list[Line], role: str, word: str) -> Iterator[Field]:
    for part in fields_of(stretch for line in lines for stretch in line_stretches(line)):
        yield part if part.label else Field(role, part.value, word, part.span)
