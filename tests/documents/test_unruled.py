"""Tables that no lines draw: read as they are with lines, or left as lines of text and said so; never read otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.documents.model import Block, Table
from assesslint.documents.printed.pages import Pages
from assesslint.documents.transcript import Transcript
from tests.documents.press import LEFT, PADDING, TOP, Press, Sheet, Text, page_of, width_of, wrapped

HEAD = ["序号", "指标名称", "分值", "评分标准"]
WIDTHS = [40.0, 100.0, 60.0, 242.0]
SIZE = 12.0
LONG = "每周巡查1次，少一次扣1分，发现问题未处置的每处扣2分，扣完为止。"
ROWS = [
    ["1", "巡查", "20", LONG],
    ["2", "“清河通”推广应用情况", "30", "注册激活率达到50%得满分，每低1个百分点扣0.5分"],
    ["3", "整治", "50", "按期办结。"],
]


def read(sheets: list[Sheet]) -> tuple[list[Block], Pages]:
    pages = Pages()
    for number, sheet in enumerate(sheets, 1):
        pages.add(page_of(sheet, number))
    return list(pages.blocks(Transcript())), pages


def tables(blocks: list[Block]) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Table)]


def unruled(press: Press) -> list[Sheet]:
    for sheet in press.sheets:
        sheet.strokes.clear()
    return press.sheets


def test_columns_are_told_by_the_gaps_between_them() -> None:
    press = Press()
    press.title("清河县2026年度考核细则")
    press.table([HEAD, *ROWS], WIDTHS)
    press.paragraph("本细则由县水利局负责解释，自2026年1月1日起施行，此前有关规定与本细则不一致的，以本细则为准。")
    blocks, pages = read(unruled(press))
    assert tables(blocks) == [[HEAD, *ROWS]]
    assert len(blocks) == 3
    assert list(pages.remarks()) == []


@pytest.mark.parametrize("repeat_head", [False, True])
def test_such_a_table_goes_on_behind_a_page_break(repeat_head: bool) -> None:
    rows = [[str(number), f"第{number}项", "5", LONG] for number in range(1, 60)]
    press = Press(footer=lambda number: f"— {number} —")
    press.table([HEAD, *rows], WIDTHS, repeat_head=repeat_head, cut_rows=False)
    assert len(press.sheets) > 2
    assert tables(read(unruled(press))[0]) == [[HEAD, *rows]]


DOUBTFUL = {
    "a group over rows": [*ROWS[:2], ["", "二、整治工作", "", ""], ROWS[2]],
    "a row of one wide cell": [*ROWS[:2], ["二、整治工作由各乡镇负责并由县水利局会同有关部门验收", "", "", ""], ROWS[2]],
    "points of several rows": [ROWS[0], ["2", "推广", "", "按下载率"], ROWS[2]],
    "sentences that begin anew": [["1", "巡查", "20", "按期办结。"], ["", "", "", "及时上报。"], ROWS[2], ROWS[1]],
    "one row": [ROWS[0]],
    "neither numbers nor points": [["", row[1], "", row[3]] for row in ROWS],
}


@pytest.mark.parametrize("rows", DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_leaves_rows_or_columns_open_is_said_and_left_as_lines(rows: list[list[str]]) -> None:
    press = Press()
    press.table([HEAD, *rows], WIDTHS)
    blocks, pages = read(unruled(press))
    assert tables(blocks) == []
    assert [remark.id for remark in pages.remarks()] == ["unruled-table"]


SENTENCES = st.lists(
    st.sampled_from(
        ["每周巡查1次，少一次扣1分", "按期办结得满分", "注册激活率达到50%得满分", "由县水利局会同有关部门验收", "未整改的不得分"]
    ),
    min_size=1,
    max_size=5,
)
NAMES = st.sampled_from(["巡查", "整治", "“清河通”推广应用情况", "农村人居环境整治提升工作", "河道管护及时率和整改完成情况"])
ENDS = st.sampled_from(["。", "", "；"])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(NAMES, st.integers(1, 30), SENTENCES, ENDS), min_size=2, max_size=6),
    st.sampled_from(["top", "middle", "bottom"]),
    st.sampled_from(["left", "centre", "right"]),
    st.floats(0, 6),
    st.integers(60, 200),
)
def test_no_table_is_read_otherwise_than_it_was_written(
    drawn: list[tuple[str, int, list[str], str]], down: str, across: str, apart: float, name_width: int
) -> None:
    rows = [[str(at), name, str(points), "，".join(said) + end] for at, (name, points, said, end) in enumerate(drawn, 1)]
    widths = [40.0, float(name_width), 60.0, 342.0 - name_width]
    sheet = Sheet()
    top = TOP
    for row in [HEAD, *rows]:
        lines = [wrapped(text, width - 2 * PADDING, SIZE) for text, width in zip(row, widths, strict=True)]
        most = max(map(len, lines))
        left = LEFT
        for column, (cell, width) in enumerate(zip(lines, widths, strict=True)):
            free = {"top": 0.0, "middle": (most - len(cell)) / 2, "bottom": float(most - len(cell))}[down]
            for at, line in enumerate(cell):
                free_across = width - width_of(line, SIZE)
                insets = {"left": PADDING, "centre": free_across / 2, "right": free_across - PADDING}
                inset = insets[across] if column in (0, 2) or (row is HEAD and across == "centre") else PADDING
                sheet.texts.append(Text(left + inset, top + (free + at) * SIZE * 1.3, SIZE, line))
            left += width
        top += most * SIZE * 1.3 + apart
    blocks, pages = read([sheet])
    if found := tables(blocks):
        assert found == [[HEAD, *rows]]
    else:
        assert [remark.id for remark in pages.remarks()] == ["unruled-table"]
