"""Lines with their depth and comment → the text of a scheme: indents, lists too long for one line, comments in one column.

Printer and formatter both lay their lines out here, so that what is printed is formatted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assesslint.text.source import cells

INDENT = "  "
WIDEST = 100
"""Most terminal cells of a list or block on one line, its indent not counted."""

WIDEST_ALIGNED = 60
"""Most terminal cells of a line whose comment stands in one column with its neighbours'; behind a longer one it follows at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, `depth` blocks deep, with the comment beside it. A blank line has no text; a comment of its own is its text."""

    text: str
    depth: int = 0
    comment: str = ""

    def deeper(self) -> Line:
        return replace(self, depth=self.depth + 1) if self.text else self

    def beside(self, comment: str) -> Line:
        """Return the line with a comment beside it."""
        return replace(self, comment=comment) if comment else self


BLANK = Line("")


def list_lines(head: str, items: Sequence[str]) -> list[Line]:
    """Return a field and its values: on one line where they fit, else one value a line."""
    line = f"{head}: {', '.join(items)}"
    if len(items) == 1 or cells(line) <= WIDEST:
        return [Line(line)]
    return [Line(f"{head}:"), *(Line(f"{item},", 1) for item in items[:-1]), Line(items[-1], 1)]


def block_line(head: str, fields: Sequence[Sequence[Line]]) -> Line | None:
    """Return a block on one line; None where it has no field, a comment, a field of several lines, or does not fit."""
    if not fields or any(len(lines) > 1 or lines[0].comment for lines in fields):
        return None
    line = f"{head} {{ {INDENT.join(lines[0].text for lines in fields)} }}"
    return Line(line) if cells(line) <= WIDEST else None


def without_blank_ends(lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines without the blank ones before the first and after the last that says something."""
    first, last = 0, len(lines)
    while first < last and not lines[first].text:
        first += 1
    while last > first and not lines[last - 1].text:
        last -= 1
    return lines[first:last]


def rendered(lines: Iterable[Line]) -> str:
    """Return lines as text, each ended by a line end; comments on neighbouring lines of one depth stand in one column."""
    return "".join(f"{text}\n" for _, run in groupby(lines, _run) for text in _run_texts(list(run)))


def _run(line: Line) -> tuple[int, bool]:
    return line.depth, bool(line.comment)


def _run_texts(lines: Sequence[Line]) -> Iterator[str]:
    if not lines[0].comment:
        yield from (INDENT * line.depth + line.text for line in lines)
        return
    widths = [cells(line.text) for line in lines]
    column = max((width for width in widths if width <= WIDEST_ALIGNED), default=0)
    for line, width in zip(lines, widths, strict=True):
        yield f"{INDENT * line.depth}{line.text}{' ' * max(0, column - width)}  {line.comment}"
