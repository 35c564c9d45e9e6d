"""The drawing over a sheet (DrawingML) → the words of its shapes, and what it shows that is no words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from assesslint.documents.workbooks.cells import LAST_COLUMN, LAST_ROW, is_number


@dataclass(frozen=True, slots=True)
class Shape:
    """`kind`: text, picture, chart, object. `row` and `column` (from 1) are where its upper left corner lies."""

    kind: str
    row: int
    column: int
    text: str
    hidden: bool


_KINDS = {"pic": "picture", "graphicFrame": "object", "contentPart": "object"}


def shapes_of(root: etree._Element) -> Iterator[Shape]:
    """Yield what a drawing shows, in the file's order."""
    for anchor in root.iterchildren("{*}twoCellAnchor", "{*}oneCellAnchor", "{*}absoluteAnchor"):
        row, column = _corner(anchor)
        for element in anchor.iter("{*}sp", "{*}cxnSp", *(f"{{*}}{name}" for name in _KINDS)):
            if any(etree.QName(above).localname == "Fallback" for above in element.iterancestors()):
                continue
            name = etree.QName(element).localname
            hidden = any(properties.get("hidden") in ("1", "true") for properties in element.iterfind("{*}*/{*}cNvPr"))
            if name in ("sp", "cxnSp"):
                if text := _text(element):
                    yield Shape("text", row, column, text, hidden)
            else:
                chart = next(element.iter("{*}chart"), None) is not None
                yield Shape("chart" if chart else _KINDS[name], row, column, "", hidden)


def _corner(anchor: etree._Element) -> tuple[int, int]:
    row, column = anchor.findtext("{*}from/{*}row", "0"), anchor.findtext("{*}from/{*}col", "0")
    return _index(row, LAST_ROW), _index(column, LAST_COLUMN)


def _index(text: str, last: int) -> int:
    text = text.strip()
    return min(int(text) + 1, last) if is_number(text) else 1


def _text(shape: etree._Element) -> str:
    lines = []
    for paragraph in shape.iterfind("{*}txBody/{*}p"):
        runs = paragraph.iterchildren("{*}r", "{*}br", "{*}fld")
        lines.append("".join("\n" if etree.QName(run).localname == "br" else run.findtext("{*}t", "") for run in runs))
    return "\n".join(lines).strip("\n")
