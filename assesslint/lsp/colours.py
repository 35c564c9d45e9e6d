"""A scheme → its semantic tokens: which word is a keyword, a field, a word of the vocabulary, the name of something declared, a comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from lsprotocol.types import SemanticTokenModifiers, SemanticTokens, SemanticTokensLegend, SemanticTokenTypes

from assesslint.lsp.documents import View
from assesslint.lsp.positions import units
from assesslint.scheme.keywords import block_words
from assesslint.scheme.syntax import Block, Entry, Item, LevelItem, MeasureItem, scanner
from assesslint.scheme.tokens import Token
from assesslint.text.source import Span

KEYWORD, PROPERTY, STRING = SemanticTokenTypes.Keyword, SemanticTokenTypes.Property, SemanticTokenTypes.String
NAME, WORD, NUMBER = SemanticTokenTypes.Class, SemanticTokenTypes.EnumMember, SemanticTokenTypes.Number
MEASURE, OPERATOR, COMMENT = SemanticTokenTypes.Function, SemanticTokenTypes.Operator, SemanticTokenTypes.Comment

TYPES = (KEYWORD, PROPERTY, STRING, NAME, WORD, NUMBER, MEASURE, OPERATOR, COMMENT)
DECLARATION = SemanticTokenModifiers.Declaration

LEGEND = SemanticTokensLegend([kind.value for kind in TYPES], [DECLARATION.value])

OF_TOKENS = {
    "STRING": STRING, "WORD": WORD, "AMOUNT": NUMBER, "DATE": NUMBER, "RANGE": NUMBER, "EVERY": NUMBER, "LEVEL": NUMBER, "CALL": MEASURE,
    "COMPARISON": OPERATOR,
}  # fmt: skip

Coloured = tuple[Span, SemanticTokenTypes, bool]
"""A place, what stands there, and whether it is declared there."""


def colours(view: View) -> SemanticTokens:
    """Return the tokens of a scheme, as the protocol packs them: each by its distance from the one before."""
    text = view.text
    data: list[int] = []
    line = character = 0
    for span, kind, declared in coloured(view):
        place = text.position(span.start)
        data += (place.line - line, place.character - (character if place.line == line else 0))
        data += (units(text.text[span.start : span.end], text.encoding), TYPES.index(kind), int(declared))
        line, character = place.line, place.character
    return SemanticTokens(data)


def coloured(view: View) -> list[Coloured]:
    """Return what stands in a scheme, by place; nothing lies over anything else."""
    found = sorted([*_comments(view.text.text), *(each for block in view.blocks for each in _block(block))], key=lambda each: each[0])
    first = found[:1]
    return first + [after for before, after in pairwise(found) if after[0].start >= before[0].end]


def _comments(text: str) -> Iterator[Coloured]:
    for match in scanner().finditer(text):
        if match.lastgroup == "COMMENT":
            yield Span(*match.span("COMMENT")), COMMENT, False


def _block(block: Block) -> Iterator[Coloured]:
    known = block.word.text in block_words()
    yield from _token(block.word, KEYWORD if known else PROPERTY)
    yield from _token(block.name, NAME, declared=True)
    yield from _token(block.amount, NUMBER)
    for entry in block.entries:
        if isinstance(entry, Block):
            yield from _block(entry)
        else:
            yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[Coloured]:
    length = len(entry.word.text.rstrip(":： \t\u3000"))
    yield Span(entry.word.start, entry.word.start + length), PROPERTY, False
    yield from _token(entry.label, STRING)
    for item in entry.items:
        yield from _item(item)


def _item(item: Item) -> Iterator[Coloured]:
    match item:
        case LevelItem():
            yield from _tokens((item.level, item.amount))
        case MeasureItem():
            length = len(item.name.text.rstrip("(（ \t\u3000"))
            yield Span(item.name.start, item.name.start + length), MEASURE, False
            yield from _tokens((*item.arguments, item.comparison, item.amount))
        case Token():
            yield from _tokens((item,))


def _tokens(tokens: Iterable[Token | None]) -> Iterator[Coloured]:
    for token in tokens:
        if token is not None and token.type in OF_TOKENS:
            yield from _token(token, OF_TOKENS[token.type])


def _token(token: Token | None, kind: SemanticTokenTypes, *, declared: bool = False) -> Iterator[Coloured]:
    """Yield a token; none that is missing from the text."""
    if token is not None and token.end > token.start:
        yield token.span, kind, declared
