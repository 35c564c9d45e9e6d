"""Every reporter on one shared report, compared with its golden file; `make golden` writes the files anew, to be reviewed as a diff."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import jsonschema
import pytest

from assesslint.findings.model import Basis, Finding, Report
from assesslint.reports.formats import FORMATS
from assesslint.reports.json import render_json, report_schema, to_json
from assesslint.reports.statistics import render_statistics
from assesslint.reports.text import render_text
from assesslint.text.source import cells
from tests.reports.sample import CLEAN, CLOSED, FULL, REPORT

GOLDEN = Path(__file__).parent.parent / "golden" / "reports"

PLAIN = [form for form in FORMATS if form != "html"]
"""All but the page, whose golden files go without its style and script; see test_html.py."""

RENDERED = {
    "report.zh.txt": lambda: render_text(REPORT),
    "report.en.txt": lambda: render_text(replace(REPORT, lang="en")),
    "report.colour.txt": lambda: render_text(REPORT, colour=True),
    "clean.zh.txt": lambda: render_text(CLEAN),
    "clean.en.txt": lambda: render_text(replace(CLEAN, lang="en")),
    "statistics.zh.txt": lambda: render_statistics(REPORT),
    "statistics.en.txt": lambda: render_statistics(replace(REPORT, lang="en")),
    "report.json": lambda: render_json(REPORT),
    "clean.json": lambda: render_json(CLEAN),
    **{f"full.{form}": partial(FORMATS[form].render, FULL) for form in PLAIN},
    **{f"full.en.{form}": partial(FORMATS[form].render, replace(FULL, lang="en")) for form in PLAIN},
    **{f"clean.{form}": partial(FORMATS[form].render, CLEAN) for form in PLAIN if form not in ("text", "json")},
}


@pytest.mark.parametrize("name", RENDERED)
def test_a_report_reads_as_in_its_golden_file(name: str) -> None:
    written = RENDERED[name]().encode("utf-8")
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_bytes(written)
    assert written.decode("utf-8") == (GOLDEN / name).read_bytes().decode("utf-8")


@pytest.mark.parametrize("report", [REPORT, FULL, CLEAN], ids=["report", "full", "clean"])
def test_json_fits_its_schema(report: Report) -> None:
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(render_json(report)), schema)


def test_the_schema_misses_no_key() -> None:
    def open_objects(shape: object) -> object:
        """Return the schema with every object closed, so that a key it does not name is an error."""
        if isinstance(shape, list):
            return [open_objects(item) for item in shape]
        if not isinstance(shape, dict):
            return shape
        closed = {key: open_objects(value) for key, value in shape.items()}
        return {"additionalProperties": False, **closed} if "properties" in closed and "required" in closed else closed

    jsonschema.validate(to_json(FULL), open_objects(report_schema()))  # type: ignore[arg-type]


def test_carets_stand_under_the_words_they_mark() -> None:
    lines = render_text(REPORT).splitlines()
    carets = [at for at, line in enumerate(lines) if "│" in line and line.endswith("^")]
    marked = []
    for at in carets:
        start, width = cells(lines[at].rstrip("^")), lines[at].count("^")
        line = lines[at - 1]
        first = next(i for i in range(len(line)) if cells(line[:i]) == start)
        last = next(i for i in range(first, len(line) + 1) if cells(line[first:i]) == width)
        marked.append(line[first:last])
    assert marked == ["2026年度", "激活率达到50%", "每日打卡"]


def test_two_clauses_cited_alike_are_one_line() -> None:
    basis = Basis("WXW2023-ZJ", "use", "《若干意见》", "sure"), Basis("WXW2023-ZJ", "traces", "《若干意见》", "sure")
    finding = Finding("follow-quota", "adoption", "error", "要求关注", "a.txt", basis=basis)
    assert render_text(replace(CLEAN, findings=(finding,))).count("依据  不符合《若干意见》\n") == 1


def test_nothing_of_a_draft_steers_the_terminal() -> None:
    text = render_text(REPORT)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_lone_surrogates_pass_through_json() -> None:
    report = replace(REPORT, findings=(replace(CLOSED, message="坏字符\udc80"),))
    text = render_json(report)
    text.encode("utf-8")
    assert json.loads(text)["findings"][0]["message"] == "坏字符\udc80"


@pytest.mark.parametrize(
    ("severities", "fail_on", "code"),
    [
        ((), "error", 0),
        (("warning",), "error", 0),
        (("warning",), "warning", 1),
        (("advice", "error"), "error", 1),
        (("advice",), "advice", 1),
    ],
)
def test_exit_codes(severities: tuple[str, ...], fail_on: str, code: int) -> None:
    findings = tuple(Finding("x", "y", severity, "…", "a.txt") for severity in severities)
    assert replace(CLEAN, findings=findings, fail_on=fail_on).exit_code == code


def test_a_run_that_read_nothing_was_not_done() -> None:
    assert replace(CLEAN, counts=replace(CLEAN.counts, files=2, unreadable=2)).exit_code == 2


def test_a_fault_told_a_thousand_times_is_printed_a_hundred() -> None:
    finding = Finding("check-in", "evidence", "error", "打卡", "a.txt")
    text = render_text(Report(date(2026, 11, 23), (finding,) * 1000))
    assert text.count("check-in\n") == 100
    assert "a.txt  check-in 另有 900 处，见 --format json" in text
