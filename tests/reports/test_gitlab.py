"""GitLab's code quality report against what GitLab documents of it, which has no schema of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assesslint.findings.model import Report
from assesslint.reports.gitlab import render_gitlab
from tests.reports.sample import CLEAN, EMOJI, FULL, QUOTA

DOCUMENTED = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                    "positions": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {
                            "begin": {"type": "object", "required": ["line"], "properties": {"line": {"type": "integer", "minimum": 1}}}
                        },
                    },
                },
                "anyOf": [{"required": ["lines"]}, {"required": ["positions"]}],
            },
        },
    },
}
"""Section “Code Quality report format” of docs.gitlab.com/ci/testing/code_quality. A path must not begin with `./`."""


def issues(report: Report) -> list[dict[str, Any]]:
    found = json.loads(render_gitlab(report))
    jsonschema.validate(found, DOCUMENTED)
    return found  # type: ignore[no-any-return]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_as_documented(lang: str) -> None:
    assert len(issues(replace(FULL, lang=lang))) == sum(map(len, (FULL.findings, FULL.known, FULL.waived, FULL.notices, FULL.in_force)))
    assert issues(CLEAN) == []


def test_no_two_issues_share_a_fingerprint() -> None:
    prints = [issue["fingerprint"] for issue in issues(replace(FULL, findings=(*FULL.findings, EMOJI, EMOJI)))]
    assert len(set(prints)) == len(prints)


def test_a_fingerprint_stays_when_lines_move() -> None:
    [before] = issues(replace(CLEAN, findings=(QUOTA,)))
    [after] = issues(replace(CLEAN, findings=(replace(QUOTA, location=EMOJI.location),)))
    assert before["location"] != after["location"]
    assert before["fingerprint"] == after["fingerprint"]


def test_only_findings_are_more_than_information() -> None:
    found = issues(FULL)
    assert [issue["severity"] for issue in found][: len(FULL.findings)] == [
        {"error": "critical", "warning": "major", "advice": "minor"}[finding.severity] for finding in FULL.findings
    ]
    assert {issue["severity"] for issue in found[len(FULL.findings) :]} == {"info"}
    assert [issue["description"] for issue in found if issue["check_name"] == "configuration"] == [
        f"[检查设置] {said}" for said in FULL.in_force
    ]


def test_paths_lead_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path in ("./a.txt", f"{tmp_path}/a.txt", "x/../a.txt"):
        assert issues(replace(CLEAN, findings=(replace(QUOTA, path=path),)))[0]["location"]["path"] == "a.txt"
