"""How long each format takes to write a report of 10,000 findings on 500 drafts, next to JSON; and twice as many, next to as many."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from assesslint.findings.model import DraftInfo, Finding, IndicatorInfo, Report, SchemeInfo, Waived
from assesslint.reports.formats import FORMATS
from assesslint.text.memory import collection_paused
from tests.benchmarks.bench_speed import bounded
from tests.reports.sample import CHECK_IN, FULL, QUOTA

DRAFTS, INDICATORS = 500, 20
"""Each indicator has one finding; one in twenty is waived as well."""

MOST_OF_JSON = {
    "text": 1.0, "statistics": 1.0, "jsonl": 1.0, "sarif": 4.0, "github": 1.0, "github-summary": 1.0, "gitlab": 1.0, "junit": 2.0,
    "csv": 1.0, "html": 2.0,
}  # fmt: skip
MOST_FOR_DOUBLE = 2.4


def report_on(drafts: int) -> Report:
    names = [f"清河县/第{number}份细则.txt" for number in range(drafts)]
    findings = [_finding(name, number) for name in names for number in range(INDICATORS)]
    indicators = tuple(IndicatorInfo(f"指标{number}", None, f"{number:032x}") for number in range(INDICATORS))
    return replace(
        FULL,
        findings=tuple(findings),
        waived=tuple(Waived(finding, "试点", "县委督查室", FULL.waived[0].until) for finding in findings[::20]),
        known=(),
        drafts=tuple(DraftInfo(name, (SchemeInfo("细则", "某局", indicators),), sha256="ab" * 32) for name in names),
    )


def _finding(path: str, number: int) -> Finding:
    finding = (QUOTA, CHECK_IN)[number % 2]
    return replace(finding, path=path, scheme="细则", indicator=f"指标{number}", subject=f"{number:032x}", fingerprint=f"{number:032x}")


@pytest.fixture(scope="module")
def report() -> Report:
    return report_on(DRAFTS)


def fastest_of(form: str, report: Report, other_form: str, other: Report) -> float:
    """Return how much more of the processor's time the first takes than the second: the fastest of five of each, in turns."""
    times = [(_seconds(form, report), _seconds(other_form, other)) for _ in range(5)]
    return min(ours for ours, _ in times) / min(theirs for _, theirs in times)


def _seconds(form: str, report: Report) -> float:
    with collection_paused():
        start = process_time()
        FORMATS[form].encode(report)
        return process_time() - start


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "json"])
def test_next_to_json(form: str, report: Report, said: list[str]) -> None:
    bounded(said, f"{form}, of json", fastest_of(form, report, "json", report), MOST_OF_JSON[form])


@pytest.mark.parametrize("form", FORMATS)
def test_twice_as_many(form: str, report: Report, said: list[str]) -> None:
    bounded(said, f"{form}, twice as many findings", fastest_of(form, report_on(2 * DRAFTS), form, report), MOST_FOR_DOUBLE)
