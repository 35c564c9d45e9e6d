"""A rule's examples hold it: what they fail to show is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assesslint.policy.cases import read_cases
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.proof.tested import RuleTest, try_rules
from assesslint.proof.trials import read_facts
from tests.policy.pages import page_of

DAY = date(2026, 11, 23)
RULE = """rule sample {
  title en: "Sample"
  status: stable
  waivable: never
  applies to: indicator
  parameter least: number = 50, stricter: smaller
  for demand in indicator.demands
  when demand.action in adoption and demand.target.value >= least
  unless demand.circumstance is emergency
  case { severity: error  basis: none "试" }
  at demand.words
  message zh: "中"
  message en: "en"
  advise zh: "改"
  advise en: "do"
}
"""
HEAD = "度量,情形,期望,说明\n"
QUOTA = '"{激活率(""甲"") >= %s%%}",%s,%s,\n'
FINDING = '"error “激活率(""甲"") >= %s%%”"'
HOLDING = (QUOTA % (50, "", FINDING % 50), QUOTA % (49, "", ""), QUOTA % (60, "{应急}", ""), '"{登录率(""甲"") >= 60%}",,,\n')
"""Rows that hold the rule: at its bound, just beyond, excused, and of another action."""


def rulebook(folder: Path, *rows: str, rule: str = RULE) -> Rulebook:
    """Return a folder of one rule whose examples are the rows of its table."""
    (folder / "adoption").mkdir(parents=True)
    page = page_of(rule)
    page = page.replace('评分: "坏"', '度量: 激活率("甲") >= 60%').replace("“坏”", '“激活率("甲") >= 60%”')
    (folder / "adoption" / "sample.md").write_text(page, encoding="utf-8")
    (folder / "adoption" / "sample.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return load_rulebook(folder, cached=False)


def tried(folder: Path, *rows: str, rule: str = RULE) -> RuleTest:
    [result] = try_rules(rulebook(folder, *rows, rule=rule), DAY)
    return result


def test_what_no_example_shows_is_told(tmp_path: Path) -> None:
    result = tried(tmp_path)
    assert not result.failures
    uncovered = [problem.en for problem in result.uncovered]
    assert "no example makes “demand.circumstance is emergency” true" in uncovered
    survivors = [problem.en for problem in result.survivors]
    assert "“demand.target.value >= least” >= becomes >: no example notices" in survivors
    assert "the parameter is least = 51: no example notices" in survivors


def test_one_row_for_each_side_of_each_condition_holds_a_rule(tmp_path: Path) -> None:
    result = tried(tmp_path, *HOLDING)
    assert not result.failures
    assert not result.uncovered
    assert [problem.zh for problem in result.survivors] == []
    assert result.killed == result.mutants > 10


def test_a_row_that_comes_out_otherwise_fails_at_its_line(tmp_path: Path) -> None:
    result = tried(tmp_path, QUOTA % (60, "", ""))
    [failure] = result.failures
    assert (failure.path, failure.line) == ("adoption/sample.csv", 2)
    assert "found, though not expected" in failure.en


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("评份,期望\n甲,\n", 1, "没有列“评份”，是不是要写 评分？"),
        ("评分\n甲\n", 1, "缺少列“期望”"),
        ("评分,期望\n甲,坏\n", 2, "“坏”应写作 error “原文”"),
        ("评分,期望\n甲,,多\n", 2, "这一行的格数多于列数"),
        ("种类,期望\n条目,\n", 2, "没有种类“条目”，是不是要写 条款？"),
        ('评分,期望\n"甲\n', 2, "不是完整的 CSV 表"),
    ],
)
def test_a_faulty_table_is_told_with_its_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    file = tmp_path / "sample.csv"
    file.write_text(text, encoding="utf-8")
    _, problems = read_cases(file, "sample.csv", "sample")
    assert any(problem.line == line and told in problem.zh for problem in problems)


def test_a_faulty_table_stops_the_test(tmp_path: Path) -> None:
    known = rulebook(tmp_path)
    (tmp_path / "adoption" / "sample.csv").write_text("评份,期望\n", encoding="utf-8")
    with pytest.raises(RulebookError, match="没有列"):
        try_rules(known, DAY)


def test_a_rule_of_a_thousand_places_is_refused(tmp_path: Path) -> None:
    long = " or ".join(["demand.action in adoption"] * 501)
    known = rulebook(tmp_path, rule=RULE.replace("when demand.action in adoption and", f"when ({long}) and"))
    with pytest.raises(RulebookError, match="拆成几条规则"):
        try_rules(known, DAY)


CASES = RULE.replace(
    '  case { severity: error  basis: none "试" }\n',
    '  case { when demand.action is install  severity: error  basis: none "试"  message zh: "安装了"  message en: "installed" }\n'
    '  case { severity: error  basis: none "试" }\n',
)


def test_cases_that_differ_in_their_message_are_held_by_examples_that_quote_it(tmp_path: Path) -> None:
    row = '"{{安装率(""甲"") >= 60%}}",,"error “安装率(""甲"") >= 60%”{}",\n'
    silent, speaking = ([*HOLDING, row.format(said)] for said in ("", " 提示：安装了"))
    altered = "“demand.action is install” always false: no example notices"
    assert altered in {problem.en for problem in tried(tmp_path / "silent", *silent, rule=CASES).survivors}
    assert altered not in {problem.en for problem in tried(tmp_path / "speaking", *speaking, rule=CASES).survivors}


def test_what_changes_nothing_is_listed_apart_and_does_not_count(tmp_path: Path) -> None:
    pytest.importorskip("z3", reason="the extra [proof] is not installed")
    plain = tried(tmp_path / "plain", *HOLDING)
    doubled = tried(tmp_path / "doubled", *HOLDING, rule=RULE.replace("when demand", "when demand.target is known and demand"))
    assert not plain.equivalent and not plain.survivors
    assert {problem.en for problem in doubled.equivalent} == {"“demand.target is known” always true"}
    assert not doubled.survivors
    assert doubled.mutants == doubled.killed == plain.mutants + 1


@pytest.mark.parametrize("kind", ["加分指标", "条款"])
def test_a_row_may_be_of_another_kind_of_indicator(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "sample.csv"
    file.write_text(f"种类,内容,期望\n{kind},甲,\n", encoding="utf-8")
    [example], problems = read_cases(file, "sample.csv", "sample")
    assert not problems
    [scheme] = read_facts("scheme", example.text)
    assert [indicator.kind for indicator in scheme.indicators] == [{"加分指标": "bonus", "条款": "provision"}[kind]]


def test_the_examples_of_a_pack_are_tried_with_its_own_words(tmp_path: Path) -> None:
    prose = "干部之家落户率达到%s%%,%s,%s,\n"
    found = '"error “落户率达到%s%%”"'
    rows = (prose % (50, "", found % 50), prose % (49, "", ""), prose % (60, "{应急}", ""), "干部之家登录率达到60%,,,\n")
    rulebook(tmp_path, *rows, rule=RULE.replace("in adoption", "in [install, activate]"))
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "own.toml").write_text('[[meaning]]\nis = "action.install"\nwords = "落户率"\n', encoding="utf-8")
    (tmp_path / "pack.toml").write_text('id = "own"\nversion = "1"\nextends = "central"\n', encoding="utf-8")
    table = tmp_path / "adoption" / "sample.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("度量", "评分", 1), encoding="utf-8")
    [result] = try_rules(load_rulebook(tmp_path, cached=False), DAY)
    assert [problem.zh for problem in (*result.failures, *result.uncovered, *result.survivors)] == []


def test_a_failing_example_tells_what_the_rule_saw(tmp_path: Path) -> None:
    [failure] = tried(tmp_path, QUOTA % (49, "", FINDING % 49)).failures
    assert failure.zh.endswith("；规则所见：demand.action = 激活; demand.target.value = 49; least = 50")
    assert failure.en.endswith("the rule saw: demand.action = activate; demand.target.value = 49; least = 50")
