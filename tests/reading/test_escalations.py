"""A target lifted above the superior's → Escalation: said, shown by two figures, or seen beside the superior's own scheme."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assesslint.reading.facts import NO_WORDS, Escalation, Step
from assesslint.reading.read import read_scheme
from assesslint.scheme.model import Scheme, Term
from tests.reading.drafts import draft, read, said


def escalation(*levels: tuple[str, int], force: str = "required") -> Escalation:
    return Escalation(NO_WORDS, force, levels=tuple(Step(level, Decimal(value)) for level, value in levels))


ESCALATIONS: list[tuple[str, list[tuple[str, Escalation]]]] = [
    ("在省定目标基础上再提高5个百分点。", [("省定目标基础上再提高5个百分点", escalation())]),
    ("确保提前一个月完成省定任务。", [("提前一个月", escalation())]),
    ("任务逐级加码分解。", [("逐级加码", escalation())]),
    ("不得在上级目标基础上层层加码。", [("层层加码", escalation(force="prohibited"))]),
    ("层层加码的，扣2分。", [("层层加码", escalation(force="prohibited"))]),
    ("与省定目标保持一致。", []),
    ("不得层层加码，按省定目标分解。", []),
    ("省定目标80%，县定目标80%。", []),
    ("提前完成秋收。", []),
    ("市下达200户，为留有余地，各镇按比例多报。", [("留有余地", escalation())]),
    ("市下达的二次加压供水设施改造任务全部完成。", []),
    ("在上年基础上提高收入。", []),
    ("满意度达到90%，比上年提高5个百分点。", []),
    ("在县定目标上自加2个百分点。", [("自加2个百分点", escalation())]),
    ("增速达到6%得3分，每再高5个百分点加1分。", []),
    ("增速达到6%得3分，再高5个百分点的加1分。", []),
    ("市下达6%，各镇再高5个百分点的加1分。", [("再高5个百分点", escalation())]),
]


@pytest.mark.parametrize(("text", "expected"), ESCALATIONS)
def test_a_target_said_to_be_raised(text: str, expected: list[tuple[str, Escalation]]) -> None:
    assert [said(e) for e in read(text).escalations] == expected


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("市定目标60%，各乡镇按75%分解。", [60, 75]),
        ("省下达任务100户，我县按120户分解。", [100, 120]),
        ("省定目标80%，本县按80%执行。", None),
        ("省定目标80%，本县按70%执行。", None),
        ("去年完成60%，今年各乡镇按75%推进。", None),
        ("省定目标80%，本县提前20天。", None),
    ],
)
def test_a_target_shown_to_be_raised(text: str, figures: list[int] | None) -> None:
    shown = [[step.value for step in e.levels] for e in read(text).escalations if e.levels]
    assert shown == ([] if figures is None else [figures])


@pytest.mark.parametrize(
    "text",
    [
        "省里要求12月底前完成，我县定于9月底前完成。",
        "省定次年3月底竣工，市里提到当年年底。",
        "县里明确国庆前完工，本镇各村一律8月中旬交账。",
        "省厅2027年底达标，我市2026年6月底前达标。",
        "各乡镇任务合计960户（市下达我县800户）。",
        "省下达我市92%，市下达我县94%，各乡镇按97%执行。",
        "市考核线85%，区按90%压给街道。",
        "省里定的是两成，本办法按三成计分。",
        "市定满意度88分，我县取93分。",
    ],
)
def test_a_level_below_asks_for_more_or_sooner(text: str) -> None:
    assert len(read(text).escalations) == 1


@pytest.mark.parametrize(
    "text",
    [
        "省里要求9月底前完成，我县定于9月底前完成。",
        "省里要求9月底前完成，我县12月底前完成扫尾。",
        "市里要求12月底前完成，各乡镇于11月中旬报送总结。",
        "省下达资金100万元，各乡镇投入120万元。",
        "省下达我市92%，市下达我县92%，各乡镇按92%执行。",
        "省级示范村2个得2分，县级示范村5个得1分。",
        "省下达任务100户，各乡镇排查120人。",
    ],
)
def test_a_level_below_asks_for_no_more(text: str) -> None:
    assert read(text).escalations == ()


def beside(own: str, superior: str) -> tuple[Escalation, ...]:
    """Return the escalations of a county's scheme read beside its province's."""

    def scheme(text: str, level: str) -> Scheme:
        made, _ = draft({"scoring": text})
        return Scheme(made.name, level=Term(level), items=made.items, form="text")

    return read_scheme(scheme(own, "county"), parent=scheme(superior, "province")).facts.indicators[0].escalations


@pytest.mark.parametrize(
    ("own", "superior", "levels"),
    [
        ("APP激活率达到60%。", "APP激活率达到40%。", (("province", 40), ("county", 60))),
        ("厕所普及率达到95%。", "厕所普及率达到90%。", (("province", 90), ("county", 95))),
        ("APP激活率达到40%。", "APP激活率达到40%。", None),
        ("APP激活率达到30%。", "APP激活率达到40%。", None),
        ("APP激活率达到60%。", "公众号关注率达到40%。", None),
        ("APP激活量达到600户。", "APP激活率达到40%。", None),
        ("APP激活率达到60%。", "", None),
    ],
)
def test_a_target_raised_above_the_superiors_own_scheme(own: str, superior: str, levels: tuple[Any, ...] | None) -> None:
    assert [e.levels for e in beside(own, superior)] == ([] if levels is None else [escalation(*levels).levels])


def test_of_two_figures_of_the_superior_the_higher_counts() -> None:
    assert beside("APP激活率达到60%。", "APP激活率达到40%。APP激活率达到70%。") == ()
