"""The opinion sheets → a workbook: a worksheet each, led by a summary where there are several, laid out to be printed on A4.

Every cell is text, also one that begins as a formula would: what a draft says is never computed.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Container, Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assesslint.linter.opinion_sheets import AUTHOR
from assesslint.reports.opinion.content import Opinion, Sheet
from assesslint.text.source import cells

TITLE_FONT = Font(name="方正小标宋简体", size=22)
TEXT_FONT = Font(name="仿宋_GB2312", size=11)
HEAD_FONT = Font(name="黑体", size=11)
LINE = Side(style="thin")
LINES = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)

FINDINGS = (6, 15, 16, 25, 12, 26)
SUMMARY = (6, 30, 18, 7, 7, 7, 7, 18)
"""Widths of columns, in half-width characters; the page is narrowed to hold them."""

LINE_HEIGHT, TITLE_HEIGHT, HAND_HEIGHT, MOST_HEIGHT = 16, 36, 34, 409
"""Heights in points: a line of a cell, the title's row, a row filled in by hand, the most that Excel allows."""

MARGINS = PageMargins(left=28 / 25.4, right=26 / 25.4, top=37 / 25.4, bottom=35 / 25.4, header=15 / 25.4, footer=24 / 25.4)
"""After GB/T 9704—2012, in inches."""

MOST_CHARACTERS = 32_767
"""Most characters a cell holds."""

MOST_NAME = 31
"""Most characters in the name of a worksheet."""


def excel_file(opinion: Opinion) -> bytes:
    """Return the sheets as one workbook."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = AUTHOR
    workbook.properties.title = opinion.word("title" if len(opinion.sheets) == 1 else "summary")
    if len(opinion.sheets) != 1:
        page = _Page(workbook.create_sheet(opinion.word("summary_name")), opinion, SUMMARY)
        page.summary()
    for number, sheet in enumerate(opinion.sheets, 1):
        page = _Page(workbook.create_sheet(_name(number, sheet)), opinion, FINDINGS)
        page.sheet(sheet)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _name(number: int, sheet: Sheet) -> str:
    """Return a name for a worksheet, its own by its number."""
    stem = re.sub(r"[\[\]:*?/\\']", " ", re.split(r"[/\\]", sheet.path)[-1])
    return f"{number} {stem}"[:MOST_NAME].rstrip()


class _Page:
    """Writes a worksheet from top to bottom."""

    def __init__(self, worksheet: Worksheet, opinion: Opinion, widths: Sequence[int]) -> None:
        self._worksheet = worksheet
        self._opinion = opinion
        self._widths = widths
        self._row = 0
        for number, width in enumerate(widths):
            worksheet.column_dimensions[chr(ord("A") + number)].width = width
        worksheet.page_setup.paperSize, worksheet.page_setup.orientation = worksheet.PAPERSIZE_A4, "portrait"
        worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
        worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        worksheet.page_margins = MARGINS
        worksheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("— &P —", size=14))

    def sheet(self, sheet: Sheet) -> None:
        """Write the opinion on one draft."""
        opinion = self._opinion
        self._title(opinion.word("title"))
        self._form(opinion.facts(sheet))
        if sheet.rows:
            self._table(opinion.finding_names, [row.cells(number) for number, row in enumerate(sheet.rows, 1)], centred={0})
        else:
            self._line([(opinion.word("none"), len(self._widths))])
        if sheet.norms:
            self._list(opinion.word("norms"), sheet.norms)
        for title, items in opinion.lists(sheet):
            self._list(title, items)
        self._blanks(decided=True)

    def summary(self) -> None:
        """Write a line for each draft and their sums."""
        opinion = self._opinion
        self._title(opinion.word("summary"))
        self._form([opinion.dated])
        self._table(opinion.summary_names, opinion.summary_rows(), centred={0, 3, 4, 5, 6, 7})
        for title, items in opinion.elsewhere:
            self._list(title, items)
        self._blanks(decided=False)

    def _title(self, text: str) -> None:
        self._line([(text, len(self._widths))], heads={0}, height=TITLE_HEIGHT, bordered=False)
        self._worksheet.cell(1, 1).font = TITLE_FONT

    def _form(self, rows: Sequence[Sequence[tuple[str, str]]], *, by_hand: bool = False) -> None:
        """Write rows of labels and values, two of each a row; a row of one pair gives its value all the room."""
        last = len(self._widths)
        for pairs in rows:
            spans = (2, last - 2) if len(pairs) == 1 else (2, 1, 1, last - 4)
            texts = [text for pair in pairs for text in pair]
            self._line(list(zip(texts, spans, strict=True)), heads=range(0, len(texts), 2), height=HAND_HEIGHT if by_hand else 0)

    def _table(self, names: Sequence[str], rows: Iterable[Sequence[str]], centred: set[int]) -> None:
        """Write a table whose head is repeated on each printed page."""
        self._line([(name, 1) for name in names], heads=range(len(names)))
        self._worksheet.print_title_rows = f"{self._row}:{self._row}"
        for texts in rows:
            self._line([(text, 1) for text in texts], centred=centred)

    def _list(self, title: str, items: Iterable[str]) -> None:
        numbered = "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
        self._line([(title, 2), (numbered, len(self._widths) - 2)], heads={0})

    def _blanks(self, *, decided: bool) -> None:
        self._form(self._opinion.blanks(decided=decided), by_hand=True)
        self._line([(self._opinion.note, len(self._widths))], bordered=False)

    def _line(
        self,
        texts: Sequence[tuple[str, int]],
        *,
        heads: Container[int] = (),
        centred: Container[int] = (),
        height: int = 0,
        bordered: bool = True,
    ) -> None:
        """Write one row: each text with the number of columns it takes, as high as its longest text."""
        self._row += 1
        column, lines = 1, 1
        for at, (text, span) in enumerate(texts):
            cell = self._worksheet.cell(self._row, column)
            cell.value = text[:MOST_CHARACTERS]
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
            cell.font = HEAD_FONT if at in heads else TEXT_FONT
            middle = at in heads or at in centred
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if middle else "left")
            if bordered:
                for each in range(column, column + span):
                    self._worksheet.cell(self._row, each).border = LINES
            if span > 1:
                self._worksheet.merge_cells(start_row=self._row, end_row=self._row, start_column=column, end_column=column + span - 1)
            lines = max(lines, _lines(text, sum(self._widths[column - 1 : column - 1 + span])))
            column += span
        self._worksheet.row_dimensions[self._row].height = min(MOST_HEIGHT, max(height, lines * LINE_HEIGHT + 4))


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a cell, a little too many rather than too few."""
    return sum(max(1, math.ceil(cells(line) * 1.1 / (width - 1))) for line in text.split("\n"))
