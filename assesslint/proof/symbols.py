"""The vocabulary's records → facts that a solver chooses: every field a term with its domain, every list a few places that may be filled.

Two facts are the same if they stand in the same place; the facts a consequence hangs on are places of its own indicator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache

import z3

from assesslint.policy.evaluate import FUNCTIONS
from assesslint.proof.solver import Work
from assesslint.scheme.vocabulary import FieldType, Vocabulary

TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)

REFERENCES = {"demand": "demands", "evidence": "evidence", "reporting": "reporting"}
"""The fields of a Hang that are facts of the indicator it stands in, with the lists they are from."""


@dataclass(frozen=True)
class Truth:
    """Three values: certainly true, certainly false, and unknown where it is neither."""

    true: z3.BoolRef
    false: z3.BoolRef


@dataclass(frozen=True)
class Value:
    """A value of an enumeration, a text, a number or a duration. `term` means something only where it is `known`.

    Multiplied out, it is a sum of at most so many `terms`, of at most this `degree`.
    """

    type: str
    term: z3.ExprRef
    known: z3.BoolRef
    terms: int = 1
    degree: int = 1


@dataclass(eq=False)
class Record:
    """One fact in one place. Its fields are made when first asked for."""

    type: str
    place: tuple[str | int, ...]
    owner: Record | None
    fields: dict[str, Symbol] = field(default_factory=dict)


@dataclass(frozen=True)
class Records:
    """One fact or none: the one whose condition is true. No two are."""

    type: str
    choices: tuple[tuple[z3.BoolRef, Record], ...]

    @property
    def known(self) -> z3.BoolRef:
        return z3.Or([condition for condition, _ in self.choices])


@dataclass(frozen=True)
class Items:
    """A list: each item with whether it is there."""

    type: str
    members: tuple[tuple[z3.BoolRef, Symbol], ...]
    known: z3.BoolRef


Symbol = Truth | Value | Records | Items


@dataclass(frozen=True)
class Variable:
    """What the solver chooses: the place of the fact and its field, `present` for whether it is there (or how many items there are)."""

    place: tuple[str | int, ...]
    kind: str
    term: z3.ExprRef


@dataclass(frozen=True)
class Sizes:
    """How many places a list has, by the record it stands in and its name, else by what it holds."""

    places: Mapping[str, int] = field(default_factory=dict)
    otherwise: int = 2

    def of(self, record: str, name: str) -> int:
        return self.places.get(f"{record}.{name}", self.places.get(name, self.otherwise))


class Space:
    """All facts of one scheme, as far as anybody asked for them, with what is true of every scheme as `constraints`.

    `texts` are all that a text of the facts can be; `work` is what may be done to find out about them.
    """

    def __init__(self, vocabulary: Vocabulary, texts: tuple[str, ...], sizes: Sizes, work: Work | None = None) -> None:
        self.vocabulary = vocabulary
        self.texts = texts
        self.sizes = sizes
        self.work = work or Work()
        self.variables: list[Variable] = []
        self.constraints: list[z3.BoolRef] = []
        self.scheme = Records("Scheme", ((TRUE, Record("Scheme", (), None)),))

    # ── terms ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def constant(self, base: str, value: Decimal | str | bool) -> Symbol:
        """Return a value of a rule as a term."""
        if isinstance(value, bool):
            return Truth(z3.BoolVal(value), z3.BoolVal(not value))
        if isinstance(value, Decimal):
            return Value(base, z3.RealVal(Fraction(value)), TRUE, degree=0)
        return Value(base, z3.IntVal(self.code(base, value)), TRUE)

    def code(self, base: str, value: str) -> int:
        """Return the number a text or a value of an enumeration is known by."""
        known = self.texts if base == "text" else _codes(self.vocabulary, base)
        return known.index(value)

    def value(self, base: str, code: int) -> str:
        return (self.texts if base == "text" else _codes(self.vocabulary, base))[code]

    def function(self, name: str, first: z3.ExprRef, second: z3.ExprRef) -> z3.ExprRef:
        """Return a function of two texts as a table over all texts there are."""
        table = {(i, j): FUNCTIONS[name](a, b) for i, a in enumerate(self.texts) for j, b in enumerate(self.texts)}
        if name == "same_item":
            return z3.Or([z3.And(first == i, second == j) for (i, j), same in table.items() if same])
        term: z3.ExprRef = z3.RealVal(0)
        for (i, j), number in table.items():
            term = z3.If(z3.And(first == i, second == j), z3.RealVal(Fraction(number)), term)
        return term

    # ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def field_of(self, records: Records, name: str) -> Symbol:
        """Return the field of whichever fact it is."""
        found = [(condition, self._own_field(record, name)) for condition, record in records.choices]
        kind = self.vocabulary.records[records.type][name]
        if kind.many:
            members = tuple((z3.And(c, present), item) for c, items in found if isinstance(items, Items) for present, item in items.members)
            return Items(kind.base, members, records.known)
        if kind.base == "flag":
            truths = [(c, t) for c, t in found if isinstance(t, Truth)]
            return Truth(z3.Or([z3.And(c, t.true) for c, t in truths]), z3.Or([z3.And(c, t.false) for c, t in truths]))
        if kind.base in self.vocabulary.records:
            inner = [(z3.And(c, own), fact) for c, r in found if isinstance(r, Records) for own, fact in r.choices]
            return Records(kind.base, tuple(inner))
        values = [(c, v) for c, v in found if isinstance(v, Value)]
        term = values[-1][1].term
        for condition, value in reversed(values[:-1]):
            term = z3.If(condition, value.term, term)
        return Value(kind.base, term, z3.Or([z3.And(c, v.known) for c, v in values]))

    def _own_field(self, record: Record, name: str) -> Symbol:
        if name not in record.fields:
            record.fields[name] = self._make(record, name, self.vocabulary.records[record.type][name])
        return record.fields[name]

    def _make(self, record: Record, name: str, kind: FieldType) -> Symbol:
        place = (*record.place, name)
        if kind.many:
            return self._make_list(record, name, kind.base)
        present = self._choose(place, "present", z3.BoolSort()) if kind.optional and name not in REFERENCES else TRUE
        if record.type == "Hang" and name in REFERENCES:
            return self._make_reference(record, name)
        if kind.base in self.vocabulary.records:
            return Records(kind.base, ((present, Record(kind.base, place, record)),))
        if kind.base == "flag":
            chosen = self._choose(place, "flag", z3.BoolSort())
            return Truth(z3.And(present, chosen), z3.And(present, z3.Not(chosen)))
        if kind.base == "words":
            return Value("words", z3.IntVal(0), present)
        return Value(kind.base, self._choose_value(record.type, name, place, kind.base), present)

    def _choose_value(self, record: str, name: str, place: tuple[str | int, ...], base: str) -> z3.ExprRef:
        if base in ("number", "duration"):
            term = self._choose(place, base, z3.RealSort())
            domain = self.vocabulary.domains.get(f"{record}.{name}")
            low, high = (domain.low, domain.high) if domain else (Decimal(0), Decimal(1000))
            self.constraints += [term >= z3.RealVal(Fraction(low)), term <= z3.RealVal(Fraction(high))]
            if domain and domain.whole:
                self.constraints.append(z3.IsInt(term))
            return term
        term = self._choose(place, base, z3.IntSort())
        count = len(self.texts) if base == "text" else len(_codes(self.vocabulary, base))
        self.constraints += [term >= 0, term < count]
        return term

    def _make_list(self, record: Record, name: str, base: str) -> Items:
        place = (*record.place, name)
        length = self._choose(place, "length", z3.IntSort())
        size = self.sizes.of(record.type, name)
        self.constraints += [length >= 0, length <= size]
        members: list[tuple[z3.BoolRef, Symbol]] = []
        for at in range(size):
            here = (*place, at)
            if base in self.vocabulary.records:
                item: Symbol = Records(base, ((TRUE, Record(base, here, record)),))
            else:
                item = Value(base, self._choose_value(record.type, name, here, base), TRUE)
            members.append((length > at, item))
        return Items(base, tuple(members), TRUE)

    def _make_reference(self, record: Record, name: str) -> Records:
        """Return the fact of the indicator that a consequence hangs on: one of the kinds `REFERENCES` names, or a thing outside."""
        owner = record.owner.owner if record.owner else None
        if owner is None:
            raise TypeError("a Hang stands in a Consequence, and that in an Indicator")
        listed = self._own_field(owner, REFERENCES[name])
        which = self._choose((*record.place, name), "which", z3.IntSort())
        items = listed.members if isinstance(listed, Items) else ()
        self.constraints += [which >= -1, which < len(items), *(z3.Implies(which == at, there) for at, (there, _) in enumerate(items))]
        choices = [(which == at, fact) for at, (_, r) in enumerate(items) if isinstance(r, Records) for _, fact in r.choices]
        return Records(listed.type if isinstance(listed, Items) else "", tuple(choices))

    def _choose(self, place: tuple[str | int, ...], kind: str, sort: z3.SortRef) -> z3.ExprRef:
        term = z3.Const(".".join(map(str, place)) + f"?{kind}", sort)
        self.variables.append(Variable(place, kind, term))
        return term


@cache
def _code_table(values: tuple[str, ...]) -> tuple[str, ...]:
    return values


def _codes(vocabulary: Vocabulary, base: str) -> tuple[str, ...]:
    return _code_table(tuple(vocabulary.enums[base].zh))
