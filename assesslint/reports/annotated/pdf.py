"""Notes into a PDF: highlights over the words, with the reasons in a pop-up, added behind the file as it is.

Every byte of the file stays where it was; only pages with notes are told anew behind them. A file whose index is broken, or that is
encrypted, cannot be added to and is written as a whole.
"""

from __future__ import annotations

import io
import logging
import re
import struct
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Protocol, cast

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from assesslint.documents.comments import AUTHOR
from assesslint.documents.limits import Limits
from assesslint.documents.printed.pdf_page import Frame
from assesslint.documents.unreadable import UnreadableError
from assesslint.reports.annotated.notes import Note
from assesslint.text.location import Box, PageLocation

_COLOURS = {"error": (1.0, 0.7, 0.7), "warning": (1.0, 0.88, 0.45), "advice": (0.7, 0.88, 1.0)}
_PRINTED, _STICKY = 4, 28
"""Flags of a note: printed; and neither zoomed nor turned with the page."""
_STICKY_SIZE, _STICKY_STEP, _STICKY_AT = 20.0, 26.0, 10.0
"""Points: how large a sticky note is, how far one stands from the next, and from the upper left corner of the page."""
_POPUP_WIDTH, _POPUP_HEIGHT = 240.0, 120.0
_INDEX = re.compile(rb"\s*(?:xref|\d+\s+\d+\s+obj)")

_UNWRITABLE = UnreadableError(
    "文件结构有损坏，批注写不进去；请重新导出 PDF 再试，或改用审核意见表",
    "the file is damaged and no notes can be written into it; export it anew, or use the opinion sheet",
)


def annotate_pdf(data: bytes, notes: Sequence[Note], limits: Limits, lang: str) -> bytes:  # noqa: ARG001 - every annotator has the same form
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        reader = PdfReader(io.BytesIO(data))
        target = _Increment(reader, data) if _can_be_added_to(reader, data) else _Rewriting(reader)
        _write(target, notes, lang)
        return target.written()
    except UnreadableError:
        raise
    except Exception as error:
        raise _UNWRITABLE from error


def _can_be_added_to(reader: PdfReader, data: bytes) -> bool:
    start = re.search(rb"startxref\s+(\d{1,12})\s+%%EOF\s*$", data[-1024:])
    return start is not None and not reader.is_encrypted and _INDEX.match(data, int(start[1])) is not None


class _Target(Protocol):
    """A file that pages are changed in and objects added to."""

    @property
    def count(self) -> int: ...

    def seen(self, number: int) -> DictionaryObject:
        """Return page `number`, from 0, as it is."""

    def page(self, number: int) -> DictionaryObject:
        """Return page `number`, from 0, to be changed."""

    def frame(self, number: int) -> Frame: ...

    def add(self, value: PdfObject) -> IndirectObject: ...

    def written(self) -> bytes: ...


class _Pages:
    def __init__(self, file: PdfReader | PdfWriter) -> None:
        self._pages = file.pages

    @property
    def count(self) -> int:
        return len(self._pages)

    def seen(self, number: int) -> DictionaryObject:
        return self._pages[number]

    def frame(self, number: int) -> Frame:
        page = self._pages[number]
        return Frame.of(list(map(float, page.mediabox)), list(map(float, page.cropbox)), page.rotation)


