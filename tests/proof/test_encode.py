"""The solver and the evaluator agree: random conditions on random facts, on facts that make them true, and on those with one value changed.

`PROOF_PAIRS=20000 pytest tests/proof/test_encode.py -s` is the long profile; the mix of pairs is printed.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

z3 = pytest.importorskip("z3", reason="the extra [proof] is not installed")

from assesslint.policy import tree  # noqa: E402
from assesslint.policy.evaluate import evaluator, fresh_frame  # noqa: E402
from assesslint.policy.judge import Judge  # noqa: E402
from assesslint.policy.rulebook import load_rulebook  # noqa: E402
from assesslint.proof.chosen import Choice, choice_of, literal, scheme_of  # noqa: E402
from assesslint.proof.encode import objects, truth  # noqa: E402
from assesslint.proof.symbols import Sizes, Space  # noqa: E402
from assesslint.scheme.vocabulary import FieldType, ObjectKind, central_vocabulary, with_kinds  # noqa: E402
from tests.policy.generate import conditions  # noqa: E402
from tests.policy.pages import load, rule_of, sound  # noqa: E402

PAIRS = int(os.environ.get("PROOF_PAIRS", "300"))
TEXTS = ("人口台账", "人口信息表", "干部之家", "甲")
DAY = date(2026, 11, 23)
SCOPE = {"scheme": FieldType("Scheme"), "indicator": FieldType("Indicator")}
MIX: Counter[str] = Counter()


def random_choice(space: Space, chance: random.Random) -> Choice:
    """Return any choice that is true of schemes: within the domains, hanging on what is there."""
    solver = z3.Solver()
    solver.set("random_seed", chance.randrange(1000))
    solver.add(*space.constraints)
    wished = []
    for variable in space.variables:
        value = _random_value(space, variable.kind, variable.place, chance)
        wished.append(variable.term == value)
    chance.shuffle(wished)
    for wish in wished:
        solver.push()
        solver.add(wish)
        if solver.check() != z3.sat:
            solver.pop()
    assert solver.check() == z3.sat
    return choice_of(space, solver.model())


def _random_value(space: Space, kind: str, place: tuple[Any, ...], chance: random.Random) -> Any:
    match kind:
        case "present" | "flag":
            return z3.BoolVal(chance.random() < 0.5)
        case "length":
            return z3.IntVal(chance.randrange(3))
        case "which":
            return z3.IntVal(chance.randrange(-1, 2))
        case "number" | "duration":
            return z3.RealVal(Fraction(chance.choice(["0", "1/2", "1", "2", "50", "100", "7", "14"])))
        case "text":
            return z3.IntVal(chance.randrange(len(space.texts)))
    return z3.IntVal(chance.randrange(len(space.vocabulary.enums[kind].zh)))


def told(condition: Any, space: Space, choice: Choice) -> bool:
    """Return a formula's truth under a choice."""
    pinned = [(v.term, literal(choice[v.place, v.kind], v.term)) for v in space.variables]
    result = z3.simplify(z3.substitute(condition, *pinned))
    assert z3.is_true(result) or z3.is_false(result), result
    return z3.is_true(result)


