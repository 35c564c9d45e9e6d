"""A word nobody knows → the known word it was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like `word`, or None when none is like it."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    allowed = max(1, len(word) // 3)
    match = process.extractOne(word, list(candidates), scorer=DamerauLevenshtein.distance, score_cutoff=allowed)
    return match[0] if match else None
