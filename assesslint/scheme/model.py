"""The Scheme: what every draft becomes, whatever its form. Immutable; spans stand outside equality.

A field's value is *prose* (what departments write) or *structured* (what the scheme language adds). Both are read into the
same facts later on; nothing here understands Chinese.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter

from assesslint.text.quantity import DURATION_UNITS
from assesslint.text.source import Span

NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Trivia:
    """The comments and blank lines of one block or field. A comment keeps its `#`; a blank line is an empty string.

    They stand on the lines `before` it, `beside` its first line, `inside` before its closing brace, `after` that brace on its line,
    `below` it to the end of the file; `fields` has those of the fields that are attributes of a node, by name.
    """

    before: tuple[str, ...] = ()
    beside: str = ""
    inside: tuple[str, ...] = ()
    after: str = ""
    below: tuple[str, ...] = ()
    fields: tuple[tuple[str, Trivia], ...] = ()


NO_TRIVIA = Trivia()


@dataclass(frozen=True, slots=True)
class Piece:
    """`length` characters of a prose from `offset` on stand at `source` in the draft, one to one."""

    offset: int
    source: int
    length: int

    @property
    def span(self) -> Span:
        return Span(self.source, self.source + self.length)


_offset = attrgetter("offset")


@dataclass(frozen=True, slots=True)
class Prose:
    """Text as its author wrote it. `pieces` say where in the draft it stands (several after an escape or a joined line)."""

    text: str
    pieces: tuple[Piece, ...] = field(default=(), compare=False, repr=False)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the places in the draft of `text[start:end]`, in order, one a piece."""
        return tuple(piece.span for piece in self._clipped(start, end))

    def part(self, start: int, end: int) -> Prose:
        """Return `text[start:end]` with its places."""
        return Prose(self.text[start:end], tuple(Piece(p.offset - start, p.source, p.length) for p in self._clipped(start, end)))

    def _clipped(self, start: int, end: int) -> Iterator[Piece]:
        pieces = self.pieces
        for at in range(max(0, bisect_right(pieces, start, key=_offset) - 1), len(pieces)):
            piece = pieces[at]
            first, last = max(start, piece.offset), min(end, piece.offset + piece.length)
            if first < last:
                yield Piece(first, piece.source + first - piece.offset, last - first)
            elif piece.offset >= end:
                break

    @property
    def span(self) -> Span:
        if not self.pieces:
            return NOWHERE
        return Span(self.pieces[0].source, self.pieces[-1].span.end)

    @property
    def places(self) -> tuple[Span, ...]:
        """Where the whole text stands in the draft, one place a piece."""
        return tuple(piece.span for piece in self.pieces)


