"""PDFs made here without any program: text and tables come out as they went in; what cannot be read is said; bad files are told."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from assesslint.documents.docx import read_docx
from assesslint.documents.draft import read_draft
from assesslint.documents.limits import DEFAULT_LIMITS, Limits
from assesslint.documents.model import Document, Paragraph, Table
from assesslint.documents.pdf import read_pdf
from assesslint.documents.unreadable import UnreadableError
from assesslint.text.location import PageLocation
from assesslint.text.source import Span
from tests.documents.layouts import Layout, drafts, lay_out
from tests.documents.press import FONT, LEFT, TOP, Press, Sheet, Text, pdf, single, stream, turned
from tests.documents.press import Span as Merged
from tests.documents.writers import write_docx
from tests.office import converted

OPENING = "为落实中央关于整治形式主义为基层减负的要求，进一步规范数字政务工作考核，结合我县实际，制定本细则。"
SCORING = "“干部之家”激活率达到户籍人口50%得满分，每低1个百分点扣0.5分，末位约谈主要负责人。"


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    return read_pdf("draft.pdf", data, limits)


def shown(document: Document) -> list[str | list[list[str]]]:
    """Return paragraphs as text, tables as rows of texts."""
    return [
        block.prose.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows]
        for block in document.blocks
    ]


def remarks(document: Document) -> list[tuple[str, int]]:
    return [(remark.id, remark.location.page) for remark in document.remarks if isinstance(remark.location, PageLocation)]


def one_page(*lines: str) -> bytes:
    return pdf([Sheet(texts=[Text(LEFT, TOP + 30 * at, 16, line) for at, line in enumerate(lines)])])


def test_wrapped_lines_are_paragraphs_and_ruled_squares_a_table() -> None:
    press = Press()
    press.title("清河县2026年度数字政务工作考核细则及评分办法（征求意见稿）")
    press.paragraph(OPENING * 3)
    press.paragraph("一、考核内容（100分）")
    rows = [["序号", "一级指标", "指标名称", "分值", "评分标准"], ["1", "平台应用", "应用推广", "60", SCORING]]
    rows += [["2", "", "信息报送", "40", "每少一条扣1分。\n扣完为止。"], ["合计", "", "", "100", ""]]
    press.table(rows, [35, 70, 80, 40, 217], {(1, 1): Merged(2, 1), (3, 0): Merged(1, 3)})
    press.paragraph("二、结果运用")
    document = read(pdf(press.sheets))
    assert shown(document) == [
        "清河县2026年度数字政务工作考核细则及评分办法（征求意见稿）", OPENING * 3, "一、考核内容（100分）", rows, "二、结果运用",
    ]  # fmt: skip
    assert isinstance(table := document.blocks[3], Table)
    assert table.continued == {(2, 1)}


def test_a_table_cut_by_page_breaks_is_one_and_a_row_cut_in_a_sentence_goes_on() -> None:
    press = Press(header="清河县大数据局文件", footer=lambda number: f"— {number} —")
    rows = [["序号", "指标名称", "分值", "评分标准"]]
    rows += [[str(n), f"第{n}项", "5", SCORING * 3] for n in range(1, 21)]
    press.table(rows, [40, 100, 60, 242], repeat_head=True)
    assert len(press.sheets) > 2
    document = read(pdf(press.sheets))
    assert shown(document) == [rows]
    assert remarks(document) == [("page-header", 1)]


def test_a_paragraph_goes_on_behind_the_page_number() -> None:
    press = Press(footer=lambda number: f"第{number}页 共9页")
    press.paragraph(OPENING * 40)
    press.paragraph("一、考核内容")
    assert len(press.sheets) > 1
    assert shown(read(pdf(press.sheets))) == [OPENING * 40, "一、考核内容"]


def test_places_are_boxes_line_by_line() -> None:
    press = Press()
    press.paragraph(OPENING)
    document = read(pdf(press.sheets))
    text = document.source.text
    start = text.index("形式主义")
    (word,) = document.source.locate_all([Span(start, start + 4)])
    assert isinstance(word, PageLocation)
    left = LEFT + 16 * (2 + OPENING.index("形式主义"))
    assert word.page == 1
    assert word.boxes[0] == pytest.approx((left, TOP, left + 64, TOP + 16), abs=0.5)
    places = document.source.locate_all([Span(0, len(text))])
    assert len(places) == text.count("\n") + 1 > 1


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(angle: int) -> None:
    document = read(turned(Sheet(texts=[Text(100, 100, 16, "一、考核内容"), Text(100, 140, 16, "二、结果运用")]), angle))
    assert shown(document) == ["一、考核内容", "二、结果运用"]
    place = document.source.locate(Span(0, 1))
    assert isinstance(place, PageLocation)
    assert place.boxes[0] == pytest.approx((100, 100, 116, 116), abs=0.5)


def test_what_libreoffice_prints_of_a_word_file_reads_as_the_word_file(tmp_path: Path) -> None:
    blocks = lay_out(drafts()[7], Layout("two levels", paragraphs=True))
    data = write_docx(blocks)
    printed = read(converted(tmp_path, "draft.docx", data, "pdf"))
    assert unbroken(shown(printed)) == unbroken(shown(read_docx("draft.docx", data, DEFAULT_LIMITS)))


def unbroken(blocks: list[str | list[list[str]]]) -> list[str | list[list[str]]]:
    """Return blocks without the line ends in their cells: what ends at the edge of its cell may be wrapped there or not."""
    return [block if isinstance(block, str) else [[cell.replace("\n", "") for cell in row] for row in block] for block in blocks if block]


def test_what_lies_outside_of_the_page_is_said() -> None:
    sheet = Sheet(texts=[Text(100, 200, 16, "一、考核内容"), Text(100, 20, 16, "裁切线外")])
    document = read(pdf([sheet], page_entries=b"/CropBox[50 50 500 742]"))
    assert shown(document) == ["一、考核内容"]
    assert remarks(document) == [("hidden-text", 1)]
    place = document.source.locate(Span(0, 1))
    assert isinstance(place, PageLocation)
    assert place.boxes[0] == pytest.approx((50, 100, 66, 116), abs=0.5)


PICTURE = stream(b"\x00", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")


def with_picture(text: str) -> bytes:
    painted = b"q 595 0 0 842 0 0 cm /P Do Q BT /F1 10 Tf 60 60 Td <%s> Tj ET" % text.encode("utf-16-be").hex().encode()
    return single(painted, b"/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<</P 4 0 R>>>>", FONT, PICTURE)


@pytest.mark.parametrize("text", ["", "— 3 —"])
def test_a_scanned_page_is_an_error(text: str) -> None:
    document = read(with_picture(text))
    assert remarks(document) == [("unreadable-page", 1)]
    draft = read_draft("scan.pdf", with_picture(text))
    [finding] = draft.findings
    assert (finding.rule, finding.severity) == ("unreadable-page", "error")
    assert "文字识别" in finding.message
    assert draft.schemes == ()


def test_a_draft_of_which_a_page_was_not_read_is_not_told_to_number_its_indicators() -> None:
    draft = read_draft("scan.pdf", with_picture("清河县考核工作"))
    assert [finding.rule for finding in draft.findings] == ["unreadable-page", "nothing-recognised"]
    assert "有的部分没有读出" in draft.findings[-1].message


def test_a_picture_beside_text_is_said() -> None:
    assert remarks(read(with_picture(OPENING))) == [("unread-picture", 1)]


def test_glyphs_without_characters_are_an_error() -> None:
    font = FONT.replace(b"UniGB-UCS2-H", b"Identity-H").replace(b"(GB1)", b"(Identity)")
    assert remarks(read(pdf([Sheet(texts=[Text(LEFT, TOP, 16, OPENING[:20])])], font=font))) == [("unreadable-page", 1)]


@pytest.mark.parametrize("data", [b"PK\x03\x04 no pdf", b"%PDF-1.7\nnothing", pdf([])])
def test_what_is_no_pdf_with_pages_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(data)


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_read_or_told(cut: float) -> None:
    press = Press()
    press.paragraph(OPENING * 30)
    data = pdf(press.sheets)
    draft = read_draft("cut.pdf", data[: int(len(data) * cut)])
    assert draft.source.text or [finding.rule for finding in draft.findings] == ["unreadable-file"]


def test_a_broken_index_is_mended() -> None:
    data = one_page("一、考核内容")
    assert shown(read(data.replace(b"startxref\n", b"startxref\n9"))) == ["一、考核内容"]


def encrypted(data: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")  # noqa: S106
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_is_told_and_an_empty_one_is_none() -> None:
    data = one_page("一、考核内容")
    assert shown(read(encrypted(data, ""))) == ["一、考核内容"]
    with pytest.raises(UnreadableError, match="密码"):
        read(encrypted(data, "secret"))


def test_a_stream_that_unpacks_to_too_much_is_refused() -> None:
    sheet = Sheet(texts=[Text(LEFT, TOP, 16, OPENING)] * 2000)
    with pytest.raises(UnreadableError, match="解压"):
        read(pdf([sheet]), replace(DEFAULT_LIMITS, max_unpacked_bytes=100_000))


def test_pages_beyond_the_limit_are_an_error() -> None:
    data = pdf([Sheet(texts=[Text(LEFT, TOP, 16, f"第{n}项内容")]) for n in range(5)])
    document = read(data, replace(DEFAULT_LIMITS, max_pages=3))
    assert remarks(document) == [("unreadable-page", 4)]
    assert len(shown(document)) == 3


def test_a_page_without_end_is_given_up() -> None:
    """A form that paints itself ten times over, ten deep."""
    inner = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    forms = [stream(b"/F Do " * 10, inner + b"/Resources<</XObject<</F %d 0 R>>>>" % (depth + 4)) for depth in range(10)]
    data = single(b"/F Do", b"/MediaBox[0 0 595 842]/Resources<</XObject<</F 3 0 R>>>>", *forms, stream(b"q Q", inner))
    assert remarks(read(data, replace(DEFAULT_LIMITS, page_seconds=1))) == [("unreadable-page", 1)]


@pytest.mark.parametrize("entry", [b"/Contents %d 0 R", b"/Annots %d 0 R", b"/Resources<</Font %d 0 R>>"])
def test_an_object_that_refers_to_itself_is_refused(entry: bytes) -> None:
    """One object is a reference to the next, and that one a reference back."""
    data = single(b"/F 9 Tf", b"/MediaBox[0 0 595 842]", b"4 0 R", b"3 0 R")
    at = data.index(b"/MediaBox")
    with pytest.raises(UnreadableError, match="引用自身"):
        read(data[:at] + entry % 3 + data[at:])


def test_references_that_branch_without_end_are_given_up() -> None:
    """Page labels in a tree each of whose thirty levels names the next one twice."""
    data = one_page("考核内容")
    levels = [b"%d 0 obj<</Kids[%d 0 R %d 0 R]>>endobj\n" % (n, n + 1, n + 1) for n in range(1000, 1030)]
    data = data.replace(b"/Type/Catalog", b"/Type/Catalog/PageLabels 1000 0 R", 1).partition(b"xref")[0]
    tree = b"".join(levels) + b"1030 0 obj<</Nums[0<<>>]>>endobj\n"
    with pytest.raises(UnreadableError, match="限定时间"):
        read(data + tree + b"trailer<</Root 1 0 R>>\n%%EOF", replace(DEFAULT_LIMITS, page_seconds=1))


@pytest.mark.parametrize("table", [b"/W[0 2000000000 500]", b"/ToUnicode 4 0 R"])
def test_a_font_of_endless_ranges_is_read_without_them(table: bytes) -> None:
    ranges = stream(b"1 beginbfrange <00000000> <FFFFFFFF> <4e00> endbfrange")
    font = FONT.replace(b"/W[1 95 500]", table) if table.startswith(b"/W") else FONT.replace(b"/Encoding", table + b"/Encoding")
    assert shown(read(pdf([Sheet(texts=[Text(LEFT, TOP, 16, "考核内容")])], font=font, objects=[ranges]))) == ["考核内容"]


def test_form_fields_are_said() -> None:
    note = b"/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/V(filled in)/Rect[0 0 9 9]>>]"
    assert remarks(read(pdf([Sheet(texts=[Text(LEFT, TOP, 16, "考核内容")])], page_entries=note))) == [("unread-object", 1)]


def test_nothing_is_printed_and_no_warning_is_given() -> None:
    code = "import sys; from assesslint.documents.draft import read_draft; read_draft('a.pdf', sys.stdin.buffer.read())"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], input=one_page("一")[:-200], capture_output=True, check=True)
    assert done.stdout == done.stderr == b""


PIECES = (b"<<", b">>", b"[", b"null", b"-1", b"9" * 400, b"1e400", b"2 0 R", b"(", b"endobj", b"stream", b"")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_is_read_or_told(data: st.DataObject) -> None:
    press = Press(footer=lambda number: f"— {number} —")
    press.paragraph(OPENING * 2)
    press.table([["序号", "指标名称", "分值"], ["1", "推广", "5"]], [60, 200, 100])
    damaged = bytearray(pdf(press.sheets))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 20))] = data.draw(st.sampled_from(PIECES))
    draft = read_draft("draft.pdf", bytes(damaged), limits=replace(DEFAULT_LIMITS, page_seconds=5))
    assert draft.source.text or draft.findings
