"""Two states of a draft → why the later one must not take the place of the earlier: what a fix may never do.

It may add no finding, leave none of those it is for, move no total of points, and one said to be safe may change nothing of what is read
in words that it does not touch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cached_property

from assesslint.documents.draft import Draft
from assesslint.findings.model import SEVERITIES, Finding, Report
from assesslint.linter.fixes.judged import FACTS
from assesslint.reading.facts import Hang, Words
from assesslint.reading.kept import KeptReadings
from assesslint.reading.read import read_scheme
from assesslint.scheme.model import points_of_scored
from assesslint.text.source import Span

Told = tuple[str, str]
"""A reason, in Chinese and English."""


@dataclass(frozen=True)
class State:
    """A draft as it is at some point: its bytes, what they hold, what the rules say of it."""

    data: bytes
    draft: Draft
    report: Report
    kept: KeptReadings

    @property
    def path(self) -> str:
        return self.draft.source.path

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What stands against the draft itself."""
        return tuple(finding for finding in self.report.findings if finding.path == self.path)

    @cached_property
    def points(self) -> list[Decimal]:
        """What the scored indicators of each scheme give."""
        return [points_of_scored(scheme.items) for scheme in self.draft.schemes]

    def facts(self, without: Sequence[Span] = ()) -> Counter[object]:
        """Return what is said in each indicator, wherever it stands, without what stands at some places."""
        said: Counter[object] = Counter()
        for scheme in self.draft.schemes:
            for indicator in read_scheme(scheme, self.draft.source, kept=self.kept).facts.indicators:
                said[scheme.name.text, indicator.name, indicator.points] += 1
                for fact in (fact for name in FACTS for fact in getattr(indicator, name)):
                    if not any(place.overlaps(span) for place in fact.words.spans for span in without):
                        said[indicator.name, _content(fact)] += 1
        return said


def _content(value: object) -> object:
    """Return what a fact says, without where it stands and what else of the draft it refers to."""
    if isinstance(value, Words):
        return value.text
    if isinstance(value, tuple):
        return tuple(_content(each) for each in value if not isinstance(each, Hang))
    if is_dataclass(value):
        return (type(value).__name__, *(_content(getattr(value, field.name)) for field in fields(value)))
    return value


def objection_to(before: State, after: State, mended: Sequence[Finding]) -> Told | None:
    """Return why a draft must not be changed from one state to the other to mend these findings; None where it may."""
    added = next(_added(before.findings, after.findings), None)
    if added is not None:
        return f"改后会出现新的问题（{added}），没有改", f"the change would bring up something new ({added}); it was not made"
    edits = sorted({(edit.span, edit.text) for f in mended if f.fix for edit in f.fix.edits})
    if any(_stays(finding, after, edits) for finding in mended):
        return "改后问题仍然存在，没有改", "the fault would stay all the same; nothing was changed"
    if before.points != after.points and not all(f.fix is None or f.fix.safe for f in mended):
        return "改后总分会变，没有改", "the points would no longer add up; nothing was changed"
    if all(f.fix is None or f.fix.safe for f in mended):
        touched = [edit.span for f in mended if f.fix for edit in f.fix.edits]
        if after.facts() != before.facts(without=touched):
            return "改后其他文字的意思可能变化，没有改", "other words might change their meaning; nothing was changed"
    return None


def _stays(finding: Finding, after: State, edits: Sequence[tuple[Span, str]]) -> bool:
    """Tell whether a rule still objects to what is left of the words it objected to."""
    if finding.span is None:
        return any(f.fingerprint == finding.fingerprint for f in after.findings)
    left = Span(_moved(finding.span.start, edits), _moved(finding.span.end, edits))
    return any(f.rule == finding.rule and f.span is not None and f.span.overlaps(left) for f in after.findings)


def _moved(offset: int, edits: Sequence[tuple[Span, str]]) -> int:
    """Return where a character stands once the edits are made; one that goes, where it would stand."""
    moved = offset
    for span, text in edits:
        if span.end <= offset:
            moved += len(text) - (span.end - span.start)
        elif span.start < offset:
            moved -= offset - span.start
    return moved


def _added(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[str]:
    """Yield each rule that has more to say afterwards, of an indicator or at a level."""
    for level in range(1, len(SEVERITIES) + 1):
        counted = _counted(after, level)
        counted.subtract(_counted(before, level))
        yield from (rule for (rule, _, _), number in counted.items() if number > 0)


def _counted(findings: Iterable[Finding], level: int) -> Counter[tuple[str, str, str]]:
    return Counter((f.rule, f.scheme, f.indicator) for f in findings if f.severity in SEVERITIES[:level])
