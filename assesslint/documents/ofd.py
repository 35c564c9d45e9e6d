"""An OFD file (GB/T 33190—2016) → paragraphs and tables, from the text layer of its pages and of the templates under them.

The file is a zip of XML parts: OFD.xml names documents, each names its pages, a page holds objects: text with the place of every
character, paths, pictures. All measures are millimetres from the upper left corner of the page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import chain, islice, repeat

from lxml import etree

from assesslint.documents.limits import Limits
from assesslint.documents.model import Document, Remark
from assesslint.documents.package import Package
from assesslint.documents.printed.glyphs import Glyph, Page, bounds, letters
from assesslint.documents.printed.layout import is_chinese
from assesslint.documents.printed.pages import Pages
from assesslint.documents.printed.remarks import ORIGINAL, by_runs, remarks_of, too_many_pages, unread_note, unread_page
from assesslint.documents.printed.rulings import rules_of
from assesslint.documents.transcript import Transcript
from assesslint.documents.unreadable import UnreadableError

_POINTS = 72 / 25.4
"""Points in a millimetre."""
_ASCENT = 0.88
"""Share of a character's height that stands above its base line."""
_DEEPEST, _MOST_ON_PAGE, _MOST_IN_FILE = 20, 200_000, 2_000_000
"""Most blocks of objects within one another; most objects and characters painted on a page, and in a file: pages may share a part."""
_PATH_STEPS = 10
"""Letters and numbers of a path that cost as much as a character."""
_A4 = (0.0, 0.0, 210.0, 297.0)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_PATH_TOKEN = re.compile(rf"[A-Za-z]|{_NUMBER.pattern}")
_PATH_NUMBERS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Numbers behind each letter of an abbreviated path."""

_NO_OFD = UnreadableError(
    f"文件内容不是 OFD，与扩展名不符或已损坏；请重新导出，{ORIGINAL[0]}",
    f"the file is no OFD file, or is damaged; export it anew, {ORIGINAL[1]}",
)
_ENCRYPTED = UnreadableError(
    f"OFD 文件已加密，请解密后再检查，{ORIGINAL[0]}",
    f"the OFD file is encrypted; decrypt it and check again, {ORIGINAL[1]}",
)
_BROKEN_PAGE = (
    f"页面已损坏，没有读取；请重新导出 OFD，{ORIGINAL[0]}",
    f"the page is damaged and was not read; export the file anew, {ORIGINAL[1]}",
)
_TOO_MUCH = (
    f"文件中的文字和图形对象过多，从这一页起没有读取；请拆分后再检查，{ORIGINAL[0]}",
    f"the file holds too much text and too many drawings and was not read from here on; split it, {ORIGINAL[1]}",
)

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f: a point x, y goes to ax + cy + e, bx + dy + f."""

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_ofd(path: str, data: bytes, limits: Limits) -> Document:
    pages = Pages(limits)
    remarks: list[Remark] = []
    for page, found in _File(Package(data, limits)).pages():
        if page.number > limits.max_pages:
            remarks.append(too_many_pages(page.number, limits.max_pages))
            break
        pages.add(page)
        remarks += found
    if not pages.laid:
        raise _NO_OFD
    transcript = Transcript(limits)
    blocks = tuple(pages.blocks(transcript))
    return Document(transcript.source(path), blocks, remarks=(*by_runs(remarks), *pages.remarks()))


