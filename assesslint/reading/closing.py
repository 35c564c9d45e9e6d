"""What a closing section says will follow (结果运用, 备注) → consequences of the indicators that it names.

“出巡率居末三位的作检讨” stands pages behind the indicator that asks for 出巡. It follows from what is asked there, and is told of that
indicator, at its own words. An indicator is named by its name, by its number (第4项、第6项), by a name in quotation marks, by the action
it asks for, or by words of its own. What a closing section names so is not asked for anew there. A veto or deduction of its own that names
another indicator (“…”平台连续两季末位的一票否决) hangs on what is asked there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assesslint.reading.facts import Consequence, Demand, Indicator
from assesslint.reading.grounds import GENERIC, LIVE, asked_for
from assesslint.reading.groups import PROCESS, PUBLICITY
from assesslint.reading.indicator import EVIDENCE_FIELDS
from assesslint.reading.names import QUOTED
from assesslint.reading.passage import Passage, Range
from assesslint.text.quantity import number

SHORTEST_NAME = 3
"""Characters of an indicator's name that is no common word."""
OWN_WORDS = 4
"""From how many characters in a row on, none of them generic, words are those of one indicator."""
MOST_NAMED = 3
"""Indicators that one sentence names at most; what more of them have in common is what the scheme is about."""
_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
ITEMS = re.compile(rf"(?<![条款章])第(?P<numbers>（?{_NUMERAL}）?(?:项?(?:[、和及与至到-])第?（?{_NUMERAL}）?)*)项")
"""Indicators by their numbers: 第4项、第6项; 第五、六项; 第三至五项; 第（二）项."""
RUN = re.compile(rf"(?P<first>{_NUMERAL})项?[至到-]第?(?P<last>{_NUMERAL})")
"""Several indicators in a row by their numbers."""
HOW_MANY = re.compile(r"(?P<count>[两二三四五六])项")
"""How many indicators a sentence says that it has named (甲、乙两项)."""
BOUND_ELSEWHERE = frozenset({"real_harm", "law"})
"""Grounds that a consequence has of its own, whatever is named beside it."""


def hung_on_named(indicators: Sequence[Indicator], passages: Sequence[Sequence[Passage]]) -> tuple[Indicator, ...]:
    """Return the indicators, each with the consequences that provisions tell of it.

    The provisions keep those that name none; what they only name again (出巡数据按月公布) is asked for once, in the indicator.
    """
    if not any(i.consequences and _points_elsewhere(i) for i in indicators):
        return tuple(indicators)
    naming = _Naming(indicators, passages)
    found = list(indicators)
    told: dict[int, list[Consequence]] = {}
    for at, indicator in enumerate(indicators):
        if indicator.kind == "provision":
            kept, again = _told_of_others(naming, indicators, at, passages[at], told)
            demands = tuple(d for d in indicator.demands if d not in again)
            found[at] = replace(indicator, consequences=tuple(kept), demands=demands)
        elif _points_elsewhere(indicator):
            consequences = tuple(_hung_on_other(naming, indicators, at, c, passages[at]) for c in indicator.consequences)
            found[at] = replace(indicator, consequences=consequences)
    return tuple(replace(i, consequences=(*i.consequences, *told.get(at, ()))) for at, i in enumerate(found))


def _points_elsewhere(indicator: Indicator) -> bool:
    """Tell whether what an indicator tells may follow from another: a closing section, or what earns no points and asks for nothing."""
    if indicator.kind == "provision":
        return True
    earns_nothing = indicator.points is None or indicator.kind in ("veto", "deduction")
    return earns_nothing and not asked_for("provision", indicator.demands, indicator.evidence, indicator.reporting)


