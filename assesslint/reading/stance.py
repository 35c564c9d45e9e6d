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

from dataclasses import dataclass

from assesslint.reading.carry import carries_of
from assesslint.reading.lexicon import Mention
from assesslint.reading.offers import is_pressed_by_turn, is_soft, offered
from assesslint.reading.operators import governed
from assesslint.reading.passage import Passage
from assesslint.reading.place import Place
from assesslint.reading.signs import Signs, is_lacking, signs_of, takes_away
from assesslint.reading.voice import circumstance_of, voice_of
from assesslint.reading.wrongs import is_case, weighed


@dataclass(frozen=True, slots=True)
class Stance:
    """`asserted`: a figure, a score or a duty stands with the word itself, not only the field it is written in."""

    force: str
    voice: str = "own"
    circumstance: str = "normal"
    shortfall: bool = False
    penalised: bool = False
    asserted: bool = False


def stance_of(passage: Passage, mention: Mention, default: str) -> Stance:
    """Return the stance of a mention; `default` is the force of a bare noun in this field."""
    place = Place.of(passage, mention)
    signs = signs_of(place)
    force = governed(place, signs)
    if force is None or (is_soft(place, signs) and is_pressed_by_turn(place)):
        force = weighed(place, signs) or offered(place, signs) or default
    return Stance(force, voice_of(place), circumstance_of(passage, mention.start), signs.lacking, signs.penalised, signs.asserted)


def negated(passage: Passage, mention: Mention) -> str | None:
    """Return the negative force that governs a mention (prohibited, withdrawn, reduced), or None."""
    place = Place.of(passage, mention)
    return governed(place, Signs(carry=carries_of(passage)[place.clause.index]))


def punished_as_such(passage: Passage, mention: Mention) -> bool:
    """Tell whether doing the thing is what is punished (转给村干部代做的,每例扣1分)."""
    place = Place.of(passage, mention)
    return takes_away(place, place.clause.start, place.end) and is_case(place) and not is_lacking(place)
