"""The code of a field that shows something Word keeps no result of → what it shows: EQ \\o\\ac(○,3) → ③."""

from __future__ import annotations

import re

from lxml import etree

from assesslint.documents.numerals import numeral
from assesslint.documents.word.file import W
from assesslint.documents.word.styles import is_on, whole_number

_ENCLOSED = re.compile(r"\\o\s*\\ac\s*\(\s*[○〇◯]\s*[,;，；]\s*(\d{1,2})\s*\)", re.IGNORECASE)
_SWITCH = re.compile(r"\\[a-z]+\s*\d*", re.IGNORECASE)
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})


def field_name(code: str) -> str:
    return code.split(maxsplit=1)[0].upper() if code.strip() else ""


def counts_pages(code: str) -> bool:
    return field_name(code) in _PAGE_FIELDS


def shown_by_code(code: str, begin: etree._Element) -> str:
    """Return what a field without result shows; `begin` is its w:fldChar, which holds what a form's field is set to."""
    name = field_name(code)
    if name == "EQ":
        return _equation(code.strip()[len(name) :])
    if name == "MACROBUTTON":
        return code.strip().split(maxsplit=2)[2] if len(code.split(maxsplit=2)) > 2 else ""
    if name == "FORMCHECKBOX":
        box = begin.find(f"{W}ffData/{W}checkBox")
        checked = next((on for kind in ("checked", "default") if box is not None and (on := is_on(box.find(W + kind))) is not None), False)
        return "☑" if checked else "☐"
    if name == "FORMDROPDOWN":
        choices = begin.findall(f"{W}ffData/{W}ddList/{W}listEntry")
        given = begin.find(f"{W}ffData/{W}ddList/{W}result")
        at = whole_number(begin.find(f"{W}ffData/{W}ddList/{W}default") if given is None else given, 0) or 0
        return choices[at].get(W + "val", "") if 0 <= at < len(choices) else ""
    return ""


def _equation(code: str) -> str:
    """Return a number in a circle as such, and of any other equation its parts without the switches."""
    enclosed = _ENCLOSED.search(code)
    if enclosed:
        return numeral(int(enclosed[1]), "decimalEnclosedCircle")
    return re.sub(r"\s*[(),，]\s*", " ", _SWITCH.sub("", code)).strip()
