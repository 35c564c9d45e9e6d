"""Normal text → the days by which something is due: 11月30日前, 9月底, 次年3月, 年底, 上半年, 国庆前."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assesslint.text.quantity import number

_MONTH = r"1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = r"[1-3]?\d|[一二]?十?[一二三四五六七八九]|三十一?|[一二]?十"
_YEARS = {"次年": 1, "明年": 1, "下一年": 1, "来年": 1, "后年": 2, "当年": 0, "今年": 0, "本年": 0}
_PARTS = {"初": 5, "上旬": 10, "中旬": 20, "中": 15, "下旬": 30, "底": 30, "末": 30}
_TIMES = {
    "一季度": 90, "二季度": 181, "三季度": 273, "四季度": 365, "上半年": 181, "年中": 181, "年底": 365, "年末": 365, "年终": 365,
    "国庆": 273, "五一": 120, "七一": 181, "中秋": 263, "元旦": 365, "春节": 30, "入冬": 310, "入汛": 120, "汛期": 120, "秋收": 270,
}  # fmt: skip
"""Days of the year that people name without a month."""

_PATTERN = re.compile(
    rf"(?:(?P<calendar>20\d\d)年|(?P<year>{'|'.join(_YEARS)}))?"
    rf"(?:(?P<month>{_MONTH})月(?:份)?(?:(?P<day>{_DAY})[日号]|(?P<part>{'|'.join(_PARTS)}))?|(?P<time>{'|'.join(_TIMES)})(?:节)?)"
)
_DAYS_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
"""Days of the year before each month, from 1 on."""
_A_MONTH, _A_YEAR = 30, 365


@dataclass(frozen=True, slots=True)
class Deadline:
    """`text[start:end]` names a day: `day` counts days, so that of two deadlines of one text the earlier has the smaller one."""

    start: int
    end: int
    day: int


def find_deadlines(text: str) -> list[Deadline]:
    """Return the days a text in normal form names, in order. A month without a day is its last day; a year not named is the present one."""
    present = min((int(match["calendar"]) for match in _PATTERN.finditer(text) if match["calendar"]), default=None)
    return [Deadline(*match.span(), _day(match, present)) for match in _PATTERN.finditer(text)]


def _day(match: re.Match[str], present: int | None) -> int:
    years = _YEARS.get(match["year"] or "", 0)
    if match["calendar"] and present is not None:
        years = int(match["calendar"]) - present
    if match["time"]:
        return years * _A_YEAR + _TIMES[match["time"]]
    month = int(number(match["month"]) or 1)
    day = int(number(match["day"]) or 1) if match["day"] else _PARTS.get(match["part"] or "", _A_MONTH)
    return years * _A_YEAR + _DAYS_BEFORE[month] + day
