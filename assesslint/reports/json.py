"""Report → JSON, version 1: the contract others build on. It may grow by new keys; renaming or removing one raises `version`."""

from __future__ import annotations

import json
import re
from typing import Any

from assesslint import __version__
from assesslint.findings.model import SEVERITIES, DraftInfo, Finding, Notice, Report, SchemeInfo
from assesslint.text.location import Location

VERSION = 1
COUNTED = (
    "files",
    "unreadable",
    "schemes",
    "indicators",
    *SEVERITIES,
    "notices",
    "waived",
    "known",
    "ignored",
    "fixable",
    "proposed",
    "fixed",
)
"""What the summary counts, beside the share of text understood."""
CELL = ("table", "row", "column")


def render_json(report: Report) -> str:
    """Return the report as JSON text with a closing line end."""
    return json_text(to_json(report), indent=1) + "\n"


def json_text(values: Any, *, indent: int | None = None) -> str:
    """Return plain values as JSON text; characters stand as themselves, lone surrogates escaped, so that no text is lost."""
    text = json.dumps(values, ensure_ascii=False, indent=indent)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def sound_json_text(values: Any, *, indent: int | None = None) -> str:
    """Return plain values as JSON text without lone surrogates, on which other programs stumble: U+FFFD stands for each."""
    return re.sub("[\ud800-\udfff]", "\ufffd", json.dumps(values, ensure_ascii=False, indent=indent))


def to_json(report: Report) -> dict[str, Any]:
    """Return the report as plain values, in the shape of `report_schema`."""
    counts = report.counts
    return {
        "version": VERSION,
        "tool": {"name": "assesslint", "version": __version__},
        "judged_on": report.judged_on.isoformat(),
        "lang": report.lang,
        "in_force": list(report.in_force),
        "rules": {
            "version": report.rules_version,
            "selected": counts.rules_selected,
            "applicable": counts.rules_applicable,
            "fired": counts.rules_fired,
        },
        "summary": {
            "files": counts.files,
            "unreadable": counts.unreadable,
            "schemes": counts.schemes,
            "indicators": counts.indicators,
            "text_read": float(counts.text_read),
            **{severity: report.count(severity) for severity in SEVERITIES},
            "notices": len(report.notices),
            "waived": len(report.waived),
            "known": len(report.known),
            "ignored": counts.ignored,
            "fixable": report.fixable(safe=True),
            "proposed": report.fixable(safe=False),
            "fixed": len(report.fixed),
        },
        "drafts": [_draft(draft) for draft in report.drafts],
        "findings": [_finding(f) for f in report.findings],
        "notices": [_notice(n) for n in report.notices],
        "waived": [
            {
                "finding": _finding(waived.finding),
                "reason": waived.reason,
                "approver": waived.approver,
                "until": waived.until.isoformat(),
                "inline": waived.is_inline,
            }
            for waived in report.waived
        ],
        "known": [_finding(finding) for finding in report.known],
        "fixed": [_finding(finding) for finding in report.fixed],
        "rule_titles": {rule.id: rule.title for rule in report.rules.values()},
    }


def _draft(draft: DraftInfo) -> dict[str, Any]:
    return {
        "path": draft.path,
        "readable": draft.readable,
        "sha256": draft.sha256,
        "text_read": None if draft.text_read is None else float(draft.text_read),
        "schemes": [_scheme(scheme) for scheme in draft.schemes],
    }


def _scheme(scheme: SchemeInfo) -> dict[str, Any]:
    indicators = [
        {"name": each.name, "points": None if each.points is None else float(each.points), "subject": each.subject}
        for each in scheme.indicators
    ]
    return {"name": scheme.name, "issuer": scheme.issuer, "indicators": indicators}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity,
        "message": finding.message,
        "advice": finding.advice,
        "path": finding.path,
        "scheme": finding.scheme,
        "indicator": finding.indicator,
        "indicator_kind": finding.indicator_kind,
        "location": _location(finding.location),
        "places": [_location(place) for place in finding.places],
        "excerpt": finding.excerpt,
        "basis": [{"norm": b.norm, "clause": b.clause, "cite": b.cite, "confidence": b.confidence} for b in finding.basis],
        "fingerprint": finding.fingerprint,
        "subject": finding.subject,
        "fix": _fix(finding),
    }


def _fix(finding: Finding) -> dict[str, Any] | None:
    if finding.fix is None:
        return None
    edits = [
        {"start": edit.span.start, "end": edit.span.end, "text": edit.text, "location": _location(edit.location)}
        for edit in finding.fix.edits
    ]
    return {"safe": finding.fix.safe, "title": finding.fix.title, "edits": edits}


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "message": notice.message,
        "path": notice.path,
        "location": _location(notice.location),
        "excerpt": notice.excerpt,
    }


