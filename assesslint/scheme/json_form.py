"""A Scheme ↔ its JSON form; what the form may hold is said by `scheme_schema`, what is wrong with one is a finding at its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from assesslint.scheme.errors import Diagnosis
from assesslint.scheme.json_faults import tell_faults
from assesslint.scheme.json_schema import DECLARED_LISTS, VALUE_KEYS, Json, scheme_schema
from assesslint.scheme.json_text import Placed, read_json
from assesslint.scheme.keywords import BLOCKS, FieldWord
from assesslint.scheme.measures import plain_number, unit_of
from assesslint.scheme.model import (
    Amount,
    App,
    Consultation,
    DataItem,
    DeclaredInspection,
    Every,
    Field,
    Group,
    Indicator,
    InlineWaiver,
    Level,
    Levels,
    Measure,
    Names,
    Period,
    Piece,
    Prose,
    Scheme,
    Term,
    Terms,
    Value,
)
from assesslint.scheme.parse import Parsed
from assesslint.scheme.values import unescaped
from assesslint.text.source import Source, Span

__all__ = ["scheme_schema", "scheme_to_json", "schemes_from_json"]

DECLARED = {"app": App, "data": DataItem, "inspection": DeclaredInspection, "waiver": InlineWaiver}

LARGEST_EXACT = 2**53
"""From here on a number of JSON no longer holds every integer."""

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "/": "/", '"': '"', "\\": "\\"}
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


# ── to JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def scheme_to_json(scheme: Scheme) -> Json:
    """Return a scheme as values `json.dumps` takes. Comments and places are not part of it."""
    found = _attributes_to_json("scheme", scheme)
    for kind, name in DECLARED_LISTS.items():
        nodes = getattr(scheme, name)
        if nodes:
            found[name] = [_attributes_to_json(kind, node) for node in nodes]
    if scheme.items:
        found["items"] = [_item_to_json(item) for item in scheme.items]
    return found


def _number(value: Decimal) -> int | float | str:
    """Return a decimal as a JSON number, or as text where a number would not be exact in every program (RFC 8785)."""
    if value == value.to_integral_value():
        return int(value) if abs(value) < LARGEST_EXACT else plain_number(value)
    return float(value) if Decimal(repr(float(value))) == value else plain_number(value)


def _amount_to_json(amount: Amount) -> Json:
    unit = amount.unit_word or (amount.unit if amount.unit != "count" else "")
    return {"value": _number(amount.value), **({"unit": unit} if unit else {})}


def _to_json(value: object) -> Any:
    match value:
        case Prose():
            return value.text
        case Term():
            return value.id
        case Names():
            return [name.text for name in value.names]
        case Terms():
            return [term.id for term in value.terms]
        case bool() | str():
            return value
        case date():
            return str(value)
        case Decimal():
            return _number(value)
        case Every():
            return _number(value.interval)
        case Period() | Consultation():
            parts = {"start": value.start, "end": value.end}
            dates = {name: str(day) for name, day in parts.items() if day}
            consulted = value.consulted if isinstance(value, Consultation) else None
            return {**dates, "consulted": consulted.text} if consulted else dates
        case Levels():
            return [{"level": level.level, "target": _amount_to_json(level.target)} for level in value.levels]
        case Measure():
            plain = {name: getattr(value, name) for name in ("action", "measure", "object_kind", "of", "operator")}
            found = {name: word for name, word in plain.items() if word is not None}
            if value.object_name:
                found["object_name"] = value.object_name.text
            return {**found, "target": _amount_to_json(value.target)} if value.target else found
        case tuple():
            return [_to_json(part) for part in value]
    raise TypeError(f"no such value in a scheme: {value!r}")


def _attributes_to_json(block: str, node: object) -> Json:
    found: Json = {"name": node.name.text}  # type: ignore[attr-defined]
    for word in BLOCKS[block].fields:
        for name in (word.id, "audience_text") if word.id == "audience" else (word.id,):
            value = getattr(node, name)
            if value is not None and value != ():
                found[name] = {"every": _to_json(value)} if isinstance(value, Every) else _to_json(value)
    return found


def _item_to_json(item: Group | Indicator) -> Json:
    found: Json = {"kind": "group" if isinstance(item, Group) else item.kind, "name": item.name.text}
    if item.points is not None:
        found["points"] = _number(item.points)
        found["points_unit"] = item.points_unit
    if isinstance(item, Group):
        return {**found, "items": [_item_to_json(inner) for inner in item.items]} if item.items else found
    if item.fields:
        found["fields"] = [_field_to_json(field) for field in item.fields]
    if item.waivers:
        found["waivers"] = [_attributes_to_json("waiver", waiver) for waiver in item.waivers]
    return found


_KIND_OF = {Prose: "text", Names: "names", Terms: "terms", Every: "every", Measure: "measure", Levels: "levels"}


def _field_to_json(field: Field) -> Json:
    label = {"label": field.label} if field.label else {}
    return {"field": field.name, **label, VALUE_KEYS[_KIND_OF[type(field.value)]]: _to_json(field.value)}


# ── from JSON ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def schemes_from_json(source: Source, lang: str = "zh") -> Parsed:
    """Read a file in the JSON form: one scheme or a list. Raises nothing; a file with a fault gives its findings and no scheme."""
    diagnosis = Diagnosis(source, lang)
    data = read_json(source, diagnosis)
    if not diagnosis.found:
        tell_faults(data, diagnosis)
    if diagnosis.found:
        return Parsed((), diagnosis.findings())
    reading = _Reading(source)
    schemes = data if isinstance(data, list) else [data]
    return Parsed(tuple(reading.scheme(scheme) for scheme in schemes), ())


def _place(text: str) -> Span:
    return Span(text.start, text.end) if isinstance(text, Placed) else Span(0, 0)


class _Reading:
    """Makes the tree of JSON that fits the schema."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def prose(self, text: str) -> Prose:
        place = _place(text)
        inner = self.source.text[place.start + 1 : max(place.start, place.end - 1)]
        if inner == text:
            return Prose(str(text), (Piece(0, place.start + 1, len(inner)),) if inner else ())
        if _SURROGATE.search(inner):
            return Prose(str(text))
        return unescaped(inner, place.start + 1, _ESCAPES)

    def amount(self, data: Json) -> Amount:
        unit, word = unit_of(data.get("unit", ""))
        return Amount(data["value"], unit, word)

    def attribute(self, value: Any, word: FieldWord) -> object:
        """Return the value of a field that is an attribute of its node."""
        kind = word.kinds[0]
        match value:
            case str() if kind == "term":
                return Term(str(value), _place(value)) if word.id in ("level", "classification") else str(value)
            case str() if kind == "day":
                return date.fromisoformat(value)
            case str():
                return self.prose(value)
            case list() if kind == "terms":
                return tuple(Term(str(term), _place(term)) for term in value)
            case list():
                return tuple(self.prose(text) for text in value)
            case dict() if "every" in value:
                return Every(Decimal(value["every"]))
            case dict():
                dates: dict[str, Any] = {name: date.fromisoformat(value[name]) for name in ("start", "end") if name in value}
                if kind == "period":
                    return Period(**dates)
                return Consultation(**dates, consulted=self.prose(value["consulted"]) if "consulted" in value else None)
        return value

    def attributes(self, block: str, data: Json) -> dict[str, Any]:
        found: dict[str, Any] = {"name": self.prose(data["name"])}
        for word in BLOCKS[block].fields:
            if word.id in data:
                found[word.id] = self.attribute(data[word.id], word)
        if "audience_text" in data:
            found["audience_text"] = self.prose(data["audience_text"])
        return found

    def scheme(self, data: Json) -> Scheme:
        found = self.attributes("scheme", data)
        for kind, name in DECLARED_LISTS.items():
            found[name] = tuple(DECLARED[kind](**self.attributes(kind, node)) for node in data.get(name, ()))
        return Scheme(**found, items=self.items(data))

    def items(self, data: Json) -> tuple[Group | Indicator, ...]:
        return tuple(self.item(item) for item in data.get("items", ()))

    def item(self, data: Json) -> Group | Indicator:
        name, unit = self.prose(data["name"]), str(data.get("points_unit", "points"))
        points = data.get("points")
        if data["kind"] == "group":
            return Group(name, points, unit, self.items(data))
        fields = tuple(Field(str(field["field"]), self.value(field), str(field.get("label", ""))) for field in data.get("fields", ()))
        waivers = tuple(InlineWaiver(**self.attributes("waiver", waiver)) for waiver in data.get("waivers", ()))
        return Indicator(name, points, unit, str(data["kind"]), fields, waivers)

    def value(self, data: Json) -> Value:
        """Return the value of an indicator's field."""
        match data:
            case {"text": text}:
                return self.prose(text)
            case {"names": names}:
                return Names(tuple(self.prose(name) for name in names))
            case {"terms": terms}:
                return Terms(tuple(Term(str(term), _place(term)) for term in terms))
            case {"every": interval}:
                return Every(Decimal(interval))
            case {"levels": levels}:
                return Levels(tuple(Level(str(level["level"]), self.amount(level["target"])) for level in levels))
        return self.measure(data["measure"])

    def measure(self, data: Mapping[str, Any]) -> Measure:
        words = {name: str(data[name]) for name in ("action", "measure", "object_kind", "of", "operator") if name in data}
        name = self.prose(data["object_name"]) if "object_name" in data else None
        return Measure(**words, object_name=name, target=self.amount(data["target"]) if "target" in data else None)  # type: ignore[arg-type]
