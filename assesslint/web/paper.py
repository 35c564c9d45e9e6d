"""A draft as read, the findings on it → the draft as people see it, in HTML; numbered marks at its words lead to the findings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assesslint.documents.draft import Draft
from assesslint.documents.model import Block, Paragraph, Table
from assesslint.findings.model import SEVERITIES, Finding
from assesslint.reports.pages import stretches
from assesslint.scheme.model import Prose, Scheme, prose_at
from assesslint.text.shortened import printable
from assesslint.text.source import Source, Span

MOST_CELLS = 20_000
"""Cells and paragraphs shown; a page with more would not open on an office machine."""

_INDENTS = 6
"""Depths of a list that are told apart."""


@dataclass(frozen=True, slots=True)
class Paper:
    """`html` is the draft with its marks; `marked` are the numbers of the findings that have one; `cut` tells that its end is missing."""

    html: Markup
    marked: frozenset[int]
    cut: bool


def paper_of(draft: Draft, findings: Mapping[int, Finding], title: str) -> Paper:
    """Return a draft with marks for the findings, by their numbers. `title` begins the label of a mark for those who hear the page."""
    drawing = _Drawing(draft.source, draft.schemes, findings, title)
    html = Markup("").join(drawing.blocks(draft.blocks or _lines(draft.source)))
    return Paper(html, frozenset(drawing.marked), drawing.shown > MOST_CELLS)


def _lines(source: Source) -> Iterator[Block]:
    """Yield the lines of a draft that is written in a form of its own, as the scheme language is."""
    for start, end in zip(source.line_starts, [*(start - 1 for start in source.line_starts[1:]), len(source.text)], strict=True):
        yield Paragraph(prose_at(source.text, start, end))


class _Drawing:
    def __init__(self, source: Source, schemes: Iterable[Scheme], findings: Mapping[int, Finding], title: str) -> None:
        self.marked: set[int] = set()
        self.shown = 0
        self._written = "code" if source.stretches is None and source.path.lower().endswith((".assess", ".json")) else ""
        self._findings = findings
        self._title = title
        self._names = {scheme.name.text for scheme in schemes}
        places = [(span, number) for number, finding in findings.items() for span in _spans(finding)]
        self._places = sorted(places, key=lambda place: place[0])
        self._starts = [span.start for span, _ in self._places]
        self._longest = max((span.end - span.start for span, _ in self._places), default=0)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Markup]:
        for block in blocks:
            if self.shown > MOST_CELLS:
                return
            yield self._paragraph(block) if isinstance(block, Paragraph) else self._table(block)

    def _paragraph(self, paragraph: Paragraph) -> Markup:
        self.shown += 1
        level = 1 if paragraph.prose.text in self._names else paragraph.heading
        kinds = [f"heading{level}" if level else "", f"depth{min(paragraph.depth, _INDENTS)}", self._written]
        return Markup('<p class="{}">{}</p>\n').format(" ".join(filter(None, kinds)), self._prose(paragraph.prose))

    def _table(self, table: Table) -> Markup:
        rows = Markup("").join(self._row(table, number, row) for number, row in enumerate(table.rows))
        return Markup('<div class="scroll" tabindex="0" role="region" aria-label="{}"><table>{}</table></div>\n').format(self._title, rows)

    def _row(self, table: Table, number: int, row: Sequence[Prose]) -> Markup:
        cells = []
        for column, prose in enumerate(row):
            if (number, column) in table.continued:
                continue
            self.shown += 1
            below = 1
            while (number + below, column) in table.continued:
                below += 1
            rows = Markup(' rowspan="{}"').format(below) if below > 1 else Markup("")
            cells.append(Markup("<td{}>{}</td>").format(rows, self._prose(prose)))
        return Markup("<tr>{}</tr>\n").format(Markup("").join(cells))

    def _prose(self, prose: Prose) -> Markup:
        """Return a prose with its marks; what of it stands nowhere in the draft, such as a list's number, has none."""
        spans = [
            (Span(piece.offset + max(span.start - piece.source, 0), piece.offset + min(span.end - piece.source, piece.length)), number)
            for piece in prose.pieces
            for span, number in self._over(piece.source, piece.source + piece.length)
        ]
        return Markup("").join(self._stretch(*stretch) for stretch in stretches(prose.text, spans))

    def _over(self, start: int, end: int) -> Iterator[tuple[Span, int]]:
        """Yield the places of findings that overlap some characters of the draft."""
        for at in range(bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end)):
            if self._places[at][0].end > start:
                yield self._places[at]

    def _stretch(self, text: str, over: Sequence[int], ending: Sequence[int]) -> Markup:
        lines = Markup("<br>").join(printable(line) for line in text.split("\n"))
        if not over:
            return lines
        severity = min((self._findings[number].severity for number in over), key=SEVERITIES.index)
        links = Markup("").join(map(self._link, ending))
        shown = Markup('<mark class="{}" data-finding="{}">{}</mark>').format(severity, over[0], lines)
        return shown + links

    def _link(self, number: int) -> Markup:
        """Return the number behind marked words; the first one of a finding is where its card leads to."""
        place = Markup("") if number in self.marked else Markup(' id="mark-{}"').format(number)
        self.marked.add(number)
        severity = self._findings[number].severity
        return Markup('<a class="note {}"{} href="#finding-{}" aria-label="{} {}">{}</a>').format(
            severity, place, number, self._title, number, number
        )


def _spans(finding: Finding) -> tuple[Span, ...]:
    return finding.spans or ((finding.span,) if finding.span else ())
