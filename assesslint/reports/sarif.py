"""Report → SARIF 2.1.0 (OASIS standard), for code scanning and the viewers of editors.

A finding is a result, a waived or known one a suppressed result. What was seen but not judged is a notification of the tool's execution,
since it tells of the run and not of a rule; each sentence on the configuration is a notification of the tool's configuration.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from assesslint import __version__
from assesslint.findings.model import SEVERITIES, Edit, Finding, Notice, Report, RuleInfo, Waived
from assesslint.reports.json import sound_json_text
from assesslint.reports.told import LABELS, rule_info, told, uri
from assesslint.text.location import Location, TextLocation

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

BASE = "%SRCROOT%"
"""What relative paths start from; by convention the top of the repository."""

LEVELS = {"error": "error", "warning": "warning", "advice": "note"}
PROBLEMS = {"error": "error", "warning": "warning", "advice": "recommendation"}
"""Severities as SARIF and as GitHub's `problem.severity` have them."""

LANGUAGES = {"zh": "zh-CN", "en": "en-US"}

WORDS = {
    "zh": {
        "checks": "查什么", "why": "为什么", "waiver": "何时可豁免", "norms": "依据", "base": "检查时所在的文件夹",
        "safe": "不改变方案含义的修改", "unsafe": "修改建议，请核对后采用",
    },
    "en": {
        "checks": "What it checks", "why": "Why", "waiver": "When a waiver is right", "norms": "Norms",
        "base": "The working directory of the run",
        "safe": "A change that keeps the meaning of the draft", "unsafe": "A proposal, to be looked at before it is taken",
    },
}  # fmt: skip

Values = dict[str, Any]


def render_sarif(report: Report) -> str:
    """Return the report as a SARIF log with one run."""
    return sound_json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(report).values()]}, indent=1) + "\n"


