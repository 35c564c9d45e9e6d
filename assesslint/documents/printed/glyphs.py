"""What is printed on a page: its glyphs, ruling lines and pictures, as a reader of PDF or OFD files finds them, whatever drew them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import normalize

from assesslint.text.location import Box

UNKNOWN = "\ufffd"
"""Stands for a glyph whose character the file does not tell."""

_RADICALS = dict(
    zip("⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻮⻰⻳", "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟黄齐齿龙龟", strict=True)
)
_BULLETS = dict.fromkeys("\uf06c\uf06e\uf075\uf076\uf0a7\uf0a8\uf0b2\uf0b7\uf0d8\uf0fc", "●")
_PLAIN = str.maketrans({chr(code): normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | _RADICALS | _BULLETS)
"""Fonts often tell the radical where the character is meant, and symbol fonts a place of their own for a bullet."""


_FARTHEST = 100_000.0
"""Points; what a broken file puts farther away, or nowhere, is on no page."""


class Glyph(NamedTuple):
    """A printed character, with its edges in points from the upper left corner of the page. `text` may be several letters drawn as one."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def box(self) -> Box:
        return self[1:]

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(slots=True)
class Page:
    """One page, counted from 1; all measures in points.

    `glyphs` stand upright on the page, `slanted` are strings that do not, `outside` what nobody sees. `rules` are thin boxes.
    `curves` counts bent lines, `unseen` glyphs that are not painted, as those recognised under a scanned picture are.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    slanted: list[list[Glyph]] = field(default_factory=list)
    outside: list[Glyph] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    curves: int = 0
    unseen: int = 0

    def put(self, glyph: Glyph, upright: bool) -> None:
        """Add a glyph where it belongs; one that does not stand upright goes on with the last string that was begun."""
        x, y = glyph.middle
        if not (0 <= x <= self.width and 0 <= y <= self.height and _is_sane(glyph.box)):
            self.outside.append(glyph)
        elif upright:
            self.glyphs.append(glyph)
        else:
            self.slanted[-1].append(glyph)

    def rule(self, boxes: Iterable[Box]) -> None:
        """Add ruling lines."""
        self.rules += filter(_is_sane, boxes)

    def picture(self, box: Box) -> None:
        if _is_sane(box):
            self.pictures.append(box)


def _is_sane(box: Box) -> bool:
    return all(-_FARTHEST < edge < _FARTHEST for edge in box)


def letters(text: str) -> str:
    """Return the letters of a glyph; those that no reader would know as letters become UNKNOWN."""
    plain = text.translate(_PLAIN)
    if plain.isprintable() and not "\ue000" <= plain[0] <= "\uf8ff":
        return plain
    return " " if plain.isspace() else UNKNOWN


def bounds(points: Sequence[tuple[float, float]]) -> Box:
    """Return the box that holds these points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
