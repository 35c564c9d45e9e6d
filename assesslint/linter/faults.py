"""What is found without any rule: the ids, families and titles of findings about files, syntax, crashes, waivers
and rule repositories.

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
    "waiver-unknown": ("waiver", "豁免的规则不存在", "Waiver of no rule"),
    "waiver-refused": ("waiver", "规则不许豁免", "Waiver refused"),
    "rule-page": ("rules", "规则页有错", "Rule page at fault"),
    "rule-example": ("rules", "例子不符", "Example fails"),
    "rule-silent": ("rules", "规则有空档", "Rule silent for a time"),
    "case-covered": ("rules", "case 用不到", "Case never used"),
    "norm-file": ("rules", "规定文件有错", "Norm file at fault"),
    "norm-level": ("rules", "规定的效力不明", "Level of the norm unknown"),
    "norm-severity": ("rules", "程度超过依据的效力", "More severe than its norm"),
    "norm-stale": ("rules", "依据失效或未生效", "Norm not in force"),
    "norm-uncovered": ("rules", "条款没有规则引用", "Clause no rule cites"),
    "pack-file": ("rules", "规则包说明有错", "Pack file at fault"),
    "lexicon-file": ("rules", "词表有错", "Lexicon at fault"),
    "lexicon-ambiguous": ("rules", "词有两义", "Word with two meanings"),
    "lexicon-shadowed": ("rules", "词不起作用", "Word without effect"),
    "lexicon-doubled": ("rules", "词重复", "Word given twice"),
    "hidden-character": ("rules", "看不见的字符", "Hidden character"),
    "confusable-character": ("rules", "形近的字符", "Look-alike character"),
    "stray-file": ("rules", "文件放错地方", "Misplaced file"),
}
"""Id → family, Chinese title, English title."""

FAMILIES = {
    "syntax": ("写法", "Syntax"),
    "reading": ("读取", "Reading"),
    "rule": ("规则执行", "Running rules"),
    "waiver": ("豁免", "Waivers"),
    "rules": ("规则库", "Rule repository"),
}
"""What people call their families, in Chinese and English."""


def fault_info(rule: str, lang: str) -> RuleInfo:
    """Return what reporters show of a finding that no rule made."""
    family, zh, en = FAULTS.get(rule, ("reading", rule, rule))
    return RuleInfo(rule, family, *((zh, FAMILIES[family][0]) if lang == "zh" else (en, FAMILIES[family][1])))


def file_fault(rule: str, path: str, message: str, advice: str = "") -> Finding:
    """Return an error about a file as a whole."""
    return Finding(rule, FAULTS[rule][0], "error", message, path, advice=advice)
