"""`convert DRAFT -o OUT`: what is written and said, and what is never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from assesslint.documents.draft import read_draft
from assesslint.documents.written.write import WRITERS
from tests.cli.conftest import DRAFT, Run


@pytest.mark.parametrize("suffix", [suffix for suffix in WRITERS if suffix != ".assess"])
def test_a_scheme_becomes_a_file_of_any_kind_and_back(suffix: str, run: Run, folder: Path) -> None:
    there = run("convert", "draft.assess", "-o", f"out{suffix.upper()}")
    assert (there.exit_code, there.stdout, there.stderr) == (0, "", f"已写出 out{suffix.upper()}\n")
    back = run("convert", f"out{suffix.upper()}", "-o", "back.assess")
    assert (back.exit_code, back.stderr) == (0, "已写出 back.assess\n")
    [one], [other] = (
        read_draft("a.assess", text.encode()).schemes for text in (DRAFT, (folder / "back.assess").read_text(encoding="utf-8"))
    )
    assert [(i.name, i.points) for _, i in one.indicators()] == [(i.name, i.points) for _, i in other.indicators()]
    assert sorted(path.name for path in folder.iterdir()) == ["back.assess", "draft.assess", f"out{suffix.upper()}"]


def test_what_was_uncertain_is_told_and_noted(run: Run, folder: Path) -> None:
    (folder / "a.html").write_text("<p>1.应用推广（10分）：激活率达到50%</p><img src=x>", encoding="utf-8")
    result = run("convert", "a.html", "-o", "a.assess")
    assert result.exit_code == 0
    assert "此处是图片" in result.stderr
    assert result.stderr.endswith("已写出 a.assess，1 处待核\n")
    assert "# 待核: 1:28 此处是图片" in (folder / "a.assess").read_text(encoding="utf-8")


def test_a_draft_not_understood_is_written_and_fails(run: Run, folder: Path) -> None:
    (folder / "a.txt").write_text("今天开会。\n", encoding="utf-8")
    result = run("convert", "a.txt", "-o", "a.docx", "--lang", "en")
    assert result.exit_code == 1
    assert "no indicator was recognised" in result.stderr
    assert (folder / "a.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("draft.assess", "-o", "draft.assess"), "不会覆盖它"),
        (("draft.assess", "-o", "linked.assess"), "不会覆盖它"),
        (("draft.assess", "-o", "out.pdf"), "不能写成 .pdf 文件，可写 .assess"),
        (("draft.assess", "-o", "none/out.docx"), "没有文件夹"),
        (("missing.docx", "-o", "out.assess"), "文件不存在"),
        (("empty.docx", "-o", "out.assess"), "没有读出方案"),
        (("draft.assess",), "缺少 -o 输出"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(arguments: tuple[str, ...], said: str, run: Run, folder: Path) -> None:
    (folder / "empty.docx").touch()
    (folder / "linked.assess").symlink_to(folder / "draft.assess")
    result = run("convert", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert (folder / "draft.assess").read_text(encoding="utf-8") == DRAFT
    assert sorted(path.name for path in folder.iterdir()) == ["draft.assess", "empty.docx", "linked.assess"]


def test_a_file_that_is_there_is_replaced_only_when_that_is_asked_for(run: Run, folder: Path) -> None:
    other = folder / "other.txt"
    other.write_text("另一个草案", encoding="utf-8")
    refused = run("convert", "draft.assess", "-o", "other.txt")
    assert (refused.exit_code, other.read_text(encoding="utf-8")) == (2, "另一个草案")
    assert "已有文件 other.txt，看不出是以前检查写出的，没有覆盖" in refused.stderr
    assert run("convert", "draft.assess", "-o", "other.txt", "--force").exit_code == 0
    assert "应用推广" in other.read_text(encoding="utf-8")


def test_a_draft_itself_is_not_replaced_even_when_that_is_asked_for(run: Run, folder: Path) -> None:
    assert run("convert", "draft.assess", "-o", "draft.assess", "--force").exit_code == 2
    assert (folder / "draft.assess").read_text(encoding="utf-8") == DRAFT
