"""A file → whether an earlier run wrote it: a report or an opinion sheet quotes drafts and is none, and may be written anew.

A copy of a draft with notes of ours may be written anew too, though it is a draft.
"""

from __future__ import annotations

import re
from pathlib import Path

from assesslint.linter.opinion_sheets import is_opinion_sheet
from assesslint.text.late import late

bears_our_notes = late("assesslint.linter.annotated_copies", "bears_our_notes")

HEAD = 2000
"""Bytes at the beginning of a report that bear its mark."""

MOST_BYTES = 200_000_000
"""Bytes beyond which a file is not looked into for notes of ours, and taken for somebody else's."""

_MARKS = re.compile(
    b"|".join(
        (
            rb"\Aassesslint \d",  # text, GitHub
            rb"\A<!-- assesslint -->",  # GitHub's summary
            rb"\A\s*<!doctype html>[^\0]*<meta name=\"generator\" content=\"assesslint",
            rb"\A\s*\{[^\0]*\"(?:tool|driver)\": ?\{\s*\"name\": ?\"assesslint\"",  # JSON, JSON Lines, SARIF
            rb"\A\[\s*\{\s*\"check_name\": \"[a-z-]+\",\s*\"fingerprint\": \"[0-9a-f]{32}\"",  # GitLab
            rb"\A\[\]\s*\Z",  # GitLab, nothing found
            rb"\A<\?xml[^>]*>\s*<testsuites name=\"assesslint\"",  # JUnit
            "\\A\ufeff(程度,规则|severity,rule),".encode(),  # CSV
        )
    ),
    re.IGNORECASE,
)
"""What the reports begin with."""


def is_earlier_result(file: Path) -> bool:
    """Tell whether a file is a report or an opinion sheet; one that cannot be looked into is none."""
    return is_earlier_report(file) or is_opinion_sheet(file)


def holds_nothing_else(file: Path) -> bool:
    """Tell whether nobody loses work of his own when this file is replaced: it is empty, an earlier result, or a draft with our notes."""
    try:
        if not file.stat().st_size or is_earlier_result(file):
            return True
        return file.stat().st_size <= MOST_BYTES and bears_our_notes(file.name, file.read_bytes())
    except OSError:
        return False


def is_earlier_report(file: Path) -> bool:
    """Tell whether a file is a report in one of the formats; one that cannot be looked into is none."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as stream:
            return bears_mark(stream.read(HEAD))
    except OSError:
        return False


def bears_mark(head: bytes) -> bool:
    """Tell whether a file that begins so is a report."""
    return _MARKS.search(head) is not None
