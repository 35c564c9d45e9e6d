"""One draft as one line of characters, and every place in it.

A `Source` holds the text of a draft exactly as read. All later stages speak of it in `Span`s: half-open ranges of code
points of that text. Only here does a span become a place a person can find (`Location`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from assesslint.text.location import WHOLE_FILE, Location, Place, Position, TextLocation, position_in
from assesslint.text.shortened import printable


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of `Source.text`."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def to(self, other: Span) -> Span:
        """Return the smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of a draft's text, which stand at `place` in its file."""

    start: int
    end: int
    place: Place


_stretch_start = attrgetter("start")

_WIDE = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Source:
    """The text of one draft under the name the user gave it (`path`, shown in findings, never opened again).

    A text file is its own text, places in it are lines and columns. The text of any other file was gathered by its reader from
    `stretches`, in order, parted by line ends that stand nowhere in the file.
    """

    path: str
    text: str = field(repr=False)
    stretches: tuple[Stretch, ...] | None = field(default=None, repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return tuple(starts)

    @cached_property
    def wide(self) -> tuple[int, ...]:
        """The offsets of the characters that take two UTF-16 code units."""
        return tuple(found.start() for found in _WIDE.finditer(self.text))

    def position(self, offset: int) -> Position:
        """Return the line and column of a code point offset; an offset past the end is the end."""
        return position_in(self.line_starts, max(0, min(offset, len(self.text))), self.wide)

    def locate(self, span: Span) -> Location:
        """Return where a span stands, where it begins if it stands in several places."""
        return next(iter(self.locate_all((span,))), WHOLE_FILE)

    def locate_all(self, spans: Iterable[Span]) -> tuple[Location, ...]:
        """Return every place that `spans` stand at, in their order."""
        if self.stretches is None:
            return tuple(TextLocation(self.position(span.start), self.position(span.end)) for span in spans)
        return tuple(location for span in spans for location in _cut(self.stretches, span))

    def line_span(self, number: int) -> Span:
        """Return the place of line `number` (from 1) without its line end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] - 1 if number < len(self.line_starts) else len(self.text)
        while end > start and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its line end."""
        span = self.line_span(number)
        return self.text[span.start : span.end]


def whole_lines(text: str, span: Span) -> Span:
    """Return the place of the lines that a span stands on, the end of the last one included."""
    return Span(text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end) + 1 or len(text))


def _cut(stretches: tuple[Stretch, ...], span: Span) -> Iterator[Location]:
    """Yield the locations of a span, one for each stretch it touches."""
    for at in range(max(0, bisect_right(stretches, span.start, key=_stretch_start) - 1), len(stretches)):
        stretch = stretches[at]
        if stretch.start >= max(span.end, span.start + 1):
            break
        start, end = max(span.start, stretch.start), min(span.end, stretch.end)
        if start < end or span.start == span.end == start:
            yield stretch.place.within(start - stretch.start, max(start, end) - stretch.start)


def cells(text: str) -> int:
    """Return how many terminal cells `text` takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else unicodedata.category(c) not in ("Mn", "Me", "Cf") for c in text)


CARET_WINDOW = 100
"""Most terminal cells of a source line shown above a caret; a longer line is cut around the place."""


def caret_lines(source: Source, span: Span) -> tuple[str, str]:
    """Return the source line of `span` and a line of carets that stands under its characters in a terminal."""
    text = source.text
    line = source.line_span(source.position(span.start).line)
    first = min(span.start, line.end)
    left, right = line.start, line.end
    if line.end - line.start > CARET_WINDOW or cells(text[line.start : line.end]) > CARET_WINDOW:
        left, room = _reach(text, first, line.start, -1, CARET_WINDOW // 3)
        right, _ = _reach(text, first, line.end, 1, CARET_WINDOW * 2 // 3 + room)
    last = max(min(span.end, right), first)
    head = "…" if left > line.start else ""
    tail = "…" if right < line.end else ""
    before = cells(head + printable(text[left:first]))
    under = max(1, cells(printable(text[first:last])))
    return head + printable(text[left:right]) + tail, " " * before + "^" * under


def _reach(text: str, at: int, limit: int, step: int, room: int) -> tuple[int, int]:
    """Go from `at` towards `limit` as far as `room` cells allow, each character taking at least one. Return the place and the room left."""
    while at != limit and room > 0:
        room -= cells(text[at if step > 0 else at - 1]) or 1
        at += step
    return at, max(0, room)
