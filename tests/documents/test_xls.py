"""Old workbooks: cells as Excel shows them, as in an .xlsx of the same content; damaged ones are refused without a trace of ours."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from assesslint.documents import xls as module
from assesslint.documents.draft import read_draft
from assesslint.documents.limits import DEFAULT_LIMITS, Limits
from assesslint.documents.model import Document
from assesslint.documents.unreadable import UnreadableError
from assesslint.documents.workbooks.cells import row_and_column
from assesslint.documents.workbooks.compound import Compound
from assesslint.documents.xls import read_xls
from assesslint.documents.xlsx import read_xlsx
from tests.documents.old_workbooks import cell, label, number, record, text, workbook, xls
from tests.documents.test_xlsx import placed, remarks, shape
from tests.documents.workbooks import HEAD, of_rows, saved
from tests.office import all_converted

HEADED = label(0, 0, "指标名称") + label(0, 1, "分值")


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    return read_xls("draft.xls", data, limits)


def test_cells_of_every_kind() -> None:
    sheet = (
        label(0, 0, "甲")
        + cell(0x00D6, 0, 1, text("乙") + struct.pack("<HHH", 1, 0, 5))
        + cell(0x00FD, 0, 2, struct.pack("<I", 1))
        + cell(0x00FD, 0, 3, struct.pack("<I", 9))
        + number(1, 0, 0.5, style=1)
        + cell(0x027E, 1, 1, struct.pack("<I", 10 << 2 | 2), style=2)
        + cell(0x027E, 1, 2, struct.pack("<I", (-1234 << 2 | 3) & 0xFFFFFFFF))
        + cell(0x027E, 1, 3, struct.pack("<d", 1.5)[4:])
        + record(0x00BD, struct.pack("<HHHIHIH", 2, 0, 0, 1 << 2 | 2, 1, 2 << 2 | 2, 1))
        + cell(0x0205, 2, 2, b"\1\0")
        + cell(0x0205, 2, 3, b"\x2a\1")
        + cell(0x0006, 3, 0, struct.pack("<d", 0.25) + bytes(8), style=1)
        + cell(0x0006, 3, 1, b"\0\0\0\0\0\0\xff\xff" + bytes(8))
        + record(0x0207, text("算好的"))
        + cell(0x0006, 3, 2, b"\1\0\1\0\0\0\xff\xff" + bytes(8))
        + cell(0x0006, 3, 3, b"\3\0\0\0\0\0\xff\xff" + bytes(8))
    )
    shared = record(0x00FC, struct.pack("<II", 2, 2) + text("零") + text("共享"))
    document = read(xls(workbook(sheet, shared=shared, formats=("General", "0%", '0"分"'))))
    assert shape(document) == [
        [["甲", "乙", "共享", ""], ["50%", "10分", "-12.34", "1.5"], ["1", "200%", "TRUE", "#N/A"], ["25%", "算好的", "TRUE", ""]]
    ]
    assert placed(document)[2] == ("表1", "C1", "共享")
    assert [identifier for identifier, _ in remarks(document)] == ["damaged-cell", "cell-error"]


def test_an_independent_reader_sees_the_same_cells() -> None:
    sheet = HEADED + label(1, 0, "办结") + number(1, 1, 2.5) + label(4, 2, "备注")
    data = xls(workbook(sheet))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("表1").to_python()
    seen = {(row, column): str(value) for row, values in enumerate(rows, 1) for column, value in enumerate(values, 1) if value != ""}
    assert {row_and_column(at): words for _, at, words in placed(read(data))} == seen


def test_a_shared_string_may_go_on_in_the_next_record_in_other_widths() -> None:
    first = struct.pack("<II", 2, 2) + struct.pack("<HBHI", 6, 1 | 4 | 8, 1, 3) + "应用推".encode("utf-16-le")
    more = b"\1" + "广10".encode("utf-16-le") + bytes(4) + b"ext" + struct.pack("<HB", 4, 0) + b"ab"
    shared = record(0x00FC, first) + record(0x003C, more) + record(0x003C, b"\1" + "分。".encode("utf-16-le"))
    sheet = cell(0x00FD, 0, 0, struct.pack("<I", 0)) + cell(0x00FD, 1, 0, struct.pack("<I", 1))
    assert shape(read(xls(workbook(sheet, shared=shared)))) == ["应用推广10", "ab分。"]


def test_hidden_and_merged_cells_shapes_and_sheets_of_other_kinds() -> None:
    anchor = b"\x10\xf0\x12\x00\x00\x00" + struct.pack("<9H", 0, 3, 0, 7, 0, 5, 0, 9, 0)

    def drawn(kind: int, words: str = "") -> bytes:
        shape = record(0x00EC, anchor) + record(0x005D, struct.pack("<HHHH", 0x15, 0x12, kind, 1))
        return shape + (record(0x01B6, struct.pack("<10xHH4x", len(words), 16)) + record(0x003C, text(words)[2:]) if words else b"")

    chart = record(0x0809, BOF_OF_CHART) + label(9, 9, "图表里的字") + record(0x000A)
    sheet = (
        record(0x007D, struct.pack("<5H", 1, 1, 2340, 0, 1))
        + record(0x0208, struct.pack("<HHHHHHI", 1, 0, 2, 255, 0, 0, 0x20))
        + HEADED
        + label(1, 0, "办结")
        + number(1, 1, 5)
        + label(2, 1, "说明")
        + record(0x00E5, struct.pack("<H4H", 1, 1, 2, 0, 0))
        + record(0x0014, text("&C附件2"))
        + drawn(6, "文本框\r第二段")
        + drawn(0x19, "别人的批注")
        + drawn(8)
        + chart
    )
    document = read(xls(workbook(sheet, label(0, 0, "暗"), b"", b"", kinds=(0, 1, 0x0200, 0x0600))))
    assert shape(document) == [[["指标名称", "分值"], ["办结", "5"], ["", "说明"]], "文本框", "第二段", "暗"]
    assert ("表1", "D8", "第二段") in placed(document)
    assert remarks(document) == [
        ("hidden-text", "工作表“表1”的第 2 行是隐藏的，内容已照读"),
        ("hidden-text", "工作表“表1”的第 B 列是隐藏的，内容已照读"),
        ("unread-object", "工作表“表1”打印的页眉页脚没有读：附件2"),
        ("unread-picture", "工作表“表1”这里的图片没有读，其中如有文字请另行核对"),
        ("hidden-text", "工作表“表2”是隐藏的，内容已照读"),
        ("unread-object", "工作表“表3”里没有单元格，是图表，没有读"),
    ]


BOF_OF_CHART = struct.pack("<HHHHII", 0x0600, 0x0020, 0, 0, 0, 6)


def test_an_old_workbook_is_a_draft() -> None:
    sheet = label(0, 0, "清河县考核细则") + b"".join(label(1, at, word) for at, word in enumerate(HEAD))
    sheet += number(2, 0, 1) + label(2, 2, "激活率") + number(2, 3, 10) + label(2, 4, "激活率达到50%得满分")
    for name in ("a.xls", "a.et"):
        draft = read_draft(name, xls(workbook(sheet)))
        [(_, indicator)] = draft.schemes[0].indicators()
        assert (indicator.name.text, indicator.points, draft.findings) == ("激活率", 10, ())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (xls(workbook(HEADED, globals_=record(0x002F, b"\1\0")))[:-1024], "损坏"),
        (xls(workbook(HEADED, globals_=record(0x002F, b"\1\0"))), "打开密码"),
        (xls(workbook(record(0x0203, b"\0\0")))[:], "损坏"),
        (xls(workbook(HEADED)[:-4]), "损坏"),
        (xls(workbook(HEADED, shared=record(0x00FC, struct.pack("<II", 9, 9)))), "损坏"),
        (xls(workbook(HEADED, shared=record(0x00FC, struct.pack("<II", 9, 2_000_000)))), "超过上限"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(data)


def test_the_sectors_of_a_file_may_not_run_in_a_circle() -> None:
    data = bytearray(xls(workbook(HEADED)))
    at = 512 + 4 * 3
    while struct.unpack_from("<I", data, at)[0] < 0xFFFFFFF0:
        at += 4
    struct.pack_into("<I", data, at, 4)
    with pytest.raises(UnreadableError, match="损坏"):
        read(bytes(data))


def test_cells_are_bounded_and_no_part_is_read_for_many_sheets() -> None:
    few = replace(DEFAULT_LIMITS, max_cells=3)
    read(xls(workbook(HEADED)), few)
    with pytest.raises(UnreadableError, match="超过上限 3 个"):
        read(xls(workbook(HEADED, HEADED)), few)
    twice = bytearray(workbook(HEADED, HEADED))
    first = twice.index(struct.pack("<HH", 0x0085, 12)) + 4
    second = twice.index(struct.pack("<HH", 0x0085, 12), first) + 4
    twice[second : second + 4] = twice[first : first + 4]
    with pytest.raises(UnreadableError, match="损坏"):
        read(xls(bytes(twice)))


def test_a_web_page_under_this_name_is_read_as_one() -> None:
    document = read(b"<html><body><table><tr><td>x</td></tr></table></body></html>")
    assert "网页" in document.remarks[0].zh


WHOLE = xls(workbook(
    HEADED + number(1, 1, 5) + cell(0x00FD, 1, 0, struct.pack("<I", 0)) + record(0x00E5, struct.pack("<H4H", 1, 1, 2, 0, 0)),
    shared=record(0x00FC, struct.pack("<II", 1, 1) + text("办结")), formats=("0%",),
))  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(30, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 600))
def test_no_damage_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch, changes: list[tuple[int, int]], cut: int) -> None:
    monkeypatch.setattr(module, "read_converted", read_xlsx)
    data = bytearray(WHOLE)
    for at, value in changes:
        data[at if at % 2 else at % 1500 + 512] = value
    try:
        read(bytes(data[: len(data) - cut]))
    except UnreadableError as error:
        assert error.zh


def test_libreoffice_writes_both_kinds_and_they_read_the_same(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("B3:B4")
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["F"].hidden = True
        sheet["D3"].number_format, sheet["D4"].number_format, sheet["F3"].number_format = '0"分"', "0.0%", "yyyy/m/d"
        sheet["C3"].comment = Comment("别人的批注", "张三")
        sheet["G3"] = "=D3*2"

    long = "激活率达到50%得满分，" * 900
    rows = [["清河县考核细则"], HEAD, [1, "应用推广", "激活率", 10, long, 46000], [2, None, "日活率", 0.125, "末位约谈\n排名", True]]
    given = of_rows(rows, change, "考核指标")
    out = {suffix: all_converted(tmp_path, {"a.xlsx": given}, suffix)["a.xlsx"] for suffix in ("xls", "xlsx", "ods")}
    old, new, opened = read(out["xls"]), read_xlsx("a.xlsx", out["xlsx"], DEFAULT_LIMITS), read_draft("a.ods", out["ods"])
    assert placed(old) == placed(new)
    assert ("考核指标", "D4", "12.5%") in placed(old)
    assert ("考核指标", "G3", "20") in placed(old)
    assert (old.blocks, remarks(old)) == (new.blocks, remarks(new))
    assert opened.source.text == new.source.text


def test_the_parts_of_a_compound_file_that_lie_among_the_small_ones(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("小")["A1"] = "甲"
    data = all_converted(tmp_path, {"a.xlsx": saved(book)}, "xls")["a.xlsx"]
    file = Compound(data)
    assert "\x05SummaryInformation" in file
    assert file.stream("\x05SummaryInformation")[:2] == b"\xfe\xff"
