"""An indicator nobody could have written is read in portions: nothing is lost, no place moves, and the work grows with the text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from types import FrameType
from typing import Any

import pytest

from assesslint.reading import portions
from assesslint.reading.facts import Indicator
from assesslint.reading.fields import prose_fields
from assesslint.reading.portions import LONGEST, portions_of, together
from assesslint.reading.read import read_scheme
from assesslint.scheme import model
from assesslint.scheme.model import Prose, Scheme, prose_at
from assesslint.text.source import Source

SENTENCE = "各村每日下载“云上清风”APP并转发2篇，少一次扣1分。"
NOISE = ("登录，", "通报，", "《下载", "报送县教育局、", "“甲”", "“", "（", "9", "河")


def leaf_of(text: str, name: str = "应用推广") -> model.Indicator:
    draft = name + text
    value = model.Amount(Decimal(5), "points")
    fields = (model.Field("scoring", prose_at(draft, len(name), len(draft))), model.Field("target", value))
    return model.Indicator(prose_at(draft, 0, len(name)), Decimal(5), fields=fields)


def read(text: str) -> Indicator:
    leaf = leaf_of(text)
    (facts,) = read_scheme(Scheme(Prose("细则"), items=(leaf,)), Source("细则.txt", "应用推广" + text)).facts.indicators
    return facts


def test_an_ordinary_indicator_is_its_only_portion() -> None:
    leaf = leaf_of(SENTENCE)
    assert portions_of(leaf) == (leaf,)
    facts = read(SENTENCE)
    assert together(leaf, [facts]) is facts


@pytest.mark.parametrize("text", [SENTENCE * 1000, "河" * 30_000, "\n".join("河" * 2500 for _ in range(9))])
def test_portions_hold_the_whole_text_at_its_place(text: str) -> None:
    draft = "应用推广" + text
    parted = portions_of(leaf_of(text))
    parts = [prose for portion in parted for _, prose in prose_fields(portion)[1:]]
    assert "".join(prose.text for prose in parts) == text
    assert all(draft[prose.span.start : prose.span.end] == prose.text for prose in parts)
    assert all(sum(len(prose.text) for _, prose in prose_fields(portion)[1:]) <= LONGEST for portion in parted)
    assert [len(portion.fields) - len(prose_fields(portion)[1:]) for portion in parted] == [1, *(0 for _ in parted[1:])]


def test_a_long_name_is_parted_too() -> None:
    name = SENTENCE * 500
    parted = portions_of(leaf_of("按季评价。", name))
    assert parted[0].name.text + "".join(p.text for portion in parted for _, p in prose_fields(portion)[1:]) == name + "按季评价。"
    assert max(len(portion.name.text) for portion in parted) <= LONGEST


def test_what_stands_far_back_is_read_as_if_it_stood_alone() -> None:
    alone = read(SENTENCE)
    behind = read("按办结情况评价。" * 2000 + SENTENCE)
    assert alone.demands
    assert [(d.action, d.force, d.words.text) for d in behind.demands] == [(d.action, d.force, d.words.text) for d in alone.demands]


@pytest.mark.parametrize("noise", NOISE)
def test_reading_noise_is_work_in_proportion_to_its_length(noise: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "LONGEST", 400)
    shorter, longer = (_work(lambda count=count: read(noise * (count // len(noise)))) for count in (1600, 3200))
    assert longer <= 2.2 * shorter


def _work(run: Callable[[], Any]) -> int:
    """Return how many Python functions and generators a run enters."""
    entered = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal entered
        entered += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(before)
    return entered
