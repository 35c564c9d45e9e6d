"""Only what git says has changed is checked; a superior in an unchanged file is still found."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assesslint.linter.changed import files_changed_since, only_changed
from assesslint.linter.check import judge, open_rulebook
from assesslint.linter.configuration import resolve_settings
from assesslint.linter.errors import RunError

SUPERIOR = '上级方案: "省级细则"'
FAULTY = '方案 "{name}" {{\n  {head}\n  指标 "应用推广" 100分 {{ 度量: 激活率("干部之家", 户籍人口) >= {target}% }}\n}}\n'


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@b.invalid")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "--quiet")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "省.assess").write_text(FAULTY.format(name="省级细则", head="", target=40), encoding="utf-8")
    (tmp_path / "drafts" / "县 一.assess").write_text(FAULTY.format(name="县级细则", head=SUPERIOR, target=40), encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    return tmp_path


def paths_of(repository: Path, revision: str = "HEAD") -> list[str]:
    settings = resolve_settings(["drafts"])
    report = judge(["drafts"], settings, open_rulebook(settings), changed_since=revision)
    return [draft.path for draft in report.drafts]


def test_nothing_changed_is_nothing_to_complain_of(repository: Path) -> None:
    settings = resolve_settings(["drafts"])
    report = judge(["drafts"], settings, open_rulebook(settings), changed_since="HEAD")
    assert (report.drafts, report.findings, report.exit_code) == ((), (), 0)
    assert report.in_force[-1] == "只检查 HEAD 以来改动的文件，另有 2 个没有改动、未检查"


def test_changed_and_new_files_are_checked_and_deleted_ones_are_not(repository: Path) -> None:
    drafts = repository / "drafts"
    (drafts / "省.assess").unlink()
    (drafts / "县 一.assess").write_text(FAULTY.format(name="县级细则", head="", target=50), encoding="utf-8")
    (drafts / "新“引号”.txt").write_text("无", encoding="utf-8")
    assert paths_of(repository) == ["drafts/县 一.assess", "drafts/新“引号”.txt"]


def test_where_all_have_changed_none_is_said_to_be_left_out() -> None:
    assert only_changed("HEAD", 0, "zh") == "只检查 HEAD 以来改动的文件"


def test_a_superior_that_has_not_changed_is_known(repository: Path) -> None:
    draft = repository / "drafts" / "县 一.assess"
    draft.write_text(draft.read_text(encoding="utf-8").replace("40%", "60%"), encoding="utf-8")
    settings = resolve_settings(["drafts"])
    report = judge(["drafts"], settings, open_rulebook(settings), changed_since="HEAD")
    assert [d.path for d in report.drafts] == ["drafts/县 一.assess"]
    assert "target-escalation" in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("revision", ["main-that-is-not-there", "--output=/tmp/x", "HEAD:drafts", ""])
def test_what_is_no_revision_is_told(repository: Path, revision: str) -> None:
    with pytest.raises(RunError, match="没有版本"):
        files_changed_since(revision, ["drafts"])


def test_a_folder_outside_git_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="不在 git 仓库里"):
        files_changed_since("HEAD", [str(tmp_path)])


def test_programs_named_by_the_repository_do_not_run(repository: Path) -> None:
    mark = repository / "ran"
    program = repository / "program.sh"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\n", encoding="utf-8")
    program.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "diff.x.textconv"):
        git(repository, "config", key, str(program))
    (repository / ".gitattributes").write_text("*.assess diff=x\n", encoding="utf-8")
    (repository / "drafts" / "省.assess").write_text("改", encoding="utf-8")
    assert paths_of(repository) == ["drafts/省.assess"]
    assert not mark.exists()
