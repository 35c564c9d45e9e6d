"""A .txt draft → paragraphs and tables.

A line is a paragraph, unless the whole draft is wrapped at one width: then its full lines go on with the next. Rows parted by tabs,
bars, or spaces under a head of known columns are a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assesslint.documents.model import EMPTY, Block, Document, Paragraph, Table, join_prose
from assesslint.documents.structure.headless import columns_by_cells, head_by_cells
from assesslint.documents.structure.words import INDICATOR_LABELS, TOTAL_ROW, header_word, is_header
from assesslint.documents.wrapping import closes_paragraph, opens_paragraph
from assesslint.scheme.model import Piece, Prose
from assesslint.text.source import Source, cells

_SPACES = re.compile(r"(?:[ \u3000]{2,}|\u3000|\t)+")
_BARS = "|｜│┃"
_BAR = re.compile(f"[{_BARS}]")
_RULE = re.compile(r"[\s|｜│┃+\-—–_=:：*#~┌┐└┘├┤┬┴┼─━┏┓┗┛┣┫┳┻╋]+")
_LEAST_SPACED_COLUMNS = 3
_LEAST_RULED = 2
"""Parts that rules cut a table into where they only part its head from its rows."""

_NARROWEST, _WIDEST, _LEAST_FULL_LINES, _RAGGED = 40, 130, 4, 6
_IN_SENTENCE = re.compile(r"[，。；“”]|[^\s、一二三四五六七八九十甲乙丙丁戊己庚辛壬癸\d]、")
"""What stands in a sentence and in no heading."""
_ROW_NUMBER = re.compile(r"\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z]{0,2}-?\d{0,2}(?:[.-]\d{1,2})*")
_TAB = re.compile("\t")
_BRACKETED_HEADINGS = ("【", "〔", "[")
_LONGEST_MEASURED = 400
"""Characters; a longer line is none of a draft wrapped at one width."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the draft: `text[start:end]` without its line end."""

    start: int
    end: int
    text: str

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    def prose(self, start: int = 0, end: int | None = None) -> Prose:
        """Return `text[start:end]` without white space around it."""
        words = self.text[start:end]
        first = self.start + start + len(words) - len(words.lstrip())
        words = words.strip()
        return Prose(words, (Piece(0, first, len(words)),)) if words else EMPTY


def read_plain_text(source: Source) -> Document:
    return Document(source, tuple(_blocks(list(_rows(source.text)))))


def _rows(text: str) -> Iterator[_Row]:
    start = 0
    for line in re.split(r"(?<=[\n\u2028\u2029\x0c])", text):
        yield _Row(start, start + len(line), line.rstrip("\r\n\u2028\u2029\x0c"))
        start += len(line)


def _blocks(rows: list[_Row]) -> Iterator[Block]:
    width = _wrap_width(rows)
    at = 0
    while at < len(rows):
        stop, table = _table(rows, at)
        if table:
            yield table
            at = stop
            continue
        if rows[at].is_blank or _is_rule(rows[at].text):
            at += 1
            continue
        stop = at + 1
        while stop < len(rows) and _goes_on(rows[stop - 1].text, rows[stop].text, width):
            stop += 1
        yield Paragraph(join_prose((row.prose() for row in rows[at:stop]), ""))
        at = stop


def _is_rule(text: str) -> bool:
    return len(text) < _LONGEST_MEASURED and _RULE.fullmatch(text) is not None


