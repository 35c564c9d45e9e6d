"""Every example gets the answer written beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples import EXPECTED, ROOT, answer, examples, expected_file


@pytest.mark.parametrize("example", list(examples()), ids=lambda path: path.name)
def test_an_example_gets_the_answer_expected(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert answer(example) == expected_file(example).read_text(encoding="utf-8")


def test_no_answer_is_left_over() -> None:
    assert {file.name for file in EXPECTED.glob("*")} == {expected_file(example).name for example in examples()}
