"""How fast Excel drafts of 20 indicators are read and annotated, next to openpyxl that only opens them; what a vast empty sheet costs."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pytest_benchmark.fixture import BenchmarkFixture

from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.model import Document
from assesslint.documents.xlsx import read_xlsx
from assesslint.reports.annotated.notes import Note
from assesslint.reports.annotated.xlsx import annotate_xlsx
from tests.benchmarks.bench_speed import bounded, measured, seconds
from tests.benchmarks.bench_word import ratio
from tests.benchmarks.corpus import INDICATORS, Sample, samples

FILES = 100
LONG_FILE = 200
"""Schemes in one long sheet."""
MOST_OF_OPENING, MOST_OF_ANNOTATING, MOST_FOR_DOUBLE = 1.0, 4.0, 2.4
EMPTY_ROWS, EMPTY_CELLS = 1_000_000, 8
MOST_MEGABYTES = 60
"""What the empty rows may add to the memory of a process that reads a small file."""


@pytest.fixture(scope="session")
def workbooks() -> list[bytes]:
    return [workbook([sample]) for sample in samples(FILES)]


def workbook(drafts: list[Sample]) -> bytes:
    """Return drafts as openpyxl writes them, one below the other: a title, and a table of the indicators with merged groups."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for draft in drafts:
        title, *lines = draft.plain.split("\n")
        sheet.append([title])
        sheet.append(["序号", "一级指标", "指标名称", "分值", "评分标准"])
        rows = [line.partition("（5分）") for line in lines if "（5分）" in line]
        for number, (name, _, scoring) in enumerate(rows, 1):
            sheet.append([number, "一、考核指标" if number % 5 == 1 else None, name, 5, scoring or "按期办结得满分"])
            sheet.cell(sheet.max_row, 4).number_format = '0"分"'
            if number % 5 == 0:
                sheet.merge_cells(start_row=sheet.max_row - 4, end_row=sheet.max_row, start_column=2, end_column=2)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> Document:
    return read_xlsx("a.xlsx", data, DEFAULT_LIMITS)


def notes(document: Document) -> Iterator[Note]:
    """Yield a note on every third stretch of text."""
    for stretch in (document.source.stretches or ())[::3]:
        yield Note((stretch.place.within(0, 1),), "error", "标题", "【错误】不可\n依据：某项规定")


def annotated(data: bytes) -> bytes:
    return annotate_xlsx(data, list(notes(read(data))), DEFAULT_LIMITS, "zh")


def test_read_workbooks(workbooks: list[bytes], benchmark: BenchmarkFixture, said: list[str]) -> None:
    documents = measured(benchmark, said, "read .xlsx", workbooks, lambda: [read(data) for data in workbooks])
    assert all(document.source.text.count("分值") == 1 for document in documents)
    assert all(document.source.text.count("\n5分\n") == INDICATORS for document in documents)


def test_reading_next_to_openpyxl(workbooks: list[bytes], said: list[str]) -> None:
    opened = ratio(read, lambda data: load_workbook(io.BytesIO(data)), workbooks)
    bounded(said, "read, of openpyxl opening", opened, MOST_OF_OPENING)


def test_annotating_next_to_reading(workbooks: list[bytes], said: list[str]) -> None:
    made = {data: list(notes(read(data))) for data in workbooks}
    annotating = ratio(lambda data: annotate_xlsx(data, made[data], DEFAULT_LIMITS, "zh"), read, workbooks)
    bounded(said, "annotate .xlsx, of reading it", annotating, MOST_OF_ANNOTATING)


@pytest.mark.parametrize(("name", "work"), [("read", read), ("annotate", annotated)])
def test_a_sheet_twice_as_long(name: str, work: Callable[[bytes], Any], said: list[str]) -> None:
    drafts = list(samples(LONG_FILE))
    long, half = workbook(drafts), workbook(drafts[: LONG_FILE // 2])
    times = [(seconds(lambda: work(long)), seconds(lambda: work(half))) for _ in range(3)]
    bounded(said, f"{name} an .xlsx twice as long", min(one for one, _ in times) / min(other for _, other in times), MOST_FOR_DOUBLE)


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the system does not tell how much memory a process took")
def test_a_million_empty_rows(workbooks: list[bytes], tmp_path: Path, said: list[str]) -> None:
    small, vast = tmp_path / "small.xlsx", tmp_path / "vast.xlsx"
    small.write_bytes(workbooks[0])
    size = _with_empty_rows(workbooks[0], vast)
    assert vast.stat().st_size < DEFAULT_LIMITS.max_bytes
    (least, _), (most, took) = _memory(small), _memory(vast)
    said.append(f"{f'a million empty rows, {size / 1e6:.0f} MB':32} {took:9.1f} s  {most - least:6.1f} MB more than a small file")
    assert most - least < MOST_MEGABYTES


def _with_empty_rows(data: bytes, path: Path) -> int:
    """Write a workbook with rows of formatted cells below its own, none of which holds anything; return how large its sheet is."""
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        head, tail = given.read(name).split(b"</sheetData>")
        for member in given.namelist():
            if member != name:
                out.writestr(member, given.read(member))
        with out.open(name, "w", force_zip64=True) as sheet:
            sheet.write(head)
            for row in range(101, EMPTY_ROWS + 1):
                cells = "".join(f'<c r="{column}{row}" s="1"></c>' for column in "ABCDEFGH")
                sheet.write(f'<row r="{row}" spans="1:{EMPTY_CELLS}" ht="14.25" customHeight="1" thickBot="1">{cells}</row>'.encode())
            sheet.write(b"</sheetData>" + tail)
        return out.getinfo(name).file_size


_CHILD = """
import sys, time
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.xlsx import read_xlsx
data, start = open(sys.argv[1], "rb").read(), time.perf_counter()
assert read_xlsx("a.xlsx", data, DEFAULT_LIMITS).blocks
took = time.perf_counter() - start
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) / 1000, took)
"""


def _memory(path: Path) -> tuple[float, float]:
    """Return the megabytes that a process of its own takes to read a file, and the seconds."""
    out = subprocess.run([sys.executable, "-c", _CHILD, str(path)], capture_output=True, check=True, text=True).stdout
    megabytes, took = map(float, out.split())
    return megabytes, took
