"""Checked rules kept between runs, so that starting up does not parse every page again. Holds rules only, never a draft; safe to delete.

A file is named by the digest of all it was made from. It is written for its owner alone and, when read, may make nothing but rules.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
from pathlib import Path

from assesslint.policy import tree

MOST_FILES = 8
"""How many rulebooks are kept; the oldest go first."""

_ALLOWED = {
    ("builtins", "frozenset"), ("datetime", "date"), ("decimal", "Decimal"),
    ("assesslint.scheme.vocabulary", "FieldType"), ("assesslint.text.source", "Span"),
    *((tree.__name__, name) for name, value in vars(tree).items() if isinstance(value, type) and value.__module__ == tree.__name__),
}  # fmt: skip


class _RulesOnly(pickle.Unpickler):
    """Makes the classes a rule consists of; anything else in the file makes it unreadable."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a rule")
        return super().find_class(module, name)


def cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("assesslint", appauthor=False) / "rules"


def load(key: str) -> tuple[tree.Rule, ...] | None:
    """Return the rules kept under a key, or None when there are none that can be trusted."""
    try:
        path = cache_folder() / key
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
                return None
            rules = _RulesOnly(io.BytesIO(file.read())).load()
    except Exception:  # a cache that cannot be read is no cache, whatever is wrong with it
        return None
    return rules if isinstance(rules, tuple) and all(isinstance(r, tree.Rule) for r in rules) else None


def store(key: str, rules: tuple[tree.Rule, ...]) -> None:
    """Keep rules under a key; where that is not possible, nothing happens."""
    import tempfile

    with contextlib.suppress(OSError, pickle.PicklingError):
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(rules, file, protocol=pickle.HIGHEST_PROTOCOL)
        Path(written).replace(folder / key)
        kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[MOST_FILES:]:
            path.unlink()
