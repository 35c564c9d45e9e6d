"""What an opinion sheet says: its conclusion, its rows, what was not judged."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assesslint.findings.model import Basis, DraftInfo, Finding, IndicatorInfo, Notice, SchemeInfo
from assesslint.reports.opinion.conclusion import conclude
from assesslint.reports.opinion.content import opinion_of
from tests.reports.sample import CLEAN, CLOSED, QUOTA, REPORT, SOURCE


def draft(*points: int | None) -> DraftInfo:
    """Return a draft with one scheme, whose indicators 0, 1, … have these points."""
    indicators = tuple(IndicatorInfo(f"{n}", None if p is None else Decimal(p), f"{n}") for n, p in enumerate(points))
    return DraftInfo("a.docx", (SchemeInfo("细则", "", indicators),))


def finding(severity: str, indicator: int | None = None) -> Finding:
    name = "" if indicator is None else str(indicator)
    return Finding("x", "y", severity, "…", "a.docx", indicator=name, subject=name or "scheme")


@pytest.mark.parametrize(
    ("points", "findings", "expected"),
    [
        ((50, 50), (), "pass"),
        ((50, 50), (finding("advice", 0), finding("advice")), "pass"),
        ((50, 50), (finding("warning", 0), finding("warning", 1)), "mend"),
        ((50, 50), (finding("error", 0),), "mend"),
        ((51, 49), (finding("error", 0),), "reject"),
        ((51, 49), (finding("error", 1),), "mend"),
        ((30, 30, 40), (finding("error", 0), finding("error", 0), finding("error", 1)), "reject"),
        ((30, 30, 40), (finding("error", 0), finding("warning", 1)), "mend"),
        ((None, None, None), (finding("error", 0), finding("error", 2)), "reject"),
        ((None, None, None), (finding("error", 0),), "mend"),
        ((60, None, None), (finding("error", 1), finding("error", 2)), "mend"),
        ((100,), (finding("error"),), "mend"),
        ((), (finding("warning"),), "mend"),
    ],
)
def test_the_conclusion_follows_from_the_points_that_hang_on_errors(
    points: tuple[int | None, ...], findings: tuple[Finding, ...], expected: str
) -> None:
    assert conclude(draft(*points), findings, "zh").id == expected


def test_one_scheme_of_a_draft_that_must_be_drawn_up_anew_is_enough() -> None:
    two = DraftInfo("a.docx", (*draft(10, 90).schemes, *draft(90, 10).schemes))
    assert conclude(replace(two, schemes=two.schemes[:1]), (finding("error", 0),), "zh").id == "mend"
    assert conclude(two, (finding("error", 0),), "zh").id == "reject"


def test_what_a_baseline_knows_is_said_where_a_draft_passes() -> None:
    known = (finding("error", 0), finding("advice"))
    said = conclude(draft(50, 50), (), "zh", known)
    assert (said.id, said.reason) == ("pass", "除存量清单已知的错误和警告 1 处外，没有发现错误和警告")
    assert "known to the baseline: 1" in conclude(draft(50, 50), (), "en", known).reason
    sheet, _ = opinion_of(replace(REPORT, known=(replace(known[0], path=REPORT.drafts[0].path),))).sheets
    assert ("存量清单已知的问题", ("全文：x，…",)) in sheet.lists


def test_a_draft_in_which_nothing_was_read_does_not_pass() -> None:
    said = conclude(DraftInfo("a.docx", readable=False), (CLOSED,), "zh")
    assert (said.id, said.shown("zh"), said.shown("en")) == ("reject", "不予通过", "not passed")


def test_a_draft_in_which_no_indicator_was_recognised_does_not_pass() -> None:
    unrecognised = Finding("nothing-recognised", "reading", "error", "…", "a.docx")
    assert conclude(draft(), (unrecognised,), "zh").id == "reject"
    assert conclude(draft(5), (replace(unrecognised, rule="unreadable-page"),), "zh").id == "mend"


def test_a_sheet_says_what_was_found_where_and_why() -> None:
    sheet, closed = opinion_of(REPORT).sheets
    assert (sheet.scheme, sheet.issuer, sheet.indicators, sheet.counts) == ("《数字政务考核细则》", "清河县人民政府办公室", 2, (1, 1, 1))
    row = sheet.rows[1]
    assert row.place == "应用推广\n第3行第15字"
    assert row.words == "激活率达到50%"
    assert row.problem == "【错误】下载安装指标。“激活率达到50%”把“干部之家”的激活作为考核要求"
    assert row.norm == "疑不符合依据1、2"
    assert sheet.norms == ("《政务移动互联网应用程序管理办法》（条号待核）", "《关于防治“指尖上的形式主义”的若干意见》（条号待核）")
    assert row.advice == QUOTA.advice
    assert dict(sheet.lists)["未能判断的内容"] == ("第4行第20字：有看不见的字符 U+200B",)
    column = SOURCE.text.splitlines()[3].index("每日打卡") + 1
    assert dict(sheet.lists)["已批准的豁免"] == (f"第4行第{column}字：打卡定位，县委督查室批准，有效至 2027-06-30，理由：试点期间",)
    assert dict(sheet.lists)["检查设置"] == REPORT.in_force
    assert closed.conclusion == "不予通过"
    assert closed.rows[0].place == "全文"


def test_a_norm_is_listed_once_however_often_it_is_cited() -> None:
    sure, likely = (Basis("A", clause, f"《甲》第{clause}条", confidence) for clause, confidence in (("三", "sure"), ("四", "likely")))
    cited = [(likely,), (), (sure, likely), (likely, sure)]
    findings = tuple(replace(QUOTA, path=REPORT.drafts[0].path, basis=basis) for basis in cited)
    sheet = opinion_of(replace(REPORT, findings=findings)).sheets[0]
    assert sheet.norms == ("《甲》第四条（条号待核）", "《甲》第三条")
    assert [row.norm for row in sheet.rows] == ["疑不符合依据1", "", "不符合依据2\n疑不符合依据1", "疑不符合依据1\n不符合依据2"]
    english = opinion_of(replace(REPORT, findings=findings, lang="en")).sheets[0]
    assert [row.norm for row in english.rows][2] == "contrary to norm 2\nprobably contrary to norm 1"


def test_the_rules_are_named_in_words_and_told_apart_under_the_signatures() -> None:
    opinion = opinion_of(replace(REPORT, rules_title="中央规定 2026.11 版", rules_version="central 2026.11 (0.1.0+0123)"))
    assert ("规则版本", "中央规定 2026.11 版") in opinion.dated
    assert opinion.note.endswith("检查所用规则：central 2026.11 (0.1.0+0123)。")
    assert ("规则版本", REPORT.rules_version) in opinion_of(replace(REPORT, rules_title="")).dated


def test_nothing_of_a_draft_steers_the_page() -> None:
    said = str(opinion_of(REPORT).sheets)
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_findings_that_concern_no_draft_are_kept() -> None:
    report = replace(CLEAN, findings=(Finding("waiver-unused", "waiver", "advice", "豁免没有用到", "waivers.toml"),))
    opinion = opinion_of(report)
    assert opinion.others == ("waivers.toml：豁免没有用到",)
    assert opinion.lists(opinion.sheets[0]) == [("草案之外的情况", opinion.others)]


def test_files_that_were_not_checked_are_told_and_counted() -> None:
    skipped = tuple(Notice("skipped-file", "未检查", f"{number}.jpg") for number in range(25))
    others = opinion_of(replace(CLEAN, notices=skipped)).others
    assert (others[0], others[-1], len(others)) == ("0.jpg：未检查", "另有 5 条，见检查报告", 21)


def test_english_is_english() -> None:
    opinion = opinion_of(replace(REPORT, lang="en"))
    [head, *_] = opinion.facts(opinion.sheets[0])
    assert head == [("Scheme", "数字政务考核细则")]
    assert opinion.sheets[0].rows[1].place == "应用推广\nline 3, character 15"
    assert opinion.choices == "passed□　　passed once mended□　　not passed□"
