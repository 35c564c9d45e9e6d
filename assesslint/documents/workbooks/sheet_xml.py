"""The XML of a sheet, and of the strings its workbook shares → cells as the file writes them, in one pass and without a tree.

A sheet may have a million rows with nothing in them. What holds nothing is forgotten at once, so memory goes with what was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

from assesslint.documents.limits import Limits
from assesslint.documents.package import DECLARES, NO_MEMORY, TRUNCATED, Package
from assesslint.documents.unreadable import UnreadableError
from assesslint.documents.workbooks.cells import LAST_COLUMN, LAST_ROW, area, is_number, row_and_column
from assesslint.documents.workbooks.grid import too_many_cells
from assesslint.documents.workbooks.sheets import RawCell, RawSheet

Attributes = dict[str, str]

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)
_OUT_OF_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]


def _no_such_place(given: str) -> UnreadableError:
    return UnreadableError(
        f"工作表中的单元格地址 {given[:20]!r} 不存在或重复，文件已损坏；请在 Excel 或 WPS 中重新保存一份再检查",
        f"a sheet has a cell at {given[:20]!r}, which is no address or is given twice: the file is damaged; save it anew and check that",
    )


def read_sheet(package: Package, part: str, limits: Limits, cells_before: int) -> RawSheet:
    """Return what a sheet holds. `cells_before` were read from other sheets of the workbook."""
    handler = _SheetHandler(limits, cells_before)
    parse(package, part, handler.starts, handler.ends, handler.on_text)
    return handler.sheet


def read_first_row(package: Package, part: str, limits: Limits) -> RawSheet:
    """Return what stands in the first row of a sheet; the rest is not looked at."""
    handler = _FirstRowHandler(limits, 0)
    with suppress(_SeenEnough):
        parse(package, part, handler.starts, handler.ends, handler.on_text)
    return handler.sheet


@dataclass(slots=True)
class SheetFrame:
    """What notes on the cells of a sheet need of its XML.

    `legacy_drawing` is the id of the relation to the drawing of its notes, `insert_at` the byte where a reference to one belongs.
    Heights of rows and widths of columns that are not the usual ones are in pixels.
    """

    legacy_drawing: str = ""
    insert_at: int = 0
    row_height: float = 20
    column_width: float = 64
    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)


def frame_of(data: bytes) -> SheetFrame:
    """Return the frame of a sheet, given as the bytes of its part."""
    return _FrameHandler(data).frame


def read_shared_strings(package: Package, part: str, limits: Limits) -> list[str]:
    """Return the strings that cells name by number, without the readings (ruby) of their characters."""
    handler = _StringsHandler(limits)
    parse(package, part, handler.starts, handler.ends, handler.on_text)
    return handler.strings


def parse(
    package: Package,
    part: str,
    starts: dict[str, Callable[[Attributes], None]],
    ends: dict[str, Callable[[], None]],
    on_text: Callable[[str], None],
) -> None:
    """Call handlers by the tags of an XML part, read piece by piece. A tag given without a prefix has that of the root."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def on_root(name: str, _: Attributes) -> None:
        prefix = name[: name.find(":") + 1]
        on_start = {tag if ":" in tag else prefix + tag: handler for tag, handler in starts.items()}.get
        on_end = {tag if ":" in tag else prefix + tag: handler for tag, handler in ends.items()}.get

        def start(name: str, attributes: Attributes) -> None:
            if handler := on_start(name):
                handler(attributes)

        def end(name: str) -> None:
            if handler := on_end(name):
                handler()

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = on_text

    parser.StartElementHandler = on_root
    _run(parser, package.stream(part))


