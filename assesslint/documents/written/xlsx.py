"""Schemes → a workbook: a sheet each, with the title, the particulars, the tables of indicators and the sections under one another.

Every cell is text: what a draft says is never computed.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assesslint.documents.written.draft import LaidTable, lay_out, storable
from assesslint.scheme.model import Scheme
from assesslint.text.source import cells

MOST_CHARACTERS = 32_767
"""Most characters a cell holds; what is longer goes on in rows below."""

_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]'\x00-\x1f]")
_MOST_NAME = 31
_WIDE, _NARROW, _NUMBER_WIDTH, _LONGEST_IN_NARROW = 28, 12, 6, 12
"""Widths of columns in half-width characters, and the longest text of a narrow one."""
_LINE_HEIGHT, _MOST_HEIGHT = 16, 409
"""Points; more than that Excel does not allow."""
_LINE = Side(style="thin")
_LINES = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TEXT, _HEAD, _TITLE = Font(name="仿宋", size=11), Font(name="黑体", size=11), Font(name="黑体", size=18)


def write_xlsx(schemes: Sequence[Scheme]) -> bytes:
    """Return the schemes as one workbook."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = "assesslint"
    for number, scheme in enumerate(schemes, 1):
        _Sheet(workbook.create_sheet(_sheet_name(scheme.name.text, number))).write(scheme)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _sheet_name(title: str, number: int) -> str:
    """Return a name no other sheet has."""
    return f"{number} {_NOT_IN_NAMES.sub('', storable(title))}"[:_MOST_NAME].strip()


class _Sheet:
    """Writes rows under one another."""

    def __init__(self, worksheet: Worksheet) -> None:
        self._worksheet = worksheet
        self._row = 0
        self._width = 1

    def write(self, scheme: Scheme) -> None:
        laid = lay_out(scheme)
        self._width = max([len(table.heads) for table in laid.tables], default=1)
        self._line(laid.title, _TITLE)
        for line in laid.lines:
            self._line(line)
        for table in laid.tables:
            self._table(table)
        for section in laid.sections:
            self._line(section.heading, _HEAD)
            for line in section.lines:
                self._line(line)
        self._worksheet.page_setup.orientation, self._worksheet.page_setup.paperSize = "landscape", 9
        self._worksheet.page_setup.fitToHeight = 0
        self._worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    def _line(self, text: str, font: Font = _TEXT) -> None:
        """Write a text over all columns."""
        for piece in _pieces(text):
            self._row += 1
            self._put(1, piece, font)
            if self._width > 1:
                self._worksheet.merge_cells(start_row=self._row, end_row=self._row, start_column=1, end_column=self._width)

    def _table(self, laid: LaidTable) -> None:
        self._row += 1
        for column, head in enumerate(laid.heads, 1):
            self._put(column, head, _HEAD, bordered=True)
        for column, longest in enumerate(laid.longest()):
            width = _NUMBER_WIDTH if column == 0 else _WIDE if longest > _LONGEST_IN_NARROW else _NARROW
            dimension = self._worksheet.column_dimensions[get_column_letter(column + 1)]
            dimension.width = max(dimension.width if dimension.customWidth else 0, width)
        heights = [max(len(_pieces(cell.text)) for cell in row if cell) for row in laid.rows]
        for at, row in enumerate(laid.rows):
            lines = [1] * heights[at]
            for column, cell in enumerate(row, 1):
                for down, piece in enumerate(_pieces(cell.text)) if cell else ():
                    self._put(column, piece, _TEXT, below=1 + down, bordered=True)
                    if cell and cell.rows == 1:
                        lines[down] = max(lines[down], self._lines(piece, column))
                if cell and cell.rows > 1:
                    last = self._row + sum(heights[at : at + cell.rows])
                    self._worksheet.merge_cells(start_row=self._row + 1, end_row=last, start_column=column, end_column=column)
            for down, count in enumerate(lines, 1):
                self._worksheet.row_dimensions[self._row + down].height = min(_MOST_HEIGHT, count * _LINE_HEIGHT + 4)
            self._row += heights[at]

    def _lines(self, text: str, column: int) -> int:
        """Return how many lines a text takes in its column; nothing else makes room for it in a row with merged cells."""
        width = self._worksheet.column_dimensions[get_column_letter(column)].width - 1
        return sum(max(1, math.ceil(cells(line) / width)) for line in text.split("\n"))

    def _put(self, column: int, text: str, font: Font, *, below: int = 0, bordered: bool = False) -> None:
        cell = self._worksheet.cell(self._row + below, column)
        text = storable(text)
        cell.value = text or None
        if text:
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
        cell.font = font
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if font is _TITLE else "left")
        if bordered:
            cell.border = _LINES


def _pieces(text: str) -> list[str]:
    """Cut a text into what cells hold, at least one piece."""
    return [text[at : at + MOST_CHARACTERS] for at in range(0, max(1, len(text)), MOST_CHARACTERS)]
