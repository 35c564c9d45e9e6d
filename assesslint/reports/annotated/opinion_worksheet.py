"""Notes → the worksheet 审核意见 of an annotated workbook: one row a finding, every cell a text, so that nothing in it is computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from assesslint.documents.workbooks.cells import address
from assesslint.documents.workbooks.sheets import OPINIONS
from assesslint.reports.annotated.cell_notes import written
from assesslint.reports.annotated.notes import Note
from assesslint.reports.opinion.content import WORDS
from assesslint.text.location import CellLocation
from assesslint.text.source import cells as half_widths

SHEET_NAMES = {"zh": "审核意见", "en": "Opinions"}

_COLUMNS = ("number", "place", "words", "problem", "norm", "advice")
_WIDTHS = (5, 18, 22, 34, 30, 32)
"""In half-width characters, as the columns above."""
_LINE_HEIGHT, _MOST_HEIGHT = 14, 409
"""In points: a line of a cell, and the most that Excel allows a row."""
_LINKED = 0
"""The column whose cells lead to the place they name."""
_MOST_CHARACTERS = 32_000
_LAYOUT = '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'


@dataclass(frozen=True, slots=True)
class Styles:
    """The numbers of the cell styles used: of the title, of the head, of the rows."""

    title: int = 0
    head: int = 0
    row: int = 0


def worksheet(notes: Sequence[Note], styles: Styles, namespace: str, lang: str) -> bytes:
    """Return the XML of the sheet."""
    rows = [(note, row) for note in notes for row in note.rows]
    counted = f"：共 {len(rows)} 条" if lang == "zh" else f": {len(rows)}"
    texts: list[tuple[Sequence[str], int]] = [([OPINIONS[lang] + counted], styles.title)]
    if rows:
        texts.append(([WORDS[lang][name] for name in _COLUMNS], styles.head))
    else:
        texts.append(([WORDS[lang]["none"]], 0))
    texts += ((row.cells(number), styles.row) for number, (_, row) in enumerate(rows, 1))
    widths = "".join(f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(_WIDTHS, 1))
    inner = "".join(_row(number, cells, style) for number, (cells, style) in enumerate(texts, 1))
    links = "".join(_links([note for note, _ in rows], first_row=3))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{namespace}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{widths}</cols><sheetData>{inner}</sheetData>{f'<hyperlinks>{links}</hyperlinks>' if links else ''}{_LAYOUT}</worksheet>"
    ).encode()


def _row(number: int, texts: Sequence[str], style: int) -> str:
    cells = "".join(
        f'<c r="{address(number, column)}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(written(text)[:_MOST_CHARACTERS])}</t></is></c>"
        for column, text in enumerate(texts, 1)
    )
    return f'<row r="{number}" ht="{_height(texts)}" customHeight="1">{cells}</row>'


def _height(texts: Sequence[str]) -> int:
    """Return the height of a row in points, a little too much rather than too little; a title has its line to itself."""
    wide = zip(texts, _WIDTHS if len(texts) > 1 else (sum(_WIDTHS),), strict=True)
    lines = max(sum(max(1, ceil(half_widths(line) / (width - 1))) for line in text.split("\n")) for text, width in wide)
    return min(lines * _LINE_HEIGHT + 6, _MOST_HEIGHT)


def _links(notes: Sequence[Note], first_row: int) -> Iterator[str]:
    for number, note in enumerate(notes, first_row):
        place = next((place for place in note.places if isinstance(place, CellLocation)), None)
        if place:
            sheet = place.sheet.replace("'", "''")
            target = quoteattr(f"'{sheet}'!{place.cell or 'A1'}")
            yield f'<hyperlink ref="{address(number, _LINKED + 1)}" location={target}/>'


def styled(root: etree._Element) -> tuple[Styles, bool]:
    """Return the styles the sheet needs, found among those of the workbook or added to them; tell whether any was added.

    A workbook whose styles lack a part they must have is left as it is, and the sheet is plain.
    """
    lists = [root.find(f"{{*}}{name}") for name in ("fonts", "borders", "cellXfs")]
    if any(each is None for each in lists):
        return Styles(), False
    fonts, borders, formats = (each for each in lists if each is not None)
    before = sum(map(len, (fonts, borders, formats)))
    text, bold, large = (_place(fonts, f'<font>{b}<sz val="{size}"/><name val="宋体"/><charset val="134"/></font>') for b, size in _FONTS)
    sides = "".join(f'<{side} style="thin"><color indexed="64"/></{side}>' for side in ("left", "right", "top", "bottom"))
    lines = _place(borders, f"<border>{sides}<diagonal/></border>")
    looks = ((large, 0, 0), (bold, lines, 1), (text, lines, 1))
    found = Styles(*(_place(formats, _format(*look)) for look in looks))
    return found, sum(map(len, (fonts, borders, formats))) > before


_FONTS = (("", 10), ("<b/>", 10), ("<b/>", 14))


def _format(font: int, border: int, wrap: int) -> str:
    return (
        f'<xf numFmtId="49" fontId="{font}" fillId="0" borderId="{border}" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" '
        f'applyAlignment="1"><alignment vertical="top" wrapText="{wrap}"/></xf>'
    )


def _place(parent: etree._Element, xml: str) -> int:
    """Return which child of `parent` is this element, added at the end where there is none yet."""
    namespace = etree.QName(parent).namespace
    made = etree.fromstring(f'<x xmlns="{namespace}">{xml}</x>')[0]
    same = etree.tostring(made, method="c14n", exclusive=True)
    for at, child in enumerate(parent):
        if child.tag == made.tag and etree.tostring(child, method="c14n", exclusive=True, with_tail=False) == same:
            return at
    parent.append(made)
    parent.set("count", str(len(parent)))
    return len(parent) - 1
