"""The error that says why rules do not load, and what it is made of."""

from __future__ import annotations

from assesslint.findings.problems import FolderError, Problem, did_you_mean, problem_at

__all__ = ["Problem", "RulebookError", "did_you_mean", "problem_at"]


class RulebookError(FolderError):
    """The rules do not load. `problems` are all that was found, in the order of the pages."""
