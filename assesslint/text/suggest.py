"""A word nobody knows and the words there are → the one that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def suggest(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to `word`, or nothing where none is near. Of a Chinese word every other character may differ."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=65 if word.isascii() else 50)
    return found[0] if found else ""
