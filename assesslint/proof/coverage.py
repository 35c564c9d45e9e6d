"""A rule and its examples → the conditions that no example makes true, or none makes anything but true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assesslint.policy import tree
from assesslint.proof.sites import conditions
from assesslint.proof.trials import Trial, objections
from assesslint.text.source import Span


@dataclass(frozen=True, slots=True)
class Covered:
    """A condition of a rule: whether some example makes it true, and whether some makes it false or unknown."""

    span: Span
    held: bool
    failed: bool

    @property
    def fully(self) -> bool:
        return self.held and self.failed


def coverage(rule: tree.Rule, trials: Sequence[Trial], day: date) -> Iterator[Covered]:
    """Yield every condition of a rule with what its examples made of it."""
    facts = [scheme for trial in trials for scheme in trial.schemes]
    for site in conditions(rule):
        seen: set[object] = set()
        objections(site.put(tree.Watched(site.node, seen, site.node.span)), facts, day)
        yield Covered(site.node.span, True in seen, bool(seen - {True}))
