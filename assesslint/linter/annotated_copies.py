"""The bytes of a file → whether notes of ours may stand in it, as in the annotated copies that a run writes.

That alone does not make it a copy: departments work on in what they got back. It is one as long as its words are those of a draft.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from assesslint.documents.comments import AUTHOR

_MARK = AUTHOR.encode()
_COMMENTS = re.compile(r"(?:word|xl)/(?:[^/]+/)?(?:threaded)?comments[^/]*\.xml", re.IGNORECASE)
_PAGES = (".html", ".htm", ".mht", ".mhtml")
MOST_READ = 5_000_000
"""Bytes of a part of comments that are looked at."""


def bears_our_notes(name: str, data: bytes) -> bool:
    """Tell whether a file may bear notes of ours; one that cannot be looked into bears none."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".pdf":
        return b"/NM (" + _MARK in data
    if suffix in _PAGES:
        return b"data-" + _MARK in data.replace(b"\0", b"")  # of a page in UTF-16 every other byte is 0
    return data.startswith(b"PK") and any(_MARK in part for part in _comments(data))


def _comments(data: bytes) -> list[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = [name for name in parts.namelist() if _COMMENTS.fullmatch(name)]
            return [parts.open(name).read(MOST_READ) for name in names]
    except Exception:  # a damaged file fails in many ways; its reader says what is wrong with it
        return []
