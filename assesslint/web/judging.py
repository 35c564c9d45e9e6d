"""A draft sent by somebody → it as read, and what is objected to; one that is marked secret is refused before anything else is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assesslint.documents.draft import SCHEME_READERS, TEXT_READERS, Draft, kind_of, read_draft
from assesslint.documents.secrecy import secrecy_of
from assesslint.findings.model import DraftInfo, Report
from assesslint.linter.check import Reader, judge_met
from assesslint.linter.fixes.mend import Mended, mend
from assesslint.linter.inputs import Input
from assesslint.linter.settings import Settings
from assesslint.policy.rulebook import Rulebook
from assesslint.reading.kept import KeptReadings
from assesslint.text.source import Source
from assesslint.web.exchange import Job, RefusedError

CONVERTING = 0.75
"""Of the time a draft may take, the share that LibreOffice may have to convert it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft, its bytes, and the report on it alone."""

    draft: Draft
    data: bytes
    report: Report

    @property
    def info(self) -> DraftInfo:
        return self.report.drafts[0]


def is_text(name: str, data: bytes) -> bool:
    """Tell whether a draft is what its text says, so that the text can be edited in its place."""
    return kind_of(name, data) in {*TEXT_READERS, *SCHEME_READERS}


class Judging:
    """How drafts are judged: by these settings and rules, each in at most so many seconds. `with_register`: pages lead to a register."""

    def __init__(self, settings: Settings, rulebook: Rulebook, seconds: int, *, with_register: bool = False) -> None:
        self.with_register = with_register
        bounded = min(settings.limits.conversion_seconds, int(seconds * CONVERTING))
        self.settings = replace(settings, limits=replace(settings.limits, conversion_seconds=bounded))
        self.rulebook = rulebook

    def judged(self, job: Job) -> Judged:
        """Return the draft of a job, judged. Raises RefusedError for one marked secret and for a day that is none."""
        settings = self._settings(job)
        draft = self._read(job, settings)
        if draft is None:
            return Judged(Draft(Source(job.name, "")), job.data, self._report(job, settings, job.data))
        mark = secrecy_of(draft)
        if mark:
            raise RefusedError(
                422,
                "classified-draft",
                f"这份文件标有密级（{mark}）。严禁上传涉密文件：文件没有检查，也没有留存。请按保密规定处理，在符合保密要求的设备上检查",
                f"This file is marked {mark} (secret). Secret files must not be uploaded: it was neither judged nor kept. "
                "Handle it as the rules on secrecy say, and judge it on a machine where that is allowed",
            )
        return Judged(draft, job.data, self._report(job, settings, job.data, reader=lambda _, __: draft))

    def _read(self, job: Job, settings: Settings) -> Draft | None:
        """Return the draft as read, None when the program fails on it, which the report will say."""
        try:
            return read_draft(job.name, job.data, lang=job.lang, limits=settings.limits)
        except MemoryError:
            raise
        except Exception:
            return None

    def mended(self, job: Job, data: bytes, wanted: Callable[[str], bool]) -> Mended:
        """Return a draft of a kind that can be edited with those fixes in it whose findings' fingerprints are wanted."""
        settings = self._settings(job)
        report = self._report(job, settings, data)
        leave = frozenset(f.fingerprint for f in report.findings if not wanted(f.fingerprint))

        def judge(state: bytes, kept: KeptReadings) -> Report:
            return self._report(job, settings, state, kept=kept)

        return mend(job.name, data, judge, settings.limits, lang=job.lang, unsafe=True, leave=leave)

    def _report(
        self, job: Job, settings: Settings, data: bytes, *, kept: KeptReadings | None = None, reader: Reader | None = None
    ) -> Report:
        return judge_met([Input(job.name, None, data)], settings, self.rulebook, kept=kept, reader=reader)

    def _settings(self, job: Job) -> Settings:
        day = job.asked.get("as_of")
        try:
            return replace(self.settings, lang=job.lang, as_of=date.fromisoformat(day) if day else self.settings.as_of)
        except ValueError as error:
            zh = f"“{day}”不是日期，应写作 2026-01-31"
            raise RefusedError(400, "bad-request", zh, f"“{day}” is not a day; write it like 2026-01-31") from error