class _Increment(_Pages):
    """Objects written behind the file, with an index of the kind it has."""

    def __init__(self, reader: PdfReader, data: bytes) -> None:
        super().__init__(reader)
        self._reader = reader
        self._data = data
        self._changed: dict[int, tuple[int, PdfObject]] = {}
        known = [number for numbers in reader.xref.values() for number in numbers]
        self._next = max([*known, *reader.xref_objStm, int(reader.trailer.get("/Size", 0)) - 1]) + 1

    def page(self, number: int) -> DictionaryObject:
        page = self._pages[number]
        place = page.indirect_reference
        if place is None:
            raise _UNWRITABLE
        copy = DictionaryObject(page)
        self._changed[place.idnum] = place.generation, copy
        return copy

    def add(self, value: PdfObject) -> IndirectObject:
        self._changed[self._next] = 0, value
        self._next += 1
        return IndirectObject(self._next - 1, 0, self._reader)

    def written(self) -> bytes:
        if not self._changed:
            return self._data
        out = io.BytesIO()
        out.write(self._data if self._data.endswith((b"\n", b"\r")) else self._data + b"\n")
        places: dict[int, tuple[int, int]] = {}
        for number, (generation, value) in sorted(self._changed.items()):
            places[number] = out.tell(), generation
            out.write(b"%d %d obj\n" % (number, generation))
            value.write_to_stream(out)
            out.write(b"\nendobj\n")
        start = int(re.findall(rb"startxref\s+(\d+)", self._data)[-1])
        old = self._reader.trailer
        trailer = DictionaryObject({NameObject(key): old.raw_get(key) for key in ("/Root", "/Info", "/ID") if key in old})
        trailer[NameObject("/Prev")] = NumberObject(start)
        if re.match(rb"\s*xref", self._data[start : start + 32]):
            self._write_table(out, places, trailer)
        else:
            self._write_stream(out, places, trailer)
        return out.getvalue()

    def _write_table(self, out: io.BytesIO, places: dict[int, tuple[int, int]], trailer: DictionaryObject) -> None:
        start = out.tell()
        out.write(b"xref\n")
        for number, (place, generation) in places.items():
            out.write(b"%d 1\n%010d %05d n \n" % (number, place, generation))
        trailer[NameObject("/Size")] = NumberObject(self._next)
        out.write(b"trailer\n")
        trailer.write_to_stream(out)
        out.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)

    def _write_stream(self, out: io.BytesIO, places: dict[int, tuple[int, int]], trailer: DictionaryObject) -> None:
        start, number = out.tell(), self._next
        places = {**places, number: (start, 0)}
        index = DecodedStreamObject()
        index.update(trailer)
        index[NameObject("/Type")] = NameObject("/XRef")
        index[NameObject("/Size")] = NumberObject(number + 1)
        index[NameObject("/W")] = ArrayObject(map(NumberObject, (1, 4, 2)))
        index[NameObject("/Index")] = ArrayObject(NumberObject(value) for known in places for value in (known, 1))
        index.set_data(b"".join(struct.pack(">BIH", 1, place, generation) for place, generation in places.values()))
        out.write(b"%d 0 obj\n" % number)
        index.write_to_stream(out)
        out.write(b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)


class _Rewriting(_Pages):
    """The file written as a whole, mended and without encryption."""

    def __init__(self, reader: PdfReader) -> None:
        self._writer = PdfWriter(clone_from=reader)
        super().__init__(self._writer)

    def page(self, number: int) -> DictionaryObject:
        return self._pages[number]

    def add(self, value: PdfObject) -> IndirectObject:
        return self._writer._add_object(value)

    def written(self) -> bytes:
        out = io.BytesIO()
        self._writer.write(out)
        return out.getvalue()


def _write(target: _Target, notes: Sequence[Note], lang: str) -> None:
    """Put the notes on their pages in place of those an earlier run left there."""
    stickies: dict[int, list[Note]] = defaultdict(list)
    highlights: dict[int, list[tuple[Note, tuple[Box, ...]]]] = defaultdict(list)
    for note in notes:
        boxed = _boxes(note, target.count)
        if not boxed:
            first = next((place.page - 1 for place in note.places if isinstance(place, PageLocation)), 0)
            stickies[first if first < target.count else 0].append(note)
        pages = list(boxed)
        for number, boxes in boxed.items():
            highlights[number].append((_going_on(note, pages[0], lang) if number != pages[0] else note, boxes))
    for number in range(target.count):
        others, had_ours = _others(target.seen(number))
        if not (had_ours or number in stickies or number in highlights):
            continue
        frame = target.frame(number)
        ours: list[PdfObject] = []
        for at, note in enumerate(stickies[number]):
            ours += _noted(target, _sticky(frame, at), note, frame, f"{number + 1}.s{at + 1}")
        for at, (note, boxes) in enumerate(highlights[number]):
            ours += _noted(target, _highlight(target, note, frame, boxes), note, frame, f"{number + 1}.{at + 1}")
        target.page(number)[NameObject("/Annots")] = ArrayObject([*others, *ours])


def _boxes(note: Note, count: int) -> dict[int, tuple[Box, ...]]:
    """Return the boxes of a note by page, from 0, in the order of its places."""
    found: dict[int, tuple[Box, ...]] = {}
    for place in note.places:
        if isinstance(place, PageLocation) and place.boxes and place.page <= count:
            found[place.page - 1] = found.get(place.page - 1, ()) + place.boxes
    return found


def _going_on(note: Note, first: int, lang: str) -> Note:
    head = f"（接第{first + 1}页）" if lang == "zh" else f"(continued from page {first + 1}) "
    return Note(note.places, note.severity, note.title, head + note.text)


