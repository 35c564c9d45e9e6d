"""The files of rules/lexicon → their entries, each checked: its keys, their types, and that its meaning is one the vocabulary knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assesslint.findings.problems import LEXICON, FolderError, Problem, did_you_mean, problem_at
from assesslint.reading.indicator import CLASSES
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.files import UnreadError
from assesslint.text.source import Source, Span
from assesslint.text.toml import Key, TomlError, TomlFile, read_toml

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
    "report": "entered noun once twice verb weak zero",
    "held": "civil_affairs education hospital land market medical_insurance other police said social_security",
    "owner": "civil_affairs education hospital land market medical_insurance other police social_security",
    "source": "drawn on_site_check own public_feedback system_data third_party",
    "duty": "consented handed own",
    "procedure": "both choice single",
    "escalation": "equal lower said said_of_superior superior",
    "thing": "benefit data disbanding election food herd legal organ paper physical plan survey ward",
    "cue": "built_below channel counted_in defines evidence joint lacking lapse law merged online own_office own_patrol personal "
    "several_bodies sole supplementary survey",
    "quote": "cue state told",
    "visit": "from_above unplanned",
    "rhythm": "judging same_period yearly",
    "letter": "applicant signing",
    "hang": "retained whole",
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


MOST_TOLD = 100
"""Problems told of one lexicon; what has more is no lexicon."""

LONGEST_WORD = 40
"""Characters of a word. Nobody counts a longer one as a word, and the index of words grows with their lengths."""


MOST_OF_A_PACK, MOST_FRAMES, MOST_CHARACTERS = 200_000, 2_000, 4_000_000
"""Words, frames, and characters of files that the words of one pack may come to; the central ones have a sixth of that."""

MOST_MEANINGS = 100
"""Entries of one pack that may list the same word."""


class LexiconError(FolderError):
    """The words do not load. `problems` are all that was found, in the order of the files."""


class Meaning(BaseModel):
    """What the words of an entry mean, and what must hold for it to be meant.

    `also` names other meanings of the same table that some of the words are meant to have besides. `variety` is the kind of object that
    the pack adds under the one that is meant.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    meaning: Words = Field(alias="is")
    also: list[str] = []
    needs: list[str] = []
    without: list[str] = []
    reach: Literal["sentence", "indicator", "scheme"] = "indicator"
    implies: str | None = None
    nominal: bool = False
    control: str = "unknown"
    direction: str = "penalty"
    holder: str | None = None
    variety: str | None = None

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


def unread_words(file: Path, error: UnreadError) -> LexiconError:
    """Return the error that says that a list of common words was not read."""
    return LexiconError([problem_at(Source(str(file), ""), Span(0, 0), error.zh, error.en, kind=LEXICON)])


@dataclass(frozen=True)
class Told:
    """An entry of a file, and the way to it: `("meaning", 3)`."""

    entry: ClassEntry | WordsEntry | FrameEntry
    file: TomlFile
    key: Key

    @cached_property
    def lists(self) -> tuple[tuple[Key, str], ...]:
        """Return every list of words of the entry, with the way to it."""
        match self.entry:
            case FrameEntry(parts=parts, unless=unless):
                found = [((*self.key, "parts"), part) for part in parts]
                return (*found, ((*self.key, "unless"), unless))
            case ClassEntry(words=words) | WordsEntry(words=words):
                return (((*self.key, "words"), words),)

    @property
    def entry_also(self) -> tuple[str, ...]:
        """The other meanings that its words are meant to have besides."""
        return () if isinstance(self.entry, ClassEntry) else tuple(self.entry.also)

    def problem(self, zh: str, en: str, *key: str | int, word: str = "", severity: str = "error", kind: str = LEXICON) -> Problem:
        """Return a problem at a key of the entry, at a word of its value, or at its meaning."""
        at = (*self.key, *(key or ("name" if isinstance(self.entry, ClassEntry) else "is",)))
        span = self.file.word(word, *at) if word else self.file.span(*at)
        return problem_at(self.file.source, span, zh, en, severity, kind=kind)


def read_files(paths: list[Path]) -> list[ClassEntry | WordsEntry | FrameEntry]:
    """Read the entries of files that form one lexicon. Raises LexiconError with all that is wrong in them."""
    told, problems = read_entries(paths)
    if problems:
        raise LexiconError(problems)
    return [each.entry for each in told]


