"""Sentences → drafts of one indicator, and the facts read from them, for the tests of the readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from assesslint.reading.facts import NO_WORDS, Hang, Indicator, Words
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import central_lexicon
from assesslint.reading.passage import Passage
from assesslint.reading.read import read_scheme
from assesslint.scheme.model import Field, Group, Prose, Scheme, prose_at
from assesslint.scheme.model import Indicator as Leaf
from assesslint.text.source import Source

TITLE = "2026年度工作考核细则"
NAME = "重点工作"


def draft(
    cells: dict[str, str], *, name: str = NAME, heading: str = "", title: str = TITLE, kind: str = "scored", points: int | None = 5
) -> tuple[Scheme, Source]:
    """Return a scheme of one indicator, and the draft it stands in: title, heading, name and cells, a line each."""
    text = ""

    def line(words: str) -> Prose:
        nonlocal text
        start = len(text)
        text += words + "\n"
        return prose_at(text, start, start + len(words))

    told, above, leaf_name = line(title), line(heading), line(name)
    leaf = Leaf(
        leaf_name,
        None if points is None else Decimal(points),
        kind=kind,
        fields=tuple(Field(key, line(cell)) for key, cell in cells.items()),
    )
    items: tuple[Group | Leaf, ...] = (Group(above, items=(leaf,)),) if heading else (leaf,)
    return Scheme(told, items=items, form="text"), Source("draft.txt", text)


def read(text: str, field: str = "scoring", **other: Any) -> Indicator:
    """Return the facts of an indicator with `text` in one field."""
    return read_cells({field: text}, **other)


def read_cells(cells: dict[str, str], **other: Any) -> Indicator:
    scheme, source = draft(cells, **other)
    return read_scheme(scheme, source).facts.indicators[0]


def passage(text: str, field: str = "scoring") -> Passage:
    return Passage(prose_at(text, 0, len(text)), field, central_lexicon())


def indicator_text(text: str, name: str = NAME, field: str = "scoring") -> IndicatorText:
    return IndicatorText("scored", (passage(name, "name"), passage(text, field)), (passage(TITLE, "title"),))


def said(fact: Any) -> tuple[str, Any]:
    """Return the words of a fact, and the fact without them."""
    return fact.words.text, replace(fact, words=NO_WORDS)


def hung_on(hangs: tuple[Hang, ...]) -> list[str]:
    """Return what a consequence hangs on, each in a word or two: `install`, `proof screenshot`, `report`, `real_harm`."""
    named = []
    for hang in hangs:
        if hang.demand is not None:
            named.append(hang.demand.action)
        elif hang.evidence is not None:
            named.append(f"proof {hang.evidence.kind}")
        else:
            named.append("report" if hang.reporting is not None else str(hang.kind))
    return named


def unplaced(value: Any) -> Any:
    """Return facts without the places and the spelling of their words, which differ between two spellings of one draft."""
    if isinstance(value, Words):
        return Words("", (), value.field)
    if isinstance(value, tuple):
        return tuple(unplaced(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: unplaced(getattr(value, f.name)) for f in fields(value)})
    return value


def all_words(value: Any) -> Iterator[Words]:
    """Yield the words of every fact in a fact."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from all_words(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            yield from all_words(getattr(value, f.name))
