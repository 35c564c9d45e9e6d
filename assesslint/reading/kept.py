"""Indicators read before → the same readings where they stand now: what is read again while a draft is written is only what changed.

A reading depends on the words of an indicator and on what stands around it, never on where they stand. So it is kept by what it was read
from; met again in a later state of the draft, it is moved to its new places. What is told of a draft is the same with it as without.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

from assesslint.reading.facts import Indicator, Words
from assesslint.reading.lexicon import Lexicon
from assesslint.reading.passage import Passage
from assesslint.reading.surroundings import Surroundings
from assesslint.scheme import model
from assesslint.text.source import Source, Span

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class Leaf:
    """All that an indicator is read from. `headings` stand over it, the nearest first; `proses` are its own prose by field."""

    indicator: model.Indicator
    headings: tuple[model.Prose, ...]
    around: Surroundings
    lexicon: Lexicon
    proses: tuple[tuple[str, model.Prose], ...] = field(compare=False)

    def places(self) -> Iterator[Span]:
        """Yield where the words stand that facts can be read from, in an order that is the same for the same leaf."""
        for prose in (self.indicator.name, *self.headings, *(prose for _, prose in self.around.topics)):
            yield from prose.places
        for each in self.indicator.fields:
            yield from _places_of(each.value)


LeafReading = tuple[Indicator, tuple[Passage, ...]]
"""The facts of an indicator, and the passages of its prose."""


@dataclass(frozen=True, slots=True)
class _Kept:
    places: tuple[Span, ...]
    reading: LeafReading


class KeptReadings:
    """The readings of one draft as it was last; for one thread at a time.

    `between` is called before each indicator: what it raises breaks the reading off.
    """

    def __init__(self, between: Callable[[], None] = lambda: None) -> None:
        self._between = between
        self._now: dict[object, _Kept] = {}
        self._before: dict[object, _Kept] = {}

    def __len__(self) -> int:
        return len(self._before.keys() | self._now.keys())

    def let_go(self) -> None:
        """Forget the readings that were not asked for since this was last called."""
        self._before, self._now = self._now, {}

    def read(self, leaf: Leaf, source: Source | None, read: Callable[[], LeafReading]) -> LeafReading:
        """Return the reading of a leaf: one kept, moved to where its words stand now, or that which `read` gives."""
        self._between()
        places = tuple(leaf.places())
        key = (leaf, *(span.end - span.start for span in places), *_quoted(leaf, source))
        kept = self._now.get(key) or self._before.get(key)
        moves = _moves(kept.places, places) if kept is not None else None
        reading = read() if kept is None or moves is None else _moved_reading(kept.reading, leaf, moves)
        self._now[key] = _Kept(places, reading)
        return reading


# ── what a reading is kept by ────────────────────────────────────────────────────────────────────────────────────────────────


def _places_of(value: model.Value) -> Iterator[Span]:
    match value:
        case model.Prose():
            yield from value.places
        case model.Names(names):
            for name in names:
                yield from name.places
        case model.Terms(terms):
            yield from (value.span, *(term.span for term in terms))
        case model.Measure():
            yield value.span
            if value.object_name is not None:
                yield from value.object_name.places
        case model.Every() | model.Levels():
            yield value.span


def _quoted(leaf: Leaf, source: Source | None) -> Iterator[str]:
    """Yield the words of structured values as they are written, which facts quote."""
    if source is None:
        return
    for each in leaf.indicator.fields:
        if not isinstance(each.value, model.Prose | model.Names):
            yield source.text[each.value.span.start : each.value.span.end]


# ── moving ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Moves:
    """How far words are moved that stood from each of the offsets `starts` on."""

    starts: tuple[int, ...]
    by: tuple[int, ...]

    def span(self, span: Span) -> Span:
        if span == model.NOWHERE:
            return span
        first = self.by[max(0, bisect_right(self.starts, span.start) - 1)]
        last = self.by[max(0, bisect_right(self.starts, max(span.start, span.end - 1)) - 1)]
        return Span(span.start + first, span.end + last)


def _moves(before: tuple[Span, ...], now: tuple[Span, ...]) -> _Moves | None:
    """Return how words of each place were moved; None where no rule of offsets says it, or where they changed their order."""
    runs: list[tuple[Span, int]] = []
    for old, new in sorted(zip(before, now, strict=True)):
        by = new.start - old.start
        if runs and runs[-1][1] == by:
            runs[-1] = runs[-1][0].to(old), by
        else:
            runs.append((old, by))
    for (one, by), (next_one, next_by) in pairwise(runs):
        if one.end > next_one.start or one.end + by > next_one.start + next_by:
            return None
    return _Moves(tuple(span.start for span, _ in runs), tuple(by for _, by in runs))


def _moved_reading(reading: LeafReading, leaf: Leaf, moves: _Moves) -> LeafReading:
    facts, passages = reading
    if not any(moves.by):
        return reading
    return _moved(facts, moves), tuple(passage.at(prose) for passage, (_, prose) in zip(passages, leaf.proses, strict=True))


def _moved(fact: Fact, moves: _Moves) -> Fact:
    """Return a fact, or a tuple of facts, with its words where they stand now."""
    if isinstance(fact, Words):
        return replace(fact, spans=tuple(map(moves.span, fact.spans)))
    if isinstance(fact, tuple):
        return tuple(_moved(each, moves) for each in fact)  # type: ignore[return-value]
    kind: Any = type(fact)
    changed = {name: _moved(value, moves) for name in _names(kind) if _has_words(value := getattr(fact, name))}
    return replace(fact, **changed) if changed else fact  # type: ignore[type-var]


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


def _has_words(value: object) -> bool:
    return bool(value) and (isinstance(value, tuple) or is_dataclass(value))
