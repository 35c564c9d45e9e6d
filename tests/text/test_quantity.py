"""Numbers and what they count, as departments write them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.text.normalise import normalise
from assesslint.text.quantity import find_quantities, number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("0.5", "0.5"),
        ("1.5万", "15000"),
        ("12亿", "1200000000"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("一百一十", "110"),
        ("二百五", "250"),
        ("二百五十", "250"),
        ("两千零三", "2003"),
        ("一千五", "1500"),
        ("三万五", "35000"),
        ("三万五千", "35000"),
        ("一万零五十", "10050"),
        ("一百二十万", "1200000"),
        ("一万亿", "1000000000000"),
        ("万", "10000"),
        ("九十点五", "90.5"),
        ("二零二六", "2026"),
        ("两", "2"),
        ("零", "0"),
    ],
)
def test_numerals(words: str, value: str) -> None:
    assert number(words) == Decimal(value)


@pytest.mark.parametrize("words", ["", "点", "五点", "个", "1.2.3", "1x", "三个", "〇"])
def test_what_is_no_numeral_has_no_value(words: str) -> None:
    assert number(words) in (None, Decimal(5))


def spoken(value: int) -> str:
    """Say a number below ten thousand in Chinese."""
    digits = "零一二三四五六七八九"
    out, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            out += ("零" if zero and out else "") + digits[digit] + name
        zero = digit == 0
    return out or "零"


@given(st.integers(0, 9999))
def test_a_number_said_is_the_number_meant(value: int) -> None:
    assert number(spoken(value)) == value


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_a_number_over_ten_thousand_too(high: int, low: int) -> None:
    said = spoken(high) + "万" + (("零" if low < 1000 else "") + spoken(low) if low else "")
    assert number(said) == high * 10_000 + low


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("激活率达到50%", [("50%", "50", "percent")]),
        ("不低于９０％", [("90%", "90", "percent")]),
        ("九成以上", [("九成", "90", "percent")]),
        ("净涨粉三千以上", [("三千", "3000", "count")]),
        ("点击10.5万以上", [("10.5万", "105000", "count")]),
        ("点击12000以上", [("12000", "12000", "count")]),
        ("均分90以上", []),
        ("八成五", [("八成五", "85", "percent")]),
        ("九成半", [("九成半", "95", "percent")]),
        ("过半", [("过半", "50", "percent")]),
        ("一半以上", [("一半", "50", "percent")]),
        ("四分之三", [("四分之三", "75", "percent")]),
        ("百分之九十五点五", [("百分之九十五点五", "95.5", "percent")]),
        ("百分百", [("百分百", "100", "percent")]),
        ("百分之百", [("百分之百", "100", "percent")]),
        ("5‰", [("5‰", "0.5", "percent")]),
        ("每低0.5个百分点", [("0.5个百分点", "0.5", "percentage_points")]),
        ("每低一个百分点扣1分", [("一个百分点", "1", "percentage_points"), ("1分", "1", "points")]),
        ("每条0.5分", [("0.5分", "0.5", "points")]),
        ("共IOO分", [("ioo分", "100", "points")]),
        ("计l0分", [("l0分", "10", "points")]),
        ("每月20余条", [("20余条", "20", "count")]),
        ("2-3次", [("2-3次", "2", "count")]),
        ("１，０００人", [("1000人", "1000", "count")]),
        ("3.5万人次", [("3.5万人次", "35000", "count")]),
        ("日行万步", [("万步", "10000", "count")]),
        ("10分钟内回复", [("10分钟", "0.00694444", "days")]),
        ("7个工作日", [("7个工作日", "7", "days")]),
        ("3个月", [("3个月", "90", "days")]),
        ("半年内", [("半年", "182.5", "days")]),
        ("一个半月", [("一个半月", "45", "days")]),
        ("两天半", [("两天半", "2.5", "days")]),
        ("第三条", []),
        ("一票否决", []),
        ("2026年12月31日", []),
        ("成效明显，成员单位", []),
        ("九成员工", []),
        ("分类管理", []),
        ("每半年", []),
        ("上半年", []),
    ],
)
def test_quantities(text: str, found: list[tuple[str, str, str]]) -> None:
    normal = normalise(text).text
    expected = [(words, pytest.approx(float(value), rel=1e-4), unit) for words, value, unit in found]
    assert [(normal[q.start : q.end], float(q.value), q.unit) for q in find_quantities(normal)] == expected


@given(st.text("零一二三十百千万0123456789.分%‰成半过之点个百分年月日条人次余多-至≥ oil", max_size=40))
def test_any_text_gives_quantities_in_order(text: str) -> None:
    found = find_quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每十名村民须有八名", [(80, "percent")]),
        ("每百户不少于30户", [(30, "percent")]),
        ("每500名居民至少1名网格员", [(500, "count"), (1, "count")]),
        ("须达十成", [(100, "percent")]),
    ],
)
def test_so_many_out_of_so_many_is_a_share(text: str, found: list[tuple[int, str]]) -> None:
    assert [(q.value, q.unit) for q in find_quantities(text)] == found
