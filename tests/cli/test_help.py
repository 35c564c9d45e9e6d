"""Help pages: one of each command, whole and in one language, fit for a terminal of 80 cells."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from assesslint.cli.main import main
from assesslint.cli.manual import Command, Group
from assesslint.cli.manuals import MANUALS
from assesslint.text.source import cells
from tests.cli.conftest import Run

GOLDEN = Path(__file__).parent.parent / "golden" / "help"
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command with the words that call it."""
    yield path, group
    for name, command in group.commands.items():
        inner = f"{path} {name}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, inner)
        else:
            yield inner, command


ALL = dict(commands(main))
COMMANDS = pytest.mark.parametrize("path", ALL, ids=lambda path: path or "assesslint")


@pytest.fixture(autouse=True)
def eighty_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def page(run: Run, path: str, lang: str) -> str:
    result = run(*path.split(), "--help", *(["--lang", "en"] if lang == "en" else []))
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def golden_name(path: str, lang: str) -> str:
    return f"{path.replace(' ', '-') or 'assesslint'}.{lang}.txt"


@COMMANDS
@LANGUAGES
def test_a_page_is_as_in_its_golden_file(run: Run, path: str, lang: str) -> None:
    golden = GOLDEN / golden_name(path, lang)
    text = page(run, path, lang)
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_no_golden_page_is_left_over() -> None:
    expected = {golden_name(path, lang) for path in ALL for lang in ("zh", "en")}
    assert {path.name for path in GOLDEN.iterdir()} == expected


@COMMANDS
@LANGUAGES
def test_a_page_fits_the_terminal_and_keeps_to_its_language(run: Run, path: str, lang: str) -> None:
    text = page(run, path, lang)
    assert [line for line in text.splitlines() if cells(line) > 80] == []
    assert [line for line in text.splitlines() if line != line.rstrip()] == []
    assert lang == "zh" or not CHINESE.search(text)
    assert " / " not in text


@COMMANDS
def test_a_command_has_all_its_parts(path: str) -> None:
    command, manual = ALL[path], MANUALS[path]
    assert isinstance(command, Command | Group)
    assert command.help
    assert manual.examples
    assert set(manual.exits) >= {0, 2}
    arguments = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    assert bool(manual.arguments) == bool(arguments)
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if " / " not in (option.help or "")] == []


def test_the_manual_speaks_of_nothing_that_is_not_there() -> None:
    assert set(MANUALS) == set(ALL)
    for path, manual in MANUALS.items():
        command = ALL[path]
        known = {name for option in command.params for name in option.opts} | set(getattr(command, "commands", {}))
        assert {name for _, names in manual.groups for name in names} - known - {"--fix", "--unsafe", "--diff"} == set()


def test_examples_call_commands_and_options_that_exist() -> None:
    for path, manual in MANUALS.items():
        for command, _ in manual.examples:
            for line in command.split(" / "):
                words = re.sub(r'^eval "\$\((.*)\)"$', r"\1", line).partition(" > ")[0].split()
                assert words.pop(0) == "assesslint"
                called: click.Command = main
                while isinstance(called, click.Group) and words and words[0] in called.commands:
                    called = called.commands[words.pop(0)]
                known = {name for option in called.params for name in option.opts} | {"--help"}
                assert {word for word in words if word.startswith("-")} - known == set(), (path, line)


def test_a_narrow_terminal_and_a_wide_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in ("20", "60", "300"):
        monkeypatch.setenv("COLUMNS", columns)
        widest = max(map(cells, run("check", "--help").stdout.splitlines()))
        assert widest <= max(int(columns), 80)


@pytest.mark.parametrize("words", [("--help",), ("-h",), ()])
def test_the_first_page_is_had_in_three_ways(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert "用法：assesslint [选项] 命令 [参数]..." in result.output


def test_the_language_may_stand_before_the_command(run: Run) -> None:
    assert run("--lang", "en", "check", "--help").stdout.startswith("Usage: assesslint check ")
    assert run("--lang", "en", "check", "draft.assess").stdout == run("check", "draft.assess", "--lang", "en").stdout
    assert "Download and install quota" in run("--lang", "en", "rules").stdout
    assert run("--lang", "en", "fmt", "draft.assess").exit_code == 0
    assert Path("draft.assess").read_text(encoding="utf-8").startswith("方案")
