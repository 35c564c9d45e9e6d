"""`check --annotate OUT`: where copies go, that each is whole, and what can never be written over."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from assesslint.documents.limits import Limits
from assesslint.documents.unreadable import UnreadableError
from assesslint.reports.annotated import annotate
from assesslint.reports.annotated.notes import Note
from tests.cli.conftest import DRAFT, Run

ONLY = ("--select", "download-quota,check-in", "--as-of", "2026-11-23")


def _noted(data: bytes, notes: Sequence[Note], limits: Limits, lang: str) -> bytes:
    """Write the notes under the text, as the annotators of real formats write them at their words."""
    return data + "".join(f"\n# {note.title}" for note in notes).encode()


@pytest.fixture(autouse=True)
def annotator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(annotate.ANNOTATORS, ".assess", _noted)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def drafts(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(DRAFT, encoding="utf-8")


def test_one_draft_becomes_one_file(run: Run, folder: Path) -> None:
    result = run("check", "draft.assess", "--annotate", "noted.assess", *ONLY)
    assert result.exit_code == 1
    assert result.stderr == "已写出 noted.assess（带批注 2 处）\n"
    assert (folder / "noted.assess").read_text(encoding="utf-8") == DRAFT + "\n# 下载安装指标\n# 打卡签到"
    assert (folder / "draft.assess").read_text(encoding="utf-8") == DRAFT
    assert files(folder) == ["draft.assess", "noted.assess"]


@pytest.mark.parametrize("out", ["out/", "there"])
def test_one_draft_goes_into_a_folder(run: Run, folder: Path, out: str) -> None:
    (folder / "there").mkdir()
    assert "Wrote " in run("check", "draft.assess", "--annotate", out, *ONLY, "--lang", "en").stderr
    assert files(folder / out) == ["draft.assess"]


def test_the_copy_of_a_draft_without_faults_is_written_anew(run: Run, folder: Path) -> None:
    for _ in range(2):
        assert run("check", "draft.assess", "--annotate", "noted.assess", "--select", "dual-track").exit_code == 0
    assert (folder / "noted.assess").read_text(encoding="utf-8") == DRAFT


def test_a_folder_is_mirrored(run: Run, folder: Path) -> None:
    drafts(folder, "in/a/x.assess", "in/b/x.assess", "in/y.assess")
    (folder / "in" / "empty.assess").touch()
    (folder / "in" / "z.txt").write_text("一、推广（5分）\n评分标准：下载率达到50%得满分\n", encoding="utf-8")
    result = run("check", "in", "--annotate", "out", *ONLY)
    assert files(folder / "out") == ["a/x.assess", "b/x.assess", "y.assess", "z.txt.审核意见.docx"]
    assert result.stderr.splitlines() == [
        "in/empty.assess：文件不能读取，没有写出副本",
        "已写出 out/z.txt.审核意见.docx（审核意见表，这种草案不能带批注）",
        "已在 out 写出 3 个文件（带批注 6 处）",
    ]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (("a/x.assess", "b/x.assess"), ["a/x.assess", "b/x.assess"]),
        (("a/x.assess", "a/y.assess"), ["x.assess", "y.assess"]),
        (("a", "a/x.assess"), ["x.assess", "y.assess"]),
        (("a", "b"), ["a/x.assess", "a/y.assess", "b/x.assess"]),
        (("./b/../a", "../" + "{here}/b"), ["a/x.assess", "a/y.assess", "b/x.assess"]),
    ],
)
def test_copies_stand_as_the_drafts_do_below_what_they_share(run: Run, folder: Path, given: tuple[str, ...], written: list[str]) -> None:
    drafts(folder, "a/x.assess", "a/y.assess", "b/x.assess")
    run("check", *(path.format(here=folder.name) for path in given), "--annotate", "out", *ONLY)
    assert files(folder / "out") == written


@pytest.mark.parametrize("out", ["2026.11", "副本.docx/"])
def test_a_folder_may_bear_any_name_that_says_it_is_one(run: Run, folder: Path, out: str) -> None:
    drafts(folder, "in/x.assess", "in/y.assess")
    run("check", "in", "--annotate", out, *ONLY)
    assert files(folder / out) == ["x.assess", "y.assess"]


def test_a_second_run_does_not_read_the_copies_of_the_first(run: Run, folder: Path) -> None:
    run("check", ".", "--annotate", "out", *ONLY)
    result = run("check", ".", "--annotate", "out", *ONLY)
    assert files(folder / "out") == ["draft.assess"]
    assert "检查了 1 个文件" in result.stdout
    assert "out  提示  检查结果写在这里，不当作草案检查" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("draft.assess", "--annotate", "draft.assess"), "draft.assess 就是被检查的文件或文件夹，不会覆盖它"),
        (("draft.assess", "--annotate", "./sub/../draft.assess"), "不会覆盖它"),
        (("draft.assess", "--annotate", "link.assess"), "不会覆盖它"),
        (("draft.assess", "--annotate", "hard.assess"), "不会覆盖它"),
        ((".", "--annotate", "."), "不会覆盖它"),
        (("sub", "draft.assess", "--annotate", "sub"), "不会覆盖它"),
        (("draft.assess", "--annotate", "./"), "draft.assess 是本次检查用到的文件，没有覆盖"),
        (("draft.assess", "--annotate", "none/noted.assess"), "没有文件夹"),
        (("sub", "--annotate", "none/out"), "没有文件夹"),
        (("draft.assess", "--annotate", "noted.docx"), "写出的是 .assess 文件，请把 noted.docx 改为以 .assess 结尾的名称"),
        (("z.txt", "--annotate", "noted.txt"), "写出的是 .docx 文件，请把 noted.txt 改为以 .docx 结尾的名称"),
        (("a.mht", "--annotate", "noted.mht"), "写出的是 .html 文件，请把 noted.mht 改为以 .html 结尾的名称；要写进文件夹，请在末尾加 /"),
        (("draft.assess", "sub", "--annotate", "file"), "file 是文件，不是文件夹"),
        (("draft.assess", "--annotate", "file/noted.assess"), "没有文件夹"),
        (("draft.assess", "sub", "--annotate", "noted.docx"), "noted.docx 却是文件名；请改写文件夹名，如 noted/"),
        (("sub", "--annotate", "noted.PDF"), "noted.PDF 却是文件名"),
        (("-", "--annotate", "noted.assess"), "标准输入（-）不是文件"),
        (("draft.assess", "--annotate", "-"), "请写明结果写到哪里"),
        (("draft.assess", "--annotate", ""), "请写明结果写到哪里"),
        (("draft.assess", "--annotate", "长" * 100 + ".assess"), "文件名太长"),
    ],
)
def test_a_place_that_cannot_be_written_is_said(run: Run, folder: Path, words: tuple[str, ...], said: str) -> None:
    drafts(folder, "sub/x.assess")
    (folder / "file").write_text("mine", encoding="utf-8")
    (folder / "z.txt").write_text("一、推广（5分）\n评分标准：下载率达到50%得满分\n", encoding="utf-8")
    (folder / "link.assess").symlink_to("draft.assess")
    (folder / "hard.assess").hardlink_to(folder / "draft.assess")
    before = files(folder)
    result = run("check", *words, *ONLY, stdin=DRAFT.encode())
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert files(folder) == before
    assert (folder / "draft.assess").read_text(encoding="utf-8") == DRAFT
    assert (folder / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("names", ["draft.assess noted.docx", "a.mht noted.mht", "a.ofd noted.ofd", "a.pdf noted"])
def test_a_name_of_another_kind_is_told_before_anything_is_checked(run: Run, folder: Path, names: str) -> None:
    draft, out = names.split()
    (folder / draft).touch()
    result = run("check", draft, "--annotate", out)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"请把 {out} 改为以 " in result.stderr


def test_other_files_of_the_run_are_not_written_over(run: Run, folder: Path) -> None:
    drafts(folder, "in/a.assess", "other/x.assess", "out/a.assess")
    result = run("check", "in", "--annotate", "out", "--parent", "out/a.assess", *ONLY)
    assert (result.exit_code, "是本次检查用到的文件" in result.stderr) == (2, True)


def test_nothing_is_written_through_a_link_out_of_the_folder(run: Run, folder: Path) -> None:
    drafts(folder, "in/sub/deep/a.assess")
    (folder / "elsewhere").mkdir()
    (folder / "out").mkdir()
    (folder / "out" / "sub").symlink_to(folder / "elsewhere", target_is_directory=True)
    result = run("check", "in", "--annotate", "out", *ONLY)
    assert (result.exit_code, "指向 out 之外" in result.stderr) == (2, True), result.stderr
    assert list((folder / "elsewhere").iterdir()) == []


def test_a_link_in_place_of_a_copy_is_replaced_not_followed(run: Run, folder: Path) -> None:
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    (folder / "noted.assess").symlink_to("mine.txt")
    assert run("check", "draft.assess", "--annotate", "noted.assess", *ONLY).exit_code == 1
    assert (folder / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert not (folder / "noted.assess").is_symlink()


def test_names_alike_but_for_capitals_stand_side_by_side(run: Run, folder: Path) -> None:
    drafts(folder, "in/a.assess", "in/A.assess")
    run("check", "in", "--annotate", "out", *ONLY)
    assert files(folder / "out") == ["A.assess", "a (2).assess"]


@pytest.mark.parametrize(
    ("code", "said"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有写入权限，或文件正在别的程序中打开"), (errno.EIO, "磁盘读写出错")],
)
def test_a_file_that_cannot_be_written_leaves_what_was_there(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    (folder / "noted.assess").write_text("before", encoding="utf-8")

    def fail(path: Path, target: Path) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "replace", fail)
    result = run("check", "draft.assess", "--annotate", "noted.assess", "--force", *ONLY)
    assert (result.exit_code, result.stderr) == (2, f"没有写出 noted.assess：{said}\n")
    assert files(folder) == ["draft.assess", "noted.assess"]
    assert (folder / "noted.assess").read_text(encoding="utf-8") == "before"


def test_the_notes_go_onto_the_bytes_that_were_judged(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assesslint.linter import check

    read = check.read_draft

    def edited_meanwhile(path: str, data: bytes, **options: object) -> object:
        (folder / path).write_text(DRAFT.replace("50%", "60%"), encoding="utf-8")
        return read(path, data, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(check, "read_draft", edited_meanwhile)
    result = run("check", "draft.assess", "--annotate", "noted.assess", *ONLY)
    assert (result.exit_code, result.stderr) == (2, "draft.assess：检查之后文件被改动，没有写出副本，请重新检查\n")
    assert files(folder) == ["draft.assess"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UnreadableError("批注已满", "too many"), "in/bad.assess：没有写出副本：批注已满"),
        (KeyError("x"), "in/bad.assess：写批注时程序出错（KeyError: 'x'），请告诉维护者"),
    ],
)
def test_one_draft_that_fails_does_not_stop_the_others(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    drafts(folder, "in/bad.assess", "in/good.assess")
    (folder / "in" / "bad.assess").write_text(DRAFT + "# bad\n", encoding="utf-8")

    def fail_on_one(data: bytes, notes: Sequence[Note], limits: Limits, lang: str) -> bytes:
        if b"# bad" in data:
            raise error
        return data

    monkeypatch.setitem(annotate.ANNOTATORS, ".assess", fail_on_one)
    result = run("check", "in", "--annotate", "out", *ONLY)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, said)
    assert files(folder / "out") == ["good.assess"]
