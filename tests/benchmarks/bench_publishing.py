"""How long publishing and verifying a scheme take, next to checking the same file: a small one, and one of 200 indicators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from assesslint.linter.check import judge_met
from assesslint.linter.inputs import Input
from assesslint.linter.settings import Settings
from assesslint.policy.envelope import sealed
from assesslint.policy.keys import secret_key
from assesslint.policy.rulebook import load_rulebook
from assesslint.publication.gate import ATTESTATION, judge_paper
from assesslint.publication.statement import Files
from assesslint.publication.verification import verify_files
from tests.benchmarks.bench_speed import bounded, seconds
from tests.publication.papers import DAY, SECRET, TRUST

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "15-good-government-services.assess"
KINDS = ("一次办成", "诉求办理", "材料免交", "帮办代办")
ROUNDS = 9


def long_scheme(indicators: int) -> str:
    """Return a scheme of so many indicators; that they are too many is all that is wrong with it."""
    fields = '评分: "按期办结率达到95%得满分，每低1个百分点扣0.1分"\n    佐证: 系统数据, 第三方测评'
    names = (f"{KINDS[number % 4]}{number}" for number in range(indicators))
    items = "\n".join(f'  指标 "{name}" {100 / indicators}分 {{\n    {fields}\n  }}' for name in names)
    head = EXAMPLE.read_text(encoding="utf-8").partition("指标")[0].rstrip()
    return f"{head}\n{items}\n}}\n"


@pytest.mark.parametrize(("name", "indicators", "most"), [("5 indicators", 0, 5), ("200 indicators", 200, 2.5)])
def test_publish_and_verify_next_to_check(said: list[str], name: str, indicators: int, most: float) -> None:
    data = long_scheme(indicators).encode() if indicators else EXAMPLE.read_bytes()
    rulebook, key = load_rulebook(), secret_key(SECRET)

    def check() -> Any:
        return judge_met([Input("draft.assess", None, data)], Settings(as_of=date(2026, 11, 27)), rulebook)

    def publish() -> Files:
        paper = judge_paper("draft.assess", data, Settings(), rulebook, DAY)
        return {**paper.files, ATTESTATION: sealed(paper.statement, key)}

    files = publish()
    assert verify_files(files, TRUST, rulebook).judged is not None
    works: list[Callable[[], Any]] = [check, publish, lambda: verify_files(files, TRUST, rulebook)]
    times = [[seconds(work) for work in works] for _ in range(ROUNDS)]
    checked, published, verified = (median(column) for column in zip(*times, strict=True))
    bounded(said, f"publish ({name}), of check", published / checked, most)
    bounded(said, f"verify ({name}), of check", verified / checked, most)
