"""Report → JUnit XML, as Jenkins and GitLab show the results of tests.

A draft is a test suite, and each of its indicators a test, so that "which indicators pass" reads like a test run, and an indicator that is
mended turns from failed to passed under its own name. What concerns the scheme as a whole, or the file, is a test of its own. A test fails
by what is at or above the failing level; milder and known findings are its output. One with nothing but waived findings is skipped, for the
waiver's reason. Notices are the output of the suite, the settings its properties.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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

RUN = ""
"""The path of a suite that is of no file."""

Name = tuple[str, str]
"""Scheme and indicator, each empty where there is none: what a test is of."""


@dataclass(slots=True)
class _File:
    """A file with what is said of it; `draft` is None for one that is none, such as a file of waivers."""

    draft: DraftInfo | None = None
    findings: list[Finding] = field(default_factory=list)
    known: list[Finding] = field(default_factory=list)
    waived: list[Waived] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


@dataclass(slots=True)
class _Test:
    """A test with what is said of it. Only `failures` fail it."""

    name: str
    subject: str = ""
    failures: list[Finding] = field(default_factory=list)
    said: list[Finding] = field(default_factory=list)
    known: list[Finding] = field(default_factory=list)
    waived: list[Waived] = field(default_factory=list)


def render_junit(report: Report) -> str:
    """Return the report as one `testsuites` element."""
    root = _element("testsuites", name="assesslint")
    for path, file in _files(report).items():
        root.append(_suite(report, path, file))
    totals = Counter[str]()
    for suite in root:
        totals.update({name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")})
    for name, number in totals.items():
        root.set(name, str(number))
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _files(report: Report) -> dict[str, _File]:
    """Return the files of the suites: all drafts, then whatever else something is said of.

    A run without drafts, on a rule repository, is a suite of its own: Jenkins takes a report without tests for a failure.
    """
    files = defaultdict[str, _File](_File, {draft.path: _File(draft) for draft in report.drafts} or {RUN: _File()})
    for finding in report.findings:
        files[finding.path].findings.append(finding)
    for finding in report.known:
        files[finding.path].known.append(finding)
    for waived in report.waived:
        files[waived.finding.path].waived.append(waived)
    for notice in report.notices:
        files[notice.path].notices.append(notice)
    return files


def _suite(report: Report, path: str, file: _File) -> Element:
    tests = _tests(report, path, file)
    suite = _element("testsuite", name=path or "assesslint")
    suite.set("tests", str(len(tests)))
    suite.set("failures", str(sum(bool(test.failures) for test in tests)))
    suite.set("errors", "0")
    suite.set("skipped", str(sum(_is_skipped(test) for test in tests)))
    properties = SubElement(suite, "properties")
    facts = [("assesslint", __version__), ("judged-on", report.judged_on.isoformat()), ("rules", report.rules_version)]
    for name, value in (*facts, *(("in-force", said) for said in report.in_force)):
        properties.append(_element("property", name=name, value=value))
    shown = from_here(path) if path else RUN
    for test in tests:
        suite.append(_case(report, shown, test))
    if file.notices:
        SubElement(suite, "system-out").text = legal("\n".join(_notice(report, notice) for notice in file.notices))
    return suite


def _tests(report: Report, path: str, file: _File) -> list[_Test]:
    """Return the tests of a file in the order of the draft, no two of one name."""
    names = NAMES[report.lang]
    tests: dict[Name, list[_Test]] = {}
    schemes = file.draft.schemes if file.draft else ()
    if file.draft or path == RUN:
        tests["", ""] = [_Test(names["run" if path == RUN else "file"])]
    for scheme in schemes:
        prefix = f"{scheme.name} / " if len(schemes) > 1 else ""
        tests.setdefault((scheme.name, ""), []).append(_Test(prefix + names["scheme"]))
        for each in scheme.indicators:
            tests.setdefault((scheme.name, each.name), []).append(_Test(prefix + each.name, each.subject))
    for finding in file.findings:
        test = _test_of(finding, tests, names)
        fails = SEVERITIES.index(finding.severity) <= SEVERITIES.index(report.fail_on)
        (test.failures if fails else test.said).append(finding)
    for finding in file.known:
        _test_of(finding, tests, names).known.append(finding)
    for waived in file.waived:
        _test_of(waived.finding, tests, names).waived.append(waived)
    return list(_told_apart(test for named in tests.values() for test in named))


def _test_of(finding: Finding, tests: dict[Name, list[_Test]], names: dict[str, str]) -> _Test:
    """Return the test that a finding is of: that of its very indicator, else the first of its name, else a new one."""
    new = finding.indicator or names["scheme" if finding.scheme else "file"]
    named = tests.setdefault((finding.scheme, finding.indicator), [_Test(new)])
    return next((test for test in named if test.subject == finding.subject), named[0])


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
    file = {"file": path} if path else {}
    case = _element("testcase", classname=_class_name(path), name=test.name, **file, time="0")
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
    return path.replace(".", "_").replace("/", ".") or "assesslint"


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
