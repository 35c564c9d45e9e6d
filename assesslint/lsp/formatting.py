"""A scheme → the edit that brings it into the one layout: what changes, and no more."""

from __future__ import annotations

from lsprotocol.types import TextEdit

from assesslint.lsp.documents import View
from assesslint.scheme.formatting import format_text
from assesslint.text.source import Source, Span


def format_edits(view: View) -> list[TextEdit]:
    """Return the edit; none of a scheme that is in the layout, or has mistakes. Raises FormattingError for a fault of the program."""
    old = view.text.text[view.shift :]
    formatted = format_text(Source(view.name, old)).text
    if formatted is None:
        return []
    new = formatted.replace("\n", "\r\n") if "\r\n" in old else formatted
    if new == old:
        return []
    start = _alike(old, new)
    start -= old[:start].endswith("\r")  # a line end is changed as a whole
    behind = _alike(old[start:][::-1], new[start:][::-1])
    behind -= old[len(old) - behind :].startswith("\n")
    span = Span(view.shift + start, view.shift + len(old) - behind)
    return [TextEdit(view.text.range(span), new[start : len(new) - behind])]


def _alike(one: str, other: str) -> int:
    """Return how many characters are the same from the first on."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
