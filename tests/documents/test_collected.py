"""Drafts in layouts as a clerk collected them, not composed for the readers: every indicator people would name is found, with its points.

Each line of `collected/expected.jsonl` gives a draft's indicators as (name, points, kind), and under `missed` those not found today.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assesslint.documents.draft import read_draft
from assesslint.text.normalise import normalise

COLLECTED = Path(__file__).parent / "collected"
EXPECTED = [json.loads(line) for line in (COLLECTED / "expected.jsonl").read_text(encoding="utf-8").splitlines()]


def letters(words: str) -> str:
    return "".join(filter(str.isalnum, normalise(words).text))


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected["draft"])
def test_the_indicators_of_a_collected_draft(expected: dict[str, Any]) -> None:
    path = COLLECTED / expected["draft"]
    leaves = [leaf for scheme in read_draft(path.name, path.read_bytes()).schemes for _, leaf in scheme.indicators()]
    found = {
        (letters(leaf.name.text), None if leaf.points is None else float(leaf.points), leaf.kind)
        for leaf in leaves
        if leaf.kind != "provision"
    }
    wanted = {(letters(name), points, kind): name for name, points, kind in expected["indicators"]}
    assert {name for told, name in wanted.items() if told not in found} == set(expected.get("missed", ()))
