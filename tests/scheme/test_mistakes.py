"""Every mistake on the page of mistakes gets its own message; mistakes do not hide each other; no input breaks the parser."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assesslint.scheme.errors import MOST_EXPLAINED, Message, messages
from assesslint.scheme.json_form import schemes_from_json
from assesslint.scheme.parse import parse_schemes
from assesslint.scheme.printer import print_scheme
from assesslint.scheme.syntax import DEEPEST, scheme_grammar
from assesslint.text.location import Position
from assesslint.text.resources import resource
from assesslint.text.source import Source, caret_lines
from tests.strategies import schemes

SAMPLES = [(message, sample) for message in messages() for sample in message.samples]
JSON_SAMPLES = [(message, sample) for message in messages() for sample in message.json_samples]


def says(template: str, text: str) -> bool:
    """Tell whether `text` is this message with some words put in."""
    pattern = re.escape(template).replace(r"\{\{", "\x01").replace(r"\}\}", "\x02")
    pattern = re.sub(r"\\\{[a-z]+\\\}", ".*", pattern).replace("\x01", r"\{").replace("\x02", r"\}")
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def test_the_grammar_is_strict() -> None:
    scheme_grammar(strict=True)


def test_every_message_is_bilingual_and_shown() -> None:
    page = (resource("grammar") / "scheme.errors.md").read_text(encoding="utf-8")
    assert len(messages()) == page.count("\n## ")
    unshown = [message.id for message in messages() if not message.samples and not message.json_samples]
    assert unshown == ["no-text", "unexpected", "too-many"]
    for message in messages():
        assert set(re.findall(r"\{[a-z]+\}", message.zh)) >= set(re.findall(r"\{[a-z]+\}", message.en))


@pytest.mark.parametrize(("message", "sample"), SAMPLES)
def test_a_mistake_gets_its_own_message(message: Message, sample: str) -> None:
    chinese = parse_schemes(Source("a.assess", sample)).findings
    english = parse_schemes(Source("a.assess", sample), "en").findings
    assert [says(message.zh, finding.message) for finding in chinese] == [True], chinese
    assert [says(message.en, finding.message) for finding in english] == [True], english


@pytest.mark.parametrize(("message", "sample"), JSON_SAMPLES)
def test_a_mistake_in_json_gets_its_own_message(message: Message, sample: str) -> None:
    chinese = schemes_from_json(Source("a.json", sample)).findings
    english = schemes_from_json(Source("a.json", sample), "en").findings
    assert [says(message.zh, finding.message) for finding in chinese] == [True], chinese
    assert [says(message.en, finding.message) for finding in english] == [True], english


FIVE = """\
方案 "清河县考核细则" {
  发布单位 "县大数据局"
  层级: 显
  周期: 2026-01-01 至 2026-02-30
  指标 "应用推广" 10分 {
    佐证: 截图 照片
    频率: 每日
    评分: "达标得满分"
  }
  指标 "办理质效" 20分 {
    度量: 办结率("事项") >= 95%
  }
}
"""


def test_five_mistakes_are_five_findings() -> None:
    parsed = parse_schemes(Source("a.assess", FIVE))
    assert [(finding.location.start, finding.excerpt, finding.message) for finding in parsed.findings] == [
        (Position(2, 3), "发布单位", "“发布单位”后面缺冒号“:”"),
        (Position(3, 7), "显", "“层级”没有“显”这个词；可以写：中央、省、市、县、乡镇、村社区"),
        (Position(4, 20), "2026-02-30", "没有 2026-02-30 这一天"),
        (Position(6, 12), "照片", "不知“照片”是什么：如果是上一项的词，前面缺逗号；如果是文字，要用引号括起来"),
        (Position(7, 5), "频率:", "没有“频率”这个字段，是不是“频次”？"),
    ]
    assert {(finding.rule, finding.family, finding.severity) for finding in parsed.findings} == {("syntax-error", "syntax", "error")}


def test_what_can_be_read_of_a_faulty_scheme_is_read() -> None:
    (scheme,) = parse_schemes(Source("a.assess", FIVE)).schemes
    assert (
        print_scheme(scheme)
        == """\
