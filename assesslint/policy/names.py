"""A folder of rules → what its rules and families are called, without reading the rules themselves: for who only wants to name one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assesslint.policy.pack import Pack, find_pack, page_files, read_pack
from assesslint.text.files import MOST_PAGE, UnreadError, read_text

_CHINESE_TITLE = re.compile(r"^# +(.+?)\s*$", re.MULTILINE)
_ENGLISH_TITLE = re.compile(r'^\s*title en: *"(.*)"', re.MULTILINE)

MOST_PACKS = 8
"""How many packs may extend each other."""


def rule_names(folder: Path, lang: str) -> dict[str, str]:
    """Return the title of each rule of a pack and of those it extends, by id. A page that cannot be read has none."""
    return {path.stem: _title(path, pack, lang) for pack in _packs(folder) for path in page_files(pack.folder)}


def family_names(folder: Path, lang: str) -> dict[str, str]:
    """Return what the families of a pack and of those it extends are called, by id."""
    packs = list(_packs(folder))
    families = {path.parent.name: "" for pack in packs for path in page_files(pack.folder)}
    return families | {family: names.get(lang, "") for pack in packs for family, names in pack.families.items() if family in families}


def _packs(folder: Path) -> Iterator[Pack]:
    for _ in range(MOST_PACKS):
        pack, _faults = read_pack(folder)
        yield pack
        above = find_pack(pack.extends, folder.parent) if pack.extends else None
        if above is None:
            return
        folder = above


def _title(path: Path, pack: Pack, lang: str) -> str:
    try:
        text = read_text(path, MOST_PAGE, pack.folder)
    except UnreadError:
        return ""
    match = (_CHINESE_TITLE if lang == "zh" else _ENGLISH_TITLE).search(text)
    return match[1] if match else ""
