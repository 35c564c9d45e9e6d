"""A line → what it is called, its points and kind, and where the rest of its text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assesslint.documents.model import EMPTY
from assesslint.documents.structure.lines import Line, Points
from assesslint.documents.structure.outline import total_points
from assesslint.documents.structure.unnumbered import name_end
from assesslint.documents.structure.words import BONUS, DEDUCTION, FIRST_WORDS, KIND_HEAD, LONGEST_HEADING, VETO
from assesslint.scheme.model import Prose

_CLAUSE_MARK = re.compile(r"[，。；：！？\n]|--")
_TRAILING = "，。；：、-… "
_SET_OFF = "：。- "
"""What sets a name off from the prose behind it."""
_LONGEST_BEFORE_COLON = 30


@dataclass(frozen=True, slots=True)
class Heading:
    """`rest` is the offset in the line's normal form where its text begins; a name taken from first words leaves them in the text."""

    name: Prose
    points: Points | None
    rest: int
    kind: str


def heading_of(line: Line) -> Heading:
    points = total_points(line)
    start = line.body
    end = next((label.start for label in line.labels if not label.alone), len(line.text))
    announced = KIND_HEAD.match(line.text)
    if announced and not points and (stop := name_end(line, announced.end())):
        name = line.part(announced.end(), stop)
        return Heading(name, None, _after_mark(line, stop), kind_of(announced[0].rstrip(_TRAILING)))
    if line.name_end:
        stop, rest = line.name_end, _after_mark(line, line.name_end)
    elif points and points.start <= start:
        start, stop, rest = points.end, *_head_end(line.text, points.end, end)
    elif points:
        stop = rest = points.start
        if _is_heading(line.text[start:stop]):
            rest = points.end
        else:
            stop, rest = _head_end(line.text, start, stop)
    else:
        stop, rest = _head_end(line.text, start, end)
    words = line.text[start:stop].rstrip(_TRAILING)
    if words.endswith("）") and "（" not in words:  # 【…】
        words = words[:-1]
    name = line.part(start, start + len(words))
    return Heading(name, points, rest, points.kind if points and points.kind else kind_with(kind_of(words), points))


def _after_mark(line: Line, end: int) -> int:
    """Return where the prose begins that a name ending at `end` is set off from."""
    return len(line.text) - len(line.text[end:].lstrip(_SET_OFF))


def _is_heading(words: str) -> bool:
    return len(words) <= LONGEST_HEADING and not _CLAUSE_MARK.search(words.rstrip(_TRAILING))


def _head_end(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the heading ends in `text[start:end]` and where the text after it begins."""
    if _is_heading(text[start:end]):
        return end, end
    mark = _CLAUSE_MARK.search(text, start, end)
    if mark and mark[0] in ("：", "。", "\n", "--") and mark.start() - start <= _LONGEST_BEFORE_COLON:
        return mark.start(), mark.end()
    return first_words_end(text, start, end), start


def first_words_end(text: str, start: int, end: int) -> int:
    """Return where the first words of `text[start:end]` end: at the first mark, or where a name would grow too long."""
    mark = _CLAUSE_MARK.search(text, start + 1, end)
    return min(mark.start() if mark else end, start + FIRST_WORDS)


def first_words(line: Line) -> Prose:
    start = line.body
    return line.part(start, first_words_end(line.text, start, len(line.text))) if start < len(line.text) else EMPTY


def kind_of(words: str) -> str:
    """Return the kind of indicator a heading announces, in brackets behind its name too (服务创新（加分项）), or an empty string."""
    if len(words) > LONGEST_HEADING:
        return ""
    words = words.removesuffix("）")
    if VETO.search(words):
        return "veto"
    if BONUS.search(words):
        return "bonus"
    if DEDUCTION.search(words):
        return "deduction"
    return ""


def kind_with(kind: str, points: Points | None) -> str:
    """Return the kind a heading announces for an indicator of so many points: one that gives points vetoes nothing."""
    return "" if kind == "veto" and points else kind
