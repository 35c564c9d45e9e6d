"""Documents drawn in text, for the tests of tables: a block of lines that begin with a bar is a table, any other a paragraph a line.

In a table `^` is a place that the merged cell above covers, `\\` within a cell the end of a paragraph.
"""

from __future__ import annotations

from textwrap import dedent

from assesslint.documents.model import EMPTY, Block, Document, Paragraph, Table, join_prose
from assesslint.documents.structure.build import Built, build
from assesslint.documents.transcript import Transcript
from assesslint.scheme.model import Group, Indicator, Prose, Scheme
from assesslint.text.location import CellLocation

COVERED = "^"

Tree = list[tuple[object, ...]]


def tree(items: tuple[Group | Indicator, ...]) -> Tree:
    """The items as plain values: a group with its items, an indicator with its kind and fields."""
    shown: Tree = []
    for item in items:
        if isinstance(item, Group):
            shown.append((item.name.text, item.points, tree(item.items)))
        else:
            fields = {f.name: f.value.text for f in item.fields if isinstance(f.value, Prose)}
            shown.append((item.name.text, item.points, item.kind, fields))
    return shown


def document(text: str) -> Document:
    """Return a drawn document."""
    transcript = Transcript()
    blocks: list[Block] = []
    for chunk in dedent(text).strip("\n").split("\n\n"):
        lines = chunk.split("\n")
        if lines[0].startswith("|"):
            blocks.append(_table(lines, transcript))
        else:
            blocks += (Paragraph(_prose(line, transcript)) for line in lines)
    return Document(transcript.source("draft.xlsx"), tuple(blocks))


def _prose(words: str, transcript: Transcript) -> Prose:
    return transcript.add(words, CellLocation("表", "A1", 0, len(words)))


def _table(lines: list[str], transcript: Transcript) -> Table:
    cells = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in lines]
    width = max(map(len, cells))
    rows = []
    for row in cells:
        proses = (EMPTY if cell in ("", COVERED) else join_prose(_prose(part, transcript) for part in cell.split("\\")) for cell in row)
        rows.append((*proses, *[EMPTY] * (width - len(row))))
    continued = frozenset((at, column) for at, row in enumerate(cells) for column, cell in enumerate(row) if cell == COVERED)
    return Table(tuple(rows), continued)


def read(text: str) -> Scheme:
    """Return the one scheme of a drawn document, of which nothing may be left over."""
    built = whole(text)
    [scheme] = built.schemes
    assert [notice.message for notice in built.notices] == []
    return scheme


def whole(text: str) -> Built:
    return build(document(text))
