"""Pages laid out, one after another → paragraphs and tables: what PDF and OFD files have in common.

A page is laid out as soon as it comes, and its glyphs are let go. What repeats at the same place of several pages, and page
numbers, are headers and footers; only when all pages are known are the lines joined to paragraphs and the tables that a page break cut.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assesslint.documents.limits import DEFAULT_LIMITS, Limits
from assesslint.documents.model import EMPTY, Block, Paragraph, Remark, Table
from assesslint.documents.printed.glyphs import Page
from assesslint.documents.printed.layout import PADDING, Cell, Laid, Line, Ruled, is_chinese, lay_out
from assesslint.documents.printed.unruled import KEY_CELL, is_unruled_head, read_unruled
from assesslint.documents.structure.words import TITLE, is_header
from assesslint.documents.transcript import Transcript
from assesslint.documents.wrapping import closes_paragraph, is_numbered, is_open, opens_paragraph
from assesslint.scheme.model import Piece, Prose

_INDENT = 0.8
"""Heights of the line by which an indented line stands in."""
_LARGEST_INDENT, _FEWEST_INDENTED = 3.0, 0.1
"""Heights of the line an indent measures at most, and share of the lines that have one in a file whose paragraphs are indented."""
_NARROWEST = 0.6
"""Share of a page's width at which its text ends at least."""
_FULL = 2.0
"""Heights of the line that a line broken to fit its width leaves free at most, unless the next word is longer."""
_HANGING = ("，", "、", "”", "》")
"""Signs besides those that close a paragraph which may hang over the end of a line."""
_UNBROKEN = re.compile(r"[（《【“‘]*(?:[!-~]+|.)(?:[”’“‘]+[（《【“‘]*.|[，。；：、）》】！？])*")
"""What no program parts at the end of a line: words and figures, quotation marks and what they stand at, a sign and what it follows."""
_NARROW_CELL = 6.0
"""Heights of the line up to which a cell is narrow."""
_SAME_SIZE = 0.12
"""Share by which the heights of lines of one paragraph differ at most."""
_HEADING = 1.1
"""Times the usual height of lines from which on a centred line is part of a title."""
_PARAGRAPH_GAP = 1.6
"""Times the usual distance of lines that parts two paragraphs."""
_MARGIN = 0.12
"""Share of a page's height, above and below, in which headers and footers stand."""
_FEW_PAGES = 6
"""In a file of so few pages two pages make a repetition, in a longer one three."""
_SAME_EDGE = 4.0
"""Points by which the edges of a table's columns differ from page to page."""
_HEAD_WITHIN = 4
"""The head of a table stands in one of its first rows."""
_WIDE_CELL, _MOST_ROWS = 0.6, 0.5
"""Share of a table's width from which on a cell heads the rows below it; share of the rows that have a number where rows are numbered."""
_ROWS_LOOKED_AT = 40
"""Rows that tell in which columns a table has numbers; a table may have thousands."""
_MANY_LINES = 10
"""Lines from which on one that reaches farther than all others is no measure."""
_UNRULED = (
    "这个表格没有表格线，分不清各栏各行，按一行行文字检查，指标和分值可能读混；请直接检查 Excel 或 Word 原稿，或加上表格线（边框）重新导出",
    "this table has no lines, and its columns and rows cannot be told for sure: it was read as lines of text, which may mix them up; "
    "check the Excel or Word original, or export it with lines",
)
_CELL_PADDING = 6.0
"""Points between the edge of a table and the text around it."""

_NUMBER = r"(?:\d{1,4}|[IVXivx]{1,6})"
_PAGE_NUMBER = re.compile(
    rf"[-—–―－·•\s]*(?:第?\s*{_NUMBER}\s*页?(?:\s*[/／,，]?\s*共?\s*{_NUMBER}\s*页?)?|page\s*{_NUMBER}(?:\s*of\s*{_NUMBER})?)[-—–―－·•\s]*",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"第\s*\d+\s*页|共\s*\d+\s*页|\d+\s*[/／]\s*\d+|^\d+(?=\s)|(?<=\s)[-—–－·\s]*\d+[-—–－·\s]*$")
