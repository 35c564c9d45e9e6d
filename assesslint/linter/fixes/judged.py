"""One scheme as it was read and judged, with what the ways of mending ask of it: which leaf an objection is on, what is forbidden there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from assesslint.linter.fixes.doomed import is_doomed
from assesslint.linter.fixes.index import Index
from assesslint.policy.judge import Objection
from assesslint.reading import facts as reading_facts
from assesslint.reading.passage import Passage, Range
from assesslint.reading.read import Reading
from assesslint.scheme import model
from assesslint.scheme.model import Field, Group, Indicator
from assesslint.text.source import Source, Span, whole_lines

T = TypeVar("T")

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


@dataclass(frozen=True)
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

    def facts_at(self, place: Span) -> Iterator[Fact]:
        """Yield what is said at a place."""
        return self._facts.touching(place)

    @cached_property
    def _facts(self) -> Index[Fact]:
        return Index((span, fact) for fact in self.facts() for span in fact.words.spans)

    def field_of(self, place: Span) -> Field | None:
        """Return the field whose value holds a place."""
        return next(self._fields.touching(place), None)

    @cached_property
    def _fields(self) -> Index[Field]:
        return Index((place, field) for field in self.node.fields for place in places_of(field.value))

    @cached_property
    def terms(self) -> dict[Span, tuple[Field, int]]:
        """The words of lists in its fields, by place, each with its number in its list."""
        lists = ((field, field.value.terms) for field in self.node.fields if isinstance(field.value, model.Terms))
        return {term.span: (field, at) for field, terms in lists for at, term in enumerate(terms)}

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
    _made: dict[tuple[object, int], Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, make: Callable[[Judged, Leaf], T], leaf: Leaf) -> T:
        """Return what is made of an indicator, made when it is first asked for."""
        key = make, id(leaf)
        if key not in self._made:
            self._made[key] = make(self, leaf)
        made: T = self._made[key]
        return made

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        read = zip(self.scheme.indicators(), self.reading.facts.indicators, self.reading.passages, strict=False)
        return tuple(Leaf(groups, node, indicator, passages) for (groups, node), indicator, (_, passages) in read)

    @cached_property
    def declared(self) -> dict[Span, model.DataItem | model.DeclaredInspection]:
        """The data and inspections that the scheme declares, by the place of their names."""
        items: tuple[model.DataItem | model.DeclaredInspection, ...] = (*self.scheme.data_items, *self.scheme.inspections)
        return {item.name.span: item for item in items}

    @cached_property
    def _by_group(self) -> dict[int, list[Leaf]]:
        gathered: dict[int, list[Leaf]] = {}
        for leaf in self.leaves:
            if leaf.node.kind == "scored" and leaf.node.points:
                gathered.setdefault(_group_of(leaf), []).append(leaf)
        return gathered

    def group_of(self, leaf: Leaf) -> list[Leaf]:
        """Return the scored indicators that stand in the same group as an indicator, itself among them if it is one."""
        return self._by_group.get(_group_of(leaf), [])

    @cached_property
    def _first_named(self) -> dict[tuple[int, str], Leaf]:
        """The first scored indicator of each name in its group."""
        return {(group, leaf.node.name.text): leaf for group, leaves in self._by_group.items() for leaf in reversed(leaves)}

    def first_of_name(self, leaf: Leaf, name: str) -> Leaf | None:
        """Return the first scored indicator of a name in the group of another."""
        return self._first_named.get((_group_of(leaf), name))

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


def _group_of(leaf: Leaf) -> int:
    return id(leaf.groups[-1]) if leaf.groups else 0


def line_of(text: str, span: Span) -> Span | None:
    """Return the whole line of a place, its end included, when nothing else stands on it; the end of the text ends a line too."""
    lines = whole_lines(text, span)
    around = text[lines.start : span.start] + text[span.end : lines.end]
    return lines if not around.strip(" \t\r\n\u3000。；;，,") else None
