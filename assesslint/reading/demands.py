"""Mentions of actions → Demands: who is to do what with which object, counted how, against what target."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assesslint.reading.facts import Demand, Object, Target, Words
from assesslint.reading.indicator import CLASSES, EVIDENCE_FIELDS, IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Clause, Passage
from assesslint.reading.stance import negated, stance_of
from assesslint.text.quantity import Quantity

APPS = CLASSES["apps"]
ADOPTION = frozenset({"install", "register", "activate", "bind", "authenticate", "open_account", "scan_code", "promote"})
AFTERWARDS = ("后，", "后逐", "后由", "后再", "之后", "以后", "后24", "后两小时", "后一小时", "后及时", "期间")
"""What makes an action only the time of another (安装后逐一测试)."""
OPINION = frozenset({"take_survey", "give_rating", "coach_answers"})
PAPERWORK = frozenset({"hold_meeting", "issue_document", "found_leading_group", "take_notes"})
"""Work on paper: a demand of its kind only when it is counted or scored; drawing up a plan of help is help."""
ENGAGEMENT = frozenset({"like", "forward", "comment", "vote", "view"})
PRESENCE = frozenset({"check_in", "share_location"})
USAGE = frozenset({"log_in", "be_active", "study", "answer_quiz"})
REPORTED = frozenset({"hazard", "clue", "dispute", "brief", "article", "leader_note", "photo", "video", "event"})
VOLUNTARY = ADOPTION | USAGE | {"follow", "like", "forward", "comment", "vote", "view", "take_survey", "give_rating", "join_group"}

OBJECT_KINDS = {
    **dict.fromkeys(ADOPTION, APPS),
    **dict.fromkeys(USAGE, APPS | {"course"}),
    "follow": CLASSES["accounts"],
    **dict.fromkeys(("like", "forward", "comment", "vote", "view"), CLASSES["post"] | CLASSES["accounts"]),
    **dict.fromkeys(("create_group", "join_group", "reply_in_group", "relay_in_group"), CLASSES["chat_group"]),
    "report_item": REPORTED,
    "publish": frozenset({"brief", "article", "leader_note", "video"}),
    "obtain_leader_note": frozenset({"leader_note"}),
    "use_feature": frozenset({"feature"}) | APPS,
    **dict.fromkeys(("take_survey", "give_rating", "coach_answers"), frozenset({"survey", "hotline"})),
    "avoid_complaints": frozenset({"complaint"}),
    "hold_meeting": frozenset({"meeting"}),
    "issue_document": frozenset({"document"}),
}
"""The kinds of object each action can have; an action that is not here takes any."""

NEEDS_OBJECT = {"report_item": REPORTED, "publish": OBJECT_KINDS["publish"] | {"post"}}
"""Actions that are demands of their kind only on such an object."""

TOPICAL = ADOPTION | USAGE | {"follow", "like", "forward", "comment", "vote", "view", "publish", "report_item", "use_feature", "check_in", "join_group"}
"""Actions that a title or name can lend to a text that gives only figures."""

COUNT_OPERATORS = {"at_least": "at_least", "at_most": "at_most", "growth": "growth"}


def demands_of(indicator: IndicatorText) -> list[Demand]:
    """Return the demands of an indicator, in the order of its passages."""
    found: list[Demand] = []
    for passage in indicator.passages[1:]:
        for mention in passage.of("action"):
            clause = passage.clause_of(mention.start)
            if passage.field in EVIDENCE_FIELDS and not passage.quantities_in(clause.start, clause.end):
                continue
            demand = _demand(indicator, passage, mention)
            if demand is not None:
                found.append(demand)
        if not any(d.action == "avoid_complaints" for d in found):
            found.extend(_no_complaints(indicator, passage))
    found.extend(_bare_quotas(indicator))
    return [*_topical(indicator, found), *found]


NONE_AT_ALL = re.compile(r"一[件起例人次个条](?:也|都)?[不没]|为零|归零|清零|压到零|降为零|降到零|须零|零发生|零出现|不能有人|不得有|不出现|不发生|无人|没有一[件起例人次]|为0|0[件起例](?!点)")
"""That something is not to happen even once."""


def _no_complaints(indicator: IndicatorText, passage: Passage) -> list[Demand]:
    """Return the demand that nobody complains, told by a zero beside what people complain with (走访一件不出的, 差评须为零)."""
    for mention in passage.valued("object", "complaint"):
        clause = passage.clause_of(mention.start)
        match = NONE_AT_ALL.search(passage.text, clause.start, clause.end)
        if match is None or passage.between("hang", clause.start, clause.end) or negated(passage, mention) and "不得有" not in match.group():
            continue
        words = passage.words(min(mention.start, match.start()), max(mention.end, match.end()))
        target = Target("equal", Decimal(0), "count", universal=True)
        return [Demand(words, indicator.default_force, "avoid_complaints", Object("complaint"), target=target, control="others_doing")]
    return []


BY_CLASS = (
    (CLASSES["chat_group"], "join_group"),
    (CLASSES["accounts"], "follow"),
    (REPORTED, "report_item"),
    (frozenset({"survey"}), "take_survey"),
    (APPS, "promote"),
    (CLASSES["post"], "view"),
)
"""What a bare figure about an object counts: members of a group, followers, items handed in, answers, users, readers."""

ITEM_WORDS = frozenset(("", *"条 篇 件 个 起 例 则 份 幅 张".split()))
PEOPLE_WORDS = frozenset("人 名 户 家 位 人次 户次 余人 名人".split())


def _bare_quotas(indicator: IndicatorText) -> list[Demand]:
    """Return the demands of clauses that give a lower bound and an object but no verb (线索数 街道≥12, 有效户占比六成)."""
    found = []
    for passage in indicator.fields("content", "scoring", "remarks", "frequency", "measure", "evidence"):
        for clause in passage.clauses:
            demand = _bare_quota(indicator, passage, clause)
            if demand is not None:
                found.append(demand)
    return found


def _bare_quota(indicator: IndicatorText, passage: Passage, clause: Clause) -> Demand | None:
    start, end = clause.start, clause.end
    quantities = [q for q in _targets_in(passage, clause) if not passage.has("compare", q.start - 6, q.end + 4, "at_most") or passage.between("sign", start, end)]
    if not quantities or any(passage.between(kind, start, end) for kind in ("action", "quality", "inspection", "consequence", "thing")):
        return None
    bounded = passage.has("compare", start, end, "at_least") or passage.between("sign", start, end) or passage.has("score", start, end)
    if not bounded:
        return None
    quantity = quantities[0]
    counts_items = quantity.measure_word in ITEM_WORDS
    counts_people = quantity.unit == "percent" or quantity.measure_word in PEOPLE_WORDS
    for kinds, action in BY_CLASS:
        wide = action in ("follow", "join_group")
        near = passage.between("object", *(passage.sentence_range(clause) if wide else (start, end)))
        near = near or (indicator.name.of("object") if passage.field != "evidence" else [])
        objects = [m for m in near if m.sense.value in kinds and not (m.sense.without and indicator.excluded(m.sense.without, passage, m))]
        if not objects or not (counts_items if action == "report_item" else counts_people):
            continue
        if action in ("promote", "join_group", "follow") and not (passage.between("population", start, end) or passage.between("actor", start, end) or quantity.measure_word in PEOPLE_WORDS):
            continue
        stance = stance_of(passage, Mention(quantity.start, quantity.end, objects[0].sense), indicator.default_force)
        target = _target(passage, start, end, quantity, clause)
        measure = "count" if quantity.unit == "count" else "rate"
        control = _control(action, "unknown")
        kind = objects[0].sense.value
        return Demand(passage.words(start, end), stance.force, action, Object(kind), stance.voice, circumstance=stance.circumstance, measure=measure, scoring="threshold", target=target, control=control)
    return None


def _topical(indicator: IndicatorText, found: list[Demand]) -> list[Demand]:
    """Return the demands whose action stands only in the name, a heading or the title, the text giving just the figure: read together."""
    topics = [(p, m) for p in (indicator.name, *indicator.inherited) for m in p.of("action") if m.sense.value in TOPICAL]
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
        demand = _demand(indicator, passage, mention)
        if demand is None or demand.force in ("prohibited", "withdrawn", "reduced", "mentioned"):
            continue
        if anchor is not None:
            where, clause = anchor
            target = _target(where, clause.start, clause.end, next(iter(_targets_in(where, clause)), None), clause)
            measure = demand.measure or ("rate" if target is not None and target.unit == "percent" else "count" if target is not None else None)
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
            if any(passage.between(kind, start, end) for kind in ("action", "thing", "evidence", "inspection", "report", "hang")):
                continue
            negative = any(m.sense.value in ("prohibit", "exclude", "withdraw") for m in passage.between("force", start, end))
            if not negative and (passage.between("universal", start, end) or _targets_in(passage, clause)):
                return passage, clause
    return None


def _targets_in(passage: Passage, clause: Clause) -> list[Quantity]:
    return [q for q in passage.quantities_in(clause.start, clause.end) if q.unit in ("percent", "count") and _is_target(passage, q)]


def _demand(indicator: IndicatorText, passage: Passage, mention: Mention) -> Demand | None:
    sense = mention.sense
    action = sense.value
    clause = passage.clause_of(mention.start)
    if (action not in ENGAGEMENT and _inside(passage, mention, "evidence")) or _is_thing(indicator, passage, mention, clause):
        return None
    if passage.text.startswith(AFTERWARDS, mention.end) or (action in OPINION and passage.text[mention.start - 1 : mention.start] == "不"):
        return None
    if sense.without and indicator.excluded(sense.without, passage, mention):
        return None
    if action in PRESENCE | {"study"} and passage.has("means", clause.start, clause.end, "automatic"):
        return None
    if sense.needs and not indicator.met(sense.needs, sense.reach, passage, mention):
        return None
    if action in NEEDS_OBJECT and sense.implies is None and not _many_items(passage, mention, clause) and not _object_in(passage, mention, clause, NEEDS_OBJECT[action], indicator):
        return None
    action = _by_object(indicator, passage, mention, action, clause)
    kinds = OBJECT_KINDS.get(action)
    stance = stance_of(passage, mention, indicator.default_force)
    quantity = _target_quantity(passage, mention, clause)
    measure = _measure(passage, mention, clause, quantity)
    scoring = _scoring(passage, clause, quantity)
    if sense.nominal and not (measure or quantity or scoring or stance.asserted):
        return None
    if action in COUNTED_ONLY and not (quantity is not None and quantity.measure_word in ITEM_WORDS) and scoring != "per_item" and not passage.text[mention.start : mention.end].endswith(("数", "量")):
        return None
    scored = passage.between("score", *passage.sentence_range(clause))
    scored = passage.between("score", *passage.sentence_range(clause))
    counted = quantity is not None and quantity.unit == "count"
    points = any(q.unit == "points" for q in passage.quantities_in(*passage.sentence_range(clause)))
    if action in PAPERWORK and not (counted or scored or points or (stance.shortfall and stance.penalised)):
        return None
    if action in ("publish", "obtain_leader_note") and not (quantity or scoring or scored or stance.asserted):
        return None
    before, after = _limits(passage, mention, clause)
    target = _target(passage, before, after, quantity, clause)
    return Demand(
        words=_words(passage, mention, quantity, clause),
        force=negated(passage, mention) or indicator.default_force if action == "avoid_complaints" else stance.force,
        voice=stance.voice,
        circumstance=stance.circumstance,
        action=action,
        object=indicator.object_of(passage, mention, kinds, sense.implies or "unknown"),
        actor=_actor(passage, clause),
        measure=measure,
        scoring=scoring,
        target=target,
        control=_control(action, sense.control),
        frequency=_frequency(passage, clause),
    )


COUNTED_ONLY = frozenset({"report_item"})
"""Actions that are demands only when counted: reporting a hazard is a duty, reporting twenty is a quota."""


def _by_object(indicator: IndicatorText, passage: Passage, mention: Mention, action: str, clause: Clause) -> str:
    """Return the action as its object makes it: users won for an account follow it; a named feature used so many times is its use."""
    if action in ADOPTION:
        kinds = APPS | CLASSES["accounts"]
        found = indicator.object_of(passage, mention, kinds, "app")
        return "follow" if found.kind in CLASSES["accounts"] else action
    if action == "be_active" and passage.text.startswith("使用", mention.start):
        later = passage.quantities_in(mention.end, clause.end)
        named = passage.text[mention.end : mention.end + 1] == "“" or passage.has("object", clause.start, clause.end, "feature")
        if named and later and later[0].measure_word in ("次", "人次"):
            return "use_feature"
    if action in ("comment", "forward", "like") and passage.has("object", clause.start, clause.end, "chat_group") and "回" in passage.text[clause.start : clause.end]:
        return "reply_in_group"
    return action


def _control(action: str, told: str) -> str:
    if told != "unknown":
        return told
    return "voluntary" if action in VOLUNTARY else "own_work" if action == "resolve" else "others_doing" if action == "satisfy" else "unknown"


def _many_items(passage: Passage, mention: Mention, clause: Clause) -> bool:
    """Tell whether items of information are asked for by number, whatever they are (每日录入劝导记录不低于20条)."""
    if mention.sense.value != "report_item":
        return False
    counted = [q for q in passage.quantities_in(mention.end, clause.end) if q.measure_word in ("条", "篇", "则", "张") and q.value > 1]
    return bool(counted) and passage.has("compare", mention.end, clause.end, "at_least")


def _inside(passage: Passage, mention: Mention, kind: str) -> bool:
    """Tell whether a mention is only part of a longer word of another kind (打卡 in 打卡记录)."""
    return any(m.start <= mention.start and mention.end <= m.end and m.end - m.start > mention.end - mention.start for m in passage.of(kind))


def _is_thing(indicator: IndicatorText, passage: Passage, mention: Mention, clause: Clause) -> bool:
    """Tell whether the nearest object in the clause is a physical or legal thing and no app."""
    if mention.sense.value not in ADOPTION | USAGE:
        return False
    things = [m for m in passage.between("thing", clause.start, clause.end) if m.sense.value in ("physical", "legal")]
    apps = [m for m in passage.between("object", clause.start, clause.end) if m.sense.value in APPS]
    if not things:
        return not apps and _speaks_of_things(indicator)

    def distance(m: Mention) -> int:
        return m.start - mention.end if m.start >= mention.end else mention.start - m.end

    return min(map(distance, things)) <= min(map(distance, apps), default=99)


def _speaks_of_things(indicator: IndicatorText) -> bool:
    """Tell whether the name is about a physical thing and no app is spoken of anywhere."""
    named = any(m.sense.value == "physical" for m in indicator.name.of("thing"))
    return named and not any(m.sense.value in APPS for p in (*indicator.passages, *indicator.inherited) for m in p.of("object"))


def _object_in(passage: Passage, mention: Mention, clause: Clause, kinds: frozenset[str], indicator: IndicatorText) -> bool:
    start, end = passage.sentence_range(clause)
    if any(m.sense.value in kinds for m in passage.between("object", start, end)):
        return True
    return any(m.sense.value in kinds for m in indicator.name.of("object")) and bool(passage.quantities_in(clause.start, clause.end))


def _limits(passage: Passage, mention: Mention, clause: Clause) -> tuple[int, int]:
    """Return the stretch of the clause around a mention that no other action claims."""
    others = [m for m in passage.between("action", clause.start, clause.end) if m.sense.value != mention.sense.value or m.start != mention.start]
    before = max((m.end for m in others if m.end <= mention.start), default=clause.start)
    after = min((m.start for m in others if m.start >= mention.end), default=clause.end)
    return before, after


BOUNDS = ("少于", "低于", "至少", "最少", "达到", "≥", "完成")


def _is_target(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a quantity is what is to be reached, not the step of a deduction or the points given."""
    if quantity.unit in ("points", "percentage_points"):
        return quantity.measure_word in ("积分", "个积分")
    around = passage.text[max(0, quantity.start - 3) : quantity.start]
    if quantity.value == 1 and quantity.unit == "count" and not around.endswith(BOUNDS) and not passage.text[quantity.start - 1 : quantity.start] == "每":
        return False
    return not any(word in around for word in ("每低", "每少", "每降", "每高", "每增", "低于每", "每缺", "每超"))


