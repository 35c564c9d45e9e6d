"""Several rules → which of them say nothing that another does not say, and which speak of one and the same fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import z3

from assesslint.policy import tree
from assesslint.proof.encode import constrain_by_laws, objects
from assesslint.proof.symbols import Sizes, Space
from assesslint.proof.witness import SOLVER_MILLISECONDS, TEXTS
from assesslint.scheme.vocabulary import Vocabulary

ONE_EACH = Sizes({"steps": 2, "recipients": 2, "systems": 2, "levels": 2, "Scheme.apps": 2}, otherwise=1)
"""With one fact of each kind, two rules that object speak of the same one."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How `first` stands to `second`: `covered` (whatever it objects to, the other does too) or `overlap` (both object to one fact).

    `known` is False where the solver did not tell in time.
    """

    kind: str
    first: str
    second: str
    known: bool = True


def relations(rules: Sequence[tree.Rule], vocabulary: Vocabulary) -> Iterator[Relation]:
    """Yield the relations of every pair of rules of one subject."""
    space = Space(vocabulary, TEXTS, ONE_EACH)
    conditions = {rule.id: objects(rule, space) for rule in rules}
    constrain_by_laws(space)
    solver = z3.Solver()
    solver.set("timeout", SOLVER_MILLISECONDS)
    solver.add(*space.constraints)
    for first, second in combinations(rules, 2):
        if first.subject != second.subject:
            continue
        for one, other in ((first, second), (second, first)):
            answer = solver.check(conditions[one.id], z3.Not(conditions[other.id]))
            if answer != z3.sat and solver.check(conditions[one.id]) == z3.sat:
                yield Relation("covered", one.id, other.id, answer == z3.unsat)
        if _list_of(first) == _list_of(second) != "":
            answer = solver.check(conditions[first.id], conditions[second.id])
            if answer != z3.unsat:
                yield Relation("overlap", first.id, second.id, answer == z3.sat)


def _list_of(rule: tree.Rule) -> str:
    """Return the list a rule loops over first: the kind of fact it speaks of."""
    for binding in rule.bindings:
        if binding.loop and isinstance(binding.value, tree.Path):
            return ".".join((binding.value.name, *binding.value.steps))
    return ""
