"""Notes on a web page: the very words marked, each note listed, everything else byte for byte, and no mark left over the next time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.documents.html import read_html
from assesslint.documents.limits import Limits
from assesslint.documents.unreadable import UnreadableError
from assesslint.reports.annotated.html import annotate_html
from assesslint.reports.annotated.notes import Note
from assesslint.text.source import Span

LIMITS = Limits()
OURS = re.compile(r'<mark data-assesslint[^>]*>|</mark>|<section data-assesslint="notes".*?</section>', re.DOTALL)


def note(data: bytes, *words: str, severity: str = "error", text: str = "这是意见") -> Note:
    """Return a note on the first place of each of these words of a page."""
    source = read_html("a.html", data, LIMITS).source
    spans = [Span(source.text.index(word), source.text.index(word) + len(word)) for word in words]
    return Note(source.locate_all(spans), severity, "标题", text)


def annotated(data: bytes, notes: Sequence[Note]) -> bytes:
    return annotate_html(data, notes, LIMITS, "zh")


class Marks(HTMLParser):
    """The marked words of a page, as the standard library's parser sees them, with the numbers and titles of their notes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.open: dict[str, str | None] | None = None
        self.listed = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert self.open is None, "a tag within a mark"
        if "data-assesslint" in (found := dict(attrs)) and tag == "mark":
            self.open = found
            self.found.append((str(self.open["data-assesslint"]), "", str(self.open["title"])))

    def handle_endtag(self, tag: str) -> None:
        assert self.open is None or tag == "mark"
        self.open = None

    def handle_data(self, data: str) -> None:
        if self.open is not None:
            number, words, title = self.found.pop()
            self.found.append((number, words + data, title))
        elif self.found:
            self.listed += data


PAGE = "<html><body>\n<p>APP激活<b>率</b>达到&ge;50%，\n  每日打卡。</p>\r\n<td>其他</body></html>".encode()


def test_the_very_words_are_marked_across_tags_and_entities() -> None:
    out = annotated(PAGE, [note(PAGE, "激活率达到≥50%", text='第1行\n"<b>&'), note(PAGE, "每日打卡", severity="advice")])
    marks = Marks(out.decode())
    assert [(number, words) for number, words, _ in marks.found] == [("1", "激活"), ("1", "率"), ("1", "达到≥50%"), ("2", "每日打卡")]
    assert marks.found[0][2] == '第1行\n"<b>&'
    assert '第1行"<b>&' in marks.listed
    assert OURS.sub("", out.decode()).encode() == PAGE
    assert out.index("第1行<br>".encode()) > out.index("其他".encode())


def test_the_last_mark_of_each_note_shows_its_number() -> None:
    out = annotated(PAGE, [note(PAGE, "激活率达到≥50%，"), note(PAGE, "≥50%，"), note(PAGE, "每日打卡", text="丙")]).decode()
    shown = re.findall(r'<mark data-assesslint="([\d ]+)"(?: data-assesslint-number="([^"]*)")?', out)
    assert shown == [("1", ""), ("1", ""), ("1", ""), ("1 2", "[1][2]"), ("3", "[3]")]
    assert '<a href="#assesslint-5">[3]</a> 丙' in out
    assert "[3]" not in read_html("a.html", out.encode(), LIMITS).source.text


def test_words_of_several_notes_carry_both() -> None:
    out = annotated(PAGE, [note(PAGE, "到≥50%，", severity="advice", text="甲"), note(PAGE, "50%， 每日", text="乙")])
    found = Marks(out.decode()).found
    assert [(number, words.split()) for number, words, _ in found] == [("1", ["到≥"]), ("1 2", ["50%，"]), ("2", ["每日"])]
    assert found[1][2] == "甲\n\n乙"
    assert re.findall('style="background:(#[0-9a-f]+)', out.decode()) == ["#cfe8ff", "#ffc9c9", "#ffc9c9"]


def test_a_note_on_the_whole_page_stands_where_it_is_seen_first() -> None:
    out = annotated(PAGE, [Note((), "error", "标题", "没有认出指标")])
    assert out.startswith(b"<html><body><section")
    assert "没有认出指标" in out.decode()
    assert OURS.sub("", out.decode()).encode() == PAGE
    bare = annotated(b"<!DOCTYPE html>\n<p>x", [Note((), "error", "t", "x")])
    assert bare.startswith(b"<!DOCTYPE html><section")


def test_a_note_on_the_number_of_a_list_is_listed() -> None:
    page = "<body><ol><li>激活率</ol></body>".encode()
    out = annotated(page, [note(page, "1.")])
    assert "这是意见" in out.decode()
    assert OURS.sub("", out.decode()).encode() == page


def test_annotating_again_replaces_our_marks_and_nobody_elses() -> None:
    page = "<body><p>激活<mark>率</mark>达到50%</p><section>章</section></body>".encode()
    once = annotated(page, [note(page, "激活率达到"), Note((), "error", "t", "x")])
    again = annotated(once, [note(once, "激活率达到"), Note((), "error", "t", "x")])
    assert again == once
    other = annotated(once, [note(once, "活率")])
    assert other == annotated(page, [note(page, "活率")])
    assert annotated(once, []) == page
    assert read_html("a.html", once, LIMITS).source.text == read_html("a.html", page, LIMITS).source.text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_kept(codec: str) -> None:
    page = "<p>激活率\r\n达到".encode(codec)
    out = annotated(page, [note(page, "激活率", text="意见é€")])
    assert Marks(out.decode(codec)).found[0][2] == "意见é€"
    assert OURS.sub("", out.decode(codec)).encode(codec) == page


def test_a_page_without_chinese_bytes_gets_entities_since_its_encoding_is_anyones_guess() -> None:
    page = b"<meta charset=gb2312><p>&#28608;&#27963;&#29575;"
    out = annotated(page, [note(page, "激活率")])
    assert out.isascii()
    assert Marks(out.decode()).found == [("1", "激活率", "这是意见")]


def test_bytes_that_are_no_character_stay() -> None:
    page = b"<meta charset=gbk><p>" + "激活率".encode("gbk") * 100 + b"\x80\xff"
    out = annotated(page, [note(page, "激活率")])
    assert b"\x80\xff" in out


def test_a_web_archive_comes_back_as_its_page() -> None:
    data = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n<p>" + "激活率".encode()
    assert annotated(data, [note(data, "激活率")]).startswith(b"<section")
    with pytest.raises(UnreadableError):
        annotate_html(b"MIME-Version: 1.0\n\nx", [], LIMITS, "zh")


PIECES = st.sampled_from(
    ["激活", "率", "&ge;", "50%", "\n ", "<b>", "</b>", "<br>", "<p>", "<td>", "<table><tr>", "</table>", "<mark>", "</mark>",
     "<!--x-->", "<nav>甲</nav>"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=5))
def test_on_any_page_exactly_the_words_of_the_notes_are_marked(page: str, bounds: list[tuple[int, int]]) -> None:
    data = f"{page}终".encode()
    source = read_html("a.html", data, LIMITS).source
    spans = [Span(start, min(start + length, len(source.text))) for start, length in bounds if start < len(source.text)]
    notes = [Note(places, "error", "t", "x") for span in spans if (places := source.locate_all([span]))]
    out = annotated(data, notes).decode()
    expected = {at for span in spans for at in range(span.start, span.end) if source.text[at].strip()}
    marked = "".join("".join(words.split()) for _, words, _ in Marks(out).found)
    assert marked == "".join(source.text[at] for at in sorted(expected))
    assert annotated(out.encode(), []) == data
