"""Mentions of actions → Demands: who is to do what with which object, counted how, against what target."""

from __future__ import annotations

from assesslint.reading.facts import Demand, Words
from assesslint.reading.groups import (
    ACCOUNTS,
    ADOPTION,
    APPS,
    BINDING,
    COUNTED_ONLY,
    ENGAGEMENT,
    GROUPING,
    OBJECT_KINDS,
    OPINION,
    PAPERWORK,
    PRESENCE,
    PUBLICITY,
    REPORTED,
    USAGE,
    VOLUNTARY,
)
from assesslint.reading.indicator import EVIDENCE_FIELDS, IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.nouns import defined_otherwise, is_channel, said_of_another, spoken_of
from assesslint.reading.passage import LONGEST_CLAUSE, Clause, Passage
from assesslint.reading.quotas import bare_quotas, topical
from assesslint.reading.stance import Stance, negated, punished_as_such, stance_of
from assesslint.reading.targets import counts_items, frequency_of, limits, measure_of, scoring_of, target_of, target_quantity
from assesslint.text.quantity import Quantity

NEEDS_OBJECT = {"report_item": REPORTED, "publish": OBJECT_KINDS["publish"] | {"post"}}
"""Actions that are demands of their kind only on such an object."""

COMPARED = ADOPTION | USAGE | ENGAGEMENT | PRESENCE | GROUPING | {"follow"}
"""Actions whose figures units are ranked by."""

TOLD_HOW = frozenset({"coach_answers"})
"""Actions that are done to people: that it is done to all of them (挨家挨户讲清怎样回答) is no target without a figure."""

CONVENED_FOR = frozenset({"study"})
"""Actions that a meeting may be held for (召开会议学习上级文件), so that what is scored behind them is the meeting."""

OWN_WORDS = ("content", "scoring", "remarks", "measure")
"""The fields that say whom a share is one of."""

CONTROL = {"resolve": "own_work", "satisfy": "others_doing"}
"""Who decides whether an action comes about that is no choice of those it is asked of."""

PERIODS = ("日", "天", "周", "月", "季", "年")
"""What 每 before a word makes one word with (每周登录)."""

LONGEST_DEFINING = 6
"""Characters within which a quoted word is followed by 指, 是指, 是否指 where it is being defined."""


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
    found.extend(bare_quotas(indicator))
    return [*topical(indicator, found, _demand), *found]


def _demand(indicator: IndicatorText, passage: Passage, mention: Mention) -> Demand | None:
    """Return the demand a mention makes, or None where the word is not meant so, or is no demand by itself."""
    if not _is_meant(indicator, passage, mention):
        return None
    clause = passage.clause_of(mention.start)
    action = _by_object(indicator, passage, mention, mention.sense.value, clause)
    stance = stance_of(passage, mention, indicator.default_force)
    quantity = target_quantity(passage, mention, clause)
    measure = measure_of(passage, mention, clause, quantity)
    scoring = scoring_of(passage, clause, quantity)
    if not _amounts_to_a_demand(passage, mention, action, stance, quantity, measure, scoring):
        return None
    before, after = limits(passage, mention, clause)
    everybody = _counts_everybody(indicator)
    return Demand(
        words=_words(passage, mention, quantity, clause),
        force=_force(indicator, passage, mention, stance, quantity),
        voice=stance.voice,
        circumstance=_circumstance(passage, clause, stance),
        action=action,
        object=indicator.object_of(passage, mention, OBJECT_KINDS.get(action), mention.sense.implies or "unknown"),
        actor=_actor(passage, clause),
        measure=measure,
        scoring=scoring,
        target=target_of(passage, before, after, quantity, clause, of_everybody=everybody) if quantity or action not in TOLD_HOW else None,
        control=_control(mention, action, _circumstance(passage, clause, stance)),
        frequency=frequency_of(passage, clause),
    )


def _force(indicator: IndicatorText, passage: Passage, mention: Mention, stance: Stance, quantity: Quantity | None) -> str:
    """Return the force of a demand.

    What is encouraged up to a figure is scored by it. Who is punished for a lapse (轨迹断点) is asked to be seen. A figure that is
    only compared, with neither points nor a target, asks for nothing itself: comparing it is what can be objected to.
    """
    if mention.sense.value == "avoid_complaints":
        return negated(passage, mention) or ("prohibited" if _is_fault(passage, mention) else indicator.default_force)
    if stance.force == "encouraged" and quantity is not None and quantity.unit in ("percent", "count"):
        return indicator.default_force
    lapse = passage.has("cue", mention.start, mention.end, "lapse")
    if lapse and stance.force == "prohibited" and stance.penalised and negated(passage, mention) is None:
        return "scored"
    if stance.force in BINDING and quantity is None and _only_compared(passage, mention):
        return "ranked"
    return stance.force


def _counts_everybody(indicator: IndicatorText) -> bool:
    """Tell whether those who can least be asked are counted in all the same (含老年人、儿童; 外出人员不作剔除)."""
    return any(passage.of("cue", "counted_in") for passage in indicator.fields(*OWN_WORDS))


