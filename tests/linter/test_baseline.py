"""A baseline puts up with what was there, tells of what is new, and only ever shrinks."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.findings.model import DraftInfo, Finding, Report
from assesslint.linter.baseline import baseline_of, baseline_text, compare, read_baseline
from assesslint.linter.errors import RunError

DAY = date(2026, 11, 27)
PATHS = ("a.docx", "乡镇/b.txt", "c.assess")


def finding(rule: str, words: str, path: str) -> Finding:
    return Finding(rule, "evidence", "error", "…", path, indicator="在岗", fingerprint=words)


findings = st.builds(finding, st.sampled_from(["check-in", "dual-track"]), st.sampled_from("abc"), st.sampled_from(PATHS))
found = st.lists(findings, max_size=8).map(tuple)


def report(standing: tuple[Finding, ...], paths: tuple[str, ...] = PATHS) -> Report:
    return Report(DAY, standing, drafts=tuple(map(DraftInfo, paths)))


@given(found, found, st.booleans())
def test_every_finding_is_either_known_or_stands(before: tuple[Finding, ...], now: tuple[Finding, ...], by_count: bool) -> None:
    result = compare(report(now), baseline_of(report(before)), by_count=by_count).report
    assert sorted(map(repr, (*result.findings, *result.known))) == sorted(map(repr, now))


@given(found, st.booleans())
def test_what_has_not_changed_is_known_whole(before: tuple[Finding, ...], by_count: bool) -> None:
    result = compare(report(before), baseline_of(report(before)), by_count=by_count)
    assert (result.report.findings, result.gone) == ((), 0)
    assert Counter(result.left) == Counter(baseline_of(report(before)))


@given(found, found, st.booleans())
def test_the_file_never_grows(before: tuple[Finding, ...], now: tuple[Finding, ...], by_count: bool) -> None:
    known = baseline_of(report(before))
    result = compare(report(now), known, by_count=by_count)
    assert sum(result.left.values()) == sum(known.values()) - result.gone
    assert result.gone >= 0
    again = compare(report(now), result.left, by_count=by_count)
    assert again.gone == 0
    assert len(again.report.findings) == len(result.report.findings)


@given(found, found)
def test_without_counts_it_is_the_difference_by_fingerprint(before: tuple[Finding, ...], now: tuple[Finding, ...]) -> None:
    def prints(of: tuple[Finding, ...]) -> Counter[tuple[str, str]]:
        return Counter((f.rule, f.fingerprint) for f in of)

    result = compare(report(now), baseline_of(report(before))).report
    assert prints(result.findings) == prints(now) - prints(before)


def test_one_follows_its_file_to_another_name() -> None:
    moved = replace(finding("check-in", "a", "old.txt"), path="new.txt")
    assert compare(report((moved,), ("new.txt",)), baseline_of(report((finding("check-in", "a", "old.txt"),)))).report.findings == ()


def test_by_count_other_words_are_known_while_there_are_no_more_of_them() -> None:
    known = baseline_of(report((finding("check-in", "a", "a.docx"),)))
    other, another = finding("check-in", "b", "a.docx"), finding("check-in", "c", "a.docx")
    assert compare(report((other,)), known, by_count=True).report.findings == ()
    assert compare(report((other,)), known).report.findings == (other,)
    assert compare(report((other, another)), known, by_count=True).report.findings == (other, another)


def test_entries_of_files_not_looked_at_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.txt").touch()
    known = baseline_of(report((finding("check-in", "a", "there.txt"), finding("check-in", "b", "gone.txt")), ()))
    result = compare(report((), ("a.docx",)), known)
    assert ([entry[0] for entry in result.left], result.gone) == (["there.txt"], 1)
    assert [notice.id for notice in result.with_notice().notices] == ["baseline-outdated"]


@pytest.mark.parametrize("rule", ["unreadable-file", "syntax-error", "nothing-recognised", "waiver-expired"])
def test_what_was_not_looked_at_is_never_put_up_with(rule: str) -> None:
    told = Finding(rule, "reading", "error", "…", "a.docx", fingerprint="a")
    assert baseline_of(report((told,))) == {}
    assert compare(report((told,)), {("a.docx", rule, "", "a"): 1}, by_count=True).report.findings == (told,)


@given(found)
def test_the_file_says_what_it_was_made_of(before: tuple[Finding, ...]) -> None:
    text = baseline_text(baseline_of(report(before)))
    entries = json.loads(text)["known"]
    assert [text.count(json.dumps(entry, ensure_ascii=False)) for entry in entries] == [1] * len(entries)
    assert sum(entry["count"] for entry in entries) == len(before)


def test_it_is_read_back(tmp_path: Path) -> None:
    known = baseline_of(report((finding("check-in", "a", "乡镇/b.txt"), finding("check-in", "a", "乡镇/b.txt"))))
    file = tmp_path / "known.json"
    file.write_text(baseline_text(known), encoding="utf-8")
    assert read_baseline(file) == known


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "不是存量清单文件"),
        ("[]", "不是存量清单文件"),
        ('{"version": 1, "known": [{"path": 1}]}', "不是存量清单文件"),
        ('{"version": 1, "known": [{"path": "a", "rule": "b", "indicator": "", "fingerprint": "c", "count": -1}]}', "不是存量清单文件"),
        ('{"version": 9, "known": []}', "存量清单是第 9 版"),
        ("[" * 100_000, "不是存量清单文件"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "known.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RunError) as raised:
        read_baseline(file)
    assert raised.value.text().startswith(f"{file}：{said}")
