"""`assesslint rules docs`: a folder with the site, and whether it is still that of the rules."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from assesslint.cli.main import main

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a pack of one rule."""
    folder = tmp_path / "pack"
    (folder / "adoption").mkdir(parents=True)
    shutil.copy(ROOT / "rules" / "adoption" / "download-quota.md", folder / "adoption")
    (folder / "pack.toml").write_text('id = "small"\nversion = "1"\n', encoding="utf-8")
    return folder


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["rules", "docs", *map(str, words)])
    return result.exit_code, result.output


def test_a_site_is_written_and_known_to_be_up_to_date(pack: Path, tmp_path: Path) -> None:
    code, said = run(pack, "-o", tmp_path / "site")
    assert code == 0 and "index.html" in said
    assert "下载安装指标" in (tmp_path / "site" / "rules" / "download-quota.html").read_text(encoding="utf-8")
    assert run(pack, "-o", tmp_path / "site", "--check")[0] == 0


def test_a_stale_site_is_told_page_by_page(pack: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run(pack, "-o", site)
    page = pack / "adoption" / "download-quota.md"
    page.write_text(page.read_text(encoding="utf-8").replace("装了多少不等于", "装了多少，不等于"), encoding="utf-8")
    (site / "en" / "index.html").unlink()
    code, said = run(pack, "-o", site, "--check", "--lang", "en")
    assert code == 1 and said.splitlines() == [
        "en/index.html  missing",
        "rules/download-quota.html  stale",
        "2 files are stale; build the site anew",
    ]


def test_pages_of_rules_that_are_gone_go_too(pack: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copy(ROOT / "rules" / "adoption" / "follow-quota.md", pack / "adoption")
    run(pack, "-o", site)
    (pack / "adoption" / "follow-quota.md").unlink()
    assert "rules/follow-quota.html  多余" in run(pack, "-o", site, "--check")[1]
    assert run(pack, "-o", site)[0] == 0
    assert not (site / "rules" / "follow-quota.html").exists() and run(pack, "-o", site, "--check")[0] == 0


def test_a_list_of_files_cannot_have_files_elsewhere_deleted(pack: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run(pack, "-o", site)
    precious = tmp_path / "precious"
    precious.write_text("x", encoding="utf-8")
    (site / "out").symlink_to(tmp_path)
    (site / ".assesslint-site").write_text(f"../precious\n{precious}\nout/precious\n", encoding="utf-8")
    assert run(pack, "-o", site)[0] == 0 and precious.exists()


@pytest.mark.parametrize("name", ["rules", "home"])
def test_a_folder_with_other_files_is_left_alone(pack: Path, tmp_path: Path, name: str) -> None:
    folder = pack if name == "rules" else tmp_path / name
    folder.mkdir(exist_ok=True)
    (folder / "letter.txt").write_text("x", encoding="utf-8")
    before = sorted(folder.rglob("*"))
    code, said = run(pack, "-o", folder)
    assert code == 2 and "没有写入" in said and sorted(folder.rglob("*")) == before


def test_changes_since_an_older_version_are_listed(pack: Path, tmp_path: Path) -> None:
    shutil.copytree(pack, tmp_path / "old")
    page = pack / "adoption" / "download-quota.md"
    page.write_text(page.read_text(encoding="utf-8").replace("waivable: never", "waivable: with_reason"), encoding="utf-8")
    assert run(pack, "-o", tmp_path / "site", "--since", tmp_path / "old")[0] == 0
    assert "豁免：never → with_reason" in (tmp_path / "site" / "changes.html").read_text(encoding="utf-8")
    code, said = run(pack, "-o", tmp_path / "site", "--since", tmp_path / "nowhere")
    assert code == 2 and "nowhere" in said


def test_without_its_libraries_it_says_what_to_install(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("assesslint.reports.site")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    code, said = run(pack, "-o", tmp_path / "site")
    assert code == 2 and "assesslint[docs]" in said
