"""The life of a waiver: used, about to expire, expired, lapsed when the text changes, unused, refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assesslint.findings.model import Finding, Waived
from assesslint.linter.errors import RunError
from assesslint.linter.waivers import Decision, Waiver, decide, read_waivers

DAY = date(2026, 11, 23)
RULES = {"check-in", "dual-track"}
FINDING = Finding("check-in", "evidence", "error", "要求打卡", "a.txt", scheme="细则", indicator="在岗", subject="aaaa")
WAIVER = Waiver("check-in", "aaaa", "试点", "督查室", date(2027, 6, 30), "细则", "在岗")


def settle(findings: Sequence[Finding], waivers: Sequence[Waiver], **changed: object) -> Decision:
    terms = {"judged_on": DAY, "never_waivable": {"download-quota"}, "judged_by": {"check-in"}, "schemes": {"细则"}}
    return decide(findings, waivers, **{**terms, **changed})  # type: ignore[arg-type]


def about(decision: Decision) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity, f.message) for f in decision.about_waivers]


def test_a_waiver_excuses_its_finding() -> None:
    other = Finding("check-in", "evidence", "error", "要求打卡", "a.txt", subject="bbbb")
    assert settle([FINDING, other], [WAIVER]) == Decision((other,), (Waived(FINDING, "试点", "督查室", date(2027, 6, 30)),), ())


def test_it_holds_on_its_last_day_and_is_said_to_expire_soon() -> None:
    decision = settle([FINDING], [WAIVER], judged_on=date(2027, 6, 30))
    assert (decision.standing, len(decision.waived)) == ((), 1)
    assert about(decision) == [("waiver-expiring", "advice", "规则 check-in 对“在岗”的豁免将于 2027-06-30 到期")]


def test_the_finding_stands_again_when_it_has_expired() -> None:
    decision = settle([FINDING], [WAIVER], judged_on=date(2027, 7, 1))
    assert (decision.standing, decision.waived) == ((FINDING,), ())
    assert about(decision) == [("waiver-expired", "warning", "规则 check-in 对“在岗”的豁免已于 2027-06-30 到期")]


def test_it_lapses_when_the_text_changes() -> None:
    changed = Finding("check-in", "evidence", "error", "要求打卡", "a.txt", scheme="细则", indicator="在岗", subject="cccc")
    decision = settle([changed], [WAIVER])
    assert (decision.standing, decision.waived) == ((changed,), ())
    assert about(decision) == [("waiver-lapsed", "warning", "“在岗”的文字在批准豁免后改过，规则 check-in 的豁免已失效，须重新批准")]


def test_one_that_excuses_nothing_is_unused() -> None:
    assert about(settle([], [WAIVER])) == [("waiver-unused", "advice", "规则 check-in 对“在岗”的豁免没有用到，可以删去")]


@pytest.mark.parametrize("changed", [{"judged_by": {"follow-quota"}}, {"schemes": {"另一个方案"}}])
def test_nothing_is_said_of_one_that_had_no_chance(changed: dict[str, object]) -> None:
    assert about(settle([], [WAIVER], **changed)) == []


@pytest.mark.parametrize("rule", ["download-quota", "unreadable-file", "syntax-error"])
def test_some_findings_allow_none(rule: str) -> None:
    finding = Finding(rule, "adoption", "error", "…", "a.txt", subject="aaaa")
    decision = settle([finding], [Waiver(rule, "aaaa", "试点", "督查室", date(2027, 6, 30))])
    assert (decision.standing, decision.waived) == ((finding,), ())
    assert about(decision) == [("waiver-refused", "warning", f"规则 {rule} 不许豁免，“aaaa”的豁免不起作用")]


def test_of_two_for_the_same_the_longer_counts() -> None:
    short = Waiver("check-in", "aaaa", "试点", "督查室", date(2026, 1, 1))
    for waivers in ([short, WAIVER], [WAIVER, short]):
        decision = settle([FINDING], waivers)
        assert (decision.waived, decision.about_waivers) == ((Waived(FINDING, "试点", "督查室", date(2027, 6, 30)),), ())


ENTRY = """# 豁免
[[waiver]]
rule = "check-in"
fingerprint = "aaaa"
reason = "试点"
approver = "督查室"
until = 2027-06-30
"""


def test_a_file_of_waivers_gives_their_places(tmp_path: Path) -> None:
    file = tmp_path / "waivers.toml"
    file.write_text(ENTRY + ENTRY.replace("check-in", "dual-track"), encoding="utf-8")
    decision = settle([], read_waivers(file, RULES, {}), judged_by=RULES)
    places = [(f.path, f.location.start.line, f.location.start.column) for f in decision.about_waivers if f.location.start]
    assert places == [(str(file), 4, 16), (str(file), 11, 16)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ENTRY.replace("reason", "reasn"), ":5：没有“waiver[1].reasn”这一项，是不是要写 reason？"),
        (ENTRY.replace('reason = "试点"\n', ""), ":2：缺少 waiver[1].reason"),
        (ENTRY + ENTRY.replace("试点", " "), ":12：waiver[2].reason：不能为空"),
        (ENTRY.replace("2027-06-30", '"明年"'), ":7：waiver[1].until 的值“明年”不合要求，要写成日期，如 2026-01-31"),
        (ENTRY + ENTRY.replace("check-in", "chek-in"), ":10: 没有规则“chek-in”，是不是要写 check-in？"),
    ],
)
def test_a_faulty_entry_is_explained(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "waivers.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RunError) as raised:
        read_waivers(file, RULES, {})
    assert raised.value.text().startswith(f"{file}{message}")
