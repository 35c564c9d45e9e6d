"""What is found without any rule: the ids, families and titles of findings about files, syntax, crashes and waivers.

No configuration ignores or lowers these: they say that something was not looked at, or that an excuse does not hold.
"""

from __future__ import annotations

from assesslint.findings.model import Finding, RuleInfo

FAULTS = {
    "syntax-error": ("syntax", "写法错误", "Syntax error"),
    "unreadable-file": ("reading", "文件不能读取", "Unreadable file"),
    "unreadable-page": ("reading", "页面不能读取", "Unreadable page"),
    "nothing-recognised": ("reading", "没有认出任何指标", "No indicator recognised"),
    "internal-error": ("reading", "检查此文件时程序出错", "The program failed on this file"),
    "rule-error": ("rule", "规则执行出错", "A rule failed"),
    "waiver-expired": ("waiver", "豁免已到期", "Waiver expired"),
    "waiver-expiring": ("waiver", "豁免即将到期", "Waiver about to expire"),
    "waiver-lapsed": ("waiver", "豁免已失效", "Waiver lapsed"),
    "waiver-unused": ("waiver", "豁免未用到", "Waiver unused"),
    "waiver-refused": ("waiver", "规则不许豁免", "Waiver refused"),
}
"""Id → family, Chinese title, English title."""


def fault_info(rule: str, lang: str) -> RuleInfo:
    """Return what reporters show of a finding that no rule made."""
    family, zh, en = FAULTS.get(rule, ("reading", rule, rule))
    return RuleInfo(rule, family, zh if lang == "zh" else en)


def file_fault(rule: str, path: str, message: str, advice: str = "") -> Finding:
    """Return an error about a file as a whole."""
    return Finding(rule, FAULTS[rule][0], "error", message, path, advice=advice)
