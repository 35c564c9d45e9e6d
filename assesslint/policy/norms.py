"""rules/norms/<document>.toml → the norms that rules may cite, each clause with what may be printed of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assesslint.findings.problems import NORM, Problem, did_you_mean, problem_at
from assesslint.policy.tree import Citation
from assesslint.text.toml import TomlError, TomlFile, read_toml

CONFIDENCE = ("sure", "likely", "inferred", "unknown")
"""How well the number of a clause is known. Unless `sure`, no article number may be printed."""

_ARTICLE = re.compile(r"第[\d一二三四五六七八九十百零至]+条|[Aa]rticle \d")
_DOCUMENT_KEYS = {"id", "title", "issuer", "number", "level", "in_force", "repealed", "date_note", "uncovered", "clauses"}
_CLAUSE_KEYS = {"ref", "confidence", "in_force", "repealed", "zh", "en", "limits", "exceptions", "cite_as", "uncovered"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause under its stable id. Without `cite_as` it is kept for the reader and cannot be cited."""

    id: str
    ref: str
    confidence: str
    zh: str
    en: str
    in_force: date
    repealed: date | None = None
    limits: str = ""
    exceptions: str = ""
    cite_as: str = ""
    uncovered: str = ""
    """Why no rule rests on it, where that is so."""


@dataclass(frozen=True, slots=True)
class Norm:
    """A document. Where its date is known roughly, `in_force` is the last day of that time and `date_note` says so."""

    id: str
    title: str
    issuer: str
    number: str
    level: str
    in_force: date
    date_note: str
    clauses: Mapping[str, Clause]
    uncovered: str = ""
    """Why no rule rests on those of its clauses that give no reason of their own."""
    file: TomlFile | None = field(default=None, compare=False, repr=False)

    def citation(self, clause: str) -> Citation:
        """Return what a finding cites. Raises KeyError for an unknown clause."""
        cited = self.clauses[clause]
        return Citation(self.id, clause, cited.cite_as, cited.confidence, cited.in_force, cited.repealed)


class _NormError(ValueError):
    """One thing wrong with a norm, in both languages; `key` leads to where it stands."""

    def __init__(self, zh: str, en: str, *key: str) -> None:
        self.zh, self.en, self.key = zh, en, key
        super().__init__(zh)


def load_norms(folder: Path, name: str = "norms") -> tuple[dict[str, Norm], list[Problem]]:
    """Read every norm of a folder; `name` is what problems call the folder. A folder that is not there holds none."""
    norms: dict[str, Norm] = {}
    problems = []
    for path in sorted(folder.glob("*.toml")):
        try:
            file = read_toml(path, f"{name}/{path.name}", folder.parent)
        except TomlError as error:
            problems.append(problem_at(error.source, error.span, error.zh, error.en, kind=NORM))
            continue
        try:
            norms[path.stem] = _read_norm(path.stem, file)
        except _NormError as fault:
            problems.append(problem_at(file.source, file.name(*fault.key), fault.zh, fault.en, kind=NORM))
    return norms, problems


def _read_norm(name: str, file: TomlFile) -> Norm:
    data = file.data
    _keys(data, _DOCUMENT_KEYS)
    if data.get("id") != name:
        raise _NormError(f"id 应与文件名相同：{name}", f"the id should be the file's name: {name}", "id")
    in_force = _day(data, "in_force")
    if in_force is None:
        raise _NormError("缺少 in_force（施行日期）", "in_force, the date it takes effect, is missing")
    repealed = _day(data, "repealed")
    written = data.get("clauses", {})
    if not isinstance(written, dict) or not all(isinstance(entry, dict) for entry in written.values()):
        raise _NormError("条款写作 [clauses.条款名]", "clauses are written [clauses.clause-id]", "clauses")
    clauses = {key: _read_clause(key, entry, in_force, repealed) for key, entry in written.items()}
    texts = {key: _text(data, key) for key in ("title", "issuer", "number", "level", "date_note", "uncovered")}
    return Norm(name, in_force=in_force, clauses=clauses, file=file, **texts)


def _read_clause(key: str, entry: Mapping[str, object], in_force: date, repealed: date | None) -> Clause:
    way = ("clauses", key)
    at = f"clauses.{key}: "
    _keys(entry, _CLAUSE_KEYS, *way)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        zh, en = f"{at}条款名用小写字母、数字和连字符", f"{at}a clause id is made of small letters, digits and hyphens"
        raise _NormError(zh, en, *way)
    confidence = _text(entry, "confidence", *way)
    if confidence not in CONFIDENCE:
        zh, en = f"{at}confidence 可写 {'、'.join(CONFIDENCE)}", f"{at}confidence is one of {', '.join(CONFIDENCE)}"
        raise _NormError(zh, en, *way, "confidence")
    texts = {name: _text(entry, name, *way) for name in ("ref", "zh", "en", "limits", "exceptions", "cite_as", "uncovered")}
    if confidence != "sure" and _ARTICLE.search(texts["cite_as"]):
        zh, en = f"{at}条号未核实，cite_as 不得写条号", f"{at}the number is not certain, so cite_as must not name an article"
        raise _NormError(zh, en, *way, "cite_as")
    since, until = _day(entry, "in_force", *way) or in_force, _day(entry, "repealed", *way) or repealed
    if until is not None and until <= since:
        zh = f"{at}废止日期 {until} 不晚于施行日期 {since}，这一条从未有效，请核对"
        raise _NormError(zh, f"{at}it is repealed on {until}, not after {since}, when it takes effect; check the dates", *way, "repealed")
    return Clause(key, confidence=confidence, in_force=since, repealed=until, **texts)


def _keys(data: Mapping[str, object], known: set[str], *way: str) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        at = f"{'.'.join(way)}: " if way else ""
        zh, en = did_you_mean(unknown[0], known)
        raise _NormError(f"{at}不认识的键 {'、'.join(unknown)}{zh}", f"{at}unknown keys {', '.join(unknown)}{en}", *way, unknown[0])


def _text(data: Mapping[str, object], key: str, *way: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        at = ".".join((*way, key))
        raise _NormError(f"{at} 应是文字，加引号", f"{at} should be a text in quotes", *way, key)
    return value


def _day(data: Mapping[str, object], key: str, *way: str) -> date | None:
    value = data.get(key)
    if value is not None and type(value) is not date:
        at = f"{'.'.join(way)}: " if way else ""
        raise _NormError(f"{at}{key} 应是日期，如 2026-01-25", f"{at}{key} should be a date such as 2026-01-25", *way, key)
    return value
