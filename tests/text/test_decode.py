"""Bytes in every encoding a draft may come in: read, or refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.text.decode import decode

DRAFT = "清河县2026年度数字政务工作考核细则\r\n一、应用推广（10分）\r\n评分标准：激活率达到50%得满分。\r\n"
TRADITIONAL = "清河縣2026年度數位政務工作考核細則\n一、應用推廣（10分）\n評分標準：啟用率達到50%得滿分。\n"


@pytest.mark.parametrize("text", [DRAFT, TRADITIONAL, "下载率达到九成", "1"])
@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
    ],
)
def test_drafts_are_read_in_every_encoding_drafts_come_in(text: str, codec: str, named: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.fault is None
    assert decoded.encoding == named or text.isascii()


def test_traditional_characters_are_read_in_big5_too() -> None:
    decoded = decode(TRADITIONAL.encode("big5"))
    assert (decoded.text, decoded.encoding, decoded.fault) == (TRADITIONAL, "cp950", None)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf", "文件是空的"),
        (b"  \r\n\t", "文件是空的"),
        (b"%PDF-1.7 \x00", "PDF 文件"),
        (b"PK\x03\x04\x14\x00", "新版 Word、Excel、OFD"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "旧版 Word、Excel 或 WPS"),
        (b"{\\rtf1\\ansi", "RTF 文件"),
        (b"\x89PNG\r\n", "图片"),
        (bytes(range(256)) * 4, "二进制文件"),
        ("アプリのダウンロード数を報告する。これは評価です。".encode("shift_jis"), "只读 UTF-8、UTF-16、GB18030 和 Big5"),
        (DRAFT.encode("utf-32"), "UTF-32"),
        (DRAFT.encode() + b"\xff\xfe\n", "第 4 行有乱码"),
    ],
)
def test_what_is_no_draft_is_refused_by_name(data: bytes, words: str) -> None:
    decoded = decode(data)
    assert decoded.text == ""
    assert decoded.fault is not None
    assert words in decoded.fault.zh
    assert decoded.fault.en.isascii() or "繁体" in decoded.fault.en


def test_hidden_characters_are_told_with_their_places() -> None:
    decoded = decode("下\u200b载\u202e率".encode())
    assert decoded.text == "下\u200b载\u202e率"
    assert [(h.offset, h.code_point) for h in decoded.hidden] == [(1, "U+200B"), (3, "U+202E")]


def test_a_lone_surrogate_is_told_and_replaced_in_place() -> None:
    decoded = decode("下\ud800载".encode("utf-8", "surrogatepass"))
    assert decoded.text == "下\ufffd载"
    assert [(h.offset, h.code_point) for h in decoded.hidden] == [(1, "U+D800")]


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.fault is None or decoded.text == ""
    decoded.text.encode()
    for hidden in decoded.hidden:
        assert decoded.text[hidden.offset] in (hidden.character, "\ufffd")
