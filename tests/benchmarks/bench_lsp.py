"""How soon an editor shows what is found after a keystroke in a scheme of 300 indicators, and answers while one is judged.

Measured from the message with the edit to the diagnostics of that very state, over real pipes. Each round also checks the same file whole
by the command line, so that the two meet the same machine.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import pytest

from assesslint.lsp.session import QUIET_SECONDS
from tests.benchmarks.bench_speed import bounded
from tests.benchmarks.corpus import INDICATORS, samples
from tests.lsp.wire import Wire, about

SCHEME_INDICATORS = 300
KEYSTROKES, CHECKS, ASKED = 60, 5, 15

MOST_OF_A_CHECK, MOST_OF_A_FIRST = 0.4, 0.4
"""How long a keystroke may take, p95, of checking the file by the command line, and of judging it for the first time in the editor."""

MOST_WHILE_JUDGING = 4.0
"""How much longer the outline may take while the scheme is judged than when nothing else is done."""


@pytest.fixture(scope="module")
def text() -> str:
    """Return one scheme of 300 indicators."""
    parts = [sample.language for sample in samples(SCHEME_INDICATORS // INDICATORS)]
    head = parts[0][: parts[0].index("  类别")]
    return head + "".join(part[part.index("  类别") : part.rindex("}")] for part in parts) + "}\n"


@pytest.fixture
def server() -> Iterator[Wire]:
    wire = Wire()
    wire.start()
    wire.open("untitled:first", '方案 "先" { 指标 "巡查" 10分 { 评分: "打卡" } }')  # loads rules and words
    wire.shown("untitled:first", 1)
    yield wire
    wire.end()


def keystroke(server: Wire, uri: str, version: int, line: int, character: int) -> float:
    """Return the seconds from a typed character to what is found of the document with it."""
    place = {"line": line, "character": character}
    change = {"range": {"start": place, "end": place}, "text": "啊"}
    start = perf_counter()
    server.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]})
    server.shown(uri, version)
    return perf_counter() - start


def test_a_keystroke_of_checking_the_file_whole(server: Wire, text: str, tmp_path: Path, said: list[str]) -> None:
    uri, file = "untitled:scheme", tmp_path / "scheme.assess"
    file.write_text(text, encoding="utf-8")
    start = perf_counter()
    server.open(uri, text)
    server.shown(uri, 1)
    first = perf_counter() - start
    places = [(number, line.index('"') + 2) for number, line in enumerate(text.split("\n")) if "评分" in line]
    chosen = random.Random(1).choices(places, k=KEYSTROKES)  # noqa: S311 - no secret
    times = [keystroke(server, uri, version, *place) for version, place in enumerate(chosen, 2)]
    p95 = quantiles(times, n=20)[-1]
    checks = []
    for _ in range(CHECKS):
        start = perf_counter()
        subprocess.run([sys.executable, "-m", "assesslint.cli.main", "check", str(file)], capture_output=True, check=False)
        checks.append(perf_counter() - start)
    assert len(re.findall("指标 ", text)) == SCHEME_INDICATORS
    said.append(f"keystroke in {SCHEME_INDICATORS} indicators: median {median(times) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms")
    said.append(f"  {QUIET_SECONDS * 1000:.0f} ms of it wait for more; first {first * 1000:.0f} ms, check {median(checks) * 1000:.0f} ms")
    bounded(said, "a keystroke (p95), of checking that file by the command line", p95 / median(checks), MOST_OF_A_CHECK)
    bounded(said, "a keystroke (p95), of judging it first in the editor", p95 / first, MOST_OF_A_FIRST)


def test_the_outline_while_a_scheme_is_judged(server: Wire, text: str, said: list[str]) -> None:
    """The judge works in a thread of the same interpreter; this is what that costs whoever asks meanwhile."""

    def asked(version: int, *, settled: bool) -> float:
        uri = f"untitled:{version}"
        server.open(uri, text.replace("考核", f"考核{version}", 1))
        if settled:
            server.shown(uri, 1)
        start = perf_counter()
        assert server.ask("textDocument/documentSymbol", about(uri))["result"]
        taken = perf_counter() - start
        server.tell("textDocument/didClose", about(uri))
        return taken

    alone = median(asked(version, settled=True) for version in range(ASKED))
    beside = median(asked(version, settled=False) for version in range(ASKED, 2 * ASKED))
    said.append(f"outline of {SCHEME_INDICATORS} indicators: {alone * 1000:.0f} ms alone, {beside * 1000:.0f} ms while it is judged")
    bounded(said, "the outline while the scheme is judged, of when it is not", beside / alone, MOST_WHILE_JUDGING)