def _others(page: DictionaryObject) -> tuple[list[PdfObject], bool]:
    """Return the notes of a page that are not ours, and whether it had any of ours."""
    entries = page.get("/Annots")
    entries = list(entries.get_object()) if entries is not None else []
    others = [entry for entry in entries if not _is_ours(entry.get_object())]
    return others, len(others) < len(entries)


def _is_ours(note: PdfObject) -> bool:
    if not isinstance(note, DictionaryObject):
        return False
    parent = note.get("/Parent") if note.get("/Subtype") == "/Popup" else note
    parent = parent.get_object() if parent is not None else note
    return isinstance(parent, DictionaryObject) and parent.get("/T") == AUTHOR


def _noted(target: _Target, note_object: DictionaryObject, note: Note, frame: Frame, name: str) -> Iterator[PdfObject]:
    """Yield a note and its pop-up, which beside most viewers' own list shows the whole text."""
    place = target.add(note_object)
    _, _, x, y = map(float, cast(ArrayObject, note_object["/Rect"]))
    left = max(frame.left, min(x, frame.right - _POPUP_WIDTH))
    popup = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/Popup"),
        NameObject("/Parent"): place,
        NameObject("/Rect"): _numbers(left, y - _POPUP_HEIGHT, left + _POPUP_WIDTH, y),
        NameObject("/Open"): BooleanObject(False),
        NameObject("/F"): NumberObject(_STICKY),
    })  # fmt: skip
    popup_place = target.add(popup)
    note_object.update({
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/T"): TextStringObject(AUTHOR),
        NameObject("/Subj"): TextStringObject(note.title),
        NameObject("/Contents"): TextStringObject(note.text),
        NameObject("/NM"): TextStringObject(f"{AUTHOR}-{name}"),
        NameObject("/C"): _numbers(*_COLOURS[note.severity]),
        NameObject("/Popup"): popup_place,
    })  # fmt: skip
    yield place
    yield popup_place


def _sticky(frame: Frame, at: int) -> DictionaryObject:
    top = _STICKY_AT + at * _STICKY_STEP
    x, y = frame.in_file(_STICKY_AT, top)
    other_x, other_y = frame.in_file(_STICKY_AT + _STICKY_SIZE, top + _STICKY_SIZE)
    return DictionaryObject({
        NameObject("/Subtype"): NameObject("/Text"),
        NameObject("/Rect"): _numbers(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)),
        NameObject("/Name"): NameObject("/Comment"),
        NameObject("/F"): NumberObject(_STICKY),
    })  # fmt: skip


def _highlight(target: _Target, note: Note, frame: Frame, boxes: tuple[Box, ...]) -> DictionaryObject:
    quads = [
        [frame.in_file(x, y) for x, y in ((left, top), (right, top), (left, bottom), (right, bottom))] for left, top, right, bottom in boxes
    ]
    xs, ys = zip(*(point for quad in quads for point in quad), strict=True)
    rect = _numbers(min(xs), min(ys), max(xs), max(ys))
    return DictionaryObject({
        NameObject("/Subtype"): NameObject("/Highlight"),
        NameObject("/Rect"): rect,
        NameObject("/QuadPoints"): _numbers(*(edge for quad in quads for point in quad for edge in point)),
        NameObject("/F"): NumberObject(_PRINTED),
        NameObject("/AP"): DictionaryObject({NameObject("/N"): target.add(_marker(note, rect, quads))}),
    })  # fmt: skip


def _marker(note: Note, rect: ArrayObject, quads: list[list[tuple[float, float]]]) -> DecodedStreamObject:
    """Return how a highlight looks, since not every viewer draws one by itself: colour that lets the letters through."""
    colour = " ".join(f"{part:g}" for part in _COLOURS[note.severity])
    areas = [
        " ".join(f"{x:.2f} {y:.2f} {step}" for (x, y), step in zip((one, other, last, third), "mlll", strict=True)) + " f"
        for one, other, third, last in quads
    ]
    form = DecodedStreamObject()
    form.set_data(f"/M gs {colour} rg\n{chr(10).join(areas)}".encode())
    blend = DictionaryObject({NameObject("/Type"): NameObject("/ExtGState"), NameObject("/BM"): NameObject("/Multiply")})
    form.update({
        NameObject("/Type"): NameObject("/XObject"),
        NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): rect,
        NameObject("/Resources"): DictionaryObject({NameObject("/ExtGState"): DictionaryObject({NameObject("/M"): blend})}),
    })  # fmt: skip
    return form


def _numbers(*values: float) -> ArrayObject:
    return ArrayObject(FloatObject(f"{value:.2f}") for value in values)
