"""A published scheme and the paper finally issued → the indicators that are not the same, letterhead and number left aside.

Indicators are compared by their name, the headings over them and the lines of their fields, in normal form without spaces and quotation
marks, so that a Word file may have been made of another form of the scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from assesslint.linter.fingerprint import ALIKE
from assesslint.publication.said import Said
from assesslint.scheme.model import Indicator, Scheme
from assesslint.scheme.printer import print_bare
from assesslint.text.normalise import normalise

BEFORE, LONGEST = 8, 30
"""Characters shown before a change, and in all."""


@dataclass(frozen=True)
class _Indicator:
    """`lines` are the headings over an indicator, itself and its fields, as they are compared."""

    name: str
    lines: tuple[str, ...]


def issued_otherwise(published: Iterable[Scheme], issued: Iterable[Scheme]) -> Iterator[Said]:
    """Yield a sentence for each indicator that was changed, left out or added."""
    before, after = _indicators(published), _indicators(issued)
    for key, indicator in before.items():
        name = indicator.name
        if key not in after:
            yield f"印发稿没有指标“{name}”", f"the issued paper lacks the indicator “{name}”"
        elif after[key].lines != indicator.lines:
            was, now = _first_change(indicator.lines, after[key].lines)
            yield f"印发稿改了指标“{name}”：“{was}”成了“{now}”", f"the issued paper changes the indicator “{name}”: “{was}” became “{now}”"
    for key, indicator in after.items():
        if key not in before:
            yield f"印发稿多了指标“{indicator.name}”", f"the issued paper has one indicator more, “{indicator.name}”"


def _indicators(schemes: Iterable[Scheme]) -> dict[str, _Indicator]:
    """Return indicators by their names, with a number where one name stands several times; provisions are none."""
    found: dict[str, _Indicator] = {}
    for scheme in schemes:
        for groups, leaf in scheme.indicators():
            if leaf.kind == "provision":
                continue
            name = key = _plain(leaf.name.text)
            number = 1
            while key in found:
                number += 1
                key = f"{name}#{number}"
            lines = (*(group.name.text for group in groups), *print_bare(_without_labels(leaf)).splitlines())
            found[key] = _Indicator(leaf.name.text, tuple(filter(None, map(_plain, lines))))
    return found


def _without_labels(leaf: Indicator) -> Indicator:
    """Return an indicator whose fields are called as the scheme language calls them, whatever the draft's own words for them."""
    return replace(leaf, fields=tuple(replace(field, label="") for field in leaf.fields))


def _plain(text: str) -> str:
    """Return a text as it is compared: in normal form, without spaces, quotation marks and the braces of a block."""
    return "".join(normalise(text).text.translate(ALIKE).split()).translate(str.maketrans("", "", '"{}'))


def _first_change(was: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, str]:
    """Return the first lines that differ, from a little before their first change on."""
    a, b = next((a, b) for a, b in zip_longest(was, now, fillvalue="") if a != b)
    at = next((place for place, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))
    start = max(0, at - BEFORE)
    return a[start : start + LONGEST], b[start : start + LONGEST]
