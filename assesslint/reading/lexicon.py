"""rules/lexicon/*.toml → one index of all words of the vocabulary; normal text → mentions, the words that may mean something.

A word may have several senses; each sense says what it needs beside it to be meant. The longest word of a kind wins, and a word of
`none` (a look-alike) keeps every shorter word inside it from being read.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

from assesslint.text import cache
from assesslint.text.files import MOST_WORDS, UnreadError, read_text
from assesslint.text.resources import resource

if TYPE_CHECKING:
    from assesslint.reading.entries import ClassEntry, FrameEntry, WordsEntry


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
    control: str = "unknown"
    direction: str = "penalty"
    holder: str | None = None
    variety: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` of a passage may have `sense`."""

    start: int
    end: int
    sense: Sense

    def holds(self, other: Mention) -> bool:
        """Tell whether all of another mention stands inside this one, or just where it stands."""
        return self.start <= other.start and other.end <= self.end


OPERATORS = frozenset({"force", "sign", "quote"})
"""Kinds that turn other words round; inside a longer word they are only part of it (取消 in 取消评优)."""
SUFFIXES = frozenset({"measure", "bureau", "ending"})
"""Kinds whose one-character words are meant even inside a longer word (率 in 激活率, 局 in 教育局, 册 in 发放册)."""

PART = "class"
"""The kind of a word that only serves as part of frames; it may be part of several, and of longer words too."""


COMMON_WORDS = "common_words.txt"
"""The file beside a lexicon that lists common words of a language, which no word of the lexicon may be cut out of."""
LONGEST_COMMON = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """A meaning that several words make together, in order: each of `parts` names the meanings, classes or figures that may stand
    there, at most `within` characters behind the part before; no mark but those of `over` and no word of `unless` lies about them."""

    sense: Sense
    parts: tuple[frozenset[str], ...]
    within: int
    over: str = ""
    unless: tuple[str, ...] = ()
    whole: bool = False


class Lexicon:
    """All words with their senses, ready to scan a text in linear time, and all frames."""

    def __init__(self, senses: dict[str, tuple[Sense, ...]], frames: tuple[Frame, ...] = (), common: frozenset[str] = frozenset()) -> None:
        self.frames = frames
        self.frame_order = {id(frame): at for at, frame in enumerate(frames)}
        self._common = common
        self.frames_opened_by: dict[str, list[Frame]] = {}
        """The frames by each label that their first part may have."""
        for frame in frames:
            for label in frame.parts[0]:
                self.frames_opened_by.setdefault(label, []).append(frame)
        self._senses = senses
        self._uses: dict[int, tuple[bool, bool]] = {}
        lengths: dict[str, set[int]] = {}
        for word in senses:
            lengths.setdefault(word[:2], set()).add(len(word))
        for head, each in lengths.items():
            if head[0] in senses:
                each.add(1)
        self._lengths = {head: sorted(each, reverse=True) for head, each in lengths.items()}
        """How long the words are that may stand where two characters are met, the longest first."""

    def class_words(self, name: str) -> tuple[str, ...]:
        """Return the words of a class; none where the lexicon has no such class."""
        return self._classes.get(name, ())

    @functools.cached_property
    def _classes(self) -> dict[str, tuple[str, ...]]:
        classes: dict[str, list[str]] = {}
        for word, senses in self._senses.items():
            for sense in senses:
                if sense.kind == PART:
                    classes.setdefault(sense.value, []).append(word)
        return {name: tuple(words) for name, words in classes.items()}

    @functools.cached_property
    def words_of_varieties(self) -> dict[str, str]:
        """A word for each kind of object that packs add."""
        return {sense.variety: word for word, senses in self._senses.items() for sense in senses if sense.variety}

    def scan(self, text: str) -> list[Mention]:
        """Return the mentions of a text in normal form, by place; of one kind none lies inside another."""
        mask, longer = _Cover(), _Cover()
        reached: dict[str, int] = {}
        mentions: list[Mention] = []
        for start, end, senses in self._words_in(text):
            meant, hides = self._uses_of(senses)
            if meant and end - start > 1:
                longer.add(start, end)
            if hides:
                mask.add(start, end)
            if mask.holds(start, end):
                continue
            inside = longer.holds(start, end)
            taken: list[str] = []
            for sense in senses:
                kind = sense.kind
                if kind == "none" or (kind != PART and reached.get(kind, 0) > start):
                    continue
                if inside and kind != PART and (kind in OPERATORS or (end - start == 1 and kind not in SUFFIXES)):
                    continue
                mentions.append(Mention(start, end, sense))
                taken.append(kind)
            for kind in taken:
                reached[kind] = max(reached.get(kind, 0), end)
        return mentions

    def _uses_of(self, senses: tuple[Sense, ...]) -> tuple[bool, bool]:
        """Tell whether a word means anything by itself, and whether it hides the words inside it; told once for each set of senses."""
        uses = self._uses.get(id(senses))
        if uses is None:
            kinds = {sense.kind for sense in senses}
            uses = self._uses[id(senses)] = kinds != {PART}, "none" in kinds
        return uses

    def _words_in(self, text: str) -> Iterator[tuple[int, int, tuple[Sense, ...]]]:
        """Yield every word in a text with its senses, by place, the longest first."""
        known, lengths = self._senses, self._lengths
        ended = text + "\n"  # no word holds a line end, so none is found beyond the last character
        for start, character in enumerate(text):
            for length in lengths.get(ended[start : start + 2]) or lengths.get(character, []):
                end = start + length
                senses = known.get(ended[start:end])
                if not senses or (character.isascii() and _inside_ascii_word(text, start, end)):
                    continue
                if character.isdigit() and text[max(0, start - 1) : start].isdigit():
                    continue
                if length > 1 and self._is_crossed(text, start, end):
                    continue
                yield start, end, senses

    def _is_crossed(self, text: str, start: int, end: int) -> bool:
        """Tell whether `text[start:end]` is only the end of one common word and the next or its beginning.

        报两次 in 通报两次, 能手 in 智能手机.
        """
        return any(
            any(text[before:cut] in self._common for before in range(max(0, cut - LONGEST_COMMON), start))
            and any(text[cut:behind] in self._common for behind in range(end, cut + LONGEST_COMMON + 1))
            for cut in range(start + 1, end)
        )


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
    """Read every `*.toml` of the folders, and their common words. Raises LexiconError with all that is wrong in them."""
    from assesslint.reading.entries import read_files

    files = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    return made_of(read_files(files), folders)


