"""Workbooks: every value as shown, once, at its cell; what is hidden or not read is said; what is broken or a bomb is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assesslint.documents.draft import read_draft
from assesslint.documents.limits import DEFAULT_LIMITS, Limits
from assesslint.documents.model import Document, Paragraph, Table
from assesslint.documents.unreadable import UnreadableError
from assesslint.documents.workbooks.sheets import OPINIONS
from assesslint.documents.xlsx import read_xlsx
from assesslint.scheme.model import Prose
from assesslint.text.location import CellLocation
from tests.documents.workbooks import (
    HEAD,
    MAIN,
    by_hand,
    cells,
    drawing,
    of_rows,
    relations,
    saved,
    shared,
    styles,
    text_box,
    worksheet,
    zipped,
)


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    return read_xlsx("draft.xlsx", data, limits)


def shape(document: Document) -> list[object]:
    """Return paragraphs as texts, tables as lists of rows."""
    texts: list[object] = []
    for block in document.blocks:
        texts.append(block.prose.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows])
    return texts


def proses(document: Document) -> Iterator[Prose]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row if cell.text)
        else:
            yield block.prose


def placed(document: Document) -> list[tuple[str, str, str]]:
    """Return sheet, cell and text of every prose."""
    found = []
    for prose in proses(document):
        [location] = document.source.locate_all(prose.spans(0, len(prose.text)))
        assert isinstance(location, CellLocation)
        found.append((location.sheet, location.cell, prose.text))
    return found


def remarks(document: Document) -> list[tuple[str, str]]:
    return [(remark.id, remark.zh) for remark in document.remarks]


def test_title_table_and_remarks_are_told_apart() -> None:
    def merge(sheet: Worksheet) -> None:
        for merged in ("A2:F2", "B5:B6", "A8:F8"):
            sheet.merge_cells(merged)
        sheet["D5"].number_format, sheet["D6"].number_format = '0"分"', "0%"

    document = read(of_rows([
        ["附件2"], ["清河县2026年度考核细则"], ["填报单位：", "大数据局"], HEAD,
        [1, "应用推广", "激活率", 10, "达到50%得满分", None], [2, None, "日活率", 0.1, "达到90%得满分", None], ["合计", None, None, 100],
        ["备注：1.由大数据局解释。\n2.自印发之日起施行。"],
    ], merge))  # fmt: skip
    table = [
        ["填报单位：", "大数据局", "", "", "", ""],
        list(HEAD),
        ["1", "应用推广", "激活率", "10分", "达到50%得满分", ""],
        ["2", "", "日活率", "10%", "达到90%得满分", ""],
        ["合计", "", "", "100", "", ""],
    ]
    assert shape(document) == [
        "附件2", "清河县2026年度考核细则", table, "备注：1.由大数据局解释。", "2.自印发之日起施行。",
    ]  # fmt: skip
    assert [block.continued for block in document.blocks if isinstance(block, Table)] == [{(3, 1)}]
    assert document.remarks == ()


def test_a_workbook_becomes_a_scheme_with_cells_as_places() -> None:
    rows = [["清河县考核细则"], HEAD, [1, "应用推广", "激活率", 10, "激活率达到50%得满分", None]]
    draft = read_draft("a.xlsx", of_rows(rows, name="指标"))
    [scheme] = draft.schemes
    assert scheme.name.text == "清河县考核细则"
    [(_, indicator)] = scheme.indicators()
    assert (indicator.name.text, indicator.points) == ("应用推广", 10)
    scoring = next(f.value for f in indicator.fields if f.name == "scoring")
    assert isinstance(scoring, Prose)
    assert draft.source.locate(scoring.spans(3, 9)[0]) == CellLocation("指标", "E3", 3, 9)
    assert draft.findings == draft.notices == ()


def test_several_tables_on_a_sheet() -> None:
    first, second = ("序号", "指标名称", "分值"), ("加分项目", "分值", "评分标准")
    rows: list[Sequence[object]] = [["一、基本指标"], first, [1, "甲", 5], [], [2, "乙", 5], []]
    rows += [["二、加分项"], second, ["丙", 2, "每篇1分"], second, ["丁", 1, "每次1分"], ["三、减分项"], second, ["戊", 1, "每次1分"]]
    assert shape(read(of_rows(rows))) == [
        "一、基本指标",
        [list(first), ["1", "甲", "5"]],
        [["2", "乙", "5"]],
        "二、加分项",
        [list(second), ["丙", "2", "每篇1分"], list(second), ["丁", "1", "每次1分"]],
        "三、减分项",
        [list(second), ["戊", "1", "每次1分"]],
    ]


def test_a_table_goes_on_after_a_blank_row_and_ends_before_what_is_signed() -> None:
    head = ("序号", "指标名称", "分值", "评分标准")
    rows = [["清河县考核细则"], head, [1, "办结", 5, None], [], [2, "回访", 5, "每件1分"], [], ["填表人：", None, "审核人：", None]]
    [scheme] = read_draft("a.xlsx", of_rows(rows)).schemes
    assert [indicator.name.text for _, indicator in scheme.indicators() if indicator.kind == "scored"] == ["办结", "回访"]


def test_a_row_that_fills_one_column_stays_in_the_table() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:B3")

    document = read(of_rows([["指标名称", "分值", "评分标准"], ["甲", 5, "一、办结"], [None, None, "二、回访"]], merge))
    [table] = document.blocks
    assert isinstance(table, Table)
    assert table.continued == {(2, 0), (2, 1)}
    assert [cell.text for cell in table.rows[2]] == ["", "", "二、回访"]


def test_columns_that_hold_nothing_cost_nothing() -> None:
    rows = [("1", "A1", "指标名称", "XFD1", "分值"), ("2", "A2", "甲", "B2", ""), ("1048576", "A1048576", "", "XFD1048576", "5")]
    inner = "".join(
        f'<row r="{row}"><c r="{first}" t="str"><v>{one}</v></c><c r="{last}" t="str"><v>{two}</v></c></row>'
        for row, first, one, last, two in rows
    )
    merged = '<mergeCells><mergeCell ref="A1:XFC1"/><mergeCell ref="A2:XFC1048576"/></mergeCells>'
    document = read(by_hand(worksheet(f"<sheetData>{inner}</sheetData>{merged}")))
    assert shape(document) == [[["指标名称", "分值"], ["甲", ""], ["", "5"]]]


def test_sheets_without_a_title_are_headed_by_their_names() -> None:
    book = Workbook()
    for name in ("共性指标", "Sheet3", "加分项"):
        sheet = book.create_sheet(name)
        sheet.append(["指标名称", "分值"])
        sheet.append([name, 5])
    titled = book.create_sheet("其他")
    titled.append(["其他事项"])
    found = [(block.prose.text, block.heading) for block in read(saved(book)).blocks if isinstance(block, Paragraph)]
    assert found == [("共性指标", 1), ("加分项", 1), ("其他事项", 0)]


def test_what_is_hidden_is_read_and_said() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = sheet.row_dimensions[3].hidden = sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet["C3"].number_format = ";;;"

    document = read(of_rows([["甲", "乙", "丙"], [1, 2, 3], [4, 5, 6]], hide, "表甲"))
    assert shape(document) == [[["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", "6"]]]
    assert remarks(document) == [
        ("hidden-text", "工作表“表甲”的第 2–3 行是隐藏的，内容已照读"),
        ("hidden-text", "工作表“表甲”的第 B 列是隐藏的，内容已照读"),
        ("hidden-text", "工作表“表甲”的 C3 的格式不显示内容（如“;;;”），内容已照读"),
    ]
    one = cells('<c t="inlineStr"><is><t>甲</t></is></c>')
    document = read(by_hand({"明": one, "暗": one, "深": one}, states={"暗": "hidden", "深": "veryHidden"}))
    assert [text for sheet, _, text in placed(document)] == ["甲", "甲", "甲"]
    assert [words for _, words in remarks(document)] == ["工作表“暗”是隐藏的，内容已照读", "工作表“深”是隐藏的，内容已照读"]


def test_cells_of_every_kind() -> None:
    data = by_hand(
        cells(
            '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>行</t></r><r><t>内</t></r></is></c><c t="b"><v>1</v></c>',
            '<c t="str"><f>A1&amp;"x"</f><v>算好的</v></c><c s="1"><f>1/2</f><v>0.5</v></c><c t="d"><v>2026-01-01</v></c>'
            '<c t="str"><f>""</f><v></v></c>',
            '<c><f>1+1</f></c><c t="e"><v>#REF!</v></c><c t="s"><v>7</v></c><c t="s"><v>-1</v></c><c t="e" vm="1"><v>#VALUE!</v></c>'
            '<c t="str"><f>DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
        ),
        {
            "xl/sharedStrings.xml": shared(
                "<r><t>富</t></r><r><rPr><b/></rPr><t>文本</t></r><rPh sb='0' eb='1'><t>フ</t></rPh>", "<t>甲_x000D_&#10;乙</t>"
            ),
            "xl/styles.xml": styles("General", "0%"),
        },
    )
    document = read(data)
    assert shape(document) == [[["富文本", "甲\n乙", "行内", "TRUE"], ["算好的", "50%", "2026-01-01", ""], ["", "#REF!", "", ""]]]
    assert [(remark.id, remark.location.values()["cell"]) for remark in document.remarks] == [
        ("formula-without-value", "A3"), ("cell-error", "B3"), ("damaged-cell", "C3"), ("unread-picture", "E3"),
    ]  # fmt: skip
    assert "C3、D3 " in document.remarks[2].zh
    assert "E3、F3 " in document.remarks[3].zh


def test_a_number_of_a_shared_string_too_long_to_be_one() -> None:
    document = read(by_hand(cells(f'<c t="s"><v>{"9" * 5000}</v></c>')))
    assert [identifier for identifier, _ in remarks(document)] == ["damaged-cell"]


def test_days_from_1904() -> None:
    data = by_hand(cells('<c s="0"><v>0</v></c>'), {"xl/styles.xml": styles("yyyy/m/d")}, properties='<workbookPr date1904="1"/>')
    assert shape(read(data)) == ["1904/1/1"]


@pytest.mark.parametrize("main", ["http://purl.oclc.org/ooxml/spreadsheetml/main", MAIN])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_other_ways_to_write_the_same(main: str, prefix: str) -> None:
    inner = f"<{prefix}sheetData><{prefix}row><{prefix}c><{prefix}v>5</{prefix}v></{prefix}c></{prefix}row></{prefix}sheetData>"
    declared = f'xmlns{":x" if prefix else ""}="{main}"'
    sheet = f"<{prefix}worksheet {declared}>{inner}</{prefix}worksheet>"
    assert placed(read(by_hand(sheet))) == [("Sheet1", "A1", "5")]
    assert placed(read(by_hand(f'<?xml version="1.0" encoding="UTF-16"?>{sheet}'.encode("utf-16")))) == [("Sheet1", "A1", "5")]


def test_words_under_merged_cells() -> None:
    def cover(inner: str) -> str:
        return worksheet(f'<sheetData>{inner}</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>')

    again = cover("<row><c><v>1</v></c><c><v>1</v></c><c><v>9</v></c></row><row><c><v>1</v></c><c/><c><v>8</v></c></row>")
    document = read(by_hand(again))
    assert (shape(document), document.remarks) == ([[["1", "9"], ["", "8"]]], ())
    other = read(by_hand(cover("<row><c><v>1</v></c><c/><c><v>9</v></c></row><row><c/><c><v>2</v></c><c><v>8</v></c></row>")))
    assert shape(other) == [[["1", "", "9"], ["", "2", "8"]]]
    assert remarks(other) == [("hidden-text", "工作表“Sheet1”的 B2 被合并单元格遮住，但里面有文字，已照读；请删去或取消合并")]


def test_shapes_are_read_where_they_hang_and_pictures_said() -> None:
    group = f"<xdr:grpSp><xdr:grpSp>{text_box('组内')}</xdr:grpSp></xdr:grpSp>"
    chart = '<xdr:graphicFrame><a:graphic><c:chart xmlns:c="c"/></a:graphic></xdr:graphicFrame>'
    either = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        f"{text_box('二选一')}</mc:Choice><mc:Fallback>{text_box('二选一')}</mc:Fallback></mc:AlternateContent>"
    )
    data = by_hand(
        worksheet('<sheetData><row><c><v>1</v></c></row><row r="9"><c><v>9</v></c></row></sheetData><drawing r:id="rId1"/>'),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                ("drawing", "../drawings/drawing1.xml"), ("hyperlink", "http://example.com/x")
            ),
            "xl/drawings/drawing1.xml": drawing(
                text_box("第一段", "第二段"), text_box("暗", hidden="1"), group, chart, either, "<xdr:pic/>", row=4, column=2
            ),
        },
    )
    document = read(data)
    assert shape(document) == ["1", "第一段", "第二段", "暗", "组内", "二选一", "9"]
    assert ("Sheet1", "C5", "第二段") in placed(document)
    assert [(remark.id, remark.location.values()["cell"]) for remark in document.remarks] == [
        ("hidden-text", "C5"), ("unread-object", "C5"), ("unread-picture", "C5"),
    ]  # fmt: skip


def test_notes_of_others_and_our_own_opinions_are_no_part_of_the_draft() -> None:
    def note(sheet: Worksheet) -> None:
        sheet["A1"].comment = Comment("请局长审阅", "张三")
        sheet["B2"].comment = Comment("assesslint:\n不得规定下载率", "assesslint")
        sheet["C3"].comment = Comment(" ", "李四")

    book_with_note = of_rows([["甲"]], note)
    assert "请局长审阅" not in read(book_with_note).source.text
    [told] = read(book_with_note).remarks
    assert (told.id, told.location.values()["cell"]) == ("unread-comment", "A1")
    assert told.zh == "这里的批注（张三）没有检查：“请局长审阅”；如是考核内容，请写进正文"
    document = read(of_rows([[OPINIONS["zh"]], ["1", "Sheet1", "激活率"]], name="审核意见"))
    assert document.blocks == ()
    assert [identifier for identifier, _ in remarks(document)] == ["own-opinions"]


def test_a_thread_of_comments_is_told_once() -> None:
    cell = '<comment ref="B2" authorId="0"><text><t>[线程批注]</t></text></comment>'
    legacy = f"<comments><authors><author>tc={{1}}</author></authors><commentList>{cell}</commentList></comments>"
    data = by_hand(
        {"甲": worksheet("<sheetData/>")},
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(("comments", "../c.xml"), ("threadedComment", "../t.xml")),
            "xl/c.xml": legacy,
            "xl/t.xml": '<ThreadedComments><threadedComment ref="B2"><text>以下载率计分</text></threadedComment></ThreadedComments>',
        },
    )
    assert [(remark.location.values()["cell"], "“以下载率计分”" in remark.zh) for remark in read(data).remarks] == [("B2", True)]


def test_printed_headers_sheets_of_other_kinds_and_embedded_things_are_said() -> None:
    footer = '<headerFooter><oddHeader>&amp;L&amp;"宋体,常规"&amp;10附件2</oddHeader><oddFooter>第 &amp;P 页</oddFooter></headerFooter>'
    data = by_hand(
        {"甲": worksheet(f"<sheetData/>{footer}"), "图": worksheet("")},
        {
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml"), ("chartsheet", "worksheets/sheet2.xml")),
            "xl/worksheets/_rels/sheet1.xml.rels": relations(("oleObject", "../x.bin"), ("vmlDrawing", "../x.vml")),
            "xl/x.vml": '<xml><x:ClientData ObjectType="Note"/><br><x:ClientData ObjectType="Checkbox"/></xml>',
        },
    )
    assert remarks(read(data)) == [
        ("unread-object", "工作表“甲”打印的页眉页脚没有读：附件2 / 第 页"),
        ("unread-object", "工作表“甲”里有嵌入的文件，没有读"),
        ("unread-object", "工作表“甲”里有窗体控件（Checkbox），上面的文字没有读"),
        ("unread-object", "工作表“图”里没有单元格，是图表，没有读"),
    ]


def test_a_sheet_that_is_missing_is_an_error() -> None:
    data = by_hand(cells(""), {"xl/_rels/workbook.xml.rels": relations(("worksheet", "http://example.com/sheet1.xml"))})
    assert [f.rule for f in read_draft("a.xlsx", data).findings if f.severity == "error"] == ["unreadable-page"]


LONG = "<c><v>1</v></c>" * 16_385

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + worksheet("<sheetData><row><c t='str'><v>&b;</v></c></row></sheetData>")
OUTSIDE = BOMB.replace('"&a;&a;"', 'SYSTEM "file:///etc/passwd"')


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (by_hand(cells(LONG)), "单元格地址"),
        (by_hand(cells('<c r="A-1"><v>1</v></c>')), "单元格地址 'A-1'"),
        (by_hand(cells('<c r="XFE1"><v>1</v></c>')), "单元格地址 'XFE1'"),
        (by_hand(cells('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>')), "单元格地址 'A1' 不存在或重复"),
        (by_hand(worksheet('<sheetData><row r="-5"/></sheetData>')), "单元格地址 '-5'"),
        (by_hand(worksheet('<sheetData><row r="1048577"/></sheetData>')), "单元格地址 '1048577'"),
        (by_hand(worksheet("<sheetData><row>")), "不完整或已损坏"),
        (by_hand('<?xml version="1.0" encoding="gbk"?><worksheet/>'), "不完整或已损坏"),
        (by_hand(BOMB), "可能是恶意文件"),
        (by_hand(OUTSIDE), "可能是恶意文件"),
        (by_hand(cells("<c><v>1</v></c>"))[:-60], "不完整或已损坏"),
        (zipped({"word/document.xml": "<x/>"}), "Word 文档"),
        (zipped({"xl/workbook.bin": "x"}), ".xlsb"),
        (zipped({"xl/workbook.xml": "<html/>"}), "没有工作簿"),
        (zipped({"../evil": "x"}), "指向文件之外"),
        (b"<html><table/></html>", "不完整或已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(data)
    [finding] = read_draft("a.xlsx", data).findings
    assert finding.rule == "unreadable-file"


def test_a_cell_of_a_hundred_thousand_characters_is_read() -> None:
    words = "办" * 100_000
    assert placed(read(by_hand(cells(f'<c t="inlineStr"><is><t>{words}</t></is></c>')))) == [("Sheet1", "A1", words)]


def test_a_row_may_be_as_wide_as_excel_allows() -> None:
    document = read(by_hand(cells("<c><v>1</v></c>" * 16_384)))
    [table] = document.blocks
    assert isinstance(table, Table)
    assert len(table.rows[0]) == 16_384
    assert placed(document)[-1][1] == "XFD1"


def test_cells_and_text_are_bounded() -> None:
    few = replace(DEFAULT_LIMITS, max_cells=10)
    five = cells("<c><v>1</v></c>" * 5)
    read(by_hand({"甲": five, "乙": five}), few)
    with pytest.raises(UnreadableError, match="超过上限 10 个"):
        read(by_hand({"甲": five, "乙": five, "丙": cells("<c><v>1</v></c>")}), few)
    with pytest.raises(UnreadableError, match="超过上限 10 个"):
        read(by_hand(five, {"xl/sharedStrings.xml": shared(*["<t/>"] * 11)}), few)
    steps = [(get_column_letter(n), get_column_letter(n + 1), n) for n in range(1, 5)]
    stairs = cells(*(f"<c r='{left}{n}'><v>1</v></c><c r='{right}{n}'><v>1</v></c>" for left, right, n in steps))
    with pytest.raises(UnreadableError, match="超过上限 10 个"):
        read(by_hand(stairs), few)
    merges = "".join(f'<mergeCell ref="A1:E{n}"/>' for n in range(2, 20))
    with pytest.raises(UnreadableError, match="超过上限 10 个"):
        read(by_hand(five.replace("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>")), few)
    laughs = by_hand(cells('<c t="s"><v>0</v></c>' * 200), {"xl/sharedStrings.xml": shared(f"<t>{'哈' * 10_000}</t>")})
    with pytest.raises(UnreadableError, match="文字超过上限"):
        read(laughs, replace(DEFAULT_LIMITS, max_bytes=1_000_000))


WORDS = st.text("甲乙丙丁办理时限分值评分标准指标1%\n ", min_size=1, max_size=8).filter(str.strip)
VALUES = st.one_of(WORDS, st.integers(-(10**6), 10**6), st.sampled_from([*HEAD, "合计", "备注：见附件"]))
PLACES = st.tuples(st.integers(1, 12), st.integers(1, 6))
CORNERS = st.tuples(PLACES, st.integers(0, 3), st.integers(0, 2))


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(PLACES, VALUES, max_size=40), st.lists(CORNERS, max_size=4), st.sets(st.integers(1, 12), max_size=3))
def test_every_value_shown_is_in_one_block_at_its_cell(
    values: dict[tuple[int, int], str | int], corners: list[tuple[tuple[int, int], int, int]], hidden: set[int]
) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "考核表"
    taken: set[tuple[int, int]] = set()
    covered: set[tuple[int, int]] = set()
    for (top, left), down, right in corners:
        area = {(top + r, left + c) for r in range(down + 1) for c in range(right + 1)}
        if len(area) > 1 and not area & taken:
            taken |= area
            covered |= area - {(top, left)}
            sheet.merge_cells(start_row=top, start_column=left, end_row=top + down, end_column=left + right)
    shown = {place: value for place, value in values.items() if place not in covered}
    for (row, column), value in shown.items():
        sheet.cell(row, column, value)
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    document = read(saved(book))
    found: dict[tuple[int, int], list[str]] = {}
    for name, cell, text in placed(document):
        assert name == "考核表"
        found.setdefault((sheet[cell].row, sheet[cell].column), []).append(text)
    assert set(found) == set(shown)
    for place, value in shown.items():
        assert [line for text in found[place] for line in lines(text)] == lines(str(value))
    said = " ".join(remark.zh for remark in document.remarks)
    assert bool(hidden & {row for row, _ in shown}) == ("行是隐藏的" in said)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
