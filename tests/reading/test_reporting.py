"""Sentences that ask for something to be handed in → Reporting: how often, to whom, through what, and who has it already.

A sentence may give several, one for each thing it says of a report (each at its own words); here they are looked at together.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from assesslint.reading.facts import Reporting
from tests.reading.drafts import read, read_cells

DAY, WEEK, MONTH = Decimal(1), Decimal(7), Decimal(30)


def of(cells: dict[str, str] | str) -> tuple[Reporting, ...]:
    return read_cells({"scoring": cells} if isinstance(cells, str) else cells).reporting


def told(reports: tuple[Reporting, ...], field: str) -> set[object]:
    """Return what the reports of a draft say in one field, the empty answers left out."""
    values = {getattr(report, field) for report in reports}
    return {value for value in values if value not in (None, (), False, "unknown")}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("每日17时前报送工作进展。", DAY),
        ("每周一向县农业农村局报送进度表。", WEEK),
        ("每天17时30分前在“参保攻坚”工作群接龙报数。", DAY),
        ("每半月报送残疾人信息台账。", Decimal(15)),
        ("每季度报送一次工作总结。", Decimal(91)),
        ("每日更新台账。", DAY),
        ("每4小时报送一次雨情。", Decimal(1) / 6),
        ("实行一日一报。", DAY),
        ("每月5日前报送台账。", MONTH),
        ("不再要求每日报送。", DAY),
        ("及时报送。", None),
        ("每周开放图书馆，年底报送总结1份。", None),
        ("每周，各村报送台账。", WEEK),
    ],
)
def test_how_often(text: str, days: Decimal | None) -> None:
    assert of(text)
    assert told(of(text), "frequency") == (set() if days is None else {days})


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("每日报送台账。", "scored"),
        ("必须每日报送台账。", "required"),
        ("不得要求每日报送台账。", "prohibited"),
        ("不再要求每日报送。", "withdrawn"),
        ("取消日报、周报。", "withdrawn"),
        ("无需基层填报。", "prohibited"),
    ],
)
def test_whether_it_is_asked_for(text: str, force: str) -> None:
    assert told(of(text), "force") == {force}


@pytest.mark.parametrize(
    "text",
    [
        "每日走访2户。",
        "每季度召开推进会。",
        "按时申报高新技术企业。",
        "天气预报及时发布。",
        "台账资料齐全即得满分。",
        "参加会议须报名。",
        "",
    ],
)
def test_sentences_that_ask_for_none(text: str) -> None:
    assert of(text) == ()


def test_sentences_are_read_apart() -> None:
    assert [r.frequency for r in of("每日报送、填报、上报。每周汇总上报。")] == [DAY, WEEK]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("每月报送县教育局、县民政局和县财政局。", ("县教育局", "县民政局", "县财政局")),
        ("每月5日前分别报县委办、县政府办、县减负办。", ("县委办", "县政府办", "县减负办")),
        ("每月报送进度。", None),
    ],
)
def test_to_whom(text: str, recipients: tuple[str, ...] | None) -> None:
    assert told(of(text), "recipients") == (set() if recipients is None else {recipients})


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        ("同一数据分别录入综治平台和网格系统。", ("综治平台", "网格系统")),
        ("每月登记造册。", None),
    ],
)
def test_through_what(text: str, systems: tuple[str, ...] | None) -> None:
    assert told(of(text), "systems") == (set() if systems is None else {systems})


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ("同一事项分别录入两个系统。", True),
        ("报送县委办一份，报送县政府办一份。", True),
        ("在省系统填报后，再次录入县平台。", True),
        ("在省系统填报。", False),
        ("无需重复报送，一次报送各级共用。", False),
        ("系统里填一遍、群里发一遍，漏一处扣分。", True),
        ("填报有误的退回重新填报。", False),
        ("租赁合同一式两份，双方各执一份。", False),
        ("上报人员名单，重复登记1户扣0.1分。", False),
        ("宣传材料统一报送，乡镇不另发稿件。", False),
        ("上报人员名单，在两个系统重复登记。", True),
    ],
)
def test_whether_the_same_is_handed_in_twice(text: str, repeated: bool) -> None:
    assert any(r.repeated and r.force == "scored" for r in of(text)) is repeated


@pytest.mark.parametrize(
    ("text", "zero"),
    [
        ("每日报送，没有情况也要报。", True),
        ("每日报送，无新增的填“0”。", True),
        ("落实零报告制度。", True),
        ("每日17时前报送工作进展，无情况也须零报告。", True),
        ("每日报送受灾情况。", False),
        ("报送数据零差错。", False),
    ],
)
def test_whether_nothing_is_to_be_reported_too(text: str, zero: bool) -> None:
    assert any(r.zero_report for r in of(text)) is zero


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("每月由网格员手工填报。", {"by_hand"}),
        ("每月由系统自动生成并报送。", {"automatic"}),
        ("每月通过共享接口推送，报送汇总数。", {"shared"}),
        ("每月报送。", set()),
    ],
)
def test_by_what_means(text: str, means: set[str]) -> None:
    assert told(of(text), "means") == means


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("逐户填报户籍信息。", "公安"),
        ("逐户填报低保对象名单。", "民政"),
        ("村医填报疫苗接种情况。", "医疗机构"),
        ("填报社保缴费记录。", "人社(社保)"),
        ("每半月报送残疾人信息台账。", "其他部门"),
        ("填报项目进度。", None),
        ("卫生院通过直报系统报送接种信息。", None),
        ("网格员上门抄录居民名下车辆台数。", "公安"),
        ("学籍系统由专人维护，逐户填报就业意愿。", None),
        ("用电量除在联网直报平台填报外，再以电子表格报县发改局。", None),
        ("逐户填报用电量，再报县发改局。", "其他部门"),
    ],
)
def test_who_has_it_already(text: str, holder: str | None) -> None:
    assert told(of(text), "held_by") == (set() if holder is None else {holder})


@pytest.mark.parametrize(
    ("text", "circumstance", "pace"),
    [
        ("应急响应期间每4小时报送一次雨情水情。", "emergency", "fast"),
        ("发生突发事件的，2小时内上报。", "emergency", "fast"),
        ("每日报送党员名册。", "normal", "slow"),
        ("每日报送景区客流量。", "normal", "fast"),
        ("每日报送。", "normal", None),
    ],
)
def test_when_and_of_what(text: str, circumstance: str, pace: str | None) -> None:
    assert told(of(text), "circumstance") == {circumstance}
    assert told(of(text), "pace") == (set() if pace is None else {pace})


def test_a_cell_of_frequency_tells_how_often_only_where_something_is_reported() -> None:
    assert told(of({"content": "报送工作台账。", "frequency": "每周"}), "frequency") == {WEEK}
    assert told(of({"frequency": "季报一次"}), "frequency") == {Decimal(91)}
    assert of({"content": "提升服务质量。", "frequency": "每周"}) == ()


def test_so_many_items_a_month_is_a_quota() -> None:
    assert [d.action for d in read("每月报送信息10条。").demands] == ["report_item"]


def test_a_report_stands_at_its_own_words() -> None:
    assert [r.words.text for r in of("每日报送")] == ["每日报送"]
    assert [r.words.text for r in of("每日17时前报送工作进展，无情况也须零报告。") if r.zero_report][-1].endswith("零报告")


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("线上办结后打印盖章，扫描上传平台，同时报县数据局、县委社会工作部各一份。", {("县数据局", "县委社会工作部")}),
        ("线上办结后打印盖章，扫描上传平台，报县数据局一份。", {("县数据局",)}),
        ("项目进度表发改局、财政局各报一份。", {("项目进度表发改局", "财政局")}),
        ("周一、周四各报一次进度表。", set()),
        ("各村、各社区各报一份总结。", set()),
    ],
)
def test_days_and_givers_are_no_bodies_that_a_thing_goes_to(text: str, bodies: set[object]) -> None:
    assert told(of(text), "recipients") == bodies
    assert told(of(text), "repeated") <= {len(bodies) > 0}


def test_items_asked_for_by_number_are_no_report_so_often() -> None:
    assert told(of("每月报送信息不少于6篇。"), "frequency") == set()
    assert told(of("每月报送报表6次。"), "frequency") == {MONTH / 6}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("各单位每日在3个系统分别填报工作进展。", DAY),
        ("每日在2个平台填报矛盾纠纷数据。", DAY),
        ("工作人员每日在系统填报。", DAY),
        ("每日报送线索3个。", None),
    ],
)
def test_the_number_of_systems_is_no_number_of_items(text: str, days: Decimal | None) -> None:
    assert told(of(text), "frequency") == (set() if days is None else {days})
