"""An indicator that goes from a list numbered by hand → the numbers behind the gap, each one less.

Word numbers its own lists; what a number says elsewhere (见第三条) is left for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assesslint.documents.numerals import counted
from assesslint.linter.fixes.judged import Judged, Leaf
from assesslint.scheme.model import Group, Indicator
from assesslint.text.quantity import number
from assesslint.text.source import Span

_NUMBERED = re.compile(
    r"(?P<open>[ \t\u3000#*|]*[（(第]?)(?P<number>\d{1,3}|[一二三四五六七八九十百]{1,5})(?P<close>[、.．)）]|[章节条]|[ \t\u3000]*\|)"
)


MOST_NUMBERED = 99
"""Items of a list that is numbered by hand, at most."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number before an item: its place, its value, and the way it is written, without the number."""

    place: Span
    value: int
    form: tuple[str, str, bool]


def renumbered(judged: Judged, leaf: Leaf) -> Iterator[tuple[Span, str]]:
    """Yield the new numbers of what follows an indicator in its group, as far as they are numbered in a row."""
    items = leaf.groups[-1].items if leaf.groups else judged.scheme.items
    if judged.is_language or judged.source.stretches is not None or len(items) > MOST_NUMBERED:
        return
    last = _number_of(judged, leaf.node)
    for item in items[next(at for at, item in enumerate(items) if item is leaf.node) + 1 :]:
        following = _number_of(judged, item)
        if last is None or following is None or following.form != last.form or following.value != last.value + 1:
            return
        yield following.place, counted(last.value) if following.form[2] else str(last.value)
        last = following


def _number_of(judged: Judged, item: Group | Indicator) -> _Number | None:
    text = judged.source.text
    start = text.rfind("\n", 0, item.name.span.start) + 1
    found = _NUMBERED.match(text, start, item.name.span.start)
    value = number(found["number"]) if found else None
    if found is None or value is None:
        return None
    is_chinese = not found["number"].isascii()
    return _Number(Span(*found.span("number")), int(value), (found["open"].strip(), found["close"].strip(), is_chinese))
