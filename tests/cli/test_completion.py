"""Completion: what is proposed where, nothing ever said of trouble, and the three shells themselves."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assesslint.cli.completion import SCRIPTS, VARIABLE
from tests.cli.conftest import Run
from tests.programs import program

ROOT = Path(__file__).parent.parent.parent
PACK = 'id = "own"\nversion = "1"\nextends = "central"\n'


@pytest.fixture
def proposals(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what is proposed behind a line, a pair of kind and words each."""

    def propose(line: str, shell: str = "zsh") -> list[tuple[str, str]]:
        monkeypatch.setenv(VARIABLE, shell)
        monkeypatch.setenv("COMP_WORDS", line)
        result = run()
        assert result.stderr == ""
        return [tuple(found.split("\t")[:2]) for found in result.stdout.splitlines()]  # type: ignore[misc]

    return propose


@pytest.mark.parametrize(
    ("line", "proposed"),
    [
        ("assesslint ch", [("plain", "check")]),
        ("assesslint rules di", [("plain", "diff")]),
        ("assesslint check --opi", [("plain", "--opinion")]),
        ("assesslint check --select=down", [("plain", "--select=download-quota")]),
        ("assesslint check --ignore adoption,check", [("plain", "adoption,check-in")]),
        ("assesslint check --ignore check-in,check", []),
        ("assesslint check --severity check", [("open", "check-in=")]),
        ("assesslint check --severity check-in=w", [("plain", "check-in=warning")]),
        ("assesslint check -o sari", [("open", "sarif=")]),
        ("assesslint check -o sarif=dr", [("name", "sarif=draft.assess")]),
        ("assesslint check ", [("name", "draft.assess"), ("folder", "own/")]),
        ("assesslint fmt own/", [("name", "own/a b.assess"), ("folder", "own/reporting/")]),
        ("assesslint fmt 'own/a ", [("name", "own/a b.assess")]),
        ("assesslint fmt own/a\\ ", [("name", "own/a b.assess")]),
        ("assesslint check --config ", [("folder", "own/")]),
        ("assesslint check --config own/", [("name", "own/pack.toml"), ("folder", "own/reporting/")]),
        ("assesslint explain nothing", [("plain", "nothing-recognised")]),
        ("assesslint rules test own --rule local", [("plain", "local-rule")]),
        ("assesslint check --rules own --select local", [("plain", "local-rule")]),
        ("assesslint check --rules own --select download", [("plain", "download-quota")]),
        ("assesslint check --select local", []),
        ("assesslint completion f", [("plain", "fish")]),
    ],
)
def test_what_is_proposed(proposals: Run, folder: Path, line: str, proposed: list[tuple[str, str]]) -> None:
    page = folder / "own" / "reporting" / "local-rule.md"
    page.parent.mkdir(parents=True)
    page.write_text("# 本地规则\n", encoding="utf-8")
    (folder / "own" / "pack.toml").write_text(PACK, encoding="utf-8")
    (folder / "own" / "a b.assess").touch()
    (folder / "own" / ".hidden.assess").touch()
    (folder / "notes.csv").touch()
    assert proposals(line) == proposed


