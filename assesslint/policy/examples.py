"""The drafts on the rule pages, judged: does each rule find in them what its page says, and no more?

Reading a draft is no business of policy, so the caller brings the judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from assesslint.policy.page import Example, Expected, Page
from assesslint.policy.problems import Problem, problem_at
from assesslint.policy.rulebook import Rulebook

JudgeText = Callable[[str, str], Sequence[tuple[str, str, str]]]
"""Kind of draft (`scheme` or `text`) and its text → rule, severity and excerpt of every objection; of a fault of the draft, the message."""

SPOILING = frozenset({"syntax-error", "nothing-recognised", "rule-error", "unreadable-file"})
"""Findings that say that an example was not judged as it should be."""


def check_examples(rulebook: Rulebook, judge_text: JudgeText) -> list[Problem]:
    """Return every example of the pack's own pages that does not give exactly the findings of its own rule that its page expects."""
    return [problem for rule in rulebook.own_rules for problem in check_page(rulebook.page(rule), judge_text)]


def check_page(page: Page, judge_text: JudgeText) -> list[Problem]:
    return [problem for example in page.examples for problem in _check(page, example, judge_text)]


def _check(page: Page, example: Example, judge_text: JudgeText) -> list[Problem]:
    told = list(_faults(page, example, judge_text))
    if example.known_gap:
        told = [] if told else [("这个例子已经符合，请去掉 known-gap", "this example comes out right by now; take known-gap away")]
    return [problem_at(example.source or page.source, example.span, zh, en) for zh, en in told]


def _faults(page: Page, example: Example, judge_text: JudgeText) -> Iterator[tuple[str, str]]:
    found = [Expected(*finding) for finding in judge_text(example.kind, example.text)]
    own = Counter(finding for finding in found if finding.rule == page.id)
    expected = Counter(example.expected)
    for said in dict.fromkeys(finding.excerpt for finding in found if finding.rule in SPOILING):
        yield f"例子没有读通：{said}", f"the example cannot be read: {said}"
    for wanted, got in zip_longest((expected - own).elements(), (own - expected).elements()):
        yield _differs(wanted, got)


def _differs(wanted: Expected | None, got: Expected | None) -> tuple[str, str]:
    """Return what is wrong with an example that wants one finding and gets another, or only wants or only gets one."""
    if wanted and got:
        return f"应是 {_said(wanted)}，实为 {_said(got)}", f"expected {_said(wanted)}, found {_said(got)}"
    if wanted:
        return f"应指出而未指出：{_said(wanted)}", f"not found, though expected: {_said(wanted)}"
    return f"不应指出而指出：{_said(got)}", f"found, though not expected: {_said(got)}"


def _said(finding: Expected | None) -> str:
    return f"{finding.rule} {finding.severity} “{finding.excerpt}”" if finding else ""
