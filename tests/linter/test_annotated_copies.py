"""Annotated copies in a folder: known by our notes, passed over while they say what their original says, checked once they differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.linter.annotated_copies import bears_our_notes
from assesslint.linter.check import check
from assesslint.reports.annotated.annotate import annotate
from assesslint.reports.annotated.notes import notes_of
from tests.documents.layouts import Block, Cell, Grid, Words
from tests.documents.writers import WRITERS, write_docx, write_html, write_xlsx

DAY = date(2026, 11, 23)
WRITE: dict[str, Callable[[Sequence[Block]], bytes]] = {
    ".docx": write_docx, ".xlsx": write_xlsx, ".html": write_html, ".pdf": WRITERS[".pdf"],
}  # fmt: skip


def blocks(standard: str) -> list[Block]:
    rows = (("序号", "指标名称", "分值", "评分标准"), ("1", "巡查", "100", standard))
    return [Words("清河县2026年度河道管护考核细则"), Grid(tuple(tuple(map(Cell, texts)) for texts in rows))]


def copy_of(path: Path) -> bytes:
    """Return the copy that a run writes of a draft."""
    report = check([path], as_of=DAY)
    assert report.findings
    notes = notes_of(report.findings, {}, "zh")
    return annotate(str(path), path.read_bytes(), notes, DEFAULT_LIMITS, "zh").data


@pytest.mark.parametrize("suffix", WRITE)
def test_a_copy_beside_its_draft_is_passed_over_until_its_words_change(suffix: str, tmp_path: Path) -> None:
    draft, first, later = (tmp_path / f"{name}{suffix}" for name in ("draft", "a-copy", "z-copy"))
    draft.write_bytes(WRITE[suffix](blocks("每日打卡，缺一次扣1分。")))
    first.write_bytes(copy_of(draft))
    later.write_bytes(first.read_bytes())
    assert not bears_our_notes(draft.name, draft.read_bytes())
    assert bears_our_notes(first.name, first.read_bytes())
    report = check([tmp_path], as_of=DAY)
    assert [info.path for info in report.drafts] == [str(draft)]
    said = [(notice.path, notice.message) for notice in report.notices if notice.id == "skipped-copy"]
    assert [path for path, _ in said] == [str(first), str(later)]
    assert all(f"是 {draft} 带批注的副本，文字相同，没有重复检查" in message for _, message in said)
    assert [info.path for info in check([first, draft], as_of=DAY).drafts] == [str(first), str(draft)]
    draft.write_bytes(WRITE[suffix](blocks("每月抽查一次。")))
    assert [info.path for info in check([tmp_path], as_of=DAY).drafts] == [str(first), str(draft)]


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf", "a.html", "a.txt", "a"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"assesslint", b"<p>assesslint"])
def test_what_cannot_be_looked_into_bears_no_notes(name: str, data: bytes) -> None:
    assert not bears_our_notes(name, data)


def test_a_page_in_utf_16_tells_its_notes() -> None:
    assert bears_our_notes("a.htm", '<section data-assesslint="notes">'.encode("utf-16"))


def test_drafts_without_text_are_no_copies_of_each_other(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text('<section data-assesslint="notes">x</section>', encoding="utf-8")
    assert len(check([tmp_path], as_of=DAY).drafts) == 2
