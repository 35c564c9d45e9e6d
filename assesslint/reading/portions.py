"""An indicator too long for anybody to have written → portions of it, each short enough to be read in its turn; their facts together again.

Reading asks how every word stands to the others of its indicator. That is quick for a page and endless for a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from assesslint.reading.facts import Indicator
from assesslint.reading.fields import prose_fields
from assesslint.scheme import model
from assesslint.scheme.model import Prose

LONGEST = 3000
"""Characters read at once, several times what the longest real indicator has."""

_ENDS = "。；！？\n"


def portions_of(leaf: model.Indicator) -> tuple[model.Indicator, ...]:
    """Return a leaf in portions of at most `LONGEST` characters and its name, parted between sentences; nearly always just the leaf."""
    (_, name), *proses = prose_fields(leaf)
    if len(name.text) + sum(len(prose.text) for _, prose in proses) <= LONGEST:
        return (leaf,)
    head, *more = _pieces(name)
    portions: list[list[model.Field]] = [[f for f in leaf.fields if not isinstance(f.value, (Prose, model.Names))]]
    room = LONGEST
    for field, piece in (*(("content", piece) for piece in more), *((field, piece) for field, prose in proses for piece in _pieces(prose))):
        if len(piece.text) > room:
            portions.append([])
            room = LONGEST
        portions[-1].append(model.Field(field, piece))
        room -= len(piece.text) + 1
    return tuple(replace(leaf, name=head, fields=tuple(portion)) for portion in portions)


def together(leaf: model.Indicator, portions: Sequence[Indicator]) -> Indicator:
    """Return the facts of a leaf's portions as one; what they all say of the common name is said once."""
    first = portions[0]
    if len(portions) == 1:
        return first
    named = (f.name for f in fields(first) if isinstance(getattr(first, f.name), tuple))
    facts: dict[str, Any] = {name: tuple(dict.fromkeys(fact for portion in portions for fact in getattr(portion, name))) for name in named}
    return replace(first, name=leaf.name.text, **facts)


def _pieces(prose: Prose) -> Iterator[Prose]:
    start = 0
    while len(prose.text) - start > LONGEST:
        end = max(prose.text.rfind(mark, start, start + LONGEST) for mark in _ENDS) + 1 or start + LONGEST
        yield prose.part(start, end)
        start = end
    yield prose.part(start, len(prose.text))
