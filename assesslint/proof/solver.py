"""Facts to choose and a condition → whether any facts fulfil it: yes, no, or unknown because it would take too much.

Z3 is asked within bounds that are the same on every machine: what it does is counted in its own units, so that an answer does not depend
on how busy a machine is. Time and memory are bounded too, far beyond what the counted work takes.
"""

from __future__ import annotations

from dataclasses import dataclass

import z3

FOR_ONE_QUESTION = 20_000_000
"""Work for what is asked of one rule, in units of Z3 (its `rlimit`): some ten seconds. Everyday rules need a hundredth."""

FOR_ONE_CHECK = 5_000_000
FOR_ONE_EXPRESSION = 100
"""What it takes to put one expression of a rule into a formula, in the same units."""

MILLISECONDS, MEGABYTES = 60_000, 2_000

MOST_TERMS, HIGHEST_DEGREE = 1_000, 4
"""What a product may come to when multiplied out: Z3 does that without asking how long it takes."""

z3.set_param("memory_max_size", MEGABYTES)


class TooHardError(ArithmeticError):
    """What is asked would take more than the solver is allowed."""


@dataclass(slots=True)
class Work:
    """Work that may still be done for one question."""

    left: int = FOR_ONE_QUESTION

    def take(self, amount: int) -> None:
        """Raises TooHardError when there is not so much left."""
        self.left -= amount
        if self.left < 0:
            raise TooHardError


class Solver:
    """What is true of the facts, to be asked whether this or that can be true as well."""

    def __init__(self, given: list[z3.BoolRef], work: Work) -> None:
        self._solver = z3.Solver()
        self._solver.set("timeout", MILLISECONDS)
        self._solver.add(*given)
        self._work = work

    def add(self, *conditions: z3.BoolRef) -> None:
        self._solver.add(*conditions)

    def push(self) -> None:
        self._solver.push()

    def pop(self) -> None:
        self._solver.pop()

    def model(self) -> z3.ModelRef:
        return self._solver.model()

    def can(self, *conditions: z3.BoolRef) -> bool | None:
        """Tell whether conditions can be true together with what was added; None when it would take too much to tell."""
        if self._work.left <= 0:
            return None
        before = self._done()
        self._solver.set("rlimit", min(FOR_ONE_CHECK, self._work.left))
        try:
            answer = self._solver.check(*conditions)
        except z3.Z3Exception:  # out of memory
            answer = z3.unknown
        self._work.left -= self._done() - before
        return None if answer == z3.unknown else answer == z3.sat

    def _done(self) -> int:
        """Return the work done so far by all solvers."""
        done: int = self._solver.statistics().get_key_value("rlimit count")
        return done
