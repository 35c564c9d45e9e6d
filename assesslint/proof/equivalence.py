"""A rule and an alteration of it → whether a solver proves that no draft can tell the two apart.

Looked at are severity, norms, wording and place of what each says at the same facts; not the values a message prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import z3

from assesslint.policy import tree
from assesslint.proof.encode import Frame, constrain_by_laws, spoken, symbol
from assesslint.proof.solver import TooHardError, Work
from assesslint.proof.symbols import Records, Sizes, Space
from assesslint.proof.witness import decide, texts_of
from assesslint.scheme.vocabulary import central_vocabulary

PLACES = Sizes({"Scheme.indicators": 1}, otherwise=4)
"""With fewer places in a list, two conditions that want several items would look the same."""


def equivalent(rule: tree.Rule, altered: tree.Rule, work: Work) -> bool | None:
    """Tell whether two rules with the same loops say the same of every draft; None where it would take too much to tell."""
    space = Space(central_vocabulary(), texts_of(rule, altered), PLACES, work)
    try:
        differing = [
            difference
            for (one, cases), (other, others) in zip(spoken(rule, space), spoken(altered, space), strict=True)
            for difference in _differences(rule, (one, cases), (other, others), space)
        ]
        constrain_by_laws(space)
    except TooHardError:
        return None
    apart = decide(space, z3.Or(differing))
    return None if apart is None else not apart


Spoken = tuple[Frame, list[tuple[tree.Case, z3.BoolRef]]]


def _differences(rule: tree.Rule, first: Spoken, second: Spoken, space: Space) -> Iterator[z3.BoolRef]:
    """Yield the ways in which two rules, at the same facts, do not say the same in the same place."""
    (frame, cases), (other_frame, others) = first, second
    outcomes: list[tree.Case] = []
    for case, _ in (*cases, *others):
        if _outcome(case) not in outcomes:
            outcomes.append(_outcome(case))
    for outcome in outcomes:
        one, other = (z3.Or([fires for case, fires in told if _outcome(case) == outcome]) for told in (cases, others))
        yield one != other
        yield from (z3.And(one, other, _elsewhere(path, frame, other_frame, space)) for path in rule.at)


def _outcome(case: tree.Case) -> tree.Case:
    return replace(case, when=None)


def _elsewhere(path: tree.Path, frame: Frame, other_frame: Frame, space: Space) -> z3.BoolRef:
    """Tell when the fact whose words a path names is not the same in two frames."""
    fact = replace(path, steps=path.steps[:-1])
    here, there = symbol(fact, frame, space), symbol(fact, other_frame, space)
    if not isinstance(here, Records) or not isinstance(there, Records):
        raise TypeError(f"no fact has the words {path!r}")
    same = z3.Or([z3.And(a, b) for a, one in here.choices for b, other in there.choices if one is other])
    neither = z3.And(z3.Not(here.known), z3.Not(there.known))
    return z3.Not(z3.Or(same, neither))
