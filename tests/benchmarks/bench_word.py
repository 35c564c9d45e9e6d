"""How fast Word drafts of 20 indicators are read and annotated, next to python-docx that only opens the same files."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from assesslint.documents.docx import read_docx
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.model import Document
from assesslint.reports.annotated.docx import annotate_docx
from assesslint.reports.annotated.notes import Note
from tests.benchmarks.bench_speed import bounded, measured, seconds
from tests.benchmarks.corpus import INDICATORS, Sample, samples

FILES = 100
LONG_FILE = 100
"""Schemes in one long file."""
MOST_OF_OPENING, MOST_OF_READING, MOST_OF_ANNOTATING, MOST_FOR_DOUBLE = 2.5, 1.5, 3.0, 2.4


@pytest.fixture(scope="session")
def word_files() -> list[bytes]:
    return [word_file([sample]) for sample in samples(FILES)]


def word_file(drafts: list[Sample]) -> bytes:
    """Return drafts as python-docx writes them: each its lines, then its indicators once more as a table."""
    document = docx.Document()
    for draft in drafts:
        lines = draft.plain.split("\n")
        for line in lines:
            document.add_paragraph(line)
        rows = [line.partition("（5分）")[0] for line in lines if "（5分）" in line]
        table = document.add_table(rows=len(rows) + 1, cols=4)
        cells = iter(table._cells)  # a row's own cells cost time that grows with the table
        for words in ("序号", "指标名称", "分值", "评分标准"):
            next(cells).text = words
        for number, name in enumerate(rows, 1):
            for words in (str(number), name, "5", "按期办结得满分"):
                next(cells).text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(data: bytes) -> Document:
    return read_docx("a.docx", data, DEFAULT_LIMITS)


def python_docx_text(data: bytes) -> list[str]:
    """Return all text as python-docx tells it."""
    document = docx.Document(io.BytesIO(data))
    return [each.text for each in document.paragraphs] + [cell.text for table in document.tables for cell in table._cells]


def notes(document: Document) -> Iterator[Note]:
    """Yield a note on five characters of every third stretch of text."""
    for stretch in (document.source.stretches or ())[::3]:
        yield Note((stretch.place.within(0, 5),), "error", "标题", "【错误】不可\n依据：某项规定")


def ratio(work: Callable[[bytes], Any], other: Callable[[bytes], Any], files: list[bytes]) -> float:
    """Return how much longer one takes than the other, in turns, so that a busy moment slows both."""
    times = [(seconds(lambda data=data: work(data)), seconds(lambda data=data: other(data))) for data in files]
    return sum(ours for ours, _ in times) / sum(theirs for _, theirs in times)


def test_read_word_files(word_files: list[bytes], benchmark: BenchmarkFixture, said: list[str]) -> None:
    documents = measured(benchmark, said, "read .docx", word_files, lambda: [read(data) for data in word_files])
    assert all(len(document.blocks) > INDICATORS for document in documents)


def test_reading_next_to_python_docx(word_files: list[bytes], said: list[str]) -> None:
    opened = ratio(read, lambda data: docx.Document(io.BytesIO(data)), word_files)
    bounded(said, "read, of python-docx opening", opened, MOST_OF_OPENING)
    bounded(said, "read, of python-docx telling text", ratio(read, python_docx_text, word_files), MOST_OF_READING)


def test_annotating_next_to_reading(word_files: list[bytes], said: list[str]) -> None:
    made = {data: list(notes(read(data))) for data in word_files}
    annotated = ratio(lambda data: annotate_docx(data, made[data], DEFAULT_LIMITS, "zh"), read, word_files)
    bounded(said, "annotate .docx, of reading it", annotated, MOST_OF_ANNOTATING)


def annotated(data: bytes) -> bytes:
    return annotate_docx(data, list(notes(read(data))), DEFAULT_LIMITS, "zh")


@pytest.mark.parametrize(("name", "work"), [("read", read), ("annotate", annotated)])
def test_a_word_file_twice_as_long(name: str, work: Callable[[bytes], Any], said: list[str]) -> None:
    drafts = list(samples(LONG_FILE))
    long, half = word_file(drafts), word_file(drafts[: LONG_FILE // 2])
    times = [(seconds(lambda: work(long)), seconds(lambda: work(half))) for _ in range(3)]
    bounded(said, f"{name} a .docx twice as long", min(one for one, _ in times) / min(other for _, other in times), MOST_FOR_DOUBLE)
