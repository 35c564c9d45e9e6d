"""The XML of a Word file → its paragraphs and tables as Word shows them with all changes accepted, each character with its element.

Reading and annotating walk the same way: what a reader tells of a place, an annotator finds again. Recursion is as deep as the XML,
which the parser bounds (256).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from lxml import etree

from assesslint.documents.word.fields import counts_pages, field_name, shown_by_code
from assesslint.documents.word.file import MATH, MC, R, W, WordFile
from assesslint.documents.word.numbering import Numbering
from assesslint.documents.word.styles import NO_STYLE, Style, Styles, heading_of_level, is_on, whole_number
from assesslint.documents.word.whiteness import is_white_on_white
from assesslint.text.location import WordLocation

_VML = "{urn:schemas-microsoft-com:vml}"
_DRAWING_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_CHART_OF_2016 = "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_KNOWN_EXTENSIONS = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")

MOST_COLUMNS = 63
"""Most columns a table of Word has; a cell that claims to be wider is not believed."""

_GONE = frozenset(W + name for name in ("del", "moveFrom", "pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange"))
_WITHOUT_TEXT = frozenset(
    W + name
    for name in (
        "pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr",
        "rt", "delText", "delInstrText", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "softHyphen",
    )
)  # fmt: skip
_SHOWN = (W + "t", W + "drawing", W + "pict", W + "object")
"""What a paragraph holds that shows something."""
_AS_TEXT = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_IN_WINGDINGS = {
    0xF0FC: "✓", 0xF0FB: "✗", 0xF0FE: "☑", 0xF0FD: "☒", 0xF0A8: "□", 0xF06F: "□", 0xF0A3: "□", 0xF052: "☑", 0xF053: "☒", 0xF06C: "●",
    0xF06E: "■", 0xF075: "◆", 0xF0E8: "➔", 0xF0E0: "→", 0xF0F0: "⇨",
}  # fmt: skip
_IN_SYMBOL = {0xF0B3: "≥", 0xF0A3: "≤", 0xF0B9: "≠", 0xF0B4: "×", 0xF0B8: "÷", 0xF0B1: "±", 0xF0AE: "→", 0xF0B7: "●", 0xF0E5: "∑"}
"""What w:sym shows by its code in the fonts that have characters of their own."""
_OWN_CHARACTERS = 0xF000
"""Where those characters begin; a code below 256 is short for one."""


class Glyphs(NamedTuple):
    """Characters of a paragraph and the element they come from; None for a list number, which is in no element.

    `last` is the element they end in, where that is another: the marks around the code of a field.
    """

    text: str
    element: etree._Element | None
    hidden: bool
    last: etree._Element | None = None


@dataclass(slots=True, eq=False)
class WordParagraph:
    """A paragraph as shown: several w:p where the mark between them is deleted. `place` is where its first character stands.

    `anchor` is the element of the body it hangs on, where it is no paragraph of the body: the reference to a note, the run of a box.
    `repeats` tells that it may say again what the body says: a header, an entry of a table of contents. `boxes` are what stands in
    its text boxes. `properties` (w:pPr) and `style` are those of its last mark, which shapes the whole.
    """

    elements: list[etree._Element]
    place: WordLocation
    anchor: etree._Element | None = None
    glyphs: list[Glyphs] = field(default_factory=list)
    heading: int = 0
    depth: int = 0
    repeats: bool = False
    boxes: list[Block] = field(default_factory=list)
    properties: etree._Element | None = None
    style: Style = NO_STYLE

    @property
    def text(self) -> str:
        return "".join([glyphs.text for glyphs in self.glyphs])


@dataclass(slots=True, eq=False)
class WordCell:
    """A cell that begins in grid column `column` (from 0) and is `width` of them wide; `continued` when it belongs to the one above."""

    column: int
    width: int
    blocks: list[Block]
    continued: bool = False


@dataclass(slots=True, eq=False)
class WordTable:
    rows: list[list[WordCell]] = field(default_factory=list)


Block = WordParagraph | WordTable


@dataclass(frozen=True, slots=True)
class Unread:
    """Something with text or meaning that is not read: `kind` is picture, chart, diagram, object or file."""

    kind: str
    place: WordLocation


class WordWalk:
    """One walk over a file. `blocks` yields what stands in the body, each note after the block that refers to it.

    `headers` are what stands above and below every page, to be asked for after the body.
    """

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.root = file.xml_of(file.main)
        self.unread: list[Unread] = []
        self.hidden_rows: list[WordLocation] = []
        """The first paragraph with words in each hidden row of a table."""
        self.commented: dict[str, WordLocation] = {}
        """The paragraph that refers to each comment, by the id of the comment."""
        styles, numbering, settings = (file.part_for(kind) for kind in ("styles", "numbering", "settings"))
        self.styles = Styles(file.xml_of(styles) if styles else None)
        self.numbering = Numbering(file.xml_of(numbering) if numbering else None, self.styles)
        self._settings = file.xml_of(settings) if settings else None

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the body in reading order."""
        story = _Story(self, self.root, self.file.main, "document")
        notes = {kind: _Notes(self, kind) for kind in ("footnote", "endnote")}
        body = self.root.find(W + "body")
        for block in story.blocks(self.root if body is None else body):
            yield block
            for reference in story.take_references():
                yield from notes[reference.tag.removeprefix(W).removesuffix("Reference")].blocks(reference)

    def headers(self) -> Iterator[Block]:
        """Yield what stands in the headers and footers that are shown, each once."""
        seen: set[str] = set()
        both_sides = self._settings is not None and is_on(self._settings.find(W + "evenAndOddHeaders"))
        for section in self.root.iter(W + "sectPr"):
            own_first_page = is_on(section.find(W + "titlePg"))
            for where in ("header", "footer"):
                for reference in section.iterchildren(f"{W}{where}Reference"):
                    part = self.file.target(reference.get(R + "id", ""))
                    shown = {"first": own_first_page, "even": both_sides}.get(reference.get(W + "type", ""), True)
                    if part and shown and part not in seen:
                        seen.add(part)
                        root = self.file.xml_of(part)
                        yield from _Story(self, root, part, where).blocks(root)


