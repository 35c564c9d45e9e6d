"""The opinion sheets → a Word file laid out as an attachment after GB/T 9704—2012: A4, its margins, type sizes, line pitch and page number.

Tables are built as XML of their own: python-docx looks every cell up anew, which is slow for hundreds of rows.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from lxml import etree

from assesslint.linter.opinion_sheets import AUTHOR
from assesslint.reports.opinion.content import Opinion, Sheet
from assesslint.text.source import cells

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP, LEFT, BOTTOM, RIGHT = 37, 28, 35, 26
"""The page and its margins in mm."""

TITLE_FONT, TEXT_FONT, HEAD_FONT, LATIN_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "Times New Roman"
OTHER_FONTS = {TITLE_FONT: "华文中宋,STZhongsong,宋体,SimSun", TEXT_FONT: "仿宋,FangSong,STFangsong", HEAD_FONT: "SimHei,微软雅黑"}
"""Fonts to take where the first is not installed."""

LINE_PITCH = 28.95
"""Points from line to line of body text: 22 lines a page."""

TITLE, TEXT, HEAD = "Title", "Normal", "Heading 1"
CELL, CELL_HEAD, LABEL, VALUE = "Table Text", "Table Head", "Form Label", "Form Value"
"""Styles of paragraphs."""

FORM = (28, 50, 28, 50)
FINDINGS = (10, 24, 25, 39, 18, 40)
NORMS = (10, 146)
SUMMARY = (10, 48, 30, 11, 11, 11, 11, 24)
"""Widths of columns in mm, 156 in all."""

CELL_SIZE, CELL_MARGIN = 10.5, 1.2
"""Type size in a table, in points, and the room at the sides of a cell, in mm."""

MOST_WHOLE = 14
"""Most lines of a row that is moved to the next page rather than broken: a third of a page."""

HAND_HEIGHT = 13
"""Least height in mm of a row to be filled in by hand."""

ORDINALS = "一二三四五六七八九"


def word_file(opinion: Opinion, *, summary_only: bool = False) -> bytes:
    """Return the sheets as one file; several drafts are led by a summary, which may also stand alone."""
    document = docx.Document()
    _set_page(document)
    _set_styles(document, opinion.lang)
    _set_fonts(document)
    with_summary = summary_only or len(opinion.sheets) != 1
    title = opinion.word("summary" if with_summary else "title")
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, AUTHOR, ""
    page = _Page(document, opinion)
    if with_summary:
        page.summary()
    for sheet in () if summary_only else opinion.sheets:
        page.sheet(sheet)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Page:
    """Writes paragraphs and tables one under the other."""

    def __init__(self, document: Document, opinion: Opinion) -> None:
        self._document = document
        self._opinion = opinion
        self._word = opinion.word
        self._section = 0

    def sheet(self, sheet: Sheet) -> None:
        """Write the opinion on one draft, on a new page where others stand before it."""
        opinion = self._opinion
        self._title(self._word("title"), new_page=len(opinion.sheets) > 1)
        self._form(opinion.facts(sheet))
        self._head(self._word("problems"))
        if sheet.rows:
            self._table(FINDINGS, opinion.finding_names, [row.cells(number) for number, row in enumerate(sheet.rows, 1)], centred={0})
        else:
            self._text(self._word("none"))
        if sheet.norms:
            self._head(self._word("norms"))
            numbered = [(str(number), norm) for number, norm in enumerate(sheet.norms, 1)]
            self._table(NORMS, opinion.norm_names, numbered, centred={0})
        for title, items in opinion.lists(sheet):
            self._list(title, items)
        self._blanks(decided=True)

    def summary(self) -> None:
        """Write a line for each draft and their sums."""
        opinion = self._opinion
        self._title(self._word("summary"), new_page=False)
        self._form([opinion.dated])
        self._head(self._word("conclusions"))
        self._table(SUMMARY, opinion.summary_names, opinion.summary_rows(), centred={0, 3, 4, 5, 6, 7})
        for title, items in opinion.elsewhere:
            self._list(title, items)
        self._blanks(decided=False)

    def _title(self, text: str, *, new_page: bool) -> None:
        self._section = 0
        paragraph = self._document.add_paragraph(text, TITLE)
        paragraph.paragraph_format.page_break_before = new_page

    def _head(self, text: str) -> None:
        number = f"{ORDINALS[self._section]}、" if self._opinion.lang == "zh" else f"{self._section + 1}. "
        self._section += 1
        self._document.add_paragraph(number + text, HEAD)

    def _text(self, text: str) -> None:
        self._document.add_paragraph(text, TEXT)

    def _list(self, title: str, items: Iterable[str]) -> None:
        self._head(title)
        for number, item in enumerate(items, 1):
            self._text(f"{number}. {item}")

    def _blanks(self, *, decided: bool) -> None:
        self._head(self._word("decision"))
        self._form(self._opinion.blanks(decided=decided), by_hand=True)
        self._document.add_paragraph(self._opinion.note, CELL)

    def _form(self, rows: Sequence[Sequence[tuple[str, str]]], *, by_hand: bool = False) -> None:
        """Write rows of labels and values, two of each a row; a row of one pair gives its value all the room."""
        table = _table(FORM)
        for pairs in rows:
            row = _row(height=HAND_HEIGHT if by_hand else None)
            for at, (label, value) in enumerate(pairs):
                span = 3 if len(pairs) == 1 else 1
                row.append(_cell(label, FORM[2 * at], LABEL, keep_next=by_hand))
                row.append(_cell(value, sum(FORM[2 * at + 1 : 2 * at + 1 + span]), VALUE, span=span, keep_next=by_hand))
            table.append(row)
        self._add(table)

    def _table(self, widths: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[str]], centred: set[int]) -> None:
        """Write a table whose head is repeated on each page."""
        table = _table(widths)
        first = _row(head=True)
        for name, width in zip(head, widths, strict=True):
            first.append(_cell(name, width, CELL_HEAD))
        table.append(first)
        for texts in rows:
            lines = max(map(_lines, texts, widths))
            row = _row(whole=lines <= MOST_WHOLE)
            for at, (text, width) in enumerate(zip(texts, widths, strict=True)):
                row.append(_cell(text, width, CELL, centred=at in centred))
            table.append(row)
        self._add(table)

    def _add(self, table: etree._Element) -> None:
        body = self._document.element.body
        body.insert(len(body) - 1, table)  # the last element of a body is the section's own


# ── page, styles, fonts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.top_margin, section.left_margin, section.bottom_margin, section.right_margin = Mm(TOP), Mm(LEFT), Mm(BOTTOM), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - 10)
    section.header_distance = Mm(15)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, is_field in (("— ", False), ("PAGE", True), (" —", False)):
        run = footer.add_run("" if is_field else text)
        run.font.size, run.font.name = Pt(14), "宋体"
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        if is_field:
            for kind in ("begin", "", "end"):
                run._r.append(_element("w:fldChar", fldCharType=kind) if kind else _instruction(text))


def _set_styles(document: Document, lang: str) -> None:
    styles = document.styles
    for name in (CELL, CELL_HEAD, LABEL, VALUE):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for name, font, size, pitch in (
        (TEXT, TEXT_FONT, 16, LINE_PITCH),
        (HEAD, HEAD_FONT, 16, LINE_PITCH),
        (TITLE, TITLE_FONT, 22, 35),
        (CELL, TEXT_FONT, CELL_SIZE, 15),
        (CELL_HEAD, HEAD_FONT, CELL_SIZE, 15),
        (VALUE, TEXT_FONT, 12, 18),
        (LABEL, HEAD_FONT, 12, 18),
    ):
        style = styles[name]
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - for the type checker
        _set_style(style, font, size, pitch, lang)
    styles[TEXT].paragraph_format.first_line_indent = Pt(32)
    for name in (TITLE, CELL_HEAD, LABEL):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles[TITLE].paragraph_format.space_after = Pt(LINE_PITCH / 2)
    styles[HEAD].paragraph_format.keep_with_next = True


def _set_style(style: ParagraphStyle, font: str, size: float, pitch: float, lang: str) -> None:
    element = style.element
    for tag in ("w:rPr", "w:pPr"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    style.font.size, style.font.name = Pt(size), LATIN_FONT
    style.font.bold = False
    properties = element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    if lang == "zh":
        fonts.set(qn("w:hint"), "eastAsia")  # quotation marks and boxes are as wide as the characters around them
    properties.append(_element("w:lang", val="en-US", eastAsia="zh-CN"))
    paragraph = style.paragraph_format
    paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    paragraph.space_before = paragraph.space_after = paragraph.first_line_indent = Pt(0)


def _set_fonts(document: Document) -> None:
    """Name what to take where a font is not installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>' for name, others in OTHER_FONTS.items()
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = xml.encode()


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _element(tag: str, **attributes: str) -> etree._Element:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _instruction(text: str) -> etree._Element:
    element = _element("w:instrText")
    element.text = text
    return element