def _told_of_others(
    naming: _Naming, indicators: Sequence[Indicator], at: int, prose: Sequence[Passage], told: dict[int, list[Consequence]]
) -> tuple[list[Consequence], list[Demand]]:
    """Add to `told` the consequences that a provision tells of others; return those it keeps, and demands that only name others again."""
    kept: list[Consequence] = []
    again: list[Demand] = []
    for consequence in indicators[at].consequences:
        named = naming.named_by(at, consequence, prose)
        for other, actions in named.items():
            told.setdefault(other, []).append(_hung(consequence, indicators[other], actions))
        if named:
            actions = frozenset().union(*named.values())
            hangs = (hang.demand for hang in consequence.hangs_on)
            again += [d for d in hangs if d is not None and (d.target is None or HOW_MANY.search(d.words.text))]
            again += [d for d in indicators[at].demands if d.action in actions]
        else:
            kept.append(consequence)
    return kept, again


def _hung_on_other(
    naming: _Naming, indicators: Sequence[Indicator], at: int, consequence: Consequence, prose: Sequence[Passage]
) -> Consequence:
    """Return a consequence of a veto or deduction that hangs on what the one other indicator that it names asks for."""
    named = naming.named_by(at, consequence, prose)
    if len(named) != 1:
        return consequence
    [(other, actions)] = named.items()
    return _hung(consequence, indicators[other], actions)


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
        self._order = list(self._known)
        """Where the indicators stand, by their numbers."""
        self._shared = Counter(piece for words in self._known.values() for piece in words.pieces)

    def named_by(self, at: int, consequence: Consequence, prose: Sequence[Passage]) -> dict[int, frozenset[str]]:
        """Return the indicators other than that at a place that the sentence of its consequence names, each with the actions named of it.

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
            named = self._named_in(passage, (start, end)) or self._named_before(passage, start)
            return {other: actions for other, actions in named.items() if other != at}
        return {}

    def _named_before(self, passage: Passage, start: int) -> dict[int, frozenset[str]]:
        """Return the indicators named by the sentence that ends right before a place, in the same paragraph."""
        if not start or passage.text[start - 1] == "\n":
            return {}
        return self._named_in(passage, passage.sentence_range(passage.clause_of(start - 1)))

    def _named_in(self, passage: Passage, place: Range) -> dict[int, frozenset[str]]:
        text = passage.text[slice(*place)]
        actions = frozenset(m.sense.value for m in passage.between("action", *place)) & PROCESS
        by_number = {self._order[n - 1] for match in ITEMS.finditer(text) for n in _numbers(match) if n <= len(self._order)}
        if by_number:
            return {at: actions & self._known[at].actions for at in by_number}
        quoted = {match["name"] for match in QUOTED.finditer(text)}
        pieces = {piece for piece in _pieces(passage, *place) if 0 < self._shared[piece] <= MOST_NAMED}
        by_name = {at: actions & known.actions for at, known in self._known.items() if known.name in text}
        told = HOW_MANY.search(text)
        missing = int(number(told["count"]) or 0) - len(by_name) if told else 0
        if by_name and missing <= 0:
            return by_name
        for at in by_name:
            actions -= self._known[at].actions
            quoted -= self._known[at].quoted
            pieces -= self._known[at].pieces
        named = {
            at: actions & known.actions
            for at, known in self._known.items()
            if at not in by_name and (quoted & known.quoted or actions & known.actions or pieces & known.pieces)
        }
        if by_name:
            return by_name | named if len(named) == missing else by_name
        return named if len(named) <= MOST_NAMED else {}


def _numbers(match: re.Match[str]) -> Iterator[int]:
    """Yield the numbers, from 1, of the indicators that `ITEMS` found."""
    for run in RUN.finditer(match["numbers"]):
        yield from range(_value(run["first"]), _value(run["last"]) + 1)
    yield from (_value(numeral) for numeral in re.findall(_NUMERAL, match["numbers"]))


def _value(numeral: str) -> int:
    """Return the value of a numeral that `_NUMERAL` found."""
    return int(number(numeral) or 0)


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
