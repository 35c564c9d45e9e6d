"""Whatever a Word file is made of, each of its words is in one block, and none that is deleted or not shown."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assesslint.documents.docx import read_docx
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.model import Document, Paragraph
from assesslint.documents.unreadable import UnreadableError
from assesslint.scheme.model import Prose
from tests.documents.word_drawn import Drawn, word_files


def proses(document: Document) -> Iterator[Prose]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.prose
        else:
            yield from (each for cells in block.rows for each in cells)


def check_places(document: Document) -> None:
    for prose in proses(document):
        for piece in prose.pieces:
            place = slice(piece.source, piece.source + piece.length)
            assert document.source.text[place] == prose.text[piece.offset : piece.offset + piece.length]


@given(word_files())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_word_shown_is_in_one_block_and_no_other(drawn: Drawn) -> None:
    document = read_docx("a.docx", drawn.data, DEFAULT_LIMITS)
    text = "\n".join(prose.text for prose in proses(document))
    bare = text.replace("\n", "")
    assert [bare.count(mark) for mark in drawn.shown] == [1] * len(drawn.shown)
    assert [mark for mark in drawn.gone if mark in bare] == []
    check_places(document)
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            [width] = {len(row) for row in block.rows}
            assert all(row < len(block.rows) and column < width for row, column in block.continued)
            assert all(not block.rows[row][column].text for row, column in block.continued)


_TAG = re.compile(r"</?[\w:]+[^<>]*>")


@given(word_files(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_damaged_file_is_read_or_refused(drawn: Drawn, random) -> None:
    """Take tags out, twist their names, empty their values: whatever is still XML is read."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(drawn.data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        for name in names:
            text = old.read(name).decode()
            if random.random() < 2 / len(names):
                words = sorted(set(re.findall(r"(?<=<)[\w:]+", text)))
                first, second = random.choice(words), random.choice(words)
                text = re.sub(rf"(</?){first}(?=[ />])", rf"\1{second}", text)
                text = re.sub(r'"[^"/]{0,12}"', lambda match: random.choice(('""', '"-1"', '"99999999999"', match[0], match[0])), text)
                gone = random.choice([match for match in _TAG.finditer(text) if match[0].endswith("/>")] or [_TAG.search(text)])
                text = text.replace(gone[0], "", 1)
            new.writestr(name, text)
    try:
        document = read_docx("a.docx", out.getvalue(), DEFAULT_LIMITS)
    except UnreadableError:
        return
    check_places(document)
