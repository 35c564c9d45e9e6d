"""Outline, folds and colours: what they name stands where they say, of any text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import DocumentSymbol, FoldingRangeKind, Position, SymbolKind

from assesslint.lsp.colours import COMMENT, KEYWORD, NAME, NUMBER, PROPERTY, STRING, TYPES, WORD, coloured, colours
from assesslint.lsp.documents import View
from assesslint.lsp.outline import folds, symbols
from assesslint.scheme.keywords import all_field_words, block_words
from assesslint.text.resources import resource
from tests.lsp.views import view_of, words

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
TEXT = """# 头一行😀
# 第二行
方案 "考核😀" {
  层级: 县
  类别 "一类" {
    加分指标 "推广😀" 10分 {
      评分: "激活率"   # 不是词
      度量: 激活率("平安", 户籍人口) >= 50%
      频次: 每2.5天
      目标分解: 省 40%, 市50%
    }
  }
}
"""


def walk(found: list[DocumentSymbol]) -> Iterator[DocumentSymbol]:
    for symbol in found:
        yield symbol
        yield from walk(list(symbol.children or []))


def named(view: View) -> list[tuple[str, SymbolKind, str]]:
    return [(each.name, each.kind, each.detail or "") for each in walk(symbols(view))]


def test_the_outline_of_a_scheme() -> None:
    assert named(view_of(TEXT)) == [
        ("考核😀", SymbolKind.Module, "方案"),
        ("层级", SymbolKind.Property, "县"),
        ("一类", SymbolKind.Namespace, "类别"),
        ("推广😀", SymbolKind.Class, "加分指标 10分"),
        ("评分", SymbolKind.Property, '"激活率"'),
        ("度量", SymbolKind.Property, '激活率("平安", 户籍人口) >= 50%'),
        ("频次", SymbolKind.Property, "每2.5天"),
        ("目标分解", SymbolKind.Property, "省 40%, 市50%"),
    ]


def test_the_outline_of_a_draft_in_prose_and_of_a_page() -> None:
    text = (EXAMPLES / "07-ranked-though-not-assessed.txt").read_text(encoding="utf-8")
    found = list(walk(symbols(view_of("\ufeff" + text, "file:///a.txt", "assess-draft"))))
    assert found[0].kind == SymbolKind.Module
    assert sum(each.kind == SymbolKind.Class for each in found) > 1
    page = resource("rules") / "adoption" / "download-quota.md"
    [title] = symbols(view_of(page.read_text(encoding="utf-8"), page.as_uri(), "markdown"))
    assert title.name == "下载安装指标"
    assert [each.name for each in title.children or []][:2] == ["查什么", "为什么"]


def test_what_can_be_folded() -> None:
    found = [(fold.start_line, fold.end_line, fold.kind) for fold in folds(view_of(TEXT))]
    assert found == [(2, 11, None), (4, 10, None), (5, 9, None), (0, 1, FoldingRangeKind.Comment)]


def test_colours_are_told_by_what_stands_there() -> None:
    view = view_of(TEXT)
    found = [(words(view, span), kind) for span, kind, _ in coloured(view)]
    assert found[:5] == [("# 头一行😀", COMMENT), ("# 第二行", COMMENT), ("方案", KEYWORD), ('"考核😀"', NAME), ("层级", PROPERTY)]
    assert {("县", WORD), ("户籍人口", WORD), ("50%", NUMBER), ("每2.5天", NUMBER), ("省", WORD), ("市50%", NUMBER)} <= set(found)
    assert ('"激活率"', STRING) in found
    assert ("# 不是词", COMMENT) in found
    declared = [words(view, span) for span, _, is_declared in coloured(view) if is_declared]
    assert declared == ['"考核😀"', '"一类"', '"推广😀"']


texts = st.text(st.sampled_from('方案指标类别评分佐证 "“”{}:：,()\n\r😀#\\1分%截图'), max_size=80)
lines = ('方案 "一" {', '指标 "甲😀" 10分 {', "}", '评分: "好"', "佐证: 截图", "#说😀\n", "\n", "度量: 激活率(", '"', " ")
drafts = st.lists(st.sampled_from(lines)).map("".join)


@given(st.one_of(texts, drafts), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_whatever_is_written_is_named_within_itself(text: str, encoding: str) -> None:
    view = view_of(text, encoding=encoding)

    def key(position: Position) -> tuple[int, int]:
        return position.line, position.character

    for symbol in walk(symbols(view)):
        assert symbol.name
        assert key(symbol.range.start) <= key(symbol.selection_range.start)
        assert key(symbol.selection_range.end) <= key(symbol.range.end)
    for fold in folds(view):
        assert 0 <= fold.start_line < fold.end_line < len(view.text.line_starts)
    data = colours(view).data
    line = character = end = 0
    for at in range(0, len(data), 5):
        down, right, length, kind, _ = data[at : at + 5]
        assert down >= 0 and right >= 0 and length > 0 and 0 <= kind < len(TYPES)
        line, character = line + down, right + (0 if down else character)
        assert down or character >= end
        end = character + length
        span = view.text.range(next(span for span, *_ in coloured(view) if view.text.position(span.start) == Position(line, character)))
        assert span.end == Position(line, end)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.assess")), ids=lambda path: path.name[:2])
def test_keywords_and_fields_are_those_of_the_table(path: Path) -> None:
    view = view_of(path.read_text(encoding="utf-8"))
    for span, kind, _ in coloured(view):
        if kind == KEYWORD:
            assert words(view, span) in block_words()
        elif kind == PROPERTY:
            assert words(view, span) in all_field_words()
