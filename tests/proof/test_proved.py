"""What is proved of rules holds: each witness sets its rule off, rules that cannot or always object are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("z3", reason="the extra [proof] is not installed")

from assesslint.policy import tree
from assesslint.policy.evaluate import evaluator, fresh_frame
from assesslint.policy.laws import read_laws
from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.proof.proved import prove_rules
from assesslint.proof.relations import relations
from assesslint.proof.told import render_proofs
from assesslint.proof.trials import objections, read_facts, read_trials
from assesslint.proof.witness import witness
from assesslint.scheme.vocabulary import central_vocabulary
from tests.policy.pages import rule_of, sound

DAY = date(2026, 11, 23)
VOCABULARY = central_vocabulary()
CENTRAL = load_rulebook()


@pytest.mark.parametrize("name", CENTRAL.rules)
def test_every_central_rule_has_a_witness_and_a_near_miss(name: str) -> None:
    rule = CENTRAL.rules[name]
    found = witness(rule, VOCABULARY, DAY)
    assert found.fires and found.misses and found.changed
    assert objections(rule, read_facts("scheme", found.fires.text), DAY)
    assert not objections(rule, read_facts("scheme", found.misses.text), DAY)
    differing = [key for key in found.fires.choice if found.fires.choice[key] != found.misses.choice[key]]
    assert differing == [(found.changed.place, found.changed.kind)]


def rulebook(*bodies: str) -> Rulebook:
    rules = {f"r{at}": sound(rule_of(body)) for at, body in enumerate(bodies)}
    return Rulebook(Path(), rules, "")


def test_a_rule_that_can_never_object_is_named() -> None:
    proofs, _ = prove_rules(rulebook("when indicator.points > 100 and indicator.kind is scored"), DAY)
    assert proofs[0].witness.possible is False
    assert "永远不会触发" in render_proofs(proofs, [], "zh")


def test_a_rule_that_always_objects_is_named() -> None:
    proofs, _ = prove_rules(rulebook("when indicator.kind is veto or indicator.kind is not veto"), DAY)
    assert proofs[0].always is True and not proofs[0].sound
    assert "objects to everything" in render_proofs(proofs, [], "en")


def test_what_covers_and_what_overlaps_is_told() -> None:
    narrow = sound(rule_of("for d in indicator.demands\n  when d.action is install and d.force is scored"))
    wide = sound(rule_of("for d in indicator.demands\n  when d.action in adoption and d.force in binding"))
    other = sound(rule_of("for d in indicator.demands\n  when d.voice is quoted"))
    far = sound(rule_of("for e in indicator.evidence\n  when e.kind is photo"))
    named = [rule.__class__(**{**_fields(rule), "id": name}) for rule, name in ((narrow, "a"), (wide, "b"), (other, "c"), (far, "d"))]
    assert {(r.kind, r.first, r.second) for r in relations(named, VOCABULARY)} == {
        ("covered", "a", "b"), ("overlap", "a", "b"), ("overlap", "a", "c"), ("overlap", "b", "c"),
    }  # fmt: skip


def _fields(rule: object) -> dict[str, object]:
    return {name: getattr(rule, name) for name in rule.__dataclass_fields__}  # type: ignore[attr-defined]


@pytest.mark.parametrize("subject", ["scheme", "indicator"])
def test_the_laws_hold_of_all_that_is_read_from_the_examples_of_the_pages(subject: str) -> None:
    laws = [evaluator(law) for law in read_laws(VOCABULARY, subject)]
    assert laws
    for name in CENTRAL.rules:
        for trial in read_trials(CENTRAL.page(name)):
            for scheme in trial.schemes:
                for indicator in scheme.indicators or [None]:
                    frame = fresh_frame(20)
                    frame[tree.SCHEME_SLOT], frame[tree.INDICATOR_SLOT] = scheme, indicator
                    if subject == "scheme" or indicator is not None:
                        assert all(law(frame) is True for law in laws), trial.example.text


def test_a_rule_whose_norms_are_not_in_force_says_nothing_that_day() -> None:
    [proof], _ = prove_rules(load_rulebook(), date(2010, 1, 1), ["download-quota"])
    assert not proof.in_force and not proof.sound
    assert "这一天不起作用" in render_proofs([proof], [], "zh") and "says nothing on this day" in render_proofs([proof], [], "en")
