"""Report → what the page shows of it: its drafts with what was found in each, the counts that charts are drawn from, what is left out.

Findings stand by draft, then by indicator, in the order of the report. However many there are, the page stays one that opens.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from os.path import commonpath
from typing import Generic, TypeVar

from assesslint.findings.model import SEVERITIES, DraftInfo, Finding, Notice, Report, RuleInfo
from assesslint.reports.opinion.conclusion import MEND, PASS, REJECT, Conclusion, conclude
from assesslint.reports.opinion.content import place_in_words

T = TypeVar("T")

MOST_FINDINGS = 10_000
"""Findings listed on one page, the worst before all others; the rest are counted, and all stand in the JSON report."""

MOST_OF_A_RULE = 100
"""Findings of one rule in one file that are listed."""

MOST_LISTED = 50
"""Notices, waivers or names of indicators listed of one file."""

MOST_BARS = 10
"""Rules in the chart of rules."""

MOST_WORDS = 300
"""Most characters quoted of what is found fault with."""

ROOM = 80
"""Most characters of the line quoted on either side of it."""

UNREAD_FAMILIES = ("reading", "syntax")
"""Families of findings that say that something was not read."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words found fault with, and what stands before and after them in their line."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Item:
    """A finding as listed. `number` counts those of the page from 1."""

    number: int
    finding: Finding
    rule: RuleInfo
    place: str
    quote: Quote | None
    norms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in one indicator; `name` is empty for findings on the scheme, or on the file when there is no `scheme`."""

    name: str
    scheme: str
    points: Decimal | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The first of many things; `more` are not listed."""

    items: tuple[T, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Excused:
    """A finding that does not count, as listed; `why` tells who waived it, and is empty for one that a baseline knows."""

    finding: Finding
    rule: RuleInfo
    place: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A notice as listed."""

    notice: Notice
    place: str


@dataclass(frozen=True, slots=True)
class Section:
    """What is said of one file. `draft` and `conclusion` are None for one that is no draft, such as that of the waivers.

    `name` is that of its schemes, else its path. `state` is unread, partly (read in part), clean, settled (all that was found is excused)
    or found. `counts` has all its findings, the worst severity first; `more` of them are not listed.
    """

    number: int
    path: str
    name: str
    issuer: str
    draft: DraftInfo | None
    state: str
    conclusion: Conclusion | None
    counts: tuple[int, ...]
    groups: tuple[Group, ...]
    more: int
    waived: Listed[Excused]
    known: Listed[Excused]
    notices: Listed[Unjudged]
    clean_indicators: Listed[str]


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: how many findings of each severity bear the name `key`."""

    key: str
    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A family and its rules that have something to say in the report, as id and title."""

    id: str
    title: str
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows. `sentence` is the conclusion for somebody who reads nothing else; `counts` has all findings.

    `is_unverified` tells that norms are cited whose article number is not certain.
    """

    subject: str
    sentence: str
    counts: tuple[int, ...]
    by_family: tuple[Bar, ...]
    by_rule: Listed[Bar]
    kinds: tuple[Family, ...]
    sections: tuple[Section, ...]
    others: Listed[Unjudged]
    is_unverified: bool

    @property
    def drafts(self) -> list[Section]:
        """Return the drafts: those not read, then those with the most errors, and so on to the clean ones."""
        drafts = (section for section in self.sections if section.draft)
        return sorted(drafts, key=lambda section: (section.state != "unread", *(-count for count in section.counts)))


def page_of(report: Report) -> Page:
    """Return what the page shows of a report."""
    said = (*report.findings, *(waived.finding for waived in report.waived), *report.known)
    rules = {finding.rule: report.rules.get(finding.rule) or RuleInfo(finding.rule, finding.family, finding.rule) for finding in said}
    families = {info.family: info.family_title or info.family for info in rules.values()}
    by_rule = _bars(report.findings, lambda finding: finding.rule, {rule: info.title for rule, info in rules.items()})
    sections = tuple(_sections(report, rules))
    paths = {section.path for section in sections}
    return Page(
        _subject([draft.path for draft in report.drafts] or [section.path for section in sections], report.lang),
        _sentence(report, sections),
        _counts(report.findings),
        _bars(report.findings, lambda finding: rules[finding.rule].family, families),
        _first(by_rule, MOST_BARS),
        tuple(
            Family(family, title, tuple((info.id, info.title) for info in rules.values() if info.family == family))
            for family, title in sorted(families.items())
        ),
        sections,
        _first([_unjudged(notice, report.lang) for notice in report.notices if notice.path not in paths]),
        any(basis.confidence != "sure" for finding in report.findings for basis in finding.basis),
    )


# ── counts ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _counts(findings: Iterable[Finding]) -> tuple[int, ...]:
    counted = Counter(finding.severity for finding in findings)
    return tuple(counted[severity] for severity in SEVERITIES)


def _bars(findings: Iterable[Finding], key: Callable[[Finding], str], labels: Mapping[str, str]) -> tuple[Bar, ...]:
    """Return a bar for each key that findings have, the longest first."""
    bars = [Bar(each, labels[each], _counts(found)) for each, found in _gathered(findings, key).items()]
    return tuple(sorted(bars, key=lambda bar: (-sum(bar.counts), *(-count for count in bar.counts), bar.key)))


def _gathered(things: Iterable[T], key: Callable[[T], str]) -> defaultdict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return found


def _first(things: Sequence[T], most: int = MOST_LISTED) -> Listed[T]:
    return Listed(tuple(things[:most]), max(0, len(things) - most))


# ── the head ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _subject(paths: Sequence[str], lang: str) -> str:
    """Name what was checked: the file, or the folder all files lie in and their number."""
    if len(paths) == 1:
        return paths[0]
    try:
        folder = commonpath(paths)
    except ValueError:  # none, or on several drives
        folder = ""
    number = f"{len(paths)} 个文件" if lang == "zh" else f"{len(paths)} files"
    if not folder:
        return number
    return f"{folder}（{number}）" if lang == "zh" else f"{folder} ({number})"


def _sentence(report: Report, sections: Iterable[Section]) -> str:
    zh = report.lang == "zh"
    conclusions = [section.conclusion for section in sections if section.conclusion]
    if not conclusions:
        files, rules = report.counts.files, report.counts.rules_selected
        errors, warnings, advice = _counts(report.findings)
        if zh:
            return f"核对 {files} 个文件、{rules} 条规则：错误 {errors} 处，警告 {warnings} 处，建议 {advice} 处。"
        return f"Files: {files}, rules: {rules}. Errors: {errors}, warnings: {warnings}, advice: {advice}."
    if len(conclusions) == 1:
        [only] = conclusions
        shown = only.shown(report.lang)
        return f"建议{shown}：{only.reason}。" if zh else f"Proposed: {shown} ({only.reason})."
    by = Counter(conclusion.id for conclusion in conclusions)
    unread = report.counts.unreadable
    if zh:
        rest = f"（其中未能读取 {unread} 份）" if unread else ""
        return f"{len(conclusions)} 份草案中，建议通过 {by[PASS]} 份，修改后通过 {by[MEND]} 份，不予通过 {by[REJECT]} 份{rest}。"
    rest = f" ({unread} of them could not be read)" if unread else ""
    return f"Of {len(conclusions)} drafts, {by[PASS]} are proposed to pass, {by[MEND]} to pass once mended, {by[REJECT]} not to pass{rest}."


# ── drafts and findings ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sections(report: Report, rules: Mapping[str, RuleInfo]) -> Iterator[Section]:
    """Yield every draft, then every other file something was found in."""
    drafts = {draft.path: draft for draft in report.drafts}
    found = _gathered(report.findings, lambda finding: finding.path)
    listed = _gathered(_within_bounds(report.findings), lambda finding: finding.path)
    waived = _gathered(report.waived, lambda waived: waived.finding.path)
    known = _gathered(report.known, lambda finding: finding.path)
    notices = _gathered(report.notices, lambda notice: notice.path)
    next_number = 1
    for number, path in enumerate(dict.fromkeys((*drafts, *found, *waived, *known)), 1):
        draft = drafts.get(path)
        excused = [*(each.finding for each in waived[path]), *known[path]]
        yield Section(
            number,
            path,
            _joined(scheme.name for scheme in draft.schemes) or path if draft else path,
            _joined(scheme.issuer for scheme in draft.schemes) if draft else "",
            draft,
            _state(draft, found[path], excused),
            conclude(draft, found[path], report.lang, known[path]) if draft else None,
            _counts(found[path]),
            tuple(_groups(draft, listed[path], rules, next_number, report.lang)),
            len(found[path]) - len(listed[path]),
            _first([_excused(each.finding, rules, report.lang, each.sentence(report.lang)) for each in waived[path]]),
            _first([_excused(finding, rules, report.lang) for finding in known[path]]),
            _first([_unjudged(notice, report.lang) for notice in notices[path]]),
            _first(_clean_indicators(draft, [*found[path], *excused])),
        )
        next_number += len(listed[path])


def _joined(names: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(filter(None, names)))


def _within_bounds(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings that are listed, in their order."""
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for at, finding in enumerate(findings):
        seen[finding.path, finding.rule] += 1
        if seen[finding.path, finding.rule] <= MOST_OF_A_RULE:
            kept.append(at)
    worst = sorted(kept, key=lambda at: SEVERITIES.index(findings[at].severity))[:MOST_FINDINGS]
    return (findings[at] for at in sorted(worst))


def _state(draft: DraftInfo | None, found: Sequence[Finding], excused: Sequence[Finding]) -> str:
    if draft is None:
        return "found"
    if not draft.readable or not draft.schemes:
        return "unread"
    if any(finding.family in UNREAD_FAMILIES for finding in found) or not draft.indicators:
        return "partly"
    return "found" if found else "settled" if excused else "clean"


def _clean_indicators(draft: DraftInfo | None, findings: Iterable[Finding]) -> list[str]:
    """Return the names of the indicators in which nothing was found; none where it was found in no indicator at all."""
    faulty = {finding.subject for finding in findings if finding.indicator}
    if draft is None or not faulty:
        return []
    return [each.name for scheme in draft.schemes for each in scheme.indicators if each.subject not in faulty]


def _groups(draft: DraftInfo | None, findings: Iterable[Finding], rules: Mapping[str, RuleInfo], start: int, lang: str) -> Iterator[Group]:
    """Yield the findings of one file by indicator, their numbers beginning at `start`."""
    points = {each.subject: each.points for scheme in draft.schemes for each in scheme.indicators} if draft else {}
    gathered: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        gathered[finding.scheme, finding.indicator, finding.subject if finding.indicator else ""].append(finding)
    for (scheme, indicator, subject), found in gathered.items():
        items = tuple(_item(number, finding, rules[finding.rule], lang) for number, finding in enumerate(found, start))
        yield Group(indicator, scheme, points.get(subject), items)
        start += len(items)


def _item(number: int, finding: Finding, rule: RuleInfo, lang: str) -> Item:
    return Item(number, finding, rule, _place(finding, lang), _quote(finding), tuple(finding.norms(lang)))


def _excused(finding: Finding, rules: Mapping[str, RuleInfo], lang: str, why: str = "") -> Excused:
    return Excused(finding, rules[finding.rule], _place(finding, lang), why)


def _place(said: Finding | Notice, lang: str) -> str:
    return place_in_words(said.location, lang == "zh")


def _unjudged(notice: Notice, lang: str) -> Unjudged:
    return Unjudged(notice, _place(notice, lang))


def _quote(finding: Finding) -> Quote | None:
    """Return the words of a finding within their line, as much of both as there is room for."""
    source, span = finding.source, finding.span
    if source is None or span is None or span.start >= span.end:
        return Quote("", finding.excerpt, "") if finding.excerpt else None
    end = min(span.end, span.start + MOST_WORDS)
    left = source.line_span(source.position(span.start).line).start
    right = source.line_span(source.position(end - 1).line).end
    before = source.text[max(left, span.start - ROOM) : span.start]
    after = source.text[end : min(right, end + ROOM)]
    return Quote(
        ("…" if span.start - ROOM > left else "") + before,
        source.text[span.start : end] + ("…" if end < span.end else ""),
        after + ("…" if end + ROOM < right else ""),
    )
