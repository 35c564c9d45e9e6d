"""A workbook of Excel 97 to 2003, or of WPS (.xls, .et), → its cells as shown ([MS-XLS], BIFF8), read like those of an .xlsx.

Older ones than Excel 97 are left to LibreOffice; what is no such workbook at all (a web page under this name) is taken as what it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from assesslint.documents.converted import read_converted
from assesslint.documents.limits import Limits
from assesslint.documents.model import Document, Remark
from assesslint.documents.recognised import OLE
from assesslint.documents.unreadable import UnreadableError
from assesslint.documents.workbooks.cells import LAST_COLUMN, LAST_ROW, Area
from assesslint.documents.workbooks.compound import DAMAGED, Compound
from assesslint.documents.workbooks.drawing import Shape
from assesslint.documents.workbooks.grid import Grid, too_many_cells
from assesslint.documents.workbooks.sheets import RawCell, RawSheet, Showing, document_of, formats_of, grid_of, remark

_BIFF8 = 0x0600
_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_FILEPASS, _DATEMODE, _SHEET, _SST, _FORMAT, _STYLE = 0x002F, 0x0022, 0x0085, 0x00FC, 0x041E, 0x00E0
_LABELSST, _LABEL, _RICH_LABEL, _NUMBER, _RK, _MULRK, _BOOLERR, _FORMULA, _STRING = (
    0x00FD, 0x0204, 0x00D6, 0x0203, 0x027E, 0x00BD, 0x0205, 0x0006, 0x0207,
)  # fmt: skip
_ROW, _COLUMNS, _MERGED, _HEADER, _FOOTER, _DRAWING, _OBJECT, _TEXT = 0x0208, 0x007D, 0x00E5, 0x0014, 0x0015, 0x00EC, 0x005D, 0x01B6
"""The numbers of records, by what they hold."""

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_KINDS = {1: ("宏表", "macros"), 2: ("图表", "a chart"), 6: ("宏代码", "code")}
_STATES = 3
_CODE = 6
_NOTE, _CELL_NOTE = 0x19, 0x1C
_OBJECT_KINDS = {5: "chart", 8: "picture"}
_ANCHOR = b"\x10\xf0\x12\x00\x00\x00"
"""How the place of a shape begins in the record of its drawing: 18 bytes follow."""

Record = tuple[int, list[bytes]]
"""Its number, its data and those of the records that go on with it."""


def read_xls(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document that a workbook is. Raises UnreadableError."""
    stream = _stream(data)
    if not stream:
        return read_converted(path, data, limits)
    remarks: list[Remark] = []
    try:
        grids = list(_Workbook(stream, limits).grids(remarks))
    except (struct.error, IndexError) as error:  # a record ends before what it must hold
        raise DAMAGED from error
    return document_of(path, grids, remarks, limits)


