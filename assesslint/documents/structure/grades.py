"""The prose of a standard → whether it grades anything, and the points it says an indicator carries.

得12分；降到10%以下，得8分 is a ladder, whose highest step is what can be reached; 满分10分, 封顶6分 and 减完10分为止 say it outright.
What is given or taken for each (每起扣3分) has no most of its own, so that nothing is told by it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assesslint.text.quantity import number

_FIGURE = r"(\d{1,3}(?:\.\d+)?|[一二三四五六七八九十两]{1,3})分(?![之钟类析级别以及至到~\d-])"

GRADED = re.compile(
    r"每[^，。；]{1,6}?\d+(?:\.\d+)?分(?!钟)|得满分|给满分|不得分|不给分|不扣分|扣完|减完|酌情|[得扣加减记计]\d+(?:\.\d+)?分|[得扣加减][一二三四五两十]分|按.{0,8}(?:计分|得分|扣分)"
)
"""Words that say what points are given or taken for."""

_WHOLE = re.compile(rf"(?:满分|本项|共计?|占|分值)[为是计：共]{{0,2}}{_FIGURE}|[扣减]完(?:本项)?{_FIGURE}(?:为止|止)")
_CAP = re.compile(
    rf"(?:封顶|最[高多](?!扣|减)|累计(?!扣|减)[^，。；扣减]{{0,6}}?(?:不超过|不高于)|上限|不超过)[为得加计可是]{{0,2}}{_FIGURE}|{_FIGURE}(?:封顶|为限)"
)
_STEP = re.compile(rf"(?:[得计记给加为的，。；：]|^)(?<![不扣减]得){_FIGURE}(?=[，。；、（）\n]|$)")
_TAKEN = re.compile(rf"[扣减]{_FIGURE}")
_EACH = re.compile(r"每(?!半?[年月周季旬日天]|两|学期|逢)|逐")
_LONGEST_CLAUSES = 120
"""Characters before a step in which is looked for what it is given for."""
_SCHEME = 100
"""Points that are those of a whole scheme: 考核满分100分."""
WHOLES = (100, 1000)
"""What the points of a whole scheme come to."""
_EACH_ITEM = re.compile(rf"每[个一]?(?:小?项|条|点|指标)(?:均?为|计|各)?{_FIGURE}")
_GIVEN_OR_TAKEN = re.compile(r"\d分")
_CLAUSE = re.compile(r"[，。；：\n]")


def is_graded(text: str) -> bool:
    """Tell whether a text in normal form says what points are given or taken for."""
    return GRADED.search(text) is not None or told_points(text) is not None


def told_points(text: str, kind: str = "scored") -> Decimal | None:
    """Return the points that the standard of an indicator of this kind (in normal form) says it carries, None where it says none."""
    found = _WHOLE.search(text) or _CAP.search(text)
    steps = [found] if found else [match for match in _STEP.finditer(text) if not _for_each(text, match)]
    if not steps and kind == "deduction":
        steps = [match for match in _TAKEN.finditer(text) if not _for_each(text, match)]
    most = max((value for match in steps if (value := _value(match)) is not None), default=None)
    return None if most is None or most >= _SCHEME else most


def points_of_each(text: str) -> Decimal | None:
    """Return the points that a heading in normal form says each item under it carries: 基础业务（45分，每项15分）."""
    match = _EACH_ITEM.search(text)
    return _value(match) if match else None


def _for_each(text: str, match: re.Match[str]) -> bool:
    """Tell whether points are given for each of several: 每篇得1分; what each is may stand one comma before them."""
    step = match.start(match.lastindex or 0)
    *_, above, clause = ["", "", *_CLAUSE.split(text[max(0, step - _LONGEST_CLAUSES) : step])]
    alone = len(clause) <= 1 and not _GIVEN_OR_TAKEN.search(above)
    return _EACH.search(above + clause if alone else clause) is not None


def _value(match: re.Match[str]) -> Decimal | None:
    return number(next(found for found in match.groups() if found))