class _File:
    """The parts of the file, found by the places its parts tell. Raises UnreadableError for what is no OFD file, or encrypted."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names = {name.lower(): name for name in package.names}
        self.painted = _Painted()
        if any(name.endswith(("encryptions.xml", "decryptseed.dat")) for name in self._names):
            raise _ENCRYPTED
        if "ofd.xml" not in self._names:
            raise _NO_OFD

    def at(self, place: str, told_in: str = "") -> str:
        """Return the name of the part at a place told in another part: from the root, or beside that part. None leads out of the file."""
        name = posixpath.normpath(posixpath.join("/", posixpath.dirname(told_in), place.strip().replace("\\", "/"))).lstrip("/")
        return self._names.get(name.lower(), name)

    def xml(self, name: str) -> etree._Element:
        return self._package.xml(name)

    def pages(self) -> Iterator[tuple[Page, list[Remark]]]:
        """Yield the pages of all documents of the file, with what has to be said of each."""
        number = 0
        for body in _children(self.xml(self.at("OFD.xml")), "DocBody"):
            document = _Document(self, self.at(_text(body, "DocRoot"), "OFD.xml"))
            for place, identifier in document.page_places:
                number += 1
                if self.painted.in_file > _MOST_IN_FILE:
                    yield Page(number, 0.0, 0.0), [unread_page(number, *_TOO_MUCH)]
                    return
                self.painted.on_page = 0
                try:
                    page = document.page(number, place)
                except (UnreadableError, _TooManyObjectsError):
                    yield Page(number, 0.0, 0.0), [unread_page(number, *_BROKEN_PAGE)]
                    continue
                yield page, [*remarks_of(page), *document.notes_on(number, identifier)]


class _Document:
    """One document of a file: its pages, and what they share: templates under them, drawings used again, notes over them."""

    def __init__(self, file: _File, name: str) -> None:
        self._file = file
        root = file.xml(name)
        common = _child(root, "CommonData")
        self._box = _page_box(_child(common, "PageArea"), _A4)
        self._templates = {
            template.get("ID", ""): file.at(template.get("BaseLoc", ""), name) for template in _children(common, "TemplatePage")
        }
        self._units: dict[str, etree._Element] = {}
        for resources in chain(_children(common, "PublicRes"), _children(common, "DocumentRes")):
            self._units |= self._drawings(file.at(resources.text or "", name))
        self.page_places = [
            (file.at(page.get("BaseLoc", ""), name), page.get("ID", "")) for page in _children(_child(root, "Pages"), "Page")
        ]
        self._notes = self._note_places(file.at(_text(root, "Annotations"), name)) if _text(root, "Annotations") else {}

    def _drawings(self, name: str) -> dict[str, etree._Element]:
        try:
            units = _children(_child(self._file.xml(name), "CompositeGraphicUnits"), "CompositeGraphicUnit")
        except UnreadableError:
            return {}
        return {unit.get("ID", ""): content for unit in units if (content := _child(unit, "Content")) is not None}

    def _note_places(self, name: str) -> dict[str, list[str]]:
        """Return the parts that hold the notes of each page."""
        try:
            pages = list(_children(self._file.xml(name), "Page"))
        except UnreadableError:
            return {}
        return {page.get("PageID", ""): [self._file.at(place.text or "", name) for place in _children(page, "FileLoc")] for page in pages}

    def page(self, number: int, name: str) -> Page:
        """Return a page as printed, the templates it names under it."""
        root = self._file.xml(name)
        left, top, width, height = _page_box(_child(root, "Area"), self._box)
        painter = _Painter(Page(number, width * _POINTS, height * _POINTS), self._units, self._file.painted)
        origin = (1.0, 0.0, 0.0, 1.0, -left, -top)
        for template in _children(root, "Template"):
            if place := self._templates.get(template.get("TemplateID", "")):
                painter.paint(_child(self._file.xml(place), "Content"), origin)
        painter.paint(_child(root, "Content"), origin)
        return painter.page

    def notes_on(self, number: int, identifier: str) -> Iterator[Remark]:
        """Say which words stand in notes laid over a page."""
        for name in self._notes.get(identifier, ()):
            try:
                notes = list(_children(self._file.xml(name), "Annot"))
            except UnreadableError:
                continue
            for note in notes:
                texts = (element.text or "" for element in note.iter() if _name(element) in ("TextCode", "Remark"))
                if text := "".join(texts).strip():
                    yield unread_note(number, ("注释", "a note laid over the page"), text)


class _TooManyObjectsError(Exception):
    """A page holds more objects than any page does."""


class _Painted:
    """Counts the objects and characters that were painted."""

    def __init__(self) -> None:
        self.in_file = self.on_page = 0

    def add(self, count: int) -> None:
        self.in_file += count
        self.on_page += count
        if self.on_page > _MOST_ON_PAGE:
            raise _TooManyObjectsError


class _Painter:
    """Puts the objects of a page where they are printed."""

    def __init__(self, page: Page, units: dict[str, etree._Element], painted: _Painted) -> None:
        self.page = page
        self._units = units
        self._painted = painted

    def paint(self, content: etree._Element | None, matrix: Matrix, *, visible: bool = True, depth: int = 0) -> None:
        """Paint the objects of a layer, block or drawing."""
        if depth > _DEEPEST:
            raise _TooManyObjectsError
        for element in content if content is not None else ():
            self._painted.add(1)
            shown = visible and element.get("Visible", "true") != "false"
            kind = _name(element)
            if kind in ("Layer", "PageBlock"):
                self.paint(element, matrix, visible=shown, depth=depth + 1)
                continue
            left, top, width, height = _numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
            own = _product(_matrix(element.get("CTM")), _product((1.0, 0.0, 0.0, 1.0, left, top), matrix))
            if kind == "TextObject":
                self._text(element, own, shown)
            elif kind == "CompositeObject":
                self.paint(self._units.get(element.get("ResourceID", "")), own, visible=shown, depth=depth + 1)
            elif kind == "PathObject" and shown:
                self._path(element, own)
            elif kind == "ImageObject" and shown:
                corners = (_moved(matrix, x, y) for x in (left, left + width) for y in (top, top + height))
                self.page.picture(bounds([*corners]))

    def _text(self, element: etree._Element, matrix: Matrix, shown: bool) -> None:
        size = _number(element.get("Size"), 0.0)
        scale = _number(element.get("HScale"), 1.0)
        upright = matrix[0] > 0 and abs(matrix[1]) < 0.1 * matrix[0] and _number(element.get("CharDirection"), 0.0) % 360 == 0
        x = y = 0.0
        for code in _children(element, "TextCode"):
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            self.page.slanted.append([])
            here, base = x, y
            text = (code.text or "").strip("\r\n\t")
            self._painted.add(len(text))
            across = islice(chain(_deltas(code.get("DeltaX")), repeat(None)), len(text))
            down = islice(chain(_deltas(code.get("DeltaY")), repeat(0.0)), len(text))
            for character, step, fall in zip(text, across, down, strict=True):
                usual = size * scale * (1.0 if is_chinese(character) else 0.5)
                width = step if step is not None and 0 < step <= (usual if is_chinese(character) else size) else usual
                corners = [(here, base - _ASCENT * size), (here + width, base + (1 - _ASCENT) * size)]
                glyph = Glyph(letters(character), *bounds([_moved(matrix, *corner) for corner in corners]))
                if shown:
                    self.page.put(glyph, upright)
                else:
                    self.page.outside.append(glyph)
                here += usual if step is None and not code.get("DeltaY") else step or 0.0
                base += fall
            if not self.page.slanted[-1]:
                self.page.slanted.pop()

    def _path(self, element: etree._Element, matrix: Matrix) -> None:
        strokes: list[tuple[tuple[float, float], tuple[float, float]]] = []
        start = here = (0.0, 0.0)
        found = _PATH_TOKEN.findall(_text(element, "AbbreviatedData"))
        self._painted.add(len(found) // _PATH_STEPS)
        tokens = iter(found)
        for letter in tokens:
            numbers = [_number(token, 0.0) for token in islice(tokens, _PATH_NUMBERS.get(letter, 0))]
            there = _moved(matrix, *numbers[-2:]) if len(numbers) >= 2 else start
            if letter in "SM":
                start = there
            elif letter in "LC":
                strokes.append((here, there))
            else:
                self.page.curves += 1
            here = there
        self.page.rule(rules_of(strokes, element.get("Stroke", "true") != "false"))


def _name(element: etree._Element) -> str:
    """Return an element's name without its namespace, which producers write in different ways; comments have none."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (child for child in (element if element is not None else ()) if _name(child) == name)


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return next(_children(element, name), None)


