"""The dataclasses of facts are the records of the vocabulary, and what the readers fill them with are its values."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from assesslint import reading
from assesslint.reading import facts
from assesslint.reading.facts import Words
from assesslint.reading.read import read_scheme
from assesslint.scheme.vocabulary import FieldType, central_vocabulary
from tests.quality import CORPORA, draft_of, read_corpus

VOCABULARY = central_vocabulary()
RECORDS = {
    name: value
    for name, value in vars(facts).items()
    if isinstance(value, type) and value.__module__ == facts.__name__ and dataclasses.is_dataclass(value) and value is not Words
}
BASES: dict[str, type] = {"text": str, "number": Decimal, "duration": Decimal, "flag": bool, "words": Words}


def python_type(field: FieldType) -> Any:
    """Return the annotation that a field of the vocabulary has in Python."""
    base = BASES.get(field.base) or RECORDS.get(field.base) or str
    if field.many:
        return tuple[base, ...]  # type: ignore[valid-type]
    return base | None if field.optional else base


def wrong_values(value: Any, base: str) -> list[str]:
    """Return what in a fact is no value of the vocabulary, by record and field."""
    if value is None or base in BASES:
        return []
    if base in VOCABULARY.enums:
        return [] if value in VOCABULARY.enums[base] else [f"{base}: {value}"]
    found = []
    for name, field in VOCABULARY.records[base].items():
        held = getattr(value, name)
        for item in held if field.many else (held,):
            found += [f"{base}.{name} {wrong}" for wrong in wrong_values(item, field.base)]
    return found


def test_every_record_has_its_dataclass_and_the_other_way_round() -> None:
    assert set(RECORDS) == set(VOCABULARY.records)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_a_dataclass_has_the_fields_of_its_record_with_their_types(name: str) -> None:
    written = typing.get_type_hints(RECORDS[name])
    declared = {field: python_type(field_type) for field, field_type in VOCABULARY.records[name].items()}
    assert written == declared


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_an_optional_field_is_none_unless_told_and_a_default_is_a_value_of_its_enumeration(name: str) -> None:
    for field in dataclasses.fields(RECORDS[name]):
        declared = VOCABULARY.records[name][field.name]
        if field.default is dataclasses.MISSING:
            continue
        if declared.optional:
            assert field.default is None
        elif declared.many:
            assert field.default == ()
        elif declared.base in VOCABULARY.enums:
            assert field.default in VOCABULARY.enums[declared.base]


def test_facts_cannot_be_changed_and_have_no_dictionary() -> None:
    for record in RECORDS.values():
        assert record.__dataclass_params__.frozen
        assert "__slots__" in vars(record)


@pytest.mark.parametrize("path", [p for p in sorted(CORPORA.glob("*.jsonl")) if p.stem != "set_apart"], ids=lambda p: p.stem)
def test_the_readers_say_only_what_the_vocabulary_knows(path: Any) -> None:
    wrong = [(case.id, said) for case in read_corpus(path).cases for said in wrong_values(read_scheme(*draft_of(case)).facts, "Scheme")]
    assert wrong == []


def test_a_value_out_of_the_vocabulary_would_be_seen() -> None:
    demand = facts.Demand(facts.NO_WORDS, "required", "like", target=facts.Target(of="pets"))
    assert wrong_values(demand, "Demand") == ["Demand.target Target.of population: pets"]


def constants() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the sets of values the readers keep as constants, by module and name."""
    for module in pkgutil.iter_modules(reading.__path__):
        for name, value in vars(importlib.import_module(f"assesslint.reading.{module.name}")).items():
            if name.isupper() and isinstance(value, frozenset):
                yield f"{module.name}.{name}", value


def test_a_constant_named_like_a_group_of_the_vocabulary_is_that_group() -> None:
    named = {where: values for where, values in constants() if where.rpartition(".")[2].lower() in VOCABULARY.groups}
    assert named == {where: VOCABULARY.groups[where.rpartition(".")[2].lower()].members for where in named}
    assert {"demands.ADOPTION", "demands.USAGE", "demands.ENGAGEMENT", "evidence.OUTCOMES", "whole.BINDING"} <= set(named)


def test_optional_types_are_written_with_a_bar() -> None:
    assert isinstance(python_type(FieldType("text", optional=True)), types.UnionType)
