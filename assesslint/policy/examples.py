"""The drafts on the rule pages, judged: does each rule find in them what its page says, and no more?

Reading a draft is no business of policy, so the caller brings the judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from assesslint.policy.page import Example, Expected, Page
from assesslint.policy.problems import Problem, problem_at
from assesslint.policy.rulebook import Rulebook

JudgeText = Callable[[str, str], Sequence[tuple[str, str, str]]]
"""Kind of draft (`scheme` or `text`) and its text → rule, severity and excerpt of every finding."""

SPOILING = frozenset({"syntax-error", "nothing-recognised", "rule-error", "unreadable-file"})
"""Findings that say that an example was not judged as it should be."""


def check_examples(rulebook: Rulebook, judge_text: JudgeText) -> list[Problem]:
    """Return every example that does not give exactly the findings of its own rule that its page expects."""
    return [problem for rule in rulebook.rules for problem in check_page(rulebook.page(rule), judge_text)]


def check_page(page: Page, judge_text: JudgeText) -> list[Problem]:
    return [problem for example in (*page.flagged, *page.passed) for problem in _check(page, example, judge_text)]


def _check(page: Page, example: Example, judge_text: JudgeText) -> list[Problem]:
    found = [Expected(*finding) for finding in judge_text(example.kind, example.text)]
    own = Counter(finding for finding in found if finding.rule == page.id)
    expected = Counter(example.expected)
    problems = []
    for spoiled in {finding.rule for finding in found} & SPOILING:
        zh, en = f"例子没有读通：{spoiled}", f"the example cannot be read: {spoiled}"
        problems.append(problem_at(page.source, example.span, zh, en))
    for missing in (expected - own).elements():
        zh, en = f"应指出而未指出：{_said(missing)}", f"not found, though expected: {_said(missing)}"
        problems.append(problem_at(page.source, example.span, zh, en))
    for extra in (own - expected).elements():
        zh, en = f"不应指出而指出：{_said(extra)}", f"found, though not expected: {_said(extra)}"
        problems.append(problem_at(page.source, example.span, zh, en))
    return problems


def _said(finding: Expected) -> str:
    return f"{finding.rule} {finding.severity} “{finding.excerpt}”"
