"""A rulebook → how well its examples hold its rules: what fails, what is not covered, which alterations nobody notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice

from assesslint.linter.fixes.example import mend_text
from assesslint.linter.judged import words_of
from assesslint.linter.pages import judge_text
from assesslint.policy import tree
from assesslint.policy.examples import check_example, check_fixes
from assesslint.policy.judge import on_day
from assesslint.policy.page import Example, Page
from assesslint.policy.problems import Problem, RulebookError, problem_at
from assesslint.policy.rulebook import Rulebook
from assesslint.proof.coverage import coverage
from assesslint.proof.mutants import Mutant, mutants
from assesslint.proof.trials import read_facts, read_trials, unmet
from assesslint.proof.values import values_seen
from assesslint.text.shortened import on_one_line, shortened
from assesslint.text.source import Span

MOST_MUTANTS = 1_000
"""A rule that can be altered in more places is not one rule; those of every day have some fifty."""

FOR_ALL_MUTANTS = 5
"""How many times the work of one question to a solver may be done for all mutants of a rule."""


@dataclass(frozen=True, slots=True)
class RuleTest:
    """What the examples of one rule show.

    `uncovered` are the conditions never seen both ways, `survivors` the alterations that no example notices, though some draft would show
    them; `equivalent` those of which a solver proves that none can. These count neither way.
    """

    rule: str
    page: Page
    examples: int
    failures: tuple[Problem, ...]
    conditions: int
    uncovered: tuple[Problem, ...]
    mutants: int
    survivors: tuple[Problem, ...]
    equivalent: tuple[Problem, ...] = ()

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
    """Try the examples of every rule (or of those in `only`) on rules as they judge on a day. Raises RulebookError for faulty tables."""
    chosen = list(only) or list(rulebook.own_rules)
    tested = []
    for name in chosen:
        if progress:
            progress(name)
        tested.append(_test(rulebook, name, day))
    return tested


def _test(rulebook: Rulebook, name: str, day: date) -> RuleTest:
    rule, page, words = on_day(rulebook.rules[name], day), rulebook.page(name), words_of(rulebook, name)
    if not rule.cases:
        zh = f"{day} 这条规则所引的规定都不在施行期内，例子没有试"
        en = f"on {day} none of the norms it cites is in force, so nothing was tried"
        return RuleTest(name, page, len(page.examples), (problem_at(page.source, page.rule, zh, en),), 0, (), 0, ())
    failures = [problem for example in page.examples for problem in _failures(rulebook, rule, page, example, day)]
    failures += check_fixes(page, rule, partial(mend_text, rulebook, day=day))
    trials = read_trials(page, words)
    covered = list(coverage(rule, trials, day))
    sound = [trial for trial in trials if not any(unmet(rule, [trial], day))]
    altered = list(islice(mutants(rule), MOST_MUTANTS + 1))
    if len(altered) > MOST_MUTANTS:
        zh = f"规则太大，可改动之处超过 {MOST_MUTANTS}：拆成几条规则"
        en = f"the rule can be altered in more than {MOST_MUTANTS} places; split it"
        raise RulebookError([problem_at(page.source, page.rule, zh, en)])
    unnoticed = [mutant for mutant in altered if not any(unmet(mutant.rule, sound, day))]
    equivalent = _proved_equivalent(rule, unnoticed)
    return RuleTest(
        name,
        page,
        len(page.examples),
        tuple(failures),
        len(covered),
        tuple(_uncovered(page, c.span, held=c.held) for c in covered if not c.fully),
        len(altered) - len(equivalent),
        tuple(_altered(page, mutant, "，没有例子察觉", ": no example notices") for mutant in unnoticed if mutant not in equivalent),
        tuple(_altered(page, mutant) for mutant in equivalent),
    )


def _failures(rulebook: Rulebook, rule: tree.Rule, page: Page, example: Example, day: date) -> Iterator[Problem]:
    """Yield how an example fails, with what the rule saw in it."""
    for problem in check_example(page, example, lambda kind, text: judge_text(rulebook, kind, text, day=day)):
        schemes = read_facts(example.kind, example.text, words_of(rulebook, rule.id))
        seen = {lang: values_seen(rule, schemes, day, lang) for lang in ("zh", "en")}
        yield replace(problem, zh=f"{problem.zh}；规则所见：{seen['zh']}", en=f"{problem.en}; the rule saw: {seen['en']}")


def _proved_equivalent(rule: tree.Rule, altered: Sequence[Mutant]) -> list[Mutant]:
    """Return the mutants of which a solver proves that they say the same of every draft as the rule; without one, nothing is proved."""
    try:
        from assesslint.proof.equivalence import equivalent
        from assesslint.proof.solver import FOR_ONE_QUESTION, Work
    except ModuleNotFoundError:
        return []
    work = Work(FOR_ALL_MUTANTS * FOR_ONE_QUESTION)
    return [mutant for mutant in altered if work.left > 0 and equivalent(rule, mutant.rule, work)]


def _uncovered(page: Page, span: Span, *, held: bool) -> Problem:
    written = _written(page, span)
    if held:
        zh, en = f"没有例子使“{written}”不成立", f"no example makes “{written}” anything but true"
    else:
        zh, en = f"没有例子使“{written}”成立", f"no example makes “{written}” true"
    return problem_at(page.source, span, zh, en, "warning")


def _altered(page: Page, mutant: Mutant, told_zh: str = "", told_en: str = "") -> Problem:
    written = _written(page, mutant.span)
    quoted = f"“{written}”" if written else ""
    return problem_at(page.source, mutant.span, f"{quoted}{mutant.zh}{told_zh}", f"{quoted} {mutant.en}{told_en}".strip(), "warning")


def _written(page: Page, span: Span) -> str:
    return shortened(on_one_line(page.source.text[span.start : span.end]), 80)
