"""Whatever a draft says: every format stays valid for its own reader, and gives the text back where it can hold it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree.ElementTree import fromstring

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.findings.model import DraftInfo, Finding, IndicatorInfo, Notice, Report, SchemeInfo, Waived
from assesslint.linter.earlier_results import HEAD, bears_mark
from assesslint.reports.csv import render_csv
from assesslint.reports.formats import FORMATS
from assesslint.reports.github import render_github
from assesslint.reports.gitlab import render_gitlab
from assesslint.reports.json import report_schema
from assesslint.reports.junit import render_junit
from assesslint.reports.sarif import render_sarif
from assesslint.reports.told import legal
from assesslint.text.shortened import printable
from assesslint.text.source import Source, Span
from tests.reports.sample import CLEAN
from tests.reports.test_github import commands, shown
from tests.reports.test_gitlab import DOCUMENTED
from tests.reports.test_sarif import SCHEMA, utf16_slice

SARIF = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
LINES = [jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": report_schema()["$defs"]}) for name in ("finding", "notice")]

texts = st.one_of(
    st.text(st.characters(), max_size=20),
    st.text("\ud800\udc80\ufffe\x00\x07\x1b\x85\u2028\u202e\r\n\t=+-@'\",;{}[]()<>&|\\`*_#%:$!激活率📱", max_size=20),
    st.sampled_from(["::error::x", "]]>", "=1+1", "{0}", "[x](1)", "##[error]", "<script>", "\ufeff", "-->", "| --- |", "https://a.b"]),
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Return a report with one finding, waiver, known finding, notice and setting, all of any text, at any words of a draft."""
    source = Source(draw(texts), draw(st.text(st.characters(), min_size=1, max_size=40)))
    start = draw(st.integers(0, len(source.text) - 1))
    span = Span(start, draw(st.integers(start, len(source.text))))
    severity = draw(st.sampled_from(["error", "warning", "advice"]))
    message, scheme, indicator = draw(texts.filter(bool)), draw(texts), draw(texts)
    finding = Finding(
        "a-rule",
        "family",
        severity,
        message,
        source.path,
        draw(texts),
        scheme,
        indicator,
        source.locate(span),
        source.text[span.start : span.end],
        fingerprint="ab" * 16,
        source=source,
        span=span,
    )
    draft = DraftInfo(source.path, (SchemeInfo(scheme, indicators=(IndicatorInfo(indicator), IndicatorInfo(draw(texts)))),))
    return replace(
        CLEAN,
        findings=(finding,),
        waived=(Waived(finding, draw(texts), draw(texts), date(2027, 1, 1)),),
        notices=(Notice("a-notice", draw(texts), draw(texts), excerpt=draw(texts)),),
        known=draw(st.sampled_from([(), (finding,)])),
        in_force=(draw(texts),),
        drafts=(draft,),
        lang=draw(st.sampled_from(["zh", "en"])),
    )


def sound(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


@settings(deadline=None)
@given(reports())
def test_every_format_can_be_written_and_known_again(report: Report) -> None:
    for form, known in FORMATS.items():
        data = known.encode(report)
        assert data.endswith(b"\n")
        assert bears_mark(data[:HEAD]), form


@settings(deadline=None)
@given(reports())
def test_json_lines_and_json_give_every_text_back(report: Report) -> None:
    [finding] = report.findings
    whole = json.loads(FORMATS["json"].encode(report))
    head, *lines = FORMATS["jsonl"].encode(report).decode().removesuffix("\n").split("\n")
    values: list[dict[str, Any]] = [json.loads(line) for line in lines]
    assert json.loads(head).pop("type") == "report"
    assert [value.pop("type") for value in values] == ["draft", "finding", *["known"] * len(report.known), "waived", "notice"]
    assert values == [whole["drafts"][0], whole["findings"][0], *whole["known"], whole["waived"][0], whole["notices"][0]]
    assert (values[1]["message"], values[1]["path"], values[1]["excerpt"]) == (finding.message, finding.path, finding.excerpt)
    for value, validator in zip((values[1], values[-1]), LINES, strict=True):
        validator.validate(value)


@settings(deadline=None)
@given(reports())
def test_sarif_is_valid_and_its_region_holds_the_words(report: Report) -> None:
    [finding] = report.findings
    log = json.loads(render_sarif(report))
    SARIF.validate(log)
    result = log["runs"][0]["results"][0]
    assert result["properties"]["excerpt"] == sound(finding.excerpt)
    assert finding.source is not None
    assert utf16_slice(finding.source.text, result["locations"][0]["physicalLocation"]["region"]) == finding.excerpt
    first = result["message"]["text"].replace("{{", "{").replace("}}", "}").replace("\\](", "](")
    assert first.startswith(sound(finding.message).replace("\\](", "]("))


@settings(deadline=None)
@given(reports())
def test_github_reads_one_command_for_each(report: Report) -> None:
    [finding] = report.findings
    found = list(commands(render_github(report)))
    assert [command.name for command in found] == [
        {"error": "error", "warning": "warning", "advice": "notice"}[finding.severity], "notice", "notice",
    ]  # fmt: skip
    lines = finding.message.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert found[0].message.startswith("\n".join(map(printable, lines)))


@settings(deadline=None)
@given(reports())
def test_the_summary_stays_a_table(report: Report) -> None:
    rows = shown(report).rows
    assert [len(row) for row in rows] == [6, 6, 4, 4, 2, 2]
    [finding] = report.findings
    assert rows[1][3].split() == printable(finding.message).split()


@settings(deadline=None)
@given(reports())
def test_gitlab_is_as_documented(report: Report) -> None:
    [finding] = report.findings
    issues = json.loads(render_gitlab(report))
    jsonschema.validate(issues, DOCUMENTED)
    assert issues[0]["description"].startswith(sound(finding.message))


@settings(deadline=None)
@given(reports())
def test_junit_is_xml_that_gives_texts_back(report: Report) -> None:
    [finding] = report.findings
    root = fromstring(render_junit(replace(report, fail_on="advice")))  # noqa: S314
    failures = list(root.iter("failure"))
    assert [failure.get("message") for failure in failures] == [legal(finding.message)]
    assert legal(finding.message) in (failures[0].text or "")


@settings(deadline=None)
@given(reports())
def test_csv_gives_texts_back_and_begins_no_formula(report: Report) -> None:
    [finding] = report.findings
    rows = list(csv.reader(io.StringIO(render_csv(report).removeprefix("\ufeff"), newline="")))
    assert len(rows) == 5 + len(report.known)
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    said = rows[1][rows[0].index("问题" if report.lang == "zh" else "problem")]
    assert said.removeprefix("'") == legal(finding.message).removeprefix("'") or said == f"'{legal(finding.message)}"
