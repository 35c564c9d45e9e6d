"""What is wrong with the JSON form of a scheme → findings in the words of grammar/scheme.errors.md, each with its JSON pointer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from assesslint.scheme.errors import Diagnosis
from assesslint.scheme.json_schema import scheme_schema
from assesslint.scheme.json_text import Keys, Placed
from assesslint.scheme.measures import LONGEST_NUMBER, plain_number
from assesslint.text.shortened import shortened
from assesslint.text.source import Span
from assesslint.text.suggest import suggest

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_TYPES = {
    "string": ("引号里的文字", "text in quotes"),
    "number": ("数", "a number"),
    "boolean": ("true 或 false", "true or false"),
    "array": ("列表 [ ]", "a list [ ]"),
    "object": ("对象 { }", "an object { }"),
}

WHOLE = {"zh": "方案", "en": "the scheme"}
"""What a message calls the value that no JSON pointer leads to."""

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator, FormatChecker

    schema = scheme_schema()
    return Draft202012Validator({"$ref": "#/$defs/scheme", "$defs": schema["$defs"]}, format_checker=FormatChecker(["date"]))


def tell_faults(data: Any, diagnosis: Diagnosis) -> None:
    """Tell of everything that keeps `data` from being a scheme or a list of schemes."""
    several = isinstance(data, list)
    for at, scheme in enumerate(data if several else [data]):
        pointer = f"/{at}" if several else ""
        told: set[tuple[str, object]] = set()
        for fault in _validator().iter_errors(scheme):
            place = pointer + "".join(f"/{part}" for part in fault.absolute_path)
            if (place, fault.validator) not in told:
                told.add((place, fault.validator))
                _tell(fault, place or WHOLE[diagnosis.lang], diagnosis)
        if not told:
            for path, node in _walk(scheme, pointer):
                _tell_meaning(path or WHOLE[diagnosis.lang], node, diagnosis)


def _walk(node: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """Yield a value and all values in it, each with its JSON pointer."""
    yield pointer, node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from _walk(child, f"{pointer}/{key}")


def _tell_meaning(pointer: str, node: Any, diagnosis: Diagnosis) -> None:
    """Tell of what no schema can say: no text, numbers too long, keys given twice, dates that run backwards, percents over 100."""
    wrong: list[tuple[str, Any]] = []
    match node:
        case str() if _NO_TEXT.search(node):
            wrong.append((pointer, node))
        case Decimal() if abs(node.adjusted()) > LONGEST_NUMBER or len(plain_number(node)) > LONGEST_NUMBER:
            wrong.append((pointer, node))
        case {"start": start, "end": end} if end < start:
            wrong.append((f"{pointer}/end", end))
        case {"points": points, "points_unit": "percent"} if points > 100:
            wrong.append((f"{pointer}/points", points))
        case {"every": str(every)} if not Decimal(every):
            wrong.append((f"{pointer}/every", every))
    for place, value in wrong:
        diagnosis.tell("json-value", _place(value if isinstance(value, str) else node), place=place, seen=_seen(value))
    for key in node.twice if isinstance(node, Keys) else ():
        diagnosis.tell("json-twice", _place(node), place=pointer, seen=key)


def _place(node: Any) -> Span:
    """Return the place of a value: its own, or that of the first string in it."""
    for _, inner in _walk(node, ""):
        if isinstance(inner, Placed):
            return Span(inner.start, inner.end)
    return Span(0, 0)


def _seen(value: Any) -> str:
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in shortened(str(value), 40))


def _tell(fault: ValidationError, pointer: str, diagnosis: Diagnosis) -> None:
    """Tell of one fault jsonschema found; of those in a `oneOf`, only that there is not just one."""
    if diagnosis.full():
        diagnosis.untold += 1
        return
    language = 0 if diagnosis.lang == "zh" else 1
    wanted: Any = fault.validator_value
    schema: Any = fault.schema
    found: Any = fault.instance
    place = _place(found)
    match fault.validator:
        case "required":
            diagnosis.tell("json-missing", place, place=pointer, seen=next(key for key in wanted if key not in found))
        case "dependentRequired":
            missing = next(key for given, keys in wanted.items() if given in found for key in keys if key not in found)
            diagnosis.tell("json-missing", place, place=pointer, seen=missing)
        case "additionalProperties":
            for key in sorted(set(found) - set(schema["properties"])):
                _tell_word("json-unknown", "json-unheard", place, pointer, key, list(schema["properties"]), diagnosis)
        case "enum":
            _tell_word("json-word", "json-other-word", place, pointer, _seen(found), wanted, diagnosis)
        case "oneOf":
            known = ("、", ", ")[language].join(choice["required"][0] for choice in wanted)
            diagnosis.tell("json-one-of", place, place=pointer, known=known)
        case "type" | "pattern" if fault.validator == "type" or "number" in schema["type"]:
            types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
            expected = ("或", " or ")[language].join(_TYPES[name][language] for name in types)
            diagnosis.tell("json-kind", place, place=pointer, expected=expected)
        case _:
            diagnosis.tell("json-value", place, place=pointer, seen=_seen(found))


def _tell_word(near: str, far: str, place: Span, pointer: str, seen: str, known: list[str], diagnosis: Diagnosis) -> None:
    """Tell of a word that is not among those known, with the one probably meant, or else with those there are."""
    meant = suggest(seen, known) if not diagnosis.full() else ""
    if meant:
        diagnosis.tell(near, place, place=pointer, seen=seen, meant=meant)
    else:
        diagnosis.tell(far, place, place=pointer, seen=seen, known=("、" if diagnosis.lang == "zh" else ", ").join(known[:12]))
