"""What was found of a document → the diagnostics an editor shows in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
    Range,
)

from assesslint.findings.model import Finding, Notice, Waived
from assesslint.lsp.judging import Judged
from assesslint.reports.text import LABELS
from assesslint.text.location import Location as Place
from assesslint.text.location import Position, TextLocation
from assesslint.text.source import Source, Span

SOURCE = "assesslint"

LEVELS = {"error": DiagnosticSeverity.Error, "warning": DiagnosticSeverity.Warning, "advice": DiagnosticSeverity.Information}

KNOWN = {"zh": "存量", "en": "known"}
"""What a finding of the baseline is called."""

MOST = 1_000
"""Diagnostics of one document; the rest are counted."""

PageOf = Callable[[str], str | None]
"""The id of a rule → the URI of its page, where it has one."""


def diagnostics(judged: Judged, page_of: PageOf = lambda _: None) -> list[Diagnostic]:
    """Return the diagnostics of a document, in the order of the report."""
    found = list(_all(judged, page_of))
    if len(found) > MOST:
        more = len(found) - MOST + 1
        said = f"另有 {more} 处，见 assesslint check" if judged.lang == "zh" else f"{more} more, see assesslint check"
        found[MOST - 1 :] = [Diagnostic(_Places(judged).top(), said, DiagnosticSeverity.Hint, source=SOURCE)]
    return found


def _all(judged: Judged, page_of: PageOf) -> Iterator[Diagnostic]:
    places = _Places(judged)
    report = judged.report
    if report is None:
        yield Diagnostic(places.top(), judged.failure, DiagnosticSeverity.Error, source=SOURCE)
        return
    yield from (_diagnostic(judged, finding, places, page_of) for finding in report.findings)
    for finding in report.known:
        said = f"{KNOWN[judged.lang]} {finding.message}"
        yield Diagnostic(places.of(finding), said, DiagnosticSeverity.Hint, finding.rule, source=SOURCE)
    for waived in report.waived:
        finding = waived.finding
        yield Diagnostic(places.of(finding), _waived(waived, judged.lang), DiagnosticSeverity.Hint, finding.rule, source=SOURCE)
    for notice in report.notices:
        said = f"{LABELS[judged.lang]['notice']} {notice.message}"
        yield Diagnostic(places.of(notice), said, DiagnosticSeverity.Hint, notice.id, source=SOURCE)


def diagnostic_of(judged: Judged, finding: Finding, page_of: PageOf = lambda _: None) -> Diagnostic:
    """Return the diagnostic of one finding."""
    return _diagnostic(judged, finding, _Places(judged), page_of)


def _diagnostic(judged: Judged, finding: Finding, places: _Places, page_of: PageOf) -> Diagnostic:
    page = page_of(finding.rule)
    others = finding.places[1:] if finding.path == judged.path else ()
    return Diagnostic(
        places.of(finding),
        "\n".join(_lines(judged, finding)),
        LEVELS[finding.severity],
        finding.rule,
        CodeDescription(page) if page else None,
        SOURCE,
        [DiagnosticTag.Unnecessary] if finding.rule == "waiver-unused" else None,
        [DiagnosticRelatedInformation(Location(judged.view.uri, places.at(place)), finding.message) for place in others] or None,
    )


def _lines(judged: Judged, finding: Finding) -> Iterator[str]:
    """Yield the message of a finding, its norms and what to write instead; where it stands, if that is another file."""
    zh = judged.lang == "zh"
    labels, mark = LABELS[judged.lang], "：" if zh else ": "
    elsewhere = "" if finding.path == judged.path else f"{finding.path}{finding.location.shown(judged.lang)} "
    yield elsewhere + finding.message
    yield from (f"{labels['basis']}{mark}{norm}" for norm in dict.fromkeys(basis.sentence(judged.lang) for basis in finding.basis))
    if finding.advice:
        yield f"{labels['advice']}{mark}{finding.advice}"


def _waived(waived: Waived, lang: str) -> str:
    zh, en = f"{waived.approver} 批准至 {waived.until}：{waived.reason}", f"by {waived.approver} until {waived.until}: {waived.reason}"
    return f"{LABELS[lang]['waived']} {waived.finding.message}\n{zh if lang == 'zh' else en}"


class _Places:
    """Where findings and notices stand in a document, in the terms of its editor."""

    def __init__(self, judged: Judged) -> None:
        self._path = judged.path
        self._text = judged.view.text
        self._shift = judged.view.shift
        self._source = Source(judged.path, judged.view.text.text[self._shift :])

    def top(self) -> Range:
        """Return the first line."""
        return self._text.range(self._text.line(0))

    def of(self, said: Finding | Notice) -> Range:
        """Return where something stands that is said, at the first of several places; the first line if it stands nowhere here."""
        if said.path != self._path:
            return self.top()
        if isinstance(said, Notice):
            return self.at(said.location)
        if said.places:
            return self.at(said.places[0])
        return self._range(said.span) if said.span is not None else self.at(said.location)

    def at(self, place: Place) -> Range:
        """Return a place of the text file the document is; the first line for the file as a whole."""
        if not isinstance(place, TextLocation):
            return self.top()
        return self._range(Span(self._offset(place.start), self._offset(place.end)))

    def _offset(self, place: Position) -> int:
        starts = self._source.line_starts
        return starts[min(place.line, len(starts)) - 1] + place.column - 1

    def _range(self, span: Span) -> Range:
        """Return a place, from the characters that were read; what is empty reaches to the end of its line."""
        whole = self._text.range(Span(span.start + self._shift, span.end + self._shift))
        if whole.start != whole.end:
            return whole
        return self._text.range(Span(span.start + self._shift, self._text.line(whole.start.line).end))
