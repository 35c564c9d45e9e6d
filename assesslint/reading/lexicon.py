"""rules/lexicon/*.toml → one automaton over all words of the vocabulary; normal text → mentions, the words that may mean something.

A word may have several senses; each sense says what it needs beside it to be meant. The longest word of a kind wins, and a word of
`none` (a look-alike) keeps every shorter word inside it from being read.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from assesslint.text import cache
from assesslint.text.resources import resource


class LexiconError(ValueError):
    """A lexicon file is wrong; the message names file and entry."""


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


REACHES = ("clause", "sentence", "field", "indicator", "scheme")
OPERATORS = frozenset({"force", "sign", "quote"})
"""Kinds that turn other words round; inside a longer word they are only part of it (取消 in 取消评优)."""
SUFFIXES = frozenset({"measure"})
"""Kinds whose one-character words are meant even inside a longer word (率 in 激活率)."""

PARTS = frozenset({"first", "then"})
"""The kinds of the two parts of a frame; a word may be part of several, and of longer words too."""

_FRAME_KEYS = {"within", "first", "then", "unless"}
_KEYS = {"is", "words", "needs", "without", "reach", "implies", "nominal", "needs_penalty", "control", "direction", "holder"}


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
        self.words = tuple(senses)
        self.senses = tuple(senses.values())
        self._automaton = AhoCorasick(list(self.words), matchkind=MatchKind.Standard)

    def scan(self, text: str) -> list[Mention]:
        """Return the mentions of a text in normal form, by place; of one kind none lies inside another."""
        matches = []
        masks = []
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if text[start].isascii() and _inside_ascii_word(text, start, end):
                continue
            senses = self.senses[index]
            if any(sense.kind == "none" for sense in senses):
                masks.append((start, end))
            matches.append((start, end, senses))
        if not matches:
            return []
        matches.sort(key=lambda match: (match[0], -match[1]))
        mask = _Cover(masks, len(text))
        longer = _Cover([(start, end) for start, end, senses in matches if end - start > 1], len(text))
        reached: dict[str, int] = {}
        mentions: list[Mention] = []
        for start, end, senses in matches:
            if mask.holds(start, end):
                continue
            inside = longer.holds(start, end)
            for sense in senses:
                kind = sense.kind
                if kind == "none" or (kind not in PARTS and reached.get(kind, 0) > start):
                    continue
                if inside and kind not in PARTS and (kind in OPERATORS or (end - start == 1 and kind not in SUFFIXES)):
                    continue
                mentions.append(Mention(start, end, sense))
            for sense in senses:
                if reached.get(sense.kind, 0) < end:
                    reached[sense.kind] = end
        return self._framed(text, mentions)

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
            for then in parts[at + 1 :]:
                if then.start - first.end > frame.within:
                    break
                if then.sense.kind == "then" and then.sense.value == first.sense.value and then.start >= first.end:
                    if _fits(text, first, then, frame):
                        made.append(Mention(first.start, then.end, frame.sense))
                    break
        plain = [m for m in mentions if m.sense.kind not in PARTS]
        made = [
            m for m in made if not any(_same(p, m) and p.start < m.end and m.start < p.end and not p.sense.needs_penalty for p in plain)
        ]
        plain = [m for m in plain if not any(_same(m, f) and f.start <= m.start and m.end <= f.end for f in made)]
        return sorted((*plain, *made), key=lambda m: (m.start, -m.end))


def _same(one: Mention, other: Mention) -> bool:
    return one.sense.kind == other.sense.kind and one.sense.value == other.sense.value


def _fits(text: str, first: Mention, then: Mention, frame: Frame) -> bool:
    between = text[first.end : then.start]
    if any(mark in between for mark in "，。；：、！？\n"):
        return False
    around = text[max(0, first.start - 4) : then.end + 6]
    return not any(word in around for word in frame.unless)


class _Cover:
    """Spans that may hold others: asks in one step whether a span lies strictly inside one that starts at or before it."""

    def __init__(self, spans: list[tuple[int, int]], length: int) -> None:
        self._furthest_before = [0] * (length + 1)  # the furthest end of a span that starts before the offset
        self._furthest_at = [0] * (length + 1)  # the furthest end of a span that starts at the offset
        for start, end in spans:
            self._furthest_at[start] = max(self._furthest_at[start], end)
        furthest = 0
        for at in range(length + 1):
            self._furthest_before[at] = furthest
            furthest = max(furthest, self._furthest_at[at])

    def holds(self, start: int, end: int) -> bool:
        return self._furthest_at[start] > end or self._furthest_before[start] >= end


def _inside_ascii_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha() and text[end - 1].isascii())


def read_lexicon(folders: tuple[Path, ...]) -> Lexicon:
    """Read every `*.toml` of the folders. Raises LexiconError for a bad entry, naming its file."""
    return Lexicon(*_read([path for folder in folders for path in sorted(folder.glob("*.toml"))]))


def _read(files: list[Path]) -> tuple[dict[str, tuple[Sense, ...]], tuple[Frame, ...]]:
    import tomllib

    table: dict[str, list[Sense]] = {}
    frames: list[Frame] = []
    for path in files:
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(f"{path}: {error}") from error
        for entry in data.get("meaning", ()):
            sense = _sense(path, entry)
            for word in entry["words"].split():
                senses = table.setdefault(word, [])
                if sense not in senses:
                    senses.append(sense)
        for entry in data.get("frame", ()):
            number = str(len(frames))
            frames.append(
                Frame(
                    _sense(path, {k: v for k, v in entry.items() if k not in _FRAME_KEYS}),
                    entry["within"],
                    tuple(entry.get("unless", "").split()),
                )
            )
            for part in PARTS:
                for word in entry[part].split():
                    table.setdefault(word, []).append(Sense(part, number))
    return {word: tuple(senses) for word, senses in table.items()}, tuple(frames)


def _grouped(senses: dict[str, tuple[Sense, ...]]) -> tuple[tuple[tuple[Sense, ...], str], ...]:
    """Return the words by their senses, in the few and long pieces that are read back fast."""
    words: dict[tuple[Sense, ...], list[str]] = {}
    for word, meant in senses.items():
        words.setdefault(meant, []).append(word)
    return tuple((meant, " ".join(group)) for meant, group in words.items())


def _sense(path: Path, entry: dict[str, object]) -> Sense:
    unknown = set(entry) - _KEYS
    if unknown or "is" not in entry:
        raise LexiconError(f"{path}: {entry.get('is', '?')}: unknown or missing key {', '.join(sorted(unknown)) or 'is/words'}")
    kind, _, value = str(entry["is"]).partition(".")
    rest = {key: entry[key] for key in entry if key not in ("is", "words", "needs", "without")}
    reach = rest.get("reach", "indicator")
    if reach not in REACHES:
        raise LexiconError(f"{path}: {entry['is']}: reach {reach!r} is none of {', '.join(REACHES)}")
    needs, without = entry.get("needs", []), entry.get("without", [])
    if not isinstance(needs, list) or not isinstance(without, list):
        raise LexiconError(f"{path}: {entry['is']}: needs and without are lists")
    return Sense(kind, value, frozenset(needs), frozenset(without), **rest)  # type: ignore[arg-type]


@functools.cache
def central_lexicon() -> Lexicon:
    """Return the lexicon this installation carries."""
    files = sorted((resource("rules") / "lexicon").glob("*.toml"))
    key = cache.digest([*files, Path(__file__)])
    kept = cache.load("lexicon", key, frozenset({Sense, Frame}))
    if kept is None:
        senses, frames = _read(files)
        kept = _grouped(senses), frames
        cache.store("lexicon", key, kept)
    groups, frames = kept
    return Lexicon({word: meant for meant, words in groups for word in words.split()}, frames)
