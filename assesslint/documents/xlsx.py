"""A workbook of Excel or WPS (.xlsx, .xlsm, .xltx, .xltm) → its cells as shown, sheet by sheet.

Formulas are not worked out: what the file keeps as their value is read. Notes and comments on cells are no part of the draft; neither is
the sheet of opinions that we added. Hidden sheets, rows and columns are read, and said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assesslint.documents.cells import address, column_name, named, ranges
from assesslint.documents.drawing import Shape, shapes_of
from assesslint.documents.grid import MOST_NAMED, Grid, TextBox, blocks_of
from assesslint.documents.limits import Limits
from assesslint.documents.model import Document, Remark
from assesslint.documents.number_format import BUILT_IN, GENERAL, shown_number, shown_text
from assesslint.documents.package import Package
from assesslint.documents.sheet_xml import RawCell, RawSheet, read_first_row, read_shared_strings, read_sheet
from assesslint.documents.transcript import Transcript
from assesslint.documents.workbook import Sheet, Workbook, holds_opinions, read_workbook, relations_of
from assesslint.text.location import CellLocation

_PICTURE_IN_CELL = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
"""How WPS writes a picture that is put into a cell."""
_PRINT_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[A-Za-z])')
_LONGEST_PRINTED = 200
_CONTROL = re.compile(rb'ObjectType="(?!Note")(\w{1,20})"')

_SHEET_KINDS = {
    "chartsheet": ("图表", "a chart"), "dialogsheet": ("对话框", "a dialog"), "xlMacrosheet": ("宏表", "macros"),
    "xlIntlMacrosheet": ("宏表", "macros"),
}  # fmt: skip
_SHAPE_KINDS = {
    "picture": ("unread-picture", "图片", "a picture"), "chart": ("unread-object", "图表", "a chart"),
    "object": ("unread-object", "嵌入对象", "an embedded object"),
}  # fmt: skip
_FAULTS = {
    "no-value": ("formula-without-value", "是公式，但文件里没有算好的值，没有读；请在 Excel 或 WPS 中打开、保存后再检查",
                 "hold formulas without a value kept in the file and were not read; save it anew in Excel or WPS"),
    "error": ("cell-error", "显示的是错误值，不是内容；请改正公式", "show an error instead of a value; mend the formulas"),
    "lost": ("damaged-cell", "指向不存在的文字，内容已丢失；请核对原稿", "point at words that the file does not hold; they are lost"),
    "picture": ("unread-picture", "里是图片，其中的文字没有读", "hold pictures; words in them were not read"),
    "unshown": ("hidden-text", "的格式不显示内容（如“;;;”），内容已照读", "are formatted to show nothing; they were read all the same"),
}  # fmt: skip
"""What can be wrong with a cell: the remark's id, what is said of the cells."""


