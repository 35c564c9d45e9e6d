"""What an indicator is about → the outcome that an advice proposes to assess."""

from __future__ import annotations

import pytest

from assesslint.reading.lexicon import central_lexicon
from assesslint.reading.outcomes import ANY, outcome_of
from assesslint.scheme.vocabulary import central_vocabulary
from tests.reading.drafts import indicator_text, read


@pytest.mark.parametrize(
    ("name", "scoring", "outcome"),
    [
        ("消防安全宣传", "“消防通”注册率达到90%得满分。", "hazards_removed"),
        ("矛盾纠纷排查", "网格员每日在平台上报信息不少于5条。", "disputes_settled"),
        ("优化营商环境", "“惠企通”激活率达到80%得满分。", "firms_helped"),
        ("河长制", "巡河打卡率达到100%得满分。", "pollution_cleaned"),
        ("党员教育", "在线学习人均积分达到5000分得满分。", "members_heard"),
        ("防汛备汛", "预警信息转发率达到95%得满分。", "warnings_answered"),
        ("重点工作", "按要求完成得满分。", ANY),
    ],
)
def test_an_indicator_is_done_for_what_its_words_are_about(name: str, scoring: str, outcome: str) -> None:
    assert read(scoring, name=name).outcome == outcome


def test_the_name_counts_for_more_than_what_is_said_below() -> None:
    assert read("考核网格员排查矛盾情况。", name="燃气隐患整治").outcome == "hazards_removed"


def test_every_outcome_but_the_plain_one_has_words_that_tell_it() -> None:
    lexicon = central_lexicon()
    told = {outcome: lexicon.class_words(outcome) for outcome in central_vocabulary().enums["outcome"].zh}
    assert [outcome for outcome, words in told.items() if not words] == [ANY]
    assert [(word, outcome) for outcome, words in told.items() for word in words if _alone(word) != outcome] == []


def _alone(word: str) -> str:
    return outcome_of(indicator_text("", name=word))
