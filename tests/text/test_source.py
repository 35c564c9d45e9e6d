"""Offsets → lines, columns and carets, on wide characters, long lines and odd ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.text.location import Position, TextLocation
from assesslint.text.source import CARET_WINDOW, Source, Span, caret_lines, cells

TEXT = "第一行\r\n激活率ＡＰＰ50%\n\n末行"


@pytest.mark.parametrize(
    ("offset", "position"),
    [(0, Position(1, 1)), (3, Position(1, 4)), (5, Position(2, 1)), (14, Position(2, 10)), (15, Position(3, 1)), (99, Position(4, 3))],
)
def test_offsets_become_lines_and_columns(offset: int, position: Position) -> None:
    assert Source("a.txt", TEXT).position(offset) == position


@given(st.text(), st.integers(0, 50))
def test_columns_are_counted_in_utf16_code_units_too(text: str, offset: int) -> None:
    at = min(offset, len(text))
    before = text[:at].rpartition("\n")[2]
    assert Source("a.txt", text).position(at).utf16_column == len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1


def test_lines_come_without_their_ends() -> None:
    source = Source("a.txt", TEXT)
    assert [source.line(number) for number in (1, 2, 3, 4)] == ["第一行", "激活率ＡＰＰ50%", "", "末行"]


def test_a_span_becomes_a_location() -> None:
    assert Source("a.txt", TEXT).locate(Span(5, 8)) == TextLocation(Position(2, 1), Position(2, 4))


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("激活", 4), ("ＡＰＰ", 6), ("“”", 2), ("e\u0301", 1), ("激\u200b活", 4), ("㎡", 2)]
)
def test_cells_of_a_terminal(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "words", "line", "carets"),
    [
        ("评分: 激活率50%", "激活率", "评分: 激活率50%", "      ^^^^^^"),
        ("a\u200bb激活\tc", "激活", "a b激活 c", "   ^^^^"),
        ("第一行\n跨行的文字", "一行\n跨行", "第一行", "  ^^^^"),
        ("末尾", "", "末尾", "^"),
    ],
)
def test_carets_stand_under_the_words(text: str, words: str, line: str, carets: str) -> None:
    start = text.index(words)
    shown = caret_lines(Source("a.txt", text), Span(start, start + len(words)))
    assert shown == (line, carets)


def test_of_a_long_line_only_the_surroundings_are_shown() -> None:
    text = "统一部署" * 250_000 + "每日打卡" + "开展工作" * 250_000
    line, carets = caret_lines(Source("a.txt", text), Span(1_000_000, 1_000_004))
    assert line.startswith("…")
    assert line.endswith("…")
    assert cells(line[: line.index("每日打卡")]) == len(carets) - 8
    assert cells(line) <= CARET_WINDOW + 4


@given(st.text(st.sampled_from("激a\u200b\u0301“\n\r\t"), max_size=300), st.integers(0, 300), st.integers(0, 20))
def test_carets_never_leave_the_line(text: str, start: int, length: int) -> None:
    line, carets = caret_lines(Source("a.txt", text), Span(start, start + length))
    assert "\n" not in line
    assert carets.endswith("^")
    assert len(carets) <= max(cells(line), len(carets) - len(carets.lstrip()) + 1)
    assert len(line) <= CARET_WINDOW + 5
