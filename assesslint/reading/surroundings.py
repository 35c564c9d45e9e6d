"""A scheme → what the reading of each of its leaves leans on, besides the leaf itself and its headings."""

from __future__ import annotations

from dataclasses import dataclass

from assesslint.reading import fields
from assesslint.scheme import model


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the reading of a leaf leans on besides itself and its headings. The same words are the same surroundings, wherever they stand.

    `topics` are the scheme's title and purpose, each with what it is; `kinds` those of declared apps, by name, of which there are besides
    `declared` data items and inspections.
    """

    topics: tuple[tuple[str, model.Prose], ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    declared: frozenset[str] = frozenset()
    duties: tuple[model.Prose, ...] = ()


def surroundings_of(scheme: model.Scheme) -> Surroundings:
    """Return what stands around the leaves of a scheme."""
    topics = (("title", scheme.name), *(("purpose", prose) for prose in _purpose(scheme)))
    declared = frozenset(thing.name.text for things in (scheme.data_items, scheme.inspections) for thing in things)
    return Surroundings(topics, tuple(fields.declared_kinds(scheme).items()), declared, scheme.duties)


def _purpose(scheme: model.Scheme) -> tuple[model.Prose, ...]:
    """Return the first words of the provisions a scheme opens with: the app or matter it is about may stand only there."""
    opening = []
    for _, leaf in scheme.indicators():
        if leaf.kind != "provision":
            break
        opening += [prose for field, prose in fields.prose_fields(leaf) if field == "content"]
    return tuple(map(_cut, opening[:2]))


def _cut(prose: model.Prose) -> model.Prose:
    """Return the first sentence of a prose, at most 80 characters."""
    end = min((at for at in (prose.text.find(mark) for mark in "。；\n") if at > 0), default=len(prose.text))
    return prose.part(0, min(end, 80))
