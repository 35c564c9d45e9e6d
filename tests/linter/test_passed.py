"""A run that finds nothing to check says why, a line for each reason."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from assesslint.linter.check import check
from assesslint.linter.errors import RunError
from assesslint.linter.opinion_sheets import AUTHOR, TITLES


def fault(*paths: str) -> RunError:
    with pytest.raises(RunError) as error:
        check(paths)
    return error.value


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_each_reason_is_told_with_its_first_file(folder: Path) -> None:
    for name in ("a.png", "b.zip", "c.exe", "~$d.docx"):
        (folder / name).touch()
    sheet = docx.Document()
    sheet.core_properties.author, sheet.core_properties.title = AUTHOR, TITLES["zh"]["title"]
    out = io.BytesIO()
    sheet.save(out)
    (folder / "e.docx").write_bytes(out.getvalue())
    told = fault("in")
    assert str(told).split("\n") == [
        "没有找到可检查的文件：in",
        "  in/a.png 等 3 个：不是草案的文件类型，未检查",
        "  in/~$d.docx：是文件打开时由 Word、WPS 等生成的临时文件，未检查",
        "  in/e.docx：是以前检查写出的审核意见表，不当作草案检查",
    ]
    assert "  in/a.png and 2 more: Not a kind of file that holds a draft; it was not checked" in told.en.split("\n")


def test_an_empty_folder_is_told_from_one_that_is_excluded(folder: Path) -> None:
    assert "  文件夹里没有文件；隐藏的文件不算" in str(fault("in"))
    (folder / "a.txt").write_text("1.巡查（5分）", encoding="utf-8")
    (folder.parent / "assesslint.toml").write_text('exclude = ["in"]', encoding="utf-8")
    assert "  配置的 exclude 排除了：in" in str(fault("in"))


def test_what_tells_what_a_folder_holds_is_read_only_when_it_is_named(folder: Path) -> None:
    for name in ("README.md", "Readme.zh-CN.md", "readme.txt", "README考核.txt"):
        (folder / name).write_text("清河县考核细则\n一、巡查（100分）\n评分标准：按期整改率达到95%得满分。\n", encoding="utf-8")
    report = check(["in"])
    assert [draft.path for draft in report.drafts] == ["in/README考核.txt"]
    assert [notice.path for notice in report.notices if "这个文件夹的说明" in notice.message] == [
        "in/README.md",
        "in/Readme.zh-CN.md",
        "in/readme.txt",
    ]
    assert len(check(["in", "in/README.md"]).drafts) == 2


def test_a_folder_of_rules_among_drafts_is_no_draft(folder: Path) -> None:
    (folder / "a.txt").write_text("清河县考核细则\n一、巡查（100分）\n评分标准：按期整改率达到95%得满分。\n", encoding="utf-8")
    pack = folder / "rules"
    (pack / "adoption").mkdir(parents=True)
    (pack / "pack.toml").write_text('id = "qinghe"\n', encoding="utf-8")
    (pack / "adoption" / "quota.md").write_text("一、推广（100分）\n评分标准：下载量每人不少于10次。\n", encoding="utf-8")
    (pack / "adoption" / "quota.csv").write_text("a,b\n", encoding="utf-8")
    report = check(["in"])
    assert [draft.path for draft in report.drafts] == ["in/a.txt"]
    assert [notice.path for notice in report.notices if "是规则包" in notice.message] == ["in/rules"]