def _stream(data: bytes) -> bytes:
    """Return the stream with the sheets, empty where there is none or it is older."""
    if not data.startswith(OLE):
        return b""
    file = Compound(data)
    stream = file.stream("Workbook") if "Workbook" in file else b""
    return stream if len(stream) > 6 and struct.unpack_from("<HxxH", stream) == (_BOF, _BIFF8) else b""


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Yield the records of the part that begins at a place, those of charts within it left out."""
    depth = 0
    pending: Record | None = None
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if number == _CONTINUE:
            if pending:
                pending[1].append(data)
            continue
        if pending:
            yield pending
        pending = None
        if number == _BOF:
            depth += 1
        elif number == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            pending = number, [data]
    raise DAMAGED


@dataclass(slots=True)
class _Sheet:
    name: str
    at: int
    state: int
    kind: int


class _Workbook:
    def __init__(self, stream: bytes, limits: Limits) -> None:
        self.stream = stream
        self.limits = limits
        self.sheets: list[_Sheet] = []
        self.strings: list[str] = []
        formats: dict[int, str] = {}
        numbers: list[int] = []
        days_from_1904 = False
        for number, pieces in _records(stream, 0):
            data = pieces[0]
            if number == _FILEPASS:
                raise UnreadableError("文件设有打开密码，请去掉密码后再检查", "the file has a password; remove it and check again")
            if number == _DATEMODE:
                days_from_1904 = data[:1] == b"\1"
            elif number == _SHEET:
                at, state, kind = struct.unpack_from("<IBB", data)
                self.sheets.append(_Sheet(_Text([data], 6).counted(wide=False), at, state & _STATES, kind))
            elif number == _SST:
                self.strings = self._shared(pieces)
            elif number == _FORMAT:
                formats[struct.unpack_from("<H", data)[0]] = _Text(pieces, 2).counted()
            elif number == _STYLE:
                numbers.append(struct.unpack_from("<H", data, 2)[0])
        self.showing = Showing(self.strings, formats_of(formats, numbers), days_from_1904)

    def _shared(self, pieces: list[bytes]) -> list[str]:
        (count,) = struct.unpack_from("<I", pieces[0], 4)
        if count > self.limits.max_cells:
            raise too_many_cells(self.limits)
        text = _Text(pieces, 8)
        return [text.counted() for _ in range(count)]

    def grids(self, remarks: list[Remark]) -> Iterator[Grid]:
        cells = 0
        starts = sorted(sheet.at for sheet in self.sheets)
        ends = dict(zip(starts, [*starts[1:], len(self.stream)], strict=True))
        if len(ends) < len(starts):
            raise DAMAGED  # no part may be read for many sheets
        for sheet in self.sheets:
            if sheet.kind == _CODE:
                continue
            if sheet.kind:
                zh, en = _KINDS.get(sheet.kind, ("其他内容", "something else"))
                said = f"里没有单元格，是{zh}，没有读", f"has no cells but is {en}; it was not read"
                remarks.append(remark("unread-object", sheet.name, *said))
                continue
            reader = _SheetReader(self.limits, cells)
            for number, pieces in _records(self.stream[: ends[sheet.at]], sheet.at):
                reader.take(number, pieces)
            cells += len(reader.raw.cells)
            grid = grid_of(sheet.name, sheet.state > 0, reader.raw, reader.shapes, self.showing, remarks)
            if grid:
                yield grid


@dataclass(slots=True)
class _SheetReader:
    limits: Limits
    cells_before: int
    raw: RawSheet = field(default_factory=RawSheet)
    shapes: list[Shape] = field(default_factory=list)
    formula: tuple[int, int, int] | None = None
    """Row, column and style of a formula whose text comes in the next record."""
    drawing: bytes = b""
    object_kind: int = 0
    object_number: int = 0
    words_of_notes: dict[int, str] = field(default_factory=dict)
    """What notes say, by the number of their shape; the cells come behind."""

    def take(self, number: int, pieces: list[bytes]) -> None:
        """Take in a record of the sheet."""
        data = pieces[0]
        if number in (_LABELSST, _LABEL, _RICH_LABEL, _NUMBER, _RK, _BOOLERR, _FORMULA):
            self._cell(number, pieces)
        elif number == _MULRK:
            row, first = struct.unpack_from("<HH", data)
            for at in range(4, len(data) - 7, 6):
                style, value = struct.unpack_from("<HI", data, at)
                self._add(row, first + (at - 4) // 6, style, "n", _rk(value))
        elif number == _STRING and self.formula:
            row, column, style = self.formula
            self._add(row, column, style, "str", _Text(pieces, 0).counted(), "")
            self.formula = None
        elif number == _ROW:
            row, height, flags = struct.unpack_from("<H4xH4xH", data)
            if flags & 0x20 or height & 0x7FFF == 0:
                self.raw.hidden_rows.add(row + 1)
        elif number == _COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<5H", data)
            if flags & 1 or width == 0:
                self.raw.hidden_columns.append((first + 1, last + 1))
        elif number == _MERGED:
            for at in range(struct.unpack_from("<H", data)[0]):
                top, bottom, left, right = struct.unpack_from("<4H", data, 2 + at * 8)
                self.raw.merged.append(Area(top + 1, left + 1, bottom + 1, right + 1))
            if len(self.raw.merged) > self.limits.max_cells:
                raise too_many_cells(self.limits)
        elif number in (_HEADER, _FOOTER):
            self.raw.printed.append(_Text(pieces, 0).counted() if len(data) > 2 else "")
        else:
            self._draw(number, pieces)

    def _cell(self, number: int, pieces: list[bytes]) -> None:
        data = pieces[0]
        row, column, style = struct.unpack_from("<HHH", data)
        if number == _LABELSST:
            self._add(row, column, style, "s", str(struct.unpack_from("<I", data, 6)[0]))
        elif number in (_LABEL, _RICH_LABEL):
            self._add(row, column, style, "str", _Text(pieces, 6).counted())
        elif number == _NUMBER:
            self._add(row, column, style, "n", repr(struct.unpack_from("<d", data, 6)[0]))
        elif number == _RK:
            self._add(row, column, style, "n", _rk(struct.unpack_from("<I", data, 6)[0]))
        elif number == _BOOLERR:
            self._add(row, column, style, *_bool_or_error(data[6], data[7] != 0))
        elif data[12:14] != b"\xff\xff":
            self._add(row, column, style, "n", repr(struct.unpack_from("<d", data, 6)[0]), "")
        elif data[6] == 0:
            self.formula = row, column, style
        elif data[6] in (1, 2):
            self._add(row, column, style, *_bool_or_error(data[8], data[6] == 2), "")

    def _add(self, row: int, column: int, style: int, kind: str, value: str, formula: str | None = None) -> None:
        if len(self.raw.cells) + self.cells_before >= self.limits.max_cells:
            raise too_many_cells(self.limits)
        self.raw.cells.setdefault((row + 1, column + 1), RawCell(kind, value, style, formula, False))

    def _draw(self, number: int, pieces: list[bytes]) -> None:
        """Take in a record of the drawing: a shape's place, then its kind, then its text, if any; that of a note belongs to its cell."""
        data = pieces[0]
        if number == _DRAWING:
            self.drawing = data
        elif number == _OBJECT:
            self.object_kind, self.object_number = struct.unpack_from("<HH", data, 4)
            if kind := _OBJECT_KINDS.get(self.object_kind):
                self._shape(kind, "")
        elif number == _CELL_NOTE:
            row, column, shape = struct.unpack_from("<HH2xH", data)
            self.raw.notes.append((row + 1, column + 1, _Text(pieces, 8).counted(), self.words_of_notes.get(shape, "")))
        elif number == _TEXT and len(pieces) > 1:
            (length,) = struct.unpack_from("<H", data, 10)
            text = _Text(pieces[1:], 0)
            words = text.characters(length, text.take(1)[0] & 1).replace("\r", "\n")
            if self.object_kind == _NOTE:
                self.words_of_notes[self.object_number] = words
            elif words.strip():
                self._shape("text", words)

    def _shape(self, kind: str, text: str) -> None:
        at = self.drawing.rfind(_ANCHOR)
        row = column = 0
        with suppress(struct.error):
            column, row = struct.unpack_from("<H2xH", self.drawing, at + 8) if at >= 0 else (0, 0)
        self.shapes.append(Shape(kind, min(row + 1, LAST_ROW), min(column + 1, LAST_COLUMN), text, False))


