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
_NAME = re.compile(rf"[^，。；：！？\n]{{2,{_LONGEST_NAME}}}?(?=(?:[：。]|--).)")
_KIND = re.compile(r".(?:加分|附加分|奖励分|扣分|减分|扣减)$")
"""How a name ends that says of itself that it adds or takes points; a single such line is an item."""
_POINTS = re.compile(r"（?\d{1,3}(?:\.\d)?分）?")


def with_items(parts: Iterable[Line | IndicatorTable]) -> list[Line | IndicatorTable]:
    """Return the parts, lines that are items though they have no number as such, points alone on a line with the name above them."""
    lines = _with_points(parts)
    named = [(part, end) for part in lines if isinstance(part, Line) and _may_be_item(part) and (end := name_end(part, 0))]
    times = Counter(part.text[:end] for part, end in named)
    graded = [(part, end) for part, end in named if times[part.text[:end]] == 1 and is_graded(part.text[end:])]
    alike = Counter(_mark(part, end) for part, end in graded)
    items = {id(part): end for part, end in graded if alike[_mark(part, end)] >= _FEWEST_ALIKE or _KIND.search(part.text[:end])}
    return [part.as_item(items[id(part)]) if isinstance(part, Line) and id(part) in items else part for part in lines]


def _mark(line: Line, end: int) -> str:
    """Return what sets a name off that ends at `end`: a mark, or empty for white space."""
    return line.text[end] if line.text[end] in "：。-" else ""


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


def name_end(line: Line, start: int) -> int:
    """Return where the name at `start` ends that is set off from the prose behind it (巡查：…, 巡查——…), 0 where there is none."""
    gap = next((at for at in range(start + 2, min(start + _LONGEST_NAME, len(line.text))) if line.has_wide_gap(at)), 0)
    match = _NAME.match(line.text, start)
    end = match.end() if match else 0
    end = gap if gap and not 0 < end < gap else end
    return 0 if PROVISION.search(line.text, start, end) else end
