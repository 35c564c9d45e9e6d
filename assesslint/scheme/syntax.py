"""Tokens → blocks and entries, by the tables Lark makes of grammar/scheme.lark; what does not fit is told and stepped over.

The parser runs on after a mistake: at the next field, block or closing brace. The tables are Lark's, the drive is ours, because
only it knows where a draft can be picked up again. Nothing here recurses, so no nesting is too deep to be answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from lark import Lark, Transformer
from lark.exceptions import UnexpectedToken

from assesslint.scheme.keywords import all_field_words, block_words, field_words
from assesslint.scheme.tokens import STRAY_KINDS, Token, scan, scanner_of
from assesslint.text.cache import cache_folder
from assesslint.text.resources import resource

DEEPEST = 16
"""How many blocks may stand in each other."""


@dataclass(slots=True)
class LevelItem:
    """`省 40%`, or in one word `省40%`: then there is no `amount`."""

    level: Token
    amount: Token | None


@dataclass(slots=True)
class MeasureItem:
    """`激活率("干部之家", 户籍人口) >= 50%`; `closing` is its last token."""

    name: Token
    arguments: list[Token]
    comparison: Token | None
    amount: Token | None
    closing: Token


Item = Token | LevelItem | MeasureItem


@dataclass(slots=True)
class Entry:
    """A word, a colon and the values after it; `colon` is the token a comment on the line belongs to."""

    word: Token
    colon: Token
    label: Token | None
    items: list[Item]


@dataclass(slots=True)
class Block:
    word: Token
    name: Token
    amount: Token | None
    opening: Token
    entries: list[Entry | Block]
    closing: Token


class Complaints(Protocol):
    """Who is told of mistakes."""

    def misfit(self, situation: str, before: Token | None, before_sort: str, seen: Token, seen_sort: str) -> None:
        """`seen` cannot stand in this situation, after `before`."""

    def say(self, message: str, token: Token) -> None:
        """Say the message of this id at `token`."""


class _Nodes(Transformer[Token, Any]):
    """The grammar's rules, each as the node it becomes."""

    def start(self, children: list[Any]) -> list[Block]:
        return children

    def block(self, children: list[Any]) -> Block:
        word, name, *amount = children[0]
        return Block(word, name, amount[0] if amount else None, children[1], children[2:-1], children[-1])

    def head(self, children: list[Any]) -> list[Token]:
        return children

    def field(self, children: list[Any]) -> Entry:
        return Entry(children[0], children[0], None, children[1:])

    def labelled(self, children: list[Any]) -> Entry:
        return Entry(children[0], children[2], children[1], children[3:])

    def level(self, children: list[Any]) -> LevelItem:
        return LevelItem(children[0], children[1] if len(children) > 1 else None)

    def measure(self, children: list[Any]) -> MeasureItem:
        name, *target = children
        if isinstance(name, Token):
            return MeasureItem(name, [], target[0], target[1], target[1])
        if target:
            name.comparison, name.amount = target
            name.closing = target[1]
        return name  # type: ignore[no-any-return]

    def call(self, children: list[Any]) -> MeasureItem:
        return MeasureItem(children[0], children[1:-1], None, None, children[-1])


@dataclass(frozen=True)
class _Tables:
    """What the grammar says, ready to run: Lark's tables, the scanner, and what kind of place each state is."""

    lark: Lark
    scanner: re.Pattern[str]
    situations: Mapping[int, str]
    entry_states: frozenset[int]
    head_states: frozenset[int]


def scheme_grammar(**options: Any) -> Lark:
    """Return the grammar of schemes as a Lark parser."""
    path = resource("grammar") / "scheme.lark"
    return Lark.open(str(path), parser="lalr", lexer="basic", maybe_placeholders=False, transformer=_Nodes(), **options)


def _situation(actions: Mapping[str, tuple[Any, int]]) -> str:
    """Name the place a state of the parser is in, by what may come next."""
    if "LBRACE" in actions:
        return "opening"
    if "FIELD" in actions:
        return "body" if actions["FIELD"][0].name == "Shift" else "after"
    if "$END" in actions:
        return "file"
    if "RPAR" in actions:
        return "argument"
    if set(actions) == {"STRING"}:
        return "name"
    return "target" if set(actions) == {"AMOUNT"} else "value"


@cache
def _tables() -> _Tables:
    folder = cache_folder()
    lark = scheme_grammar(cache=str(folder / "scheme.grammar")) if folder else scheme_grammar()
    states = lark.parse_interactive("").parser_state.parse_conf.states
    situations = {state: _situation(actions) for state, actions in states.items()}
    entry_states = frozenset(s for s, actions in states.items() if situations[s] == "body" or ("WORD" in actions and "$END" in actions))
    head_states = frozenset(states[s]["WORD"][1] for s in entry_states if "WORD" in states[s] and states[s]["WORD"][0].name == "Shift")
    return _Tables(lark, scanner_of(lark), situations, entry_states, head_states)


