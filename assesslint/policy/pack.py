"""A pack's `pack.toml` → what the folder of rules is: its id and version, which pack it extends, the bounds it moves.

A pack that extends another adds rules, norms and words to it, and may move its parameters in the stricter direction. A folder without
`pack.toml` is a pack of its own that extends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

from assesslint.findings.problems import PACK, Problem, did_you_mean, problem_at
from assesslint.policy.problems import RulebookError
from assesslint.scheme.vocabulary import ObjectKind, central_vocabulary
from assesslint.text.files import MOST_FILES
from assesslint.text.resources import resource
from assesslint.text.toml import TomlError, TomlFile, read_toml

FILE = "pack.toml"
CENTRAL = "central"
OTHER_FOLDERS = frozenset({"norms", "lexicon"})
"""Folders beside the families that hold no pages."""

LARGEST = Decimal(10) ** 12
"""Bounds are smaller."""

LANGUAGE = 1
"""The version of the rule language that is read here."""

INSTALLED = "assesslint.packs"
"""The entry points by which an installed Python package names the packs it carries: id = package that holds the folder."""

_KEYS = {"id", "version", "language", "extends", "in_force", "title", "site", "families", "object_kinds", "parameters", "removed"}
_KIND = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Pack:
    """One folder of rules. `parameters` are bounds of rules it extends, by rule and name (durations in days).

    `removed` names rules it had once, each with the rule to use instead.
    """

    id: str
    folder: Path
    version: str = ""
    extends: str = ""
    in_force: date | None = None
    title: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What the families of its rules are called, by language."""
    site: str = ""
    """Where on the web the site stands that `rules docs` writes for it."""
    parameters: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)
    object_kinds: Mapping[str, ObjectKind] = field(default_factory=dict)
    """The kinds of object it adds to the vocabulary."""
    file: TomlFile | None = field(default=None, compare=False, repr=False)

    def page_of(self, rule: str, lang: str) -> str:
        """Return the address of a rule's page on the pack's site, nothing where it has none."""
        folder = "en/" if lang == "en" else ""
        return f"{self.site.rstrip('/')}/{folder}rules/{rule}.html" if self.site else ""

    @property
    def lexicon(self) -> Path | None:
        """The folder of words of its own, if it has one."""
        folder = self.folder / "lexicon"
        return folder if folder.is_dir() else None


def read_pack(folder: Path) -> tuple[Pack, list[Problem]]:
    """Return what a folder says of itself, and what is wrong with that."""
    file = folder / FILE
    if not file.is_file():
        return Pack(folder.name, folder), []
    try:
        read = read_toml(file, FILE, folder)
    except TomlError as error:
        return Pack(folder.name, folder), [problem_at(error.source, error.span, error.zh, error.en, kind=PACK)]
    problems = list(_faults(read))
    if problems:
        return Pack(folder.name, folder), problems
    data = read.data
    parameters = {rule: {name: Decimal(value) for name, value in moved.items()} for rule, moved in data.get("parameters", {}).items()}
    pack = Pack(
        data["id"],
        folder,
        data["version"],
        data.get("extends", ""),
        data.get("in_force"),
        data.get("title", {}),
        data.get("families", {}),
        data.get("site", ""),
        parameters,
        data.get("removed", {}),
        {kind: ObjectKind(**said) for kind, said in data.get("object_kinds", {}).items()},
        read,
    )
    return pack, []


