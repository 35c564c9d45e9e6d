"""One scheme as it was read and judged, with what the ways of mending ask of it: which leaf an objection is on, what is forbidden there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assesslint.linter.fixes.doomed import is_doomed
from assesslint.policy.judge import Objection
from assesslint.reading import facts as reading_facts
from assesslint.reading.passage import Passage, Range
from assesslint.reading.read import Reading
from assesslint.scheme import model
from assesslint.scheme.model import Field, Group, Indicator
from assesslint.text.source import Source, Span

FACTS = ("demands", "evidence", "reporting", "procedures", "consequences", "inspections", "escalations", "assignments")
"""The lists of an indicator that hold what its text says, each at words of its own."""

Fact = (
    reading_facts.Demand
    | reading_facts.Evidence
    | reading_facts.Reporting
    | reading_facts.Procedure
    | reading_facts.Consequence
    | reading_facts.Inspection
    | reading_facts.Escalation
    | reading_facts.Assignment
)


@dataclass(frozen=True, slots=True)
class Mend:
    """What mends a fault: pieces of the draft with what stands there instead, and what that is called in both languages.

    `safe` when nothing but what a norm forbids goes, and no points move.
    """

    edits: tuple[tuple[Span, str], ...]
    zh: str
    en: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """An indicator with the groups around it (outermost first), what was read in it, and its scanned prose."""

    groups: tuple[Group, ...]
    node: Indicator
    read: reading_facts.Indicator
    passages: tuple[Passage, ...]

    def facts(self) -> Iterator[Fact]:
        """Yield what its text says."""
        for name in FACTS:
            yield from getattr(self.read, name)

    def field_of(self, span: Span) -> Field | None:
        """Return the field whose value holds a place."""
        return next((field for field in self.node.fields if any(_holds(place, span) for place in places_of(field.value))), None)

    def passage_of(self, words: reading_facts.Words) -> tuple[Passage, Range] | None:
        """Return the prose that words stand in, and where in it."""
        for passage in self.passages:
            place = passage.range_of(words.spans)
            if place is not None:
                return passage, place
        return None


@dataclass(frozen=True)
class Judged:
    """A scheme of the draft `source`, its reading, and what the rules object to in it."""

    source: Source
    scheme: model.Scheme
    reading: Reading
    objections: Sequence[Objection]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        read = zip(self.scheme.indicators(), self.reading.facts.indicators, self.reading.passages, strict=False)
        return tuple(Leaf(groups, node, indicator, passages) for (groups, node), indicator, (_, passages) in read)

    @cached_property
    def _by_facts(self) -> dict[int, Leaf]:
        return {id(leaf.read): leaf for leaf in self.leaves}

    def leaf_of(self, objection: Objection) -> Leaf | None:
        """Return the indicator an objection is on; None where it is on the scheme or on what it declares."""
        return self._by_facts.get(id(objection.indicator))

    @cached_property
    def _forbidden(self) -> frozenset[tuple[Span, ...]]:
        return frozenset(objection.words.spans for objection in self.objections if objection.severity != "advice" and objection.basis)

    def is_forbidden(self, fact: Fact) -> bool:
        """Tell whether some norm forbids what the words of a fact say."""
        return fact.words.spans in self._forbidden

    @cached_property
    def _doomed(self) -> frozenset[int]:
        return frozenset(id(leaf) for leaf in self.leaves if is_doomed(leaf, self.is_forbidden))

    def is_doomed(self, leaf: Leaf) -> bool:
        """Tell whether all that an indicator asks for is forbidden."""
        return id(leaf) in self._doomed

    def text(self, span: Span) -> str:
        return self.source.text[span.start : span.end]

    @property
    def is_language(self) -> bool:
        """Whether the draft is written in the scheme language."""
        return self.scheme.form == "assess"


def places_of(value: model.Value) -> Iterator[Span]:
    """Yield the places of a field's value, one for each name, word or piece of prose."""
    match value:
        case model.Prose():
            yield from value.spans(0, len(value.text))
        case model.Names():
            for name in value.names:
                yield from name.spans(0, len(name.text))
        case model.Terms():
            yield from (term.span for term in value.terms)
        case _:
            yield value.span


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def line_of(text: str, span: Span) -> Span | None:
    """Return the whole line of a place, its end included, when nothing else stands on it; the end of the text ends a line too."""
    start = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.end)
    end = len(text) if stop < 0 else stop + 1
    around = text[start : span.start] + text[span.end : end]
    return Span(start, end) if not around.strip(" \t\r\n\u3000。；;，,") else None
