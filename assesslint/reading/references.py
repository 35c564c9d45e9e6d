"""Names in structured fields → References: each with whether the scheme declares it."""

from __future__ import annotations

from collections.abc import Iterator

from assesslint.reading.facts import Reference, Words
from assesslint.reading.names import looks_like_app
from assesslint.scheme import model

MATTERS = frozenset({"resolve", "satisfy", "deliver"})
"""Actions on the matters of office, which no scheme declares; an app's name among them still is one."""


def references_of(leaf: model.Indicator, declared: frozenset[str]) -> Iterator[Reference]:
    """Yield the names an indicator measures; a matter of office is none unless it looks like an app or a name `declared` misspelt."""
    for measure in (f.value for f in leaf.fields if isinstance(f.value, model.Measure)):
        name = measure.object_name
        if name is not None and (measure.action not in MATTERS or looks_like_app(name.text) or _misspells(name.text, declared)):
            yield Reference(Words(name.text, (name.span,), "measure"), name.text, name.text in declared)


def _misspells(name: str, declared: frozenset[str]) -> bool:
    """Tell whether a name is one character off a declared one."""
    return any(len(name) == len(known) and sum(a != b for a, b in zip(name, known, strict=True)) == 1 for known in declared)
