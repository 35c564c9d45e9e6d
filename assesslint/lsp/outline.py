"""A document → its outline: scheme, groups, indicators and their fields; of a rule page its headings. From it, what can be folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lsprotocol.types import DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolKind

from assesslint.lsp.documents import DRAFT, PAGE, SCHEME, View
from assesslint.policy.page import blocks
from assesslint.scheme import model
from assesslint.scheme.build import entry_span
from assesslint.scheme.keywords import BLOCKS, block_words
from assesslint.scheme.syntax import Block, Entry
from assesslint.scheme.values import prose_of, span_of
from assesslint.text.shortened import on_one_line, shortened
from assesslint.text.source import Source, Span

KINDS = {
    "scheme": SymbolKind.Module,
    "group": SymbolKind.Namespace,
    "app": SymbolKind.Interface,
    "data": SymbolKind.Struct,
    "inspection": SymbolKind.Event,
    "waiver": SymbolKind.Key,
}
"""How an editor draws the blocks; indicators of every kind as classes."""

NAMELESS = "—"

LONGEST_DETAIL = 60


@dataclass(frozen=True)
class Part:
    """A part of a document: what it is called, where it stands, where its name stands, what is in it."""

    name: str
    kind: SymbolKind
    span: Span
    name_span: Span
    detail: str = ""
    parts: tuple[Part, ...] = ()
    closes: bool = False
    """It ends with a brace, which stays to be seen when it is folded."""


def parts_of(view: View) -> tuple[Part, ...]:
    """Return the parts of a document, outermost first; none of a document that is nothing that is judged."""
    if view.kind == SCHEME:
        return tuple(_block(block, view.text.text) for block in view.blocks)
    if view.kind == DRAFT:
        return tuple(_scheme(scheme, view) for scheme in view.schemes)
    return tuple(_sections(view.text.text)) if view.kind == PAGE else ()


def symbols(view: View) -> list[DocumentSymbol]:
    """Return the outline of a document as its editor shows it."""
    return [_symbol(part, view) for part in parts_of(view)]


def _symbol(part: Part, view: View) -> DocumentSymbol:
    text = view.text
    children = [_symbol(each, view) for each in part.parts]
    name = on_one_line(part.name) or NAMELESS
    whole, named = text.range(part.span), text.range(part.name_span)
    return DocumentSymbol(name, part.kind, whole, named, part.detail or None, children=children or None)


def folds(view: View) -> list[FoldingRange]:
    """Return what can be folded: every part of several lines, and runs of comments."""
    return [*_folds(parts_of(view), view), *(_comments(view) if view.kind == SCHEME else ())]


def _folds(parts: Iterable[Part], view: View) -> Iterator[FoldingRange]:
    for part in parts:
        first, last = (view.text.position(at).line for at in (part.span.start, max(part.span.start, part.span.end - 1)))
        last -= part.closes
        if last > first:
            yield FoldingRange(first, last)
        yield from _folds(part.parts, view)


def _comments(view: View) -> Iterator[FoldingRange]:
    text = view.text
    lines = [text.text[line.start : line.end].lstrip() for line in map(text.line, range(len(text.line_starts)))]
    start = 0
    for number in range(len(lines) + 1):
        if number < len(lines) and lines[number].startswith("#"):
            continue
        if number - start > 1:
            yield FoldingRange(start, number - 1, kind=FoldingRangeKind.Comment)
        start = number + 1


# ── the scheme language ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _block(block: Block, text: str) -> Part:
    word = block_words().get(block.word.text)
    inner = tuple(_block(entry, text) if isinstance(entry, Block) else _field(entry, text) for entry in block.entries)
    span = Span(block.word.start, max(block.closing.end, block.name.end, block.word.end))
    name = prose_of(block.name).text if block.name.text else ""
    points = block.amount.text if block.amount else ""
    detail = " ".join(part for part in (block.word.text, points) if part)
    kind = KINDS.get(word.id, SymbolKind.Class) if word else SymbolKind.Class
    name_span = block.name.span if block.name.text else block.word.span
    return Part(name, kind, span, name_span, detail, inner, closes=bool(block.closing.text))


def _field(entry: Entry, text: str) -> Part:
    span = entry_span(entry)
    name = entry.word.text.rstrip(":： \t\u3000")
    value = shortened(on_one_line(text[span_of(entry.items[0]).start : span.end]), LONGEST_DETAIL)
    return Part(name, SymbolKind.Property, span, Span(entry.word.start, entry.word.start + len(name)), value)


# ── drafts in prose ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _scheme(scheme: model.Scheme, view: View) -> Part:
    inner = tuple(_item(item, view) for item in scheme.items)
    return _prose_part(scheme.name, scheme.span, SymbolKind.Module, "", inner, view)


def _item(item: model.Group | model.Indicator, view: View) -> Part:
    points = "" if item.points is None else f"{item.points.normalize():f}{'%' if item.points_unit == 'percent' else '分'}"
    if isinstance(item, model.Group):
        inner = tuple(_item(each, view) for each in item.items)
        return _prose_part(item.name, item.span, SymbolKind.Namespace, points, inner, view)
    detail = " ".join(part for part in (BLOCKS[item.kind].zh, points) if part)
    return _prose_part(item.name, item.span, SymbolKind.Class, detail, (), view)


def _prose_part(name: model.Prose, span: Span, kind: SymbolKind, detail: str, parts: Sequence[Part], view: View) -> Part:
    """Return a part of a draft; it holds its name and its parts, wherever these were found."""
    whole, name_span = (Span(each.start + view.shift, each.end + view.shift) for each in (span, name.span if name.pieces else span))
    if not name.pieces:
        name_span = Span(whole.start, whole.start)
    for inner in (name_span, *(part.span for part in parts)):
        whole = whole.to(inner)
    return Part(name.text, kind, whole, name_span, detail, tuple(parts))


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sections(text: str) -> Iterator[Part]:
    """Yield the sections of a page, each with those below it and its fences."""
    found = [(len(block.kind), block.text, block.span) for block in blocks(Source("", text)) if block.shape == "heading"]
    yield from _nested(found, len(text))


def _nested(headings: list[tuple[int, str, Span]], end: int) -> Iterator[Part]:
    at = 0
    while at < len(headings):
        level, name, span = headings[at]
        behind = next((later for later in range(at + 1, len(headings)) if headings[later][0] <= level), len(headings))
        until = headings[behind][2].start if behind < len(headings) else end
        yield Part(name, SymbolKind.String, Span(span.start, until), span, parts=tuple(_nested(headings[at + 1 : behind], until)))
        at = behind