def _wrap_width(rows: list[_Row]) -> int | None:
    """Return the width in cells at which the draft's lines were broken; None when they were not."""
    if any(len(row.text) > _LONGEST_MEASURED for row in rows):
        return None
    widths = [cells(row.text.rstrip()) for row in rows if not row.is_blank]
    widest = max(widths, default=0)
    full = sum(width >= widest - _RAGGED for width in widths)
    return widest if _NARROWEST <= widest <= _WIDEST and full >= max(_LEAST_FULL_LINES, len(widths) // 6) else None


def _goes_on(line: str, following: str, width: int | None) -> bool:
    """Tell whether a paragraph was broken between these two lines: to fit a width, or in the middle of a sentence."""
    words = line.rstrip()
    if "\t" in line or not _may_go_on(words, following):
        return False
    full = width is not None and cells(words) >= width - _RAGGED
    return full or (_IN_SENTENCE.search(words) is not None and _IN_SENTENCE.search(following) is not None)


def _may_go_on(words: str, following: str) -> bool:
    """Tell whether nothing says that the words end here, or that the line behind them begins something of its own."""
    if not following.strip() or "\t" in following or opens_paragraph(following):
        return False
    return not closes_paragraph(words)


def _table(rows: list[_Row], at: int) -> tuple[int, Table | None]:
    """Return the table that begins at row `at`, and the row after it."""
    line = rows[at].text
    if _BAR.search(line) and len(_BAR.findall(line)) >= 2:
        return _barred_table(rows, at)
    if "\t" in line and is_header(line.split("\t")):
        return _tabbed_table(rows, at)
    if len(line) < _LONGEST_MEASURED and len(_SPACES.findall(line.strip())) >= _LEAST_SPACED_COLUMNS - 1:
        heads = _chunks(rows[at])
        if len(heads) >= _LEAST_SPACED_COLUMNS and is_header([head.text for head in heads]):
            return _spaced_table(rows, at, heads)
    return _headless_table(rows, at)


def _headless_table(rows: list[_Row], at: int) -> tuple[int, Table | None]:
    """Return the rows from `at` on that tabs or wide spaces part into as many cells each, if their cells tell what the columns hold."""
    first = _parts(rows[at])
    if len(first) < _LEAST_SPACED_COLUMNS or (at and len(_parts(rows[at - 1])) == len(first)):
        return at, None  # too few cells, or part of rows already looked at
    lines = [first]
    stop = at + 1
    while stop < len(rows) and len(found := _parts(rows[stop])) == len(first):
        lines.append(found)
        stop += 1
    table = _squared(lines)
    return (stop, table) if columns_by_cells(table) or head_by_cells(table) else (at, None)


def _parts(row: _Row) -> list[Prose]:
    """Return the cells of a row parted by tabs, else by wide spaces; none of a line too long to be a row."""
    if len(row.text) >= _LONGEST_MEASURED:
        return []
    return _parted(row, _TAB) if "\t" in row.text.strip() else _chunks(row)


def _barred_table(rows: list[_Row], at: int) -> tuple[int, Table | None]:
    ruled: list[list[list[Prose]]] = [[]]
    stop = at
    while stop < len(rows) and not rows[stop].is_blank and (len(_BAR.findall(rows[stop].text)) >= 2 or _is_rule(rows[stop].text)):
        if _is_rule(rows[stop].text):
            ruled.append([])
        else:
            ruled[-1].append(_without_outer(_parted(rows[stop], _BAR)))
        stop += 1
    between = [lines for lines in ruled if lines]
    if len(between) > _LEAST_RULED:
        between = [_rejoined(lines) for lines in between]
    lines = [line for group in between for line in group]
    return stop, _squared(lines) if lines else None


def _rejoined(lines: list[list[Prose]]) -> list[list[Prose]]:
    """Return the lines between two rules of a drawn table, those without a first cell put to the row they go on with."""
    joined = lines[:1]
    for line in lines[1:]:
        if line[0].text or len(line) != len(joined[-1]):
            joined.append(line)
        else:
            joined[-1] = [join_prose(pair, "") for pair in zip(joined[-1], line, strict=True)]
    return joined


def _without_outer(line: list[Prose]) -> list[Prose]:
    """Drop what stands before the first bar and after the last, when it is nothing."""
    first = 1 if not line[0].text else 0
    return line[first:-1] if len(line) - first > 1 and not line[-1].text else line[first:]


def _tabbed_table(rows: list[_Row], at: int) -> tuple[int, Table]:
    """Read rows parted by tabs; a cell that was broken into several lines, as when pasted, goes on in the next."""
    head = _parted(rows[at], _TAB)
    numbered = INDICATOR_LABELS.get(header_word(head[0].text)) == "number"
    lines = [head]
    stop = at + 1
    while stop < len(rows) and not rows[stop].is_blank:
        cells_here = _parted(rows[stop], _TAB)
        if _begins_row(cells_here, lines[-1], len(head), numbered=numbered):
            lines.append(cells_here)
        elif len(lines) > 1 and _continues_row(rows[stop], rows[stop - 1], lines[-1], len(head)):
            broken, first = lines[-1], cells_here[0]
            broken[-1] = join_prose((broken[-1], first), "")
            broken += cells_here[1:]
        else:
            break
        stop += 1
    return stop, _squared(lines)


def _begins_row(found: list[Prose], above: list[Prose], width: int, *, numbered: bool) -> bool:
    """Tell whether a line opens a row of its own: by its number where rows are numbered, else by having all its cells."""
    if len(found) < 2:
        return False
    if numbered:
        words = found[0].text
        return not words or _ROW_NUMBER.fullmatch(words) is not None or TOTAL_ROW.fullmatch(words) is not None
    return len(found) >= width or len(above) >= width


def _continues_row(row: _Row, before: _Row, broken: list[Prose], width: int) -> bool:
    """Tell whether a line goes on with the row above it: the row lacks cells, or its last words were broken off."""
    if row.text.lstrip().startswith(_BRACKETED_HEADINGS):
        return False
    if len(broken) < width:
        return True
    return _may_go_on(before.text.rstrip(), row.text)


def _parted(row: _Row, separator: re.Pattern[str]) -> list[Prose]:
    bounds = [match.start() for match in separator.finditer(row.text)]
    return [row.prose(start, end) for start, end in zip([0, *(b + 1 for b in bounds)], [*bounds, len(row.text)], strict=True)]


def _spaced_table(rows: list[_Row], at: int, heads: list[Prose]) -> tuple[int, Table]:
    """Read rows whose columns stand under their heads; a row parted into as many as the head goes by order, another by place."""
    left = [_column(rows[at], head) for head in heads]
    lines = [heads]
    stop = at + 1
    while stop < len(rows) and not rows[stop].is_blank:
        found = _chunks(rows[stop])
        if len(found) == 1 and _column(rows[stop], found[0]) < left[1] and len(heads) > 1 and found[0].text.endswith(("。", "：")):
            break
        if len(found) == len(heads):
            lines.append(found)
        else:
            line = [EMPTY] * len(heads)
            for chunk in found:
                place = _column(rows[stop], chunk)
                nearest = min(range(len(left)), key=lambda i: abs(left[i] - place))
                line[nearest] = join_prose((line[nearest], chunk), " ")
            lines.append(line)
        stop += 1
    return stop, _squared(lines)


def _chunks(row: _Row) -> list[Prose]:
    bounds = [match.span() for match in _SPACES.finditer(row.text)]
    starts = [0, *(end for _, end in bounds)]
    ends = [*(start for start, _ in bounds), len(row.text)]
    return [prose for start, end in zip(starts, ends, strict=True) if (prose := row.prose(start, end)).text]


def _column(row: _Row, prose: Prose) -> int:
    """Return the terminal column a cell begins at."""
    return cells(row.text[: prose.pieces[0].source - row.start])


def _squared(lines: list[list[Prose]]) -> Table:
    width = max(map(len, lines))
    return Table(tuple((*line, *[EMPTY] * (width - len(line))) for line in lines))
