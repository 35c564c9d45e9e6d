"""Points that an indicator leaves go to the others whole, in proportion, and in tenths."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.linter.fixes.points import shared

points = st.decimals("0.1", 100, places=1) | st.decimals("0.01", 100, places=2) | st.integers(1, 100).map(Decimal)


@given(points, st.lists(points, min_size=1, max_size=24))
def test_the_total_stays_and_nobody_is_more_than_a_step_from_its_share(given_up: Decimal, others: list[Decimal]) -> None:
    result = shared(given_up, others)
    assert sum(result) == sum(others) + given_up
    step = min(Decimal("0.1"), *(Decimal(1).scaleb(int(v.as_tuple().exponent)) for v in (given_up, *others)))
    for before, after in zip(others, result, strict=True):
        share = given_up * before / sum(others)
        assert abs(after - before - share) <= step
        assert after.as_tuple().exponent == step.as_tuple().exponent


@pytest.mark.parametrize(
    ("given_up", "others", "result"),
    [("10", ["30", "60"], ["33.3", "66.7"]), ("10", ["20", "20", "20"], ["23.4", "23.3", "23.3"]), ("0.25", ["1", "1"], ["1.13", "1.12"])],
)
def test_what_is_left_goes_to_those_who_lost_most(given_up: str, others: list[str], result: list[str]) -> None:
    assert shared(Decimal(given_up), list(map(Decimal, others))) == list(map(Decimal, result))
