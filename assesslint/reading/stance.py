"""Where a word stands in its sentence → what the draft does with it: asks, scores, bans, drops, offers, or merely reports it.

The sense of a clause is the product of its signs. A ban on a lack is a demand (不得漏报), a penalty for a lack is a demand (未安装的扣分),
a penalty for the thing itself is a ban (发现强制下载的扣分). A sign governs to the end of its sentence unless a new turn (但, 改为) or an
assertion of its own (须, a target, a score) takes over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assesslint.reading.groups import PUNISHMENT
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Clause, Passage

PENALTIES = PUNISHMENT | {"circular"}
NEGATIVE = {"prohibit": "prohibited", "withdraw": "withdrawn", "reduce": "reduced", "exclude": "prohibited", "combat": "prohibited"}
PROVEN = ("查实", "属实", "经核实", "查出", "被举报", "经调查")
CASE = re.compile(
    r"[的者](?:，)?(?:每|一|均|一律|视情|按|直接|从重|予以|另|再|加倍)?[次例件项起处人户家张份个]?(?:一)?(?:扣|倒扣|加扣|不得分|不计分|不得申报)"
)
PROTECTED = ("不得拒绝", "不得限制", "不得影响", "不得因此", "不影响", "不得拒办", "不得为难", "照常办理", "一样办理", "不得差别")
"""What shields those who do not do a thing."""
BREAKERS = ("违者", "违反的", "违反者", "否则", "一经", "凡违", "如有违反", "对违反")
"""What opens the sanction of a ban; the sanction itself is not banned."""
EXCUSES = ("为由", "为借口", "理由", "拒绝", "拒办", "因未", "因没", "因不", "以未", "强制", "强行")
NEGATED_CIRCUMSTANCE = ("非", "无论", "不论", "不管", "平时", "是否", "除")


@dataclass(frozen=True, slots=True)
class Stance:
    """`asserted`: a figure, a score or a duty stands with the word itself, not only the field it is written in."""

    force: str
    voice: str = "own"
    circumstance: str = "normal"
    shortfall: bool = False
    penalised: bool = False
    asserted: bool = False


@dataclass(frozen=True, slots=True)
class _Carry:
    """What an earlier clause lays on the next: a negative force, and whether the penalty of a list head applies to each item."""

    force: str | None = None
    from_head: bool = False
    head_penalty: bool = False


def stance_of(passage: Passage, mention: Mention, default: str) -> Stance:
    """Return the stance of a mention; `default` is the force of a bare noun in this field."""
    clause = passage.clause_of(mention.start)
    voice = _voice(passage, mention, clause)
    circumstance = circumstance_of(passage, mention.start)
    asserted = _asserts(passage, clause, mention)
    shortfall = _shortfall(passage, mention, clause)
    carry = _carries(passage)[clause.index]
    sentence_start, sentence_end = passage.sentence_range(clause)
    penalty = carry.head_penalty or _penalty(passage, mention, sentence_start, sentence_end)
    force = _negative(passage, mention, clause, carry, asserted=asserted, shortfall=shortfall)
    if force is None:
        force = _positive(passage, mention, clause, default, shortfall=shortfall, penalty=penalty, asserted=asserted)
    return Stance(force, voice, circumstance, shortfall, penalty, asserted)


def negated(passage: Passage, mention: Mention) -> str | None:
    """Return the negative force that governs a mention (prohibited, withdrawn, reduced), or None."""
    clause = passage.clause_of(mention.start)
    return _negative(passage, mention, clause, _carries(passage)[clause.index], asserted=False, shortfall=False)


def punished_as_such(passage: Passage, mention: Mention) -> bool:
    """Tell whether doing the thing is what is punished (转给村干部代做的,每例扣1分)."""
    clause = passage.clause_of(mention.start)
    penalty = _penalty(passage, mention, clause.start, passage.sentence_range(clause)[1])
    return penalty and _is_condition(passage, clause, mention) and not _shortfall(passage, mention, clause)


def _negative(passage: Passage, mention: Mention, clause: Clause, carry: _Carry, *, asserted: bool, shortfall: bool) -> str | None:
    """Return the negative force that governs a mention, or None."""
    turn = max((m.end for m in passage.between("force", clause.start, mention.start) if m.sense.value == "turn"), default=clause.start)
    before = [m for m in passage.between("force", turn, mention.start) if m.sense.value in NEGATIVE]
    if before:
        operator = before[-1]
        if any(m.sense.value == "prohibit" for m in before):
            operator = next(m for m in before if m.sense.value == "prohibit")
        between = passage.text[operator.end : mention.start]
        if operator.sense.value == "combat" and (asserted or _far(passage, operator, mention)):
            return None
        if operator.sense.value in ("reduce", "withdraw") and shortfall:
            return None
        if operator.sense.value == "prohibit" and not any(word in passage.text[clause.start : clause.end] for word in EXCUSES):
            lacks = passage.between("sign", operator.end, mention.start)
            if any(m.sense.value == "shortfall" and m.start - operator.end <= 3 for m in lacks):
                return None
            if passage.text[mention.start - 1] == "不" and between.endswith("不"):
                return None
            if passage.has("score", operator.start, mention.start) and passage.has("sign", clause.start, operator.start):
                return None
        return NEGATIVE[operator.sense.value]
    after = _negated_after(passage, mention, clause, asserted=asserted, shortfall=shortfall)
    if after:
        return after
    if carry.force and turn == clause.start and not (asserted and _own_duty(passage, clause, mention, listed=carry.from_head)):
        sanction = mention.sense.kind == "consequence" and passage.text.startswith(BREAKERS, clause.start)
        return None if shortfall or sanction else NEGATIVE[carry.force]
    return None


def _far(passage: Passage, operator: Mention, mention: Mention) -> bool:
    """Tell whether a word of fighting (整治, 防止) is too far off to be aimed at the mention; what is forced is always aimed at."""
    limit = 2 if mention.sense.kind in ("consequence", "inspection") else 8
    return mention.start - operator.end > limit and not passage.has("force", operator.end, mention.start, "coerce")


def _negated_after(passage: Passage, mention: Mention, clause: Clause, *, asserted: bool, shortfall: bool) -> str | None:
    """Return the negative force of what is said of the mention later: 下载量不作为考核内容, 打卡一律取消, 报表压减一半."""
    if passage.has("cap", mention.end, clause.end) and not passage.quantities_in(mention.end, clause.end):
        return "reduced"
    for operator in passage.between("force", mention.end, clause.end):
        value = operator.sense.value
        if value == "turn":
            return None
        if value == "exclude" and not shortfall:
            return "prohibited"
        if value == "prohibit" and not shortfall:
            rest = passage.between("force", operator.end, clause.end)
            if any(m.sense.value in ("evaluate", "coerce") for m in rest) or operator.end >= clause.end - 1:
                return "prohibited"
        if value in ("withdraw", "reduce") and not asserted and not passage.between("action", operator.end, clause.end):
            return NEGATIVE[value]
    if asserted or shortfall or clause.mark != "，":
        return None
    following = passage.clauses[clause.index + 1] if clause.index + 1 < len(passage.clauses) else None
    if following is None or following.sentence != clause.sentence or passage.between("action", following.start, following.end):
        return None
    for operator in passage.between("force", following.start, following.end):
        value = operator.sense.value
        if value == "turn":
            return None
        if value == "exclude":
            return "prohibited"
        rest = passage.between("force", operator.end, following.end)
        if value == "prohibit" and any(m.sense.value in ("evaluate", "coerce") for m in rest):
            return "prohibited"
        if value == "withdraw" and operator.start - following.start <= 4:
            return "withdrawn"
    return None


def _positive(passage: Passage, mention: Mention, clause: Clause, default: str, *, shortfall: bool, penalty: bool, asserted: bool) -> str:
    sentence_start, sentence_end = passage.sentence_range(clause)
    forces = {m.sense.value for m in passage.between("force", clause.start, clause.end)}
    if penalty and not shortfall:
        coerced = "coerce" in forces or passage.has("force", sentence_start, mention.start, "coerce")
        occurred = passage.has("sign", clause.start, mention.start, "occurrence") or _carries(passage)[clause.index].head_penalty
        occurred = occurred or any(word in passage.text[sentence_start:sentence_end] for word in PROVEN)
        if mention.sense.kind != "consequence":
            occurred = occurred or (_is_condition(passage, clause, mention) and not _has_target(passage, clause))
        exceeded = passage.has("sign", clause.start, clause.end, "excess") and not passage.has("score", clause.start, clause.end, "reward")
        if coerced or occurred or exceeded:
            return "prohibited"
    if shortfall and not penalty and passage.has("score", mention.start, sentence_end, "reward") and "coerce" in forces:
        return "prohibited"
    if shortfall and any(word in passage.text[mention.end : sentence_end] for word in PROTECTED):
        return "mentioned"
    if shortfall and penalty:
        return "scored"
    if shortfall and _plainly_negated(passage, mention, clause):
        return "mentioned"
    if passage.has("score", clause.start, clause.end, "bonus"):
        return "bonus"
    pressed = _pressed_later(passage, clause)
    if "voluntary" in forces or _next_is_voluntary(passage, clause):
        return "required" if pressed else "allowed"
    if "encourage" in forces and not passage.has("score", clause.start, clause.end):
        return "required" if pressed else "encouraged"
    if ("offer" in forces or "allow" in forces) and not asserted:
        return "allowed"
    if asserted and "must" in forces:
        return "required"
    return default


def _is_condition(passage: Passage, clause: Clause, mention: Mention) -> bool:
    """Tell whether a clause names the case that what follows applies to (要求撤评改评的,每件扣2分; 多头检查的每次扣1分)."""
    if clause.mark == "，" and passage.text[clause.end - 1] in "的者":
        return True
    return CASE.search(passage.text, mention.end, clause.end) is not None


def _has_target(passage: Passage, clause: Clause) -> bool:
    return any(q.unit in ("percent", "count") for q in passage.quantities_in(clause.start, clause.end)) or bool(
        passage.between("universal", clause.start, clause.end)
    )


def _pressed_later(passage: Passage, clause: Clause) -> bool:
    """Tell whether a lack is punished right after, in words that name no action of their own (鼓励下载,未达八成的予以通报)."""
    for following in passage.clauses[clause.index + 1 : clause.index + 4]:
        if passage.between("action", following.start, following.end):
            return False
        lacks = any(
            m.sense.value == "shortfall" and m.start - following.start <= 8 for m in passage.between("sign", following.start, following.end)
        )
        after = passage.clauses[following.index + 1 : following.index + 2]
        if lacks and any(_punishes(passage, c) for c in (following, *after) if c.sentence == following.sentence):
            return True
    return False


def _punishes(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause takes points away or lets somebody suffer for it."""
    return passage.has("score", clause.start, clause.end, "penalty") or any(
        m.sense.value in PENALTIES for m in passage.between("consequence", clause.start, clause.end)
    )


