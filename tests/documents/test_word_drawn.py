"""Whatever a Word file is made of, each of its words is in one block, and none that is deleted or not shown."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings

from assesslint.documents.docx import read_docx
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.model import Document, Paragraph
from assesslint.scheme.model import Prose
from tests.documents.word_drawn import Drawn, word_files


def proses(document: Document) -> Iterator[Prose]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.prose
        else:
            yield from (each for cells in block.rows for each in cells)


@given(word_files())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_word_shown_is_in_one_block_and_no_other(drawn: Drawn) -> None:
    document = read_docx("a.docx", drawn.data, DEFAULT_LIMITS)
    text = "\n".join(prose.text for prose in proses(document))
    bare = text.replace("\n", "")
    assert [bare.count(mark) for mark in drawn.shown] == [1] * len(drawn.shown)
    assert [mark for mark in drawn.gone if mark in bare] == []
    for prose in proses(document):
        for piece in prose.pieces:
            place = slice(piece.source, piece.source + piece.length)
            assert document.source.text[place] == prose.text[piece.offset : piece.offset + piece.length]

    for block in document.blocks:
        if not isinstance(block, Paragraph):
            [width] = {len(row) for row in block.rows}
            assert all(row < len(block.rows) and column < width for row, column in block.continued)
            assert all(not block.rows[row][column].text for row, column in block.continued)
