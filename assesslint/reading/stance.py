"""Where a word stands in its sentence → what the draft does with it: asks, scores, bans, drops, offers, or merely reports it.

The calculus of signs. A thing is named as done or as lacking; what follows takes away, gives, or spares; an operator bans, drops,
fights or lessens what it governs. The sense is the product:

    done   × penalty = ban       发现强制下载的扣分        lacking × penalty = demand    未安装的扣分
    done   × spared  = ban       安装与否不影响评分        lacking × spared  = nothing   未安装的照常办理
    target × spared  = demand    达到八成的不扣分          lacking × ban     = demand    不得漏报
    done   × ban     = ban       不得将下载量纳入考核      offered × pressed = demand    自愿安装，不足八成的约谈

An operator governs to the end of its sentence, or of the list it heads, unless a new turn (但, 改为) or an assertion of its own
(须, a target, a score) takes over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assesslint.reading.carry import NEGATIVE, NOTHING, TURNS, Carry, antithesis, carries_of
from assesslint.reading.groups import PUNISHMENT
from assesslint.reading.indicator import EVIDENCE_FIELDS
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Clause, Passage
from assesslint.reading.place import Place
from assesslint.reading.voice import circumstance_of, voice_of

__all__ = ["Stance", "circumstance_of", "is_listed_wrong", "negated", "punished_as_such", "stance_of"]

PENALTIES = PUNISHMENT | {"circular"}
BARE_LACKS = ("不", "未", "没有", "无", "没")
"""Signs of lack that only deny; 漏, 缺 and 低于 blame."""
POLICY = "不"
"""The lack that may be a rule for everybody; 未 and 没有 tell that somebody has failed to do a thing."""
ASKING = "要求"
"""The word of duty that is itself the thing banned in an item of a list of bans."""
AIM, FAR_AIM = 2, 8
"""How far a word of fighting reaches: to a consequence or inspection, and to anything else."""
CLOSE = 3
"""How close a lack stands behind the ban on it (不得漏报, 不得有未注册的)."""
CASE = 8
"""How close 的 or 者 stands before what befalls the case it closes (转给村干部代做的每例扣1分)."""
SHARE = 3
"""Within how many characters a clause says that it is about a share (占比, 的比例)."""
OPENS = 4
"""Characters at the start of a clause in which a word of withdrawal speaks of what was named before."""
LIST_ENDS = "等"
"""What closes a list before the word for all that it lists (等行为)."""
LONGEST_OFFICE = 6
"""Characters of 的 and the office behind it (的牵头部门)."""
DENIED, SHORT_DENIED, LISTED_DENIED = 10, 4, 12
"""How far behind 不 or 未 the thing stands that is denied: anything; a consequence; a consequence in a list of them."""
LISTED = 6
"""Characters between two actions of one list."""
OPENS_LACKING = 8
"""Characters at the start of a clause in which it tells the lack that it is about."""
PRESSED_WITHIN = 3
"""Clauses behind an offer in which its refusal may yet be punished."""


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
class _Signs:
    """What stands with a mention: whether it is lacking, asserted, penalised in its sentence, spared behind it; what is carried to it."""

    lacking: bool = False
    asserted: bool = False
    penalised: bool = False
    spared: bool = False
    carry: Carry = NOTHING


def stance_of(passage: Passage, mention: Mention, default: str) -> Stance:
    """Return the stance of a mention; `default` is the force of a bare noun in this field."""
    place = Place.of(passage, mention)
    signs = _signs_of(place)
    force = _governed(place, signs)
    if force is None or (_is_soft(place, signs) and _pressed_by_turn(place)):
        force = _weighed(place, signs) or _offered(place, signs) or default
    return Stance(force, voice_of(place), circumstance_of(passage, mention.start), signs.lacking, signs.penalised, signs.asserted)


def negated(passage: Passage, mention: Mention) -> str | None:
    """Return the negative force that governs a mention (prohibited, withdrawn, reduced), or None."""
    place = Place.of(passage, mention)
    return _governed(place, _Signs(carry=carries_of(passage)[place.clause.index]))


def punished_as_such(passage: Passage, mention: Mention) -> bool:
    """Tell whether doing the thing is what is punished (转给村干部代做的,每例扣1分)."""
    place = Place.of(passage, mention)
    return _takes_away(place, place.clause.start, place.end) and _is_case(place) and not _lacking(place)


def _signs_of(place: Place) -> _Signs:
    carry = carries_of(place.passage)[place.clause.index]
    return _Signs(
        lacking=_lacking(place),
        asserted=_asserted(place),
        penalised=carry.head_penalty or _takes_away(place, place.start, place.end),
        spared=_spared(place),
        carry=carry,
    )


# ── operators ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _governed(place: Place, signs: _Signs) -> str | None:
    """Return the negative force of the operator that governs a mention: before it, behind it, or carried from an earlier clause."""
    turn = max((m.end for m in place.before("force", *TURNS)), default=place.clause.start)
    if any(m.holds(place.mention) for m in place.beside("force", "exclude")):
        return "prohibited"
    before = [m for m in place.before("force", *NEGATIVE) if m.start >= turn and not _names_work(place, m) and not _is_penal(place, m)]
    if before:
        operator = next((m for m in before if m.sense.value == "prohibit"), before[-1])
        return NEGATIVE[operator.sense.value] if _governs(place, operator, signs) else None
    after = _taken_off(place, signs)
    if after is not None:
        return after
    if signs.carry.operator is None or turn != place.clause.start:
        return None
    released = signs.asserted and _claims_for_itself(place, listed=signs.carry.from_head)
    sanction = place.kind == "consequence" and bool(place.before("sign", "breach"))
    return None if released or sanction or signs.lacking else signs.carry.force


def _names_work(place: Place, operator: Mention) -> bool:
    """Tell whether a word of fighting or clearing only names the work that is shown or handed on.

    (整治台账、核查数据 both show the work; 排污口查处原系本局职责.)
    """
    if place.kind == "duty":
        return operator.sense.value == "combat" and operator.start > place.clause.start
    if operator.sense.value not in ("combat", "withdraw") or place.kind not in ("evidence", "action", "report"):
        return False
    of_proof = place.passage.field in EVIDENCE_FIELDS and operator.sense.value == "combat"
    shown = any(m.sense.kind == "evidence" for m in place.passage.starting_at(operator.end))
    return of_proof or (place.kind == "evidence" and shown and place.passage.field in EVIDENCE_FIELDS)


def _is_penal(place: Place, operator: Mention) -> bool:
    """Tell whether an operator is only the penalty of a case (未过半的不计分且书面说明)."""
    return operator.sense.value == "exclude" and any(
        m.start < operator.end and operator.start < m.end for m in place.beside("score", "penalty")
    )


def _governs(place: Place, operator: Mention, signs: _Signs) -> bool:
    """Tell whether an operator before a mention turns it round."""
    passage, mention = place.passage, place.mention
    value = operator.sense.value
    if _is_affirmed_again(place, operator):
        return False
    if value == "combat":
        return not (signs.asserted or _too_far(place, operator) or _bans_a_lack(place, operator))
    if value in ("reduce", "withdraw"):
        return not signs.lacking
    if value == "prohibit":
        scored = passage.has("score", operator.start, mention.start) and passage.has("sign", place.clause.start, operator.start)
        return not (_bans_a_lack(place, operator) or (scored and not place.beside("sign", "pretext")))
    return True


def _is_affirmed_again(place: Place, operator: Mention) -> bool:
    """Tell whether what a short word denies of one thing it affirms of the mention, in one breath (不看装机看日活)."""
    if operator.sense.value != "exclude" or operator.end - operator.start != 2:
        return False
    return any(antithesis(place.passage, operator, at, place.mention.start) for at in range(operator.end, place.mention.start))


def _bans_a_lack(place: Place, operator: Mention) -> bool:
    """Tell whether what is banned is a lack (不得漏报, 不得借故不报); who lacks a thing may be shielded (不得因未安装而拒办)."""
    passage = place.passage
    pretexts = [m for m in place.beside("sign", "pretext") if m.start >= operator.end]
    if pretexts and passage.text[pretexts[-1].end : place.mention.start] in BARE_LACKS:
        return True
    if place.beside("sign", "pretext", "spared") or place.beside("force", "coerce"):
        return False
    lacks = passage.between("sign", operator.end, place.mention.start + 1)
    lacks += [m for m in passage.between("sign", operator.end, place.mention.end) if m.end > place.mention.start]
    if any(m.sense.value == "shortfall" and _is_close(passage.text[operator.end : m.start]) for m in lacks):
        return True
    gap = passage.text[operator.end : place.mention.start]
    return gap.endswith("不") and "、" not in gap


def _is_close(gap: str) -> bool:
    return len(gap) <= CLOSE and "、" not in gap


def _too_far(place: Place, operator: Mention) -> bool:
    """Tell whether a word of fighting (整治, 防止) is too far off to be aimed at the mention; what is forced is always aimed at."""
    limit = AIM if place.kind in ("consequence", "inspection") else FAR_AIM
    aimed = place.passage.has("force", operator.end, place.mention.start, "coerce")
    return place.mention.start - operator.end > limit and not aimed


def _taken_off(place: Place, signs: _Signs) -> str | None:
    """Return the negative force of what is said of the mention later: 下载量不作为考核内容, 打卡一律取消, 报表压减一半."""
    passage = place.passage
    if _is_replaced(place):
        return "withdrawn"
    if place.behind("cap") and not passage.quantities_in(place.mention.end, place.clause.end):
        return "reduced"
    for operator in place.behind("force"):
        value = operator.sense.value
        if value in TURNS:
            return None
        if value == "exclude" and not signs.lacking:
            return "prohibited"
        rest = passage.between("force", operator.end, place.clause.end)
        if value == "prohibit" and not signs.lacking:
            weighs = any(m.sense.value in ("evaluate", "coerce") for m in rest)
            if weighs or operator.end >= place.clause.end - 1:
                return "prohibited"
        if value in ("withdraw", "reduce") and _drops(place, operator, signs):
            return NEGATIVE[value]
    following = place.following
    if following is None or signs.asserted or signs.lacking or place.clause.mark != "，":
        return None
    return None if passage.between("action", following.start, following.end) else _taken_off_next(passage, following)


def _drops(place: Place, operator: Mention, signs: _Signs) -> bool:
    """Tell whether a word of dropping behind the mention drops it; that it is not yet dropped may be what is punished (未取消的扣分)."""
    passage = place.passage
    lapsed = any(m.end == operator.start for m in passage.between("sign", place.mention.end, operator.start))
    if passage.between("action", operator.end, place.clause.end) or (signs.lacking and not (lapsed and signs.penalised)):
        return False
    return not signs.asserted or lapsed or (operator.sense.value == "withdraw" and not _claims_for_itself(place, listed=False))


def _is_replaced(place: Place) -> bool:
    """Tell whether something else is put in the place of the mention (打卡改为回访), not only another figure of the same."""
    passage, mention = place.passage, place.mention
    replaced = place.behind("force", "replace")
    if not replaced:
        return False
    of_itself = any(m.sense.value == mention.sense.value for m in passage.between(place.kind, replaced[0].end, place.clause.end))
    return not (
        of_itself
        or passage.quantities_in(place.clause.start, replaced[0].start)
        or passage.between("action", mention.end, replaced[0].start)
    )


def _taken_off_next(passage: Passage, following: Clause) -> str | None:
    """Return the negative force that a clause without an action of its own lays on the clause before it (打卡，一律取消)."""
    for operator in passage.between("force", following.start, following.end):
        value = operator.sense.value
        if value in TURNS:
            return None
        if value == "exclude":
            lacks = passage.has("sign", following.start, operator.start, "shortfall")
            return None if lacks or _has_object(passage, operator) else "prohibited"
        rest = passage.between("force", operator.end, following.end)
        if value == "prohibit" and any(m.sense.value in ("evaluate", "coerce") for m in rest):
            return "prohibited"
        if value == "withdraw" and operator.start - following.start <= OPENS:
            return "withdrawn"
    return None


def _has_object(passage: Passage, operator: Mention) -> bool:
    """Tell whether a short word of exclusion says itself what it excludes (只看台账，不看现场)."""
    return operator.end - operator.start == 2 and passage.text[operator.end : operator.end + 1].isalpha()


def _claims_for_itself(place: Place, *, listed: bool) -> bool:
    """Tell whether the clause makes a demand of its own, so that an earlier ban no longer governs it.

    `listed`: the clause is an item under a ban, where 要求 is the thing banned (严禁下列行为：…；要求转发点赞).
    """
    passage, clause = place.passage, place.clause
    if place.beside("score") or (place.beside("compare", "at_least") and passage.quantities_in(clause.start, clause.end)):
        return True
    return any(not listed or not _asks(place, m) for m in place.before("force", "must"))


def _asks(place: Place, duty: Mention) -> bool:
    """Tell whether a word of duty tells that somebody asks for the thing, which may itself be the wrong."""
    return place.passage.text[duty.start : duty.end] == ASKING


# ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _weighed(place: Place, signs: _Signs) -> str | None:
    """Return what the sign of the thing and the sign of what follows make of it; None if nothing follows."""
    coerced = bool(place.beside("force", "coerce"))
    if _is_named_wrong(place):
        return "prohibited"
    if any(_bans_a_lack(place, operator) for operator in place.before("force", "prohibit", "combat")):
        return "required"
    if signs.spared:
        return "mentioned" if signs.lacking else None if _has_target(place) else "prohibited"
    if signs.penalised and not signs.lacking and _is_wrong(place, signs):
        return "prohibited"
    if signs.lacking and not signs.penalised and coerced and place.passage.has("score", place.mention.start, place.end, "reward"):
        return "prohibited"
    if signs.lacking and _is_rewarded_for_not(place):
        return "prohibited"
    if signs.lacking and signs.penalised and not _is_denied_behind_the_penalty(place):
        return "prohibited" if _punishes_refusal(place) or _is_shielded_case(place, signs) else "scored"
    if signs.lacking and _plainly_denied(place) and not place.behind("compare", "at_most"):
        return "mentioned"
    return "allowed" if _needs_a_permit(place) else None


def _is_wrong(place: Place, signs: _Signs) -> bool:
    """Tell whether the doing is what is punished: forced, found to occur, done in excess or by fraud, or named as the case itself."""
    passage = place.passage
    coerced = place.beside("force", "coerce") or passage.has("force", place.start, place.mention.start, "coerce")
    if coerced and place.kind != "escalation":
        return True
    if signs.carry.head_penalty or place.around("sign", "proven"):
        return True
    occurs = [m for m in place.before("sign", "occurrence") if not _is_case_of(place, m)]
    if occurs and not (place.beside("compare", "at_least") and _has_target(place)):
        return True
    missed = passage.has("sign", place.clause.end, place.end, "shortfall")
    if place.beside("sign", "excess") and not place.beside("score", "reward") and not missed:
        return True
    asked = any(_asks(place, m) for m in place.before("force", "must"))
    if place.kind == "consequence" or _is_counted_next(place):
        return False
    return _is_case(place) and (asked or not _has_target(place))


def _is_case_of(place: Place, occurrence: Mention) -> bool:
    """Tell whether what occurs so many times is the case that a consequence follows (发生1起一票否决), not the consequence itself."""
    return place.kind == "consequence" and bool(place.passage.quantities_in(occurrence.end, place.mention.start))


def _is_rewarded_for_not(place: Place) -> bool:
    """Tell whether points are given, in the clause itself, for not doing the thing (未搞接龙的得2分)."""
    if not _plainly_denied(place) or place.behind("score", "penalty") or place.beside("compare"):
        return False
    return bool(place.behind("score", "reward")) and any(
        q.unit == "points" and q.value > 0 for q in place.passage.quantities_in(place.mention.end, place.clause.end)
    )


def _is_shielded_case(place: Place, signs: _Signs) -> bool:
    """Tell whether a case in a list of wrongs is that somebody suffers for the lack (（四）对未关注的干部进行谈话)."""
    return signs.carry.head_penalty and bool(place.behind("consequence"))


def _punishes_refusal(place: Place) -> bool:
    """Tell whether what is punished is that people were refused something for the lack (因未安装而停办的，每件扣2分)."""
    return _is_case(place) and bool(place.behind("sign", "refused"))


def _is_named_wrong(place: Place) -> bool:
    """Tell whether the thing is spoken of as a wrong that is looked for or put right (强制下载等问题, 是否存在摊派)."""
    if _is_among_wrongs(place) or _is_among_frauds(place):
        return True
    if not place.beside("force", "coerce") or place.kind == "consequence":
        return False
    return bool(place.behind("sign", "wrong") or place.before("sign", "asked"))


def _is_among_wrongs(place: Place) -> bool:
    """Tell whether a thing is listed among the wrongs that may occur (未出现积分排名、上传截图等行为), and is not said to be missing."""
    passage = place.passage
    occurs = place.before("sign", "occurrence")
    if not occurs or not is_listed_wrong(passage, place.mention.end, place.clause.end):
        return False
    return not passage.has("sign", occurs[-1].end, place.behind("sign", "wrong")[-1].start, "shortfall")


def _is_among_frauds(place: Place) -> bool:
    """Tell whether a thing is listed among ways to cheat (对摆拍照片、雇人刷点赞等弄虚作假行为)."""
    text = place.passage.text
    return any(text[fraud.start - 1] == LIST_ENDS for fraud in place.behind("sign", "fraud"))


def is_listed_wrong(passage: Passage, start: int, end: int) -> bool:
    """Tell whether what stands before `text[start:end]` is in a list that is called wrongs there (…等行为)."""
    wrongs = (m for m in passage.between("sign", start, end) if m.sense.value == "wrong")
    return any(passage.text[m.start - 1] == LIST_ENDS for m in wrongs)


def _is_case(place: Place) -> bool:
    """Tell whether a clause names the case that what follows applies to (要求撤评改评的,每件扣2分; 多头检查的每次扣1分)."""
    text, clause = place.passage.text, place.clause
    if _are_counted(place):
        return False
    if clause.mark == "，" and (text[clause.end - 1] in "的者" or _is_done_by_an_office(place) or _goes_on(place)):
        return True
    taken = (m.start for m in place.behind("score", "penalty"))
    return any("的" in gap or "者" in gap for at in taken if (gap := text[max(place.mention.end, at - CASE) : at]))


def _are_counted(place: Place) -> bool:
    """Tell whether a clause names those whose share the next one asks for (在…注册的，占比达到六成得6分)."""
    following = place.following
    return following is not None and place.passage.has("measure", following.start, following.start + SHARE, "rate")


def _goes_on(place: Place) -> bool:
    """Tell whether the case goes on in the next clause and ends there (将下载量作为评分项，或要求应装尽装的，)."""
    following, passage = place.following, place.passage
    if following is None or following.mark != "，" or passage.text[following.end - 1] not in "的者" or _gives_points(place):
        return False
    return any(m.start == following.start for m in passage.between("sign", following.start, following.end, "or"))


def _gives_points(place: Place) -> bool:
    return any(q.unit == "points" for q in place.passage.quantities_in(place.clause.start, place.clause.end))


def _is_done_by_an_office(place: Place) -> bool:
    """Tell whether a clause names the office that asks for the thing (对要求村干部打卡的部门，)."""
    passage, clause = place.passage, place.clause
    tail = passage.text.rfind("的", place.mention.end, clause.end)
    if tail < 0 or clause.end - tail > LONGEST_OFFICE or passage.between("object", tail, clause.end):
        return False
    return any(_asks(place, m) and m.start - clause.start <= OPENS for m in place.before("force", "must"))


def _needs_a_permit(place: Place) -> bool:
    """Tell whether the clause names what may be done only with leave (拟将下载率纳入考核的，应报审批)."""
    if place.behind("sign", "permit") and not _has_target(place):
        return True
    following = place.following
    is_case = place.clause.mark == "，" and place.passage.text[place.clause.end - 1] == "的"
    return is_case and following is not None and place.passage.has("sign", following.start, following.end, "permit")


def _has_target(place: Place) -> bool:
    figures = place.passage.quantities_in(place.clause.start, place.clause.end)
    return any(q.unit == "percent" or (q.unit == "count" and q.value > 1) for q in figures) or bool(place.beside("universal"))


def _takes_away(place: Place, start: int, end: int) -> bool:
    """Tell whether something is taken away in a stretch of text: points, money, honours, or a talking-to."""
    if place.passage.has("score", start, end, "penalty"):
        return True
    return any(m.sense.value in PENALTIES and m.start != place.mention.start for m in place.passage.between("consequence", start, end))


def _spared(place: Place) -> bool:
    """Tell whether it is said behind a mention that nothing is lost by it: 不扣分, 照常办理, 不得因此拒绝."""
    if place.behind("sign", "spared"):
        return True
    following = place.following
    if following is None or place.passage.between("action", following.start, following.end):
        return False
    return place.passage.has("sign", following.start, following.end, "spared")


# ── the sign of the thing ────────────────────────────────────────────────────────────────────────────────────────────────────


def _lacking(place: Place) -> bool:
    """Tell whether the mention is said to be lacking: 未安装, 安装率每低1个百分点, 签到缺一次."""
    passage, mention, clause = place.passage, place.mention, place.clause
    actions = place.beside("action")
    previous = max((a.end for a in actions if a.end <= mention.start), default=clause.start)
    following = min((a.start for a in actions if a.start >= mention.end), default=clause.end)
    for sign in place.beside("sign", "shortfall"):
        if _is_part(place, sign) or _is_said_after(place, sign):
            continue
        if sign.end <= mention.start and (sign.start >= previous or _listed(passage.text[previous : mention.start])):
            return True
        if mention.end <= sign.start < following:
            return True
    return any(m.start < following and not passage.has("cap", m.start, m.end) for m in place.behind("compare", "at_most"))


def _is_part(place: Place, sign: Mention) -> bool:
    """Tell whether a sign of lack is part of a longer word: for all of them (无一人未), or of an operator (不参与计分)."""
    return any(m.holds(sign) for m in (*place.beside("universal"), *place.beside("force")))


def _is_denied_behind_the_penalty(place: Place) -> bool:
    """Tell whether a clause only says what nobody does, the penalty before it being that of an earlier case (挂证扣1分，不装定位)."""
    policy = any(place.passage.text[m.start : m.end] == POLICY for m in place.before("sign", "shortfall"))
    return policy and _plainly_denied(place) and not _takes_away(place, place.clause.start, place.end)


def _is_said_after(place: Place, sign: Mention) -> bool:
    """Tell whether a plain denial stands behind a word that takes the mention off the scales, as one more of them (不计分、不公布)."""
    text = place.passage.text[sign.start : sign.end]
    return text in BARE_LACKS and any(m.end <= sign.start for m in place.behind("force", "exclude"))


def _plainly_denied(place: Place) -> bool:
    """Tell whether the clause just says that the thing is not done (不使用工作群接龙), with nothing hanging on it."""
    text = place.passage.text
    bare = [m for m in place.before("sign", "shortfall") if text[m.start : m.end] in BARE_LACKS and not _is_part(place, m)]
    if not bare:
        return False
    between = text[bare[-1].end : place.mention.start]
    if place.kind != "consequence":
        listed = not place.passage.quantities_in(bare[-1].end, place.mention.start)
        return all(len(item) <= DENIED for item in (between.split("、") if listed else [between]))
    return "的" not in between and (len(between) <= SHORT_DENIED or ("、" in between and len(between) <= LISTED_DENIED))


def _listed(text: str) -> bool:
    """Tell whether two actions stand in one list (未下载、注册), so that the sign of the first is the sign of both."""
    return len(text) <= LISTED and ("、" in text or "和" in text or "或" in text or text == "")


def _asserted(place: Place) -> bool:
    """Tell whether a figure, score or duty stands with the mention in its clause."""
    if place.kind == "consequence":
        return False
    figures = place.passage.quantities_in(place.clause.start, place.clause.end)
    return bool(figures or place.beside("score") or place.beside("universal") or place.beside("force", "must"))


# ── offers ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _offered(place: Place, signs: _Signs) -> str | None:
    """Return the force of what is offered, recommended or asked for in so many words; an offer whose refusal is punished is none."""
    forces = {m.sense.value for m in place.beside("force")}
    scored = place.beside("score")
    if any(m.sense.value == "bonus" for m in scored):
        return "bonus"
    if "voluntary" in forces or _next_is_voluntary(place):
        return "required" if _pressed_later(place) else "allowed"
    if "encourage" in forces and not scored:
        return "required" if _pressed_later(place) else "encouraged"
    if ("offer" in forces or "allow" in forces) and not signs.asserted and not _is_counted_next(place):
        return "allowed"
    return "required" if signs.asserted and "must" in forces else None


def _next_is_voluntary(place: Place) -> bool:
    following, passage = place.following, place.passage
    if following is None or passage.between("action", following.start, following.end):
        return False
    return passage.has("force", following.start, following.end, "voluntary")


def _is_counted_next(place: Place) -> bool:
    """Tell whether a clause names those whom the next asks for in numbers (能够亮出电子码的，应占九成)."""
    following, passage = place.following, place.passage
    if following is None or passage.text[place.clause.end - 1] not in "的者":
        return False
    asked = passage.has("force", following.start, following.end, "must")
    return asked and any(q.unit in ("percent", "count") for q in passage.quantities_in(following.start, following.end))


def _pressed_later(place: Place) -> bool:
    """Tell whether a lack is punished right after, in words that name no action of their own (鼓励下载,未达八成的予以通报)."""
    return any(_punishes_a_lack(place.passage, clause) for clause in _clauses_behind(place))


def _is_soft(place: Place, signs: _Signs) -> bool:
    """Tell whether a thing is only taken off the scales, which a later clause may undo."""
    return not signs.lacking and not place.before("force", *NEGATIVE)


def _pressed_by_turn(place: Place) -> bool:
    """Tell whether a new turn weighs after all what was taken off the scales (不排名，但低于60%的约谈)."""
    passage = place.passage
    for clause in _clauses_behind(place):
        turned = passage.has("force", clause.start, clause.end, "turn")
        if turned and (_punishes_a_lack(passage, clause) or passage.quantities_in(clause.start, clause.end)):
            return True
        if passage.has("compare", clause.start, clause.end, "at_most") and _punishes_a_lack(passage, clause):
            return True
    return False


def _clauses_behind(place: Place) -> Iterator[Clause]:
    """Yield the next clauses, up to one that names an action of its own."""
    for clause in place.passage.clauses[place.clause.index + 1 : place.clause.index + 1 + PRESSED_WITHIN]:
        if place.passage.between("action", clause.start, clause.end):
            return
        yield clause


def _punishes_a_lack(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause opens with a lack that it, or the next of its sentence, takes something away for."""
    signs = passage.between("sign", clause.start, clause.start + OPENS_LACKING, "shortfall")
    operators = passage.between("force", clause.start, clause.end)
    lacks = any(not any(operator.holds(sign) for operator in operators) for sign in signs)
    after = passage.clauses[clause.index + 1 : clause.index + 2]
    return lacks and any(_punishes(passage, c) for c in (clause, *after) if c.sentence == clause.sentence)


def _punishes(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause takes points away or lets somebody suffer for it."""
    return passage.has("score", clause.start, clause.end, "penalty") or any(
        m.sense.value in PENALTIES for m in passage.between("consequence", clause.start, clause.end)
    )
