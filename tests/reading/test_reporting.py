"""Sentences that ask for something to be handed in → Reporting: how often, to whom, through what, and who has it already."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assesslint.reading.facts import NO_WORDS, Reporting
from tests.reading.drafts import read, read_cells, said


def report(force: str = "scored", **rest: Any) -> Reporting:
    return Reporting(NO_WORDS, force, **rest)


DAY, WEEK, MONTH = Decimal(1), Decimal(7), Decimal(30)

REPORTS: list[tuple[str, str, Reporting]] = [
    ("每日17时前报送工作进展，无情况也须零报告。", "每日17时前报送工作进展，无情况也须零报告",
     report(frequency=DAY, zero_report=True, pace="slow")),
    ("每周一向县农业农村局报送进度表。", "每周一向县农业农村局报送", report(frequency=WEEK)),
    ("同一数据分别录入综治平台和网格系统。", "分别录入", report(actor="village", systems=("综治平台", "网格系统"), repeated=True)),
    ("人工逐户采集户籍信息并填报。", "逐户采集", report(held_by="公安", means="by_hand", pace="slow")),
    ("每日填报防汛值班情况。", "每日填报", report(frequency=DAY, circumstance="emergency", pace="slow")),
    ("应急响应期间每4小时报送一次雨情水情。", "每4小时报送一次", report(frequency=Decimal(1) / 6, circumstance="emergency", pace="fast")),
    ("每半月报送残疾人信息台账。", "每半月报", report(frequency=Decimal(15), held_by="其他部门", pace="slow")),
    ("每季度报送一次工作总结。", "每季度报送一次", report(frequency=Decimal(91))),
    ("每日更新台账。", "每日更新", report(frequency=DAY, pace="slow")),
    ("发生突发事件的，2小时内上报。", "上报", report(circumstance="emergency", pace="fast")),
    ("实行零报告制度。", "零报告制度", report(zero_report=True)),
    ("不再要求每日报送。", "每日报送", report("withdrawn", frequency=DAY)),
    ("取消日报、周报。", "日报", report("withdrawn", frequency=DAY)),
    ("每天上午9点前由村干部手工填写疫苗接种情况表，报卫生院。", "每天上午9点前由村干部手工填写",
     report(frequency=DAY, actor="village", recipients=("卫生院",), held_by="医疗机构", means="by_hand", pace="slow")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "expected"), REPORTS)
def test_a_sentence_that_asks_for_a_report(text: str, words: str, expected: Reporting) -> None:
    assert [said(r) for r in read(text).reporting] == [(words, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "每日走访2户。",
        "每季度召开推进会。",
        "一次采集、多方共享，不重复报送。",
        "按时申报高新技术企业。",
        "天气预报及时发布。",
        "台账资料齐全即得满分。",
        "参加会议须报名。",
        "",
    ],
)
def test_sentences_that_ask_for_none(text: str) -> None:
    assert [r for r in read(text).reporting if r.force not in ("prohibited", "withdrawn", "mentioned")] == []


def test_one_report_a_sentence() -> None:
    assert [r.frequency for r in read("每日报送、填报、上报。每周汇总上报。").reporting] == [DAY, WEEK]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("每月5日前报县农业农村局。", ("农业农村局",)),
        ("每月报县教育局、县民政局和县财政局。", ("教育局", "民政局", "财政局")),
        ("每月报送镇党建办，抄送县委组织部。", ("镇党建办", "组织部")),
        ("每月报送进度。", ()),
    ],
)
def test_to_whom(text: str, recipients: tuple[str, ...]) -> None:
    (found,) = read(text).reporting
    assert len(found.recipients) == len(recipients)
    assert all(told.endswith(body.removeprefix("县").removeprefix("镇")) for told, body in zip(found.recipients, recipients, strict=True))


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ("同一事项分别录入两个系统。", True),
        ("报送县委办一份，报送县政府办一份。", True),
        ("在省系统填报后，再次录入县平台。", True),
        ("在省系统填报。", False),
        ("无需重复报送，一次报送各级共用。", False),
    ],
)
def test_whether_the_same_is_handed_in_twice(text: str, repeated: bool) -> None:
    assert any(r.repeated and r.force == "scored" for r in read(text).reporting) is repeated


@pytest.mark.parametrize(
    ("text", "zero"),
    [
        ("每日报送，没有情况也要报。", True),
        ("每日报送，无新增的填“0”。", True),
        ("落实零报告制度。", True),
        ("每日报送受灾情况。", False),
        ("报送数据零差错。", False),
    ],
)
def test_whether_nothing_is_to_be_reported_too(text: str, zero: bool) -> None:
    assert any(r.zero_report for r in read(text).reporting) is zero


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("每月由网格员手工填报。", "by_hand"),
        ("每月由系统自动生成并报送。", "automatic"),
        ("每月通过共享接口推送，报送汇总数。", "shared"),
        ("每月报送。", "unknown"),
    ],
)
def test_by_what_means(text: str, means: str) -> None:
    assert [r.means for r in read(text).reporting] == [means]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("逐户填报户籍信息。", "公安"),
        ("逐户填报低保对象名单。", "民政"),
        ("村医填报疫苗接种情况。", "医疗机构"),
        ("填报社保缴费记录。", "人社(社保)"),
        ("填报项目进度。", None),
        ("卫生院通过直报系统报送接种信息。", None),
    ],
)
def test_who_has_it_already(text: str, holder: str | None) -> None:
    assert [r.held_by for r in read(text).reporting] == [holder]


def test_a_cell_of_frequency_tells_how_often_only_where_something_is_reported() -> None:
    assert [said(r) for r in read_cells({"content": "报送工作台账。", "frequency": "每周"}).reporting] == [
        ("报送", report(pace="slow")),
        ("每周", report(frequency=WEEK)),
    ]
    assert read_cells({"content": "提升服务质量。", "frequency": "每周"}).reporting == ()
    assert [said(r) for r in read("季报一次", "frequency").reporting] == [("季报", report(frequency=Decimal(91)))]


def test_so_many_items_a_week_is_a_quota_and_no_weekly_report() -> None:
    (asked,) = read("每月报送信息10条。").reporting
    assert asked.frequency in (None, MONTH)
    assert [d.action for d in read("每月报送信息10条。").demands] == ["report_item"]
