"""A Scheme → its text in the scheme language, in Chinese or English keywords; parsed again, it is the same Scheme.

One layout for everybody: two spaces a level, fields in the order of the table of keywords (an indicator's in the author's), short
declarations on one line, one blank line around what is long. Comments stay with what they stood at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from assesslint.scheme.keywords import BLOCKS, DECLARATIONS, FieldWord
from assesslint.scheme.layout import BLANK, Line, block_line, list_lines, rendered, without_blank_ends
from assesslint.scheme.measures import PLAIN_UNITS, amount_text, flag_name, frequency_name, measure_name, plain_number
from assesslint.scheme.model import (
    NO_TRIVIA,
    Amount,
    App,
    Consultation,
    DataItem,
    DeclaredInspection,
    Every,
    Field,
    Group,
    Indicator,
    InlineWaiver,
    Levels,
    Measure,
    Names,
    Period,
    Prose,
    Scheme,
    Term,
    Terms,
    Trivia,
)
from assesslint.scheme.vocabulary import central_vocabulary

OPERATORS = {"at_least": ">=", "at_most": "<=", "more": ">", "less": "<", "equal": "="}

DECLARED = {App: "app", DataItem: "data", DeclaredInspection: "inspection", InlineWaiver: "waiver"}

_SPECIAL = re.compile('[\x00-\x1f\x7f-\x9f\u2028\u2029"\\\\\ud800-\udfff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


Node = Scheme | Group | Indicator | App | DataItem | DeclaredInspection | InlineWaiver


def print_scheme(scheme: Scheme, lang: str = "zh") -> str:
    """Return the canonical text of one scheme, ended by a line end."""
    return rendered(_Printer(lang).scheme(scheme))


def print_schemes(schemes: Iterable[Scheme], lang: str = "zh") -> str:
    """Return the canonical text of several schemes, a blank line between them."""
    return "\n".join(print_scheme(scheme, lang) for scheme in schemes)


def print_bare(node: Node) -> str:
    """Return the canonical text of a scheme, or of one block of it, without comments: what stays when only its form changes."""
    lines = _Printer("zh").node(node)
    return rendered(Line(line.text, line.depth) for line in lines if line.text and not line.text.startswith("#"))


def quoted(text: str) -> str:
    """Return a text as a string of the language."""
    return '"' + _SPECIAL.sub(_escaped, text) + '"'


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}"


@dataclass(slots=True)
class Part:
    """The lines of one field or block, with the comments to put around them."""

    kind: str
    trivia: Trivia
    lines: list[Line]


class _Printer:
    """Prints in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.chinese = lang == "zh"

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def term(self, enum: str, value: str) -> str:
        return central_vocabulary().name(enum, value) if self.chinese else value

    def amount(self, amount: Amount) -> str:
        unit = amount.unit_word or PLAIN_UNITS[amount.unit][0 if self.chinese else 1]
        return amount_text(plain_number(amount.value), unit)

    def measure(self, measure: Measure) -> str:
        arguments = [quoted(measure.object_name.text)] if measure.object_name else []
        arguments += [self.term("object_kind", measure.object_kind)] if measure.object_kind else []
        arguments += [self.term("population", measure.of)] if measure.of else []
        text = f"{measure_name(measure.action, measure.measure, self.lang)}({', '.join(arguments)})"
        if measure.operator and measure.target:
            growth = "增长" if self.chinese else "growth of"
            text += f" {OPERATORS.get(measure.operator, growth)} {self.amount(measure.target)}"
        return text

    def days(self, start: date, end: date | None) -> str:
        return f"{start} {'至' if self.chinese else 'to'} {end}" if end else str(start)

    def items(self, value: object, word: FieldWord) -> list[str]:
        """Return a field's value as the language writes it, item by item."""
        match value:
            case Prose():
                return [quoted(value.text)]
            case Names():
                return [quoted(name.text) for name in value.names]
            case Terms():
                return [self.term(word.enum, term.id) for term in value.terms]
            case Term():
                return [self.term(word.enum, value.id)]
            case Measure():
                return [self.measure(value)]
            case Every():
                return [frequency_name(value.interval, self.lang)]
            case Levels():
                return [f"{self.term('level', level.level)} {self.amount(level.target)}" for level in value.levels]
            case bool():
                return [flag_name(value, self.lang)]
            case Decimal():
                return [plain_number(value)]
            case date():
                return [str(value)]
            case Period():
                return [self.days(value.start, value.end)]
            case Consultation():
                parts = [self.days(value.start, value.end)] if value.start else []
                return [*parts, quoted(value.consulted.text)] if value.consulted else parts
            case str():
                return [self.term(word.enum, value)]
            case tuple():
                return [text for item in value for text in self.items(item, word)]
        raise TypeError(f"no such value in a scheme: {value!r}")

    # ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def attributes(self, node: object, words: Iterable[FieldWord], trivia: Mapping[str, Trivia]) -> Iterator[Part]:
        """Yield each field that is an attribute of `node` and says something."""
        for word in words:
            for name in ("audience", "audience_text") if word.id == "audience" else (word.id,):
                value = getattr(node, name)
                if value is None or value == () or (name == "kind" and value == "app"):
                    continue
                yield Part("field", trivia.get(name, NO_TRIVIA), list_lines(word.word(self.lang), self.items(value, word)))

    def field(self, field: Field, words: Mapping[str, FieldWord]) -> Part:
        word = words[field.name]
        label = f" {quoted(field.label)}" if field.label else ""
        return Part("field", field.trivia, list_lines(word.word(self.lang) + label, self.items(field.value, word)))

    def head(self, kind: str, node: Node) -> str:
        """Return the line a block begins with, up to its brace."""
        head = f"{BLOCKS[kind].word(self.lang)} {quoted(node.name.text)}"
        if isinstance(node, Group | Indicator) and node.points is not None:
            head += f" {self.amount(Amount(node.points, node.points_unit))}"
        return head

    def block(self, kind: str, node: Node, parts: Iterable[Part]) -> Part:
        trivia = node.trivia
        inside = [line.deeper() for line in _spaced(parts)]
        below = [line.deeper() for line in without_blank_ends(_comments(trivia.inside))]
        if inside and below and not trivia.inside[0]:
            inside.append(BLANK)
        head = self.head(kind, node)
        whole = inside or below or trivia.beside
        lines = [Line(f"{head} {{"), *inside, *below, Line("}")] if whole else [Line(f"{head} {{ }}")]
        return Part(kind if kind in DECLARATIONS else "block", node.trivia, lines)

    def item(self, item: Group | Indicator) -> Part:
        if isinstance(item, Group):
            return self.block("group", item, (self.item(inner) for inner in item.items))
        words = {word.id: word for word in BLOCKS[item.kind].fields}
        parts = [self.field(field, words) for field in item.fields]
        return self.block(item.kind, item, [*parts, *(self.declaration("waiver", waiver) for waiver in item.waivers)])

    def declaration(self, kind: str, node: App | DataItem | DeclaredInspection | InlineWaiver) -> Part:
        """Return a declaration: on one line when it is short and no comment stands in it."""
        fields = list(self.attributes(node, BLOCKS[kind].fields, dict(node.trivia.fields)))
        trivia = node.trivia
        if not (trivia.beside or trivia.inside or trivia.fields):
            line = block_line(self.head(kind, node), [part.lines for part in fields])
            if line is not None:
                return Part(kind, trivia, [line])
        return self.block(kind, node, fields)

    def node(self, node: Node) -> list[Line]:
        """Return the lines of a scheme, or of one block of it without the comments around it."""
        match node:
            case Scheme():
                return self.scheme(node)
            case Group() | Indicator():
                return self.item(node).lines
        return self.declaration(DECLARED[type(node)], node).lines

    def scheme(self, scheme: Scheme) -> list[Line]:
        parts = list(self.attributes(scheme, BLOCKS["scheme"].fields, dict(scheme.trivia.fields)))
        parts += [self.declaration("app", app) for app in scheme.apps]
        parts += [self.declaration("data", data) for data in scheme.data_items]
        parts += [self.declaration("inspection", inspection) for inspection in scheme.inspections]
        parts += [self.declaration("waiver", waiver) for waiver in scheme.waivers]
        parts += [self.item(item) for item in scheme.items]
        lines = _spaced([self.block("scheme", scheme, parts)])
        below = _comments(scheme.trivia.below)
        return [*lines, *([BLANK] if below and not below[0].text else []), *without_blank_ends(below)]


def _comments(trivia: Iterable[str]) -> list[Line]:
    """Return comments and blank lines as they stand; several blank lines are one, as they are when read again."""
    return [Line(line) for comment, run in groupby(trivia) for line in (run if comment else ("",))]


def _spaced(parts: Iterable[Part]) -> Iterator[Line]:
    """Yield the lines of the parts of a block, each with its comments; a blank line parts what is unlike, and blocks."""
    before: Part | None = None
    for part in parts:
        trivia = part.trivia
        apart = before is not None and (part.kind != before.kind or part.kind == "block")
        if before is not None and (apart or trivia.before[:1] == ("",)):
            yield BLANK
        yield from _comments(trivia.before[1:] if trivia.before[:1] == ("",) else trivia.before)
        lines = part.lines
        lines[0] = lines[0].beside(trivia.beside)
        lines[-1] = lines[-1].beside(trivia.after)
        yield from lines
        before = part
