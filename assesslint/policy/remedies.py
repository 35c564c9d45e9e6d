"""The ways in which a rule may say that its fault is mended, a closed list (`fix: remove_words`). What each does, the linter knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What people call a way of mending, and what stands behind its name on a page.

    That is nothing, a value of the enumeration `enum`, or a `parameter` of the rule of this type.
    """

    zh: str
    en: str
    enum: str = ""
    parameter: str = ""


REMEDIES: Mapping[str, Kind] = {
    "remove_words": Kind("删去这些文字", "take the words out"),
    "remove_indicator": Kind("删去整项指标，分值分给同组其余指标", "drop the indicator and share its points"),
    "merge_indicators": Kind("并入前面的同一指标", "merge it into the same indicator before it"),
    "share_data": Kind("改为一次采集、共享取用", "collect once and share"),
    "add_evidence": Kind("增加佐证", "name another proof", enum="evidence_kind"),
    "lower_frequency": Kind("降低频次", "ask less often", parameter="duration"),
}
"""All there are, by name."""
