"""A rule from preview to removal: when it judges, what a report says of it, and what becomes of those who name it after it is gone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from assesslint.cli.main import main
from assesslint.findings.model import Report
from assesslint.linter.check import check
from assesslint.linter.errors import RunError
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import load_rulebook
from assesslint.reports.site.build import build_site

ROOT = Path(__file__).parent.parent.parent
DAY = date(2026, 11, 23)
DRAFT = """方案 "细则" { 发布单位: "县大数据局"
  指标 "推广" 10分 { 评分: "“干部之家”APP激活率达到50%得满分" }
  指标 "关注" 5分 { 评分: "关注“清河发布”公众号，关注率达到80%得满分" }
}
"""
PACK = 'id = "sample"\nversion = "2"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a draft, and the pack `own` of two rules, download-quota and follow-quota."""
    monkeypatch.chdir(tmp_path)
    Path("draft.assess").write_text(DRAFT, encoding="utf-8")
    Path("own/adoption").mkdir(parents=True)
    for rule in ("download-quota", "follow-quota"):
        shutil.copy(ROOT / "rules" / "adoption" / f"{rule}.md", "own/adoption")
    return tmp_path


def status(rule: str, clauses: str) -> None:
    page = Path(f"own/adoption/{rule}.md")
    page.write_text(page.read_text(encoding="utf-8").replace("status: stable", clauses), encoding="utf-8")


def run(**more: object) -> Report:
    return check(["draft.assess"], as_of=DAY, rules="own", **more)  # type: ignore[arg-type]


def found(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


def test_a_rule_in_preview_judges_only_when_asked_for(folder: Path) -> None:
    status("follow-quota", "status: preview")
    usual = run()
    assert found(usual) == {"download-quota"} and usual.counts.rules_selected == 1
    asked = run(preview=True)
    assert found(asked) == {"download-quota", "follow-quota"}
    assert "采用试行规则 follow-quota" in asked.in_force and not any("试行" in said for said in usual.in_force)


def test_preview_can_be_asked_for_in_the_configuration_and_on_the_command_line(folder: Path) -> None:
    status("follow-quota", "status: preview")
    Path("assesslint.toml").write_text('rules = "own"\npreview = true\n', encoding="utf-8")
    assert "follow-quota" in found(check(["draft.assess"], as_of=DAY))
    Path("assesslint.toml").unlink()
    words = ["check", "draft.assess", "--rules", "own", "--lang", "en"]
    assert "follow-quota" not in CliRunner().invoke(main, words).output
    assert "Rules in preview are used: follow-quota" in CliRunner().invoke(main, [*words, "--preview"]).output


@pytest.mark.parametrize("named", ["follow-quota", "mine"])
def test_to_select_nothing_but_preview_is_refused_without_it(folder: Path, named: str) -> None:
    status("follow-quota", "status: preview")
    Path("own/mine").mkdir()
    shutil.move("own/adoption/follow-quota.md", "own/mine")
    with pytest.raises(RunError, match=f"“{named}”还在试行，要用请加 --preview"):
        run(select=[named])
    assert found(run(select=[named], preview=True)) == {"follow-quota"}


def test_the_examples_of_a_rule_in_preview_run_all_the_same(folder: Path) -> None:
    status("follow-quota", "status: preview")
    page = Path("own/adoption/follow-quota.md")
    page.write_text(
        page.read_text(encoding="utf-8").replace("## 不应指出", '## 不应指出\n\n```scheme\n评分: "公众号关注率达到80%得满分"\n```\n'),
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["rules", "check", "own"])
    assert result.exit_code == 1 and "不应指出而指出：follow-quota" in result.output


def test_a_deprecated_rule_judges_and_says_what_replaces_it(folder: Path) -> None:
    status("follow-quota", "status: deprecated\n  replaced by: download-quota")
    report = run()
    assert found(report) == {"download-quota", "follow-quota"}
    assert "规则 follow-quota 将停用，由 download-quota 替代" in report.in_force
    assert not any("将停用" in said for said in run(ignore=["follow-quota"]).in_force)
    [line] = [line for line in CliRunner().invoke(main, ["rules", "--rules", "own"]).output.splitlines() if "follow-quota" in line]
    assert line.endswith("关注订阅指标  将停用")


def test_a_deprecated_rule_may_have_nothing_in_its_place(folder: Path) -> None:
    status("follow-quota", "status: deprecated")
    assert "The rule follow-quota is deprecated, with nothing in its place" in run(lang="en").in_force


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ("status: stable\n  replaced by: download-quota", "只有将停用的规则（status: deprecated）才写 replaced by"),
        ("status: deprecated\n  replaced by: follow-quota", "规则不能由自己替代"),
        ("status: deprecated\n  replaced by: download-qouta", "“download-qouta”没有，是不是要写 download-quota？"),
        ("status: deprecated\n  replaced by: a\n  replaced by: b", "replaced by 只写一次"),
        ("status: deprecated\n  replaced: download-quota", "by"),
    ],
)  # fmt: skip
def test_a_faulty_replacement_is_told_with_its_place(folder: Path, clauses: str, told: str) -> None:
    status("follow-quota", clauses)
    with pytest.raises(RulebookError) as caught:
        load_rulebook(Path("own"))
    [problem, *_] = caught.value.problems
    lines = Path("own/adoption/follow-quota.md").read_text(encoding="utf-8").splitlines()
    assert told in problem.zh and problem.path == "adoption/follow-quota.md" and "repla" in lines[problem.line - 1]


