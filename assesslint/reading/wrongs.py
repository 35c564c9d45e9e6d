"""A mention and its signs → whether doing the thing is the wrong that is punished, or its lack is, so that the thing is asked for."""

from __future__ import annotations

from assesslint.reading.lexicon import Mention
from assesslint.reading.offers import is_counted_next
from assesslint.reading.operators import asks, bans_a_lack
from assesslint.reading.passage import Passage
from assesslint.reading.place import Place
from assesslint.reading.signs import Signs, is_denied_behind_the_penalty, is_plainly_denied

CASE = 8
"""How close 的 or 者 stands before what befalls the case it closes (转给村干部代做的每例扣1分)."""
SHARE = 3
"""Within how many characters a clause says that it is about a share (占比, 的比例)."""
OPENS = 4
"""Characters at the start of a clause in which a word of duty tells what an office named at its end asks for."""
LIST_ENDS = "等"
"""What closes a list before the word for all that it lists (等行为)."""
LONGEST_OFFICE = 6
"""Characters of 的 and the office behind it (的牵头部门)."""


def weighed(place: Place, signs: Signs) -> str | None:
    """Return what the sign of the thing and the sign of what follows make of it; None if nothing follows."""
    coerced = bool(place.beside("force", "coerce"))
    if _is_named_wrong(place):
        return "prohibited"
    if any(bans_a_lack(place, operator) for operator in place.before("force", "prohibit", "combat")):
        return "required"
    if signs.spared:
        return "mentioned" if signs.lacking else None if _has_target(place) else "prohibited"
    if signs.penalised and not signs.lacking and _is_wrong(place, signs):
        return "prohibited"
    if signs.lacking and not signs.penalised and coerced and place.passage.has("score", place.mention.start, place.end, "reward"):
        return "prohibited"
    if signs.lacking and _is_rewarded_for_not(place):
        return "prohibited"
    if signs.lacking and signs.penalised and not is_denied_behind_the_penalty(place):
        return "prohibited" if _punishes_refusal(place) or _is_shielded_case(place, signs) else "scored"
    if signs.lacking and is_plainly_denied(place) and not place.behind("compare", "at_most"):
        return "mentioned"
    return "allowed" if _needs_a_permit(place) else None


def _is_wrong(place: Place, signs: Signs) -> bool:
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
    asked = any(asks(place, m) for m in place.before("force", "must"))
    if place.kind == "consequence" or is_counted_next(place):
        return False
    return is_case(place) and (asked or not _has_target(place))


def _is_case_of(place: Place, occurrence: Mention) -> bool:
    """Tell whether what occurs so many times is the case that a consequence follows (发生1起一票否决), not the consequence itself."""
    return place.kind == "consequence" and bool(place.passage.quantities_in(occurrence.end, place.mention.start))


def _is_rewarded_for_not(place: Place) -> bool:
    """Tell whether points are given, in the clause itself, for not doing the thing (未搞接龙的得2分)."""
    if not is_plainly_denied(place) or place.behind("score", "penalty") or place.beside("compare"):
        return False
    return bool(place.behind("score", "reward")) and any(
        q.unit == "points" and q.value > 0 for q in place.passage.quantities_in(place.mention.end, place.clause.end)
    )


def _is_shielded_case(place: Place, signs: Signs) -> bool:
    """Tell whether a case in a list of wrongs is that somebody suffers for the lack (（四）对未关注的干部进行谈话)."""
    return signs.carry.head_penalty and bool(place.behind("consequence"))


def _punishes_refusal(place: Place) -> bool:
    """Tell whether what is punished is that people were refused something for the lack (因未安装而停办的，每件扣2分)."""
    return is_case(place) and bool(place.behind("sign", "refused"))


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


def is_case(place: Place) -> bool:
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
    return any(asks(place, m) and m.start - clause.start <= OPENS for m in place.before("force", "must"))


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
