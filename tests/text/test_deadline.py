"""Days that something is due by: how people name them, and that of two the earlier comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.text.deadline import find_deadlines


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("9月底", "12月底"),
        ("八月中旬", "9月底"),
        ("11月30日", "12月1日"),
        ("年底", "次年3月底"),
        ("国庆前", "年底"),
        ("上半年", "三季度"),
        ("九月", "十一月"),
        ("9月初", "9月底"),
    ],
)
def test_of_two_days_the_earlier_counts_less(earlier: str, later: str) -> None:
    first, second = find_deadlines(f"{earlier}，{later}")
    assert first.day < second.day


def test_calendar_years_are_told_apart() -> None:
    first, second = find_deadlines("2027年底前，2026年9月底前")
    assert second.day < first.day


@pytest.mark.parametrize("text", ["每月一次", "三个月内", "2026年度", "一季度末以外的", "月底"])
def test_what_is_no_single_day(text: str) -> None:
    assert [d for d in find_deadlines(text) if text[d.start : d.end] != "一季度"] == []


@given(st.text(st.sampled_from("2026年1一十二月底中旬日前次当国庆，。"), max_size=30))
def test_places_lie_in_the_text_and_in_order(text: str) -> None:
    found = find_deadlines(text)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert [d.start for d in found] == sorted(d.start for d in found)
