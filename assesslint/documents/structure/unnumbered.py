"""Paragraphs without numbers → those that are items all the same, told by how they are alike.

Names set off in one way, each once, before prose that says what points are given for (巡查：…扣1分; 巡查——…) are a list, as if they had
numbers. A line that is nothing but points belongs to the name above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assesslint.documents.model import Paragraph, join_prose
from assesslint.documents.structure.columns import IndicatorTable
from assesslint.documents.structure.grades import is_graded
from assesslint.documents.structure.lines import Line
from assesslint.documents.structure.particulars import is_title
from assesslint.documents.structure.words import CLOSING, KIND_HEAD, NOTE, PROVISION, TOTAL_ROW

_FEWEST_ALIKE = 3
_LONGEST_NAME = 24
_NAME = re.compile(rf"[^，。；：！？\n]{{2,{_LONGEST_NAME}}}?(?P<mark>[：。]|--)(?=.)")
_POINTS = re.compile(r"（?\d{1,3}(?:\.\d)?分）?")


def with_items(parts: Iterable[Line | IndicatorTable]) -> list[Line | IndicatorTable]:
    """Return the parts, lines that are items though they have no number as such, points alone on a line with the name above them."""
    lines = _with_points(parts)
    named = [(part, *_name(part)) for part in lines if isinstance(part, Line) and _may_be_item(part)]
    times = Counter(part.text[:end] for part, end, _ in named if end)
    alike = Counter(mark for part, end, mark in named if end and times[part.text[:end]] == 1 and is_graded(part.text[end:]))
    items = {
        id(part): end
        for part, end, mark in named
        if end and alike[mark] >= _FEWEST_ALIKE and times[part.text[:end]] == 1 and is_graded(part.text[end:])
    }
    return [part.as_item(items[id(part)]) if isinstance(part, Line) and id(part) in items else part for part in lines]


def is_named(line: Line) -> bool:
    """Tell whether a line has a name set off from the prose behind it: 破案率——…, 巡查：…."""
    return _name(line)[0] > 0


def _with_points(parts: Iterable[Line | IndicatorTable]) -> Sequence[Line | IndicatorTable]:
    lines: list[Line | IndicatorTable] = []
    for part in parts:
        above = lines[-1] if lines else None
        if isinstance(part, Line) and isinstance(above, Line) and _POINTS.fullmatch(part.text) and _is_name(above):
            lines[-1] = Line(Paragraph(join_prose((above.prose, part.prose), " "), above.heading, above.depth))
        else:
            lines.append(part)
    return lines


def _is_name(line: Line) -> bool:
    return len(line.text) <= _LONGEST_NAME and not (line.points or line.labels or is_title(line) or re.search("[，。；：]", line.text))


def _may_be_item(line: Line) -> bool:
    if line.marker or line.heading or line.points or line.label or is_title(line):
        return False
    return not (CLOSING.match(line.text) or NOTE.match(line.text) or KIND_HEAD.match(line.text) or TOTAL_ROW.match(line.text))


def _name(line: Line) -> tuple[int, str]:
    """Return where the name of a line ends and by what it is set off, 0 where it has none."""
    gap = next((at for at in range(line.body + 2, min(_LONGEST_NAME, len(line.text))) if line.has_wide_gap(at)), 0)
    match = _NAME.match(line.text, line.body)
    if gap and not (match and match.start("mark") < gap):
        end, mark = gap, " "
    elif match:
        end, mark = match.start("mark"), match["mark"]
    else:
        return 0, ""
    return (0, "") if PROVISION.search(line.text, line.body, end) else (end, mark)
