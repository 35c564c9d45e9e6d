"""Gathers the text of a file that is no text file: a reader adds stretch by stretch, each with its place, and gets its prose back."""

from __future__ import annotations

from assesslint.documents.limits import DEFAULT_LIMITS, Limits
from assesslint.documents.model import EMPTY
from assesslint.scheme.model import Piece, Prose
from assesslint.text.location import Place
from assesslint.text.source import Source, Stretch


class Transcript:
    """The text read so far. Its stretches are parted by line ends, which stand nowhere in the file."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._texts: list[str] = []
        self._stretches: list[Stretch] = []
        self._length = 0

    def add(self, text: str, place: Place) -> Prose:
        """Add what stands at `place` and return it as a prose without the white space around it.

        `place.within` counts the characters of `text`, white space and all. Raises UnreadableError when the text grows too long.
        """
        if not text.strip():
            return EMPTY
        start = self._length
        self._texts.append(text)
        self._stretches.append(Stretch(start, start + len(text), place))
        self._length += len(text) + 1
        self._limits.hold(self._length)
        words = text.strip()
        return Prose(words, (Piece(0, start + len(text) - len(text.lstrip()), len(words)),))

    def source(self, path: str) -> Source:
        """Return the draft's text with the place of every stretch of it."""
        return Source(path, "\n".join(self._texts), tuple(self._stretches))
