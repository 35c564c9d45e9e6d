"""A file of a folder → whether it is an opinion sheet of an earlier run, which is no draft though it quotes drafts.

A sheet is known by what its writers set in the properties of the file, which Word and WPS keep when people fill it in.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

AUTHOR = "assesslint"
"""The author in the properties of a sheet."""

TITLES = {
    "zh": {"title": "考核方案审核意见表", "summary": "考核方案审核意见汇总表"},
    "en": {"title": "Opinion on an Assessment Scheme", "summary": "Opinions on Assessment Schemes"},
}
"""The title of a sheet, and of several led by a summary, by language."""

SUFFIXES = (".docx", ".xlsx")
"""What sheets are written as."""

MOST_BYTES, MOST_PROPERTIES = 50_000_000, 100_000
"""Sizes in bytes beyond which a file is not looked into for its properties, or these are not read further."""


def is_opinion_sheet(file: Path) -> bool:
    """Tell whether a file is an opinion sheet; one that cannot be looked into is none."""
    if file.suffix.lower() not in SUFFIXES:
        return False
    try:
        if not file.is_file() or file.stat().st_size > MOST_BYTES:
            return False
        with zipfile.ZipFile(file) as parts, parts.open("docProps/core.xml") as part:
            properties = part.read(MOST_PROPERTIES).decode()
    except Exception:  # a damaged file fails in many ways; its reader says what is wrong with it
        return False
    titles = (title for names in TITLES.values() for title in names.values())
    return f">{AUTHOR}</dc:creator>" in properties and any(f">{title}</dc:title>" in properties for title in titles)
