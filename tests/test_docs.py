"""What the documentation shows is true: its commands run and print what is shown, its schemes parse, its links lead somewhere.

A page is followed from top to bottom. A fence whose opening line names a file (```text draft.txt) is that file; a `console` fence is a
command with what it prints, where a line `…` stands for lines left out; a `python` fence is run; a `scheme` fence must parse.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from assesslint.cli.main import main
from assesslint.policy.page import whole_scheme
from assesslint.scheme.formatting import format_text
from assesslint.scheme.parse import parse_schemes
from assesslint.text.source import Source

ROOT = Path(__file__).parent.parent
PAGES = sorted([*(ROOT / "docs").glob("*.md"), *ROOT.glob("README*.md")])
FENCE = re.compile(r"(?ms)^(?P<marks>```+)(?P<kind>\w*) ?(?P<file>\S*)\n(?P<body>.*?)^(?P=marks)$")
SHOWN = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def fences(page: Path) -> list[tuple[str, str, str]]:
    """Return kind, file name and body of each fence."""
    return [(f["kind"], f["file"], f["body"]) for f in FENCE.finditer(page.read_text(encoding="utf-8"))]


def run(command: str) -> str:
    """Return what a command prints; it must have done its work."""
    words = command.split()
    assert words[0] == "assesslint"
    if words[1] == "check" and "--as-of" not in words:
        words += ["--as-of", "2026-11-23"]
    result = CliRunner().invoke(main, words[1:])
    assert result.exit_code in (0, 1), result.output
    return result.output


def shows(output: str, excerpt: str) -> bool:
    """Tell whether the parts of `excerpt` between its lines `…` stand in `output`, in that order."""
    at = 0
    for part in re.split(r"(?m)^…$", excerpt):
        found = output.find(part.strip("\n"), at)
        if found < 0:
            return False
        at = found + len(part.strip("\n"))
    return True


@SHOWN
def test_a_page_can_be_followed(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))  # whom a page trusts is forgotten with it
    for kind, file, body in fences(page):
        if file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            Path(file).write_text(body, encoding="utf-8")
        elif kind == "console":
            command, _, excerpt = body.removeprefix("$ ").partition("\n")
            output = run(command)
            assert shows(output, excerpt), output
        elif kind == "python":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(body, page.name, "exec"), {})  # noqa: S102
        elif kind == "scheme" and page.name != "writing-rules.md":
            assert parse_schemes(Source("draft.assess", whole_scheme(body))).findings == ()


def test_the_two_languages_say_the_same() -> None:
    chinese, english = [body for kind, _, body in fences(ROOT / "docs" / "scheme-language.md") if kind == "scheme"][:2]
    assert parse_schemes(Source("zh", chinese)).schemes == parse_schemes(Source("en", english)).schemes
    assert [format_text(Source("a", body)).text for body in (chinese, english)] == [chinese, english]


@SHOWN
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@SHOWN
def test_blank_lines_stand_around_a_heading(page: Path) -> None:
    assert re.findall(r"(?m)^.+\n#+ .*|^#+ .*\n.+", FENCE.sub("", page.read_text(encoding="utf-8"))) == []
