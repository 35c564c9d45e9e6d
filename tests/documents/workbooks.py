"""Workbooks for tests: from rows by openpyxl, and from XML written by hand for what openpyxl would not write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_FILE = "application/vnd.openxmlformats-officedocument"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
TEXT = "http://schemas.openxmlformats.org/drawingml/2006/main"

HEAD = ("序号", "一级指标", "考核内容", "分值", "评分标准", "备注")


def of_rows(rows: Sequence[Sequence[object]], change: Callable[[Worksheet], None] | None = None, name: str = "Sheet1") -> bytes:
    """Return a workbook of one sheet, changed by `change` before it is saved."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    """Return a part of relations: kind and target of each, named rId1, rId2 …"""
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"{external}/>'
        for number, (kind, target) in enumerate(targets, 1)
        for external in (' TargetMode="External"' if "://" in target else "",)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def worksheet(inner: str, main: str = MAIN) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}" xmlns:r="{OFFICE}">{inner}</worksheet>'


def cells(*cells_of_rows: str) -> str:
    """Return a sheet of the cells given as XML, each row in one text."""
    return worksheet(f"<sheetData>{''.join(f'<row>{row}</row>' for row in cells_of_rows)}</sheetData>")


def by_hand(
    sheets: Mapping[str, str | bytes] | str | bytes,
    parts: Mapping[str, str | bytes] | None = None,
    states: Mapping[str, str] | None = None,
    properties: str = "",
) -> bytes:
    """Return a workbook of sheets given as XML by their names, with other parts besides; a shared strings and a styles part are related."""
    named = {"Sheet1": sheets} if isinstance(sheets, str | bytes) else sheets
    tags = "".join(
        f'<sheet name="{name}" sheetId="{number}" state="{(states or {}).get(name, "visible")}" r:id="rId{number}"/>'
        for number, name in enumerate(named, 1)
    )
    related = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(named) + 1)]
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE_FILE}.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{tags}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(*related, ("sharedStrings", "sharedStrings.xml"), ("styles", "/xl/styles.xml")),
        **{f"xl/worksheets/sheet{number}.xml": xml for number, xml in enumerate(named.values(), 1)},
        **(parts or {}),
    }
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in files.items():
            target.writestr(name, text)
    return out.getvalue()


def styles(*formats: str) -> str:
    """Return a styles part whose cell style n has the n-th number format."""
    codes = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in enumerate(formats, 164))
    uses = "".join(f'<xf numFmtId="{number}"/>' for number in range(164, 164 + len(formats)))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellXfs>{uses}</cellXfs></styleSheet>'


def shared(*items: str) -> str:
    """Return a shared strings part; each item is the XML inside `si`."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def drawing(*shapes: str, row: int = 0, column: int = 0) -> str:
    """Return a drawing whose shapes, given as XML, all hang at one cell (from 0)."""
    anchors = "".join(
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:row>{row}</xdr:row></xdr:from>{shape}</xdr:oneCellAnchor>"
        for shape in shapes
    )
    return f'<xdr:wsDr xmlns:xdr="{DRAWING}" xmlns:a="{TEXT}">{anchors}</xdr:wsDr>'


def text_box(*paragraphs: str, hidden: str = "0") -> str:
    inner = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="x" hidden="{hidden}"/></xdr:nvSpPr><xdr:txBody>{inner}</xdr:txBody></xdr:sp>'
