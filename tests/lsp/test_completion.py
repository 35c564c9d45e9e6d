"""What is offered fits where it is offered: put there, the scheme holds no mistake that it did not hold before."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import CompletionItem, InsertTextFormat, TextEdit

from assesslint.lsp.completion import Known, completions
from assesslint.lsp.documents import View
from assesslint.scheme.keywords import BLOCKS, BlockWord, FieldWord
from assesslint.scheme.parse import parse_schemes
from assesslint.text.source import Source
from tests.lsp.views import MARK, marked, view_of

KNOWN = Known({"check-in": "打卡签到"}, ("省级细则",), snippets=True, today=date(2026, 11, 27))
FILLED = {"text": '"文字"', "texts": '"文字"', "names": '"文字"', "day": "2026-12-31", "total": "100", "flag": "是"}


def offered(text: str) -> list[CompletionItem]:
    view, at = marked(text)
    return completions(view, at, KNOWN)


def labels(text: str) -> set[str]:
    return {item.label for item in offered(text)}


def taken(view: View, item: CompletionItem) -> str:
    """Return the text after an offer was taken and its gaps were filled."""
    edit = item.text_edit
    assert isinstance(edit, TextEdit)
    new = edit.new_text
    if item.insert_text_format == InsertTextFormat.Snippet:
        new = re.sub(r"\$\{\d:([^}]*)\}", r"\1", new).replace("$0", "")
        new = re.sub(r"\$\d", "1", new.replace("($1)", '("平安")'))
    span = view.text.span(edit.range)
    return view.text.text[: span.start] + new + view.text.text[span.end :]


def mistakes(text: str) -> list[str]:
    return [finding.message for finding in parse_schemes(Source("a.assess", text)).findings]


def around(block: BlockWord, lang: str) -> tuple[str, str]:
    """Return a scheme with a mark inside a block of a kind, in two halves."""
    whole = {"zh": ("方案", "指标"), "en": ("scheme", "indicator")}[lang]
    if block.id == "scheme":
        return f'{whole[0]} "一" {{\n', "\n}"
    name = "check-in" if block.id == "waiver" else "甲"
    return f'{whole[0]} "一" {{\n{block.word(lang)} "{name}" {{\n', "\n}\n}"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_every_field_and_block_is_offered_in_its_block_in_the_language_of_the_scheme(block: BlockWord, lang: str) -> None:
    before, behind = around(block, lang)
    found = labels(before + MARK + behind)
    assert found == {word.word(lang) for word in block.fields} | {BLOCKS[inner].word(lang) for inner in block.blocks}


FIELDS = [(block, field) for block in BLOCKS.values() for field in block.fields]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("block", "field"), FIELDS, ids=[f"{block.id}.{field.id}" for block, field in FIELDS])
def test_every_value_offered_may_stand_there(block: BlockWord, field: FieldWord, lang: str) -> None:
    before, behind = around(block, lang)
    others = "".join(f"{each.word(lang)}: {FILLED[each.kinds[0]]}\n" for each in block.fields if each.required and each is not field)
    text = f"{before}{others}{field.word(lang)}: {MARK}{behind}"
    view, at = marked(text)
    offers = completions(view, at, KNOWN)
    assert offers, "nothing is offered"
    for item in offers:
        assert mistakes(taken(view, item)) == [], item.label


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_what_opens_a_field_or_block_may_be_filled_in(block: BlockWord) -> None:
    before, behind = around(block, "zh")
    view, at = marked(before + MARK + behind)
    for item in completions(view, at, Known(snippets=False)):
        edit = item.text_edit
        assert isinstance(edit, TextEdit) and "$" not in edit.new_text


@pytest.mark.parametrize(
    ("text", "some", "none"),
    [
        (MARK, {"方案"}, {"指标"}),
        (f'方案 "一" {{ 指标 "甲" 10分 {{ 佐证: 截图, {MARK} }} }}', {"照片"}, {"截图"}),
        (f'方案 "一" {{ 指标 "甲" 10分 {{ 佐证: 截{MARK} }} }}', {"截图", "照片"}, set()),
        (f'方案 "一" {{ 应用 "平安😀" {{ }} 指标 "甲" 10分 {{ 度量: 激活率({MARK}) }} }}', {"平安😀", "应用", "户籍人口"}, set()),
        (f'方案 "一" {{ 应用 "平安😀" {{ }} 指标 "甲" 10分 {{ 度量: 激活率("{MARK}") }} }}', {"平安😀"}, {"应用"}),
        (f'方案 "一" {{ 数据 "台账" {{ }} 指标 "甲" 10分 {{ 报送: {MARK} }} }}', {"台账"}, set()),
        (f'方案 "一" {{ 应用 "平安" {{ }} 指标 "甲" 10分 {{ 评分: "平{MARK}" }} }}', {"平安"}, set()),
        (f'方案 "一" {{ 应用 "平安" {{ }} 指标 "甲" 10分 {{ 评分: "每日使用“{MARK}" }} }}', {"平安"}, set()),
        (f'方案 "一" {{ 应用 "平安" {{ }} 指标 "甲" 10分 {{ 评分: "每日使用，{MARK}" }} }}', set(), {"平安"}),
        (f'方案 "一" {{ 应用 "平安" {{ }} 指标 "甲" 10分 {{ 评分: "使用“平安”，{MARK}" }} }}', set(), {"平安"}),
        (f'方案 "一" {{ 指标 "甲" 10分 {{ 度量: 激活率("平安") {MARK} }} }}', {">="}, set()),
        (f'方案 "一" {{ 上级方案: "{MARK}" }}', {"省级细则"}, set()),
        (f'方案 "一" {{ 上级方案: "{MARK}\n}}', {"省级细则"}, set()),
        (f'方案 "一" {{ 豁免 "{MARK}" {{ }} }}', {"check-in"}, set()),
        (f'方案 "一" {{ 指标 "{MARK}" {{ }} }}', set(), {"check-in"}),
        (f'方案 "一" {{\n层级: 县{MARK}\n}}', {"县", "市"}, {"指标"}),
        (f'方案 "一" {{\n总分: 10{MARK}\n}}', set(), {"指标"}),
        (f'方案 "一" {{\n层级: 县 {MARK}\n}}', set(), {"指标", "省"}),
        (f'方案 "一" {{\n层级: 县\n发{MARK}\n}}', {"发布单位", "指标"}, set()),
        (f'方案 "一" {{ }}\n{MARK}', {"方案"}, set()),
        (f'scheme "one" {{ indicator "a" {{ evidence: {MARK} }} }}', {"screenshot", "system_data"}, {"截图"}),
    ],
)
def test_what_is_offered_where(text: str, some: set[str], none: set[str]) -> None:
    found = labels(text)
    assert some <= found
    assert not none & found


def test_what_was_written_of_a_name_is_replaced() -> None:
    view, at = marked(f'方案 "一" {{\n  评{MARK}分: "文字"\n  指标 "甲" 10分 {{ 佐证: 截{MARK}图 }}\n}}'.replace(MARK, "", 1))
    [photo] = [item for item in completions(view, at, KNOWN) if item.label == "照片"]
    assert "佐证: 照片 }" in taken(view, photo)
    view, at = marked(f'方案 "一" {{\n  指标 "甲" 10分 {{\n  评{MARK}分: "文字"\n }}\n}}')
    [content] = [item for item in completions(view, at, KNOWN) if item.label == "内容"]
    assert '\n  内容: "文字"\n' in taken(view, content)


def test_a_name_within_prose_is_completed_where_it_stands() -> None:
    view, at = marked(f'方案 "一" {{ 应用 "平安😀" {{ }} 指标 "甲" 10分 {{ 评分: "每日使用“平{MARK}办事" }} }}')
    [name] = completions(view, at, KNOWN)
    assert "每日使用“平安😀办事" in taken(view, name)


def test_fields_used_already_come_last() -> None:
    found = offered(f'方案 "一" {{\n层级: 县\n{MARK}\n}}')
    order = [item.label for item in sorted(found, key=lambda item: item.sort_text or "")]
    assert order.index("层级") == len(order) - 1


@given(st.text(st.sampled_from('方案指标佐证:："“”{}(),，# \n😀1%截图abc\\'), max_size=60), st.integers(0, 60))
def test_any_text_has_an_answer(text: str, at: int) -> None:
    view = view_of(text)
    for item in completions(view, min(at, len(text)), KNOWN):
        edit = item.text_edit
        assert isinstance(edit, TextEdit)
        assert edit.range.start.line == edit.range.end.line
        span = view.text.span(edit.range)
        assert span.start <= min(at, len(text)) <= span.end
