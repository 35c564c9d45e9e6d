"""Characters that a reader does not see or takes for others are found; what people write in Chinese is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.text.lookalikes import _LIKE, find_lookalikes


@pytest.mark.parametrize(
    ("text", "meant", "in_word"),
    [
        ("d\u043ewnload-quota", "o", True),
        ("GB2026\u200b-APP", "", True),
        ("\u202e考核", "", False),
        ("下载\ufeff量", "", False),
        ("下\ufe0f载", "", False),
        ("一行\u2028另一行", "", False),
        ("人\u30ed普查", "口", False),
        ("\u2f08口", "人", False),
        ("\uf9b5", "例", False),
        ("A\uff30P", "P", True),
        ("满\u0391级", "A", False),
    ],
)
def test_what_deceives_is_found(text: str, meant: str, in_word: bool) -> None:
    [odd] = find_lookalikes(text)
    assert (odd.meant, odd.in_word) == (meant, in_word)
    assert f"U+{ord(text[odd.span.start]):04X}" in odd.zh
    assert f"U+{ord(text[odd.span.start]):04X}" in odd.en


@pytest.mark.parametrize("text", ["“ＡＰＰ”激活率≥50%（①—③），Ⅰ级响应，PM2.5 μg/m³，37℃，〇二，——……《办法》", "café naïve", "ж"])
def test_what_people_write_is_left_alone(text: str) -> None:
    assert list(find_lookalikes(text)) == []


def test_the_letters_are_of_other_scripts_and_plain() -> None:
    likes = "".join(_LIKE.values())
    assert len(set(likes)) == len(likes)
    assert all(not like.isascii() and not unicodedata.name(like).startswith("CJK UNIFIED") for like in likes)


@given(st.text())
def test_every_hidden_character_is_found_and_nothing_plain(text: str) -> None:
    odd = {found.span.start for found in find_lookalikes(text)}
    for at, character in enumerate(text):
        if unicodedata.category(character) == "Cf":
            assert at in odd
        if character.isascii() and character.isprintable():
            assert at not in odd
