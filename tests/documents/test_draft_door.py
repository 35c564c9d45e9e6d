"""The door for every format: who reads what, and the answer bad files get."""

from __future__ import annotations

import pytest

from assesslint.documents.draft import read_draft
from assesslint.documents.limits import Limits

DRAFT = "清河县考核细则\n1.应用推广（10分）：激活率达到50%得满分。\n"


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "a.md", "a.markdown", "./x/a.txt"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_draft_is_the_same_however_it_is_stored(name: str, codec: str) -> None:
    draft = read_draft(name, DRAFT.encode(codec))
    assert draft.findings == draft.notices == ()
    [scheme] = draft.schemes
    assert scheme.name.text == "清河县考核细则"
    [(above, indicator)] = scheme.indicators()
    assert above == ()
    assert (indicator.name.text, indicator.points, indicator.kind) == ("应用推广", 10, "scored")
    assert [(f.name, f.value.text) for f in indicator.fields] == [("content", "激活率达到50%得满分。")]


def test_line_ends_of_windows_change_no_place() -> None:
    draft = read_draft("a.txt", DRAFT.replace("\n", "\r\n").encode())
    [(_, indicator)] = draft.schemes[0].indicators()
    [span] = indicator.fields[0].value.spans(0, 3)
    assert draft.source.text[span.start : span.end] == "激活率"
    assert draft.source.position(span.start).line == 2


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "文件是空的"),
        ("a.txt", b"%PDF-1.4", "像是PDF 文件"),
        ("a.txt", b"\x00\x01\x02\x03", "像是二进制文件"),
        ("a.docx", b"", "文件是空的"),
        ("a.xlsx", b"PK\x03\x04", "不完整或已损坏"),
        ("a.pdf", b"%PDF", "不能作为 PDF 打开"),
        ("a.png", b"", ".png文件暂不能直接读取"),
        ("draft", b"x", "无扩展名的文件暂不能直接读取"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_way_out(name: str, data: bytes, words: str) -> None:
    draft = read_draft(name, data)
    assert draft.schemes == ()
    [finding] = draft.findings
    assert (finding.rule, finding.severity, finding.path) == ("unreadable-file", "error", name)
    assert words in finding.message
    [english] = read_draft(name, data, "en").findings
    assert english.message != finding.message


def test_the_formats_that_are_read_are_named() -> None:
    [finding] = read_draft("a.ofd.zip", b"x").findings
    assert all(name in finding.message for name in ("Word", "Excel", "WPS", "PDF", "OFD", "网页", "纯文本", ".assess", "压缩包请先解压"))


def test_a_file_beyond_the_limit_is_not_read() -> None:
    [finding] = read_draft("a.txt", b"x" * 1001, limits=Limits(max_bytes=1000)).findings
    assert finding.rule == "unreadable-file"
    assert "超过上限" in finding.message


def test_a_draft_without_indicator_is_one_provision_and_an_error() -> None:
    text = "关于近期工作的函\n\n请组织群众下载“反诈中心”，确保应装尽装。\n"
    draft = read_draft("a.txt", text.encode())
    assert [(f.rule, f.family, f.severity) for f in draft.findings] == [("nothing-recognised", "reading", "error")]
    [(_, provision)] = draft.schemes[0].indicators()
    assert provision.kind == "provision"
    assert [f.value.text for f in provision.fields] == ["关于近期工作的函\n请组织群众下载“反诈中心”，确保应装尽装。"]


def test_hidden_characters_are_noticed_and_the_draft_is_read_all_the_same() -> None:
    draft = read_draft("a.txt", "1.应用推广（10分）：下\u200b载率达到50%。\u202e".encode())
    assert [(n.id, n.location.start.column) for n in draft.notices if n.location.start] == [
        ("hidden-characters", 14),
        ("hidden-characters", 23),
    ]
    [(_, indicator)] = draft.schemes[0].indicators()
    assert indicator.points == 10


def test_many_hidden_characters_are_counted() -> None:
    draft = read_draft("a.txt", ("1.推广（5分）" + "\u200b" * 100).encode())
    assert len(draft.notices) == 21
    assert "80" in draft.notices[-1].message


@pytest.mark.parametrize(
    "text",
    [
        "一、应用推广（40分）" + "激活率，" * 50_000,
        "：" * 200_000,
        "（" * 200_000,
        "|" * 100_000,
        "一" * 200_000,
        "1." * 100_000,
        "有下列情形之一的：\n" * 5_000,
        "（1）" * 50_000,
        "\n".join(" " * (i % 900) + "- x（5分）" for i in range(1_000)),
        "\n".join("#" * (i % 9) + " x（5分）" for i in range(2_000)),
    ],
    ids=lambda text: text[:6],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_long_lines_and_deep_nesting_are_read_or_refused_but_never_fail(text: str, name: str) -> None:
    draft = read_draft(name, text.encode())
    assert draft.schemes or draft.findings
