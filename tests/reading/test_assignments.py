"""Work handed down → Assignment, with whose it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assesslint.reading.facts import NO_WORDS, Assignment
from assesslint.reading.read import read_scheme
from assesslint.scheme.model import Prose
from tests.reading.drafts import draft, read, said


def assignment(actor: str, force: str = "required") -> Assignment:
    return Assignment(NO_WORDS, force, actor=actor, duty_of_issuer=True)


ASSIGNMENTS: list[tuple[str, list[tuple[str, Assignment]]]] = [
    ("行政处罚属我局法定职责，交由乡镇以自己名义办理。", [("属我局法定职责，交由乡镇", assignment("township"))]),
    ("出具居民身份证明属公安机关法定职责，由社区出具。", [("属公安机关法定职责，由社区出具", assignment("village"))]),
    ("经县政府同意赋权的事项由街道承接。", []),
    ("我局执法事项不得转交乡镇。", [("我局执法事项不得转交乡镇", assignment("township", "prohibited"))]),
    ("县住建局负责房屋安全鉴定，村（社区）配合。", []),
    ("村（社区）做好环境卫生。", []),
    ("本局审批事项由本局直接办理。", []),
]


@pytest.mark.parametrize(("text", "expected"), ASSIGNMENTS)
def test_work_handed_down(text: str, expected: list[tuple[str, Assignment]]) -> None:
    assert [said(a) for a in read(text).assignments] == expected


@pytest.mark.parametrize(
    "text",
    [
        "取水许可由县水利局核发，为方便群众，现改由镇水管员上门勘验并签字，逾期一件扣0.5分。",
        "动物检疫系县畜牧中心的法定职责。因人手不足，一律由村防疫员代为出具证明。",
        "县城管局承担的占道经营处罚，本年度压给街道，结案率低于九成的扣分。",
        "市场监管执法权在县局，日常检查由各镇自行组织，少一次扣0.2分。",
        "燃气企业检查属分局职责范围，各街道应于每月底前代为完成并签署结论。",
    ],
)
def test_a_matter_of_an_office_done_by_the_grassroots(text: str) -> None:
    assert [a.force for a in read(text).assignments] == ["required"]


@pytest.mark.parametrize(
    "text",
    [
        "取水许可由县水利局核发，村委会只负责告知办理地点。",
        "占道经营由县城管局查处，乡镇发现后转告即可，未转告的不扣分。",
        "县直部门对各镇道路养护质量打分，各镇组织群众评议。",
        "此前交乡镇代办的审批勘验，6月底前由部门接回自办。",
        "由对该行业负有监管职责的部门督促企业整改，移交的隐患逾期未改扣2分。",
        "列入强制免疫的病种由县畜牧局统一供苗，村防疫员按计划注射。",
    ],
)
def test_a_matter_that_stays_with_its_office(text: str) -> None:
    assert read(text).assignments == ()


@pytest.mark.parametrize(
    ("text", "handed"),
    [
        ("由各村负责违建拆除，缺一户扣1分。", ["违建拆除"]),
        ("配合做好违建拆除。", []),
        ("经县政府同意，由各村负责违建拆除。", []),
        ("由各村负责环境卫生。", []),
    ],
)
def test_a_matter_of_the_schemes_own_list_of_duties(text: str, handed: list[str]) -> None:
    scheme, source = draft({"scoring": text})
    facts = read_scheme(replace(scheme, duties=(Prose("违建拆除"),)), source).facts
    assert [a.words.text for a in facts.indicators[0].assignments if a.duty_of_issuer] == handed


@pytest.mark.parametrize(
    ("text", "force", "voice"),
    [
        ("违建拆除工作交由各村承担。", "required", "own"),
        ("不得将违建拆除工作交由各村承担。", "prohibited", "own"),
        ("据反映，有的地方将违建拆除工作交由各村承担。", "required", "quoted"),
    ],
)
def test_a_listed_duty_handed_down_may_be_forbidden_or_told_of_others(text: str, force: str, voice: str) -> None:
    scheme, source = draft({"scoring": text})
    facts = read_scheme(replace(scheme, duties=(Prose("违建拆除"),)), source).facts
    assert [(a.force, a.voice) for a in facts.indicators[0].assignments] == [(force, voice)]
