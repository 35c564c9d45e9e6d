"""The text of a ```rule block → the rule as written (`tree.Draft`), or the problem that stops it.

The grammar is grammar/rule.lark. A syntax error is told by the malformed samples of grammar/rule.errors.md: each heading there is a
message, and the sample under it that fails in the same situation lends its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from lark import Lark, Token, Transformer, v_args
from lark.common import LexerConf
from lark.exceptions import UnexpectedInput, UnexpectedToken
from lark.lark import PostLex
from lark.lexer import ContextualLexer

from assesslint.policy import tree
from assesslint.policy.page import blocks, read_source
from assesslint.policy.problems import Problem, did_you_mean, problem_at
from assesslint.scheme.vocabulary import FieldType
from assesslint.text.resources import resource
from assesslint.text.source import Source, Span

if TYPE_CHECKING:
    from lark.tree import Meta

LARGEST = 20_000
"""Most characters of a rule block."""

NUMBER, DURATION, TEXT, FLAG = FieldType("number"), FieldType("duration"), FieldType("text"), FieldType("flag")

DAYS = {"hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7), "month": Decimal(30), "quarter": Decimal(91), "year": Decimal(365)}
"""Days in each unit a duration is written in."""


class _WholeWords(PostLex):
    """Makes every word be read to its end, so that `andx` is a name and never `and` followed by `x`."""

    always_accept = ("NAME",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        return stream


class _TrustingLexer(ContextualLexer):
    """Takes the terminals as they are; that none overlaps another is tested once, not at each start."""

    def __init__(self, conf: LexerConf, states: dict[int, Collection[str]], always_accept: Collection[str] = ()) -> None:
        conf.skip_validation = not conf.strict
        super().__init__(conf, states, always_accept)


@cache
def rule_parser(strict: bool = False) -> Lark:
    """Return the parser of the rule language, built once a run; `strict` refuses terminals that overlap and rules in conflict."""
    path = resource("grammar") / "rule.lark"
    plugins = {"ContextualLexer": _TrustingLexer}
    return Lark.open(
        str(path), parser="lalr", start="rule", propagate_positions=True, postlex=_WholeWords(), strict=strict, _plugins=plugins
    )


def parse_rule(source: Source, block: Span) -> tree.Draft | Problem:
    """Parse the rule that stands at `block` of a page."""
    text = source.text[block.start : block.end]
    if len(text) > LARGEST:
        zh, en = f"规则太长，最多 {LARGEST} 个字符", f"the rule is too long; at most {LARGEST} characters"
        return problem_at(source, block, zh, en)
    try:
        draft: tree.Draft = _Builder(block.start).transform(rule_parser().parse(text))
    except UnexpectedInput as error:
        return _explain(source, block, text, error)
    except RecursionError:
        return problem_at(source, block, "括号或 not 嵌套太深", "brackets or “not” are nested too deep")
    return draft


def duration(written: str) -> Decimal:
    """Return the days of `2 weeks`."""
    number = written.rstrip("abcdefghijklmnopqrstuvwxyz ").strip()
    return Decimal(number) * DAYS[written[len(number) :].strip().removesuffix("s")]


@v_args(meta=True)
class _Builder(Transformer[Token, Any]):
    """Grammar rule → node; a method each. `base` is where the block begins in its page."""

    def __init__(self, base: int) -> None:
        super().__init__()
        self.base = base

    def _span(self, meta: Meta) -> Span:
        return Span(self.base + meta.start_pos, self.base + meta.end_pos)

    def _word(self, token: Token) -> tree.Word:
        start, end = token.start_pos or 0, token.end_pos or 0
        text = unquoted(token) if token.type == "STRING" else str(token)
        return tree.Word(text, Span(self.base + start, self.base + end))

    def _clause(self, keyword: str, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return tree.Clause(keyword, tuple(self._word(t) for t in tokens), self._span(meta))

    def rule(self, _meta: Meta, children: list[Any]) -> tree.Draft:
        return tree.Draft(self._word(children[0]), tuple(children[1:]))

    def title(self, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return self._clause("title", meta, tokens)

    def status(self, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return self._clause("status", meta, tokens)

    def replaced(self, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return self._clause("replaced by", meta, tokens)

    def waivable(self, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return self._clause("waivable", meta, tokens)

    def subject(self, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return self._clause("applies to", meta, tokens)

    def severity(self, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return self._clause("severity", meta, tokens)

    def basis(self, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return self._clause("basis", meta, tokens)

    def unfounded(self, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return self._clause("basis: none", meta, tokens)

    def message(self, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return self._clause("message", meta, tokens)

    def advise(self, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return self._clause("advise", meta, tokens)

    def fix(self, meta: Meta, tokens: list[Token]) -> tree.Clause:
        return self._clause("fix", meta, tokens)

    def parameter(self, meta: Meta, children: list[Any]) -> tree.ParameterClause:
        name, kind, _, value, stricter = children
        return tree.ParameterClause(self._word(name), self._word(kind), value, self._word(stricter), self._span(meta))

    def loop(self, meta: Meta, children: list[Any]) -> tree.BindingClause:
        return tree.BindingClause("for", self._word(children[0]), children[1], self._span(meta))

    def let(self, meta: Meta, children: list[Any]) -> tree.BindingClause:
        return tree.BindingClause("let", self._word(children[0]), children[2], self._span(meta))

    def when(self, meta: Meta, children: list[Any]) -> tree.ConditionClause:
        return tree.ConditionClause("when", children[0], self._span(meta))

    def unless(self, meta: Meta, children: list[Any]) -> tree.ConditionClause:
        return tree.ConditionClause("unless", children[0], self._span(meta))

    def at(self, meta: Meta, children: list[Any]) -> tree.PlaceClause:
        return tree.PlaceClause(tuple(c for c in children if c is not None), self._span(meta))

    def case(self, meta: Meta, children: list[Any]) -> tree.CaseClause:
        return tree.CaseClause(tuple(children), self._span(meta))

    def or_(self, meta: Meta, children: list[Any]) -> tree.Or:
        return tree.Or(tuple(children), self._span(meta))

    def and_(self, meta: Meta, children: list[Any]) -> tree.And:
        return tree.And(tuple(children), self._span(meta))

    def not_(self, meta: Meta, children: list[Any]) -> tree.Not:
        return tree.Not(children[0], self._span(meta))

    def compare(self, meta: Meta, children: list[Any]) -> tree.Comparison:
        left, sign, right = children
        operator = {"AT_LEAST": ">=", "AT_MOST": "<=", "MORE": ">", "LESS": "<", "EQUAL": "=", "UNEQUAL": "!="}[sign.type]
        return tree.Comparison(operator, left, right, self._span(meta))

    def is_(self, meta: Meta, children: list[Any]) -> tree.Comparison:
        return tree.Comparison("is", children[0], children[1], self._span(meta))

    def is_not(self, meta: Meta, children: list[Any]) -> tree.Comparison:
        return tree.Comparison("is not", children[0], children[1], self._span(meta))

    def known(self, meta: Meta, children: list[Any]) -> tree.Presence:
        return tree.Presence(children[0], True, self._span(meta))

    def absent(self, meta: Meta, children: list[Any]) -> tree.Presence:
        return tree.Presence(children[0], False, self._span(meta))

    def within(self, meta: Meta, children: list[Any]) -> tree.Within:
        return tree.Within(children[0], children[1], False, self._span(meta))

    def not_within(self, meta: Meta, children: list[Any]) -> tree.Within:
        return tree.Within(children[0], children[1], True, self._span(meta))

    def holds(self, meta: Meta, children: list[Any]) -> tree.Holds:
        return tree.Holds(children[0], children[1], "", self._span(meta))

    def listing(self, meta: Meta, children: list[Any]) -> tree.Listing:
        return tree.Listing(tuple(children), self._span(meta))

    def arithmetic(self, meta: Meta, children: list[Any]) -> tree.Arithmetic:
        left, sign, right = children
        return tree.Arithmetic(str(sign), left, right, self._span(meta))

    def gathering(self, meta: Meta, children: list[Any]) -> tree.Gathering:
        kind, variable, source, body = children
        return tree.Gathering(str(kind), source, str(variable), body, span=self._span(meta))

    def whole(self, meta: Meta, children: list[Any]) -> tree.Gathering:
        kind, source = children
        return tree.Gathering(str(kind), source, span=self._span(meta))

    def call(self, meta: Meta, children: list[Any]) -> tree.Call:
        return tree.Call(str(children[0]), tuple(children[1:]), self._span(meta))

    def reference(self, meta: Meta, tokens: list[Token]) -> tree.Reference:
        return tree.Reference(tuple(str(t) for t in tokens), self._span(meta))

    def number(self, meta: Meta, tokens: list[Token]) -> tree.Constant:
        return tree.Constant(Decimal(tokens[0]), NUMBER, self._span(meta))

    def percent(self, meta: Meta, tokens: list[Token]) -> tree.Constant:
        return tree.Constant(Decimal(tokens[0].rstrip("%％ ")) / 100, NUMBER, self._span(meta))

    def duration(self, meta: Meta, tokens: list[Token]) -> tree.Constant:
        return tree.Constant(duration(tokens[0]), DURATION, self._span(meta))

    def text(self, meta: Meta, tokens: list[Token]) -> tree.Constant:
        return tree.Constant(unquoted(tokens[0]), TEXT, self._span(meta))

    def true(self, meta: Meta, _tokens: list[Token]) -> tree.Constant:
        return tree.Constant(True, FLAG, self._span(meta))

    def false(self, meta: Meta, _tokens: list[Token]) -> tree.Constant:
        return tree.Constant(False, FLAG, self._span(meta))


def unquoted(written: str) -> str:
    """Return the text of a string as written: without its marks, `\\"` as `"`."""
    inner = written[1:-1]
    if "\\" not in inner:
        return inner
    parts = inner.split("\\\\")
    return "\\".join(part.replace("\\", "") for part in parts)


# ── syntax errors ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_SIGNS = {
    "_COLON": ":", "_COMMA": ",", "_LBRACE": "{", "_RBRACE": "}", "_LPAR": "(", "_RPAR": ")", "_LBRACKET": "[", "_RBRACKET": "]",
    "_DOT": ".", "PLUS": "+", "MINUS": "-", "TIMES": "*", "OVER": "/", "AT_LEAST": ">=", "AT_MOST": "<=", "MORE": ">", "LESS": "<",
    "EQUAL": "=", "UNEQUAL": "!=",
}  # fmt: skip
_KINDS = {
    "NAME": ("名称", "a name"), "STRING": ("引号里的文字", "a text in quotes"), "NUMBER": ("数值", "a number"),
    "RULE_ID": ("规则名", "the rule's id"), "CLAUSE": ("条款", "a clause of a norm"), "$END": ("规则结束", "the end of the rule"),
}  # fmt: skip
"""What a terminal is called where a message says what may follow; a keyword is called by itself."""


@dataclass(frozen=True, slots=True)
class _Situation:
    """Where parsing stopped (`place`: what could have followed, in broad terms) and at what token (its type and text)."""

    place: str
    kind: str
    word: str


def _situate(error: UnexpectedInput) -> tuple[_Situation, set[str]]:
    """Return the situation of an error and the terminals that could have stood there."""
    if not isinstance(error, UnexpectedToken):
        return _Situation("", "character", getattr(error, "char", "")), set()
    accepted: set[str] = error.accepts or set()
    if len(accepted) == 1:
        place = next(iter(accepted))
    elif "_AND" in accepted:
        place = "after a value"
    elif "NUMBER" in accepted:
        place = "before a value"
    elif "_SEVERITY" in accepted:
        place = "in a case"
    elif "_STATUS" in accepted:
        place = "in a rule"
    else:
        place = " ".join(sorted(accepted))
    return _Situation(place, error.token.type, str(error.token)), accepted


@cache
def _samples() -> Mapping[_Situation, str]:
    """Return the message of every situation the malformed samples end in: by word, and by kind of token with an empty word."""
    found: dict[_Situation, str] = {}
    for message, sample in malformed_samples():
        try:
            rule_parser().parse(sample)
        except UnexpectedInput as error:
            situation, _ = _situate(error)
            found.setdefault(situation, message)
            found.setdefault(_Situation(situation.place, situation.kind, ""), message)
    return found


def malformed_samples() -> list[tuple[str, str]]:
    """Return the samples of grammar/rule.errors.md, each with the message (`zh — en`) above it."""
    heading = ""
    samples = []
    for block in blocks(read_source(resource("grammar") / "rule.errors.md")):
        if block.shape == "heading":
            heading = block.text
        elif block.shape == "fence":
            samples.append((heading, block.text))
    return samples


def _explain(source: Source, block: Span, text: str, error: UnexpectedInput) -> Problem:
    situation, accepted = _situate(error)
    samples = _samples()
    message = samples.get(situation) or samples.get(_Situation(situation.place, situation.kind, "")) or OTHERWISE
    word = situation.word.strip().split("\n")[0][:40]
    keywords = {t[1:].lower() for t in accepted if t.startswith("_") and t not in _SIGNS}
    near = did_you_mean(word, keywords)
    texts = []
    for lang, pattern in enumerate(message.split(" — ")):
        named = {_SIGNS.get(t) or _KINDS[t][lang] for t in accepted if t in _SIGNS or t in _KINDS}
        filled = pattern.replace("{near}", near[lang]).replace("{expected}", " ".join(sorted(keywords | named)))
        texts.append(filled.replace("{word}", word))
    start = block.end if situation.kind == "$END" else block.start + min(error.pos_in_stream or 0, len(text))
    return problem_at(source, Span(start, min(start + len(word), block.end)), texts[0], texts[1])


OTHERWISE = "“{word}”放错了地方，这里可写：{expected} — “{word}” does not belong here; what may follow: {expected}"
"""What is said where no sample fits."""