def paragraphs_of(blocks: Iterable[Block]) -> Iterator[WordParagraph]:
    """Yield all paragraphs in reading order, those in tables among them."""
    for block in blocks:
        if isinstance(block, WordParagraph):
            yield block
        else:
            yield from (paragraph for row in block.rows for cell in row for paragraph in paragraphs_of(cell.blocks))


class _Notes:
    """The footnotes or endnotes of a file, each given once."""

    def __init__(self, walk: WordWalk, kind: str) -> None:
        self._walk = walk
        self._kind = kind
        self._story: _Story | None = None
        self._notes: dict[str, etree._Element] | None = None

    def blocks(self, reference: etree._Element) -> Iterator[Block]:
        if self._notes is None:
            self._notes = {}
            part = self._walk.file.part_for(f"{self._kind}s")
            if part:
                root = self._walk.file.xml_of(part)
                self._story = _Story(self._walk, root, part, f"{self._kind}s")
                self._notes = {note.get(W + "id", ""): note for note in root.iterchildren(W + self._kind)}
        note = self._notes.pop(reference.get(W + "id", ""), None)
        if note is not None and self._story is not None:
            yield from self._story.note(note, reference)


@dataclass(slots=True)
class _Field:
    begin: etree._Element
    code: list[str] = field(default_factory=list)
    has_result: bool = False
    shows: str = ""
    """What its result is, where that matters: `pages` or `contents`."""


