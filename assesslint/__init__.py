"""assesslint: a linter for government assessment schemes (考核方案).

`assesslint.check(["draft.txt"])` returns a `Report`; nothing heavy is imported before it is called for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assesslint.findings.model import Finding, Notice, Report
    from assesslint.linter.check import check
    from assesslint.linter.errors import RunError
    from assesslint.policy.problems import RulebookError

__version__ = "0.1.0"
__all__ = ["Finding", "Notice", "Report", "RulebookError", "RunError", "__version__", "check"]

_HOMES = {
    "check": "assesslint.linter.check",
    "Report": "assesslint.findings.model",
    "Finding": "assesslint.findings.model",
    "Notice": "assesslint.findings.model",
    "RunError": "assesslint.linter.errors",
    "RulebookError": "assesslint.policy.problems",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'assesslint' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