def _next_is_voluntary(passage: Passage, clause: Clause) -> bool:
    return any(
        c.sentence == clause.sentence
        and passage.has("force", c.start, c.end, "voluntary")
        and not passage.between("action", c.start, c.end)
        for c in passage.clauses[clause.index + 1 : clause.index + 2]
    )


def _penalty(passage: Passage, mention: Mention, start: int, end: int) -> bool:
    """Tell whether something is taken away in the sentence: points, money, honours, or a talking-to."""
    if passage.has("score", start, end, "penalty"):
        return True
    return any(
        m.sense.value in PENALTIES and m.start != mention.start and not m.sense.needs_penalty
        for m in passage.between("consequence", start, end)
    )


def _shortfall(passage: Passage, mention: Mention, clause: Clause) -> bool:
    """Tell whether the mention is said to be lacking: 未安装, 安装率每低1个百分点, 签到缺一次."""
    actions = passage.between("action", clause.start, clause.end)
    previous = max((a.end for a in actions if a.end <= mention.start), default=clause.start)
    following = min((a.start for a in actions if a.start >= mention.end), default=clause.end)
    for sign in passage.between("sign", clause.start, clause.end):
        if sign.sense.value != "shortfall":
            continue
        if sign.end <= mention.start and (sign.start >= previous or _listed(passage.text[previous : mention.start])):
            return True
        if mention.end <= sign.start < following:
            return True
    return any(
        m.sense.value == "at_most" and mention.end <= m.start < following and not passage.has("cap", m.start, m.end)
        for m in passage.between("compare", clause.start, clause.end)
    )