_TABLE_GOES_ON = re.compile(r"[（(]?(?:续表|续上表|接上表|接上页|转下页|接下页|续下表)\d*[)）]?")
_GOES_ON = re.compile(r"[，。、；：！？）》”’%]")
"""What begins no line but where a cell is too narrow for anything else."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the text of pages of one size begins and ends, how high most of its lines are and how far apart.

    `indented`: paragraphs begin with an indent.
    """

    left: float
    right: float
    height: float
    pitch: float
    indented: bool


@dataclass(slots=True)
class Pages:
    """The pages of a file so far, which may have so many characters.

    After `blocks`, `furniture` has the headers, footers and page numbers, `repeated` the heads of tables told again.
    """

    limits: Limits = DEFAULT_LIMITS
    characters: int = 0
    laid: list[Laid] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    repeated: list[Line] = field(default_factory=list)

    def add(self, page: Page) -> None:
        """Lay out the next page. Raises UnreadableError when the text grows too long."""
        self.characters += len(page.glyphs) + sum(map(len, page.slanted))
        self.limits.hold(self.characters)
        self.laid.append(lay_out(page))

    def blocks(self, transcript: Transcript) -> Iterator[Block]:
        """Yield what the pages say, in reading order."""
        self.furniture += _take_furniture(self.laid)
        read_unruled(self.laid, _most_left_free)
        margins = _margins(self.laid)
        unfinished: list[Line] | Ruled = []
        for page in self.laid:
            edges = margins.get((page.width, page.height))
            for at, item in enumerate(page.items):
                if isinstance(item, Ruled) and isinstance(unfinished, Ruled) and at == 0 and _same_table(unfinished, item):
                    self.repeated += _go_on_with(unfinished, item)
                elif isinstance(item, Line) and isinstance(unfinished, list) and edges and _goes_on(unfinished, item, edges):
                    unfinished.append(item)
                else:
                    if unfinished:
                        yield _block(unfinished, transcript)
                    unfinished = item if isinstance(item, Ruled) else [item]
        if unfinished:
            yield _block(unfinished, transcript)

    def remarks(self) -> Iterator[Remark]:
        """Say which headers and footers were left out, page numbers are not worth a word; and which tables have no lines."""
        told: dict[str, Line] = {}
        for line in self.furniture:
            if not _PAGE_NUMBER.fullmatch(line.text):
                told.setdefault(line.text, line)
        for text, line in told.items():
            yield Remark(
                "page-header",
                f"“{text}”在多页的同一位置重复出现，视为页眉、页脚，没有作为正文检查",
                f"“{text}” stands at the same place of several pages; it was taken for a page header or footer and not checked",
                line.place.within(0, len(text)),
            )
        for line in (item for page in self.laid for item in page.items if isinstance(item, Line) and is_unruled_head(item)):
            yield Remark("unruled-table", *_UNRULED, line.place.within(0, len(line.text)))


def _take_furniture(pages: Sequence[Laid]) -> list[Line]:
    """Take headers, footers and page numbers out of the pages and return them."""
    edges = [(page, line) for page in pages for line in _edge_lines(page)]
    often = Counter(key for key, _ in {(_printed_key(line), page.number) for page, line in edges})
    enough = 2 if len(pages) <= _FEW_PAGES else 3
    body = Counter(item.text for page in pages for item in page.items if isinstance(item, Line))
    taken: dict[int, Line] = {}
    kept: set[str] = set()
    for _, line in edges:
        times = often[_printed_key(line)]
        if not (_PAGE_NUMBER.fullmatch(line.text) or _TABLE_GOES_ON.fullmatch(line.text) or times >= enough):
            continue
        if TITLE.search(line.text) and times == body[line.text] and line.text not in kept:
            kept.add(line.text)
            continue
        taken[id(line)] = line
    for page in pages:
        page.items = [item for item in page.items if id(item) not in taken]
    return list(taken.values())


