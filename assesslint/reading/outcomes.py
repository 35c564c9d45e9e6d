"""The words of an indicator and its headings → what the work it is about is done for, so that an advice can propose to assess that."""

from __future__ import annotations

from assesslint.reading.indicator import IndicatorText
from assesslint.reading.passage import Passage
from assesslint.scheme.vocabulary import central_vocabulary

ANY = "matters_settled"
"""The outcome of work of which no word tells more."""

WEIGHTS = {"name": 4, "heading": 2}
"""How much a word counts by where it stands; once elsewhere."""


def outcome_of(text: IndicatorText) -> str:
    """Return the value of the vocabulary's `outcome` whose words the indicator has most of, its name and headings before its fields."""
    told = {outcome: sum(_told_in(passage, outcome) for passage in (*text.passages, *text.inherited)) for outcome in outcomes()}
    best = max(told, key=told.__getitem__)
    return best if told[best] else ANY


def outcomes() -> tuple[str, ...]:
    """Return the outcomes that words tell; each is the name of a class of the lexicon."""
    return tuple(outcome for outcome in central_vocabulary().enums["outcome"].zh if outcome != ANY)


def _told_in(passage: Passage, outcome: str) -> int:
    """Return how much a passage speaks of an outcome: the characters of its words that stand in the class of that name."""
    return WEIGHTS.get(passage.field, 1) * sum(len(word) for word in passage.class_words(outcome) if word in passage.text)