方案 "清河县考核细则" {
  发布单位: "县大数据局"

  指标 "应用推广" 10分 {
    佐证: 截图
    频次: 每日
    评分: "达标得满分"
  }

  指标 "办理质效" 20分 {
    度量: 办结率("事项") >= 95%
  }
}
"""
    )


def test_the_caret_stands_under_wide_characters() -> None:
    source = Source("a.assess", '方案 "甲" { 层级: 县  总分: 很多 }')
    (finding,) = parse_schemes(source).findings
    assert finding.span is not None
    assert caret_lines(source, finding.span) == ('方案 "甲" { 层级: 县  总分: 很多 }', " " * 28 + "^^^^")


def test_prose_in_an_unknown_field_is_kept_to_be_judged() -> None:
    (scheme,) = parse_schemes(Source("a.assess", '方案 "甲" { 指标 "乙" { 蓬莱: "每日打卡" } }')).schemes
    assert print_scheme(scheme) == '方案 "甲" {\n  指标 "乙" {\n    备注 "蓬莱": "每日打卡"\n  }\n}\n'


def test_indicators_without_a_scheme_are_kept_to_be_judged() -> None:
    parsed = parse_schemes(Source("a.assess", '指标 "甲" { 频次: 每日 }'))
    assert len(parsed.findings) == 1
    assert [indicator.name.text for _, indicator in parsed.schemes[0].indicators()] == ["甲"]


def test_many_mistakes_are_counted() -> None:
    parsed = parse_schemes(Source("a.assess", '方案 "甲" {\n' + "  总分:\n" * 200 + "}\n"))
    assert len(parsed.findings) == MOST_EXPLAINED + 1
    assert parsed.findings[0].message == "“总分”后面缺内容"
    assert parsed.findings[-1].message == "另有150处错误，没有逐一说明；先改正上面的"


@pytest.mark.parametrize("depth", [DEEPEST, DEEPEST + 1])
def test_nesting_has_a_limit(depth: int) -> None:
    text = '方案 "甲" { ' + '类别 "乙" { ' * (depth - 1) + "} " * depth
    assert [finding.message for finding in parse_schemes(Source("a.assess", text)).findings] == (
        [] if depth == DEEPEST else ["嵌套太深：最多16层"]
    )


HARD = {
    "deep": '方案 "甲" {' + '类别 "乙" {' * 10_000,
    "deep and closed": '方案 "甲" {' + '类别 "乙" {' * 10_000 + "}" * 10_001,
    "braces": "{" * 10_000,
    "long unclosed string": '方案 "甲" { 依据: "' + "好" * 1_000_000,
    "long word": "好" * 1_000_000,
    "long number": '方案 "甲" { 总分: ' + "9" * 1_000_000 + " }",
    "nested quotes": '方案 "甲" { 依据: ' + "“好" * 100_000 + " }",
    "open paired quotes": '方案 "甲" { 依据: “' + "“好”" * 100_000 + " }",
    "commas": '方案 "甲" { 对象: ' + "乡镇," * 20_000 + "}",
    "NULs": "\x00" * 1000,
    "lone surrogates": '方案 "甲\ud800" { 依据: "\udfff" }',
    "bytes": bytes(range(256)).decode("latin1") * 20,
    "empty": "",
    "blank": " \n\t\n",
    "only a comment": "# 无",
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hard_input_is_answered(text: str, lang: str) -> None:
    assert 1 <= len(parse_schemes(Source("a.assess", text), lang).findings) <= MOST_EXPLAINED + 1


def test_a_long_line_is_read() -> None:
    parsed = parse_schemes(Source("a.assess", '方案 "甲" { 依据: "' + "好" * 1_000_000 + '" }'))
    assert parsed.findings == ()
    assert parsed.schemes[0].basis is not None
    assert len(parsed.schemes[0].basis.text) == 1_000_000


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistakes() -> None:
    parsed = parse_schemes(Source("a.assess", '\ufeff方案 "甲" {\r\n  # 注释\r\n  层级: 县\r\n}\r\n'))
    assert parsed.findings == ()
    assert print_scheme(parsed.schemes[0]) == '方案 "甲" {\n  # 注释\n  层级: 县\n}\n'


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from('方案指标层级县佐证截图"“”{}:：,，()（）#\n 10分%>=;。\u200b\x00\\'), max_size=60))
@example("层级")
def test_no_text_breaks_the_parser(text: str) -> None:
    parse_schemes(Source("a.assess", text))


@settings(max_examples=40, deadline=None)
@given(schemes, st.data())
def test_no_slip_of_the_pen_breaks_the_parser(scheme: object, data: st.DataObject) -> None:
    text = print_scheme(scheme)  # type: ignore[arg-type]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 10)))
    slip = data.draw(st.text('"“”{}:,()\n词1%', max_size=4))
    source = Source("a.assess", text[:start] + slip + text[end:])
    for finding in parse_schemes(source).findings:
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(source.text)
        assert finding.message


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from('{}[]":,1e.-+name kind\\u00甲\n'), max_size=60))
def test_no_text_breaks_the_json_form(text: str) -> None:
    schemes_from_json(Source("a.json", text))
