"""Positions agree with what encoders count, in every unit, and hold their ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position

from assesslint.lsp.positions import UTF_8, UTF_16, UTF_32, Text, reached, units
from assesslint.text.source import Span

ENCODINGS = {UTF_8: ("utf-8", 1), UTF_16: ("utf-16-le", 2), UTF_32: ("utf-32-le", 4)}
encodings = st.sampled_from(list(ENCODINGS))
texts = st.text(st.sampled_from("aé指标“😀🏳\u200d\ud83d\u2028\x0b\x85\r\n\t"), max_size=30)


@given(texts, encodings, st.integers(0, 40))
def test_units_are_those_of_the_encoding(text: str, encoding: str, count: int) -> None:
    name, size = ENCODINGS[encoding]
    assert units(text, encoding) == len(text.encode(name, "surrogatepass")) // size
    at = reached(text, count, encoding)
    assert units(text[:at], encoding) <= count
    assert at == len(text) or units(text[: at + 1], encoding) > count


@given(texts, encodings)
def test_every_offset_comes_back_from_its_position(text: str, encoding: str) -> None:
    whole = Text(text, encoding)
    lines = text.replace("\r\n", "\n\n").replace("\r", "\n").split("\n")
    for offset in range(len(text) + 1):
        position = whole.position(offset)
        if text[offset - 1 : offset + 1] == "\r\n":  # between the two the line has ended already
            assert whole.offset(position) == offset - 1
        else:
            assert whole.offset(position) == offset
            assert position.line <= len(lines)


@given(texts, encodings, st.integers(0, 50), st.integers(0, 50))
def test_positions_out_of_range_are_the_nearest_end(text: str, encoding: str, line: int, character: int) -> None:
    whole = Text(text, encoding)
    at = whole.offset(Position(line, character))
    assert 0 <= at <= len(text)
    if line >= len(whole.line_starts):
        assert at == len(text)
    else:
        assert whole.line(line).start <= at <= whole.line(line).end


@pytest.mark.parametrize(("encoding", "character"), [(UTF_16, 6), (UTF_8, 14), (UTF_32, 5)])
def test_chinese_and_emoji(encoding: str, character: int) -> None:
    whole = Text('方案 "一"\r\n指标😀 打卡\rx', encoding)
    at = whole.text.index("卡")
    assert whole.position(at) == Position(1, character)
    assert whole.offset(Position(1, character)) == at
    assert whole.position(whole.text.index("x")) == Position(2, 0)


def test_a_unit_within_a_character_belongs_to_it() -> None:
    assert Text("a😀b").offset(Position(0, 2)) == 1
    assert Text("a指b", UTF_8).offset(Position(0, 3)) == 1


def test_a_range_turned_round_is_empty() -> None:
    whole = Text("一二三\n四")
    assert whole.span(whole.range(Span(1, 4))) == Span(1, 4)
    turned = whole.range(Span(1, 4))
    turned.start, turned.end = turned.end, turned.start
    assert whole.span(turned) == Span(4, 4)
