"""Tables as Word and Excel give them: heads wherever they stand, merged cells, groups, totals, forms, tables cut by a page break."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assesslint.documents.structure.words import INDICATOR_LABELS
from assesslint.reading.read import read_scheme
from tests.documents.grid import Tree, document, read, tree, whole


def items(text: str) -> Tree:
    return tree(read(text).items)


def leaves(text: str) -> list[tuple[str, int | None, str]]:
    """Name, points and standard of each indicator."""
    found = []
    for _, leaf in read(text).indicators():
        standard = " / ".join(f.value.text for f in leaf.fields if f.name == "scoring" and hasattr(f.value, "text"))
        found.append((leaf.name.text, None if leaf.points is None else int(leaf.points), standard))
    return found


# ── heads ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

TWO_ROWS = [("推广", 10, "按下载率计分"), ("办结", 90, "按期办结")]


@pytest.mark.parametrize(
    "above",
    [
        "",
        "| 清河县2026年度考核细则 | | | |\n",
        "| 清河县2026年度考核细则 | | | |\n| | | | |\n| 填报单位：柳溪镇 | | | |\n| | | | |\n| | | | 单位：分 |\n",
        "| 清河县2026年度考核细则 | | | |\n| 考核对象 | 各镇 | 考核周期 | 2026年1月1日至2026年12月31日 |\n",
    ],
    ids=["nothing", "a title", "a title, blanks and a unit", "labels and values"],
)
def test_the_head_stands_anywhere(above: str) -> None:
    table = "| 序号 | 指标名称 | 分值 | 评分标准 |\n| 1 | 推广 | 10 | 按下载率计分 |\n| 2 | 办结 | 90 | 按期办结 |"
    scheme = read(above + table)
    assert [leaf.name.text for _, leaf in scheme.indicators() if leaf.kind == "scored"] == ["推广", "办结"]
    assert [leaf for leaf in leaves(above + table) if leaf[1]] == TWO_ROWS
    if above:
        assert scheme.name.text == "清河县2026年度考核细则"


def test_labels_and_values_above_the_head_say_what_they_say_of_the_scheme() -> None:
    scheme = read("""
        | 清河县2026年度考核细则 | | | |
        | 考核对象 | 各乡镇 | 总分 | 100分 |
        | 考核周期 | 2026年1月1日至2026年12月31日 | 印发单位 | 清河县大数据局 |
        | 序号 | 指标名称 | 分值 | 评分标准 |
        | 1 | 推广 | 100 | 按下载率计分 |
    """)
    assert (scheme.total, scheme.audience_text and scheme.audience_text.text) == (100, "各乡镇")
    assert (scheme.issuer and scheme.issuer.text, scheme.period and scheme.period.start.year) == ("清河县大数据局", 2026)


def test_labels_nobody_knows_stand_with_their_values_beside_one_that_is_known() -> None:
    scheme = read("""
        清河县2026年度考核细则

        | 填报单位 | 柳溪镇 | 考核对象 | 各村 |

        | 序号 | 指标名称 | 分值 | 评分标准 |
        | 1 | 推广 | 100 | 按下载率计分 |
    """)
    assert scheme.audience_text
    assert scheme.audience_text.text == "各村"
    assert "填报单位：柳溪镇" in str(tree(scheme.items))


@pytest.mark.parametrize(
    "head",
    [
        "| 序号 | 考核内容 | | 分值 | 评分标准 |\n| ^ | 项目 | 要求 | ^ | ^ |",
        "| 序号 | 考核内容 | | 分值 | 评分标准 |\n| | 考核项目 | 具体要求 | | |",
        "| 序号 | 考核项目 | 考核内容 | 分值 | 评分标准 |\n| ^ | ^ | ^ | ^ | ^ |",
        "| 序号 | 考核内容 | | 分值 | 评分标准 |",
    ],
    ids=["sub-columns", "sub-columns, nothing merged downwards", "all merged downwards", "one head over two columns"],
)
def test_a_head_of_two_rows(head: str) -> None:
    text = head + "\n| 1 | 推广 | 推广“干部之家” | 10 | 按下载率计分 |\n| 2 | 办结 | 办结群众来件 | 90 | 按期办结 |"
    assert items(text) == [
        ("推广", 10, "scored", {"content": "推广“干部之家”", "scoring": "按下载率计分"}),
        ("办结", 90, "scored", {"content": "办结群众来件", "scoring": "按期办结"}),
    ]


def test_sub_columns_of_a_standard_are_the_standard() -> None:
    [leaf] = items("""
        | 指标名称 | 分值 | 评分标准 | |
        | ^ | ^ | 加分情形 | 减分情形 |
        | 推广 | 10 | 下载率每高1%加1分 | 每低1%扣1分 |
    """)
    assert leaf[:3] == ("推广", 10, "scored")
    [(_, indicator)] = read("""
        | 指标名称 | 分值 | 评分标准 | |
        | ^ | ^ | 加分情形 | 减分情形 |
        | 推广 | 10 | 下载率每高1%加1分 | 每低1%扣1分 |
    """).indicators()
    assert [(f.name, f.label) for f in indicator.fields] == [("scoring", "评分标准加分情形"), ("scoring", "评分标准减分情形")]


def test_a_head_without_points() -> None:
    assert items("| 序号 | 考核内容 | 评分标准 |\n| 1 | 推广 | 按下载率计分 |\n| 2 | 办结 | 按期办结 |") == [
        ("推广", None, "scored", {"scoring": "按下载率计分"}),
        ("办结", None, "scored", {"scoring": "按期办结"}),
    ]


def test_a_head_told_again_is_left_out() -> None:
    text = """
        | 清河县2026年度考核细则 | | |
        | 指标名称 | 分值 | 评分标准 |
        | 推广 | 10 | 按下载率计分 |
        | 指标名称 | 分值 | 评分标准 |
        | 办结 | 90 | 按期办结 |
    """
    assert leaves(text) == TWO_ROWS


def test_two_tables_one_under_another_in_a_sheet() -> None:
    scheme = read("""
        | 清河县2026年度考核细则 | | | |
        | 一、基础工作（10分） | | | |
        | 指标名称 | 分值 | 评分标准 | |
        | 推广 | 10 | 按下载率计分 | |
        | 二、重点工作（90分） | | | |
        | 序号 | 考核项目 | 分值 | 评分细则 |
        | 1 | 办结 | 90 | 按期办结 |
    """)
    assert tree(scheme.items) == [
        ("基础工作", 10, [("推广", 10, "scored", {"scoring": "按下载率计分"})]),
        ("重点工作", 90, [("办结", 90, "scored", {"scoring": "按期办结"})]),
    ]


HEADLESS = [
    ("| 1 | 推广 | 10 | 每低1%扣1分 |\n| 2 | 办结 | 90 | 按期办结得满分 |", "序号 指标名称 分值 评分标准"),
    ("| 推广 | 每低1%扣1分 | 10分 |\n| 办结 | 按期办结得满分 | 90分 |", "指标名称 评分标准 分值"),
    ("| 推广 | 10 | 每低1%扣1分 | 截图 |\n| 办结 | 90 | 按期办结得满分 | 系统记录 |", "指标名称 分值 评分标准 佐证材料"),
    ("| 县信访局 | 推广 | 10 | 每低1%扣1分 |\n| | 办结 | 90 | 按期办结得满分 |", "类别 指标名称 分值 评分标准"),
    ("| 推广 | 10 | 每低1%扣1分 |\n| 办结 | 90 | 按期办结得满分 |\n| 合计 | 100 | |", "指标名称 分值 评分标准"),
    ("| 一 | 推广 | 10 | 注册率达到五成 |\n| 二 | 办结 | 90 | 按期办结 |", "序号 指标名称 分值 考核内容"),
    ("| 推广 | 10 | 2026 | 每低1%扣1分 |\n| 办结 | 90 | 2027 | 按期办结得满分 |", "指标名称 分值 考核内容 评分标准"),
]


@pytest.mark.parametrize(("table", "heads"), HEADLESS, ids=[heads for _, heads in HEADLESS])
def test_a_table_without_a_head_is_told_by_its_cells_and_said_so(table: str, heads: str) -> None:
    built = whole("清河县2026年度考核细则\n\n" + table)
    assert [(leaf.name.text, leaf.points) for _, leaf in built.schemes[0].indicators()] == [("推广", 10), ("办结", 90)]
    [notice] = built.notices
    told = "、".join(f"第{column}列为{head}" for column, head in enumerate(heads.split(), 1))
    assert notice.id == "table-without-head"
    assert f"：{told}；" in notice.message


def test_points_of_rows_no_cell_of_which_tells_the_columns_are_said_to_be_unread() -> None:
    for table in (
        "| 推广 | 10 | 30 | 每低1%扣1分 |\n| 办结 | 40 | 60 | 按期办结得满分 |",  # two columns may give the points
        "| 推广 | 10 | 下载 |\n| 办结 | 20 | 按期办结得满分 |\n| 宣传 | 30 | 入户 |",  # few rows say what points are given for
    ):
        built = whole("清河县2026年度考核细则\n\n" + table)
        assert not any(leaf.points for _, leaf in built.schemes[0].indicators())
        [notice] = built.notices
        assert (notice.id, "没有读入" in notice.message) == ("table-without-head", True)


@pytest.mark.parametrize(
    "table",
    [
        "| 1 | 柳溪镇 | 300 | 张三 |\n| 2 | 梨园镇 | 200 | 李四 |",
        "| 柳溪镇 | 30 | 张三 |\n| 梨园镇 | 20 | 李四 |",
        "| 1 | 张三 | 13800000000 |\n| 2 | 李四 | 13900000000 |",
        "| 2025 | 办结 | 完成 |\n| 2026 | 推广 | 完成 |",
    ],
    ids=["tasks of towns", "small tasks of towns", "telephones", "years"],
)
def test_a_list_of_other_figures_is_no_table_of_indicators(table: str) -> None:
    built = whole("清河县2026年度考核细则\n\n" + table)
    assert not any(leaf.points for _, leaf in built.schemes[0].indicators())
    assert built.notices == ()


def test_a_table_without_a_head_goes_by_that_of_the_table_above_it() -> None:
    built = whole("""
        一、基础工作（10分）

        | 考核项目 | 分值 | 怎样评分 | 责任单位 |
        | 推广 | 10 | 按下载率 | 大数据局 |

        二、重点工作（90分）

        | 办结 | 50 | 按期办结 | 信访局 |
        | 回访 | 40 | 全部回访 | 信访局 |
    """)
    assert tree(built.schemes[0].items) == [
        ("基础工作", 10, [("推广", 10, "scored", {"scoring": "按下载率", "responsible": "大数据局"})]),
        (
            "重点工作",
            90,
            [
                ("办结", 50, "scored", {"scoring": "按期办结", "responsible": "信访局"}),
                ("回访", 40, "scored", {"scoring": "全部回访", "responsible": "信访局"}),
            ],
        ),
    ]
    assert ["第3列为评分" in notice.message for notice in built.notices] == [True]


def test_a_row_that_only_looks_like_a_head_is_an_indicator() -> None:
    assert leaves("""
        | 指标名称 | 考核内容 | 分值 |
        | 目标任务 | 重点任务完成情况 | 10 |
        | 信息报送 | 按要求报送 | |
    """) == [("目标任务", 10, ""), ("信息报送", None, "")]


@pytest.mark.parametrize("word", ["自评得分", "考核得分", "得分", "扣分原因", "得分\\（考核组）"])
def test_columns_to_fill_in_mean_nothing(word: str) -> None:
    [leaf] = items(f"| 指标名称 | 分值 | {word} | 评分标准 |\n| 推广 | 10 | | 按下载率计分 |")
    assert leaf == ("推广", 10, "scored", {"scoring": "按下载率计分"})
    [leaf] = items(f"| 指标名称 | 分值 | {word} | 评分标准 |\n| 推广 | 10 | 9.5 | 按下载率计分 |")
    assert leaf == ("推广", 10, "scored", {"scoring": "按下载率计分"})


def test_what_was_filled_in_in_words_is_kept() -> None:
    [leaf] = items("| 指标名称 | 分值 | 扣分原因 | 评分标准 |\n| 推广 | 10 | 未全员下载 | 按下载率计分 |")
    assert leaf == ("推广", 10, "scored", {"remarks": "未全员下载", "scoring": "按下载率计分"})


MATERIAL = (
    "查看资料 查阅资料 提供资料 报送资料 查看内容 认定依据 扣分依据 "
    "需提交材料 核验台账 佐证要求 需查看的资料 台账 现场查看内容 查看（查阅）资料"
)
WAYS = "查验方式 核查方式 检查方式 检查方法 验证方式 考核方式 考核方法 考核办法 考评方式 评分方式 评价方法 评估方式 评定途径"


@pytest.mark.parametrize("word", [*MATERIAL.split(), *WAYS.split()])
def test_proof_is_evidence_under_any_head(word: str) -> None:
    text = f"| 指标名称 | 分值 | 评分标准 | {word} |\n| 巡河 | 10 | 按期办结得满分 | 微信截图 |"
    assert items(text) == [("巡河", 10, "scored", {"scoring": "按期办结得满分", "evidence": "微信截图"})]
    [indicator] = read_scheme(read(text)).facts.indicators
    assert [evidence.words.text for evidence in indicator.evidence] == ["微信截图"]


@pytest.mark.parametrize(
    ("word", "cell", "field"),
    [
        ("考核方式", "每月督查一次", "inspection"),
        ("核查方式", "查看台账，每季度督查一次", "inspection"),
        ("考核方式", "实地查看", "inspection"),
        ("检查方法", "查阅资料、实地查看", "evidence"),
        ("考核方式", "承诺书", "evidence"),
        ("评分方式", "台账不全的每项扣1分", "scoring"),
        ("考核办法", "建立台账", "scoring"),
        ("检查内容", "巡查记录", "content"),
        ("材料报送时间", "每月5日", "reporting"),
    ],
)
def test_a_way_of_assessing_is_told_by_its_cells(word: str, cell: str, field: str) -> None:
    [leaf] = items(f"| 指标名称 | 分值 | {word} |\n| 巡河 | 10 | {cell} |")
    assert leaf == ("巡河", 10, "scored", {field: cell})
    if word in INDICATOR_LABELS:
        assert items(f"1.巡河（10分）\n\n{word}：{cell}") == [leaf]


@pytest.mark.parametrize(
    ("cells", "field"),
    [(("后台截图", "现场核查"), "evidence"), (("后台截图", "《统计法》第七条"), "remarks"), (("县委办文件", ""), "remarks")],
)
def test_a_column_headed_only_by_ground_holds_proof_where_no_document_is_named(cells: tuple[str, str], field: str) -> None:
    text = "| 指标名称 | 分值 | 评分标准 | 依据 |\n| 巡河 | 10 | 按期办结 | {} |\n| 办件 | 10 | 按期办结 | {} |"
    [scheme] = whole(text.format(*cells)).schemes
    assert tree(scheme.items)[0] == ("巡河", 10, "scored", {"scoring": "按期办结", field: cells[0]})


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("加（扣）分", ["scored", "deduction"]),
        ("加减分", ["scored", "deduction"]),
        ("加（减）分值", ["scored", "deduction"]),
        ("加分", ["bonus", "deduction"]),
        ("扣分值", ["deduction", "deduction"]),
    ],
)
def test_points_added_or_taken_are_points(word: str, kinds: list[str]) -> None:
    found = items(f"| 指标名称 | 评分标准 | {word} |\n| 表彰 | 获得表彰 | 2 |\n| 通报 | 被通报 | -3 |")
    assert [(points, kind) for _, points, kind, _ in found] == list(zip([2, 3], kinds, strict=True))
    [leaf] = items(f"| 指标名称 | {word} | 分值 | 评分标准 |\n| 推广 | 2 | 10 | 按期办结 |")
    assert leaf == ("推广", 10, "scored", {"scoring": "按期办结"})


def test_columns_nobody_knows_are_named_once_a_table() -> None:
    built = whole("""
        | 指标名称 | 分值 | 看什么 | 评分标准 | 谁来办 | 自评得分 | 备注 |
        | 推广 | 10 | 会议情况 | 按期办结 | 张三 | 已自评 | 无 |
        | 巡河 | 10 | 会议情况 | 按期办结 | 李四 | | 12 |
    """)
    [notice] = built.notices
    assert notice.id == "unknown-column"
    assert "“看什么”、“谁来办”" in notice.message
    assert notice.excerpt == "看什么"
    assert notice.location is not None


# ── merged cells ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_three_levels_of_merged_names() -> None:
    assert items("""
        | 一级指标 | 二级指标 | 三级指标 | 分值 | 评分标准 |
        | 数字化（30分） | 平台 | 下载 | 10 | 按下载率计分 |
        | ^ | ^ | 活跃 | 15 | 按日活计分 |
        | ^ | 保障 | 值守 | 5 | 按值守计分 |
        | 成效（70分） | 办结 | 办结率 | 70 | 按期办结 |
    """) == [
        (
            "数字化",
            30,
            [
                ("平台", None, [("下载", 10, "scored", {"scoring": "按下载率计分"}), ("活跃", 15, "scored", {"scoring": "按日活计分"})]),
                ("保障", None, [("值守", 5, "scored", {"scoring": "按值守计分"})]),
            ],
        ),
        ("成效", 70, [("办结", None, [("办结率", 70, "scored", {"scoring": "按期办结"})])]),
    ]


@pytest.mark.parametrize("head", ["评分标准", "佐证材料", "备注", "结果运用", "数据来源", "责任单位", "考核频次"])
def test_a_merged_cell_belongs_to_each_indicator_it_covers(head: str) -> None:
    found = items(f"""
        | 指标名称 | 分值 | {head} |
        | 推广 | 10 | 以后台截图为准 |
        | 活跃 | 20 | ^ |
        | 办结 | 70 | 系统数据 |
    """)
    assert [list(fields.values()) for *_, fields in found if isinstance(fields, dict)] == [["以后台截图为准"]] * 2 + [["系统数据"]]


def test_a_blank_cell_that_is_not_merged_is_blank() -> None:
    found = items("| 指标名称 | 分值 | 佐证材料 |\n| 推广 | 10 | 截图 |\n| 活跃 | 20 | |")
    assert found == [("推广", 10, "scored", {"evidence": "截图"}), ("活跃", 20, "scored", {})]


def test_rows_under_one_name_and_one_cell_of_points_are_one_indicator() -> None:
    assert items("""
        | 考核项目 | 分值 | 评分标准 | 佐证材料 |
        | 推广 | 10 | 下载率达80%得5分 | 截图 |
        | ^ | ^ | 日活达50%得5分 | ^ |
        | 办结 | 90 | 按期办结 | |
    """) == [
        ("推广", 10, "scored", {"scoring": "下载率达80%得5分\n日活达50%得5分", "evidence": "截图"}),
        ("办结", 90, "scored", {"scoring": "按期办结"}),
    ]


def test_rows_under_one_name_with_points_of_their_own_are_its_members() -> None:
    assert items("""
        | 考核项目 | 考核内容 | 分值 |
        | 推广（30分） | 下载平台 | 10 |
        | ^ | 每日登录 | 20 |
    """) == [
        (
            "推广",
            30,
            [("下载平台", 10, "scored", {"content": "下载平台"}), ("每日登录", 20, "scored", {"content": "每日登录"})],
        )
    ]


def test_merged_points_are_those_of_the_group_the_rows_make_up() -> None:
    assert items("""
        | 一级指标 | 二级指标 | 分值 | 评分标准 |
        | 推广 | 下载 | 30 | 按下载率计分 |
        | ^ | 活跃 | ^ | 按日活计分 |
        | 办结 | 办结率 | 70 | 按期办结 |
    """) == [
        ("推广", 30, [("下载", None, "scored", {"scoring": "按下载率计分"}), ("活跃", None, "scored", {"scoring": "按日活计分"})]),
        ("办结", None, [("办结率", 70, "scored", {"scoring": "按期办结"})]),
    ]


def test_merged_points_over_rows_that_make_up_no_group_make_one() -> None:
    assert items("""
        | 指标名称 | 分值 | 评分标准 |
        | 下载 | 30 | 按下载率计分 |
        | 活跃 | ^ | 按日活计分 |
        | 办结率 | 70 | 按期办结 |
    """) == [
        ("下载、活跃", 30, [("下载", None, "scored", {"scoring": "按下载率计分"}), ("活跃", None, "scored", {"scoring": "按日活计分"})]),
        ("办结率", 70, "scored", {"scoring": "按期办结"}),
    ]


def test_numbered_rows_under_one_name_and_one_cell_of_points_are_its_members() -> None:
    assert items("""
        | 序号 | 考核项目 | 考核内容 | 分值 |
        | 1 | 推广 | 下载平台 | 30 |
        | 2 | ^ | 每日登录 | ^ |
    """) == [
        (
            "推广",
            30,
            [("下载平台", None, "scored", {"content": "下载平台"}), ("每日登录", None, "scored", {"content": "每日登录"})],
        )
    ]


def test_points_right_of_a_group_are_the_groups() -> None:
    assert items("""
        | 一级指标 | 权重 | 二级指标 | 权重 | 评分标准 |
        | 推广 | 30% | 下载 | 10% | 按下载率计分 |
        | ^ | ^ | 活跃 | 20% | 按日活计分 |
        | 办结 | 70% | 办结率 | 70% | 按期办结 |
    """) == [
        ("推广", 30, [("下载", 10, "scored", {"scoring": "按下载率计分"}), ("活跃", 20, "scored", {"scoring": "按日活计分"})]),
        ("办结", 70, [("办结率", 70, "scored", {"scoring": "按期办结"})]),
    ]


# ── points, groups, totals ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cell", "points", "kind"),
    [
        ("10", 10, "scored"),
        ("10分", 10, "scored"),
        ("（10分）", 10, "scored"),
        ("10.0", 10, "scored"),
        ("１０分", 10, "scored"),
        ("10%", 10, "scored"),
        ("十分", 10, "scored"),
        ("满分10分", 10, "scored"),
        ("6分\\4分", 10, "scored"),
        ("加分项", None, "bonus"),
        ("一票否决", None, "veto"),
        ("+10", 10, "bonus"),
        ("-10", 10, "deduction"),
        ("/", None, "scored"),
    ],
)
def test_points_however_written(cell: str, points: int | None, kind: str) -> None:
    assert items(f"| 指标名称 | 分值 | 评分标准 |\n| 推广 | {cell} | 按下载率计分 |") == [
        ("推广", points, kind, {"scoring": "按下载率计分"})
    ]


def test_points_among_other_words_count_and_the_words_stay() -> None:
    [leaf] = items("| 指标名称 | 分值 | 评分标准 |\n| 推广 | 每项2分，共10分 | 按下载率计分 |")
    assert leaf == ("推广", 10, "scored", {"remarks": "每项2分，共10分", "scoring": "按下载率计分"})


def test_weights_as_fractions_are_per_cents() -> None:
    [(_, leaf)] = read("| 指标名称 | 权重 | 评分标准 |\n| 推广 | 0.1 | 按下载率计分 |").indicators()
    assert (leaf.points, leaf.points_unit) == (10, "percent")


GROUPS: Tree = [
    ("基础工作", Decimal(30), [("推广", 10, "scored", {"scoring": "按下载率计分"}), ("值守", 20, "scored", {"scoring": "按值守计分"})]),
    ("重点工作", Decimal(70), [("办结", 70, "scored", {"scoring": "按期办结"})]),
]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("| 一、基础工作（30分） | | | |", "| 二、重点工作（70分） | | | |"),
        ("| 一、基础工作 | | 30 | |", "| 二、重点工作 | | 70 | |"),
        ("| 一 | 基础工作 | 30 | |", "| 二 | 重点工作 | 70 | |"),
        ("| | 基础工作（30分） | | |", "| | 重点工作（70分） | | |"),
        ("| | 基础工作 | 30 | |", "| | 重点工作 | 70 | |"),
    ],
)
def test_rows_that_head_a_group(first: str, second: str) -> None:
    text = f"""| 序号 | 指标名称 | 分值 | 评分标准 |
{first}
| 1 | 推广 | 10 | 按下载率计分 |
| 2 | 值守 | 20 | 按值守计分 |
{second}
| 3 | 办结 | 70 | 按期办结 |"""
    assert items(text) == GROUPS


def test_groups_within_groups_go_by_their_numbers() -> None:
    assert items("""
        | 序号 | 指标名称 | 分值 | 评分标准 |
        | 一、基础工作（30分） | | | |
        | （一）平台 | | | |
        | 1 | 推广 | 10 | 按下载率计分 |
        | （二）保障 | | | |
        | 2 | 值守 | 20 | 按值守计分 |
        | 二、加分项 | | | |
        | 3 | 创新 | 5 | 获表彰加5分 |
    """) == [
        (
            "基础工作",
            30,
            [
                ("平台", None, [("推广", 10, "scored", {"scoring": "按下载率计分"})]),
                ("保障", None, [("值守", 20, "scored", {"scoring": "按值守计分"})]),
            ],
        ),
        ("加分项", None, [("创新", 5, "bonus", {"scoring": "获表彰加5分"})]),
    ]


def test_groups_and_indicators_that_differ_by_the_style_of_their_numbers_alone() -> None:
    assert items("""
        | 序号 | 考核内容 | 分值 | 评分标准 |
        | 一 | 基础工作 | | |
        | 1 | 推广 | 10 | 按下载率计分 |
        | 二 | 重点工作 | | |
        | （一） | 项目建设 | 50 | |
        | 1 | 开工 | 20 | 按期开工 |
        | 2 | 竣工 | 30 | 按期竣工 |
        | （二） | 招商 | 40 | 到位资金 |
    """) == [
        ("基础工作", None, [("推广", 10, "scored", {"scoring": "按下载率计分"})]),
        (
            "重点工作",
            None,
            [
                ("项目建设", 50, [("开工", 20, "scored", {"scoring": "按期开工"}), ("竣工", 30, "scored", {"scoring": "按期竣工"})]),
                ("招商", 40, "scored", {"scoring": "到位资金"}),
            ],
        ),
    ]


def test_an_indicator_of_a_name_and_points_alone_heads_nothing() -> None:
    assert leaves("""
        | 序号 | 指标名称 | 分值 | 评分标准 |
        | 1 | 发展党员 | 10 | |
        | 2 | 推广 | 10 | 按下载率计分 |
        | 3 | 党费收缴 | 10 | |
    """) == [("发展党员", 10, ""), ("推广", 10, "按下载率计分"), ("党费收缴", 10, "")]


@pytest.mark.parametrize(
    "total",
    [
        "| 合计 | | 100 | |",
        "| | 合　计 | 100分 | |",
        "| 总分：100分 | | | |",
        "| 合计（100分） | | | |",
        "| 总计 | | 100 | |",
    ],
)
def test_a_row_of_totals_is_the_total(total: str) -> None:
    text = f"""| 序号 | 指标名称 | 分值 | 评分标准 |
