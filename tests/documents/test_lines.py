"""One line at a time: its number, points, labels and heading."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assesslint.documents.model import Paragraph
from assesslint.documents.structure.lines import Line
from assesslint.documents.structure.names import heading_of
from assesslint.scheme.model import prose_at


def line(text: str) -> Line:
    return Line(Paragraph(prose_at(text, 0, len(text))))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第一部分 考核内容", "第一部分"),
        ("第三章　纪律", "第三章"),
        ("第十二条 本办法", "第十二条"),
        ("一、应用推广", "一、"),
        ("（一）下载", "（一）"),
        ("(二)下载", "（二）"),
        ("1．下载", "1."),
        ("12、下载", "12、"),
        ("1.2 下载", "1.2"),
        ("（3）下载", "（3）"),
        ("3）下载", "3）"),
        ("③下载", "3"),
        ("1 应用推广", "1"),
        ("指标2：下载", "指标2："),
        ("● 下载", "●"),
        ("- 下载", "-"),
        ("a. 下载", "a."),
        ("一是下载", "一是"),
        ("一是否下载", None),
        ("甲、下载", "甲、"),
        ("甲、乙类传染病报告", None),
        ("Ⅱ. 下载", "ii."),
        ("1-2 下载", "1-2"),
        ("0-6岁儿童体检", None),
        ("A1 下载", "a1"),
        ("A4纸节约", None),
        ("第一项 下载", "第一项"),
        ("第一类疫苗", None),
        ("表二 下载", "表二"),
        ("2026年工作", None),
        ("1.5分", None),
        ("10分钟内回复", None),
        ("3个月内办结", None),
        ("应用推广", None),
        ("一票否决", None),
        ("-5分", None),
        ("", None),
    ],
)
def test_numbers(text: str, number: str | None) -> None:
    found = line(text)
    assert (found.text[: found.marker.end] if found.marker else None) == number


def test_numbers_have_the_rank_of_official_writing() -> None:
    texts = ["第一章 a", "第一节 a", "第一条 a", "一、a", "（一）a", "1.a", "1.1 办结", "（1）a", "①办结", "a.办结", "· 办结"]
    ranks = [marker.rank for text in texts if (marker := line(text).marker)]
    assert len(ranks) == len(texts)
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("应用推广（5分）", [("5", "points", "")]),
        ("应用推广( ５ 分 )", [("5", "points", "")]),
        ("应用推广【满分10分】", [("10", "points", "")]),
        ("应用推广（IOO分）", [("100", "points", "")]),
        ("应用推广（二十分）", [("20", "points", "")]),
        ("应用推广（权重15%）", [("15", "percent", "")]),
        ("成效（70%）", [("70", "percent", "")]),
        ("应用推广（5分/项）", [("5", "points", "")]),
        ("应用推广（10分，牵头单位：数据局）", [("10", "points", "")]),
        ("应用推广（共3项，计15分）", [("15", "points", "")]),
        ("特色工作（最高加5分）", [("5", "points", "bonus")]),
        ("瞒报漏报（扣3分）", [("3", "points", "deduction")]),
        ("应用推广 10分", [("10", "points", "")]),
        ("应用推广10分：激活率达50%", [("10", "points", "")]),
        ("一、推广应用，10分。激活率达标得满分", [("10", "points", "")]),
        ("建立制度（3分）；落实责任（2分）", [("3", "points", ""), ("2", "points", "")]),
        ("办结率（95%）", []),
        ("激活率达到50%得10分", []),
        ("每少一次扣1分", []),
        ("每条1分", []),
        ("总分为100分", []),
        ("得分低于60分", []),
        ("10分钟内回复", []),
    ],
)
def test_points(text: str, points: list[tuple[str, str, str]]) -> None:
    assert [(p.value, p.unit, p.kind) for p in line(text).points] == [(Decimal(v), u, k) for v, u, k in points]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("评分标准：激活率；佐证材料：截图", ["评分标准", "佐证材料"]),
        ("評分標準：激活率　佐證材料：截圖", ["评分标准", "佐证材料"]),
        ("【评分标准】激活率", ["评分标准"]),
        ("（一）佐证材料", ["佐证材料"]),
        ("评分标准（10分）：激活率", ["评分标准"]),
        ("评分标准\t激活率", ["评分标准"]),
        ("备注：无", ["备注"]),
        ("要做到以下要求：一是", []),
        ("牵头科室名单：无", []),
        ("时间：上午", []),
    ],
)
def test_labels(text: str, labels: list[str]) -> None:
    assert [label.word for label in line(text).labels] == labels


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("1.应用推广（5分）。激活率达50%", "应用推广", "。激活率达50%"),
        ("1.（5分）应用推广", "应用推广", ""),
        ("（一）办结：按期办结率95%", "办结", "按期办结率95%"),
        ("二、组织保障。成立领导小组", "组织保障", "成立领导小组"),
        ("3.事件报告数 ≥150", "事件报告数 ≥150", ""),
        ("1.每月上报隐患不少于10条，每少1条扣0.5分", "每月上报隐患不少于10条", "每月上报隐患不少于10条，每少1条扣0.5分"),
        ("1.组织下载，激活率达到50%以上（5分）", "组织下载", "组织下载，激活率达到50%以上（5分）"),
        ("五、结果运用", "结果运用", ""),
    ],
)
def test_a_heading_ends_where_its_text_begins(text: str, name: str, rest: str) -> None:
    found = line(text)
    heading = heading_of(found)
    assert heading.name.text == name
    assert found.part(heading.rest).text == rest


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("三、加分项（5分）", "bonus"),
        ("（二）加分指标", "bonus"),
        ("特色加分", "bonus"),
        ("四、扣分项", "deduction"),
        ("减分事项", "deduction"),
        ("一票否决", "veto"),
        ("（五）一票否决事项", "veto"),
        ("扣分标准", ""),
        ("应用推广", ""),
        ("不加分的情况下另行通报", ""),
    ],
)
def test_kinds_are_told_by_headings(text: str, kind: str) -> None:
    assert heading_of(line(text)).kind == kind


def test_items_within_a_line_are_lines_when_each_gives_points() -> None:
    assert [part.text for part in line("1.学习（5分）；2.测试（10分）。").inner_items()] == ["1.学习（5分）；", "2.测试（10分）。"]
    whole = line("1.学习（5分）：①按时参加；②认真记录。")
    assert whole.inner_items() == [whole]


def test_a_part_of_a_line_knows_its_place() -> None:
    found = line("　１．下 載 率（５分）")
    part = found.part(found.text.index("下"), found.text.index("率") + 1)
    assert part.text == "下 載 率"
    assert [(piece.source, piece.length) for piece in part.pieces] == [(3, 5)]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("按照《平安县2026年度督查检查考核计划》安排，现将考核指标下达如下，满分100分。", []),
        ("基层宣讲，满分8分。由群众评议。", [8]),
        ("3.组织培训，按期开班，满分8分。由学员评议。", [8]),
    ],
)
def test_points_at_the_end_of_a_sentence_without_number_are_the_total(text: str, points: list[int]) -> None:
    assert [int(found.value) for found in line(text).points] == points
