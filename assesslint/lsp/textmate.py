"""The terminals of the grammars → TextMate grammars, by which editors colour schemes and rules before any server has answered.

`python -m assesslint.lsp.textmate FOLDER` writes them. A terminal's pattern is taken as it is; only what is to be seen of it is said here.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lark import Lark
from lark.lexer import PatternStr, TerminalDef

from assesslint.policy.parse import rule_parser
from assesslint.scheme.keywords import block_words
from assesslint.scheme.syntax import scheme_grammar
from assesslint.scheme.tokens import MISTAKEN

Pattern = dict[str, Any]
"""One entry of a TextMate grammar: `match` with a `name`, or with the names of its groups."""

SCOPES: Mapping[str, str] = {
    "COMMENT": "comment.line.number-sign",
    "STRING": "string.quoted.double",
    "UNCLOSED": "invalid.illegal.unclosed-string",
    "OTHER_QUOTE": "invalid.illegal.quotation-mark",
    "RANGE": "constant.numeric.date",
    "DATE": "constant.numeric.date",
    "EVERY": "constant.numeric.frequency",
    "LEVEL": "constant.numeric.level",
    "AMOUNT": "constant.numeric.amount",
    "NUMBER": "constant.numeric",
    "PERCENT": "constant.numeric.percent",
    "DURATION": "constant.numeric.duration",
    "TRUE": "constant.language.boolean",
    "FALSE": "constant.language.boolean",
    "FIELD": "variable.other.property",
    "CALL": "entity.name.function",
    "GATHER": "support.function",
    "WORD": "constant.other.term",
    "NAME": "variable.other",
    "RULE_ID": "entity.name.type.rule",
    "CLAUSE": "constant.other.reference",
    "COMPARISON": "keyword.operator.comparison",
    "COLON": "punctuation.separator.key-value",
    "_COMMA": "punctuation.separator.list",
    "LBRACE": "punctuation.section.block.begin",
    "RBRACE": "punctuation.section.block.end",
    "RPAR": "punctuation.section.parens.end",
}
"""What the terminals are called in the themes of editors."""

OPERATORS = "keyword.operator"
KEYWORDS = "keyword.control"
BLOCK = "keyword.control.block"
ESCAPE: Pattern = {"match": r"\\.", "name": "constant.character.escape"}

GENERATED = "Made by python -m assesslint.lsp.textmate from grammar/*.lark; not to be edited by hand."

UNSEEN = frozenset({"WS"})

IN_CONTEXT = {
    "RULE_ID": r"(?<![\w.-])[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?![\w.-])",
    "CLAUSE": r"(?<![\w.-])[A-Z0-9][A-Za-z0-9-]*\.[A-Za-z][A-Za-z0-9-]*(?![\w.-])",
}
"""Terminals that the parser tells from names by what it expects; here an id is known by its hyphen, a clause by its norm's capitals."""

_LAST_MARK = re.compile(r"^(?P<word>.*?)(?P<blank>\[ \t\u3000\]\*)(?P<mark>\[[^\]]+\])$", re.DOTALL)
"""The pattern of a word with the mark that makes it a field or a measure."""


def grammars() -> Mapping[str, dict[str, Any]]:
    """Return the TextMate grammars by the names of their files."""
    return {
        "assess.tmLanguage.json": _grammar("assess", "考核方案 (assess)", list(_scheme())),
        "assess-rule.tmLanguage.json": _grammar("assess-rule", "assesslint rule", list(_rule())),
        "assess-pages.tmLanguage.json": _injection(),
    }


def _grammar(language: str, name: str, patterns: list[Pattern]) -> dict[str, Any]:
    return {
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "information_for_contributors": GENERATED,
        "name": name,
        "scopeName": f"source.{language}",
        "patterns": [_called(pattern, language) for pattern in patterns],
    }


