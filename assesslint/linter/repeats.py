"""Findings of one draft → the same without those that tell one fault of one sentence again.

A draft that says 排名、晾晒、后三位 in one breath has one ranking, and its author wants to be told once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from assesslint.findings.model import SEVERITIES, Finding
from assesslint.policy.judge import RULE_ERROR
from assesslint.text.frequency import find_frequencies
from assesslint.text.quantity import find_quantities
from assesslint.text.source import Span

SENTENCE_ENDS = "。；;！？!?\n|"


def without_repeats(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, in their order, without those whose fault another tells in the same sentence.

    Of several that one rule has, on the same ground, in one sentence of an indicator, those stay that bring a figure of their own and are
    no part of another; where none does, the first. On another ground, too, words that are only part of others are not told again.
    """
    findings = list(findings)
    faults: dict[object, list[Finding]] = {}
    for finding in findings:
        if finding.span is not None:
            which = finding.message if finding.rule == RULE_ERROR else finding.rule  # several rules may fail at one place
            faults.setdefault((which, finding.scheme, finding.indicator), []).append(finding)
    repeats = {id(finding) for alike in faults.values() for sentence in _by_sentence(alike) for finding in _repeats_of(sentence)}
    return [finding for finding in findings if id(finding) not in repeats]


def _repeats_of(sentence: list[Finding]) -> Iterator[Finding]:
    """Yield the findings of a rule in one sentence that another tells, each ground by itself first."""
    grounds: dict[object, list[Finding]] = {}
    for finding in sentence:
        grounds.setdefault((finding.severity, finding.basis), []).append(finding)
    repeated = [finding for alike in grounds.values() for finding in _repeated(alike)]
    yield from repeated
    gone = {id(finding) for finding in repeated}
    left = [finding for finding in sentence if id(finding) not in gone]
    for at, severity in enumerate(SEVERITIES):
        wider = _Wider(_span(finding) for finding in left if finding.severity in SEVERITIES[: at + 1])
        yield from (finding for finding in left if finding.severity == severity and wider.than(_span(finding)))


def _by_sentence(findings: list[Finding]) -> Iterator[list[Finding]]:
    """Yield the findings that stand in one sentence, by place."""
    together: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: _span(finding).start):
        if together and _parted(together[-1], finding):
            yield together
            together = []
        together.append(finding)
    yield together


def _parted(one: Finding, other: Finding) -> bool:
    if one.source is None or one.field_name != other.field_name:
        return True
    between = one.source.text[_span(one).end : _span(other).start]
    return any(mark in between for mark in SENTENCE_ENDS)


def _repeated(sentence: list[Finding]) -> Iterator[Finding]:
    """Yield the findings of a sentence that only say again what another says."""
    once = list({_span(finding): finding for finding in reversed(sentence)}.values())[::-1]
    telling = [finding for finding in once if _has_figure(finding.excerpt)] or once[:1]
    kept = {id(finding) for finding in telling}
    wider = _Wider(map(_span, telling))
    for finding in sentence:
        if id(finding) not in kept or wider.than(_span(finding)):
            yield finding


class _Wider:
    """Places of which some may hold others; one is looked up without going through them all, since a sentence may have thousands."""

    def __init__(self, spans: Iterable[Span]) -> None:
        by_start: dict[int, int] = {}
        for span in spans:
            by_start[span.start] = max(by_start.get(span.start, 0), span.end)
        self._starts = sorted(by_start)
        self._ends = [by_start[start] for start in self._starts]
        self._farthest = list(accumulate(self._ends, max))

    def than(self, inner: Span) -> bool:
        """Tell whether a place is only a part of another."""
        at = bisect_left(self._starts, inner.start)
        before = at > 0 and self._farthest[at - 1] >= inner.end
        return before or (at < len(self._starts) and self._starts[at] == inner.start and self._ends[at] > inner.end)


def _span(finding: Finding) -> Span:
    return finding.span or Span(0, 0)


def _has_figure(words: str) -> bool:
    return bool(find_quantities(words) or find_frequencies(words))
