"""Where something stands in a file, in the terms of its kind of file: what a finding shows, and what a person can look up.

A `Location` is finished. A `Place` is where a whole stretch of a draft's text stands (a paragraph, a cell, a printed line); cut to some
characters of it, it becomes a location.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import ClassVar, Protocol


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text: line and column, both from 1, the column in code points.

    `wide` counts the characters before it in its line that take two UTF-16 code units.
    """

    line: int
    column: int
    wide: int = 0

    @property
    def utf16_column(self) -> int:
        """The column in UTF-16 code units, from 1, as editors and CI count."""
        return self.column + self.wide


class Location(Protocol):
    """`kind` is stable and stands in reports with the `values`."""

    @property
    def kind(self) -> str: ...

    def shown(self, lang: str) -> str:
        """Return what follows the file's name: `:12:3`, ` 第3段`, or nothing for the file as a whole."""

    def values(self) -> Mapping[str, object]:
        """Return the location as plain values of JSON, without its kind."""


class Place(Protocol):
    """Where a stretch of text stands in its file."""

    def within(self, start: int, end: int) -> Location:
        """Return where characters `start` to `end` of the stretch stand."""


@dataclass(frozen=True, slots=True)
class FileLocation:
    """The file as a whole."""

    kind: ClassVar[str] = "file"

    def shown(self, lang: str) -> str:  # noqa: ARG002
        return ""

    def values(self) -> Mapping[str, object]:
        return {}


WHOLE_FILE = FileLocation()


@dataclass(frozen=True, slots=True)
class TextLocation:
    """Lines and columns of a text file; `end` is exclusive."""

    start: Position
    end: Position
    kind: ClassVar[str] = "text"

    def shown(self, lang: str) -> str:  # noqa: ARG002
        return f":{self.start.line}:{self.start.column}"

    def values(self) -> Mapping[str, object]:
        return {name: {"line": place.line, "column": place.column} for name, place in (("start", self.start), ("end", self.end))}


WORD_PARTS = {
    "document": (" 第{number}段", " paragraph {number}"),
    "cell": (" 表{table}第{row}行第{column}列", " table {table} row {row} column {column}"),
    "textbox": ("旁的文本框", ", text box beside it"),
    "footnotes": (" 第{number}个脚注", " footnote {number}"),
    "endnotes": (" 第{number}个尾注", " endnote {number}"),
    "header": (" 页眉", " header"),
    "footer": (" 页脚", " footer"),
}
"""How people find a place in Word, in Chinese and English. That of a text box goes on with the place in the text that it hangs on."""


