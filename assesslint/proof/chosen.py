"""What a solver chose → facts, as if they had been read from a draft."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import z3

from assesslint.proof.symbols import REFERENCES, Space
from assesslint.reading import facts
from assesslint.scheme.vocabulary import FieldType
from assesslint.text.source import Span

Place = tuple[str | int, ...]
Choice = Mapping[tuple[Place, str], Any]
"""By place and kind of variable: a number, a code, a truth."""

PLAIN = {"force": "required", "indicator_kind": "scored", "circumstance": "normal", "voice": "own", "direction": "penalty"}
"""What a field is where nothing was asked of it and `unknown` is no value of its kind."""


def choice_of(space: Space, model: z3.ModelRef) -> Choice:
    """Return the values a model gives to all that was asked for."""
    return {(v.place, v.kind): _python(model.eval(v.term, model_completion=True)) for v in space.variables}


def scheme_of(space: Space, choice: Choice) -> facts.Scheme:
    """Return the scheme in which the facts are as chosen; what nothing was asked of is left as plain as it can be."""
    scheme: facts.Scheme = _Builder(space, choice).record("Scheme", (), None)
    return scheme


def _python(term: z3.ExprRef) -> Any:
    if z3.is_true(term) or z3.is_false(term):
        return z3.is_true(term)
    if isinstance(term, z3.IntNumRef):
        return term.as_long()
    if isinstance(term, z3.RatNumRef):
        return Fraction(term.numerator_as_long(), term.denominator_as_long())
    if isinstance(term, z3.AlgebraicNumRef):
        return _python(term.approx(6))
    raise TypeError(f"not a value: {term}")


def literal(value: Any, term: z3.ExprRef) -> z3.ExprRef:
    """Return a chosen value as a term of the sort of `term`."""
    if isinstance(value, bool):
        return z3.BoolVal(value)
    return z3.RealVal(value) if z3.is_real(term) else z3.IntVal(value)


class _Builder:
    def __init__(self, space: Space, choice: Choice) -> None:
        self.space = space
        self.choice = choice
        self.count = 0

    def record(self, name: str, place: Place, indicator: dict[str, Any] | None) -> Any:
        """Return the fact at a place. `indicator` has what was made so far of the indicator around it."""
        made: dict[str, Any] = {}
        around = made if name == "Indicator" else indicator
        kinds = self.space.vocabulary.records[name]
        for field in sorted(kinds, key=lambda field: field == "consequences"):  # they refer to the other facts
            made[field] = self.field(name, (*place, field), kinds[field], around)
        return getattr(facts, name)(**made)

    def field(self, record: str, place: Place, kind: FieldType, indicator: dict[str, Any] | None) -> Any:
        name = str(place[-1])
        if record == "Hang" and name in REFERENCES:
            which = self.choice.get((place, "which"), -1)
            return (indicator or {})[REFERENCES[name]][which] if which >= 0 else None
        if kind.many:
            length = self.choice.get((place, "length"), 0)
            return tuple(self.one((*place, at), FieldType(kind.base), indicator) for at in range(length))
        if kind.optional and not self.choice.get((place, "present"), False):
            return None
        return self.one(place, kind, indicator)

    def one(self, place: Place, kind: FieldType, indicator: dict[str, Any] | None) -> Any:
        base = kind.base
        if base in self.space.vocabulary.records:
            return self.record(base, place, indicator)
        if base == "words":
            return self.words()
        chosen = self.choice.get((place, base))
        if base == "flag":
            return bool(chosen)
        if base in ("number", "duration"):
            return Decimal(0) if chosen is None else Decimal(chosen.numerator) / Decimal(chosen.denominator)
        if chosen is not None:
            return self.space.value(base, chosen)
        return self.space.texts[0] if base == "text" else self.plain(base)

    def plain(self, enum: str) -> str:
        known = self.space.vocabulary.enums[enum].zh
        return "unknown" if "unknown" in known else PLAIN.get(enum, next(iter(known)))

    def words(self) -> facts.Words:
        """Return words of their own, so that no two facts are equal."""
        self.count += 1
        return facts.Words(f"第{self.count}处", (Span(self.count, self.count + 1),))
