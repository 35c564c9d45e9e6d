"""A rule → a witness scheme that makes it object, and the nearest miss: one value away, and it does not. Both judged by the real linter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import z3

from assesslint.policy import tree
from assesslint.proof.chosen import Choice, choice_of, literal, scheme_of
from assesslint.proof.drafted import draft_of
from assesslint.proof.encode import constrain_by_laws, firings
from assesslint.proof.solver import Solver, TooHardError
from assesslint.proof.symbols import Sizes, Space, Variable
from assesslint.proof.trials import objections, read_facts, rejects
from assesslint.reading.lexicon import Lexicon, central_lexicon
from assesslint.scheme.printer import print_scheme
from assesslint.scheme.vocabulary import Vocabulary

TEXTS = ("人口台账", "人口信息表", "干部之家", "低保名单")
SIZES = Sizes({"Scheme.indicators": 1})
MOST_TRIES = 12

PLAIN_VALUES = ("unknown", "own", "normal", "scored", "counted", "penalty", "required")
"""Values a witness has unless the rule asks for others."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft in the scheme language, and the facts it was written to say."""

    text: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class Witness:
    """`fires` is a draft the rule objects to, `misses` one that differs in one fact, `changed`, and that it lets pass.

    Each is None where none was found that reads back so; `possible` tells whether the solver knows of facts that set the rule off at
    all: None when it would take too much to tell. `texts` are those a draft could name.
    """

    possible: bool | None
    fires: Draft | None = None
    misses: Draft | None = None
    changed: Variable | None = None
    texts: tuple[str, ...] = TEXTS


def witness(rule: tree.Rule, vocabulary: Vocabulary, day: date, words: Lexicon | None = None) -> Witness:
    """Return what shows that a rule can object, and how near what it lets pass can be. Each way to object is tried in turn.

    The drafts are read with these words, the central ones when None.
    """
    space = Space(vocabulary, texts_of(rule), SIZES)

    def passes(text: str) -> bool:
        return not objections(rule, read_facts("scheme", text, words), day)

    try:
        ways = [condition for _, condition in firings(rule, space)]
        constrain_by_laws(space)
    except TooHardError:
        return Witness(None)
    possible = decide(space, z3.Or(ways))
    if not possible:
        return Witness(possible)
    for condition in ways:
        for model in models(space, condition):
            found = draft_for(space, model, words)
            if rejects(rule, read_facts("scheme", found.text, words), day):
                return Witness(True, found, *_nearest_miss(space, z3.Or(ways), found, passes, words), space.texts)
    return Witness(True)


def texts_of(*rules: tree.Rule) -> tuple[str, ...]:
    """Return the texts that facts may hold: some of every day, and those that rules ask for."""
    return tuple(dict.fromkeys((*TEXTS, *(text for rule in rules for text in tree.texts(rule)))))


def decide(space: Space, condition: z3.BoolRef) -> bool | None:
    """Tell whether any facts fulfil a condition; None when it would take too much to tell."""
    return Solver(space.constraints, space.work).can(condition)


Passes = Callable[[str], bool]
"""Tells whether a draft is let pass."""


def _nearest_miss(
    space: Space, fires: z3.BoolRef, found: Draft, passes: Passes, words: Lexicon | None
) -> tuple[Draft | None, Variable | None]:
    """Return a draft one value away from the one found that is let pass, and that value."""
    solver = Solver(space.constraints, space.work)
    solver.add(z3.Not(fires))
    same = {v: v.term == literal(found.choice[v.place, v.kind], v.term) for v in space.variables}
    for variable in sorted(space.variables, key=lambda v: v.kind == "length"):
        solver.push()
        solver.add(*(kept for other, kept in same.items() if other is not variable))
        for _ in range(MOST_TRIES):
            if not solver.can():
                break
            model = solver.model()
            missed = draft_for(space, model, words)
            if missed.text != found.text and passes(missed.text):
                return missed, variable
            solver.add(variable.term != model.eval(variable.term, model_completion=True))
        solver.pop()
    return None, None


def draft_for(space: Space, model: z3.ModelRef, words: Lexicon | None) -> Draft:
    """Return the draft that says what a model chose, in these words where the vocabulary has none."""
    choice = choice_of(space, model)
    varieties = (words or central_lexicon()).words_of_varieties
    return Draft(print_scheme(draft_of(scheme_of(space, choice), space.vocabulary, varieties)), choice)


def models(space: Space, wanted: z3.BoolRef) -> Iterator[z3.ModelRef]:
    """Yield models of a condition, the plainest first, none twice."""
    solver = Solver(space.constraints, space.work)
    solver.add(wanted)
    for _ in range(MOST_TRIES):
        if not solver.can():
            return
        model = _plainest(solver, space)
        yield model
        solver.add(z3.Or([v.term != model.eval(v.term, model_completion=True) for v in space.variables]))


def _plainest(solver: Solver, space: Space) -> z3.ModelRef:
    """Return a model in which as many values as possible are plain, tried one after the other."""
    model = solver.model()
    kept: list[z3.BoolRef] = []
    for variable in space.variables:
        for wish in _plain(variable, space):
            if z3.is_true(model.eval(wish, model_completion=True)):
                kept.append(wish)
                break
            if solver.can(*kept, wish):
                kept.append(wish)
                model = solver.model()
                break
    return model


def _plain(variable: Variable, space: Space) -> list[z3.BoolRef]:
    """Return what a value had best be, the first that is possible: absent, a list short, an enumeration at what says least."""
    match variable.kind:
        case "present" | "flag":
            return [z3.Not(variable.term)]
        case "length":
            return [variable.term == 0, variable.term == 1]
    if variable.kind in space.vocabulary.enums:
        known = space.vocabulary.enums[variable.kind].zh
        return [variable.term == space.code(variable.kind, plain) for plain in PLAIN_VALUES if plain in known][:1]
    return []
