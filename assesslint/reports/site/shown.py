"""The examples of a rule page → what the site shows of them: the draft, the words found marked, and each finding as reports print it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from assesslint.documents.draft import read_draft
from assesslint.linter.judged import judge_scheme
from assesslint.linter.pages import SUFFIXES
from assesslint.policy.cases import EXPECTED, REMARK
from assesslint.policy.judge import Objection
from assesslint.policy.page import FLAGGED, PASSED, Example, Page, blocks
from assesslint.policy.rulebook import Rulebook
from assesslint.reports.pages import stretches
from assesslint.text.source import Span


@dataclass(frozen=True, slots=True)
class Shown:
    """An example as shown: the line of prose above it, its text with marks numbered as the findings are, and these."""

    remark: str
    html: Markup
    objections: tuple[Objection, ...]
    known_gap: bool = False
    fixed: str = ""
    """What a fix makes of it, where the page shows that."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a table of cases: its cells, that with the findings wanted left out, and what is found."""

    cells: tuple[Markup, ...]
    objections: tuple[Objection, ...]


def judged(rulebook: Rulebook, rule: str, example: Example, day: date, lang: str) -> list[Objection]:
    """Return what a rule objects to in an example."""
    draft = read_draft(f"example{SUFFIXES[example.kind]}", example.text.encode("utf-8"))
    return [
        objection
        for scheme in draft.schemes
        for objection in judge_scheme(rulebook, scheme, draft.source, day, lang=lang, selected=frozenset({rule}))[1]
        if objection.rule == rule
    ]


def shown_examples(rulebook: Rulebook, page: Page, day: date, lang: str) -> tuple[list[Shown], list[Shown]]:
    """Return the flagged and the passed examples of a page."""
    remarks = _remarks(page)
    flagged, passed = (
        [_shown(page, example, judged(rulebook, page.id, example, day, lang), remarks.get(example.span.start, "")) for example in examples]
        for examples in (page.flagged, page.passed)
    )
    return flagged, passed


def _remarks(page: Page) -> dict[int, str]:
    """Return the prose above each example, by where the example begins."""
    remarks: dict[int, str] = {}
    heading = ""
    prose: list[str] = []
    for block in blocks(page.source):
        if block.shape == "heading":
            heading, prose = block.text.strip(), []
        elif block.shape == "fence":
            remarks[block.span.start], prose = "\n".join(prose).strip(), []
        elif heading in (FLAGGED, PASSED) and not block.text.startswith(("- ", "* ")):
            prose.append(block.text)
    return remarks


def _shown(page: Page, example: Example, objections: Sequence[Objection], remark: str) -> Shown:
    written = page.source.text[example.span.start : example.span.end]
    base = example.text.index(written)  # a short example is wrapped into a whole scheme, its own text staying in one piece
    spans = [
        (Span(max(span.start - base, 0), min(span.end - base, len(written))), number)
        for number, objection in enumerate(objections, 1)
        for span in objection.words.spans
    ]
    fixed = example.fixed.span if example.fixed else Span(0, 0)
    mended = page.source.text[fixed.start : fixed.end].rstrip("\n")
    return Shown(remark, marked(written.rstrip("\n"), spans), tuple(objections), example.known_gap, mended)


def marked(text: str, spans: Iterable[tuple[Span, int]]) -> Markup:
    """Return `text` as HTML with the characters of `spans` marked; the number of the finding they belong to stands at their end."""
    parts = []
    for part, over, ending in stretches(text, spans):
        if over:
            tags = Markup("").join(Markup("<sup>{}</sup>").format(number) for number in ending)
            parts.append(Markup("<mark>{}{}</mark>").format(part, tags))
        else:
            parts.append(Markup.escape(part))
    return Markup("").join(parts)


def shown_cases(rulebook: Rulebook, page: Page, day: date, lang: str) -> tuple[list[str], list[ShownRow]]:
    """Return the columns and rows of a page's table of cases, without the column of the findings wanted."""
    if not page.cases:
        return [], []
    source = page.cases[0].source or page.source
    head, *rows = csv.reader(io.StringIO(source.text.removeprefix("\ufeff"), newline=""))
    columns = [at for at, name in enumerate(head) if name.strip() != EXPECTED]
    written = [row for row in rows if any(cell.strip() for cell in row)]
    shown = []
    for row, case in zip(written, page.cases, strict=False):
        objections = judged(rulebook, page.id, case, day, lang)
        cells = tuple(_cell(row[at] if at < len(row) else "", () if head[at].strip() == REMARK else objections) for at in columns)
        shown.append(ShownRow(cells, tuple(objections)))
    return [head[at].strip() for at in columns], shown


def _cell(text: str, objections: Iterable[Objection]) -> Markup:
    found = [(text.find(objection.words.text), len(objection.words.text), number) for number, objection in enumerate(objections, 1)]
    return marked(text, [(Span(at, at + length), number) for at, length, number in found if at >= 0])
