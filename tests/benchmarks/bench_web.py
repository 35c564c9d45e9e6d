"""What a draft sent to the web page costs beside `assesslint check` of it, many people sending at once for a minute to two workers.

A ratio is to the time that the same draft takes to be judged alone in a process that has the rules loaded, measured in the same run.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import httpx2
import pytest

from assesslint.linter.check import judge_met
from assesslint.linter.inputs import Input
from assesslint.linter.settings import Settings
from assesslint.policy.rulebook import load_rulebook
from assesslint.reports.formats import FORMATS
from tests.benchmarks.bench_speed import bounded

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "17-word-draft.docx"
WORKERS, SECONDS = 2, 60
MOST_ALONE, MOST_MEDIAN, MOST_LATE, MOST_MEMORY = 3.0, 12.0, 24.0, 600
"""The first three are ratios, with as many people as workers and with four times as many; memory is in MB, of all processes."""


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, int]]:
    """Return the address of a server and the id of its process."""
    command = [sys.executable, "-m", "assesslint.cli.main", "serve", "--port", "0", "--rate", "0", "--workers", str(WORKERS)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = re.search(r"http://\S+?:\d+", process.stderr.readline())
        assert told
        httpx2.get(f"{told[0]}/api/v1/rules", timeout=300)  # by then the site of the rules is made, which takes a processor
        yield told[0], process.pid
        process.send_signal(signal.SIGINT)


def held(address: str, people: int, seconds: float) -> list[float]:
    """Return how long each answer took, with so many people sending one draft after the other."""
    data, until = EXAMPLE.read_bytes(), perf_counter() + seconds
    took: list[float] = []

    def person() -> None:
        with httpx2.Client(timeout=300) as client:
            while perf_counter() < until:
                start = perf_counter()
                answer = client.post(f"{address}/api/v1/check", files={"file": (EXAMPLE.name, data)})
                took.append(perf_counter() - start)
                assert answer.status_code == 200

    threads = [threading.Thread(target=person) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def memory(pid: int) -> float:
    """Return the memory in MB that a process and its children hold."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    pages = sum(int(Path(f"/proc/{each}/statm").read_text(encoding="ascii").split()[1]) for each in (pid, *children))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_minute_of_uploads_on_two_workers(server: tuple[str, int], said: list[str]) -> None:
    address, pid = server
    data, rulebook = EXAMPLE.read_bytes(), load_rulebook()

    def alone() -> float:
        start = perf_counter()
        FORMATS["json"].encode(judge_met([Input(EXAMPLE.name, None, data)], Settings(), rulebook))
        return perf_counter() - start

    alone()
    one = median(alone() for _ in range(15))
    few = held(address, 1, SECONDS / 6)
    many = held(address, 4 * WORKERS, SECONDS)
    late = quantiles(many, n=100)[98]
    said.append(f"{'web: drafts a second, two workers':32} {len(many) / SECONDS:9.2f}")
    bounded(said, "web: one person, p50 of one check", median(few) / one, MOST_ALONE)
    bounded(said, f"web: {4 * WORKERS} people, p50 of one check", median(many) / one, MOST_MEDIAN)
    bounded(said, f"web: {4 * WORKERS} people, p99 of one check", late / one, MOST_LATE)
    held_memory = memory(pid)
    said.append(f"{'web: memory of all processes':32} {held_memory:9.0f} MB (at most {MOST_MEMORY})")
    assert held_memory <= MOST_MEMORY
