"""`check --opinion OUT`: one sheet, one file for many drafts, a folder of sheets; and what cannot be written."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from tests.cli.conftest import DRAFT, Run
from tests.cli.test_copies import ONLY, drafts, files


def test_one_draft_has_one_sheet(run: Run, folder: Path) -> None:
    result = run("check", "draft.assess", "--opinion", "意见.docx", *ONLY)
    assert (result.exit_code, result.stderr) == (1, "已写出审核意见表 意见.docx\n")
    document = docx.Document("意见.docx")
    assert document.paragraphs[0].text == "考核方案审核意见表"
    assert [row.cells[2].text for row in document.tables[1].rows] == ["原文", "激活率达到50%", "手机打卡"]


def test_many_drafts_are_summed_up_in_one_file(run: Run, folder: Path) -> None:
    drafts(folder, "in/a.assess", "in/b.assess")
    (folder / "in" / "empty.txt").touch()
    run("check", "in", "--opinion", "out.xlsx", *ONLY)
    assert openpyxl.load_workbook("out.xlsx").sheetnames == ["汇总", "1 a.assess", "2 b.assess", "3 empty.txt"]


def test_a_folder_gets_a_sheet_for_each_draft_and_a_summary(run: Run, folder: Path) -> None:
    drafts(folder, "in/sub/a.assess", "in/b.assess")
    result = run("check", "in", "--opinion", "out", "--lang", "en", *ONLY)
    assert files(folder / "out") == ["b.assess.opinion.docx", "opinions.docx", "sub/a.assess.opinion.docx"]
    assert result.stderr == "Wrote 2 opinion sheets and a summary to out\n"
    assert len(docx.Document("out/opinions.docx").tables[1].rows) == 4


def test_the_standard_input_has_a_sheet(run: Run, folder: Path) -> None:
    run("check", "-", "--stdin-filename", "部门/细则.assess", "--opinion", "out/", *ONLY, stdin=DRAFT.encode())
    assert files(folder / "out") == ["部门/细则.assess.审核意见.docx"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--opinion", "out.pdf"), "审核意见表写成 .docx 或 .xlsx，不能写成 .pdf；要写进文件夹，请在 out.pdf 末尾加 /"),
        (("--opinion", "none/out.docx"), "没有文件夹"),
        (("--opinion", "-"), "请写明结果写到哪里"),
        (("--opinion", "out.docx", "--annotate", "./out.docx"), "有两项结果都写到 out.docx，请写成两个文件"),
        (("--opinion", "draft.assess/"), "draft.assess/ 是文件，不是文件夹"),
    ],
)
def test_a_place_for_no_sheet_is_said(run: Run, folder: Path, words: tuple[str, ...], said: str) -> None:
    result = run("check", "draft.assess", *words, *ONLY)
    assert (result.exit_code, said in result.stderr, result.stdout) == (2, True, ""), result.stderr
    assert files(folder) == ["draft.assess"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sheets_of_earlier_runs_are_no_drafts(run: Run, folder: Path, lang: str) -> None:
    drafts(folder, "in/a.assess", "in/b.assess")
    run("check", "in", "--opinion", "in/意见.xlsx", "--lang", lang, *ONLY)
    run("check", "in/a.assess", "--opinion", "in/一.xlsx", "--lang", lang, *ONLY)
    run("check", "in", "--opinion", "in/意见", "--lang", lang, *ONLY)
    sheets = [name for name in files(folder / "in") if not name.endswith(".assess")]
    result = run("check", "in", *ONLY)
    assert "检查了 2 个文件" in result.stdout
    assert len(sheets) == 5
    assert all(f"in/{name}  提示  是以前检查写出的审核意见表，不当作草案检查" in result.stdout for name in sheets), result.stdout
    assert "检查了 1 个文件" in run("check", f"in/{sheets[0]}", *ONLY).stdout
    (folder / "in" / "二.docx").write_bytes((folder / "in" / "一.xlsx").read_bytes()[:2000])
    assert "检查了 3 个文件" in run("check", "in", *ONLY).stdout


def test_other_files_of_the_same_author_or_title_are_drafts(run: Run, folder: Path) -> None:
    for name, author, title in (("a.docx", "assesslint", "细则"), ("b.docx", "张三", "考核方案审核意见表")):
        document = docx.Document()
        document.add_paragraph("一、推广（5分）")
        document.core_properties.author, document.core_properties.title = author, title
        document.save(str(folder / name))
    assert "检查了 3 个文件" in run("check", ".", *ONLY).stdout