def _faults(file: TomlFile) -> Iterator[Problem]:
    data = file.data

    def fault(key: str, zh: str, en: str) -> Problem:
        return problem_at(file.source, file.name(key), zh, en, kind=PACK)

    for key in sorted(set(data) - _KEYS):
        zh, en = did_you_mean(key, _KEYS)
        yield fault(key, f"没有“{key}”这一项{zh}", f"there is no key {key}{en}")
    for key in ("id", "version"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            yield fault(key, f'缺少 {key}，写作 {key} = "…"', f'{key} is missing: {key} = "…"')
    for key in ("id", "extends"):
        written = data.get(key, "")
        if not isinstance(written, str) or (written and not _ID.fullmatch(written)):
            yield fault(key, f"{key} 用小写字母、数字和连字符", f"{key} is made of small letters, digits and hyphens")
    if data.get("language", LANGUAGE) != LANGUAGE:
        zh = f"规则语言是第 {data['language']} 版，这里只读第 {LANGUAGE} 版，请升级 assesslint"
        yield fault("language", zh, f"the pack is in version {data['language']} of the rule language; version {LANGUAGE} is read here")
    if "in_force" in data and type(data["in_force"]) is not date:
        yield fault("in_force", "in_force 写日期，如 2026-01-01", "in_force is a date such as 2026-01-01")
    if not _is_named(data.get("title", {})):
        yield fault("title", 'title 写作 [title] zh = "…" en = "…"', 'title is written [title] zh = "…" en = "…"')
    if not isinstance(data.get("site", ""), str) or not re.fullmatch(r"(https?://[!-~]+)?", data.get("site", "")):
        yield fault("site", 'site 写网址，如 site = "https://…"', 'site is an address on the web: site = "https://…"')
    families = data.get("families", {})
    if not isinstance(families, dict) or not all(map(_is_named, families.values())):
        zh = 'families 写作 类别 = { zh = "…", en = "…" }'
        yield fault("families", zh, 'families are written family = { zh = "…", en = "…" }')
    removed = data.get("removed", {})
    if not isinstance(removed, dict) or not all(isinstance(id_, str) and _ID.fullmatch(id_) for pair in removed.items() for id_ in pair):
        zh = 'removed 写作 [removed] 原规则名 = "替代它的规则名"'
        yield fault("removed", zh, 'removed is written [removed] old-id = "new-id"')
    kinds = data.get("object_kinds", {})
    if not isinstance(kinds, dict) or not all(map(_is_kind, kinds.values())):
        zh = 'object_kinds 写作 [object_kinds.名称] under = "app" zh = "…" en = "…"'
        yield fault("object_kinds", zh, 'object_kinds are written [object_kinds.name] under = "app" zh = "…" en = "…"')
    else:
        yield from _kind_faults(file, kinds)
    moved = data.get("parameters", {})
    if not isinstance(moved, dict) or not all(_are_bounds(values) for values in moved.values()):
        yield fault("parameters", "参数写作 [parameters.规则名] 名称 = 数值", "parameters are written [parameters.rule-id] name = number")


def _is_named(names: object) -> bool:
    """Tell whether this is a name in both languages, or none."""
    return isinstance(names, dict) and (not names or set(names) == {"zh", "en"}) and all(isinstance(n, str) for n in names.values())


def _is_kind(said: object) -> bool:
    return isinstance(said, dict) and set(said) == {"under", "zh", "en"} and all(isinstance(text, str) for text in said.values())


def _kind_faults(file: TomlFile, kinds: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """Yield what is wrong with kinds of object: names that are no names or taken, kinds they cannot be under."""
    known = central_vocabulary().enums["object_kind"] if kinds else None
    for kind, said in kinds.items():
        if known is None:
            return
        way = ("object_kinds", kind)
        taken = next((name for name in (kind, said["zh"], said["en"]) if name in known.words), None)
        if not _KIND.fullmatch(kind):
            zh, en = "对象种类的名称用小写字母、数字和下划线", "a kind of object is named with small letters, digits and underscores"
            yield problem_at(file.source, file.name(*way), zh, en, kind=PACK)
        if taken is not None:
            zh = f"“{taken}”在词汇表里已有（{known.words[taken]}），不能重写，换一个名称"
            en = f"“{taken}” is in the vocabulary already ({known.words[taken]}) and cannot be told anew; take another name"
            yield problem_at(file.source, file.name(*way), zh, en, kind=PACK)
        if said["under"] not in known or said["under"] == "unknown":
            zh, en = did_you_mean(said["under"], set(known.zh) - {"unknown"})
            zh, en = f"没有“{said['under']}”这种对象{zh}", f"there is no kind of object “{said['under']}”{en}"
            yield problem_at(file.source, file.span(*way, "under"), zh, en, kind=PACK)


def _are_bounds(values: object) -> bool:
    """Tell whether these are numbers by name, none of them nan, or larger or finer than any bound."""
    if not isinstance(values, dict) or not all(isinstance(v, int | Decimal) and not isinstance(v, bool) for v in values.values()):
        return False
    return all(v.is_finite() and abs(v) < LARGEST and v == round(v, 12) for v in map(Decimal, values.values()))


def find_pack(name: str, beside: Path) -> Path | None:
    """Return the folder of a pack that another extends: the central one, one that lies beside it, or one that is installed."""
    sibling = beside / name
    return sibling if name != CENTRAL and (sibling / FILE).is_file() else installed_pack(name)


def installed_pack(name: str) -> Path | None:
    """Return the folder of a pack by its name alone: the central one, or one that an installed Python package carries."""
    if name == CENTRAL:
        return resource("rules")
    from importlib.metadata import entry_points

    carried = (_folder_of(entry.value) for entry in entry_points(group=INSTALLED, name=name))
    return next((folder for folder in carried if folder is not None), None)


def _folder_of(module: str) -> Path | None:
    """Return the folder of a module of an installed package, found without running any code of the package."""
    from importlib.util import find_spec

    package, *below = module.split(".")
    found = find_spec(package) if all(name.isidentifier() for name in (package, *below)) else None
    folders = (Path(place, *below) for place in (found and found.submodule_search_locations) or ())
    return next((folder for folder in folders if folder.is_dir()), None)


def word_folders(packs: Sequence[Pack]) -> tuple[Path, ...]:
    """Return the folders of the words that packs read with together, the uppermost first; one without any reads with the central ones."""
    return tuple(pack.lexicon or resource("rules") / "lexicon" for pack in packs if pack.lexicon or pack is packs[0])


def packs_from(folder: Path) -> Iterator[tuple[Pack, list[Problem]]]:
    """Yield the pack in a folder, then those it extends, the nearest first, each with what is wrong with its file.

    They end where one extends nothing, or a pack that is nowhere to be had or was there already.
    """
    met: set[Path] = set()
    above: Path | None = folder
    while above is not None and (here := above.resolve()) not in met:
        met.add(here)
        pack, faults = read_pack(above)
        yield pack, faults
        above = find_pack(pack.extends, here.parent) if pack.extends else None


def page_files(folder: Path) -> list[Path]:
    """Return the files of a folder that hold rules. Raises RulebookError where there are more than any repository has."""
    found = (path for path in folder.glob("*/*.md") if path.parent.name not in OTHER_FOLDERS and path.name != "README.md")
    pages = sorted(islice(found, MOST_FILES + 1))
    if len(pages) > MOST_FILES:
        zh, en = f"规则页超过 {MOST_FILES} 个，请拆成几个规则包", f"there are more than {MOST_FILES} pages; make several packs of them"
        raise RulebookError([Problem(str(folder), 1, 1, zh, en)])
    return pages
