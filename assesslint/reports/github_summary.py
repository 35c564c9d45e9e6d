"""Report → the job summary of GitHub Actions: Markdown with the counts, then a table of what was found, waived and not judged.

GitHub takes a megabyte of it; a longer report is cut at whole rows, and says so. Texts of a draft are escaped, so that none becomes a link,
a picture or a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES, Finding, Report
from assesslint.reports.text import summary_lines
from assesslint.reports.told import LABELS, rule_info
from assesslint.text.shortened import printable

MARK = "<!-- assesslint -->"

MOST_BYTES = 900_000
"""Bytes of the table of findings; GitHub refuses a summary of more than 1 MiB."""

WORDS = {
    "zh": {
        "title": "考核方案检查", "severity": "程度", "place": "位置", "rule": "规则", "problem": "问题", "advice": "改法", "norm": "依据",
        "settings": "检查设置", "waived": "已豁免", "notices": "提示", "more": "另有 {} 处没有列出，见完整报告", "why": "批准",
        "clean": "没有发现问题。", "file": "文件",
    },
    "en": {
        "title": "Assessment schemes checked", "severity": "Severity", "place": "Place", "rule": "Rule", "problem": "Problem",
        "advice": "Instead", "norm": "Norm", "settings": "Settings", "waived": "Waived", "notices": "Notices",
        "more": "{} more are not listed; see the whole report", "why": "Granted", "clean": "Nothing was found.", "file": "File",
    },
}  # fmt: skip

SIGNS = {"error": "❌", "warning": "⚠️", "advice": "💡"}

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
"""ASCII punctuation: a backslash before any of it takes its meaning away (CommonMark 2.4)."""


def render_github_summary(report: Report) -> str:
    """Return the summary."""
    words = WORDS[report.lang]
    lines = [MARK, f"## {words['title']} · {report.judged_on.isoformat()}", ""]
    lines += [escaped(line) + "  " for line in summary_lines(report)]
    lines += ["", *(f"- {words['settings']}: {escaped(said)}" for said in report.in_force)]
    if report.findings:
        ordered = sorted(report.findings, key=lambda finding: SEVERITIES.index(finding.severity))
        heads = [words[name] for name in ("severity", "place", "rule", "problem", "norm", "advice")]
        lines += ["", *_table(heads, (_finding(report, finding) for finding in ordered), len(ordered), words["more"])]
    if report.waived:
        rows = (
            [_place(report, w.finding), _rule(report, w.finding), escaped(w.finding.message), escaped(w.sentence(report.lang))]
            for w in report.waived
        )
        heads = [words[name] for name in ("place", "rule", "problem", "why")]
        lines += ["", f"### {words['waived']}", "", *_table(heads, rows, len(report.waived), words["more"])]
    if report.notices:
        notices = ([escaped(n.path + n.location.shown(report.lang)), escaped(n.message)] for n in report.notices)
        heads = [words["place"], LABELS[report.lang]["notice"]]
        lines += ["", f"### {words['notices']}", "", *_table(heads, notices, len(report.notices), words["more"])]
    return "\n".join(lines) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], number: int, more: str) -> Iterator[str]:
    """Yield the lines of a table, as many of its `number` rows as there is room for."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + " --- |" * len(heads)
    room = MOST_BYTES // 3
    for index, row in enumerate(rows):
        line = "| " + " | ".join(row) + " |"
        room -= len(line.encode("utf-8"))
        if room < 0:
            yield ""
            yield more.format(number - index)
            return
        yield line


def _finding(report: Report, finding: Finding) -> list[str]:
    severity = f"{SIGNS[finding.severity]} {SEVERITY_NAMES[report.lang][finding.severity]}"
    norms = "<br>".join(escaped(norm) for norm in finding.norms(report.lang))
    return [severity, _place(report, finding), _rule(report, finding), escaped(finding.message), norms, escaped(finding.advice)]


def _place(report: Report, finding: Finding) -> str:
    indicator = f"<br>{escaped(finding.indicator)}" if finding.indicator else ""
    return escaped(finding.path + finding.location.shown(report.lang)) + indicator


def _rule(report: Report, finding: Finding) -> str:
    info = rule_info(report, finding)
    title = f"{escaped(info.title)}<br>{escaped(finding.rule)}"
    return f"[{title}](<{info.url}>)" if re.fullmatch(r"https?://[^\s<>]+", info.url) else title


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it stands, on one line."""
    return _MARKUP.sub(r"\\\1", printable(text))
