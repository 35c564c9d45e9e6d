"""A mention and its signs → the ban, withdrawal or lessening that governs it: before it, behind it, or carried from an earlier clause."""

from __future__ import annotations

from assesslint.reading.carry import NEGATIVE, TURNS, antithesis
from assesslint.reading.indicator import EVIDENCE_FIELDS
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Clause, Passage
from assesslint.reading.place import Place
from assesslint.reading.signs import BARE_LACKS, Signs

ASKING = "要求"
"""The word of duty that is itself the thing banned in an item of a list of bans."""
AIM, FAR_AIM = 2, 8
"""How far a word of fighting reaches: to a consequence or inspection, and to anything else."""
CLOSE = 3
"""How close a lack stands behind the ban on it (不得漏报, 不得有未注册的)."""
OPENS = 4
"""Characters at the start of a clause in which a word of withdrawal speaks of what was named before."""


def governed(place: Place, signs: Signs) -> str | None:
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


def _governs(place: Place, operator: Mention, signs: Signs) -> bool:
    """Tell whether an operator before a mention turns it round."""
    passage, mention = place.passage, place.mention
    value = operator.sense.value
    if _is_affirmed_again(place, operator):
        return False
    if value == "combat":
        return not (signs.asserted or _too_far(place, operator) or bans_a_lack(place, operator))
    if value in ("reduce", "withdraw"):
        return not signs.lacking
    if value == "prohibit":
        scored = passage.has("score", operator.start, mention.start) and passage.has("sign", place.clause.start, operator.start)
        return not (bans_a_lack(place, operator) or (scored and not place.beside("sign", "pretext")))
    return True


def _is_affirmed_again(place: Place, operator: Mention) -> bool:
    """Tell whether what a short word denies of one thing it affirms of the mention, in one breath (不看装机看日活)."""
    if operator.sense.value != "exclude" or operator.end - operator.start != 2:
        return False
    return any(antithesis(place.passage, operator, at, place.mention.start) for at in range(operator.end, place.mention.start))


def bans_a_lack(place: Place, operator: Mention) -> bool:
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


def _taken_off(place: Place, signs: Signs) -> str | None:
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


def _drops(place: Place, operator: Mention, signs: Signs) -> bool:
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
    return any(not listed or not asks(place, m) for m in place.before("force", "must"))


def asks(place: Place, duty: Mention) -> bool:
    """Tell whether a word of duty tells that somebody asks for the thing, which may itself be the wrong."""
    return place.passage.text[duty.start : duty.end] == ASKING
