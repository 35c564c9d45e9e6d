"""The report of a run → those of its drafts that fixes can be written into, mended in memory one by one."""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assesslint.documents.draft import read_draft
from assesslint.documents.edited import can_edit, editable, with_edits
from assesslint.findings.model import DraftInfo, Finding, Report
from assesslint.linter.check import judge_met, parent_input
from assesslint.linter.configuration import read_toml_text
from assesslint.linter.fingerprint import by_key
from assesslint.linter.fixes.mend import Mended, mend
from assesslint.linter.inputs import Input, read_bytes
from assesslint.linter.settings import Settings
from assesslint.policy.rulebook import Rulebook
from assesslint.reading.kept import KeptReadings
from assesslint.scheme import model


@dataclass(frozen=True)
class Mending:
    """How the drafts of a run are mended: as they were judged, with safe fixes only or with the proposals too."""

    report: Report
    settings: Settings
    rulebook: Rulebook
    parent: str | None = None
    unsafe: bool = False

    def is_wanted(self, draft: DraftInfo) -> bool:
        """Tell whether a draft has a fix that can be written into it."""
        fixes = (finding.fix for finding in self.report.findings if finding.path == draft.path)
        return draft.readable and can_edit(draft.path) and any(fix is not None and (fix.safe or self.unsafe) for fix in fixes)

    def unchanged(self, draft: DraftInfo) -> bytes | None:
        """Return the bytes of a draft, None when it was changed after it was judged."""
        data = read_bytes(Input(draft.path, Path(draft.path)), self.settings.limits.max_bytes, self.settings.lang)
        return None if isinstance(data, Finding) or hashlib.sha256(data).hexdigest() != draft.sha256 else data

    def mended(self, draft: DraftInfo, data: bytes) -> Mended:
        """Return a draft with fixes in it. `data` is what it holds, perhaps with notes in it that were not there when it was judged.

        Raises UnreadableError where an old kind of file cannot be turned into one that edits are written into.
        """

        def judge(state: bytes, kept: KeptReadings) -> Report:
            item = Input(draft.path, None, state)
            parent = parent_input(self.parent)
            return judge_met([item], self.settings, self.rulebook, parent=parent, superiors=self._schemes.get, kept=kept)

        known = frozenset(finding.fingerprint for finding in self.report.known)
        data = editable(draft.path, data, self.settings.limits)
        return mend(draft.path, data, judge, self.settings.limits, lang=self.settings.lang, unsafe=self.unsafe, leave=known)

    def without_needless_waivers(self) -> Mended | None:
        """Return the file of waivers without those that can go, None where none can or it was changed after it was read."""
        file = self.settings.waivers
        found = tuple(f for f in self.report.findings if f.path == str(file) and f.fix and (f.fix.safe or self.unsafe))
        if file is None or not found or found[0].source is None:
            return None
        data, before = file.read_bytes(), found[0].source.text
        if read_toml_text(file) != before:
            return None
        after = with_edits(before, [(edit.span, edit.text) for finding in found if finding.fix for edit in finding.fix.edits])
        written = after.replace("\n", "\r\n" if b"\r\n" in data else "\n")
        return Mended(str(file), before, after, written.encode("utf-8-sig" if data.startswith(BOM_UTF8) else "utf-8"), found, ())

    @cached_property
    def _schemes(self) -> dict[str, model.Scheme]:
        """The schemes of all drafts of the run, by name; they are read once more, and only when a draft names its superior."""
        return by_key(self._read())

    def _read(self) -> Iterator[model.Scheme]:
        for draft in self.report.drafts:
            data = self.unchanged(draft) if draft.readable else None
            if data is not None:
                yield from read_draft(draft.path, data, lang=self.settings.lang, limits=self.settings.limits).schemes
