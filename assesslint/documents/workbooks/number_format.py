"""A number in a cell and its number format → what Excel shows: 0.5 under `0%` is 50%, 10 under `0"分"` is 10分, 45658 is a day.

The formats are those of ECMA-376, 18.8.31, as a Chinese Excel shows them. Not followed: `[DBNum1]` (figures written in Chinese; 1 stays
1), colours, and the width of the column.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from fractions import Fraction
from functools import cached_property, lru_cache

GENERAL = "General"

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0", 42: "¥#,##0;-¥#,##0", 43: "#,##0.00;-#,##0.00",
    44: "¥#,##0.00;-¥#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that a file names by number only; any other such number is General."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<half>(?i:AM/PM|A/P)|上午/下午)|(?P<general>(?i:general)|G/通用格式)|(?P<exponent>[Ee][+-])"
    r"|(?P<letters>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|a{3,4}|e+)|(?P<digit>[0#?])|(?P<mark>[.,%/@;])|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_ELAPSED = re.compile(r"(?i:h+|m+|s+)")
_FRACTION = re.compile(r"(?P<whole>[0#?]+ +)?[0#?]+ */ *(?P<denominator>[0#?]+|[1-9]\d*)")

_SIGNIFICANT = 15
"""Digits that Excel keeps of a number."""
_LARGEST_PLAIN = Decimal(10) ** 11
_SMALLEST_PLAIN = Decimal(10) ** -9
_PLAIN_DIGITS = 10
_LAST_DAY = 2_958_466
"""The first day after the year 9999, counted as Excel counts."""
_LONGEST_FORMAT = 255
"""Longer than any that Excel takes."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def shown_number(value: str, code: str, days_from_1904: bool = False) -> str:
    """Return what a number, as the file writes it, shows under a format; what is no number comes back as it is."""
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 400:
        return value
    with localcontext(prec=_SIGNIFICANT, rounding=ROUND_HALF_UP):
        number = +number
    return _compiled(code).number(number, days_from_1904)


def shown_text(text: str, code: str) -> str:
    """Return what a text shows under a format: `@"分"` adds a word, `;;;` shows nothing."""
    return _compiled(code).text(text)


@lru_cache(maxsize=1024)
def _compiled(code: str) -> _Format:
    return _Format(tuple(_sections(code if len(code) <= _LONGEST_FORMAT else GENERAL)))


@dataclass(frozen=True)
class _Section:
    """One of the parts between semicolons; `tokens` are kind and text: digit, literal, letters (of a date), elapsed …"""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None

    def holds(self, number: Decimal) -> bool:
        return self.condition is None or _COMPARE[self.condition[0]](number, self.condition[1])

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self.tokens)

    @cached_property
    def marks(self) -> str:
        return "".join(text for kind, text in self.tokens if kind == "mark")

    @property
    def is_date(self) -> bool:
        return bool(self.kinds & {"letters", "elapsed"})


def _sections(code: str) -> Iterator[_Section]:
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, Decimal] | None = None
    for match in _TOKEN.finditer(code):
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "mark" and text == ";":
            yield _Section(tuple(tokens), condition)
            tokens, condition = [], None
        elif kind == "bracket":
            if found := _CONDITION.fullmatch(text):
                condition = found[1], Decimal(found[2])
            elif text.startswith("$"):
                tokens.append(("literal", text[1:].partition("-")[0]))
            elif _ELAPSED.fullmatch(text):
                tokens.append(("elapsed", text.lower()))
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(("literal", text))
        elif kind == "space":
            tokens.append(("literal", " "))
        elif kind != "fill":
            tokens.append((kind, text.lower() if kind == "letters" else text))
    yield _Section(tuple(tokens), condition)


