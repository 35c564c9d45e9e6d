"""An indicator that a norm forbids goes as a whole; the other indicators of its group share its points in proportion to their own.

It goes only where all it asks for is forbidden. Points move, so a person has to agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assesslint.linter.fixes.blocks import whole_place
from assesslint.linter.fixes.judged import Judged, Leaf, Mend
from assesslint.linter.fixes.numbers import renumbered
from assesslint.linter.fixes.points import place_of_points, shared, unit_of, written
from assesslint.policy.judge import Objection
from assesslint.text.shortened import quoted

MOST_HEIRS = 24
"""Indicators among which points are shared at most; a larger group is one that nobody weighs by hand."""

MOST_NAMED = 6
"""Of those, how many a proposal names."""


def remove_indicator(judged: Judged, objection: Objection) -> Mend | None:
    """Return the cut of the indicator and the new points of the others."""
    leaf = judged.leaf_of(objection)
    return judged.once(_removal, leaf) if leaf is not None and judged.is_doomed(leaf) else None


def _removal(judged: Judged, leaf: Leaf) -> Mend | None:
    name, points = leaf.node.name.text, leaf.node.points
    place = whole_place(judged, leaf.node.span)
    if place is None:
        return None
    if leaf.node.kind != "scored" or not points:
        return Mend(((place, ""), *renumbered(judged, leaf)), f"删去指标{quoted(name)}", f"drop the indicator {quoted(name)}")
    group = judged.group_of(leaf)
    heirs = [other for other in group if other is not leaf and not judged.is_doomed(other)] if len(group) <= MOST_HEIRS else []
    if not heirs:
        return None
    was = [heir.node.points or points for heir in heirs]
    now = shared(points, was)
    places = [judged.once(place_of_points, heir) for heir in heirs]
    edits = [(at, written(value)) for at, value in zip(places, now, strict=True) if at is not None]
    if len(edits) < len(heirs):
        return None
    gains = [(heir.node.name.text, written(old), written(new)) for heir, old, new in zip(heirs, was, now, strict=True)]
    return Mend(tuple(sorted([(place, ""), *edits, *renumbered(judged, leaf)])), *_told(leaf, points, gains))


def _told(leaf: Leaf, points: Decimal, gains: Sequence[tuple[str, str, str]]) -> tuple[str, str]:
    """Return what becomes of the points, in Chinese and English."""
    name, number, more = leaf.node.name.text, written(points), len(gains) > MOST_NAMED
    zh_unit, en_unit = unit_of(leaf.node, "zh"), unit_of(leaf.node, "en")
    zh = "，".join(f"{quoted(heir)}{was}→{now}{zh_unit}" for heir, was, now in gains[:MOST_NAMED]) + (f"等{len(gains)}项" if more else "")
    en = ", ".join(f"{quoted(heir)} {was} → {now}{en_unit}" for heir, was, now in gains[:MOST_NAMED]) + (
        f" and {len(gains)} in all" if more else ""
    )
    return (
        f"删去指标{quoted(name)}，其{number}{zh_unit}按同组其余指标分值的比例分摊：{zh}",
        f"drop the indicator {quoted(name)} and share its {number}{en_unit} in proportion: {en}",
    )
