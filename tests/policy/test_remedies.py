"""What a page may say of how its fault is mended, what it is told of mistakes there, and what reaches the objection."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assesslint.linter.fixes.propose import FIXERS
from assesslint.policy.judge import Judge, Mending
from assesslint.policy.remedies import REMEDIES
from assesslint.reading import facts
from assesslint.scheme.vocabulary import central_vocabulary
from tests.policy.pages import CASE, TAIL, load, rule_of

WEEK = "parameter often: duration = 1 week, stricter: larger\n  parameter most: number = 3, stricter: smaller\n"


def test_every_way_of_mending_has_somebody_who_does_it() -> None:
    assert set(FIXERS) == set(REMEDIES)
    assert all(kind.enum in {"", *central_vocabulary().enums} for kind in REMEDIES.values())


@pytest.mark.parametrize(
    ("clause", "zh", "en"),
    [
        (
            "fix: remove_word",
            "fix 没有“remove_word”这个值，是不是要写 remove_words？",
            "fix has no value “remove_word”; did you mean remove_words?",
        ),
        (
            "fix: add_evidence",
            "fix: add_evidence 后面要写evidence_kind 的一个值",
            "fix: add_evidence wants a value of evidence_kind behind it",
        ),
        (
            "fix: add_evidence on_site_chek",
            "fix: add_evidence 没有“on_site_chek”这个值，是不是要写 on_site_check？",
            "fix: add_evidence has no value “on_site_chek”; did you mean on_site_check?",
        ),
        ("fix: remove_words often", "fix: remove_words 后面不写别的", "fix: remove_words has nothing behind it"),
        (
            "fix: lower_frequency most",
            "没有 duration 类型的参数“most”，可写 often",
            "there is no parameter of type duration “most”; known are often",
        ),
        ("fix: remove_words\n  fix: remove_words", "fix 只写一次", "fix is written once only"),
    ],
)
def test_a_mistake_in_a_fix(clause: str, zh: str, en: str) -> None:
    rule, problems = load(rule_of(WEEK, tail=f"{TAIL}  {clause}\n"))
    assert rule is None
    assert [(p.zh, p.en) for p in problems] == [(zh, en)]


def test_a_case_mends_in_its_own_way_and_a_bound_reaches_the_objection() -> None:
    own = 'case { when indicator.points > 5  severity: error  basis: none "试"  fix: lower_frequency often }\n  '
    rule, problems = load(rule_of(WEEK, case=own + CASE, tail=f"{TAIL}  fix: remove_indicator\n"))
    assert rule is not None and problems == []
    judge = Judge([rule], central_vocabulary(), date(2026, 11, 27), "zh", {"sample": {"often": Decimal(30)}})
    leaves = tuple(facts.Indicator(facts.Words(name), name, points=points) for name, points in (("甲", Decimal(10)), ("乙", Decimal(1))))
    objections = judge.judge(facts.Scheme(facts.Words("方案"), "方案", indicators=leaves))
    assert [o.mending for o in objections] == [Mending("lower_frequency", bound=Decimal(30)), Mending("remove_indicator")]
