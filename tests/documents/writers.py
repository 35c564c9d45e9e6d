"""The blocks of a laid out draft → a file of each format, and the draft in the scheme language they are compared with."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Sequence
from itertools import pairwise

from assesslint.documents.model import EMPTY, Document, Paragraph, Table, join_prose
from assesslint.documents.model import Block as DocumentBlock
from assesslint.documents.transcript import Transcript
from assesslint.scheme.model import Prose, Scheme
from assesslint.scheme.printer import print_scheme
from assesslint.text.location import CellLocation
from tests.documents.layouts import Block, Grid, Words
from tests.documents.press import LEFT, RIGHT, Press, Sheet, ofd, pdf
from tests.documents.press import Span as Merged


def write_assess(scheme: Scheme) -> bytes:
    return print_scheme(scheme).encode()


def write_text(blocks: Sequence[Block]) -> bytes:
    """Write a text file; the cells of a table are parted by tabs, what a merged cell covers is left blank."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Words):
            lines.append(block.text)
            continue
        rows = [[""] * block.width for _ in block.rows]
        for row, column, cell in block.placed():
            rows[row][column] = cell.text.replace("\n", "")
        lines += ["", *("\t".join(row) for row in rows), ""]
    return "\n".join(lines).encode()


def write_docx(blocks: Sequence[Block]) -> bytes:
    import docx

    file = docx.Document()
    for above, block in pairwise([None, *blocks]):
        if isinstance(block, Words):
            file.add_paragraph(block.text, style=f"Heading {block.heading}" if block.heading else None)
        elif block:
            _add_docx_table(file, block, apart=not isinstance(above, Grid))
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()


def _add_docx_table(file: object, grid: Grid, *, apart: bool) -> None:
    table = file.add_table(len(grid.rows), grid.width)  # type: ignore[attr-defined]
    table.style = "Table Grid"
    for row, column, cell in grid.placed():
        first = table.cell(row, column)
        if cell.rows > 1 or cell.columns > 1:
            first = first.merge(table.cell(row + cell.rows - 1, column + cell.columns - 1))
        head, *others = cell.text.split("\n")
        first.paragraphs[0].text = head
        for paragraph in others:
            first.add_paragraph(paragraph)


def write_xlsx(blocks: Sequence[Block]) -> bytes:
    """Write a workbook of one sheet: paragraphs are rows merged over its whole width, a blank row parts table from table."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    width = max((block.width for block in blocks if isinstance(block, Grid)), default=6)
    at = 1
    for above, block in pairwise([None, *blocks]):
        if isinstance(block, Words):
            sheet.cell(at, 1, block.text)
            sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
            at += 1
        elif block:
            at += isinstance(above, Grid)
            for row, column, cell in block.placed():
                sheet.cell(at + row, 1 + column, cell.text or None)
                if cell.rows > 1 or cell.columns > 1:
                    last = at + row + cell.rows - 1, column + cell.columns
                    sheet.merge_cells(start_row=at + row, start_column=1 + column, end_row=last[0], end_column=last[1])
            at += len(block.rows)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def write_html(blocks: Sequence[Block]) -> bytes:
    parts = ['<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>考核</title></head><body>']
    for block in blocks:
        if isinstance(block, Words):
            tag = f"h{block.heading}" if block.heading else "p"
            parts.append(f"<{tag}>{_escaped(block.text)}</{tag}>")
            continue
        parts.append("<table>")
        for row in block.rows:
            cells = (f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{_paragraphs(cell.text)}</td>' for cell in row)
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def printed(blocks: Sequence[Block]) -> list[Sheet]:
    """Return the blocks on pages: a heading in the middle, tables ruled over the whole width, their columns as wide as they need."""
    press = Press(footer=lambda number: f"— {number} —")
    for block in blocks:
        if isinstance(block, Words):
            (press.title if block.heading else press.paragraph)(block.text)
            continue
        rows = [[""] * block.width for _ in block.rows]
        longest = [6] * block.width
        spans: dict[tuple[int, int], Merged] = {}
        for row, column, cell in block.placed():
            rows[row][column] = cell.text
            if (cell.rows, cell.columns) != (1, 1):
                spans[row, column] = Merged(cell.rows, cell.columns)
            if cell.columns == 1:
                longest[column] = max(longest[column], min(len(cell.text), 24))
        press.table(rows, [(RIGHT - LEFT) * length / sum(longest) for length in longest], spans)
    return press.sheets


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_escaped(line)}</p>" for line in text.split("\n")) if "\n" in text else _escaped(text)


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


WRITERS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    ".docx": write_docx,
    ".xlsx": write_xlsx,
    ".html": write_html,
    ".pdf": lambda blocks: pdf(printed(blocks)),
    ".ofd": lambda blocks: ofd(printed(blocks)),
}
"""Formats that have tables with merged cells."""


def as_document(blocks: Sequence[Block]) -> Document:
    """Return the document that a reader of such a format makes."""
    transcript = Transcript()
    read: list[DocumentBlock] = []

    def prose(text: str) -> Prose:
        return join_prose(transcript.add(line, CellLocation("表", "A1", 0, len(line))) for line in text.split("\n"))

    for block in blocks:
        if isinstance(block, Words):
            read.append(Paragraph(prose(block.text), block.heading))
            continue
        rows = [[EMPTY] * block.width for _ in block.rows]
        continued: set[tuple[int, int]] = set()
        for row, column, cell in block.placed():
            rows[row][column] = prose(cell.text)
            continued |= {(row + down, column + right) for down in range(1, cell.rows) for right in range(cell.columns)}
        read.append(Table(tuple(map(tuple, rows)), frozenset(continued)))
    return Document(transcript.source("draft.xlsx"), tuple(read))
