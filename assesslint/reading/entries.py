"""The files of rules/lexicon → their entries, each checked: its keys, their types, and that its meaning is one the vocabulary knows."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assesslint.scheme.vocabulary import central_vocabulary

SHARED = {
    "action": "action", "object": "object_kind", "evidence": "evidence_kind", "consequence": "consequence_kind", "actor": "actor",
    "circumstance": "circumstance", "inspection": "inspection_method", "measure": "measure", "means": "means", "pace": "pace",
    "step": "step", "population": "population", "hang": "hang", "compare": "operator",
}  # fmt: skip
"""The tables whose values are those of an enumeration of the vocabulary."""

OWN = {
    "force": "allow coerce combat encourage evaluate exclude must offer prohibit reduce replace turn voluntary withdraw",
    "sign": "asked breach excess fraud listing occurrence or permit pretext proven refused shortfall spared wrong",
    "score": "bonus penalty per_item reward",
    "report": "noun once twice verb weak zero",
    "held": "civil_affairs education hospital land market medical_insurance other police said social_security",
    "owner": "civil_affairs education hospital land market medical_insurance other police social_security",
    "source": "drawn on_site_check own public_feedback system_data third_party",
    "duty": "consented handed own",
    "procedure": "both choice single",
    "escalation": "equal lower said said_of_superior superior",
    "thing": "benefit data disbanding election food herd legal organ paper physical plan survey ward",
    "cue": "channel counted_in defines evidence lacking lapse law merged online own_office own_patrol personal "
    "several_bodies sole supplementary survey",
    "quote": "cue state told",
    "visit": "from_above unplanned",
    "rhythm": "judging same_period yearly",
    "letter": "applicant signing",
    "hang": "retained",
    "population": "anyone",
    "compare": "growth",
}
"""The values that only the reader knows."""

PLAIN = frozenset(
    {
        *("aside", "body", "bureau", "cap", "lawful_original", "none", "place", "quality", "universal", "unscored", "vague"),
        *("afterwards", "again", "ending", "entry", "gather", "handling", "item", "sent", "still"),
    }
)
"""The tables that are one meaning each, without values."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class LexiconError(ValueError):
    """A lexicon file is wrong; the message names file and entry."""


class Meaning(BaseModel):
    """What the words of an entry mean, and what must hold for it to be meant."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    meaning: Words = Field(alias="is")
    needs: list[str] = []
    without: list[str] = []
    reach: Literal["sentence", "indicator", "scheme"] = "indicator"
    implies: str | None = None
    nominal: bool = False
    control: str = "unknown"
    direction: str = "penalty"
    holder: str | None = None

    @property
    def meant(self) -> tuple[str, str]:
        """Table and value: `action.install` is ("action", "install"), `vague` is ("vague", "")."""
        kind, _, value = self.meaning.partition(".")
        return kind, value


class WordsEntry(Meaning):
    """`[[meaning]]`: words parted by spaces or line ends, each of which may mean it."""

    words: Words


class ClassEntry(BaseModel):
    """`[[class]]`: words that mean nothing by themselves and stand together in frames as `@name`."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    words: Words


class FrameEntry(Meaning):
    """`[[frame]]`: a meaning that several parts make in one clause, each at most `within` characters behind the one before.

    A part lists words, classes (`@phone`), meanings (`@object.chat_group`, `@actor`) and figures (`@figure`, `@figure.percent`,
    `@unit.条`, `@frequency`). `over` are marks that may stand between parts; `unless`, words between or close about them that make it
    something else; with `any_order` the parts may stand in any order. In a `whole` frame, as in every consequence, a word that
    would turn others round is only part of it. A frame of `none` hides what its parts would mean.
    """

    parts: Annotated[list[Words], Field(min_length=2, max_length=4)]
    within: int = Field(ge=0, le=60)
    over: str = ""
    any_order: bool = False
    unless: str = ""
    whole: bool = False

    def named(self, part: str) -> Iterator[str]:
        """Yield the labels that a part names, as frames are matched by them."""
        for name in (word[1:] for word in part.split() if refers(word)):
            known = "." in name or name in FIGURES or name in {*SHARED, *OWN, *PLAIN}
            yield name if known else f"class.{name}"


