"""An alteration is held to be none only when no facts can tell it from the rule."""

from __future__ import annotations

import pytest

pytest.importorskip("z3", reason="the extra [proof] is not installed")

from assesslint.proof.equivalence import equivalent
from assesslint.proof.solver import Work
from tests.policy.pages import rule_of, sound

FOR = "for d in indicator.demands\n  "
ERROR = 'severity: error  basis: none "试"'


def same(first: str, second: str, case: str = f"case {{ {ERROR} }}", other: str | None = None, at: str = "indicator") -> bool:
    tail = f'at {at}.words\n  message zh: "中"\n  message en: "en"\n  advise zh: "改"\n  advise en: "do"\n'
    told = equivalent(sound(rule_of(first, case=case, tail=tail)), sound(rule_of(second, case=other or case, tail=tail)), Work())
    assert told is not None
    return told


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("when indicator.points > 10 and indicator.points is known", "when indicator.points > 10"),
        (FOR + "when d.force in binding and d.force in [scored, bonus, ranked]", FOR + "when d.force in [scored, bonus]"),
        ("when any(d in indicator.demands: d.action is install)", "when not all(d in indicator.demands: d.action is not install)"),
        ("when any(c in indicator.consequences: c.frequency < 30 days and c.kind in publicity)",
         "when any(c in indicator.consequences: c.frequency < 30 days)"),
    ],
    ids=["a comparison needs what it compares", "two lists meet in a shorter one", "not all are not is any is", "by a law"],
)  # fmt: skip
def test_what_says_the_same_is_proved_to(first: str, second: str) -> None:
    assert same(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("when indicator.points > 10", "when indicator.points >= 10"),
        ("when indicator.points > 10", "when not indicator.points <= 10 or indicator.points is absent"),
        ("when count(d in indicator.demands: d.force is scored) > 2", "when count(d in indicator.demands: d.force is scored) > 1"),
        ("when any(e in indicator.evidence: e.kind is photo and e.role is counted)",
         "when any(e in indicator.evidence: e.kind is photo) and any(e in indicator.evidence: e.role is counted)"),
    ],
    ids=["at the bound", "where nothing is said", "with more than two items", "with the two in different items"],
)  # fmt: skip
def test_what_some_draft_can_tell_apart_is_not(first: str, second: str) -> None:
    assert not same(first, second)


def test_severity_norms_and_wording_tell_rules_apart() -> None:
    when = "when indicator.points > 10"
    split = f'case {{ when indicator.kind is veto  {ERROR}  message zh: "别"  message en: "other" }} case {{ {ERROR} }}'
    assert not same(when, when, split, f"case {{ {ERROR} }}")
    assert not same(when, when, f"case {{ {ERROR} }}", 'case { severity: warning  basis: none "试" }')
    assert not same(when, when, "case { severity: error  basis: OLD.ban }", "case { severity: error  basis: NEW.ban }")
    assert same(when, when, f"case {{ when indicator.kind is veto  {ERROR} }} case {{ {ERROR} }}", f"case {{ {ERROR} }}")


def test_the_place_of_a_finding_tells_rules_apart() -> None:
    photo, picture = (f"let found = first(e in indicator.evidence: {of})\n  " for of in ("e.kind is photo", "e.kind in [photo, video]"))
    a_photo, no_video = "any(x in indicator.evidence: x.kind is photo)", "not any(x in indicator.evidence: x.kind is video)"
    assert not same(f"{photo}when found is known", f"{picture}when found is known and {a_photo}", at="found")
    assert same(f"{photo}when found is known and {no_video}", f"{picture}when found is known and {no_video}", at="found")
