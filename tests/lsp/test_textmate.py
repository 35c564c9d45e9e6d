"""The TextMate grammars colour what the lexers read: by an engine of ours on any text, by that of VS Code on whole schemes and rules."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.lsp.textmate import BLOCK, SCOPES, grammars, written
from assesslint.policy.page import blocks
from assesslint.policy.parse import rule_parser
from assesslint.scheme.keywords import block_words
from assesslint.scheme.syntax import scanner
from assesslint.text.resources import resource
from assesslint.text.source import Source
from tests.programs import missing, program

ROOT = Path(__file__).parent.parent.parent
SYNTAXES = ROOT / "examples" / "editors" / "vscode" / "syntaxes"
MODULES = ROOT / "build" / "textmate" / "node_modules"
"""Where `make textmate` puts the engine of VS Code."""

MADE = grammars()

Scoped = dict[int, str]
"""Offsets at which something begins, with its innermost scope."""


@pytest.mark.parametrize("name", MADE)
def test_the_files_are_those_the_terminals_make(name: str) -> None:
    if os.environ.get("GOLDEN") == "write":
        (SYNTAXES / name).write_text(written(MADE[name]), encoding="utf-8")
    assert (SYNTAXES / name).read_text(encoding="utf-8") == written(MADE[name])


def lexed(text: str) -> Scoped:
    """Return what the scanner of schemes reads, each as the grammar should call it. White space and what fits nowhere are not coloured."""
    found: Scoped = {}
    for match in scanner().finditer(text):
        kind = match.lastgroup or ""
        start = match.start(kind)
        if kind not in ("WS", "STRAY"):
            found[start] = SCOPES[kind]
        if kind == "WORD" and match[kind] in block_words() and re.match(r"[ \t\u3000]*[\"“]", text[match.end() :]):
            found[start] = BLOCK
    return found


def coloured(text: str, grammar: Mapping[str, Any]) -> Scoped:
    """Return what a TextMate engine makes of a text: line by line, always the pattern that matches first, the first among equals."""
    language = grammar["scopeName"].removeprefix("source")
    patterns = [(re.compile(each["match"]), each) for each in grammar["patterns"]]
    found: Scoped = {}
    start = 0
    for line in re.split(r"(?<=\n)", text):
        at = 0
        while at < len(line):
            searched = ((order, pattern.search(line, at)) for order, (pattern, _) in enumerate(patterns))
            matches = [(match.start(), order, match) for order, match in searched if match]
            if not matches:
                break
            first, order, match = min(matches, key=lambda each: each[:2])
            rule = patterns[order][1]
            name = rule.get("name") or rule["captures"]["1"]["name"]
            found[start + first] = name.removesuffix(language)
            at = match.end() if match.end() > at else at + 1
        start += len(line)
    return found


SIGNS = "方案指标佐证每年至to every-data 1234.5%％分\"“”\\:：{}(（)>=≥高于低于,，、# \t\u3000😀《》'-_\n"
PIECES = (
    "方案", '"一"', "10分", "佐证:", "截图", "，", "{", "}", "激活率(", ")", ">=", "50%", "每2.5天", "# 注", "\n", " ", "省40%",
    "数据来源:", "2026-01-01 至 2026-12-31", "on-site check", "“引”", "每日",
)  # fmt: skip
texts = st.one_of(st.text(st.sampled_from(SIGNS), max_size=60), st.lists(st.sampled_from(PIECES)).map("".join))


@settings(deadline=None)
@given(texts)
def test_what_is_coloured_is_what_is_read(text: str) -> None:
    found = coloured(text, MADE["assess.tmLanguage.json"])
    assert found == lexed(text)


def by_vscode(grammar: str, text: str) -> Scoped:
    """Return what the engine of VS Code makes of a text."""
    node = program("node")
    if not (MODULES / "vscode-textmate").is_dir():
        missing(f"vscode-textmate, which `make textmate` puts into {MODULES},")
    asked = json.dumps({"modules": str(MODULES), "grammar": str(SYNTAXES / grammar), "text": text})
    script = Path(__file__).parent / "textmate" / "tokenize.js"
    answer = subprocess.run([node, str(script)], input=asked, capture_output=True, text=True, check=True, timeout=60).stdout
    found: Scoped = {}
    offset = 0
    language = Path(grammar).name.partition(".")[0]
    for line, tokens in zip(text.split("\n"), json.loads(answer), strict=True):
        data = line.encode("utf-16-le")
        for start, end, scope in tokens:
            if end > start and scope != f"source.{language}":
                found[offset + len(data[: 2 * start].decode("utf-16-le"))] = scope.removesuffix(f".{language}")
        offset += len(line) + 1
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.assess")), ids=lambda path: path.name[:2])
def test_vs_code_colours_a_scheme_as_it_is_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("考核", "考😀核")
    found = by_vscode("assess.tmLanguage.json", text)
    for start, scope in lexed(text).items():
        assert found[start] == scope, text[start : start + 20]


@pytest.mark.parametrize("path", sorted(resource("rules").glob("*/*-quota.md")), ids=lambda path: path.stem)
def test_vs_code_colours_a_rule_as_it_is_read(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    [rule] = [block.text for block in blocks(Source("", page)) if block.shape == "fence" and block.kind == "rule"]
    found = by_vscode("assess-rule.tmLanguage.json", rule)
    for token in rule_parser().parse_interactive(rule).iter_parse():
        start = token.start_pos or 0
        if token.type in ("STRING", "DURATION", "PERCENT", "CLAUSE", "GATHER"):
            assert found[start] == SCOPES[token.type], token
        elif token.type.startswith("_") and token.value.isalpha():
            assert found[start] == "keyword.control", token
        elif token.type == "NAME":
            assert found[start] in ("variable.other", "keyword.control"), token
