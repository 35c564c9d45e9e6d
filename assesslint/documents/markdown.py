"""A Markdown draft → paragraphs and tables, marks of emphasis left out, with every character's place.

A line reader, not a full parser: headings, lists, quotations, fences and pipe tables are told by how a line begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assesslint.documents.model import EMPTY, Block, Document, Paragraph, Table, join_prose, slice_prose
from assesslint.scheme.model import Piece, Prose
from assesslint.text.source import Source, Span

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+|(?=[^#\s]))")
_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})\s*$")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+•]|\d{1,9}[.)])[ \t]+")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})[\w-]*\s*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_DELIMITER_ROW = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_MARKS = re.compile(r"\*\*|__|`+|\\[!-/:-@\[-`{-~]|<br\s*/?>")
_CELL_BAR = re.compile(r"(?<!\\)\|")
_MARKUP = re.compile(r"<br\s*/?>|^ {0,3}(?:`{3,}|~{3,})[\w-]*[ \t]*\r?$", re.MULTILINE)
_STARTS_PARAGRAPH = re.compile(
    r"[（(]?[一二三四五六七八九十\d①-⑳]{1,4}[)）、.．]|第[一二三四五六七八九十百\d]{1,4}[章节条部]|[^：:]{2,10}[：:]"
)
_INDENT_OF_LIST = 2
_DEEPEST_LIST = 6
"""Lists nested deeper are read as this deep: no draft means more by it, and nesting must end somewhere."""


def read_markdown(source: Source) -> Document:
    markup = tuple(Span(*match.span()) for match in _MARKUP.finditer(source.text))
    return Document(source, tuple(_blocks(source.text)), markup)


def _lines(text: str) -> list[tuple[int, str]]:
    """Return every line with its offset, without its end and its quotation marks."""
    found = []
    start = 0
    for line in text.split("\n"):
        quote = _QUOTE.match(line)
        skipped = quote.end() if quote else 0
        found.append((start + skipped, line[skipped:].rstrip("\r")))
        start += len(line) + 1
    return found


def _blocks(text: str) -> Iterator[Block]:
    lines = _lines(text)
    at = 0
    while at < len(lines):
        start, line = lines[at]
        following = lines[at + 1][1] if at + 1 < len(lines) else ""
        heading = _HEADING.match(line)
        if not line.strip() or _FENCE.match(line) or _RULE.match(line):
            at += 1
        elif "|" in line and _DELIMITER_ROW.match(following) and "|" in following:
            table, at = _table(lines, at)
            yield table
        elif heading:
            closing = _CLOSING_HASHES.search(line, heading.end())
            prose = _inline(line[: closing.start() if closing else None], start, heading.end())
            if prose.text:
                yield Paragraph(prose, heading=len(heading[1]))
            at += 1
        elif _UNDERLINE.match(following) and not _ITEM.match(line):
            yield Paragraph(_inline(line, start, 0), heading=1 if "=" in following else 2)
            at += 2
        else:
            paragraph, at = _paragraph(lines, at)
            yield paragraph


def _paragraph(lines: list[tuple[int, str]], at: int) -> tuple[Paragraph, int]:
    """Read a paragraph or list item with the lines that go on with it."""
    start, line = lines[at]
    item = _ITEM.match(line)
    first = _item(line, start, item) if item else _inline(line, start, 0)
    depth = min(len(item["indent"].expandtabs(4)) // _INDENT_OF_LIST, _DEEPEST_LIST) if item else 0
    proses = [first]
    at += 1
    while at < len(lines) and _goes_on(lines[at - 1][1], lines[at][1]):
        proses.append(_inline(lines[at][1], lines[at][0], 0))
        at += 1
    return Paragraph(join_prose(proses, ""), depth=depth), at


def _item(line: str, start: int, item: re.Match[str]) -> Prose:
    """Return a list item with its mark; a bullet before a number or label (- 1. or - 备注：) is left out."""
    numbered = item["mark"] in "-*+•" and _STARTS_PARAGRAPH.match(line[item.end() :].lstrip("*_` "))
    return _inline(line, start, item.end() if numbered else item.start("mark"), keep=item.end())


def _goes_on(line: str, following: str) -> bool:
    """Tell whether Markdown shows these two lines as one paragraph, and the author did not begin a new one."""
    if not following.strip() or line.endswith(("  ", "\\", "。", "；", "：", ";", ":")):
        return False
    begins = (_HEADING, _ITEM, _FENCE, _RULE, _DELIMITER_ROW, _UNDERLINE)
    stripped = following.lstrip().lstrip("*_")
    return not any(pattern.match(following) for pattern in begins) and "|" not in following and not _STARTS_PARAGRAPH.match(stripped)


def _inline(line: str, start: int, first: int, *, keep: int = 0) -> Prose:
    """Return `line[first:]` without marks of emphasis, code, escape and line break; marks before `keep` stay."""
    pieces: list[Piece] = []
    texts: list[str] = []
    offset = 0
    at = first
    for match in _MARKS.finditer(line, max(first, keep)):
        offset = _add(texts, pieces, offset, line, at, match.start(), start)
        at = match.end() - match[0].startswith("\\")
        if match[0].startswith("<"):
            texts.append("\n")
            offset += 1
    _add(texts, pieces, offset, line, at, len(line), start)
    prose = Prose("".join(texts), tuple(pieces))
    return slice_prose(prose, 0, len(prose.text))


def _add(texts: list[str], pieces: list[Piece], offset: int, line: str, first: int, last: int, start: int) -> int:
    if first < last:
        texts.append(line[first:last])
        pieces.append(Piece(offset, start + first, last - first))
    return offset + max(0, last - first)


def _table(lines: list[tuple[int, str]], at: int) -> tuple[Table, int]:
    rows = [_cells(*lines[at])]
    at += 2
    while at < len(lines) and "|" in lines[at][1]:
        if not _DELIMITER_ROW.match(lines[at][1]):
            rows.append(_cells(*lines[at]))
        at += 1
    width = max(map(len, rows))
    return Table(tuple((*row, *[EMPTY] * (width - len(row))) for row in rows)), at


def _cells(start: int, line: str) -> list[Prose]:
    bounds = [match.start() for match in _CELL_BAR.finditer(line)]
    starts = [0, *(bound + 1 for bound in bounds)]
    cells = [_inline(line[first:last], start + first, 0) for first, last in zip(starts, [*bounds, len(line)], strict=True)]
    if line.lstrip().startswith("|"):
        cells = cells[1:]
    if line.rstrip().endswith("|") and not line.rstrip().endswith("\\|"):
        cells = cells[:-1]
    return cells
