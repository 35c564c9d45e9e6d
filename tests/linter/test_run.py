"""Many drafts in one run: what each held, the order of what is said, and the steps a bar can show."""

from __future__ import annotations

import re
import shutil
import weakref
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assesslint import __version__
from assesslint.documents.draft import Draft
from assesslint.findings.model import Report
from assesslint.linter import check as run_module
from assesslint.linter.check import check
from assesslint.text.memory import collection_paused

DAY = date(2026, 11, 23)
COUNTY = '方案 "县级细则" { 上级方案: "省级细则" 指标 "推广" 10分 { 度量: 激活率("干部之家", 户籍人口) >= 60% } }'
PROVINCE = '方案 "省级细则" { 发布单位: "省大数据局" 指标 "推广" 10分 { 度量: 激活率("干部之家", 户籍人口) >= 40% } }'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a-county.assess").write_text(COUNTY, encoding="utf-8")
    (tmp_path / "b-province.assess").write_text(PROVINCE, encoding="utf-8")
    (tmp_path / "c-empty.txt").touch()
    (tmp_path / "d.jpg").touch()
    return tmp_path


def run(**more: object) -> Report:
    return check(["."], as_of=DAY, **more)  # type: ignore[arg-type]


def test_what_each_file_held_is_told(folder: Path) -> None:
    county, province, empty = run().drafts
    assert [(scheme.name, scheme.issuer) for scheme in province.schemes] == [("省级细则", "省大数据局")]
    assert [(each.name, each.points) for each in province.schemes[0].indicators] == [("推广", 10)]
    assert (county.path, county.readable, county.indicators) == ("a-county.assess", True, 1)
    assert (empty.path, empty.readable, empty.schemes, empty.text_read) == ("c-empty.txt", False, (), None)
    assert (county.text_read, province.text_read) == (1, 1)


def test_the_rules_are_named_by_their_pack_and_content(folder: Path) -> None:
    assert re.fullmatch(rf"central [\d.]+ \({re.escape(__version__)}\+[0-9a-f]{{12}}\)", run().rules_version)
    (folder / "own" / "adoption").mkdir(parents=True)
    shutil.copy(Path(__file__).parents[2] / "rules" / "adoption" / "download-quota.md", folder / "own" / "adoption")
    assert run(rules="own").rules_version.startswith("own (")
    assert re.fullmatch(r"中央规定 [\d.]+ 版", run().rules_title)


def test_what_a_rule_checks_and_rests_on_is_told_in_the_language_of_the_report(folder: Path) -> None:
    info = run().rules["download-quota"]
    assert (info.title, info.family_title, info.severity, info.url) == ("下载安装指标", "推广应用", "error", "")
    assert info.checks.startswith("把应用、小程序、平台的下载")
    assert info.waiver.startswith("不设豁免")
    assert [(basis.norm, basis.clause) for basis in info.norms] == [("GB2026-APP", "install-rate"), ("WXW2023-ZJ", "forced-promotion")]
    english = run(lang="en").rules["download-quota"]
    assert english.why.startswith("Installing is not serving.")
    earlier = check(["."], as_of=date(2025, 6, 1)).rules["download-quota"]
    assert [basis.norm for basis in earlier.norms] == ["WXW2023-ZJ"]


def test_a_file_that_is_not_there_held_nothing(folder: Path) -> None:
    [missing, _] = check(["none.txt", "b-province.assess"], as_of=DAY).drafts
    assert (missing.path, missing.readable, missing.sha256) == ("none.txt", False, "")


def test_a_draft_judged_last_is_reported_in_its_place(folder: Path) -> None:
    report = run(select=["target-escalation", "download-quota"])
    paths = [finding.path for finding in report.findings]
    assert paths == sorted(paths)
    assert [finding.path for finding in report.findings if finding.rule == "target-escalation"] == ["a-county.assess"]


def test_a_run_has_as_many_steps_as_it_said(folder: Path) -> None:
    seen: list[int] = []

    def progress(steps: Iterable[None], total: int) -> Iterable[None]:
        counted = 0
        for step in steps:
            counted += 1
            yield step
        seen.extend((counted, total))

    run(progress=progress)
    assert seen == [8, 8]


def test_where_results_go_is_no_draft(folder: Path) -> None:
    report = run(outputs=["b-province.assess", "out"])
    assert [draft.path for draft in report.drafts] == ["a-county.assess", "c-empty.txt"]
    assert [notice.path for notice in report.notices if notice.id == "skipped-output"] == ["b-province.assess"]


def test_what_is_passed_over_is_told(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.assess").symlink_to(folder / "a-county.assess")
    (folder / "in" / "~$b.docx").write_bytes(b"\x05user")
    (folder / "in" / "c.txt").write_text("一、推广（5分）\n评分标准：下载率达到50%得满分\n", encoding="utf-8")
    report = check(["in"], as_of=DAY)
    assert ([draft.path for draft in report.drafts], report.counts.unreadable) == (["in/c.txt"], 0)
    assert [(notice.id, notice.path, notice.message) for notice in report.notices if notice.id.startswith("skipped-")] == [
        ("skipped-link", "in/a.assess", "是指向文件夹之外的链接，未检查；如需检查，请直接写明它指向的文件或文件夹"),
        ("skipped-file", "in/~$b.docx", "是文件打开时由 Word、WPS 等生成的临时文件，未检查"),
    ]


def test_findings_keep_the_text_and_let_the_places_of_its_characters_go(folder: Path) -> None:
    page = "<p>一、推广（5分）</p><p>评分标准：“清河办”APP下载率达到50%得满分</p>"
    (folder / "e.html").write_text(page, encoding="utf-8")
    [finding] = check(["e.html"], select=["download-quota"], as_of=DAY).findings
    assert finding.source is not None
    assert finding.source.stretches is None
    assert finding.span is not None
    assert finding.source.text[finding.span.start : finding.span.end] == finding.excerpt == "下载率达到50%"
    assert finding.location.values()["start"] == {"line": 1, "column": page.index("下载率") + 1}


def test_what_a_draft_left_is_freed_before_the_next_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cycle:
        def __init__(self) -> None:
            self.self = self

    alive: list[weakref.ref[Cycle]] = []
    seen: list[int] = []
    read = run_module.read_draft

    def leaving_cycles(*given: Any, **more: Any) -> Draft:
        seen.append(sum(cycle() is not None for cycle in alive))
        alive.append(weakref.ref(Cycle()))
        return read(*given, **more)

    monkeypatch.setattr(run_module, "read_draft", leaving_cycles)
    with collection_paused():
        run()
    assert seen == [0, 0, 0]
