"""A page of a PDF → its glyphs, ruling lines and pictures, in points from the upper left corner of what a viewer shows of it.

Stands where pdfplumber's page would: we need neither its objects for each character nor its tables, and they take most of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_pt, apply_matrix_rect

from assesslint.documents.printed.glyphs import UNKNOWN, Glyph, Page, letters
from assesslint.documents.printed.pdf_bounds import Clock
from assesslint.documents.printed.rulings import rules_of
from assesslint.text.location import Box

_INVISIBLE = 3
"""Rendering mode of text that is not painted, as under a scanned picture."""


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
    """What pdfminer paints a page on: `page`, a new one for each."""

    page: Page

    def __init__(self, fonts: PDFResourceManager, clock: Clock) -> None:
        super().__init__(fonts)
        self.clock = clock
        self._left = self._top = 0.0
        self._invisible = False

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        frame = Frame.of(page.mediabox, page.cropbox, page.rotate)
        self._left, bottom, right, self._top = apply_matrix_rect(ctm, (frame.left, frame.bottom, frame.right, frame.top))
        self.page.width, self.page.height = right - self._left, self._top - bottom

    def _box(self, rect: Rect) -> Box:
        left, bottom, right, top = rect
        return left - self._left, self._top - top, right - self._left, self._top - bottom

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:  # noqa: ARG002
        self.clock.tick()

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        self.clock.tick()
        if self.ctm:
            self.page.picture(self._box(apply_matrix_rect(self.ctm, (0, 0, 1, 1))))

    def paint_path(self, graphicstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]) -> None:  # noqa: ARG002
        self.clock.tick()
        if not self.ctm or not (stroke or fill):
            return
        start = here = (0.0, 0.0)
        strokes: list[tuple[tuple[float, float], tuple[float, float]]] = []
        for segment in path:
            there = start if segment[0] == "h" else apply_matrix_pt(self.ctm, segment[-2:])  # type: ignore[arg-type]
            if segment[0] == "m":
                start = there
            elif segment[0] in "lh":
                strokes.append((here, there))
            else:
                self.page.curves += 1
            here = there
        self.page.rule(map(self._box, rules_of(strokes, stroke)))

    def render_string(self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState) -> None:
        self._invisible = textstate.render == _INVISIBLE
        slanted = self.page.slanted
        slanted.append([])
        super().render_string(textstate, seq, ncs, graphicstate)
        if not slanted[-1]:
            slanted.pop()

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
        self.clock.tick()
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
            self.page.unseen += self._invisible
            upright = matrix[0] > 0 and abs(matrix[1]) < 0.1 * matrix[0]
            self.page.put(Glyph(letters(text), *self._box(apply_matrix_rect(matrix, rect))), upright)
        return advance


class Painter(PDFPageInterpreter):
    """Runs a page's operations; those without end are cut short by the clock."""

    device: Canvas

    def push(self, obj: object) -> None:
        self.device.clock.tick()
        super().push(obj)  # type: ignore[arg-type]