def _is_fault(passage: Passage, mention: Mention) -> bool:
    """Tell whether points are lost for asking a thing (向下提出“零投诉”要求的，每项扣2分), and none won by it."""
    clause = passage.clause_of(mention.start)
    return punished_as_such(passage, mention) and not passage.has("score", mention.end, clause.end, "reward")


def _only_compared(passage: Passage, mention: Mention) -> bool:
    """Tell whether a figure of use is put in order or made public, and its field gives no points and makes no duty of it."""
    if mention.sense.value not in COMPARED:
        return False
    clause = passage.clause_of(mention.start)
    compared = any(m.sense.value in PUBLICITY for m in passage.between("consequence", mention.start, clause.end))
    compared = compared or passage.has("place", mention.start, clause.end)
    scored = any(m.end - m.start > 1 for m in passage.between("score", *passage.sentence_range(clause)))
    bound = scored or any(q.unit == "points" for q in passage.quantities) or passage.between("universal", clause.start, clause.end)
    duties = passage.has("force", clause.start, mention.start, "must")
    return compared and not bound and not duties


def _is_meant(indicator: IndicatorText, passage: Passage, mention: Mention) -> bool:
    """Tell whether the word has this meaning here: the things it needs are near, and none that gives it another."""
    sense = mention.sense
    action = sense.value
    clause = passage.clause_of(mention.start)
    by_the_piece = action == "publish" and passage.has("score", clause.start, passage.sentence_range(clause)[1], "per_item")
    part_of_proof = action not in ENGAGEMENT and not by_the_piece and passage.inside_longer(mention, "evidence")
    part_of_proof = part_of_proof or (action == "take_notes" and passage.opens_with("as_proof", mention.end))
    part_of_name = action == "follow" and passage.inside_longer(mention, "object")
    only_its_time = passage.opens_with("only_then", mention.end)
    left_undone = action in OPINION and passage.text[mention.start - 1 : mention.start] == "不"
    by_machine = action in PRESENCE | {"study", "promote"} and passage.has("means", clause.start, clause.end, "automatic")
    if _only_spoken_of(passage, mention, clause) or defined_otherwise(indicator, mention):
        return False
    if action == "study" and _is_where(passage, mention, clause):
        return False
    if part_of_proof or part_of_name or only_its_time or left_undone or by_machine or _is_thing(indicator, passage, mention, clause):
        return False
    if action in ADOPTION | {"follow"} and said_of_another(indicator, passage, mention, clause):
        return False
    if sense.without and indicator.excluded(sense.without, passage, mention):
        return False
    if sense.needs and not indicator.met(sense.needs, sense.reach, passage, mention):
        return False
    if action not in NEEDS_OBJECT or sense.implies is not None:
        return True
    return _many_items(passage, mention, clause) or _object_in(indicator, passage, clause, NEEDS_OBJECT[action])


def _is_where(passage: Passage, mention: Mention, clause: Clause) -> bool:
    """Tell whether a platform's name only says where something else is done that the clause asks for (学习强国日活、安全教育平台注册率)."""
    if not any(m.end == mention.end for m in passage.between("object", clause.start, clause.end)):
        return False
    adopted = passage.between("action", clause.start, clause.end, *ADOPTION)
    return bool(adopted) or passage.has("action", mention.end, clause.end, *USAGE)


def _only_spoken_of(passage: Passage, mention: Mention, clause: Clause) -> bool:
    """Tell whether a word is defined (“触达”指…), asked about (是否开通APP？), or left open (点不点赞)."""
    text = passage.text
    defined = text.startswith("”", mention.end) and passage.has("cue", mention.end, mention.end + LONGEST_DEFINING, "defines")
    asked = text.startswith("？", passage.sentence_range(clause)[1])
    left_open = mention.start > 1 and text[mention.start - 1] == "不" and text[mention.start - 2] == text[mention.start]
    return defined or asked or left_open


def _amounts_to_a_demand(
    passage: Passage, mention: Mention, action: str, stance: Stance, quantity: Quantity | None, measure: str | None, scoring: str | None
) -> bool:
    """Tell whether the word asks for something: a bare noun does only with a figure, paperwork when scored, reports when counted."""
    if mention.sense.nominal and not (measure or quantity or scoring or stance.asserted or (stance.shortfall and stance.penalised)):
        return False
    if action in COUNTED_ONLY:
        counted = quantity is not None and counts_items(passage, quantity)
        return counted or scoring == "per_item" or passage.text[mention.start : mention.end].endswith(("数", "量"))
    if action in PAPERWORK:
        counted = quantity is not None and quantity.unit == "count"
        return counted or _scores_itself(passage, mention) or (stance.shortfall and stance.penalised)
    scored = bool(passage.between("score", *passage.sentence_range(passage.clause_of(mention.start))))
    if action in ("publish", "obtain_leader_note"):
        return bool(quantity or scoring or scored or stance.asserted)
    return True


