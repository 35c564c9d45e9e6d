"""How long checking, testing and proving the central rules takes next to one check of the examples, and how proving grows."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from assesslint.policy.rulebook import load_rulebook
from assesslint.proof.proved import prove_rules
from assesslint.text.resources import resource
from tests.benchmarks.bench_speed import bounded, seconds

MOST = {"check": 5.0, "test": 8.0, "prove": 12.0}
"""How many checks of the examples each command may take."""

FEW_RULES, MOST_FOR_RULES = 8, 10.0
"""Every pair of rules is compared, so that proving grows faster than their number: 34 rules are 4.25 times as many."""

ROUNDS = 3
ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("command", MOST)
def test_a_command_on_the_rules_of_a_check_of_the_examples(command: str, said: list[str]) -> None:
    program = str(Path(sys.executable).with_name("assesslint"))

    def run(*words: str) -> float:
        start = perf_counter()
        subprocess.run([program, *words], cwd=ROOT, capture_output=True, check=False)
        return perf_counter() - start

    commands = (("rules", command, str(resource("rules"))), ("check", "examples"))
    for words in commands:
        run(*words)
    times = [[run(*words) for words in commands] for _ in range(ROUNDS)]
    ratio = median(rules / examples for rules, examples in times)
    bounded(said, f"rules {command}, of check examples", ratio, MOST[command])


def test_proving_grows_with_the_rules(said: list[str]) -> None:
    rulebook, day = load_rulebook(), date(2026, 11, 23)
    few = list(rulebook.rules)[:FEW_RULES]
    ratio = seconds(lambda: prove_rules(rulebook, day)) / seconds(lambda: prove_rules(rulebook, day, few))
    bounded(said, f"prove {len(rulebook.rules)} rules instead of {FEW_RULES}", ratio, MOST_FOR_RULES)
