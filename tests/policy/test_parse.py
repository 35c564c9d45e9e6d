"""The grammar of rules: no conflict, a method a rule, every malformed sample its own message."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lark.exceptions import UnexpectedInput

from assesslint.policy import tree
from assesslint.policy.parse import _Builder, _samples, _situate, _Situation, duration, malformed_samples, parse_rule, rule_parser, unquoted
from assesslint.policy.problems import Problem
from assesslint.scheme.vocabulary import FieldType
from assesslint.text.source import Source, Span


def parse(text: str) -> tree.Draft | Problem:
    return parse_rule(Source("page.md", text), Span(0, len(text)))


def when(condition: str) -> tree.Expression:
    draft = parse(f"rule a {{ when {condition} }}")
    assert isinstance(draft, tree.Draft)
    (clause,) = draft.clauses
    assert isinstance(clause, tree.ConditionClause)
    return clause.condition


def name(*names: str) -> tree.Reference:
    return tree.Reference(names)


def test_the_grammar_is_strict() -> None:
    assert rule_parser(strict=True).parse("rule a { }")


def test_every_rule_of_the_grammar_has_its_method() -> None:
    made = {str(rule.alias or rule.origin.name) for rule in rule_parser().rules}
    inlined = {"condition", "conjunction", "negation", "comparison", "sum", "product", "primary", "literal"}
    methods = {name for name in vars(_Builder) if not name.startswith("_")}
    assert methods == {name for name in made if not name.startswith("_")} - inlined


@pytest.mark.parametrize(("message", "sample"), malformed_samples())
def test_a_malformed_sample_gets_its_own_message(message: str, sample: str) -> None:
    with pytest.raises(UnexpectedInput) as raised:
        rule_parser().parse(sample)
    situation, _ = _situate(raised.value)
    samples = _samples()
    assert (samples.get(situation) or samples[_Situation(situation.place, situation.kind, "")]) == message
    problem = parse(sample)
    assert isinstance(problem, Problem)
    assert not any(blank in problem.zh + problem.en for blank in ("{word}", "{near}", "{expected}"))


@pytest.mark.parametrize(
    ("text", "line", "column", "zh", "en"),
    [
        ("rule a {\n  statu: stable\n}", 2, 3, "不认识的条目“statu”，是不是要写 status？", "unknown clause “statu”; did you mean status?"),
        ("rule a {\n  status stable\n}", 2, 10, "这里缺少冒号，在“stable”之前", "a colon is missing before “stable”"),
        ("rule a {\n  when b < 3 dayz\n}", 2, 14, "不认识的时间单位或运算“dayz”", "unknown unit of time or operator “dayz”"),
        ("rule a {\n", 2, 1, "花括号没有合上", "a brace is never closed"),
    ],
)
def test_a_syntax_error_has_its_place(text: str, line: int, column: int, zh: str, en: str) -> None:
    problem = parse(text)
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line, problem.column) == ("page.md", line, column)
    assert problem.zh.startswith(zh) and problem.en.startswith(en)


def test_and_binds_tighter_than_or_and_not_tighter_than_both() -> None:
    assert when("not a and b or c") == tree.Or((tree.And((tree.Not(name("a")), name("b"))), name("c")))


def test_arithmetic_binds_tighter_than_comparison() -> None:
    two = tree.Constant(Decimal(2), FieldType("number"))
    product = tree.Arithmetic("*", name("b"), two)
    assert when("a + b * 2 >= c") == tree.Comparison(">=", tree.Arithmetic("+", name("a"), product), name("c"))


def test_a_keyword_ends_where_the_word_ends() -> None:
    assert when("android is information") == tree.Comparison("is", name("android"), name("information"))
    assert isinstance(parse("rule a { when b is c andd is e }"), Problem)


def test_a_keyword_is_a_name_where_no_keyword_can_stand() -> None:
    assert when("a.title is count") == tree.Comparison("is", name("a", "title"), name("count"))


def test_chinese_punctuation_is_understood() -> None:
    assert when("any（x in a.b： x.c ≥ 30％）") == when("any(x in a.b: x.c >= 30%)")


@pytest.mark.parametrize(
    ("written", "days"),
    [("1 day", 1), ("2 weeks", 14), ("1 month", 30), ("1quarter", 91), ("1 year", 365), ("12 hours", Decimal("0.5"))],
)
def test_durations_are_days(written: str, days: Decimal) -> None:
    assert duration(written) == days
    assert when(f"a < {written}") == tree.Comparison("<", name("a"), tree.Constant(Decimal(days), FieldType("duration")))


def test_strings_lose_their_marks_only() -> None:
    assert unquoted(r'"a \"b\" \\ “c”"') == 'a "b" \\ “c”'


def test_deep_nesting_and_long_rules_are_refused() -> None:
    deep = parse("rule a { when " + "not " * 4000 + "b }")
    assert isinstance(deep, Problem) and "嵌套太深" in deep.zh
    long = parse("rule a { " + "# " + "x" * 20_000 + "\n }")
    assert isinstance(long, Problem) and "规则太长" in long.zh


def test_spans_are_places_in_the_page() -> None:
    text = "前文\nrule a { when 甲.乙 is c }"
    draft = parse_rule(Source("page.md", text), Span(3, len(text)))
    assert isinstance(draft, tree.Draft)
    (clause,) = draft.clauses
    assert isinstance(clause, tree.ConditionClause) and isinstance(clause.condition, tree.Comparison)
    assert text[clause.condition.left.span.start : clause.condition.left.span.end] == "甲.乙"
