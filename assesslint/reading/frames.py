"""Mentions and figures of a text → the same with the meanings that several of them make together (扣…绩效, 每户…进…群).

Words alone are endless; what officials compose them of is not. A frame says which parts make a meaning, in order and how close.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from assesslint.reading.lexicon import OPERATORS, PART, Frame, Lexicon, Mention
from assesslint.text.frequency import Frequency
from assesslint.text.quantity import Quantity

MARKS = frozenset("，。；：、！？\n")
"""Marks that part what stands on either side, unless a frame may reach over them."""

BEFORE, BEHIND = 4, 6
"""How far before its first part and behind its last a frame looks for a word that makes it something else."""

REACH = 256
"""More characters than any word or frame is long."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that may be a part of a frame, under every label a frame may name it by."""

    start: int
    end: int
    labels: tuple[str, ...]


def compose(text: str, mentions: Sequence[Mention], figures: Sequence[Quantity | Frequency], lexicon: Lexicon) -> list[Mention]:
    """Return the mentions of a text in normal form with those that frames make of them, by place.

    A frame whose meaning a word already has where the frame stands adds nothing, unless it says more. Words that serve only as parts
    are left out, and so is what a frame of `none` says means nothing there. A word that would turn others round turns nothing where
    it is part of a frame (零 and 投诉 together are one meaning).
    """
    pieces = sorted((*map(_of_mention, mentions), *map(_of_figure, figures)), key=lambda piece: (piece.start, -piece.end))
    starts = [piece.start for piece in pieces]
    plain = [m for m in mentions if m.sense.kind != PART]
    hidden: list[_Piece] = []
    used: set[int] = set()
    """Where parts of what is whole stand: a word that turns others round (取消 in 取消评优, 零 in 零投诉) is only part of it."""
    made: list[Mention] = []
    for at, first in enumerate(pieces):
        for frame in _opening(first, lexicon):
            parts = _matched(text, pieces, starts, at, frame)
            if parts is None:
                continue
            if frame.sense.kind == "none":
                hidden += parts
                continue
            made.append(Mention(first.start, parts[-1].end, frame.sense))
            threat = frame.sense.kind == "consequence" and not _holds_action(pieces, at, parts[-1].end)
            if threat or frame.whole:
                used.update(place for part in parts for place in range(part.start, part.end))
    plain = [m for m in plain if not (m.sense.kind in OPERATORS and m.start in used and m.end - 1 in used)]
    return _joined(_outside(hidden, plain), _outside(hidden, made))


def _holds_action(pieces: Sequence[_Piece], at: int, end: int) -> bool:
    """Tell whether an action is named from a piece on to an offset: what is said before it may then be said of that (不得以下载量评优)."""
    while at < len(pieces) and pieces[at].start < end:
        if "action" in pieces[at].labels:
            return True
        at += 1
    return False


def _outside(hidden: Sequence[_Piece], mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return the mentions that lie in none of the pieces a frame of `none` is made of."""
    return [m for m in mentions if not _inside(m, hidden)]


def _inside(mention: Mention, pieces: Sequence[_Piece]) -> bool:
    return any(piece.start <= mention.start and mention.end <= piece.end for piece in pieces)


def _opening(piece: _Piece, lexicon: Lexicon) -> list[Frame]:
    """Return the frames a piece may open, each once."""
    found: dict[int, Frame] = {}
    for label in piece.labels:
        for frame in lexicon.frames_opened_by.get(label, ()):
            found[id(frame)] = frame
    return list(found.values())


def _of_mention(mention: Mention) -> _Piece:
    kind, value = mention.sense.kind, mention.sense.value
    return _Piece(mention.start, mention.end, (kind, f"{kind}.{value}"))


def _of_figure(figure: Quantity | Frequency) -> _Piece:
    if isinstance(figure, Frequency):
        return _Piece(figure.start, figure.end, ("frequency",))
    return _Piece(figure.start, figure.end, ("figure", f"figure.{figure.unit}", f"unit.{figure.measure_word}"))


def _matched(text: str, pieces: Sequence[_Piece], starts: Sequence[int], at: int, frame: Frame) -> tuple[_Piece, ...] | None:
    """Return the pieces that fill a frame from the piece at a place on, the nearest that do; None if none do."""
    parts = _rest(text, pieces, starts, pieces[at], frame, 1)
    if parts is None:
        return None
    around = text[max(0, pieces[at].start - BEFORE) : parts[-1].end + BEHIND]
    return None if any(word in around for word in frame.unless) else parts


def _rest(text: str, pieces: Sequence[_Piece], starts: Sequence[int], before: _Piece, frame: Frame, part: int) -> tuple[_Piece, ...] | None:
    if part == len(frame.parts):
        return (before,)
    for at in range(bisect_left(starts, before.end), len(pieces)):
        piece = pieces[at]
        if piece.start - before.end > frame.within or _parted(text, before.end, piece.start, frame.over):
            return None
        if not frame.parts[part].isdisjoint(piece.labels):
            rest = _rest(text, pieces, starts, piece, frame, part + 1)
            if rest is not None:
                return (before, *rest)
    return None


def _parted(text: str, start: int, end: int, over: str) -> bool:
    return any(character in MARKS and character not in over for character in text[start:end])


def _joined(plain: Sequence[Mention], made: Sequence[Mention]) -> list[Mention]:
    """Return words and framed meanings by place, each meaning once where it stands."""
    if not made:
        return sorted(plain, key=_place)
    words = _ByMeaning(plain)
    kept = _ByMeaning(())
    for mention in made:
        same = words.overlapping(mention)
        if kept.overlapping(mention):
            continue
        if not same:
            kept.add(mention)
        elif all(_says_more(mention, m) for m in same):
            kept.add(Mention(same[-1].start, same[-1].end, mention.sense))
    return sorted((*(m for m in plain if not kept.covers(m)), *kept.all()), key=_place)


def _says_more(framed: Mention, word: Mention) -> bool:
    """Tell whether a frame round a word of the same meaning settles what the word alone leaves open: what it is done to.

    The word is then meant as the frame says, and stands where it stood.
    """
    if word.start < framed.start or word.end > framed.end:
        return False
    return framed.sense.implies is not None and word.sense.implies is None


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end


class _ByMeaning:
    """Mentions by what they mean, by place; no two of one meaning lie far over each other."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions: dict[tuple[str, str], list[Mention]] = {}
        for mention in mentions:
            self.add(mention)

    def add(self, mention: Mention) -> None:
        insort(self._mentions.setdefault((mention.sense.kind, mention.sense.value), []), mention, key=_start)

    def all(self) -> Iterator[Mention]:
        return (m for mentions in self._mentions.values() for m in mentions)

    def overlapping(self, mention: Mention) -> list[Mention]:
        """Return the mentions of the same meaning that share a character with a mention."""
        same = self._mentions.get((mention.sense.kind, mention.sense.value), [])
        first = bisect_left(same, mention.start - REACH, key=_start)
        return [m for m in same[first : bisect_left(same, mention.end, first, key=_start)] if m.end > mention.start]

    def covers(self, mention: Mention) -> bool:
        """Tell whether one of the same meaning holds all of a mention."""
        return any(m.start <= mention.start and mention.end <= m.end for m in self.overlapping(mention))


_start = attrgetter("start")