def _plainly_negated(passage: Passage, mention: Mention, clause: Clause) -> bool:
    """Tell whether the clause just says that the thing is not done (不使用工作群接龙), with nothing hanging on it."""
    bare = [
        m for m in passage.between("sign", clause.start, mention.start) if passage.text[m.start : m.end] in ("不", "未", "没有", "无", "没")
    ]
    if not bare:
        return False
    between = passage.text[bare[-1].end : mention.start]
    if mention.sense.kind != "consequence":
        return len(between) <= 10
    return "的" not in between and (len(between) <= 4 or ("、" in between and len(between) <= 12))


def _listed(text: str) -> bool:
    """Tell whether two actions stand in one list (未下载、注册), so that the sign of the first is the sign of both."""
    return len(text) <= 6 and ("、" in text or "和" in text or "或" in text or text == "")


def _asserts(passage: Passage, clause: Clause, mention: Mention) -> bool:
    """Tell whether a figure, score or duty stands with the mention in its clause."""
    if mention.sense.kind == "consequence":
        return False
    if passage.quantities_in(clause.start, clause.end):
        return True
    if passage.between("score", clause.start, clause.end) or passage.between("universal", clause.start, clause.end):
        return True
    return any(m.sense.value == "must" for m in passage.between("force", clause.start, clause.end))


