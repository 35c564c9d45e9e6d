"""What is offered to CI: fits the schemas of its systems, and its scripts do what they say, run by bash and by pre-commit itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.programs import BIN, program

ROOT = Path(__file__).parent.parent

FAULTY = "清河县考核细则\n一、应用推广（10分）：“干部之家”APP激活率达到50%得满分。\n"
GOOD = "清河县考核细则\n一、办事效率（10分）：群众诉求按期办结率达到95%得满分，由系统数据认定。\n"


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(
        [program("bash"), "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@b.invalid")
    done = subprocess.run([program("git"), *identity, *words], cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a faulty draft committed and a good one with a blank in its name."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    (tmp_path / "旧.txt").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "新 稿.txt").write_text(GOOD, encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("action.yml", ("--builtin-schema", "vendor.github-actions")),
        ("examples/ci/github.yml", ("--builtin-schema", "vendor.github-workflows")),
        ("examples/ci/gitlab.yml", ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")),
    ],
)
def test_a_template_fits_the_schema_of_its_system(file: str, words: tuple[str, ...]) -> None:
    command = [program("check-jsonschema"), *words, str(ROOT / file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_gives_the_action_only_what_it_takes() -> None:
    steps = load("examples/ci/github.yml")["jobs"]["check"]["steps"]
    (ours,) = (step for step in steps if step["uses"].startswith("assesslint/"))
    assert set(ours["with"]) <= set(load("action.yml")["inputs"])


def action(folder: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run the action's own check with these inputs; return what it did and the job summary."""
    (step,) = (step for step in load("action.yml")["runs"]["steps"] if "PATHS" in step.get("env", {}))
    given = {name: str(about["default"]) for name, about in load("action.yml")["inputs"].items()} | inputs
    variables = {}
    for variable, expression in step["env"].items():
        name = expression.removeprefix("${{ inputs.").removesuffix(" }}")
        variables[variable] = given[name]
    summary = folder.parent / f"{folder.name}-summary.md"  # outside what is checked, as on GitHub
    summary.touch()
    done = run(step["run"], folder, GITHUB_STEP_SUMMARY=str(summary), **variables)
    return done, summary.read_text(encoding="utf-8")


def test_the_action_marks_the_line_and_fails_and_sums_up(repository: Path) -> None:
    done, summary = action(repository, sarif="out.sarif")
    assert done.returncode == 1, done.stderr
    assert "::error file=旧.txt,line=2," in done.stdout
    assert "download-quota" in summary.replace("\\", "")
    results = json.loads((repository / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert "download-quota" in {result["ruleId"] for result in results}


def test_the_action_takes_several_paths_and_arguments(repository: Path) -> None:
    done, _ = action(repository, paths="新 稿.txt\n", arguments="--fail-on error --as-of 2026-11-27")
    assert (done.returncode, done.stderr) == (0, done.stderr)
    assert "::error" not in done.stdout


def test_the_action_does_not_run_what_is_written_in_its_inputs(repository: Path) -> None:
    done, _ = action(repository, paths="$(touch ran)\n`touch ran`", arguments="--as-of $(touch${IFS}ran)")
    assert done.returncode == 2
    assert not (repository / "ran").exists()


def test_the_action_looks_at_what_has_changed(repository: Path) -> None:
    done, _ = action(repository, **{"changed-since": "HEAD"})
    assert done.returncode == 0, done.stderr
    assert "::error" not in done.stdout


def test_the_pipeline_of_gitlab_writes_its_reports(repository: Path) -> None:
    job = load("examples/ci/gitlab.yml")["assesslint"]
    reports = job["artifacts"]["reports"]
    done = run(job["script"][0], repository, ASSESSLINT_PATHS=job["variables"]["ASSESSLINT_PATHS"])
    assert done.returncode == 1, done.stderr
    quality = json.loads((repository / reports["codequality"]).read_text(encoding="utf-8"))
    assert "download-quota" in {issue["check_name"] for issue in quality}
    assert (repository / reports["junit"]).is_file()
    unchanged = run(job["script"][0], repository, ASSESSLINT_PATHS=".", CI_MERGE_REQUEST_DIFF_BASE_SHA=git(repository, "rev-parse", "HEAD"))
    assert unchanged.returncode == 0, unchanged.stderr


def test_the_hooks_are_what_pre_commit_takes(tmp_path: Path) -> None:
    command = [program("pre-commit"), "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(not os.environ.get("CI"), reason="installs the project anew from the package registry; runs where CI is set")
def test_pre_commit_runs_the_hooks_on_a_scratch_repository(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    ours = tmp_path_factory.mktemp("ours")
    for name in git(ROOT, "ls-files", "-z").split("\0"):
        if name and (ROOT / name).is_file():
            (ours / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, ours / name)
    git(ours, "init", "--quiet")
    git(ours, "add", "--force", ".")
    git(ours, "commit", "--quiet", "-m", "x")
    hooks = [{"id": "assesslint"}, {"id": "assesslint-fmt"}]
    config = {"repos": [{"repo": str(ours), "rev": git(ours, "rev-parse", "HEAD"), "hooks": hooks}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (repository / "稿.assess").write_text('方案 "细则" { 指标 "应用推广" 100分 { 评分:"APP激活率达到50%得满分" } }', encoding="utf-8")
    git(repository, "add", ".")
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("home")),
    }
    done = subprocess.run(
        [program("pre-commit"), "run", "--all-files", "--color", "never"],
        cwd=repository,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "download-quota" in done.stdout, done.stdout + done.stderr
    assert "files were modified by this hook" in done.stdout
    assert (repository / "稿.assess").read_text(encoding="utf-8").startswith('方案 "细则" {\n  指标 "应用推广" 100分 {')
