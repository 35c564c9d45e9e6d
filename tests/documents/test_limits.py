"""Drafts of more characters than allowed are refused in every format, as soon as that is known; within the limit nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assesslint.documents.draft import MOST_REPEATED, read_draft
from assesslint.documents.limits import DEFAULT_LIMITS, Limits
from assesslint.documents.model import EMPTY
from assesslint.documents.printed.glyphs import Glyph, Page
from assesslint.documents.printed.pages import Pages
from assesslint.documents.transcript import Transcript
from assesslint.documents.unreadable import UnreadableError
from assesslint.scheme.model import Prose
from assesslint.text.location import CellLocation
from tests.documents.layouts import Block, Cell, Grid, Words
from tests.documents.workbooks import of_rows
from tests.documents.writers import WRITERS

BLOCKS: list[Block] = [
    Words("清河县2026年度河道管护考核细则"),
    Words("总分：100分"),
    Grid(tuple(tuple(map(Cell, texts)) for texts in (("序号", "指标名称", "分值", "评分标准"), ("1", "巡查", "100", "每周巡查1次。")))),
]


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_every_format_holds_the_limit(suffix: str) -> None:
    name, data = f"draft{suffix}", WRITERS[suffix](BLOCKS)
    whole = read_draft(name, data)
    most = len(whole.source.text) + 1
    assert read_draft(name, data, limits=Limits(max_characters=most)) == whole
    refused = read_draft(name, data, limits=Limits(max_characters=most // 2))
    assert refused.schemes == ()
    [finding] = refused.findings
    assert finding.rule == "unreadable-file"
    assert f"上限 {most // 2} 字" in finding.message
    assert "limits.max-characters" in finding.message
    assert "limits.max-characters" in read_draft(name, data, "en", Limits(max_characters=most // 2)).findings[0].message


@pytest.mark.parametrize("name", ["a.assess", "a.json", "a.md", "a.txt"])
def test_a_text_too_long_is_not_even_parsed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for readers in ("SCHEME_READERS", "TEXT_READERS"):
        monkeypatch.setattr(f"assesslint.documents.draft.{readers}", {})
    [finding] = read_draft(name, "河".encode() * (DEFAULT_LIMITS.max_characters + 1)).findings
    assert "500,001 字" in finding.message


def test_a_transcript_ends_where_it_grows_too_long() -> None:
    transcript, place = Transcript(Limits(max_characters=10)), CellLocation("甲", "A1", 0, 0)
    assert transcript.add("四个字啊", place) is not EMPTY
    assert transcript.add(" " * 100, place) is EMPTY
    with pytest.raises(UnreadableError, match="超过上限 10 字"):
        transcript.add("六个字就太多", place)


def test_printed_pages_end_where_they_grow_too_long() -> None:
    read: list[int] = []

    def pages() -> Iterator[Page]:
        for number in range(1, 100):
            read.append(number)
            page = Page(number, 595.0, 842.0)
            page.glyphs += (Glyph("河", 10.0 * at, 10.0, 10.0 * at + 10.0, 20.0) for at in range(10))
            yield page

    laid = Pages(Limits(max_characters=25))
    with pytest.raises(UnreadableError, match="已有 30 字"):
        for page in pages():
            laid.add(page)
    assert read == [1, 2, 3]


def test_a_merged_cell_counts_with_each_indicator_beside_it() -> None:
    rows: list[list[object]] = [[at, f"第{at}项工作", 1, None] for at in range(1, 21)]
    rows[0][3] = "按时办结。" * 100
    data = of_rows([["序号", "指标名称", "分值", "评分标准"], *rows], lambda sheet: sheet.merge_cells("D2:D21"))
    draft = read_draft("a.xlsx", data)
    characters = len(draft.source.text) + 1
    texts = [field.value for _, leaf in draft.schemes[0].indicators() for field in leaf.fields]
    assert sum(len(text.text) for text in texts if isinstance(text, Prose)) > MOST_REPEATED * characters
    [finding] = read_draft("a.xlsx", data, limits=replace(DEFAULT_LIMITS, max_characters=characters)).findings
    assert finding.rule == "unreadable-file"