def test_rules_and_families_bear_their_titles(run: Run, proposals: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    proposals("assesslint check --select adoption")
    assert run().stdout == "plain\tadoption\t推广应用\n"
    proposals("assesslint check --lang en --select download")
    assert run().stdout == "plain\tdownload-quota\tDownload and install quota\n"
    proposals("assesslint check --lang en --fail")
    assert run().stdout == "plain\t--fail-on\tmildest level that fails\n"


def test_the_rules_of_the_configuration_are_proposed(proposals: Run, folder: Path) -> None:
    (folder / "own" / "reporting").mkdir(parents=True)
    (folder / "own" / "reporting" / "local-rule.md").write_text("# 本地规则\n", encoding="utf-8")
    (folder / "assesslint.toml").write_text('rules = "own"\n', encoding="utf-8")
    assert proposals("assesslint check --select lo") == [("plain", "local-rule")]


@pytest.mark.parametrize(("line", "left"), [("--severity check-in=w", "warning"), ("--format=sta", "statistics"), ("-o ./a:b=", None)])
def test_bash_is_told_only_what_stands_behind_its_marks(proposals: Run, line: str, left: str | None) -> None:
    assert proposals(f"assesslint check {line}", "bash") == ([("plain", left)] if left else [])


def test_trouble_is_never_told(proposals: Run, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "assesslint.toml").write_text("rules = [", encoding="utf-8")
    assert proposals("assesslint check --select ") == []
    assert proposals("assesslint check none/x") == []
    assert proposals("assesslint 'open") == []
    monkeypatch.delenv("COMP_WORDS")
    result = run()
    assert (result.stdout, result.stderr) == ("", "")


def test_titles_and_names_cannot_steer_the_terminal(proposals: Run, run: Run, folder: Path) -> None:
    (folder / "own" / "reporting").mkdir(parents=True)
    (folder / "own" / "reporting" / "local-rule.md").write_text("# \x1b[31m本地\t规则\n", encoding="utf-8")
    (folder / "own" / "a\nb.assess").touch()
    proposals("assesslint check --rules own --select lo")
    assert run().stdout == "plain\tlocal-rule\t [31m本地 规则\n"
    assert proposals("assesslint fmt own/a") == []


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_script_says_how_it_is_installed(run: Run, shell: str) -> None:
    zh, en = run("completion", shell), run("completion", shell, "--lang", "en")
    assert (zh.exit_code, en.exit_code) == (0, 0)
    _, line = SCRIPTS[shell][1:]
    assert f"：{line}\n" in zh.stdout or f"： {line}\n" in zh.stdout
    assert f": {line}\n" in en.stdout


# ── the shells themselves ────────────────────────────────────────────────────────────────────────────────────────────────────

TYPED = [
    ("assesslint fm\t", "assesslint fmt "),
    ("assesslint check --select down\t", "--select download-quota "),
    ("assesslint check --severity check\tad\t", "--severity check-in=advice "),
    ("assesslint check --format=sta\t", "--format=statistics "),
    ("assesslint check '草\t", "'草案 一/"),
    ("assesslint fmt 草\t", "草案\\ 一/"),
    ("assesslint fmt 草案\\ 一/\t", "草案\\ 一/细\\ 则.assess "),
]
"""What is typed, and what then stands on the line."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a draft in it, and `assesslint` among the programs."""
    (tmp_path / "草案 一").mkdir()
    (tmp_path / "草案 一" / "细 则.assess").touch()
    (tmp_path / "草案 一" / "other.csv").touch()
    command = tmp_path / ".bin" / "assesslint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m assesslint.cli.main "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


def environment(desk: Path) -> dict[str, str]:
    path = f"{desk / '.bin'}{os.pathsep}{os.environ['PATH']}"
    given = {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(desk / ".bin"), "TERM": "dumb", "LANG": "C.UTF-8", "PS1": "$ "}
    return given | {name: os.environ[name] for name in ("XDG_CACHE_HOME",) if name in os.environ}


class Terminal:
    """A shell at a terminal: what is typed is sent to it, what it shows is read back."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self.shown = ""

    def type(self, text: str, expected: str, patience: float = 30) -> None:
        """Type, and wait until the shell shows what is expected; fails with what it showed instead."""
        self.shown = ""
        data = b""
        os.write(self._fd, text.encode())
        end = time.monotonic() + patience
        while expected not in self.shown:
            assert time.monotonic() < end, f"typed {text!r}, waited for {expected!r}, saw {self.shown!r}"
            if select.select([self._fd], [], [], 0.2)[0]:
                data += os.read(self._fd, 65_536)
                self.shown = data.decode("utf-8", "replace").replace("\x07", "")


@contextmanager
def terminal(words: list[str], desk: Path) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        words, cwd=desk, env=environment(desk), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, close_fds=True
    )
    os.close(theirs)
    try:
        yield Terminal(ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


@pytest.mark.parametrize(
    ("words", "setup"),
    [
        (["bash", "--norc", "--noprofile", "-i"], 'eval "$(assesslint completion bash)"'),
        (["zsh", "-f", "-i"], 'autoload -Uz compinit; compinit -u; unsetopt beep; eval "$(assesslint completion zsh)"'),
    ],
    ids=["bash", "zsh"],
)
def test_a_shell_completes(desk: Path, words: list[str], setup: str) -> None:
    program(words[0])
    with terminal(words, desk) as shell:
        shell.type(f"{setup}; echo RE''ADY\n", "READY\r\n")
        for typed, expected in TYPED:
            shell.type(typed, expected)
            shell.type("\x15echo NE''XT\n", "NEXT\r\n")


def test_fish_completes(desk: Path) -> None:
    def proposed(line: str) -> list[str]:
        script = f"assesslint completion fish | source; complete -C {line!r}"
        done = subprocess.run([program("fish"), "-c", script], cwd=desk, env=environment(desk), capture_output=True, check=True)
        assert done.stderr == b""
        return done.stdout.decode().splitlines()

    assert proposed("assesslint fm") == ["fmt\t排版方案文件"]
    assert proposed("assesslint check --select down") == ["download-quota\t下载安装指标"]
    assert proposed("assesslint check --severity check-in=a") == ["check-in=advice\t建议"]
    assert proposed("assesslint check --format=sta") == ["--format=statistics"]
    assert proposed("assesslint fmt 草") == ["草案 一/"]
    assert proposed("assesslint fmt '草案 一/") == ["草案 一/细 则.assess"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_broken_program_leaves_the_line_alone(desk: Path, shell: str, run: Run) -> None:
    """The script alone, with an `assesslint` that only fails and complains: nothing is shown."""
    (desk / "script").write_text(run("completion", shell).stdout, encoding="utf-8")
    (desk / ".bin" / "assesslint").write_text("#!/bin/sh\necho trouble >&2\nexit 2\n", encoding="utf-8")
    calls = {
        "bash": ["bash", "-c", "source ./script; COMP_LINE='assesslint ch'; COMP_POINT=13; _assesslint assesslint; echo ${#COMPREPLY[@]}"],
        "zsh": ["zsh", "-f", "-c", "compdef() { }; source ./script; words=(assesslint ch); CURRENT=2; _assesslint; echo 0"],
        "fish": ["fish", "-c", "source ./script; count (complete -C 'assesslint ch')"],
    }
    program(shell)
    done = subprocess.run(calls[shell], cwd=desk, env=environment(desk), capture_output=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (b"0", b"")
