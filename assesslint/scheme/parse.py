"""A scheme file → its schemes, and a finding for each mistake in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assesslint.findings.model import Finding
from assesslint.scheme.build import Builder
from assesslint.scheme.errors import Diagnosis
from assesslint.scheme.model import Scheme
from assesslint.scheme.syntax import Block, read_blocks
from assesslint.text.memory import collection_paused
from assesslint.text.source import Source, Span

_BYTE_ORDER_MARK = "\ufeff"
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""Characters that are no text: nothing written by people holds them."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What could be read of a source, what was wrong with it, and the blocks the schemes were built of."""

    schemes: tuple[Scheme, ...]
    findings: tuple[Finding, ...]
    blocks: Sequence[Block] = field(default=(), compare=False, repr=False)


def parse_schemes(source: Source, lang: str = "zh") -> Parsed:
    """Read a source in the scheme language. Raises nothing: every mistake is a finding in the language asked for."""
    diagnosis = Diagnosis(source, lang)
    text = source.text
    for match in _NO_TEXT.finditer(text):
        diagnosis.tell("no-text", Span(*match.span()), seen=f"U+{ord(match.group()):04X}")
    with collection_paused():
        blocks, below = read_blocks(plain(text), diagnosis)
        schemes = Builder(diagnosis).schemes(blocks, below)
    if not blocks and not diagnosis.found:
        diagnosis.tell("empty", Span(0, 0))
    return Parsed(schemes, diagnosis.findings(), blocks)


def plain(text: str) -> str:
    """Return a text with a space for each character that is none, and for a byte order mark before it."""
    text = _NO_TEXT.sub(" ", text)
    return " " + text[1:] if text.startswith(_BYTE_ORDER_MARK) else text