def made_of(entries: Iterable[ClassEntry | WordsEntry | FrameEntry], folders: tuple[Path, ...]) -> Lexicon:
    """Return the lexicon of these entries and the common words of the folders. Raises LexiconError where a list of these is unreadable."""
    return Lexicon(*_senses(entries), frozenset().union(*map(common_words, folders)))


def common_words(folder: Path) -> frozenset[str]:
    """Return the common words listed in a folder. Raises LexiconError where their list is unreadable."""
    file = folder / COMMON_WORDS
    if not file.is_file():
        return frozenset()
    try:
        lines = read_text(file, MOST_WORDS, folder.parent).splitlines()
    except UnreadError as error:
        from assesslint.reading.entries import unread_words

        raise unread_words(file, error) from error
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def sense_of(entry: WordsEntry | FrameEntry) -> Sense:
    """Return what the words of an entry mean."""
    return Sense(
        *entry.meant,
        frozenset(entry.needs),
        frozenset(entry.without),
        entry.reach,
        entry.implies,
        entry.nominal,
        entry.control,
        entry.direction,
        entry.holder,
        entry.variety,
    )


def _senses(entries: Iterable[ClassEntry | WordsEntry | FrameEntry]) -> tuple[dict[str, tuple[Sense, ...]], tuple[Frame, ...]]:
    """Return the senses of every word, and the frames."""
    from assesslint.reading.entries import ClassEntry, WordsEntry, refers

    table: dict[str, list[Sense]] = {}

    def enter(words: str, sense: Sense) -> None:
        for word in words.split():
            senses = table.setdefault(word, [])
            if sense not in senses:
                senses.append(sense)

    frames: list[Frame] = []
    for entry in entries:
        if isinstance(entry, ClassEntry):
            enter(entry.words, Sense(PART, entry.name))
            continue
        sense = sense_of(entry)
        if isinstance(entry, WordsEntry):
            enter(entry.words, sense)
            continue
        parts = []
        for at, part in enumerate(entry.parts):
            own = f"{len(frames)}.{at}"
            enter(" ".join(word for word in part.split() if not refers(word)), Sense(PART, own))
            parts.append(frozenset({f"{PART}.{own}", *entry.named(part)}))
        orders = permutations(parts) if entry.any_order else (tuple(parts),)
        frames.extend(Frame(sense, order, entry.within, entry.over, tuple(entry.unless.split()), entry.whole) for order in orders)
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
    folder = resource("rules") / "lexicon"
    files = sorted(folder.glob("*.toml"))
    key = cache.digest([*files, Path(__file__), Path(__file__).with_name("entries.py")])
    kept = cache.load("lexicon", key, frozenset({Sense, Frame}))
    if kept is None:
        from assesslint.reading.entries import read_files

        senses, frames = _senses(read_files(files))
        kept = _grouped(senses), frames
        cache.store("lexicon", key, kept)
    groups, frames = kept
    return Lexicon({word: meant for meant, words in groups for word in words.split()}, frames, common_words(folder))