@dataclass(frozen=True, slots=True)
class WordLocation:
    """Characters `start` to `end` (from 0, exclusive) of a paragraph of a Word file, as shown, its list number among them.

    `part` is the XML part within the file, `paragraph` counts the part's `w:p` from 1 in the order of the XML. The others tell people
    where that is: `where` what sort of text it is (see WORD_PARTS), `number` which of the paragraphs outside of tables that show
    something, or which note, from 1; `cell` table, row and column, each from 1, of a paragraph in a table; `box_at` the paragraph that a
    text box hangs on.
    """

    part: str
    paragraph: int
    start: int
    end: int
    where: str = "document"
    cell: tuple[int, int, int] | None = None
    number: int = 1
    box_at: WordLocation | None = None
    kind: ClassVar[str] = "word"

    def within(self, start: int, end: int) -> WordLocation:
        return replace(self, start=self.start + start, end=self.start + end)

    def shown(self, lang: str) -> str:
        words = WORD_PARTS["cell" if self.cell and self.where == "document" else self.where][0 if lang == "zh" else 1]
        table, row, column = self.cell or (0, 0, 0)
        at = self.box_at.shown(lang) if self.box_at else ""
        return at + words.format(number=self.number, table=table, row=row, column=column)

    def values(self) -> Mapping[str, object]:
        table = dict(zip(("table", "row", "column"), self.cell, strict=True)) if self.cell else {}
        return {"part": self.part, "paragraph": self.paragraph, **table, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class CellLocation:
    """Characters `start` to `end` (from 0, exclusive) of a cell of a workbook, as shown. `cell` is its address: D5."""

    sheet: str
    cell: str
    start: int
    end: int
    kind: ClassVar[str] = "cell"

    def within(self, start: int, end: int) -> CellLocation:
        return replace(self, start=self.start + start, end=self.start + end)

    def shown(self, lang: str) -> str:
        return f" “{self.sheet}”{self.cell}" if lang == "zh" else f" “{self.sheet}” {self.cell}"

    def values(self) -> Mapping[str, object]:
        return {"sheet": self.sheet, "cell": self.cell, "start": self.start, "end": self.end}


Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points (1/72 inch) from the upper left corner of the page."""


@dataclass(frozen=True, slots=True)
class PageLocation:
    """Places on a printed page (counted from 1), one box a line; or several pages in a row, from `page` to `last`."""

    page: int
    boxes: tuple[Box, ...]
    last: int | None = None
    kind: ClassVar[str] = "page"

    def shown(self, lang: str) -> str:
        if self.last is not None:
            return f" 第{self.page}—{self.last}页" if lang == "zh" else f" pages {self.page}–{self.last}"
        return f" 第{self.page}页" if lang == "zh" else f" page {self.page}"

    def values(self) -> Mapping[str, object]:
        several = {"last_page": self.last} if self.last is not None else {}
        return {"page": self.page, **several, "boxes": [[round(edge, 2) for edge in box] for box in self.boxes]}


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of glyphs of a page between `top` and `bottom`; `edges` has left and right of each character of the stretch, in turn.

    Held small, since a long file has a million of them.
    """

    page: int
    top: float
    bottom: float
    edges: array[float]

    def within(self, start: int, end: int) -> PageLocation:
        cut = self.edges[2 * start : 2 * end]
        return PageLocation(self.page, ((min(cut), self.top, max(cut), self.bottom),) if cut else ())


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """What stands at `offset`, `length` characters long, in the text of a file with tags, and in a stretch from character `start` on.

    A piece that is as long in the stretch stands there character for character. Any other stands there as a whole: an entity, white
    space drawn together, a list's number, which has no length in the file.
    """

    start: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class MarkedUpText:
    """A stretch of `length` characters gathered from `pieces` of a file with tags, whose lines start at the offsets `line_starts`.

    `wide` has the offsets of its characters that take two UTF-16 code units.
    """

    pieces: tuple[MarkedPiece, ...]
    length: int
    line_starts: Sequence[int]
    wide: Sequence[int] = ()

    def within(self, start: int, end: int) -> TextLocation:
        first, _ = self._bounds(start)
        last = self._bounds(end - 1)[1] if end > start else first
        return TextLocation(position_in(self.line_starts, first, self.wide), position_in(self.line_starts, last, self.wide))

    def _bounds(self, at: int) -> tuple[int, int]:
        """Return the offsets in the file where a character begins and ends."""
        index = max(0, bisect_right(self.pieces, at, key=attrgetter("start")) - 1)
        piece = self.pieces[index]
        stop = self.pieces[index + 1].start if index + 1 < len(self.pieces) else self.length
        if piece.length != stop - piece.start:
            return piece.offset, piece.offset + piece.length
        return piece.offset + at - piece.start, piece.offset + at - piece.start + 1


def position_in(line_starts: Sequence[int], offset: int, wide: Sequence[int] = ()) -> Position:
    """Return the line and column of an offset, given where each line starts and where the characters of two UTF-16 code units are."""
    line = bisect_right(line_starts, offset)
    start = line_starts[line - 1]
    return Position(line, offset - start + 1, bisect_left(wide, offset) - bisect_left(wide, start) if wide else 0)
