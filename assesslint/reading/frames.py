"""Mentions and figures of a text → the same with the meanings that several of them make together (扣…绩效, 每户…进…群).

Words alone are endless; what officials compose them of is not. A frame says which parts make a meaning, in order and how close.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
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


REACHES = ("sentence", "indicator", "scheme")
"""How far what a word needs may stand, the nearest first."""

_Piece = Mention | Quantity | Frequency
"""Something that may be a part of a frame."""


def compose(text: str, mentions: Sequence[Mention], figures: Sequence[Quantity | Frequency], lexicon: Lexicon) -> list[Mention]:
    """Return the mentions of a text in normal form with those that frames make of them, by place.

    A frame whose meaning a word already has where the frame stands adds nothing, unless it says more. Words that serve only as parts
    are left out, and so is what a frame of `none` says means nothing there, with whatever another frame makes of it. A word that
    would turn others round turns nothing where it is part of a frame (零 and 投诉 together are one meaning).
    """
    laid = _Laid(text, [*mentions, *figures])
    plain = [m for m in mentions if m.sense.kind != PART]
    hidden: list[_Piece] = []
    used: set[int] = set()
    """Where parts of what is whole stand: a word that turns others round (取消 in 取消评优, 零 in 零投诉) is only part of it."""
    made: list[tuple[Mention, tuple[_Piece, ...]]] = []
    for first, frame in laid.openings(lexicon):
        parts = _matched(laid, first, frame)
        if parts is None:
            continue
        if frame.sense.kind == "none":
            hidden += parts
            continue
        made.append((Mention(first.start, parts[-1].end, frame.sense), parts))
        threat = frame.sense.kind == "consequence" and not laid.holds_action(first.start, parts[-1].end)
        if threat or frame.whole:
            used.update(place for part in parts for place in range(part.start, part.end))
    plain = [m for m in plain if not (m.sense.kind in OPERATORS and m.start in used and m.end - 1 in used)]
    standing = [m for m, parts in made if not any(isinstance(p, Mention) and _inside(p, hidden) for p in parts)]
    return _joined(_outside(hidden, plain), standing)


def _outside(hidden: Sequence[_Piece], mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return the mentions that lie in none of the pieces a frame of `none` is made of."""
    return [m for m in mentions if not _inside(m, hidden)]


def _inside(mention: Mention, pieces: Sequence[_Piece]) -> bool:
    return any(piece.start <= mention.start and mention.end <= piece.end for piece in pieces)


@functools.cache
def _labels(kind: str, value: str) -> tuple[str, str]:
    return kind, f"{kind}.{value}"


def _labels_of(piece: _Piece) -> tuple[str, ...]:
    """Return every label a frame may name a piece by."""
    if isinstance(piece, Mention):
        return _labels(piece.sense.kind, piece.sense.value)
    if isinstance(piece, Frequency):
        return ("frequency",)
    return ("figure", f"figure.{piece.unit}", f"unit.{piece.measure_word}")


class _Laid:
    """The pieces of a text by their labels and places, so that most frames are refused at a glance: one of their parts is nowhere."""

    def __init__(self, text: str, pieces: Sequence[_Piece]) -> None:
        self.text = text
        self._pieces: dict[str, list[_Piece]] = {}
        for piece in sorted(pieces, key=_place):
            for label in _labels_of(piece):
                self._pieces.setdefault(label, []).append(piece)
        self._starts: dict[str, list[int]] = {}
        self._marks: dict[str, list[int]] = {}

    def openings(self, lexicon: Lexicon) -> list[tuple[_Piece, Frame]]:
        """Return each piece with each frame that it may open, by place; only frames all of whose parts are somewhere."""
        met = self._pieces.keys()
        found: dict[tuple[int, int], tuple[_Piece, Frame]] = {}
        for label in met & lexicon.frames_opened_by.keys():
            for frame in lexicon.frames_opened_by[label]:
                if all(not part.isdisjoint(met) for part in frame.parts):
                    found.update(((id(piece), id(frame)), (piece, frame)) for piece in self._pieces[label])
        return sorted(found.values(), key=lambda opening: (*_place(opening[0]), lexicon.frame_order[id(opening[1])]))

    def holds_action(self, start: int, end: int) -> bool:
        """Tell whether an action is named in a stretch of text: what is said before it may then be said of that (不得以下载量评优)."""
        return "action" in self._pieces and any(start <= at < end for at in self._starts_of("action"))

    def behind(self, before: _Piece, part: frozenset[str], frame: Frame) -> Iterator[_Piece]:
        """Yield the pieces that may fill a part behind another piece, the nearest first."""
        found: dict[int, _Piece] = {}
        for label in part & self._pieces.keys():
            starts = self._starts_of(label)
            first = bisect_left(starts, before.end)
            for at in range(first, bisect_right(starts, before.end + frame.within, first)):
                piece = self._pieces[label][at]
                found[id(piece)] = piece
        for piece in sorted(found.values(), key=_place):
            if self._parted(before.end, piece.start, frame.over):
                return
            yield piece

    def _starts_of(self, label: str) -> list[int]:
        starts = self._starts.get(label)
        if starts is None:
            starts = self._starts[label] = [piece.start for piece in self._pieces[label]]
        return starts

    def _parted(self, start: int, end: int, over: str) -> bool:
        """Tell whether a mark that a frame may not reach over stands in `text[start:end]`."""
        marks = self._marks.get(over)
        if marks is None:
            parting = MARKS - set(over)
            marks = self._marks[over] = [at for at, character in enumerate(self.text) if character in parting]
        return bisect_left(marks, start) < bisect_left(marks, end)


def _matched(laid: _Laid, first: _Piece, frame: Frame) -> tuple[_Piece, ...] | None:
    """Return the pieces that fill a frame from its first on, the nearest that do; None if none do."""
    parts = _rest(laid, first, frame, 1)
    if parts is None:
        return None
    around = laid.text[max(0, first.start - BEFORE) : parts[-1].end + BEHIND]
    return None if any(word in around for word in frame.unless) else parts


def _rest(laid: _Laid, before: _Piece, frame: Frame, part: int) -> tuple[_Piece, ...] | None:
    if part == len(frame.parts):
        return (before,)
    for piece in laid.behind(before, frame.parts[part], frame):
        rest = _rest(laid, piece, frame, part + 1)
        if rest is not None:
            return (before, *rest)
    return None


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
    """Tell whether a frame round a word of the same meaning settles what the word alone leaves open: what it is done to, or whether
    what it needs may stand farther off.

    The word is then meant as the frame says, and stands where it stood.
    """
    if word.start < framed.start or word.end > framed.end:
        return False
    if framed.sense.implies is not None and word.sense.implies is None:
        return True
    return bool(word.sense.needs) and (not framed.sense.needs or REACHES.index(framed.sense.reach) > REACHES.index(word.sense.reach))


def _place(piece: _Piece) -> tuple[int, int]:
    return piece.start, -piece.end


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
        return any(m.holds(mention) for m in self.overlapping(mention))


_start = attrgetter("start")