class _Story:
    """The walk over one part."""

    def __init__(self, walk: WordWalk, root: etree._Element, part: str, where: str) -> None:
        self._walk = walk
        self._part = part
        self._styles = walk.styles
        self._is_page_margin = where in ("header", "footer")
        self._numbers = {element: number for number, element in enumerate(root.iter(W + "p"), 1)}
        self._counting = walk.numbering.counting()
        self._counting_in_boxes = walk.numbering.counting()
        self._place = WordLocation(part, 0, 0, 0, where)
        self._where = where
        self._anchor: etree._Element | None = None
        self._cell: tuple[int, int, int] | None = None
        self._tables = 0
        self._shown = 0
        self._box_at: WordLocation | None = None
        self._fields: list[_Field] = []
        self._showing = {"pages": 0, "contents": 0}
        self._references: list[etree._Element] = []
        self._run_readers: dict[str, Callable[[etree._Element, WordParagraph, bool], None]] = {
            W + "fldChar": self._field_mark,
            W + "instrText": self._field_code,
            W + "sym": self._symbol,
            W + "drawing": self._graphic,
            W + "pict": self._graphic,
            W + "object": self._graphic,
            W + "footnoteReference": self._note_reference,
            W + "endnoteReference": self._note_reference,
            W + "commentReference": self._comment_reference,
            MC + "AlternateContent": self._alternative,
            MATH + "f": self._fraction,
            MATH + "d": self._delimited,
            MATH + "nary": self._operator,
            MATH + "rad": self._root,
            MATH + "sSup": self._power,
        }

    def take_references(self) -> list[etree._Element]:
        """Return the references to notes met since this was last asked for."""
        taken, self._references = self._references, []
        return taken

    def note(self, note: etree._Element, reference: etree._Element) -> Iterator[Block]:
        """Yield what stands in the next note, to which a reference leads."""
        self._anchor = reference
        self._shown += 1
        yield from self.blocks(note)

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """Yield the paragraphs and tables of a container, boxes after the paragraph that holds them."""
        unfinished: WordParagraph | None = None
        for element in self._block_elements(container):
            if element.tag == W + "p":
                unfinished = self._paragraph(element, unfinished)
                if not _mark_is_deleted(unfinished.properties):
                    yield from self._finished(unfinished)
                    unfinished = None
                continue
            if unfinished:
                yield from self._finished(unfinished)
                unfinished = None
            if element.tag == W + "tbl":
                yield self._table(element)
            else:
                self._walk.unread.append(Unread("file", self._place))
        if unfinished:
            yield from self._finished(unfinished)

    def _block_elements(self, container: etree._Element) -> Iterator[etree._Element]:
        for element in container:
            tag = element.tag
            if tag in (W + "p", W + "tbl", W + "altChunk", W + "subDoc"):
                yield element
            elif tag == MC + "AlternateContent":
                yield from self._block_elements(_chosen(element))
            elif isinstance(tag, str) and tag not in _GONE and tag not in _WITHOUT_TEXT:
                yield from self._block_elements(element)

    def _paragraph(self, element: etree._Element, unfinished: WordParagraph | None) -> WordParagraph:
        number = self._numbers[element]
        if unfinished is None and self._where == "document" and self._cell is None and next(element.iter(*_SHOWN), None) is not None:
            self._shown += 1
        self._place = WordLocation(self._part, number, 0, 0, self._where, self._cell, max(1, self._shown), self._box_at)
        if self._is_page_margin:
            self._fields, self._showing = [], {"pages": 0, "contents": 0}
        paragraph = unfinished or WordParagraph([], self._place, self._anchor)
        paragraph.elements.append(element)
        properties = paragraph.properties = element.find(W + "pPr")
        named = properties.find(W + "pStyle") if properties is not None else None
        style = paragraph.style = self._styles.of(named.get(W + "val", "") if named is not None else None)
        paragraph.repeats = self._is_page_margin or style.name.startswith("toc ") or self._showing["contents"] > 0
        self._inline(element, paragraph, style.hidden)
        return paragraph

    def _finished(self, paragraph: WordParagraph) -> Iterator[Block]:
        """Put the list number, which hangs on the last paragraph mark, before the words; yield the paragraph and its boxes."""
        properties, style = paragraph.properties, paragraph.style
        level = whole_number(properties.find(W + "outlineLvl")) if properties is not None else None
        paragraph.heading = style.heading if level is None else heading_of_level(level)
        if not _mark_is_deleted(properties) or any(glyphs.text.strip() for glyphs in paragraph.glyphs):
            counting = self._counting_in_boxes if self._where == "textbox" else self._counting
            label = counting.label(properties, style)
            paragraph.depth = label.depth
            if label.text:
                paragraph.glyphs.insert(0, Glyphs(label.text, None, hidden=False))
        yield paragraph
        yield from paragraph.boxes

    def _inline(self, parent: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:
        """Read what stands in a paragraph or a run, or in something that holds such."""
        glyphs = paragraph.glyphs
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                self._inline(element, paragraph, self._run_is_hidden(element, hidden, paragraph.style))
            elif tag in (W + "t", MATH + "t"):
                text = text_of(element)
                if text and not (self._is_page_margin and self._showing["pages"]):
                    glyphs.append(Glyphs(text, element, hidden))
            elif tag in _AS_TEXT:
                glyphs.append(Glyphs(_AS_TEXT[tag], element, hidden))
            elif tag in self._run_readers:
                self._run_readers[tag](element, paragraph, hidden)
            elif isinstance(tag, str) and tag not in _GONE and tag not in _WITHOUT_TEXT and not self._is_page_number(element):
                self._inline(element, paragraph, hidden)

    def _run_is_hidden(self, run: etree._Element, hidden: bool, style: Style) -> bool:
        """Tell whether a run is set not to be shown, or is white on white; `style` is that of its paragraph."""
        properties = run.find(W + "rPr")
        if properties is None:
            return hidden or is_white_on_white(run, None, style, self._styles)
        named = properties.find(W + "rStyle")
        own_style = self._styles.of(named.get(W + "val", "")) if named is not None else NO_STYLE
        own = is_on(properties.find(W + "vanish"))
        if hidden or own_style.hidden if own is None else own:
            return True
        return is_white_on_white(run, properties, own_style if own_style.colour else style, self._styles)

    def _is_page_number(self, element: etree._Element) -> bool:
        return self._is_page_margin and element.tag == W + "fldSimple" and counts_pages(element.get(W + "instr", ""))

    def _field_mark(self, mark: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(mark))
        elif self._fields and kind == "separate":
            started = self._fields[-1]
            started.has_result, started.shows = True, _shows("".join(started.code))
            if started.shows:
                self._showing[started.shows] += 1
        elif self._fields and kind == "end":
            ended = self._fields.pop()
            if ended.shows:
                self._showing[ended.shows] -= 1
            shown = "" if ended.has_result else shown_by_code("".join(ended.code), ended.begin)
            if shown:
                paragraph.glyphs.append(Glyphs(shown, ended.begin, hidden, mark))

    def _field_code(self, element: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:  # noqa: ARG002
        if self._fields:
            self._fields[-1].code.append(text_of(element))

    def _symbol(self, element: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:
        font, code = element.get(W + "font", "").lower(), element.get(W + "char", "")
        if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) and (at := int(code, 16)):
            at = _OWN_CHARACTERS + at if at < 0x100 else at
            shown = (_IN_SYMBOL if font == "symbol" else _IN_WINGDINGS).get(at) or chr(at)
            paragraph.glyphs.append(Glyphs(shown, element, hidden))

    def _note_reference(self, element: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:  # noqa: ARG002
        self._references.append(element)

    def _comment_reference(self, element: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:  # noqa: ARG002
        self._walk.commented[element.get(W + "id", "")] = paragraph.place

    def _alternative(self, element: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:
        self._inline(_chosen(element), paragraph, hidden)

    def _graphic(self, graphic: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:
        """Read the text boxes of a drawing, and say what else it holds."""
        if graphic.tag == W + "object":
            self._walk.unread.append(Unread("object", self._place))
        for element in graphic:
            tag = element.tag
            if tag == W + "txbxContent":
                self._text_box(element, paragraph)
            elif tag == MC + "AlternateContent":
                self._graphic(_chosen(element), paragraph, hidden)
            elif tag in _UNREAD_GRAPHICS:
                if next(element.iterancestors(W + "object"), None) is None:  # where it is only what the object looks like
                    self._walk.unread.append(Unread(_UNREAD_GRAPHICS[tag], self._place))
            elif tag == _VML + "textpath" and element.get("string"):
                paragraph.glyphs.append(Glyphs(element.get("string", ""), element, hidden))
            elif isinstance(tag, str):
                self._graphic(element, paragraph, hidden)

    def _text_box(self, box: etree._Element, paragraph: WordParagraph) -> None:
        kept = self._place, self._where, self._anchor, self._box_at, self._fields, self._showing
        if self._where == "document":
            self._anchor = _outermost_run(box, paragraph.elements[-1])
            self._where, self._box_at = "textbox", self._place
        self._fields, self._showing = [], {"pages": 0, "contents": 0}
        paragraph.boxes += self.blocks(box)
        self._place, self._where, self._anchor, self._box_at, self._fields, self._showing = kept

    def _table(self, element: etree._Element) -> WordTable:
        """Read a table without its deleted rows and cells."""
        outer = self._cell
        if outer is None:
            self._tables += 1
        table = WordTable()
        for row in _members(element, W + "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            cells = self._cells(row, properties, outer, len(table.rows))
            if properties is not None and is_on(properties.find(W + "hidden")):
                written = (paragraph for cell in cells for paragraph in paragraphs_of(cell.blocks) if paragraph.text.strip())
                self._walk.hidden_rows += (paragraph.place for paragraph in islice(written, 1))
            table.rows.append(cells)
        self._cell = outer
        return table

    def _cells(
        self, row: etree._Element, properties: etree._Element | None, outer: tuple[int, int, int] | None, number: int
    ) -> list[WordCell]:
        before = whole_number(properties.find(W + "gridBefore"), 0) if properties is not None else 0
        column = min(max(before or 0, 0), MOST_COLUMNS - 1)
        cells: list[WordCell] = []
        for cell in _members(row, W + "tc"):
            about = cell.find(W + "tcPr")
            deleted = about is not None and about.find(W + "cellDel") is not None
            width = whole_number(about.find(W + "gridSpan"), 1) if about is not None else 1
            width = max(1, min(width or 1, MOST_COLUMNS - column))
            if outer is None:
                self._cell = (self._tables, number + 1, column + 1)
            blocks = [] if deleted else list(self.blocks(cell))
            if column >= MOST_COLUMNS:
                cells[-1].blocks += blocks
                continue
            if _goes_on_beside(about) and cells:
                cells[-1].width += width
                cells[-1].blocks += blocks
            else:
                cells.append(WordCell(column, width, blocks, _goes_on_below(about)))
            column += width
        return cells

    def _fraction(self, element: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:
        for name in ("num", "den"):
            if name == "den":
                paragraph.glyphs.append(Glyphs("/", element, hidden))
            for part in element.iterchildren(MATH + name):
                self._inline(part, paragraph, hidden)

    def _delimited(self, element: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:
        about = element.find(MATH + "dPr")

        def mark(name: str, otherwise: str) -> str:
            found = about.find(MATH + name) if about is not None else None
            return otherwise if found is None else found.get(MATH + "val", "")

        for number, part in enumerate(element.iterchildren(MATH + "e")):
            paragraph.glyphs.append(Glyphs(mark("sepChr", "|") if number else mark("begChr", "("), element, hidden))
            self._inline(part, paragraph, hidden)
        paragraph.glyphs.append(Glyphs(mark("endChr", ")"), element, hidden))

    def _operator(self, element: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:
        sign = element.find(f"{MATH}naryPr/{MATH}chr")
        paragraph.glyphs.append(Glyphs("∫" if sign is None else sign.get(MATH + "val", ""), element, hidden))
        self._inline(element, paragraph, hidden)

    def _root(self, element: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:
        paragraph.glyphs.append(Glyphs("√", element, hidden))
        self._inline(element, paragraph, hidden)

    def _power(self, element: etree._Element, paragraph: WordParagraph, hidden: bool) -> None:
        for part in element.iterchildren(MATH + "e", MATH + "sup"):
            if part.tag == MATH + "sup":
                paragraph.glyphs.append(Glyphs("^", element, hidden))
            self._inline(part, paragraph, hidden)


_UNREAD_GRAPHICS = {
    _DRAWING_PICTURE: "picture", _VML + "imagedata": "picture", _CHART: "chart", _CHART_OF_2016: "chart", _DIAGRAM: "diagram",
    W + "control": "object", W + "contentPart": "object",
}  # fmt: skip


def _shows(code: str) -> str:
    return "pages" if counts_pages(code) else "contents" if field_name(code) == "TOC" else ""


def text_of(element: etree._Element) -> str:
    """Return the text of an element as long as it is stored; a line end in it is shown as a space."""
    text = element.text or "" if not len(element) else "".join(map(str, element.itertext()))
    return text.replace("\n", " ") if "\n" in text else text


def _chosen(alternatives: etree._Element) -> etree._Element:
    """Return the branch of mc:AlternateContent that Word shows: the first whose extensions it knows, else the fallback."""
    for branch in alternatives.iterchildren(MC + "Choice"):
        names = [branch.nsmap.get(prefix, "") for prefix in branch.get("Requires", "").split()]
        if all((name or "").startswith(_KNOWN_EXTENSIONS) for name in names):
            return branch
    branches = [*alternatives.iterchildren(MC + "Fallback"), *alternatives.iterchildren(MC + "Choice"), alternatives]
    return branches[0]


def _mark_is_deleted(properties: etree._Element | None) -> bool:
    mark = properties.find(W + "rPr") if properties is not None else None
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _members(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Yield rows of a table, or cells of a row, those in content controls and the like among them."""
    for element in parent:
        if element.tag == wanted:
            yield element
        elif element.tag == MC + "AlternateContent":
            yield from _members(_chosen(element), wanted)
        elif isinstance(element.tag, str) and element.tag not in _GONE and element.tag not in _WITHOUT_TEXT:
            yield from _members(element, wanted)


def _goes_on_below(about: etree._Element | None) -> bool:
    """Tell whether a cell is the lower part of a merged one; w:vMerge without a value means it is."""
    if about is None:
        return False
    merge, change = about.find(W + "vMerge"), about.find(W + "cellMerge")
    if merge is not None:
        return merge.get(W + "val", "continue") == "continue"
    return change is not None and change.get(W + "vMerge") == "cont"


def _goes_on_beside(about: etree._Element | None) -> bool:
    merge = about.find(W + "hMerge") if about is not None else None
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _outermost_run(element: etree._Element, paragraph: etree._Element) -> etree._Element:
    """Return the run of a paragraph that an element stands in."""
    found = element
    for above in element.iterancestors():
        if above is paragraph:
            break
        if above.tag == W + "r":
            found = above
    return found
