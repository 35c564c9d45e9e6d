"""One report with everything a report can hold, shown by every reporter in its golden file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from assesslint.findings.model import (
    Basis,
    Counts,
    DraftInfo,
    Edit,
    Finding,
    Fix,
    IndicatorInfo,
    Notice,
    Report,
    RuleInfo,
    SchemeInfo,
    Waived,
)
from assesslint.text.location import CellLocation, PageLocation, WordLocation
from assesslint.text.source import Source, Span

SOURCE = Source(
    "清河县/细则.txt",
    "清河县2026年度数字政务考核细则\n"
    "一、应用推广（10分）\n"
    "评分标准：“干部之家”ＡＰＰ激活率达到50%得满分，每低1个百分点扣0.5分。\n"
    "二、" + "在岗在位情况按照县委督查室统一部署逐村逐人核实，" * 12 + "每日打卡。\n",
)


def _span(words: str) -> Span:
    start = SOURCE.text.index(words)
    return Span(start, start + len(words))


def _at(rule: str, family: str, severity: str, message: str, words: str, **more: object) -> Finding:
    span = _span(words)
    place = {"location": SOURCE.locate(span), "excerpt": words, "source": SOURCE, "span": span}
    return Finding(rule, family, severity, message, SOURCE.path, scheme="数字政务考核细则", **place, **more)  # type: ignore[arg-type]


QUOTA = _at(
    "download-quota",
    "adoption",
    "error",
    "“激活率达到50%”把“干部之家”的激活作为考核要求",
    "激活率达到50%",
    indicator="应用推广",
    advice="删去此项，或改为考核它服务的办理实效，如事项按期办结率",
    basis=(
        Basis("GB2026-APP", "install-rate", "《政务移动互联网应用程序管理办法》", "unknown"),
        Basis("WXW2023-ZJ", "forced-promotion", "《关于防治“指尖上的形式主义”的若干意见》", "likely"),
    ),
    fingerprint="0123456789abcdef0123456789abcdef",
    subject="fedcba9876543210fedcba9876543210",
    fix=Fix((Edit(_span("激活率达到50%"), ""),), safe=False, title="删去指标“应用推广”，其10分由“事项办理”承担").located(SOURCE),
)
CHECK_IN = _at(
    "check-in", "evidence", "warning", "“每日打卡”要求以打卡证明工作", "每日打卡", indicator="在岗", fingerprint="00", subject="11"
)
TITLE = _at(
    "vague-scoring",
    "scheme",
    "advice",
    "标题里的年份可省去",
    "2026年度",
    fix=Fix((Edit(_span("2026年度"), ""),), safe=True, title="删去“2026年度”").located(SOURCE),
)
KNOWN = _at("check-in", "evidence", "warning", "“逐村”要求打卡", "逐村", indicator="在岗", fingerprint="0123456789abcdef")
CLOSED = Finding("unreadable-file", "reading", "error", "没有读取权限", "清河县/附件\x1b[31m\u202e.txt")

REPORT = Report(
    date(2026, 11, 23),
    (TITLE, QUOTA, CHECK_IN, CLOSED),
    (
        Notice("hidden-characters", "有看不见的字符 U+200B", SOURCE.path, SOURCE.locate(_span("逐村")), "逐村"),
        Notice("skipped-file", "未检查", "a.jpg"),
    ),
    (Waived(CHECK_IN, "试点期间", "县委督查室", date(2027, 6, 30)),),
    Counts(
        files=2,
        unreadable=1,
        schemes=1,
        indicators=2,
        text_read=Decimal("0.9712"),
        rules_selected=34,
        rules_applicable=30,
        rules_fired=3,
        ignored=1,
    ),
    {
        "download-quota": RuleInfo("download-quota", "adoption", "下载安装指标", "推广应用"),
        "check-in": RuleInfo("check-in", "evidence", "打卡定位", "痕迹佐证"),
    },
    ("配置文件 assesslint.toml", "check-in 的程度由错误降为警告"),
    drafts=(
        DraftInfo(
            SOURCE.path,
            (
                SchemeInfo(
                    "数字政务考核细则",
                    "清河县人民政府办公室",
                    (IndicatorInfo("应用推广", Decimal(10), "fedcba9876543210fedcba9876543210"), IndicatorInfo("在岗", None, "11")),
                ),
            ),
            sha256="ab" * 32,
            text_read=Decimal("0.9712"),
        ),
        DraftInfo(CLOSED.path, readable=False),
    ),
    rules_version="0.1.0+0123456789ab",
    rules_title="中央规定 2026.11 版",
    known=(KNOWN,),
)

# ── everything a report can hold, and everything a draft can hold against it ─────────────────────────────────────────────────

ODD = Source(
    "清河县/📱 方案#1%.assess",
    "方案 “📱数字政务” {\n"
    "\t指标 “👨‍👩‍👧‍👦推广” 10分 { 评分: “😀激活率\t达到50%” }\n"
    "  指标 “=HYPERLINK(0)” 5分 { 评分: “坏字\udc80符\x07每日打卡” }\n"
    "}\n",
)


def _odd(rule: str, severity: str, message: str, words: str, **more: object) -> Finding:
    start = ODD.text.index(words)
    span = Span(start, start + len(words))
    place = {"location": ODD.locate(span), "places": ODD.locate_all([span]), "excerpt": words, "source": ODD, "span": span}
    return Finding(rule, "adoption", severity, message, ODD.path, scheme="📱数字政务", **place, **more)  # type: ignore[arg-type]


def _elsewhere(path: str, **more: object) -> Finding:
    return Finding("download-quota", "adoption", "error", "要求下载", path, scheme="细则", indicator="推广", fingerprint="0a", **more)  # type: ignore[arg-type]


EMOJI = _odd(
    "download-quota",
    "error",
    "“激活率\t达到50%”是要求 {0} [看这里](https://example.org) <b>\n::error::x ##[error]y",
    "激活率\t达到50%",
    indicator="👨‍👩‍👧‍👦推广",
    advice="|改|为`考核`*实效*\r\n@all",
    basis=QUOTA.basis,
    fingerprint="a1" * 16,
    subject="b1" * 16,
    fix=Fix((Edit(Span(ODD.text.index("激活率"), ODD.text.index("达到") - 1), "办结率"),), safe=False).located(ODD),
)
FORMULA = _odd("check-in", "warning", "=1+1", "每日打卡", indicator="=HYPERLINK(0)", fingerprint="a2" * 16, subject="b2" * 16)
SURROGATE = _odd("vague-scoring", "advice", "坏字“字\udc80符\x07”", "字\udc80符\x07", indicator="=HYPERLINK(0)", fingerprint="a3" * 16)
WORD = _elsewhere(
    "清河县/细则.docx",
    location=WordLocation("word/document.xml", 3, 4, 9, number=3),
    places=(WordLocation("word/document.xml", 3, 4, 9, number=3), WordLocation("word/document.xml", 5, 0, 2, cell=(1, 2, 3))),
    excerpt="下载\n安装",
)
CELL = _elsewhere("清河县/细则.xlsx", indicator_kind="provision", location=CellLocation("考核 表", "D5", 0, 4), excerpt="+8613800000000")
PAGE = _elsewhere("清河县/细则.pdf", location=PageLocation(2, ((72.0, 100.5, 144.25, 112.0),)), excerpt="-下载")

FULL = replace(
    REPORT,
    findings=(*REPORT.findings, EMOJI, FORMULA, SURROGATE, WORD, CELL, PAGE, replace(PAGE, location=PageLocation(3, (), 5))),
    notices=(
        *REPORT.notices,
        Notice("unread-picture", "图片没有检查：]]>\ufffe", "清河县/细则.docx", WordLocation("word/document.xml", 9, 0, 0, number=9)),
    ),
    waived=(
        *REPORT.waived,
        Waived(replace(FORMULA, message="@旧的"), "已批准，见“纪要”\n第3条", "=县委督查室", date(2027, 6, 30), is_inline=True),
    ),
    counts=replace(REPORT.counts, files=6, schemes=5, indicators=7),
    rules={
        **REPORT.rules,
        "download-quota": RuleInfo(
            "download-quota",
            "adoption",
            "下载安装指标",
            "推广应用",
            "error",
            "把应用的下载量、激活率作为要求的内容。\n\n- 写作“鼓励”而挂着通报的也算 <b>&amp;",
            "装了多少不等于办成了多少。",
            "不设豁免。",
            QUOTA.basis,
            "https://example.org/rules/download-quota.html",
        ),
        "vague-scoring": RuleInfo("vague-scoring", "scheme", "评分含糊", "方案本身", "advice"),
        "unreadable-file": RuleInfo("unreadable-file", "reading", "文件不能读取", "读取"),
    },
    in_force=(*REPORT.in_force, "未用规则 usage-ranking"),
    drafts=(
        *REPORT.drafts,
        DraftInfo(
            ODD.path,
            (
                SchemeInfo(
                    "📱数字政务",
                    indicators=(
                        IndicatorInfo("👨‍👩‍👧‍👦推广", Decimal(10), "b1" * 16),
                        IndicatorInfo("=HYPERLINK(0)", Decimal(5), "b2" * 16),
                        IndicatorInfo("好的", Decimal("2.5"), "b3" * 16),
                    ),
                ),
            ),
            sha256="ef" * 32,
        ),
        *(DraftInfo(f.path, (SchemeInfo("细则", indicators=(IndicatorInfo("推广"),)),), sha256="01" * 32) for f in (WORD, CELL, PAGE)),
    ),
)

_INDICATORS = tuple(IndicatorInfo(name) for name in "甲乙丙")

CLEAN = Report(
    date(2026, 11, 23),
    counts=Counts(files=1, schemes=1, indicators=3, rules_selected=34, rules_applicable=34),
    drafts=(DraftInfo("清河县/细则.txt", (SchemeInfo("数字政务考核细则", indicators=_INDICATORS),), True, "cd" * 32, Decimal(1)),),
    rules_version="0.1.0+0123456789ab",
    rules_title="中央规定 2026.11 版",
)