# ── removed ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def remove(table: str) -> None:
    Path("own/pack.toml").write_text(f"{PACK}[removed]\n{table}\n", encoding="utf-8")


def notices(report: Report) -> list[tuple[str, str, str]]:
    return [(n.path, n.location.shown("zh"), n.message) for n in report.notices if n.id == "removed-rule"]


GONE = "规则“install-quota”已取消，改用替代它的 download-quota，请改写"


def test_who_names_a_removed_rule_gets_the_one_used_instead(folder: Path) -> None:
    remove('install-quota = "download-quota"')
    selected = run(select=["install-quota"])
    assert found(selected) == {"download-quota"} and notices(selected) == [("", "", GONE)]
    assert found(run(ignore=["install-quota"])) == {"follow-quota"}
    assert [f.severity for f in run(severity={"install-quota": "advice"}, select=["download-quota"]).findings] == ["advice"]
    assert notices(run()) == []


def test_the_new_name_counts_where_both_are_given_a_level(folder: Path) -> None:
    remove('install-quota = "download-quota"')
    report = run(severity={"download-quota": "warning", "install-quota": "advice"}, select=["install-quota"])
    assert [f.severity for f in report.findings] == ["warning"] and len(notices(report)) == 1


def test_a_configuration_that_names_a_removed_rule_is_told_its_line(folder: Path) -> None:
    remove('install-quota = "download-quota"')
    Path("assesslint.toml").write_text('rules = "own"\nignore = [\n  "install-quota",\n]\n', encoding="utf-8")
    report = check(["draft.assess"], as_of=DAY)
    assert found(report) == {"follow-quota"} and notices(report) == [("assesslint.toml", ":3:1", GONE)]


def test_a_waiver_of_a_removed_rule_holds_for_the_one_used_instead(folder: Path) -> None:
    status("download-quota", "status: stable")
    page = Path("own/adoption/download-quota.md")
    page.write_text(page.read_text(encoding="utf-8").replace("waivable: never", "waivable: with_reason"), encoding="utf-8")
    remove('install-quota = "download-quota"')
    [objection] = run(select=["download-quota"]).findings
    entry = (
        f'\n[[waiver]]\nrule = "install-quota"\nfingerprint = "{objection.subject}"\nreason = "试点"\napprover = "办"\nuntil = 2099-01-01\n'
    )
    Path("waivers.toml").write_text(entry, encoding="utf-8")
    Path("assesslint.toml").write_text('rules = "own"\nwaivers = "waivers.toml"\n', encoding="utf-8")
    report = check(["draft.assess"], as_of=DAY)
    assert [waived.finding.rule for waived in report.waived] == ["download-quota"] and found(report) == {"follow-quota"}
    assert [(place, said) for _, place, said in notices(report)] == [(":3:9", GONE)]


def test_a_chain_of_removed_rules_is_followed_to_its_end(folder: Path) -> None:
    remove('first = "second"\nsecond = "third"\nthird = "follow-quota"')
    assert load_rulebook(Path("own")).removed == dict.fromkeys(("first", "second", "third"), "follow-quota")


def test_a_bound_of_a_removed_rule_is_not_that_of_another(folder: Path) -> None:
    remove('install-quota = "download-quota"')
    Path("assesslint.toml").write_text('rules = "own"\n[parameters.install-quota]\nmost = 3\n', encoding="utf-8")
    with pytest.raises(RunError, match="规则“install-quota”已取消，由 download-quota 替代"):
        check(["draft.assess"], as_of=DAY)


def test_explain_answers_for_a_removed_rule(folder: Path) -> None:
    remove('install-quota = "download-quota"')
    result = CliRunner().invoke(main, ["explain", "install-quota", "--rules", "own"])
    assert result.exit_code == 0 and GONE in result.stderr and "# 下载安装指标" in result.stdout


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('follow-quota = "download-quota"', "“follow-quota”还是一条规则"),
        ('old = "download-qouta"', "“download-qouta”没有，是不是要写 download-quota？"),
        ('a = "b"\nb = "a"', "没有"),
        ("old = 3", "removed 写作"),
        ('old = "../x"', "removed 写作"),
        ('"../../x" = "download-quota"', "removed 写作"),
    ],
)
def test_a_faulty_list_of_removed_rules_does_not_load(folder: Path, table: str, told: str) -> None:
    remove(table)
    with pytest.raises(RulebookError) as caught:
        load_rulebook(Path("own"))
    assert all(told in problem.zh and problem.path == "pack.toml" for problem in caught.value.problems)


def test_the_site_tells_the_life_of_each_rule(folder: Path) -> None:
    status("follow-quota", "status: deprecated\n  replaced by: download-quota")
    remove('install-quota = "download-quota"')
    site = build_site(load_rulebook(Path("own")), DAY)
    assert '替代它的规则：<a href="download-quota.html">下载安装指标</a>' in site["rules/follow-quota.html"].decode("utf-8")
    assert '替代它的规则：<a href="download-quota.html">下载安装指标</a>' in site["rules/install-quota.html"].decode("utf-8")
    assert '<a href="rules/install-quota.html">' in site["index.html"].decode("utf-8")
