"""Whom this user trusts, and for what: public keys, and single packs by their digest, kept in `trusted.json` in the user's folder."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assesslint.policy.sources import SourceError

FILE = "trusted.json"


@dataclass(frozen=True, slots=True)
class Approver:
    """Who may sign waivers with a key: `name` is what waivers call them, `rules` the ids of the rules and families they may waive."""

    key: bytes
    name: str
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trust:
    """`keys` are public keys by id whose rule packs are used, `publishers` those whose attestations of published schemes count,
    `approvers` those whose waivers do, `registers` those who keep registers of what was published: who may do one of these may not
    thereby do another. `packs` are digests of files; `notes` say of each where it came from.
    """

    keys: Mapping[str, bytes] = field(default_factory=dict)
    packs: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)
    publishers: Mapping[str, bytes] = field(default_factory=dict)
    approvers: Mapping[str, Approver] = field(default_factory=dict)
    registers: Mapping[str, bytes] = field(default_factory=dict)


def trust_file() -> Path:
    """Return where this system keeps what a user has set. Raises SourceError when the user has no home."""
    try:
        if sys.platform == "win32":
            folder = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
        elif sys.platform == "darwin":
            folder = Path.home() / "Library" / "Application Support"
        else:
            given = Path(os.environ.get("XDG_CONFIG_HOME", ""))
            folder = given if given.is_absolute() else Path.home() / ".config"
    except RuntimeError as error:
        raise SourceError("找不到用户的配置文件夹", "the user's configuration folder is not to be found") from error
    return folder / "assesslint" / FILE


def read_trust() -> Trust:
    """Return what is trusted; nothing when nothing was recorded. Raises SourceError when the file is damaged."""
    file = trust_file()
    if not file.is_file():
        return Trust()
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        keys, publishers, registers = (_keys(data.get(name, {})) for name in ("keys", "publishers", "registers"))
        approvers = {str(name): _approver(written) for name, written in data.get("approvers", {}).items()}
        notes = {str(name): str(note) for name, note in data["notes"].items()}
        packs = frozenset(map(str, data["packs"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(f"{file} 读不通，请改好或删去后重新认可", f"{file} cannot be read; mend or delete it") from error
    known = (*keys.values(), *publishers.values(), *registers.values(), *(each.key for each in approvers.values()))
    if any(len(public) != 32 for public in known):
        raise SourceError(f"{file} 里有不成样子的公钥", f"{file} holds a public key that is none")
    return Trust(keys, packs, notes, publishers, approvers, registers)


def _keys(written: Mapping[str, str]) -> dict[str, bytes]:
    return {str(name): _public(public) for name, public in written.items()}


def _public(written: str) -> bytes:
    return base64.b64decode(written, validate=True)


def _approver(written: Mapping[str, Any]) -> Approver:
    return Approver(_public(written["key"]), str(written["name"]), frozenset(map(str, written["rules"])))


def write_trust(trust: Trust) -> Path:
    """Record what is trusted and return where. Raises OSError."""
    file = trust_file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys, publishers, registers = (
        {name: _written(public) for name, public in known.items()} for known in (trust.keys, trust.publishers, trust.registers)
    )
    approvers = {
        name: {"key": _written(each.key), "name": each.name, "rules": sorted(each.rules)} for name, each in trust.approvers.items()
    }
    notes = {name: note for name, note in trust.notes.items() if name in {*keys, *publishers, *approvers, *registers, *trust.packs}}
    data = {
        "approvers": approvers,
        "keys": keys,
        "notes": notes,
        "packs": sorted(trust.packs),
        "publishers": publishers,
        "registers": registers,
    }
    beside = file.with_suffix(".tmp")
    beside.write_text(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    beside.replace(file)
    return file


def _written(public: bytes) -> str:
    return base64.b64encode(public).decode("ascii")
