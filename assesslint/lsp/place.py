"""A scheme as far as it is written and a place in it → what may stand there. It is told by the tokens before the place alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assesslint.scheme.keywords import BlockWord, FieldWord, block_words, field_words
from assesslint.scheme.parse import plain
from assesslint.scheme.syntax import scanner
from assesslint.scheme.tokens import Token, scan
from assesslint.text.source import Span

Role = Literal["entry", "value", "argument", "target", "name", "nothing"]
"""The start of a field or block; a value; what a measure is taken of; behind a measure; the name of a block; nothing that is known."""

STRINGS = frozenset({"STRING", "UNCLOSED", "OTHER_QUOTE"})
WORDS = frozenset({"WORD", "FIELD", "CALL", "EVERY", "LEVEL"})
OPEN = frozenset({"FIELD", "COLON", "_COMMA", "COMPARISON"})
"""Tokens behind which a value stands, on whatever line."""

HEAD = 4
"""Most tokens of the head of a block."""


@dataclass(frozen=True, slots=True)
class Place:
    """`block` is the innermost around it, None in the file itself; `used` are the fields before it there, `given` the words of its list.

    `head` is the word of the block whose name is written. What is typed stands at `span`, in quotes where it is `quoted`, of which
    `typed` is before the place.
    """

    role: Role
    span: Span
    block: BlockWord | None = None
    field: FieldWord | None = None
    used: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    head: BlockWord | None = None
    quoted: bool = False
    typed: str = ""


@dataclass(slots=True)
class _Level:
    """A block that is open, and what was met in it."""

    block: BlockWord | None
    used: set[str]


def place_at(text: str, offset: int) -> Place:
    """Return what may stand at an offset of a scheme."""
    levels = [_Level(None, set())]
    behind: list[Token] = []
    entry: list[Token] = []
    """The tokens of the field that is being written."""
    current: Token | None = None
    for token in scan(scanner(), plain(text), []):
        if token.end > offset or (token.end == offset and _goes_on(token)):
            current = token if token.start < offset else None
            break
        if token.type == "LBRACE":
            levels.append(_Level(_opened(behind), set()))
            entry = []
        elif token.type == "RBRACE":
            levels = levels[:-1] or levels
            entry = []
        elif token.type == "FIELD" or (token.first and (not behind or behind[-1].type not in OPEN)):
            entry = [token]
            _use(levels[-1], token)
        else:
            entry.append(token)
        behind = [*behind[1 - HEAD :], token]
    return _place(text, offset, levels[-1], entry, behind, current)


def _goes_on(token: Token) -> bool:
    """Tell whether a token may go on where it ends: a word without its colon or parenthesis, a string without its quotation mark."""
    return token.type == "UNCLOSED" or (token.type in WORDS and token.text[-1] not in ":：(（")


def _opened(behind: list[Token]) -> BlockWord | None:
    return next((block_words()[token.text] for token in reversed(behind) if token.text in block_words()), None)


def _use(level: _Level, token: Token) -> None:
    if level.block is not None:
        field = field_words(level.block.id).get(_name(token))
        if field is not None:
            level.used.add(field.id)


def _name(token: Token) -> str:
    return token.text.rstrip(":：(（ \t\u3000")


def _place(text: str, offset: int, level: _Level, entry: list[Token], behind: list[Token], current: Token | None) -> Place:
    block, used = level.block, frozenset(level.used)
    quoted = current is not None and current.type in STRINGS
    span = _typed(offset, current)
    if current is not None and current.type not in WORDS | STRINGS:
        return Place("nothing", span, block)
    last = behind[-1] if behind else None
    if quoted and last is not None and last.text in block_words() and last.type == "WORD":
        return Place("name", span, block, head=block_words()[last.text], quoted=True)
    field = field_words(block.id).get(_name(entry[0])) if block and entry and entry[0].type == "FIELD" else None
    if field is None or last is None or entry[-1] is not last:
        return Place("entry" if not quoted and _begins(text, span, last) else "nothing", span, block, used=used)
    given = frozenset(token.text for token in entry[1:])
    if quoted:
        span = _quotation(text, offset, span)
    typed = text[span.start : offset]
    if _in_call(entry):
        return Place("argument", span, block, field, used, given, quoted=quoted, typed=typed)
    if last.type in OPEN and last.type != "COMPARISON":
        return Place("value", span, block, field, used, given, quoted=quoted, typed=typed)
    if last.type == "RPAR":
        return Place("target", span, block, field, used, given)
    return Place("entry" if not quoted and _begins(text, span, last) else "nothing", span, block, used=used)


def _typed(offset: int, current: Token | None) -> Span:
    """Return the place of the word that is being typed, of a string what is in its quotation marks."""
    if current is None:
        return Span(offset, offset)
    if current.type in STRINGS:
        closed = current.end - current.start > 1 and current.type != "UNCLOSED"
        return Span(current.start + 1, max(offset, current.end - 1 if closed else offset))
    return Span(current.start, current.start + len(_name(current)))


def _quotation(text: str, offset: int, span: Span) -> Span:
    """Return the place of what is typed in quotation marks within a string, else that of the string."""
    opened = text.rfind("“", span.start, offset)
    return Span(opened + 1, offset) if opened >= 0 and "”" not in text[opened:offset] else span


def _begins(text: str, span: Span, last: Token | None) -> bool:
    """Tell whether a field or block may begin: on a line of its own, or behind a brace."""
    if last is None or last.type in ("LBRACE", "RBRACE"):
        return True
    return "\n" in text[last.end : span.start] or "\r" in text[last.end : span.start]


def _in_call(entry: list[Token]) -> bool:
    return sum((token.type == "CALL") - (token.type == "RPAR") for token in entry) > 0
