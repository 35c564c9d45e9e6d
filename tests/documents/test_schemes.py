"""What a draft says beyond its lines: particulars, groups, lists, tables, several schemes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assesslint.documents.draft import read_draft
from assesslint.scheme.model import Indicator, Prose, Scheme
from tests.documents.grid import tree


def read(text: str, name: str = "draft.txt") -> Scheme:
    [scheme] = read_draft(name, text.encode()).schemes
    return scheme


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("清河县大数据局2026年度考核细则\n1.推广（5分）", "issuer", "清河县大数据局"),
        ("考核细则\n发布单位：清河县大数据局\n1.推广（5分）", "issuer", "清河县大数据局"),
        ("清河县大数据局文件\n2026年考核细则\n1.推广（5分）", "issuer", "清河县大数据局"),
        ("考核细则\n1.推广（5分）\n\n清河县大数据局\n2026年1月5日", "issuer", "清河县大数据局"),
        ("关于印发《清河县考核细则》的通知\n1.推广（5分）", "name", "清河县考核细则"),
        ("附件2：清河县考核细则（试行）\n1.推广（5分）", "name", "清河县考核细则（试行）"),
        ("考核细则\n依据：县督查检查考核计划第3项\n1.推广（5分）", "basis", "县督查检查考核计划第3项"),
        ("考核细则\n本细则经县委同意印发。其他。\n1.推广（5分）", "basis", "本细则经县委同意印发。"),
        ("清河县考核评分表（列入2026年度督查检查考核计划第1项）\n1.推广（5分）", "basis", "列入2026年度督查检查考核计划第1项"),
        ("考核细则\n按《年度督查检查考核计划》安排，满分100分。\n1.推广（5分）", "basis", "按《年度督查检查考核计划》安排，满分100分。"),
        ("考核细则\n上级方案：省级考核细则\n1.推广（5分）", "parent", "省级考核细则"),
        ("××县医疗保障局关于2026年度参保工作的考核方案\n1.推广（5分）", "issuer", "××县医疗保障局"),
        ("清河县党建考核细则\n根据年度计划，县委组织部研究制定本细则。\n1.推广（5分）", "issuer", "县委组织部"),
        ("考核细则\n本细则依据县2026年度督检考计划制定。\n1.推广（5分）", "basis", "本细则依据县2026年度督检考计划制定。"),
        ("考核细则\n各乡镇、街道：\n1.推广（5分）", "audience_text", "各乡镇、街道"),
    ],
)
def test_particulars_in_words(text: str, field: str, value: str) -> None:
    found = getattr(read(text), field)
    assert isinstance(found, Prose)
    assert found.text == value


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("江南省委组织部", "province"),
        ("云川市江北区教育局", "county"),
        ("云川市市场监管局", "city"),
        ("清河县政务服务局", "county"),
        ("柳溪镇人民政府", "township"),
        ("南屏街道办事处", "township"),
        ("国家卫生健康委", "central"),
        ("大数据局", None),
    ],
)
def test_the_level_is_that_of_the_last_place_in_the_issuers_name(issuer: str, level: str | None) -> None:
    scheme = read(f"考核细则\n发布单位：{issuer}\n1.推广（5分）")
    assert (scheme.level.id if scheme.level else None) == level


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("总分：100分", 100),
        ("本细则满分100分。", 100),
        ("（满分：IOO分）", 100),
        ("总分为1000分，另设加分项。", 1000),
        ("按照督查检查考核计划安排，现将考核指标下达如下，满分100分。", 100),
        ("考核实行百分制。", 100),
        ("实行千分制。", 1000),
        ("考核得分按月通报。", None),
    ],
)
def test_the_declared_total(line: str, total: int | None) -> None:
    scheme = read(f"清河县考核细则\n{line}\n1.推广（5分）")
    assert scheme.total == total
    assert [leaf.points for _, leaf in scheme.indicators() if leaf.points] == [5]


def test_a_draft_sent_out_for_opinions_does_not_say_whom_it_asked() -> None:
    assert read("考核细则\n（征求意见稿）\n1.推广（5分）").consultation is None
    assert read("考核细则\n本细则已征求各镇意见。\n1.推广（5分）").consultation is not None


def test_period_and_consultation_are_dates() -> None:
    scheme = read("考核细则\n考核周期：2026年1月1日至2026年12月31日\n征求意见：2025年12月5日至20日，23个乡镇\n1.推广（5分）")
    assert scheme.period
    assert (scheme.period.start, scheme.period.end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert scheme.consultation
    assert (scheme.consultation.start, scheme.consultation.end) == (date(2025, 12, 5), date(2025, 12, 20))


def test_who_was_asked_and_until_when_may_stand_in_two_sentences() -> None:
    scheme = read("考核细则\n现征求各乡镇意见。\n征求意见时间为2026年3月2日至3月4日。\n1.推广（5分）")
    assert scheme.consultation
    assert scheme.consultation.consulted
    assert "各乡镇" in scheme.consultation.consulted.text
    assert (scheme.consultation.start, scheme.consultation.end) == (date(2026, 3, 2), date(2026, 3, 4))


def test_a_date_that_cannot_be_is_left_to_the_text() -> None:
    scheme = read("考核细则\n考核周期：2026年2月30日至2026年3月1日\n1.推广（5分）")
    assert scheme.period is None
    assert tree(scheme.items)[0] == ("考核周期", None, "provision", {"content": "考核周期：2026年2月30日至2026年3月1日"})


def test_secrecy_marks_are_read() -> None:
    scheme = read("机密★3年\n清河县考核细则\n1.推广（5分）")
    assert scheme.classification
    assert scheme.classification.id == "confidential"


def test_groups_indicators_labels_and_lists() -> None:
    scheme = read(
        "考核细则\n"
        "一、应用推广（30分）\n"
        "1.下载（10分）\n评分标准：\n（1）达到50%得5分；\n（2）每低1%扣1分。\n佐证材料：截图\n"
        "2.活跃（20分）。日活率90%。\n"
        "二、结果运用\n每季度通报。\n"
    )
    assert tree(scheme.items) == [
        (
            "应用推广",
            Decimal(30),
            [
                ("下载", Decimal(10), "scored", {"scoring": "（1）达到50%得5分；\n（2）每低1%扣1分。", "evidence": "截图"}),
                ("活跃", Decimal(20), "scored", {"content": "日活率90%。"}),
            ],
        ),
        ("结果运用", None, "provision", {"content": "每季度通报。"}),
    ]


def test_numbered_labels_belong_to_the_indicator_above_them() -> None:
    scheme = read("考核细则\n（一）应用推广（10分）\n1.考核内容：推广“干部之家”\n2.评分标准：激活率50%得满分\n（二）办结（5分）\n")
    assert tree(scheme.items) == [
        ("应用推广", Decimal(10), "scored", {"content": "推广“干部之家”", "scoring": "激活率50%得满分"}),
        ("办结", Decimal(5), "scored", {}),
    ]


def test_a_list_under_a_prohibition_stays_with_its_head() -> None:
    scheme = read("考核细则\n1.推广（5分）\n2.有下列情形之一的，不得评优：\n（1）弄虚作假；\n（2）发生事故。\n")
    assert tree(scheme.items)[1] == (
        "有下列情形之一的",
        None,
        "provision",
        {"content": "2.有下列情形之一的，不得评优：\n（1）弄虚作假；\n（2）发生事故。"},
    )


def test_lines_without_number_but_with_points_are_indicators() -> None:
    scheme = read("考核细则\n应用推广（10分）\n激活率50%得满分。\n办结 20分\n")
    assert tree(scheme.items) == [
        ("应用推广", Decimal(10), "scored", {"content": "激活率50%得满分。"}),
        ("办结", Decimal(20), "scored", {}),
    ]


def test_without_any_points_the_lowest_numbers_are_indicators_and_sections_of_rules_provisions() -> None:
    scheme = read("考核指标\n一、工作指标\n1.事件报告数 ≥150\n2.办结率 ≥95%\n二、工作要求\n1.高度重视。\n")
    assert tree(scheme.items) == [
        ("工作指标", None, [("事件报告数 ≥150", None, "scored", {}), ("办结率 ≥95%", None, "scored", {})]),
        ("工作要求", None, [("高度重视", None, "provision", {"content": "1.高度重视。"})]),
    ]


def test_what_closes_a_draft_is_no_part_of_its_last_indicator() -> None:
    scheme = read("考核细则\n1.推广（5分）\n佐证材料：截图\n\n考核结果每月通报。\n")
    assert tree(scheme.items) == [
        ("推广", Decimal(5), "scored", {"evidence": "截图"}),
        ("考核结果每月通报", None, "provision", {"content": "考核结果每月通报。"}),
    ]


@pytest.mark.parametrize(
    ("closing", "kinds"),
    [
        ("结果运用：全部指标得分每月汇总，由高到低排出名次。", ["scored", "scored", "provision"]),
        ("运用：年度得分前三名的通报表扬。", ["scored", "scored", "provision"]),
        ("结果运用：每月通报。", ["scored", "scored"]),
        ("三、考核方式：每周检查一次，每月通报。", ["scored", "scored", "provision"]),
        ("三、佐证材料：会议记录、照片", ["scored", "scored", "provision"]),
    ],
)
def test_a_label_that_speaks_of_all_indicators_is_no_part_of_the_last(closing: str, kinds: list[str]) -> None:
    scheme = read(f"考核细则\n一、宣传（40分）\n少1场扣5分。\n二、整改（60分）\n整改率达到95%得满分。\n\n{closing}\n")
    assert [kind for _, _, kind, _ in tree(scheme.items)] == kinds


TABLE = [
    ["序号", "一级指标", "二级指标", "分值", "评分标准", "牵头科室"],
    ["1", "应用（30分）", "下载率", "10", "达到50%得满分", "数据科"],
    ["2", "", "活跃率", "20分", "每低1%扣1分", "数据科"],
    ["", "", "", "", "以后台数据为准", ""],
    ["3", "加分项", "典型经验", "+5", "被刊发的", "办公室"],
    ["合计", "", "", "100", "", ""],
]

AS_TEXT = {
    "tabs.txt": "\n".join("\t".join(row) for row in TABLE),
    "bars.txt": "\n".join("|" + "|".join(row) + "|" for row in TABLE),
    "table.md": "\n".join("| " + " | ".join(row) + " |" for row in [TABLE[0], ["---"] * 6, *TABLE[1:]]),
}


@pytest.mark.parametrize("name", AS_TEXT)
def test_a_table_is_read_the_same_in_every_writing(name: str) -> None:
    scheme = read(f"清河县考核细则\n\n{AS_TEXT[name]}\n", name)
    assert scheme.total == 100
    assert tree(scheme.items) == [
        (
            "应用",
            Decimal(30),
            [
                ("下载率", Decimal(10), "scored", {"scoring": "达到50%得满分", "responsible": "数据科"}),
                ("活跃率", Decimal(20), "scored", {"scoring": "每低1%扣1分\n以后台数据为准", "responsible": "数据科"}),
            ],
        ),
        ("加分项", None, [("典型经验", Decimal(5), "bonus", {"scoring": "被刊发的", "responsible": "办公室"})]),
    ]


def test_a_column_nobody_knows_is_remarks_under_its_label() -> None:
    scheme = read("考核细则\n指标名称\t分值\t评分标准\t甲乙丙\n下载率\t5\t50%\t丁\n")
    [indicator] = scheme.items
    assert isinstance(indicator, Indicator)
    assert [(f.name, f.label) for f in indicator.fields] == [("scoring", "评分标准"), ("remarks", "甲乙丙")]


def test_what_stands_in_brackets_behind_a_name_says_its_kind() -> None:
    scheme = read(
        "清河县考核细则\n一、按期办结（10分）。按期办结率达到95%得满分。\n"
        "二、数据安全（扣分项）。发生泄露的每起扣5分。\n三、服务创新（加分项）。被省级推广的加2分。\n"
    )
    assert [leaf.kind for _, leaf in scheme.indicators()] == ["scored", "deduction", "bonus"]


def test_what_is_told_again_for_several_rows_is_a_group_and_their_contents_are_the_names() -> None:
    scheme = read(
        "清河县考核细则\n| 考核类别 | 考核内容 | 分值 | 考核标准 |\n"
        "| 农业 | 耕地保护 | 5 | 整改率100%得满分 |\n| 民生 | 医疗保障 | 5 | 漏一人扣1分 |\n| 农业 | 禁烧 | 5 | 每处扣1分 |\n"
    )
    assert [leaf.name.text for _, leaf in scheme.indicators()] == ["耕地保护", "医疗保障", "禁烧"]


def test_a_name_shared_by_several_rows_with_points_is_a_group() -> None:
    scheme = read("考核表\n考核项目\t考核内容\t分值\n推广\t下载率达50%\t5\n\t日活率达90%\t10\n办结\t按期办结\t20\n")
    assert tree(scheme.items) == [
        (
            "推广",
            None,
            [
                ("下载率达50%", Decimal(5), "scored", {"content": "下载率达50%"}),
                ("日活率达90%", Decimal(10), "scored", {"content": "日活率达90%"}),
            ],
        ),
        ("办结", Decimal(20), "scored", {"content": "按期办结"}),
    ]


def test_percent_weights_are_percent() -> None:
    scheme = read("考核表\n指标名称\t权重（%）\t评分标准\n下载率\t20\t50%\n办结率\t80%\t95%\n")
    assert [(i.points, i.points_unit) for _, i in scheme.indicators()] == [(20, "percent"), (80, "percent")]


def test_titles_over_indicators_of_their_own_part_a_file() -> None:
    first, second = "清河县甲考核细则\n发布单位：清河县大数据局\n1.推广（5分）\n", "清河县乙考核细则\n1.办结（5分）\n"
    text = f"{first}{second}清河县丙考核办法\n本办法另行解释。\n"
    schemes = read_draft("a.txt", text.encode()).schemes
    assert [(s.name.text, [i.name.text for _, i in s.indicators() if i.kind == "scored"]) for s in schemes] == [
        ("清河县甲考核细则", ["推广"]),
        ("清河县乙考核细则", ["办结"]),
    ]
    assert [s.issuer.text for s in schemes if s.issuer] == ["清河县大数据局"] * 2
    assert [text[s.span.start : s.span.end].splitlines()[0] for s in schemes] == ["清河县甲考核细则", "清河县乙考核细则"]


def test_marks_of_markdown_are_left_out_and_places_hold() -> None:
    draft = read_draft("a.md", "# 清河县考核细则\n\n1. **下载**率（5分）\n   - 评分标准：达到\\*50%`得`分<br>每低1%扣1分\n".encode())
    [(_, indicator)] = draft.schemes[0].indicators()
    assert indicator.name.text == "下载率"
    scoring = indicator.fields[0].value
    assert isinstance(scoring, Prose)
    assert scoring.text == "达到*50%得分\n每低1%扣1分"
    spans = scoring.spans(0, len(scoring.text))
    assert "".join(draft.source.text[s.start : s.end] for s in spans) == "达到*50%得分每低1%扣1分"
    assert draft.notices == ()


def test_a_draft_wrapped_at_one_width_is_read_in_whole_paragraphs() -> None:
    words = (
        "激活率达到户籍人口百分之五十的得满分每低一个百分点扣零点五分"
        "末位的乡镇由县委约谈其主要负责人并在全县大会上作出说明情况属实的再扣五分"
    )
    long = "1.推广（5分）。" + words * 3
    wrapped = "\n".join(long[at : at + 30] for at in range(0, len(long), 30))
    scheme = read(f"清河县考核细则\n{wrapped}\n2.办结（5分）\n")
    assert tree(scheme.items)[0] == ("推广", Decimal(5), "scored", {"content": words * 3})


@pytest.mark.parametrize(
    ("line", "told"),
    [("总分：100分，另设加分项10分", "另设加分项10分"), ("合计\t1.学习（3分）；2.测试（2分）\t丁", "丁")],
)
def test_a_line_that_says_more_than_the_total_is_kept(line: str, told: str) -> None:
    scheme = read(f"清河县考核细则\n{line}\n1.推广（5分）")
    assert told in str(tree(scheme.items))


def test_only_labelled_points_that_are_points_are_left_out() -> None:
    assert "按季评定" in str(tree(read("清河县考核细则\n1.推广\n分值：按季评定\n分值：5\n").items))


def test_the_list_a_label_opens_on_its_own_line_goes_on() -> None:
    scheme = read("清河县考核细则\n1.推广（5分）\n评分标准：1.下载达80%，得3分。\n2.活跃达50%，得2分。\n")
    assert tree(scheme.items) == [("推广", 5, "scored", {"scoring": "1.下载达80%，得3分。\n2.活跃达50%，得2分。"})]


def test_an_indicator_that_gives_points_vetoes_nothing() -> None:
    scheme = read("清河县考核细则\n1.清理一票否决事项（8分）\n2.一票否决：发生重大事故的取消评优。\n")
    assert [leaf.kind for _, leaf in scheme.indicators()] == ["scored", "veto"]


def test_a_body_that_closes_a_draft_without_a_date_is_its_issuer() -> None:
    text = "考核办法\n\n1.办结（100分）\n评分标准：按期办结得满分\n\n二、考核方式\n年底考核一次。\n禾丰县农业农村局\n"
    [scheme] = read_draft("a.txt", text.encode()).schemes
    assert scheme.issuer is not None
    assert scheme.issuer.text == "禾丰县农业农村局"
    assert "禾丰县农业农村局" not in str([field.value for _, leaf in scheme.indicators() for field in leaf.fields])


@pytest.mark.parametrize("mark", [".", "、", "．"])
def test_an_item_may_begin_with_digits_of_its_own(mark: str) -> None:
    names = ["人居环境", "12345工单办理", "2026年重点项目", "网格事件"]
    scheme = read("清河县考核细则\n" + "".join(f"{at}{mark}{name}(25分)。逾期1件扣1分。\n" for at, name in enumerate(names, 1)))
    assert [leaf.name.text for _, leaf in scheme.indicators()] == names


def test_points_outside_the_total_are_told_apart_from_it() -> None:
    scored = "清河县考核细则\n一、基本项（100分）\n1.办结（100分）。按期办结得满分。\n"
    scheme = read(scored + "二、加分项（不计入100分，最高3分）\n信息采用每篇加1分。\n")
    told = [(leaf.name.text, leaf.points, leaf.kind) for _, leaf in scheme.indicators()]
    assert told == [("办结", 100, "scored"), ("加分项", 3, "bonus")]
