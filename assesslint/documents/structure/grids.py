"""The tables of a file as its format gives them → tables of indicators under a head, and lines for all that is none.

A table cut by a page break is put together again; rows above a head and below the last indicator are lines; a form, whose labels
stand beside their values, is turned so that they stand over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from assesslint.documents.model import EMPTY, Block, Paragraph, Table, join_prose, slice_prose
from assesslint.documents.structure.columns import Column, IndicatorTable, columns_of, head_height, is_head, role_of, told_by_cells
from assesslint.documents.structure.fields import row_line
from assesslint.documents.structure.headless import columns_by_cells, head_by_cells, suits
from assesslint.documents.structure.lines import Line, is_label
from assesslint.documents.structure.particulars import is_title
from assesslint.documents.structure.words import (
    CONTINUED_TABLE,
    LONGEST_LABEL,
    NOTE,
    SIGNATURE,
    TOTAL_ROW,
    header_word,
    is_figure,
    is_header,
    is_sure_head,
)
from assesslint.scheme.model import Prose
from assesslint.text.normalise import normalise

Row = tuple[Prose, ...]
Part = Line | IndicatorTable


def parts_of(blocks: Iterable[Block]) -> Iterator[Part]:
    """Yield the lines and the tables of indicators of a document, in order."""
    above: tuple[Column, ...] = ()
    for block in _joined(side for given in blocks for side in _sides(given)):
        if isinstance(block, Paragraph):
            yield from Line(replace(block, prose=_tightened(block.prose))).inner_items()
        elif any(_is_nested(cell) for row in block.rows for cell in row):
            yield from parts_of(_unnested(block))
        elif records := _records(block):
            yield from _forms(records)
        else:
            for part in _headed(block, above):
                above = part.columns if isinstance(part, IndicatorTable) else above
                yield part


_NARROWEST_SIDE = 2
_SPACED = re.compile(r"(?:\S[ \u3000]){8,}\S?")


def _tightened(prose: Prose) -> Prose:
    """Return a paragraph every letter of which stands apart, as some recognition of pictures gives it, without the spaces."""
    if not _SPACED.fullmatch(prose.text):
        return prose
    return join_prose((slice_prose(prose, at, at + 1) for at in range(0, len(prose.text), 2)), "")


def _is_nested(cell: Prose) -> bool:
    """Tell whether a cell holds a table of its own, a row a line and its cells parted by tabs."""
    first, _, others = cell.text.partition("\n")
    width = first.count("\t")
    return width > 1 and is_header(first.split("\t")) and bool(others) and all(line.count("\t") == width for line in others.split("\n"))


def _unnested(table: Table) -> Iterator[Block]:
    """Yield the tables within the cells of a table, each under what stands beside it."""
    for row in table.rows:
        yield from (Paragraph(cell) for cell in row if cell.text and not _is_nested(cell))
        for cell in filter(_is_nested, row):
            yield Table(tuple(_cells(cell, *line.span()) for line in re.finditer("[^\n]+", cell.text)))


def _cells(cell: Prose, start: int, end: int) -> Row:
    """Return the parts of a line of a cell between its tabs."""
    bounds = [start - 1, *(at for at in range(start, end) if cell.text[at] == "\t"), end]
    return tuple(slice_prose(cell, left + 1, right) for left, right in pairwise(bounds))


def _sides(block: Block) -> Iterator[Block]:
    """Yield the two tables that stand side by side in one, under one head told twice, one after the other; any other block as it is."""
    half = len(block.rows[0]) // 2 if isinstance(block, Table) and block.rows else 0
    if (
        isinstance(block, Paragraph)
        or half < _NARROWEST_SIDE
        or len(block.rows[0]) % 2
        or not any(_is_twofold(row, half) for row in block.rows)
    ):
        yield block
        return
    for start in (0, half):
        continued = frozenset((at, column - start) for at, column in block.continued if start <= column < start + half)
        yield Table(tuple(row[start : start + half] for row in block.rows), continued)


def _is_twofold(row: Row, half: int) -> bool:
    texts = [cell.text for cell in row]
    return all(texts) and texts[:half] == texts[half:] and not any(map(is_figure, texts))


def _texts(row: Iterable[Prose]) -> list[str]:
    return [normalise(cell.text).text for cell in row]


def _filled(row: Row) -> list[int]:
    return [at for at, cell in enumerate(row) if cell.text]


def is_wide(table: Table | IndicatorTable, at: int) -> bool:
    """Tell whether a row is one cell and nothing else."""
    return len(_filled(table.rows[at])) == 1 and not any((at, column) in table.continued for column in range(len(table.rows[at])))


# ── tables cut by a page break ───────────────────────────────────────────────────────────────────────────────────────────────


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, a table that goes on with the one before it as one with that.

    It goes on when it has as many columns and either no head or the same one, and nothing stands between but a page number or 续表.
    """
    parts: list[Table] = []
    head: list[str] | None = None
    between: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if parts and CONTINUED_TABLE.fullmatch(normalise(block.prose.text).text):
                between.append(block)
                continue
        elif parts and head and _goes_on(block, parts[0], head):
            yield from between
            between = []
            parts.append(block)
            continue
        yield from _flush(parts, between)
        parts, between = [], []
        if isinstance(block, Paragraph):
            yield block
        else:
            parts = [block]
            head = next((_texts(row) for row in reversed(block.rows) if is_head(row)), None)
    yield from _flush(parts, between)


