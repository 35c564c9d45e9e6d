"""The drafts on the rule pages, judged: does each rule find in them what its page says, and no more?

Reading a draft is no business of policy, so the caller brings the judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from assesslint.findings.problems import EXAMPLE
from assesslint.policy import tree
from assesslint.policy.judge import Objection
from assesslint.policy.page import Example, Expected, Page
from assesslint.policy.problems import Problem, RulebookError, problem_at
from assesslint.policy.rulebook import Rulebook

SPOILING = frozenset({"syntax-error", "nothing-recognised", "rule-error", "unreadable-file"})
"""Findings that say that an example was not judged as it should be."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the draft of an example, with its norms and its message in Chinese; of a fault of the draft, no excerpt."""

    rule: str
    severity: str
    excerpt: str = ""
    norms: frozenset[str] = frozenset()
    message: str = ""


JudgeText = Callable[[str, str], Sequence[Found]]
"""Kind of draft (`scheme` or `text`) and its text → everything found in it."""


MendText = Callable[[str, str, str], str]
"""Kind of draft, its text, a rule → the text with what the rule's fixes make of it."""


def found_by(objection: Objection) -> Found:
    norms = frozenset(f"{basis.norm}.{basis.clause}" for basis in objection.basis)
    return Found(objection.rule, objection.severity, objection.words.text, norms, objection.message)


def check_examples(rulebook: Rulebook, day: date, judge_text: JudgeText, mend_text: MendText) -> list[Problem]:
    """Return every example of the pack's own pages that does not come out as its page says, by findings of its own rule or by its fix.

    Rules that say nothing on the day are left out; that they are silent is told where their norms are looked at.
    """
    problems: list[Problem] = []
    for rule in (name for name in rulebook.own_rules if rulebook.in_force(name, day)):
        try:
            page = rulebook.page(rule)
        except RulebookError as error:
            problems += error.problems
        except OSError:
            problems.append(Problem(rulebook.rules[rule].page, 1, 1, "页面读不出来", "the page cannot be read"))
        else:
            problems += [*check_page(page, judge_text), *check_fixes(page, rulebook.rules[rule], mend_text)]
    return problems


def check_page(page: Page, judge_text: JudgeText) -> list[Problem]:
    return [problem for example in page.examples for problem in check_example(page, example, judge_text)]


def check_fixes(page: Page, rule: tree.Rule, mend_text: MendText) -> list[Problem]:
    """Return how fixes come out otherwise than the page shows; also, that it shows none of a rule that has one."""
    shown = [example for example in page.flagged if example.fixed is not None]
    if any(case.remedy for case in rule.cases) and not shown:
        zh = "规则写了 fix，却没有例子显示改后的样子：在一个应指出的例子之后加 ```scheme fixed 代码块"
        en = "the rule has a fix, and no example shows what it makes of a draft: put a ```scheme fixed block behind a flagged one"
        return [problem_at(page.source, page.rule, zh, en, kind=EXAMPLE)]
    return [problem for example in shown if (problem := _fix_problem(page, example, mend_text)) is not None]


def _fix_problem(page: Page, example: Example, mend_text: MendText) -> Problem | None:
    fixed = example.fixed
    got = mend_text(example.kind, example.text, page.id)
    if fixed is None or got == fixed.text:
        return None
    pairs = zip_longest(got.split("\n"), fixed.text.split("\n"), fillvalue="")
    line, wanted = next((line.strip(), wanted.strip()) for line, wanted in pairs if line != wanted)
    zh, en = f"改后应是“{wanted}”，实为“{line}”", f"the fix should give “{wanted}”, it gives “{line}”"
    return problem_at(page.source, fixed.span, zh, en, kind=EXAMPLE)


def check_example(page: Page, example: Example, judge_text: JudgeText) -> list[Problem]:
    """Return how an example comes out otherwise than it says; a `known_gap`, that it comes out right."""
    told = list(_faults(page, example, judge_text))
    if example.known_gap:
        told = [] if told else [("这个例子已经符合，请去掉 known-gap", "this example comes out right by now; take known-gap away")]
    return [problem_at(example.source or page.source, example.span, zh, en, kind=EXAMPLE) for zh, en in told]


def differences(expected: Iterable[Expected], found: Iterable[Found]) -> tuple[list[Expected], list[Found]]:
    """Return what is expected and not found, and what is found and not expected."""
    missing: list[Expected] = []
    left = list(found)
    for wanted in sorted(expected, key=lambda wanted: not (wanted.norms or wanted.says)):  # else a vaguer one would take its finding
        got = next((one for one in left if _fits(one, wanted)), None)
        if got is None:
            missing.append(wanted)
        else:
            left.remove(got)
    return missing, left


def _fits(found: Found, wanted: Expected) -> bool:
    same = (found.rule, found.severity, found.excerpt) == (wanted.rule, wanted.severity, wanted.excerpt)
    return same and wanted.norms in (frozenset(), found.norms) and wanted.says in found.message


def _faults(page: Page, example: Example, judge_text: JudgeText) -> Iterator[tuple[str, str]]:
    found = judge_text(example.kind, example.text)
    for said in dict.fromkeys(one.message for one in found if one.rule in SPOILING):
        yield f"例子没有读通：{said}", f"the example cannot be read: {said}"
    missing, left = differences(example.expected, [one for one in found if one.rule == page.id])
    for wanted in missing:
        got = next((one for one in left if one.excerpt == wanted.excerpt), left[0] if left else None)
        if got is None:
            yield f"应指出而未指出：{page.id} {wanted.text()}", f"not found, though expected: {page.id} {wanted.text()}"
        else:
            left.remove(got)
            shown = _shown(got, wanted)
            yield f"应是 {page.id} {wanted.text()}，实为 {shown}", f"expected {page.id} {wanted.text()}, found {shown}"
    for got in left:
        shown = _shown(got, None)
        yield f"不应指出而指出：{shown}", f"found, though not expected: {shown}"


def _shown(found: Found, wanted: Expected | None) -> str:
    """Return a finding as an example writes it, as fully as the one that was wanted."""
    norms = found.norms if wanted and wanted.norms else frozenset()
    says = found.message if wanted and wanted.says else ""
    return f"{found.rule} {Expected(found.rule, found.severity, found.excerpt, norms, says).text()}"
