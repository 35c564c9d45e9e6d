"""A mention in its sentence → its signs: whether the thing is lacking, asked for, punished or spared, and what is carried to it."""

from __future__ import annotations

from dataclasses import dataclass

from assesslint.reading.carry import NOTHING, Carry, carries_of
from assesslint.reading.groups import PUNISHMENT
from assesslint.reading.lexicon import Mention
from assesslint.reading.place import Place

PENALTIES = PUNISHMENT | {"circular"}
BARE_LACKS = ("不", "未", "没有", "无", "没")
"""Signs of lack that only deny; 漏, 缺 and 低于 blame."""
POLICY = "不"
"""The lack that may be a rule for everybody; 未 and 没有 tell that somebody has failed to do a thing."""
DENIED, SHORT_DENIED, LISTED_DENIED = 10, 4, 12
"""How far behind 不 or 未 the thing stands that is denied: anything; a consequence; a consequence in a list of them."""
LISTED = 6
"""Characters between two actions of one list."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands with a mention: whether it is lacking, asserted, penalised in its sentence, spared behind it; what is carried to it."""

    lacking: bool = False
    asserted: bool = False
    penalised: bool = False
    spared: bool = False
    carry: Carry = NOTHING


def signs_of(place: Place) -> Signs:
    """Return what stands with a mention at its place, and what earlier clauses carry to it."""
    carry = carries_of(place.passage)[place.clause.index]
    return Signs(
        lacking=is_lacking(place),
        asserted=_asserted(place),
        penalised=carry.head_penalty or takes_away(place, place.start, place.end),
        spared=_spared(place),
        carry=carry,
    )


def _asserted(place: Place) -> bool:
    """Tell whether a figure, score or duty stands with the mention in its clause."""
    if place.kind == "consequence":
        return False
    figures = place.passage.quantities_in(place.clause.start, place.clause.end)
    return bool(figures or place.beside("score") or place.beside("universal") or place.beside("force", "must"))


def is_lacking(place: Place) -> bool:
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


def _is_said_after(place: Place, sign: Mention) -> bool:
    """Tell whether a plain denial stands behind a word that takes the mention off the scales, as one more of them (不计分、不公布)."""
    text = place.passage.text[sign.start : sign.end]
    return text in BARE_LACKS and any(m.end <= sign.start for m in place.behind("force", "exclude"))


def _listed(text: str) -> bool:
    """Tell whether two actions stand in one list (未下载、注册), so that the sign of the first is the sign of both."""
    return len(text) <= LISTED and ("、" in text or "和" in text or "或" in text or text == "")


def _spared(place: Place) -> bool:
    """Tell whether it is said behind a mention that nothing is lost by it: 不扣分, 照常办理, 不得因此拒绝."""
    if place.behind("sign", "spared"):
        return True
    following = place.following
    if following is None or place.passage.between("action", following.start, following.end):
        return False
    return place.passage.has("sign", following.start, following.end, "spared")


def takes_away(place: Place, start: int, end: int) -> bool:
    """Tell whether something is taken away in a stretch of text: points, money, honours, or a talking-to."""
    if place.passage.has("score", start, end, "penalty"):
        return True
    return any(m.sense.value in PENALTIES and m.start != place.mention.start for m in place.passage.between("consequence", start, end))


def is_plainly_denied(place: Place) -> bool:
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


def is_denied_behind_the_penalty(place: Place) -> bool:
    """Tell whether a clause only says what nobody does, the penalty before it being that of an earlier case (挂证扣1分，不装定位)."""
    policy = any(place.passage.text[m.start : m.end] == POLICY for m in place.before("sign", "shortfall"))
    return policy and is_plainly_denied(place) and not takes_away(place, place.clause.start, place.end)