def _target_quantity(passage: Passage, mention: Mention, clause: Clause) -> Quantity | None:
    before, after = _limits(passage, mention, clause)
    if passage.text[mention.start : mention.end].endswith(("积分", "学分", "经验值", "得分")):
        scored = [q for q in passage.quantities_in(mention.end, after) if q.unit == "points" and passage.has("compare", mention.end, q.start + 1)]
        if scored:
            return scored[0]
    if mention.sense.value in COUNTED_ONLY:
        _, sentence_end = passage.sentence_range(clause)
        items = [q for q in passage.quantities_in(before, min(sentence_end, clause.end + 40)) if _is_target(passage, q) and q.measure_word in ITEM_WORDS]
        return next((q for q in items if q.start >= mention.end), items[-1] if items else None)
    timed = mention.sense.value in USAGE | PRESENCE | {"reply_in_group"}
    later = [q for q in passage.quantities_in(mention.end, after) if _is_target(passage, q) and (timed or q.unit != "days")]
    if later:
        return later[0]
    earlier = [q for q in passage.quantities_in(before, mention.start) if _is_target(passage, q)]
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
        if listed and listed[0].start - mention.end <= 2:
            return next((q for q in passage.quantities_in(mention.end, clause.end) if _is_target(passage, q)), None)
    return None