def scanner() -> re.Pattern[str]:
    """Return the pattern of all terminals, and of what fits nowhere, each a group of its name; a match begins with the blanks before."""
    return _tables().scanner


_NAME_FOLLOWS = re.compile(r"[ \t\u3000]*[\"“]")
_OPEN_VALUE = frozenset({"FIELD", "COLON", "_COMMA", "CALL", "COMPARISON"})
STRAY_SORTS = frozenset({*STRAY_KINDS.values(), "INVISIBLE", "OTHER_QUOTE", "UNCLOSED", "STRAY"})
"""The kinds of token that fit nowhere."""


def sort_of(token: Token) -> str:
    """Return what kind of word a token is to somebody who knows the keywords."""
    if token.type != "WORD":
        return token.type
    if token.text in block_words():
        return "BLOCK_WORD"
    return "FIELD_WORD" if token.text in all_field_words() else "WORD"


@dataclass
class _Drive:
    """One run of the parser over one text."""

    text: str
    complaints: Complaints
    tables: _Tables = field(default_factory=_tables)

    def __post_init__(self) -> None:
        self.state = self.tables.lark.parse_interactive("").parser_state
        self.pending: list[str] = []
        self.tokens: Iterator[Token] = scan(self.tables.scanner, self.text, self.pending)
        self.open: list[Token] = []
        """The words of the blocks that are open here, outermost first."""
        self.last: Token | None = None
        self.entry: Token | None = None
        """The word of the field that is being read on this line."""
        self.head_entry: Token | None = None
        """The field on whose line the block head begins that is being read."""

    def run(self) -> list[Block]:
        for token in self.tokens:
            again: Token | None = token
            while again is not None:
                again = self.step(again)
        return self.finish()

    def step(self, token: Token) -> Token | None:
        """Give one token to the parser; return the token to go on with when it did not fit."""
        kind = token.type
        if token.first:
            self.entry = None
        if kind == "WORD":
            if token.first:
                self.close_forgotten(token)
        elif kind == "LBRACE":
            if len(self.open) == DEEPEST and self.situation == "opening":
                self.too_deep(token)
                return None
        elif self.pending and kind in ("FIELD", "RBRACE"):
            self.take_trivia(token)
        try:
            self.state.feed_token(token)  # type: ignore[arg-type]
        except UnexpectedToken:
            return self.recover(token)
        if kind == "WORD":
            if self.state.state_stack[-1] in self.tables.head_states:
                self.head_entry = self.entry
                self.take_trivia(token)
        elif kind == "FIELD":
            self.entry = token
        elif kind == "LBRACE":
            self.open.append(self.state.value_stack[-2][0])
            self.entry = None
        elif kind == "RBRACE":
            self.open.pop()
            self.entry = None
        self.last = token
        return None

    def take_trivia(self, token: Token) -> None:
        token.before = tuple(self.pending)
        self.pending.clear()

    @property
    def situation(self) -> str:
        return self.tables.situations[self.state.state_stack[-1]]

    def feed(self, kind: str, at: Token) -> None:
        """Give the parser a token that is missing before `at`."""
        place = self.last.end if self.last else at.start
        while True:
            try:
                self.state.feed_token(Token(kind, "", place, place, first=False))  # type: ignore[arg-type]
                break
            except UnexpectedToken:
                if not self.back_to_entries():
                    raise
        if kind == "LBRACE":
            self.open.append(self.state.value_stack[-2][0])
        elif kind == "RBRACE":
            self.open.pop()

    def complain(self, token: Token) -> None:
        """Tell of a token that does not fit: once for a field or a block head, since one mistake shakes what comes after it."""
        situation = self.situation
        in_head = situation in ("name", "opening")
        before = self.head_word() if in_head else self.last
        shaken = [word for word in ((before, self.head_entry) if in_head else (self.entry,)) if word]
        if token.damaged or any(word.damaged for word in shaken):
            return
        for word in shaken:
            word.damaged = True
        token.damaged = token.type not in ("FIELD", "WORD")
        self.complaints.misfit(situation, before, sort_of(before) if before else "", token, sort_of(token))

    def head_word(self) -> Token:
        """Return the word of the block head that is being read."""
        values = self.state.value_stack
        at = len(values) - 1
        while values[at].type != "WORD":
            at -= 1
        return values[at]  # type: ignore[no-any-return]

    # ── going on after a mistake ─────────────────────────────────────────────────────────────────────────────────────────────

    def recover(self, token: Token) -> Token | None:
        self.complain(token)
        if token.type in ("UNCLOSED", "OTHER_QUOTE"):
            token.text += '"' if token.type == "UNCLOSED" else ""
            token.type = "STRING"
            return token
        if token.type in STRAY_SORTS:
            return None
        if self.situation in ("name", "opening"):
            return self.recover_head(token)
        return self.synchronise(token)

    def recover_head(self, token: Token) -> Token | None:
        """Go on in a block head: supply what is missing before `token`, or leave `token` out."""
        word = self.head_word()
        values = self.state.value_stack
        if sort_of(word) != "BLOCK_WORD" and (token.type in ("FIELD", "RBRACE") or token.first or sort_of(word) == "FIELD_WORD"):
            rest = values[values.index(word) + 1 :]
            self.back_to_entries()
            if self.open and sort_of(word) == "FIELD_WORD" and (rest or token.type not in ("FIELD", "RBRACE")):
                word.type = "FIELD"
                for value in (word, *rest[:1]):
                    self.state.feed_token(value)
            return token
        if token.type == "LBRACE" or token.first or token.type in ("FIELD", "RBRACE"):
            if self.situation == "name":
                self.feed("STRING", token)
            if token.type != "LBRACE":
                self.feed("LBRACE", token)
            return token
        return None

    def back_to_entries(self) -> bool:
        """Forget what was begun since the last whole entry; tell whether anything was."""
        states, values = self.state.state_stack, self.state.value_stack
        keep = len(states)
        while keep > 1 and states[keep - 1] not in self.tables.entry_states:
            keep -= 1
        forgotten = len(states) - keep
        del states[keep:], values[keep - 1 :]
        return forgotten > 0

    def synchronise(self, token: Token | None) -> Token | None:
        """Leave out tokens up to one that begins an entry or ends a block here."""
        self.back_to_entries()
        depth = 0
        while token is not None:
            if token.type == "LBRACE":
                depth += 1
            elif token.type == "RBRACE" and depth:
                depth -= 1
            elif not depth and self.begins_something(token):
                return token
            token = next(self.tokens, None)
        return None

    def begins_something(self, token: Token) -> bool:
        if self.open and token.type in ("FIELD", "RBRACE"):
            return True
        known = token.type == "WORD" and (sort_of(token) == "BLOCK_WORD" or (self.open and sort_of(token) == "FIELD_WORD"))
        return token.first and bool(known or (token.type == "WORD" and _NAME_FOLLOWS.match(self.text, token.end)))

    def too_deep(self, token: Token) -> None:
        self.complaints.say("too-deep", token)
        depth = 1
        for skipped in self.tokens:
            depth += (skipped.type == "LBRACE") - (skipped.type == "RBRACE")
            if not depth:
                break
        self.feed("LBRACE", token)
        self.feed("RBRACE", token)

    def close_forgotten(self, token: Token) -> None:
        """Close the blocks whose brace was forgotten: those `token` cannot stand in, not even as a field, and is not indented under."""
        block = block_words().get(token.text)
        if block is None or (self.last and self.last.type in _OPEN_VALUE):
            return
        while self.open:
            around = block_words().get(self.open[-1].text)
            if around is None or block.id in around.blocks or token.text in field_words(around.id):
                return
            if self.column(token) > self.column(self.open[-1]):
                return
            self.close(token)

    def close(self, token: Token) -> None:
        """Close the innermost block before `token`, since its brace was forgotten."""
        if not self.open[-1].damaged:
            self.complaints.say("missing-close", self.open[-1])
        self.feed("RBRACE", token)

    def column(self, token: Token) -> int:
        return token.start - self.text.rfind("\n", 0, token.start)

    def finish(self) -> list[Block]:
        """End the text, closing what is still open."""
        end = Token("$END", "", len(self.text), len(self.text), first=True)
        if self.situation in ("name", "opening", "value", "argument", "target"):
            self.complain(end)
            if self.situation in ("name", "opening"):
                self.recover_head(end)
        while self.open:
            self.close(end)
        self.back_to_entries()
        blocks: list[Block] = self.state.feed_token(end, is_end=True)  # type: ignore[arg-type]
        return blocks


def read_blocks(text: str, complaints: Complaints) -> tuple[list[Block], tuple[str, ...]]:
    """Return the blocks of a scheme text, and the comments and blank lines below the last."""
    drive = _Drive(text, complaints)
    blocks = drive.run()
    return blocks, tuple(drive.pending)
