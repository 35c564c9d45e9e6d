"""Prose → a passage: its normal form with every mention, quantity and frequency in it, parted into sentences and clauses.

A passage answers where things stand to one another; it gives no meaning to them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from assesslint.reading.facts import Words
from assesslint.reading.frames import compose
from assesslint.reading.lexicon import PART, Lexicon, Mention
from assesslint.reading.names import names_in
from assesslint.scheme.model import Prose
from assesslint.text.deadline import Deadline, find_deadlines
from assesslint.text.frequency import Frequency, find_frequencies
from assesslint.text.normalise import normalise
from assesslint.text.quantity import Quantity, find_quantities
from assesslint.text.source import Span

SENTENCE_ENDS = frozenset("。；！？\n")
CLAUSE_ENDS = SENTENCE_ENDS | frozenset("，：")
Range = tuple[int, int]
"""Where words start and end in the text of a passage."""

LONGEST_CLAUSE, LONGEST_SENTENCE = 300, 1500
"""Characters after which a clause or sentence ends even without a mark: no person writes longer ones, and noise must not take ages."""
LONGEST_TITLE = 40
"""Characters within which a mark of a title opens before a word in it."""

ENUMERATOR = re.compile(r"(?<!第)（(?:[1-9]\d?|[一二三四五六七八九十]{1,2})）(?![项款条])")
"""（1）or（一）: the start of an item, and so of a sentence; 第（1）项 only points to one."""
NUMBERED = re.compile(r"(?<![\d.第])(?P<digits>[1-9]\d?)[.、](?=[^\d\s])|(?P<first>[一二三四五六七八九])是(?=[^\s，。；])")
"""1. or 一是: the start of an item where the next is numbered 2. or 二是."""
ORDER = "一二三四五六七八九"
POINTS_GIVEN = re.compile(r"\d分(?=[一-龥a-z“])")
"""The points of an item; where the author left a space behind them, the next item of a table starts."""
CIRCLED = re.compile(r"(?<!第)[①-⑳❶-❿](?![项款条])")
"""① of a list, in the words of the author: in normal form it is a digit like any other."""

SAID = frozenset({"action", "report", "consequence", "inspection", "escalation", "duty", "force", "sign"})
"""Kinds that say what is done; inside the title of a paper (《…日报》) they are only part of a name."""

WHEN = frozenset({"pace", "circumstance"})
"""Kinds that say when a thing is done; inside the name of an app (“应急通”) they say nothing of it."""

BEARING = (
    "action", "force", "score", "compare", "evidence", "consequence", "report", "inspection", "step", "escalation",
    "duty", "hang", "place", "universal", "circumstance", "quality", "held", "procedure", "sign", "vague",
)  # fmt: skip
"""Kinds that bear the meaning of a clause; things, people and numbers alone do not."""

PAPERS = frozenset({"responsibility_letter"})
"""What a title may well name: 《禁烧目标管理保证书》 is a letter to sign."""


@dataclass(frozen=True, slots=True)
class Clause:
    """`text[start:end]` between two marks; `sentence` numbers the sentence it belongs to, `mark` is what ends it."""

    index: int
    start: int
    end: int
    sentence: int
    mark: str


class Passage:
    """One field's prose, scanned. All offsets are into `text`, the normal form."""

    def __init__(self, prose: Prose, field: str, lexicon: Lexicon) -> None:
        self.prose = prose
        self.field = field
        self.class_words = lexicon.class_words
        self._normal = normalise(prose.text)
        self.text = self._normal.text
        names = names_in(self.text, lexicon)
        words = [m for m in lexicon.scan(self.text) if m.sense.kind not in SAID or m.sense.value in PAPERS or not _in_title(self.text, m)]
        words = [m for m in words if not _in_name(m, names)]
        figures: list[Quantity | Frequency] = [*self.quantities, *self.frequencies]
        self.mentions = compose(self.text, [*words, *names], figures, lexicon)
        self.clauses = _clauses(self.text, self._item_starts())
        self._starts = [clause.start for clause in self.clauses]
        by_kind: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            by_kind.setdefault(mention.sense.kind, []).append(mention)
        self._by_kind = by_kind
        self._places = {kind: [m.start for m in mentions] for kind, mentions in by_kind.items()}
        self._sentences: dict[int, tuple[int, int]] = {}
        for clause in self.clauses:
            start, _ = self._sentences.get(clause.sentence, (clause.start, clause.end))
            self._sentences[clause.sentence] = start, clause.end

    def at(self, prose: Prose) -> Passage:
        """Return the passage of a prose of the same text that stands elsewhere."""
        twin = copy(self)
        twin.prose = prose
        return twin

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The figures of the text with their units, by place."""
        return find_quantities(self.text)

    @cached_property
    def frequencies(self) -> list[Frequency]:
        """What the text says about how often, by place."""
        return find_frequencies(self.text)

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """The days the text names, by place."""
        return find_deadlines(self.text)

    @cached_property
    def coverage(self) -> tuple[int, int]:
        """How many word characters there are, and how many stand in a clause where something that bears meaning was recognised."""
        total = read = 0
        for clause in self.clauses:
            length = sum(c.isalnum() for c in self.text[clause.start : clause.end])
            total += length
            if any(self.has(kind, clause.start, clause.end) for kind in BEARING):
                read += length
        return total, read

    def of(self, kind: str, *values: str) -> list[Mention]:
        """Return the mentions of a kind, and of some values if given, by place."""
        return _valued(self._by_kind.get(kind, []), values)

    def clause_of(self, offset: int) -> Clause:
        """Return the clause an offset lies in; one on a mark belongs to the clause before it."""
        return self.clauses[max(0, bisect_right(self._starts, offset) - 1)]

    def sentence_range(self, clause: Clause) -> tuple[int, int]:
        """Return where the sentence of a clause starts and ends."""
        return self._sentences[clause.sentence]

    def ending_at(self, offset: int) -> list[Mention]:
        """Return the mentions that end right before an offset."""
        return self._ending.get(offset, [])

    def starting_at(self, offset: int) -> list[Mention]:
        """Return the mentions that start at an offset."""
        return self._starting.get(offset, [])

    @cached_property
    def _ending(self) -> dict[int, list[Mention]]:
        return _by(attrgetter("end"), self.mentions)

    @cached_property
    def _starting(self) -> dict[int, list[Mention]]:
        return _by(attrgetter("start"), self.mentions)

    def between(self, kind: str, start: int, end: int, *values: str) -> list[Mention]:
        """Return the mentions of a kind, and of some values if given, that lie wholly in `text[start:end]`."""
        places = self._places.get(kind)
        if places is None:
            return []
        first = bisect_left(places, start)
        found = self._by_kind[kind][first : bisect_left(places, end, first)]
        return _valued([m for m in found if m.end <= end], values)

    def has(self, kind: str, start: int, end: int, *values: str) -> bool:
        """Tell whether a mention of a kind, and of one of some values if given, lies in `text[start:end]`."""
        return bool(self.between(kind, start, end, *values))

    def opens_with(self, name: str, offset: int) -> bool:
        """Tell whether a word of a class stands right behind an offset."""
        return self.text.startswith(self.class_words(name), offset)

    def closes_with(self, name: str, offset: int) -> bool:
        """Tell whether a word of a class stands right before an offset."""
        return self.text.endswith(self.class_words(name), 0, offset)

    def counts(self, quantity: Quantity, name: str) -> bool:
        """Tell whether the measure word of a figure is one of a class."""
        return quantity.measure_word in self.class_words(name)

    def inside_longer(self, mention: Mention, kind: str) -> bool:
        """Tell whether a mention is only part of a longer word of a kind (打卡 in 打卡记录)."""
        length = mention.end - mention.start
        return any(m.holds(mention) and m.end - m.start > length for m in self.of(kind))

    def _item_starts(self) -> set[int]:
        """Return where the items of lists start."""
        circled = {match.start() for match in CIRCLED.finditer(self.prose.text)}
        starts = {at for at, origin in enumerate(self._normal.origin[:-1]) if origin in circled and self._normal.origin[at - 1] != origin}
        parted = (match.end() for match in POINTS_GIVEN.finditer(self.text))
        spaced = (at for at in parted if self._normal.origin[at] > self._normal.origin[at - 1] + 1)
        starts |= {at for at in spaced if not self.opens_with("same_item", at)}
        return starts | {match.start() for match in ENUMERATOR.finditer(self.text)} | _runs(self.text)

    def words(self, start: int, end: int) -> Words:
        """Return `text[start:end]` as the author wrote it, with its places in the draft; a quotation that closes there stays whole."""
        opened = self.text.rfind("“", start, end)
        if opened > self.text.rfind("”", start, end) and self.text.startswith("”", end):
            end += 1
        first, last = self._normal.original(start, end)
        return Words(self.prose.text[first:last], self.prose.spans(first, last), self.field)

    def range_of(self, spans: Sequence[Span]) -> Range | None:
        """Return where places of the draft stand in the text, from the first to the last of them; None where they do not."""
        pieces = self.prose.pieces
        ends = [
            piece.offset + at - piece.source
            for at in (spans[0].start, spans[-1].end - 1)
            for piece in pieces
            if piece.source <= at < piece.source + piece.length
        ]
        if len(ends) != 2:
            return None
        origin = self._normal.origin
        return bisect_left(origin, ends[0]), bisect_right(origin, ends[1])

    def quantities_in(self, start: int, end: int) -> list[Quantity]:
        """Return the figures that lie wholly in `text[start:end]`."""
        first = bisect_left(self.quantities, start, key=_start)
        return [q for q in self.quantities[first : bisect_left(self.quantities, end, first, key=_start)] if q.end <= end]

    def frequency_in(self, start: int, end: int) -> Frequency | None:
        """Return the first frequency that lies wholly in `text[start:end]`, or None."""
        first = bisect_left(self.frequencies, start, key=_start)
        return next((f for f in self.frequencies[first : bisect_left(self.frequencies, end, first, key=_start)] if f.end <= end), None)


def _valued(mentions: list[Mention], values: tuple[str, ...]) -> list[Mention]:
    """Return the mentions of some values; all where none are given."""
    return [m for m in mentions if m.sense.value in values] if values else mentions


def _by(place: Callable[[Mention], int], mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    """Return mentions by one of their ends."""
    placed: dict[int, list[Mention]] = {}
    for mention in mentions:
        placed.setdefault(place(mention), []).append(mention)
    return placed


_start = attrgetter("start")


def _in_title(text: str, mention: Mention) -> bool:
    opened = text.rfind("《", max(0, mention.start - LONGEST_TITLE), mention.start)
    return opened >= 0 and text.find("》", opened, mention.end + LONGEST_SENTENCE) >= mention.end


def _in_name(mention: Mention, names: Sequence[Mention]) -> bool:
    """Tell whether a word of doing is only part of a name: of an account's (发布 in “清源发布”), or the beginning of an app's, whose end
    says what it is for (“消防学习平台”)."""
    if mention.sense.kind not in SAID | WHEN and mention.sense.kind != PART:
        return False
    whole = [name for name in names if name.holds(mention) and not mention.holds(name)]
    return any(name.sense.value == "public_account" or (name.sense.value == "app" and mention.end < name.end) for name in whole)


def _runs(text: str) -> set[int]:
    """Return where the items of lists start that are numbered in a run (1.…2.…3.…): a number alone may be any figure."""
    runs: dict[str, list[int]] = {}
    starts: set[int] = set()
    for match in NUMBERED.finditer(text):
        number = int(match["digits"]) if match["digits"] else ORDER.index(match["first"]) + 1
        run = runs.setdefault(match.lastgroup or "", [])
        if number == 1:
            run[:] = [match.start()]
        elif number == len(run) + 1:
            run.append(match.start())
            starts.update(run)
    return starts


def _clauses(text: str, breaks: set[int]) -> list[Clause]:
    """Return the clauses of a text; at each of the breaks an item of a list starts."""
    clauses: list[Clause] = []
    start = sentence = sentence_start = 0
    items = 0
    for at, character in enumerate(text):
        if at - start >= LONGEST_CLAUSE:
            clauses.append(Clause(len(clauses), start, at, sentence, "，"))
            start = at
        if at in breaks:
            items += 1
            mark = "：" if items == 1 else "；"
            if at > start:
                clauses.append(Clause(len(clauses), start, at, sentence, mark))
                start = at
            elif clauses and items == 1 and clauses[-1].mark == "，":
                last = clauses[-1]
                clauses[-1] = Clause(last.index, last.start, last.end, last.sentence, mark)
            sentence += 1
        if character not in CLAUSE_ENDS:
            continue
        if at > start:
            clauses.append(Clause(len(clauses), start, at, sentence, character))
        elif clauses and character in SENTENCE_ENDS and clauses[-1].mark != "：":
            last = clauses[-1]
            clauses[-1] = Clause(last.index, last.start, last.end, last.sentence, character)
        if character in SENTENCE_ENDS or at - sentence_start >= LONGEST_SENTENCE:
            sentence += 1
            sentence_start = at + 1
        start = at + 1
    if start < len(text) or not clauses:
        clauses.append(Clause(len(clauses), start, len(text), sentence, ""))
    return clauses
