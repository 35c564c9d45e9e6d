"""The text of a TOML file → its values, and where each of them stands.

The standard library reads the values and keeps no places. These are looked for only when something is to be said of the file, which
is then known to be well formed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from assesslint.text.files import MOST_TOML, UnreadError, read_text
from assesslint.text.source import Source, Span

Key = tuple[str | int, ...]
"""The way to a value: `("clauses", "scope", "zh")`, `("meaning", 3, "words")`."""

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")
_PARTS = re.compile(_PART)
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""+|\'\'\'.*?\'\'\'+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_WORD = re.compile(r"[^\s\"']+")
_DEEPEST = 20
_TOO_DEEP = re.compile(rf"(?<![\w\"'-])(?:{_PART}[ \t]*\.[ \t]*){{{_DEEPEST}}}")
"""A key of more parts than anybody writes; reading one takes time that grows with their square."""

_ERROR_PLACE = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)")


class TomlError(ValueError):
    """A file is no TOML; `span` is the place in `source` where that is seen."""

    def __init__(self, source: Source, span: Span, zh: str, en: str) -> None:
        super().__init__(zh)
        self.source = source
        self.span = span
        self.zh = zh
        self.en = en


@dataclass(frozen=True)
class TomlFile:
    """The values of a file and its text. Fractions are Decimal."""

    source: Source
    data: Mapping[str, Any] = field(repr=False)

    def span(self, *key: str | int) -> Span:
        """Return where a value stands, or the nearest that encloses it."""
        return self._found(key)[1]

    def name(self, *key: str | int) -> Span:
        """Return where the name of a value stands, or that of the nearest that encloses it."""
        return self._found(key)[0]

    def word(self, word: str, *key: str | int) -> Span:
        """Return where a word stands in a text or list, by itself; the whole of it where the word is written with escapes."""
        return next(iter(self.words(word, *key)), self.span(*key))

    def words(self, word: str, *key: str | int) -> list[Span]:
        """Return every place where a word stands by itself in a text or list."""
        whole = self.span(*key)
        if whole not in self._words_at:
            listed = self._words_at.setdefault(whole, {})
            for match in _WORD.finditer(self.source.text, whole.start, whole.end):
                listed.setdefault(match[0], []).append(Span(*match.span()))
        return self._words_at[whole].get(word, [])

    @cached_property
    def _words_at(self) -> dict[Span, dict[str, list[Span]]]:
        """Return the words of each value that was asked for, with their places."""
        return {}

    def _found(self, key: Key) -> tuple[Span, Span]:
        for length in range(len(key), 0, -1):
            if key[:length] in self._places:
                return self._places[key[:length]]
        return Span(0, 0), Span(0, 0)

    @cached_property
    def _places(self) -> Mapping[Key, tuple[Span, Span]]:
        return _places(self.source.text)


def read_toml(path: Path, shown: str, top: Path) -> TomlFile:
    """Read a file of the repository at `top` that findings call `shown`. Raises TomlError, also when it cannot be read at all."""
    try:
        text = read_text(path, MOST_TOML, top)
    except UnreadError as error:
        raise TomlError(Source(shown, ""), Span(0, 0), error.zh, error.en) from error
    source = Source(shown, text)
    if deep := _TOO_DEEP.search(text):
        raise TomlError(source, Span(*deep.span()), f"键超过 {_DEEPEST} 层", f"a key has more than {_DEEPEST} parts")
    try:
        return TomlFile(source, tomllib.loads(text, parse_float=Decimal))
    except RecursionError as error:
        raise TomlError(source, Span(0, 0), "嵌套太深", "it is nested too deep") from error
    except ValueError as error:  # besides TOMLDecodeError: a number of thousands of digits
        said = _ERROR_PLACE.sub("", str(error))
        raise TomlError(source, _error_span(source, str(error)), f"不是合格的 TOML：{said}", f"not valid TOML: {said}") from error


def _error_span(source: Source, said: str) -> Span:
    match = _ERROR_PLACE.search(said)
    if match is None:
        return Span(0, 0)
    if match[1] is None:
        return Span(len(source.text), len(source.text))
    line = source.line_span(min(int(match[1]), len(source.line_starts)))
    at = min(line.start + int(match[2]) - 1, line.end)
    return Span(at, at)


def _places(text: str) -> dict[Key, tuple[Span, Span]]:
    """Return where the name and the value of every key stand; of a table, both are its head."""
    places: dict[Key, tuple[Span, Span]] = {}
    numbers: dict[Key, int] = {}
    table: Key = ()
    at = 0
    while at < len(text):
        at = _after_blank(text, at)
        if text.startswith("[", at):
            doubled = text.startswith("[[", at)
            key = _KEY.search(text, at)
            end = text.find("]]" if doubled else "]", key.end() if key else at) + (2 if doubled else 1)
            if key is None or end <= at:
                break
            table = _resolved(key[0], numbers, last=doubled)
            for length in range(len(table), 0, -1):
                places.setdefault(table[:length], (Span(at, end), Span(at, end)))
            at = end
        elif key := _KEY.match(text, at):
            equals = text.find("=", key.end())
            start = _after_spaces(text, equals + 1)
            at = max(_value_end(text, start), key.end())
            places.setdefault((*table, *_names(key[0])), (Span(*key.span()), Span(start, at)))
        else:
            at += 1
    return places


def _resolved(head: str, numbers: dict[Key, int], *, last: bool) -> Key:
    """Return the way to the table of a head, arrays on the way counted; `last` makes it the next of an array."""
    way: Key = ()
    names = _names(head)
    for place, name in enumerate(names):
        way = (*way, name)
        if last and place == len(names) - 1:
            numbers[way] = numbers.get(way, -1) + 1
        if way in numbers:
            way = (*way, numbers[way])
    return way


def _names(key: str) -> tuple[str, ...]:
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in _PARTS.findall(key))


def _after_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _after_blank(text: str, at: int) -> int:
    """Go over white space and comments."""
    while at < len(text) and (text[at].isspace() or text[at] == "#"):
        at = _line_end(text, at) if text[at] == "#" else at + 1
    return at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _value_end(text: str, at: int) -> int:
    """Return where the value ends that begins at a place: at the line end or the comment behind it."""
    depth = 0
    end = at
    while at < len(text):
        character = text[at]
        if character in "\"'" and (string := _STRING.match(text, at)):
            at = end = string.end()
        elif character in "[{":
            depth += 1
            at = end = at + 1
        elif character in "]}":
            depth -= 1
            at = end = at + 1
        elif character == "#":
            at = _line_end(text, at)
        elif character == "\n" and not depth:
            break
        else:
            at += 1
            end = end if character.isspace() else at
    return end
