"""A page checked alone, while it is written, is told what a check of its whole folder tells of it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assesslint.findings.model import Finding, Report
from assesslint.linter.rule_folder import check_folder
from assesslint.linter.rule_page import RuleFolder, folder_of_page
from assesslint.reading.kept import KeptReadings
from assesslint.text.resources import resource

DAY = date(2026, 11, 23)
PAGE = "adoption/own-quota.md"
OTHER = "adoption/other-quota.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of rules of its own: two pages, one with a table of cases beside it."""
    folder = tmp_path_factory.mktemp("packs") / "own"
    (folder / "adoption").mkdir(parents=True)
    (folder / "pack.toml").write_text('id = "own"\nversion = "1"\nextends = "central"\n', encoding="utf-8")
    for name in (PAGE, OTHER):
        (folder / name).write_text(page(Path(name).stem), encoding="utf-8")
    table = (resource("rules") / "adoption" / "download-quota.csv").read_text(encoding="utf-8").replace("download-quota", "own-quota")
    (folder / PAGE).with_suffix(".csv").write_text(table, encoding="utf-8")
    return folder


def page(rule: str) -> str:
    return (resource("rules") / "adoption" / "download-quota.md").read_text(encoding="utf-8").replace("download-quota", rule)


def of_page(report: Report) -> set[tuple[object, ...]]:
    return {said(finding) for finding in report.findings if Path(finding.path).stem == Path(PAGE).stem}


def said(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.severity, finding.message, Path(finding.path).name, finding.location, finding.excerpt, finding.fix


def test_a_page_is_known_by_where_it_lies(folder: Path) -> None:
    assert folder_of_page(folder / PAGE) == folder
    for other in ("adoption/README.md", "norms/OWN.md", "adoption/deep/own.md", "own.md", "adoption/own-quota.csv", "lexicon/words.md"):
        assert folder_of_page(folder / other) is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sound_page_gives_nothing(folder: Path, lang: str) -> None:
    report = RuleFolder(folder).check(PAGE, page("own-quota"), as_of=DAY, lang=lang)
    assert (report.findings, report.notices) == ((), ())


def test_what_is_said_is_said_of_the_text_given_and_not_of_the_file(folder: Path) -> None:
    changed = page("own-quota").replace("in binding", "in bindings", 1)
    [finding] = RuleFolder(folder).check(PAGE, changed, as_of=DAY).findings
    assert (finding.rule, finding.excerpt) == ("rule-page", "bindings")
    assert "binding" in finding.message


PIECES = (
    "", " ", "\n", "}", '"', "demand", "不", "error", "```\n", "## ", "截图", "“", "GB2026-APP.scope", "e", "😀", "\u200b", "unless ", "10",
    "\r\n",
)  # fmt: skip
edits = st.lists(st.tuples(st.floats(0, 1), st.sampled_from((0, 0, 1, 2, 12)), st.sampled_from(PIECES)), min_size=1, max_size=3)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=edits)
def test_it_is_told_what_a_check_of_the_folder_tells(folder: Path, tmp_path: Path, changes: list[tuple[float, int, str]]) -> None:
    kept = KeptReadings()
    alone = RuleFolder(folder)
    text = page("own-quota")
    copy = tmp_path / "own"
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    for place, length, piece in changes:
        at = round(place * len(text))
        text = text[:at] + piece + text[at + length :]
        (copy / PAGE).write_bytes(text.encode("utf-8"))
        assert of_page(alone.check(PAGE, text, as_of=DAY, kept=kept)) == of_page(check_folder(str(copy), as_of=DAY))
        kept.let_go()


def test_examples_are_tried_whatever_else_is_wrong_with_a_page_that_loads(folder: Path) -> None:
    alone = RuleFolder(folder)
    hidden = page("own-quota").replace("error “", "error “没有\u200b", 1)
    assert {f.rule for f in alone.check(PAGE, hidden, as_of=DAY).findings} == {"hidden-character", "rule-example"}


def test_what_is_wrong_beside_a_page_is_told_where_it_concerns_the_page(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "own"
    shutil.copytree(folder, copy)
    (copy / PAGE).with_suffix(".csv").write_text("nonsense\n", encoding="utf-8")
    (copy / "adoption" / "Own-quota.md").write_text(page("own-quota"), encoding="utf-8")
    alone = RuleFolder(copy)
    assert {finding.path for finding in alone.check(PAGE, page("own-quota"), as_of=DAY).findings} == {"adoption/own-quota.csv"}
    assert any("小写" in finding.message for finding in alone.check("adoption/Own-quota.md", page("own-quota"), as_of=DAY).findings)
    (copy / "targets").mkdir()
    assert any("重复" in finding.message for finding in alone.check("targets/own-quota.md", page("own-quota"), as_of=DAY).findings)


def test_a_page_whose_pack_extends_nothing_that_is_there_is_checked_without_its_examples(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "own"
    shutil.copytree(folder, copy)
    (copy / "pack.toml").write_text('id = "own"\nversion = "1"\nextends = "nowhere"\n', encoding="utf-8")
    alone = RuleFolder(copy)
    assert alone.check(PAGE, page("own-quota").replace("error “", "error “没有", 1), as_of=DAY).findings == ()
    assert alone.check(PAGE, page("own-quota").replace("in binding", "in bindings", 1), as_of=DAY).findings != ()