MEASURE_UNITS = {"percent": "rate", "count": "count", "days": "duration", "points": "points"}


def _measure(passage: Passage, mention: Mention, clause: Clause, quantity: Quantity | None) -> str | None:
    inside = [m for m in passage.of("measure") if m.start >= mention.start and m.end <= mention.end]
    if inside:
        return inside[-1].sense.value
    _, after = _limits(passage, mention, clause)
    near = [m for m in passage.between("measure", mention.end, after) if m.start - mention.end <= 6]
    if near:
        return near[0].sense.value
    return MEASURE_UNITS.get(quantity.unit) if quantity is not None else None


def _scoring(passage: Passage, clause: Clause, quantity: Quantity | None) -> str | None:
    if any(_gives(passage, m) for m in passage.between("score", clause.start, clause.end) if m.sense.value == "per_item"):
        return "per_item"
    start, end = passage.sentence_range(clause)
    if passage.has("score", start, end, "per_item") and passage.has("sign", start, end, "shortfall"):
        return "ladder"
    return "threshold" if quantity is not None else None


def _gives(passage: Passage, per_item: Mention) -> bool:
    """Tell whether each item earns points; one that costs them is the step of a deduction."""
    if passage.text.startswith(("每低", "每少", "每缺", "每高"), per_item.start):
        return False
    return "扣" not in passage.text[per_item.end : per_item.end + 4]