def _edge_lines(page: Laid) -> Iterator[Line]:
    """Yield the lines next to the upper and the lower edge of a page, with no table beyond them."""
    for items, is_below in ((page.items, False), (page.items[::-1], True)):
        for item in items:
            if not isinstance(item, Line):
                break
            near = item.top > page.height * (1 - _MARGIN) if is_below else item.bottom < page.height * _MARGIN
            if not (near or _TABLE_GOES_ON.fullmatch(item.text)):
                break
            yield item


def _printed_key(line: Line) -> tuple[str, int]:
    """Return what a header has in common on all pages: its words but for the page number, its height on the page."""
    return "".join(_COUNTED.sub("#", line.text).split()), round(line.top / _SAME_EDGE)


def _margins(pages: Sequence[Laid]) -> dict[tuple[float, float], Margins]:
    """Return the margins of the text for each size of page."""
    sized: dict[tuple[float, float], list[Line]] = defaultdict(list)
    tables: dict[tuple[float, float], list[tuple[float, ...]]] = defaultdict(list)
    distances: dict[tuple[float, float], Counter[int]] = defaultdict(Counter)
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line)]
        sized[page.width, page.height] += lines
        tables[page.width, page.height] += (item.columns for item in page.items if isinstance(item, Ruled))
        distances[page.width, page.height].update(round(below.bottom - above.bottom) for above, below in pairwise(lines))
    found: dict[tuple[float, float], Margins] = {}
    for size, lines in sized.items():
        if not lines:
            continue
        heights: Counter[int] = Counter()
        for line in lines:
            heights[round(line.height)] += len(line.text)
        height = float(heights.most_common(1)[0][0]) or 1.0
        pitch = float(distances[size].most_common(1)[0][0]) if distances[size] else 0.0
        left = min([_shared((line.left for line in lines), height), *(columns[0] + _CELL_PADDING for columns in tables[size])])
        right = -_shared((-_text_end(line) for line in lines), height)
        right = max([right, _NARROWEST * size[0], *(columns[-1] - _CELL_PADDING for columns in tables[size])])
        indents = sum(_INDENT * height < line.left - left < _LARGEST_INDENT * height for line in lines)
        found[size] = Margins(left, right, height, pitch, indents > _FEWEST_INDENTED * len(lines))
    return found


def _text_end(line: Line) -> float:
    """Return where the text of a line ends without a sign at its end, which may hang over the edge."""
    hangs = closes_paragraph(line.text) or line.text.endswith(_HANGING)
    return line.edges[-3] if hangs and len(line.text) > 1 else line.right


def _shared(edges: Iterable[float], within: float) -> float:
    """Return the smallest edge; of many lines, the smallest that another one is near to."""
    ordered = sorted(edges)
    if len(ordered) < _MANY_LINES:
        return ordered[0]
    return next((one for one, other in pairwise(ordered) if other - one <= within), ordered[0])


def _goes_on(lines: list[Line], following: Line, margins: Margins) -> bool:
    """Tell whether a paragraph goes on with the line below it, or with the first of the next page."""
    if not lines:
        return False
    last = lines[-1]
    height = max(last.height, following.height)
    if abs(last.height - following.height) > _SAME_SIZE * height:
        return False
    if last.page == following.page and margins.pitch and following.bottom - last.bottom > max(_PARAGRAPH_GAP * margins.pitch, 2 * height):
        return False
    full = margins.right - last.right < _most_left_free(following)
    if _is_centred(following, margins) and (full or _is_centred(last, margins)):
        large = last.height > _HEADING * margins.height
        return large and not opens_paragraph(following.text) and not closes_paragraph(last.text)
    if not full:
        return False
    indent, inward = _INDENT * height, following.left - last.left
    if closes_paragraph(last.text) and opens_paragraph(following.text):
        return False
    if following.left <= margins.left + indent:
        return margins.indented or not is_numbered(following.text)
    if inward > indent:
        return len(lines) == 1 and is_numbered(last.text) and not is_numbered(following.text)
    if inward >= -indent and len(lines) == 1:
        return not (closes_paragraph(last.text) or opens_paragraph(following.text))
    return not is_numbered(following.text)


