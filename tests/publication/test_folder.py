"""A published folder is there as a whole or not at all, and is read without following anything out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assesslint.linter.errors import RunError
from assesslint.publication import folder
from assesslint.publication.folder import read_folder, write_folder

FILES = {"original.txt": b"a", "report.json": b"{}"}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", FILES)
    assert read_folder(tmp_path / "out") == (FILES, [])
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda path: path.symlink_to("nowhere")])
def test_nothing_is_written_over(tmp_path: Path, make: object) -> None:
    make(tmp_path / "out")  # type: ignore[operator]
    with pytest.raises(RunError, match="不会覆盖"):
        write_folder(tmp_path / "out", FILES)
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_no_folder_is_made_above(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="请先建好"):
        write_folder(tmp_path / "a" / "out", FILES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_broken_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    written = Path.write_bytes

    def failing(path: Path, data: bytes) -> int:
        if path.name == "report.json":
            raise error
        return written(path, data)

    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises((RunError, KeyboardInterrupt)):
        write_folder(tmp_path / "out", FILES)
    assert list(tmp_path.iterdir()) == []


def test_links_folders_and_what_is_too_large_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MOST_BYTES", 10)
    write_folder(tmp_path / "out", FILES)
    (tmp_path / "out" / "link").symlink_to("/etc/passwd")
    (tmp_path / "out" / "within").mkdir()
    (tmp_path / "out" / "z").write_bytes(bytes(11))
    os.mkfifo(tmp_path / "out" / "pipe")
    files, faults = read_folder(tmp_path / "out")
    assert files == FILES
    assert [zh.split()[0] for zh, _ in faults] == ["link", "pipe", "within", "z"]


def test_a_folder_that_is_not_there_cannot_be_verified(tmp_path: Path) -> None:
    for path in (tmp_path / "no", Path(__file__)):
        with pytest.raises(RunError):
            read_folder(path)


def test_a_folder_of_very_many_files_is_not_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for number in range(folder.MOST_NAMES + 5):
        (tmp_path / "out" / str(number)).touch()
    assert len(read_folder(tmp_path / "out")[0]) == folder.MOST_NAMES