def _rk(value: int) -> str:
    """Return a number kept in 30 bits: a whole one, or the upper bits of a float; perhaps a hundredfold."""
    number: float
    if value & 2:
        number = (value - (1 << 32) if value & 1 << 31 else value) >> 2
    else:
        (number,) = struct.unpack("<d", struct.pack("<II", 0, value & ~3))
    return repr(number / 100 if value & 1 else number)


def _bool_or_error(value: int, is_error: bool) -> tuple[str, str]:
    return ("e", _ERRORS.get(value, "#N/A")) if is_error else ("b", str(value))


class _Text:
    """Reads strings from the data of a record and of those that go on with it."""

    def __init__(self, pieces: list[bytes], at: int) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = at

    def counted(self, *, wide: bool = True) -> str:
        """Return the string that begins here with the number of its characters, in two bytes where `wide`; what is not text is passed."""
        length = struct.unpack("<H", self.take(2))[0] if wide else self.take(1)[0]
        flags = self.take(1)[0]
        runs = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
        text = self.characters(length, flags & 1)
        self.take(4 * runs)
        self.take(extra)
        return text

    def characters(self, length: int, double: int) -> str:
        """Return so many characters; where a string goes on in the next piece, that says anew how wide they are."""
        texts: list[str] = []
        while length:
            size = 2 if double else 1
            room = (len(self._pieces[self._piece]) - self._at) // size
            if room <= 0:
                self._piece, self._at = self._piece + 1, 1
                double = self._pieces[self._piece][0] & 1
                continue
            taken = min(length, room)
            piece = self._pieces[self._piece][self._at : self._at + taken * size]
            texts.append(piece.decode("utf-16-le" if double else "latin-1", "replace"))
            self._at += taken * size
            length -= taken
        return "".join(texts)

    def take(self, size: int) -> bytes:
        """Return so many bytes. Raises IndexError where there are fewer."""
        taken = b""
        while len(taken) < size:
            piece = self._pieces[self._piece]
            part = piece[self._at : self._at + size - len(taken)]
            taken += part
            self._at += len(part)
            if len(taken) < size:
                self._piece, self._at = self._piece + 1, 0
        return taken