def _flush(parts: list[Table], between: list[Block]) -> Iterator[Block]:
    """Yield the parts of a table as one, and what stands behind it."""
    if len(parts) == 1:
        yield parts[0]
    elif parts:
        starts = accumulate((len(part.rows) for part in parts), initial=0)
        continued = {(start + row, column) for start, part in zip(starts, parts, strict=False) for row, column in part.continued}
        yield Table(tuple(row for part in parts for row in part.rows), frozenset(continued))
    yield from between


def _goes_on(table: Table, above: Table, head: list[str]) -> bool:
    """Tell whether a table goes on with one above it, whose last head has these words."""
    if not table.rows or not above.rows or len(table.rows[0]) != len(above.rows[0]):
        return False
    own = next((_texts(row) for row in table.rows if is_head(row)), None)
    return own in (None, head) and not _records(table)


# ── tables with a head ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _headed(table: Table, above: tuple[Column, ...]) -> Iterator[Part]:
    """Yield the tables of indicators in a table, one under each head of its own, and the rows outside them as lines.

    One without any head goes by the columns of the table above it, or by what its cells tell.
    """
    heads = list(_heads(table))
    if not heads and (found := head_by_cells(table)):
        first, columns = found
        yield from (line for row in table.rows[:first] for line in _row_lines(row))
        stop = _last_row(table, first + 1, len(table.rows))
        yield replace(_under(table, first, 1, stop), columns=columns)
        yield from (line for row in table.rows[stop:] for line in _row_lines(row))
        return
    if not heads:
        columns = above if suits(above, table) else columns_by_cells(table)
        stop = _last_row(table, 0, len(table.rows)) if columns else 0
        if columns:
            yield IndicatorTable(columns, (), table.rows[:stop], frozenset(place for place in table.continued if place[0] < stop))
        yield from (line for row in table.rows[stop:] for line in _row_lines(row))
        return
    start = 0
    for number, (first, height) in enumerate(heads):
        yield from (line for row in table.rows[start:first] for line in _row_lines(row))
        stop = heads[number + 1][0] if number + 1 < len(heads) else len(table.rows)
        while number + 1 < len(heads) and stop > first + height and _closes(table, stop - 1):
            stop -= 1
        start = _last_row(table, first + height, stop)
        yield _under(table, first, height, start)
    yield from (line for row in table.rows[start:] for line in _row_lines(row))


def _heads(table: Table) -> Iterator[tuple[int, int]]:
    """Yield the first row and the height of each head; one told again, as on every page, only where it stands under a title of its own.

    Below the first head, a row must be made of the very words of heads to be one.
    """
    words: list[str] | None = None
    at = 0
    while at < len(table.rows):
        row = table.rows[at]
        again = words is not None and _texts(row) == words
        if again:
            new = at > 0 and is_wide(table, at - 1) and is_title(Line(Paragraph(_only(table.rows[at - 1]))))
        else:
            new = is_header([cell.text for cell in row], exact=words is not None)
        if new:
            words = _texts(row)
            height = head_height(table, at)
            yield at, height
            at += height
        else:
            at += 1


def _only(row: Row) -> Prose:
    return next(cell for cell in row if cell.text)


def _last_row(table: Table, first: int, stop: int) -> int:
    """Return where the rows of indicators end: before the remarks, signatures and blank rows that close a table."""
    while stop > first and _closes(table, stop - 1):
        stop -= 1
    return stop


def _closes(table: Table, at: int) -> bool:
    row = table.rows[at]
    filled = _filled(row)
    if not filled:
        return True
    texts = [normalise(row[column].text).text for column in filled]
    if TOTAL_ROW.fullmatch(texts[0]):
        return False
    if all(SIGNATURE.match(text) for text in texts) or (filled[0] == 0 and _are_pairs(texts)):
        return True
    return is_wide(table, at) and (filled[0] == 0 or NOTE.match(texts[0]) is not None)


def _are_pairs(texts: list[str], *, all_known: bool = True) -> bool:
    """Tell whether the cells of a row are labels, each with its value beside it; one known label makes labels of short words beside it."""
    labels, values = [text.rstrip("：") for text in texts[::2]], texts[1::2]
    known = [is_label(label) for label in labels]
    if len(labels) != len(values) or not any(known) or any(map(is_label, values)):
        return False
    return all(known) or (not all_known and all(len(label) <= LONGEST_LABEL and not is_figure(label) for label in labels))


