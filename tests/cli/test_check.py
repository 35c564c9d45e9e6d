"""`assesslint check`, end to end: what it prints, what it returns, what its options change."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assesslint.cli.check import _progress
from assesslint.policy.rulebook import load_rulebook
from assesslint.reports.json import report_schema
from tests.cli.conftest import DRAFT, Run

QUOTA, CHECK_IN = "download-quota", "check-in"
ONLY = ("--select", f"{QUOTA},{CHECK_IN}", "--as-of", "2026-11-23")


def report(run: Run, *words: str, stdin: bytes | None = None) -> dict[str, Any]:
    """Return the JSON report of a run, valid by its schema."""
    said = json.loads(run("check", "--format", "json", *words, stdin=stdin).stdout)
    jsonschema.validate(said, report_schema())
    return said  # type: ignore[no-any-return]


def fired(said: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f["rule"], f["severity"]) for f in said["findings"]]


def test_findings_are_shown_with_their_place_and_fail_the_run(run: Run) -> None:
    result = run("check", "draft.assess", *ONLY)
    assert result.exit_code == 1
    assert "draft.assess:4:19  错误  download-quota\n" in result.output
    assert "\n    │ " + " " * 24 + "^" * 13 + "\n" in result.output
    assert "检查了 1 个文件、2 项指标：错误 2 处，警告 0 处，建议 0 处。\n" in result.output
    assert "规则：选用 2 条，适用 2 条，有发现 2 条；" in result.output


def test_english_is_english(run: Run) -> None:
    result = run("check", "draft.assess", *ONLY, "--lang", "en")
    assert "Checked 1 files, 2 indicators: 2 errors, 0 warnings, 0 advice.\n" in result.output


def test_json_fits_its_schema_and_says_it_all(run: Run) -> None:
    said = report(run, "draft.assess", *ONLY)
    assert fired(said) == [(QUOTA, "error"), (CHECK_IN, "error")]
    first = said["findings"][0]
    assert (first["path"], first["scheme"], first["indicator"], first["excerpt"]) == (
        "draft.assess",
        "数字政务考核细则",
        "应用推广",
        "激活率达到50%",
    )
    assert first["location"] == {"kind": "text", "start": {"line": 4, "column": 19}, "end": {"line": 4, "column": 27}}
    assert said["rules"] == {"version": load_rulebook().version, "selected": 2, "applicable": 2, "fired": 2}
    [draft] = said["drafts"]
    assert (draft["path"], draft["sha256"]) == ("draft.assess", hashlib.sha256(DRAFT.encode()).hexdigest())
    assert [(i["name"], i["points"], i["subject"]) for i in draft["schemes"][0]["indicators"]] == [
        ("应用推广", 10, said["findings"][0]["subject"]),
        ("在岗情况", 5, said["findings"][1]["subject"]),
    ]
    assert said["summary"]["indicators"] == 2
    assert said["judged_on"] == "2026-11-23"


def test_a_fingerprint_stays_when_lines_move(run: Run, folder: Path) -> None:
    before = report(run, "draft.assess", *ONLY)["findings"]
    (folder / "draft.assess").write_text("\n\n" + DRAFT.replace("每低1", "每低 1"), encoding="utf-8")
    after = report(run, "draft.assess", *ONLY)["findings"]
    assert [f["fingerprint"] for f in after] == [f["fingerprint"] for f in before]
    assert [f["location"]["start"]["line"] for f in after] == [f["location"]["start"]["line"] + 2 for f in before]


def test_the_standard_input_is_read_under_the_name_given(run: Run) -> None:
    said = report(run, "-", "--stdin-filename", "部门/细则.assess", *ONLY, stdin=DRAFT.encode())
    assert [f["path"] for f in said["findings"]] == ["部门/细则.assess"] * 2


def test_rules_are_selected_and_ignored_by_name_and_family(run: Run) -> None:
    assert fired(report(run, "draft.assess", "--select", "evidence,adoption", "--ignore", QUOTA)) == [(CHECK_IN, "error")]
    said = report(run, "draft.assess", *ONLY, "--ignore", CHECK_IN)
    assert (fired(said), said["summary"]["ignored"], said["rules"]["selected"]) == ([(QUOTA, "error")], 1, 1)
    assert "未用规则 check-in" in said["in_force"]


def test_a_lowered_severity_is_said_in_the_report(run: Run) -> None:
    result = run("check", "draft.assess", *ONLY, "--severity", f"{QUOTA}=warning", "--severity", f"{CHECK_IN}=advice")
    assert result.exit_code == 0
    assert "download-quota 的程度由错误降为警告，而此规则不许豁免" in result.output
    assert run("check", "draft.assess", *ONLY, "--severity", f"{QUOTA}=warning", "--fail-on", "warning").exit_code == 1


def test_a_day_before_the_norms_finds_nothing(run: Run) -> None:
    said = report(run, "draft.assess", "--select", QUOTA, "--as-of", "2015-01-01")
    assert (said["judged_on"], fired(said), said["rules"]["applicable"]) == ("2015-01-01", [], 0)


def test_the_configuration_of_the_working_directory_counts(run: Run, folder: Path) -> None:
    (folder / "assesslint.toml").write_text(f'select = ["{CHECK_IN}"]\nas-of = 2026-11-23\nlang = "en"\n', encoding="utf-8")
    said = report(run, "draft.assess")
    assert (fired(said), said["judged_on"], said["lang"]) == ([(CHECK_IN, "error")], "2026-11-23", "en")
    assert fired(report(run, "draft.assess", "--select", QUOTA)) == [(QUOTA, "error")]


def test_a_folder_of_drafts_does_not_say_how_it_is_judged(run: Run, folder: Path) -> None:
    (folder / "assesslint.toml").write_text('ignore = ["download-quota", "check-in"]\n', encoding="utf-8")
    said = report(run, ".", *ONLY)
    assert len(said["findings"]) == 2
    assert any("未采用" in sentence for sentence in said["in_force"])
    assert report(run, ".", *ONLY, "--config", "assesslint.toml")["findings"] == []


def test_a_waiver_excuses_until_the_text_changes(run: Run, folder: Path) -> None:
    finding = report(run, "draft.assess", *ONLY)["findings"][1]
    waiver = f'[[waiver]]\nrule = "check-in"\nfingerprint = "{finding["subject"]}"\nindicator = "在岗情况"\n'
    waiver += 'reason = "试点"\napprover = "县委督查室"\nuntil = 2027-06-30\n'
    (folder / "waivers.toml").write_text(waiver, encoding="utf-8")
    (folder / "assesslint.toml").write_text('waivers = "waivers.toml"\n', encoding="utf-8")
    said = report(run, "draft.assess", *ONLY)
    assert fired(said) == [(QUOTA, "error")]
    assert (said["waived"][0]["finding"], said["waived"][0]["approver"]) == (finding, "县委督查室")
    assert "check-in 县委督查室 批准至 2027-06-30：试点" in run("check", "draft.assess", *ONLY).output

    (folder / "draft.assess").write_text(DRAFT.replace("缺一次扣0.1分", "缺一次扣0.2分"), encoding="utf-8")
    said = report(run, "draft.assess", *ONLY)
    assert fired(said) == [(QUOTA, "error"), (CHECK_IN, "error"), ("waiver-lapsed", "warning")]


def test_the_superior_is_read_from_its_file(run: Run, folder: Path) -> None:
    superior = '方案 "省级细则" { 指标 "应用推广" 10分 { 度量: 激活率("干部之家", 户籍人口) >= 40% } }'
    (folder / "parent.assess").write_text(superior, encoding="utf-8")
    own = '方案 "县级细则" { 上级方案: "省级细则" 指标 "应用推广" 10分 { 度量: 激活率("干部之家", 户籍人口) >= 60% } }'
    (folder / "draft.assess").write_text(own, encoding="utf-8")
    words = ("--select", "target-escalation", "--as-of", "2026-11-23")
    assert fired(report(run, "draft.assess", *words)) == []
    assert fired(report(run, "draft.assess", *words, "--parent", "parent.assess")) == [("target-escalation", "warning")]
    assert fired(report(run, "draft.assess", "parent.assess", *words)) == [("target-escalation", "warning")]


def test_a_superior_that_no_draft_names_is_told(run: Run, folder: Path) -> None:
    (folder / "parents.assess").write_text('方案 "省级细则" { 总分: 100 }\n方案 "市级细则" { 总分: 100 }\n', encoding="utf-8")
    (notice,) = report(run, "draft.assess", "--parent", "parents.assess")["notices"]
    assert (notice["id"], notice["path"]) == ("parent-unused", "parents.assess")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "draft.assess", "--select", "downlod-quota"), "没有规则“downlod-quota”，是不是要写 download-quota？"),
        (("check", "draft.assess", "--select", "downlod-quota", "--lang", "en"), "“downlod-quota”; did you mean download-quota?"),
        (("check", "draft.assess", "--ignore", "unreadable-file"), "“unreadable-file”不是规则，它说明有内容未能检查"),
        (("check", "draft.assess", "--severity", "check-in=mild"), "应写作 规则=程度，程度可写 error、warning、advice"),
        (("check", "draft.assess", "--as-of", "昨天"), "“昨天”不是日期"),
        (("check", "draft.assess", "--parent", "none.assess"), "上级方案 none.assess 不能读取：文件不存在"),
        (("check", "draft.assess", "--config", "none.toml"), "none.toml：文件不存在"),
        (("check", "draft.assess", "--rules", "none"), "没有规则文件夹 none"),
        (("check", "empty"), "没有找到可检查的文件：empty"),
        (("check",), "缺少路径\n"),
        (("schema",), "缺少参数，可写 scheme、report、"),
        (("schema", "--lang", "en"), "An argument is missing; it may be scheme, report, "),
        (("completion", "tcsh"), "参数可写 bash、zsh、fish\n"),
        (("serve", "--port", "abc"), "--port 应为 0 到 65535 的整数\n"),
        (("serve", "--port", "99999999", "--lang", "en"), "--port takes a whole number from 0 to 65535\n"),
        (("chek", "draft.assess"), "没有命令“chek”，是不是要写 check？"),
        (("check", "draft.assess", "--format", "xml"), "--format 可写 text、"),
        (("check", "draft.assess", "--select"), "选项 --select 后面缺少值"),
        (("check", "--selct", "x"), "没有选项 --selct，是不是要写 --select？"),
        (("check", "--selct", "x", "--lang=en"), "There is no option --selct; did you mean --select?"),
    ],
)
def test_a_run_that_cannot_be_done_says_why(run: Run, folder: Path, words: tuple[str, ...], said: str) -> None:
    (folder / "empty").mkdir()
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_crash_in_one_file_is_a_finding_of_that_file(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assesslint.linter import check

    read = check.read_draft

    def fail_on_one(path: str, data: bytes, **options: Any) -> object:
        if path == "bad.assess":
            raise KeyError("x")
        return read(path, data, **options)

    monkeypatch.setattr(check, "read_draft", fail_on_one)
    (folder / "bad.assess").write_text(DRAFT, encoding="utf-8")
    said = report(run, "bad.assess", "draft.assess", *ONLY)
    assert fired(said) == [("internal-error", "error"), (QUOTA, "error"), (CHECK_IN, "error")]
    assert said["findings"][0]["message"].startswith("检查此文件时程序出错（KeyError test_check.py:")


def test_help_speaks_both_languages(run: Run) -> None:
    for words in ((), ("check",), ("rules",), ("rules", "check"), ("explain",), ("schema",)):
        result = run(*words, "--help")
        assert result.exit_code == 0
        assert any("\u4e00" <= c <= "\u9fff" for c in result.output)


def test_a_long_run_shows_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(shown, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", shown)
    assert list(_progress("检查")(iter(range(39)), 39)) == list(range(39))
    assert shown.getvalue() == ""
    assert list(_progress("检查")(iter(range(40)), 40)) == list(range(40))
    assert "检查" in shown.getvalue()
    assert "100%" in shown.getvalue()
