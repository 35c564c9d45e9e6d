"""A rule → a witness scheme that makes it object, and the nearest miss: one value away, and it does not. Both judged by the real linter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import z3

from assesslint.policy import tree
from assesslint.proof.chosen import choice_of, scheme_of
from assesslint.proof.drafted import draft_of
from assesslint.proof.encode import constrain_by_laws, firings
from assesslint.proof.symbols import Sizes, Space, Variable
from assesslint.proof.trials import objections, read_facts
from assesslint.scheme.printer import print_scheme
from assesslint.scheme.vocabulary import Vocabulary

TEXTS = ("人口台账", "人口信息表", "干部之家", "低保名单")
SIZES = Sizes({"Scheme.indicators": 1})
MOST_TRIES = 12
SOLVER_MILLISECONDS = 5_000

PLAIN_CODES = ("unknown", "own", "normal", "scored", "counted", "penalty", "required")
"""Values a witness has unless the rule asks for others."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A draft in the scheme language, and how many others were tried before it was read back as meant."""

    text: str
    tries: int


def witness(rule: tree.Rule, vocabulary: Vocabulary, day: date) -> Witness | None:
    """Return a draft the rule objects to; None when none was found that reads back so. Each way to object is tried in turn."""
    space = Space(vocabulary, TEXTS, SIZES)
    ways = [condition for _, condition in firings(rule, space)]
    constrain_by_laws(space)
    tries = 0
    for condition in ways:
        for model in _models(space, condition):
            tries += 1
            text = print_scheme(draft_of(scheme_of(space, choice_of(space, model)), vocabulary))
            if objections(rule, read_facts("scheme", text), day):
                return Witness(text, tries)
    return None


def _models(space: Space, wanted: z3.BoolRef) -> Iterator[z3.ModelRef]:
    """Yield models of a condition, the plainest first, none twice."""
    solver = z3.Solver()
    solver.set("timeout", SOLVER_MILLISECONDS)
    solver.add(*space.constraints, wanted)
    for _ in range(MOST_TRIES):
        if solver.check() != z3.sat:
            return
        model = _plainest(solver, space)
        yield model
        solver.add(z3.Or([v.term != model.eval(v.term, model_completion=True) for v in space.variables]))


def _plainest(solver: z3.Solver, space: Space) -> z3.ModelRef:
    """Return a model in which as many values as possible are plain, tried one after the other."""
    model = solver.model()
    kept: list[z3.BoolRef] = []
    for variable in space.variables:
        wish = _plain(variable, space)
        if wish is None:
            continue
        if z3.is_true(model.eval(wish, model_completion=True)):
            kept.append(wish)
        elif solver.check(*kept, wish) == z3.sat:
            kept.append(wish)
            model = solver.model()
    return model


def _plain(variable: Variable, space: Space) -> z3.BoolRef | None:
    match variable.kind:
        case "present" | "flag":
            return z3.Not(variable.term)
        case "length":
            return variable.term == 0
        case "which":
            return None
    if variable.kind in space.vocabulary.enums:
        known = space.vocabulary.enums[variable.kind].zh
        plain = next((code for code in PLAIN_CODES if code in known), None)
        return None if plain is None else variable.term == space.code(variable.kind, plain)
    return None