def refers(word: str) -> bool:
    """Tell whether a word of a part names words told elsewhere; a bare @ is what people write before a name in a chat."""
    return word[:1] == "@" and word[1:2].isascii() and word[1:2].isalpha()


FIGURES = frozenset({"figure", "unit", "frequency"})
"""What a part may name besides classes and meanings: any quantity or one of a unit, one of a measure word, any frequency."""

Entry = TypeVar("Entry", WordsEntry, FrameEntry)


class _File(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    classes: list[ClassEntry] = Field([], alias="class")
    meaning: list[dict[str, object]] = []
    frame: list[dict[str, object]] = []


def read_files(paths: list[Path]) -> list[ClassEntry | WordsEntry | FrameEntry]:
    """Read the entries of files that form one lexicon. Raises LexiconError naming the file and the first entry that is wrong."""
    files = [(path, _read(path)) for path in paths]
    told: dict[str, Path] = {}
    entries: list[ClassEntry | WordsEntry | FrameEntry] = []
    for path, file in files:
        for entry in file.classes:
            if entry.name in told:
                raise LexiconError(f"{path}: class {entry.name} is told in {told[entry.name].name} already; give it another name")
            told[entry.name] = path
            entries.append(entry)
    names = set(told)
    for path, file in files:
        entries += (_checked(WordsEntry, path, entry) for entry in file.meaning)
        for written in file.frame:
            frame = _checked(FrameEntry, path, written)
            fault = next(filter(None, (_unknown_part(name, names) for part in frame.parts for name in frame.named(part))), None)
            if fault:
                raise LexiconError(f"{path}: {frame.meaning}: {fault}")
            entries.append(frame)
    return entries


def _read(path: Path) -> _File:
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise LexiconError(f"{path}: {error}") from error
    except ValidationError as error:
        raise LexiconError(f"{path}: {_first(error)}") from error


def _checked(form: type[Entry], path: Path, written: dict[str, object]) -> Entry:
    try:
        entry = form.model_validate(written)
    except ValidationError as error:
        raise LexiconError(f"{path}: {written.get('is', '?')}: {_first(error)}") from error
    fault = _unknown(entry)
    if fault:
        raise LexiconError(f"{path}: {entry.meaning}: {fault}")
    return entry


def _unknown_part(label: str, classes: set[str]) -> str | None:
    """Return what is said of a label in a part that names nothing; None if it is known."""
    kind, _, value = label.partition(".")
    if kind == "class":
        return None if value in classes else f"there is no class {value}{_near(value, classes)}"
    if kind in FIGURES:
        units = set(central_vocabulary().enums["unit"].zh)
        return f"figure knows no {value}{_near(value, units)}" if kind == "figure" and value and value not in units else None
    return _unknown_value(kind, value) if value else None


def _unknown(entry: Meaning) -> str | None:
    """Return what is said of a meaning, or a value beside it, that nobody knows; None if all are known."""
    enums = central_vocabulary().enums
    fault = _unknown_value(*entry.meant)
    if fault:
        return fault
    for key, told, enum in (
        ("implies", entry.implies, "object_kind"),
        ("control", entry.control, "control"),
        ("direction", entry.direction, "direction"),
    ):
        if told is not None and told not in enums[enum]:
            return f"{key} knows no {told}{_near(told, set(enums[enum].zh))}"
    return None


def _unknown_value(kind: str, value: str) -> str | None:
    """Return what is said of a table or a value of it that nobody knows; None if both are known."""
    enums = central_vocabulary().enums
    if kind in PLAIN:
        values: set[str] = {""}
    elif kind in SHARED or kind in OWN:
        values = {*(enums[SHARED[kind]].zh if kind in SHARED else ()), *OWN.get(kind, "").split()}
    else:
        return f"there is no table {kind}{_near(kind, {*SHARED, *OWN, *PLAIN})}"
    if value not in values:
        return f"{kind} knows no {value or 'empty value'}{_near(value, values)}"
    return None


def _near(word: str, known: set[str]) -> str:
    near = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(sorted(known))}"


def _first(error: ValidationError) -> str:
    """Return the place and the fault of the first thing that is wrong."""
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    if first["type"] == "extra_forbidden":
        return f"unknown key {place}"
    if first["type"] == "missing":
        return f"{place} is missing"
    return f"{place}: {first['msg']}"
