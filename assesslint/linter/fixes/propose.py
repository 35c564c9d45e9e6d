"""An objection whose rule says how it is met → the fix of its finding, if there is one for this draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assesslint.documents.edited import can_edit
from assesslint.findings.model import Edit, Fix
from assesslint.linter.fixes.add_evidence import add_evidence
from assesslint.linter.fixes.judged import Judged, Mend
from assesslint.linter.fixes.lower_frequency import lower_frequency
from assesslint.linter.fixes.merge_indicators import merge_indicators
from assesslint.linter.fixes.remove_indicator import remove_indicator
from assesslint.linter.fixes.remove_words import remove_words
from assesslint.linter.fixes.share_data import share_data
from assesslint.policy.judge import Objection

FIXERS: Mapping[str, Callable[[Judged, Objection], Mend | None]] = {
    "remove_words": remove_words,
    "remove_indicator": remove_indicator,
    "merge_indicators": merge_indicators,
    "share_data": share_data,
    "add_evidence": add_evidence,
    "lower_frequency": lower_frequency,
}
"""Who mends in which way of policy/remedies.py."""


def propose(judged: Judged, objection: Objection, lang: str) -> Fix | None:
    """Return the fix for an objection. A draft in JSON has none: its text is written by programs.

    In a kind of draft that edits cannot be written into, every fix is a proposal to be made by hand.
    """
    if objection.mending is None or judged.source.path.lower().endswith(".json"):
        return None
    mend = FIXERS[objection.mending.kind](judged, objection)
    if mend is None:
        return None
    edits = tuple(Edit(span, text) for span, text in sorted(mend.edits))
    can_be_written = can_edit(judged.source.path)
    fix = Fix(edits, mend.safe and can_be_written, mend.zh if lang == "zh" else mend.en, by_hand=not can_be_written)
    return fix.located(judged.source)