def _own_duty(passage: Passage, clause: Clause, mention: Mention, *, listed: bool) -> bool:
    """Tell whether the clause makes a demand of its own, so that an earlier ban no longer governs it.

    `listed`: the clause is an item under a ban, where 要求 is the thing banned (严禁下列行为：…；要求转发点赞).
    """
    if passage.has("compare", clause.start, clause.end, "at_least") and passage.quantities_in(clause.start, clause.end):
        return True
    if passage.between("score", clause.start, clause.end):
        return True
    duties = [m for m in passage.between("force", clause.start, mention.start) if m.sense.value == "must"]
    return any(not listed or passage.text[m.start : m.end] != "要求" for m in duties)


@lru_cache(maxsize=64)
def _carries(passage: Passage) -> tuple[_Carry, ...]:
    """Return, for each clause, what the clauses before it lay on it."""
    carries = []
    current = _Carry()
    previous: Clause | None = None
    for clause in passage.clauses:
        if previous is not None and clause.sentence != previous.sentence and not current.from_head:
            current = _Carry()
        forces = passage.between("force", clause.start, clause.end)
        turned = any(m.sense.value == "turn" for m in forces)
        asserted = _claims(passage, clause)
        if turned or (asserted and not current.head_penalty and not (current.from_head and not _claims_figure(passage, clause))):
            current = _Carry()
        carries.append(current)
        negatives = [m for m in forces if m.sense.value in NEGATIVE and not passage.text[: m.start].endswith(("未", "没有", "未能", "不"))]
        is_head = clause.mark == "：" and not passage.between("action", clause.start, clause.end)
        if negatives and not asserted:
            last = negatives[-1]
            later_turn = any(m.sense.value == "turn" and m.start > last.start for m in forces)
            if not later_turn and last.sense.value != "exclude":
                current = _Carry(last.sense.value, from_head=is_head)
        elif (
            is_head
            and passage.has("sign", *passage.sentence_range(clause), "occurrence")
            and (
                passage.has("score", *passage.sentence_range(clause), "penalty")
                or passage.between("consequence", *passage.sentence_range(clause))
            )
        ):
            current = _Carry(None, from_head=True, head_penalty=True)
        previous = clause
    return tuple(carries)


def _claims(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause asserts something itself: a figure, or a duty in so many words."""
    if _claims_figure(passage, clause):
        return True
    return any(m.sense.value == "must" and m.start - clause.start <= 4 for m in passage.between("force", clause.start, clause.end))


def _claims_figure(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause sets a target with its figure, or gives points."""
    if passage.has("compare", clause.start, clause.end, "at_least") and any(
        q.unit != "points" for q in passage.quantities_in(clause.start, clause.end)
    ):
        return True
    if any(m.sense.value in ("reward", "bonus") for m in passage.between("score", clause.start, clause.end)):
        return any(q.unit == "points" for q in passage.quantities_in(clause.start, clause.end))
    return False


def _voice(passage: Passage, mention: Mention, clause: Clause) -> str:
    """Tell whether the words are the draft's own or quoted: within long quotation marks after a cue, or told of others."""
    text = passage.text
    sentence_start, _ = passage.sentence_range(clause)
    cues = [m for m in passage.of("quote") if sentence_start <= m.start and m.end <= mention.start]
    if not cues:
        return "own"
    opened = text.rfind("“", 0, mention.start)
    if opened >= 0:
        closed = text.find("”", opened)
        if closed > mention.end and closed - opened > 12 and any(m.end <= opened for m in cues):
            return "quoted"
    told = [m for m in cues if m.sense.value == "told"]
    if told and clause.start <= told[-1].start:
        turned = any(m.sense.value == "turn" for m in passage.between("force", told[-1].end, mention.start))
        return "own" if turned else "quoted"
    return "own"


def circumstance_of(passage: Passage, offset: int) -> str:
    """Return the circumstance of the clause at an offset, else of an earlier clause of its sentence."""
    clause = passage.clause_of(offset)
    start, _ = passage.sentence_range(clause)
    for first, last in ((clause.start, clause.end), (start, clause.start)):
        for m in reversed(passage.between("circumstance", first, last)):
            if not any(word in passage.text[max(first, m.start - 5) : m.start] for word in NEGATED_CIRCUMSTANCE):
                return m.sense.value
    return "normal"
