"""Normal text → the quantities in it: percentages, fractions, 成, counts with their measure word, points, durations.

Arabic and Chinese numerals alike (`90%`, `百分之九十`, `九成`, `三分之二`, `过半`, `IOO分` of a scanned page). A numeral counts only with the
unit that makes it a quantity, so 一票否决 and 第三条 are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

DURATION_UNITS = {
    "秒": Decimal(1) / 86400, "秒钟": Decimal(1) / 86400, "分钟": Decimal(1) / 1440, "刻钟": Decimal(15) / 1440, "小时": Decimal(1) / 24,
    "个小时": Decimal(1) / 24, "钟头": Decimal(1) / 24, "个钟头": Decimal(1) / 24, "学时": Decimal(1) / 24, "个学时": Decimal(1) / 24, "课时": Decimal(1) / 24, "天": Decimal(1), "日": Decimal(1), "个工作日": Decimal(1),
    "工作日": Decimal(1), "周": Decimal(7), "个星期": Decimal(7), "星期": Decimal(7), "个月": Decimal(30), "月": Decimal(30), "季度": Decimal(91),
    "个季度": Decimal(91), "年": Decimal(365), "周岁": Decimal(365), "岁": Decimal(365),
}  # fmt: skip
"""Days in one of each unit of time."""

COUNT_UNITS = (
    "人次 户次 件次 家次 村次 条次 批次 场次 班次 台次 趟次 余人 名人 万人 个村 个社区 个单位 个乡镇 个百分点 百分点 人 名 位 户 家 条 篇 件 个 次 场 期 张 份 幅 帧 则 例 起 处 宗 批 项 部 台 套 辆 "
    "座 所 间 栋 亩 公里 千米 米 平方米 吨 元 万元 亿元 课 堂 节 期 遍 回 趟 轮 单 笔 本 册 页 字 群 票 赞 转 粉 号 码 组 队 级 档 种 类 门 步 只 头 株 棵 公斤 斤 点 步 代 集 段"
).split()
POINT_UNITS = ("个积分", "积分", "分值", "分/次", "分/条", "分")

_ARABIC = r"\d+(?:\.\d+)?"
_CHINESE = r"[零一二两三四五六七八九十百千万亿]+"
_NUMBER = rf"(?:{_ARABIC}(?:[十百千万亿](?!元|人次))?|{_CHINESE}(?:点[零一二三四五六七八九]+)?)"
_UNITS = "|".join(sorted({*DURATION_UNITS, *COUNT_UNITS, *POINT_UNITS}, key=len, reverse=True))

_PATTERN = re.compile(
    rf"""
      (?P<permille>{_NUMBER})‰
    | 百分之(?P<percent_words>{_CHINESE}(?:点[零一二三四五六七八九]+)?|{_ARABIC}|百)
    | (?P<denominator>[二三四五六七八九十两]+|\d+)分之(?P<numerator>[一二三四五六七八九十两]+|\d+)
    | (?P<percent>{_ARABIC})\ ?(?:%|个?百分点|个?百分比)
    | (?P<percent_point_words>{_CHINESE})个百分点
    | (?P<tenths>[一二三四五六七八九两]|\d(?:\.\d)?)成(?P<half_tenth>[一二三四五六七八九半])?(?![员为功立本果效绩交就都员])
    | (?P<half>过半数?|超半数?|逾半数?|(?:一|大|多)半(?!年|月|天|小时|径)|半数(?:以上)?)
    | (?<![a-z\d])(?P<scan>[1-9li](?=[\d]*[oli])[oli\d]{{1,2}})(?=分)
    | (?:(?<=[≥≤><])|(?<=[≥≤><][ ]))(?P<bare>\d+(?:\.\d+)?)(?![\d.%‰成a-z]|[ ]?(?:{_UNITS}))
    | (?<!第)(?P<number>{_NUMBER})(?:\ ?[-~至到]\ ?(?P<upper>{_NUMBER}))?(?P<more>余|多|几|来)?\ ?(?P<unit>{_UNITS})
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` of `unit` at `text[start:end]`.

    `unit` is `percent` (of a hundred), `points`, `days` (a duration, in days) or `count`, then `measure_word` says what is counted.
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
        scale = POWERS.get(words[-1], 1)
        body = words if words[-1].isdigit() else words[:-1]
        try:
            return Decimal(body) * scale
        except ArithmeticError:
            return None
    whole, _, fraction = words.partition("点")
    if len(whole) > 1 and all(c in DIGITS for c in whole):
        total = int("".join(str(DIGITS[c]) for c in whole))
    else:
        total = section = digit = 0
        last_power = 10
        for c in whole:
            if c in DIGITS:
                digit = DIGITS[c]
                if c == "零":
                    last_power = 10
            elif c in ("万", "亿"):
                total = (total + section + digit) * POWERS[c]
                section = digit = 0
                last_power = POWERS[c]
            else:
                section += (digit or 1) * POWERS[c]
                digit = 0
                last_power = POWERS[c]
        spoken = digit * last_power // 10 if digit and last_power > 10 else digit
        total += section + spoken
    if not fraction:
        return Decimal(total)
    return Decimal(f"{total}.{''.join(str(DIGITS[c]) for c in fraction)}")


_TENTH = Decimal(10)


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text in normal form, in order, never overlapping."""
    found = []
    for match in _PATTERN.finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        groups = match.groupdict()
        if groups["number"] is not None:
            unit = groups["unit"]
            value = number(groups["number"])
            if value is None or (unit == "分" and text[end : end + 1] in "之类别管工享级发钟析解"):
                continue
            if unit in ("日", "号") and text[start - 1 : start] == "月":
                continue
            if unit in ("日", "号") and groups["number"][0].isdigit() and re.search(r"\d月$", text[max(0, start - 3) : start]):
                continue
            if unit == "月" and value <= 12 and not text[start - 1 : start] == "每":
                continue
            if unit == "年" and value > 1900:
                continue
            if unit in DURATION_UNITS:
                found.append(Quantity(start, end, value * DURATION_UNITS[unit], "days", unit))
            elif unit in POINT_UNITS:
                found.append(Quantity(start, end, value, "points", unit))
            else:
                found.append(Quantity(start, end, value, "count", unit))
            continue
        if groups["bare"] is not None:
            found.append(Quantity(start, end, Decimal(groups["bare"]), "count"))
            continue
        percent: Decimal | None
        if groups["percent"] is not None:
            percent = number(groups["percent"])
            if text[start:end].endswith("点"):
                found.append(Quantity(start, end, percent or Decimal(0), "percentage_points"))
                continue
        elif groups["percent_point_words"] is not None:
            found.append(Quantity(start, end, number(groups["percent_point_words"]) or Decimal(0), "percentage_points"))
            continue
        elif groups["permille"] is not None:
            value = number(groups["permille"])
            percent = value / 10 if value is not None else None
        elif groups["percent_words"] is not None:
            percent = number(groups["percent_words"])
        elif groups["denominator"] is not None:
            below, above = number(groups["denominator"]), number(groups["numerator"])
            percent = above * 100 / below if above is not None and below else None
        elif groups["tenths"] is not None:
            tenths = number(groups["tenths"])
            more = groups["half_tenth"]
            extra = Decimal(5) if more == "半" else (number(more) or Decimal(0)) if more else Decimal(0)
            percent = tenths * _TENTH + extra if tenths is not None else None
        elif groups["scan"] is not None:
            digits = groups["scan"].translate(str.maketrans("lio", "110"))
            found.append(Quantity(start, end + 1, Decimal(digits), "points", "分"))
            continue
        else:
            assert kind == "half"
            percent = Decimal(50)
        if percent is not None:
            found.append(Quantity(start, end, percent, "percent"))
    return found
