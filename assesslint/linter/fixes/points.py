"""The points of an indicator: where they stand in the draft, and how those of one that goes are shared by those that stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assesslint.linter.fixes.judged import Judged, Leaf, places_of
from assesslint.scheme.measures import plain_number
from assesslint.scheme.model import Indicator
from assesslint.text.source import Span

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
_UNIT = re.compile(r"\s*(?:分|points?\b|[%％])")

LEAST_STEP = Decimal("0.1")
"""Shares are told in tenths of a point, or finer where the draft's own points are."""


def place_of_points(judged: Judged, leaf: Leaf) -> Span | None:
    """Return where the number stands that gives an indicator its points; None where that cannot be told for certain."""
    node = leaf.node
    told = [node.name.span, *(place for field in node.fields for place in places_of(field.value))]
    start = judged.source.text.rfind("\n", 0, node.span.start) + 1 if not judged.is_language else node.span.start
    found = [
        Span(start + match.start(), start + match.end())
        for match in _NUMBER.finditer(judged.source.text[start : node.span.end])
        if Decimal(match[0]) == node.points
    ]
    free = [place for place in found if not any(place.overlaps(other) for other in told)]
    named = [place for place in free if _UNIT.match(judged.source.text, place.end)] or free
    return named[0] if len(named) == 1 else None


def shared(points: Decimal, others: Sequence[Decimal]) -> list[Decimal]:
    """Return what each of the others has once it got its share of the points, in proportion to its own.

    Shares are rounded down to a step; what is left of the points goes step by step to those that lost most by it, so that the total stays.
    """
    step = min([LEAST_STEP, *(Decimal(1).scaleb(int(value.as_tuple().exponent)) for value in (points, *others))])
    total, given = sum(others), int(points / step)
    exact = [(given * value, int(given * value // total)) for value in others]
    left = given - sum(whole for _, whole in exact)
    by_loss = sorted(range(len(others)), key=lambda at: (exact[at][1] * total - exact[at][0], at))
    more = set(by_loss[:left])
    return [value + step * (whole + (at in more)) for at, (value, (_, whole)) in enumerate(zip(others, exact, strict=True))]


def written(value: Decimal) -> str:
    """Return points as a draft writes them."""
    return plain_number(value)


def unit_of(node: Indicator, lang: str) -> str:
    """Return what points are called behind their number."""
    if node.points_unit == "percent":
        return "%"
    return "分" if lang == "zh" else " points"
