"""Figures without a verb → Demands: a bound beside an object, a target whose action only the title names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assesslint.reading.facts import Demand, Object
from assesslint.reading.groups import ACCOUNTS, APPS, POSTS, REPORTED, TOPICAL, VOLUNTARY
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.nouns import BODIES
from assesslint.reading.passage import Clause, Passage
from assesslint.reading.stance import stance_of
from assesslint.reading.targets import counts_items, target_of, targets_in
from assesslint.text.quantity import Quantity

ALLOTTED = re.compile(r"(?:[镇乡村区街县市校院所站部]|单位|街道)(?:各|每[^\d，]{0,3})?[1-9]\d+(?:\.\d+)?万?(?![年月日号%分点\d])")
"""A number handed to a unit without saying of what (河东镇8600 石桥镇7400)."""

CEILING_BEFORE, CEILING_BEHIND = 6, 4
"""Characters before a figure and behind it within which the word stands that makes it a ceiling."""

BY_CLASS = (
    (frozenset({"chat_group"}), "join_group"),
    (ACCOUNTS, "follow"),
    (REPORTED, "report_item"),
    (frozenset({"survey"}), "take_survey"),
    (APPS, "promote"),
    (POSTS, "view"),
)
"""What a bare figure about an object counts: members of a group, followers, items handed in, answers, users, readers."""


def bare_quotas(indicator: IndicatorText) -> list[Demand]:
    """Return the demands of clauses that give a lower bound and an object but no verb (线索数 街道≥12, 有效户占比六成)."""
    found = []
    for passage in indicator.fields("content", "scoring", "remarks", "frequency", "measure", "evidence"):
        for clause in passage.clauses:
            demand = _bare_quota(indicator, passage, clause)
            if demand is not None:
                found.append(demand)
    return found


def _bare_quota(indicator: IndicatorText, passage: Passage, clause: Clause) -> Demand | None:
    """Return the demand of one clause; a clause that has a verb, a result or a thing of its own has none."""
    quantity = _bounded_figure(passage, clause)
    if quantity is None or _has_its_own(passage, clause.start, clause.end, ("action", "quality", "inspection", "consequence")):
        return None
    for kinds, action in BY_CLASS:
        objects = _objects(indicator, passage, clause, action, kinds)
        if objects and _counts(passage, clause, quantity, action):
            return _quota(indicator, passage, clause, quantity, action, objects[0])
    return None


def _bounded_figure(passage: Passage, clause: Clause) -> Quantity | None:
    """Return the figure that a clause sets as a lower bound: by a word of comparison, a lack that is blamed, or points given for it."""
    start, end = clause.start, clause.end
    signed = bool(passage.between("sign", start, end))
    if not (signed or passage.has("compare", start, end, "at_least") or passage.has("score", start, end)):
        return None
    for figure in targets_in(passage, clause):
        if signed or not passage.has(
            "compare", max(start, figure.start - CEILING_BEFORE), min(end, figure.end + CEILING_BEHIND), "at_most"
        ):
            return figure
    return None


def _objects(indicator: IndicatorText, passage: Passage, clause: Clause, action: str, kinds: frozenset[str]) -> list[Mention]:
    """Return the objects that a figure may be of: in the clause, for groups and followers in the sentence, else in the name.

    A figure behind an action of its sentence counts that action (转发“县文旅”推文的，满500人次加1分), and one in a ladder of results the
    result (群众满意度90%以上得10分，85%以下不得分): so many are satisfied, not asked.
    """
    start, end = passage.sentence_range(clause)
    wide = action in ("follow", "join_group") and not passage.between("action", start, clause.start)
    near = passage.between("object", *((start, end) if wide else (clause.start, clause.end)))
    by_name = indicator.name.of("quality") and not passage.between("measure", start, clause.start)
    of_result = action == "take_survey" and (by_name or passage.has("quality", start, clause.start))
    if not near and not of_result and passage.field != "evidence" and action != "view":
        near = indicator.name.of("object")
    return [
        m
        for m in near
        if m.sense.value in kinds
        and not (passage.field == "evidence" and m.sense.value in ("photo", "video"))
        and not (m.sense.without and indicator.excluded(m.sense.without, passage, m))
    ]


def _counts(passage: Passage, clause: Clause, quantity: Quantity, action: str) -> bool:
    """Tell whether a figure is of the kind an action is counted by: items for a report, for all else people."""
    if action == "report_item":
        return counts_items(passage, quantity)
    if quantity.unit != "percent" and not passage.counts(quantity, "people_measure"):
        return False
    if action in ("promote", "join_group", "follow") and not _counts_users(passage, clause, quantity):
        return False
    return action != "promote" or not passage.between("action", *passage.sentence_range(clause))


def _quota(indicator: IndicatorText, passage: Passage, clause: Clause, quantity: Quantity, action: str, thing: Mention) -> Demand:
    """Return the demand that a figure makes of a thing."""
    stance = stance_of(passage, Mention(quantity.start, quantity.end, thing.sense), indicator.default_force)
    return Demand(
        passage.words(clause.start, clause.end),
        stance.force,
        action,
        Object(thing.sense.value, None, thing.sense.variety),
        stance.voice,
        circumstance=stance.circumstance,
        measure="count" if quantity.unit == "count" else "rate",
        scoring="threshold",
        target=target_of(passage, clause.start, clause.end, quantity, clause),
        control="voluntary" if action in VOLUNTARY else "unknown",
    )


def _counts_users(passage: Passage, clause: Clause, quantity: Quantity) -> bool:
    """Tell whether a figure is one of people or households: they take apps up, bodies and places do not."""
    named = (*passage.between("population", clause.start, clause.end), *passage.between("actor", clause.start, clause.end))
    return passage.counts(quantity, "people_measure") or any(m.sense.value not in BODIES for m in named)


def _has_its_own(passage: Passage, start: int, end: int, kinds: tuple[str, ...]) -> bool:
    """Tell whether a clause has a word of one of the kinds, or a thing the figure may be of."""
    if any(passage.between(kind, start, end) for kind in kinds):
        return True
    return passage.has("thing", start, end, "physical", "legal", "food", "election")


def topical(
    indicator: IndicatorText, found: Sequence[Demand], read: Callable[[IndicatorText, Passage, Mention], Demand | None]
) -> list[Demand]:
    """Return the demands whose action stands only in the name, a heading or the title, the text giving just the figure: read
    together. `read` makes a demand of a mention."""
    topics = [(p, m) for p in indicator.topics for m in p.of("action") if m.sense.value in TOPICAL]
    if not topics:
        return []
    spoken = {d.action for d in found}
    demands = []
    for passage, mention in topics:
        if mention.sense.value in spoken:
            continue
        anchor = _bare_claim(indicator)
        if anchor is None and (len(indicator.passages) > 1 or passage is not indicator.name):
            continue
        demand = read(indicator, passage, mention)
        if demand is None or demand.force in ("prohibited", "withdrawn", "reduced", "mentioned"):
            continue
        if anchor is not None:
            where, clause = anchor
            target = target_of(where, clause.start, clause.end, next(iter(targets_in(where, clause)), None), clause)
            measure = demand.measure or (
                "rate" if target is not None and target.unit == "percent" else "count" if target is not None else None
            )
            words = where.words(clause.start, clause.end)
            demand = replace(demand, words=words, target=target, measure=measure, force=indicator.default_force)
        spoken.add(demand.action)
        demands.append(demand)
    return demands


def _bare_claim(indicator: IndicatorText) -> tuple[Passage, Clause] | None:
    """Return the first clause that sets a figure or covers everybody without naming any action, result or thing of its own."""
    for passage in indicator.fields("content", "scoring", "measure", "remarks", "frequency"):
        for clause in passage.clauses:
            start, end = clause.start, clause.end
            if _has_its_own(passage, start, end, ("action", "evidence", "inspection", "report", "hang")):
                continue
            negative = passage.has("force", start, end, "prohibit", "exclude", "withdraw")
            claimed = passage.between("universal", start, end) or targets_in(passage, clause) or ALLOTTED.search(passage.text, start, end)
            if not negative and claimed:
                return passage, clause
    return None
