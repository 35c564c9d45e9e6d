"""The prose of a standard: what points it says an indicator carries."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assesslint.documents.structure.grades import is_graded, points_of_each, told_points
from assesslint.text.normalise import normalise


@pytest.mark.parametrize(
    ("standard", "points"),
    [
        ("占比降到5%以下，得12分；降到10%以下，得8分；高于10%，得4分。", 12),
        ("发现一人扣1分，满分10分。", 10),
        ("每月驻村不少于20天，达到要求的得满分30分，每少1天扣2分。", 30),
        ("每篇得1分，得到批示的，每次得2分，封顶6分。", 6),
        ("超期未发的，每件减1分，减完10分为止。", 10),
        ("经核实脱岗的，一人次扣1分，共8分。", 8),
        ("不高于平均值的10分；高出部分每0.1个百分点减1分。", 10),
        ("在平台公示的，8分。完成率每低5个百分点扣1分。", 8),
        ("查实并通报的，本项6分全扣；未发生的得满分。", 6),
        ("平均成绩80分以上得8分，70分以上得6分。", 8),
        ("10分钟以内到达的得8分，每超1分钟减1分。", 8),
        ("办成率达九成，得十二分。", 12),
        ("每逾期1件扣2分，扣完为止。", None),
        ("每发现1起扣4分。", None),
        ("得分低于60分的，约谈。", None),
        ("考核得分在90分以上的为优秀。", None),
        ("每完成一项，得5分。", None),
        ("最多扣5分。", None),
        ("按比例得分。", None),
        ("响应时间不超过10分钟。", None),
    ],
)
def test_the_points_told_in_a_standard(standard: str, points: int | None) -> None:
    assert told_points(normalise(standard).text) == points


@pytest.mark.parametrize(
    ("kind", "text", "points"),
    [
        ("bonus", "每名加2分，累计不超过6分。", 6),
        ("bonus", "受到表彰的，加2分，不重复计算。", 2),
        ("bonus", "每面加1分。", None),
        ("deduction", "弄虚作假的，扣5分。", 5),
        ("deduction", "每起从总分中扣3分。", None),
    ],
)
def test_points_told_of_what_is_added_or_taken(kind: str, text: str, points: int | None) -> None:
    assert told_points(text, kind) == points


def test_points_of_each_item_under_a_heading() -> None:
    assert points_of_each("基础业务（45分，每项15分）") == Decimal(15)
    assert points_of_each("基础业务（45分）") is None


def test_what_grades_nothing() -> None:
    assert is_graded("迟报1次扣1分")
    assert not is_graded("考核结果分为合格（80分及以上）和不合格两个等次")
