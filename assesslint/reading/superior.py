"""A scheme's indicators beside its superior's → Escalations: the same target, set higher.

Two targets are the same when one action on one kind of object is measured in one unit, or when the same words stand before the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assesslint.reading.facts import Demand, Escalation, Indicator, Step, Words
from assesslint.reading.passage import Passage

Figures = dict[tuple[str, ...], Decimal]
"""What is to be reached, by what is measured."""

_MEASURED = re.compile(
    r"([一-龥]{2,8}?(?:率|比例|占比|面|数量|人数|户数))(?:应|须|要|均|需)?(?:达到|不低于|不少于|不得低于|达|至少|在|≥|>=|为)?$"
)


def raised_above(
    indicators: Sequence[Indicator], passages: Sequence[Sequence[Passage]], level: str | None, superior: Figures, superior_level: str | None
) -> tuple[Indicator, ...]:
    """Return the indicators, each with an Escalation where it asks for more than the superior's scheme does."""
    raised = []
    for indicator, prose in zip(indicators, passages, strict=True):
        higher = [(words, value, superior[key]) for key, value, words in _figures(indicator, prose) if value > superior.get(key, value)]
        if not higher or indicator.escalations:
            raised.append(indicator)
            continue
        words, value, upper = higher[0]
        levels = (Step(superior_level or "province", upper), Step(level or "county", value))
        raised.append(replace(indicator, escalations=(Escalation(words, "required", levels=levels),)))
    return tuple(raised)


def figures_of(indicators: Sequence[Indicator], passages: Sequence[Sequence[Passage]]) -> Figures:
    """Return what a scheme asks to be reached; of two figures for one thing the higher."""
    figures: Figures = {}
    for indicator, prose in zip(indicators, passages, strict=True):
        for key, value, _ in _figures(indicator, prose):
            figures[key] = max(value, figures.get(key, value))
    return figures


def _figures(indicator: Indicator, prose: Sequence[Passage]) -> Iterator[tuple[tuple[str, ...], Decimal, Words]]:
    """Yield each figure with what it measures and the words that say so."""
    for demand in indicator.demands:
        target = demand.target
        if target is not None and target.value is not None and target.unit is not None:
            yield _key(demand, target.unit), target.value, demand.words
    for passage in prose:
        for quantity in passage.quantities:
            match = _MEASURED.search(passage.text[max(0, quantity.start - 16) : quantity.start]) if quantity.unit == "percent" else None
            if match is not None:
                yield ("words", match.group(1)), quantity.value, passage.words(quantity.start - len(match.group()), quantity.end)


def _key(demand: Demand, unit: str) -> tuple[str, ...]:
    return ("demand", demand.action, demand.object.name or demand.object.kind, unit, demand.target.of if demand.target else "")
