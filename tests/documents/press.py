"""Paragraphs and tables → printed pages, as an office program lays them out: wrapped, ruled, broken over pages; the pages as PDF or OFD.

No program is needed: the files name a Chinese font and hold none.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from assesslint.documents.printed.glyphs import Glyph, Page

A4 = (595.0, 842.0)
LEFT, TOP, RIGHT, BOTTOM = 79.0, 105.0, 521.0, 743.0
"""Edges of the text on a page laid out after GB/T 9704."""
PADDING = 5.0
CLOSING = "，。；：、）”"
"""Signs that begin no line; one of them may hang over its end."""


@dataclass(frozen=True)
class Text:
    """A string printed at once: where its upper left corner is, how high its characters are."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True)
class Stroke:
    x: float
    y: float
    end_x: float
    end_y: float


@dataclass
class Sheet:
    """One page, in points from its upper left corner."""

    width: float = A4[0]
    height: float = A4[1]
    texts: list[Text] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)


@dataclass(frozen=True)
class Span:
    """How many rows and columns a merged cell takes."""

    down: int = 1
    across: int = 1


def width_of(text: str, size: float) -> float:
    return sum(size if character >= "\u2e80" or character in "“”‘’…—" else size / 2 for character in text)


def wrapped(text: str, width: float, size: float, indent: float = 0) -> list[str]:
    """Return the lines of a text, no number broken and none beginning with a closing sign; `indent` is that of its first."""
    lines = []
    for part in text.split("\n"):
        line, room = "", width - indent
        for word in re.findall(r"[\d.%]+|[A-Za-z]+|.", part):
            if line and width_of(line + word, size) > room and (word not in CLOSING or width_of(line, size) > room):
                kept = len(line.rstrip(CLOSING)) - 1 if word in CLOSING else len(line)
                lines.append(line[:kept])
                line, room = line[kept:], width
            line += word
        lines.append(line)
        indent = 0
    return lines


class Press:
    """Prints one thing under another, on as many pages as it takes."""

    def __init__(self, header: str = "", footer: Callable[[int], str] | None = None, top: float = TOP) -> None:
        self.sheets: list[Sheet] = []
        self._header, self._footer, self._top = header, footer, top
        self._new_sheet()

    def _new_sheet(self) -> None:
        self.sheet = Sheet()
        self.sheets.append(self.sheet)
        self.y = self._top
        if self._header:
            self.sheet.texts.append(Text(LEFT, 50, 10, self._header))
        if self._footer:
            text = self._footer(len(self.sheets))
            self.sheet.texts.append(Text((A4[0] - width_of(text, 12)) / 2, 780, 12, text))

    def new_page(self) -> None:
        self._new_sheet()

    def title(self, text: str, size: float = 22) -> None:
        for line in wrapped(text, RIGHT - LEFT, size):
            self._line(line, (LEFT + RIGHT - width_of(line, size)) / 2, size)

    def paragraph(self, text: str, size: float = 16, indent: float = 2) -> None:
        for number, line in enumerate(wrapped(text, RIGHT - LEFT, size, indent * size)):
            self._line(line, LEFT + (0 if number else indent * size), size)

    def _line(self, line: str, x: float, size: float) -> None:
        if self.y + size > BOTTOM:
            self._new_sheet()
        self.sheet.texts.append(Text(x, self.y, size, line))
        self.y += size * 1.75

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], spans: dict[tuple[int, int], Span] | None = None, *,
              size: float = 12, repeat_head: bool = False, cut_rows: bool = True, sides: bool = True) -> None:  # fmt: skip
        """Print rows in columns of these widths; a row that does not fit is cut at the end of the page, or moved to the next."""
        spans = spans or {}
        edges = [LEFT]
        for width in widths:
            edges.append(edges[-1] + width)
        hidden = {(r + i, c + j) for (r, c), s in spans.items() for i in range(s.down) for j in range(s.across)} - spans.keys()
        pitch = size * 1.4
        lines = {
            (r, c): wrapped(text, edges[min(c + spans.get((r, c), Span()).across, len(widths))] - edges[c] - 2 * PADDING, size)
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
            if (r, c) not in hidden and text
        }
        heights = [
            max([len(lines.get((r, c), [])) for c in range(len(widths)) if spans.get((r, c), Span()).down == 1] or [1]) or 1
            for r in range(len(rows))
        ]
        for (r, c), span in spans.items():
            missing = len(lines.get((r, c), [])) - sum(heights[r : r + span.down])
            heights[r + span.down - 1] += max(0, missing)
        open_cells: dict[int, list[str]] = {}
        for r in range(len(rows)):
            for c in range(len(widths)):
                if (r, c) in lines:
                    open_cells[c] = list(lines[r, c])
                elif (r, c) not in hidden:
                    open_cells.pop(c, None)
            left = heights[r]
            while left:
                fits = int((BOTTOM - self.y - 2 * PADDING) // pitch)
                if fits < (1 if cut_rows and r else left) and self.y > self._top:
                    self._new_sheet()
                    if repeat_head and r:
                        head = {c: list(lines[0, c]) for c in range(len(widths)) if (0, c) in lines}
                        self._band(0, heights[0], head, edges, spans, pitch, size, first=True, last=True, sides=sides)
                    continue
                taken = max(1, min(fits, left))
                if 1 in (taken, left - taken) and left > 1 and self.y > self._top:
                    self.y = BOTTOM  # no line of a row is left alone
                    continue
                first, last = left == heights[r], left == taken
                self._band(r, taken, open_cells, edges, spans, pitch, size, first=first, last=last, sides=sides)
                left -= taken
        self.y += size

    def _band(self, r: int, count: int, cells: dict[int, list[str]], edges: list[float], spans: dict[tuple[int, int], Span],
              pitch: float, size: float, *, first: bool, last: bool, sides: bool) -> None:  # fmt: skip
        """Print `count` lines of a row with the rules around it; the next lines of each cell are taken from `cells`."""
        top, bottom = self.y, self.y + count * pitch + 2 * PADDING
        at_page_end = bottom + pitch + 2 * PADDING > BOTTOM or not last
        owner = {(a + i, b + j): (a, b) for (a, b), s in spans.items() for i in range(s.down) for j in range(s.across)}
        for c in range(len(edges) - 1):
            here = owner.get((r, c), (r, c))
            above, before = owner.get((r - 1, c), (r - 1, c)), owner.get((r, c - 1), (r, c - 1))
            if above != here or self.y == self._top or not first:
                self.sheet.strokes.append(Stroke(edges[c], top, edges[c + 1], top))
            if owner.get((r + 1, c), (r + 1, c)) != here or at_page_end:
                self.sheet.strokes.append(Stroke(edges[c], bottom, edges[c + 1], bottom))
            if (before != here and c) or (c == 0 and sides):
                self.sheet.strokes.append(Stroke(edges[c], top, edges[c], bottom))
            waiting = cells.get(c, [])
            for number in range(min(count, len(waiting))):
                self.sheet.texts.append(Text(edges[c] + PADDING, top + PADDING + number * pitch, size, waiting[number]))
            del waiting[:count]
        if sides:
            self.sheet.strokes.append(Stroke(edges[-1], top, edges[-1], bottom))
        self.y = bottom


FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    b"/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
    b"/Descent -120/CapHeight 880/StemV 90>>>>]>>"
)
"""Chinese characters a height wide, letters and digits half of it; nothing of it is embedded."""