| 1 | 推广 | 10 | 按下载率计分 |
| | 小计 | 10 | |
| 2 | 办结 | 90 | 按期办结 |
{total}"""
    assert leaves(text) == TWO_ROWS
    assert read(text).total == 100


def test_a_subtotal_under_a_merged_group_is_no_indicator() -> None:
    text = """
        | 一级指标 | 二级指标 | 分值 | 评分标准 |
        | 平台 | 推广 | 10 | 按下载率计分 |
        | ^ | 小计 | 10 | |
        | 成效 | 办结 | 90 | 按期办结 |
        | ^ | 小计 | 90 | |
        | 合计 | | 100 | |
    """
    assert leaves(text) == TWO_ROWS
    assert read(text).total == 100


def difference(text: str) -> Decimal | None:
    """The total a draft declares less the sum of its points, None where it declares none."""
    facts = read_scheme(read(text), document(text).source).facts
    return None if facts.declared_total is None or facts.points_sum is None else facts.declared_total - facts.points_sum


TABLE = "| 指标名称 | 分值 | 评分标准 |\n"


@pytest.mark.parametrize(
    "text",
    [
        TABLE + "| 推广 | 40 | 按下载率计分 |\n| 合计 | 40 | |\n\n二、重点工作\n\n" + TABLE + "| 办结 | 60 | 按期办结 |\n| 合计 | 60 | |",
        TABLE + "| 推广 | 40 | 按下载率计分 |\n| 合计 | 40 | |\n\n二、重点工作\n\n" + TABLE + "| 办结 | 60 | 按期办结 |\n| 合计 | 100 | |",
        TABLE + "| 办结 | 100 | 按期办结 |\n| 合计 | 100 | |\n\n二、加分项\n\n" + TABLE + "| 创新 | 5 | 获表彰加5分 |\n| 合计 | 5 | |",
        "总分：100分\n\n" + TABLE + "| 下载 | 30 | 按下载率计分 |\n| 活跃 | ^ | 按日活计分 |\n| 办结 | 70 | 按期办结 |",
        TABLE + "| 一、基础工作 | 30 | |\n| 推广 | 10 | 按下载率计分 |\n| 值守 | 20 | 按值守计分 |\n| 合计 | 30 | |",
    ],
    ids=["a total a table", "a running total", "a total of the bonus", "merged points", "group rows with points"],
)
def test_the_total_and_the_points_agree(text: str) -> None:
    assert difference("清河县2026年度考核细则\n\n一、基础工作\n\n" + text) == 0


def test_a_total_that_is_wrong_is_kept() -> None:
    assert difference(TABLE + "| 推广 | 40 | 按下载率计分 |\n| 办结 | 50 | 按期办结 |\n| 合计 | 100 | |") == 10


# ── what stands around and within the rows ───────────────────────────────────────────────────────────────────────────────────


def test_remarks_and_signatures_under_a_table() -> None:
    scheme = read("""
        | 清河县2026年度考核细则 | | |
        | 指标名称 | 分值 | 评分标准 |
        | 推广 | 100 | 按下载率计分 |
        | 合计 | 100 | |
        | 注：考核结果按月通报。 | | |
        | 备注 | 未达标的不得评优。 | |
        | 单位负责人： | 填表人： | 日期： |
        | 清河县大数据局 | | |
        | 2026年1月5日 | | |
    """)
    assert [leaf.name.text for _, leaf in scheme.indicators() if leaf.kind == "scored"] == ["推广"]
    provisions = " ".join(f.value.text for _, leaf in scheme.indicators() for f in leaf.fields if hasattr(f.value, "text"))
    assert "考核结果按月通报。" in provisions
    assert "未达标的不得评优。" in provisions
    assert scheme.issuer
    assert scheme.issuer.text == "清河县大数据局"


def test_a_sentence_across_the_table_is_an_indicator_where_it_says_its_kind() -> None:
    sentence = "一票否决：发生重大安全责任事故、重大食品药品安全事件、被中央和省级主要媒体曝光造成恶劣影响的，取消年度评优资格。"
    found = items(f"""
        | 序号 | 指标名称 | 分值 | 评分标准 |
        | 1 | 推广 | 100 | 按下载率计分 |
        | {sentence} | | | |
        | 2 | 办结 | 5 | 按期办结 |
    """)
    assert found[1] == ("一票否决", None, "veto", {"content": sentence.split("：")[1]})


def test_indicators_that_are_numbered_paragraphs_of_a_cell() -> None:
    assert items("""
        | 考核项目 | 考核内容及评分标准 | 佐证材料 |
        | 基础工作（30分） | 1.学习平台（10分）。人均积分达30分。\\2.下载平台（20分）。按下载率计分。 | 截图 |
    """) == [
        (
            "基础工作",
            30,
            [
                ("学习平台", 10, "scored", {"scoring": "人均积分达30分。", "evidence": "截图"}),
                ("下载平台", 20, "scored", {"scoring": "按下载率计分。", "evidence": "截图"}),
            ],
        )
    ]


def test_indicators_told_with_their_points_in_the_column_of_contents() -> None:
    assert items("""
        | 项目 | 内容及分值 | 评分办法 | 得分 |
        | 党建工作（40分） | 1.理论学习（10分） | 查看记录 | |
        | ^ | 2.组织建设（30分） | 现场抽查 | |
        | 业务工作（60分） | 1.办件质量（60分）。按期办结。 | 系统数据 | |
    """) == [
        ("党建工作", 40, [("理论学习", 10, "scored", {"evidence": "查看记录"}), ("组织建设", 30, "scored", {"scoring": "现场抽查"})]),
        ("业务工作", 60, [("办件质量", 60, "scored", {"content": "按期办结。", "scoring": "系统数据"})]),
    ]


def test_numbered_parts_of_an_indicator_with_points_of_its_own_stay_together() -> None:
    [leaf] = items("| 指标名称 | 分值 | 评分标准 |\n| 推广 | 5 | 1.下载（3分）；2.活跃（2分）。 |")
    assert leaf == ("推广", 5, "scored", {"scoring": "1.下载（3分）；2.活跃（2分）。"})


def test_paragraphs_of_a_cell_stay_together() -> None:
    [leaf] = items("| 指标名称 | 分值 | 评分标准 |\n| 推广 | 5 | 按下载率计分。\\每低1%扣1分。 |")
    assert leaf == ("推广", 5, "scored", {"scoring": "按下载率计分。\n每低1%扣1分。"})


# ── tables cut, forms ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "cut",
    [
        "\n\n",
        "\n\n续表\n\n",
        "\n\n- 3 -\n\n",
        "\n\n| 序号 | 指标名称 | 分值 | 评分标准 |\n",
        "\n\n（续）\n\n| 序号 | 指标名称 | 分值 | 评分标准 |\n",
    ],
    ids=["no head", "a word", "a page number", "the head again", "a word and the head"],
)
def test_a_table_cut_by_a_page_break_goes_on(cut: str) -> None:
    text = "清河县2026年度考核细则\n\n| 序号 | 指标名称 | 分值 | 评分标准 |\n| 1 | 推广 | 10 | 按下载率计分 |" + cut
    assert [leaf for leaf in leaves(text + "| 2 | 办结 | 90 | 按期办结 |") if leaf[1]] == TWO_ROWS


def test_a_row_cut_by_a_page_break_goes_on() -> None:
    assert leaves("""
        | 序号 | 指标名称 | 分值 | 评分标准 |
        | 1 | 推广 | 100 | 按下载率计分， |

        | | | | 每低1%扣1分。 |
    """) == [("推广", 100, "按下载率计分，\n每低1%扣1分。")]


FORM = "| 指标名称 | {} |\n| 分值 | {} |\n| 评分标准 | {} |\n| 佐证材料 | {} |"
FORM_OF_FOUR = "| 指标名称 | {} | 分值 | {} |\n| 评分标准 | {} | | |\n| 佐证材料 | {} | 备注 | |"
FORM_WITH_TITLE = "| 考核指标表 | |\n| 指标名称 | {} |\n| 分值 | {} |\n| 评分标准 | {} |\n| 佐证材料 | {} |"
RECORDS = [("推广", 10, "按下载率计分", "截图"), ("办结", 90, "1.按期办结（50分）；2.群众满意（40分）", "系统数据")]


@pytest.mark.parametrize("form", [FORM, FORM_OF_FOUR, FORM_WITH_TITLE], ids=["pairs", "two pairs a row", "with a title"])
@pytest.mark.parametrize("between", ["\n\n", "\n\n指标二\n\n", "\n"], ids=["tables", "tables under headings", "one table"])
def test_a_form_for_each_indicator(form: str, between: str) -> None:
    text = "清河县2026年度考核细则\n\n" + between.join(form.format(*record) for record in RECORDS)
    found = [
        (i.name.text, i.points, {f.name: getattr(f.value, "text", "") for f in i.fields}) for _, i in read(text).indicators() if i.points
    ]
    assert found == [(name, points, {"scoring": standard, "evidence": evidence}) for name, points, standard, evidence in RECORDS]


def test_a_label_beside_several_rows() -> None:
    assert items("""
        | 一级指标 | 平台 | 指标名称 | 推广 |
        | 评分标准 | 按下载率计分 | | |
        | ^ | 每低1%扣1分 | | |
        | 分值 | 10 | | |
    """) == [("平台", None, [("推广", 10, "scored", {"scoring": "按下载率计分\n每低1%扣1分"})])]


def test_indicators_in_columns() -> None:
    assert (
        leaves("""
        | 指标名称 | 推广 | 办结 |
        | 分值 | 10 | 90 |
        | 评分标准 | 按下载率计分 | 按期办结 |
    """)
        == TWO_ROWS
    )


def test_a_table_of_something_else_is_no_table_of_indicators() -> None:
    scheme = read("""
        清河县2026年度考核细则

        1.推广（100分）

        二、结果评定

        | 等次 | 分数 | 备注 |
        | 优秀 | 90分以上 | 不超过三成 |
    """)
    kinds = [leaf.kind for _, leaf in scheme.indicators()]
    assert kinds == ["scored", "provision"]


@pytest.mark.parametrize(
    "row", ["| 基础工作 | | |", "| 基础工作 | 10 | |", "| | | 按期办结 |", TABLE.strip()], ids=["titles", "names", "texts", "heads"]
)
def test_thousands_of_rows_of_one_kind_are_read(row: str) -> None:
    scheme = read(TABLE + "| 推广 | 10 | 按下载率计分 |\n" + "\n".join([row] * 3000) + "\n| 办结 | 90 | 按期办结 |")
    assert {"推广", "办结"} <= {leaf.name.text for _, leaf in scheme.indicators()}


# ── what looks like a sum, a level or a share and is none ────────────────────────────────────────────────────────────────────


def test_a_group_called_like_the_total_does_not_make_a_sum_of_its_first_row() -> None:
    text = """
        | 考核项目 | 指标名称 | 分值 | 评分标准 |
        | 总分100分 | 宣讲 | 8 | 由听众现场评议 |
        | | 整改 | 92 | 按整改率计分 |
        | 合计 | | 100 | |
    """
    assert leaves(text) == [("宣讲", 8, "由听众现场评议"), ("整改", 92, "按整改率计分")]
    assert read(text).total == 100


@pytest.mark.parametrize("total", ["| 合计 | 共2项 | 100 | |", "| 合计 | | 100 | |", "| 总计 | 合计 | 100 | |"])
def test_a_row_of_totals_stays_one(total: str) -> None:
    text = f"| 考核项目 | 指标名称 | 分值 | 评分标准 |\n| 宣传 | 宣讲 | 8 | 现场评议 |\n| 整改 | 整改率 | 92 | 按率计分 |\n{total}"
    scored = [leaf.name.text for _, leaf in read(text).indicators() if leaf.kind == "scored"]
    assert scored == ["宣讲", "整改率"]


def test_numbered_remarks_above_the_title_of_a_table_are_no_groups_of_it() -> None:
    scheme = read("""
        一、本表由宣传部负责解释。

        二、总分100分，另设加减分项。

        清源市2026年度宣传工作考核指标体系

        | 指标名称 | 分值 | 评分标准 |
        | 宣讲 | 100 | 由听众现场评议 |
    """)
    assert [(groups, leaf.name.text) for groups, leaf in scheme.indicators() if leaf.kind == "scored"] == [((), "宣讲")]


def test_the_title_of_a_table_is_no_level_above_its_groups() -> None:
    scheme = read("""
        二、考核内容

        | 2026年度数字政务考核指标体系（满分100分） | | | |
        | 一级指标 | 二级指标 | 分值 | 评分标准 |
        | 服务（40分） | 办结 | 40 | 按办结率计分 |
        | 应用（60分） | 接通 | 60 | 按接通率计分 |
    """)
    groups = [[group.name.text for group in groups] for groups, leaf in scheme.indicators() if leaf.kind == "scored"]
    assert (groups, scheme.total) == ([["考核内容", "服务"], ["考核内容", "应用"]], 100)


def test_names_in_a_column_of_contents_name_the_indicators_of_groups_of_one_row_too() -> None:
    text = """
        | 考核项目 | 考核要点 | 分值 | 计分办法 |
        | 宣传 | 宣讲 | 40 | 由听众现场评议 |
        | | 上稿 | 40 | 按篇计分 |
        | 意识形态 | 责任制落实 | 20 | 按研究次数计分 |
    """
    assert [name for name, _, _ in leaves(text)] == ["宣讲", "上稿", "责任制落实"]
    assert [[group.name.text for group in groups] for groups, _ in read(text).indicators()] == [["宣传"], ["宣传"], ["意识形态"]]


def test_contents_told_in_sentences_name_nothing() -> None:
    text = """
        | 考核项目 | 考核内容 | 分值 | 评分标准 |
        | 整改 | 问题整改率达到95%，按期销号 | 60 | 每低1个百分点扣1分 |
        | | 建立长效机制 | 20 | 现场核查 |
        | 办结 | 按期办结 | 20 | 现场核查 |
    """
    assert [name for name, _, _ in leaves(text)][-1] == "办结"


@pytest.mark.parametrize(("head", "unit"), [("权重（分）", "points"), ("权重", "percent"), ("权重（%）", "percent"), ("分值", "points")])
def test_the_head_says_whether_figures_are_points_or_shares(head: str, unit: str) -> None:
    scheme = read(f"| 指标名称 | {head} | 评分标准 |\n| 整改 | 12 | 按整改率计分 |\n| 办结 | 88 | 按办结率计分 |")
    assert [leaf.points_unit for _, leaf in scheme.indicators()] == [unit, unit]
