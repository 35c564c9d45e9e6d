"""Report → CSV for Excel, WPS and LibreOffice: a row each for findings, known and waived ones, notices and settings.

A cell that would begin a formula begins with an apostrophe instead, which shows as text: what a draft says is never computed (OWASP, CSV
injection). Without the first apostrophe of such cells, every text is as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from assesslint.findings.model import SEVERITY_NAMES, Finding, Report
from assesslint.reports.told import LABELS, fix_told, legal, rule_info
from assesslint.text.location import Location, TextLocation
from assesslint.text.shortened import shortened

COLUMNS = {
    "zh": {
        "kind": "程度", "rule": "规则", "title": "规则名称", "family": "类别", "path": "文件", "place": "位置", "line": "行",
        "column": "列", "scheme": "方案", "indicator": "指标", "excerpt": "原文", "message": "问题", "basis": "依据",
        "advice": "改法", "fix": "修改", "approver": "批准人", "until": "豁免至", "reason": "豁免理由", "fingerprint": "指纹",
    },
    "en": {
        "kind": "severity", "rule": "rule", "title": "title", "family": "family", "path": "file", "place": "place", "line": "line",
        "column": "column", "scheme": "scheme", "indicator": "indicator", "excerpt": "words", "message": "problem",
        "basis": "norm", "advice": "instead", "fix": "fix", "approver": "approver", "until": "waived until", "reason": "reason",
        "fingerprint": "fingerprint",
    },
}  # fmt: skip
"""The columns and what their heads say."""

MARK = "\ufeff"
"""The byte order mark, without which Excel takes UTF-8 for another encoding."""

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""What a cell must not begin with; the apostrophe among them so that those put before others can be told."""

MOST_CHARACTERS = 32_000
"""Characters of one cell; Excel takes 32,767."""


def render_csv(report: Report) -> str:
    """Return the report as CSV (RFC 4180) with a head and a byte order mark."""
    columns = COLUMNS[report.lang]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="")
    writer.writerow(columns)
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in _rows(report))
    return MARK + text.getvalue()


def _rows(report: Report) -> Iterator[dict[str, str]]:
    lang, words = report.lang, LABELS[report.lang]
    for finding in report.findings:
        yield {"kind": SEVERITY_NAMES[lang][finding.severity], **_finding(report, finding)}
    for finding in report.known:
        yield {"kind": words["known"], **_finding(report, finding)}
    for waived in report.waived:
        excuse = {"approver": waived.approver, "until": waived.until.isoformat(), "reason": waived.reason}
        yield {"kind": words["waived"], **_finding(report, waived.finding), **excuse}
    for notice in report.notices:
        place = _place(notice.location, lang)
        yield {
            "kind": words["notice"],
            "rule": notice.id,
            "path": notice.path,
            **place,
            "excerpt": notice.excerpt,
            "message": notice.message,
        }
    for said in report.in_force:
        yield {"kind": words["setting"], "message": said}


def _finding(report: Report, finding: Finding) -> dict[str, str]:
    info = rule_info(report, finding)
    return {
        "rule": finding.rule,
        "title": info.title,
        "family": info.family_title or info.family,
        "path": finding.path,
        **_place(finding.location, report.lang),
        "scheme": finding.scheme,
        "indicator": finding.indicator,
        "excerpt": finding.excerpt,
        "message": finding.message,
        "basis": "\n".join(finding.norms(report.lang)),
        "advice": finding.advice,
        "fix": fix_told(finding, report.lang),
        "fingerprint": finding.fingerprint,
    }


def _place(location: Location, lang: str) -> dict[str, str]:
    """Return a place as line and column where it has them, else in words."""
    if isinstance(location, TextLocation):
        return {"line": str(location.start.line), "column": str(location.start.column)}
    return {"place": location.shown(lang).strip()}


def _cell(text: str) -> str:
    """Return a text as a cell that shows it and computes nothing."""
    shown = shortened(legal(text), MOST_CHARACTERS)
    return f"'{shown}" if shown.startswith(FORMULAS) else shown
