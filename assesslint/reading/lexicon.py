"""rules/lexicon/*.toml → one index of all words of the vocabulary; normal text → mentions, the words that may mean something.

A word may have several senses; each sense says what it needs beside it to be meant. The longest word of a kind wins, and a word of
`none` (a look-alike) keeps every shorter word inside it from being read.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assesslint.text import cache
from assesslint.text.resources import resource


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word: `kind.value` of the lexicon's own tables, and what must hold for it to be meant."""

    kind: str
    value: str
    needs: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    reach: str = "indicator"
    implies: str | None = None
    nominal: bool = False
    needs_penalty: bool = False
    control: str = "unknown"
    direction: str = "penalty"
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` of a passage may have `sense`."""

    start: int
    end: int
    sense: Sense


OPERATORS = frozenset({"force", "sign", "quote"})
"""Kinds that turn other words round; inside a longer word they are only part of it (取消 in 取消评优)."""
SUFFIXES = frozenset({"measure"})
"""Kinds whose one-character words are meant even inside a longer word (率 in 激活率)."""

PARTS = frozenset({"first", "then"})
"""The kinds of the two parts of a frame; a word may be part of several, and of longer words too."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A meaning of two words: two parts at most `within` characters apart in one clause, with none of `unless` about them."""

    sense: Sense
    within: int
    unless: tuple[str, ...]


class Lexicon:
    """All words with their senses and all frames, ready to scan a text in linear time."""

    def __init__(self, senses: dict[str, tuple[Sense, ...]], frames: tuple[Frame, ...] = ()) -> None:
        self.frames = frames
        self._senses = senses
        lengths: dict[str, set[int]] = {}
        for word in senses:
            lengths.setdefault(word[:2], set()).add(len(word))
        for head, each in lengths.items():
            if head[0] in senses:
                each.add(1)
        self._lengths = {head: sorted(each, reverse=True) for head, each in lengths.items()}
        """How long the words are that may stand where two characters are met, the longest first."""
        self._longest = max(map(len, senses), default=0)

    def scan(self, text: str) -> list[Mention]:
        """Return the mentions of a text in normal form, by place; of one kind none lies inside another."""
        mask, longer = _Cover(), _Cover()
        reached: dict[str, int] = {}
        mentions: list[Mention] = []
        for start, end, senses in self._words_in(text):
            if end - start > 1:
                longer.add(start, end)
            if any(sense.kind == "none" for sense in senses):
                mask.add(start, end)
            if mask.holds(start, end):
                continue
            inside = longer.holds(start, end)
            taken: list[str] = []
            for sense in senses:
                kind = sense.kind
                if kind == "none" or (kind not in PARTS and reached.get(kind, 0) > start):
                    continue
                if inside and kind not in PARTS and (kind in OPERATORS or (end - start == 1 and kind not in SUFFIXES)):
                    continue
                mentions.append(Mention(start, end, sense))
                taken.append(kind)
            for kind in taken:
                reached[kind] = max(reached.get(kind, 0), end)
        return self._framed(text, mentions)

    def _words_in(self, text: str) -> Iterator[tuple[int, int, tuple[Sense, ...]]]:
        """Yield every word in a text with its senses, by place, the longest first."""
        known, lengths = self._senses, self._lengths
        ended = text + "\n"  # no word holds a line end, so none is found beyond the last character
        for start, character in enumerate(text):
            for length in lengths.get(ended[start : start + 2]) or lengths.get(character, []):
                end = start + length
                senses = known.get(ended[start:end])
                if senses and not (character.isascii() and _inside_ascii_word(text, start, end)):
                    yield start, end, senses

    def _framed(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Return the mentions with those that frames make of their parts, the parts taken out, by place."""
        parts = [m for m in mentions if m.sense.kind in ("first", "then")]
        if not parts:
            return mentions
        made: list[Mention] = []
        for at, first in enumerate(parts):
            if first.sense.kind != "first":
                continue
            frame = self.frames[int(first.sense.value)]
            for after in range(at + 1, len(parts)):
                then = parts[after]
                if then.start - first.end > frame.within:
                    break
                if then.sense.kind == "then" and then.sense.value == first.sense.value and then.start >= first.end:
                    if _fits(text, first, then, frame):
                        made.append(Mention(first.start, then.end, frame.sense))
                    break
        plain = [m for m in mentions if m.sense.kind not in PARTS]
        starts = [m.start for m in plain]
        kept: list[Mention] = []
        covered: set[int] = set()
        for mention in made:
            near = range(bisect_left(starts, mention.start - self._longest), bisect_left(starts, mention.end))
            same = [at for at in near if _same(plain[at], mention) and mention.start < plain[at].end]
            if all(plain[at].sense.needs_penalty for at in same):
                kept.append(mention)
                covered.update(at for at in same if mention.start <= plain[at].start and plain[at].end <= mention.end)
        plain = [m for at, m in enumerate(plain) if at not in covered]
        return sorted((*plain, *kept), key=lambda m: (m.start, -m.end))


def _same(one: Mention, other: Mention) -> bool:
    return one.sense.kind == other.sense.kind and one.sense.value == other.sense.value


def _fits(text: str, first: Mention, then: Mention, frame: Frame) -> bool:
    between = text[first.end : then.start]
    if any(mark in between for mark in "，。；：、！？\n"):
        return False
    around = text[max(0, first.start - 4) : then.end + 6]
    return not any(word in around for word in frame.unless)


class _Cover:
    """The spans met so far, by place and the longest first; tells whether one lies strictly inside another that starts no later."""

    def __init__(self) -> None:
        self._start = -1
        self._before = self._here = 0
        """The furthest ends of the spans that start before the present start, and of those that start there."""

    def add(self, start: int, end: int) -> None:
        self._come_to(start)
        self._here = max(self._here, end)

    def holds(self, start: int, end: int) -> bool:
        self._come_to(start)
        return self._here > end or self._before >= end

    def _come_to(self, start: int) -> None:
        if start != self._start:
            self._before = max(self._before, self._here)
            self._start, self._here = start, 0


def _inside_ascii_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha() and text[end - 1].isascii())


def read_lexicon(folders: tuple[Path, ...]) -> Lexicon:
    """Read every `*.toml` of the folders. Raises LexiconError for a bad entry, naming its file."""
    return Lexicon(*_read([path for folder in folders for path in sorted(folder.glob("*.toml"))]))


def _read(files: list[Path]) -> tuple[dict[str, tuple[Sense, ...]], tuple[Frame, ...]]:
    from assesslint.reading.entries import FrameEntry, read_entries

    table: dict[str, list[Sense]] = {}
    frames: list[Frame] = []
    for entry in (entry for path in files for entry in read_entries(path)):
        sense = Sense(
            *entry.meant,
            frozenset(entry.needs),
            frozenset(entry.without),
            entry.reach,
            entry.implies,
            entry.nominal,
            entry.needs_penalty,
            entry.control,
            entry.direction,
            entry.holder,
        )
        if isinstance(entry, FrameEntry):
            for part, words in (("first", entry.first), ("then", entry.then)):
                for word in words.split():
                    table.setdefault(word, []).append(Sense(part, str(len(frames))))
            frames.append(Frame(sense, entry.within, tuple(entry.unless.split())))
            continue
        for word in entry.words.split():
            senses = table.setdefault(word, [])
            if sense not in senses:
                senses.append(sense)
    return {word: tuple(senses) for word, senses in table.items()}, tuple(frames)


def _grouped(senses: dict[str, tuple[Sense, ...]]) -> tuple[tuple[tuple[Sense, ...], str], ...]:
    """Return the words by their senses, in the few and long pieces that are read back fast."""
    words: dict[tuple[Sense, ...], list[str]] = {}
    for word, meant in senses.items():
        words.setdefault(meant, []).append(word)
    return tuple((meant, " ".join(group)) for meant, group in words.items())


@functools.cache
def central_lexicon() -> Lexicon:
    """Return the lexicon this installation carries."""
    files = sorted((resource("rules") / "lexicon").glob("*.toml"))
    key = cache.digest([*files, Path(__file__), Path(__file__).with_name("entries.py")])
    kept = cache.load("lexicon", key, frozenset({Sense, Frame}))
    if kept is None:
        senses, frames = _read(files)
        kept = _grouped(senses), frames
        cache.store("lexicon", key, kept)
    groups, frames = kept
    return Lexicon({word: meant for meant, words in groups for word in words.split()}, frames)
