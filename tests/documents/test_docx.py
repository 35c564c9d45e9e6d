"""A Word file shows all its words with changes accepted, where they stand, and says what is hidden or was not read."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from assesslint.documents.docx import read_docx
from assesslint.documents.draft import read_draft
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.model import Document, Paragraph, Table
from assesslint.text.source import Span
from tests.documents.word_files import (
    NAMESPACES,
    REVISION,
    cell,
    docx,
    level,
    listed,
    numbering,
    p,
    part,
    r,
    row,
    run,
    style,
    styled,
    styles,
    t,
    table,
)

BREAK = "<w:br/>"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def read(body: str, parts: dict[str, str | bytes] | None = None) -> Document:
    return read_docx("a.docx", docx(body, parts), DEFAULT_LIMITS)


def texts(document: Document) -> list[str]:
    """Return the words of every paragraph, and of every row of a table with bars between the cells."""
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block.prose.text)
        else:
            found += ["|".join(each.text for each in cells) for cells in block.rows]
    return found


def field(code: str, result: str = "") -> str:
    shown = FIELD.format("separate") + run(result) if result else ""
    return FIELD.format("begin") + r(f"<w:instrText>{code}</w:instrText>") + shown + FIELD.format("end")


def sdt(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def ins(content: str) -> str:
    return f"<w:ins {REVISION}>{content}</w:ins>"


def deleted(text: str) -> str:
    return f"<w:del {REVISION}>{r(f'<w:delText>{text}</w:delText>')}</w:del>"


def shape(content: str) -> str:
    return f"<w:drawing><wp:inline><a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></wp:inline></w:drawing>"


def box(*paragraphs: str) -> str:
    return shape(f"<wps:wsp><wps:txbx><w:txbxContent>{''.join(paragraphs)}</w:txbxContent></wps:txbx></wps:wsp>")


def vml_box(*paragraphs: str) -> str:
    return f"<w:pict><v:shape><v:textbox><w:txbxContent>{''.join(paragraphs)}</w:txbxContent></v:textbox></v:shape></w:pict>"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (run("下") + run("载", "<w:b/>") + run("量"), "下载量"),
        (r(t("得") + "<w:tab/>" + t("分") + "<w:noBreakHyphen/>" + t("项")), "得\t分-项"),
        (r('<w:sym w:font="Wingdings" w:char="F0FE"/>') + r('<w:sym w:font="Symbol" w:char="F0B3"/>') + run("50"), "☑≥50"),
        (run("截") + ins(run("图")) + deleted("删去") + "<w:moveFrom>" + run("移走") + "</w:moveFrom>", "截图"),
        (f"<w:moveTo {REVISION}>{run('移来')}</w:moveTo>", "移来"),
        (f"<w:hyperlink w:anchor='x'>{run('链接')}</w:hyperlink>", "链接"),
        (f"<w:smartTag w:element='x'>{run('标记')}<w:customXml>{run('内容')}</w:customXml></w:smartTag>", "标记内容"),
        (sdt(run("控件")), "控件"),
        (field(" REF _Ref1 \\h ", "第三条"), "第三条"),
        (f"<w:fldSimple w:instr='DATE'>{run('2026年')}</w:fldSimple>", "2026年"),
        (field(r"eq \o\ac(○,3)") + run("推广"), "③推广"),
        (field("MACROBUTTON NoMacro [填写单位]"), "[填写单位]"),
        (r(f"<w:ruby><w:rubyPr/><w:rt>{run('yin')}</w:rt><w:rubyBase>{run('音')}</w:rubyBase></w:ruby>"), "音"),
        (r("<w:t>下<!-- 注 -->载</w:t>"), "下载"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>完成数</m:t></m:r></m:num><m:den><m:r><m:t>任务数</m:t></m:r></m:den></m:f>"
            "<m:d><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d></m:oMath>",
            "完成数/任务数(x)",
        ),
        (run("正文") + r('<w:footnoteReference w:id="9"/>') + r("<w:lastRenderedPageBreak/>"), "正文"),
    ],
)
def test_what_a_paragraph_shows_is_read(content: str, shown: str) -> None:
    document = read(p(content))
    assert texts(document) == [shown]
    assert document.remarks == ()


def test_every_word_has_its_place_with_the_list_number_counted() -> None:
    lists = numbering(level("chineseCounting", "%1、"))
    document = read(p("题目") + listed("推广", 1) + table([["甲", "乙"], ["丙", "丁"]]), {"numbering.xml": lists})
    source = document.source
    places = [source.locate(each.prose.span) for each in document.blocks if isinstance(each, Paragraph)]
    assert [(place.paragraph, place.start, place.end) for place in places] == [(1, 0, 2), (2, 0, 5)]  # type: ignore[attr-defined]
    [grid] = [each for each in document.blocks if isinstance(each, Table)]
    place = source.locate(grid.rows[1][0].span)
    assert place.values() == {"part": "word/document.xml", "paragraph": 5, "table": 1, "row": 2, "column": 1, "start": 0, "end": 1}
    assert place.shown("zh") == " 表1第2行第1列"


def test_a_deleted_paragraph_mark_joins_what_it_parted() -> None:
    gone = f"<w:rPr><w:del {REVISION}/></w:rPr>"
    document = read(p("激活率", gone) + p("达到50%", gone) + p("得满分。") + p("另一段"))
    assert texts(document) == ["激活率达到50%得满分。", "另一段"]
    assert document.source.locate(document.blocks[0].prose.part(4, 6).span).values()["paragraph"] == 1  # type: ignore[union-attr]


def test_line_breaks_part_items_and_join_broken_titles() -> None:
    title = p(r(t("清河县2026年度") + BREAK + t("工作考核细则")))
    items = p(r(t("1.推广（5分）") + BREAK + t("2.测试（5分）") + BREAK + t("评分标准：达到得满分。") + BREAK + t("未达到不得分。")))
    assert texts(read(title + items)) == [
        "清河县2026年度工作考核细则",
        "1.推广（5分）",
        "2.测试（5分）",
        "评分标准：达到得满分。",
        "未达到不得分。",
    ]


def test_containers_of_blocks_are_opened() -> None:
    body = sdt(p("一") + sdt(p("二"))) + f"<w:customXml>{p('三')}</w:customXml>" + table([sdt(row(["四", sdt(cell("五"))]))])
    assert texts(read(body)) == ["一", "二", "三", "四|五"]


def test_a_text_box_stands_after_its_paragraph_and_once() -> None:
    both = f"<mc:AlternateContent><mc:Choice Requires='wps'>{box(p('新框'))}</mc:Choice><mc:Fallback>{vml_box(p('旧框'))}</mc:Fallback>"
    document = read(p(run("前") + r(f"{both}</mc:AlternateContent>") + run("后")) + p(r(vml_box(p("又一框"), table([["甲", "乙"]])))))
    assert texts(document) == ["前后", "新框", "又一框", "甲|乙"]
    assert document.source.locate(document.blocks[1].prose.span).shown("zh") == " 第1段旁的文本框"  # type: ignore[union-attr]


def test_places_are_told_as_people_count_them_in_word() -> None:
    boxed = p(run("旁") + r(vml_box(p("框内"), table([["框表"]]))))
    grid = table([["甲", "乙"], ["丙", cell(p(run("丁") + r(vml_box(p("格框")))))]])
    changed = '<w:p><w:del w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>删</w:delText></w:r></w:del></w:p>'
    source = read(p("") + p("题目") + grid + changed + p("正文") + boxed + p("末段")).source
    shown = {line: source.locate(Span(source.text.index(line), source.text.index(line) + 1)) for line in source.text.split("\n")}
    assert {line: place.shown("zh").strip() for line, place in shown.items()} == {
        "题目": "第1段", "甲": "表1第1行第1列", "乙": "表1第1行第2列", "丙": "表1第2行第1列", "丁": "表1第2行第2列",
        "格框": "表1第2行第2列旁的文本框", "正文": "第2段", "旁": "第3段", "框内": "第3段旁的文本框", "框表": "第3段旁的文本框",
        "末段": "第4段",
    }  # fmt: skip
    assert shown["格框"].shown("en") == " table 1 row 2 column 2, text box beside it"


def test_of_alternatives_nobody_knows_the_fallback_is_read() -> None:
    unknown = f"<mc:AlternateContent><mc:Choice Requires='x' xmlns:x='urn:x'>{run('新')}</mc:Choice><mc:Fallback>{run('旧')}</mc:Fallback>"
    assert texts(read(p(f"{unknown}</mc:AlternateContent>"))) == ["旧"]


def test_notes_stand_after_the_block_that_refers_to_them() -> None:
    footnotes = part(
        "footnotes", f"<w:footnote w:id='1' w:type='separator'>{p('线')}</w:footnote><w:footnote w:id='2'>{p('脚注')}</w:footnote>"
    )
    endnotes = part("endnotes", f"<w:endnote w:id='2'>{p('尾注')}</w:endnote>")
    body = p(run("正文") + r('<w:footnoteReference w:id="2"/>')) + table([[cell(p(r('<w:endnoteReference w:id="2"/>'))), "乙"]]) + p("末段")
    document = read(body, {"footnotes.xml": footnotes, "endnotes.xml": endnotes})
    assert texts(document) == ["正文", "脚注", "|乙", "尾注", "末段"]
    assert document.source.locate(document.blocks[1].prose.span).shown("zh") == " 第1个脚注"  # type: ignore[union-attr]


def test_comments_of_others_are_told_with_their_words_and_ours_are_not() -> None:
    comments = part(
        "comments",
        f"<w:comment w:id='7' w:author='李四'>{p('按下载率')}{p('计分')}</w:comment>"
        f"<w:comment w:id='8' w:author='assesslint'>{p('不得规定')}</w:comment><w:comment w:id='9'>{p('assesslint: 不得规定')}</w:comment>",
    )
    references = "".join(r(f'<w:commentReference w:id="{number}"/>') for number in (7, 8, 9))
    document = read(p(run("甲")) + p(run("乙") + references), {"comments.xml": comments})
    assert texts(document) == ["甲", "乙"]
    [told] = document.remarks
    assert (told.id, told.location.shown("zh")) == ("unread-comment", " 第2段")
    assert told.zh == "这里的批注（李四）没有检查：“按下载率 计分”；如是考核内容，请写进正文"


def test_a_hidden_row_of_a_table_is_read_and_said() -> None:
    first, last = table([["甲", "1"], ["乙", "2"]]).rsplit("<w:tr>", 1)
    document = read(f"{first}<w:tr><w:trPr><w:hidden/></w:trPr>{last}")
    assert texts(document) == ["甲|1", "乙|2"]
    assert [(remark.id, remark.zh) for remark in document.remarks] == [("hidden-text", "这一行表格是隐藏的，已照常读取和检查")]


def test_many_comments_are_counted() -> None:
    comments = part("comments", "".join(f"<w:comment w:id='{number}'>{p('计分')}</w:comment>" for number in range(25)))
    assert [remark.zh for remark in read(p(run("甲")), {"comments.xml": comments}).remarks][20:] == ["另有 5 处批注没有检查"]


def test_headers_are_read_without_page_numbers_and_without_saying_things_twice() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId-header1"/><w:headerReference w:type="first" r:id="rId-header2"/>'
        '<w:footerReference w:type="default" r:id="rId-footer1"/></w:sectPr>'
    )
    parts: dict[str, str | bytes] = {
        "header1.xml": part("hdr", p("秘密★1年") + p("考核 细则")),
        "header2.xml": part("hdr", p("首页页眉")),
        "footer1.xml": part(
            "ftr", p(run("— ") + field("PAGE", "7") + run(" —")) + p(f"<w:fldSimple w:instr='PAGE'>{run('8')}</w:fldSimple>")
        ),
    }
    assert texts(read(p("考核细则") + p("正文") + section, parts)) == ["秘密★1年", "考核细则", "正文"]
    assert "首页页眉" in texts(read(section.replace("<w:sectPr>", "<w:sectPr><w:titlePg/>"), parts))


def test_entries_of_a_table_of_contents_are_left_out_only_where_the_body_says_them() -> None:
    toc = {"styles.xml": styles(style("TOC1", "toc 1"))}
    body = styled("一、考核内容\t1", "TOC1") + styled("二、只在目录\t2", "TOC1") + p("一、考核内容")
    assert texts(read(body, toc)) == ["二、只在目录\t2", "一、考核内容"]


def test_headings_come_from_levels_and_inherited_styles() -> None:
    known = styles(
        style("2", "heading 1"),
        style("a", "Body", '<w:outlineLvl w:val="2"/>'),
        style("b", "Mine", based_on="a"),
        style("c", "Round", based_on="d"),
        style("d", "Trip", based_on="c"),
        style("e", "Title"),
    )
    names = ("2", "a", "b", "c", "e", "unknown")
    body = (
        "".join(styled(f"段{name}", name) for name in names) + p("级", '<w:outlineLvl w:val="8"/>') + p("正", '<w:outlineLvl w:val="9"/>')
    )
    document = read(body, {"styles.xml": known})
    assert [each.heading for each in document.blocks if isinstance(each, Paragraph)] == [1, 3, 3, 0, 1, 0, 6, 0]


WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'
NAMED = '<w:rStyle w:val="w"/>'


@pytest.mark.parametrize(
    ("body", "is_hidden"),
    [
        (p(run("下载率", WHITE)), True),
        (p(run("下载率", '<w:color w:val="FDFDFD"/>')), True),
        (p(run("下载率", NAMED)), True),
        (p(run("下载率"), '<w:pStyle w:val="w"/>'), True),
        (p(run("下载率", NAMED + '<w:color w:val="000000"/>')), False),
        (p(run("下载率", WHITE + DARK)), False),
        (p(run("下载率", WHITE + '<w:highlight w:val="yellow"/>')), False),
        (p(run("下载率", WHITE), DARK), False),
        (p(run("下载率", WHITE), '<w:pStyle w:val="s"/>'), False),
        (table([[cell(p(run("下载率", WHITE))), cell(p("指标"))]]), True),
        (table([[cell(p(run("下载率", WHITE)), DARK), cell(p("指标"))]]), False),
        (
            table([[cell(p(run("下载率", WHITE))), cell(p("指标"))]]).replace("<w:tblBorders>", '<w:tblStyle w:val="t"/><w:tblBorders>'),
            False,
        ),
        (p(run("下载率", '<w:color w:val="auto"/>')), False),
    ],
)
def test_white_words_are_read_and_said_unless_they_stand_on_a_colour(body: str, is_hidden: bool) -> None:
    of_table = style("t", "Table").replace("</w:style>", f"<w:tblStylePr>{DARK}</w:tblStylePr></w:style>")
    known = styles(style("w", "White", run_properties=WHITE), style("s", "Shaded", properties=DARK), of_table)
    document = read(body, {"styles.xml": known})
    assert "下载率" in document.source.text
    assert [remark.id for remark in document.remarks] == ["hidden-text"] * is_hidden


def test_hidden_text_is_read_and_said() -> None:
    known = styles(style("h", "Hidden", run_properties="<w:vanish/>"))
    body = p(run("看得见") + run("看不", "<w:vanish/>") + run("见", "<w:vanish/>") + run("的")) + p(
        run("隐", "") + run("显", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="h"/>'
    )
    document = read(body, {"styles.xml": known})
    assert texts(document) == ["看得见看不见的", "隐显"]
    assert [(each.id, each.location.values()["paragraph"], each.location.values()["start"]) for each in document.remarks] == [
        ("hidden-text", 1, 3),
        ("hidden-text", 2, 0),
    ]


def test_what_is_not_read_is_said_with_its_place() -> None:
    body = (
        p(r(shape("<pic:pic/>")))
        + p(r("<w:object><v:shape><v:imagedata/></v:shape></w:object>"))
        + p(r(shape("<c:chart/>")))
        + p(r(shape("<dgm:relIds/>")))
        + '<w:altChunk r:id="x"/>'
    )
    remarks = read(body).remarks
    assert [(each.id, each.location.values()["paragraph"]) for each in remarks] == [
        ("unread-picture", 1),
        ("unread-object", 3),
        ("unread-object", 4),
        ("unread-object", 2),
        ("unread-object", 4),
    ]
    assert len({each.zh for each in remarks}) == 5


def test_many_pictures_are_counted() -> None:
    remarks = read(p(r(shape("<pic:pic/>"))) * 50).remarks
    assert len(remarks) == 21
    assert "30" in remarks[-1].zh


def test_merged_cells_keep_their_places() -> None:
    wide, begins, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read(
        table(
            [
                row([cell("甲乙", wide), "丙"]),
                row([cell("一", begins), "二", "三"]),
                row([cell("", goes_on), "四", "五"]),
                row(["六"], '<w:gridBefore w:val="2"/>'),
                row(["删"], f"<w:del {REVISION}/>"),
                row([cell("七", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "八"]),
            ]
        )
    )
    [grid] = document.blocks
    assert isinstance(grid, Table)
    assert texts(document) == ["甲乙||丙", "一|二|三", "|四|五", "||六", "七||八"]
    assert grid.continued == {(2, 0)}


def test_words_in_a_covered_cell_are_read_with_the_cell_above() -> None:
    rows = [row([cell("上", '<w:vMerge w:val="restart"/>'), "甲"]), row([cell("下", "<w:vMerge/>"), "乙"])]
    assert texts(read(table(rows))) == ["上\n下|甲", "|乙"]


def test_cells_hold_several_paragraphs_and_tables() -> None:
    inner = table([["子一", "子二"], ["子三", "子四"]])
    assert texts(read(table([[cell(p("一") + p("二")), cell(p("前") + inner + p("后"))]]))) == ["一\n二|前\n子一\t子二\n子三\t子四\n后"]


def test_a_frame_of_one_column_is_what_stands_in_it() -> None:
    document = read(table([[cell(p("题目") + table([["甲", "乙"]]) + p("注"))]]))
    assert texts(document) == ["题目", "甲|乙", "注"]


@pytest.mark.parametrize("suffix", ["docx", "docm", "dotx", "DOCX"])
def test_a_draft_is_read_into_a_scheme(suffix: str) -> None:
    lists = numbering(level("chineseCounting", "%1、"), level("decimal", "%2."))
    body = (
        p("清河县2026年度数字政务工作考核细则")
        + listed("考核内容（20分）", 1)
        + listed("应用推广（10分）", 1, 1)
        + p("评分标准：达到50%得满分。")
    )
    draft = read_draft(f"draft.{suffix}", docx(body + listed("办理实效（10分）", 1, 1) + p("按期办结。"), {"numbering.xml": lists}))
    assert draft.findings == draft.notices == ()
    [scheme] = draft.schemes
    assert [(above[0].name.text, each.name.text, each.points) for above, each in scheme.indicators()] == [
        ("考核内容", "应用推广", 10),
        ("考核内容", "办理实效", 10),
    ]


def test_a_file_of_the_strict_standard_is_read() -> None:
    strict = NAMESPACES.replace("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main")
    data = docx(p("正文"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).decode().replace(NAMESPACES, strict))
    assert texts(read_docx("a.docx", out.getvalue(), DEFAULT_LIMITS)) == ["正文"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "PDF 文件"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", "网页"),
        (b"{\\rtf1", "RTF 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (docx(p("正文"))[:700], "不完整或已损坏"),
        (b"PK\x03\x04", "不完整或已损坏"),
        (b"hello", "不是 Word 文件"),
    ],
)
def test_a_bad_file_is_said_to_be_what_it_is(data: bytes, words: str) -> None:
    [finding] = read_draft("a.docx", data).findings
    assert finding.rule == "unreadable-file"
    assert words in finding.message


def bomb(declaration: str) -> bytes:
    """Return a Word file whose body begins with a declaration."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(p("正文")))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, text.replace("<w:document", f"{declaration}<w:document") if name == "word/document.xml" else text)
    return out.getvalue()


