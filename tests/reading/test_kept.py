"""Kept readings tell of every state of a draft what a reading of all of it tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.documents.draft import read_draft
from assesslint.reading.kept import KeptReadings
from assesslint.reading.read import Reading, read_scheme

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
NAMES = (
    "01-half-the-population-activated.assess", "03-hazard-platform-use-frequency.md", "07-ranked-though-not-assessed.txt",
    "09-one-event-four-systems.assess", "11-figures-the-hospital-holds.assess", "15-good-government-services.assess",
)  # fmt: skip
TEXTS = {name: (EXAMPLES / name).read_text(encoding="utf-8") for name in NAMES}
PIECES = (
    "得", "。", "\n", '"', "}", "{", "，截图", "不得将下载量纳入考核。", "😀", "# 说明\n", " ", "“", "\\", "  频次: 每日\n", "：",
    '指标 "签到" 2分 { 佐证: 截图 }\n', "1. 群众办事（10分）\n", "",
)  # fmt: skip


def readings(name: str, text: str, kept: KeptReadings | None) -> list[Reading]:
    draft = read_draft(name, text.encode("utf-8"))
    return [read_scheme(scheme, draft.source, kept=kept) for scheme in draft.schemes]


def same(one: Reading, other: Reading) -> None:
    assert one.facts == other.facts
    assert (one.characters, one.read_characters) == (other.characters, other.read_characters)
    for (name, passages), (other_name, others) in zip(one.passages, other.passages, strict=True):
        assert name == other_name
        for passage, twin in zip(passages, others, strict=True):
            assert (passage.field, passage.text, passage.mentions) == (twin.field, twin.text, twin.mentions)
            assert passage.words(0, len(passage.text)) == twin.words(0, len(twin.text))


def edited(text: str, start: int, length: int, piece: str) -> str:
    start %= len(text) + 1
    return text[:start] + piece + text[start + length :]


edits = st.lists(st.tuples(st.integers(0, 4000), st.sampled_from((0, 0, 1, 3, 40)), st.sampled_from(PIECES)), min_size=1, max_size=4)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, deadline=None)
@given(changes=edits)
def test_every_state_of_a_draft_reads_as_a_whole(name: str, changes: list[tuple[int, int, str]]) -> None:
    kept = KeptReadings()
    text = TEXTS[name]
    for reading, whole in zip(readings(name, text, kept), readings(name, text, None), strict=True):
        same(reading, whole)
    for change in changes:
        text = edited(text, *change)
        for reading, whole in zip(readings(name, text, kept), readings(name, text, None), strict=True):
            same(reading, whole)
        kept.let_go()


def test_what_stands_around_an_indicator_is_part_of_its_reading() -> None:
    kept = KeptReadings()
    body = '指标 "推广" 10分 { 评分: "安装率达到80%得满分"  度量: 使用率("平安") >= 50% } }'
    group = '类别 "公众号" { 指标 "另" 1分 { 评分: "打卡" } } '
    heads = ("", '应用 "平安" { 类型: 公众号 } ', '数据 "平安" { } ', group, '部门职责: "推广" ')
    for head in (*heads, *reversed(heads)):
        text = f'方案 "清河县干部之家APP考核" {{ {head}{body}'
        [reading], [whole] = readings("a.assess", text, kept), readings("a.assess", text, None)
        same(reading, whole)


def test_only_what_changed_is_read_again() -> None:
    def text(evidence: str) -> str:
        return f'方案 "考核" {{ 指标 "甲" 1分 {{ 评分: "{evidence}" }} 指标 "乙" 1分 {{ 评分: "每日打卡" }} }}'

    asked = 0

    def count() -> None:
        nonlocal asked
        asked += 1

    kept = KeptReadings(between=count)
    [first], [second] = readings("a.assess", text("以截图为准"), kept), readings("a.assess", text("以现场照片为准"), kept)
    assert asked == 4
    changed, moved = zip(first.passages, second.passages, strict=True)
    assert all(one.mentions is not other.mentions for one, other in zip(changed[0][1], changed[1][1], strict=True))
    assert all(one.mentions is other.mentions for one, other in zip(moved[0][1], moved[1][1], strict=True))


def test_readings_no_longer_met_are_let_go() -> None:
    kept = KeptReadings()
    readings("a.assess", '方案 "一" { 指标 "甲" 1分 { 评分: "打卡" } }', kept)
    kept.let_go()
    readings("a.assess", '方案 "一" { 指标 "乙" 1分 { 评分: "打卡" } }', kept)
    kept.let_go()
    assert len(kept) == 1


def test_what_is_asked_between_two_indicators_breaks_a_reading_off() -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        readings("a.assess", TEXTS[NAMES[0]], KeptReadings(between=stop))
