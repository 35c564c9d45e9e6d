"""OFD files made here as producers make them: an object a string, several codes, an object a character; what cannot be read is told."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

import assesslint.documents.ofd
from assesslint.documents.draft import read_draft
from assesslint.documents.limits import DEFAULT_LIMITS, Limits
from assesslint.documents.model import Document, Paragraph
from assesslint.documents.ofd import read_ofd
from assesslint.documents.unreadable import UnreadableError
from assesslint.text.location import PageLocation
from assesslint.text.source import Span
from tests.documents.press import LEFT, MM, OFD_NAMES, TOP, Press, Text, ofd, ofd_package, ofd_page, ofd_text
from tests.documents.press import Span as Merged

OPENING = "为落实中央关于整治形式主义为基层减负的要求，进一步规范数字政务工作考核，结合我县实际，制定本细则。"
SCORING = "“干部之家”激活率达到户籍人口50%得满分，每低1个百分点扣0.5分，末位约谈主要负责人。"
LINE = ofd_text(Text(LEFT, TOP, 16, "一、考核内容"), "steps")


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    return read_ofd("draft.ofd", data, limits)


def shown(document: Document) -> list[str | list[list[str]]]:
    return [
        block.prose.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows]
        for block in document.blocks
    ]


def remarks(document: Document) -> list[tuple[str, int]]:
    return [(remark.id, remark.location.page) for remark in document.remarks if isinstance(remark.location, PageLocation)]


@pytest.mark.parametrize("style", ["steps", "codes", "glyphs"])
def test_text_and_tables_come_out_as_they_went_in(style: str) -> None:
    press = Press(header="清河县大数据局文件", footer=lambda number: f"— {number} —")
    press.title("清河县2026年度数字政务工作考核细则")
    press.paragraph(OPENING * 3)
    rows = [["序号", "一级指标", "指标名称", "分值", "评分标准"]]
    rows += [[str(n), "平台应用" if n == 1 else "", f"应用推广{n}", "5", SCORING * 2] for n in range(1, 13)]
    press.table(rows, [35, 70, 80, 40, 217], {(1, 1): Merged(3, 1)}, repeat_head=True)
    assert len(press.sheets) > 1
    document = read(ofd(press.sheets, style))
    assert shown(document) == ["清河县2026年度数字政务工作考核细则", OPENING * 3, rows]
    assert remarks(document) == [("page-header", 1)]


def test_places_are_points_from_the_upper_left_corner() -> None:
    document = read(ofd_package([ofd_page(LINE)]))
    place = document.source.locate(Span(2, 4))
    assert isinstance(place, PageLocation)
    assert place.boxes[0] == pytest.approx((LEFT + 32, TOP, LEFT + 64, TOP + 16), abs=0.1)


def test_a_matrix_moves_and_scales_within_the_boundary() -> None:
    code = '<ofd:TextCode X="0" Y="0.88" DeltaX="1">下载</ofd:TextCode>'
    moved = f'<ofd:TextObject ID="1" Boundary="20 30 50 10" CTM="5 0 0 5 10 0" Font="2" Size="1">{code}</ofd:TextObject>'
    document = read(ofd_package([ofd_page(moved)]))
    place = document.source.locate(Span(0, 2))
    assert isinstance(place, PageLocation)
    assert [edge * MM for edge in place.boxes[0]] == pytest.approx((30, 30, 40, 35), abs=0.01)


def test_templates_blocks_and_drawings_used_again_are_read() -> None:
    template = ofd_page(ofd_text(Text(LEFT, 400, 16, "二、结果运用"), "steps"))
    drawing = f'<ofd:CompositeGraphicUnit ID="9" Width="99" Height="99"><ofd:Content>{LINE}</ofd:Content></ofd:CompositeGraphicUnit>'
    resources = f"<ofd:Res {OFD_NAMES}><ofd:CompositeGraphicUnits>{drawing}</ofd:CompositeGraphicUnits></ofd:Res>"
    used = '<ofd:PageBlock ID="3"><ofd:CompositeObject ID="4" ResourceID="9" Boundary="0 70 99 99"/></ofd:PageBlock>'
    common = '<ofd:DocumentRes>Res.xml</ofd:DocumentRes><ofd:TemplatePage ID="7" BaseLoc="/Doc_0/Tpls/T.xml"/>'
    parts = {"Doc_0/Tpls/T.xml": template, "Doc_0/Res.xml": resources}
    document = read(ofd_package([ofd_page(LINE + used, '<ofd:Template TemplateID="7"/>')], common=common, parts=parts))
    assert shown(document) == ["一、考核内容", "一、考核内容", "二、结果运用"]


def test_hidden_text_pictures_and_notes_are_said() -> None:
    hidden = LINE.replace("<ofd:TextObject", '<ofd:TextObject Visible="false"', 1)
    picture = '<ofd:ImageObject ID="5" Boundary="20 100 100 100" ResourceID="6"/>'
    note = '<ofd:Annot ID="8" Type="Watermark"><ofd:Remark>领导批示</ofd:Remark></ofd:Annot>'
    listed = '<ofd:Page PageID="0"><ofd:FileLoc>A.xml</ofd:FileLoc></ofd:Page>'
    parts = {
        "Doc_0/Annots/Annotations.xml": f"<ofd:Annotations {OFD_NAMES}>{listed}</ofd:Annotations>",
        "Doc_0/Annots/A.xml": f"<ofd:PageAnnot {OFD_NAMES}>{note}</ofd:PageAnnot>",
    }
    more = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    document = read(ofd_package([ofd_page(LINE + hidden + picture)], more=more, parts=parts))
    assert shown(document) == ["一、考核内容"]
    assert remarks(document) == [("unread-picture", 1), ("hidden-text", 1), ("unread-object", 1)]


def test_a_scanned_page_is_an_error() -> None:
    data = ofd_package([ofd_page('<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="6"/>')])
    assert read_draft("scan.ofd", data).findings[0].rule == "unreadable-page"


def test_a_broken_page_is_an_error_and_the_others_are_read() -> None:
    document = read(ofd_package([ofd_page(LINE), "<ofd:Page", ofd_page(LINE)]))
    assert remarks(document) == [("unreadable-page", 2)]
    assert shown(document) == ["一、考核内容", "一、考核内容"]


def test_pages_beyond_the_limit_are_an_error() -> None:
    document = read(ofd_package([ofd_page(LINE)] * 4), replace(DEFAULT_LIMITS, max_pages=2))
    assert remarks(document) == [("unreadable-page", 3)]


def test_no_place_leads_out_of_the_file() -> None:
    data = ofd_package([ofd_page(LINE)])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Pages/Page_0/Content.xml", b"../../../../etc/passwd"))
    assert remarks(read(out.getvalue())) == [("unreadable-page", 1)]


@pytest.mark.parametrize(("name", "words"), [("Doc_0/Encryptions.xml", "加密"), ("../OFD.xml", "指向文件之外")])
def test_what_is_encrypted_or_leads_outside_is_told(name: str, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(ofd_package([ofd_page(LINE)], parts={name: "<x/>"}))


@pytest.mark.parametrize("data", [b"no zip", ofd_package([])])
def test_what_is_no_ofd_with_pages_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(data)


def test_steps_without_end_and_drawings_of_themselves_are_bounded() -> None:
    code = '<ofd:TextCode X="0" Y="4" DeltaX="g 999999999 5">下载</ofd:TextCode>'
    endless = f'<ofd:TextObject ID="1" Boundary="20 20 9 9" Size="5">{code}</ofd:TextObject>'
    assert shown(read(ofd_package([ofd_page(endless)]))) == ["下载"]
    use = '<ofd:CompositeObject ID="4" ResourceID="9" Boundary="0 0 9 9"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{use * 9}</ofd:Content></ofd:CompositeGraphicUnit>'
    parts = {"Doc_0/Res.xml": f"<ofd:Res {OFD_NAMES}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"}
    data = ofd_package([ofd_page(use)], common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", parts=parts)
    assert remarks(read(data)) == [("unreadable-page", 1)]


def test_pages_that_all_draw_one_large_drawing_are_read_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assesslint.documents.ofd, "_MOST_IN_FILE", 20)
    document = read(ofd_package([ofd_page(LINE)] * 9))
    assert shown(document) == ["一、考核内容"] * 3  # a layer, an object and six characters on each page
    assert remarks(document) == [("unreadable-page", 4)]


def test_a_text_drawn_over_and_over_on_one_page_is_bounded() -> None:
    """A drawing of 2,000 characters that is used 2,000 times."""
    text = f'<ofd:TextObject ID="1" Boundary="20 20 9 9" Size="5"><ofd:TextCode X="0" Y="4">{"一" * 2000}</ofd:TextCode></ofd:TextObject>'
    unit = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{text}</ofd:Content></ofd:CompositeGraphicUnit>'
    parts = {"Doc_0/Res.xml": f"<ofd:Res {OFD_NAMES}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"}
    use = '<ofd:CompositeObject ID="4" ResourceID="9" Boundary="0 0 9 9"/>'
    data = ofd_package([ofd_page(use * 2000)], common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", parts=parts)
    assert remarks(read(data)) == [("unreadable-page", 1)]
