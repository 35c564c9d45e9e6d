"""A page of a PDF → its glyphs, ruling lines and pictures, in points from the upper left corner of what a viewer shows of it.

Stands where pdfplumber's page would: we need neither its objects for each character nor its tables, and they take most of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_pt, apply_matrix_rect

from assesslint.documents.pages import Glyph
from assesslint.documents.pdf_bounds import Clock
from assesslint.text.location import Box

_THIN = 3.0
"""Points; a filled box so thin is a line."""
_STRAIGHT = 0.5
"""Points by which a line may slant and still be one along the page."""
_INVISIBLE = 3
"""Rendering mode of text that is not painted, as under a scanned picture."""
UNKNOWN = "\ufffd"
"""Stands for a glyph whose character the file does not tell."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a viewer shows of a page: left, bottom, right and top in the file's own coordinates, and by how many degrees it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    angle: int

    @classmethod
    def of(cls, mediabox: Sequence[float], cropbox: Sequence[float], angle: int) -> Frame:
        """Return the frame of a page with these entries; a cropped page shows what lies within both boxes."""
        left, bottom = max(mediabox[0], cropbox[0]), max(mediabox[1], cropbox[1])
        right, top = min(mediabox[2], cropbox[2]), min(mediabox[3], cropbox[3])
        if left >= right or bottom >= top:
            left, bottom, right, top = mediabox
        return cls(left, bottom, right, top, angle % 360)

    def in_file(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point stands in the file that is shown at `x`, `y` from the upper left corner."""
        if self.angle == 90:
            return self.left + y, self.bottom + x
        if self.angle == 180:
            return self.right - x, self.bottom + y
        if self.angle == 270:
            return self.right - y, self.top - x
        return self.left + x, self.top - y


class Canvas(PDFTextDevice):
    """What pdfminer paints a page on. `slanted` are glyphs that do not stand upright, one list for each string painted."""

    def __init__(self, fonts: PDFResourceManager, clock: Clock) -> None:
        super().__init__(fonts)
        self._clock = clock
        self._invisible = False
        self.width = self.height = 0.0
        self._left = self._top = 0.0
        self._clear()

    def _clear(self) -> None:
        self.glyphs: list[Glyph] = []
        self.slanted: list[list[Glyph]] = []
        self.outside: list[Glyph] = []
        self.rules: list[Box] = []
        self.pictures: list[Box] = []
        self.curves = 0
        self.unseen = 0

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        self._clear()
        frame = Frame.of(page.mediabox, page.cropbox, page.rotate)
        left, bottom, right, top = apply_matrix_rect(ctm, (frame.left, frame.bottom, frame.right, frame.top))
        self.width, self.height = right - left, top - bottom
        self._left, self._top = left, top

    def _box(self, rect: Rect) -> Box:
        left, bottom, right, top = rect
        return left - self._left, self._top - top, right - self._left, self._top - bottom

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:  # noqa: ARG002
        self._clock.tick()

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        self._clock.tick()
        if self.ctm:
            self.pictures.append(self._box(apply_matrix_rect(self.ctm, (0, 0, 1, 1))))

    def paint_path(self, graphicstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]) -> None:  # noqa: ARG002
        self._clock.tick()
        if not self.ctm or not (stroke or fill):
            return
        start = here = (0.0, 0.0)
        lines: list[tuple[tuple[float, float], tuple[float, float]]] = []
        for segment in path:
            if segment[0] == "m":
                start = here = apply_matrix_pt(self.ctm, segment[1:])  # type: ignore[arg-type]
            elif segment[0] == "l":
                there = apply_matrix_pt(self.ctm, segment[1:])  # type: ignore[arg-type]
                lines.append((here, there))
                here = there
            elif segment[0] == "h":
                lines.append((here, start))
                here = start
            else:
                self.curves += 1
                here = apply_matrix_pt(self.ctm, segment[-2:])  # type: ignore[arg-type]
        boxes = [(min(x, end_x), min(y, end_y), max(x, end_x), max(y, end_y)) for (x, y), (end_x, end_y) in lines]
        if stroke:
            self.rules += (self._box(box) for box in boxes if min(box[2] - box[0], box[3] - box[1]) <= _STRAIGHT)
        elif boxes:
            lefts, bottoms, rights, tops = zip(*boxes, strict=True)
            whole = min(lefts), min(bottoms), max(rights), max(tops)
            if min(whole[2] - whole[0], whole[3] - whole[1]) <= _THIN:
                self.rules.append(self._box(whole))

    def render_string(self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState) -> None:
        self._invisible = textstate.render == _INVISIBLE
        self.slanted.append([])
        super().render_string(textstate, seq, ncs, graphicstate)
        if not self.slanted[-1]:
            self.slanted.pop()

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,  # noqa: ARG002
        graphicstate: PDFGraphicState,  # noqa: ARG002
    ) -> float:
        self._clock.tick()
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = UNKNOWN
        advance = font.char_width(cid) * fontsize * scaling
        if font.is_vertical():
            across, down = font.char_disp(cid)  # type: ignore[misc]
            left = -fontsize * 0.5 if across is None else -across * fontsize * 0.001
            top = (1000 - down) * fontsize * 0.001 + rise
            rect = (left, top + advance, left + fontsize, top)
        else:
            bottom = font.get_descent() * fontsize + rise
            rect = (0, bottom, advance, bottom + fontsize)
        if text:
            box = self._box(apply_matrix_rect(matrix, rect))
            self._place(Glyph(_plain(text), *box), matrix)
        return advance

    def _place(self, glyph: Glyph, matrix: Matrix) -> None:
        self.unseen += self._invisible
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        along, rising = abs(matrix[0]), abs(matrix[1])
        if not (0 <= x <= self.width and 0 <= y <= self.height):
            self.outside.append(glyph)
        elif matrix[0] > 0 and rising < 0.1 * along:
            self.glyphs.append(glyph)
        else:
            self.slanted[-1].append(glyph)


class Painter(PDFPageInterpreter):
    """Runs a page's operations; those without end are cut short by the clock."""

    device: Canvas

    def push(self, obj: object) -> None:
        self.device._clock.tick()
        super().push(obj)  # type: ignore[arg-type]


_RADICALS = dict(
    zip("⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻮⻰⻳", "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟黄齐齿龙龟", strict=True)
)
_BULLETS = dict.fromkeys("\uf06c\uf06e\uf075\uf076\uf0a7\uf0a8\uf0b2\uf0b7\uf0d8\uf0fc", "●")
_PLAIN = str.maketrans({chr(code): normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | _RADICALS | _BULLETS)
"""Fonts often tell the radical where the character is meant, and symbol fonts a place of their own for a bullet."""


def _plain(text: str) -> str:
    """Return the letters of a glyph; those that no reader would know as letters become UNKNOWN."""
    plain = text.translate(_PLAIN)
    if plain.isprintable() and not "\ue000" <= plain[0] <= "\uf8ff":
        return plain
    return " " if plain.isspace() else UNKNOWN
