"""The extension for VS Code: what it names is there, its languages are those the server knows, and it starts the server it says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assesslint.lsp.documents import DRAFT_LANGUAGE, SCHEME_LANGUAGE, SCHEME_SUFFIX
from tests.programs import program

EXTENSION = Path(__file__).parent.parent.parent / "examples" / "editors" / "vscode"

STUBS = {
    "vscode/index.js": """
exports.workspace = { getConfiguration: () => ({ get: () => ['assesslint', 'lsp', '--lang', 'en'] }) };
""",
    "vscode-languageclient/node.js": """
exports.LanguageClient = class {
  constructor(...given) { this.given = given; }
  start() { process.stdout.write(JSON.stringify(this.given)); }
};
""",
}


def manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    return found


def paths(value: object) -> Iterator[str]:
    """Yield what a manifest names as files."""
    if isinstance(value, str) and value.startswith("./"):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from paths(inner)


def test_every_file_it_names_is_there() -> None:
    named = set(paths(manifest()))
    assert len(named) == 5
    for path in named:
        assert (EXTENSION / path).is_file(), path


def test_its_languages_are_those_of_the_server() -> None:
    contributed = manifest()["contributes"]
    languages = {language["id"]: language for language in contributed["languages"]}
    assert languages[SCHEME_LANGUAGE]["extensions"] == [SCHEME_SUFFIX]
    assert DRAFT_LANGUAGE in languages
    assert {grammar["language"] for grammar in contributed["grammars"] if "language" in grammar} <= languages.keys()
    script = (EXTENSION / "extension.js").read_text(encoding="utf-8")
    assert re.findall(r"'([\w-]+)'", script.partition("LANGUAGES = ")[2].partition(";")[0]) == [SCHEME_LANGUAGE, DRAFT_LANGUAGE, "markdown"]


def test_a_workspace_cannot_say_which_program_is_started() -> None:
    assert manifest()["contributes"]["configuration"]["properties"]["assesslint.command"]["scope"] == "machine"


def test_it_starts_the_server_it_is_told(tmp_path: Path) -> None:
    for name, text in STUBS.items():
        (tmp_path / "node_modules" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "node_modules" / name).write_text(text, encoding="utf-8")
    shutil.copy(EXTENSION / "extension.js", tmp_path)
    command = [program("node"), "-e", "require('./extension.js').activate()"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    _, _, server, options = json.loads(run.stdout)
    assert server == {"command": "assesslint", "args": ["lsp", "--lang", "en"]}
    assert {"language": "assess", "scheme": "untitled"} in options["documentSelector"]
