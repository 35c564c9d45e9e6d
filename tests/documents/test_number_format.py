"""What a number shows under a format, as Excel shows it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.documents.workbooks.number_format import BUILT_IN, GENERAL, shown_number, shown_text


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        ("0.5", "0%", "50%"),
        ("0.125", "0.0%", "12.5%"),
        ("0.14999999999999999", "0.0%", "15.0%"),
        ("10", '0"分"', "10分"),
        ("10", "0.##", "10"),
        ("10.5", "0.##", "10.5"),
        ("2.5", "0", "3"),
        ("0.5", ".00", ".50"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("1500", '0.0,"千"', "1.5千"),
        ("1234567", '#,##0,,"百万"', "1百万"),
        ("13800138000", "000-0000-0000", "138-0013-8000"),
        ("12", '"第"0"名"', "第12名"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("0.00012", "0.0E-0", "1.2E-4"),
        ("999999", "##0.0E+0", "1.0E+6"),
        ("0", "0.00E+00", "0.00E+00"),
        ("1.75", "# ?/?", "1 3/4"),
        ("0.5", "?/?", "1/2"),
        ("2", "# ?/?", "2"),
        ("0.25", "?/8", "2/8"),
        ("-5", "0;[Red]-0", "-5"),
        ("-5", "0_);(0)", "(5)"),
        ("-5", '0"分"', "-5分"),
        ("-0.001", "0.0", "0.0"),
        ("0", '0;-0;"无"', "无"),
        ("5", '[>=60]"合格";"不合格"', "不合格"),
        ("75", '[>=60]"合格";"不合格"', "合格"),
        ("-3", '[<0]"减"0;0', "减3"),
        ("0", ";;;", ""),
        ("5", "[$¥-804]#,##0.00", "¥5.00"),
        ("5", "@", "5"),
        ("5", 'G/通用格式"分"', "5分"),
        ("1234.5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', " 1,234.50 "),
        ("45658", BUILT_IN[14], "2025/1/1"),
        ("45658", BUILT_IN[31], "2025年1月1日"),
        ("45658", BUILT_IN[57], "2025年1月"),
        ("45658.75", "yyyy-mm-dd hh:mm", "2025-01-01 18:00"),
        ("45658", "[$-804]yyyy-mm-dd;@", "2025-01-01"),
        ("45658", "aaaa", "星期三"),
        ("45658", "d-mmm-yy dddd", "1-Jan-25 Wednesday"),
        ("0.604", '上午/下午h"时"mm"分"', "下午2时29分"),
        ("0.25", "h:mm AM/PM", "6:00 AM"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("0.000017361", "mm:ss.0", "00:01.5"),
        ("59", "yyyy/m/d", "1900/2/28"),
        ("61", "yyyy/m/d", "1900/3/1"),
        ("-1", "yyyy/m/d", "-1"),
        ("9999999", "yyyy/m/d", "9999999"),
        ("0.1", GENERAL, "0.1"),
        ("0.30000000000000004", GENERAL, "0.3"),
        ("33.333333333333336", GENERAL, "33.33333333"),
        ("100", GENERAL, "100"),
        ("123456789012", GENERAL, "1.23457E+11"),
        ("1E-10", GENERAL, "1E-10"),
        ("-0", GENERAL, "0"),
        ("十分", "0%", "十分"),
        ("nan", "0", "nan"),
        ("1e999999", "0", "1e999999"),
    ],
)
def test_a_number_is_shown_as_excel_shows_it(value: str, code: str, expected: str) -> None:
    assert shown_number(value, code) == expected


def test_days_may_be_counted_from_1904() -> None:
    assert shown_number("0", "yyyy/m/d", days_from_1904=True) == "1904/1/1"


@pytest.mark.parametrize(("code", "expected"), [("@", "优"), ('@"等"', "优等"), (";;;", ""), ("0.0", "优"), ('0;-0;0;"评"@', "评优")])
def test_a_text_has_its_format_too(code: str, expected: str) -> None:
    assert shown_text("优", code) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9), st.integers(0, 4))
def test_digits_after_the_point_are_those_of_the_format(number: Decimal, places: int) -> None:
    shown = shown_number(str(number), "0." + "0" * places if places else "0")
    assert abs(Decimal(shown) - number) <= Decimal("0.5").scaleb(-places)
    assert len(shown.partition(".")[2]) == places


@given(st.floats(allow_nan=False, allow_infinity=False), st.text("0#?.,%/@;Ee+-[]\"\\_*ymdhsa<>=$分 '1", max_size=12))
def test_no_format_is_too_odd(number: float, code: str) -> None:
    assert isinstance(shown_number(repr(number), code), str)
    assert isinstance(shown_text("优", code), str)
