"""JSON text → values that know their places; numbers are exact decimals."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from json.decoder import scanstring  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any

from assesslint.scheme.errors import Diagnosis
from assesslint.text.source import Source, Span

DEEPEST_JSON = 40
"""How many brackets may be open at once: what sixteen blocks in each other need."""

_BRACKET = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|([\[{])|([\]}])', re.DOTALL)

_CHINESE = {
    "Expecting value": "此处缺少值",
    "Expecting property name enclosed in double quotes": "键名要用双引号括起来",
    "Illegal trailing comma before end of object": "末尾多了逗号",
    "Illegal trailing comma before end of array": "末尾多了逗号",
    "Expecting ':' delimiter": "缺少冒号",
    "Expecting ',' delimiter": "缺少逗号",
    "Unterminated string starting at": "引号没有结束",
    "Invalid control character at": "引号里不能直接换行",
    "Invalid \\escape": "反斜线后面的字符不对",
    "Invalid \\uXXXX escape": "\\u 后面要写四位十六进制数",
    "Extra data": "结尾之后还有内容",
    "No such number": "没有这样的数",
}


class Placed(str):
    """A string of a JSON text, with its place, quotation marks included."""

    start: int
    end: int


class Keys(dict[str, Any]):
    """An object of a JSON text; `twice` are the keys given more than once."""

    twice: tuple[str, ...] = ()


def _placed_string(text: str, start: int, strict: bool = True) -> tuple[Placed, int]:
    value, end = scanstring(text, start, strict)
    placed = Placed(value)
    placed.start, placed.end = start - 1, end
    return placed, end


def _keys(pairs: list[tuple[str, Any]]) -> Keys:
    keys = Keys(pairs)
    if len(keys) < len(pairs):
        keys.twice = tuple(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
    return keys


def _no_number(word: str) -> Any:
    raise json.JSONDecodeError("No such number", word, 0)


def _decoder() -> json.JSONDecoder:
    decoder = json.JSONDecoder(parse_int=Decimal, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_keys)
    decoder.parse_string = _placed_string  # type: ignore[attr-defined]
    decoder.scan_once = py_make_scanner(decoder)  # type: ignore[attr-defined]
    return decoder


def _too_deep(text: str) -> int | None:
    """Return where brackets are nested too deeply."""
    depth = 0
    for match in _BRACKET.finditer(text):
        opening, closing = match.groups()
        depth += bool(opening) - bool(closing)
        if depth > DEEPEST_JSON:
            return match.start()
    return None


def read_json(source: Source, diagnosis: Diagnosis) -> Any:
    """Return the value of a JSON text, or tell what keeps it from being one."""
    text = source.text
    if text.startswith("\ufeff"):
        text = " " + text[1:]
    deep = _too_deep(text)
    if deep is not None:
        diagnosis.tell("json-deep", Span(deep, deep + 1))
        return None
    try:
        return _decoder().decode(text)
    except json.JSONDecodeError as error:
        said = _CHINESE.get(error.msg, error.msg) if diagnosis.lang == "zh" else error.msg
        at = error.pos if error.doc is text else text.find(error.doc)
        diagnosis.tell("json-syntax", Span(at, at + 1), seen=said)
        return None