def without(name: str, *, also: str = "") -> bytes:
    """Return a Word file that lacks a part, and has another instead."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(p("正文")))) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        if also:
            new.writestr(also, b"<x/>")
    return out.getvalue()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (without("word/document.xml"), "没有 Word 正文"),
        (without("word/document.xml", also="xl/workbook.xml"), "Excel 工作簿"),
        (without("word/document.xml", also="OFD.xml"), "OFD 版式文件"),
        (bomb(LAUGHS), "可能是恶意文件"),
        (bomb(OUTSIDE), "可能是恶意文件"),
        (bomb("<broken>"), "不完整或已损坏"),
        (docx(table([["x"]]).replace("<w:p>", "<w:p>" + "<w:sdt><w:sdtContent>" * 10_000)), "一层套一层"),
        (docx("<w:tbl><w:tr><w:tc>" * 10_000 + p("x") + "<w:p/></w:tc></w:tr></w:tbl>" * 10_000), "一层套一层"),
        (docx(p("激活率，" * 1_000_000)), "一段文字长得不正常"),
    ],
    ids=["no body", "excel", "ofd", "laughs", "outside", "broken", "controls", "tables", "one text"],
)
def test_a_damaged_or_hostile_file_is_refused(data: bytes, words: str) -> None:
    [finding] = read_draft("a.docx", data).findings
    assert finding.rule == "unreadable-file"
    assert words in finding.message


def test_a_body_too_large_to_be_read_as_a_whole_is_refused() -> None:
    [finding] = read_draft("a.docx", docx(p("激活率")), limits=replace(DEFAULT_LIMITS, max_xml_bytes=1000)).findings
    assert "limits.max-xml-bytes" in finding.message


def nested(times: int, before: str, inner: str, after: str) -> str:
    return before * times + inner + after * times


@pytest.mark.parametrize(
    "body",
    [
        nested(80, "<w:tbl><w:tr><w:tc>", p("1.推广（5分）"), "<w:p/></w:tc></w:tr></w:tbl>"),
        nested(120, "<w:sdt><w:sdtContent>", p("1.推广（5分）"), "</w:sdtContent></w:sdt>"),
        p(nested(120, "<w:sdt><w:sdtContent>", run("1.推广（5分）"), "</w:sdtContent></w:sdt>")),
        nested(60, "<w:p><w:r><w:pict><w:txbxContent>", p("1.推广（5分）"), "</w:txbxContent></w:pict></w:r></w:p>"),
        p(FIELD.format("begin") * 20_000 + run("1.推广（5分）")),
        p(run("1.推") + run("广") * 20_000 + run("（5分）")),
        p(r('<w:footnoteReference w:id="1"/>') * 20_000 + run("1.推广（5分）")),
        table([row([cell("1.推广（5分）", '<w:gridSpan w:val="999999999"/>')] * 200)] * 20),
        table([row(["1.推广（5分）"], '<w:gridBefore w:val="77777"/>')]),
    ],
    ids=["tables", "controls", "inline", "boxes", "fields", "runs", "notes", "wide cells", "before"],
)
def test_what_is_deep_or_long_within_bounds_is_read(body: str) -> None:
    draft = read_draft("a.docx", docx(body))
    assert "推广" in draft.source.text
    assert [each for each in draft.findings if each.rule == "unreadable-file"] == []
