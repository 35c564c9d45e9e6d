"""The examples of a page, read into facts once, so that a rule and all its variants can be tried on them quickly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assesslint.documents.draft import read_draft
from assesslint.linter.pages import SUFFIXES
from assesslint.policy import tree
from assesslint.policy.examples import differences, found_by
from assesslint.policy.judge import RULE_ERROR, Judge, Objection
from assesslint.policy.page import Example, Page
from assesslint.reading import facts
from assesslint.reading.lexicon import Lexicon
from assesslint.reading.read import read_scheme
from assesslint.scheme.vocabulary import central_vocabulary


@dataclass(frozen=True, slots=True)
class Trial:
    """An example and the facts read from it."""

    example: Example
    schemes: tuple[facts.Scheme, ...]


def read_trials(page: Page, words: Lexicon | None = None) -> tuple[Trial, ...]:
    """Return the examples of a page with their facts, read with these words (the central ones when None)."""
    return tuple(Trial(example, read_facts(example.kind, example.text, words)) for example in page.examples if not example.known_gap)


def read_facts(kind: str, text: str, words: Lexicon | None = None) -> tuple[facts.Scheme, ...]:
    """Return the facts of each scheme in the text of an example, read with these words (the central ones when None)."""
    draft = read_draft(f"example{SUFFIXES[kind]}", text.encode("utf-8"))
    return tuple(read_scheme(scheme, draft.source, lexicon=words).facts for scheme in draft.schemes)


def objections(rule: tree.Rule, schemes: Iterable[facts.Scheme], day: date) -> list[Objection]:
    """Return what one rule objects to, and where it could not be evaluated."""
    judge = Judge([rule], central_vocabulary(), day, "zh", {})
    return [objection for scheme in schemes for objection in judge.judge(scheme)]


def rejects(rule: tree.Rule, schemes: Iterable[facts.Scheme], day: date) -> bool:
    """Tell whether a rule objects to something, and could be evaluated everywhere."""
    found = {objection.rule for objection in objections(rule, schemes, day)}
    return bool(found) and RULE_ERROR not in found


def unmet(rule: tree.Rule, trials: Sequence[Trial], day: date) -> Iterator[Trial]:
    """Yield the trials in which a rule says otherwise than the example expects."""
    judge = Judge([rule], central_vocabulary(), day, "zh", {})
    for trial in trials:
        found = [found_by(objection) for scheme in trial.schemes for objection in judge.judge(scheme)]
        if differences(trial.example.expected, found) != ([], []):
            yield trial
