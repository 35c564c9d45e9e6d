"""Findings and waivers → what stands, what is excused, and what is wrong with the waivers themselves. Decided here for every output.

A waiver of the waiver file names a rule and the fingerprint of the whole indicator with its scheme and issuer, and lapses when any of
that text changes. One in a draft stands in the very indicator, or in the scheme, that it is for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from assesslint.findings.model import Edit, Finding, Fix, Notice, Waived
from assesslint.linter.configuration import parse_toml, read_toml_text, validate
from assesslint.linter.faults import FAULTS
from assesslint.linter.selection import removed_rule, unknown_rule
from assesslint.text.location import WHOLE_FILE
from assesslint.text.source import Source, Span

NOWHERE = Span(0, 0)

SOON = timedelta(days=30)
"""How long before its end a waiver is reported as about to expire."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """An approver's excuse for one rule on one indicator, up to and including the day `until`.

    `source` is the file it is written in, `words` what of it a finding points at, `entry` the whole of it. `written` is the rule it names
    when that was removed and `rule` is used instead. `is_inline` when the draft itself declares it.
    """

    rule: str
    fingerprint: str
    reason: str
    approver: str
    until: date
    scheme: str = ""
    indicator: str = ""
    source: Source | None = None
    words: Span = NOWHERE
    entry: Span = NOWHERE
    written: str = ""
    is_inline: bool = False


_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*waiver[ \t]*\]\]", re.MULTILINE)


def read_waivers(file: Path, rules: Collection[str], removed: Mapping[str, str]) -> tuple[Waiver, ...]:
    """Return the waivers of a TOML file in their order, each for one of `rules` or for a fault that allows none.

    One for a removed rule is for the rule that is used instead.

    Raises RunError when the file cannot be read or is not understood, and for a rule that does not exist.
    """
    text = read_toml_text(file)
    data = parse_toml(file, text)
    from assesslint.linter.configuration_model import WaiverFile

    source = Source(str(file), text)
    entries = validate(WaiverFile, data, file, text).waiver
    starts = [header.start() for header in _ENTRY.finditer(text)]
    if len(starts) == len(entries):
        wholes = [_entry(text, start, end) for start, end in pairwise([*starts, len(text)])]
    else:  # written as an inline list
        wholes = [NOWHERE] * len(entries)
    waivers = tuple(
        Waiver(
            removed.get(w.rule, w.rule),
            w.fingerprint,
            w.reason,
            w.approver,
            w.until,
            w.scheme,
            w.indicator,
            source,
            _written(source, w.fingerprint, whole),
            whole,
            w.rule if w.rule in removed else "",
        )
        for w, whole in zip(entries, wholes, strict=True)
    )
    for waiver in waivers:
        if waiver.rule not in rules and waiver.rule not in FAULTS:
            line = source.position(_written(source, waiver.rule, waiver.entry).start).line
            raise unknown_rule(waiver.rule, rules, f"{file}:{line}: ")
    return waivers


def _entry(text: str, start: int, end: int) -> Span:
    """Return the place of an entry and of the blank lines behind it; comments that stand before the next entry are not its own."""
    lines = text[start:end].split("\n")
    while lines[-1].strip()[:1] in ("", "#"):
        lines.pop()
    end = min(start + len("\n".join(lines)) + 1, end)
    while text.startswith("\n", end):
        end += 1
    return Span(start, end)


def _written(source: Source, word: str, entry: Span) -> Span:
    """Return where an entry writes a word, NOWHERE when it spells it in another way."""
    at = source.text.find(word, entry.start)
    return Span(at, at + len(word)) if at >= 0 else NOWHERE


def redirected_waivers(waivers: Iterable[Waiver], lang: str) -> Iterator[Notice]:
    """Yield a notice for each waiver that names a rule removed since."""
    for waiver in waivers:
        if waiver.written and waiver.source:
            place = waiver.source.locate(_written(waiver.source, waiver.written, waiver.entry))
            yield removed_rule(waiver.written, waiver.rule, lang, waiver.source.path, place)


@dataclass(frozen=True, slots=True)
class Decision:
    standing: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    about_waivers: tuple[Finding, ...]


def decide(
    findings: Iterable[Finding],
    waivers: Iterable[Waiver],
    *,
    judged_on: date,
    never_waivable: Collection[str],
    judged_by: Collection[str],
    schemes: Collection[str],
    lang: str = "zh",
) -> Decision:
    """Part `findings` into those that stand and those waived on the day judged.

    `judged_by` are the rules this run selected and `schemes` the names of the schemes it read: a waiver for another rule or
    another scheme has had no chance to be used, so nothing is said of it.
    """
    by_key: dict[tuple[str, str], Waiver] = {}
    for waiver in waivers:
        known = by_key.get((waiver.rule, waiver.fingerprint))
        if known is None or known.until < waiver.until:
            by_key[waiver.rule, waiver.fingerprint] = waiver
    refused = {*never_waivable, *FAULTS}
    standing: list[Finding] = []
    waived: list[Waived] = []
    used: set[tuple[str, str]] = set()
    named: set[tuple[str, str]] = set()
    for finding in findings:
        key = (finding.rule, finding.subject)
        named.add((finding.rule, finding.indicator))
        excuse = by_key.get(key)
        if excuse is not None:
            used.add(key)
        if excuse is None or excuse.rule in refused or excuse.until < judged_on:
            standing.append(finding)
        else:
            waived.append(Waived(finding, excuse.reason, excuse.approver, excuse.until, excuse.is_inline))
    about = []
    for key, waiver in by_key.items():
        if (waiver.rule not in judged_by and waiver.rule not in refused) or (waiver.scheme and waiver.scheme not in schemes):
            continue
        changed = bool(waiver.indicator) and (waiver.rule, waiver.indicator) in named
        said = _state(waiver, waiver.rule in refused, key in used, changed, judged_on)
        if said is not None:
            about.append(_finding(waiver, *said, lang))
    return Decision(tuple(standing), tuple(waived), tuple(about))


def _state(waiver: Waiver, refused: bool, used: bool, changed: bool, judged_on: date) -> tuple[str, str, str, str] | None:
    """Return what is to be said of a waiver: id, severity, Chinese and English message; None when all is well."""
    whose = waiver.indicator or waiver.scheme or waiver.fingerprint
    if refused:
        return (
            "waiver-refused",
            "warning",
            f"规则 {waiver.rule} 不许豁免，“{whose}”的豁免不起作用",
            f"Rule {waiver.rule} allows no waiver; the one for “{whose}” has no effect",
        )
    if not used and changed:
        return (
            "waiver-lapsed",
            "warning",
            f"“{whose}”的文字在批准豁免后改过，规则 {waiver.rule} 的豁免已失效，须重新批准",
            f"The text of “{whose}” has changed since its waiver of {waiver.rule} was approved; it must be approved anew",
        )
    if not used:
        return (
            "waiver-unused",
            "advice",
            f"规则 {waiver.rule} 对“{whose}”的豁免没有用到，可以删去",
            f"The waiver of {waiver.rule} for “{whose}” was not used and can be deleted",
        )
    if waiver.until < judged_on:
        return (
            "waiver-expired",
            "warning",
            f"规则 {waiver.rule} 对“{whose}”的豁免已于 {waiver.until} 到期",
            f"The waiver of {waiver.rule} for “{whose}” expired on {waiver.until}",
        )
    if waiver.until - judged_on <= SOON:
        return (
            "waiver-expiring",
            "advice",
            f"规则 {waiver.rule} 对“{whose}”的豁免将于 {waiver.until} 到期",
            f"The waiver of {waiver.rule} for “{whose}” expires on {waiver.until}",
        )
    return None


def _removal(waiver: Waiver, source: Source, *, is_over: bool, lang: str) -> Fix:
    """Return the fix that takes a waiver out: safe where it is over or its scheme was judged; one that names none may be for another."""
    title = "删去这项豁免" if lang == "zh" else "take this waiver out"
    return Fix((Edit(waiver.entry, ""),), safe=is_over or waiver.is_inline or bool(waiver.scheme), title=title).located(source)


def _finding(waiver: Waiver, rule: str, severity: str, zh: str, en: str, lang: str) -> Finding:
    source, span = waiver.source, waiver.words if waiver.words != NOWHERE else None
    is_needless = rule in ("waiver-unused", "waiver-expired") and waiver.entry != NOWHERE
    return Finding(
        rule,
        FAULTS[rule][0],
        severity,
        zh if lang == "zh" else en,
        source.path if source else "",
        scheme=waiver.scheme,
        indicator=waiver.indicator,
        location=source.locate(span) if source and span else WHOLE_FILE,
        excerpt=source.text[span.start : span.end] if source and span else waiver.fingerprint,
        fix=_removal(waiver, source, is_over=rule == "waiver-expired", lang=lang) if source and is_needless else None,
        source=source,
        span=span,
    )
