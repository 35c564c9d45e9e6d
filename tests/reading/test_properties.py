"""What holds for every text: reading never fails, says the same twice, points into the draft, and is not misled by spelling."""

from __future__ import annotations

import random
from itertools import pairwise
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.reading.facts import Scheme, Words
from assesslint.reading.read import read_scheme
from assesslint.scheme.model import FIELDS
from assesslint.text.source import Source
from tests.reading.drafts import all_words, draft, unplaced
from tests.reading.test_facts import wrong_values

VOCABULARY = """
不得 未 取消 严禁 发现 鼓励 自愿 但 改为 纳入考核
每日 每周 每月 80% 不少于 10条 扣1分 得5分 加2分 下载 安装率 注册 激活 关注 公众号 APP 小程序
“乡村通” 打卡 截图 台账
照片 微信群 接龙 点赞 报送 零报告 系统 录入 打印 签字 排名 约谈 绩效 一票否决 责任状
督查 暗访 省定目标 基础上再提高 村干部 乡镇 群众 应急期间 有的地方 ， 。 ； ： 、
（ ） 的 和 有下列情形之一的 一律 满意度 会议 领导小组 隐患 线索 我局职责 交由 100% 全员 名
"""
sentences = st.lists(st.sampled_from(VOCABULARY.split()), max_size=25).map("".join)
anything = st.one_of(
    sentences,
    st.text(max_size=60),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=60),
    st.text(st.sampled_from("，。；：！？“”《》（）、\n\r\t\0\x1b\u200b\u202e\ud800\U000e0001%0１一"), max_size=40),
)
cells = st.dictionaries(st.sampled_from(FIELDS), anything, max_size=4)


def facts_of(texts: dict[str, str], **head: str) -> tuple[Scheme, Source]:
    scheme, source = draft(texts, **head)
    return read_scheme(scheme, source).facts, source


@given(cells, anything, anything, st.sampled_from(["scored", "bonus", "deduction", "veto", "provision"]))
def test_any_text_is_read_and_what_is_read_is_in_the_vocabulary(texts: dict[str, str], name: str, heading: str, kind: str) -> None:
    facts, _ = facts_of(texts, name=name, heading=heading, kind=kind)
    assert wrong_values(facts, "Scheme") == []


@given(cells, anything)
def test_reading_twice_says_the_same(texts: dict[str, str], name: str) -> None:
    assert facts_of(texts, name=name) == facts_of(texts, name=name)


@given(cells, anything)
def test_words_lie_in_the_draft_where_they_say(texts: dict[str, str], name: str) -> None:
    facts, source = facts_of(texts, name=name)
    for words in all_words(facts):
        for span in words.spans:
            assert 0 <= span.start <= span.end <= len(source.text)
        if words.spans and isinstance(words, Words):
            assert "".join(source.text[span.start : span.end] for span in words.spans) == words.text


SENTENCES = (
    "不得将APP下载量纳入考核，但应确保网格员全部安装巡查APP。",
    "未安装“渝快办”APP的，每户扣0.1分；安装率达到80%以上得5分。",
    "每月点赞不少于20条，未达标的约谈主要负责人，并扣发绩效工资。",
    "每日17时前报送台账，无情况也须零报告；由村干部手工录入综治平台和网格系统。",
    "各村应建立微信群，入群率达到90%，10分钟内回复收到。",
    "县委督查室每月督查一次，采取暗访形式，结果排名通报。",
    "在省定目标基础上再提高5个百分点，完不成的一票否决。",
    "线上审批后打印纸质件签字盖章，以现场照片和聊天截图作为佐证。",
    "关注公众号人数占户籍人口50%以上，应关注尽关注。",
)

TRADITIONAL = str.maketrans("将载纳虑网员审纸质单户扣数转发应确装号关签盖会议领导问责须达领总报领现场",
                            "將載納慮網員審紙質單戶扣數轉發應確裝號關簽蓋會議領導問責須達領總報領現場")  # fmt: skip
WIDE = {ord(character): ord(character) + 0xFEE0 for character in f"{ascii_letters}{digits}%"}


def between(text: str, filler: str, seed: int) -> str:
    """Return text with filler put between some of its Chinese characters, but not behind points, where a space starts the next item."""
    chance = random.Random(seed)  # noqa: S311
    out = text[:1]
    for before, after in pairwise(text):
        within = "\u4e00" <= before <= "\u9fff" and "\u4e00" <= after <= "\u9fff"
        behind_points = before == "分" and out[-2:-1].isdigit()
        out += (filler if within and not behind_points and chance.random() < 0.4 else "") + after
    return out


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize(
    "spelled",
    [
        lambda text: between(text, " ", 1),
        lambda text: between(text, "\u3000", 2),
        lambda text: between(text, "\u200b", 3),
        lambda text: between(text, "\u2060\ufeff", 4),
        lambda text: text.translate(WIDE),
        lambda text: text.translate(TRADITIONAL),
        lambda text: text.replace("，", ",").replace("；", ";").replace("“", "「").replace("”", "」"),
        lambda text: text.lower(),
    ],
    ids=["spaces", "wide spaces", "zero-width", "joiners", "full width", "traditional", "punctuation", "small letters"],
)
def test_the_same_draft_in_another_spelling_says_the_same(text: str, spelled) -> None:  # type: ignore[no-untyped-def]
    plain, _ = facts_of({"scoring": text})
    other, _ = facts_of({"scoring": spelled(text)})
    assert unplaced(other.indicators[0]) == unplaced(plain.indicators[0])


@given(sentences, st.sampled_from([" ", "\u200b", "\u3000", "\ufeff"]), st.integers(0, 9))
def test_fillers_never_change_what_is_read(text: str, filler: str, seed: int) -> None:
    plain, _ = facts_of({"scoring": text})
    other, _ = facts_of({"scoring": between(text, filler, seed)})
    assert unplaced(other.indicators[0]) == unplaced(plain.indicators[0])


@given(sentences, sentences)
def test_a_field_that_says_nothing_changes_nothing(text: str, blank: str) -> None:
    plain, _ = facts_of({"scoring": text})
    other, _ = facts_of({"scoring": text, "remarks": "\u3000" * len(blank)})
    assert unplaced(other.indicators[0]) == unplaced(plain.indicators[0])
