"""What follows for units and people → Consequences, and what they hang on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assesslint.proof.trials import read_facts
from assesslint.reading.facts import NO_WORDS, Consequence, Hang
from tests.reading.drafts import hung_on, read, read_cells, said

UNKNOWN = (Hang(kind="unknown"),)


def consequence(kind: str, direction: str = "penalty", hangs: tuple[Hang, ...] = UNKNOWN, **rest: Any) -> Consequence:
    return Consequence(NO_WORDS, rest.pop("force", "required"), kind, direction, hangs_on=hangs, **rest)


HARM, LAW = (Hang(kind="real_harm"),), (Hang(kind="law"),)

CONSEQUENCES: list[tuple[str, list[tuple[str, Consequence]]]] = [
    ("按季度排名。", [("按季度排名", consequence("ranking", "neutral", frequency=Decimal(91)))]),
    ("每日晾晒工作进度。", [("每日晾晒", consequence("ranking", "neutral", frequency=Decimal(1)))]),
    ("列全县前三名的乡镇加2分。", [("列全县前三名", consequence("ranking", "neutral"))]),
    ("实行末位淘汰。", [("末位淘汰", consequence("ranking", "neutral"))]),
    ("作出书面检讨。", [("书面检讨", consequence("self_criticism"))]),
    ("年度考核结果报县委、县政府，与绩效挂钩。", [("与绩效挂钩", consequence("pay", hangs=(Hang(kind="real_results"),)))]),
    ("核减年终奖励名额。", [("核减年终奖励名额", consequence("quota_cut"))]),
    ("取消年度评优资格。", [("取消年度评优", consequence("loss_of_honours"))]),
    ("未达标的约谈。", [("约谈", consequence("talk"))]),
    ("与乡镇、村（社区）层层签订责任状。", [("责任状", consequence("responsibility_letter"))]),
    ("对表现突出的授予“先进集体”称号。", [("授予", consequence("honour", "reward"))]),
    ("学生未注册的不予发放毕业证。", [("不予发放", consequence("denial_of_service"))]),
    ("发生生产安全事故的一票否决。", [("一票否决", consequence("veto", hangs=HARM))]),
    ("对弄虚作假的，严肃追责。", [("严肃追责", consequence("accountability", hangs=HARM))]),
    ("逾期未整改的，依法依规问责。", [("问责", consequence("accountability", hangs=LAW, circumstance="statutory"))]),
    ("扣减村干部绩效工资。", [("扣减村干部绩效工资", consequence("pay"))]),
    ("连续两月后三名的，取消评先资格并调整岗位。",
     [("取消评先资格", consequence("loss_of_honours")), ("调整岗位", consequence("transfer")),
      ("后三名", consequence("ranking", "neutral"))]),
    ("出现1次差错一票否决，并严肃追责。", [("一票否决", consequence("veto")), ("严肃追责", consequence("accountability"))]),
    ("存在一票否决的，每起扣2分。", [("一票否决", consequence("veto", force="prohibited"))]),
    ("不排县区位次。", [("位次", consequence("ranking", "neutral", force="prohibited"))]),
    ("不对教师个人排名。", [("排名", consequence("ranking", "neutral", force="prohibited"))]),
    ("数据不对的通报。", [("通报", consequence("circular"))]),
    ("不排名、不通报。",
     [("排名", consequence("ranking", "neutral", force="prohibited")), ("通报", consequence("circular", force="prohibited"))]),
    ("取消一票否决。", [("一票否决", consequence("veto", force="withdrawn"))]),
    ("不得将排名与干部评优挂钩。",
     [("排名", consequence("ranking", "neutral", force="prohibited")), ("评优", consequence("honour", "reward", force="prohibited"))]),
    ("扣1分。", []),
    ("荣获表彰。", []),
    ("被市级通报。", []),
    ("不得打卡，违者约谈。", [("约谈", consequence("talk"))]),
    ("不按期完成的通报批评。", [("通报批评", consequence("circular"))]),
    ("推行告知承诺制，申请人签署书面承诺。", []),
    ("作为一票的发票管理规范。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CONSEQUENCES)
def test_what_follows(text: str, expected: list[tuple[str, Consequence]]) -> None:
    assert [said(c) for c in read(text).consequences] == expected


HANGS: list[tuple[dict[str, str], list[tuple[str, list[str]]]]] = [
    ({"scoring": "未完成下载任务的扣减村干部绩效工资。"}, [("pay", ["install"])]),
    ({"scoring": "APP激活率每月排名。"}, [("ranking", ["activate"])]),
    ({"scoring": "APP下载率达到80%。", "consequence": "未完成的约谈。"}, [("talk", ["install"])]),
    ({"scoring": "APP下载率达到80%。发生安全事故的一票否决。"}, [("veto", ["real_harm"])]),
    ({"scoring": "按质量打分。", "evidence": "工作截图", "consequence": "未达标的约谈。"}, [("talk", ["proof screenshot"])]),
    ({"scoring": "每日报送工作台账，迟报的通报。"}, [("circular", ["report"])]),
    ({"consequence": "按办结率排名。"}, [("ranking", ["resolve"])]),
    ({"scoring": "发生安全事故的一票否决。", "consequence": "一票否决"}, [("veto", ["real_harm"]), ("veto", ["real_harm"])]),
    ({"scoring": "发生安全事故的一票否决。", "consequence": "未完成征订的一票否决"}, [("veto", ["real_harm"]), ("veto", ["deliver"])]),
    ({"scoring": "发生安全事故的扣5分。", "consequence": "一票否决"}, [("veto", ["unknown"])]),
    ({"consequence": "依据《地方党政领导干部安全生产责任制规定》，对该县区一票否决。"}, [("veto", ["law"])]),
    ({"consequence": "按照《清河县网格化管理责任制规定》，对该镇一票否决。"}, [("veto", ["unknown"])]),
    ({"consequence": "作业事故一票否决。"}, [("veto", ["real_harm"])]),
    ({"scoring": "事故隐患上报数不足50条的一票否决。"}, [("veto", ["report_item", "report"])]),
    ({"consequence": "一票否决。", "remarks": "本事项列入中央保留的清单。"}, [("veto", ["law"])]),
    ({"consequence": "一票否决。", "remarks": "本事项未列入中央保留的清单。"}, [("veto", ["unknown"])]),
]


@pytest.mark.parametrize(("cells", "expected"), HANGS)
def test_what_it_hangs_on(cells: dict[str, str], expected: list[tuple[str, list[str]]]) -> None:
    assert [(c.kind, hung_on(c.hangs_on)) for c in read_cells(cells).consequences] == expected


def test_a_consequence_hangs_on_the_very_facts_of_its_indicator() -> None:
    facts = read_cells({"scoring": "APP下载率达到80%，公众号关注率达到60%。", "consequence": "末位的约谈。"})
    (talk,) = [c for c in facts.consequences if c.kind == "talk"]
    assert [hang.demand for hang in talk.hangs_on] == list(facts.demands)


def test_how_often_comes_from_its_clause_an_earlier_one_or_the_cell() -> None:
    def often(cells: dict[str, str]) -> list[Decimal | None]:
        return [c.frequency for c in read_cells(cells).consequences if c.kind in ("ranking", "circular")]

    assert often({"scoring": "每月排名。"}) == [Decimal(30)]
    assert often({"scoring": "每月调度，并排名。"}) == [Decimal(30)]
    assert often({"consequence": "排名通报。", "frequency": "每周"}) == [Decimal(7)]
    assert often({"consequence": "年底排名。", "frequency": "每周"}) == [None]


def test_a_veto_line_is_a_veto_even_where_it_does_not_say_so() -> None:
    found = read("APP下载率低于50%。", kind="veto", points=None).consequences
    assert [(c.kind, hung_on(c.hangs_on)) for c in found] == [("veto", ["install"])]
    found = read("发生较大及以上生产安全事故。", kind="veto", points=None).consequences
    assert [(c.kind, hung_on(c.hangs_on)) for c in found] == [("veto", ["real_harm"])]


def test_the_cell_of_evidence_threatens_nobody() -> None:
    assert read("通报、责任状、约谈记录", "evidence").consequences == ()


SAID_OTHERWISE: list[tuple[str, list[str]]] = [
    ("插红旗、挂黑旗。", ["ranking", "ranking"]),
    ("各村注册率按周在工作群播报。", ["ranking"]),
    ("向群众公布水质检测结果。", []),
    ("电子屏每日公布排放数据。", []),
    ("快检每日公示结果。", []),
    ("家长会不点名。", []),
    ("每月在大会上点名末位单位。", ["circular", "ranking"]),
    ("每月公布各村水质得分。", ["ranking"]),
    ("树立榜样，抓好揭榜挂帅。", []),
    ("值班领导随机点名抽查在岗情况。", []),
    ("后三名在例会上点名。", ["circular", "ranking"]),
    ("村支书在镇干部大会上说清楚。", ["talk"]),
    ("窗口人员在大厅向群众说明政策。", []),
    ("护林员管护费停发一个月。", ["pay"]),
    ("漏一次扣50元。", ["pay"]),
    ("科室主任年底不参与评优。", ["loss_of_honours"]),
    ("本项降一档。", []),
    ("不续签的，转为内勤辅助岗位。", ["transfer"]),
    ("其他各项得分一概不作数。", ["veto"]),
    ("年度按断面水质指数排名，末位的约谈。", ["ranking", "talk"]),
    ("年度考核直接定为末位等次。", ["veto"]),
    ("各村支书在大会上立下保证，按红手印。", ["responsibility_letter"]),
    ("以职责清单代替责任书。", []),
    ("智能审核扣款率低于0.5%得4分。", []),
]


@pytest.mark.parametrize(("text", "kinds"), SAID_OTHERWISE)
def test_soft_names_and_look_alikes(text: str, kinds: list[str]) -> None:
    assert sorted({c.kind for c in read(text).consequences}) == sorted(set(kinds))


RHYTHMS: list[tuple[dict[str, str], list[Decimal | None]]] = [
    ({"scoring": "每周报送台账，迟报两次的通报。"}, [None]),
    ({"scoring": "每周统计登录率，末位的通报。"}, [Decimal(7), Decimal(7)]),
    ({"scoring": "各村每日打卡，当晚在群里晒单。"}, [Decimal(1)]),
    ({"scoring": "各镇排名，每旬更换一次。"}, [Decimal(10)]),
    ({"scoring": "整改进度十日一通报。"}, [Decimal(10)]),
    ({"scoring": "年底排名，不按月通报。"}, [None, Decimal(30)]),
    ({"consequence": "红黑榜公示。", "frequency": "季"}, [Decimal(91)]),
    ({"scoring": "进度实行排名。", "frequency": "每月公布一次"}, [Decimal(30)]),
    ({"scoring": "考核结果按季度通报。“邻里通”活跃度排在后三位的，取消评优资格。"}, [Decimal(91), None]),
    ({"scoring": "每月统计登录率。后三名约谈。"}, [Decimal(30)]),
    ({"scoring": "监测数据公布在网站，不作县区排名。", "frequency": "每月公布一次"}, [Decimal(30)]),
]


@pytest.mark.parametrize(("cells", "often"), RHYTHMS)
def test_a_frequency_belongs_to_the_work_or_to_the_judging(cells: dict[str, str], often: list[Decimal | None]) -> None:
    found = sorted((c for c in read_cells(cells).consequences if c.kind in ("ranking", "circular")), key=lambda c: c.words.span.start)
    assert [c.frequency for c in found] == often


MATTERS: list[tuple[dict[str, str], list[str]]] = [
    ({"scoring": "APP激活率达到70%。诚信宣传月没有办成一场文艺演出的，一票否决。"}, ["unknown"]),
    ({"scoring": "APP激活率达到70%。未达标的，一票否决。"}, ["activate"]),
    ({"scoring": "APP激活率达到70%。工单逾期未办结的，一票否决。"}, ["resolve"]),
    ({"scoring": "APP激活率达到70%。", "consequence": "对激活情况予以通报。"}, ["activate"]),
    ({"scoring": "发生安全事故的约谈，取消评优。"}, ["real_harm", "real_harm"]),
    ({"scoring": "依照省耕地保护责任制考核办法一票否决。"}, ["law"]),
    ({"scoring": "按质量打分。", "evidence": "工作截图、现场核查", "consequence": "未达标的约谈。"}, ["unknown"]),
]


@pytest.mark.parametrize(("cells", "grounds"), MATTERS)
def test_a_case_of_its_own_is_its_own_ground(cells: dict[str, str], grounds: list[str]) -> None:
    assert [ground for c in read_cells(cells).consequences for ground in hung_on(c.hangs_on)] == grounds


def test_what_costs_points_case_by_case_is_no_threat() -> None:
    def forces(text: str) -> list[str]:
        return [c.force for c in read(text).consequences]

    assert forces("按月排名的，每发现一次扣2分。") == ["prohibited"]
    assert forces("排名后三位的，每次扣2分。") == ["required"]
    assert forces("以未签责任状为由扣分的，本项不得分。") == ["prohibited"]


@pytest.mark.parametrize(
    ("text", "ranked"),
    [
        ("菜谱每日公布，家长满意。", False),
        ("救助对象每月公示。", False),
        ("垃圾分类得分每月公布。", True),
        ("垃圾分类得分90分以上得2分，每月公布。", True),
        ("每月公布各村名次。", True),
        ("为争创全省第一方阵，整改率达到95%。", False),
        ("整改率进入全市第一方阵的加2分。", True),
    ],
)
def test_making_known_ranks_only_where_it_is_told_how_somebody_stands(text: str, ranked: bool) -> None:
    assert ("ranking" in {c.kind for c in read(text).consequences}) == ranked


def test_what_a_consequence_hangs_on_stands_under_the_circumstance_declared_for_all() -> None:
    [scheme] = read_facts("scheme", '方案 "甲" { 指标 "乙" 5分 { 评分: "驾驶员打卡率低于60%的约谈" 情形: 法定 } }')
    [indicator] = scheme.indicators
    [consequence] = indicator.consequences
    assert [hang.demand for hang in consequence.hangs_on] == list(indicator.demands)
    assert {fact.circumstance for fact in (consequence, *indicator.demands)} == {"statutory"}


def test_a_consequence_hangs_on_no_proof_that_others_want() -> None:
    [scheme] = read_facts("scheme", '方案 "甲" { 指标 "乙" 5分 { 评分: "据反映，有的村要求提供照片佐证" 后果: 约谈 } }')
    [indicator] = scheme.indicators
    assert [proof.voice for proof in indicator.evidence] == ["quoted"]
    assert [c.hangs_on for c in indicator.consequences] == [UNKNOWN]


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("完成好的予以通报表扬。", ["reward"]),
        ("完成差的予以通报批评。", ["penalty"]),
        ("对前三名全县通报表扬，对末位予以通报。", ["penalty", "reward"]),
    ],
)
def test_a_circular_that_praises_is_an_honour(text: str, directions: list[str]) -> None:
    assert sorted(c.direction for c in read(text).consequences if c.kind == "circular") == directions


@pytest.mark.parametrize(
    ("text", "by_usage"),
    [
        ("学习强国日活达80%得5分。考核结果经局党组审定后通报各乡镇。", False),
        ("学习强国日活达80%得5分。未达标的予以通报。", True),
        ("学习强国日活考核结果每月通报各乡镇。", True),
        ("学习强国日活达80%得5分。综合得分末位的予以通报。", False),
        ("学习强国日活达80%得5分。本项得分末位的予以通报。", True),
    ],
)
def test_the_outcome_of_the_whole_is_no_figure_of_use(text: str, by_usage: bool) -> None:
    circulars = [c for c in read(text).consequences if c.kind == "circular"]
    assert [any(hang.demand for hang in c.hangs_on) for c in circulars] == [by_usage]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("层层签订责任书、责任状。", ["责任书"]),
        ("与校长签订责任书，校长签订责任状的得2分。", ["责任书"]),
        ("校长签订责任状的得2分。", ["责任状"]),
        ("签订责任书得1分。未签订责任状的扣1分。", ["责任书", "责任状"]),
    ],
)
def test_letters_of_one_signing_are_told_once(text: str, letters: list[str]) -> None:
    assert [c.words.text for c in read(text).consequences if c.kind == "responsibility_letter"] == letters
