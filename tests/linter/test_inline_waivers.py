"""Waivers that a scheme declares itself: honoured at their own indicator only, told of when they excuse nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assesslint.findings.model import Report
from assesslint.linter.check import check
from assesslint.scheme.parse import parse_schemes
from assesslint.text.source import Source

Judged = Callable[..., Report]
DAY = date(2026, 11, 27)
WAIVER = '豁免 "check-in" { 理由: "汛期值守"  批准: "县减负办"  期限: 2027-06-30 }'


def draft(waiver: str, beside: str = "") -> str:
    return f"""方案 "防汛细则" {{
  {beside}
  指标 "在岗值守" 10分 {{
    佐证: 打卡记录, 系统数据
    {waiver}
  }}
  指标 "巡查" 10分 {{
    佐证: 打卡记录, 系统数据
  }}
}}
"""


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judged:
    monkeypatch.chdir(tmp_path)

    def run(text: str, config: str = "") -> Report:
        file, settings = tmp_path / "draft.assess", tmp_path / "settings.toml"
        file.write_text(text, encoding="utf-8")
        settings.write_text(config, encoding="utf-8")
        return check([file], config=settings, as_of=DAY, select=["check-in"])

    return run


def said(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.indicator) for finding in report.findings]


def test_it_excuses_its_own_indicator_alone(judged: Judged) -> None:
    report = judged(draft(WAIVER))
    assert said(report) == [("check-in", "巡查")]
    assert [(w.finding.indicator, w.reason, w.approver, w.until, w.is_inline) for w in report.waived] == [
        ("在岗值守", "汛期值守", "县减负办", date(2027, 6, 30), True)
    ]


def test_one_of_the_scheme_excuses_no_indicator(judged: Judged) -> None:
    report = judged(draft("", beside=WAIVER))
    assert sorted(said(report)) == [("check-in", "在岗值守"), ("check-in", "巡查"), ("waiver-unused", "")]


def test_it_ends(judged: Judged) -> None:
    report = judged(draft(WAIVER.replace("2027", "2025")))
    assert ("waiver-expired", "在岗值守") in said(report)
    assert report.waived == ()


def test_an_unused_one_can_be_taken_out_whole(judged: Judged) -> None:
    text = draft(WAIVER).replace("打卡记录, ", "", 1)
    (finding,) = (f for f in judged(text).findings if f.rule == "waiver-unused")
    assert finding.fix is not None
    assert finding.fix.safe
    (edit,) = finding.fix.edits
    mended = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert mended == text.replace(f"    {WAIVER}\n", "")
    assert not parse_schemes(Source("a", mended)).findings


def test_one_for_no_rule_is_told_with_the_nearest(judged: Judged) -> None:
    report = judged(draft(WAIVER.replace("check-in", "chek-in")))
    (finding,) = (f for f in report.findings if f.rule == "waiver-unknown")
    assert finding.message == "没有规则“chek-in”，这项豁免不起作用，是不是要写 check-in？"
    assert finding.fix is not None
    assert finding.fix.edits[0].text == "check-in"
    assert report.waived == ()


def test_one_without_its_approver_is_a_mistake_and_excuses_nothing(judged: Judged) -> None:
    report = judged(draft(WAIVER.replace('批准: "县减负办"  ', "")))
    assert [f.message for f in report.findings if f.rule == "syntax-error"] == ["“豁免”缺少批准，不起作用"]
    assert report.waived == ()


def test_a_rule_that_allows_none_refuses_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = draft(WAIVER.replace("check-in", "download-quota"))
    (tmp_path / "draft.assess").write_text(text, encoding="utf-8")
    report = check([tmp_path / "draft.assess"], as_of=DAY)
    assert ("waiver-refused", "在岗值守") in said(report)


def test_configuration_can_refuse_them_all_and_the_report_says_so(judged: Judged) -> None:
    report = judged(draft(WAIVER), "inline-waivers = false")
    assert sorted(said(report)) == [("check-in", "在岗值守"), ("check-in", "巡查")]
    assert "不采用方案里写的豁免" in report.in_force
