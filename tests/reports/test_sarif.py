"""SARIF by programs not written here: the standard's schema, the `sarif` command; places and fixes as an editor takes them."""

from __future__ import annotations

import csv
import json
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from assesslint.documents.draft import read_draft
from assesslint.findings.model import Edit, Finding, Fix, Report
from assesslint.reports.sarif import render_sarif
from assesslint.text.location import TextLocation
from assesslint.text.source import Source, Span
from tests.programs import program
from tests.reports.sample import CLEAN, EMOJI, FULL, ODD

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
Values = dict[str, Any]


def run_of(report: Report) -> Values:
    return json.loads(render_sarif(report))["runs"][0]  # type: ignore[no-any-return]


def valid(log: Values) -> None:
    jsonschema.validate(log, SCHEMA, format_checker=jsonschema.FormatChecker())


def utf16_slice(text: str, region: Values) -> str:
    """Return the characters of a region as a program does that counts UTF-16 code units."""
    lines = text.split("\n")
    first, last = region["startLine"] - 1, region["endLine"] - 1
    units = [line.encode("utf-16-le", "surrogatepass") for line in lines[first : last + 1]]
    units[-1] = units[-1][: 2 * (region["endColumn"] - 1)]
    units[0] = units[0][2 * (region["startColumn"] - 1) :]
    return "\n".join(unit.decode("utf-16-le", "surrogatepass") for unit in units)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("report", [FULL, CLEAN], ids=["full", "clean"])
def test_a_log_is_valid_by_the_standard(report: Report, lang: str) -> None:
    valid(json.loads(render_sarif(replace(report, lang=lang))))


def test_the_schema_refuses_what_is_no_log() -> None:
    log = json.loads(render_sarif(FULL))
    log["runs"][0]["results"][0]["level"] = "advice"
    with pytest.raises(jsonschema.ValidationError):
        valid(log)


def test_regions_hold_the_words_counted_in_utf16() -> None:
    regions = [
        (result["locations"][0]["physicalLocation"]["region"], result["properties"]["excerpt"])
        for result in run_of(FULL)["results"]
        if unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == ODD.path
    ]
    assert len(regions) == 4
    for region, excerpt in regions:
        assert utf16_slice(ODD.text, region).replace("\udc80", "\ufffd") == excerpt


def test_a_page_of_the_web_is_counted_in_utf16_too() -> None:
    page = "<html><body>\n<p>📱📱<b>🏠</b>APP<i>下载率</i>达到50%</p></body></html>"
    draft = read_draft("a.html", page.encode())
    at = draft.source.text.index("下载率")
    location = draft.source.locate(Span(at, at + 3))
    run = run_of(replace(CLEAN, findings=(Finding("x", "y", "error", "…", "a.html", location=location, source=draft.source),)))
    assert utf16_slice(page, run["results"][0]["locations"][0]["physicalLocation"]["region"]) == "下载率"


def test_a_fix_is_applied_by_its_utf16_columns() -> None:
    [result] = [r for r in run_of(FULL)["results"] if r["properties"]["subject"] == EMOJI.subject]
    [replacement] = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert utf16_slice(ODD.text, replacement["deletedRegion"]) == "激活率"
    assert replacement["insertedContent"] == {"text": "办结率"}
    assert result["fixes"][0]["properties"] == {"safe": False}


def test_no_fix_is_given_for_a_file_that_is_not_its_own_text() -> None:
    """The text of a page or of a Word file was gathered by its reader; its offsets mean nothing in the file."""
    draft = read_draft("a.html", "<p>一、推广</p><p>下载率</p>".encode())
    span = Span(draft.source.text.index("下载率"), draft.source.text.index("下载率") + 3)
    text = Source("a.html", draft.source.text)
    fix = Fix((Edit(span, ""),), safe=True).located(draft.source)
    finding = Finding("x", "y", "error", "…", "a.html", location=draft.source.locate(span), fix=fix, source=text, span=span)
    assert "fixes" not in run_of(replace(CLEAN, findings=(finding,)))["results"][0]


