"""Scheme text → tokens, by the terminals of grammar/scheme.lark, each with its place.

What no terminal knows is a token too, named for the mistake it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lark import Lark

from assesslint.text.normalise import BIDI, INVISIBLE
from assesslint.text.source import Span

STRAY_KINDS = {
    ";": "SEMICOLON", "；": "SEMICOLON", "。": "FULL_STOP", ".": "FULL_STOP", "”": "CLOSING_QUOTE", "[": "BRACKET", "【": "BRACKET",
    "]": "BRACKET", "】": "BRACKET", "(": "PARENTHESIS", "（": "PARENTHESIS", "*": "BULLET", "•": "BULLET", "·": "BULLET",
}  # fmt: skip
"""Characters that stand in no scheme outside strings, by the mistake they show."""

MISTAKEN = (
    r"""(?P<OTHER_QUOTE>'[^'\r\n]*'|‘[^‘’\r\n]*’|＂[^＂\r\n]*＂|”[^“”\r\n]*”|「[^」\r\n]*」|『[^』\r\n]*』|《[^》\r\n]*》)""",
    r"""(?P<UNCLOSED>["“][^\r\n}｝]*(?:[}｝](?![}｝ \t]{0,40}(?:[\r\n]|\Z))[^\r\n}｝]*)*)""",
    r"""(?P<STRAY>.)""",
)
"""What no terminal matches: texts in the wrong quotation marks, texts without an end (the braces that end their line are not
taken for text), and single characters."""


class Token:
    """One word, string, number or mark. `before` are the comments and blank lines above it, `beside` the comment on its line.

    `first` tells whether it is the first on its line, `damaged` that a mistake of form was told of what it begins.
    """

    __slots__ = ("before", "beside", "damaged", "end", "first", "start", "text", "type")

    def __init__(self, type: str, text: str, start: int, end: int, first: bool) -> None:  # noqa: A002 (Lark's parser asks for `type`)
        self.type = type
        self.text = text
        self.start = start
        self.end = end
        self.first = first
        self.before: tuple[str, ...] = ()
        self.beside = ""
        self.damaged = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def scanner_of(lark: Lark) -> re.Pattern[str]:
    """Return one pattern of all terminals of a grammar, those of higher priority first, and last what none of them matches.

    It steps over the blanks before each by itself, which halves the matches.
    """
    terminals = sorted(lark.terminals, key=lambda terminal: -terminal.priority)
    patterns = [f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})" for terminal in terminals]
    return re.compile(f"[ \t]*(?:{'|'.join([*patterns, *MISTAKEN])})", re.DOTALL)


def _stray_kind(character: str) -> str:
    return "INVISIBLE" if character in INVISIBLE or character in BIDI else STRAY_KINDS.get(character, "STRAY")


HOLDERS = frozenset({"FIELD", "COLON", "LBRACE", "RBRACE"})
"""The tokens a comment on the same line belongs to."""


def scan(scanner: re.Pattern[str], text: str, trivia: list[str]) -> Iterator[Token]:
    """Yield the tokens of `text`.

    Comments and blank lines met on the way are put into `trivia`, for the caller to take, or into the token they stand beside. A
    character that fits nowhere, written several times, is one token.
    """
    first = True
    holder: Token | None = None
    previous: Token | None = None
    for match in scanner.finditer(text):
        kind = match.lastgroup
        if kind == "WS":
            lines = match[0].count("\n")
            if lines:
                first = True
                if lines > 1:
                    trivia.append("")
            continue
        if kind == "COMMENT":
            comment = match["COMMENT"].rstrip()
            if first or holder is None or holder.beside:
                trivia.append(comment)
            else:
                holder.beside = comment
            continue
        kind = kind or ""
        word = match[kind]
        end = match.end()
        if kind == "STRAY" and previous and previous.text == word and previous.end == end - 1:
            previous.end = end
            continue
        token = previous = Token(_stray_kind(word) if kind == "STRAY" else kind, word, end - len(word), end, first)
        if kind in HOLDERS:
            holder = token
        elif first:
            holder = None
        first = False
        yield token
