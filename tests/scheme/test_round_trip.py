"""What is printed reads back as the same scheme, in either language and in JSON; comments are not lost on the way."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assesslint.scheme.json_form import scheme_to_json, schemes_from_json
from assesslint.scheme.measures import MEASURE_ENDINGS, frequency_name, measure_name, measure_names, read_interval
from assesslint.scheme.model import Scheme
from assesslint.scheme.parse import parse_schemes
from assesslint.scheme.printer import print_scheme, print_schemes
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.source import Source
from tests.strategies import schemes

CALM = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@CALM
@given(schemes, st.sampled_from(["zh", "en"]))
def test_printed_scheme_reads_back(scheme: Scheme, lang: str) -> None:
    text = print_scheme(scheme, lang)
    parsed = parse_schemes(Source("a.assess", text), lang)
    assert parsed.findings == ()
    assert parsed.schemes == (scheme,)
    assert print_scheme(parsed.schemes[0], lang) == text


@CALM
@given(st.lists(schemes, min_size=1, max_size=2))
def test_json_reads_back(several: list[Scheme]) -> None:
    text = json.dumps([scheme_to_json(scheme) for scheme in several], ensure_ascii=False)
    parsed = schemes_from_json(Source("a.json", text))
    assert parsed.findings == ()
    assert list(parsed.schemes) == several


@CALM
@given(schemes)
def test_json_and_language_are_equal(scheme: Scheme) -> None:
    from_json = schemes_from_json(Source("a.json", json.dumps(scheme_to_json(scheme))))
    from_text = parse_schemes(Source("a.assess", print_scheme(scheme)))
    assert from_json.schemes == from_text.schemes


@CALM
@given(schemes)
def test_places_of_prose_are_its_characters(scheme: Scheme) -> None:
    source = Source("a.assess", print_scheme(scheme))
    (parsed,) = parse_schemes(source).schemes
    for _, indicator in parsed.indicators():
        shown = "".join(source.text[span.start : span.end] for span in indicator.name.spans(0, len(indicator.name.text)))
        if "\\" not in source.text[indicator.name.span.start - 1 : indicator.name.span.end + 1]:
            assert shown == indicator.name.text
        assert source.text[indicator.span.end - 1] == "}"


LAYOUT = """\
# 文件头

# 第二段
方案 "甲" { # 方案旁
  # 总分上
  总分: 100 # 总分旁

  对象: 乡镇, # 列表中
    村社区
  应用 "丙" { # 应用旁
    主办: "丁" # 主办旁
    # 应用末
  } # 应用后
  类别 "戊" 50分 {
    指标 "乙" { 佐证: 截图 # 佐证旁
      # 频次上

      频次: 每日
      # 指标末
    }
  }
  # 方案末
}
# 文件尾
"""


def test_comments_are_kept() -> None:
    parsed = parse_schemes(Source("a.assess", LAYOUT))
    assert parsed.findings == ()
    printed = print_schemes(parsed.schemes)
    assert (
        printed
        == """\
# 文件头

# 第二段
方案 "甲" {  # 方案旁
  对象: 乡镇, 村社区  # 列表中
  # 总分上
  总分: 100  # 总分旁

  应用 "丙" {  # 应用旁
    主办: "丁"  # 主办旁
    # 应用末
  }  # 应用后

  类别 "戊" 50分 {
    指标 "乙" {
      佐证: 截图  # 佐证旁
      # 频次上

      频次: 每日
      # 指标末
    }
  }
  # 方案末
}
# 文件尾
"""
    )
    again = parse_schemes(Source("a.assess", printed))
    assert again.schemes == parsed.schemes
    assert print_schemes(again.schemes) == printed


@CALM
@given(schemes, st.randoms(use_true_random=False))
def test_no_comment_is_lost(scheme: Scheme, random: object) -> None:
    lines = print_scheme(scheme).split("\n")[:-1]
    commented = []
    for number, line in enumerate(lines):
        commented += random.choice([[line], [f"# above {number} .", line], [f"{line} # beside {number} ."], ["", line]])  # type: ignore[attr-defined]
    text = "\n".join(commented) + "\n"
    parsed = parse_schemes(Source("a.assess", text))
    assert parsed.schemes == (scheme,)
    printed = print_schemes(parsed.schemes)
    for number in range(len(lines)):
        for place in ("above", "beside"):
            comment = f"# {place} {number} ."
            assert printed.count(comment) == text.count(comment)
    assert print_schemes(parse_schemes(Source("a.assess", printed)).schemes) == printed


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_measure_reads_back(lang: str) -> None:
    for action in central_vocabulary().enums["action"].zh:
        for measure in set(MEASURE_ENDINGS.values()):
            assert measure_names()[measure_name(action, measure, lang)] == (action, measure)


@pytest.mark.parametrize(
    ("word", "days"),
    [
        ("每日", Decimal(1)),
        ("每周", Decimal(7)),
        ("每季度", Decimal(91)),
        ("每2周", Decimal(14)),
        ("每3.5天", Decimal("3.5")),
        ("每周2次", Decimal("3.5")),
        ("每两月", Decimal(60)),
        ("weekly", Decimal(7)),
        ("half_yearly", Decimal(182)),
        ("half-yearly", Decimal(182)),
        ("every 2 weeks", Decimal(14)),
        ("every 1.5 days", Decimal("1.5")),
        ("经常", None),
        ("每0天", None),
        ("每次", None),
        ("每周例会纪要", None),
    ],
)
def test_frequencies(word: str, days: Decimal | None) -> None:
    assert read_interval(word) == days


def test_frequency_names() -> None:
    assert [frequency_name(Decimal(d), "zh") for d in (1, 7, 30, 4)] == ["每日", "每周", "每月", "每4天"]
    assert [frequency_name(Decimal(d), "en") for d in ("1", "182", "3.50")] == ["daily", "half_yearly", "every 3.5 days"]


@pytest.mark.parametrize("said", ["增长 -0.5%", "高于 -3", "growth of −2%"])
def test_a_verbal_comparison_takes_a_negative_figure(said: str) -> None:
    parsed = parse_schemes(Source("a.assess", f'方案 "甲" {{ 指标 "乙" {{ 度量: 登录率("丙") {said} }} }}'))
    assert parsed.findings == ()
    assert parse_schemes(Source("a.assess", print_scheme(parsed.schemes[0]))).schemes == parsed.schemes
