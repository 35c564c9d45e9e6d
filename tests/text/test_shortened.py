"""Words of a draft stand in messages without a pair of marks inside another."""

from __future__ import annotations

from assesslint.text.shortened import quoted


def test_marks_within_marks_are_single_ones() -> None:
    assert quoted("“学习强国”人均积分") == "“‘学习强国’人均积分”"
    assert quoted("应用推广") == "“应用推广”"
