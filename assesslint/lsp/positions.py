"""A text and the units an editor counts in → offsets in code points for the editor's positions, and back. Nowhere else are they converted.

A position is a line and a character, both from 0. Lines end at LF, CR LF or CR, and nowhere else. Characters are counted in UTF-16 code
units, or in the unit agreed on when the editor started the server (Language Server Protocol 3.17, “Position”).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range

from assesslint.text.source import Span

UTF_8, UTF_16, UTF_32 = PositionEncodingKind.Utf8, PositionEncodingKind.Utf16, PositionEncodingKind.Utf32

LINE_END = re.compile(r"\r\n|\n|\r")


def units(text: str, encoding: str) -> int:
    """Return how many units of an encoding a text takes; half of a surrogate pair alone counts as a whole character does."""
    if text.isascii() or encoding == UTF_32:
        return len(text)
    if encoding == UTF_8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def reached(line: str, count: int, encoding: str) -> int:
    """Return how many characters of a line `count` units hold, at most all; a unit within a character belongs to it."""
    if units(line, encoding) == len(line):
        return min(count, len(line))
    taken = 0
    for at, character in enumerate(line):
        taken += units(character, encoding)
        if taken > count:
            return at
    return len(line)


@dataclass(frozen=True)
class Text:
    """A state of a text, and the unit its editor counts characters in."""

    text: str
    encoding: str = UTF_16

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset that each line starts at."""
        return (0, *(match.end() for match in LINE_END.finditer(self.text)))

    def line(self, number: int) -> Span:
        """Return the place of a line, counted from 0, without its end."""
        start = self.line_starts[number]
        end = self.line_starts[number + 1] if number + 1 < len(self.line_starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def offset(self, position: Position) -> int:
        """Return the offset of a position; beyond the end of a line or of the text, it is that end."""
        if position.line >= len(self.line_starts):
            return len(self.text)
        line = self.line(position.line)
        return line.start + reached(self.text[line.start : line.end], position.character, self.encoding)

    def position(self, offset: int) -> Position:
        """Return the position of an offset; one beyond the text is its end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset) - 1
        return Position(line, units(self.text[self.line_starts[line] : offset], self.encoding))

    def range(self, span: Span) -> Range:
        return Range(self.position(span.start), self.position(span.end))

    def span(self, range_: Range) -> Span:
        """Return the place of a range, which ends nowhere before it starts."""
        start = self.offset(range_.start)
        return Span(start, max(start, self.offset(range_.end)))
