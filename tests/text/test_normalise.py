"""Normal form: what becomes of every kind of noise, and that every character kept knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.text.normalise import BIDI, INVISIBLE, VARIANTS, normalise


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("", ""),
        ("Ａ Ｐ Ｐ　下 載 率", "app下载率"),
        ("激活率≥９０％，", "激活率≥90%，"),
        ("下\u200b载\u2060量\u00ad", "下载量"),
        ("\u202e量载下\u202c", "量载下"),
        ("1,000人", "1000人"),
        ("１，０００人", "1000人"),
        ("90，100条", "90，100条"),
        ("10,20,30", "10，20，30"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("(5分)[注]【备注】〔2026〕", "（5分）（注）（备注）（2026）"),
        ("每 月 3 篇", "每月3篇"),
        ("open account", "open account"),
        ("2 少一次扣0 5分", "2少一次扣0 5分"),
        ("二〇二六年", "二零二六年"),
        ("叁佰贰拾", "三百二拾"),
        ("帳號、賬號", "账号、账号"),
        ("①㈠⒈½", "1（一）1.1⁄2"),
        ("「收到」『好』", "“收到”“好”"),
        ("后台……截图——照片", "后台……截图--照片"),
        ("AB\tCD\x0bEF", "ab cd ef"),
        ("⼯作群", "工作群"),
        ("落實到臺賬裡", "落实到台账里"),
    ],
)
def test_what_normal_form_makes_of_it(text: str, normal: str) -> None:
    assert normalise(text).text == normal


TEXTS = st.text(
    st.one_of(
        st.sampled_from("下载率打卡截图，。；：（）()【】 \u3000\t\r\n0123456789０１２,，.％%一二三〇ＡＰＰapp①⑩㈠½…—"),
        st.sampled_from(sorted(INVISIBLE | BIDI)),
        st.characters(),
    ),
    max_size=80,
)


@given(TEXTS)
def test_every_character_kept_comes_from_a_place_and_in_order(text: str) -> None:
    normal = normalise(text)
    assert len(normal.origin) == len(normal.text) + 1
    assert list(normal.origin) == sorted(normal.origin)
    assert normal.origin[-1] == len(text)
    for at, kept in enumerate(normal.text):
        start, end = normal.original(at, at + 1)
        assert (start, end) == (normal.origin[at], normal.origin[at] + 1)
        assert kept in normalise(text[start:end]).text or kept == " "


@given(TEXTS)
def test_what_is_normal_stays_as_it_is(text: str) -> None:
    once = normalise(text).text
    hidden = INVISIBLE | BIDI
    assert not any(c in hidden for c in once)
    assert normalise(once).text == normalise(normalise(once).text).text


@given(st.text("下载率打卡，。1２", max_size=30), st.data())
def test_hidden_characters_hide_nothing(text: str, data: st.DataObject) -> None:
    hidden = "".join(c + data.draw(st.sampled_from(["", "\u200b", "\u202e", "\ufeff"])) for c in text)
    assert normalise(hidden).text == normalise(text).text


def test_no_character_is_taken_for_simplified_that_has_a_simpler_form() -> None:
    from opencc import OpenCC

    converter = OpenCC("t2s")
    for character in map(chr, range(0x3400, 0x9FFF)):
        if character not in VARIANTS:
            expected = converter.convert(character)
            assert normalise(character).text == VARIANTS.get(expected, expected), character
