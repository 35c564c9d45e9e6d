"""What counts as proof → Evidence: by where an item comes from first, then by what it is; counted, sole, helping or refused."""

from __future__ import annotations

import pytest

from assesslint.reading.facts import NO_WORDS, Evidence
from tests.reading.drafts import read, said

CELLS: list[tuple[str, list[tuple[str, str]]]] = [
    ("APP后台截图、活动照片、打卡记录", [("后台截图", "screenshot"), ("活动照片", "photo"), ("打卡记录", "check_in_record")]),
    ("会议记录、纸质台账、微信群聊天记录", [("会议记录", "meeting_record"), ("纸质台账", "ledger"), ("聊天记录", "screenshot")]),
    ("系统后台数据、现场核查情况、群众满意度调查",
     [("系统后台", "system_data"), ("现场核查", "on_site_check"), ("群众满意度", "public_feedback")]),
    ("第三方评估报告", [("第三方评估", "third_party")]),
    ("县卫健局从省平台导出的接种数据", [("省平台", "system_data")]),
    ("调解协议书、回访记录", [("调解协议书", "document"), ("回访", "public_feedback")]),
    ("朋友圈转发截图、视频号链接", [("转发截图", "screenshot"), ("视频号链接", "post")]),
    ("签到表、会议纪要", [("签到表", "ledger"), ("会议纪要", "meeting_record")]),
    ("走访记录本和巡查轨迹图", [("走访记录", "ledger"), ("巡查轨迹", "location_track")]),
    ("暗访", [("暗访", "on_site_check")]),
    ("公开招标采购情况", [("公开招标采购情况", "document")]),
    ("每缺1项扣1分", []),
    ("无", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "items"), CELLS)
def test_the_items_of_a_cell_of_evidence(text: str, items: list[tuple[str, str]]) -> None:
    assert [said(e) for e in read(text, "evidence").evidence] == [(words, Evidence(NO_WORDS, kind)) for words, kind in items]


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("巡查台账", "ledger"),
        ("平台导出的巡查台账", "system_data"),
        ("督查组核查记录", "third_party"),
        ("公安机关记录", "third_party"),
        ("本部门登记表", "ledger"),
        ("铁路局记录", "third_party"),
        ("接处警记录", "system_data"),
        ("铁路运单", "document"),
        ("县档案馆接收证明", "third_party"),
        ("接待台账核对", "third_party"),
        ("入户抽查的台账", "on_site_check"),
        ("群众座谈记录", "public_feedback"),
        ("平台截图", "screenshot"),
        ("系统打卡记录", "check_in_record"),
    ],
)
def test_an_item_is_judged_by_its_source_but_a_picture_stays_a_picture(item: str, kind: str) -> None:
    assert [e.kind for e in read(item, "evidence").evidence] == [kind]


ROLES: list[tuple[str, str, list[tuple[str, str, str]]]] = [
    ("evidence", "照片作为辅助", [("photo", "supplementary", "required")]),
    ("evidence", "不得提供截图", [("screenshot", "excluded", "prohibited")]),
    ("evidence", "不收截图和照片", [("screenshot", "excluded", "prohibited"), ("photo", "excluded", "prohibited")]),
    ("scoring", "只看台账，不看现场。", [("ledger", "sole", "required")]),
    ("scoring", "截图作为佐证。", [("screenshot", "counted", "required")]),
    ("scoring", "以系统后台数据为准。", [("system_data", "counted", "required")]),
    ("scoring", "台账资料齐全即得满分，不再到现场核查。", [("ledger", "sole", "required")]),
    ("scoring", "上传照片、截图留存备查。", [("photo", "supplementary", "required"), ("screenshot", "supplementary", "required")]),
    ("scoring", "工作群截图仅作参考，以实地核查结果为准。", [("on_site_check", "counted", "required")]),
    ("scoring", "不得以微信工作群截图作为依据。", [("screenshot", "excluded", "prohibited")]),
    ("scoring", "县局每季度现场核查，满意度测评占30%。",
     [("on_site_check", "counted", "required"), ("public_feedback", "counted", "required")]),
    ("scoring", "整理台账，拍摄照片。", []),
    ("scoring", "不得以照片代替现场核查。", []),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text", "expected"), ROLES)
def test_whether_it_counts(field: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(e.kind, e.role, e.force) for e in read(text, field).evidence] == expected


def test_other_prose_is_evidence_in_the_voice_and_circumstance_of_its_sentence() -> None:
    assert [said(e) for e in read("汛期以现场照片为凭。").evidence] == [("现场照片", Evidence(NO_WORDS, "photo", circumstance="emergency"))]
    quoted = read("有的地方要求以朋友圈截图作为依据。").evidence
    assert [e.voice for e in quoted] == ["quoted"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("签批件、班子会纪要", ["paper_copy", "paper_copy"]),
        ("县林业局核查记录", ["third_party"]),
        ("自查记录", ["ledger"]),
        ("合同登记台账", ["ledger"]),
        ("投票页面后台计票", ["system_data"]),
        ("横幅、合影，装盒备查", ["paper_copy", "photo"]),
    ],
)
def test_a_proof_is_what_somebody_outside_says_or_what_the_unit_itself_keeps(text: str, kinds: list[str]) -> None:
    assert [e.kind for e in read(text, "evidence").evidence] == kinds


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("佐证：合影、签字单。", ["counted", "counted"]),
        ("没有照片的不予认定，扣1分。", ["counted"]),
        ("以手机照片为唯一依据。", ["sole"]),
        ("看望困难老人，讲清政策资料。", []),
        ("没有照片的视为没有走访。", ["sole"]),
        ("平台没有记录的，一律按未开展认定。", ["sole"]),
        ("装满12类档案盒，图文并茂、目录清楚的得满分。", ["counted"]),
        ("现场没有整改到位的视为未整改。", []),
    ],
)
def test_words_of_proof_open_a_list_name_a_lack_or_decide_alone(text: str, roles: list[str]) -> None:
    assert [e.role for e in read(text).evidence] == roles
