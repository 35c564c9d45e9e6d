"""Values kept between runs because they take long to make: rules, the lexicon. Never a draft; safe to delete at any time.

A file is named by the digest of all it was made from. It is written for its owner alone and, when read, may make nothing but
the classes its reader names.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import sys
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

MOST_FILES = 8
"""How many values of one kind are kept; the oldest go first."""


@cache
def cache_folder() -> Path | None:
    """Return this user's own folder for what can be made again; None where there is none that only the user can write to."""
    try:
        folder = _user_folder() / "assesslint"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except (OSError, RuntimeError):  # RuntimeError: the user has no home
        return None
    return folder if _is_own(status) else None


def _user_folder() -> Path:
    """Return where this system keeps a user's caches."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return given if given.is_absolute() else Path.home() / ".cache"


def digest(files: Iterable[Path]) -> str:
    """Return a digest of the names and contents of files; one that cannot be read counts as empty."""
    total = hashlib.sha256()
    for path in files:
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        total.update(f"{path.parent.name}/{path.name} {len(data)}\n".encode())
        total.update(data)
    return total.hexdigest()


def load(kind: str, key: str, classes: frozenset[type]) -> Any:
    """Return the value of a kind kept under a key, or None when there is none that can be trusted to be made of `classes`."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        with (folder / kind / key).open("rb") as file:
            if not _is_own(os.fstat(file.fileno())):
                return None
            return _Unpickler(io.BytesIO(file.read()), classes).load()
    except Exception:  # a cache that cannot be read is no cache, whatever is wrong with it
        return None


def store(kind: str, key: str, value: Any) -> None:
    """Keep a value under a key; where that is not possible, nothing happens."""
    import tempfile

    base = cache_folder()
    if base is None:
        return
    with contextlib.suppress(OSError, pickle.PicklingError):
        folder = base / kind
        folder.mkdir(mode=0o700, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(value)
        Path(written).replace(folder / key)
        kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[MOST_FILES:]:
            path.unlink()


def _is_own(status: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)


class _Pickler(pickle.Pickler):
    """Writes a dataclass as a call of its class, which is read several times faster than a value made empty and then filled."""

    def reducer_override(self, value: Any) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, field.name) for field in fields(value))
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    """Makes only the classes it is given; anything else in the file makes it unreadable."""

    def __init__(self, file: io.BytesIO, classes: frozenset[type]) -> None:
        super().__init__(file)
        self._classes = {(c.__module__, c.__qualname__): c for c in classes}

    def find_class(self, module: str, name: str) -> object:
        try:
            return self._classes[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} was not expected here") from None
