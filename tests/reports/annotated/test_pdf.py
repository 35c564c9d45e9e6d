"""Notes in PDFs: over the very words whichever way a page is turned, in place of our own old ones, the file's bytes kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject

from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.pdf import read_pdf
from assesslint.documents.unreadable import UnreadableError
from assesslint.linter.annotated_copies import AUTHOR
from assesslint.reports.annotated.notes import Note
from assesslint.reports.annotated.pdf import annotate_pdf
from assesslint.text.location import Location, PageLocation
from assesslint.text.source import Span
from tests.documents.press import Press, Sheet, Text, pdf, single, turned, turns

OPENING = "为落实中央关于整治形式主义为基层减负的要求，进一步规范数字政务工作考核，结合我县实际，制定本细则。"


def annotated(data: bytes, *notes: Note) -> bytes:
    return annotate_pdf(data, notes, DEFAULT_LIMITS, "zh")


def note(*places: Location, text: str = "删去此项") -> Note:
    return Note(places, "error", "下载激活指标", text)


def places_of(data: bytes, words: str) -> tuple[Location, ...]:
    source = read_pdf("draft.pdf", data, DEFAULT_LIMITS).source
    start = source.text.replace("\n", "").index(words)
    start += source.text[: source.text.index(words[0], start)].count("\n")
    end = start
    while len(source.text[start:end].replace("\n", "")) < len(words):
        end += 1
    return source.locate_all([Span(start, end)])


def marks(data: bytes, kind: str = "/Highlight") -> Iterator[tuple[int, DictionaryObject]]:
    """Yield the annotations of a kind, with their page from 1."""
    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, 1):
        for entry in page.get("/Annots", []):
            mark: Any = entry.get_object()
            if isinstance(mark, DictionaryObject) and mark["/Subtype"] == kind:
                yield number, mark


def corners(mark: DictionaryObject) -> list[tuple[float, float, float, float]]:
    """Return left, bottom, right, top of each area of a highlight, in the file's coordinates."""
    points: Any = mark["/QuadPoints"]
    quads = [[float(value) for value in points[at : at + 8]] for at in range(0, len(points), 8)]
    return [(min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])) for quad in quads]


def two_pages() -> bytes:
    press = Press()
    press.paragraph(OPENING * 24)
    return pdf(press.sheets)


def test_words_over_two_lines_have_one_note_with_an_area_for_each_line() -> None:
    data = two_pages()
    places = places_of(data, "的要求，进一步规范数字政务")
    assert len(places) == 2
    out = annotated(data, note(*places))
    assert out.startswith(data)
    [(page, mark)] = marks(out)
    assert (page, mark["/T"], mark["/Contents"], mark["/Subj"]) == (1, AUTHOR, "删去此项", "下载激活指标")
    boxes = [box for place in places if isinstance(place, PageLocation) for box in place.boxes]
    for (left, bottom, right, top), box in zip(corners(mark), boxes, strict=True):
        assert (left, 842 - top, right, 842 - bottom) == pytest.approx(box, abs=0.02)
    [(_, popup)] = marks(out, "/Popup")
    assert popup["/Parent"]["/NM"] == mark["/NM"]  # type: ignore[index]


def test_words_over_two_pages_have_a_note_on_each() -> None:
    data = two_pages()
    document = read_pdf("draft.pdf", data, DEFAULT_LIMITS)
    lines = document.source.text.splitlines()
    places = document.source.locate_all([Span(0, sum(map(len, lines)) + len(lines) - 1)])
    first, second = marks(annotated(data, note(*places)))
    assert (first[0], second[0]) == (1, 2)
    assert second[1]["/Contents"] == "（接第1页）删去此项"


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_marked_at_its_words(angle: int) -> None:
    """The words stand at 100, 100 from the upper left corner shown, and are printed there by the matrix of the page."""
    sheet = Sheet(texts=[Text(100, 100, 16, "下载激活")])
    data = turned(sheet, angle)
    [(_, mark)] = marks(annotated(data, note(*places_of(data, "下载激活"))))
    a, b, c, d, e, f = turns(sheet)[angle]
    points = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((100, 842 - 100), (164, 842 - 116))]
    (x, y), (end_x, end_y) = points
    assert corners(mark)[0] == pytest.approx((min(x, end_x), min(y, end_y), max(x, end_x), max(y, end_y)), abs=0.5)


