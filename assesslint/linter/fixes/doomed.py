"""An indicator and what is forbidden in it → whether all that it asks for is, so that nothing is left of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assesslint.linter.fixes.index import Index
from assesslint.reading.cuts import OPENING
from assesslint.reading.passage import Passage

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
    places = Index((span, fact) for fact in forbidden for span in fact.words.spans)
    if not asked or not all(any(map(places.touches, fact.words.spans)) for fact in asked):
        return False
    saying = next((found for name in SAYING if (found := [p for p in leaf.passages if p.field == name])), [])
    return all(_hangs_on(passage, places) for passage in saying)


def _hangs_on(passage: Passage, forbidden: Index[Fact]) -> bool:
    """Tell whether each sentence of a prose says something forbidden, or goes on with what does."""
    first = {clause.sentence: clause for clause in reversed(passage.clauses)}
    for clause in first.values():
        start, end = passage.sentence_range(clause)
        if passage.opens_with("goes_on", start) or any(passage.opens_with("falls_short", start + at) for at in range(OPENING)):
            continue
        if not any(map(forbidden.touches, passage.words(start, end).spans)):
            return False
    return True
