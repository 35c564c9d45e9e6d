"""Report → workflow commands of GitHub Actions: printed by a job, each becomes an annotation at its line of the change.

Only the first ten errors, warnings and notices of a step are annotated; all stand in the job's log, with the settings and the counts.
Workflow commands: docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from assesslint.findings.model import SEVERITY_NAMES, Finding, Notice, Report, Waived
from assesslint.reports.text import head_lines, summary_lines
from assesslint.reports.told import LABELS, from_here, rule_info, told
from assesslint.text.location import Location, TextLocation
from assesslint.text.shortened import printable

COMMANDS = {"error": "error", "warning": "warning", "advice": "notice"}


def render_github(report: Report) -> str:
    """Return the commands, a line each, between the head and the summary of the run."""
    file = cache(from_here)
    lines = [_plain(line) for line in head_lines(report)]
    lines += [_of_finding(report, finding, file) for finding in report.findings]
    lines += [_of_waived(report, waived, file) for waived in report.waived]
    lines += [_of_notice(report, notice, file) for notice in report.notices]
    lines += [_plain(line) for line in summary_lines(report)]
    return "\n".join(lines) + "\n"


def _of_finding(report: Report, finding: Finding, file: Callable[[str], str]) -> str:
    title = f"{SEVERITY_NAMES[report.lang][finding.severity]} {rule_info(report, finding).title} ({finding.rule})"
    said = "\n".join(told(finding, report.lang))
    return _command(COMMANDS[finding.severity], title, said, file(finding.path), finding.location, report.lang)


def _of_waived(report: Report, waived: Waived, file: Callable[[str], str]) -> str:
    finding = waived.finding
    title = f"{LABELS[report.lang]['waived']} {rule_info(report, finding).title} ({finding.rule})"
    said = f"{finding.message}\n{waived.sentence(report.lang)}"
    return _command("notice", title, said, file(finding.path), finding.location, report.lang)


def _of_notice(report: Report, notice: Notice, file: Callable[[str], str]) -> str:
    title = f"{LABELS[report.lang]['notice']} ({notice.id})"
    return _command("notice", title, notice.message, file(notice.path), notice.location, report.lang)


def _command(command: str, title: str, said: str, file: str, location: Location, lang: str) -> str:
    """Return one command. A place without lines is told in the message; columns are given within one line only, as GitHub wants them."""
    given = {"file": file}
    if isinstance(location, TextLocation):
        start, end = location.start, location.end
        given |= {"line": str(start.line), "endLine": str(end.line)}
        if start.line == end.line:
            given |= {"col": str(start.utf16_column), "endColumn": str(end.utf16_column)}
    elif shown := location.shown(lang).strip():
        said = f"{shown}: {said}"
    given["title"] = title
    properties = ",".join(f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}" for name, value in given.items())
    return f"::{command} {properties}::{_escaped(said)}"


def _escaped(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "%0A".join(printable(line).replace("%", "%25") for line in lines)


def _plain(line: str) -> str:
    """Return a line that is no command, not even in the old form that GitHub finds anywhere in a line: `##[error]`."""
    return printable(line).replace("##[", "## [").replace("::", ": :")
