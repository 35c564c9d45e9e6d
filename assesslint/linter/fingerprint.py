"""Words → a fingerprint that stays when lines move, spaces change or marks are typed another way."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from assesslint.scheme.model import Scheme
from assesslint.text.normalise import normalise

LENGTH = 32
"""Hexadecimal digits kept of the digest: 128 bits."""

LONGEST_KEPT = 2_000
"""Characters of a text beyond which it is not kept: a whole scheme is another text after every edit."""

ALIKE = str.maketrans({"、": "，", "“": '"', "”": '"', "≥": ">=", "≤": "<="})
"""Marks of the normal form that a formatter or an editor may type another way."""


def fingerprint(*parts: str) -> str:
    """Return the fingerprint of texts taken in order, each in normal form without spaces."""
    digest = sha256()
    for part in parts:
        digest.update(_kept(part) if len(part) <= LONGEST_KEPT else _normal(part))
        digest.update(b"\0")
    return digest.hexdigest()[:LENGTH]


def scheme_key(name: str) -> str:
    """Return by what a scheme is known that others name as their superior: its name, however it is quoted and spaced."""
    return fingerprint(name.strip('《》“”" '))


def by_key(schemes: Iterable[Scheme]) -> dict[str, Scheme]:
    """Return schemes by what others know them by; of several with one name the last."""
    return {scheme_key(scheme.name.text): scheme for scheme in schemes}


@lru_cache(1024)
def _kept(text: str) -> bytes:
    """Return a text as it is digested. Kept, since rule, indicator and scheme come again with every finding."""
    return _normal(text)


def _normal(text: str) -> bytes:
    return "".join(normalise(text).text.translate(ALIKE).split()).encode("utf-8", "replace")