class _Run:
    """The one run of a report. Rules and files are told once and named by their number."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._lang = report.lang
        self._words = WORDS[report.lang]
        everything = [*report.findings, *report.known, *(waived.finding for waived in report.waived)]
        self._rules = {info.id: info for info in (rule_info(report, finding) for finding in everything)}
        self._rule_numbers = {rule: number for number, rule in enumerate(self._rules)}
        self._files = {draft.path: number for number, draft in enumerate(report.drafts)}
        self._artifacts: dict[str, Values] = {}
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def values(self) -> Values:
        report = self._report
        driver = {
            "name": "assesslint",
            "version": __version__,
            "semanticVersion": __version__,
            "language": LANGUAGES[self._lang],
            "rules": [self._rule(info) for info in self._rules.values()],
        }
        results = [self._result(finding, [], "new") for finding in report.findings]
        results += [self._result(finding, [self._known()], "unchanged") for finding in report.known]
        results += [self._result(waived.finding, [_suppression(waived, self._lang)], "unchanged") for waived in report.waived]
        counts = report.counts
        return {
            "tool": {"driver": driver},
            "language": LANGUAGES[self._lang],
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": {BASE: {"description": {"text": self._words["base"]}}},
            "invocations": [self._invocation()],
            "artifacts": [self._artifact(draft.path, draft.sha256) for draft in report.drafts],
            "results": results,
            "properties": {
                "judgedOn": report.judged_on.isoformat(),
                "rulesVersion": report.rules_version,
                "inForce": list(report.in_force),
                "files": counts.files,
                "unreadable": counts.unreadable,
                "schemes": counts.schemes,
                "indicators": counts.indicators,
                "textRead": float(counts.text_read),
                "rulesSelected": counts.rules_selected,
                "rulesApplicable": counts.rules_applicable,
                "rulesFired": counts.rules_fired,
                "ignored": counts.ignored,
                **{severity: report.count(severity) for severity in SEVERITIES},
            },
        }

    def _invocation(self) -> Values:
        report = self._report
        return {
            "executionSuccessful": report.exit_code != 2,
            "exitCode": report.exit_code,
            "toolExecutionNotifications": [self._notification(notice) for notice in report.notices],
            "toolConfigurationNotifications": [
                {"descriptor": {"id": "configuration"}, "level": "note", "message": _message(said)} for said in report.in_force
            ],
        }

    def _notification(self, notice: Notice) -> Values:
        return {
            "descriptor": {"id": notice.id},
            "level": "note",
            "message": _message(notice.message),
            "locations": [self._location(notice.path, notice.location, notice.excerpt)],
        }

    def _rule(self, info: RuleInfo) -> Values:
        norms = [basis.sentence(self._lang) for basis in info.norms]
        parts = [(self._words[part], getattr(info, part)) for part in ("checks", "why", "waiver") if getattr(info, part)]
        if norms:
            parts.append((self._words["norms"], "\n".join(f"- {norm}" for norm in dict.fromkeys(norms))))
        link = {"helpUri": info.url} if info.url else {}
        return {
            "id": info.id,
            "name": info.title,
            "shortDescription": _message(info.title),
            "fullDescription": _message(info.checks or info.title),
            "help": {
                **_message("\n\n".join([info.title, *(f"{head}\n{text}" for head, text in parts)])),
                "markdown": "\n\n".join([f"# {info.title}", *(f"## {head}\n\n{text}" for head, text in parts)]),
            },
            **link,
            "defaultConfiguration": {"level": LEVELS[info.severity]},
            "properties": {"tags": [info.family], "problem.severity": PROBLEMS[info.severity]},
        }

    def _known(self) -> Values:
        return {"kind": "external", "status": "accepted", "justification": LABELS[self._lang]["known"]}

    def _result(self, finding: Finding, suppressions: list[Values], state: str) -> Values:
        """Return a finding as a result; its `state` counts only in a run that compares with known findings."""
        places = [place for place in finding.places if place != finding.location]
        fix = self._fix(finding)
        return {
            "ruleId": finding.rule,
            "ruleIndex": self._rule_numbers[finding.rule],
            "level": LEVELS[finding.severity],
            "message": _message("\n".join(told(finding, self._lang))),
            "locations": [self._location(finding.path, finding.location, finding.excerpt, finding)],
            **({"relatedLocations": [self._location(finding.path, place) for place in places]} if places else {}),
            **({"partialFingerprints": self._fingerprints(finding)} if finding.fingerprint else {}),
            **({"fixes": [fix]} if fix else {}),
            "suppressions": suppressions,
            **({"baselineState": state} if self._report.known else {}),
            "properties": {
                "scheme": finding.scheme,
                "indicator": finding.indicator,
                "excerpt": finding.excerpt,
                "advice": finding.advice,
                "subject": finding.subject,
                "basis": [{"norm": b.norm, "clause": b.clause, "cite": b.cite, "confidence": b.confidence} for b in finding.basis],
            },
        }

    def _fingerprints(self, finding: Finding) -> Values:
        """Return the fingerprint as ours, and numbered within its file as GitHub tracks it."""
        key = finding.rule, finding.path, finding.fingerprint
        self._seen[key] += 1
        return {"assesslint/v1": finding.fingerprint, "primaryLocationLineHash": f"{finding.fingerprint[:16]}:{self._seen[key]}"}

    def _artifact(self, path: str, sha256: str) -> Values:
        return {
            "location": self._file(path),
            "roles": ["analysisTarget"],
            **({"hashes": {"sha-256": sha256}} if sha256 else {}),
        }

    def _file(self, path: str) -> Values:
        """Return where a file lies, with its number among the artifacts where it has one."""
        if path not in self._artifacts:
            address = uri(path)
            base = {} if address.startswith("file:") else {"uriBaseId": BASE}
            number = {"index": self._files[path]} if path in self._files else {}
            self._artifacts[path] = {"uri": address, **base, **number}
        return self._artifacts[path]

    def _location(self, path: str, location: Location, excerpt: str = "", finding: Finding | None = None) -> Values:
        """Return a place. One without lines is told in words, and as a logical location within the file."""
        physical: Values = {"artifactLocation": self._file(path)}
        logical = [_indicator(finding)] if finding is not None and finding.scheme else []
        shown = location.shown(self._lang).strip()
        if isinstance(location, TextLocation):
            snippet = {"snippet": {"text": excerpt}} if excerpt else {}
            return {"physicalLocation": {**physical, "region": {**_region(location), **snippet}}, **_given("logicalLocations", logical)}
        if not shown:
            return {"physicalLocation": physical, **_given("logicalLocations", logical)}
        logical.append({"name": shown, "fullyQualifiedName": f"{path} {shown}", "kind": location.kind, "properties": {**location.values()}})
        return {"physicalLocation": physical, "logicalLocations": logical, "message": _message(shown)}

    def _fix(self, finding: Finding) -> Values | None:
        """Return a fix as changes of the file, None where there is none or the file is no text to be changed by lines and columns."""
        if finding.fix is None or not all(_is_in_own_text(finding, edit) for edit in finding.fix.edits):
            return None
        replacements = [
            {"deletedRegion": _region(edit.location), "insertedContent": {"text": edit.text}}
            for edit in finding.fix.edits
            if isinstance(edit.location, TextLocation)
        ]
        return {
            "description": _message(finding.fix.title or self._words["safe" if finding.fix.safe else "unsafe"]),
            "artifactChanges": [{"artifactLocation": self._file(finding.path), "replacements": replacements}],
            "properties": {"safe": finding.fix.safe},
        }


def _given(name: str, values: list[Values]) -> Values:
    return {name: values} if values else {}


def _message(text: str) -> Values:
    """Return a message whose text is taken as it stands: no placeholder (SARIF 3.11.5) and no link (3.11.6) is made of a draft's words."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")}


def _suppression(waived: Waived, lang: str) -> Values:
    properties: Mapping[str, str] = {"approver": waived.approver, "until": waived.until.isoformat(), "reason": waived.reason}
    return {
        "kind": "inSource" if waived.is_inline else "external",
        "status": "accepted",
        "justification": waived.sentence(lang),
        "properties": properties,
    }


def _indicator(finding: Finding) -> Values:
    """Return the logical location of what a finding is about: an indicator, or the scheme as a whole."""
    name = finding.indicator or finding.scheme
    whole = f"{finding.scheme}/{finding.indicator}" if finding.indicator else finding.scheme
    return {"name": name, "fullyQualifiedName": whole, "kind": "indicator" if finding.indicator else "scheme"}


def _is_in_own_text(finding: Finding, edit: Edit) -> bool:
    """Tell whether an edit stands in the file as in the draft's text: the text of a page or a Word file was gathered from among tags."""
    return finding.source is not None and isinstance(edit.location, TextLocation) and finding.source.locate(edit.span) == edit.location


def _region(location: TextLocation) -> Values:
    return {
        "startLine": location.start.line,
        "startColumn": location.start.utf16_column,
        "endLine": location.end.line,
        "endColumn": location.end.utf16_column,
    }
