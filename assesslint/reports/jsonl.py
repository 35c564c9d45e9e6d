"""Report → JSON Lines: the values of the JSON report, one a line, each telling by `type` what it is. The first line is the head."""

from __future__ import annotations

from assesslint.findings.model import Report
from assesslint.reports.json import json_text, to_json

TYPES = {"drafts": "draft", "findings": "finding", "known": "known", "waived": "waived", "notices": "notice"}
"""The lists of the JSON report, in the order of their lines, and the type of what is in each."""


def render_jsonl(report: Report) -> str:
    """Return the report as lines: `report` with counts and settings, then each `draft`, `finding`, `known` one, `waived` and `notice`."""
    whole = to_json(report)
    lists = {type_: whole.pop(name) for name, type_ in TYPES.items()}
    lines = [{"type": "report", **whole}, *({"type": type_, **value} for type_, values in lists.items() for value in values)]
    return "".join(json_text(line) + "\n" for line in lines)
