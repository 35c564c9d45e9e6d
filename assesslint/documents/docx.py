"""A Word file (.docx, .docm, .dotx) → paragraphs and tables, with what is hidden in it and what could not be read.

The view is that of all changes accepted: inserted words are read, deleted ones are not. Comments of others are told
and not judged. Macros are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assesslint.documents.comments import remarks_on
from assesslint.documents.limits import Limits
from assesslint.documents.model import EMPTY, Block, Document, Paragraph, Remark, Table, join_prose, slice_prose
from assesslint.documents.structure.lines import Line
from assesslint.documents.transcript import Transcript
from assesslint.documents.word.comments import comments_of
from assesslint.documents.word.file import WordFile
from assesslint.documents.word.walk import Block as WordBlock
from assesslint.documents.word.walk import WordCell, WordParagraph, WordTable, WordWalk, paragraphs_of
from assesslint.scheme.model import Prose
from assesslint.text.location import WordLocation
from assesslint.text.memory import collection_paused

MOST_REMARKS = 20
"""Remarks of one kind told one by one; beyond, they are counted."""

_UNREAD = {
    "picture": ("unread-picture", "图片", "picture"),
    "chart": ("unread-object", "图表", "chart"),
    "diagram": ("unread-object", "SmartArt 图形", "SmartArt"),
    "object": ("unread-object", "嵌入对象", "embedded object"),
    "file": ("unread-object", "嵌入文件", "embedded file"),
}
"""What is not read, by its kind in the walk: the id of the remark, and what people call it."""

_ENDS_A_LINE = "。；：！？;:"
_CONTENTS_PAGE = re.compile(r"[\s.…·]*\d+\s*$")
_SPACE = re.compile(r"\s+")


def read_docx(path: str, data: bytes, limits: Limits) -> Document:
    """Return what a Word file shows. Raises UnreadableError."""
    with collection_paused():
        reader = _Reader(WordWalk(WordFile(data, limits)), limits)
        return Document(reader.transcript.source(path), tuple(reader.blocks), remarks=tuple(reader.remarks()))


class _Reader:
    def __init__(self, walk: WordWalk, limits: Limits) -> None:
        self.transcript = Transcript(limits)
        self._hidden: list[WordLocation] = []
        self._walk = walk
        body, margins = list(walk.blocks()), list(walk.headers())
        self._said = {_without_space(paragraph.text) for paragraph in paragraphs_of(body) if not paragraph.repeats}
        self.blocks = [block for blocks in (margins, body) for word_block in blocks for block in self._block(word_block)]

    def remarks(self) -> Iterator[Remark]:
        """Yield what is hidden and what was not read."""
        hidden = (
            "hidden-text",
            "此处的文字设为隐藏或白色，页面上看不见，已照常读取和检查",
            "the text here is hidden or white; it was read and checked like any other",
        )
        yield from _told(hidden, self._hidden)
        row = ("hidden-text", "这一行表格是隐藏的，已照常读取和检查", "this row of a table is hidden; it was read and checked all the same")
        yield from _told(row, self._walk.hidden_rows)
        for kind, (identifier, zh, en) in _UNREAD.items():
            words = f"此处的{zh}没有读取，其中的文字未作检查", f"the {en} here was not read; words in it were not checked"
            yield from _told((identifier, *words), [each.place for each in self._walk.unread if each.kind == kind])
        yield from remarks_on(comments_of(self._walk.file, self._walk.commented))

    def _block(self, block: WordBlock) -> Iterator[Block]:
        if isinstance(block, WordTable):
            yield from self._table(block)
        elif _has_words(block) and not (block.repeats and self._is_repeated(block)):
            yield from (Paragraph(line, block.heading, block.depth) for line in _lines(self._prose(block), heading=block.heading > 0))

    def _is_repeated(self, paragraph: WordParagraph) -> bool:
        """Tell whether a header or an entry of contents says no more than what was said; what it says is noted."""
        words = _without_space(paragraph.text)
        if words in self._said or _without_space(_CONTENTS_PAGE.sub("", paragraph.text)) in self._said:
            return True
        self._said.add(words)
        return not any(map(str.isalnum, words))

    def _prose(self, paragraph: WordParagraph) -> Prose:
        at = 0
        for glyphs in paragraph.glyphs:
            end = at + len(glyphs.text)
            if glyphs.hidden and glyphs.text.strip():
                self._note_hidden(paragraph.place.within(at, end))
            at = end
        return self.transcript.add(paragraph.text, paragraph.place)

    def _note_hidden(self, place: WordLocation) -> None:
        """Note hidden text, as one place where it goes on."""
        last = self._hidden[-1] if self._hidden else None
        if last and (last.part, last.paragraph, last.end) == (place.part, place.paragraph, place.start):
            self._hidden[-1] = last.within(0, place.end - last.start)
        else:
            self._hidden.append(place)

    def _table(self, table: WordTable) -> Iterator[Block]:
        """Yield a table; one of a single column is a frame around what stands in it."""
        width = max((cell.column + cell.width for row in table.rows for cell in row), default=0)
        if all(len(row) <= 1 for row in table.rows):
            for row in table.rows:
                for cell in row:
                    for block in cell.blocks:
                        yield from self._block(block)
            return
        rows: list[list[Prose]] = []
        continued: set[tuple[int, int]] = set()
        tops: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(table.rows):
            proses = [EMPTY] * width
            for cell in row:
                prose = self._cell_prose(cell)
                if cell.continued and cell.column in tops:
                    continued |= {(number, cell.column + at) for at in range(cell.width)}
                    above, column = tops[cell.column]
                    rows[above][column] = join_prose((rows[above][column], prose))
                else:
                    tops[cell.column] = (number, cell.column)
                    proses[cell.column] = prose
            rows.append(proses)
        if any(prose.text for row in rows for prose in row):
            yield Table(tuple(map(tuple, rows)), frozenset(continued))

    def _cell_prose(self, cell: WordCell) -> Prose:
        lines = [prose for block in cell.blocks for prose in self._cell_lines(block)]
        return lines[0] if len(lines) == 1 else join_prose(lines)

    def _cell_lines(self, block: WordBlock) -> Iterator[Prose]:
        """Yield the lines of a cell; the cells of a row of a table within are parted by tabs."""
        if isinstance(block, WordParagraph):
            yield self._prose(block)
        else:
            for row in block.rows:
                yield join_prose((self._cell_prose(cell) for cell in row), "\t")


def _told(words: tuple[str, str, str], places: list[WordLocation]) -> Iterator[Remark]:
    identifier, zh, en = words
    yield from (Remark(identifier, zh, en, place) for place in places[:MOST_REMARKS])
    more = len(places) - MOST_REMARKS
    if more > 0:
        yield Remark(identifier, f"另有 {more} 处：{zh}", f"{more} more places: {en}")


def _has_words(paragraph: WordParagraph) -> bool:
    """Tell whether a paragraph has more than the number of an empty list item, which says something in a table only."""
    return any(glyphs.text.strip() for glyphs in paragraph.glyphs if glyphs.element is not None)


def _without_space(text: str) -> str:
    return _SPACE.sub("", text)


def _lines(prose: Prose, *, heading: bool) -> Iterator[Prose]:
    """Yield a paragraph, cut at line breaks that its author set to begin another one; other breaks only shape the page."""
    if "\n" not in prose.text:
        if prose.text:
            yield prose
        return
    ends = [match.start() for match in re.finditer("\n", prose.text)]
    parts = [slice_prose(prose, *bound) for bound in pairwise([0, *ends, len(prose.text)])]
    going: list[Prose] = []
    for part in filter(lambda each: each.text, parts):
        line = Line(Paragraph(part))
        if going and not heading and (going[-1].text[-1] in _ENDS_A_LINE or line.marker or line.label):
            yield join_prose(going, "")
            going = []
        going.append(part)
    if going:
        yield join_prose(going, "")
