"""Report → GitLab's code quality report (docs.gitlab.com/ci/testing/code_quality), shown in the widget and the changes of a merge request.

GitLab knows no waivers and no settings: they, known findings and notices are entries of the mildest severity, which fail nothing. Its
places are lines; one without is line 1, with its place in the description. Columns are given too, which GitLab passes over.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from assesslint.findings.model import Report
from assesslint.reports.json import sound_json_text
from assesslint.reports.told import LABELS, from_here, told
from assesslint.text.location import WHOLE_FILE, Location, TextLocation

SEVERITIES = {"error": "critical", "warning": "major", "advice": "minor"}
"""Severities as GitLab has them; `blocker` is left to those who block, `info` to what is no finding."""

Values = dict[str, Any]


def render_gitlab(report: Report) -> str:
    """Return the report as a list of issues."""
    return sound_json_text(_numbered(_issues(report)), indent=1) + "\n"


def _issues(report: Report) -> Iterator[Values]:
    """Yield the issues; what makes each one's fingerprint stands in place of it."""
    lang, words, file = report.lang, LABELS[report.lang], cache(from_here)
    for f in report.findings:
        said = "\n".join(told(f, lang))
        yield _issue(said, f.rule, SEVERITIES[f.severity], file(f.path), f.location, f.fingerprint or f.message, lang)
    for f in report.known:
        said = "\n".join([f"[{words['known']}] {f.message}", *told(f, lang)[1:]])
        yield _issue(said, f.rule, "info", file(f.path), f.location, f"known {f.fingerprint or f.message}", lang)
    for waived in report.waived:
        f = waived.finding
        said = f"[{words['waived']}] {f.message}\n{waived.sentence(lang)}"
        yield _issue(said, f.rule, "info", file(f.path), f.location, f"waived {f.fingerprint or f.message}", lang)
    for notice in report.notices:
        said = f"[{words['notice']}] {notice.message}"
        yield _issue(said, notice.id, "info", file(notice.path), notice.location, f"{notice.message} {notice.excerpt}", lang)
    first = file(report.drafts[0].path) if report.drafts else "."
    for said in report.in_force:
        yield _issue(f"[{words['setting']}] {said}", "configuration", "info", first, WHOLE_FILE, said, lang)


def _issue(said: str, check: str, severity: str, path: str, location: Location, key: str, lang: str) -> Values:
    place: Values = {"path": path}
    if isinstance(location, TextLocation):
        start, end = location.start, location.end
        place["lines"] = {"begin": start.line, "end": end.line}
        place["positions"] = {
            "begin": {"line": start.line, "column": start.utf16_column},
            "end": {"line": end.line, "column": end.utf16_column},
        }
    else:
        place["lines"] = {"begin": 1}
        shown = location.shown(lang).strip()
        said = f"{shown}: {said}" if shown else said
    return {"check_name": check, "fingerprint": key, "severity": severity, "description": said, "location": place}


def _numbered(issues: Iterator[Values]) -> list[Values]:
    """Return the issues with a fingerprint each that no other has, since GitLab shows only one of those that share it."""
    met: Counter[tuple[str, str, str]] = Counter()
    numbered = []
    for issue in issues:
        key = issue["check_name"], issue["location"]["path"], issue["fingerprint"]
        met[key] += 1
        whole = "\0".join((*key, str(met[key]))).encode("utf-8", "surrogatepass")
        numbered.append({**issue, "fingerprint": hashlib.sha256(whole).hexdigest()[:32]})
    return numbered
