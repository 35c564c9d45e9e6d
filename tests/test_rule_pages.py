"""Every rule page keeps its word: its drafts give the findings it says, and its advice, put into a scheme, passes every rule."""

from __future__ import annotations

from datetime import date

import pytest

from assesslint.documents.draft import read_draft
from assesslint.linter.pages import judge_text
from assesslint.policy.examples import check_page
from assesslint.policy.rulebook import load_rulebook
from assesslint.policy.tree import Message
from assesslint.proof.tested import try_rules
from assesslint.reading.read import read_scheme
from assesslint.scheme.vocabulary import central_vocabulary

RULEBOOK = load_rulebook(cached=False)


@pytest.mark.parametrize("rule", RULEBOOK.rules)
def test_the_drafts_of_a_page_give_what_it_says(rule: str) -> None:
    problems = check_page(RULEBOOK.page(rule), lambda kind, text: judge_text(RULEBOOK, kind, text))
    assert [problem.text() for problem in problems] == []


@pytest.mark.parametrize("rule", RULEBOOK.rules)
def test_the_examples_of_a_page_hold_its_rule(rule: str) -> None:
    pytest.importorskip("z3", reason="without the extra [proof] alterations that change nothing would count")
    [held] = try_rules(RULEBOOK, date(2026, 11, 23), [rule])
    assert [problem.text() for problem in (*held.failures, *held.uncovered, *held.survivors)] == []


OUTCOMES = sorted(central_vocabulary().enums["outcome"].zh.values())
ADVICE = sorted({(rule.id, case.advice["zh"]) for rule in RULEBOOK.rules.values() for case in rule.cases}, key=str)


def _written_out(advice: Message, outcome: str) -> str:
    """Return an advice with an outcome in it, as the scoring of an indicator; one that names no figure is no scoring by itself."""
    said = "".join(part if isinstance(part, str) else outcome if part.steps == ("outcome",) else "该事项" for part in advice.parts)
    return said if "%" in said else f"{said}；{outcome}达到95%得满分"


@pytest.mark.parametrize(("rule", "advice"), ADVICE)
def test_an_advice_put_into_a_scheme_passes_every_rule(rule: str, advice: Message) -> None:
    indicators = "".join(
        f'指标 "示例{at}" 10分 {{ 评分: "{_written_out(advice, outcome)}" 佐证: 系统数据, 群众评价 }} '
        for at, outcome in enumerate(OUTCOMES)
    )
    text = f'方案 "示例" {{ {indicators} }}'
    draft = read_draft("advice.assess", text.encode())
    (scheme,) = draft.schemes
    objections = RULEBOOK.judge(read_scheme(scheme, draft.source).facts, date(2026, 11, 23))
    assert [(o.rule, o.words.text) for o in objections if o.indicator is not None and o.rule != "duplicate-indicator"] == []
