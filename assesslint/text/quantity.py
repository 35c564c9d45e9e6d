"""Normal text → the quantities in it: percentages, fractions, 成, counts with their measure word, points, durations.

Arabic and Chinese numerals alike (`90%`, `百分之九十`, `九成`, `三分之二`, `过半`, `IOO分` of a scanned page). A numeral counts only with
the unit that makes it a quantity, so 一票否决 and 第三条 are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

DURATION_UNITS = {
    "秒": Decimal(1) / 86400, "秒钟": Decimal(1) / 86400, "分钟": Decimal(1) / 1440, "刻钟": Decimal(15) / 1440,
    "小时": Decimal(1) / 24, "个小时": Decimal(1) / 24, "钟头": Decimal(1) / 24, "个钟头": Decimal(1) / 24,
    "学时": Decimal(1) / 24, "个学时": Decimal(1) / 24, "课时": Decimal(1) / 24,
    "天": Decimal(1), "日": Decimal(1), "个工作日": Decimal(1), "工作日": Decimal(1),
    "周": Decimal(7), "个星期": Decimal(7), "星期": Decimal(7), "个月": Decimal(30), "月": Decimal(30),
    "季度": Decimal(91), "个季度": Decimal(91), "年": Decimal(365), "周岁": Decimal(365), "岁": Decimal(365),
}  # fmt: skip
"""Days in one of each unit of time."""

COUNT_UNITS = (
    "人次", "户次", "件次", "家次", "村次", "条次", "批次", "场次", "班次", "台次", "趟次", "余人", "名人",
    "个村", "个社区", "个单位", "个乡镇", "万元", "亿元", "公里", "千米", "平方米", "公斤",
    *"人名位户家条篇件个次场期张份幅帧则例起处宗批项部台套辆座所间栋亩米吨元课堂节遍回趟轮单笔本册页字群票赞转粉号码组队级档种类门步",
    *"只头株棵斤点代集段",
)  # fmt: skip
POINT_UNITS = ("个积分", "积分", "分值", "分/次", "分/条", "分")

_ARABIC = r"\d{1,15}(?:\.\d{1,9})?"
_CHINESE = r"[零一二两三四五六七八九十百千万亿]{1,16}"
_FRACTION = r"(?:点[零一二三四五六七八九]{1,9})?"
_NUMBER = rf"(?:{_ARABIC}(?:[十百千万亿](?!元))?|{_CHINESE}{_FRACTION})"
_UNITS = "|".join(sorted({*DURATION_UNITS, *COUNT_UNITS, *POINT_UNITS}, key=len, reverse=True))

_PATTERN = re.compile(
    rf"""
      (?P<permille>(?P<thousandth>{_NUMBER})‰)
    | (?P<hundredths>百分(?:之|百)(?P<hundredth>{_CHINESE}{_FRACTION}|{_ARABIC})?)
    | (?P<fraction>(?P<denominator>[二三四五六七八九十两千万]{{1,4}}|\d{{1,4}})分之(?P<numerator>[一二三四五六七八九十两]{{1,4}}|\d{{1,4}}))
    | (?P<ratio>每(?P<group>{_NUMBER})[个名户人位]?(?P<counted_in>[^，。；\d一二两三四五六七八九十百千万]{{0,8}}?)
        (?:里要?有|中要?有|内要?有|须有|要有|应有|至少|不少于|不低于|不得少于|不得低于)(?P<share>{_NUMBER})[个名户人位])
    | (?P<percent_points>(?P<point>{_ARABIC})\ ?个?百分点|(?P<point_words>{_CHINESE})个百分点)
    | (?P<percent>(?P<percentage>{_ARABIC})\ ?(?:%|个?百分比))
    | (?P<tenths>(?<![\d.])(?P<tenth>[一二三四五六七八九十两]|\d(?:\.\d)?)成(?P<half_tenth>[一二三四五六七八九半])?
        (?![员为功立本果效绩交就都]))
    | (?P<half_period>(?<![每上下前后])(?P<periods>{_NUMBER})?(?P<half_unit>个?半个?月|年半|半年|个?半小时|个半?钟头|半个钟头|天半|半天))
    | (?P<half>过半数?(?!年|月|天|小时)|[超逾]半数?|[一大多]半(?!年|月|天|小时|径)|半数(?:以上)?)
    | (?P<scanned>(?<![a-z\d])(?P<scan>(?=\d{{0,2}}[oli])[1-9li][oli\d]{{1,2}})(?P<scan_unit>[分张条篇次件人户]))
    | (?P<bare>(?:(?<=[≥≤><])|(?<=[≥≤><][ ]))(?P<figure>{_ARABIC})(?![\d.%‰成a-z]|[ ]?(?:{_UNITS})))
    | (?P<large>(?<![\d.第])(?P<many>\d{{4,9}}|(?:\d{{1,4}}(?:\.\d)?|[一二三四五六七八九十两]{{1,3}})[千万])(?=以上|以下|以内))
    | (?P<counted>(?<!第)(?P<number>{_NUMBER})(?:\ ?[-~至到]\ ?{_NUMBER})?[余多几来]?\ ?(?P<unit>{_UNITS}))
    """,
    re.VERBOSE,
)

_NOT_POINTS = "之类别管工享级发钟析解"
"""What follows 分 where it is no point: 分之, 分类, 分管, 分钟."""

_SCANNED_DIGITS = str.maketrans("lio", "110")
_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
_SMALLEST_SHARE = Decimal(5)
"""One in so many at least is a share of people; fewer are somebody's number for so many (每20户1名联户长)."""
_LAST_MONTH = 12
_FIRST_CALENDAR_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` of `unit` at `text[start:end]`.

    `unit` is `percent` (of a hundred), `percentage_points`, `points`, `days` (a duration, in days) or `count`; `measure_word` is the
    unit as written (条, 个月, 积分).
    """

    start: int
    end: int
    value: Decimal
    unit: str
    measure_word: str = ""


def number(words: str) -> Decimal | None:
    """Return the value of an Arabic or Chinese numeral such as `1.5万`, `二百五`, `两千零三`, `九十点五`; None when it is none.

    Raises nothing. `二百五` is 250 as people say it; a bare row of digits (`二零二六`) is read as written.
    """
    if not words:
        return None
    if words[0].isdigit() and words[0].isascii():
        scale = POWERS.get(words[-1])
        try:
            return Decimal(words[:-1]) * scale if scale else Decimal(words)
        except ArithmeticError:
            return None
    whole, _, fraction = words.partition("点")
    if not whole or any(c not in DIGITS and c not in POWERS for c in whole) or any(c not in DIGITS for c in fraction):
        return None
    as_written = len(whole) > 1 and all(c in DIGITS for c in whole)
    total = int("".join(str(DIGITS[c]) for c in whole)) if as_written else _spoken(whole)
    return Decimal(f"{total}.{''.join(str(DIGITS[c]) for c in fraction)}") if fraction else Decimal(total)


def _spoken(words: str) -> int:
    """Add up a numeral said with 十, 百, 千, 万; a last digit without its power takes the one below the power before it."""
    total = section = digit = 0
    power_before = 10
    for c in words:
        if c in DIGITS:
            digit = DIGITS[c]
            power_before = 10 if c == "零" else power_before
            continue
        power_before = POWERS[c]
        if c in ("万", "亿"):
            total = (total + section + digit or 1) * POWERS[c]
            section = 0
        else:
            section += (digit or 1) * POWERS[c]
        digit = 0
    return total + section + (digit * power_before // 10 if power_before > _TEN else digit)


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text in normal form, in order, never overlapping."""
    found = []
    match = _PATTERN.search(text)
    while match:
        kind = match.lastgroup or ""
        quantity = _counted(match) if kind == "counted" else _READERS[kind](match)
        if quantity:
            found.append(Quantity(match.start(), match.end(), *quantity))
        match = _PATTERN.search(text, match.start() + 1 if kind == "ratio" and not quantity else match.end())
    return found


def _counted(match: re.Match[str]) -> tuple[Decimal, str, str] | None:
    """Read a number with its unit; a date, a year, a veto (一票否决) and a 分 that is no point are none."""
    text, start, end, unit = match.string, match.start(), match.end(), match["unit"]
    value = number(match["number"])
    before = text[max(0, start - 1) : start]
    if value is None or (unit == "分" and end < len(text) and text[end] in _NOT_POINTS):
        return None
    if (unit in ("日", "号") and before == "月") or (unit == "票" and text.startswith("否决", end)):
        return None
    if (unit == "月" and value <= _LAST_MONTH and before != "每") or (unit == "年" and value > _FIRST_CALENDAR_YEAR):
        return None
    if unit in DURATION_UNITS:
        return value * DURATION_UNITS[unit], "days", unit
    return value, "points" if unit in POINT_UNITS else "count", unit


def _percent(value: Decimal | None) -> tuple[Decimal, str, str] | None:
    return (value, "percent", "") if value is not None else None


def _count(value: Decimal | None) -> tuple[Decimal, str, str] | None:
    return (value, "count", "") if value is not None else None


def _read_fraction(match: re.Match[str]) -> tuple[Decimal, str, str] | None:
    below, above = number(match["denominator"]), number(match["numerator"])
    return _percent(above * _HUNDRED / below) if above is not None and below else None


def _read_ratio(match: re.Match[str]) -> tuple[Decimal, str, str] | None:
    """Read 每十户须有八户 as a share; where far fewer are asked for (每500人至少1名), it is no share of them."""
    group, share = number(match["group"]), number(match["share"])
    return _percent(share * _HUNDRED / group) if group and share and share * _SMALLEST_SHARE >= group else None


def _read_scanned(match: re.Match[str]) -> tuple[Decimal, str, str]:
    """Read a figure whose digits a scanner took for letters (IOO分, 3O张)."""
    unit = match["scan_unit"]
    return Decimal(match["scan"].translate(_SCANNED_DIGITS)), "points" if unit in POINT_UNITS else "count", unit


def _read_tenths(match: re.Match[str]) -> tuple[Decimal, str, str] | None:
    tenths, more = number(match["tenth"]), match["half_tenth"]
    extra = _TEN // 2 if more == "半" else number(more) if more else Decimal(0)
    return _percent(tenths * _TEN + extra) if tenths is not None and extra is not None else None


def _read_percent_points(match: re.Match[str]) -> tuple[Decimal, str, str] | None:
    value = number(match["point"] or match["point_words"])
    return (value, "percentage_points", "") if value is not None else None


def _read_half_period(match: re.Match[str]) -> tuple[Decimal, str, str] | None:
    """Read 半年, 一个半月, 两天半: a number of periods, if any, and half of one."""
    whole = number(match["periods"]) if match["periods"] else Decimal(0)
    unit = next(unit for unit in ("年", "月", "小时", "钟头", "天") if unit in match["half_unit"])
    return ((whole + _HALF) * DURATION_UNITS[unit], "days", unit) if whole is not None else None


_READERS: dict[str, Callable[[re.Match[str]], tuple[Decimal, str, str] | None]] = {
    "permille": lambda match: _percent((number(match["thousandth"]) or Decimal(0)) / _TEN),
    "hundredths": lambda match: _percent(number(match["hundredth"]) if match["hundredth"] else _HUNDRED),
    "fraction": _read_fraction,
    "ratio": _read_ratio,
    "percent_points": _read_percent_points,
    "percent": lambda match: _percent(number(match["percentage"])),
    "tenths": _read_tenths,
    "half_period": _read_half_period,
    "half": lambda _: _percent(_HUNDRED // 2),
    "scanned": _read_scanned,
    "bare": lambda match: _count(number(match["figure"])),
    "large": lambda match: _count(number(match["many"])),
}
"""How each kind of quantity but the counted ones is read: its value, unit, measure word."""