def _scores_itself(passage: Passage, mention: Mention) -> bool:
    """Tell whether paperwork earns or costs points, and not what was done after it (制定方案，整改率达到95%得满分)."""
    clause = passage.clause_of(mention.start)
    _, end = passage.sentence_range(clause)
    end = min((m.start for m in passage.between("action", mention.end, end) if m.sense.value not in PAPERWORK | CONVENED_FOR), default=end)
    points = any(q.unit == "points" for q in passage.quantities_in(clause.start, end))
    return points or passage.has("score", clause.start, end)


def _by_object(indicator: IndicatorText, passage: Passage, mention: Mention, action: str, clause: Clause) -> str:
    """Return the action as its object makes it: users won for an account follow it; a named feature used so many times is its use."""
    if action in ADOPTION and action != "install":
        kinds = APPS | ACCOUNTS
        found = indicator.object_of(passage, mention, kinds, "app")
        return "follow" if found.kind in ACCOUNTS else action
    if action == "be_active" and passage.text.startswith("使用", mention.start):
        later = passage.quantities_in(mention.end, clause.end)
        named = passage.text[mention.end : mention.end + 1] == "“" or passage.has("object", clause.start, clause.end, "feature")
        if named and later and later[0].measure_word in ("次", "人次"):
            return "use_feature"
    if (
        action in ("comment", "forward", "like")
        and passage.has("object", clause.start, clause.end, "chat_group")
        and "回" in passage.text[clause.start : clause.end]
    ):
        return "reply_in_group"
    return action


def _circumstance(passage: Passage, clause: Clause, stance: Stance) -> str:
    """Return the circumstance of a demand; one that follows a law by its title (按《…法》) stands under that law."""
    named = stance.circumstance == "normal" and passage.has("cue", clause.start, clause.end, "law")
    return "statutory" if named else stance.circumstance


def _control(mention: Mention, action: str, circumstance: str) -> str:
    """Return who decides whether a demand can be met; what a law demands is voluntary for nobody."""
    told = mention.sense.control
    if told == "voluntary" and circumstance == "statutory":
        return "legal_duty"
    if told != "unknown":
        return told
    return "voluntary" if action in VOLUNTARY else CONTROL.get(action, "unknown")


def _many_items(passage: Passage, mention: Mention, clause: Clause) -> bool:
    """Tell whether items of information are asked for by number, whatever they are (每日录入劝导记录不低于20条)."""
    if mention.sense.value != "report_item":
        return False
    counted = [q for q in passage.quantities_in(mention.end, clause.end) if q.measure_word in ("条", "篇", "则", "张") and q.value > 1]
    return bool(counted) and passage.has("compare", mention.end, clause.end, "at_least")


def _is_thing(indicator: IndicatorText, passage: Passage, mention: Mention, clause: Clause) -> bool:
    """Tell whether the nearest object in the clause is a physical or legal thing and no app."""
    if mention.sense.value not in ADOPTION | USAGE:
        return False
    things = [
        m
        for m in passage.between("thing", clause.start, clause.end)
        if m.sense.value in (("physical", "legal") if mention.sense.value == "register" else ("physical",))
    ]
    apps = [m for m in passage.between("object", clause.start, clause.end) if m.sense.value in APPS and not is_channel(passage, m)]
    if not things:
        return _speaks_of_things(indicator, passage, clause)

    def distance(m: Mention) -> int:
        return m.start - mention.end if m.start >= mention.end else mention.start - m.end

    return min(map(distance, things)) <= min(map(distance, apps), default=LONGEST_CLAUSE)


def _speaks_of_things(indicator: IndicatorText, passage: Passage, clause: Clause) -> bool:
    """Tell whether the name is about a physical thing, and neither the sentence nor a heading speaks of an app."""
    if not indicator.name.of("thing", "physical"):
        return False
    return not spoken_of(indicator, passage, clause, APPS)


def _object_in(indicator: IndicatorText, passage: Passage, clause: Clause, kinds: frozenset[str]) -> bool:
    """Tell whether an object of one of the kinds stands in the sentence, or in the name where the clause gives the figure."""
    start, end = passage.sentence_range(clause)
    if any(m.sense.value in kinds for m in passage.between("object", start, end)):
        return True
    return any(m.sense.value in kinds for m in indicator.name.of("object")) and bool(passage.quantities_in(clause.start, clause.end))


def _actor(passage: Passage, clause: Clause) -> str:
    found = passage.between("actor", clause.start, clause.end)
    return found[0].sense.value if found else "unknown"


def _words(passage: Passage, mention: Mention, quantity: Quantity | None, clause: Clause) -> Words:
    start, end = mention.start, mention.end
    if passage.opens_with("time_unit", start):
        while start > clause.start and passage.text[start - 1] in "0123456789一二两三四五六七八九十半":
            start -= 1
    if passage.text.startswith(PERIODS, start) and passage.text.startswith("每", start - 1):
        start -= 1
    while end < len(passage.text) and passage.text[end] in "率数量":
        end += 1
    if quantity is not None and clause.start <= quantity.start and quantity.end <= clause.end:
        start, end = min(start, quantity.start), max(end, quantity.end)
    return passage.words(start, end)
