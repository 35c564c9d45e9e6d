"""`rules`, `explain` and `schema`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from assesslint.text.resources import resource
from tests.cli.conftest import Run


def test_rules_are_listed(run: Run) -> None:
    result = run("rules")
    assert result.exit_code == 0
    assert "adoption     download-quota " in result.output
    assert "Download and install quota" in run("rules", "--lang", "en").output


def test_a_page_is_explained_in_either_language(run: Run) -> None:
    zh, en = run("explain", "download-quota").output, run("explain", "download-quota", "--lang", "en").output
    assert zh.startswith("# 下载安装指标\n")
    assert "## 为什么" in zh
    assert "### Why" not in zh
    assert en.startswith("# Download and install quota\n")
    assert "### Why" in en
    assert "## 为什么" not in en
    assert "rule download-quota {" in zh
    assert "rule download-quota {" in en


def test_a_finding_without_rule_is_explained(run: Run) -> None:
    assert run("explain", "unreadable-file").output == "# 文件不能读取\n\nunreadable-file：不是规则，不能忽略或豁免\n"


def test_an_unknown_rule_gets_a_suggestion(run: Run) -> None:
    result = run("explain", "download-qota")
    assert (result.exit_code, result.stderr) == (2, "没有规则“download-qota”，是不是要写 download-quota？\n")


def test_a_trace_shows_words_facts_and_rules(run: Run) -> None:
    result = run("explain", "--trace", "draft.assess")
    assert result.exit_code == 0
    (line,) = [line for line in result.output.splitlines() if line.endswith("→ download-quota")]
    assert line.startswith("  “激活率达到50%” [scoring] → Demand ")
    assert "action=激活" in line


def test_a_trace_shows_what_a_scheme_declares_beside_its_indicators(run: Run, tmp_path: Path) -> None:
    declared = '数据 "人口台账" { 频次: 每日  填报: 村社区 }  检查 "督查" { 频次: 每月 }'
    (tmp_path / "declared.assess").write_text(f'方案 "考核" {{ {declared}  指标 "甲" 1分 {{ 评分: "打卡" }} }}', encoding="utf-8")
    result = run("explain", "--trace", str(tmp_path / "declared.assess"))
    assert result.exit_code == 0
    assert "\n人口台账\n" in result.output and "Reporting" in result.output


@pytest.mark.parametrize("words", [(), ("check-in", "--trace", "draft.assess")])
def test_explain_wants_one_thing(run: Run, words: tuple[str, ...]) -> None:
    result = run("explain", *words)
    assert result.exit_code == 2
    assert "写一个规则名，或用 --trace 给一个草案" in result.stderr


@pytest.mark.parametrize("name", ["scheme", "report", "config", "attestation"])
def test_schemas_are_schemas(run: Run, name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", name).stdout))


def test_a_folder_of_rules_is_checked(run: Run, folder: Path) -> None:
    page = folder / "rules" / "adoption" / "broken.md"
    page.parent.mkdir(parents=True)
    page.write_text("# 坏规则\n\n```rule\nrule broken {\n  statu: stable\n}\n```\n", encoding="utf-8")
    result = run("rules", "check", "rules")
    assert result.exit_code == 1
    assert (
        """\
adoption/broken.md:5:3  错误  rule-page
  不认识的条目“statu”，是不是要写 status？
  5 │   statu: stable
    │   ^^^^^
"""
        in result.output
    )
    assert "核对了 1 个文件、0 条规则：错误 " in result.output
    assert "Checked 1 files, 0 rules: " in run("rules", "check", "rules", "--lang", "en").output
    assert run("rules", "check", "none").exit_code == 2


def test_what_is_wrong_with_rules_fits_the_schema_of_reports(run: Run, folder: Path) -> None:
    shutil.copytree(resource("rules") / "adoption", folder / "rules" / "adoption")
    page = folder / "rules" / "adoption" / "download-quota.md"
    page.write_text(page.read_text(encoding="utf-8").replace("装了多少", "装了\u200b多少"), encoding="utf-8")
    result = run("rules", "check", "rules", "--format", "json", "--as-of", "2026-11-23")
    report = json.loads(result.stdout)
    jsonschema.validate(report, json.loads(run("schema", "report").stdout))
    [finding] = report["findings"]
    assert (result.exit_code, finding["rule"], finding["path"]) == (1, "hidden-character", "rules/adoption/download-quota.md")
    start = page.read_text(encoding="utf-8").index("\u200b")
    [edit] = finding["fix"]["edits"]
    assert finding["fix"]["safe"]
    assert (edit["start"], edit["end"], edit["text"]) == (start, start + 1, "")
    assert edit["location"] == finding["location"]
    assert report["rule_titles"] == {"hidden-character": "看不见的字符"}


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1)])
def test_the_level_that_fails_can_be_set(run: Run, folder: Path, level: str, code: int) -> None:
    shutil.copytree(resource("rules") / "adoption", folder / "rules" / "adoption")
    (folder / "rules" / "stray.md").write_text("```rule\nrule stray {\n", encoding="utf-8")
    assert run("rules", "check", "rules", "--fail-on", level).exit_code == code


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "object 没有“ap”这个值，是不是要写 app？"), ("en", "object knows no ap; did you mean app?")]
)
def test_faulty_words_of_a_pack_stop_the_run_with_their_place(run: Run, folder: Path, lang: str, told: str) -> None:
    (folder / "own" / "lexicon").mkdir(parents=True)
    (folder / "own" / "pack.toml").write_text('id = "own"\nversion = "1"\nextends = "central"\n', encoding="utf-8")
    (folder / "own" / "lexicon" / "own.toml").write_text('[[meaning]]\nis = "object.ap"\nwords = "清河通"\n', encoding="utf-8")
    result = run("check", "draft.assess", "--rules", "own", "--lang", lang)
    assert result.exit_code == 2
    assert f"own/lexicon/own.toml:2:6: {told}" in result.stderr.replace("\\", "/")


def test_rules_that_do_not_load_stop_the_run(run: Run, folder: Path) -> None:
    (folder / "rules" / "adoption").mkdir(parents=True)
    result = run("check", "draft.assess", "--rules", "rules")
    assert result.exit_code == 2
    assert "没有找到规则" in result.stderr
