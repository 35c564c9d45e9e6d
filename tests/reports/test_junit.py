"""JUnit XML as junitparser and another XML parser read it: one test an indicator, and no text of a draft lost but what XML cannot hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from junitparser import Failure, JUnitXml, Skipped, TestSuite
from lxml import etree

from assesslint.findings.model import DraftInfo, Finding, IndicatorInfo, Report, SchemeInfo
from assesslint.reports.junit import render_junit
from tests.reports.sample import CHECK_IN, CLEAN, FULL, ODD, QUOTA, SOURCE


def suites(report: Report) -> dict[str, TestSuite]:
    return {suite.name: suite for suite in JUnitXml.fromstring(render_junit(report).encode())}


def output(suite: TestSuite) -> str:
    return suite._elem.findtext("system-out") or ""


def cases(report: Report, path: str) -> dict[str, Any]:
    return {case.name: case for case in suites(report)[path]}


def test_numbers_told_are_those_of_the_tests() -> None:
    whole = JUnitXml.fromstring(render_junit(FULL).encode())
    told = (whole.tests, whole.failures, whole.errors, whole.skipped)
    whole.update_statistics()
    assert told == (whole.tests, whole.failures, whole.errors, whole.skipped)
    assert told[0] > told[1] > 0


def test_every_indicator_is_a_test() -> None:
    for draft in FULL.drafts:
        names = [case.name for case in suites(FULL)[draft.path.replace("\x1b", "\ufffd").replace("\u202e", "\ufffd")]]
        assert [indicator.name for scheme in draft.schemes for indicator in scheme.indicators if indicator.name not in names] == []
        assert len(set(names)) == len(names)


def test_a_test_fails_by_findings_at_the_failing_level_only() -> None:
    found = cases(FULL, SOURCE.path)
    [failure] = found["应用推广"].result
    assert isinstance(failure, Failure)
    assert failure.message == QUOTA.message
    assert QUOTA.advice in failure.text
    assert found["应用推广"]._elem.get("line") == "3"
    assert found["（方案整体）"].is_passed
    assert "标题里的年份可省去" in found["（方案整体）"].system_out
    strict = cases(replace(FULL, fail_on="advice"), SOURCE.path)
    assert not strict["（方案整体）"].is_passed


def test_what_is_waived_is_skipped_unless_something_else_fails() -> None:
    [skipped] = cases(FULL, SOURCE.path)["在岗"].result
    assert isinstance(skipped, Skipped)
    assert skipped.message == "已豁免: 县委督查室 批准至 2027-06-30：试点期间"
    [failed] = cases(replace(FULL, fail_on="warning"), SOURCE.path)["在岗"].result
    assert isinstance(failed, Failure)


def test_an_indicator_without_findings_passes() -> None:
    assert cases(FULL, ODD.path)["好的"].is_passed


def test_several_findings_of_an_indicator_are_one_failure_with_all_of_them() -> None:
    more = replace(CHECK_IN, severity="error", indicator=QUOTA.indicator, subject=QUOTA.subject)
    [failure] = cases(replace(FULL, findings=(QUOTA, more)), SOURCE.path)["应用推广"].result
    assert (failure.message, failure.type) == (f"{QUOTA.message} (+1)", "download-quota check-in")
    assert QUOTA.message in failure.text
    assert more.message in failure.text


def test_indicators_of_one_name_are_told_apart_by_what_they_say() -> None:
    scheme = SchemeInfo("细则", indicators=(IndicatorInfo("在岗", None, "aa"), IndicatorInfo("在岗", None, "bb")))
    finding = Finding("x", "y", "error", "…", "a.txt", scheme="细则", indicator="在岗", subject="bb")
    report = replace(CLEAN, drafts=(DraftInfo("a.txt", (scheme,)),), findings=(finding,))
    found = cases(report, "a.txt")
    assert (found["在岗"].is_passed, found["在岗 (2)"].is_passed) == (True, False)


def test_indicators_of_several_schemes_bear_their_names() -> None:
    schemes = tuple(SchemeInfo(name, indicators=(IndicatorInfo("推广"),)) for name in ("甲", "乙"))
    report = replace(CLEAN, drafts=(DraftInfo("a.txt", schemes),))
    assert list(cases(report, "a.txt")) == ["（文件）", "甲 / （方案整体）", "甲 / 推广", "乙 / （方案整体）", "乙 / 推广"]


def test_what_concerns_no_draft_has_a_place_too() -> None:
    finding = Finding("waiver-expired", "waiver", "error", "豁免已到期", "waivers.toml")
    found = suites(replace(FULL, findings=(finding,)))
    assert [case.name for case in found["waivers.toml"]] == ["（文件）"]
    assert "未检查" in output(found["a.jpg"])


def test_a_run_without_drafts_has_a_test_that_passes() -> None:
    [suite] = suites(Report(CLEAN.judged_on, of_rules=True)).values()
    assert [(suite.name, case.name, case.is_passed) for case in suite] == [("assesslint", "（本次检查）", True)]


def test_notices_and_settings_are_told() -> None:
    suite = suites(FULL)[SOURCE.path]
    assert "有看不见的字符 U+200B" in output(suite)
    assert [p.value for p in suite.properties() if p.name == "in-force"] == list(FULL.in_force)


@pytest.mark.parametrize("report", [FULL, CLEAN], ids=["full", "clean"])
def test_it_is_xml(report: Report, tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(render_junit(report), encoding="utf-8")
    root = etree.parse(str(tmp_path / "report.xml"), etree.XMLParser(huge_tree=False)).getroot()
    assert root.get("name") == "assesslint"
    assert root.getroottree().docinfo.encoding == "UTF-8"