def _called(pattern: Pattern, language: str) -> Pattern:
    """Return a pattern with the language behind each of its names."""
    return {
        key: f"{value}.{language}" if key == "name" else _called(value, language) if isinstance(value, dict)
        else [_called(each, language) for each in value] if isinstance(value, list) else value
        for key, value in pattern.items()
    }  # fmt: skip


def _terminals(lark: Lark) -> Iterator[TerminalDef]:
    """Yield the terminals in the order in which they are tried, those of higher priority first."""
    return (each for each in sorted(lark.terminals, key=lambda terminal: -terminal.priority) if each.name not in UNSEEN)


def _scheme() -> Iterator[Pattern]:
    words = "|".join(sorted(block_words(), key=len, reverse=True))
    yield {"match": rf"(?<![\w-])(?:{words})(?=[ \t\u3000]*[\"“])", "name": BLOCK}
    for terminal in _terminals(scheme_grammar()):
        yield _pattern(terminal)
    for mistaken in MISTAKEN[:2]:
        name = re.match(r"\(\?P<(\w+)>", mistaken)
        if name is not None:
            yield {"match": mistaken.replace(name[0], "(?:"), "name": SCOPES[name[1]]}


def _rule() -> Iterator[Pattern]:
    """Yield the patterns of rules: keywords stand before the names that they could be."""
    terminals = list(_terminals(rule_parser()))
    keywords = [each.pattern.value for each in terminals if isinstance(each.pattern, PatternStr) and each.pattern.value.isalpha()]
    for terminal in terminals:
        if terminal.name in IN_CONTEXT:
            yield {"match": IN_CONTEXT[terminal.name], "name": SCOPES[terminal.name]}
        elif terminal.name == "NAME":
            named = [word for word in keywords if word not in ("true", "false")]
            yield {"match": rf"(?<![\w.-])(?:{'|'.join(named)})(?![\w-])", "name": KEYWORDS}
            yield _pattern(terminal)
        elif not isinstance(terminal.pattern, PatternStr) or terminal.name in ("TRUE", "FALSE"):
            yield _pattern(terminal)


def _pattern(terminal: TerminalDef) -> Pattern:
    match = terminal.pattern.to_regexp()
    name = SCOPES.get(terminal.name, OPERATORS)
    if isinstance(terminal.pattern, PatternStr):
        match = rf"(?<![\w-]){match}(?![\w-])"
    marked = _LAST_MARK.match(match)
    if terminal.name in ("FIELD", "CALL") and marked is not None:
        mark = SCOPES["COLON"] if terminal.name == "FIELD" else "punctuation.section.parens.begin"
        return {
            "match": f"({marked['word']}){marked['blank']}({marked['mark']})",
            "captures": {"1": {"name": name}, "2": {"name": mark}},
        }
    if terminal.name == "STRING":
        return {"match": match, "name": name, "captures": {"0": {"patterns": [ESCAPE]}}}
    return {"match": match, "name": name}


def _injection() -> dict[str, Any]:
    """Return the grammar that colours the fenced blocks of rule pages inside Markdown."""
    fences = {"rule": "assess-rule", "scheme": "assess"}
    return {
        "information_for_contributors": GENERATED,
        "scopeName": "markdown.assess.codeblock",
        "injectionSelector": "L:text.html.markdown",
        "patterns": [
            {
                "begin": rf"^(\s*)(`{{3,}})\s*({kind})(?: known-gap)?\s*$",
                "end": r"^\1\2\s*$",
                "name": "markup.fenced_code.block.markdown",
                "beginCaptures": {"3": {"name": "fenced_code.block.language.markdown"}},
                "contentName": f"meta.embedded.block.{language}",
                "patterns": [{"include": f"source.{language}"}],
            }
            for kind, language in fences.items()
        ],
    }


def written(grammar: Mapping[str, Any]) -> str:
    """Return the text of a grammar's file."""
    return json.dumps(grammar, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> None:
    """Write the grammars into a folder."""
    for name, grammar in grammars().items():
        (folder / name).write_text(written(grammar), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
