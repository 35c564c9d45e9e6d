"""What is to be reached: of whom a share is one, for whom it is beyond choice, and which figure belongs to which demand."""

from __future__ import annotations

import pytest

from tests.reading.drafts import read, read_cells


def targets(text: str, action: str) -> list[tuple[str, bool]]:
    """Return population and universality of the targets of an action."""
    return [(d.target.of, d.target.universal) for d in read(text).demands if d.action == action and d.target is not None]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("以2024年末常住人口为基数，“码上办”小程序日活达到三成得满分。", "residents"),
        ("“码上办”小程序日活达到户籍人口的三成得满分。", "registered_population"),
        ("“码上办”小程序日活达到流动人口的三成得满分。", "target_group"),
        ("“码上办”小程序日活达到三成得满分，含老年人。", "residents"),
        ("“码上办”小程序日活达到三成得满分，不含老年人。", "unknown"),
        ("“码上办”小程序日活达到三成得满分。外出务工人员不作剔除。", "residents"),
    ],
)
def test_of_whom_a_share_is_one(text: str, of: str) -> None:
    assert {population for population, _ in targets(text, "be_active")} == {of}


@pytest.mark.parametrize(
    ("text", "universal"),
    [
        ("干部一律完成线上考试，缺一人扣0.1分。", True),
        ("全部教职工完成线上考试。", True),
        ("每名干部线上考试不少于2次。", False),
        ("“全民学法平台”线上考试参考率达到85%。", False),
    ],
)
def test_whether_everybody_is_meant(text: str, universal: bool) -> None:
    assert any(all_of_them for _, all_of_them in targets(text, "answer_quiz")) is universal


def test_a_share_of_another_result_is_none_of_the_action() -> None:
    shares = [d.target for d in read("养老保险缴费差错48小时内更正率100%。").demands if d.control == "voluntary"]
    assert all(target is None or target.value is None for target in shares)


@pytest.mark.parametrize(
    ("text", "control"), [("依《安全生产法》应当投保的单位投保率100%。", "legal_duty"), ("农户投保率100%。", "voluntary")]
)
def test_what_a_law_demands_is_voluntary_for_nobody(text: str, control: str) -> None:
    assert {d.control for d in read(text).demands} == {control}


@pytest.mark.parametrize(
    ("text", "members"),
    [("随机抽查村民20户，入群的得3分。", None), ("村民20户入群的得3分。", 20), ("入群人数随机抽查，每组不少于30人。", 30)],
)
def test_how_many_are_asked_is_no_target(text: str, members: int | None) -> None:
    asked = {d.target.value for d in read(text).demands if d.action == "join_group" and d.target is not None}
    assert asked == ({members} if members else set())


def test_growth_said_after_the_target_is_growth_of_it() -> None:
    demands = read("“码上办”小程序使用频次增长30%，此后逐年均按30%递增。").demands
    assert [d.target.growing for d in demands if d.target is not None] == [True]


def test_asking_for_no_complaints_may_itself_be_the_fault() -> None:
    demands = read_cells({"scoring": "向下提出“零投诉”“零信访”要求的，每项扣2分。"}).demands
    assert {d.force for d in demands if d.action == "avoid_complaints"} == {"prohibited"}
