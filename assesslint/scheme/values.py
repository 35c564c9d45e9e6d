"""The items after a colon → one value of the tree, of a kind the field may hold; what does not fit is told and left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assesslint.scheme.errors import Diagnosis
from assesslint.scheme.keywords import FLAGS, FieldWord, described, terms_of
from assesslint.scheme.measures import measure_names, read_amount, read_interval
from assesslint.scheme.model import (
    Amount,
    Consultation,
    Every,
    Level,
    Levels,
    Measure,
    Names,
    Period,
    Piece,
    Prose,
    Term,
    Terms,
)
from assesslint.scheme.syntax import Item, LevelItem, MeasureItem
from assesslint.scheme.tokens import Token
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.source import Span
from assesslint.text.suggest import suggest

Read = Prose | Terms | Names | Measure | Every | Levels | Term | Period | Consultation | Decimal | date | bool | tuple[Prose, ...]

ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "“": "“", "”": "”"}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)

OTHERWISE = {"zh": "没有合适的词，就用引号写原文", "en": " If none fits, put your own words in quotes"}
"""What is added to a message about a word where the field takes prose as well."""

MOST_NAMED = 8
"""How many of the words a field takes a message names."""

_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")

LARGEST_TOTAL = 100_000
LARGEST_POINTS = 10_000


def prose_of(token: Token) -> Prose:
    """Return the text of a string, with the places of its characters."""
    inner, start = token.text[1:-1], token.start + 1
    if "\\" not in inner:
        return Prose(inner, (Piece(0, start, len(inner)),) if inner else ())
    return unescaped(inner, start, ESCAPES)


def unescaped(inner: str, start: int, escapes: Mapping[str, str]) -> Prose:
    r"""Return `inner`, which stands at `start`, with its escapes read. An unknown one (`\d`) stays as written."""
    parts: list[str] = []
    pieces: list[Piece] = []
    offset = at = 0

    def take(text: str, source: int) -> None:
        nonlocal offset
        if text:
            parts.append(text)
            pieces.append(Piece(offset, source, len(text)))
            offset += len(text)

    for match in _ESCAPE.finditer(inner):
        code, character = match.groups()
        if (code is None and character not in escapes) or (code and 0xD800 <= int(code, 16) <= 0xDFFF):
            continue
        take(inner[at : match.start()], start + at)
        take(chr(int(code, 16)) if code else escapes[character], start + match.start())
        at = match.end()
    take(inner[at:], start + at)
    return Prose("".join(parts), tuple(pieces))


def span_of(item: Item) -> Span:
    if isinstance(item, Token):
        return item.span
    if isinstance(item, LevelItem):
        return Span(item.level.start, (item.amount or item.level).end)
    return Span(item.name.start, item.closing.end)


@dataclass(slots=True)
class Values:
    """Reads values, telling `diagnosis` of what is wrong with them."""

    diagnosis: Diagnosis

    def read(self, field: FieldWord, items: Sequence[Item]) -> Read | None:
        """Return the value of a field, or None when it is of no kind the field may hold; that has then been told."""
        first = items[0]
        types = {item.type if isinstance(item, Token) else type(item).__name__ for item in items}
        if types == {"STRING"} and "consultation" not in field.kinds:
            return self.strings(field, items)
        if types == {"STRING", "WORD"} and "terms" in field.kinds:
            self.diagnosis.tell("mixed-list", span_of(first).to(span_of(items[-1])), field=field.word(self.diagnosis.lang))
            return None
        for kind in field.kinds:
            reader = _READERS.get(kind)
            if reader is not None and types <= reader[0]:
                return reader[1](self, field, items)
        return self.unfit(field, items)

    def unfit(self, field: FieldWord, items: Sequence[Item]) -> Read | None:
        """Tell of items that are no value of the field; return None."""
        span = span_of(items[0]).to(span_of(items[-1]))
        lang = self.diagnosis.lang
        seen = self.diagnosis.source.text[span.start : min(span.end, span.start + 40)]
        self.diagnosis.tell("wrong-kind", span, field=field.word(lang), seen=seen, expected=described(field, lang))
        return None

    def strings(self, field: FieldWord, items: Sequence[Any]) -> Read | None:
        if "texts" in field.kinds:
            return tuple(prose_of(item) for item in items)
        if len(items) == 1 and "text" in field.kinds:
            return prose_of(items[0])
        if "names" in field.kinds:
            return Names(tuple(prose_of(item) for item in items), items[0].span.to(items[-1].span))
        if "text" in field.kinds:
            self.diagnosis.tell("one-text", items[1].span, field=field.word(self.diagnosis.lang))
            return prose_of(items[0])
        return self.unfit(field, items)

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def term(self, field: FieldWord, token: Token) -> Term | None:
        words = terms_of(field.enum, field.groups)
        value = words.get(token.text) or words.get(unicodedata.normalize("NFKC", token.text).lower())
        if value is not None:
            return Term(value, token.span)
        self.unknown(field, token, words)
        return None

    def unknown(self, field: FieldWord, token: Token, words: Mapping[str, object]) -> None:
        """Tell of a word that is not among those a field takes, with the one that was probably meant."""
        if self.diagnosis.full():
            self.diagnosis.tell("unknown-word", token.span)
            return
        lang = self.diagnosis.lang
        otherwise = OTHERWISE[lang] if "text" in field.kinds else ""
        meant = suggest(token.text, words)
        if meant:
            self.diagnosis.tell("unknown-word", token.span, field=field.word(lang), seen=token.text, meant=meant, otherwise=otherwise)
        else:
            first: dict[object, str] = {}
            for word, value in words.items():
                if word.isascii() == (lang != "zh"):
                    first.setdefault(value, word)
            names = list(first.values())
            known = ("、" if lang == "zh" else ", ").join(names[:MOST_NAMED])
            if len(names) > MOST_NAMED:
                known += "等" if lang == "zh" else ", …"
            if otherwise:
                known += "。" if lang == "zh" else "."
            self.diagnosis.tell("unheard-word", token.span, field=field.word(lang), seen=token.text, known=known, otherwise=otherwise)

    def terms(self, field: FieldWord, items: Sequence[Token]) -> Read | None:
        if "every" in field.kinds and len(items) == 1 and items[0].text not in terms_of(field.enum, field.groups):
            interval = read_interval(items[0].text)
            if interval is not None:
                return Every(interval, items[0].span)
        found = tuple(term for term in (self.term(field, item) for item in items) if term)
        return Terms(found, items[0].span.to(items[-1].span)) if found else None

    def one_term(self, field: FieldWord, items: Sequence[Token]) -> Read | None:
        if len(items) > 1:
            self.diagnosis.tell("one-word", items[1].span, field=field.word(self.diagnosis.lang))
        return self.term(field, items[0])

    def flag(self, field: FieldWord, items: Sequence[Token]) -> Read | None:
        answer = FLAGS.get(items[0].text)
        if answer is None or len(items) > 1:
            return self.unfit(field, items)
        return answer

    def every(self, field: FieldWord, items: Sequence[Token]) -> Read | None:
        interval = read_interval(items[0].text) if len(items) == 1 else None
        if interval is None:
            self.diagnosis.tell("bad-frequency", items[0].span, field=field.word(self.diagnosis.lang), seen=items[0].text)
            return None
        return Every(interval, items[0].span)

    # ── numbers and dates ────────────────────────────────────────────────────────────────────────────────────────────────────

    def amount(self, token: Token) -> Amount | None:
        read = read_amount(token.text)
        if read is None:
            self.diagnosis.tell("bad-number", token.span, seen=token.text[:40])
            return None
        return Amount(*read, span=token.span)

    def points(self, token: Token) -> tuple[Decimal, str] | None:
        """Return the points or percent a block head gives."""
        amount = self.amount(token)
        if amount is None:
            return None
        unit = "points" if amount.unit == "count" and not amount.unit_word else amount.unit
        if unit not in ("points", "percent") or amount.unit_word:
            self.diagnosis.tell("points-unit", token.span, seen=token.text)
            return None
        if not 0 <= amount.value <= (100 if unit == "percent" else LARGEST_POINTS):
            self.diagnosis.tell("points-range", token.span, seen=token.text, largest="100%" if unit == "percent" else str(LARGEST_POINTS))
            return None
        return amount.value, unit

    def total(self, field: FieldWord, items: Sequence[Token]) -> Read | None:
        amount = self.amount(items[0])
        if amount is None:
            return None
        if len(items) > 1 or amount.unit not in ("count", "points") or amount.unit_word:
            return self.unfit(field, items)
        if not 0 < amount.value <= LARGEST_TOTAL:
            self.diagnosis.tell("total-range", items[0].span, seen=items[0].text, largest=str(LARGEST_TOTAL))
            return None
        return amount.value

    def day(self, text: str, start: int) -> date | None:
        year, month, day = text.split("-")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            self.diagnosis.tell("bad-date", Span(start, start + len(text)), seen=text)
            return None

    def one_day(self, field: FieldWord, items: Sequence[Token]) -> Read | None:
        return self.day(items[0].text, items[0].start) if len(items) == 1 else self.unfit(field, items)

    def days(self, token: Token) -> tuple[date, date] | None:
        """Return the two dates of a range."""
        first, last = _DAY.finditer(token.text)
        start, end = (self.day(match[0], token.start + match.start()) for match in (first, last))
        if start is None or end is None:
            return None
        if end < start:
            self.diagnosis.tell("period-backwards", token.span, start=str(start), end=str(end))
            return None
        return start, end

    def period(self, field: FieldWord, items: Sequence[Token]) -> Read | None:
        if len(items) > 1:
            return self.unfit(field, items)
        days = self.days(items[0])
        return Period(*days, span=items[0].span) if days else None

    def consultation(self, field: FieldWord, items: Sequence[Token]) -> Read | None:
        types = [item.type for item in items]
        if types not in (["RANGE"], ["DATE"], ["STRING"], ["RANGE", "STRING"], ["DATE", "STRING"]):
            return self.unfit(field, items)
        start = end = None
        if types[0] == "RANGE":
            start, end = self.days(items[0]) or (None, None)
        elif types[0] == "DATE":
            start = self.day(items[0].text, items[0].start)
        consulted = prose_of(items[-1]) if types[-1] == "STRING" else None
        return Consultation(start, end, consulted, items[0].span.to(items[-1].span))

    # ── measures and levels ──────────────────────────────────────────────────────────────────────────────────────────────────

    def measure(self, field: FieldWord, items: Sequence[MeasureItem | Token]) -> Read | None:
        if len(items) > 1:
            return self.unfit(field, items)
        item = items[0] if isinstance(items[0], MeasureItem) else MeasureItem(items[0], [], None, None, items[0])
        text, start = item.name.text.rstrip("(（ \t\u3000"), item.name.start
        named = measure_names().get(text)
        if named is None:
            self.unknown(field, Token("WORD", text, start, start + len(text), first=False), measure_names())
            return None
        object_name, object_kind, of = self.arguments(field, item.arguments)
        operator = target = None
        if item.comparison is not None and item.amount is not None:
            operator = central_vocabulary().enums["operator"].words[unicodedata.normalize("NFKC", item.comparison.text)]
            target = self.amount(item.amount)
        return Measure(*named, object_name, object_kind, of, operator if target else None, target, span_of(item))

    def arguments(self, field: FieldWord, tokens: Sequence[Token]) -> tuple[Prose | None, str | None, str | None]:
        """Return the object's name, the object's kind and the population a measure is taken of."""
        name: Prose | None = None
        kind: str | None = None
        of: str | None = None
        kinds, populations = terms_of("object_kind"), terms_of("population")
        for token in tokens:
            if token.type == "STRING" and name is None:
                name = prose_of(token)
            elif token.text in kinds and kind is None:
                kind = kinds[token.text]
            elif token.text in populations and of is None:
                of = populations[token.text]
            elif token.type == "STRING" or token.text in kinds or token.text in populations:
                self.diagnosis.tell("measure-argument", token.span, seen=token.text)
            else:
                self.unknown(field, token, {**kinds, **populations})
        return name, kind, of

    def levels(self, field: FieldWord, items: Sequence[LevelItem]) -> Read | None:
        found = tuple(level for level in (self.level(field, item) for item in items) if level)
        return Levels(found, span_of(items[0]).to(span_of(items[-1]))) if found else None

    def level(self, field: FieldWord, item: LevelItem) -> Level | None:
        word, amount = item.level, item.amount
        if amount is None:
            name = word.text.rstrip("0123456789.%％")
            middle = word.start + len(name)
            amount = Token("AMOUNT", word.text[len(name) :], middle, word.end, first=False)
            word = Token("WORD", name, word.start, middle, first=False)
        term, target = self.term(field, word), self.amount(amount)
        return Level(term.id, target, span_of(item)) if term and target else None


_READERS: Mapping[str, tuple[frozenset[str], Callable[..., Read | None]]] = {
    "term": (frozenset({"WORD"}), Values.one_term),
    "terms": (frozenset({"WORD"}), Values.terms),
    "every": (frozenset({"WORD", "EVERY"}), Values.every),
    "flag": (frozenset({"WORD"}), Values.flag),
    "total": (frozenset({"AMOUNT"}), Values.total),
    "day": (frozenset({"DATE"}), Values.one_day),
    "period": (frozenset({"RANGE"}), Values.period),
    "consultation": (frozenset({"RANGE", "DATE", "STRING"}), Values.consultation),
    "measure": (frozenset({"MeasureItem", "WORD"}), Values.measure),
    "levels": (frozenset({"LevelItem"}), Values.levels),
}
"""For each kind of value, the items it is made of and who reads them."""
