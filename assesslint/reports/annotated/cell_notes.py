"""The notes on the cells of one sheet: their texts (the comments part) and their boxes (a drawing in VML), ours replaced, others' kept.

A cell holds one note only. Where somebody else's hangs already, ours hangs on the next cell to the right that is free, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from xml.sax.saxutils import escape

from lxml import etree

from assesslint.documents.comments import AUTHOR
from assesslint.documents.package import parse_xml, xml_bytes
from assesslint.documents.unreadable import UnreadableError
from assesslint.documents.workbooks.cells import LAST_COLUMN, LAST_ROW, address, is_number, row_and_column
from assesslint.documents.workbooks.sheet_xml import SheetFrame
from assesslint.reports.opinion.content import plain
from assesslint.text.source import cells

Place = tuple[int, int]
"""Row and column, from 1."""

MOST_CHARACTERS = 32_000
"""Most that we write into one note; Excel takes 32,767."""

_WIDTH, _LINE_HEIGHT, _MOST_HEIGHT, _GAP = 320, 17, 640, 15
"""Of a box, in pixels, and how far from its cell it stands."""
_HALF_WIDTHS = 44
"""Half-width characters in a line of a box."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MICROSOFT = "urn:schemas-microsoft-com"
_NAMES = f'xmlns:v="{_MICROSOFT}:vml" xmlns:o="{_MICROSOFT}:office:office" xmlns:x="{_MICROSOFT}:office:excel"'
_DAMAGED = UnreadableError(
    "文件里已有的批注部分损坏，写不进批注；请在 Excel 或 WPS 中重新保存一份再检查",
    "the notes the file has already are damaged, so that none can be added; save it anew in Excel or WPS and check that",
)
_SHAPE_TYPE = (
    f'<v:shapetype {_NAMES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NEW_DRAWING = f'<xml {_NAMES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>{_SHAPE_TYPE}</xml>'.encode()
_SHAPE = re.compile(rb"<(\w+:)?shape[\s>].*?</(?:\w+:)?shape>\s*", re.DOTALL)
_SHAPE_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d{1,7})\s*</")
_SHAPE_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d{1,5})\s*</")
_SHAPE_NUMBER = re.compile(rb'id="_x0000_s(\d{1,9})"')
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def written(text: str) -> str:
    """Return text for an XML part of a workbook: without characters that show nothing, and with none that Excel takes for an escape."""
    return _LOOKS_ESCAPED.sub("_x005F_", plain(text))


class Comments:
    """A comments part, or a new one. `freed` are the cells our earlier notes hung on, `taken` those of others' notes."""

    def __init__(self, data: bytes | None, namespace: str) -> None:
        new = f'<comments xmlns="{namespace}"><authors/><commentList/></comments>'.encode()
        self._root = parse_xml(data or new)
        authors, listed = self._root.find("{*}authors"), self._root.find("{*}commentList")
        if authors is None or listed is None:
            raise _DAMAGED
        self._authors, self._list = authors, listed
        names = [(author.text or "").strip() for author in authors.iterchildren("{*}author")]
        own = [comment for comment in listed.iterchildren("{*}comment") if _is_ours(names, comment)]
        self.freed = set(_places(own))
        for comment in own:
            listed.remove(comment)
        self.taken = set(_places(listed.iterchildren("{*}comment")))
        self._number = names.index(AUTHOR) if AUTHOR in names else len(names)
        self._is_named = AUTHOR in names

    def add(self, texts: Mapping[Place, str]) -> None:
        """Add notes on cells that are free."""
        if texts and not self._is_named:
            self._element(self._authors, "author").text = AUTHOR
        for (row, column), text in sorted(texts.items()):
            comment = self._element(self._list, "comment", ref=address(row, column), authorId=str(self._number), shapeId="0")
            inner = self._element(comment, "text")
            self._run(inner, f"{AUTHOR}:\n", bold=True)
            self._run(inner, written(text)[:MOST_CHARACTERS], bold=False)

    def data(self) -> bytes:
        return xml_bytes(self._root)

    def _run(self, parent: etree._Element, text: str, *, bold: bool) -> None:
        run = self._element(parent, "r")
        look = self._element(run, "rPr")
        if bold:
            self._element(look, "b")
        self._element(look, "sz", val="9")
        self._element(look, "color", indexed="81")
        self._element(look, "rFont", val="宋体")
        self._element(look, "charset", val="134")
        words = self._element(run, "t")
        words.set(_SPACE, "preserve")
        words.text = text

    def _element(self, parent: etree._Element, name: str, **attributes: str) -> etree._Element:
        return etree.SubElement(parent, self._root.tag.replace("comments", name), attributes)