def test_a_waived_finding_is_suppressed_and_all_others_are_not() -> None:
    results = run_of(FULL)["results"]
    suppressed = [result for result in results if result["suppressions"]]
    assert len(suppressed) == len(FULL.known) + len(FULL.waived)
    assert suppressed[0]["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "已知"}]
    assert suppressed[1]["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "县委督查室 批准至 2027-06-30：试点期间",
            "properties": {"approver": "县委督查室", "until": "2027-06-30", "reason": "试点期间"},
        }
    ]
    assert suppressed[2]["suppressions"][0]["kind"] == "inSource"


def test_known_findings_are_told_from_new_ones() -> None:
    states = Counter(result["baselineState"] for result in run_of(FULL)["results"])
    assert states == {"new": len(FULL.findings), "unchanged": len(FULL.known) + len(FULL.waived)}
    assert all("baselineState" not in result for result in run_of(replace(FULL, known=()))["results"])


def test_notices_and_settings_are_told() -> None:
    [invocation] = run_of(FULL)["invocations"]
    assert [n["descriptor"]["id"] for n in invocation["toolExecutionNotifications"]] == [notice.id for notice in FULL.notices]
    assert [n["message"]["text"] for n in invocation["toolConfigurationNotifications"]] == list(FULL.in_force)


def test_numbers_lead_to_rules_and_files() -> None:
    run = run_of(FULL)
    rules, artifacts = run["tool"]["driver"]["rules"], run["artifacts"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        at = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifacts[at["index"]]["location"]["uri"] == at["uri"]


def test_results_that_share_a_fingerprint_are_told_apart() -> None:
    twice = run_of(replace(CLEAN, findings=(EMOJI, EMOJI)))["results"]
    hashes = [result["partialFingerprints"]["primaryLocationLineHash"] for result in twice]
    assert hashes == ["a1" * 8 + ":1", "a1" * 8 + ":2"]


def test_words_of_a_draft_become_neither_placeholder_nor_link() -> None:
    text = run_of(replace(CLEAN, findings=(EMOJI,)))["results"][0]["message"]["text"]
    assert "要求 {{0}} [看这里\\](https://example.org) <b>" in text


def test_a_place_without_lines_is_told_in_words() -> None:
    word = next(r for r in run_of(FULL)["results"] if r["locations"][0].get("message", {}).get("text") == "第3段")
    location = word["locations"][0]
    assert "region" not in location["physicalLocation"]
    assert location["logicalLocations"][-1]["fullyQualifiedName"] == "清河县/细则.docx 第3段"
    assert [place["message"]["text"] for place in word["relatedLocations"]] == ["表1第2行第3列"]


def test_paths_are_uris_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = ["./a b#?%.txt", f"{tmp_path}/在/x.txt", "c:d.txt", "/elsewhere/y z.txt", "坏\udcff名.txt", "\ud800.txt"]
    findings = tuple(Finding("x", "y", "error", "…", path) for path in paths)
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run_of(replace(CLEAN, findings=findings))["results"]
    ]
    base = {"uriBaseId": "%SRCROOT%"}
    assert places == [
        {"uri": "a%20b%23%3F%25.txt", **base},
        {"uri": "%E5%9C%A8/x.txt", **base},
        {"uri": "c%3Ad.txt", **base},
        {"uri": "file:///elsewhere/y%20z.txt"},
        {"uri": "%E5%9D%8F%FF%E5%90%8D.txt", **base},
        {"uri": "%ED%A0%80.txt", **base},
    ]


def test_the_sarif_command_reads_it(tmp_path: Path) -> None:
    log = tmp_path / "out.sarif"
    log.write_text(render_sarif(FULL), encoding="utf-8")
    summary = subprocess.run([program("sarif"), "summary", str(log)], capture_output=True, check=True, text=True, encoding="utf-8").stdout
    errors = sum(finding.severity == "error" for finding in FULL.findings)
    assert f"error: {errors}" in summary
    subprocess.run([program("sarif"), "csv", "--output", str(tmp_path / "out.csv"), str(log)], capture_output=True, check=True)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    findings = [*FULL.findings, *FULL.known, *(waived.finding for waived in FULL.waived)]
    lines = [f.location.start.line if isinstance(f.location, TextLocation) else 1 for f in findings]
    told = Counter((row["Code"], unquote(row["Location"]), int(row["Line"])) for row in rows)
    assert told == Counter((f.rule, f.path, line) for f, line in zip(findings, lines, strict=True))
