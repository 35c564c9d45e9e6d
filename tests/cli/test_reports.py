"""`--format` and `--output`: which report goes where, that files are whole, and what can never be written over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assesslint.linter.earlier_results import is_earlier_report
from assesslint.reports.formats import FORMATS, format_of
from tests.cli.conftest import DRAFT, Run

ONLY = ("--select", "download-quota,check-in", "--as-of", "2026-11-23")
COMMAND = [sys.executable, "-m", "assesslint.cli.main", "check", "draft.assess", *ONLY]


def name_of(form: str) -> str:
    """Return a name for a file of a format: by itself where its ending tells the format."""
    ending = FORMATS[form].endings[0] if FORMATS[form].endings else ".out"
    return f"{form}=out{ending}" if format_of(f"out{ending}") != form else f"out{ending}"


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_holds_what_would_be_printed(run: Run, folder: Path, form: str) -> None:
    printed = run("check", "draft.assess", "--format", form, *ONLY)
    name = name_of(form)
    written = run("check", "draft.assess", "--output", name, *ONLY)
    file = folder / name.rpartition("=")[2]
    assert file.read_bytes() == printed.stdout_bytes
    assert (printed.exit_code, written.exit_code) == (1, 1)
    assert f"已写出 {file.name}\n" in written.stderr


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("draft", [DRAFT, DRAFT[: DRAFT.index("指标")] + "}"], ids=["findings", "clean"])
def test_a_report_in_the_folder_of_drafts_is_no_draft_and_is_written_anew(run: Run, folder: Path, form: str, draft: str) -> None:
    (folder / "draft.assess").write_text(draft, encoding="utf-8")
    name = name_of(form)
    first = run("check", ".", "-o", name, *ONLY)
    assert is_earlier_report(folder / name.rpartition("=")[2])
    assert run("check", ".", "-o", name, *ONLY).exit_code == first.exit_code
    said = json.loads(run("check", ".", "--format", "json", *ONLY).stdout)
    assert [draft["path"] for draft in said["drafts"]] == ["draft.assess"]


def test_a_draft_is_no_report(folder: Path) -> None:
    (folder / "scheme.json").write_text('{"方案": "assesslint"}', encoding="utf-8")
    assert not is_earlier_report(folder / "draft.assess")
    assert not is_earlier_report(folder / "scheme.json")
    assert not is_earlier_report(folder / "none.json")
    assert not is_earlier_report(folder)


def test_several_formats_come_of_one_run(run: Run, folder: Path) -> None:
    result = run("check", "draft.assess", "-o", "a.json", "-o", "json=b", *ONLY)
    assert result.stdout.startswith("assesslint ")
    assert json.loads((folder / "a.json").read_bytes()) == json.loads((folder / "b").read_bytes())
    assert result.stderr == "已写出 a.json\n已写出 b\n"


@pytest.mark.parametrize(
    ("words", "printed", "files"),
    [
        ((), "text", {}),
        (("--format", "json"), "json", {}),
        (("-o", "-", "--format", "json"), "json", {}),
        (("-o", "json=-"), "json", {}),
        (("-o", "a.json"), "text", {"a.json": "json"}),
        (("-o", "a.json", "--format", "json"), "", {"a.json": "json"}),
        (("-o", "a.JSON", "--format", "text"), "text", {"a.JSON": "json"}),
        (("-o", "a.txt"), "", {"a.txt": "text"}),
        (("-o", "a.txt", "-o", "json=-"), "json", {"a.txt": "text"}),
        (("-o", "a.dat", "--format", "json"), "", {"a.dat": "json"}),
        (("-o", "text=a.json", "-o", "text=-"), "text", {"a.json": "text"}),
        (("-o", "./json=a.txt", "-o", "json=-"), "json", {"json=a.txt": "text"}),
    ],
)
def test_where_reports_go(run: Run, folder: Path, words: tuple[str, ...], printed: str, files: dict[str, str]) -> None:
    def form(text: str) -> str:
        return "json" if text.startswith("{") else "text" if text.startswith("assesslint ") else text

    result = run("check", "draft.assess", *words, *ONLY)
    assert form(result.stdout) == printed
    assert {path.name: form(path.read_text(encoding="utf-8")) for path in folder.iterdir() if path.name != "draft.assess"} == files


@pytest.mark.parametrize("command", [("check", "draft.assess"), ("rules", "check", "mine")])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "a.dat"), "从文件名 a.dat 看不出报告用什么格式；请写 --output 格式=a.dat，格式可写 text、"),
        (("-o", "jsn=a.dat"), "没有格式“jsn”，是不是要写 json？如果文件名里有等号，请写 ./jsn=a.dat"),
        (("-o", "jsn=a.dat", "--lang", "en"), "no format “jsn”; did you mean json? For a file, write ./jsn=a.dat"),
        (("-o", "json=-", "--format", "text"), "标准输出只能有一种格式，这里有 json、text"),
        (("-o", "json=-", "-o", "text=-"), "标准输出只能有一种格式，这里有 json、text"),
        (("-o", "a.json", "-o", "text=./a.json"), "有两项结果都写到 a.json，请写成两个文件"),
        (("-o", "none/a.json"), "请先建好再写出 none/a.json"),
        (("-o", "json=mine"), "mine 是文件夹，不能写成文件"),
        (("-o", "json=new/"), "new/ 是文件夹，不能写成文件"),
        (("-o", "json="), "从文件名 json= 看不出报告用什么格式"),
        (("-o", ""), "从文件名  看不出报告用什么格式"),
    ],
)
def test_a_place_that_cannot_be_is_told_before_the_run(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], words: tuple[str, ...], said: str
) -> None:
    (folder / "mine").mkdir()
    monkeypatch.setattr("assesslint.linter.check.judge", None)
    monkeypatch.setattr("assesslint.linter.rule_folder.check_folder", None)
    result = run(*command, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("draft.assess", "-o", "text=draft.assess"), "draft.assess 就是被检查的文件"),
        (("draft.assess", "-o", "text=linked.assess"), "linked.assess 就是被检查的文件"),
        ((".", "-o", "text=draft.assess"), "draft.assess 在被检查的文件夹里，而且不是以前检查写出的文件"),
        ((".", "-o", "notes.txt"), "notes.txt 在被检查的文件夹里，而且不是以前检查写出的文件"),
        (("draft.assess", "--config", "c.json", "-o", "c.json"), "c.json 就是被检查的文件"),
        (("draft.assess", "--parent", "notes.txt", "-o", "notes.txt"), "notes.txt 就是被检查的文件"),
        (("draft.assess", "--opinion", "a.docx", "-o", "json=a.docx"), "有两项结果都写到 a.docx"),
    ],
)
def test_no_input_is_written_over(run: Run, folder: Path, words: tuple[str, ...], said: str) -> None:
    os.link(folder / "draft.assess", folder / "linked.assess")
    (folder / "notes.txt").write_text("笔记", encoding="utf-8")
    (folder / "c.json").write_text("", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = run("check", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_files_known_only_after_the_run_are_not_written_over(run: Run, folder: Path) -> None:
    (folder / "waivers.toml").write_text("", encoding="utf-8")
    (folder / "assesslint.toml").write_text('waivers = "waivers.toml"\n', encoding="utf-8")
    result = run("check", "draft.assess", "-o", "text=waivers.toml", *ONLY)
    assert result.exit_code == 2
    assert "waivers.toml 是本次检查用到的文件，没有覆盖" in result.stderr
    assert (folder / "waivers.toml").read_bytes() == b""


def test_a_link_is_replaced_and_not_followed(run: Run, folder: Path) -> None:
    (folder / "precious").write_text("…", encoding="utf-8")
    (folder / "out.json").symlink_to("precious")
    run("check", "draft.assess", "-o", "out.json", *ONLY)
    assert (folder / "precious").read_text(encoding="utf-8") == "…"
    assert json.loads((folder / "out.json").read_bytes())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_leaves_nothing_and_is_told(run: Run, folder: Path) -> None:
    result = run("check", "draft.assess", "-o", "json=/dev/full", *ONLY)
    assert result.exit_code == 2
    assert result.stderr == "没有写出 /dev/full：磁盘已满\n"
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize("words", [("-o", "out.json"), ("--opinion", "out.docx"), ("--annotate", "out.html")])
def test_a_file_of_somebody_else_is_replaced_only_when_that_is_asked_for(run: Run, folder: Path, words: tuple[str, str]) -> None:
    (folder / "draft.html").write_text("<p>一、推广（5分）：APP下载率达到50%得满分</p>", encoding="utf-8")
    out = folder / words[1]
    out.write_bytes(b"PK\3\4 mine")
    result = run("check", "draft.html", *words)
    assert (result.exit_code, result.stdout, out.read_bytes()) == (2, "", b"PK\3\4 mine")
    assert f"已有文件 {out.name}，看不出是以前检查写出的，没有覆盖；请另写一个名称，确实要替换它请加 --force" in result.stderr
    forced = run("check", "draft.html", *words, "--force").exit_code, out.read_bytes()
    assert forced[0] == 1
    assert b"mine" not in forced[1]
    assert run("check", "draft.html", *words).exit_code == 1  # what a run of ours wrote is written anew


def test_an_empty_file_may_be_written_to(run: Run, folder: Path) -> None:
    (folder / "out.json").touch()
    run("check", "draft.assess", "-o", "out.json", *ONLY)
    assert json.loads((folder / "out.json").read_bytes())


def test_a_write_that_fails_half_way_leaves_the_old_file(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "out.json").write_text("old", encoding="utf-8")

    def fail(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    result = run("check", "draft.assess", "-o", "out.json", "--force", "--lang", "en", *ONLY)
    assert (result.exit_code, result.stderr) == (2, "out.json was not written: the disk is full\n")
    assert sorted(path.name for path in folder.iterdir()) == ["draft.assess", "out.json"]
    assert (folder / "out.json").read_text(encoding="utf-8") == "old"


def test_a_folder_without_permission_is_told_before_the_run(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed").mkdir()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "closed")
    result = run("check", "draft.assess", "-o", "closed/out.json")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", "没有写出 closed/out.json：没有写入权限\n")


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there is no /dev/stdout")
def test_the_standard_output_by_its_other_name(folder: Path) -> None:
    done = subprocess.run([*COMMAND, "-o", "json=/dev/stdout", "--format", "json"], capture_output=True, check=False)
    assert json.loads(done.stdout)["findings"]
    assert Path("/dev/stdout").is_symlink()


def test_files_are_written_though_nobody_reads_the_standard_output(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*COMMAND, "-o", "out.json"], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr.decode()) == (1, "已写出 out.json\n")
    assert json.loads((folder / "out.json").read_bytes())


def test_what_is_wrong_with_rules_goes_into_files_too(run: Run, folder: Path) -> None:
    (folder / "mine" / "x").mkdir(parents=True)
    (folder / "mine" / "x" / "a-rule.md").write_text("# 空\n", encoding="utf-8")
    result = run("rules", "check", "mine", "-o", "out.json", "--format", "json")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "已写出 out.json\n")
    assert json.loads((folder / "out.json").read_bytes())["findings"][0]["path"] == "mine/x/a-rule.md"
