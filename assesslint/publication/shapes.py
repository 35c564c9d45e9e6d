"""JSON Schemas of what is signed: the pieces they are made of, and where a value does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
