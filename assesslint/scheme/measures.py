"""Words for measures, amounts and frequencies ↔ what they mean: `激活率`, `50%`, `每2周`, and their English equals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.frequency import NAMES, PERIOD_DAYS, find_frequencies
from assesslint.text.normalise import normalise
from assesslint.text.quantity import DURATION_UNITS, POINT_UNITS

MEASURE_ENDINGS = {
    "数": "count", "量": "count", "数量": "count", "次数": "count", "率": "rate", "时长": "duration", "积分": "points", "排名": "rank",
}  # fmt: skip
"""What a measure's name ends with, and how it counts; the first of each kind is the one printed."""

LONGEST_FRACTION = 6
"""Most characters of a number of days that still says how often something happens."""

LONGEST_NUMBER = 15
"""Most characters of a number that is still an amount of anything assessed."""


@cache
def measure_names() -> Mapping[str, tuple[str, str]]:
    """Return every name of a measure, Chinese (action word + ending) and English (`activate_rate`), with its action and measure."""
    actions = central_vocabulary().enums["action"]
    names = {
        word + ending: (action, measure)
        for word, action in actions.words.items()
        if not word.isascii()
        for ending, measure in MEASURE_ENDINGS.items()
    }
    english = {f"{action}_{measure}": (action, measure) for action in actions.zh for measure in MEASURE_ENDINGS.values()}
    return {**names, **english}


def measure_name(action: str, measure: str, lang: str) -> str:
    """Return the name a measure is printed by."""
    if lang != "zh":
        return f"{action}_{measure}"
    ending = next(ending for ending, meant in MEASURE_ENDINGS.items() if meant == measure)
    return central_vocabulary().name("action", action) + ending


PLAIN_UNITS = {
    "percent": ("%", "%"),
    "percentage_points": ("个百分点", "percentage_points"),
    "points": ("分", "points"),
    "days": ("天", "days"),
    "count": ("", ""),
}
"""How each unit is printed when the draft uses no other word for it."""

UNIT_WORDS = {
    "%": ("percent", ""), "％": ("percent", ""), "percent": ("percent", ""), "百分点": ("percentage_points", ""),
    "个百分点": ("percentage_points", ""), "percentage_points": ("percentage_points", ""), "分": ("points", ""), "points": ("points", ""),
    "point": ("points", ""), "天": ("days", ""), "days": ("days", ""), "day": ("days", ""), "": ("count", ""),
}  # fmt: skip
"""Words for the units, each with its unit and the unit word kept."""


def unit_of(word: str) -> tuple[str, str]:
    """Return the unit a word stands for, and the unit word to keep."""
    if word in UNIT_WORDS:
        return UNIT_WORDS[word]
    if word in DURATION_UNITS:
        return "days", word
    return ("points" if word in POINT_UNITS else "count"), word


_AMOUNT = re.compile(r"([-−]?)(\d+(?:\.\d+)?) ?(.*)", re.DOTALL)


def read_amount(text: str) -> tuple[Decimal, str, str] | None:
    """Return value, unit and unit word of an amount as written; None when its number is too long to be one."""
    match = _AMOUNT.fullmatch(text)
    if match is None or len(match[2]) > LONGEST_NUMBER:
        return None
    value = Decimal(match[2])
    return (-value if match[1] else value, *unit_of(match[3]))


def amount_text(number: str, unit: str) -> str:
    """Return a number with its unit as the language writes them: a blank before an English word only."""
    return f"{number} {unit}" if unit[:1].isascii() and unit[:1].isalpha() else number + unit


ENGLISH_FREQUENCIES = {"daily": 1, "weekly": 7, "monthly": 30, "quarterly": 91, "half_yearly": 182, "yearly": 365}
PERIOD_WORDS = {"hour": "小时", "day": "天", "week": "周", "month": "月", "quarter": "季度", "year": "年"}
ENGLISH_PERIODS = {english: PERIOD_DAYS[chinese] for english, chinese in PERIOD_WORDS.items()}

_EVERY = re.compile(r"(?:每|every )(\d+(?:\.\d+)?) ?(\w+)")


def read_interval(word: str) -> Decimal | None:
    """Return the days between two times of a frequency such as 每周, 每3.5天, weekly; None when the word is none."""
    named = NAMES.get(word) or ENGLISH_FREQUENCIES.get(word.replace("-", "_").replace(" ", "_"))
    if named is not None:
        return Decimal(named)
    match = _EVERY.fullmatch(word)
    if match is not None:
        period = PERIOD_DAYS.get(match[2].removeprefix("个")) or ENGLISH_PERIODS.get(match[2].removesuffix("s"))
        if period is not None:
            return Decimal(match[1]) * period if Decimal(match[1]) > 0 else None
    normal = normalise(word).text
    found = find_frequencies(normal)
    return found[0].interval if len(found) == 1 and found[0].end - found[0].start == len(normal) and word.startswith("每") else None


def frequency_name(interval: Decimal, lang: str) -> str:
    """Return the word a frequency is printed by."""
    for name, days in (NAMES if lang == "zh" else ENGLISH_FREQUENCIES).items():
        if days == interval:
            return name
    number = plain_number(interval)
    return f"每{number}天" if lang == "zh" else f"every {number} days"


def frequency_in(word: str, lang: str) -> str:
    """Return a frequency in words of a language: 每2月 is `every 2 months`; as written where only a long fraction of days would do."""
    interval = read_interval(word)
    if interval is None:
        return word
    counted = _EVERY.fullmatch(word)
    named = interval in (NAMES if lang == "zh" else ENGLISH_FREQUENCIES).values()
    if counted and not named:
        period = interval / Decimal(counted[1])
        for english, chinese in PERIOD_WORDS.items():
            if PERIOD_DAYS[chinese] == period:
                return f"每{counted[1]}{chinese}" if lang == "zh" else f"every {counted[1]} {english}s"
    return frequency_name(interval, lang) if named or len(plain_number(interval)) <= LONGEST_FRACTION else word


def flag_name(flag: bool, lang: str) -> str:
    """Return the word a flag is printed by."""
    return ("是" if flag else "否") if lang == "zh" else ("yes" if flag else "no")


def plain_number(value: Decimal) -> str:
    """Return a decimal in digits, without exponent and without zeros at the end of its fraction."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
