"""Schemes as read → schemes that the scheme language can say: every name filled, no group too deep, no number too long.

What is changed is told in a comment beside it, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from assesslint.scheme.measures import LONGEST_NUMBER, plain_number
from assesslint.scheme.model import Group, Indicator, Prose, Scheme, Trivia
from assesslint.scheme.syntax import DEEPEST

NO_NAME = "（未命名）"
_DEEPEST_GROUP = DEEPEST - 2
"""Blocks a group may stand in: one for the scheme and one for the indicators in it are left."""


def expressible(scheme: Scheme) -> Scheme:
    """Return a scheme with as little changed as the language asks for; most are returned as they are."""
    total = scheme.total if _is_sayable(scheme.total) else None
    trivia = scheme.trivia if total == scheme.total else _noted(scheme.trivia, f"总分 {scheme.total}")
    return replace(scheme, name=_named(scheme.name), items=tuple(_items(scheme.items, 1)), total=total, trivia=trivia)


def _items(items: Iterable[Group | Indicator], depth: int) -> Iterator[Group | Indicator]:
    for item in items:
        named = replace(item, name=_named(item.name))
        if not _is_sayable(named.points):
            named = replace(named, points=None, trivia=_noted(named.trivia, f"分值 {named.points}"))
        if isinstance(named, Indicator):
            yield named
        elif depth <= _DEEPEST_GROUP:
            yield replace(named, items=tuple(_items(named.items, depth + 1)))
        else:
            for inner in _items(named.items, depth):
                yield replace(inner, name=Prose(f"{named.name.text}／{inner.name.text}"))


def _named(name: Prose) -> Prose:
    return name if name.text.strip() else Prose(NO_NAME)


def _is_sayable(number: Decimal | None) -> bool:
    return number is None or len(plain_number(number)) <= LONGEST_NUMBER


def _noted(trivia: Trivia, words: str) -> Trivia:
    return replace(trivia, before=(*trivia.before, f"# {words}"))
