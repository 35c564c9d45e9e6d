"""What a scheme says, item by item → the same in the one spelling the formatter gives it: as written, or in the words of one language.

Punctuation becomes ASCII, numbers and dates plain digits. Texts in quotes are never changed, only the quotation marks around them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from assesslint.scheme.keywords import FLAGS, BlockWord, FieldWord, terms_of
from assesslint.scheme.measures import (
    PLAIN_UNITS,
    amount_text,
    flag_name,
    frequency_in,
    measure_name,
    measure_names,
    read_interval,
    unit_of,
)
from assesslint.scheme.printer import OPERATORS
from assesslint.scheme.syntax import Block, Entry, Item, LevelItem, MeasureItem
from assesslint.scheme.tokens import Token
from assesslint.scheme.vocabulary import central_vocabulary

_AMOUNT = re.compile(r"([-−]?)(\d+(?:\.\d+)?) ?(.*)", re.DOTALL)
_RANGE = re.compile(r"(\d+-\d+-\d+)[ \t\u3000]*(.*?)[ \t\u3000]*(\d+-\d+-\d+)", re.DOTALL)
_LEVEL = re.compile(r"(\D+)(.+)", re.DOTALL)
_UNESCAPED = re.compile(r'\\.|"', re.DOTALL)
AFTER_NAME = ":：(（ \t\u3000"
"""What a token holds behind the word of a field or the name of a measure."""

_TO = {"zh": "至", "en": "to"}


def language_of(word: str) -> str:
    """Return the language a word of the scheme language is of."""
    return "en" if word.isascii() else "zh"


@dataclass(frozen=True, slots=True)
class Spelling:
    """Spells as written, or in the keywords of `lang` where one is given. What is spelled has been read without a mistake."""

    lang: str | None = None

    def _changes(self, word: str) -> str | None:
        """Return the language a word is to be turned into; None where it stays."""
        return None if self.lang in (None, language_of(word)) else self.lang

    # ── keywords ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def head(self, block: Block, word: BlockWord) -> str:
        """Return the line a block begins with, up to its brace."""
        lang = self._changes(block.word.text)
        head = f"{word.word(lang) if lang else block.word.text} {string(block.name.text)}"
        return f"{head} {self.amount(block.amount.text)}" if block.amount else head

    def label(self, entry: Entry, word: FieldWord) -> str:
        """Return the word of a field and its label, up to the colon."""
        text = entry.word.text.rstrip(AFTER_NAME)
        lang = self._changes(text)
        spelled = word.word(lang) if lang else text
        return f"{spelled} {string(entry.label.text)}" if entry.label else spelled

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def item(self, item: Item, word: FieldWord, entry: Entry) -> str:
        """Return one value of a field."""
        if isinstance(item, MeasureItem):
            return self.measure(item)
        if isinstance(item, LevelItem):
            return self.level(item, word)
        match item.type:
            case "STRING":
                return string(item.text)
            case "AMOUNT":
                return self.amount(item.text)
            case "DATE":
                return day(item.text)
            case "RANGE":
                return self.range(item.text, language_of(entry.word.text.rstrip(AFTER_NAME)))
        return self.word(item.text, word)

    def word(self, text: str, field: FieldWord) -> str:
        """Return a word without quotes: of the vocabulary, a flag, a frequency, or the name of a measure."""
        lang = self._changes(text)
        if lang is None:
            return text
        if "flag" in field.kinds:
            return flag_name(FLAGS[text], lang)
        if field.enum and (value := _meant(text, field.enum, field.groups)):
            return _name(field.enum, value, lang)
        if "every" in field.kinds and read_interval(text) is not None:
            return frequency_in(text, lang)
        return measure_name(*measure_names()[text], lang)

    def amount(self, text: str) -> str:
        """Return a number with its unit: no blank before a sign or a Chinese unit, one before an English unit."""
        sign, digits, unit = _AMOUNT.fullmatch(text).groups()  # type: ignore[union-attr]
        unit = "%" if unit == "％" else unit
        lang = self._changes(unit) if unit != "%" else None
        if lang and not unit_of(unit)[1]:
            unit = PLAIN_UNITS[unit_of(unit)[0]][0 if lang == "zh" else 1]
        return amount_text(("-" if sign else "") + _plain_digits(digits), unit)

    def range(self, text: str, written_in: str) -> str:
        start, to, end = _RANGE.fullmatch(text).groups()  # type: ignore[union-attr]
        lang = self.lang or (language_of(to) if to.isalpha() else written_in)
        return f"{day(start)} {_TO[lang]} {day(end)}"

    def level(self, item: LevelItem, field: FieldWord) -> str:
        level, amount = item.level.text, item.amount.text if item.amount else ""
        if not amount:
            level, amount = _LEVEL.fullmatch(level).groups()  # type: ignore[union-attr]
        return f"{self.word(level, field)} {self.amount(amount)}"

    def measure(self, item: MeasureItem) -> str:
        """Return a measure. In words of another language it has its brackets, since English words would run on into what follows."""
        name = item.name.text.rstrip(AFTER_NAME)
        lang = self._changes(name)
        text = measure_name(*measure_names()[name], lang) if lang else name
        if lang or item.name.type == "CALL":
            text += f"({', '.join(map(self.argument, item.arguments))})"
        if item.comparison and item.amount:
            text += f" {self.comparison(item.comparison.text)} {self.amount(item.amount.text)}"
        return text

    def argument(self, token: Token) -> str:
        if token.type == "STRING":
            return string(token.text)
        lang = self._changes(token.text)
        if lang is None:
            return token.text
        for enum in ("object_kind", "population"):
            if value := _meant(token.text, enum):
                return _name(enum, value, lang)
        return token.text

    def comparison(self, text: str) -> str:
        operator = central_vocabulary().enums["operator"].words[unicodedata.normalize("NFKC", text)]
        if not text[0].isalpha() or (self._changes(text) and operator in OPERATORS):
            return OPERATORS[operator]
        lang = self._changes(text)
        return central_vocabulary().name("operator", operator, lang) if lang else text


def string(text: str) -> str:
    """Return a string between plain quotation marks; one with such marks in it stays between its own “”."""
    inner = text[1:-1]
    if text[0] == '"' or any(match[0] == '"' for match in _UNESCAPED.finditer(inner)):
        return text
    return f'"{inner}"'


def day(text: str) -> str:
    """Return a date as ISO 8601 has it."""
    return date(*map(int, text.split("-"))).isoformat()


def _plain_digits(number: str) -> str:
    return "".join(c if c == "." else str(unicodedata.decimal(c)) for c in number)


def _meant(word: str, enum: str, groups: tuple[str, ...] = ()) -> str | None:
    """Return the value of an enumeration a word stands for, None when it is none of its words."""
    words = terms_of(enum, groups)
    return words.get(word) or words.get(unicodedata.normalize("NFKC", word).lower())


def _name(enum: str, value: str, lang: str) -> str:
    """Return the word a value is printed by."""
    return central_vocabulary().name(enum, value) if lang == "zh" else value
