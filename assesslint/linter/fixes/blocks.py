"""An indicator → all of the draft that goes with it: its lines, its paragraphs, its row of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assesslint.linter.fixes.judged import Judged
from assesslint.text.location import WordLocation
from assesslint.text.source import Span, Stretch, whole_lines

MARKS = " \t\r\n\u3000。；;，,)）|"
"""What may be left of a line without saying anything."""


def whole_place(judged: Judged, span: Span) -> Span | None:
    """Return the place of a block from its first line to its last, with a blank line before or behind it.

    In prose there is none where something else stands on these lines too; in the scheme language that stays.
    """
    text, stretches = judged.source.text, judged.source.stretches
    if stretches is not None:
        return _whole_stretches(text, stretches, span)
    lines = whole_lines(text, span)
    if judged.is_language:
        before, behind = text[lines.start : span.start].strip(), text[span.end : lines.end].strip()
        if before or behind:
            return Span(span.start, lines.end if not behind else span.end)
    elif text[span.end : lines.end].strip(MARKS):
        return None
    return _with_blank_line(text, lines)


def _with_blank_line(text: str, lines: Span) -> Span:
    before = text.rfind("\n", 0, max(0, lines.start - 1)) + 1
    if lines.start and not text[before : lines.start].strip():
        return Span(before, lines.end)
    behind = text.find("\n", lines.end) + 1
    return Span(lines.start, behind if behind and not text[lines.end : behind].strip() else lines.end)


def _whole_stretches(text: str, stretches: Sequence[Stretch], span: Span) -> Span | None:
    """Return the paragraphs of a block, with the other cells of their rows where these hold numbers only."""
    touched = list(_touched(stretches, span))
    if not touched:
        return None
    place = Span(touched[0].start, touched[-1].end)
    outside = text[place.start : span.start] + text[span.end : place.end]
    if outside.strip(MARKS) and not _is_number(text[place.start : span.start]):
        return None
    return Span(place.start, min(len(text), place.end + 1))


def _touched(stretches: Sequence[Stretch], span: Span) -> Iterator[Stretch]:
    own = [stretch for stretch in stretches if stretch.start < span.end and span.start < stretch.end]
    rows = {row for stretch in own if (row := _row(stretch)) is not None}
    return (stretch for stretch in stretches if stretch in own or _row(stretch) in rows)


def _row(stretch: Stretch) -> tuple[str, int, int] | None:
    place = stretch.place
    return (place.part, *place.cell[:2]) if isinstance(place, WordLocation) and place.cell else None


def _is_number(text: str) -> bool:
    """Tell whether text before a block only numbers it."""
    return not text.strip(MARKS) or (len(text.strip(MARKS)) <= LONGEST_NUMBER and not any(_is_word(c) for c in text))


LONGEST_NUMBER = 6


def _is_word(character: str) -> bool:
    return character.isalpha() and character not in "一二三四五六七八九十"
