"""A mention and its signs → what is offered, recommended or left to choice, unless refusing it is punished further on."""

from __future__ import annotations

from collections.abc import Iterator

from assesslint.reading.carry import NEGATIVE
from assesslint.reading.passage import Clause, Passage
from assesslint.reading.place import Place
from assesslint.reading.signs import PENALTIES, Signs

OPENS_LACKING = 8
"""Characters at the start of a clause in which it tells the lack that it is about."""
PRESSED_WITHIN = 3
"""Clauses behind an offer in which its refusal may yet be punished."""


def offered(place: Place, signs: Signs) -> str | None:
    """Return the force of what is offered, recommended or asked for in so many words; an offer whose refusal is punished is none."""
    forces = {m.sense.value for m in place.beside("force")}
    scored = place.beside("score")
    if any(m.sense.value == "bonus" for m in scored):
        return "bonus"
    if "voluntary" in forces or _next_is_voluntary(place):
        return "required" if _pressed_later(place) else "allowed"
    if "encourage" in forces and not scored:
        return "required" if _pressed_later(place) else "encouraged"
    if ("offer" in forces or "allow" in forces) and not signs.asserted and not is_counted_next(place):
        return "allowed"
    return "required" if signs.asserted and "must" in forces else None


def _next_is_voluntary(place: Place) -> bool:
    following, passage = place.following, place.passage
    if following is None or passage.between("action", following.start, following.end):
        return False
    return passage.has("force", following.start, following.end, "voluntary")


def is_counted_next(place: Place) -> bool:
    """Tell whether a clause names those whom the next asks for in numbers (能够亮出电子码的，应占九成)."""
    following, passage = place.following, place.passage
    if following is None or passage.text[place.clause.end - 1] not in "的者":
        return False
    asked = passage.has("force", following.start, following.end, "must")
    return asked and any(q.unit in ("percent", "count") for q in passage.quantities_in(following.start, following.end))


def _pressed_later(place: Place) -> bool:
    """Tell whether a lack is punished right after, in words that name no action of their own (鼓励下载,未达八成的予以通报)."""
    return any(_punishes_a_lack(place.passage, clause) for clause in _clauses_behind(place))


def is_soft(place: Place, signs: Signs) -> bool:
    """Tell whether a thing is only taken off the scales, which a later clause may undo."""
    return not signs.lacking and not place.before("force", *NEGATIVE)


def is_pressed_by_turn(place: Place) -> bool:
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
