"""The shape of a rule's page, and its examples made whole."""

from __future__ import annotations

import pytest

from assesslint.policy.examples import Found, check_page, differences
from assesslint.policy.page import Expected, Page, blocks, read_page, whole_scheme
from assesslint.policy.problems import Problem
from assesslint.text.source import Source
from tests.policy.pages import page_of

PAGE = page_of("rule sample { }\n")


def read(text: str) -> tuple[Page | None, list[Problem]]:
    return read_page(Source("samples/sample.md", text), "samples", "sample")


def test_a_page_is_read_whole() -> None:
    page, problems = read(PAGE)
    assert problems == [] and page is not None
    assert (page.id, page.family, page.title) == ("sample", "samples", "样例")
    assert page.sections["查什么"] == "文字" and page.sections["Known gaps"] == "text"
    assert page.source.text[page.rule.start : page.rule.end] == "rule sample { }\n"
    assert [e.expected for e in page.flagged] == [(Expected("sample", "error", "坏"),)] * 3
    assert [e.text for e in page.passed] == ['方案 "示例" { 指标 "示例" 10分 { 评分: "好"\n} }\n'] * 4


ORDER = "查什么、为什么、何时可豁免、已知局限、English、What it checks、Why、When a waiver is right、Known gaps、规则、应指出、不应指出"
EXPECTED = "此处应是一条期望的问题，写作：- sample error “原文”，放在所说的例子之后"
SWAPPED = PAGE.replace("## 为什么", "## 甲").replace("## 查什么", "## 为什么").replace("## 甲", "## 查什么")


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        (PAGE.replace("# 样例\n", "", 1), ["缺少标题：第一行写 # 中文标题"]),
        (PAGE.replace("## 为什么", "## 缘由"), ["缺少小节：为什么"]),
        (SWAPPED, [f"小节的次序应为：{ORDER}"]),
        (PAGE.replace("```rule", "```rules"), ["一页应有一个 ```rule 代码块，这里有 0 个"]),
        (PAGE + "```rule\nrule b { }\n```\n", ["一页应有一个 ```rule 代码块，这里有 2 个"]),
        (PAGE.replace('```scheme\n评分: "好"\n```\n', "", 1), ["“不应指出”下至少要有 4 个例子，现有 3 个"]),
        (PAGE.replace("- sample error “坏”\n", "", 1), ["例子之后缺少期望的问题"]),
        (PAGE.replace("- sample error", "- other error", 1), [EXPECTED, "例子之后缺少期望的问题"]),
        (
            PAGE.replace("```scheme", "```json", 1),
            ["例子的代码块写 ```scheme 或 ```text", EXPECTED, "“应指出”下至少要有 3 个例子，现有 2 个"],
        ),
    ],
)
def test_a_fault_of_a_page(text: str, zh: list[str]) -> None:
    _, problems = read(text)
    assert [p.zh for p in problems] == zh


def test_a_fault_has_its_place() -> None:
    text = PAGE.replace("- sample error “坏”", "- sample eror “坏”", 1)
    _, problems = read(text)
    assert problems[0].line == text[: text.index("eror")].count("\n") + 1


def test_blocks_cover_the_text_in_order_and_an_open_fence_runs_to_the_end() -> None:
    source = Source("p.md", "# 题\n````text\n```\n内\n````\n尾\n```scheme\n甲")
    found = [(b.shape, b.kind, source.text[b.span.start : b.span.end]) for b in blocks(source)]
    assert found == [("heading", "#", "# 题"), ("fence", "text", "```\n内\n"), ("line", "", "尾"), ("fence", "scheme", "甲")]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ('方案 "甲" { }\n', '方案 "甲" { }\n'),
        ('# 说明\nscheme "a" { }\n', '# 说明\nscheme "a" { }\n'),
        ('指标 "甲" 5分 { }\n', '方案 "示例" { 指标 "甲" 5分 { }\n}\n'),
        ('总分: 100\n加分指标 "甲" 5分 { }\n', '方案 "示例" { 总分: 100\n加分指标 "甲" 5分 { }\n}\n'),
        ('评分: "指标完成"\n', '方案 "示例" { 指标 "示例" 10分 { 评分: "指标完成"\n} }\n'),
    ],
)
def test_a_short_example_is_made_whole_on_its_own_lines(text: str, whole: str) -> None:
    assert whole_scheme(text) == whole


def test_examples_are_held_to_exactly_their_findings() -> None:
    page, _ = read(PAGE)
    assert page is not None

    def judge(kind: str, text: str) -> list[Found]:
        assert kind == "scheme"
        return [Found("sample", "error", "坏"), Found("other", "error", "别")] if "坏" in text else []

    assert check_page(page, judge) == []
    assert [p.zh for p in check_page(page, lambda _kind, _text: [])] == ["应指出而未指出：sample error “坏”"] * 3
    assert [p.en for p in check_page(page, lambda _kind, _text: [Found("sample", "error", "坏")])] == [
        "found, though not expected: sample error “坏”"
    ] * 4
    told = check_page(page, lambda _kind, _text: [Found("sample", "warning", "坏")])
    assert told[0].zh == "应是 sample error “坏”，实为 sample warning “坏”"
    spoiled = check_page(page, lambda _kind, text: [*judge("scheme", text), Found("syntax-error", "error", message="缺冒号")])
    assert {p.zh for p in spoiled} == {"例子没有读通：缺冒号"}


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("- sample error “坏” A.one, B.two", []),
        ("- sample error “坏” B.two,A.one 提示：改掉", []),
        ("- sample error “坏” 提示：改掉", []),
        ("- sample error “坏” A.one", ["应是 sample error “坏” A.one，实为 sample error “坏” A.one, B.two"]),
        ("- sample error “坏” 提示：删掉", ["应是 sample error “坏” 提示：删掉，实为 sample error “坏” 提示：请改掉"]),
    ],
)
def test_norms_and_words_of_the_message_are_checked_where_an_example_names_them(wanted: str, told: list[str]) -> None:
    page, problems = read(PAGE.replace("- sample error “坏”", wanted, 1))
    assert page is not None and problems == []
    found = Found("sample", "error", "坏", frozenset({"A.one", "B.two"}), "请改掉")
    assert [p.zh for p in check_page(page, lambda _kind, text: [found] if "坏" in text else [])] == told


def test_of_two_findings_at_the_same_words_the_one_with_its_norms_named_is_taken_first() -> None:
    page, _ = read(PAGE.replace("- sample error “坏”", "- sample error “坏”\n- sample error “坏” B.two", 1))
    assert page is not None
    first, *_ = page.flagged
    found = [Found("sample", "error", "坏", frozenset({name})) for name in ("B.two", "A.one")]
    assert differences(first.expected, found) == ([], [])