def _under(table: Table, first: int, height: int, stop: int) -> IndicatorTable:
    """Return the rows of a table under one of its heads, that head told again left out."""
    head_rows = table.rows[first : first + height]
    words = [_texts(row) for row in head_rows]
    head = [cell for row in head_rows for cell in enumerate(row)]
    rows: list[Row] = []
    continued: set[tuple[int, int]] = set()
    told = height
    for at in range(first + height, stop):
        told = 0 if _texts(table.rows[at]) == words[0] else told
        if told < height and _texts(table.rows[at]) == words[told]:
            told += 1
            head += enumerate(table.rows[at])
            continue
        told = height
        continued |= {(len(rows), column) for column in range(len(words[0])) if rows and (at, column) in table.continued}
        rows.append(table.rows[at])
    return IndicatorTable(told_by_cells(columns_of(head_rows), rows), tuple(head), tuple(rows), frozenset(continued))


def _row_lines(row: Row) -> Iterator[Line]:
    """Yield a row outside a table of indicators as lines: each label with the value beside it, or the row as one."""
    filled = [cell for cell in row if cell.text]
    if not filled:
        return
    if _are_pairs(_texts(filled), all_known=False):
        for label, value in zip(filled[::2], filled[1::2], strict=True):
            yield Line(Paragraph(join_prose((label, value), "" if normalise(label.text).text.endswith("：") else "：")))
    elif len(filled) == 1:
        yield from Line(Paragraph(filled[0])).inner_items()
    else:
        yield row_line(row)


# ── forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Record:
    """A form: its labels, each with the cells beside it."""

    labels: list[Prose] = field(default_factory=list)
    values: list[list[Prose]] = field(default_factory=list)

    @property
    def roles(self) -> list[str]:
        return [role_of(header_word(label.text)) for label in self.labels]

    def add(self, label: Prose) -> None:
        self.labels.append(label)
        self.values.append([])


def _records(table: Table) -> list[_Record | Line]:
    """Return the forms a table is made of and the lines between them; nothing when it is no form."""
    if any(is_head(row) and len(_filled(row)) > 2 for row in table.rows):
        return []
    firsts = [cell.text for at, row in enumerate(table.rows) for cell in row[:1] if cell.text and not is_wide(table, at)]
    sure = [text for text in firsts if is_sure_head(text)]
    if len(sure) < 2 or len(sure) * 2 <= len(firsts):
        return []
    records: list[_Record | Line] = [*_aside(table)] or [*_beside(table)]
    found = [role for record in records if isinstance(record, _Record) for role in record.roles]
    return records if "name" in found or ("scoring" in found and {"content", "group"} & set(found)) else []


def _aside(table: Table) -> Iterator[_Record]:
    """Yield one form a column where the labels stand in the first column and several indicators beside it."""
    names = [row for row in table.rows if role_of(header_word(row[0].text)) == "name"]
    others = [cell for row in table.rows for cell in row[1:] if cell.text and is_sure_head(cell.text)]
    if len(names) != 1 or others or len(_filled(names[0])) < 3:
        return
    labelled = [row for row in table.rows if row[0].text]
    for column in range(1, len(names[0])):
        if any(row[column].text for row in labelled):
            yield _Record([row[0] for row in labelled], [[row[column]] for row in labelled])


def _beside(table: Table) -> Iterator[_Record | Line]:
    """Yield the forms of a table whose labels stand before their values, one or several pairs a row."""
    record = _Record()
    for at, row in enumerate(table.rows):
        cells = [row[column] for column in _filled(row)]
        if is_wide(table, at) and not (record.labels and not row[0].text):
            if record.labels:
                yield record
                record = _Record()
            yield Line(Paragraph(cells[0]))
            continue
        opened = False
        for cell in cells:
            if is_sure_head(cell.text) and not opened:
                if _begins_again(record, cell):
                    yield record
                    record = _Record()
                record.add(cell)
                opened = True
            elif record.labels:
                record.values[-1].append(cell)
                opened = False
            else:
                yield Line(Paragraph(cell))
    if record.labels:
        yield record


def _begins_again(record: _Record, label: Prose) -> bool:
    """Tell whether a label opens the next form: the one the form at hand began with, or a second name."""
    words = [header_word(cell.text) for cell in record.labels]
    word = header_word(label.text)
    return bool(words) and (word == words[0] or (role_of(word) == "name" and word in words))


def _forms(records: Sequence[_Record | Line]) -> Iterator[Part]:
    """Yield forms as tables whose heads are their labels, forms alike in one."""
    open_forms: list[_Record] = []
    for record in records:
        alike = isinstance(record, _Record) and open_forms and _texts(record.labels) == _texts(open_forms[0].labels)
        if open_forms and not alike:
            yield _turned(open_forms)
            open_forms = []
        if isinstance(record, _Record):
            open_forms.append(record)
        else:
            yield record
    if open_forms:
        yield _turned(open_forms)


def _turned(records: list[_Record]) -> IndicatorTable:
    rows = tuple(tuple(join_prose(cells) if len(cells) > 1 else next(iter(cells), EMPTY) for cells in record.values) for record in records)
    head = tuple(cell for record in records for cell in enumerate(record.labels))
    return IndicatorTable(told_by_cells(columns_of([records[0].labels]), rows), head, rows)