def read_entries(paths: Iterable[Path], shown: Callable[[Path], str] = str, above: Iterable[Told] = ()) -> tuple[list[Told], list[Problem]]:
    """Return the entries of files that form one lexicon, classes first, and what is wrong.

    `shown` gives the name problems call a file. The lexicon may go on from entries `above`, whose classes it may name.
    """
    problems: list[Problem] = []
    files = list(_read(paths, shown, problems))
    known = {told.entry.name: told for told in above if isinstance(told.entry, ClassEntry)}
    classes: dict[str, Told] = {}
    others: list[Told] = []
    for file in files:
        problems += _head_faults(file)
        for entry in _entries(file, "class", ClassEntry, problems):
            name = entry.entry.name if isinstance(entry.entry, ClassEntry) else ""
            if name in known:
                first = known[name].file.source.path
                zh = f"词类 {name} 在 {first} 里已经列出，换一个名称"
                problems.append(entry.problem(zh, f"class {name} is told in {first} already; give it another name"))
            else:
                known[name] = classes[name] = entry
    for file in files:
        others += _entries(file, "meaning", WordsEntry, problems)
        others += _entries(file, "frame", FrameEntry, problems)
    entries = [*classes.values(), *others]
    too_many = list(_too_many(entries))
    if too_many:
        return [], [*problems, *too_many]
    for each in entries:
        problems += islice(_faults(each, set(known)), max(0, MOST_TOLD - len(problems)))
    return entries, problems


def _read(paths: Iterable[Path], shown: Callable[[Path], str], problems: list[Problem]) -> Iterator[TomlFile]:
    """Yield the files that can be read and add what is wrong with the others; a folder is read no further than it may be large."""
    characters: Counter[Path] = Counter()
    for path in paths:
        if characters[path.parent] > MOST_CHARACTERS:
            continue
        try:
            file = read_toml(path, shown(path), path.parent.parent)
        except TomlError as error:
            problems.append(problem_at(error.source, error.span, error.zh, error.en, kind=LEXICON))
            continue
        characters[path.parent] += len(file.source.text)
        if characters[path.parent] > MOST_CHARACTERS:
            zh = f"到这个文件为止，规则包的词表超过 {MOST_CHARACTERS // 10_000} 万字：删减，或分成几个规则包"
            en = f"up to this file the words of the pack come to more than {MOST_CHARACTERS:,} characters: fewer, or several packs"
            problems.append(problem_at(file.source, Span(0, 0), zh, en, kind=LEXICON))
        else:
            yield file


def _too_many(entries: Iterable[Told]) -> Iterator[Problem]:
    """Yield where a pack goes beyond the words, frames or meanings of a word it may have, each once."""
    words: Counter[Path] = Counter()
    frames: Counter[Path] = Counter()
    meanings: Counter[tuple[Path, str]] = Counter()
    for told in entries:
        folder = Path(told.file.source.path).parent
        listed = [word for _, some in told.lists for word in some.split()]
        before = words[folder], frames[folder]
        words[folder] += len(listed)
        frames[folder] += isinstance(told.entry, FrameEntry)
        if before[0] <= MOST_OF_A_PACK < words[folder]:
            zh = f"到这一条为止，规则包的词超过 {MOST_OF_A_PACK // 10_000} 万个：删减，或分成几个规则包"
            yield told.problem(zh, f"up to this entry the pack has more than {MOST_OF_A_PACK:,} words: fewer, or several packs")
        if before[1] <= MOST_FRAMES < frames[folder]:
            zh = f"到这一条为止，规则包的框架超过 {MOST_FRAMES} 个：删减，或分成几个规则包"
            yield told.problem(zh, f"up to this entry the pack has more than {MOST_FRAMES:,} frames: fewer, or several packs")
        if not isinstance(told.entry, WordsEntry):
            continue
        for word in dict.fromkeys(listed):
            meanings[folder, word] += 1
            if meanings[folder, word] == MOST_MEANINGS + 1:
                zh = f"“{word}”列在 {MOST_MEANINGS} 多条里，一个词没有这么多意思：删减"
                en = f"“{word}” is listed in more than {MOST_MEANINGS} entries; no word means that much: fewer"
                yield told.problem(zh, en, "words", word=word)


_FORMS = ("class", "meaning", "frame")


def _head_faults(file: TomlFile) -> Iterator[Problem]:
    for key in file.data:
        if key not in _FORMS:
            zh, en = did_you_mean(key, _FORMS)
            said = f"没有 [[{key}]] 这种条目{zh}", f"there are no entries [[{key}]]{en}"
            yield problem_at(file.source, file.name(key), *said, kind=LEXICON)


def _entries(file: TomlFile, form: str, model: type[ClassEntry | WordsEntry | FrameEntry], problems: list[Problem]) -> Iterator[Told]:
    """Yield the sound entries of one form and add what is wrong with the others."""
    written = file.data.get(form, [])
    if not isinstance(written, list) or not all(isinstance(entry, dict) for entry in written):
        zh, en = f"条目写作 [[{form}]]，每条一个", f"entries are written [[{form}]], one each"
        problems.append(problem_at(file.source, file.name(form), zh, en, kind=LEXICON))
        return
    for at, entry in enumerate(written):
        if len(problems) >= MOST_TOLD:
            return
        try:
            yield Told(model.model_validate(entry), file, (form, at))
        except ValidationError as error:
            problems.append(_first(error, entry, model, file, (form, at)))


