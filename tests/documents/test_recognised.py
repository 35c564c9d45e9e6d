"""Files whose names do not tell their kind: read as what their bytes are, with a notice; in a folder only what can be nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.documents.draft import kind_of, read_draft
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.recognised import recognised, recognised_file
from assesslint.linter.check import check
from assesslint.reports.annotated.annotate import annotate, copied_as
from tests.documents.layouts import Cell, Grid, Words
from tests.documents.old_workbooks import label, workbook, xls
from tests.documents.test_ods import cell, ods, row
from tests.documents.workbooks import zipped
from tests.documents.writers import WRITERS

BLOCKS = (
    Words("清河县2026年度考核细则"),
    Grid((
        (Cell("指标名称"), Cell("分值"), Cell("评分标准")),
        (Cell("推广"), Cell("10"), Cell("激活率每低1%扣1分")),
        (Cell("办结"), Cell("90"), Cell("按期办结得满分")),
    )),
)  # fmt: skip
KINDS = (".docx", ".xlsx", ".pdf", ".ofd", ".html")
FILES = {suffix: WRITERS[suffix](BLOCKS) for suffix in KINDS}


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("name", ["考核细则", "考核细则.bak", "考核细则.2026年"])
def test_a_draft_is_read_whatever_it_is_called(name: str, suffix: str) -> None:
    draft = read_draft(name, FILES[suffix])
    assert draft.schemes == read_draft(f"a{suffix}", FILES[suffix]).schemes
    assert [notice.id for notice in draft.notices] == ["converted"]
    assert f"按内容作为 {suffix} 文件读取" in draft.notices[0].message
    assert draft.notices[0].path == name


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (xls(workbook(label(0, 0, "推广"))), ".xls"),
        (ods(row(cell("推广"))), ".ods"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"{\\rtf1 x}", ".rtf"),
        ("清河县考核细则".encode("gb18030"), ".txt"),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n", ".mht"),
        (FILES[".docx"][:-200], ".docx"),
        (zipped({"考核细则.docx": FILES[".docx"]}), ""),
        (b"\x89PNG\r\n", ""),
        (b"plain words", ""),
        (b"", ""),
    ],
    ids=["xls", "ods", "doc", "rtf", "text", "mht", "truncated", "a zip of drafts", "picture", "English", "nothing"],
)
def test_what_the_bytes_are(data: bytes, suffix: str) -> None:
    assert recognised(data) == suffix


STARTS = [b"", b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", FILES[".docx"][:400]]


@given(st.binary(max_size=200), st.sampled_from(STARTS))
def test_any_bytes_are_something_or_nothing(data: bytes, start: bytes) -> None:
    recognised(start + data)


def test_a_name_that_tells_the_kind_is_believed() -> None:
    assert kind_of("a.pdf", FILES[".docx"]) == ".pdf"
    assert kind_of("a.CSV", FILES[".docx"]) == ".csv"


def test_a_copy_with_notes_is_of_the_kind_recognised() -> None:
    assert copied_as("考核细则", FILES[".docx"]) == (".docx",)
    copy = annotate("考核细则", FILES[".docx"], (), DEFAULT_LIMITS, "zh")
    assert (copy.suffix, copy.is_converted) == (".docx", False)


def test_in_a_folder_only_what_can_be_nothing_else_is_taken_for_a_draft(tmp_path: Path) -> None:
    (tmp_path / "考核细则").write_bytes(FILES[".docx"])
    (tmp_path / "说明").write_text("清河县考核细则", encoding="utf-8")
    (tmp_path / "a.zip").write_bytes(zipped({"b.txt": "x"}))
    assert {path.name: recognised_file(path) for path in tmp_path.iterdir()} == {"考核细则": ".docx", "说明": "", "a.zip": ""}
    report = check([str(tmp_path)])
    assert [Path(draft.path).name for draft in report.drafts] == ["考核细则"]