def _location(location: Location) -> dict[str, Any]:
    return {"kind": location.kind, **location.values()}


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the report."""
    text = {"type": "string"}
    count = {"type": "integer", "minimum": 0}
    severity = {"enum": list(SEVERITIES)}
    fingerprint = {"type": "string", "pattern": "^[0-9a-f]*$"}
    from_one = {"type": "integer", "minimum": 1}
    stretch = {"start": count, "end": count}
    box = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
    position = _object({"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}})
    location = {
        "oneOf": [
            _object({"kind": {"const": "text"}, "start": {"$ref": "#/$defs/position"}, "end": {"$ref": "#/$defs/position"}}),
            _object({"kind": {"const": "word"}, "part": text, "paragraph": from_one, **stretch}, **dict.fromkeys(CELL, from_one)),
            _object({"kind": {"const": "cell"}, "sheet": text, "cell": text, **stretch}),
            _object({"kind": {"const": "page"}, "page": from_one, "boxes": {"type": "array", "items": box}}, last_page=from_one),
            _object({"kind": {"const": "file"}}),
        ],
        "description": "Lines, columns, paragraphs, tables and pages count from 1; start and end count the characters of a "
        "paragraph or a cell from 0. Columns are code points; the end is exclusive. A box is left, top, right, bottom in points from "
        "the upper left corner.",
    }
    basis = _object({"norm": text, "clause": text, "cite": text, "confidence": text})
    edit = _object({"start": count, "end": count, "text": text, "location": {"$ref": "#/$defs/location"}})
    fix = _object({"safe": {"type": "boolean"}, "title": text, "edits": {"type": "array", "items": edit}})
    fix["description"] = (
        "A change that would settle the finding: a safe one, or a proposal for a person to agree to. Start and end of an edit count the "
        "characters of the draft's text from 0; the location is where it stands in the file."
    )
    finding = _object(
        {
            "rule": text,
            "family": text,
            "severity": severity,
            "message": text,
            "advice": text,
            "path": text,
            "scheme": text,
            "indicator": text,
            "indicator_kind": text,
            "location": {"$ref": "#/$defs/location"},
            "places": {"type": "array", "items": {"$ref": "#/$defs/location"}},
            "excerpt": text,
            "basis": {"type": "array", "items": basis},
            "fingerprint": fingerprint,
            "subject": fingerprint,
            "fix": {"anyOf": [{"type": "null"}, fix]},
        }
    )
    notice = _object({"id": text, "message": text, "path": text, "location": {"$ref": "#/$defs/location"}, "excerpt": text})
    indicator = _object({"name": text, "points": {"type": ["number", "null"]}, "subject": fingerprint})
    scheme = _object({"name": text, "issuer": text, "indicators": {"type": "array", "items": indicator}})
    draft = _object(
        {
            "path": text,
            "readable": {"type": "boolean"},
            "sha256": {"type": "string", "pattern": "^([0-9a-f]{64})?$"},
            "text_read": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
            "schemes": {"type": "array", "items": scheme},
        }
    )
    day = {"type": "string", "format": "date"}
    waived = _object({"finding": {"$ref": "#/$defs/finding"}, "reason": text, "approver": text, "until": day}, inline={"type": "boolean"})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "assesslint report",
        **_object(
            {
                "version": {"const": VERSION},
                "tool": _object({"name": {"const": "assesslint"}, "version": text}),
                "judged_on": day,
                "lang": {"enum": ["zh", "en"]},
                "in_force": {"type": "array", "items": text},
                "rules": _object({"version": text, "selected": count, "applicable": count, "fired": count}),
                "summary": _object({**dict.fromkeys(COUNTED, count), "text_read": {"type": "number", "minimum": 0, "maximum": 1}}),
                "drafts": {"type": "array", "items": draft},
                "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
                "notices": {"type": "array", "items": {"$ref": "#/$defs/notice"}},
                "waived": {"type": "array", "items": waived},
                "known": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
                "fixed": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
                "rule_titles": {"type": "object", "additionalProperties": text},
            }
        ),
        "$defs": {"position": position, "location": location, "finding": finding, "notice": notice},
    }


def _object(properties: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """Return the schema of an object with at least these keys; later versions may add some."""
    return {"type": "object", "properties": {**properties, **optional}, "required": list(properties)}
