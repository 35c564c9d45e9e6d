"""Two rulebooks → what changed: as text, and by proof, with a draft that one lets pass, or takes more lightly, and the other does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import z3

from assesslint.findings.model import SEVERITIES
from assesslint.linter.judged import widest_lexicon, words_of
from assesslint.policy import tree
from assesslint.policy.changes import Told, text_changes
from assesslint.policy.judge import RULE_ERROR, on_day
from assesslint.policy.rulebook import Rulebook
from assesslint.proof.encode import constrain_by_laws, firings, objects
from assesslint.proof.solver import TooHardError
from assesslint.proof.symbols import Space
from assesslint.proof.trials import objections, read_facts
from assesslint.proof.witness import SIZES, Draft, decide, draft_for, models, texts_of
from assesslint.reading.lexicon import Lexicon
from assesslint.scheme.vocabulary import central_vocabulary

Words = tuple[Lexicon | None, Lexicon | None]
"""The words that the first and the second of two rules read a draft with, the central ones when None."""


@dataclass(frozen=True, slots=True)
class Slip:
    """`draft` is one that the first of two rules objects to and the second lets pass, or takes more lightly.

    `was` is how severe it was by the first where the second only takes it more lightly. Without a draft: `proved` that there is none,
    or nobody knows.
    """

    draft: Draft | None
    proved: bool
    was: str = ""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What became of one rule: `added`, `removed` or `changed`, and what is to be told of that.

    `passed_now` is what the old rule objects to and the new one does not, `rejected_now` the other way. `milder_now` and `severer_now`
    are what both object to, but not alike.
    """

    rule: str
    kind: str
    told: tuple[Told, ...]
    passed_now: Slip
    rejected_now: Slip
    milder_now: tuple[Slip, ...] = ()
    severer_now: tuple[Slip, ...] = ()


def changes(old: Rulebook, new: Rulebook, day: date) -> Iterator[RuleChange]:
    """Yield what became of each rule that is not the same in both, and what follows for drafts on a day."""
    for change in text_changes(old, new):
        before, after = old.rules.get(change.rule), new.rules.get(change.rule)
        first, second = _judging(before, after, day), _judging(after, before, day)
        words = tuple(words_of(book, change.rule) if rule else widest_lexicon(book) for book, rule in ((old, before), (new, after)))
        there, back = (words[0], words[1]), (words[1], words[0])
        yield RuleChange(
            change.rule,
            change.kind,
            change.told,
            slip(first, second, day, there),
            slip(second, first, day, back),
            tuple(milder(first, second, day, there)),
            tuple(milder(second, first, day, back)),
        )


def _judging(rule: tree.Rule | None, other: tree.Rule | None, day: date) -> tree.Rule:
    """Return a rule as it judges beside another version of itself: one that is not there, or only there the one in preview, is silent."""
    written = rule or other
    if written is None:
        raise ValueError("neither version of the rule is there")
    if rule is None or (rule.status == "preview" and other is not None and other.status != "preview"):
        return silent(written)
    return on_day(rule, day)


def silent(rule: tree.Rule) -> tree.Rule:
    """Return a rule that objects to nothing."""
    return replace(rule, cases=())


def slip(strict: tree.Rule, lax: tree.Rule, day: date, words: Words = (None, None)) -> Slip:
    """Return a draft that the first of two rules objects to on a day and the second lets pass, judged so by the linter."""
    return _slip(on_day(strict, day), on_day(lax, day), day, words, SEVERITIES, "")


def milder(strict: tree.Rule, lax: tree.Rule, day: date, words: Words = (None, None)) -> Iterator[Slip]:
    """Yield for each severity of the first rule a draft that the second takes more lightly, or that it is not known whether there is."""
    strict, lax = on_day(strict, day), on_day(lax, day)
    mildest = max((SEVERITIES.index(case.severity) for case in lax.cases), default=0)
    for at in sorted({SEVERITIES.index(case.severity) for case in strict.cases}):
        if at < mildest:
            found = _slip(strict, lax, day, words, SEVERITIES[: at + 1], SEVERITIES[at])
            if not found.proved:
                yield found


def _slip(strict: tree.Rule, lax: tree.Rule, day: date, words: Words, heard: tuple[str, ...], was: str) -> Slip:
    """Return a draft of which the first rule says something of the severity `was`, of any where that is empty, and the second nothing
    that is `heard`; where a severity is asked for, it does say something.
    """
    space = Space(central_vocabulary(), texts_of(strict, lax), SIZES)
    try:
        loud = z3.Or([condition for case, condition in firings(lax, space) if case.severity in heard])
        passes = z3.And(z3.Not(loud), objects(lax, space)) if was else z3.Not(loud)
        ways = [z3.And(condition, passes) for case, condition in firings(strict, space) if was in ("", case.severity)]
        constrain_by_laws(space)
    except TooHardError:
        return Slip(None, False, was)
    if decide(space, z3.Or(ways)) is False:
        return Slip(None, True, was)
    for condition in ways:
        for model in models(space, condition):
            found = draft_for(space, model, words[0])
            first, second = (_said(rule, found, day, each) for rule, each in zip((strict, lax), words, strict=True))
            if first and not {RULE_ERROR} & {*first, *second} and (was in first or not was) and _passes(second, heard, was):
                return Slip(found, False, was)
    return Slip(None, False, was)


def _passes(said: Iterable[str], heard: tuple[str, ...], was: str) -> bool:
    """Tell whether nothing that was said is heard; something was, where a severity is asked for."""
    return not {*said} & {*heard} and bool(said) >= bool(was)


def _said(rule: tree.Rule, draft: Draft, day: date, words: Lexicon | None) -> set[str]:
    """Return how severe all is that a rule says of a draft; RULE_ERROR where it could not be evaluated."""
    found = objections(rule, read_facts("scheme", draft.text, words), day)
    return {objection.severity if objection.rule == rule.id else RULE_ERROR for objection in found}
