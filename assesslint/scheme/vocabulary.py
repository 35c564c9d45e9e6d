"""rules/vocabulary.toml → the closed vocabulary: enumerations with their names, named groups, and the records rules can ask of."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from assesslint.text import cache
from assesslint.text.resources import resource


class VocabularyError(ValueError):
    """The vocabulary file is wrong; the message names the place."""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A closed set of values. `zh` and `en` name each; `words` maps every accepted word, id included, to its value."""

    name: str
    zh: Mapping[str, str]
    en: Mapping[str, str]
    words: Mapping[str, str]

    def __contains__(self, value: str) -> bool:
        return value in self.zh


@dataclass(frozen=True, slots=True)
class FieldType:
    """The type of a record's field: `base` is an enumeration, a record or one of text, number, duration, flag, words, date."""

    base: str
    optional: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Some values of one enumeration under a common name."""

    enum: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Domain:
    """The numbers a field can sensibly be, both bounds within; `whole` when only whole ones."""

    low: Decimal
    high: Decimal
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ObjectKind:
    """A kind of object that a pack adds `under` one of the vocabulary, as which the rules above see it, and what people call it."""

    under: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All enumerations, groups and records, each by its name; `domains` by record and field (`Indicator.points`)."""

    enums: Mapping[str, Enumeration]
    groups: Mapping[str, Group]
    records: Mapping[str, Mapping[str, FieldType]]
    domains: Mapping[str, Domain]
    laws: Mapping[str, tuple[str, ...]]
    """Conditions of the rule language that hold of every scheme, or of every indicator, by `scheme` and `indicator`."""
    varieties: Mapping[str, ObjectKind] = field(default_factory=dict)
    """The kinds of object that packs add. They are values of `object_kind` to be named; a fact has them as its `variety`."""

    def name(self, enum: str, value: str, lang: str = "zh") -> str:
        """Return the name people know a value by."""
        names = self.enums[enum]
        return (names.zh if lang == "zh" else names.en)[value]


def with_kinds(vocabulary: Vocabulary, kinds: Mapping[str, ObjectKind]) -> Vocabulary:
    """Return a vocabulary with more kinds of object."""
    known = vocabulary.enums["object_kind"]
    zh, en = {name: kind.zh for name, kind in kinds.items()}, {name: kind.en for name, kind in kinds.items()}
    enums = {**vocabulary.enums, "object_kind": replace(known, zh={**known.zh, **zh}, en={**known.en, **en})}
    return replace(vocabulary, enums=enums, varieties={**vocabulary.varieties, **kinds}) if kinds else vocabulary


BASE_TYPES = frozenset({"text", "number", "duration", "flag", "words", "date"})


def _field_type(written: str) -> FieldType:
    if written.startswith("list of "):
        return FieldType(written.removeprefix("list of "), many=True)
    if written.startswith("optional "):
        return FieldType(written.removeprefix("optional "), optional=True)
    return FieldType(written)


def read_vocabulary(path: Path) -> Vocabulary:
    """Read a vocabulary file. Raises VocabularyError where it contradicts itself, OSError when it cannot be read."""
    import tomllib

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{path}: {error}") from error
    enums = {}
    for name, values in data["enums"].items():
        words: dict[str, str] = {}
        for value, entry in values.items():
            for word in (value, entry["zh"], entry["en"], *entry.get("also", ())):
                if words.setdefault(word, value) != value:
                    raise VocabularyError(f"{path}: [enums.{name}] “{word}” names both {words[word]} and {value}")
        enums[name] = Enumeration(name, {v: e["zh"] for v, e in values.items()}, {v: e["en"] for v, e in values.items()}, words)
    groups = {}
    for name, entry in data["groups"].items():
        unknown = set(entry["members"]) - set(enums[entry["enum"]].zh)
        if unknown:
            raise VocabularyError(f"{path}: group {name} has unknown members {', '.join(sorted(unknown))}")
        groups[name] = Group(entry["enum"], frozenset(entry["members"]))
    records = {name: {f: _field_type(t) for f, t in fields.items()} for name, fields in data["records"].items()}
    for name, fields in records.items():
        for field_name, field_type in fields.items():
            if field_type.base not in BASE_TYPES and field_type.base not in enums and field_type.base not in records:
                raise VocabularyError(f"{path}: {name}.{field_name} has the unknown type {field_type.base}")
    domains = {place: Domain(Decimal(d["from"]), Decimal(d["to"]), d.get("whole", False)) for place, d in data.get("domains", {}).items()}
    for place in domains:
        record, _, name = place.partition(".")
        if records.get(record, {}).get(name, FieldType("")).base not in ("number", "duration"):
            raise VocabularyError(f"{path}: [domains] {place} is no number or duration of a record")
    laws = {subject: tuple(conditions) for subject, conditions in data.get("laws", {}).items()}
    return Vocabulary(enums, groups, records, domains, laws)


def central_names() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return what `enums`, `groups`, `records` and `fields` are called: kind, id, language. A field is `field` or `Record.field`."""
    import tomllib

    names: Mapping[str, Mapping[str, Mapping[str, str]]]
    names = tomllib.loads((resource("rules") / "vocabulary.toml").read_text(encoding="utf-8"))["names"]
    return names


@functools.cache
def central_vocabulary() -> Vocabulary:
    """Return the vocabulary this installation carries."""
    path = resource("rules") / "vocabulary.toml"
    key = cache.digest([path, Path(__file__)])
    vocabulary = cache.load("vocabulary", key, frozenset({Vocabulary, Enumeration, Group, FieldType, Domain, Decimal}))
    if not isinstance(vocabulary, Vocabulary):
        vocabulary = read_vocabulary(path)
        cache.store("vocabulary", key, vocabulary)
    return vocabulary
