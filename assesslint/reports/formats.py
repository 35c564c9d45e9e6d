"""The name of a format → what renders a report in it, and how its files are named: the one list of formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assesslint.findings.model import Report
from assesslint.text.late import late

Renderer = Callable[..., str]
"""Report → its text, which can be encoded whatever the drafts hold. One for terminals also takes `colour`."""


@dataclass(frozen=True, slots=True)
class Format:
    """`endings` are those of the names of its files, its own first and those it shares with other formats last."""

    render: Renderer
    endings: tuple[str, ...] = ()
    for_terminal: bool = False

    def encode(self, report: Report) -> bytes:
        """Return a file's content."""
        return self.render(report).encode("utf-8")


FORMATS: dict[str, Format] = {
    "text": Format(late("assesslint.reports.text", "render_text"), (".txt",), for_terminal=True),
    "statistics": Format(late("assesslint.reports.statistics", "render_statistics"), for_terminal=True),
    "json": Format(late("assesslint.reports.json", "render_json"), (".json",)),
    "jsonl": Format(late("assesslint.reports.jsonl", "render_jsonl"), (".jsonl", ".ndjson")),
    "sarif": Format(late("assesslint.reports.sarif", "render_sarif"), (".sarif", ".sarif.json", ".json")),
    "github": Format(late("assesslint.reports.github", "render_github")),
    "github-summary": Format(late("assesslint.reports.github_summary", "render_github_summary"), (".md",)),
    "gitlab": Format(late("assesslint.reports.gitlab", "render_gitlab"), ("gl-code-quality-report.json", ".json")),
    "junit": Format(late("assesslint.reports.junit", "render_junit"), (".xml",)),
    "csv": Format(late("assesslint.reports.csv", "render_csv"), (".csv",)),
    "html": Format(late("assesslint.reports.html", "render_html"), (".html", ".htm")),
}
"""An ending that several formats share tells the first of them. linter/earlier_results.py knows the files of each by a mark."""

DEFAULT = "text"


def format_of(file: str, wanted: str | None = None) -> str | None:
    """Return the format that a file's name tells, None when it tells none. Where it may be `wanted`, it is."""
    name = file.lower()
    ending = {form: max((e for e in known.endings if name.endswith(e)), key=len, default="") for form, known in FORMATS.items()}
    if wanted is not None and (ending[wanted] or not any(ending.values())):
        return wanted
    best = max(ending, key=lambda form: len(ending[form]))
    return best if ending[best] else None
