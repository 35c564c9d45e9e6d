"""A draft as read, under its name → the mark of secrecy it bears, wherever that stands: what is no scheme at all may bear one too."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from assesslint.documents.draft import Draft
from assesslint.documents.structure.words import CLASSIFICATIONS, SECRECY_MARK

LONGEST_MARK = 16
"""Most characters of a line that is a mark and nothing else: 机密★10年."""

_SAID = re.compile(rf"密级[:：]?({'|'.join(CLASSIFICATIONS)})")
_NAMED = re.compile(rf"[\[(（【〔《]({'|'.join(CLASSIFICATIONS)})[\])）】〕》★*]|^({'|'.join(CLASSIFICATIONS)})[★☆*_—-]")


def secrecy_of(draft: Draft) -> str:
    """Return 绝密, 机密 or 秘密 where a draft or its name is marked so, an empty text where neither is."""
    words = {level: word for word, level in CLASSIFICATIONS.items()}
    declared = next((words[scheme.classification.id] for scheme in draft.schemes if scheme.classification is not None), "")
    named = _NAMED.search(PurePath(draft.source.path).name)
    return declared or (named[1] or named[2] if named else "") or next(filter(None, map(_mark_in, draft.source.text.split("\n"))), "")


def _mark_in(line: str) -> str:
    text = "".join(unicodedata.normalize("NFKC", line).split())
    found = SECRECY_MARK.match(text) if len(text) <= LONGEST_MARK else None
    return found[1] if found else said[1] if (said := _SAID.search(text)) else ""
