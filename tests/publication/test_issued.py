"""The paper finally issued says of each indicator what was published, or it is told which does not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.documents.draft import read_draft
from assesslint.publication.issued import issued_otherwise
from assesslint.scheme.model import Scheme
from tests.publication.papers import GOOD

TEXT = """清河县2026年度数字政务工作考核细则
（征求意见稿）
一、事项办理（70分）
评分标准：群众诉求按期办结率达到95%得满分，每低1个百分点扣1分。
佐证材料：系统数据、群众评价
二、材料免交（30分）
评分标准：凡能共享的材料不再要求提交，现场抽查发现一件扣2分。
"""


def schemes(text: str, name: str = "稿.txt") -> tuple[Scheme, ...]:
    return read_draft(name, text.encode()).schemes


def told(before: str, after: str) -> list[str]:
    return [zh for zh, _ in issued_otherwise(schemes(before), schemes(after))]


def test_letterhead_number_and_spaces_are_left_aside() -> None:
    issued = "清河县人民政府办公室文件\n清政办发〔2026〕12号\n" + TEXT.replace("（征求意见稿）\n", "").replace("95%", " 95％ ")
    assert told(TEXT, issued) == []


def test_a_changed_number_is_shown_with_its_words() -> None:
    [said] = told(TEXT, TEXT.replace("95%", "98%"))
    assert said.startswith("印发稿改了指标“事项办理”：“") and "95%" in said and "98%" in said


def test_points_left_out_and_added_are_told() -> None:
    assert len(told(TEXT, TEXT.replace("30分", "20分"))) == 1
    assert told(TEXT, TEXT.partition("二、")[0]) == ["印发稿没有指标“材料免交”"]
    assert told(TEXT.partition("二、")[0], TEXT) == ["印发稿多了指标“材料免交”"]


def test_two_indicators_of_one_name_are_two() -> None:
    twice = GOOD.replace("材料免交", "事项办理")
    before, after = schemes(twice, "a.assess"), schemes(twice.replace("一件扣2分", "一件扣3分"), "a.assess")
    [(said, english)] = issued_otherwise(before, after)
    assert "一件扣2分" in said and "一件扣3分" in english


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.sampled_from("甲9新"))
def test_an_indicator_with_other_words_is_never_the_same(at: int, character: str) -> None:
    body = TEXT.index("群众诉求")
    end = TEXT.index("。", body)
    place = body + at % (end - body)
    changed = TEXT[:place] + character + TEXT[place:]
    assert told(TEXT, changed) and told(TEXT, TEXT) == []
