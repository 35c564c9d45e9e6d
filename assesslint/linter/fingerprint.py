"""Words → a fingerprint that stays when lines move, spaces change or marks are typed another way."""

from __future__ import annotations

from hashlib import sha256

from assesslint.text.normalise import normalise

LENGTH = 32
"""Hexadecimal digits kept of the digest: 128 bits."""


def fingerprint(*parts: str) -> str:
    """Return the fingerprint of texts taken in order, each in normal form without spaces."""
    digest = sha256()
    for part in parts:
        digest.update("".join(normalise(part).text.split()).encode("utf-8", "replace"))
        digest.update(b"\0")
    return digest.hexdigest()[:LENGTH]
