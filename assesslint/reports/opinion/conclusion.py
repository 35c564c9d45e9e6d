"""What one draft held and what was found in it → the conclusion the sheet proposes, with its reason. People decide and sign.

Not passed is a draft in which nothing could be read, or one that would have to be drawn up anew because more than half of a scheme's
points (of its indicators, where it gives no points) hang on indicators with errors. Errors and warnings otherwise are to be mended.
What a baseline knows does not count, and is said wherever a draft would pass as if it were not there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assesslint.findings.model import SEVERITIES, DraftInfo, Finding, SchemeInfo

MOST_FAULTY = Decimal("0.5")
"""The part of a scheme that may hang on indicators with errors and still be mended."""

PASS, MEND, REJECT = "pass", "mend", "reject"
CONCLUSIONS = {
    "zh": {PASS: "通过", MEND: "修改后通过", REJECT: "不予通过"},
    "en": {PASS: "passed", MEND: "passed once mended", REJECT: "not passed"},
}
"""What people call a conclusion, by language."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    id: str
    reason: str

    def shown(self, lang: str) -> str:
        return CONCLUSIONS[lang][self.id]


def conclude(draft: DraftInfo, findings: Iterable[Finding], lang: str, known: Iterable[Finding] = ()) -> Conclusion:
    """Return the conclusion for a draft; `findings` are those that stand, waived ones left out, `known` those of the baseline."""
    found = list(findings)
    unread = any(finding.severity == "error" and finding.family == "reading" for finding in found)
    if not draft.schemes or (unread and not draft.indicators):
        zh, en = "没有读出可以审核的内容，请换一份能读取的文件重新提交", "nothing to review could be read; submit a file that can be read"
        return Conclusion(REJECT, zh if lang == "zh" else en)
    faulty = {finding.subject for finding in found if finding.severity == "error" and finding.indicator}
    share = max(_share(scheme, faulty) for scheme in draft.schemes)
    if share > MOST_FAULTY:
        zh, en = f"有错误的指标占分值的 {share:.0%}，须重新拟订", f"indicators with errors hold {share:.0%} of the points; draw it up anew"
        return Conclusion(REJECT, zh if lang == "zh" else en)
    errors, warnings, advice = (sum(finding.severity == severity for finding in found) for severity in SEVERITIES)
    if errors or warnings:
        zh, en = f"错误 {errors} 处、警告 {warnings} 处，改正后可以通过", f"errors: {errors}, warnings: {warnings}; to be mended"
        return Conclusion(MEND, zh if lang == "zh" else en)
    zh, en = "没有发现错误和警告", "no errors and no warnings were found"
    passed_over = sum(finding.severity != "advice" for finding in known)
    if passed_over:
        zh = f"除存量清单已知的错误和警告 {passed_over} 处外，{zh}"
        en = f"{en} besides those known to the baseline: {passed_over}"
    if advice:
        zh, en = f"{zh}，建议 {advice} 处供参考", f"{en}; advice to consider: {advice}"
    return Conclusion(PASS, zh if lang == "zh" else en)


def _share(scheme: SchemeInfo, faulty: set[str]) -> Decimal:
    """Return which part of a scheme, 0 to 1, hangs on the indicators of these subjects: by points, else by number."""
    weights = [each.points or Decimal(0) for each in scheme.indicators]
    if not any(weights):
        weights = [Decimal(1)] * len(weights)
    whole = sum(weights)
    held = sum(weight for weight, each in zip(weights, scheme.indicators, strict=True) if each.subject in faulty)
    return Decimal(held) / whole if whole else Decimal(0)