@dataclass(frozen=True)
class _Format:
    sections: tuple[_Section, ...] = field(default=())

    def text(self, text: str) -> str:
        holding = [section for section in self.sections if "@" in section.marks]
        if not holding:
            return "" if len(self.sections) > 3 else text
        return "".join(text if token == ("mark", "@") else token[1] for token in holding[-1].tokens)

    def number(self, number: Decimal, days_from_1904: bool) -> str:
        section, value = self._section(number)
        if section is None:
            return general(number)
        if not section.tokens:
            return "" if len(self.sections) > 1 else general(number)
        if section.is_date:
            return _date(section.tokens, number, days_from_1904)
        if "@" in section.marks:
            return "".join(general(number) if token == ("mark", "@") else token[1] for token in section.tokens)
        if "general" in section.kinds:
            return "".join(general(value) if kind == "general" else text for kind, text in section.tokens)
        sign = "-" if value < 0 else ""
        if "/" in section.marks and (found := _fraction(section.tokens, abs(value))):
            return sign + found
        shown = _scientific(section.tokens, abs(value)) if "exponent" in section.kinds else _decimal(section.tokens, abs(value))
        return sign + shown if re.search("[1-9]", shown) or "digit" not in section.kinds else shown

    def _section(self, number: Decimal) -> tuple[_Section | None, Decimal]:
        """Return the section a number is shown by, and the number, without its sign where the section writes the sign itself."""
        numeric = self.sections[:3]
        if any(section.condition for section in numeric):
            section = next((section for section in numeric if section.holds(number)), None)
            relation, bound = section.condition if section and section.condition else ("", Decimal(0))
            return section, abs(number) if relation in ("<", "<=") and bound <= 0 else number
        if number < 0 and len(numeric) > 1:
            return numeric[1], -number
        return numeric[2 if number == 0 and len(numeric) > 2 else 0], number


def general(number: Decimal) -> str:
    """Return a number as a cell without a format shows it."""
    size = abs(number)
    if size == 0:
        return "0"
    if size >= _LARGEST_PLAIN or size < _SMALLEST_PLAIN:
        with localcontext(prec=6, rounding=ROUND_HALF_UP):
            digits, _, exponent = f"{+number:E}".partition("E")
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return f"{digits}E{int(exponent):+03d}"
    places = max(0, _PLAIN_DIGITS - max(1, size.adjusted() + 1))
    text = f"{_rounded(number, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(number: Decimal, places: int) -> Decimal:
    with localcontext(prec=500, rounding=ROUND_HALF_UP):
        return number.quantize(Decimal(1).scaleb(-places))


def _decimal(tokens: tuple[tuple[str, str], ...], number: Decimal) -> str:
    """Fill the digits of a number into the places for them, from the point to both sides; literals stay where they are."""
    point = next((at for at, token in enumerate(tokens) if token == ("mark", ".")), len(tokens))
    last = max((at for at in range(point) if tokens[at][0] == "digit"), default=-1)
    commas = [at for at, token in enumerate(tokens) if token == ("mark", ",")]
    grouped = any(at < last for at in commas)
    scale = 2 * sum(token == ("mark", "%") for token in tokens) - 3 * sum(at > last for at in commas)
    after = [text for kind, text in tokens[point:] if kind == "digit"]
    whole, _, part = f"{_rounded(number.scaleb(scale), len(after)):f}".partition(".")
    part = _without_last_zeros(part, after)
    integer = _integer(tokens[:point], "" if whole == "0" else whole, grouped)
    rest: list[str] = []
    digits = iter(part)
    for kind, text in tokens[point:]:
        if kind == "digit":
            rest.append(next(digits, ""))
        elif kind != "mark" or text in ("%", "."):
            rest.append("" if text == "." and kind == "mark" and not part else text)
    return integer + "".join(rest)


def _without_last_zeros(part: str, places: list[str]) -> str:
    while part and part[-1] == "0" and places[len(part) - 1] != "0":
        part = part[:-1]
    return part


def _integer(tokens: tuple[tuple[str, str], ...], digits: str, grouped: bool) -> str:
    """Fill the digits before the point from the right; the first place for a digit takes all that are left."""
    first = next((at for at, (kind, _) in enumerate(tokens) if kind == "digit"), -1)
    shown: list[str] = []
    written = 0
    for at in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[at]
        if kind == "digit":
            taken = digits if at == first else digits[-1:]
            digits = digits[: len(digits) - len(taken)]
            for digit in reversed(taken or ("0" if text == "0" else "")):
                if grouped and written and written % 3 == 0:
                    shown.append(",")
                shown.append(digit)
                written += 1
        elif kind != "mark" or text == "%":
            shown.append(text)
    return "".join(reversed(shown))


