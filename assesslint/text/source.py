"""One draft as one line of characters, and every place in it.

A `Source` holds the text of a draft exactly as read. All later stages speak of it in `Span`s: half-open ranges of code
points of that text. Only here does a span become a place a person can find (`Location`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from wcwidth import wcswidth


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
class Position:
    """A place in a text: line and column, both from 1, the column in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding stands, in the terms of its kind of file.

    `kind` is `text` for now: `start` and `end` are positions, `end` exclusive. `file` means the file as a whole.
    """

    kind: str
    start: Position | None = None
    end: Position | None = None


WHOLE_FILE = Location("file")


@dataclass(frozen=True)
class Source:
    """The text of one draft under the name the user gave it (`path`, shown in findings, never opened again)."""

    path: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return tuple(starts)

    def position(self, offset: int) -> Position:
        """Return the line and column of a code point offset; an offset past the end is the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def locate(self, span: Span) -> Location:
        return Location("text", self.position(span.start), self.position(span.end))

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its line end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


def cells(text: str) -> int:
    """Return how many terminal cells `text` takes: two for a wide character, none for a combining one."""
    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcswidth(c)) for c in text)


CARET_WINDOW = 100
"""Most terminal cells of a source line shown above a caret; a longer line is cut around the place."""


def caret_lines(source: Source, span: Span) -> tuple[str, str]:
    """Return the source line of `span` and a line of carets that stands under its characters in a terminal."""
    start = source.position(span.start)
    line = source.line(start.line)
    first = start.column - 1
    last = max(first + 1, min(first + span.end - span.start, len(line)))
    left, right = 0, len(line)
    if cells(line[:4096]) > CARET_WINDOW:
        left = first
        while left > 0 and cells(line[left:first]) < CARET_WINDOW // 3:
            left -= 1
        right = left
        while right < len(line) and cells(line[left:right]) < CARET_WINDOW:
            right += 1
        last = max(first + 1, min(last, right))
    head = "…" if left else ""
    tail = "…" if right < len(line) else ""
    shown = "".join(c if c.isprintable() else " " for c in line[left:right])
    before = cells(head + shown[: first - left])
    under = max(1, cells(shown[first - left : last - left]))
    return head + shown + tail, " " * before + "^" * under
