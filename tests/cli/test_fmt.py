"""`fmt`: files formatted in place, or what would change told and shown; one that cannot be formatted stays byte for byte what it was."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run

UNTIDY = "方案“甲”{总分:100 层级：县 # 县级\r\n}"
TIDY = '方案 "甲" {\n  总分: 100\n  层级: 县  # 县级\n}\n'
FAULTY = '方案 "甲" {\r\n  总份: 100\r\n}'


@pytest.fixture
def files(folder: Path) -> Path:
    (folder / "draft.assess").unlink()
    (folder / "untidy.assess").write_bytes(UNTIDY.encode())
    (folder / "tidy.assess").write_bytes(TIDY.encode())
    return folder


def test_files_are_formatted_in_place(run: Run, files: Path) -> None:
    result = run("fmt", ".")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "已排版  untidy.assess\n2 个文件：已排版 1 个，无须改动 1 个\n"
    assert (files / "untidy.assess").read_bytes() == TIDY.encode()
    assert run("fmt", ".").stderr == "2 个文件：无须改动 2 个\n"
    assert sorted(path.name for path in files.iterdir()) == ["tidy.assess", "untidy.assess"]


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_looking_writes_nothing_and_tells_by_the_exit_code(run: Run, files: Path, option: str) -> None:
    result = run("fmt", option, ".")
    assert result.exit_code == 1
    assert result.stderr.endswith("2 个文件：需要排版 1 个，无须改动 1 个\n")
    assert (files / "untidy.assess").read_bytes() == UNTIDY.encode()
    assert run("fmt", option, "tidy.assess").exit_code == 0


@pytest.mark.parametrize("text", [UNTIDY, UNTIDY + "\n\n# 尾", TIDY[:-1], "\ufeff" + TIDY, TIDY.replace("\n", "\r\n"), "\n" + TIDY])
def test_the_diff_applied_is_the_formatted_file(run: Run, files: Path, text: str) -> None:
    path = files / "untidy.assess"
    path.write_bytes(text.encode())
    diff = run("fmt", "--diff", "untidy.assess").stdout_bytes
    subprocess.run(["git", "apply", "-p0", "--whitespace=nowarn"], cwd=files, input=diff, check=True)
    by_patch = path.read_bytes()
    path.write_bytes(text.encode())
    run("fmt", "untidy.assess")
    assert path.read_bytes() == by_patch


def test_a_file_with_mistakes_stays_and_the_others_are_formatted(run: Run, files: Path) -> None:
    (files / "faulty.assess").write_bytes(FAULTY.encode())
    result = run("fmt", ".")
    assert result.exit_code == 2
    told = "faulty.assess:2:3  错误  syntax-error\n  没有“总份”这个字段，是不是“总分”？\n  2 │   总份: 100\n    │   ^^^^^\n"
    assert result.stderr.startswith(told)
    assert result.stderr.endswith("\n\n已排版  untidy.assess\n3 个文件：已排版 1 个，无须改动 1 个，没有排成 1 个\n")
    assert (files / "faulty.assess").read_bytes() == FAULTY.encode()
    assert run("fmt", "--check", ".").exit_code == 2


def test_the_standard_input_goes_to_the_standard_output(run: Run) -> None:
    result = run("fmt", "-", stdin=UNTIDY.encode())
    assert (result.exit_code, result.stdout, result.stderr) == (0, TIDY, "")
    assert run("fmt", "-", "--check", stdin=UNTIDY.encode()).exit_code == 1
    faulty = run("fmt", "-", stdin=FAULTY.encode())
    assert (faulty.exit_code, faulty.stdout) == (2, "")


def test_keywords_are_put_into_the_other_language(run: Run, files: Path) -> None:
    result = run("fmt", "--lang", "en", "tidy.assess")
    assert result.stderr == "formatted  tidy.assess\n1 file: 1 formatted\n"
    assert (files / "tidy.assess").read_text(encoding="utf-8") == 'scheme "甲" {\n  total: 100\n  level: county  # 县级\n}\n'
    run("fmt", "--lang", "zh", "tidy.assess")
    assert (files / "tidy.assess").read_text(encoding="utf-8") == TIDY


def test_the_language_of_messages_alone_converts_nothing(run: Run, files: Path) -> None:
    (files / "assesslint.toml").write_text('lang = "en"\n', encoding="utf-8")
    assert run("fmt", "tidy.assess").stderr == "1 file: 1 unchanged\n"


def test_other_encodings_become_utf_8(run: Run, files: Path) -> None:
    (files / "gb.assess").write_bytes(TIDY.encode("gb18030"))
    (files / "utf16.assess").write_bytes(TIDY.encode("utf-16"))
    assert run("fmt", "gb.assess", "utf16.assess").exit_code == 0
    assert (files / "gb.assess").read_bytes() == (files / "utf16.assess").read_bytes() == TIDY.encode()


def test_permissions_stay(run: Run, files: Path) -> None:
    path = files / "untidy.assess"
    path.chmod(0o640)
    run("fmt", "untidy.assess")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link_and_its_file_is_formatted(run: Run, files: Path) -> None:
    (files / "link.assess").symlink_to("untidy.assess")
    assert run("fmt", "link.assess").exit_code == 0
    assert (files / "link.assess").is_symlink()
    assert (files / "untidy.assess").read_bytes() == TIDY.encode()


def test_a_link_out_of_a_folder_is_not_followed(run: Run, files: Path) -> None:
    (files / "inner").mkdir()
    (files / "inner" / "own.assess").write_bytes(TIDY.encode())
    (files / "inner" / "link.assess").symlink_to(files / "untidy.assess")
    assert run("fmt", "inner").stderr == "1 个文件：无须改动 1 个\n"
    assert (files / "untidy.assess").read_bytes() == UNTIDY.encode()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file_is_told_and_the_rest_done(run: Run, files: Path) -> None:
    (files / "a.assess").write_bytes(UNTIDY.encode())
    (files / "a.assess").chmod(0o444)
    result = run("fmt", ".")
    assert result.exit_code == 2
    assert "a.assess：没有写出" in result.stderr
    assert (files / "untidy.assess").read_bytes() == TIDY.encode()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("plan.docx", b"PK", "plan.docx：不是方案语言的文件（*.assess），没有排版；其他格式的草案可先用 assesslint convert 转换"),
        ("none.assess", None, "none.assess：文件不存在"),
        ("empty.assess", b"", "empty.assess：文件是空的，没有可检查的内容"),
        ("half.assess", '方案 "\udcff" { }'.encode("utf-8", "surrogatepass"), "half.assess：有不成字的字节，没有排版"),
    ],
)
def test_what_cannot_be_formatted_is_told(run: Run, files: Path, name: str, data: bytes | None, told: str) -> None:
    if data is not None:
        (files / name).write_bytes(data)
    result = run("fmt", "tidy.assess", name)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0] == told
    assert data is None or (files / name).read_bytes() == data


def test_a_folder_without_schemes_is_an_error(run: Run, files: Path) -> None:
    (files / "empty").mkdir()
    result = run("fmt", "empty")
    assert (result.exit_code, result.stderr) == (2, "没有找到方案文件（*.assess）：empty\n")


def test_a_name_that_would_steer_the_terminal_is_told_harmlessly(run: Run, files: Path) -> None:
    (files / "a\x1b[31m.assess").write_bytes(UNTIDY.encode())
    assert "\x1b" not in run("fmt", "--check", ".").stderr
