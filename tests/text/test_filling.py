"""Paragraphs are broken into lines of terminal cells, as Chinese and English are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.text.filling import filled
from assesslint.text.source import cells

PHRASES = ["激活率", "考核，", "（见下）", "“干部之家”。", "abc", " 50%", "--check ", " a", "一、"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("只看哪些文件需要排版，不写文件", ["只看哪些文", "件需要排", "版，不写文", "件"]),
        ("退出码（见下）是数", ["退出码（见", "下）是数"]),
        ("write nothing, tell", ["write", "nothing,", "tell"]),
        ("用 --check 看", ["用 --check", "看"]),
        ("一个averylongword词", ["一个", "averylongword", "词"]),
        ("", []),
    ],
)
def test_lines_of_ten_cells(text: str, lines: list[str]) -> None:
    assert filled(text, 10) == lines


@given(st.lists(st.sampled_from(PHRASES), max_size=20).map("".join), st.integers(8, 40))
def test_nothing_is_lost_and_marks_stand_where_they_may(text: str, width: int) -> None:
    lines = filled(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert line == line.strip()
        assert cells(line) <= width or line.isascii()
        assert line[0] not in "，。”）、"
        assert line[-1] not in "（“"
