"""The cells of a sheet as its file keeps them → what they show, and what is to be said of them: one way for every kind of workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assesslint.documents.comments import Comment, remarks_on
from assesslint.documents.limits import Limits
from assesslint.documents.model import Document, Remark
from assesslint.documents.transcript import Transcript
from assesslint.documents.workbooks.cells import Area, address, between, column_name, is_number, named, ranges
from assesslint.documents.workbooks.drawing import Shape
from assesslint.documents.workbooks.grid import MOST_NAMED, Grid, TextBox, blocks_of
from assesslint.documents.workbooks.number_format import BUILT_IN, GENERAL, shown_number, shown_text
from assesslint.text.location import CellLocation
from assesslint.text.shortened import on_one_line

OPINIONS = {"zh": "审核意见（assesslint）", "en": "Opinions (assesslint)"}
"""The first words of the sheet of opinions that we add to a workbook. By them it is known again: it is no part of the draft."""

_PICTURE_IN_CELL = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
"""How WPS writes a picture that is put into a cell."""
_PRINT_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[A-Za-z])')
_LONGEST_PRINTED = 200

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
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last of each run of them."""
    notes: list[tuple[int, int, str, str]] = field(default_factory=list)
    """Row, column, author and words of each note on a cell."""
    printed: list[str] = field(default_factory=list)
    """Headers and footers of the printed page, as codes and words."""


@dataclass(slots=True)
class _Found:
    """What stands in a sheet: texts as shown, and the places of cells that something is wrong with."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Showing:
    """What the cells of a workbook are shown by: its shared strings, the number format of each style, how it counts days."""

    strings: Sequence[str]
    formats: Sequence[str]
    days_from_1904: bool

    def shown(self, raw: RawSheet) -> _Found:
        found = _Found()
        for place, cell in raw.cells.items():
            text, fault = self.text(cell)
            if fault:
                found.faults.setdefault(fault, []).append(place)
            if text.strip():
                found.texts[place] = text
        return found

    def text(self, cell: RawCell) -> tuple[str, str]:
        """Return what a cell shows, and what is wrong with it, if anything."""
        value, code = cell.value, self.formats[cell.style] if cell.style < len(self.formats) else GENERAL
        if cell.kind == "e":
            return ("", "picture") if cell.rich else (value, "error")
        if cell.formula is not None and _PICTURE_IN_CELL.match(cell.formula or value):
            return "", "picture"
        if cell.formula is not None and not value and cell.kind != "str":
            return "", "no-value"
        if cell.kind == "s":
            if not is_number(value.strip()) or int(value) >= len(self.strings):
                return "", "lost"
            value = self.strings[int(value)]
        if cell.kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE", ""
        if cell.kind == "d":
            return value, ""
        text = shown_number(value, code, self.days_from_1904) if cell.kind == "n" else shown_text(value, code)
        if value.strip() and not text.strip():
            return value, "unshown"
        return text, ""


def holds_opinions(first_cell: str) -> bool:
    """Tell whether a sheet that begins with these words is one of ours."""
    return first_cell.startswith(tuple(OPINIONS.values()))


def formats_of(own: Mapping[int, str], numbers: Iterable[int]) -> list[str]:
    """Return the number format of each style, given the numbers of the formats and those formats that the file defines itself."""
    return [own.get(number) or BUILT_IN.get(number, GENERAL) for number in numbers]


def document_of(path: str, grids: Iterable[Grid], remarks: list[Remark], limits: Limits) -> Document:
    """Return the document that the sheets of a workbook are; `remarks` are complete when all grids were taken."""
    transcript = Transcript(limits)
    blocks = tuple(blocks_of(list(grids), transcript, limits, remarks))
    return Document(transcript.source(path), blocks, remarks=tuple(remarks))


def grid_of(name: str, hidden: bool, raw: RawSheet, shapes: Sequence[Shape], showing: Showing, remarks: list[Remark]) -> Grid | None:
    """Return a sheet as shown, and add what is to be said of it; None for the sheet of opinions that we added."""
    found = showing.shown(raw)
    if holds_opinions(found.texts.get((1, 1), "")):
        zh = "是上次检查写入的审核意见，不属于方案，没有检查"
        remarks.append(remark("own-opinions", name, zh, "holds the opinions of an earlier check and was left out"))
        return None
    remarks += _remarks_on_sheet(name, hidden, raw, found)
    remarks += _remarks_on_shapes(name, shapes)
    remarks += remarks_on(
        Comment(author, words, CellLocation(name, address(row, column), 0, 0)) for row, column, author, words in raw.notes
    )
    boxes = [TextBox(shape.row, shape.column, shape.text) for shape in shapes if shape.kind == "text"]
    return Grid(name, found.texts, raw.merged, boxes)


def remark(identifier: str, name: str, zh: str, en: str, place: str = "") -> Remark:
    """Return what is to be said of a sheet, or of a cell of it."""
    return Remark(identifier, f"工作表“{name}”{zh}", f"sheet “{name}” {en}", CellLocation(name, place, 0, 0))


def _remarks_on_sheet(name: str, hidden: bool, raw: RawSheet, found: _Found) -> Iterator[Remark]:
    if hidden and found.texts:
        yield remark("hidden-text", name, "是隐藏的，内容已照读", "is hidden; it was read all the same")
    rows = {row for row, _ in found.texts if row in raw.hidden_rows}
    if rows:
        zh, en = named(ranges(rows), MOST_NAMED)
        at = _first(place for place in found.texts if place[0] in rows)
        en = f"has hidden rows ({en}); they were read all the same"
        yield remark("hidden-text", name, f"的第 {zh} 行是隐藏的，内容已照读", en, at)
    used = sorted({column for _, column in found.texts}) if raw.hidden_columns else []
    columns = {column for first, last in raw.hidden_columns for column in between(used, first, last)}
    if columns:
        zh, en = named([column_name(column) for column in sorted(columns)], MOST_NAMED)
        at = _first(place for place in found.texts if place[1] in columns)
        en = f"has hidden columns ({en}); they were read all the same"
        yield remark("hidden-text", name, f"的第 {zh} 列是隐藏的，内容已照读", en, at)
    for fault, places in found.faults.items():
        identifier, said_zh, said_en = _FAULTS[fault]
        zh, en = named([address(*place) for place in places], MOST_NAMED)
        yield remark(identifier, name, f"的 {zh} {said_zh}", f"has cells that {said_en} ({en})", _first(places[:1]))
    printed = list(dict.fromkeys(filter(None, (on_one_line(_PRINT_CODE.sub(" ", text)) for text in raw.printed))))
    if any(re.search(r"\w", text) for text in printed):
        words = " / ".join(printed)[:_LONGEST_PRINTED]
        zh, en = f"打印的页眉页脚没有读：{words}", f"has a printed header or footer, which was not read: {words}"
        yield remark("unread-object", name, zh, en)


def _first(places: Iterable[tuple[int, int]]) -> str:
    return address(*min(places))


def _remarks_on_shapes(name: str, shapes: Iterable[Shape]) -> Iterator[Remark]:
    for shape in shapes:
        place = address(shape.row, shape.column)
        if shape.kind in _SHAPE_KINDS:
            identifier, zh, en = _SHAPE_KINDS[shape.kind]
            en = f"shows {en} here, which was not read; see whether it holds words"
            yield remark(identifier, name, f"这里的{zh}没有读，其中如有文字请另行核对", en, place)
        elif shape.hidden:
            en = "has a hidden text box here; it was read all the same"
            yield remark("hidden-text", name, "这里的文本框是隐藏的，内容已照读", en, place)
