"""A mention's stretch of a clause → what is to be reached: the figure, how it is counted and scored, out of whom."""

from __future__ import annotations

import re
from decimal import Decimal

from assesslint.reading.facts import Target
from assesslint.reading.groups import COUNTED_ONLY, PRESENCE, REPORTED, USAGE
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Clause, Passage
from assesslint.text.quantity import Quantity

CLOSE = 4
"""Characters about a figure within which a word is about the figure itself."""

BOUND_BEFORE, BOUND_BEHIND = 10, 4
"""Characters before a figure and behind it within which the bound stands that it sets."""

MEASURE_REACH = 6
"""Characters behind an action within which the word stands that says how it is counted."""

COUNTED_LATER = 40
"""How far behind its clause the number of items to be handed in may stand."""

GROWTH_LATER = 40
"""How far behind a target it may be said that the target grows without end."""

LISTING = ("", "、", "和", "及", "与", "或", "并", "且", "、并")
"""What stands between two actions that share a figure (未下载、注册)."""

POINTS_OF_A_PLATFORM = ("积分", "个积分")
"""Points that people collect on a platform, which are a target and not what the draft gives."""

LONGEST_PLACE = 12
"""Characters that the words for a place in a row reach before a figure and behind it."""

AVERAGE = re.compile("[人户村]均(?![须应要可需已能有不])|平均")
"""A figure for all together, which not everybody need reach; 承租人均须 is none."""

STEP_REACH = 3
"""Characters before a figure that may tell it to be the step of a deduction, or how many are sampled."""

MEASURE_UNITS = {"percent": "rate", "count": "count", "days": "duration", "points": "points"}


def target_quantity(passage: Passage, mention: Mention, clause: Clause) -> Quantity | None:
    """Return the figure a mention is to reach: behind it, before it, in the next clause, or shared with the list it stands in."""
    before, after = limits(passage, mention, clause)
    points = passage.between("measure", mention.start, mention.end, "points")
    if points and (points[-1].end == mention.end or passage.has("compare", points[-1].end, mention.end)):
        scored = _points_to_win(passage, points[-1].end, clause, after)
        if scored is not None:
            return scored
    if mention.sense.value in COUNTED_ONLY:
        return _items_asked_for(passage, mention, clause, before)
    inside = [q for q in passage.quantities_in(mention.start, mention.end) if _is_target(passage, q)]
    if inside:
        return inside[0]
    timed = mention.sense.value in USAGE | PRESENCE | {"reply_in_group"}
    later = [q for q in passage.quantities_in(mention.end, after) if _is_target(passage, q) and (timed or q.unit != "days")]
    later = [q for q in later if not _of_another_rate(passage, mention, q)]
    if later:
        return later[0]
    earlier = [q for q in passage.quantities_in(before, mention.start) if _is_target(passage, q)]
    earlier = [q for q in earlier if not _is_of_an_item_before(passage, q, mention)]
    if earlier:
        return earlier[-1]
    if after == clause.end and clause.mark in "，：":
        for following in passage.clauses[clause.index + 1 : clause.index + 2]:
            first_action = min((m.start for m in passage.between("action", following.start, following.end)), default=following.end)
            quantities = [q for q in passage.quantities_in(following.start, first_action) if _is_target(passage, q)]
            if quantities:
                return quantities[0]
    if before == clause.start and not passage.between("action", clause.start, mention.start):
        listed = passage.between("action", mention.end, clause.end)
        if listed and passage.text[mention.end : listed[0].start] in LISTING:
            return next((q for q in passage.quantities_in(mention.end, clause.end) if _is_target(passage, q)), None)
    return None


def _is_of_an_item_before(passage: Passage, quantity: Quantity, mention: Mention) -> bool:
    """Tell whether a count belongs to another item of a list, with a thing of its own before it (张贴海报20张以上、在群里转发链接)."""
    if quantity.unit != "count" or "、" not in passage.text[quantity.end : mention.start]:
        return False
    return passage.counts(quantity, "item_measure")


def _points_to_win(passage: Passage, named: int, clause: Clause, after: int) -> Quantity | None:
    """Return how many points of a platform are asked for, behind the place where they are named: in its clause or, with the bound right
    before it, in the next."""
    for quantity in passage.quantities_in(named, after):
        if quantity.unit == "points" and passage.has("compare", named, quantity.start + 1):
            return quantity
    following = passage.clauses[clause.index + 1 : clause.index + 2] if after == clause.end and clause.mark in "，：" else ()
    for later in following:
        for quantity in passage.quantities_in(later.start, later.end):
            close = quantity.start - CLOSE, quantity.start
            bounded = passage.has("compare", *close) or passage.has("sign", *close, "shortfall")
            if quantity.unit == "points" and bounded and not passage.has("score", later.start, quantity.start):
                return quantity
    return None


