"""`init`: what a new repository begins with passes every check at once, and nothing that is there is touched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from assesslint.cli.init import TEMPLATES
from assesslint.linter.configuration import read_configuration
from assesslint.linter.configuration_model import Configuration
from tests.cli.conftest import Run
from tests.programs import program

ROOT = Path(__file__).parent.parent.parent
KINDS = pytest.mark.parametrize("words", [(), ("--rules",)], ids=["schemes", "rules"])


def files(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


def test_a_repository_of_schemes_passes_at_once(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("init", "我的 方案")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0] == "新建  我的 方案/.pre-commit-config.yaml"
    assert result.stdout.endswith("接下来：\n  cd '我的 方案'\n  assesslint check 方案\n  assesslint fmt 方案\n")
    monkeypatch.chdir(folder / "我的 方案")
    check = run("check", "方案")
    assert (check.exit_code, "没有发现问题" in check.stdout) == (0, True)
    assert "配置文件 assesslint.toml" in check.stdout
    assert run("fmt", "--check", "方案").exit_code == 0


def test_a_repository_of_rules_passes_at_once(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("init", "--rules", "Our Rules").exit_code == 0
    monkeypatch.chdir(folder / "Our Rules")
    assert tomllib.loads(Path("rules/pack.toml").read_text(encoding="utf-8"))["id"] == "our-rules"
    check = run("rules", "check", "rules")
    assert (check.exit_code, "没有发现问题" in check.stdout) == (0, True)
    assert run("rules", "test", "rules").exit_code == 0
    listed = run("rules").stdout
    assert "department-veto" in listed
    assert "download-quota" in listed


@pytest.mark.parametrize(("name", "id_"), [("规则", "local"), ("2026", "local"), ("central", "local"), ("_a--B_", "a-b")])
def test_the_pack_is_named_after_its_folder(run: Run, folder: Path, name: str, id_: str) -> None:
    run("init", "--rules", name)
    assert tomllib.loads((folder / name / "rules" / "pack.toml").read_text(encoding="utf-8"))["id"] == id_


@KINDS
def test_a_second_time_nothing_is_touched(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    run("init", "new", *words)
    (folder / "new" / "README.md").write_text("我们的", encoding="utf-8")
    before = files(folder / "new")
    result = run("init", "new", *words)
    assert result.exit_code == 0
    assert {line.split("  ")[0] for line in result.stdout.splitlines() if "new/" in line} == {"已有，没有动"}
    assert files(folder / "new") == before


def test_links_are_left_alone(run: Run, folder: Path) -> None:
    (folder / "new").mkdir()
    (folder / "new" / "README.md").symlink_to(folder / "nowhere.md")
    assert "已有，没有动  new/README.md" in run("init", "new").stdout
    assert not (folder / "nowhere.md").exists()


def test_a_file_in_the_way_is_told(run: Run, folder: Path) -> None:
    (folder / "new").mkdir()
    (folder / "new" / "方案").touch()
    result = run("init", "new")
    assert result.exit_code == 2
    assert result.stderr.startswith("没有写完 new：")


@KINDS
def test_every_commented_line_of_the_configuration_would_do(folder: Path, words: tuple[str, ...]) -> None:
    text = (TEMPLATES / ("rules" if words else "schemes") / "assesslint.toml").read_text(encoding="utf-8")
    live = re.sub(r"^# (?=[a-z-]+ = |\[)", "", text, flags=re.MULTILINE)
    (folder / "assesslint.toml").write_text(live, encoding="utf-8")
    settings = read_configuration(folder / "assesslint.toml")
    assert settings.lang == "zh"
    defaults = Configuration.model_validate({})
    for name, value in tomllib.loads(live).items():
        if not isinstance(value, dict) and name not in ("waivers", "baseline", "rules"):
            assert getattr(defaults, name.replace("-", "_")) == value


def test_the_workflow_is_the_one_shown_among_the_examples() -> None:
    ours = (TEMPLATES / "schemes" / ".github" / "workflows" / "assesslint.yml").read_text(encoding="utf-8")
    assert ours == (ROOT / "examples" / "ci" / "github.yml").read_text(encoding="utf-8")


@KINDS
def test_workflows_and_hooks_are_what_their_programs_take(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    run("init", "new", *words)
    workflows = map(str, (folder / "new" / ".github" / "workflows").iterdir())
    schema = [program("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", *workflows]
    hooks = [program("pre-commit"), "validate-config", str(folder / "new" / ".pre-commit-config.yaml")]
    for command in (schema, hooks):
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@KINDS
def test_pre_commit_runs_the_hooks(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    top = folder / "new"
    run("init", "new", *words)
    command = folder / "bin" / "assesslint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m assesslint.cli.main "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    environment = {**os.environ, "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    environment["PRE_COMMIT_HOME"] = str(folder / "home")

    def call(*line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(line, cwd=top, env=environment, capture_output=True, encoding="utf-8", check=False)

    call(program("git"), "init", "--quiet")
    call(program("git"), "add", ".")
    done = call(program("pre-commit"), "run", "--all-files", "--color", "never")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 2
    if not words:
        (top / "方案" / "示例.assess").write_text("方案“细则”{指标“推广”100分{评分：“APP激活率达到50%得满分”}}", encoding="utf-8")
        done = call(program("pre-commit"), "run", "--all-files", "--color", "never")
        assert done.returncode == 1
        assert "files were modified by this hook" in done.stdout
        assert "download-quota" in done.stdout
