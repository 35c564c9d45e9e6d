"""How the time and memory of `assesslint check` grow with a folder of drafts of every kind, run as its user does, with the progress bar.

Not part of the tests: `make bench` runs it. Only ratios measured within one run, and memory, are held to a bound.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle
from pathlib import Path

import pytest

from tests.benchmarks.bench_excel import workbook
from tests.benchmarks.bench_speed import bounded
from tests.benchmarks.bench_word import word_file
from tests.benchmarks.corpus import Sample, samples
from tests.documents.press import Press, pdf

DRAFTS = 500
MOST_FOR_DOUBLE, MOST_MEGABYTES = 2.3, 300


def page(draft: Sample) -> bytes:
    return f"<meta charset=utf-8>{''.join(f'<p>{line}</p>' for line in draft.plain.splitlines())}".encode()


def printed(draft: Sample) -> bytes:
    press = Press()
    for line in draft.plain.splitlines():
        press.paragraph(line)
    return pdf(press.sheets)


KINDS: dict[str, Callable[[Sample], bytes]] = {
    ".assess": lambda draft: draft.language.encode(),
    ".txt": lambda draft: draft.plain.encode(),
    ".docx": lambda draft: word_file([draft]),
    ".xlsx": lambda draft: workbook([draft]),
    ".html": page,
    ".pdf": printed,
}


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a folder of half the drafts and one of all."""
    half, whole = tmp_path_factory.mktemp("half"), tmp_path_factory.mktemp("whole")
    for number, (draft, suffix) in enumerate(zip(samples(DRAFTS), cycle(KINDS), strict=False)):
        data = KINDS[suffix](draft)
        for folder in (whole, half)[: 1 + (number < DRAFTS // 2)]:
            (folder / f"{number:03}{suffix}").write_bytes(data)
    return half, whole


def run(folder: Path) -> tuple[str, float, float]:
    """Check a folder at a terminal; return what was printed there, the most memory held, in megabytes, and the processor's seconds."""
    command = [str(Path(sys.executable).with_name("assesslint")), "check", str(folder)]
    terminal, end = pty.openpty()
    process = subprocess.Popen(command, stdout=end, stderr=end)
    os.close(end)
    printed: list[bytes] = []
    with suppress(OSError):  # how Linux tells that nobody writes any more
        while piece := os.read(terminal, 1 << 16):
            printed.append(piece)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    os.close(terminal)
    return b"".join(printed).decode(errors="replace"), used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


def test_a_folder_of_mixed_drafts(folders: tuple[Path, Path], said: list[str]) -> None:
    half, whole = folders
    (printed, memory, taken), (_, memory_of_half, taken_by_half) = run(whole), run(half)
    assert f"检查了 {DRAFTS} 个文件" in printed
    assert "100%" in printed
    said.append(f"memory for {DRAFTS} mixed drafts: {memory:.0f} MB, for {DRAFTS // 2}: {memory_of_half:.0f} MB (at most {MOST_MEGABYTES})")
    assert memory < MOST_MEGABYTES
    bounded(said, f"{DRAFTS} mixed drafts instead of {DRAFTS // 2}", taken / taken_by_half, MOST_FOR_DOUBLE)