def _text(element: etree._Element, name: str) -> str:
    child = _child(element, name)
    return (child.text or "").strip() if child is not None else ""


def _number(text: str | None, otherwise: float) -> float:
    match = _NUMBER.fullmatch(text.strip()) if text else None
    return float(match[0]) if match else otherwise


def _numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    found = [float(number) for number in _NUMBER.findall(text or "")]
    return tuple(found) if len(found) == count else None


def _page_box(area: etree._Element | None, otherwise: tuple[float, ...]) -> tuple[float, ...]:
    """Return left, top, width and height of a page, in millimetres."""
    box = _numbers(_text(area, "PhysicalBox"), 4) if area is not None else None
    return box if box and box[2] > 0 and box[3] > 0 else otherwise


def _deltas(text: str | None) -> Iterator[float]:
    """Yield the steps from one character to the next: `5 6 g 3 4` is 5, 6 and three times 4."""
    words = iter((text or "").split())
    for word in words:
        if word != "g":
            yield _number(word, 0.0)
            continue
        times, step = (_number(next(words, None), 0.0) for _ in range(2))
        yield from repeat(step, int(min(max(times, 0.0), _MOST_ON_PAGE)))


def _matrix(text: str | None) -> Matrix:
    numbers = _numbers(text, 6)
    return numbers if numbers else _IDENTITY  # type: ignore[return-value]


def _product(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that moves a point by one and then by the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a point is printed, in points."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e) * _POINTS, (b * x + d * y + f) * _POINTS
