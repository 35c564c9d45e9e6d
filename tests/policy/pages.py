"""Small rule pages for the tests of policy: a whole page around one rule, and the facts such rules are asked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assesslint.policy import tree
from assesslint.policy.check import check_rule
from assesslint.policy.norms import Clause as NormClause
from assesslint.policy.norms import Norm
from assesslint.policy.page import read_page
from assesslint.policy.parse import parse_rule
from assesslint.policy.problems import Problem
from assesslint.scheme.vocabulary import Vocabulary, central_vocabulary
from assesslint.text.source import Source

NORMS: Mapping[str, Norm] = {
    "OLD": Norm("OLD", "旧规定", "某办", "", "local", date(2020, 1, 1), "", {
        "ban": NormClause("ban", "第3条", "sure", "不得", "no", date(2020, 1, 1), cite_as="《旧规定》第3条"),
        "lapsed": NormClause("lapsed", "第4条", "sure", "不得", "no", date(2020, 1, 1), date(2022, 1, 1), cite_as="《旧规定》第4条"),
        "silent": NormClause("silent", "第5条", "unknown", "不得", "no", date(2020, 1, 1)),
    }),
    "NEW": Norm("NEW", "新规定", "某办", "", "local", date(2026, 1, 1), "", {
        "ban": NormClause("ban", "条号待核", "unknown", "不得", "no", date(2026, 1, 1), cite_as="《新规定》"),
    }),
}  # fmt: skip

HEAD = 'title en: "T"\n  status: stable\n  waivable: never\n  applies to: indicator\n'
TAIL = 'at indicator.words\n  message zh: "中"\n  message en: "en"\n  advise zh: "改"\n  advise en: "do"\n'
CASE = 'case { severity: error  basis: none "试" }\n'


def page_of(rule: str) -> str:
    """Return a whole page around the text of a rule block."""
    sections = "".join(f"## {h}\n\n文字\n\n" for h in ("查什么", "为什么", "何时可豁免", "已知局限", "English"))
    english = "".join(f"### {h}\n\ntext\n\n" for h in ("What it checks", "Why", "When a waiver is right", "Known gaps"))
    flagged = '```scheme\n评分: "坏"\n```\n\n- sample error “坏”\n\n' * 3
    passed = '```scheme\n评分: "好"\n```\n\n' * 4
    return f"# 样例\n\n{sections}{english}## 规则\n\n```rule\n{rule}```\n\n## 应指出\n\n{flagged}## 不应指出\n\n{passed}"


def rule_of(body: str, head: str = HEAD, case: str = CASE, tail: str = TAIL) -> str:
    """Return a rule with a body of bindings and conditions."""
    return f"rule sample {{\n  {head}  {body}\n  {case}  {tail}}}\n"


def load(rule: str, vocabulary: Vocabulary | None = None) -> tuple[tree.Rule | None, list[Problem]]:
    """Return a rule as checked, and every problem found; lines are counted in the rule's own text."""
    source = Source("sample.md", page_of(rule))
    page, problems = read_page(source, "samples", "sample")
    assert page is not None and problems == []
    before = source.position(page.rule.start).line - 1
    draft = parse_rule(source, page.rule)
    if isinstance(draft, Problem):
        return None, [_moved(draft, before)]
    checked, problems = check_rule(page, draft, vocabulary or central_vocabulary(), NORMS)
    return checked, [_moved(problem, before) for problem in problems]


def sound(rule: str, vocabulary: Vocabulary | None = None) -> tree.Rule:
    """Return a rule that must load without a problem."""
    checked, problems = load(rule, vocabulary)
    assert problems == [] and checked is not None, problems
    return checked


def _moved(problem: Problem, lines: int) -> Problem:
    return Problem(problem.path, problem.line - lines, problem.column, problem.zh, problem.en, problem.severity)
