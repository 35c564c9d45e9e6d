"""A folder of an editor: its configuration and rules are read once, and anew when their files change; schemes are found by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assesslint.findings.problems import FolderError
from assesslint.linter.errors import RunError
from assesslint.linter.fingerprint import scheme_key
from assesslint.lsp import folders
from assesslint.lsp.documents import View
from assesslint.lsp.folders import Asked, Folder
from assesslint.lsp.judging import judged
from assesslint.reading.kept import KeptReadings
from assesslint.text.resources import resource
from tests.lsp.views import view_of


def page(severity: str = "error") -> str:
    text = (resource("rules") / "adoption" / "download-quota.md").read_text(encoding="utf-8").replace("download-quota", "own-quota")
    return text.replace("severity: error", f"severity: {severity}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "mine" / "adoption").mkdir(parents=True)
    (tmp_path / "mine" / "pack.toml").write_text('id = "mine"\nversion = "1"\nextends = "central"\n', encoding="utf-8")
    (tmp_path / "mine" / "adoption" / "own-quota.md").write_text(page(), encoding="utf-8")
    return tmp_path


def scheme(root: Path, name: str = "a.assess", text: str = "") -> View:
    body = text or '方案 "考核" { 指标 "推广" 10分 { 评分: "“平安”APP激活率达到50%得满分" } }'
    return view_of(body, (root / name).as_uri())


def found(folder: Folder, view: View) -> set[str]:
    answer = judged(view, folder, {}.get, KeptReadings())
    return {finding.rule for finding in answer.report.findings} if answer.report else {answer.failure}


def test_configuration_is_searched_from_the_folder_upwards(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "LOOK_AGAIN", 3600)
    folder = Folder(root / "deep" / "er")
    assert "download-quota" in found(folder, scheme(root))
    (root / "assesslint.toml").write_text('ignore = ["adoption"]\n', encoding="utf-8")
    assert "download-quota" in found(folder, scheme(root)), "files are taken to be as they were for a moment"
    folder.look_again()
    assert "download-quota" not in found(folder, scheme(root))


def test_what_was_asked_for_stands_above_the_configuration(root: Path) -> None:
    (root / "assesslint.toml").write_text('lang = "zh"\n', encoding="utf-8")
    folder = Folder(root, Asked(lang="en", rules=str(root / "mine")))
    assert folder.lang == "en"
    assert "own-quota" in folder.rulebook().rules


def test_a_faulty_configuration_is_told_and_does_not_last(root: Path) -> None:
    (root / "assesslint.toml").write_text('langg = "zh"\n', encoding="utf-8")
    folder = Folder(root)
    with pytest.raises(RunError, match="langg"):
        folder.settings()
    [said] = found(folder, scheme(root))
    assert "lang" in said
    (root / "assesslint.toml").unlink()
    assert "download-quota" in found(folder, scheme(root))


def test_rules_are_loaded_again_only_when_their_files_have_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "assesslint.toml").write_text('rules = "mine"\n', encoding="utf-8")
    folder = Folder(root)
    loaded = folder.rulebook()
    monkeypatch.setattr(folders, "LOOK_AGAIN", 0)
    assert folder.rulebook() is loaded
    own = root / "mine" / "adoption" / "own-quota.md"
    own.write_text(page("worse"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(FolderError):
            folder.rulebook()
    own.write_text(page("warning"), encoding="utf-8")
    os.utime(own, (1, 1))
    assert folder.rulebook().rules["own-quota"].cases[0].severity == "warning"


def test_the_folder_of_a_page_is_read_again_when_a_file_in_it_changes(root: Path) -> None:
    folder = Folder(root)
    first = folder.rule_folder(root / "mine")
    assert folder.rule_folder(root / "mine") is first
    (root / "mine" / "norms").mkdir()
    (root / "mine" / "norms" / "OWN.toml").write_text('id = "OWN"\nin_force = 2020-01-01\n', encoding="utf-8")
    assert "OWN" in folder.rule_folder(root / "mine").norms


def test_schemes_of_the_folder_are_known_by_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "WALK_AGAIN", 0)
    monkeypatch.setattr(folders, "MOST_SCHEME_BYTES", 1_000)
    files = {"省": '方案 "省级《细则》" { }', "坏": "方案 {{{", "大": f'方案 "大" {{ }}{" " * 1_000}', "node_modules/x": '方案 "别的" { }'}
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / f"{name}.assess").write_text(text, encoding="utf-8")
    (root / "目录.assess").mkdir()
    folder = Folder(root)
    known = folder.schemes()
    assert Path(known[scheme_key("省级《细则》")][0]).name == "省.assess"
    assert scheme_key("大") not in known and scheme_key("别的") not in known
    (root / "省.assess").write_text('方案 "新名" { }', encoding="utf-8")
    os.utime(root / "省.assess", (1, 1))
    assert scheme_key("新名") in folder.schemes()
    assert Folder(None).schemes() == {}


def test_what_the_configuration_leaves_out_and_knows_is_not_told(root: Path) -> None:
    (root / "assesslint.toml").write_text('exclude = ["archive"]\n', encoding="utf-8")
    folder = Folder(root)
    assert found(folder, scheme(root, "archive/a.assess")) == set()
    assert "download-quota" in found(folder, scheme(root, "drafts/a.assess"))


def test_findings_of_the_baseline_are_known(root: Path) -> None:
    from assesslint.linter.baseline import baseline_of, baseline_text

    view = scheme(root)
    report = judged(view, Folder(root), {}.get, KeptReadings()).report
    assert report is not None
    (root / "known.json").write_text(baseline_text(baseline_of(report)), encoding="utf-8")
    (root / "assesslint.toml").write_text('baseline = "known.json"\n', encoding="utf-8")
    answer = judged(view, Folder(root), {}.get, KeptReadings()).report
    assert answer is not None
    assert answer.findings == () and len(answer.known) == len(report.findings)


def test_a_page_of_rules_leads_to_its_file(root: Path) -> None:
    (root / "assesslint.toml").write_text('rules = "mine"\n', encoding="utf-8")
    folder = Folder(root)
    assert folder.page_of("own-quota") == (root / "mine" / "adoption" / "own-quota.md").resolve().as_uri()
    assert folder.page_of("syntax-error") is None
    assert str(folder.page_of("download-quota")).endswith("/adoption/download-quota.md")
