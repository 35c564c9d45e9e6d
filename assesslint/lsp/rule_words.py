"""A page as it is being written → the fenced block around a place, the word there, and what names of a rule stand for.

A rule that is being written does not parse, so names are told from its text and not by the checker.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assesslint.policy.page import blocks
from assesslint.scheme.vocabulary import FieldType, central_vocabulary
from assesslint.text.source import Source, Span

GATHERINGS = ("any", "all", "exists", "count", "sum", "first")

NAME = r"[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff]*"
PATH = rf"{NAME}(?:\.{NAME})*"
_BOUND = re.compile(rf"(?:\bfor\s+|\b(?:{'|'.join(GATHERINGS)})\s*[(（]\s*)({NAME})\s+in\s+({PATH})")
_VALUED = re.compile(rf"\b(?:let|parameter)\s+({NAME})")
_WORD = re.compile(r"[\w\u4e00-\u9fff.-]+")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block of a page: its kind (`rule`, `scheme`, `text`) and the place of what is in it."""

    kind: str
    span: Span


def fence_at(page: str, offset: int) -> Fence | None:
    """Return the fenced block of a page around an offset."""
    for block in blocks(Source("", page)):
        if block.shape == "fence" and block.span.start <= offset <= block.span.end:
            return Fence(block.kind.partition(" ")[0], block.span)
    return None


def word_at(text: str, offset: int) -> Span | None:
    """Return the place of the word at an offset: a name with those it is joined to by dots, the id of a rule or clause."""
    for match in _WORD.finditer(text, text.rfind("\n", 0, offset) + 1):
        if match.start() > offset:
            return None
        if offset <= match.end():
            return Span(*match.span())
    return None


def scope(rule: str) -> Mapping[str, FieldType | None]:
    """Return the names that the text of a rule binds, each with its type where that can be told."""
    known: dict[str, FieldType | None] = {"scheme": FieldType("Scheme"), "indicator": FieldType("Indicator")}
    known |= dict.fromkeys(match[1] for match in _VALUED.finditer(rule))
    for match in _BOUND.finditer(rule):
        many = type_of(match[2], known)
        known[match[1]] = FieldType(many.base) if many is not None else None
    return known


def type_of(path: str, names: Mapping[str, FieldType | None]) -> FieldType | None:
    """Return the type that a path of names leads to; None where it leads nowhere that is known."""
    first, *steps = path.split(".")
    kind = names.get(first)
    for step in steps:
        kind = central_vocabulary().records.get(kind.base, {}).get(step) if kind is not None else None
    return kind