def _operator(passage: Passage, quantity: Quantity, clause_start: int, clause_end: int) -> str | None:
    near = [m for m in passage.between("compare", max(clause_start, quantity.start - 10), min(clause_end, quantity.end + 4))]
    for m in sorted(near, key=lambda m: abs(m.start - quantity.start)):
        if m.end <= quantity.start or m.start >= quantity.end:
            return COUNT_OPERATORS[m.sense.value]
    return None


def _target(passage: Passage, start: int, end: int, quantity: Quantity | None, clause: Clause) -> Target | None:
    """Return the target said in a stretch of text; a share that counts in the old and the absent is one of all residents."""
    if quantity is not None:
        start, end = min(start, quantity.start), max(end, quantity.end)
    universal = bool(passage.between("universal", start, end))
    growing = passage.has("compare", start, end, "growth")
    population = _population(passage, clause.start, max(end, clause.end))
    if passage.has("population", *passage.sentence_range(clause), "anyone"):
        population = "residents"
    if quantity is None and not universal and not growing and population == "unknown":
        return None
    return Target(
        operator="growth" if growing else _operator(passage, quantity, start, end) if quantity is not None else None,
        value=quantity.value if quantity is not None else None,
        unit=quantity.unit if quantity is not None else None,
        of=population,
        per=_frequency(passage, clause),
        growing=growing,
        universal=quantity.value >= 100 if quantity is not None and quantity.unit == "percent" else universal,
    )


def _population(passage: Passage, start: int, end: int) -> str:
    found = [m for m in passage.between("population", start, end) if m.sense.value != "anyone"]
    if not found:
        return "unknown"
    for wanted in ("registered_population", "residents"):
        if any(m.sense.value == wanted for m in found):
            return wanted
    return found[0].sense.value


def _frequency(passage: Passage, clause: Clause) -> Decimal | None:
    frequency = passage.frequency_in(clause.start, clause.end)
    return frequency.interval if frequency else None


def _actor(passage: Passage, clause: Clause) -> str:
    found = passage.between("actor", clause.start, clause.end)
    return found[0].sense.value if found else "unknown"


def _words(passage: Passage, mention: Mention, quantity: Quantity | None, clause: Clause) -> Words:
    start, end = mention.start, mention.end
    if passage.text.startswith(("分钟", "小时", "个小时", "钟头"), start):
        while start > clause.start and passage.text[start - 1] in "0123456789一二两三四五六七八九十半":
            start -= 1
    while end < len(passage.text) and passage.text[end] in "率数量":
        end += 1
    if quantity is not None and clause.start <= quantity.start and quantity.end <= clause.end:
        start, end = min(start, quantity.start), max(end, quantity.end)
    return passage.words(start, end)
