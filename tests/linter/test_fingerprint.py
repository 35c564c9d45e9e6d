"""A fingerprint stays when only spacing, width or script change, and changes with any word."""

from __future__ import annotations

import pytest

from assesslint.linter.fingerprint import fingerprint

BASE = fingerprint("check-in", "应用推广", "APP激活率达到50%,每周打卡")


def test_it_is_a_short_digest() -> None:
    assert len(BASE) == 32
    assert set(BASE) <= set("0123456789abcdef")


@pytest.mark.parametrize("text", ["APP激活率达到50%，每周打卡", "ＡＰＰ激活率\n达到 50% ，每周打卡", "APP激活率達到50%,每週打卡"])
def test_it_stays_when_only_the_form_changes(text: str) -> None:
    assert fingerprint("check-in", "应用推广", text) == BASE


@pytest.mark.parametrize(
    "parts",
    [
        ("check-in", "应用推广", "APP激活率达到60%,每周打卡"),
        ("follow-quota", "应用推广", "APP激活率达到50%,每周打卡"),
        ("check-in", "应用推广APP", "激活率达到50%,每周打卡"),
    ],
)
def test_it_changes_with_any_word(parts: tuple[str, ...]) -> None:
    assert fingerprint(*parts) != BASE
