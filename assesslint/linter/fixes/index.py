"""Things with their places in a draft → those of them that a place touches, found without looking at all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import itemgetter
from typing import Generic, TypeVar

from assesslint.text.source import Span

T = TypeVar("T")


class Index(Generic[T]):
    """Made once of things that may stand at several places each."""

    def __init__(self, things: Iterable[tuple[Span, T]]) -> None:
        self._things = sorted(things, key=itemgetter(0))
        self._starts = [span.start for span, _ in self._things]
        self._reach = list(accumulate((span.end for span, _ in self._things), max))
        """How far the things up to each reach at most: before one that ends sooner, nothing need be looked at."""

    def touching(self, place: Span) -> Iterator[T]:
        """Yield what stands at a place or overlaps it, the last first."""
        at = bisect_left(self._starts, place.end) - 1
        while at >= 0 and self._reach[at] > place.start:
            span, thing = self._things[at]
            if span.overlaps(place):
                yield thing
            at -= 1

    def touches(self, place: Span) -> bool:
        return next(self.touching(place), None) is not None