def _most_left_free(following: Line) -> float:
    """Return what a line broken to fit its width leaves free at most: the next word did not fit, with the signs that stay with it."""
    match = _UNBROKEN.match(following.text)
    word = following.edges[2 * match.end() - 1] - following.left if match else 0.0
    return max(_FULL * following.height, word + following.height)


def _is_centred(line: Line, margins: Margins) -> bool:
    before, behind = line.left - margins.left, margins.right - line.right
    return min(before, behind) > line.height and abs(before - behind) < line.height


def _block(finished: list[Line] | Ruled, transcript: Transcript) -> Block:
    if isinstance(finished, Ruled):
        return _table(finished, transcript)
    return Paragraph(_joined([(line, "") for line in finished], transcript))


def _cell(lines: Cell, width: float, transcript: Transcript) -> Prose:
    """Return the text of a cell: its wrapped lines joined, its paragraphs on lines of their own."""
    return _joined([(line, "" if not at or _wraps(lines[at - 1], line, width) else "\n") for at, line in enumerate(lines)], transcript)


def _wraps(line: Line, following: Line, width: float) -> bool:
    """Tell whether a line of a cell so wide was broken to fit it: the next word had no room left. In a narrow cell lines end anywhere."""
    if is_numbered(following.text) or (closes_paragraph(line.text) and opens_paragraph(following.text)):
        return False
    if is_open(line.text) or _GOES_ON.match(following.text):
        return True
    narrow = width < _NARROW_CELL * line.height and not closes_paragraph(line.text)
    return narrow or width - PADDING - (line.right - line.left) < _most_left_free(following)


def _joined(lines: Iterable[tuple[Line, str]], transcript: Transcript) -> Prose:
    """Return lines as one prose, each behind its separator; words in Latin letters stay apart."""
    texts: list[str] = []
    pieces: list[Piece] = []
    offset = 0
    for line, separator in lines:
        prose = transcript.add(line.text, line.place)
        if texts:
            texts.append(separator or (" " if _is_latin(texts[-1][-1]) and _is_latin(prose.text[0]) else ""))
            offset += len(texts[-1])
        texts.append(prose.text)
        pieces += (Piece(piece.offset + offset, piece.source, piece.length) for piece in prose.pieces)
        offset += len(prose.text)
    return Prose("".join(texts), tuple(pieces))


def _is_latin(character: str) -> bool:
    return character.isalpha() and not is_chinese(character)


def _table(table: Ruled, transcript: Transcript) -> Table:
    rows = tuple(
        tuple(_cell(cell, width, transcript) if cell else EMPTY for cell, width in zip(cells, widths, strict=True))
        for cells, widths in zip(table.rows, table.widths, strict=True)
    )
    return Table(rows, frozenset(table.continued))


def _same_table(table: Ruled, following: Ruled) -> bool:
    """Tell whether a table at the top of a page goes on with the one at the end of the page before: same outer edges, most of the inner."""
    if not (_near(table.columns[0], following.columns[0]) and _near(table.columns[-1], following.columns[-1])):
        return False
    inner, others = table.columns[1:-1], following.columns[1:-1]
    shared = sum(any(_near(one, other) for other in others) for one in inner)
    if 2 * shared < min(len(inner), len(others)):
        return False
    heads = [_texts(row) for row in table.rows[:_HEAD_WITHIN]]
    own = (texts for row in following.rows[:_HEAD_WITHIN] if is_header(texts := _texts(row)))
    return _repeated_rows(table, following) > 0 or all(texts in heads for texts in own)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_EDGE


def _texts(row: list[Cell]) -> list[str]:
    return ["".join(line.text for line in cell) for cell in row]


