"""A file → whether an earlier run wrote it: a report or an opinion sheet quotes drafts and is none, and may be written anew."""

from __future__ import annotations

import re
from pathlib import Path

from assesslint.linter.opinion_sheets import is_opinion_sheet

HEAD = 2000
"""Bytes at the beginning of a report that bear its mark."""

_MARKS = re.compile(
    rb"\Aassesslint \d"  # text
    rb"|\A\s*\{[^\0]*\"name\": ?\"assesslint\"",  # JSON and what is written in it
)
"""What the reports begin with."""


def is_earlier_result(file: Path) -> bool:
    """Tell whether a file is a report or an opinion sheet; one that cannot be looked into is none."""
    return is_earlier_report(file) or is_opinion_sheet(file)


def is_earlier_report(file: Path) -> bool:
    """Tell whether a file is a report in one of the formats; one that cannot be looked into is none."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as stream:
            return _MARKS.search(stream.read(HEAD)) is not None
    except OSError:
        return False