def content(sheet: Sheet) -> bytes:
    """Return the operations that print a sheet."""
    parts = [f"{s.x:.2f} {sheet.height - s.y:.2f} m {s.end_x:.2f} {sheet.height - s.end_y:.2f} l S" for s in sheet.strokes]
    for text in sheet.texts:
        baseline = sheet.height - text.y - 0.88 * text.size
        parts.append(f"BT /F1 {text.size:g} Tf {text.x:.2f} {baseline:.2f} Td <{text.text.encode('utf-16-be').hex()}> Tj ET")
    return "\n".join(parts).encode()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def pdf(sheets: Sequence[Sheet], *, page_entries: bytes = b"", objects: Sequence[bytes] = (), font: bytes = FONT) -> bytes:
    """Return a PDF of the sheets; `page_entries` stand in every page's dictionary, `objects` are numbered from 4 on."""
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"", font, *objects]
    kids = []
    for sheet in sheets:
        bodies.append(stream(zlib.compress(content(sheet)), b"/Filter/FlateDecode"))
        box = f"[0 0 {sheet.width:g} {sheet.height:g}]".encode()
        resources = b"" if b"/Resources" in page_entries else b"/Resources<</Font<</F1 3 0 R>>>>"
        bodies.append(b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents %d 0 R%s%s>>" % (box, len(bodies), resources, page_entries))
        kids.append(b"%d 0 R" % len(bodies))
    bodies[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return assembled(bodies)


def assembled(bodies: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalog."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, start)
    return bytes(out)


def single(painted: bytes, entries: bytes, *objects: bytes) -> bytes:
    """Return a PDF of one page with these operations; `objects` are numbered from 3 on."""
    kid = len(objects) + 4
    page = b"<</Type/Page/Parent 2 0 R/Contents %d 0 R%s>>" % (kid - 1, entries)
    pages = b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % kid
    return assembled([b"<</Type/Catalog/Pages 2 0 R>>", pages, *objects, stream(painted), page])


def turns(sheet: Sheet) -> dict[int, tuple[float, float, float, float, float, float]]:
    """Return for each angle the matrix that prints a sheet turned back, so that a viewer that turns the page shows it upright."""
    return {
        90: (0, 1, -1, 0, sheet.height, 0),
        180: (-1, 0, 0, -1, sheet.width, sheet.height),
        270: (0, -1, 1, 0, 0, sheet.width),
    }


def turned(sheet: Sheet, angle: int) -> bytes:
    """Return a PDF of one page that a viewer turns by `angle`, 90, 180 or 270 degrees, and so shows as the sheet is."""
    width, height = (sheet.width, sheet.height) if angle == 180 else (sheet.height, sheet.width)
    entries = b"/Rotate %d/MediaBox[0 0 %d %d]/Resources<</Font<</F1 3 0 R>>>>" % (angle, width, height)
    matrix = " ".join(f"{value:g}" for value in turns(sheet)[angle])
    return single(f"q {matrix} cm\n".encode() + content(sheet) + b"\nQ", entries, FONT)


MM = 25.4 / 72
OFD_NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_text(text: Text, style: str) -> str:
    """Return a string as text objects: as one with a list of steps, in pieces of several codes, or an object for each character."""
    widths = [width_of(character, text.size) * MM for character in text.text]
    size, base = text.size * MM, 0.88 * text.size * MM

    def placed(x: float, codes: str) -> str:
        box = f"{x:.3f} {text.y * MM:.3f} {sum(widths):.3f} {size:.3f}"
        return f'<ofd:TextObject ID="1" Boundary="{box}" Font="2" Size="{size:.4f}">{codes}</ofd:TextObject>'

    starts = [text.x * MM + sum(widths[:at]) for at in range(len(widths))]
    if style == "glyphs":
        return "".join(
            placed(start, f'<ofd:TextCode X="0" Y="{base:.4f}">{escape(character)}</ofd:TextCode>')
            for start, character in zip(starts, text.text, strict=True)
        )
    if style == "codes":
        codes = []
        for at in range(0, len(text.text), 7):
            part, steps = text.text[at : at + 7], widths[at : at + 6]
            same = len(set(steps)) == 1
            told = f"g {len(steps)} {steps[0]:.4f}" if same else " ".join(f"{step:.4f}" for step in steps)
            delta = f' DeltaX="{told}"' if len(part) > 1 else ""
            codes.append(f'<ofd:TextCode X="{sum(widths[:at]):.4f}" Y="{base:.4f}"{delta}>{escape(part)}</ofd:TextCode>')
        return placed(text.x * MM, "".join(codes))
    steps = " ".join(f"{width:.4f}" for width in widths[:-1])
    return placed(text.x * MM, f'<ofd:TextCode X="0" Y="{base:.4f}" DeltaX="{steps}">{escape(text.text)}</ofd:TextCode>')


def ofd_stroke(stroke: Stroke) -> str:
    x, y = stroke.x * MM, stroke.y * MM
    width, height = (stroke.end_x - stroke.x) * MM, (stroke.end_y - stroke.y) * MM
    return (
        f'<ofd:PathObject ID="1" Boundary="{x:.3f} {y:.3f} {width:.3f} {height:.3f}" LineWidth="0.25">'
        f"<ofd:AbbreviatedData>M 0 0 L {width:.3f} {height:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd_page(objects: str, entries: str = "") -> str:
    return f'<ofd:Page {OFD_NAMES}>{entries}<ofd:Content><ofd:Layer ID="1" Type="Body">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd_package(pages: Sequence[str], *, common: str = "", more: str = "", parts: dict[str, str] | None = None) -> bytes:
    """Return an OFD file of these page parts; `common` and `more` are entries of its document, `parts` other parts by name."""
    listed = "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages)))
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {A4[0] * MM:.3f} {A4[1] * MM:.3f}</ofd:PhysicalBox></ofd:PageArea>"
    root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    document = f"<ofd:CommonData>{area}{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{more}"
    files = {
        "OFD.xml": f'<ofd:OFD {OFD_NAMES} Version="1.1" DocType="OFD">{root}</ofd:OFD>',
        "Doc_0/Document.xml": f"<ofd:Document {OFD_NAMES}>{document}</ofd:Document>",
        **{f"Doc_0/Pages/Page_{number}/Content.xml": page for number, page in enumerate(pages)},
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return out.getvalue()


def ofd(sheets: Sequence[Sheet], style: str = "steps") -> bytes:
    """Return an OFD file of the sheets; see `ofd_text` for the styles."""
    pages = [[*map(ofd_stroke, sheet.strokes), *(ofd_text(text, style) for text in sheet.texts)] for sheet in sheets]
    return ofd_package([ofd_page("".join(objects)) for objects in pages])


def page_of(sheet: Sheet, number: int) -> Page:
    """Return a sheet as a reader of any printed file finds it."""
    page = Page(number, sheet.width, sheet.height)
    for text in sheet.texts:
        x = text.x
        for character in text.text:
            page.put(Glyph(character, x, text.y, x + width_of(character, text.size), text.y + text.size), upright=True)
            x += width_of(character, text.size)
    page.rule((stroke.x, stroke.y, stroke.end_x, stroke.end_y) for stroke in sheet.strokes)
    return page
