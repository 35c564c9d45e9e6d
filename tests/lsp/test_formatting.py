"""The edit that an editor gets is the formatter's answer, and changes nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.lsp.documents import View
from assesslint.lsp.formatting import format_edits
from assesslint.scheme.formatting import format_text
from assesslint.text.source import Source
from tests.lsp.views import view_of

PIECES = (
    '方案 "考核😀" {', '指标   "甲" 10分 {', "}", '评分:"好😀"', "佐证:截图 ,照片", " ", "\n", "\r\n", "# 说明😀\n", "  ", "\n\n\n",
    "层级: 县\n",
)  # fmt: skip


def formatted(view: View) -> str:
    """Return the text of a document after the edits it gets."""
    text = view.text.text
    for edit in format_edits(view):
        span = view.text.span(edit.range)
        assert view.text.range(span) == edit.range
        text = text[: span.start] + edit.new_text + text[span.end :]
    return text


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.booleans())
def test_the_edit_makes_what_the_formatter_makes(text: str, encoding: str, marked: bool) -> None:
    text = ("\ufeff" if marked else "") + text
    answer = format_text(Source("a.assess", text.removeprefix("\ufeff"))).text
    found = formatted(view_of(text, encoding=encoding))
    if answer is None:
        assert found == text
    else:
        assert found.removeprefix("\ufeff").replace("\r\n", "\n") == answer
        assert ("\r\n" in found) == ("\r\n" in text) or found.count("\n") == 0


def test_only_what_changes_is_edited() -> None:
    [edit] = format_edits(view_of('方案 "考核" {\n  层级:   县\n  总分: 100\n}\n'))
    assert (edit.range.start.line, edit.range.end.line, edit.new_text) == (1, 1, "")


@pytest.mark.parametrize("text", ['方案 "考核" {\n  层级: 县\n}\n', "方案 {", ""])
def test_what_is_in_the_layout_or_has_mistakes_is_left(text: str) -> None:
    assert format_edits(view_of(text)) == []
