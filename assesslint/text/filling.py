"""A paragraph → lines of so many terminal cells, as Chinese and English are broken: between any two characters, or between words.

No line begins with a closing mark or ends with an opening one (GB/T 15834, 标点符号用法, 5.1).
"""

from __future__ import annotations

import re

from assesslint.text.source import cells

_CLOSING = "，。、；：？！”’）》】…·,.;:?!)]}%％"
_OPENING = "“‘（《【([{"
_UNIT = re.compile(rf"\s+|[{re.escape(_OPENING)}]*(?:[!-~]+|\S)[{re.escape(_CLOSING)}]*")
"""A blank, or what is never parted: a word or a wide character, with the marks that cling to it."""


def filled(text: str, width: int) -> list[str]:
    """Return the lines of a paragraph, none wider than `width` cells unless one word is."""
    lines: list[str] = []
    line, used, blank = "", 0, ""
    for match in _UNIT.finditer(text.strip()):
        unit = match[0]
        if unit.isspace():
            blank = " "
            continue
        size = cells(unit)
        if line and used + len(blank) + size > width:
            lines.append(line)
            line, used, blank = "", 0, ""
        line += blank + unit if line else unit
        used, blank = cells(line), ""
    return [*lines, line] if line else lines
