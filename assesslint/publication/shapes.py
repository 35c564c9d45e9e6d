"""JSON Schemas of what is signed: the pieces they are made of, and where a value does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assesslint.policy.envelope import STATEMENT

TEXT = {"type": "string"}
SAID = {"type": "string", "pattern": r"\S"}
COUNT = {"type": "integer", "minimum": 0}
DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
DAY = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with these keys and no others."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def fault_at(value: Any, schema: Mapping[str, Any]) -> str | None:
    """Return where a value does not fit a schema first, None where it fits."""
    from jsonschema import Draft202012Validator

    fault = next(Draft202012Validator(schema).iter_errors(value), None)
    return None if fault is None else "/".join(map(str, fault.absolute_path))


def statement_schema(title: str, predicate_type: str, subjects: dict[str, Any], predicate: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an in-toto Statement in an envelope; `subjects` is what holds of the list of its subjects."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": predicate_type,
        "title": title,
        "description": "The payload, as canonical JSON (RFC 8785), of a DSSE envelope of type application/vnd.in-toto+json.",
        **closed(
            {
                "_type": {"const": STATEMENT},
                "subject": {"type": "array", "minItems": 1, **subjects},
                "predicateType": {"const": predicate_type},
                "predicate": predicate,
            }
        ),
    }