def test_a_cropped_page_is_marked_at_its_words() -> None:
    data = pdf([Sheet(texts=[Text(100, 200, 16, "下载激活")])], page_entries=b"/CropBox[50 50 500 742]")
    [(_, mark)] = marks(annotated(data, note(*places_of(data, "下载激活"))))
    assert corners(mark)[0] == pytest.approx((100, 842 - 216, 164, 842 - 200), abs=0.5)


def test_ours_are_replaced_and_others_stay() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(two_pages())))
    writer.add_annotation(0, FreeText(text="领导批示", rect=(50, 50, 200, 80)))
    out = io.BytesIO()
    writer.write(out)
    data = out.getvalue()
    first = annotated(data, note(text="旧的"), note(*places_of(data, "形式主义"), text="旧的"))
    second = annotated(first, note(*places_of(data, "结合我县实际"), text="新的"))
    assert second.startswith(first)
    assert [mark["/Contents"] for _, mark in marks(second)] == ["新的"]
    assert [*marks(second, "/Text")] == []
    assert [mark["/Contents"] for _, mark in marks(second, "/FreeText")] == ["领导批示"]
    assert [*marks(annotated(second))] == []


def test_notes_on_the_whole_file_or_page_are_stickies_in_a_row() -> None:
    data = two_pages()
    out = annotated(data, note(text="一"), note(text="二"), note(PageLocation(2, ()), text="三"), note(PageLocation(99, ()), text="四"))
    assert [(page, mark["/Contents"]) for page, mark in marks(out, "/Text")] == [(1, "一"), (1, "二"), (1, "四"), (2, "三")]
    tops = [float(mark["/Rect"][3]) for page, mark in marks(out, "/Text") if page == 1]  # type: ignore[index]
    assert tops == sorted(set(tops), reverse=True)


def test_the_same_input_gives_the_same_bytes_and_none_without_notes() -> None:
    data = two_pages()
    notes = note(*places_of(data, "形式主义")), note()
    assert annotated(data, *notes) == annotated(data, *notes)
    assert annotated(data) == data


def test_a_file_whose_index_is_a_stream_is_added_to_in_kind() -> None:
    writer = PdfWriter(io.BytesIO(two_pages()), incremental=True)
    writer.add_annotation(0, FreeText(text="领导批示", rect=(50, 50, 200, 80)))
    out = io.BytesIO()
    writer.write(out)
    data = out.getvalue()
    marked = annotated(data, note(*places_of(data, "形式主义")))
    assert marked.startswith(data)
    assert b"/XRef" in marked[len(data) :]
    assert len([*marks(marked)]) == len([*marks(marked, "/FreeText")]) == 1
    assert read_pdf("a.pdf", marked, DEFAULT_LIMITS).source.text == read_pdf("a.pdf", data, DEFAULT_LIMITS).source.text


@pytest.mark.parametrize("spoil", ["broken", "encrypted"])
def test_what_cannot_be_added_to_is_written_anew(spoil: str) -> None:
    data = two_pages()
    places = places_of(data, "形式主义")
    if spoil == "broken":
        data = data.replace(b"startxref\n", b"startxref\n9")
    else:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
        writer.encrypt("", owner_password="owner", algorithm="AES-256")  # noqa: S106
        out = io.BytesIO()
        writer.write(out)
        data = out.getvalue()
    marked = annotated(data, note(*places))
    assert len([*marks(marked)]) == 1
    assert marked == annotated(data, note(*places))


def test_what_cannot_hold_notes_is_told() -> None:
    with pytest.raises(UnreadableError, match="批注写不进去"):
        annotated(b"%PDF-1.7 nothing", note())


def test_a_page_with_shared_or_broken_entries_keeps_them() -> None:
    data = single(b"", b"/MediaBox[0 0 595 842]/Annots[null 3 0 R]", b"<</Type/Annot/Subtype/Text/T(x)/Rect[0 0 9 9]>>")
    out = annotated(data, note())
    assert [mark["/T"] for _, mark in marks(out, "/Text")] == ["x", AUTHOR]
