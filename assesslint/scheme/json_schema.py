"""The JSON Schema (2020-12) of a scheme, made from the table of keywords and the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assesslint.scheme.keywords import BLOCKS, FieldWord, terms_of
from assesslint.scheme.measures import LONGEST_NUMBER, MEASURE_ENDINGS
from assesslint.scheme.model import LEAVES
from assesslint.scheme.values import LARGEST_POINTS, LARGEST_TOTAL
from assesslint.scheme.vocabulary import central_vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"

DECLARED_LISTS = {"app": "apps", "data": "data_items", "inspection": "inspections", "waiver": "waivers"}
"""Where a scheme keeps the declarations of each kind."""

VALUE_KEYS = {"text": "text", "names": "names", "terms": "terms", "every": "every", "measure": "measure", "levels": "levels"}
"""Under which key a field of an indicator holds each kind of value."""

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
NAME: Json = {"type": "string", "pattern": r"\S"}
TEXTS: Json = {"type": "array", "items": TEXT, "minItems": 1}
DATE: Json = {"type": "string", "format": "date"}
EVERY: Json = {
    "type": ["number", "string"],
    "pattern": r"^[0-9]{1,5}(\.[0-9]{1,40})?$",
    "exclusiveMinimum": 0,
    "maximum": 36500,
    "description": "Days between two times; in quotes where a number would not be exact",
}


def _words(enum: str, groups: tuple[str, ...] = ()) -> Json:
    values = list(dict.fromkeys(terms_of(enum, groups).values()))
    names = central_vocabulary().enums[enum].zh
    return {"enum": values, "description": "、".join(f"{value} {names[value]}" for value in values)}


def _object(properties: Json, required: Sequence[str], **more: Any) -> Json:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False, **more}


def _value(kind: str, word: FieldWord) -> Json:
    """Return the schema of one kind of value."""
    match kind:
        case "text":
            return TEXT
        case "texts":
            return TEXTS
        case "names":
            return {**TEXTS, "minItems": 2}
        case "term":
            return _words(word.enum, word.groups)
        case "terms":
            return {"type": "array", "items": _words(word.enum, word.groups), "minItems": 1}
        case "every":
            return EVERY
        case "flag":
            return {"type": "boolean"}
        case "day":
            return DATE
        case "levels":
            return {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/level"}}
        case _:
            return {"$ref": f"#/$defs/{kind}"}


def _attribute(word: FieldWord) -> Json:
    """Return the schema of a field that is an attribute of its node."""
    if "every" in word.kinds:
        schema: Json = {"type": ["string", "object"], "properties": {"every": EVERY}, "required": ["every"], "additionalProperties": False}
    else:
        schema = _value(word.kinds[0], word)
    return {"title": f"{word.zh} {word.en}", **schema}


def _attributes(block: str) -> Json:
    found = {"name": {"title": "名称 name", **NAME}}
    for word in BLOCKS[block].fields:
        found[word.id] = _attribute(word)
        if word.kinds == ("terms", "text"):
            found[f"{word.id}_text"] = {"title": f"{word.zh} {word.en}", **TEXT}
    return found


def _points() -> Json:
    return {"points": {"title": "分值 points", "$ref": "#/$defs/points"}, "points_unit": {"enum": ["points", "percent"]}}


def _indicator_field(word: FieldWord) -> Json:
    values = {VALUE_KEYS[kind]: _value(kind, word) for kind in word.kinds}
    return _object(
        {"field": {"const": word.id}, "label": NAME, **values},
        ["field"],
        title=f"{word.zh} {word.en}",
        oneOf=[{"required": [key]} for key in values],
    )


def _measure() -> Json:
    return _object(
        {
            "action": {"enum": list(central_vocabulary().enums["action"].zh)},
            "measure": {"enum": list(dict.fromkeys(MEASURE_ENDINGS.values()))},
            "object_name": TEXT,
            "object_kind": _words("object_kind"),
            "of": _words("population"),
            "operator": _words("operator"),
            "target": {"$ref": "#/$defs/amount"},
        },
        ["action", "measure"],
        dependentRequired={"operator": ["target"], "target": ["operator"]},
    )


def scheme_schema() -> Json:
    """Return the JSON Schema of a file: one scheme, or a list of several."""
    leaf = {word.id: word for word in BLOCKS["scored"].fields}
    declared = {name: {"type": "array", "items": {"$ref": f"#/$defs/{kind}"}} for kind, name in DECLARED_LISTS.items()}
    items = {"type": "array", "items": {"$ref": "#/$defs/item"}}
    kinds = {"enum": ["group", *LEAVES]}
    return {
        "$schema": DIALECT,
        "$id": "urn:assesslint:scheme",
        "title": "考核方案 assessment scheme",
        "description": "One assessment scheme or several; equal in meaning to the scheme language. Words are ids of the vocabulary.",
        "anyOf": [{"$ref": "#/$defs/scheme"}, {"type": "array", "items": {"$ref": "#/$defs/scheme"}}],
        "$defs": {
            "scheme": _object({**_attributes("scheme"), **declared, "items": items}, ["name"]),
            **{kind: _object(_attributes(kind), ["name", *(f.id for f in BLOCKS[kind].fields if f.required)]) for kind in DECLARED_LISTS},
            "item": {
                "type": "object",
                "properties": {"kind": kinds},
                "if": {"properties": {"kind": {"const": "group"}}},
                "then": {"$ref": "#/$defs/group"},
                "else": {"$ref": "#/$defs/indicator"},
            },
            "group": _object({"kind": kinds, "name": NAME, **_points(), "items": items}, ["kind", "name"]),
            "indicator": _object(
                {
                    "kind": kinds,
                    "name": NAME,
                    **_points(),
                    "fields": {"type": "array", "items": {"$ref": "#/$defs/field"}},
                    "waivers": declared["waivers"],
                },
                ["kind", "name"],
            ),
            "field": {
                "type": "object",
                "properties": {"field": {"enum": list(leaf)}},
                "required": ["field"],
                "allOf": [
                    {"if": {"properties": {"field": {"const": name}}, "required": ["field"]}, "then": _indicator_field(word)}
                    for name, word in leaf.items()
                ],
            },
            "measure": _measure(),
            "level": _object({"level": _words("level"), "target": {"$ref": "#/$defs/amount"}}, ["level", "target"]),
            "amount": _object(
                {"value": {"$ref": "#/$defs/number"}, "unit": {"type": "string", "pattern": "^(?:[%％]|[A-Za-z_一-鿿]+)$"}}, ["value"]
            ),
            "period": _object({"start": DATE, "end": DATE}, ["start", "end"]),
            "consultation": _object(
                {"start": DATE, "end": DATE, "consulted": TEXT}, [], dependentRequired={"end": ["start"]}, minProperties=1
            ),
            "number": {"type": "number", "description": f"A number of at most {LONGEST_NUMBER} characters"},
            "points": {"type": "number", "minimum": 0, "maximum": LARGEST_POINTS},
            "total": {"type": "number", "exclusiveMinimum": 0, "maximum": LARGEST_TOTAL},
        },
    }