def _run(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    def on_doctype(*_: object) -> None:
        raise DECLARES

    parser.StartDoctypeDeclHandler = on_doctype
    try:
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NO_MEMORY if getattr(error, "code", 0) == _OUT_OF_MEMORY else TRUNCATED from error


class _TextHandler:
    """Gathers the text of `t`, but not that of the readings beside it."""

    def __init__(self) -> None:
        self.listening = False
        self.in_reading = False
        self.texts: list[str] = []
        self.starts: dict[str, Callable[[Attributes], None]] = {"t": self._start_text, "rPh": self._start_reading}
        self.ends: dict[str, Callable[[], None]] = {"t": self.stop_listening, "rPh": self._end_reading}

    def on_text(self, text: str) -> None:
        if self.listening:
            self.texts.append(text)

    def taken(self) -> str:
        text = "".join(self.texts)
        self.texts.clear()
        return unescaped(text)

    def stop_listening(self) -> None:
        self.listening = False

    def _start_text(self, _: Attributes) -> None:
        self.listening = not self.in_reading

    def _start_reading(self, _: Attributes) -> None:
        self.in_reading = True

    def _end_reading(self) -> None:
        self.in_reading = False


class _StringsHandler(_TextHandler):
    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits
        self.strings: list[str] = []
        self.ends["si"] = self._end_string

    def _end_string(self) -> None:
        if len(self.strings) >= self.limits.max_cells:
            raise too_many_cells(self.limits)
        self.strings.append(self.taken())


class _SheetHandler(_TextHandler):
    def __init__(self, limits: Limits, cells_before: int) -> None:
        super().__init__()
        self.sheet = RawSheet()
        self.limits = limits
        self.room = limits.max_cells - cells_before
        self.row = 0
        self.last_address, self.cells_after = "", 0
        self.row_hidden = False
        self.cell: Attributes = {}
        self.value = ""
        self.formula: str | None = None
        self.starts |= {
            "col": self._column_properties, "row": self._start_row, "c": self._start_cell, "v": self._start_value, "f": self._start_formula,
            "mergeCell": self._merge, **dict.fromkeys(_PRINTED, self._start_value),
        }  # fmt: skip
        self.ends |= {"c": self._end_cell, "v": self._end_value, "f": self._end_formula, **dict.fromkeys(_PRINTED, self._end_printed)}

    def _column_properties(self, attributes: Attributes) -> None:
        if _true(attributes.get("hidden")) or attributes.get("width") == "0":
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if is_number(first) and is_number(last) and len(self.sheet.hidden_columns) < LAST_COLUMN:
                self.sheet.hidden_columns.append((int(first), int(last)))

    def _start_row(self, attributes: Attributes) -> None:
        given = attributes.get("r", str(self.row + 1))
        if not is_number(given) or not 0 < int(given) <= LAST_ROW:
            raise _no_such_place(given)
        self.row = int(given)
        self.last_address, self.cells_after = "", 0
        self.row_hidden = _true(attributes.get("hidden")) or attributes.get("ht") == "0"

    def _start_cell(self, attributes: Attributes) -> None:
        self.cell = attributes
        if "r" in attributes:
            self.last_address, self.cells_after = attributes["r"], 0
        else:
            self.cells_after += 1

    def _start_value(self, _: Attributes) -> None:
        self.listening = True

    def _start_formula(self, _: Attributes) -> None:
        self.listening = True

    def _end_value(self) -> None:
        self.listening = False
        self.value = self.taken()

    def _end_formula(self) -> None:
        self.listening = False
        self.formula = self.taken()

    def _end_cell(self) -> None:
        if not (self.value or self.texts) and self.formula is None:
            return
        value, formula, self.value, self.formula = self.value or self.taken(), self.formula, "", None
        row, column = (row_and_column(self.last_address) or (0, 0)) if self.last_address else (self.row, 0)
        place = row, column + self.cells_after
        if not row or place[1] > LAST_COLUMN or place in self.sheet.cells:
            raise _no_such_place(self.last_address)
        self.row = row
        if len(self.sheet.cells) >= self.room:
            raise too_many_cells(self.limits)
        style = self.cell.get("s", "")
        kind = self.cell.get("t", "n")
        self.sheet.cells[place] = RawCell(kind, value, int(style) if is_number(style) else 0, formula, "vm" in self.cell)
        if self.row_hidden:
            self.sheet.hidden_rows.add(self.row)

    def _merge(self, attributes: Attributes) -> None:
        found = area(attributes.get("ref", ""))
        if found and (found.top, found.left) != (found.bottom, found.right):
            self.sheet.merged.append(found)
            if len(self.sheet.merged) > self.limits.max_cells:
                raise too_many_cells(self.limits)

    def _end_printed(self) -> None:
        self.listening = False
        self.sheet.printed.append(self.taken())


class _SeenEnough(Exception):  # noqa: N818 – it is no error
    pass


class _FirstRowHandler(_SheetHandler):
    def _start_row(self, attributes: Attributes) -> None:
        super()._start_row(attributes)
        if self.row > 1:
            raise _SeenEnough


_AFTER_NOTES = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst", "AlternateContent")
)
"""What stands in a sheet's XML behind the reference to the drawing of its notes."""


class _FrameHandler:
    def __init__(self, data: bytes) -> None:
        self.frame = SheetFrame()
        self.depth = 0
        self.behind_cells = False
        self.next_column = 1
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        _run(self.parser, [data])

    def _start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        tag = name.rpartition(":")[2]
        if tag == "row" and ("ht" in attributes or "hidden" in attributes):
            number = attributes.get("r", "")
            if is_number(number):
                self.frame.heights[int(number)] = 0 if _true(attributes.get("hidden")) else _size(attributes.get("ht"), 15) * 4 / 3
        elif self.depth != 2:
            if tag == "col":
                self._columns(attributes)
        elif tag == "sheetFormatPr":
            self.frame.row_height = _size(attributes.get("defaultRowHeight"), 15) * 4 / 3
            self.frame.column_width = _pixels(_size(attributes.get("defaultColWidth"), 8.43))
        elif tag == "legacyDrawing":
            self.frame.legacy_drawing = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        elif self.behind_cells and tag in _AFTER_NOTES and not self.frame.insert_at:
            self.frame.insert_at = self.parser.CurrentByteIndex

    def _columns(self, attributes: Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if is_number(first) and is_number(last):
            width = 0 if _true(attributes.get("hidden")) else _pixels(_size(attributes.get("width"), 8.43))
            for column in range(max(self.next_column, int(first)), min(int(last), LAST_COLUMN) + 1):
                self.frame.widths[column] = width
                self.next_column = column + 1

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.depth == 1 and name.rpartition(":")[2] == "sheetData":
            self.behind_cells = True
        elif self.depth == 0 and not self.frame.insert_at:
            self.frame.insert_at = self.parser.CurrentByteIndex


def _size(text: str | None, usual: float) -> float:
    try:
        size = float(text or usual)
    except ValueError:
        return usual
    return min(max(size, 0), 500) if size == size else usual


def _pixels(characters: float) -> float:
    return int(characters * 7) + 5


_PRINTED = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def unescaped(text: str) -> str:
    """Return text with the characters that XML cannot hold (`_x000D_`) as such, and every line end as one."""
    if "_x" in text:
        text = _ESCAPED.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code in _SURROGATES else chr(code)


def _true(text: str | None) -> bool:
    return text in ("1", "true")
