"""An indicator and what is forbidden in it → whether all that it asks for is, so that nothing is left of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from assesslint.reading.cuts import OPENING
from assesslint.reading.passage import Passage
from assesslint.text.source import Span

if TYPE_CHECKING:
    from assesslint.linter.fixes.judged import Fact, Leaf

SAYING = ("scoring", "measure", "content")
"""Fields that say what an indicator asks for; the first that are there tell."""

ASKING = ("demands", "reporting", "procedures", "inspections", "assignments")
"""What an indicator asks for; proofs and consequences only go with it."""


def is_doomed(leaf: Leaf, is_forbidden: Callable[[Fact], bool]) -> bool:
    """Tell whether all that an indicator asks for is forbidden; a demand told again in other words is the same demand."""
    asked = [fact for name in ASKING for fact in getattr(leaf.read, name)]
    actions = {fact.action for fact in leaf.read.demands if is_forbidden(fact)}
    forbidden = [fact for fact in leaf.facts() if is_forbidden(fact) or getattr(fact, "action", None) in actions]
    places = _Places(span for fact in forbidden for span in fact.words.spans)
    if not asked or not all(map(places.meet, (fact.words.spans for fact in asked))):
        return False
    saying = next((found for name in SAYING if (found := [p for p in leaf.passages if p.field == name])), [])
    return all(_hangs_on(passage, places) for passage in saying)


class _Places:
    """Places in one draft, merged and in order, since an indicator may have thousands of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[Span] = []
        for span in sorted(spans):
            if merged and span.start < merged[-1].end:
                merged[-1] = merged[-1].to(span)
            else:
                merged.append(span)
        self._merged = merged
        self._ends = [span.end for span in merged]

    def meet(self, spans: Iterable[Span]) -> bool:
        """Tell whether one of `spans` overlaps one of the places."""
        return any(self._meets(span) for span in spans)

    def _meets(self, span: Span) -> bool:
        at = bisect_left(self._ends, span.start)
        return any(span.overlaps(place) for place in self._merged[at : at + 2])


def _hangs_on(passage: Passage, forbidden: _Places) -> bool:
    """Tell whether each sentence of a prose says something forbidden, or goes on with what does."""
    first = {clause.sentence: clause for clause in reversed(passage.clauses)}
    for clause in first.values():
        start, end = passage.sentence_range(clause)
        if passage.opens_with("goes_on", start) or any(passage.opens_with("falls_short", start + at) for at in range(OPENING)):
            continue
        if not forbidden.meet(passage.words(start, end).spans):
            return False
    return True
