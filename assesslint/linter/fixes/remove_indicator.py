"""An indicator that a norm forbids goes as a whole; the other indicators of its group share its points in proportion to their own.

It goes only where all it asks for is forbidden. Points move, so a person has to agree.
"""

from __future__ import annotations

from assesslint.linter.fixes.blocks import whole_place
from assesslint.linter.fixes.judged import Judged, Mend
from assesslint.linter.fixes.points import place_of_points, shared, siblings, unit_of, written
from assesslint.policy.judge import Objection


def remove_indicator(judged: Judged, objection: Objection) -> Mend | None:
    """Return the cut of the indicator and the new points of the others."""
    leaf = judged.leaf_of(objection)
    if leaf is None or not judged.is_doomed(leaf):
        return None
    place = whole_place(judged, leaf.node.span)
    if place is None:
        return None
    name, points = leaf.node.name.text, leaf.node.points
    if leaf.node.kind != "scored" or not points:
        return Mend(((place, ""),), f"删去指标“{name}”", f"drop the indicator “{name}”")
    heirs = [other for other in siblings(judged, leaf) if not judged.is_doomed(other)]
    places = [place_of_points(judged, heir) for heir in heirs]
    values = shared(points, [heir.node.points or points for heir in heirs]) if heirs else []
    edits = [(at, written(value)) for at, value in zip(places, values, strict=True) if at is not None]
    if not heirs or len(edits) < len(heirs):
        return None
    gained = [(heir.node.name.text, written(heir.node.points or points), written(value)) for heir, value in zip(heirs, values, strict=True)]
    zh_unit, en_unit = unit_of(leaf.node, "zh"), unit_of(leaf.node, "en")
    zh = f"删去指标“{name}”，其{written(points)}{zh_unit}按同组其余指标分值的比例分摊：" + "，".join(
        f"“{n}”{a}→{b}{zh_unit}" for n, a, b in gained
    )
    en = f"drop the indicator “{name}” and share its {written(points)}{en_unit} in proportion: " + ", ".join(
        f"“{n}” {a} → {b}{en_unit}" for n, a, b in gained
    )
    return Mend(tuple(sorted([(place, ""), *edits])), zh, en)
