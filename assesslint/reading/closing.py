"""What a closing section says will follow (结果运用, 备注) → consequences of the indicators that it names.

“出巡率居末三位的作检讨” stands pages behind the indicator that asks for 出巡. It follows from what is asked there, and is told of that
indicator, at its own words. An indicator is named by its name, by a name in quotation marks, by the action it asks for, or by words of
its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assesslint.reading.facts import Consequence, Indicator
from assesslint.reading.grounds import GENERIC, LIVE, asked_for
from assesslint.reading.groups import PROCESS, PUBLICITY
from assesslint.reading.indicator import EVIDENCE_FIELDS
from assesslint.reading.names import QUOTED
from assesslint.reading.passage import Passage, Range

SHORTEST_NAME = 3
"""Characters of an indicator's name that is no common word."""
OWN_WORDS = 4
"""From how many characters in a row on, none of them generic, words are those of one indicator."""
MOST_NAMED = 3
"""Indicators that one sentence names at most; what more of them have in common is what the scheme is about."""
BOUND_ELSEWHERE = frozenset({"real_harm", "law"})
"""Grounds that a consequence has of its own, whatever is named beside it."""


def hung_on_named(indicators: Sequence[Indicator], passages: Sequence[Sequence[Passage]]) -> tuple[Indicator, ...]:
    """Return the indicators, each with the consequences that provisions tell of it.

    The provisions keep those that name none; what they only name again (出巡数据按月公布) is asked for once, in the indicator.
    """
    if not any(i.kind == "provision" and i.consequences for i in indicators):
        return tuple(indicators)
    naming = _Naming(indicators, passages)
    told: dict[int, list[Consequence]] = {}
    spoken: dict[int, set[str]] = {}
    for at, provision in enumerate(indicators):
        if provision.kind != "provision":
            continue
        for consequence in provision.consequences:
            named = naming.named_by(consequence, passages[at])
            for other, actions in named.items():
                told.setdefault(other, []).append(_hung(consequence, indicators[other], actions))
                spoken.setdefault(at, set()).update(actions)
            if not named:
                told.setdefault(at, []).append(consequence)
    return tuple(
        replace(
            indicator,
            consequences=(*(() if indicator.kind == "provision" else indicator.consequences), *told.get(at, ())),
            demands=tuple(d for d in indicator.demands if d.action not in spoken.get(at, ())),
        )
        for at, indicator in enumerate(indicators)
    )


def _hung(consequence: Consequence, indicator: Indicator, actions: frozenset[str]) -> Consequence:
    """Return a consequence that hangs on what an indicator asks for, or on the named actions of it."""
    asked = asked_for(indicator.kind, indicator.demands, indicator.evidence, indicator.reporting)
    chosen = [hang for hang in asked if hang.demand is not None and hang.demand.action in actions] or asked
    return replace(consequence, hangs_on=tuple(chosen)) if chosen else consequence


@dataclass(frozen=True, slots=True)
class _Words:
    """What an indicator is known by: its name, what it puts in quotation marks, its actions, its words in pieces of `OWN_WORDS`."""

    name: str
    quoted: frozenset[str]
    actions: frozenset[str]
    pieces: frozenset[str]


class _Naming:
    """The indicators of a scheme by what they are known by."""

    def __init__(self, indicators: Sequence[Indicator], passages: Sequence[Sequence[Passage]]) -> None:
        self._known = {
            at: _words_of(indicator, prose)
            for at, (indicator, prose) in enumerate(zip(indicators, passages, strict=True))
            if indicator.kind != "provision"
        }
        self._shared = Counter(piece for words in self._known.values() for piece in words.pieces)

    def named_by(self, consequence: Consequence, prose: Sequence[Passage]) -> dict[int, frozenset[str]]:
        """Return the indicators that the sentence of a consequence names, each with the actions it names of it.

        One that names none goes on from the sentence before it. What hangs on harm or law, or on the sum of all points, names none.
        """
        if consequence.force not in LIVE or any(hang.kind in BOUND_ELSEWHERE for hang in consequence.hangs_on):
            return {}
        for passage in prose:
            place = passage.range_of(consequence.words.spans) if passage.field == consequence.words.field else None
            if place is None:
                continue
            start, end = passage.sentence_range(passage.clause_of(place[0]))
            if passage.has("hang", start, end, "whole"):
                return {}
            return self._named_in(passage, (start, end)) or self._named_before(passage, start)
        return {}

    def _named_before(self, passage: Passage, start: int) -> dict[int, frozenset[str]]:
        """Return the indicators named by the sentence that ends right before a place, in the same paragraph."""
        if not start or passage.text[start - 1] == "\n":
            return {}
        return self._named_in(passage, passage.sentence_range(passage.clause_of(start - 1)))

    def _named_in(self, passage: Passage, place: Range) -> dict[int, frozenset[str]]:
        text = passage.text[slice(*place)]
        actions = frozenset(m.sense.value for m in passage.between("action", *place)) & PROCESS
        quoted = {match["name"] for match in QUOTED.finditer(text)}
        pieces = {piece for piece in _pieces(passage, *place) if 0 < self._shared[piece] <= MOST_NAMED}
        by_name = {at: actions & known.actions for at, known in self._known.items() if known.name in text}
        if by_name:
            return by_name
        named = {
            at: actions & known.actions
            for at, known in self._known.items()
            if quoted & known.quoted or actions & known.actions or pieces & known.pieces
        }
        return named if len(named) <= MOST_NAMED else {}


def _words_of(indicator: Indicator, prose: Sequence[Passage]) -> _Words:
    name = prose[0].text
    own = [passage for passage in prose if passage.field not in EVIDENCE_FIELDS]
    return _Words(
        name=name if len(name) >= SHORTEST_NAME else "\n",
        quoted=frozenset(match["name"] for passage in own for match in QUOTED.finditer(passage.text)),
        actions=frozenset(d.action for d in indicator.demands if d.force in LIVE and d.voice == "own"),
        pieces=frozenset(piece for passage in own for piece in _pieces(passage, 0, len(passage.text))),
    )


def _pieces(passage: Passage, start: int, end: int) -> Iterator[str]:
    """Yield the pieces of `OWN_WORDS` characters of a stretch that hold none of a generic word; what is made known is named with it."""
    said = (m for kind in GENERIC for m in passage.between(kind, start, end) if m.sense.value not in PUBLICITY)
    generic = {at for m in said for at in range(m.start, m.end)}
    run = 0
    for at in range(start, end):
        run = run + 1 if passage.text[at].isalnum() and at not in generic else 0
        if run >= OWN_WORDS:
            yield passage.text[at + 1 - OWN_WORDS : at + 1]
