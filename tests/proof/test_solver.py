"""What is too large or too hard for the solver ends as unknown, never as a proof, and keeps no other rule waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

z3 = pytest.importorskip("z3", reason="the extra [proof] is not installed")

from assesslint.policy import tree  # noqa: E402
from assesslint.proof.difference import slip  # noqa: E402
from assesslint.proof.equivalence import equivalent  # noqa: E402
from assesslint.proof.proved import RuleProof, told_change  # noqa: E402
from assesslint.proof.relations import relations  # noqa: E402
from assesslint.proof.solver import FOR_ONE_QUESTION, Solver, Work  # noqa: E402
from assesslint.proof.told import render_proofs  # noqa: E402
from assesslint.proof.witness import Witness, witness  # noqa: E402
from assesslint.scheme.vocabulary import central_vocabulary  # noqa: E402
from tests.policy.pages import rule_of, sound  # noqa: E402

DAY = date(2026, 11, 23)
VOCABULARY = central_vocabulary()
SQUARES = "let a = indicator.points + scheme.declared_total\n  let b = a * a\n  let c = b * b + a\n  when c * c > a / c"
NESTED = " ".join(f"any({name} in indicator.demands:" for name in "abcde")
LARGE = f"when {NESTED} {' or '.join(['a.action is like and b.action is vote'] * 300)} {')' * 5}"


def named(name: str, body: str) -> tree.Rule:
    return replace(sound(rule_of(body)), id=name)


PLAIN = named("plain", "when indicator.points > 3")


def test_what_is_too_hard_is_unknown_and_nothing_else() -> None:
    hard = named("hard", SQUARES)
    assert witness(hard, VOCABULARY, DAY).possible is None
    for one, other in ((hard, PLAIN), (PLAIN, hard)):
        found = slip(one, other, DAY)
        assert found.draft is None and not found.proved
    assert [(r.kind, r.first, r.known) for r in relations([hard, PLAIN], VOCABULARY)] == [("hard", "hard", False)]


@pytest.mark.parametrize("body", [SQUARES, LARGE], ids=["products of products", "a page of conditions in five quantifiers"])
def test_mutants_that_are_too_hard_to_compare_are_not_called_equivalent(body: str) -> None:
    hard, work = named("hard", body), Work(1_000_000)
    assert equivalent(hard, hard, work) is None


def test_unknown_is_said_in_plain_words() -> None:
    proofs = [RuleProof("hard", Witness(None), None)]
    related = list(relations([named("hard", SQUARES)], VOCABULARY))
    assert render_proofs(proofs, related, "zh").splitlines() == [
        "hard  不知道能否触发：条件太大或太难，求解器在限度内算不出来",
        "",
        "hard 没有同别的规则比较：求解器在限度内算不出来",
        "",
        "1 条规则，0 条有触发的草案和相近的反例",
    ]
    assert "unknown: the conditions are too large or too hard" in render_proofs(proofs, related, "en")


def test_without_work_left_nothing_is_told() -> None:
    x = z3.Int("x")
    work = Work(FOR_ONE_QUESTION)
    assert Solver([x > 3], work).can(x < 5) is True
    assert 0 < FOR_ONE_QUESTION - work.left < 10_000
    assert Solver([x > 3], Work(0)).can(x < 3) is None


def test_work_is_counted_whatever_solver_does_it() -> None:
    numbers = z3.Ints("a b c d e f")
    apart = z3.And(z3.Distinct(numbers), *(z3.And(n >= 0, n < 5) for n in numbers))  # six pigeons, five holes
    work = Work(2_000)
    solver = Solver([], work)
    assert solver.can(apart) is None
    assert work.left <= 0
    assert Solver([], Work()).can(apart) is False


def test_texts_a_rule_asks_for_can_be_in_its_witness() -> None:
    rule = named("named", 'for d in indicator.demands\n  when d.object.name = "湘易办" or d.object.name in ["甲办", "乙办"]')
    found = witness(rule, VOCABULARY, DAY)
    assert found.fires and found.misses and found.changed
    assert any(name in found.fires.text for name in ("湘易办", "甲办", "乙办"))
    assert told_change(found.changed, found.fires.choice, found.misses.choice, found.texts, "zh")
    assert not any(relation.kind == "hard" for relation in relations([rule, PLAIN], VOCABULARY))
