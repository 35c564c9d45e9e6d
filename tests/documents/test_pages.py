"""From letters and lines to paragraphs and tables: no letter is lost, and each knotty shape a page can have comes out as meant."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.documents.model import Block, Paragraph
from assesslint.documents.printed.glyphs import Page
from assesslint.documents.printed.pages import Pages
from assesslint.documents.printed.rulings import grids_of
from assesslint.documents.transcript import Transcript
from tests.documents.press import A4, BOTTOM, LEFT, RIGHT, TOP, Press, Sheet, Span, Stroke, Text, page_of

OPENING = "为落实中央关于整治形式主义为基层减负的要求，进一步规范数字政务工作考核，结合我县实际，制定本细则。"


def read(sheets: list[Sheet]) -> tuple[list[Block], Pages]:
    pages = Pages()
    for number, sheet in enumerate(sheets, 1):
        pages.add(page_of(sheet, number))
    return list(pages.blocks(Transcript())), pages


def shown(sheets: list[Sheet]) -> list[str | list[list[str]]]:
    return [
        block.prose.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows]
        for block in read(sheets)[0]
    ]


def lines(*texts: tuple[float, float, str], size: float = 16) -> Sheet:
    """Return a page of lines, each with its place."""
    return Sheet(texts=[Text(x, y, size, text) for x, y, text in texts])


WORDS = st.text("考核细则办法乡镇街道，。；：、（）“”1.2五 abc%", min_size=1, max_size=90)


@st.composite
def presses(draw: st.DrawFn) -> Press:
    press = Press(draw(st.sampled_from(("", "县大数据局文件"))), draw(st.sampled_from((None, lambda number: f"— {number} —"))))
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(("title", "paragraph", "table", "page")))
        if kind == "title":
            press.title(draw(WORDS))
        elif kind == "paragraph":
            press.paragraph(draw(WORDS) * draw(st.integers(1, 12)), draw(st.sampled_from((10.5, 12, 16))), draw(st.sampled_from((0, 2))))
        elif kind == "page":
            press.new_page()
        else:
            down, across = draw(st.integers(1, 9)), draw(st.integers(1, 5))
            rows = [[draw(WORDS) for _ in range(across)] for _ in range(down)]
            spans = {(0, 0): Span(draw(st.integers(1, down)), draw(st.integers(1, across)))}
            press.table(rows, [(RIGHT - LEFT) / across] * across, spans, repeat_head=draw(st.booleans()), sides=draw(st.booleans()))
    return press


@settings(max_examples=80, deadline=None)
@given(presses())
def test_every_letter_is_in_a_block_or_in_a_header_that_is_said(press: Press) -> None:
    blocks, pages = read(press.sheets)
    printed = Counter("".join(text.text for sheet in press.sheets for text in sheet.texts))
    told = Counter("".join(line.text for line in [*pages.furniture, *pages.repeated]))
    for block in blocks:
        told.update(block.prose.text if isinstance(block, Paragraph) else "".join(cell.text for row in block.rows for cell in row))
    for blank in " \n":
        del printed[blank], told[blank]
    assert told == printed


def test_baselines_may_differ_and_a_letter_printed_twice_counts_once() -> None:
    sheet = lines((100, 100, "考核"), (132, 101.5, "2026"), (164, 98.5, "年"), (100.4, 100.2, "考"))
    sheet.texts.append(Text(180, 97, 8, "①"))
    assert shown([sheet]) == ["考核2026年①"]


@pytest.mark.parametrize(("gap", "text"), [(3, "附件1"), (14, "附件 1"), (30, "附件 1")])
def test_a_gap_is_a_space_when_it_is_wide(gap: float, text: str) -> None:
    assert shown([lines((100, 100, "附件"), (132 + gap, 100, "1"))]) == [text]


def test_what_opens_a_paragraph() -> None:
    full = "考" * 27
    sheet = lines(
        (LEFT + 32, 120, full[2:]), (LEFT, 148, full + "核"), (LEFT, 176, "评"),
        (LEFT + 32, 204, full[2:]), (LEFT + 32, 232, "二、结果运用"),
        (LEFT + 32, 260, "1.第一项" + full[7:]), (LEFT + 32, 288, "2.第二项"),
    )  # fmt: skip
    assert shown([sheet]) == [full[2:] + full + "核评", full[2:], "二、结果运用", "1.第一项" + full[7:], "2.第二项"]


def test_a_hanging_list_goes_on_and_latin_words_stay_apart() -> None:
    wrapped = (LEFT, 100, "（一）" + "考" * 24), (LEFT + 48, 128, "核" * 24 + " up"), (LEFT + 48, 156, "load files")
    sheet = lines(*wrapped, (LEFT, 184, "（二）核"))
    assert shown([sheet]) == ["（一）" + "考" * 24 + "核" * 24 + " up load files", "（二）核"]


def test_headers_on_left_and_right_pages_and_a_title_that_is_nowhere_else() -> None:
    sheets = []
    for number in range(1, 9):
        at = LEFT if number % 2 else RIGHT - 200
        top = "清河县数字政务工作考核细则"
        sheets.append(lines((LEFT, 200, f"第{number}段正文"), (at, 60, "内部资料"), (LEFT, 80, top), (at, 790, f"- {number} -")))
    blocks, pages = read(sheets)
    texts = [block.prose.text for block in blocks if isinstance(block, Paragraph)]
    assert texts[0] == "清河县数字政务工作考核细则"
    assert texts[1:] == [f"第{number}段正文" for number in range(1, 9)]
    assert [remark.zh.split("”")[0] for remark in pages.remarks()] == ["“内部资料", "“清河县数字政务工作考核细则"]


def test_attachments_that_begin_at_the_top_of_their_pages_are_no_headers() -> None:
    sheets = [lines((LEFT, 60, f"附件{number}"), (LEFT, 200, "正文")) for number in (1, 2, 3)]
    assert shown(sheets) == ["附件1", "正文", "附件2", "正文", "附件3", "正文"]


def test_two_tables_of_different_columns_are_two_and_a_frame_is_none() -> None:
    press = Press()
    press.table([["甲", "乙"], ["1", "2"]], [100, 342])
    press.paragraph("表二如下")
    press.table([["丙", "丁", "戊"]], [100, 100, 242])
    frame = Sheet(texts=[Text(120, 120, 16, "框内文字")])
    corners = [(100, 100), (400, 100), (400, 300), (100, 300)]
    frame.strokes += [Stroke(*corner, *following) for corner, following in zip(corners, corners[1:] + corners[:1], strict=True)]
    assert shown([press.sheet, frame]) == [[["甲", "乙"], ["1", "2"]], "表二如下", [["丙", "丁", "戊"]], "框内文字"]


def test_a_table_goes_on_under_a_note_that_it_does_but_not_under_another_head() -> None:
    head, press = ["序号", "指标名称", "分值", "评分标准"], Press()
    press.table([head, ["1", "推广", "5", "按时"]], [40, 100, 60, 242])
    press.new_page()
    press.sheet.texts.append(Text(LEFT, 80, 12, "（续表）"))
    press.table([head, ["2", "报送", "5", "按时"]], [40, 100, 60, 242])
    press.new_page()
    press.table([["序号", "考核内容", "权重", "计分办法"], ["1", "办理", "5", "按时"]], [40, 100, 60, 242])
    first, second = shown(press.sheets)
    assert first == [head, ["1", "推广", "5", "按时"], ["2", "报送", "5", "按时"]]
    assert len(second) == 2


def test_a_page_with_nothing_but_that_a_table_goes_on_is_empty() -> None:
    assert shown([lines((LEFT, 400, "续表")), lines((LEFT, 100, "正文")), lines((LEFT, 790, "— 3 —"))]) == ["正文"]


def test_a_table_of_many_pages_takes_time_by_its_length() -> None:
    """Rows are compared a page at a time, not with all those before."""
    rows = [[str(number), f"第{number}项", "5"] for number in range(1, 3001)]
    press = Press()
    press.table([["序号", "指标名称", "分值"], *rows], [60, 282, 100], repeat_head=True)
    assert len(press.sheets) > 100
    assert shown(press.sheets) == [[["序号", "指标名称", "分值"], *rows]]


def test_a_next_page_without_some_column_keeps_the_columns() -> None:
    press = Press()
    press.table([["序号", "指标名称", "分值"], ["1", "推广", "5"]], [40, 300, 102])
    press.new_page()
    press.table([["合计", "", "100"]], [40, 300, 102], {(0, 0): Span(1, 2)})
    press.sheet.strokes = [stroke for stroke in press.sheet.strokes if abs(stroke.x - stroke.end_x) > 1 or stroke.x != LEFT + 40]
    assert shown(press.sheets) == [[["序号", "指标名称", "分值"], ["1", "推广", "5"], ["合计", "", "100"]]]


def test_a_watermark_across_the_page_is_a_line_below_it() -> None:
    page = page_of(lines((LEFT, 200, "一、考核内容")), 1)
    page.slanted = [page_of(lines((200, 400, "征求意见稿"), size=40), 1).glyphs]
    pages = Pages()
    pages.add(page)
    texts = [block.prose.text for block in pages.blocks(Transcript()) if isinstance(block, Paragraph)]
    assert texts == ["一、考核内容", "征求意见稿"]


BOXES = st.tuples(*[st.floats(0, 600)] * 4).map(lambda e: (min(e[0], e[2]), min(e[1], e[3]), max(e[0], e[2]), max(e[1], e[3])))


@settings(max_examples=200, deadline=None)
@given(st.lists(BOXES, max_size=30))
def test_any_lines_give_grids_whose_every_square_has_an_owner_before_it(boxes: list[tuple[float, float, float, float]]) -> None:
    for grid in grids_of(boxes):
        assert list(grid.columns) == sorted(grid.columns)
        assert list(grid.rows) == sorted(grid.rows)
        for row, owners in enumerate(grid.owners):
            for column, owner in enumerate(owners):
                assert owner <= (row, column)
                assert grid.owners[owner[0]][owner[1]] == owner


def test_a_drawing_of_ten_thousand_lines_is_no_table() -> None:
    lying = [(0.0, at * 8.0, 500.0, at * 8.0) for at in range(2000)]
    standing = [(at * 8.0, 0.0, at * 8.0, 500.0) for at in range(2000)]
    assert grids_of([*lying, *standing]) == []


def test_a_table_without_lines_is_said() -> None:
    _, pages = read([lines((LEFT, 100, "序号"), (LEFT + 60, 100, "指标名称"), (LEFT + 200, 100, "分值"), (LEFT, 140, "1"))])
    assert [remark.id for remark in pages.remarks()] == ["unruled-table"]


def test_an_empty_page_has_no_blocks() -> None:
    pages = Pages()
    pages.add(Page(1, *A4))
    assert (list(pages.blocks(Transcript())), TOP < BOTTOM) == ([], True)
