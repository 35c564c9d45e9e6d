"""How fast 1,000 schemes of 20 indicators are parsed, read and judged; how time grows with text and rules; what starting up costs.

Not part of the tests, since a busy machine would fail them: `make bench` runs it. Only ratios measured within one run are held to a bound.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from assesslint.documents.draft import Draft, read_draft
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.linter.check import judge
from assesslint.linter.settings import Settings
from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.reading.facts import Scheme
from assesslint.reading.read import read_scheme
from assesslint.text.memory import collection_paused
from tests.benchmarks.corpus import INDICATORS, samples

SCHEMES = 1000
TODAY = date(2026, 11, 23)
MOST_FOR_DOUBLE, MOST_FOR_RULES, MOST_FOR_START = 2.2, 1.5, 3.0
FEW_RULES, MANY_RULES = 8, 64
STARTS = 25
LIMITS = replace(DEFAULT_LIMITS, max_characters=10_000_000)
"""What holds a thousand schemes in one file."""

Texts = list[bytes]


@pytest.fixture(scope="session")
def language() -> Texts:
    return [sample.language.encode() for sample in samples(SCHEMES)]


@pytest.fixture(scope="session")
def plain() -> Texts:
    return [sample.plain.encode() for sample in samples(SCHEMES)]


@pytest.fixture(scope="session")
def drafts(plain: Texts) -> list[Draft]:
    return as_drafts(plain, "txt")


@pytest.fixture(scope="session")
def folder(plain: Texts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("drafts")
    for number, text in enumerate(plain):
        (place / f"{number:04}.txt").write_bytes(text)
    return place


def as_drafts(texts: Texts, suffix: str) -> list[Draft]:
    return [read_draft(f"{number}.{suffix}", text, limits=LIMITS) for number, text in enumerate(texts)]


def as_facts(drafts: Sequence[Draft]) -> list[Scheme]:
    return [read_scheme(scheme, draft.source).facts for draft in drafts for scheme in draft.schemes]


def measured(benchmark: BenchmarkFixture, said: list[str], name: str, texts: Texts, work: Callable[[], Any]) -> Any:
    """Time `work` on texts, and say how many indicators and bytes it did in a second."""
    with collection_paused():
        result = benchmark.pedantic(work, rounds=2, warmup_rounds=0)
    seconds = benchmark.stats.stats.median
    rate, size = len(texts) * INDICATORS / seconds, sum(map(len, texts)) / 1e6
    said.append(f"{name:32} {rate:9,.0f} indicators/s  {size / seconds:6.2f} MB/s")
    return result


def seconds(work: Callable[[], Any]) -> float:
    with collection_paused():
        start = perf_counter()
        work()
        return perf_counter() - start


def bounded(said: list[str], name: str, ratio: float, most: float) -> None:
    said.append(f"{name:32} {ratio:9.2f} ×  (at most {most})")
    assert ratio <= most


def test_parse_the_scheme_language(language: Texts, benchmark: BenchmarkFixture, said: list[str]) -> None:
    drafts = measured(benchmark, said, "parse .assess", language, lambda: as_drafts(language, "assess"))
    assert sum(1 for draft in drafts for scheme in draft.schemes for _ in scheme.indicators()) == SCHEMES * INDICATORS


def test_read_plain_text_documents(plain: Texts, benchmark: BenchmarkFixture, said: list[str]) -> None:
    drafts = measured(benchmark, said, "plain text → scheme", plain, lambda: as_drafts(plain, "txt"))
    assert sum(1 for draft in drafts for scheme in draft.schemes for _ in scheme.indicators()) == SCHEMES * INDICATORS


def test_read_prose_into_facts(plain: Texts, drafts: list[Draft], benchmark: BenchmarkFixture, said: list[str]) -> None:
    measured(benchmark, said, "scheme → facts", plain, lambda: as_facts(drafts))


def test_judge_facts(plain: Texts, drafts: list[Draft], benchmark: BenchmarkFixture, said: list[str]) -> None:
    rulebook, schemes = load_rulebook(), as_facts(drafts)
    measured(benchmark, said, "facts → objections", plain, lambda: [rulebook.judge(scheme, TODAY) for scheme in schemes])


def test_whole_run(plain: Texts, folder: Path, benchmark: BenchmarkFixture, said: list[str]) -> None:
    rulebook = load_rulebook()
    report = measured(benchmark, said, "whole run on a folder", plain, lambda: whole_run(folder, rulebook))
    assert report.counts.indicators == SCHEMES * INDICATORS


def test_time_grows_with_the_text(folder: Path, said: list[str]) -> None:
    rulebook = load_rulebook()
    half = sorted(folder.iterdir())[: SCHEMES // 2]
    ratio = seconds(lambda: whole_run(folder, rulebook)) / seconds(lambda: whole_run(half, rulebook))
    bounded(said, "twice the text", ratio, MOST_FOR_DOUBLE)


def test_one_file_twice_as_long(language: Texts, said: list[str]) -> None:
    def run(count: int) -> list[Scheme]:
        return as_facts(as_drafts([b"\n".join(language[:count])], "assess"))

    ratio = seconds(lambda: run(SCHEMES)) / seconds(lambda: run(SCHEMES // 2))
    bounded(said, "twice the text in one file", ratio, MOST_FOR_DOUBLE)


def test_time_hardly_grows_with_the_rules(folder: Path, said: list[str]) -> None:
    ratio = seconds(lambda: whole_run(folder, rulebook_of(MANY_RULES))) / seconds(lambda: whole_run(folder, rulebook_of(FEW_RULES)))
    bounded(said, f"{MANY_RULES} rules instead of {FEW_RULES}", ratio, MOST_FOR_RULES)


def test_start_up(tmp_path: Path, said: list[str]) -> None:
    """Compare with importing what any program of this kind imports, in turns, so that a busy moment slows both."""
    (tmp_path / "draft.txt").write_bytes(next(samples(1)).plain.encode()[:600])
    base = [sys.executable, "-c", "import lark, click"]
    run = [str(Path(sys.executable).with_name("assesslint")), "check", "draft.txt"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def start(command: list[str]) -> float:
        return seconds(lambda: subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False))

    start(base), start(run)
    times = [(start(base), start(run)) for _ in range(STARTS)]
    ratio = median(long for _, long in times) / median(short for short, _ in times)
    bounded(said, "start-up, of `import lark, click`", ratio, MOST_FOR_START)


def whole_run(drafts: Path | list[Path], rulebook: Rulebook) -> Any:
    paths = [drafts] if isinstance(drafts, Path) else drafts
    return judge([str(path) for path in paths], Settings(as_of=TODAY), rulebook)


def rulebook_of(count: int) -> Rulebook:
    """Return the central rules, cut down or said again under other names to as many as asked for."""
    central = load_rulebook()
    rules = list(central.rules.values())
    chosen = [replace(rules[at % len(rules)], id=f"{rules[at % len(rules)].id}-{at}") for at in range(count)]
    return Rulebook(central.folder, {rule.id: rule for rule in chosen}, f"{count} rules")
