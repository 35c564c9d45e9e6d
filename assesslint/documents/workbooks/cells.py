"""Addresses of cells (D5, A1:C3) ↔ rows and columns, each from 1."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Of a sheet of Excel."""

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells, its edges inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def is_number(text: str) -> bool:
    """Tell whether a text is a whole number of a size that occurs in workbooks."""
    return text.isascii() and text.isdigit() and len(text) < 10


@lru_cache(maxsize=LAST_COLUMN)
def column_name(column: int) -> str:
    """Return the letters of a column: 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=LAST_COLUMN)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    return f"{column_name(column)}{row}"


def row_and_column(text: str) -> tuple[int, int] | None:
    """Return the row and column of an address; None for what is none, or lies beyond the last cell."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    row, column = int(match[2]), _column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def area(text: str) -> Area | None:
    """Return the area that `A1:C3` names, or None."""
    first, _, last = text.partition(":")
    start, end = row_and_column(first), row_and_column(last or first)
    if start is None or end is None:
        return None
    (top, left), (bottom, right) = start, end
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def between(numbers: Sequence[int], first: int, last: int) -> Sequence[int]:
    """Return those of sorted numbers that lie between two, both included."""
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]


def ranges(numbers: Iterable[int]) -> list[str]:
    """Return numbers in order, each unbroken run as one: 5, 8–12."""
    found = []
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        found.append(str(members[0]) if len(members) == 1 else f"{members[0]}–{members[-1]}")
    return found


def named(names: Sequence[str], most: int) -> tuple[str, str]:
    """Return names as words in Chinese and in English, those beyond `most` only counted."""
    more = len(names) - most
    zh, en = "、".join(names[:most]), ", ".join(names[:most])
    return (f"{zh} 等 {len(names)} 处", f"{en} and {more} more") if more > 0 else (zh, en)
