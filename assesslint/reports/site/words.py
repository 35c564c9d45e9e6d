"""The words of the site itself, in Chinese and English: headings, labels, sentences that stand on every page of a kind."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "other_language": ("English", "中文"),
    "front_page": ("检查草案", "Check a draft"),
    "search": ("查找规则和规定", "Search rules and norms"),
    "skip": ("跳到正文", "Skip to the text"),
    "site": ("规则说明", "About the rules"),
    "contents": ("目录", "Contents"),
    "rules": ("规则", "Rules"),
    "norms": ("规定", "Norms"),
    "vocabulary": ("词汇", "Vocabulary"),
    "changes": ("变更", "Changes"),
    "rules_lead": (
        "每条规则一页：查什么、为什么、依据哪一条规定、什么会被指出、什么不会。",
        "A page for each rule: what it looks for, why, by what norm, and what it flags and lets pass.",
    ),
    "norms_lead": (
        "规则所依据的文件和条款，以及还没有规则覆盖的条款。",
        "The documents and clauses that rules rest on, and the clauses that no rule covers yet.",
    ),
    "vocabulary_lead": (
        "规则只看从草案读出的事实。这里列出全部事实和它们的取值；表外的词规则用不了。",
        "Rules look at nothing but facts read from a draft. These are all of them, with their values.",
    ),
    "changes_lead": ("规则在各版本之间改了什么。", "What changed in the rules from version to version."),
    "made_from": ("由规则文件生成，请勿手改", "Made from the files of the rules; not to be edited by hand"),
    "judged_on": ("例子按此日有效的规定检查", "Examples are judged by the norms in force on"),
    "rule": ("规则", "Rule"),
    "id": ("代号", "Id"),
    "severity": ("程度", "Severity"),
    "status": ("状态", "Status"),
    "pack": ("规则包", "Pack"),
    "waiver": ("豁免", "Waiver"),
    "subject": ("查的是", "Looks at"),
    "what_it_checks": ("查什么", "What it checks"),
    "why": ("为什么", "Why"),
    "when_waived": ("何时可豁免", "When a waiver is right"),
    "known_gaps": ("已知局限", "Known gaps"),
    "basis": ("依据", "Norms it rests on"),
    "no_basis_note": ("下列情形没有可引的规定，程度也相应放低", "These rest on no norm, and are the milder for it"),
    "citable": ("可以这样引用", "May be cited as"),
    "not_citable": ("只供查阅，不引用", "For reading only, not cited"),
    "limits": ("界限", "Limits"),
    "exceptions": ("例外", "Exceptions"),
    "in_force": ("施行", "In force"),
    "repealed": ("废止", "Repealed"),
    "covered_by": ("由规则覆盖", "Covered by"),
    "uncovered": ("没有规则覆盖的条款", "Clauses no rule covers"),
    "uncovered_lead": (
        "列在这里的，有的不归考核方案管，有的等着写成规则。",
        "Some of these are no matter of assessment schemes; others wait for a rule.",
    ),
    "uncovered_none": ("全部条款都有规则覆盖。", "A rule covers every clause."),
    "not_covered": ("没有规则覆盖", "No rule"),
    "document": ("文件", "Document"),
    "issuer": ("发布单位", "Issuer"),
    "number": ("文号", "Number"),
    "level": ("层级", "Level"),
    "coverage": ("覆盖", "Covered"),
    "parameters": ("可收紧的界限", "Bounds that may be tightened"),
    "parameter": ("名称", "Name"),
    "default": ("现值", "Value"),
    "stricter": ("只许改", "May only be made"),
    "rule_text": ("规则原文", "The rule itself"),
    "flagged": ("会指出的例子", "What it flags"),
    "passed": ("不会指出的例子", "What it lets pass"),
    "example": ("例", "Example"),
    "known_gap": ("已知判不准", "Known to come out wrong"),
    "fixed": ("--fix 改成", "What --fix makes of it"),
    "nothing_found": ("不指出", "Nothing found"),
    "against": ("依据", "Norm"),
    "instead": ("改法", "Instead"),
    "cases": ("用例表", "Table of cases"),
    "cases_lead": (
        "每行一个指标，只差一处；最后一列是检查结果。",
        "An indicator a row, differing in one place; the last column is what the linter finds.",
    ),
    "found": ("检查结果", "Found"),
    "life": ("沿革", "Life cycle"),
    "replaced_by": ("替代它的规则", "Replaced by"),
    "removed_rules": ("已取消的规则", "Rules that were removed"),
    "removed_note": (
        "这条规则已取消。配置和豁免里写它，就按替代它的规则检查。",
        "This rule was removed. Where it is named, the rule below is used.",
    ),
    "enums": ("取值", "Values"),
    "groups": ("组", "Groups"),
    "groups_lead": ("规则用组的名字代替一串取值。", "Rules use the name of a group instead of a list of values."),
    "records": ("事实", "Facts"),
    "records_lead": ("规则可以问的字段。", "The fields a rule can ask for."),
    "value": ("代号", "Value"),
    "also": ("也写作", "Also written"),
    "used_by": ("用到的规则", "Used by"),
    "field": ("字段", "Field"),
    "type": ("类型", "Type"),
    "added": ("新增", "added"),
    "removed": ("删去", "removed"),
    "changed": ("改动", "changed"),
    "no_changes": ("规则没有变化。", "The rules did not change."),
    "no_change_log": ("这套规则还没有变更记录。", "These rules have no change log yet."),
    "compared": ("与所给旧版比较", "Compared with the older version given"),
    "rules_count": ("条规则", "rules"),
    "examples_count": ("个例子", "examples"),
    "clauses_count": ("个条款，有规则覆盖", "clauses, covered"),
}

CONFIDENCE: Mapping[str, tuple[str, str]] = {
    "sure": ("条号已核实", "number verified"),
    "likely": ("条号待核", "number unverified"),
    "inferred": ("条号系推断", "number inferred"),
    "unknown": ("条号不明", "number unknown"),
}

LEVELS: Mapping[str, tuple[str, str]] = {
    "law": ("法律", "law"),
    "administrative-regulation": ("行政法规", "administrative regulation"),
    "central-party-regulation": ("党内法规", "central party regulation"),
    "central-party": ("党中央文件", "central party document"),
    "state-council": ("国务院文件", "State Council document"),
    "ministry-rule": ("部门规定", "ministry rule"),
    "one-off-discipline": ("专项纪律要求", "discipline for one matter"),
    "local": ("地方规定", "local rule"),
    "local-practice": ("地方做法", "local practice"),
    "enforcement-precedent": ("查处通报", "enforcement precedent"),
}

STATUS: Mapping[str, tuple[str, str]] = {
    "preview": ("试行", "preview"),
    "stable": ("正式", "stable"),
    "deprecated": ("将停用", "deprecated"),
}

STATUS_NOTES: Mapping[str, tuple[str, str]] = {
    "preview": ("试行：只在要求时参与检查，写法还可能变。", "In preview: it judges only when asked for, and may still change."),
    "stable": ("正式：照常参与检查。", "Stable: it judges every draft."),
    "deprecated": ("将停用：目前仍参与检查，以后会取消。", "Deprecated: it still judges, and will be removed."),
}

WAIVABLE: Mapping[str, tuple[str, str]] = {
    "never": ("不许豁免", "never"),
    "with_reason": ("写明理由可豁免", "with a reason"),
}

SUBJECTS: Mapping[str, tuple[str, str]] = {
    "indicator": ("每项指标", "each indicator"),
    "scheme": ("整个方案", "the scheme as a whole"),
}

STRICTER: Mapping[str, tuple[str, str]] = {"larger": ("大", "larger"), "smaller": ("小", "smaller")}

TYPES: Mapping[str, tuple[str, str]] = {
    "text": ("文字", "text"),
    "number": ("数", "number"),
    "duration": ("时长", "duration"),
    "flag": ("是或否", "yes or no"),
    "words": ("草案原文", "words of the draft"),
    "date": ("日期", "date"),
}

MANY, OPTIONAL = ("若干{}", "list of {}"), ("{}，可缺", "{}, may be absent")
