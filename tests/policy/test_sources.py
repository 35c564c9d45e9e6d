"""Rules are had from folders, zips and git revisions; hostile archives end in a plain error, and nothing is written outside."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from assesslint.policy import sources
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import load_rulebook
from assesslint.policy.sources import SourceError, opened


def test_a_folder_is_itself(tmp_path: Path) -> None:
    with opened(str(tmp_path)) as folder:
        assert folder == tmp_path


def test_a_zip_is_unpacked_for_as_long_as_it_is_used(tmp_path: Path) -> None:
    file = tmp_path / "pack.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("pack/adoption/quota.md", "# 页")
        archive.writestr("pack/run.py", "raise SystemExit")
    with opened(str(file)) as folder:
        assert (folder / "adoption" / "quota.md").read_text(encoding="utf-8") == "# 页"
        assert not list(folder.rglob("*.py"))
    assert not folder.exists()


@pytest.mark.parametrize("beside", [[], ["README.md"], ["pack.toml", "CHANGELOG.md"]])
def test_a_revision_of_git_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules" / "adoption").mkdir(parents=True)
    page = tmp_path / "rules" / "adoption" / "quota.md"
    page.write_text("old", encoding="utf-8")
    for name in beside:
        (tmp_path / "rules" / name).write_text("", encoding="utf-8")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *command], check=True)
    page.write_text("new", encoding="utf-8")
    with opened("main") as folder:
        assert (folder / "adoption" / "quota.md").read_text(encoding="utf-8") == "old"
    with opened("main:rules/adoption") as folder:
        assert next(folder.rglob("quota.md")).read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("around", ["", "packs/", "examples/packs/"])
def test_a_pack_of_words_or_norms_alone_begins_where_its_name_stands(tmp_path: Path, around: str) -> None:
    file = tmp_path / "pack.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{around}pack.toml", "")
        archive.writestr(f"{around}norms/GZ.toml", "")
    with opened(str(file)) as folder:
        assert (folder / "pack.toml").is_file() and (folder / "norms" / "GZ.toml").is_file()
        assert around or [path.name for path in folder.parent.iterdir()] == [folder.name]


@pytest.mark.parametrize("inside", ["", "hunan-1.0/"])
def test_the_zip_a_zip_extends_lies_beside_it(tmp_path: Path, inside: str) -> None:
    for name, extends in (("county", "city"), ("city", "hunan"), ("hunan", "central")):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr(f"{inside}pack.toml", f'id = "{name}"\nversion = "1"\nextends = "{extends}"\n')
    with opened(str(tmp_path / "county.zip")) as folder:
        assert [pack.id for pack in load_rulebook(folder).packs] == ["central", "hunan", "city", "county"]
    (tmp_path / "hunan.zip").unlink()
    with opened(str(tmp_path / "county.zip")) as folder, pytest.raises(RulebookError, match="没有找到它扩展的规则包“hunan”"):
        load_rulebook(folder)


def test_the_pack_a_revision_extends_is_of_the_same_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, extends in (("county", "hunan"), ("hunan", "central")):
        (tmp_path / "packs" / name).mkdir(parents=True)
        (tmp_path / "packs" / name / "pack.toml").write_text(f'id = "{name}"\nversion = "1"\nextends = "{extends}"\n')
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *command], check=True)
    (tmp_path / "packs" / "hunan" / "pack.toml").write_text("broken")
    with opened("main:packs/county") as folder:
        assert [pack.id for pack in load_rulebook(folder).packs] == ["central", "hunan", "county"]


@pytest.mark.parametrize("name", ["../out.md", "/etc/out.md", "a/../../out.md", "..\\out.md", "C:/out.md"])
def test_a_path_that_points_outside_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "in" / "pack.zip"
    file.parent.mkdir()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(SourceError, match="指向外部"), opened(str(file)):
        pass
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["pack.zip"]


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_BYTES", 1_000)
    file = tmp_path / "pack.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.md", "x" * 10_000)
    with pytest.raises(SourceError, match="包太大"), opened(str(file)):
        pass


@pytest.mark.parametrize("spec", ["nowhere", "--output=x", "", "no-such-revision:rules"])
def test_what_is_nothing_at_all_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spec: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match="也不是 git 版本"), opened(spec):
        pass
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_zip_is_told(tmp_path: Path) -> None:
    file = tmp_path / "pack.zip"
    file.write_bytes(b"no zip")
    with pytest.raises(SourceError, match="不是完整的 zip"), opened(str(file)):
        pass


def test_a_folder_has_no_digest_to_be_trusted_by(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="摘要只用于 zip"), opened(f"{tmp_path}#sha256=00"):
        pass
