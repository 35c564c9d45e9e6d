"""What a reader was not sure of → comments in the schemes it made, at the place concerned where that can be told, else at the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assesslint.documents.draft import Draft
from assesslint.findings.model import Finding, Notice
from assesslint.scheme.model import Group, Indicator, Scheme
from assesslint.text.location import TextLocation
from assesslint.text.shortened import on_one_line
from assesslint.text.source import Source

_MARK = {"zh": "待核", "en": "to be checked"}


def with_comments(draft: Draft, lang: str) -> tuple[Scheme, ...]:
    """Return the schemes of a draft with a comment for each of its findings and notices. Nothing else of them changes."""
    told: list[Finding | Notice] = [*draft.findings, *draft.notices]
    schemes = list(draft.schemes)
    for each in told:
        offset = _offset(each, draft.source)
        at = _scheme_at(schemes, offset)
        schemes[at] = _commented(schemes[at], offset, _comment(each, lang))
    return tuple(schemes)


def _comment(told: Finding | Notice, lang: str) -> str:
    words = on_one_line(f"{told.location.shown(lang).strip(' :')} {told.message}")
    return f"# {_MARK[lang]}: {words}"


def _offset(told: Finding | Notice, source: Source) -> int | None:
    """Return where in the draft's text something is told of, None where that cannot be said."""
    if told.excerpt and (at := source.text.find(told.excerpt)) >= 0:
        return at
    place = told.location
    if source.stretches is None and isinstance(place, TextLocation):
        return source.line_starts[place.start.line - 1] + place.start.column - 1
    for stretch in source.stretches or ():
        if stretch.place.within(0, stretch.end - stretch.start) == place:
            return stretch.start
    return None


def _scheme_at(schemes: Sequence[Scheme], offset: int | None) -> int:
    """Return the number of the scheme a place belongs to: the last that begins before it."""
    if offset is None:
        return 0
    return max((number for number, scheme in enumerate(schemes) if scheme.span.start <= offset), default=0)


def _commented(scheme: Scheme, offset: int | None, comment: str) -> Scheme:
    items = None if offset is None else _in_items(scheme.items, offset, comment)
    if items is not None:
        return replace(scheme, items=items)
    return replace(scheme, trivia=replace(scheme.trivia, before=(*scheme.trivia.before, comment)))


def _in_items(items: Sequence[Group | Indicator], offset: int, comment: str) -> tuple[Group | Indicator, ...] | None:
    """Put a comment before the innermost item that holds a place, or the first behind it; None when there is none."""
    for number, item in enumerate(items):
        if offset >= item.span.end:
            continue
        inner = _in_items(item.items, offset, comment) if isinstance(item, Group) and item.span.start <= offset else None
        if isinstance(item, Group) and inner is not None:
            commented: Group | Indicator = replace(item, items=inner)
        else:
            commented = replace(item, trivia=replace(item.trivia, before=(*item.trivia.before, comment)))
        return (*items[:number], commented, *items[number + 1 :])
    return None