def _of_another_rate(passage: Passage, mention: Mention, quantity: Quantity) -> bool:
    """Tell whether a share behind a mention is said of a result between them (缴费差错48小时内更正率100%)."""
    if quantity.unit != "percent":
        return False
    return passage.has("quality", mention.end, quantity.start) and passage.text[mention.end : quantity.start].endswith("率")


def _items_asked_for(passage: Passage, mention: Mention, clause: Clause, before: int) -> Quantity | None:
    """Return how many items are asked for: behind the mention, as far as nothing else is spoken of, or else before it."""
    _, end = passage.sentence_range(clause)
    end = min(end, clause.end + COUNTED_LATER)
    end = min((m.start for m in passage.between("action", clause.end, end) if m.sense.value != mention.sense.value), default=end)
    items = [q for q in passage.quantities_in(before, end) if _is_target(passage, q) and counts_items(passage, q)]
    return next((q for q in items if q.start >= mention.end), items[-1] if items else None)


def counts_items(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a figure counts things handed in, and not whoever hands them in or where (两个系统).

    A bare figure of a table (≥150) counts them too; places and parts (三处一致) are counted so only where at least so many, or so many
    a time, are asked for.
    """
    follows = [m for kind in ("object", "actor", "population") for m in passage.between(kind, quantity.end, quantity.end + CLOSE)]
    if quantity.unit != "count" or any(m.start == quantity.end and m.sense.value not in REPORTED for m in follows):
        return False
    if not quantity.measure_word or passage.counts(quantity, "item_measure"):
        return True
    clause = passage.clause_of(quantity.start)
    bounded = passage.has("compare", quantity.start - CLOSE, quantity.end + CLOSE, "at_least")
    return passage.counts(quantity, "part_measure") and (bounded or passage.frequency_in(clause.start, quantity.start) is not None)


def targets_in(passage: Passage, clause: Clause) -> list[Quantity]:
    """Return the shares and counts of a clause that are targets."""
    return [q for q in passage.quantities_in(clause.start, clause.end) if q.unit in ("percent", "count") and _is_target(passage, q)]


def _is_target(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a quantity is what is to be reached, not the step of a deduction, the points given, or part of a place."""
    if quantity.unit in ("points", "percentage_points"):
        return quantity.measure_word in POINTS_OF_A_PLATFORM
    if _is_of_a_place(passage, quantity):
        return False
    if quantity.value == 1 and quantity.unit == "count" and not _is_bounded_one(passage, quantity):
        return False
    around = passage.text[max(0, quantity.start - STEP_REACH) : quantity.start]
    if quantity.unit == "count" and _is_sample(passage, quantity):
        return False
    return not passage.closes_with("place_in_row", quantity.start) and not any(word in around for word in passage.class_words("step"))


def _is_of_a_place(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a figure is how many stand in a place of a row, or for how long (后两名; 连续两个月末位)."""
    if quantity.unit == "days":
        return passage.has("place", quantity.end, quantity.end + CLOSE)
    near = passage.between("place", quantity.start - LONGEST_PLACE, quantity.end + LONGEST_PLACE)
    return any(place.start <= quantity.start and quantity.end <= place.end for place in near)


def _is_sample(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a figure is how many are looked at or asked (随机访谈30人, 抽查村民20户), and sets no bound."""
    if passage.has("compare", quantity.start - CLOSE, quantity.end + CLOSE):
        return False
    return any(passage.closes_with("sample", at) for at in range(quantity.start - STEP_REACH, quantity.start + 1))


def _is_bounded_one(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a single one is asked for, as a bound (至少1次) or for each (每1户), and not just named."""
    return passage.closes_with("bound", quantity.start) or passage.text[quantity.start - 1 : quantity.start] == "每"


def limits(passage: Passage, mention: Mention, clause: Clause) -> tuple[int, int]:
    """Return the stretch of the clause around a mention that no other action claims."""
    others = [
        m for m in passage.between("action", clause.start, clause.end) if m.sense.value != mention.sense.value or m.start != mention.start
    ]
    before = max((m.end for m in others if m.end <= mention.start), default=clause.start)
    after = min((m.start for m in others if m.start >= mention.end), default=clause.end)
    return before, after


def measure_of(passage: Passage, mention: Mention, clause: Clause, quantity: Quantity | None) -> str | None:
    """Return how an action is counted: by its own ending (率, 次数), a word close behind it, or the unit of its figure."""
    length = mention.end - mention.start
    inside = [m for m in passage.between("measure", mention.start, mention.end) if m.end - m.start < length]
    if inside:
        return inside[-1].sense.value
    _, after = limits(passage, mention, clause)
    near = [m for m in passage.between("measure", mention.end, after) if m.start - mention.end <= MEASURE_REACH]
    if near:
        return near[0].sense.value
    return MEASURE_UNITS.get(quantity.unit) if quantity is not None else None


def scoring_of(passage: Passage, clause: Clause, quantity: Quantity | None) -> str | None:
    """Return how points are given: for each item, down a ladder, or at a threshold."""
    if any(_gives(passage, m) for m in passage.between("score", clause.start, clause.end, "per_item")):
        return "per_item"
    start, end = passage.sentence_range(clause)
    if passage.has("score", start, end, "per_item") and passage.has("sign", start, end, "shortfall"):
        return "ladder"
    return "threshold" if quantity is not None else None


def _gives(passage: Passage, per_item: Mention) -> bool:
    """Tell whether each item earns points; one that costs them is the step of a deduction."""
    if passage.opens_with("lacking_step", per_item.start):
        return False
    return "扣" not in passage.text[per_item.end : per_item.end + CLOSE]


def target_of(
    passage: Passage, start: int, end: int, quantity: Quantity | None, clause: Clause, *, of_everybody: bool = False
) -> Target | None:
    """Return the target said in a stretch of text; `of_everybody`: elsewhere the old and the absent are said to be counted in."""
    if quantity is not None:
        start, end = min(start, quantity.start), max(end, quantity.end)
    universal = any(not passage.inside_longer(m, "object") for m in passage.between("universal", start, end))
    universal = universal and not AVERAGE.search(passage.text, start, end)
    growing = passage.has("compare", start, _unrivalled(passage, end), "growth")
    population = "residents" if of_everybody and quantity is not None else _population(passage, clause, max(end, clause.end))
    if quantity is None and not universal and not growing and population == "unknown":
        return None
    return Target(
        operator="growth" if growing else _bound(passage, quantity, start, end) if quantity is not None else None,
        value=quantity.value if quantity is not None else None,
        unit=quantity.unit if quantity is not None else None,
        of=population,
        per=_period(passage, clause, quantity),
        growing=growing,
        universal=quantity.value >= 100 if quantity is not None and quantity.unit == "percent" else universal,
    )


def _unrivalled(passage: Passage, end: int) -> int:
    """Return how far behind a place nothing else is spoken of, so that what is said of growth is said of the same thing."""
    return min((m.start for m in passage.between("action", end, end + GROWTH_LATER)), default=end + GROWTH_LATER)


def _period(passage: Passage, clause: Clause, quantity: Quantity | None) -> Decimal | None:
    """Return the days the figure is for: the interval of 每周3次 is a third of a week, but the three times are for the week."""
    frequency = passage.frequency_in(clause.start, clause.end)
    if frequency is None:
        return None
    counted = quantity is not None and frequency.start <= quantity.start and quantity.end <= frequency.end
    return (frequency.interval * quantity.value).quantize(Decimal(1)) if counted and quantity else frequency.interval


def _bound(passage: Passage, quantity: Quantity, start: int, end: int) -> str | None:
    """Return the bound a figure sets: one whose lack is punished (低于60%的扣分) is a lower one, what is to shrink by it an upper one."""
    if passage.has("force", quantity.start - CLOSE, quantity.start, "reduce"):
        return "at_most"
    operator = _operator(passage, quantity, start, end)
    lacking = passage.has("sign", start, end, "shortfall")
    return "at_least" if operator == "at_most" and lacking else operator


def _operator(passage: Passage, quantity: Quantity, clause_start: int, clause_end: int) -> str | None:
    near = passage.between("compare", max(clause_start, quantity.start - BOUND_BEFORE), min(clause_end, quantity.end + BOUND_BEHIND))
    for m in sorted(near, key=lambda m: abs(m.start - quantity.start)):
        if m.end <= quantity.start or m.start >= quantity.end:
            return m.sense.value
    return None


def _population(passage: Passage, clause: Clause, end: int) -> str:
    """Return whom a share is one of: all residents where the sentence counts in the old and the absent, or starts from their number."""
    sentence = passage.between("population", *passage.sentence_range(clause))
    if any(m.sense.value == "anyone" for m in sentence):
        return "residents"
    near = [m.sense.value for m in passage.between("population", clause.start, end) if m.sense.value != "anyone"]
    earlier = [m.sense.value for m in sentence if m.end <= clause.start]
    for wanted in ("registered_population", "residents"):
        if wanted in near or (wanted in earlier and not near):
            return wanted
    return near[0] if near else "unknown"


def frequency_of(passage: Passage, clause: Clause) -> Decimal | None:
    """Return the interval in days that a clause names."""
    frequency = passage.frequency_in(clause.start, clause.end)
    return frequency.interval if frequency else None
