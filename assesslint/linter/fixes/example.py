"""The draft of an example → its text with what the fixes of one rule make of it, the proposals too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.findings.model import Report
from assesslint.linter.check import judge_met
from assesslint.linter.fixes.mend import mend
from assesslint.linter.inputs import Input
from assesslint.linter.pages import SUFFIXES
from assesslint.linter.settings import Settings
from assesslint.policy.rulebook import Rulebook
from assesslint.reading.kept import KeptReadings


def mend_text(rulebook: Rulebook, kind: str, text: str, rule: str, day: date | None = None) -> str:
    """Return the text of an example once it is mended in the way of one rule, judged by all on a day (today)."""
    path = f"example{SUFFIXES[kind]}"

    def judge(state: bytes, kept: KeptReadings) -> Report:
        report = judge_met([Input(path, None, state)], Settings(preview=True, as_of=day), rulebook, kept=kept)
        return replace(report, findings=tuple(f if f.rule == rule else replace(f, fix=None) for f in report.findings))

    return mend(path, text.encode("utf-8"), judge, DEFAULT_LIMITS, lang="zh", unsafe=True).after
