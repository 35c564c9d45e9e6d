"""A folder of rules → what its rules and families are called, without reading the rules themselves: for who only wants to name one."""

from __future__ import annotations

import re
from pathlib import Path

from assesslint.policy.pack import Pack, packs_from, page_files
from assesslint.text.files import MOST_PAGE, UnreadError, read_text

_CHINESE_TITLE = re.compile(r"^# +(.+?)\s*$", re.MULTILINE)
_ENGLISH_TITLE = re.compile(r'^\s*title en: *"(.*)"', re.MULTILINE)


def rule_names(folder: Path, lang: str) -> dict[str, str]:
    """Return the title of each rule of a pack and of those it extends, by id. A page that cannot be read has none."""
    return {path.stem: _title(path, pack, lang) for pack, _ in packs_from(folder) for path in page_files(pack.folder)}


def family_names(folder: Path, lang: str) -> dict[str, str]:
    """Return what the families of a pack and of those it extends are called, by id."""
    packs = [pack for pack, _ in packs_from(folder)]
    families = {path.parent.name: "" for pack in packs for path in page_files(pack.folder)}
    return families | {family: names.get(lang, "") for pack in packs for family, names in pack.families.items() if family in families}


def _title(path: Path, pack: Pack, lang: str) -> str:
    try:
        text = read_text(path, MOST_PAGE, pack.folder)
    except UnreadError:
        return ""
    match = (_CHINESE_TITLE if lang == "zh" else _ENGLISH_TITLE).search(text)
    return match[1] if match else ""
