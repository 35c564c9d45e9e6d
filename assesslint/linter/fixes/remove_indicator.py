"""An indicator that a norm forbids goes as a whole; the other indicators of its group share its points in proportion to their own.

It goes only where all it asks for is forbidden. Points move, so a person has to agree.
"""

from __future__ import annotations

from collections.abc import Sequence

from assesslint.linter.fixes.blocks import whole_place
from assesslint.linter.fixes.judged import Judged, Leaf, Mend
from assesslint.linter.fixes.points import place_of_points, shared, siblings, unit_of, written
from assesslint.policy.judge import Objection
from assesslint.reading.cuts import OPENING
from assesslint.reading.passage import Passage
from assesslint.text.source import Span

SAYING = ("scoring", "measure", "content")
"""Fields that say what an indicator asks for; the first that are there tell."""

ASKING = ("demands", "reporting", "procedures", "inspections", "assignments")
"""What an indicator asks for; proofs and consequences only go with it."""


def remove_indicator(judged: Judged, objection: Objection) -> Mend | None:
    """Return the cut of the indicator and the new points of the others."""
    leaf = judged.leaf_of(objection)
    if leaf is None or not is_doomed(judged, leaf):
        return None
    place = whole_place(judged, leaf.node.span)
    if place is None:
        return None
    name, points = leaf.node.name.text, leaf.node.points
    if leaf.node.kind != "scored" or not points:
        return Mend(((place, ""),), f"删去指标“{name}”", f"drop the indicator “{name}”")
    heirs = [other for other in siblings(judged, leaf) if not is_doomed(judged, other)]
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


def is_doomed(judged: Judged, leaf: Leaf) -> bool:
    """Tell whether all that an indicator asks for is forbidden; a demand told again in other words is the same demand."""
    asked = [fact for name in ASKING for fact in getattr(leaf.read, name)]
    actions = {fact.action for fact in leaf.read.demands if judged.is_forbidden(fact)}
    forbidden = [fact for fact in leaf.facts() if judged.is_forbidden(fact) or getattr(fact, "action", None) in actions]
    places = [span for fact in forbidden for span in fact.words.spans]
    if not asked or not all(any(span.overlaps(place) for span in fact.words.spans for place in places) for fact in asked):
        return False
    saying = next((found for name in SAYING if (found := [p for p in leaf.passages if p.field == name])), [])
    return all(_hangs_on(passage, places) for passage in saying)


def _hangs_on(passage: Passage, forbidden: Sequence[Span]) -> bool:
    """Tell whether each sentence of a prose says something forbidden, or goes on with what does."""
    first = {clause.sentence: clause for clause in reversed(passage.clauses)}
    for clause in first.values():
        start, end = passage.sentence_range(clause)
        if passage.opens_with("goes_on", start) or any(passage.opens_with("falls_short", start + at) for at in range(OPENING)):
            continue
        if not any(span.overlaps(place) for span in passage.words(start, end).spans for place in forbidden):
            return False
    return True
