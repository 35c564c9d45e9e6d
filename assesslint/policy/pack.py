"""A pack's `pack.toml` → what the folder of rules is: its id and version, which pack it extends, the bounds it moves.

A pack that extends another adds rules, norms and words to it, and may move its parameters in the stricter direction. A folder without
`pack.toml` is a pack of its own that extends nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assesslint.policy.problems import Problem
from assesslint.text.resources import resource

FILE = "pack.toml"
CENTRAL = "central"
LANGUAGE = 1
"""The version of the rule language that is read here."""

INSTALLED = "assesslint.packs"
"""The entry points by which an installed Python package names the packs it carries: id = package that holds the folder."""

_KEYS = {"id", "version", "language", "extends", "in_force", "title", "families", "parameters", "removed"}
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
    parameters: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)

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
        data = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return Pack(folder.name, folder), [_problem(f"读不通：{error}", f"cannot be read: {error}")]
    problems = list(_faults(data))
    if problems:
        return Pack(folder.name, folder), problems
    parameters = {rule: {name: Decimal(value) for name, value in moved.items()} for rule, moved in data.get("parameters", {}).items()}
    pack = Pack(
        data["id"],
        folder,
        data["version"],
        data.get("extends", ""),
        data.get("in_force"),
        data.get("title", {}),
        data.get("families", {}),
        parameters,
        data.get("removed", {}),
    )
    return pack, []


def _faults(data: Mapping[str, Any]) -> list[Problem]:
    found = []
    for key in sorted(set(data) - _KEYS):
        known = "、".join(sorted(_KEYS)), ", ".join(sorted(_KEYS))
        found.append(_problem(f"没有“{key}”这一项，可写 {known[0]}", f"there is no key {key}; known are {known[1]}"))
    for key in ("id", "version"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            found.append(_problem(f"缺少 {key}", f"{key} is missing"))
    for key in ("id", "extends"):
        if isinstance(data.get(key), str) and data[key] and not _ID.fullmatch(data[key]):
            found.append(_problem(f"{key} 用小写字母、数字和连字符", f"{key} is made of small letters, digits and hyphens"))
    if data.get("language", LANGUAGE) != LANGUAGE:
        zh = f"规则语言是第 {data['language']} 版，这里只读第 {LANGUAGE} 版，请升级 assesslint"
        found.append(_problem(zh, f"the pack is in version {data['language']} of the rule language; version {LANGUAGE} is read here"))
    if "in_force" in data and not isinstance(data["in_force"], date):
        found.append(_problem("in_force 写日期，如 2026-01-01", "in_force is a date such as 2026-01-01"))
    if not _is_named(data.get("title", {})):
        found.append(_problem('title 写作 [title] zh = "…" en = "…"', 'title is written [title] zh = "…" en = "…"'))
    families = data.get("families", {})
    if not isinstance(families, dict) or not all(map(_is_named, families.values())):
        found.append(_problem('families 写作 类别 = { zh = "…", en = "…" }', 'families are written family = { zh = "…", en = "…" }'))
    removed = data.get("removed", {})
    if not isinstance(removed, dict) or not all(isinstance(id_, str) and _ID.fullmatch(id_) for pair in removed.items() for id_ in pair):
        found.append(_problem('removed 写作 [removed] 原规则名 = "替代它的规则名"', 'removed is written [removed] old-id = "new-id"'))
    moved = data.get("parameters", {})
    numbers = isinstance(moved, dict) and all(
        isinstance(values, dict) and all(isinstance(v, int | Decimal) and not isinstance(v, bool) for v in values.values())
        for values in moved.values()
    )
    if not numbers:
        said = "参数写作 [parameters.规则名] 名称 = 数值", "parameters are written [parameters.rule-id] name = number"
        found.append(_problem(*said))
    return found


def _is_named(names: object) -> bool:
    """Tell whether this is a name in both languages, or none."""
    return isinstance(names, dict) and (not names or set(names) == {"zh", "en"}) and all(isinstance(n, str) for n in names.values())


def _problem(zh: str, en: str) -> Problem:
    return Problem(FILE, 1, 1, zh, en)


def find_pack(name: str, beside: Path) -> Path | None:
    """Return the folder of a pack that another extends: the central one, one that lies beside it, or one that is installed."""
    if name == CENTRAL:
        return resource("rules")
    from importlib.metadata import entry_points
    from importlib.resources import files

    sibling = beside / name
    if (sibling / FILE).is_file():
        return sibling
    for entry in entry_points(group=INSTALLED, name=name):
        folder = files(entry.module)
        if isinstance(folder, Path) and folder.is_dir():
            return folder
    return None
