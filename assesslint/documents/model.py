"""What every reader of a file format makes: a draft as paragraphs and tables, each a prose with its place in the source.

A reader says only what its format says (this is a heading, this is a cell). What a paragraph means for an assessment is
decided in one place, `build`, for all formats alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assesslint.scheme.model import Piece, Prose
from assesslint.text.location import WHOLE_FILE, Location
from assesslint.text.source import Source, Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or list item with its number or bullet.

    `heading` is 1 to 6 where the format marks one; `depth` counts the lists around the list an item is in.
    """

    prose: Prose
    heading: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all of one length; a cell that is blank, or hidden by a merged one, is a prose without text.

    `continued` are the places (row, column, from 0) that a merged cell above them covers.
    """

    rows: tuple[tuple[Prose, ...], ...]
    continued: frozenset[tuple[int, int]] = frozenset()


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader says of a file, in both languages: something hidden, or something it could not read."""

    id: str
    zh: str
    en: str
    location: Location = WHOLE_FILE


@dataclass(frozen=True, slots=True)
class Document:
    """`markup` are the places of letters that belong to the format and not to the draft, such as a line break's tag, or
    to a part of which a remark says that it was not read.

    `remarks` become notices, those in UNREAD errors.
    """

    source: Source
    blocks: tuple[Block, ...]
    markup: tuple[Span, ...] = ()
    remarks: tuple[Remark, ...] = ()


UNREAD = frozenset({"unreadable-page"})
"""Remarks that say of a part of the file that it was not read at all."""


EMPTY = Prose("")


def slice_prose(prose: Prose, start: int, end: int) -> Prose:
    """Return `prose.text[start:end]` without the white space around it, with its places."""
    text = prose.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return EMPTY
    if start == 0 and len(text) == len(prose.text):
        return prose
    return prose.part(start, start + len(text))


def join_prose(proses: Iterable[Prose], separator: str = "\n") -> Prose:
    """Return several proses as one; the separator between them stands nowhere in the draft."""
    texts: list[str] = []
    pieces: list[Piece] = []
    offset = 0
    for prose in proses:
        if not prose.text:
            continue
        if texts:
            offset += len(separator)
        pieces += (Piece(piece.offset + offset, piece.source, piece.length) for piece in prose.pieces)
        texts.append(prose.text)
        offset += len(prose.text)
    return Prose(separator.join(texts), tuple(pieces))
