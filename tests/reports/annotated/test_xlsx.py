"""Notes stand on the very cells of a workbook and in a sheet of their own; nothing else in the file changes."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from assesslint.documents.draft import read_draft
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.unreadable import UnreadableError
from assesslint.documents.workbooks.sheets import OPINIONS
from assesslint.documents.xlsx import read_xlsx
from assesslint.linter.annotated_copies import AUTHOR
from assesslint.reports.annotated.annotate import copied_as
from assesslint.reports.annotated.notes import Note
from assesslint.reports.annotated.xlsx import annotate_xlsx
from assesslint.reports.opinion.content import Row, plain
from assesslint.text.location import CellLocation
from tests.documents.workbooks import HEAD, MAIN, by_hand, cells, of_rows, relations, saved, styles, worksheet, zipped
from tests.office import converted

ROWS = [["清河县考核细则"], HEAD, [1, "应用推广", "激活率", 10, "激活率达到50%得满分", None]]
BARE = of_rows(ROWS)
ADDED = {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/_rels/sheet1.xml.rels", "xl/worksheets/sheet2.xml"}
LISTS = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml"}


def note(*at: str, text: str = "【错误】不可", sheet: str = "Sheet1") -> Note:
    places = tuple(CellLocation(sheet, cell, 0, 1) for cell in at)
    return Note(places, "error", "标题", text, (Row(" ".join(at), "原文", text, "依据", "改法"),))


def annotated(data: bytes, *notes: Note, lang: str = "zh") -> bytes:
    return annotate_xlsx(data, notes, DEFAULT_LIMITS, lang)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def notes_on(data: bytes, sheet: str = "Sheet1") -> dict[str, tuple[str, str]]:
    """Return author and text of every note of a sheet by its cell, as openpyxl reads them."""
    found = load_workbook(io.BytesIO(data))[sheet]._cells.values()  # not by rows: the last of them may be the millionth
    return {cell.coordinate: (cell.comment.author, cell.comment.text) for cell in found if cell.comment}


def ours(data: bytes, sheet: str = "Sheet1") -> dict[str, str]:
    return {cell: text.removeprefix(f"{AUTHOR}:\n") for cell, (author, text) in notes_on(data, sheet).items() if author == AUTHOR}


def opinions(data: bytes, name: str = "审核意见") -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(data))[name].iter_rows(values_only=True))


def with_note(text: str = "请局长审阅", cell: str = "C3") -> bytes:
    def comment(sheet: Worksheet) -> None:
        sheet[cell].comment = Comment(text, "张三")

    return of_rows(ROWS, comment)


def test_notes_hang_on_their_cells_and_are_listed() -> None:
    data = annotated(of_rows(ROWS), note("C3", "E3", text="甲"), note("E3", text="乙"), note(text="丙"))
    assert ours(data) == {"A1": "丙", "C3": "甲", "E3": "标题：同上，见 “Sheet1”C3 的批注\n\n乙"}
    assert opinions(data) == [
        ("审核意见（assesslint）：共 3 条", *[None] * 5),
        ("序号", "位置", "原文", "问题", "依据", "修改建议"),
        ("1", "C3 E3", "原文", "甲", "依据", "改法"),
        ("2", "E3", "原文", "乙", "依据", "改法"),
        ("3", "", "原文", "丙", "依据", "改法"),
    ]
    english = annotated(of_rows(ROWS), note("C3", "E3"), lang="en")
    assert ours(english)["E3"] == "标题: see the note on “Sheet1”C3"
    assert opinions(english, "Opinions")[0][0] == "Opinions (assesslint): 1"


def test_all_kinds_of_workbooks_hold_notes() -> None:
    assert all(copied_as(f"a{suffix}") for suffix in (".xlsx", ".XLSM", ".xltx", ".xltm"))


def test_everything_else_stays_byte_for_byte() -> None:
    others = {"xl/vbaProject.bin": b"\x00macro", "xl/charts/chart1.xml": b"<c:chart/>", "xl/calcChain.xml": b"<x/>"}
    before = {**parts(of_rows(ROWS)), **others}
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w") as file:
            for name, data in before.items():
                file.writestr(name, data)
        whole = out.getvalue()
    after = parts(annotated(whole, note("C3")))
    assert {name for name in after if after[name] != before.get(name)} == ADDED | LISTS
    assert list(after)[: len(before)] == list(before)
    sheet, start = after["xl/worksheets/sheet1.xml"], before["xl/worksheets/sheet1.xml"].index(b"</worksheet>")
    assert sheet.startswith(before["xl/worksheets/sheet1.xml"][:start] + b"<legacyDrawing ")
    assert sheet.endswith(b"</worksheet>")


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<sheetData/><tableParts count="0"/>', '<sheetData/>{}<tableParts count="0"/>'),
        ("<sheetData><row><c><extLst/></c></row></sheetData><pageMargins/><extLst><x/></extLst>", "{}<extLst><x/>"),
        ("<sheetData/><pageMargins/>", "<pageMargins/>{}</worksheet>"),
    ],
)
def test_the_reference_stands_where_the_order_of_elements_wants_it(inner: str, expected: str) -> None:
    sheet = parts(annotated(by_hand(worksheet(inner)), note("A1")))["xl/worksheets/sheet1.xml"].decode()
    reference = sheet[sheet.index("<legacyDrawing") : sheet.index("/>", sheet.index("<legacyDrawing")) + 2]
    assert expected.format(reference) in sheet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_other_ways_to_write_a_sheet(encoding: str) -> None:
    sheet = f'<?xml version="1.0" encoding="{encoding}"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData/></x:worksheet>'
    data = annotated(by_hand(sheet.encode(encoding)), note("A1"))
    assert ours(data) == {"A1": "【错误】不可"}


def test_the_notes_of_others_stay_and_ours_move_beside_them() -> None:
    data = annotated(with_note(), note("C3", text="甲"), note("D3", text="乙"))
    assert notes_on(data)["C3"] == ("张三", "请局长审阅")
    assert ours(data) == {"D3": "乙", "E3": "（对左侧 C3 的意见，C3 已有他人批注）\n甲"}
    drawing = parts(data)[next(name for name in parts(data) if "legacyDrawing" in name or name.endswith(".vml"))]
    assert drawing.count(b'ObjectType="Note"') == 3


def test_annotating_again_replaces_only_our_own() -> None:
    first = annotated(with_note(), note("C3"), note("E3", text="旧"))
    assert annotated(first, note("C3"), note("E3", text="旧")) == first
    again = annotated(first, note("B3", text="新"))
    assert notes_on(again)["C3"] == ("张三", "请局长审阅")
    assert ours(again) == {"B3": "新"}
    assert [row[3] for row in opinions(again)[2:]] == ["新"]
    assert len(load_workbook(io.BytesIO(again)).sheetnames) == 2
    none = annotated(again)
    assert notes_on(none) == {"C3": ("张三", "请局长审阅")}
    assert [row[0] for row in opinions(none)] == ["审核意见（assesslint）：共 0 条", "没有需要修改的问题。"]
    assert parts(none)["xl/worksheets/sheet1.xml"] == parts(with_note())["xl/worksheets/sheet1.xml"]


def test_a_draft_without_notes_stays_as_it_is() -> None:
    for data in (BARE, with_note()):
        assert annotated(data) == data


def test_an_annotated_draft_is_read_as_it_was() -> None:
    before, after = (read_draft("a.xlsx", data) for data in (of_rows(ROWS), annotated(of_rows(ROWS), note("C3", text="激活率达到90%"))))
    assert after.source.text == before.source.text
    assert [notice.id for notice in after.notices] == ["own-opinions"]


def test_a_sheet_of_the_same_name_is_left_alone() -> None:
    book = Workbook()
    book.create_sheet("审核意见")["A1"] = "领导的意见"
    data = annotated(saved(book), note("A1", sheet="Sheet"))
    assert opinions(data) == [("领导的意见",)]
    assert opinions(data, "审核意见2")[0][0] == f"{OPINIONS['zh']}：共 1 条"


def test_hidden_and_protected_sheets_are_annotated_too() -> None:
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.sheet_state = "hidden"
    second = book.create_sheet("明")
    second.protection.enable()
    book.security.lockStructure = True
    data = annotated(saved(book), note("A1", sheet="Sheet", text="暗"), note(text="全文"))
    assert (ours(data, "Sheet"), ours(data, "明")) == ({"A1": "暗"}, {"A1": "全文"})
    assert load_workbook(io.BytesIO(data))["明"].protection.sheet


def test_threads_and_signatures() -> None:
    comments = (
        f'<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author></authors><commentList>'
        '<comment ref="A1" authorId="0" shapeId="0"><text><t>[线程批注]</t></text></comment></commentList></comments>'
    )
    thread = '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'
    given = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("comments", "../comments1.xml"), ("threadedComment", "../t.xml")),
        "xl/comments1.xml": comments,
        "xl/t.xml": thread,
        "_xmlsignatures/sig1.xml": "<x/>",
    }
    data = annotated(by_hand(cells("<c><v>1</v></c>"), given), note("A1", text="甲"))
    assert parts(data)["xl/t.xml"] == thread.encode()
    assert notes_on(data)["A1"] == ("tc={1}", "[线程批注]")
    assert ours(data)["B1"].endswith("原文件未作改动\n\n甲")


def test_styles_are_added_once_and_only_where_they_can_be() -> None:
    first = parts(annotated(of_rows(ROWS), note("C3")))["xl/styles.xml"]
    assert parts(annotated(annotated(of_rows(ROWS), note("C3")), note("E3")))["xl/styles.xml"] == first
    bare = {"xl/styles.xml": styles("General")}
    assert parts(annotated(by_hand(cells("<c><v>1</v></c>"), bare), note("A1")))["xl/styles.xml"] == styles("General").encode()


def test_boxes_are_as_large_as_their_text_whatever_the_rows_are() -> None:
    def tall(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].height = 300
        sheet.column_dimensions["D"].width = 100

    def anchor(data: bytes) -> list[int]:
        drawing = next(data for name, data in parts(data).items() if name.endswith(".vml")).decode()
        return [int(number) for number in drawing[drawing.index("<x:Anchor>") + 10 : drawing.index("</x:Anchor>")].split(",")]

    assert anchor(annotated(of_rows(ROWS, tall), note("C3"))) == [3, 15, 2, 2, 3, 335, 2, 46]
    assert anchor(annotated(of_rows(ROWS), note("C3")))[4:] == [8, 15, 4, 6]
    assert anchor(annotated(of_rows(ROWS), note("XFD1048576")))[4:6] == [16383, 335]


@pytest.mark.parametrize(
    ("part", "data"),
    [("xl/comments1.xml", "<x/>"), ("xl/drawings/vmlDrawing1.vml", "<html/>"), ("xl/comments1.xml", "<comments")],
)
def test_damaged_notes_are_said(part: str, data: str) -> None:
    given = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("comments", "/xl/comments1.xml"), ("vmlDrawing", "/xl/drawings/vmlDrawing1.vml")),
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>',
        "xl/drawings/vmlDrawing1.vml": "<xml></xml>",
        part: data,
    }
    with pytest.raises(UnreadableError, match="损坏"):
        annotated(by_hand(worksheet('<sheetData/><legacyDrawing r:id="rId2"/>'), given), note("A1"))


def test_a_workbook_of_an_unusual_kind_is_refused() -> None:
    book = "<workbook xmlns='http://example.com/x'><sheets/></workbook>"
    with pytest.raises(UnreadableError, match="不能写入批注"):
        annotated(by_hand(cells(""), {"xl/workbook.xml": book}), note("A1"))


def test_a_strict_workbook_gets_strict_parts() -> None:
    strict, office = "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"
    book = f'<workbook xmlns="{strict}" xmlns:r="{office}"><sheets><sheet name="甲" sheetId="1" r:id="rId1"/></sheets></workbook>'
    data = annotated(by_hand(worksheet("<sheetData/>", strict), {"xl/workbook.xml": book}), note("A1", sheet="甲"))
    after = parts(data)
    assert f'<comments xmlns="{strict}"'.encode() in after["xl/comments1.xml"]
    assert f'Type="{office}/comments"'.encode() in after["xl/worksheets/_rels/sheet1.xml.rels"]
    assert f'xmlns="{strict}"'.encode() in after["xl/worksheets/sheet2.xml"]


WHOLE = parts(annotated(with_note(), note("C3"), note("E3")))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_damage_is_a_fault_of_ours(data: st.DataObject) -> None:
    damaged = dict(WHOLE)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(damaged)))
        part = damaged[name]
        start = data.draw(st.integers(0, len(part)))
        put = data.draw(st.sampled_from([b"", b"-1", b"9" * 5000, b'"', b"<", b"x", b"A0", b"/>"]))
        damaged[name] = part[:start] + put + part[start + data.draw(st.integers(0, 40)) :]
    whole = zipped(damaged)
    for work in (lambda: read_xlsx("a.xlsx", whole, DEFAULT_LIMITS), lambda: annotated(whole, note("C3"))):
        with suppress(UnreadableError):
            work()


TEXTS = st.text("甲<&>'\"=+-@_x0041_\n\t\x00\x0b\ufffe\u202e①😀 ", min_size=1, max_size=30)


@settings(max_examples=80, deadline=None)
@given(TEXTS, st.sampled_from(["A1", "C3", "XFD1", "A1048576"]))
def test_any_text_is_text(text: str, cell: str) -> None:
    data = annotated(BARE, note(cell, text=text))
    assert data == annotated(BARE, note(cell, text=text))
    said = plain(text)
    [(where, (author, words))] = notes_on(data).items()
    assert (where, author, words.replace("_x005F_", "_")) == (cell, AUTHOR, f"{AUTHOR}:\n{said}")
    shown = load_workbook(io.BytesIO(data))["审核意见"]["D3"]
    assert shown.data_type in ("s", "n")
    assert (shown.value or "").replace("_x005F_", "_").split() == said.split()


def test_libreoffice_opens_the_file_and_keeps_the_notes(tmp_path: Path) -> None:
    saved_by_office = converted(tmp_path, "a.xlsx", annotated(with_note(), note("E3", text="甲\n乙"), note("C3", text="丙")), "xlsx")
    notes = notes_on(saved_by_office)
    assert {cell: text.split("\n", 1)[-1] for cell, (_, text) in notes.items()} == {
        "C3": "请局长审阅", "D3": "（对左侧 C3 的意见，C3 已有他人批注）\n丙", "E3": "甲\n乙",
    }  # fmt: skip
    assert [row[3] for row in opinions(saved_by_office)[2:]] == ["甲\n乙", "丙"]
    again = annotated(saved_by_office, note("B3", text="新"))
    assert (set(notes_on(again)), ours(again)) == ({"B3", "C3"}, {"B3": "新"})
    assert len(load_workbook(io.BytesIO(again)).sheetnames) == 2