def _faults(told: Told, classes: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with an entry whose form is right: names that nobody knows, words too long to be any."""
    for key, words in told.lists:
        for word in words.split():
            if len(word) > LONGEST_WORD and not refers(word):
                zh = f"“{word[:10]}…”有 {len(word)} 个字，超过 {LONGEST_WORD}；词之间用空格隔开"
                en = f"“{word[:10]}…” has {len(word)} characters, more than {LONGEST_WORD}; words are parted by spaces"
                yield told.problem(zh, en, *key[len(told.key) :], word=word)
    if isinstance(told.entry, ClassEntry):
        return
    fault = _unknown_value(*told.entry.meant)
    if fault:
        yield told.problem(*fault)
    for also in told.entry.also:
        fault = _unknown_value(*also.partition(".")[::2])
        if fault:
            yield told.problem(*fault, "also", word=also)
    enums = central_vocabulary().enums
    for name, enum in (("implies", "object_kind"), ("control", "control"), ("direction", "direction")):
        value = getattr(told.entry, name)
        if value is not None and value not in enums[enum]:
            yield told.problem(*_unknown(name, value, set(enums[enum].zh)), name)
    if told.entry.variety is not None and told.entry.meant[0] != "object":
        yield told.problem('variety 只写在 is = "object.…" 的条目里', 'variety goes with is = "object.…" only', "variety")
    beside = (("needs", {*CLASSES, "online"}), ("without", {*OWN["thing"].split(), *enums["object_kind"].zh}))
    for name, known in beside:
        for value in getattr(told.entry, name):
            if value not in known:
                yield told.problem(*_unknown(name, value, known), name, word=value)
    if isinstance(told.entry, FrameEntry):
        for part in told.entry.parts:
            for word in filter(refers, part.split()):
                [label] = told.entry.named(word)
                fault = _unknown_part(label, classes)
                if fault:
                    yield told.problem(*fault, "parts", word=word)


Said = tuple[str, str]
"""One thing said in Chinese and English."""


def _unknown_part(label: str, classes: set[str]) -> Said | None:
    """Return what is said of a label in a part that names nothing; None if it is known."""
    kind, _, value = label.partition(".")
    if kind == "class":
        if value in classes:
            return None
        zh, en = did_you_mean(value, classes)
        return f"没有词类 {value}{zh}", f"there is no class {value}{en}"
    if kind in FIGURES:
        units = set(central_vocabulary().enums["unit"].zh)
        return _unknown("figure", value, units) if kind == "figure" and value and value not in units else None
    return _unknown_value(kind, value) if value else None


def _unknown_value(kind: str, value: str) -> Said | None:
    """Return what is said of a table or a value of it that nobody knows; None if both are known."""
    enums = central_vocabulary().enums
    if kind in PLAIN:
        values: set[str] = {""}
    elif kind in SHARED or kind in OWN:
        values = {*(enums[SHARED[kind]].zh if kind in SHARED else ()), *OWN.get(kind, "").split()}
    else:
        zh, en = did_you_mean(kind, {*SHARED, *OWN, *PLAIN})
        return f"没有表 {kind}{zh}", f"there is no table {kind}{en}"
    return None if value in values else _unknown(kind, value, values)


def _unknown(kind: str, value: str, values: set[str]) -> Said:
    zh, en = did_you_mean(value, values)
    return f"{kind} 没有“{value}”这个值{zh}", f"{kind} knows no {value or 'empty value'}{en}"


def _first(error: ValidationError, written: dict[str, Any], model: type[BaseModel], file: TomlFile, key: Key) -> Problem:
    """Return the first thing that is wrong with the form of an entry, at its place."""
    first = error.errors(include_url=False, include_input=False)[0]
    way = tuple(first["loc"])
    place = ".".join(map(str, way))
    of = next((str(written[name]) for name in ("is", "name") if isinstance(written.get(name), str)), key[0])
    if first["type"] == "extra_forbidden":
        zh, en = did_you_mean(place, [field.alias or name for name, field in model.model_fields.items()])
        said = f"{of}：没有“{place}”这一项{zh}", f"{of}: unknown key {place}{en}"
        return problem_at(file.source, file.name(*key, *way), *said, kind=LEXICON)
    if first["type"] == "missing":
        return problem_at(file.source, file.name(*key), f"{of}：缺少 {place}", f"{of}: {place} is missing", kind=LEXICON)
    zh = _FORM_FAULTS.get(first["type"], "写法不对")
    said = f"{of}：{place} {zh}", f"{of}: {place}: {first['msg']}"
    return problem_at(file.source, file.span(*key, *way), *said, kind=LEXICON)


_FORM_FAULTS = {
    "string_type": "应是文字，加引号",
    "list_type": "应是列表，写在方括号里",
    "bool_type": "应是 true 或 false",
    "int_type": "应是整数",
    "literal_error": "没有这个值，可写 sentence、indicator、scheme",
    "string_too_short": "不能空着",
    "string_pattern_mismatch": "只用小写字母和下划线",
    "too_short": "项数太少：框架有二至四个部分",
    "too_long": "项数太多：框架有二至四个部分",
    "greater_than_equal": "应在 0 到 60 之间",
    "less_than_equal": "应在 0 到 60 之间",
}
"""What is said in Chinese of each way in which a value can have the wrong form."""
