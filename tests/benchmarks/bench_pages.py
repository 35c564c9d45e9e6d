"""How fast printed drafts are read next to pdfplumber taking out nothing but their text, and how much memory a thousand pages need.

Not part of the tests: `make bench` runs it. Only ratios measured within one run, and memory, are held to a bound.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pdfplumber
import pytest

from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.ofd import read_ofd
from assesslint.documents.pdf import read_pdf
from tests.documents.press import Press, Sheet, ofd, pdf

FEW, MANY = 40, 1000
ROUNDS = 3
MOST_OF_PDFPLUMBER, MOST_OFD_OF_PDF = 1.3, 1.5
MOST_MEGABYTES = 200
OPENING = "为落实中央关于整治形式主义为基层减负的要求，进一步规范数字政务工作考核，结合我县实际，制定本细则。"
SCORING = "“干部之家”激活率达到户籍人口50%得满分，每低1个百分点扣0.5分，末位约谈主要负责人。"

READ = """
import re, sys
from pathlib import Path
from assesslint.documents.limits import Limits
from assesslint.documents.pdf import read_pdf
document = read_pdf("draft.pdf", Path(sys.argv[1]).read_bytes(), Limits(max_characters=2_000_000))
peak = re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())
print(len(document.source.text), int(peak[1]) // 1024)
"""
"""Tells characters and the most memory held, in megabytes."""


def sheets(count: int) -> list[Sheet]:
    """Return so many pages of paragraphs and tables."""
    press = Press(header="清河县大数据局文件", footer=lambda number: f"— {number} —")
    while len(press.sheets) <= count:
        press.paragraph(OPENING * 3)
        rows = [[str(number), f"第{number}项", "5", SCORING * 2] for number in range(1, 11)]
        press.table([["序号", "指标名称", "分值", "评分标准"], *rows], [40, 100, 60, 242], repeat_head=True)
    return press.sheets[:count]


def plain(data: bytes) -> int:
    with pdfplumber.open(io.BytesIO(data)) as file:
        return sum(len(page.extract_text()) for page in file.pages)


def in_turns(one: Callable[[], Any], other: Callable[[], Any]) -> tuple[float, float]:
    """Return the seconds each takes, measured in turns, so that a busy moment slows both."""

    def seconds(work: Callable[[], Any]) -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    times = [(seconds(one), seconds(other)) for _ in range(ROUNDS)]
    return median(first for first, _ in times), median(second for _, second in times)


def test_pdf_next_to_pdfplumber(said: list[str]) -> None:
    data = pdf(sheets(FEW))
    ours, theirs = in_turns(lambda: read_pdf("draft.pdf", data, DEFAULT_LIMITS), lambda: plain(data))
    said.append(f"{'PDF → document':32} {FEW / ours:9.1f} pages/s  (pdfplumber's text alone {FEW / theirs:.1f})")
    said.append(f"{'PDF, of pdfplumber':32} {ours / theirs:9.2f} ×  (at most {MOST_OF_PDFPLUMBER})")
    assert ours <= MOST_OF_PDFPLUMBER * theirs


def test_ofd_next_to_pdf(said: list[str]) -> None:
    printed = sheets(FEW)
    as_ofd, as_pdf = ofd(printed), pdf(printed)
    ours, theirs = in_turns(lambda: read_ofd("draft.ofd", as_ofd, DEFAULT_LIMITS), lambda: read_pdf("draft.pdf", as_pdf, DEFAULT_LIMITS))
    said.append(f"{'OFD, of the same pages as PDF':32} {ours / theirs:9.2f} ×  (at most {MOST_OFD_OF_PDF})")
    assert ours <= MOST_OFD_OF_PDF * theirs


@pytest.mark.parametrize("count", [100, MANY])
def test_memory_of_many_pages(count: int, tmp_path: Path, said: list[str]) -> None:
    """In a process of its own, since one that was larger before would not tell."""
    if not Path("/proc/self/status").exists():
        pytest.skip("memory is told by /proc, which only Linux has")
    path = tmp_path / "draft.pdf"
    path.write_bytes(pdf(sheets(count)))
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    characters, megabytes = map(int, done.stdout.split())
    said.append(f"{f'{count:,} pages of a PDF':32} {megabytes:9} MB at most  ({characters:,} characters)")
    assert megabytes <= MOST_MEGABYTES