def _is_ours(names: list[str], comment: etree._Element) -> bool:
    """Tell whether we signed a note; LibreOffice takes the names of authors off, what is left then is how the text begins."""
    number = comment.get("authorId", "")
    name = names[int(number)] if is_number(number) and int(number) < len(names) else ""
    return name == AUTHOR or (not name and "".join(map(str, comment.itertext())).lstrip().startswith(f"{AUTHOR}:\n"))


def _places(comments: Iterable[etree._Element]) -> Iterator[Place]:
    for comment in comments:
        if place := row_and_column(comment.get("ref", "")):
            yield place


def hung(texts: Mapping[Place, str], taken: set[Place], zh: bool) -> dict[Place, str]:
    """Return the notes by the cells they can hang on; one that had to move says where its words stand."""
    free = {place: text for place, text in texts.items() if place not in taken}
    for (row, column), text in sorted(texts.items()):
        if (row, column) in taken:
            place = row, column
            while place in taken or place in free:
                place = (place[0], place[1] + 1) if place[1] < LAST_COLUMN else (place[0] % LAST_ROW + 1, column)
            at = address(row, column)
            free[place] = (f"（对左侧 {at} 的意见，{at} 已有他人批注）" if zh else f"(on {at}, which has another's note)") + f"\n{text}"
    return free


def drawn(data: bytes | None, freed: set[Place], texts: Mapping[Place, str], frame: SheetFrame) -> bytes:
    """Return the drawing with the boxes of `texts`, and without those of our earlier notes; all others keep their bytes."""
    data = data or _NEW_DRAWING
    data = _SHAPE.sub(lambda match: b"" if _shape_place(match[0]) in freed else match[0], data)
    end = data.rfind(b"</xml>")
    if end < 0:
        raise _DAMAGED
    first = max((int(number) for number in _SHAPE_NUMBER.findall(data)), default=1024) + 1
    shapes = [_shape(number, place, text, frame) for number, (place, text) in enumerate(sorted(texts.items()), first)]
    if shapes and b'id="_x0000_t202"' not in data:
        shapes.insert(0, _SHAPE_TYPE)
    return data[:end] + "".join(shapes).encode() + data[end:]


def _shape_place(shape: bytes) -> Place | None:
    row, column = _SHAPE_ROW.search(shape), _SHAPE_COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else None


def _shape(number: int, place: Place, text: str, frame: SheetFrame) -> str:
    row, column = place
    lines = 1 + sum(max(1, ceil(cells(line) / _HALF_WIDTHS)) for line in text.split("\n"))
    height = min(lines * _LINE_HEIGHT + 10, _MOST_HEIGHT)
    left = min(column, LAST_COLUMN - 1)
    right, right_offset = _walk(left, _GAP + _WIDTH, frame.widths, frame.column_width, LAST_COLUMN)
    bottom, bottom_offset = _walk(row - 1, 2 + height, frame.heights, frame.row_height, LAST_ROW)
    anchor = f"{left}, {_GAP}, {row - 1}, 2, {right}, {right_offset}, {bottom}, {bottom_offset}"
    style = f"position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:{_WIDTH}px;height:{height}px;z-index:1;visibility:hidden"
    return (
        f'<v:shape {_NAMES} id="_x0000_s{number}" type="#_x0000_t202" style="{style}" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
        f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{escape(anchor)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _walk(start: int, distance: float, sizes: Mapping[int, float], usual: float, last: int) -> tuple[int, int]:
    """Return the row or column (from 0) that lies so many pixels on, and the pixels left within it."""
    at = start
    while at < last - 1 and at < start + 1000 and distance >= (size := sizes.get(at + 1, usual)):
        distance -= size
        at += 1
    return at, int(distance)
