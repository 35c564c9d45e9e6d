"""Report → JUnit XML, as Jenkins and GitLab show the results of tests.

A draft is a test suite, and each of its indicators a test, so that "which indicators pass" reads like a test run, and an indicator that is
mended turns from failed to passed under its own name. What concerns the scheme as a whole, or the file, is a test of its own. A test fails
by what is at or above the failing level; milder and known findings are its output. One with nothing but waived findings is skipped, for the
waiver's reason. Notices are the output of the suite, the settings its properties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from assesslint import __version__
from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES, DraftInfo, Finding, Notice, Report, Waived
from assesslint.reports.told import LABELS, from_here, legal, told
from assesslint.text.location import TextLocation

NAMES = {
    "zh": {"file": "（文件）", "scheme": "（方案整体）", "run": "（本次检查）"},
    "en": {"file": "(file)", "scheme": "(scheme)", "run": "(run)"},
}
"""What tests are called that are of no indicator."""

Key = tuple[str, str, str]
"""Scheme, indicator and its fingerprint, each empty where there is none: what a test is of."""


@dataclass(slots=True)
class _Test:
    """A test with what is said of it. Only `failures` fail it."""

    name: str
    failures: list[Finding] = field(default_factory=list)
    said: list[Finding] = field(default_factory=list)
    known: list[Finding] = field(default_factory=list)
    waived: list[Waived] = field(default_factory=list)


def render_junit(report: Report) -> str:
    """Return the report as one `testsuites` element."""
    root = _element("testsuites", name="assesslint")
    for path, draft in _paths(report).items():
        root.append(_suite(report, path, draft))
    totals = Counter[str]()
    for suite in root:
        totals.update({name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")})
    for name, number in totals.items():
        root.set(name, str(number))
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _paths(report: Report) -> dict[str, DraftInfo | None]:
    """Return the files of the suites: all drafts, then whatever else something is said of, which is no draft."""
    drafts: dict[str, DraftInfo | None] = {draft.path: draft for draft in report.drafts}
    others: list[Finding | Notice] = [*report.findings, *report.known, *(waived.finding for waived in report.waived), *report.notices]
    return drafts | {said.path: None for said in others if said.path not in drafts}


def _suite(report: Report, path: str, draft: DraftInfo | None) -> Element:
    tests = _tests(report, path, draft)
    suite = _element("testsuite", name=path or NAMES[report.lang]["run"])
    suite.set("tests", str(len(tests)))
    suite.set("failures", str(sum(bool(test.failures) for test in tests)))
    suite.set("errors", "0")
    suite.set("skipped", str(sum(_is_skipped(test) for test in tests)))
    properties = SubElement(suite, "properties")
    facts = [("assesslint", __version__), ("judged-on", report.judged_on.isoformat()), ("rules", report.rules_version)]
    for name, value in (*facts, *(("in-force", said) for said in report.in_force)):
        properties.append(_element("property", name=name, value=value))
    for test in tests:
        suite.append(_case(report, path, test))
    notices = [_notice(report, notice) for notice in report.notices if notice.path == path]
    if notices:
        SubElement(suite, "system-out").text = legal("\n".join(notices))
    return suite


def _tests(report: Report, path: str, draft: DraftInfo | None) -> list[_Test]:
    """Return the tests of a file in the order of the draft, no two of one name."""
    names = NAMES[report.lang]
    tests: dict[Key, _Test] = {}
    schemes = draft.schemes if draft else ()
    if draft:
        tests["", "", ""] = _Test(names["file"])
    for scheme in schemes:
        prefix = f"{scheme.name} / " if len(schemes) > 1 else ""
        tests[scheme.name, "", ""] = _Test(prefix + names["scheme"])
        for each in scheme.indicators:
            tests[scheme.name, each.name, each.subject] = _Test(prefix + each.name)
    for finding in report.findings:
        if finding.path == path:
            test = _test_of(finding, tests, names)
            fails = SEVERITIES.index(finding.severity) <= SEVERITIES.index(report.fail_on)
            (test.failures if fails else test.said).append(finding)
    for finding in report.known:
        if finding.path == path:
            _test_of(finding, tests, names).known.append(finding)
    for waived in report.waived:
        if waived.finding.path == path:
            _test_of(waived.finding, tests, names).waived.append(waived)
    return list(_told_apart(tests.values()))


def _test_of(finding: Finding, tests: dict[Key, _Test], names: dict[str, str]) -> _Test:
    """Return the test that a finding is of: that of its very indicator, else of one so named, else a new one."""
    if not finding.indicator:
        return tests.setdefault((finding.scheme, "", ""), _Test(names["scheme" if finding.scheme else "file"]))
    exact = tests.get((finding.scheme, finding.indicator, finding.subject))
    named = (test for (scheme, indicator, _), test in tests.items() if (scheme, indicator) == (finding.scheme, finding.indicator))
    return exact or next(named, None) or tests.setdefault((finding.scheme, finding.indicator, finding.subject), _Test(finding.indicator))


def _told_apart(tests: Iterable[_Test]) -> Iterator[_Test]:
    met: Counter[str] = Counter()
    for test in tests:
        met[test.name] += 1
        if met[test.name] > 1:
            test.name = f"{test.name} ({met[test.name]})"
        yield test


def _is_skipped(test: _Test) -> bool:
    return bool(test.waived and not test.failures)


def _case(report: Report, path: str, test: _Test) -> Element:
    case = _element("testcase", classname=_class_name(path), name=test.name, file=from_here(path), time="0")
    lines = [f.location.start.line for f in test.failures if isinstance(f.location, TextLocation)]
    if lines:
        case.set("line", str(lines[0]))
    waivers = [waived.sentence(report.lang) for waived in test.waived]
    if test.failures:
        first, more = test.failures[0], len(test.failures) - 1
        counted = f" (+{more})" if more else ""
        failure = _element("failure", message=f"{first.message}{counted}", type=" ".join(dict.fromkeys(f.rule for f in test.failures)))
        failure.text = legal("\n\n".join(_finding(report, finding) for finding in test.failures))
        case.append(failure)
    elif waivers:
        label = LABELS[report.lang]["waived"]
        case.append(_element("skipped", message=f"{label}: {'; '.join(waivers)}"))
    said = [_finding(report, finding) for finding in test.said]
    said += [f"[{LABELS[report.lang]['known']}] {_finding(report, finding)}" for finding in test.known]
    said += [f"[{LABELS[report.lang]['waived']}] {_finding(report, w.finding)}\n{w.sentence(report.lang)}" for w in test.waived]
    if said:
        SubElement(case, "system-out").text = legal("\n\n".join(said))
    return case


def _class_name(path: str) -> str:
    """Return a path as Jenkins takes the name of a class: folders parted by points, and no other point in it."""
    return from_here(path).replace(".", "_").replace("/", ".")


def _finding(report: Report, finding: Finding) -> str:
    """Return a finding as text: its place, severity and rule, the words, and what is to be said of them."""
    head = f"{finding.path}{finding.location.shown(report.lang)}  {SEVERITY_NAMES[report.lang][finding.severity]}  {finding.rule}"
    words = [f"“{finding.excerpt}”"] if finding.excerpt else []
    return "\n".join([head, *words, *told(finding, report.lang)])


def _notice(report: Report, notice: Notice) -> str:
    words = f" “{notice.excerpt}”" if notice.excerpt else ""
    return f"{notice.path}{notice.location.shown(report.lang)}  {LABELS[report.lang]['notice']}  {notice.message}{words}"


def _element(tag: str, **attributes: str) -> Element:
    return Element(tag, {name: legal(value) for name, value in attributes.items()})
