"""Draft text → the one form the lexicon is written in, with a map back to every original character.

Wide letters and digits become ASCII, Chinese punctuation one kind each, traditional characters simplified ones; spaces inside
words, zero-width and direction characters go. Nothing that carries meaning is lost: a line end stays a line end.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u3164\uffa0"
    "\ufeff\ufff9\ufffa\ufffb"
)
"""Characters that show nothing and so can hide a word from a reader or a search."""

BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of text (Unicode Standard Annex 9): what is shown is not what is stored."""

PUNCTUATION = {
    mark: kept
    for kept, marks in {
        "，": ",",
        "；": ";",
        "：": ":∶︰",
        "！": "!",
        "？": "?",
        "（": "(〔【[",
        "）": ")〕】]",
        "。": "｡",
        "、": "､",
        "-": "﹣—–−ˉ",
        "“": "‘「『﹁〝",
        "”": "’」』﹂〞",
        "~": "～〜∼",
        "《": "〈",
        "》": "〉",
        "≥": "⩾≧",
        "≤": "≦⩽",
        "%": "﹪",
        "·": "•‧・",
    }.items()
    for mark in marks
}
"""Marks that mean the same, each to the one the lexicon is written with (the wide Chinese form where there is one)."""

VARIANTS = {
    "薹": "台", "帐": "账", "壹": "一", "贰": "二", "叁": "三", "肆": "四", "伍": "五", "柒": "七", "捌": "八", "玖": "九",
    "佰": "百", "仟": "千", "〇": "零", "○": "零",
}  # fmt: skip
"""Characters written for another, each to the one the lexicon is written with."""


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in normal form; `origin[i]` is the offset, in the text it was made from, of its character `i`.

    `origin` has one entry more than `text`, so that the end of the last character has a place too.
    """

    text: str
    origin: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original text behind `text[start:end]`."""
        if start >= end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1


TRADITIONAL_IN_GB2312 = frozenset("乾菸薹拚捱摺吒後徵夥榘於袷麴醣麽")
"""The characters of GB2312, a set of simplified ones, that have a simpler form all the same."""


@cache
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")


def _simplified(character: str) -> str:
    """Return the simplified form of a character; the converter is loaded only for one that may have another."""
    if character not in TRADITIONAL_IN_GB2312 and character.encode("gb2312", "ignore"):
        return character
    simplified: str = _converter().convert(character)
    return simplified


@cache
def _normal_character(character: str) -> str:
    """Return what stands for one character: usually one, none for an invisible one, several for ㈠ or ½."""
    if character in INVISIBLE or character in BIDI or "\ufe00" <= character <= "\ufe0f":
        return ""
    if character in PUNCTUATION or character == "…":
        return PUNCTUATION.get(character, character)
    folded = unicodedata.normalize("NFKC", character) if character > "\x7f" else character
    out = []
    for part in folded:
        mark = PUNCTUATION.get(part, part)
        if mark in VARIANTS:
            out.append(VARIANTS[mark])
        elif mark in "\u2028\u2029\x85\r":
            out.append("\n")
        elif mark in "\t\v\f":
            out.append(" ")
        elif "\ud800" <= mark <= "\udfff":
            out.append("\ufffd")
        elif mark >= "\u3400" and not "\ue000" <= mark <= "\uf8ff":
            simplified = _simplified(mark)
            out.append(VARIANTS.get(simplified, simplified))
        else:
            out.append(mark.lower() if mark.isascii() else mark)
    return "".join(out)


_GROUPED = re.compile(r"(?<=\d)，(?=[0-9]{3}(?!\d))")
"""A comma that groups the digits of a number, as in 1,000."""


def normalise(text: str) -> Normal:
    """Return `text` in normal form with its offset map.

    A space goes when it parts two Chinese characters, a Chinese character and a letter or digit, or the letters of a
    word spelled out (`A P P`); it stays, as one space, between two words or two numbers.
    """
    characters: list[str] = []
    origin: list[int] = []
    for at, character in enumerate(text):
        if character == "\r" and text.startswith("\n", at + 1):
            continue
        for part in _normal_character(character):
            characters.append(part)
            origin.append(at)
    for match in _GROUPED.finditer("".join(characters)):
        at = match.start()
        wide = text[origin[at]] != ","
        if wide == (text[origin[at - 1]] > "\x7f"):
            characters[at] = " "
    if " " not in characters:
        return Normal("".join(characters), (*origin, len(text)))
    kept: list[str] = []
    places: list[int] = []
    count = len(characters)
    index = 0
    while index < count:
        character = characters[index]
        if character == " ":
            stop = index
            while stop < count and characters[stop] == " ":
                stop += 1
            if _parts_words(characters, index, stop):
                kept.append(" ")
                places.append(origin[index])
            index = stop
            continue
        kept.append(character)
        places.append(origin[index])
        index += 1
    places.append(len(text))
    return Normal("".join(kept), tuple(places))


def _is_thousand(after: list[str]) -> bool:
    """Tell whether a comma before these characters groups digits, as in 1,000."""
    return len(after) >= 3 and all(c.isascii() and c.isdigit() for c in after[:3]) and not (len(after) > 3 and after[3].isdigit())


def _parts_words(characters: list[str], start: int, stop: int) -> bool:
    """Tell whether the spaces at `characters[start:stop]` part two words or numbers a reader would part."""
    before = characters[start - 1] if start else "\n"
    after = characters[stop] if stop < len(characters) else "\n"
    if not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum()):
        return False
    if before.isdigit() and after.isdigit() and start + 1 == stop and _is_thousand(characters[stop : stop + 4]):
        return False
    spelled = before.isalpha() and after.isalpha() and not _is_letter(characters, start - 2) and not _is_letter(characters, stop + 1)
    return not spelled


def _is_letter(characters: list[str], at: int) -> bool:
    return 0 <= at < len(characters) and characters[at].isascii() and characters[at].isalpha()
