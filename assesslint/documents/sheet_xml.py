"""The XML of a sheet, and of the strings its workbook shares → cells as the file writes them, in one pass and without a tree.

A sheet may have a million rows with nothing in them. What holds nothing is forgotten at once, so memory goes with what was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from assesslint.documents.cells import LAST_COLUMN, LAST_ROW, Area, area, row_and_column
from assesslint.documents.grid import too_many_cells
from assesslint.documents.limits import Limits
from assesslint.documents.package import Package
from assesslint.documents.unreadable import UnreadableError

Attributes = dict[str, str]

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)


@dataclass(slots=True)
class RawCell:
    """`kind` as in the file: `s` a shared string by its number, `str` the text of a formula, `n`, `b`, `e`, `d`, `inlineStr`."""

    kind: str
    value: str
    style: int
    formula: str | None
    rich: bool
    """The value stands for something else, such as a picture in the cell."""


@dataclass(slots=True)
class RawSheet:
    """`cells` by row and column, in the file's order; `hidden_rows` those of them that hold something."""

    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    printed: list[str] = field(default_factory=list)
    """Headers and footers of the printed page, as codes and words."""


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
    """Call handlers by the tags of an XML part, read piece by piece; only tags with the prefix of the root are looked at."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def on_root(name: str, _: Attributes) -> None:
        prefix = name[: name.find(":") + 1]
        on_start = {prefix + tag: handler for tag, handler in starts.items()}.get
        on_end = {prefix + tag: handler for tag, handler in ends.items()}.get

        def start(name: str, attributes: Attributes) -> None:
            if handler := on_start(name):
                handler(attributes)

        def end(name: str) -> None:
            if handler := on_end(name):
                handler()

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = on_text

    def on_doctype(*_: object) -> None:
        zh = f"部件 {part} 带有实体声明（DTD），不是正常的办公文件，没有读取"
        raise UnreadableError(zh, f"the part {part} declares entities (a DTD), which no office file does; it was not read")

    parser.StartElementHandler = on_root
    parser.StartDoctypeDeclHandler = on_doctype
    try:
        for piece in package.stream(part):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        zh, en = f"部件 {part} 不是完整的 XML，文件已损坏", f"the part {part} is no complete XML; the file is damaged"
        raise UnreadableError(zh, en) from error


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
        self.row = self.column = 0
        self.next_column = 1
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
            if _is_number(first) and _is_number(last) and int(last) >= self.next_column:
                self.sheet.hidden_columns.update(range(max(int(first), self.next_column), min(int(last), LAST_COLUMN) + 1))
                self.next_column = max(self.next_column, int(last) + 1)

    def _start_row(self, attributes: Attributes) -> None:
        given = attributes.get("r", str(self.row + 1))
        if not _is_number(given) or not 0 < int(given) <= LAST_ROW:
            raise _no_such_place(given)
        self.row, self.column = int(given), 0
        self.row_hidden = _true(attributes.get("hidden")) or attributes.get("ht") == "0"

    def _start_cell(self, attributes: Attributes) -> None:
        self.cell = attributes

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
        value, formula, self.value, self.formula = self.value or self.taken(), self.formula, "", None
        given = self.cell.get("r")
        place = row_and_column(given) if given else (self.row, self.column + 1)
        if place is None or place[1] > LAST_COLUMN or place in self.sheet.cells:
            raise _no_such_place(given or "")
        self.row, self.column = place
        if not value and formula is None:
            return
        if len(self.sheet.cells) >= self.room:
            raise too_many_cells(self.limits)
        style = self.cell.get("s", "")
        kind = self.cell.get("t", "n")
        self.sheet.cells[place] = RawCell(kind, value, int(style) if _is_number(style) else 0, formula, "vm" in self.cell)
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


_PRINTED = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def unescaped(text: str) -> str:
    """Return text with the characters that XML cannot hold (`_x000D_`) as such, and every line end as one."""
    if "_x" in text:
        text = _ESCAPED.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code in _SURROGATES else chr(code)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _true(text: str | None) -> bool:
    return text in ("1", "true")
