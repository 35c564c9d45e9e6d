"""A rulebook → how well its examples hold its rules: what fails, what is not covered, which alterations nobody notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assesslint.linter.pages import judge_text
from assesslint.policy.examples import check_page
from assesslint.policy.page import Page
from assesslint.policy.problems import Problem, problem_at
from assesslint.policy.rulebook import Rulebook
from assesslint.proof.coverage import coverage
from assesslint.proof.mutants import Mutant, mutants
from assesslint.proof.trials import Trial, Verdict, read_trials, verdicts
from assesslint.text.source import Span


@dataclass(frozen=True, slots=True)
class RuleTest:
    """What the examples of one rule show.

    `uncovered` are the conditions never seen both ways, `survivors` the alterations that no example notices.
    """

    rule: str
    page: Page
    examples: int
    failures: tuple[Problem, ...]
    conditions: int
    uncovered: tuple[Problem, ...]
    mutants: int
    survivors: tuple[Problem, ...]

    @property
    def covered(self) -> int:
        return self.conditions - len(self.uncovered)

    @property
    def killed(self) -> int:
        return self.mutants - len(self.survivors)


@dataclass(frozen=True, slots=True)
class Score:
    """Of several rules: examples that fail, share of conditions seen both ways, share of mutants noticed (both 0 to 1)."""

    failures: int
    coverage: float
    mutation: float


def score(tested: Sequence[RuleTest]) -> Score:
    """Return the sums over rules; nothing to cover or to alter counts as full."""
    conditions, mutated = sum(one.conditions for one in tested), sum(one.mutants for one in tested)
    return Score(
        sum(len(one.failures) for one in tested),
        sum(one.covered for one in tested) / conditions if conditions else 1.0,
        sum(one.killed for one in tested) / mutated if mutated else 1.0,
    )


def try_rules(rulebook: Rulebook, day: date, only: Iterable[str] = (), progress: Callable[[str], None] | None = None) -> list[RuleTest]:
    """Try the examples of every rule (or of those in `only`). Raises RulebookError when a table of cases is faulty."""
    chosen = list(only) or list(rulebook.own_rules)
    tested = []
    for name in chosen:
        if progress:
            progress(name)
        tested.append(_test(rulebook, name, day))
    return tested


def _test(rulebook: Rulebook, name: str, day: date) -> RuleTest:
    rule, page = rulebook.rules[name], rulebook.page(name)
    failures = check_page(page, lambda kind, text: judge_text(rulebook, kind, text))
    trials = read_trials(page)
    covered = list(coverage(rule, trials, day))
    altered = list(mutants(rule))
    right = verdicts(rule, trials, day)
    return RuleTest(
        name,
        page,
        len(page.examples),
        tuple(failures),
        len(covered),
        tuple(_uncovered(page, c.span, held=c.held) for c in covered if not c.fully),
        len(altered),
        tuple(_survivor(page, mutant) for mutant in altered if _survives(mutant, trials, right, day)),
    )


def _survives(mutant: Mutant, trials: tuple[Trial, ...], right: list[Verdict], day: date) -> bool:
    return verdicts(mutant.rule, trials, day) == right


def _uncovered(page: Page, span: Span, *, held: bool) -> Problem:
    written = _written(page, span)
    if held:
        zh, en = f"没有例子使“{written}”不成立", f"no example makes “{written}” anything but true"
    else:
        zh, en = f"没有例子使“{written}”成立", f"no example makes “{written}” true"
    return problem_at(page.source, span, zh, en, "warning")


def _survivor(page: Page, mutant: Mutant) -> Problem:
    written = _written(page, mutant.span)
    quoted = f"“{written}”" if written else ""
    zh, en = f"{quoted}{mutant.zh}，没有例子察觉", f"{quoted} {mutant.en}: no example notices".strip()
    return problem_at(page.source, mutant.span, zh, en, "warning")


def _written(page: Page, span: Span) -> str:
    words = " ".join(page.source.text[span.start : span.end].split())
    return words if len(words) <= 80 else words[:79] + "…"
