"""rules/norms/<document>.toml → the norms that rules may cite, each clause with what may be printed of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assesslint.policy.problems import Problem
from assesslint.policy.tree import Citation

CONFIDENCE = ("sure", "likely", "inferred", "unknown")
"""How well the number of a clause is known. Unless `sure`, no article number may be printed."""

_ARTICLE = re.compile(r"第[\d一二三四五六七八九十百零至]+条|[Aa]rticle \d")
_DOCUMENT_KEYS = {"id", "title", "issuer", "number", "level", "in_force", "repealed", "date_note", "clauses"}
_CLAUSE_KEYS = {"ref", "confidence", "in_force", "repealed", "zh", "en", "limits", "exceptions", "cite_as"}


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

    def citation(self, clause: str) -> Citation:
        """Return what a finding cites. Raises KeyError for an unknown clause."""
        cited = self.clauses[clause]
        return Citation(self.id, clause, cited.cite_as, cited.confidence, cited.in_force, cited.repealed)


class _NormError(ValueError):
    """One thing wrong with a norm, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(zh)


def load_norms(folder: Path, name: str = "norms") -> tuple[dict[str, Norm], list[Problem]]:
    """Read every norm of a folder; `name` is what problems call the folder. A folder that is not there holds none."""
    norms: dict[str, Norm] = {}
    problems = []
    for path in sorted(folder.glob("*.toml")):
        shown = f"{name}/{path.name}"
        try:
            norms[path.stem] = _read_norm(path)
        except tomllib.TOMLDecodeError as error:
            problems.append(Problem(shown, 1, 1, f"不是合格的 TOML：{error}", f"not valid TOML: {error}"))
        except (OSError, UnicodeDecodeError):
            problems.append(Problem(shown, 1, 1, "文件读不出来，应为 UTF-8 文本", "the file cannot be read; it should be UTF-8 text"))
        except _NormError as fault:
            problems.append(Problem(shown, 1, 1, fault.zh, fault.en))
    return norms, problems


def _read_norm(path: Path) -> Norm:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    _keys(data, _DOCUMENT_KEYS, "")
    if data.get("id") != path.stem:
        raise _NormError(f"id 应与文件名相同：{path.stem}", f"the id should be the file's name: {path.stem}")
    in_force = _day(data, "in_force", "")
    if in_force is None:
        raise _NormError("缺少 in_force（施行日期）", "in_force, the date it takes effect, is missing")
    repealed = _day(data, "repealed", "")
    clauses = {key: _read_clause(key, entry, in_force, repealed) for key, entry in data.get("clauses", {}).items()}
    texts = {key: str(data.get(key, "")) for key in ("title", "issuer", "number", "level", "date_note")}
    return Norm(path.stem, in_force=in_force, clauses=clauses, **texts)


def _read_clause(key: str, entry: Mapping[str, object], in_force: date, repealed: date | None) -> Clause:
    at = f"clauses.{key}: "
    _keys(entry, _CLAUSE_KEYS, at)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        raise _NormError(f"{at}条款名用小写字母、数字和连字符", f"{at}a clause id is made of small letters, digits and hyphens")
    confidence = str(entry.get("confidence", ""))
    if confidence not in CONFIDENCE:
        raise _NormError(f"{at}confidence 可写 {'、'.join(CONFIDENCE)}", f"{at}confidence is one of {', '.join(CONFIDENCE)}")
    texts = {name: str(entry.get(name, "")) for name in ("ref", "zh", "en", "limits", "exceptions", "cite_as")}
    if confidence != "sure" and _ARTICLE.search(texts["cite_as"]):
        raise _NormError(f"{at}条号未核实，cite_as 不得写条号", f"{at}the number is not certain, so cite_as must not name an article")
    since, until = _day(entry, "in_force", at) or in_force, _day(entry, "repealed", at) or repealed
    return Clause(key, confidence=confidence, in_force=since, repealed=until, **texts)


def _keys(data: Mapping[str, object], known: set[str], at: str) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise _NormError(f"{at}不认识的键 {'、'.join(unknown)}", f"{at}unknown keys {', '.join(unknown)}")


def _day(data: Mapping[str, object], key: str, at: str) -> date | None:
    value = data.get(key)
    if value is not None and type(value) is not date:
        raise _NormError(f"{at}{key} 应是日期，如 2026-01-25", f"{at}{key} should be a date such as 2026-01-25")
    return value