@settings(max_examples=PAIRS // 3, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(conditions(SCOPE, 3), st.integers(0, 2**32))
def test_solver_and_evaluator_agree(condition: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    rule, _ = load(rule_of(f"when {condition}"))
    assume(rule is not None)  # a comparison with what the condition itself says is absent does not load
    assert rule is not None and rule.when is not None
    space = Space(central_vocabulary(), TEXTS, Sizes({"Scheme.indicators": 2}))
    [(_, indicator), *_] = space.field_of(space.scheme, "indicators").members
    formula = truth(rule.when, {tree.SCHEME_SLOT: space.scheme, tree.INDICATOR_SLOT: indicator}, space)
    space.constraints.append(next(v.term for v in space.variables if v.place == ("indicators",)) >= 1)
    _agree(rule, formula, space, random_choice(space, chance), "random")
    solver = z3.Solver()
    solver.add(*space.constraints, formula.true)
    if solver.check() != z3.sat:
        MIX["never true"] += 1
        return
    firing = choice_of(space, solver.model())
    assert _agree(rule, formula, space, firing, "true") is True
    near = _one_changed(space, firing, chance)
    if near is not None:
        _agree(rule, formula, space, near, "one value from true")


def _one_changed(space: Space, choice: Choice, chance: random.Random) -> Choice | None:
    """Return a choice with one value changed that is still true of schemes."""
    for variable in chance.sample(space.variables, len(space.variables)):
        solver = z3.Solver()
        solver.add(*space.constraints)
        solver.add(*(v.term == literal(choice[v.place, v.kind], v.term) for v in space.variables if v is not variable))
        solver.add(variable.term != literal(choice[variable.place, variable.kind], variable.term))
        if solver.check() == z3.sat:
            return choice_of(space, solver.model())
    return None


def _agree(rule: tree.Rule, formula: Any, space: Space, choice: Choice, what: str) -> bool | None:
    scheme = scheme_of(space, choice)
    frame = fresh_frame(rule.slots)
    frame[tree.SCHEME_SLOT], frame[tree.INDICATOR_SLOT] = scheme, scheme.indicators[0]
    assert rule.when is not None
    value = evaluator(rule.when)(frame)
    assert (told(formula.true, space, choice), told(formula.false, space, choice)) == (value is True, value is False)
    MIX[what] += 1
    return bool(value) if value is not None else None


def test_the_mix_of_pairs() -> None:
    """Run after the test above: at least three in ten pairs are true, three in ten one value from it."""
    pairs = sum(count for what, count in MIX.items() if what != "never true")
    if not pairs:
        pytest.skip("the pairs ran in another process")
    print({what: f"{count / pairs:.0%}" for what, count in MIX.items()}, pairs)
    assert MIX["true"] >= 0.3 * pairs
    assert MIX["one value from true"] >= 0.3 * pairs


KINDS = with_kinds(central_vocabulary(), {"data_screen": ObjectKind("platform", "数字大屏", "data screen")})


@pytest.mark.parametrize(
    "condition", ["is data_screen", "is not data_screen", "in [data_screen, app]", "not in [data_screen, app]", "not in [data_screen]"]
)
def test_kinds_of_object_that_packs_add_are_the_same_to_both(condition: str) -> None:
    rule = sound(rule_of(f"when exists(d in indicator.demands: d.object.kind {condition})"), KINDS)
    assert rule.when is not None
    seen = set()
    for seed in range(12):
        space = Space(central_vocabulary(), ("人口台账", "data_screen"), Sizes({"Scheme.indicators": 1}, otherwise=1))
        [(_, indicator)] = space.field_of(space.scheme, "indicators").members
        formula = truth(rule.when, {tree.SCHEME_SLOT: space.scheme, tree.INDICATOR_SLOT: indicator}, space)
        there = [v.term for v in space.variables if v.place in (("indicators",), ("indicators", 0, "demands"))]
        space.constraints += [term == 1 for term in there]
        seen.add(_agree(rule, formula, space, random_choice(space, random.Random(seed)), "kind"))  # noqa: S311
    assert None not in seen


CENTRAL = load_rulebook().rules


@pytest.mark.parametrize("name", CENTRAL)
def test_the_central_rules_object_when_the_solver_says_so(name: str) -> None:
    rule = CENTRAL[name]
    space = Space(central_vocabulary(), TEXTS, Sizes({"Scheme.indicators": 1}))
    condition = objects(rule, space)
    judge = Judge([rule], central_vocabulary(), DAY, "zh", {})
    chance = random.Random(name)  # noqa: S311
    solver = z3.Solver()
    solver.add(*space.constraints, condition)
    assert solver.check() == z3.sat
    firing = choice_of(space, solver.model())
    near = [choice for _ in range(4) if (choice := _one_changed(space, firing, chance))]
    for choice in (firing, *near, *(random_choice(space, chance) for _ in range(3))):
        scheme = scheme_of(space, choice)
        assert bool(judge.judge(scheme)) == told(condition, space, choice), scheme
