"""Visits from above → Inspections: how often, by whom, whether they score."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assesslint.reading.facts import NO_WORDS, Inspection
from tests.reading.drafts import read, said


def inspection(days: int | None, method: str = "announced", force: str = "scored", scored: bool = True, **rest: Any) -> Inspection:
    return Inspection(NO_WORDS, force, frequency=None if days is None else Decimal(days), method=method, scored=scored, **rest)


INSPECTIONS: list[tuple[str, list[tuple[str, Inspection]]]] = [
    ("县委督查室每月督查一次。", [("每月督查一次", inspection(30, bodies=("督查室",)))]),
    ("县农业农村局、生态环境局、住建局分别每季度检查一次。",
     [("县农业农村局、生态环境局、住建局分别每季度检查一次",
       inspection(91, bodies=("县农业农村局", "生态环境局", "住建局"), several=True))]),
    ("每月督查，合并开展。", [("每月督查", inspection(30, merged=True))]),
    ("镇领导带队每月巡回检查1次。", [("每月巡回检查1次", inspection(30))]),
    ("每周突击检查1次。", [("每周突击检查1次", inspection(7, "unannounced"))]),
    ("县整治办每周暗访一次。", [("每周暗访一次", inspection(7))]),
    ("每周视频巡查一次。", [("每周视频巡查一次", inspection(7, "online"))]),
    ("不得多头重复检查。", [("重复检查", inspection(None, force="prohibited", several=True))]),
    ("网格员每日巡查2次。", []),
    ("每月开展隐患自查自纠。", []),
    ("对企业每季度检查一次。", []),
    ("每月对辖区餐饮单位开展食品安全检查。", []),
    ("上级督查反馈问题整改到位。", []),
    ("多个部门的检查结果互认。", []),
    ("全年接受上级检查。", []),
    ("被市局各科室书面通报两次的，考核等次定为末等。", []),
    ("每月报送信息，迎接年度督查。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), INSPECTIONS)
def test_who_comes_how_often(text: str, expected: list[tuple[str, Inspection]]) -> None:
    assert [said(i) for i in read(text).inspections] == expected


def test_the_visits_of_a_provision_score_only_where_it_says_so() -> None:
    assert [i.scored for i in read("县委督查室每月督查一次。", "content", kind="provision", points=None).inspections] == [False]
    assert [i.scored for i in read("县委督查室每月督查一次，扣分计入总分。", "content", kind="provision", points=None).inspections] == [
        True
    ]


def test_several_bodies_are_two_at_least() -> None:
    (found,) = read("各相关部门每月分别下村检查。").inspections
    assert found.several
    assert found.frequency == 30


def test_one_visit_a_clause() -> None:
    assert [i.frequency for i in read("每月督查督导检查一次，每周暗访抽查一次。").inspections] == [30, 7]


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("发改、财政、审计依次进村查同一本账，每家均打分。", True),
        ("四家各来一趟，查出一处扣1分。", True),
        ("包片领导逐月上门验看台账，差一项扣0.2分。", False),
        ("县专班每10天到现场打一次分。", False),
    ],
)
def test_a_visit_is_told_by_who_goes_where_to_look(text: str, several: bool) -> None:
    assert [i.several for i in read(text).inspections][:1] == [several]


@pytest.mark.parametrize(
    "text",
    [
        "督导员每日在校门口值守。",
        "网格员每周到户走访查看。",
        "材料审批走一遍会签流程，每月归档。",
        "消防救援大队、市场监管局数据。",
    ],
)
def test_who_only_bears_the_word_comes_to_nobody(text: str) -> None:
    assert read(text).inspections == ()


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("县农业农村局会同县住建局、县生态环境分局每半年开展一次联合检查，检查结果计入总分。", {False}),
        ("多部门联合检查每半年一次，每处扣1分。", {False}),
        ("县委督查室、县纪委联合检查，每处扣1分。", {False}),
        ("多部门联合检查每半年一次，县级每半年督查结果计入总分。", {False}),
        ("县委办、县政府办共同组织实施，每半年检查一次。", {False}),
        ("县委督查室、县纪委每半年分别检查一次，每处扣1分。", {True}),
        ("各部门分别检查，重大事项联合检查。", {True}),
    ],
)
def test_several_who_come_together_come_once(text: str, several: set[bool]) -> None:
    assert {i.several for i in read(text).inspections} == several


def test_a_joint_visit_every_month_still_comes_every_month() -> None:
    (found,) = read("县委督查室、县纪委每月联合检查一次，每处扣1分。").inspections
    assert (found.frequency, found.several, found.merged) == (30, False, False)
