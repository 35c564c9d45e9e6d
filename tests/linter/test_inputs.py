"""Files, folders, links and limits → the inputs of a run, in order, each once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assesslint.findings.model import Finding
from assesslint.linter.inputs import Input, Passed, Unopened, find_inputs, read_bytes


def names(folder: Path, *paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    """Return what is found below `folder`: a path for each input, with a mark before what is passed over or cannot be opened."""
    found = []
    for item in find_inputs([str(folder / p) for p in paths or ("",)], is_draft=lambda n: n.endswith(".txt"), exclude=exclude):
        match item:
            case Input(shown):
                found.append(os.path.relpath(shown, folder))
            case Passed(shown, why):
                found.append(f"{why} " + os.path.relpath(shown, folder))
            case Unopened(finding):
                found.append("unopened " + os.path.relpath(finding.path, folder))
    return found


def fill(folder: Path, *files: str) -> None:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")


def test_folders_are_walked_sorted_without_hidden_files(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a/2.txt", "a/10.txt", ".hidden/c.txt", ".d.txt", "photo.jpg")
    assert names(tmp_path) == ["a/10.txt", "a/2.txt", "b.txt", "kind photo.jpg"]


def test_a_file_named_outright_is_read_whatever_its_kind(tmp_path: Path) -> None:
    fill(tmp_path, "photo.jpg", ".draft.txt")
    assert names(tmp_path, "photo.jpg", ".draft.txt") == ["photo.jpg", ".draft.txt"]


def test_json_of_other_programs_is_no_draft_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "assesslint", "items": {"type": "array"}}', encoding="utf-8")
    (tmp_path / "scheme.json").write_text('{"name": "细则", "items" : [{"name": "巡查"}]}', encoding="utf-8")
    found = list(find_inputs([str(tmp_path)], is_draft=lambda name: name.endswith(".json")))
    assert found == [
        Passed(str(tmp_path / "package.json"), "json"),
        Input(str(tmp_path / "scheme.json"), tmp_path / "scheme.json", in_folder=True),
    ]
    named = str(tmp_path / "package.json")
    assert list(find_inputs([named], is_draft=lambda _: True)) == [Input(named, tmp_path / "package.json")]


def test_each_file_is_read_once(tmp_path: Path) -> None:
    fill(tmp_path, "a/1.txt")
    (tmp_path / "again.txt").symlink_to(tmp_path / "a" / "1.txt")
    assert names(tmp_path, "a", "a/1.txt", "again.txt") == ["a/1.txt"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    fill(tmp_path, "a/1.txt", "b/2.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b" / "a").symlink_to(tmp_path / "a", target_is_directory=True)
    assert names(tmp_path) == ["a/1.txt", "b/2.txt"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, "in/1.txt", "in/sub/2.txt", "out/3.txt", "out/deep/4.txt", "inner/5.txt")
    inside = tmp_path / "in"
    (inside / "folder").symlink_to("../out", target_is_directory=True)
    (inside / "file.txt").symlink_to(tmp_path / "out" / "3.txt")
    (inside / "sub" / "alike").symlink_to(tmp_path / "inner", target_is_directory=True)  # a folder whose name only begins as "in" does
    (inside / "gone.txt").symlink_to(tmp_path / "gone.txt")
    (inside / "by-way").symlink_to(inside / "folder" / "deep", target_is_directory=True)
    (inside / "within.txt").symlink_to("sub/2.txt")
    links = ["link in/by-way", "link in/file.txt", "link in/folder", "link in/gone.txt"]
    assert names(tmp_path, "in") == ["in/1.txt", *links, "in/sub/2.txt", "link in/sub/alike"]
    assert names(tmp_path, "in", exclude=("in/*",)) == []


def test_a_link_named_outright_is_followed(tmp_path: Path) -> None:
    fill(tmp_path, "out/3.txt", "in/1.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "out", target_is_directory=True)
    (tmp_path / "in" / "file.txt").symlink_to(tmp_path / "in" / "1.txt")
    assert names(tmp_path, "in/folder", "in/file.txt") == ["in/folder/3.txt", "in/file.txt"]


def test_files_that_lock_others_are_no_drafts(tmp_path: Path) -> None:
    fill(tmp_path, "~$草案.txt", ".~草案.txt", ".~lock.草案.txt#", "草案.txt", "~草案.txt")
    assert names(tmp_path) == ["lock .~lock.草案.txt#", "lock .~草案.txt", "lock ~$草案.txt", "~草案.txt", "草案.txt"]
    assert names(tmp_path, "~$草案.txt") == ["~$草案.txt"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [("archive", ["a.txt", "b/c.txt"]), ("*.txt", []), ("b/*", ["a.txt", "archive/d.txt"]), ("a", ["a.txt", "archive/d.txt", "b/c.txt"])],
)
def test_patterns_leave_files_out(tmp_path: Path, pattern: str, left: list[str]) -> None:
    fill(tmp_path, "a.txt", "archive/d.txt", "b/c.txt")
    assert names(tmp_path, exclude=(pattern,)) == left


def message(file: Path, limit: int = 100) -> str:
    read = read_bytes(Input(str(file), file), limit, "zh")
    assert isinstance(read, Finding)
    assert (read.rule, read.severity, read.path) == ("unreadable-file", "error", str(file))
    return read.message


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    link, pipe, large = tmp_path / "link.txt", tmp_path / "pipe.txt", tmp_path / "large.txt"
    link.symlink_to(tmp_path / "gone.txt")
    os.mkfifo(pipe)
    large.write_bytes(b"x" * 101)
    assert message(tmp_path / "none.txt") == "文件不存在"
    assert message(link) == "链接指向的文件不存在"
    assert message(pipe) == "不是普通文件，未读取"
    assert message(large) == "文件超过 0.0001 MB，未读取"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_says_so(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "closed/b.txt")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "closed").chmod(0)
    try:
        assert message(tmp_path / "a.txt") == "没有读取权限"
        assert names(tmp_path) == ["a.txt", "unopened closed"]
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_the_bytes_are_those_of_the_file(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt")
    assert read_bytes(Input("a.txt", tmp_path / "a.txt"), 1, "zh") == b"x"
