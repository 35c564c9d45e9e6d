"""Schemes → a .txt draft: numbered headings with their points, and what each indicator says under labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assesslint.documents.structure.names import kind_of
from assesslint.documents.written.draft import (
    declared,
    field_lines,
    group_words,
    indicator_points,
    item_number,
    particular_lines,
    provision_section,
)
from assesslint.scheme.model import Group, Indicator, Scheme


def write_text(schemes: Sequence[Scheme]) -> bytes:
    """Return the schemes as one file, one under the other."""
    return "\n".join(line for scheme in schemes for line in _lines(scheme)).encode()


def _lines(scheme: Scheme) -> Iterator[str]:
    yield from (scheme.name.text, *particular_lines(scheme), "")
    yield from _items(scheme.items, 0, "")
    for count, (name, words) in enumerate(declared(scheme), 1 + len(scheme.items)):
        yield from (item_number(0, count) + name, "", words)
    yield ""


def _items(items: Iterable[Group | Indicator], depth: int, kind: str) -> Iterator[str]:
    """Yield headings and fields; `kind` is that of the indicators by the headings above them."""
    for count, item in enumerate(items, 1):
        number = item_number(depth, count)
        told = kind_of(item.name.text) or kind
        if not isinstance(item, Group) and item.kind == "provision":
            section = provision_section(item, depth)
            yield section.heading if section.number is not None else number + section.name
            yield ""  # else the next line, which begins with no label, would seem to go on with the heading
            yield from section.lines
        elif isinstance(item, Group):
            yield number + group_words(item)
            yield from _items(item.items, depth + 1, told)
        else:
            points = indicator_points(item) if item.points is not None or item.kind != told else ""
            yield f"{number}{item.name.text}" + (f"（{points}）" if points else "")
            yield from field_lines(item)
