"""A scheme's head and leaves → the facts of the whole; and the fields of one indicator against its prose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assesslint.reading.facts import Scheme as Facts
from assesslint.reading.read import read_scheme
from assesslint.scheme.model import (
    Amount,
    App,
    Consultation,
    DataItem,
    DeclaredInspection,
    Every,
    Field,
    Indicator,
    Measure,
    Prose,
    Scheme,
    Term,
    Terms,
    prose_at,
)  # fmt: skip
from tests.reading.drafts import read

NUMBER = Decimal


def leaf(name: str, points: int | None = 10, kind: str = "scored", unit: str = "points", **cells: Any) -> Indicator:
    fields = tuple(Field(key, Prose(value) if isinstance(value, str) else value) for key, value in cells.items())
    return Indicator(Prose(name), None if points is None else NUMBER(points), unit, kind, fields)


def whole(*leaves: Indicator, name: str = "考核细则", **head: Any) -> Facts:
    return read_scheme(Scheme(Prose(name), items=leaves, **head)).facts


# ── points ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_points_are_summed_over_scored_leaves_and_shared_out_exactly() -> None:
    facts = whole(leaf("甲", 30), leaf("乙", 60), leaf("丙", 5, "bonus"), leaf("丁", None, "veto"), total=NUMBER(100))
    assert (facts.declared_total, facts.points_sum, facts.scored_points, facts.scored_leaves) == (100, 90, 90, 2)
    assert [i.share for i in facts.indicators] == [NUMBER(30) / 90, NUMBER(60) / 90, None, None]


def test_a_scheme_of_percentages_adds_up_to_a_hundred() -> None:
    facts = whole(leaf("甲", 40, unit="percent"), leaf("乙", 60, unit="percent"), total=NUMBER(1000))
    assert (facts.declared_total, facts.points_sum) == (100, 100)


def test_a_scheme_without_points_has_no_sum() -> None:
    facts = whole(leaf("甲", None))
    assert (facts.declared_total, facts.points_sum, facts.total_words, facts.indicators[0].share) == (None, None, None, None)


def test_points_for_going_through_motions() -> None:
    facts = whole(
        leaf("下载", 10, scoring="APP下载率达到80%。"),
        leaf("留痕", 20, scoring="工作扎实。", evidence="照片、台账"),
        leaf("报送", 5, scoring="每日报送台账。"),
        leaf("办结", 30, scoring="办结率达到95%。", evidence="照片"),
        leaf("核查", 35, scoring="工作扎实。", evidence="照片、现场核查"),
        leaf("普查", 40, scoring="单位清查漏报率低于1%得满分。"),
        leaf("直报", 50, scoring="企业按统计制度规定的时间报送，按时上报率100%。"),
    )
    assert facts.process_points == 35


# ── head ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("issuer", "department"),
    [
        ("县教育局", True),
        ("县政务服务中心", True),
        ("中共某县委宣传部 某县融媒体中心", True),
        ("某县应急管理局（县安委办）", True),
        ("县人民政府", False),
        ("中共某县委员会", False),
        ("县委办公室", False),
        ("县人民政府 县教育局", False),
        (None, False),
    ],
)
def test_whether_a_department_issues_it(issuer: str | None, department: bool) -> None:
    facts = whole(issuer=None if issuer is None else Prose(issuer))
    assert (facts.issuer, facts.issuer_is_department) == (issuer, department)


@pytest.mark.parametrize(
    ("head", "addressed"),
    [
        ({"audience_text": Prose("各乡镇党委、政府")}, True),
        ({"audience_text": Prose("各乡镇(街道)")}, True),
        ({"audience_text": Prose("各乡镇卫生院")}, False),
        ({"audience_text": Prose("各乡镇(街道)残联")}, False),
        ({"audience_text": Prose("各县（市、区）医疗保障局")}, False),
        ({"audience_text": Prose("各县（市、区）")}, True),
        ({"audience_text": Prose("各村（社区）")}, False),
        ({"audience_text": Prose("局属各单位、各科室")}, False),
        ({"audience": (Term("township"),)}, True),
        ({"audience": (Term("school"),)}, False),
        ({}, False),
    ],
)
def test_whether_it_addresses_party_committees_or_governments(head: dict[str, Any], addressed: bool) -> None:
    assert whole(**head).addresses_party_or_government is addressed


@pytest.mark.parametrize(
    ("basis", "planned", "consent"),
    [
        ("列入2026年度督查检查考核计划", True, False),
        ("经县委、县政府同意", True, True),
        ("县委办转发", False, True),
        ("列入总关督查检查考核事项计划", True, False),
        ("已经县委审定", True, True),
        ("根据工作需要", False, False),
        (None, False, False),
    ],
)
def test_the_plan_and_the_consent_it_names(basis: str | None, planned: bool, consent: bool) -> None:
    facts = whole(basis=None if basis is None else Prose(basis))
    assert (facts.basis, facts.plan_named, facts.with_consent) == (basis, planned, consent)


@pytest.mark.parametrize(("title", "consulted"), [("分局工作评价方案", True), ("乡镇工作评价方案", False)])
def test_those_whom_the_title_names_are_the_assessed(title: str, consulted: bool) -> None:
    assert whole(name=title, consultation=Consultation(consulted=Prose("征求各分局意见20日"))).consulted_assessed is consulted


@pytest.mark.parametrize(
    ("consultation", "days", "consulted"),
    [
        (Consultation(date(2026, 3, 1), date(2026, 3, 10), Prose("各乡镇、村")), 10, True),
        (Consultation(date(2026, 3, 1), date(2026, 3, 1), Prose("专家")), 1, False),
        (Consultation(consulted=Prose("基层单位")), None, True),
        (Consultation(consulted=Prose("征求了局机关各股室、局属各单位意见")), None, False),
        (Consultation(consulted=Prose("征求了局机关各科室和各乡镇意见")), None, True),
        (Consultation(consulted=Prose("10月8日至10月23日征求各乡镇人民政府意见")), 16, True),
        (Consultation(consulted=Prose("12月29日至1月4日征求各乡镇意见")), 7, True),
        (Consultation(consulted=Prose("公开征求意见15日，各乡镇参与")), 15, True),
        (Consultation(consulted=Prose("向各乡镇征求意见，时间为三天")), 3, True),
        (Consultation(consulted=Prose("书面征求各乡镇意见，3日内反馈")), None, True),
        (Consultation(date(2026, 3, 1)), None, None),
        (None, None, None),
    ],
)
def test_how_long_opinions_were_asked_for_and_whose(consultation: Consultation | None, days: int | None, consulted: bool | None) -> None:
    facts = whole(consultation=consultation)
    assert (facts.consultation_days, facts.consulted_assessed) == (days, consulted)
    assert (facts.consultation_words is None) is (consultation is None)


# ── apps and names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("app", "level", "compulsory", "own"),
    [
        (App(Prose("渝快办"), operator=Prose("市大数据局")), "city", False, False),
        (App(Prose("渝快办"), operator=Prose("某镇政府"), compulsory=True), "township", True, False),
        (App(Prose("渝快办"), operator=Prose("县教育局")), "county", False, True),
        (App(Prose("渝快办"), operator=Prose("县教育局"), operator_level="province"), "province", False, True),
        (App(Prose("渝快办")), None, False, False),
    ],
)
def test_who_runs_a_declared_app(app: App, level: str | None, compulsory: bool, own: bool) -> None:
    (found,) = whole(apps=(app,), issuer=Prose("县教育局")).apps
    assert (found.name, found.operator_level, found.compulsory, found.built_by_issuer) == ("渝快办", level, compulsory, own)


def test_an_app_that_points_hang_on_is_compulsory() -> None:
    measure = Measure("activate", "rate", Prose("渝快办"), operator="at_least", target=Amount(NUMBER(50), "percent"))
    facts = whole(leaf("激活", measure=measure), apps=(App(Prose("渝快办")),))
    assert [app.compulsory for app in facts.apps] == [True]
    assert [(r.name, r.declared) for r in facts.indicators[0].references] == [("渝快办", True)]


@pytest.mark.parametrize(("named", "declared"), [("渝快办", [("渝快办", True)]), ("渝慢办", [("渝慢办", False)])])
def test_a_name_is_looked_up_among_those_declared(named: str, declared: list[tuple[str, bool]]) -> None:
    facts = whole(leaf("激活", measure=Measure("activate", "rate", Prose(named))), apps=(App(Prose("渝快办")),))
    assert [(r.name, r.declared) for r in facts.indicators[0].references] == declared


def test_what_is_declared_outside_the_indicators_is_read_as_a_provision() -> None:
    data = DataItem(Prose("死亡人口信息"), Prose("县卫健局"), Every(NUMBER(7)), (Term("village"),), (Prose("民政局"),), (), "by_hand")
    visit = DeclaredInspection(Prose("月度督查"), Every(NUMBER(30)), (Prose("县委办"),), merged=False)
    report, inspection = whole(data_items=(data,), inspections=(visit,)).indicators
    assert (report.kind, inspection.kind) == ("provision", "provision")
    (asked,) = report.reporting
    assert (asked.item, asked.actor, asked.frequency, asked.recipients, asked.held_by, asked.means) == (
        "死亡人口信息", "village", 7, ("民政局",), "县卫健局", "by_hand",
    )  # fmt: skip
    (visited,) = inspection.inspections
    assert (visited.frequency, visited.bodies, visited.merged, visited.scored) == (30, ("县委办",), False, True)


def test_structured_fields_make_the_facts_that_prose_makes() -> None:
    measure = Measure(
        "activate", "rate", Prose("渝快办"), of="registered_population", operator="at_least", target=Amount(NUMBER(50), "percent")
    )
    fields = {
        "measure": measure,
        "evidence": Terms((Term("screenshot"),)),
        "consequence": Terms((Term("talk"),)),
        "inspection": Every(NUMBER(30)),
    }
    indicator = whole(leaf("重点任务", **fields), apps=(App(Prose("渝快办")),)).indicators[0]
    (demand,) = indicator.demands
    assert (demand.action, demand.object.kind, demand.object.name, demand.force) == ("activate", "app", "渝快办", "scored")
    assert demand.target is not None and (demand.target.of, demand.target.value) == ("registered_population", 50)
    assert [e.kind for e in indicator.evidence] == ["screenshot"]
    assert [(c.kind, c.hangs_on[0].demand) for c in indicator.consequences] == [("talk", demand)]
    assert [i.frequency for i in indicator.inspections] == [30]


def test_a_circumstance_declared_holds_for_all_of_an_indicator() -> None:
    cells = {"scoring": "每日打卡，每日报送，缺一次通报。", "circumstance": Terms((Term("emergency"),))}
    indicator = whole(leaf("值守", **cells)).indicators[0]
    facts = (*indicator.demands, *indicator.reporting, *indicator.consequences)
    assert len(facts) >= 3
    assert {fact.circumstance for fact in facts} == {"emergency"}


def test_an_indicator_that_asks_the_same_as_an_earlier_one_names_it() -> None:
    facts = whole(
        leaf("甲", scoring="APP下载率达到80%。"), leaf("乙", scoring="APP下载率达80%以上。"), leaf("丙", scoring="APP下载率达到90%。")
    )
    assert [i.same_as for i in facts.indicators] == [None, "甲", None]
    assert [i.same_as for i in whole(leaf("甲", scoring="好。"), leaf("乙", scoring="好。")).indicators] == [None, None]


def test_one_standard_word_for_word_on_one_thing_is_told_twice() -> None:
    standard = "第三方按《物业服务等级标准》测评，80分以上得8分。"
    names = ("小区物业服务水平", "物业服务质量", "绿化养护")
    assert [i.same_as for i in whole(*(leaf(name, scoring=standard) for name in names)).indicators] == [None, "小区物业服务水平", None]
    other = (leaf("春季造林绿化", scoring="按完成比例得分。"), leaf("秋季造林绿化", scoring="按完成比例得分。"))
    assert [i.same_as for i in whole(*other).indicators] == [None, None]


# ── contradictions ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def contradictions(**cells: Any) -> list[tuple[str, str, str]]:
    found = whole(leaf("激活", 5, **cells), apps=(App(Prose("渝快办")),)).indicators[0].contradictions
    return [(c.field, c.field_value, c.text_value) for c in found]


ACTIVATION = Measure("activate", "rate", Prose("渝快办"), operator="at_least", target=Amount(NUMBER(50), "percent"))


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"measure": ACTIVATION, "scoring": "APP激活率达到60%得满分。"}, [("度量", "50%", "60%")]),
        ({"measure": ACTIVATION, "scoring": "APP激活率达到50%得满分。"}, []),
        ({"measure": ACTIVATION, "scoring": "APP下载率达到60%得满分。"}, []),
        ({"scoring": "满分10分，缺一项扣1分。"}, [("分值", "5分", "10分")]),
        ({"scoring": "满分5分，缺一项扣1分。"}, []),
        ({"scoring": "每周报送台账。", "frequency": Every(NUMBER(30))}, [("频次", "每30天", "每周")]),
        ({"scoring": "每月报送台账。", "frequency": Every(NUMBER(30))}, []),
        ({"scoring": "每月5日前分送三局。", "frequency": "季报"}, [("频次", "季报", "每月")]),
        ({"scoring": "每周一汇总巡查数据报县局。", "reporting": "每季度"}, [("频次", "每季度", "每周")]),
        ({"scoring": "每月巡查一次，发现的问题按季报送。", "frequency": "季报"}, []),
        ({"scoring": "每周巡查。", "frequency": "月报"}, []),
    ],
)
def test_fields_against_prose(cells: dict[str, Any], found: list[tuple[str, str, str]]) -> None:
    assert contradictions(**cells) == found


# ── clarity ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "measurable", "discretionary", "words"),
    [
        ("完成率达到90%得满分。", True, False, "完成率达到90%得满分。"),
        ("每缺一项扣1分。", True, False, "每缺一项扣1分。"),
        ("工作扎实，成效明显。", False, False, "工作扎实，成效明显。"),
        ("酌情扣分。", True, True, "酌情扣分"),
        ("视情给1至3分。", True, True, "视情"),
        ("不得酌情扣分，缺一项扣1分。", True, False, "不得酌情扣分，缺一项扣1分。"),
    ],
)
def test_whether_two_people_would_give_the_same_points(text: str, measurable: bool, discretionary: bool, words: str) -> None:
    clarity = read(text).clarity
    assert clarity is not None
    assert (clarity.measurable, clarity.discretionary, clarity.words.text) == (measurable, discretionary, words)


def test_without_a_scoring_text_the_content_is_judged_and_without_either_nothing() -> None:
    clarity = read("完成率达到90%。", "content").clarity
    assert clarity is not None and clarity.words.field == "content"
    assert read("照片", "evidence").clarity is None


def test_a_scheme_read_in_part_says_how_much() -> None:
    text = "APP下载率达到80%。鸟语花香处处飞。"
    reading = read_scheme(
        Scheme(Prose("细则"), items=(Indicator(Prose("甲"), NUMBER(5), fields=(Field("scoring", prose_at(text, 0, len(text))),)),))
    )
    assert (reading.characters, reading.read_characters) == (18, 10)


@pytest.mark.parametrize(
    ("standard", "apps"),
    [
        ("我局开发的“民情直通”注册率达到90%得满分。“清河通”日活率达到80%得满分。", ["民情直通", "清河通"]),
        ("“清河通”注册率达到90%得满分。", ["清河通"]),
        ("“国家反诈中心”APP注册率达到90%得满分。", []),
        ("群众可自愿使用我局开发的“清河通”。", []),
        ("乡镇自行开发小程序并运行满半年的得8分。", ["乡镇自行开发小程序"]),
        ("严禁乡镇自行开发小程序，发现一个扣2分。", []),
        ("各村自建APP的，每个扣1分。", []),
    ],
)
def test_the_apps_that_prose_tells_of(standard: str, apps: list[str]) -> None:
    assert [app.name for app in whole(leaf("应用", scoring=standard), issuer=Prose("清河县民政局")).apps] == apps
