"""Two rulebooks → what changed: as text, by proof (a draft that one lets pass and the other does not), and by replay on drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import z3

from assesslint.linter.judged import words_of
from assesslint.policy import tree
from assesslint.policy.changes import Told, text_changes
from assesslint.policy.judge import Judge
from assesslint.policy.rulebook import Rulebook
from assesslint.proof.encode import constrain_by_laws, firings, objects
from assesslint.proof.replayed import ReadTwice
from assesslint.proof.solver import TooHardError
from assesslint.proof.symbols import Space
from assesslint.proof.trials import objections, read_facts, rejects
from assesslint.proof.witness import SIZES, Draft, decide, draft_for, models, texts_of
from assesslint.reading.lexicon import Lexicon
from assesslint.scheme.vocabulary import central_vocabulary


@dataclass(frozen=True, slots=True)
class Slip:
    """`draft` is one that the first rule objects to and the second lets pass. Without it: `proved` that there is none, or nobody knows."""

    draft: Draft | None
    proved: bool


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What became of one rule: `added`, `removed` or `changed`, what is to be told of it, and what slips through on either side."""

    rule: str
    kind: str
    told: tuple[Told, ...] = ()
    passed_now: Slip | None = None
    rejected_now: Slip | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """A finding on one draft that only one of the rulebooks makes: `gained` by the new one, or lost."""

    draft: str
    rule: str
    excerpt: str
    gained: bool


def changes(old: Rulebook, new: Rulebook, day: date) -> Iterator[RuleChange]:
    """Yield what became of each rule that is not the same in both."""
    for change in text_changes(old, new):
        if change.kind == "changed":
            before, after = old.rules[change.rule], new.rules[change.rule]
            words = words_of(old, change.rule), words_of(new, change.rule)
            passed, rejected = slip(before, after, day, words), slip(after, before, day, words[::-1])
            yield RuleChange(change.rule, change.kind, change.told, passed, rejected)
        else:
            yield RuleChange(change.rule, change.kind)


def slip(strict: tree.Rule, lax: tree.Rule, day: date, words: tuple[Lexicon | None, Lexicon | None] = (None, None)) -> Slip:
    """Return a draft that the first of two rules objects to and the second lets pass, judged so by the linter.

    Each rule reads it with its own words, the central ones when None.
    """
    space = Space(central_vocabulary(), texts_of(strict, lax), SIZES)
    try:
        passes = z3.Not(objects(lax, space))
        ways = [z3.And(condition, passes) for _, condition in firings(strict, space)]
        constrain_by_laws(space)
    except TooHardError:
        return Slip(None, False)
    if decide(space, z3.Or(ways)) is False:
        return Slip(None, True)
    for condition in ways:
        for model in models(space, condition):
            found = draft_for(space, model)
            first, second = (read_facts("scheme", found.text, each) for each in words)
            if rejects(strict, first, day) and not objections(lax, second, day):
                return Slip(found, False)
    return Slip(None, False)


def replay(old: Rulebook, new: Rulebook, drafts: Iterable[ReadTwice], day: date) -> Iterator[Replayed]:
    """Yield the findings that differ between the old rules on the first reading and the new ones on the second."""
    judges = [Judge(book.rules.values(), central_vocabulary(), day, "zh", {}) for book in (old, new)]
    for draft in drafts:
        before, after = (
            Counter((o.rule, o.words.text) for scheme in schemes for o in judge.judge(scheme))
            for judge, schemes in zip(judges, (draft.first, draft.second), strict=True)
        )
        for gained, only in ((False, before - after), (True, after - before)):
            yield from (Replayed(draft.name, rule, excerpt, gained) for rule, excerpt in sorted(only.elements()))