def _repeated_rows(table: Ruled, following: Ruled) -> int:
    """Return how many rows of the head are told again at the top of the next page."""
    count = 0
    for above, below in zip(table.rows[:_HEAD_WITHIN], following.rows, strict=False):
        texts = [text for text in _texts(above) if text]
        if not texts or texts != [text for text in _texts(below) if text]:
            break
        count += 1
    return count


def _go_on_with(table: Ruled, following: Ruled) -> list[Line]:
    """Add the rows of the next page to a table, a row that the break cut made one again; return the lines of a head told again."""
    columns = _common(table.columns, following.columns)
    _widen(table, columns)
    repeated = _repeated_rows(table, following)
    _widen(following, columns)
    start = repeated
    if start < len(following.rows) and _is_cut(table, following, start):
        for at, cell in enumerate(following.rows[start]):
            table.rows[-1][at] += cell
            table.widths[-1][at] = max(table.widths[-1][at], following.widths[start][at])
        start += 1
    shift = len(table.rows) - start
    table.continued |= {(row + shift, column) for row, column in following.continued if row >= start}
    table.rows += following.rows[start:]
    table.widths += following.widths[start:]
    return [line for row in following.rows[:repeated] for cell in row for line in cell]


def _common(columns: tuple[float, ...], others: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sorted([*columns, *(other for other in others if not any(_near(other, column) for column in columns))]))


def _widen(table: Ruled, columns: tuple[float, ...]) -> None:
    """Lay a table out on these columns, its own among them: a cell stands in the first of those it spans."""
    if len(columns) == len(table.columns):
        return
    places = [min(range(len(columns)), key=lambda at, edge=edge: abs(columns[at] - edge)) for edge in table.columns]  # type: ignore[misc]
    across = len(columns) - 1
    for number, (row, widths) in enumerate(zip(table.rows, table.widths, strict=True)):
        cells: list[Cell] = [[] for _ in range(across)]
        wide = [0.0] * across
        for at, cell in enumerate(row):
            place = min(places[at], across - 1)
            cells[place] = cells[place] + cell
            wide[place] = max(wide[place], widths[at])
        table.rows[number], table.widths[number] = cells, wide
    table.continued = {(row, at) for row, column in table.continued for at in range(places[column], places[column + 1])}
    table.columns = columns


def _is_cut(table: Ruled, following: Ruled, at: int) -> bool:
    """Tell whether row `at` of the next page is what a page break cut off from the last row of a table.

    Where rows have numbers or points, what has none goes on with the row above it; elsewhere a sentence must go on.
    """
    above, below = table.rows[-1], following.rows[at]
    filled = [column for column, cell in enumerate(below) if cell]
    heads_rows = following.widths[at][0] > _WIDE_CELL * (following.columns[-1] - following.columns[0])
    if not filled or heads_rows or not all(above[column] for column in filled):
        return False
    keys = [column for column in _key_columns(table) if above[column]]
    if keys:
        return not any(below[column] for column in keys)
    if any(KEY_CELL.fullmatch(text) for text in _texts(below)):
        return False
    ended = any(cell and not below[column] for column, cell in enumerate(above))
    return ended and any(_breaks_off(above[column][-1], below[column][0], table.widths[-1][column]) for column in filled)


def _key_columns(table: Ruled) -> list[int]:
    """Return the columns that hold a number or points in most of the last rows."""
    rows = table.rows[-_ROWS_LOOKED_AT:]
    held = [0] * (len(table.columns) - 1)
    for row in rows:
        for column, text in enumerate(_texts(row)):
            held[column] += KEY_CELL.fullmatch(text) is not None
    return [column for column, count in enumerate(held) if count >= max(2, _MOST_ROWS * (len(rows) - 1))]


def _breaks_off(line: Line, following: Line, width: float) -> bool:
    return line.right - line.left > 3 * line.height and not closes_paragraph(line.text) and _wraps(line, following, width)