def _scientific(tokens: tuple[tuple[str, str], ...], number: Decimal) -> str:
    at = next(at for at, (kind, _) in enumerate(tokens) if kind == "exponent")
    mantissa = tokens[:at]
    point = next((place for place, token in enumerate(mantissa) if token == ("mark", ".")), len(mantissa))
    step = max(1, sum(kind == "digit" for kind, _ in mantissa[:point]))
    places = sum(kind == "digit" for kind, _ in mantissa[point:])
    exponent = number.adjusted() // step * step if number else 0
    if number and _rounded(number.scaleb(-exponent), places) >= Decimal(10) ** step:
        exponent += step
    width = sum(kind == "digit" for kind, _ in tokens[at + 1 :])
    sign = "-" if exponent < 0 else "+" if tokens[at][1][1] == "+" else ""
    rest = "".join(text for kind, text in tokens[at + 1 :] if kind == "literal")
    return f"{_decimal(mantissa, number.scaleb(-exponent))}E{sign}{abs(exponent):0{width}d}{rest}"


def _fraction(tokens: tuple[tuple[str, str], ...], number: Decimal) -> str:
    """Return a number as `1 1/2`, or nothing where the slash belongs to no fraction."""
    code = "".join(text for _, text in tokens)
    match = _FRACTION.search(code)
    if match is None:
        return ""
    bottom = match["denominator"]
    if bottom[0] in "0#?":
        over, under = Fraction(number).limit_denominator(10 ** min(len(bottom), 7) - 1).as_integer_ratio()
    else:
        over, under = round(Fraction(number) * int(bottom)), int(bottom)
    whole, over = divmod(over, under) if match["whole"] else (0, over)
    shown = f"{over}/{under}" if over or not match["whole"] else ""
    words = " ".join(filter(None, (str(whole) if whole or not shown else "", shown)))
    return code[: match.start()] + words + code[match.end() :]


def _date(tokens: tuple[tuple[str, str], ...], number: Decimal, days_from_1904: bool) -> str:
    days = number + (1462 if days_from_1904 else 0)
    if not 0 <= days < _LAST_DAY:
        return general(number)
    if days < 61 and not days_from_1904:
        days += 1  # Excel counts a 29th of February 1900, which never was
    seconds = days * 86_400
    fractional = any(kind == "digit" for kind, _ in tokens)
    moment = datetime(1899, 12, 30) + timedelta(milliseconds=int(_rounded(seconds * 1000, 0)))
    if not fractional and moment.microsecond >= 500_000:
        moment += timedelta(seconds=1)
    twelve = any(kind == "half" for kind, _ in tokens)
    shown: list[str] = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "letters":
            shown.append(_date_part(text, moment, twelve, minutes=text[0] == "m" and len(text) < 3 and _is_minute(tokens, at)))
        elif kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
            shown.append(f"{int(number * 86_400 + Decimal('0.0005')) // unit:0{len(text)}d}")
        elif kind == "half":
            first, second = text.split("/")
            shown.append(first if moment.hour < 12 else second)
        elif kind == "digit":
            nth = sum(kind == "digit" for kind, _ in tokens[:at])
            shown.append(f"{moment.microsecond:06d}"[nth : nth + 1])
        elif kind != "exponent":
            shown.append(text)
    return "".join(shown)


def _is_minute(tokens: tuple[tuple[str, str], ...], at: int) -> bool:
    """Tell whether `m` are minutes: they follow hours or come before seconds."""
    return _nearest(reversed(tokens[:at])) == "h" or _nearest(tokens[at + 1 :]) == "s"


def _nearest(tokens: Iterable[tuple[str, str]]) -> str:
    return next((text[0] for kind, text in tokens if kind in ("letters", "elapsed")), "")


def _date_part(letters: str, moment: datetime, twelve: bool, minutes: bool) -> str:
    count = len(letters)
    match letters[0]:
        case "y" if count < 3:
            return f"{moment.year % 100:02d}"
        case "y" | "e":
            return str(moment.year)
        case "m" if minutes:
            return f"{moment.minute:0{min(count, 2)}d}"
        case "m" if count > 2:
            name = _MONTHS[moment.month - 1]
            return name if count == 4 else name[:1] if count == 5 else name[:3]
        case "m":
            return f"{moment.month:0{count}d}"
        case "d" if count > 2:
            name = _DAYS[moment.weekday()]
            return name if count > 3 else name[:3]
        case "d":
            return f"{moment.day:0{count}d}"
        case "a":
            return ("星期" if count > 3 else "周") + "一二三四五六日"[moment.weekday()]
        case "h":
            hour = (moment.hour % 12 or 12) if twelve else moment.hour
            return f"{hour:0{min(count, 2)}d}"
        case _:
            return f"{moment.second:0{min(count, 2)}d}"