def prose_at(text: str, start: int, end: int) -> Prose:
    """Return the prose that stands unbroken at `text[start:end]` of a draft."""
    return Prose(text[start:end], (Piece(0, start, end - start),))


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the vocabulary, by its canonical id: an evidence kind, a consequence, a level, a population …"""

    id: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Terms:
    """A list of vocabulary words, in the order written."""

    terms: tuple[Term, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Names:
    """Two names or more, in quotes: reports, departments, data items, steps in the author's own words. One alone is `Prose`."""

    names: tuple[Prose, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: `percent`, `percentage_points`, `points`, `count` or `days`.

    `value` is the number as written and `unit_word` its unit where that is not the plain one (条, 篇, 积分, 分钟): `30分钟` is the
    value 30 of the unit `days` with the unit word 分钟. `in_days` does the sum.
    """

    value: Decimal
    unit: str
    unit_word: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def in_days(self) -> Decimal:
        """Return a duration in days."""
        return self.value * DURATION_UNITS.get(self.unit_word, Decimal(1))


@dataclass(frozen=True, slots=True)
class Measure:
    """`激活率("干部之家", 户籍人口) >= 50%`: an action counted in one way on an object, over a population, against a target.

    `action` and `measure` are vocabulary ids; `object` is a name declared in the scheme or a kind of object; `of` a population.
    """

    action: str
    measure: str
    object_name: Prose | None = None
    object_kind: str | None = None
    of: str | None = None
    operator: str | None = None
    target: Amount | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Every:
    """A frequency: once every `interval` days (`每日` is 1, `每周` 7, `每月` 30, `每季度` 91, `每半年` 182, `每年` 365)."""

    interval: Decimal
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Level:
    """What one level of government is to reach: `省 40%` in `省 40%, 市 50%, 县 60%`."""

    level: str
    target: Amount
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Levels:
    levels: tuple[Level, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Value = Prose | Terms | Names | Measure | Every | Levels

FIELDS = (
    "content", "measure", "scoring", "evidence", "source", "frequency", "reporting", "procedure", "consequence", "inspection",
    "escalation", "responsible", "circumstance", "remarks",
)  # fmt: skip
"""The fields of an indicator."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an indicator. A name may come more than once; a cell no field is known for is `remarks` under its own `label`."""

    name: str
    value: Value
    label: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    trivia: Trivia = field(default=NO_TRIVIA, compare=False, repr=False)


LEAVES = ("scored", "bonus", "deduction", "veto", "provision")
"""The kinds of indicator. A provision is text without points that governs others: 结果运用, 有关要求, a list of prohibitions."""


@dataclass(frozen=True, slots=True)
class InlineWaiver:
    """An approver's excuse for the objections of one rule, `name`, to the indicator or scheme it stands in, up to and including `until`.

    Without reason, approver or day it excuses nothing.
    """

    name: Prose
    reason: Prose | None = None
    approver: Prose | None = None
    until: date | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    trivia: Trivia = field(default=NO_TRIVIA, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A leaf of the scheme. `points` are points unless `points_unit` is `percent`; None when none are given."""

    name: Prose
    points: Decimal | None = None
    points_unit: str = "points"
    kind: str = "scored"
    fields: tuple[Field, ...] = ()
    waivers: tuple[InlineWaiver, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    trivia: Trivia = field(default=NO_TRIVIA, compare=False, repr=False)

    def values(self, name: str) -> Iterator[Value]:
        return (f.value for f in self.fields if f.name == name)


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators under one heading (一级指标). Its points are the sum of theirs and count only as a check."""

    name: Prose
    points: Decimal | None = None
    points_unit: str = "points"
    items: tuple[Group | Indicator, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    trivia: Trivia = field(default=NO_TRIVIA, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class App:
    """An app the scheme declares: who runs it, what it does (vocabulary ids), whom it faces (staff or public), whether compulsory."""

    name: Prose
    kind: str = "app"
    operator: Prose | None = None
    operator_level: str | None = None
    functions: tuple[Term, ...] = ()
    faces: tuple[Term, ...] = ()
    compulsory: bool | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    trivia: Trivia = field(default=NO_TRIVIA, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DataItem:
    """Data the scheme asks for: where they already are (`source`), how often they are asked, who fills them in, where they go."""

    name: Prose
    source: Prose | None = None
    frequency: Every | Prose | None = None
    filled_by: tuple[Term, ...] = ()
    recipients: tuple[Prose, ...] = ()
    systems: tuple[Prose, ...] = ()
    means: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    trivia: Trivia = field(default=NO_TRIVIA, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DeclaredInspection:
    """An inspection the scheme declares: how often, by which bodies, and whether merged with others."""

    name: Prose
    frequency: Every | Prose | None = None
    bodies: tuple[Prose, ...] = ()
    merged: bool | None = None
    scored: bool | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    trivia: Trivia = field(default=NO_TRIVIA, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Period:
    start: date
    end: date
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Consultation:
    """When opinions on the draft were asked for, and of whom."""

    start: date | None = None
    end: date | None = None
    consulted: Prose | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One assessment scheme. `form` says what it was read from, since some questions can be asked of some forms only."""

    name: Prose
    issuer: Prose | None = None
    level: Term | None = None
    audience: tuple[Term, ...] = ()
    audience_text: Prose | None = None
    period: Period | None = None
    total: Decimal | None = None
    basis: Prose | None = None
    consultation: Consultation | None = None
    parent: Prose | None = None
    classification: Term | None = None
    duties: tuple[Prose, ...] = ()
    apps: tuple[App, ...] = ()
    data_items: tuple[DataItem, ...] = ()
    inspections: tuple[DeclaredInspection, ...] = ()
    waivers: tuple[InlineWaiver, ...] = ()
    items: tuple[Group | Indicator, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    form: str = field(default="assess", compare=False)
    trivia: Trivia = field(default=NO_TRIVIA, compare=False, repr=False)

    def indicators(self) -> Iterator[tuple[tuple[Group, ...], Indicator]]:
        """Yield every leaf with the groups it stands in, outermost first."""

        def walk(items: tuple[Group | Indicator, ...], above: tuple[Group, ...]) -> Iterator[tuple[tuple[Group, ...], Indicator]]:
            for item in items:
                if isinstance(item, Group):
                    yield from walk(item.items, (*above, item))
                else:
                    yield above, item

        return walk(self.items, ())


def points_of_scored(items: Iterable[Group | Indicator]) -> Decimal:
    """Return the sum of the points that scored indicators give; a group gives its own where none of its scored indicators gives any."""
    return sum((_points_within(item)[1] for item in items), Decimal(0))


def _points_within(item: Group | Indicator) -> tuple[bool, Decimal]:
    """Return whether a scored indicator is in an item, and what those in it give."""
    if isinstance(item, Indicator):
        return item.kind == "scored", (item.points or Decimal(0)) if item.kind == "scored" else Decimal(0)
    inner = [_points_within(part) for part in item.items]
    scored, points = any(found for found, _ in inner), sum((given for _, given in inner), Decimal(0))
    return scored, item.points if scored and not points and item.points is not None else points