def _twips(mm: float) -> str:
    return str(round(mm * 1440 / 25.4))


def _table(widths: Sequence[int]) -> etree._Element:
    """Return an empty table with columns of these widths in mm and thin lines around its cells."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    room = "".join(f'<w:{side} w:w="{_twips(CELL_MARGIN)}" w:type="dxa"/>' for side in ("left", "right"))
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{room}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid></w:tbl>"
    )
    return parse_xml(xml)


def _lines(text: str, width: int) -> int:
    """Return about how many lines a text takes in a cell of a width in mm."""
    room = (width - 2 * CELL_MARGIN) / 25.4 * 72 / (CELL_SIZE / 2)
    return sum(max(1, math.ceil(cells(line) / room)) for line in text.split("\n"))


def _row(*, head: bool = False, height: int | None = None, whole: bool = True) -> etree._Element:
    """Return an empty row, of a least height in mm. A head is repeated on each page; a `whole` row stays on one page."""
    row, properties = _element("w:tr"), _element("w:trPr")
    if whole:
        properties.append(_element("w:cantSplit"))
    if height is not None:
        properties.append(_element("w:trHeight", val=_twips(height), hRule="atLeast"))
    if head:
        properties.append(_element("w:tblHeader"))
    row.append(properties)
    return row


def _cell(text: str, width: int, style: str, *, span: int = 1, centred: bool = False, keep_next: bool = False) -> etree._Element:
    cell, properties = _element("w:tc"), _element("w:tcPr")
    properties.append(_element("w:tcW", w=_twips(width), type="dxa"))
    if span > 1:
        properties.append(_element("w:gridSpan", val=str(span)))
    properties.append(_element("w:vAlign", val="center"))
    paragraph, format_ = _element("w:p"), _element("w:pPr")
    format_.append(_element("w:pStyle", val=style.replace(" ", "")))
    if keep_next:
        format_.append(_element("w:keepNext"))
    if centred:
        format_.append(_element("w:jc", val="center"))
    paragraph.append(format_)
    run = _element("w:r")
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(_element("w:br"))
        words = _element("w:t")
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = line
        run.append(words)
    paragraph.append(run)
    cell.append(properties)
    cell.append(paragraph)
    return cell
