"""A place in a scheme → where what it names is declared, and where else it is named: apps, data items, inspections, superiors, rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from lsprotocol.types import DocumentHighlight, DocumentHighlightKind, Location, Position, Range

from assesslint.findings.model import Finding
from assesslint.lsp.completion import DECLARING
from assesslint.lsp.documents import SCHEME, View
from assesslint.lsp.judging import Judged
from assesslint.lsp.place import place_at
from assesslint.scheme.keywords import BLOCKS
from assesslint.scheme.parse import plain
from assesslint.scheme.syntax import Block, scanner
from assesslint.scheme.tokens import Token, scan
from assesslint.scheme.values import prose_of
from assesslint.text.source import Span

TOP = Range(Position(0, 0), Position(0, 0))

WAIVERS = frozenset({BLOCKS["waiver"].zh, BLOCKS["waiver"].en})


class Library(Protocol):
    """What stands in other files, by name: a superior's scheme, the page of a rule."""

    def scheme(self, name: str) -> Location | None: ...

    def page(self, rule: str) -> str | None: ...


@dataclass(frozen=True)
class Named:
    """A name that is declared, where it is declared, and in which scheme."""

    name: str
    place: Span
    scheme: Block


def definitions(view: View, offset: int, library: Library, judged: Judged | None = None) -> list[Location]:
    """Return where what stands at an offset is declared; of words that a rule objects to, the page of the rule and what waives it."""
    named = name_at(view, offset)
    if named is not None:
        return [Location(view.uri, view.text.range(named.place))]
    found = list(_elsewhere(view, offset, library)) if view.kind == SCHEME else []
    return found or list(_of_findings(view, offset, library, judged))


def references(view: View, offset: int, *, declaration: bool = True) -> list[Location]:
    """Return every place of its scheme that names the declared thing named at an offset, the declaration among them if asked for."""
    named = name_at(view, offset)
    if named is None:
        return []
    return [Location(view.uri, view.text.range(place)) for place in places_of(view, named) if declaration or place != named.place]


def highlights(view: View, offset: int) -> list[DocumentHighlight]:
    """Return the same places, to be shown in the text."""
    named = name_at(view, offset)
    if named is None:
        return []
    kinds = {named.place: DocumentHighlightKind.Write}
    return [DocumentHighlight(view.text.range(place), kinds.get(place, DocumentHighlightKind.Read)) for place in places_of(view, named)]


def name_at(view: View, offset: int) -> Named | None:
    """Return the declared name that stands at an offset, in its declaration or wherever a string of its scheme says it."""
    if view.kind != SCHEME:
        return None
    return next((named for named in _declared(view) if any(_holds(place, offset) for place in places_of(view, named))), None)


def places_of(view: View, named: Named) -> Iterator[Span]:
    """Yield where a scheme says a name: in a string of its own, or in quotation marks inside one."""
    for token in _strings(view, Span(named.scheme.word.start, named.scheme.closing.end)):
        inner = token.text[1:-1]
        if inner == named.name:
            yield Span(token.start + 1, token.start + 1 + len(inner))
            continue
        at = inner.find(named.name)
        while at >= 0:
            end = at + len(named.name)
            if inner[at - 1 : at] in _OPENING and at and inner[end : end + 1] in _CLOSING and inner[end : end + 1]:
                yield Span(token.start + 1 + at, token.start + 1 + end)
            at = inner.find(named.name, end)


_OPENING, _CLOSING = "“《‘「『", "”》’」』"


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end


def _declared(view: View) -> Iterator[Named]:
    for scheme in view.blocks:
        for entry in scheme.entries:
            if isinstance(entry, Block) and entry.word.text in DECLARING and len(entry.name.text) > len('""'):
                inner = entry.name.text[1:-1]
                yield Named(inner, Span(entry.name.start + 1, entry.name.start + 1 + len(inner)), scheme)


def _strings(view: View, within: Span) -> Iterator[Token]:
    for token in scan(scanner(), plain(view.text.text), []):
        if token.start >= within.end:
            return
        if token.type == "STRING" and token.start >= within.start:
            yield token


# ── other files ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _elsewhere(view: View, offset: int, library: Library) -> Iterator[Location]:
    """Yield the superior's scheme that a scheme names, the page of the rule that a waiver names."""
    place = place_at(view.text.text, offset)
    if not place.quoted:
        return
    written = view.text.text[place.span.start : place.span.end]
    if place.field is not None and place.field.id == "parent":
        scheme = library.scheme(written)
        if scheme is not None:
            yield scheme
    elif place.role == "name" and place.head is not None and place.head.id == "waiver":
        page = library.page(written)
        if page is not None:
            yield Location(page, TOP)


def _of_findings(view: View, offset: int, library: Library, judged: Judged | None) -> Iterator[Location]:
    if judged is None or judged.report is None:
        return
    for waived in judged.report.waived:
        if covers(waived.finding, judged, offset):
            yield from (Location(view.uri, view.text.range(place)) for place in _waivers(view, offset, waived.finding.rule))
    found = (*judged.report.findings, *(waived.finding for waived in judged.report.waived))
    for rule in dict.fromkeys(finding.rule for finding in found if covers(finding, judged, offset)):
        page = library.page(rule)
        if page is not None:
            yield Location(page, TOP)


def covers(finding: Finding, judged: Judged, offset: int) -> bool:
    """Tell whether a finding is about the words at an offset of the document."""
    shift = judged.view.shift
    return finding.path == judged.path and finding.span is not None and _holds(finding.span, offset - shift)


def _waivers(view: View, offset: int, rule: str) -> Iterator[Span]:
    """Yield the names of the waivers for a rule in the blocks around an offset, the innermost first."""
    around: list[Block] = []
    blocks = [*view.blocks]
    while blocks:
        block = blocks.pop()
        if _holds(Span(block.word.start, block.closing.end), offset):
            around.insert(0, block)
            blocks = [entry for entry in block.entries if isinstance(entry, Block)]
    for block in around:
        for entry in block.entries:
            if isinstance(entry, Block) and entry.word.text in WAIVERS and prose_of(entry.name).text == rule:
                yield entry.name.span
