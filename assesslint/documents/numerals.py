"""A number and how a list writes it, in the names of Word (w:numFmt) → the numeral as it is shown: 3 → 三, 3., ③, III, c, 丙."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"))
_ALPHABET = 26
_LARGEST_ROMAN = 32_767
_MOST_LETTERS = 30
"""Word repeats a letter after z: aa, bb; no list goes on that long."""


def numeral(number: int, form: str) -> str:
    """Return the numeral; in Arabic digits where the form is unknown or has none for this number."""
    return (FORMS.get(form, str)(number) if number >= 0 else "") or str(number)


def counted(number: int, digits: str = "零" + _DIGITS[1:], units: str = "十百千", myriad: str = "万") -> str:
    """Return a number in words: 21 → 二十一, 105 → 一百零五."""
    if number >= 10_000:
        whole, rest = divmod(number, 10_000)
        gap = digits[0] if 0 < rest < 1_000 else ""
        return counted(whole, digits, units, myriad) + myriad + gap + (counted_below(rest, digits, units) if rest else "")
    words = counted_below(number, digits, units)
    return words[1:] if 10 <= number < 20 and units[0] == "十" else words


def counted_below(number: int, digits: str, units: str) -> str:
    """Return a number below 10,000 in words; 12 → 一十二."""
    words = ""
    for place, digit in enumerate(reversed(f"{number}")):
        if digit != "0":
            words = digits[int(digit)] + (units[place - 1] if place else "") + words
        elif words and not words.startswith(digits[0]):
            words = digits[0] + words
    return words or digits[0]


def _one_by_one(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    words = ""
    if 0 < number <= _LARGEST_ROMAN:
        for value, letters in (*_ROMAN, (4, "iv"), (1, "i")):
            words += letters * (number // value)
            number %= value
    return words


def _letter(number: int) -> str:
    times, at = divmod(number - 1, _ALPHABET)
    return chr(ord("a") + at) * (times + 1) if 0 < number <= _ALPHABET * _MOST_LETTERS else ""


def _row(*starts: tuple[int, int, int]) -> Callable[[int], str]:
    """Return a form that has characters of their own: (first number, last number, code point of the first)."""
    return lambda number: next((chr(code + number - first) for first, last, code in starts if first <= number <= last), "")


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)] if number > 0 else ""


def _wide(number: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in str(number))


def _ordinal(number: int) -> str:
    return f"{number}" + ("th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th"))


_circled = _row((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1), (0, 0, 0x24EA))
_circled_words = _row((1, 10, 0x3280))


def _formal(number: int) -> str:
    return counted(number, _FORMAL_DIGITS, "拾佰仟", "万")


FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "chineseCounting": counted,
    "chineseCountingThousand": counted,
    "taiwaneseCounting": counted,
    "taiwaneseCountingThousand": counted,
    "japaneseCounting": counted,
    "ideographDigital": _one_by_one,
    "japaneseDigitalTenThousand": _one_by_one,
    "taiwaneseDigital": _one_by_one,
    "chineseLegalSimplified": _formal,
    "japaneseLegal": _formal,
    "ideographLegalTraditional": lambda number: counted(number, _FORMAL_TRADITIONAL_DIGITS, "拾佰仟", "萬"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _cycle(_STEMS)(number) + _cycle(_BRANCHES)(number),
    "ideographEnclosedCircle": _circled_words,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _row((1, 20, 0x2488)),
    "decimalEnclosedParen": _row((1, 20, 0x2474)),
}
"""Who writes which form. A form a number has no numeral in gives nothing."""
