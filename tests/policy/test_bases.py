"""Norms that are repealed, too weak, silent for a time or cited by nobody are told; those that stand are left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.findings.problems import Problem
from assesslint.policy.bases import BINDING, LEVELS, check_bases, gaps
from assesslint.policy.pack import read_pack
from assesslint.policy.rulebook import read_own_rules
from tests.policy.pages import page_of, rule_of

DAY = date(2026, 11, 23)


def norm(name: str, level: str = "law", rest: str = "", clause: str = "", since: str = "2020-01-01") -> dict[str, str]:
    text = f'id = "{name}"\nlevel = "{level}"\nin_force = {since}\n{rest}\n'
    return {f"norms/{name}.toml": f'{text}[clauses.a]\nconfidence = "sure"\nzh = "不得"\ncite_as = "《{name}》第1条"\n{clause}\n'}


def case(*basis: str, severity: str = "error", when: str = "") -> str:
    return f"case {{ {when} severity: {severity} basis: {', '.join(basis)} }}\n"


def found(folder: Path, files: dict[str, str], cases: str, day: date = DAY) -> list[Problem]:
    """Return what is wrong with the bases of a pack of one rule."""
    pages = {"samples/sample.md": page_of(rule_of("for demand in indicator.demands", case=cases))}
    for name, text in {**files, **pages}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    pack, _ = read_pack(folder)
    own = read_own_rules(folder, pack)
    assert own.problems == (), own.problems
    return list(check_bases(own, pack, day))


def said(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [(p.kind, p.severity, p.source.text[p.span.start : p.span.end] if p.source and p.span else "") for p in problems]


@pytest.mark.parametrize(
    ("repealed", "told"),
    [
        ("2026-11-23", [("norm-stale", "warning", "OLD.a")]),
        ("2026-11-24", [("norm-stale", "advice", "OLD.a")]),
    ],
)
def test_a_repealed_norm_is_stale_from_its_day_on(tmp_path: Path, repealed: str, told: list[tuple[str, str, str]]) -> None:
    files = norm("OLD", rest=f"repealed = {repealed}") | norm("NEW", since="2022-01-01")
    assert said(found(tmp_path, files, case("OLD.a", "NEW.a"))) == told


@pytest.mark.parametrize(("since", "told"), [("2026-11-24", [("norm-stale", "advice", "NEW.a")]), ("2026-11-23", [])])
def test_a_norm_that_is_not_yet_in_force_is_told(tmp_path: Path, since: str, told: list[tuple[str, str, str]]) -> None:
    assert said(found(tmp_path, norm("OLD") | norm("NEW", since=since), case("OLD.a", "NEW.a"))) == told


@pytest.mark.parametrize(
    ("until", "since", "told"),
    [
        ("2022-01-01", "2022-01-02", "2022-01-01 至 2022-01-02（不含），这个 case 没有有效的依据"),
        ("2022-01-01", "2022-01-01", ""),
        ("2022-01-01", "2021-06-01", ""),
        ("2022-01-01", "2027-01-01", "2022-01-01 至 2027-01-01（不含），这个 case 没有有效的依据"),
    ],
)
def test_days_without_a_norm_in_force_are_told(tmp_path: Path, until: str, since: str, told: str) -> None:
    files = norm("OLD", rest=f"repealed = {until}") | norm("NEW", since=since)
    silent = [p for p in found(tmp_path, files, case("OLD.a", "NEW.a")) if p.kind == "rule-silent"]
    assert [p.zh.split("，不指出")[0] for p in silent] == ([told] if told else [])
    assert all(p.severity == ("warning" if since > "2026" else "advice") for p in silent)


def test_a_case_whose_norms_are_all_gone_is_silent_for_good(tmp_path: Path) -> None:
    problems = found(tmp_path, norm("OLD", rest="repealed = 2025-03-01"), case("OLD.a"))
    [silent] = [p for p in problems if p.kind == "rule-silent"]
    assert (silent.severity, silent.en) == (
        "warning",
        "from 2025-03-01 on none of the norms of this case is in force, and it finds nothing: cite one that is",
    )


@pytest.mark.parametrize(("in_force", "told"), [("2019-06-01", ["rule-silent"]), ("2020-01-01", []), ("2021-01-01", [])])
def test_a_rule_lives_from_the_day_its_pack_takes_effect(tmp_path: Path, in_force: str, told: list[str]) -> None:
    files = {"pack.toml": f'id = "x"\nversion = "1"\nin_force = {in_force}\n'} | norm("OLD")
    assert [p.kind for p in found(tmp_path, files, case("OLD.a"))] == told


@pytest.mark.parametrize("level", LEVELS)
def test_only_a_binding_norm_carries_an_error(tmp_path: Path, level: str) -> None:
    weak = [] if level in BINDING else [("norm-severity", "error", "error")]
    assert said(found(tmp_path, norm("X", level), case("X.a"))) == weak
    assert said(found(tmp_path, norm("X", level), case("X.a", severity="warning"))) == []
    assert said(found(tmp_path, norm("X", level) | norm("Y"), case("X.a", "Y.a"))) == []


def test_a_local_norm_carries_an_error_in_the_pack_of_its_place(tmp_path: Path) -> None:
    files = {"pack.toml": 'id = "x"\nversion = "1"\nextends = "central"\n'} | norm("X", "local")
    assert found(tmp_path, files, case("X.a")) == []
    assert said(found(tmp_path, files | norm("X", "local-practice"), case("X.a"))) == [("norm-severity", "error", "error")]


@pytest.mark.parametrize(("severity", "told"), [("error", ["norm-severity"]), ("warning", []), ("advice", [])])
def test_without_a_norm_there_is_no_error(tmp_path: Path, severity: str, told: list[str]) -> None:
    problems = found(tmp_path, {}, f'case {{ severity: {severity} basis: none "试" }}\n')
    assert [p.kind for p in problems] == told


@pytest.mark.parametrize(("level", "zh"), [("", "缺少 level"), ("laww", "没有“laww”这种效力，是不是要写 law？")])
def test_a_level_nobody_knows_is_told(tmp_path: Path, level: str, zh: str) -> None:
    problems = found(tmp_path, norm("X", level), case("X.a", severity="warning"))
    assert [(p.kind, p.severity) for p in problems] == [("norm-level", "warning")]
    assert problems[0].zh.startswith(zh)


OTHERWISE = "when indicator.points > 5"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (case("OLD.a"), case("NEW.a"), "前面有一个 case 在同样的条件下总是先成立"),
        (case("OLD.a", when=OTHERWISE), case("NEW.a", when=OTHERWISE), "前面有一个 case 在同样的条件下总是先成立"),
        (case("OLD.a", when=OTHERWISE), case("NEW.a"), ""),
        (case("GONE.a"), case("NEW.a"), ""),
        (case("NEW.a"), case("OLD.a"), "自 2022-01-01 起，前面条件相同的 case 同时有效"),
        (case("GONE.a"), case("OLD.a"), "自 2020-01-01 至 2022-01-01，前面条件相同的 case 同时有效"),
    ],
)
def test_a_case_that_an_earlier_one_covers_is_told(tmp_path: Path, first: str, second: str, told: str) -> None:
    files = norm("OLD") | norm("NEW", since="2022-01-01") | norm("GONE", rest="repealed = 2022-01-01")
    covered = [p.zh for p in found(tmp_path, files, first + second) if p.kind == "case-covered"]
    assert [zh[: len(told)] for zh in covered] == ([told] if told else [])


@pytest.mark.parametrize(
    ("rest", "clause", "basis", "told"),
    [
        ("", "", "Y.a", [("norm-uncovered", "notice", "[clauses.a]")]),
        ("", 'uncovered = "草案里看不出来"', "Y.a", []),
        ('uncovered = "地方规定"', "", "Y.a", []),
        ("", "", "X.a", []),
        ("", 'uncovered = "草案里看不出来"', "X.a", [("norm-uncovered", "advice", "uncovered")]),
    ],
)
def test_a_clause_that_no_rule_cites_is_a_notice_unless_it_says_why(
    tmp_path: Path, rest: str, clause: str, basis: str, told: list[tuple[str, str, str]]
) -> None:
    files = norm("X", rest=rest, clause=clause) | norm("Y", clause='uncovered = "试"' if basis == "X.a" else "")
    assert said(found(tmp_path, files, case(basis))) == told


def test_a_clause_that_cannot_be_cited_needs_no_rule(tmp_path: Path) -> None:
    files = norm("X")
    files["norms/X.toml"] += '[clauses.b]\nconfidence = "sure"\nzh = "背景"\n'
    assert found(tmp_path, files, case("X.a")) == []


DAYS = st.dates(date(2020, 1, 1), date(2020, 2, 1))


@given(st.lists(st.tuples(DAYS, st.none() | DAYS)), DAYS)
def test_gaps_are_the_days_in_none_of_the_times(times: list[tuple[date, date | None]], life: date) -> None:
    times = [(since, until) for since, until in times if until is None or since < until]
    found = list(gaps(times, life))
    for number in range(life.toordinal(), date(2020, 2, 5).toordinal()):
        day = date.fromordinal(number)
        inside = any(since <= day and (until is None or day < until) for since, until in times)
        assert inside != any(since <= day and (until is None or day < until) for since, until in found)
