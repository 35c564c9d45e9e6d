"""How long a shell waits for the names of rules: next to importing click, which is what any program of this kind does first."""

from __future__ import annotations

import os
import subprocess
import sys
from statistics import median
from time import perf_counter

MOST_FOR_ANSWER = 4.0
ANSWERS = 15


def test_rules_are_proposed(said: list[str]) -> None:
    base = [sys.executable, "-c", "import click"]
    ask = [sys.executable, "-m", "assesslint.cli.main"]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "_ASSESSLINT_COMPLETE": "zsh", "COMP_WORDS": "assesslint check --select "}

    def seconds(command: list[str]) -> float:
        start = perf_counter()
        subprocess.run(command, env=environment, capture_output=True, check=True)
        return perf_counter() - start

    seconds(base), seconds(ask)
    times = [(seconds(base), seconds(ask)) for _ in range(ANSWERS)]
    ratio = median(long for _, long in times) / median(short for short, _ in times)
    said.append(f"{'completion, of `import click`':32} {ratio:9.2f} ×  (at most {MOST_FOR_ANSWER})")
    assert ratio <= MOST_FOR_ANSWER
