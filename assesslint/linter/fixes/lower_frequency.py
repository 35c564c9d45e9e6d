"""What is asked for too often is asked for at the nearest usual interval that the rule lets pass. How often is for a person to say."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assesslint.linter.fixes.judged import Judged, Leaf, Mend
from assesslint.policy.judge import Objection
from assesslint.scheme.measures import frequency_name
from assesslint.scheme.model import Every
from assesslint.text.frequency import NAMES, PERIOD_DAYS, find_frequencies
from assesslint.text.source import Span

USUAL = ("每周", "每月", "每季度", "每半年", "每年")
"""Intervals that departments work by, from the shortest."""

_LETTERS = {"每周": "周", "每月": "月", "每季度": "季", "每年": "年"}
"""What stands for an interval before another word: 周报, 月通报."""


_MORE_EXACT = frozenset("0123456789一二三四五六七八九十日天末底初")
"""What goes on with a frequency and would not suit another one: 每周一, 每月10日前."""


def lower_frequency(judged: Judged, objection: Objection) -> Mend | None:
    """Return the words that say how often with longer ones in their place."""
    mending = objection.mending
    if mending is None or mending.bound is None:
        return None
    longer = next((name for name in USUAL if NAMES[name] > mending.bound), None)
    place = next(_places(judged, objection, mending.bound), None)
    text = judged.text(place) if place and judged.source.text[place.end : place.end + 1] not in _MORE_EXACT else ""
    new = _instead(text, longer) if text and longer else None
    if place is None or new is None:
        return None
    return Mend(((place, new),), f"“{text}”改为“{new}”", f"“{text}” becomes “{new}”")


def _places(judged: Judged, objection: Objection, bound: Decimal) -> Iterator[Span]:
    """Yield where the draft says how often: in the words themselves, in their clause, in a field of the indicator or the declaration."""
    leaf, spans = judged.leaf_of(objection), objection.words.spans
    if leaf is None:
        yield from _declared(judged, spans[0]) if spans else ()
        return
    yield from _in_prose(leaf, objection)
    for field in leaf.node.fields:
        if isinstance(field.value, Every) and field.value.interval <= bound:
            yield field.value.span


def _in_prose(leaf: Leaf, objection: Objection) -> Iterator[Span]:
    placed = leaf.passage_of(objection.words)
    if placed is None:
        return
    passage, (start, end) = placed
    clause = passage.clause_of(start)
    for first, last in ((start, end), (clause.start, clause.end)):
        found = passage.frequency_in(first, last)
        if found is not None:
            spans = passage.words(found.start, found.end).spans
            if len(spans) == 1:
                yield spans[0]


def _declared(judged: Judged, span: Span) -> Iterator[Span]:
    """Yield the frequency of the data item or inspection of this name."""
    item = judged.declared.get(span)
    if item is not None and isinstance(item.frequency, Every):
        yield item.frequency.span


def _instead(text: str, longer: str) -> str | None:
    """Return a way to say the longer interval in place of these words; None where their form is not one of the plain ones."""
    if text.isascii():
        return frequency_name(Decimal(NAMES[longer]), "en")
    if text in NAMES or (text[0] == "每" and text[1:] in PERIOD_DAYS):
        return longer
    if text[0] in "日周月季" and len(text) > 1 and longer in _LETTERS and find_frequencies(text):
        return _LETTERS[longer] + text[1:]
    return longer + text[1:].lstrip("度") if text[0] in "日周月季" and find_frequencies(text) and len(text) > 1 else None
