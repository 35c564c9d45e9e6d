"""An indicator that says what an earlier one says goes, and the earlier one gets its points. Points move, so a person has to agree."""

from __future__ import annotations

from assesslint.linter.fixes.blocks import whole_place
from assesslint.linter.fixes.judged import Judged, Mend
from assesslint.linter.fixes.numbers import renumbered
from assesslint.linter.fixes.points import place_of_points, unit_of, written
from assesslint.policy.judge import Objection
from assesslint.text.shortened import quoted


def merge_indicators(judged: Judged, objection: Objection) -> Mend | None:
    """Return the cut of the later indicator and the new points of the earlier one of the same group."""
    leaf = judged.leaf_of(objection)
    if leaf is None or leaf.node.kind != "scored":
        return None
    first = judged.first_of_name(leaf, leaf.read.same_as or "")
    if first is None or first.node.span.start >= leaf.node.span.start:
        return None
    place, points = whole_place(judged, leaf.node.span), place_of_points(judged, first)
    if place is None or points is None or leaf.node.points is None or first.node.points is None:
        return None
    was, total = written(first.node.points), written(first.node.points + leaf.node.points)
    name, kept = quoted(leaf.node.name.text), quoted(first.node.name.text)
    zh = f"把{name}并入{kept}，{kept}{was}→{total}{unit_of(first.node, 'zh')}"
    en = f"merge {name} into {kept}, {kept} {was} → {total}{unit_of(first.node, 'en')}"
    return Mend(((points, total), (place, ""), *renumbered(judged, leaf)), zh, en)
