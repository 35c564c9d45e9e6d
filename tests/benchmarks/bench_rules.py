"""How long `rules check` takes on the central rules, next to one check of the example drafts; both with what Python has compiled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from assesslint.text.resources import resource
from tests.benchmarks.bench_speed import bounded

MOST_FOR_CHECK = 5.0
ROUNDS = 5
ROOT = Path(__file__).parent.parent.parent


def test_rules_check_of_a_check_of_the_examples(said: list[str]) -> None:
    program = str(Path(sys.executable).with_name("assesslint"))

    def seconds(*words: str) -> float:
        start = perf_counter()
        subprocess.run([program, *words], cwd=ROOT, capture_output=True, check=False)
        return perf_counter() - start

    commands = (("rules", "check", str(resource("rules"))), ("check", "examples"))
    for command in commands:
        seconds(*command)
    times = [[seconds(*command) for command in commands] for _ in range(ROUNDS)]
    ratio = median(rules / examples for rules, examples in times)
    bounded(said, "rules check, of check examples", ratio, MOST_FOR_CHECK)
