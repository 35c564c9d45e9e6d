"""A rulebook → what a solver can tell of its rules: a witness and a nearest miss for each, and how they stand to one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import z3

from assesslint.linter.judged import words_of
from assesslint.policy import tree
from assesslint.policy.judge import on_day
from assesslint.policy.rulebook import Rulebook
from assesslint.policy.show import show
from assesslint.proof.chosen import Choice
from assesslint.proof.encode import constrain_by_laws, objects
from assesslint.proof.relations import Relation, relations
from assesslint.proof.solver import TooHardError
from assesslint.proof.symbols import Space, Variable
from assesslint.proof.witness import SIZES, Witness, decide, texts_of, witness
from assesslint.scheme.vocabulary import FieldType, Vocabulary, central_vocabulary


@dataclass(frozen=True, slots=True)
class RuleProof:
    """`always` tells whether the rule objects to every scheme (to every indicator); None when the solver could not tell.

    A rule that is not `in_force` on the day says nothing, since none of the norms it cites is.
    """

    rule: str
    witness: Witness
    always: bool | None
    in_force: bool = True

    @property
    def sound(self) -> bool:
        """Tell whether the rule is shown to object to something, to let something near it pass, and not to object to everything."""
        return self.witness.fires is not None and self.witness.misses is not None and self.always is False


def prove_rules(
    rulebook: Rulebook, day: date, only: Iterable[str] = (), progress: Callable[[str], None] | None = None
) -> tuple[list[RuleProof], list[Relation]]:
    """Return what is shown of each rule (or of those in `only`) as it judges on a day, and the relations between all of them."""
    chosen = list(only) or list(rulebook.own_rules)
    vocabulary = central_vocabulary()
    proofs = []
    for name in chosen:
        if progress:
            progress(name)
        rule = on_day(rulebook.rules[name], day)
        shown = witness(rule, vocabulary, day, words_of(rulebook, name)) if rule.cases else Witness(False)
        proofs.append(RuleProof(name, shown, _always(rule, vocabulary), in_force=bool(rule.cases)))
    standing = [on_day(rulebook.rules[proof.rule], day) for proof in proofs if proof.in_force]
    return proofs, list(relations(standing, vocabulary))


def _always(rule: tree.Rule, vocabulary: Vocabulary) -> bool | None:
    space = Space(vocabulary, texts_of(rule), SIZES)
    try:
        condition = objects(rule, space)
        constrain_by_laws(space)
    except TooHardError:
        return None
    if rule.subject == "indicator":
        [(present, _)] = space.field_of(space.scheme, "indicators").members  # type: ignore[union-attr]
        space.constraints.append(present)
    passes = decide(space, z3.Not(condition))
    return None if passes is None else not passes


def told_change(variable: Variable, before: Choice, after: Choice, texts: Sequence[str], lang: str) -> str:
    """Return which value differs between a witness and its nearest miss, as `demands[1].action 安装 → 登录`."""
    key = variable.place, variable.kind
    place = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in variable.place).lstrip(".")
    return f"{place} {_value(variable.kind, before[key], texts, lang)} → {_value(variable.kind, after[key], texts, lang)}"


def _value(kind: str, value: object, texts: Sequence[str], lang: str) -> str:
    vocabulary = central_vocabulary()
    zh = lang == "zh"
    match kind:
        case "present":
            return ("已写明" if zh else "said") if value else ("未写明" if zh else "not said")
        case "flag":
            return ("是" if zh else "yes") if value else ("否" if zh else "no")
        case "length" | "which":
            return str(value)
        case "text":
            return texts[value] if isinstance(value, int) else str(value)
    if kind in vocabulary.enums and isinstance(value, int):
        return show(tuple(vocabulary.enums[kind].zh)[value], FieldType(kind), vocabulary, lang)
    return str(value)
