"""A draft of a kind that holds no notes comes back as a newer kind of file, with the notes at the very words, and so it is said."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from assesslint.cli.main import main
from assesslint.documents import office
from assesslint.documents.written.write import WRITERS
from assesslint.reports.annotated.annotate import copied_as
from assesslint.scheme.model import Field, Indicator, Prose, Scheme
from tests.documents.word_files import docx, p, run
from tests.office import converted

DRAFT = docx(p(run("清河县2026年考核细则")) + p(run("1.应用推广（100分）：“干部之家”APP激活率达到50%得满分。")))


@pytest.mark.parametrize("suffix", ["doc", "odt"])
def test_an_old_word_file_comes_back_as_a_new_one_with_comments(suffix: str, tmp_path: Path) -> None:
    draft, out = tmp_path / f"细则.{suffix}", tmp_path / "意见.docx"
    draft.write_bytes(converted(tmp_path, "a.docx", DRAFT, suffix))
    before = draft.read_bytes()
    result = CliRunner().invoke(main, ["check", str(draft), "--annotate", str(out)])
    assert result.exit_code == 1
    assert "1 个草案的格式不能直接带批注，副本转成了 .docx 文件" in result.stderr
    with zipfile.ZipFile(out) as package:
        assert "下载安装指标" in package.read("word/comments.xml").decode()
        body = package.read("word/document.xml").decode()
    assert body.index("<w:commentRangeStart") < body.index("激活率") < body.rindex("<w:commentRangeEnd")
    assert draft.read_bytes() == before


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_an_old_workbook_comes_back_with_notes_on_the_same_cells(suffix: str, tmp_path: Path) -> None:
    """The cells are found in the old file, the notes written into the one made of it."""
    sheet = Scheme(
        Prose("清河县2026年考核细则"),
        items=(Indicator(Prose("应用推广"), Decimal(100), fields=(Field("scoring", Prose("“干部之家”APP激活率达到50%得满分")),)),),
    )
    draft, out = tmp_path / f"细则.{suffix}", tmp_path / "意见.xlsx"
    draft.write_bytes(converted(tmp_path, "a.xlsx", WRITERS[".xlsx"]([sheet]), suffix))
    command = ["check", str(draft), "--annotate", str(out), "--select", "download-quota"]
    assert CliRunner().invoke(main, command).exit_code == 1
    noted = [cell for row in load_workbook(out).worksheets[0].iter_rows() for cell in row if cell.comment]
    assert [cell.value for cell in noted] == ["“干部之家”APP激活率达到50%得满分"]
    assert "下载安装指标" in noted[0].comment.text


def test_without_libreoffice_such_a_draft_gets_an_opinion_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assesslint.reports.annotated.annotate.find_office", lambda: None)
    assert not copied_as("a.xls")
    assert not copied_as("a.doc")
    assert copied_as("a.docx")
    monkeypatch.setattr("assesslint.reports.annotated.annotate.find_office", office.find_office)
    assert not copied_as("a.txt")
