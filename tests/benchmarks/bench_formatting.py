"""How fast schemes are formatted: next to black on Python files of the same size, and how time grows with the text."""

from __future__ import annotations

from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import black
from pytest_benchmark.fixture import BenchmarkFixture

from assesslint.scheme.formatting import format_text
from assesslint.text.memory import collection_paused
from assesslint.text.source import Source
from tests.benchmarks.corpus import samples
from tests.scheme.test_formatting import untidy

PYTHON = Path(__file__).parent.parent.parent / "assesslint"
SCHEMES = 60
MOST_OF_BLACK, MOST_FOR_DOUBLE = 0.5, 2.2


def formatted(text: str) -> str:
    result = format_text(Source("a.assess", text))
    assert result.text is not None
    return result.text


def black_formatted(text: str) -> str:
    """Format as black does for its users: the result is parsed again and compared, as ours is."""
    return black.format_file_contents(text, fast=False, mode=black.Mode(line_length=100))


def seconds(work: Any, texts: list[str]) -> float:
    with collection_paused():
        start = perf_counter()
        for text in texts:
            work(text)
        return perf_counter() - start


def python_files() -> list[str]:
    """Return Python files of about the size of a scheme, laid out in another way than black would."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(PYTHON.rglob("*.py"))]
    return [text for text in texts if 4_000 < len(text.encode()) < 12_000][:SCHEMES]


def test_format_next_to_black(benchmark: BenchmarkFixture, said: list[str]) -> None:
    python = python_files()
    schemes = [untidy(sample.language, Random(number)) for number, sample in enumerate(samples(SCHEMES))]  # noqa: S311
    formatted(schemes[0])
    with collection_paused():
        benchmark.pedantic(lambda: [formatted(text) for text in schemes], rounds=3)
    ours = sum(len(text.encode()) for text in schemes) / 1e6 / benchmark.stats.stats.median
    theirs = sum(len(text.encode()) for text in python) / 1e6 / min(seconds(black_formatted, python) for _ in range(2))
    said.append(f"{'format .assess':32} {ours:6.2f} MB/s, black {theirs:6.3f} MB/s")
    said.append(f"{'time a byte, of black':32} {theirs / ours:9.2f} ×  (at most {MOST_OF_BLACK})")
    assert theirs / ours <= MOST_OF_BLACK


def test_time_grows_with_the_text(said: list[str]) -> None:
    texts = [sample.language for sample in samples(SCHEMES)]
    whole, half = "\n".join(texts), "\n".join(texts[: SCHEMES // 2])
    ratio = min(seconds(formatted, [whole]) for _ in range(3)) / min(seconds(formatted, [half]) for _ in range(3))
    said.append(f"{'twice the text in one file':32} {ratio:9.2f} ×  (at most {MOST_FOR_DOUBLE})")
    assert ratio <= MOST_FOR_DOUBLE
