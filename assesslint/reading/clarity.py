"""A scoring text → whether two people applying it would give the same points."""

from __future__ import annotations

from assesslint.reading.facts import Clarity
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.stance import negated

MEASURED = ("score", "universal", "compare")
"""Kinds of word by which a scoring text says what earns or costs points; a veto says so too."""


def clarity_of(indicator: IndicatorText) -> Clarity | None:
    """Return the clarity of an indicator's scoring; None when it has no scoring text at all, or is a provision."""
    if indicator.kind == "provision":
        return None
    passages = [p for p in indicator.passages if p.field == "scoring"] or [p for p in indicator.passages if p.field == "content"]
    if not passages:
        return None
    measurable = any(p.quantities or any(map(p.of, MEASURED)) or p.of("consequence", "veto") for p in passages)
    vague = [(p, m) for p in passages for m in p.of("vague") if negated(p, m) is None]
    anchor = passages[0].words(0, len(passages[0].text))
    if vague:
        passage, mention = vague[0]
        anchor = passage.words(mention.start, mention.end)
    return Clarity(anchor, measurable, discretionary=bool(vague))
