"""Several rules → which of them say nothing that another does not say, and which speak of one and the same fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations

import z3

from assesslint.policy import tree
from assesslint.proof.encode import constrain_by_laws, objects
from assesslint.proof.solver import FOR_ONE_QUESTION, Solver, TooHardError, Work
from assesslint.proof.symbols import Sizes, Space
from assesslint.proof.witness import texts_of
from assesslint.scheme.vocabulary import Vocabulary

ONE_EACH = Sizes({"steps": 2, "recipients": 2, "systems": 2, "levels": 2, "Scheme.apps": 2}, otherwise=1)
"""With one fact of each kind, two rules that object speak of the same one."""

FOR_ONE_PAIR = 50_000
"""Work for comparing two rules, on average; everyday rules need a tenth."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How `first` stands to `second`: `covered` (whatever it objects to, the other does too) or `overlap` (both object to one fact).

    `known` is False where it would have taken the solver too much to tell. Then `hard` is a rule that was compared with no other, and
    `unfinished` the pair from which on none was looked at.
    """

    kind: str
    first: str
    second: str
    known: bool = True


def relations(rules: Sequence[tree.Rule], vocabulary: Vocabulary) -> Iterator[Relation]:
    """Yield the relations of every pair of rules of one subject."""
    space = Space(vocabulary, texts_of(*rules), ONE_EACH)
    conditions = dict(_conditions(rules, space))
    constrain_by_laws(space)
    work = Work(FOR_ONE_QUESTION * len(rules) + FOR_ONE_PAIR * len(rules) ** 2)
    solver = Solver(space.constraints, work)
    possible = {rule: solver.can(condition) for rule, condition in conditions.items()}
    yield from (Relation("hard", rule.id, "", known=False) for rule in rules if possible.get(rule.id) is None)
    for first, second in combinations([rule for rule in rules if possible.get(rule.id)], 2):
        if work.left <= 0:
            yield Relation("unfinished", first.id, second.id, known=False)
            return
        if first.subject != second.subject:
            continue
        for one, other in ((first, second), (second, first)):
            apart = solver.can(conditions[one.id], z3.Not(conditions[other.id]))
            if not apart:
                yield Relation("covered", one.id, other.id, apart is not None)
        if _list_of(first) == _list_of(second) != "":
            together = solver.can(conditions[first.id], conditions[second.id])
            if together is not False:
                yield Relation("overlap", first.id, second.id, together is not None)


def _conditions(rules: Sequence[tree.Rule], space: Space) -> Iterator[tuple[str, z3.BoolRef]]:
    """Yield when each rule objects, but for those that are too large to be told."""
    for rule in rules:
        space.work = Work()
        with suppress(TooHardError):
            yield rule.id, objects(rule, space)
    space.work = Work()


def _list_of(rule: tree.Rule) -> str:
    """Return the list a rule loops over first: the kind of fact it speaks of."""
    for binding in rule.bindings:
        if binding.loop and isinstance(binding.value, tree.Path):
            return ".".join((binding.value.name, *binding.value.steps))
    return ""