def read_xlsx(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document that a workbook is. Raises UnreadableError."""
    package = Package(data, limits)
    reader = Reader(package, limits)
    remarks: list[Remark] = []
    transcript = Transcript()
    grids = list(reader.grids(remarks))
    blocks = tuple(blocks_of(grids, transcript, limits, remarks))
    return Document(transcript.source(path), blocks, remarks=tuple(remarks))


@dataclass(slots=True)
class _Found:
    """What stands in a sheet: texts as shown, and the places of cells that something is wrong with."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


class Reader:
    """Reads the sheets of one workbook."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package = package
        self.limits = limits
        self.workbook: Workbook = read_workbook(package)
        strings = self.workbook.related("sharedStrings")
        self.strings = read_shared_strings(package, strings, limits) if strings else []
        styles = self.workbook.related("styles")
        self.formats = formats_of(package, styles) if styles else []

    def grids(self, remarks: list[Remark]) -> Iterator[Grid]:
        """Yield the sheets that belong to the draft, and add what is to be said of them."""
        cells = 0
        for sheet in self.workbook.sheets:
            if sheet.kind != "worksheet" or not sheet.part:
                remarks.append(_unread_sheet(sheet))
                continue
            raw = read_sheet(self.package, sheet.part, self.limits, cells)
            cells += len(raw.cells)
            found = self._shown(raw)
            if holds_opinions(found.texts.get((1, 1), "")):
                zh = "是上次检查写入的审核意见，不属于方案，没有检查"
                remarks.append(_remark("own-opinions", sheet.name, zh, "holds the opinions of an earlier check and was left out"))
                continue
            shapes = list(self._shapes(sheet))
            remarks += _remarks_on_sheet(sheet, raw, found)
            remarks += _remarks_on_shapes(sheet.name, shapes)
            remarks += self._remarks_on_objects(sheet)
            boxes = [TextBox(shape.row, shape.column, shape.text) for shape in shapes if shape.kind == "text"]
            yield Grid(sheet.name, found.texts, raw.merged, boxes)

    def our_sheets(self) -> Iterator[Sheet]:
        """Yield the sheets that hold our opinions."""
        for sheet in self.workbook.sheets:
            if sheet.kind == "worksheet" and sheet.part:
                first = read_first_row(self.package, sheet.part, self.limits).cells.get((1, 1))
                if first and holds_opinions(self._text(first)[0]):
                    yield sheet

    def _shown(self, raw: RawSheet) -> _Found:
        found = _Found()
        for place, cell in raw.cells.items():
            text, fault = self._text(cell)
            if fault:
                found.faults.setdefault(fault, []).append(place)
            if text.strip():
                found.texts[place] = text
        return found

    def _text(self, cell: RawCell) -> tuple[str, str]:
        """Return what a cell shows, and what is wrong with it, if anything."""
        value, code = cell.value, self.formats[cell.style] if cell.style < len(self.formats) else GENERAL
        if cell.kind == "e":
            return ("", "picture") if cell.rich else (value, "error")
        if cell.formula is not None and _PICTURE_IN_CELL.match(cell.formula or value):
            return "", "picture"
        if cell.formula is not None and not value and cell.kind != "str":
            return "", "no-value"
        if cell.kind == "s":
            if not (value.isascii() and value.strip().isdigit()) or int(value) >= len(self.strings):
                return "", "lost"
            value = self.strings[int(value)]
        if cell.kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE", ""
        if cell.kind == "d":
            return value, ""
        text = shown_number(value, code, self.workbook.days_from_1904) if cell.kind == "n" else shown_text(value, code)
        if value.strip() and not text.strip():
            return value, "unshown"
        return text, ""

    def _shapes(self, sheet: Sheet) -> Iterator[Shape]:
        for relation in relations_of(self.package, sheet.part):
            if relation.kind == "drawing" and relation.target:
                yield from shapes_of(self.package.xml(relation.target))

    def _remarks_on_objects(self, sheet: Sheet) -> Iterator[Remark]:
        """Tell of what a sheet holds beside its drawing: embedded files, controls such as tick boxes."""
        for relation in relations_of(self.package, sheet.part):
            if relation.kind in ("oleObject", "package"):
                yield _remark("unread-object", sheet.name, "里有嵌入的文件，没有读", "holds an embedded file, which was not read")
            elif relation.kind == "vmlDrawing" and relation.target:
                kinds = sorted(set(_CONTROL.findall(self.package.read(relation.target))))
                names = ", ".join(kind.decode() for kind in kinds)
                if names:
                    zh, en = f"里有窗体控件（{names}），上面的文字没有读", f"has controls ({names}); words on them were not read"
                    yield _remark("unread-object", sheet.name, zh, en)


def formats_of(package: Package, part: str) -> list[str]:
    """Return the number format of each style of a cell, by its number."""
    root = package.xml(part)
    own = {element.get("numFmtId", ""): element.get("formatCode", GENERAL) for element in root.iterfind("{*}numFmts/{*}numFmt")}
    numbers = (element.get("numFmtId", "0") for element in root.iterfind("{*}cellXfs/{*}xf"))
    built_in = {str(number): code for number, code in BUILT_IN.items()}
    return [own.get(number) or built_in.get(number, GENERAL) for number in numbers]


def _remark(identifier: str, name: str, zh: str, en: str, place: str = "") -> Remark:
    """Return what is to be said of a sheet, or of a cell of it."""
    return Remark(identifier, f"工作表“{name}”{zh}", f"sheet “{name}” {en}", CellLocation(name, place, 0, 0))


def _unread_sheet(sheet: Sheet) -> Remark:
    if not sheet.part:
        return _remark("unreadable-page", sheet.name, "的内容在文件里缺失，没有读", "is missing from the file and was not read")
    zh, en = _SHEET_KINDS.get(sheet.kind, ("其他内容", "something else"))
    return _remark("unread-object", sheet.name, f"里没有单元格，是{zh}，没有读", f"has no cells but is {en}; it was not read")


def _remarks_on_sheet(sheet: Sheet, raw: RawSheet, found: _Found) -> Iterator[Remark]:
    name = sheet.name
    if sheet.state != "visible" and found.texts:
        yield _remark("hidden-text", name, "是隐藏的，内容已照读", "is hidden; it was read all the same")
    rows = {row for row, _ in found.texts if row in raw.hidden_rows}
    if rows:
        zh, en = named(ranges(rows), MOST_NAMED)
        first = _first(place for place in found.texts if place[0] in rows)
        en = f"has hidden rows ({en}); they were read all the same"
        yield _remark("hidden-text", name, f"的第 {zh} 行是隐藏的，内容已照读", en, first)
    columns = {column for _, column in found.texts} & raw.hidden_columns
    if columns:
        zh, en = named([column_name(column) for column in sorted(columns)], MOST_NAMED)
        first = _first(place for place in found.texts if place[1] in columns)
        en = f"has hidden columns ({en}); they were read all the same"
        yield _remark("hidden-text", name, f"的第 {zh} 列是隐藏的，内容已照读", en, first)
    for fault, places in found.faults.items():
        identifier, said_zh, said_en = _FAULTS[fault]
        zh, en = named([address(*place) for place in places], MOST_NAMED)
        yield _remark(identifier, name, f"的 {zh} {said_zh}", f"has cells that {said_en} ({en})", _first(places[:1]))
    printed = list(dict.fromkeys(filter(None, (" ".join(_PRINT_CODE.sub(" ", text).split()) for text in raw.printed))))
    if any(re.search(r"\w", text) for text in printed):
        words = " / ".join(printed)[:_LONGEST_PRINTED]
        zh, en = f"打印的页眉页脚没有读：{words}", f"has a printed header or footer, which was not read: {words}"
        yield _remark("unread-object", name, zh, en)


def _first(places: Iterable[tuple[int, int]]) -> str:
    return address(*min(places))


def _remarks_on_shapes(name: str, shapes: Iterable[Shape]) -> Iterator[Remark]:
    for shape in shapes:
        place = address(shape.row, shape.column)
        if shape.kind in _SHAPE_KINDS:
            identifier, zh, en = _SHAPE_KINDS[shape.kind]
            en = f"shows {en} here, which was not read; see whether it holds words"
            yield _remark(identifier, name, f"这里的{zh}没有读，其中如有文字请另行核对", en, place)
        elif shape.hidden:
            en = "has a hidden text box here; it was read all the same"
            yield _remark("hidden-text", name, "这里的文本框是隐藏的，内容已照读", en, place)
