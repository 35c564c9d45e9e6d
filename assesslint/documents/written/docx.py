"""Schemes → a Word file: the title, the particulars, tables of indicators on landscape pages, sections."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row

from assesslint.documents.written.draft import LaidTable, lay_out, storable
from assesslint.scheme.model import Scheme

_TEXT_FONT, _HEAD_FONT = "仿宋", "黑体"
_MARGIN = 20
_TABLE_SIZE = 10.5
"""Margins in mm, size of the words of tables in points."""

_WIDE, _NARROW = 5, 2
"""Shares of a table's width, by whether a column holds sentences."""
_LONGEST_IN_NARROW = 12


def write_docx(schemes: Sequence[Scheme]) -> bytes:
    """Return the schemes as one file, each on a page of its own."""
    document = docx.Document()
    _set_page(document)
    document.core_properties.author, document.core_properties.comments = "assesslint", ""
    for number, scheme in enumerate(schemes):
        _add(document, scheme, new_page=number > 0)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    for name, font, size in (
        ("Normal", _TEXT_FONT, 14),
        ("Title", _HEAD_FONT, 20),
        *((f"Heading {n}", _HEAD_FONT, 14) for n in range(1, 7)),
    ):
        properties = document.styles[name].element.get_or_add_rPr()
        for old in list(properties):
            properties.remove(old)
        properties.append(parse_xml(f'<w:rFonts {nsdecls("w")} w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'))
        properties.append(parse_xml(f'<w:sz {nsdecls("w")} w:val="{size * 2}"/>'))


def _add(document: Document, scheme: Scheme, *, new_page: bool) -> None:
    laid = lay_out(scheme)
    title = document.add_paragraph(storable(laid.title), "Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.page_break_before = new_page
    for line in laid.lines:
        document.add_paragraph(storable(line))
    for table in laid.tables:
        _add_table(document, table)
        document.add_paragraph()
    for section in laid.sections:
        document.add_paragraph(storable(section.heading), f"Heading {min(6, section.depth + 2)}")
        for line in section.lines:
            document.add_paragraph(storable(line))


def _add_table(document: Document, laid: LaidTable) -> None:
    table = document.add_table(1 + len(laid.rows), len(laid.heads), "Table Grid")
    table.autofit = False
    widths = _widths(laid)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    rows = list(table.rows)
    _repeat(rows[0])
    for cell, head, width in zip(rows[0].cells, laid.heads, widths, strict=True):
        _write(cell, head, width, bold=True)
    reaching = [0] * len(laid.heads)
    for row, laid_row in zip(rows[1:], laid.rows, strict=True):
        for column, (cell, laid_cell) in enumerate(zip(row._tr.tc_lst, laid_row, strict=True)):
            reaching[column] = laid_cell.rows if laid_cell else reaching[column]
            if reaching[column] > 1 or laid_cell is None:
                merge = "" if laid_cell is None else ' w:val="restart"'
                cell.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {nsdecls('w')}{merge}/>"))
            _write(_Cell(cell, table), laid_cell.text if laid_cell else "", widths[column])


def _widths(laid: LaidTable) -> list[int]:
    """Return the width of each column in mm."""
    shares = [_WIDE if longest > _LONGEST_IN_NARROW else _NARROW for longest in laid.longest()]
    shares[0] = 1
    return [round((297 - 2 * _MARGIN) * share / sum(shares)) for share in shares]


def _repeat(row: _Row) -> None:
    """Have a row stand at the top of each page."""
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _write(cell: _Cell, text: str, width: int, *, bold: bool = False) -> None:
    cell.width = Mm(width)
    first, *others = storable(text).split("\n")
    for paragraph, words in [(cell.paragraphs[0], first), *((cell.add_paragraph(), line) for line in others)]:
        run = paragraph.add_run(words)
        run.font.size, run.bold = Pt(_TABLE_SIZE), bold
        paragraph.paragraph_format.space_after = Pt(0)
