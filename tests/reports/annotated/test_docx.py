"""Comments stand on the very words of a Word file; apart from cut runs and the comments nothing in the file changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from assesslint.documents.docx import read_docx
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.word.file import W
from assesslint.linter.annotated_copies import AUTHOR
from assesslint.reports.annotated.annotate import copied_as
from assesslint.reports.annotated.docx import annotate_docx
from assesslint.reports.annotated.notes import Note
from assesslint.text.location import Location, Position, TextLocation
from assesslint.text.source import Span
from tests.documents.word_drawn import Drawn, word_files
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
    run,
    t,
    table,
)
from tests.office import converted

MAIN = "word/document.xml"
COMMENTS = "word/comments.xml"
SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="rId-header1"/></w:sectPr>'


def places(data: bytes, *words: str) -> tuple[Location, ...]:
    """Return where these words stand first."""
    source = read_docx("a.docx", data, DEFAULT_LIMITS).source
    starts = ((source.text.index(each), len(each)) for each in words)
    return tuple(place for start, length in starts for place in source.locate_all([Span(start, start + length)]))


def note(data: bytes, *words: str, text: str = "【错误】不可") -> Note:
    return Note(places(data, *words), "error", "标题", text)


def annotated(data: bytes, *notes: Note, lang: str = "zh") -> bytes:
    return annotate_docx(data, notes, DEFAULT_LIMITS, lang)


def member(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def root_of(data: bytes, name: str = MAIN) -> etree._Element:
    return etree.fromstring(member(data, name))


def comments(data: bytes, author: str = AUTHOR) -> dict[str, str]:
    """Return the text of every comment of an author, by id."""
    return {
        str(each.get(W + "id")): "\n".join("".join(words.text or "" for words in line.iter(W + "t")) for line in each.iter(W + "p"))
        for each in root_of(data, COMMENTS).iter(W + "comment")
        if each.get(W + "author") == author
    }


def commented(data: bytes) -> dict[str, str]:
    """Return the words between the marks of every comment, found without the walk of the reader."""
    open_marks: dict[str, list[str]] = {}
    closed: dict[str, str] = {}
    unseen = {W + name for name in ("del", "moveFrom", "rt", "txbxContent")}
    for element in root_of(data).iter():
        number = str(element.get(W + "id"))
        if element.tag == W + "commentRangeStart":
            assert number not in open_marks
            open_marks[number] = []
        elif element.tag == W + "commentRangeEnd":
            closed[number] = "".join(open_marks.pop(number))
        elif element.tag == W + "commentReference":
            assert number in closed, "a reference before the end of its words"
        elif (
            isinstance(element.tag, str)
            and etree.QName(element).localname == "t"
            and not any(above.tag in unseen for above in element.iterancestors())
        ):
            for words in open_marks.values():
                words.append("".join(element.itertext()))
    assert not open_marks
    references = [str(each.get(W + "id")) for each in root_of(data).iter(W + "commentReference")]
    assert sorted(references) == sorted(closed)
    return closed


def exploded(data: bytes) -> bytes:
    """Return the body without our marks, every character in a run of its own: what cutting runs cannot change."""
    root, own = root_of(data), set(comments(data)) if COMMENTS in zipfile.ZipFile(io.BytesIO(data)).namelist() else set()
    for mark in list(root.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")):
        if mark.get(W + "id") in own:
            gone = mark.getparent() if mark.tag == W + "commentReference" else mark
            gone.getparent().remove(gone)
    for run_ in reversed(list(root.iter(W + "r"))):
        properties = run_.find(W + "rPr")
        for child in reversed([each for each in run_ if each is not properties]):
            for at in reversed(range(len(child.text or ""))) if child.tag == W + "t" and not len(child) else [-1]:
                alone = etree.Element(W + "r", dict(run_.attrib))
                alone.extend([deepcopy(properties)] if properties is not None else [])
                if at >= 0:
                    etree.SubElement(alone, W + "t").text = (child.text or "")[at]
                else:
                    alone.append(deepcopy(child))
                run_.addnext(alone)
        run_.getparent().remove(run_)
    return etree.tostring(root, method="c14n")


def test_the_words_are_commented_and_nothing_else_moves() -> None:
    body = (
        p("考核细则")
        + p(run("每日") + run("登录打卡，得", "<w:b/>") + run("满分。"))
        + table([["指标", "标准"], ["推广", "下载量达到100人"]])
    )
    data = docx(body)
    out = annotated(data, note(data, "登录打卡", text="【错误】甲\n依据：乙"), note(data, "下载量"))
    assert commented(out) == {"0": "登录打卡", "1": "下载量"}
    assert comments(out) == {"0": "【错误】甲\n依据：乙", "1": "【错误】不可"}
    assert exploded(out) == exploded(data)
    assert b'<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">\xe7\x99\xbb' in member(out, MAIN)
    assert b"ns0" not in member(out, MAIN) + member(out, COMMENTS)


@pytest.mark.parametrize(
    ("content", "words", "within"),
    [
        (run("甲乙丙丁"), "乙丙", "乙丙"),
        (r(t("甲乙") + "<w:tab/>" + t("丙丁") + "<w:br/>" + t("戊")), "乙\t丙", "乙丙"),
        (r(t("甲") + "<w:br/>" + t("乙")), "甲\n乙", "甲乙"),
        (run("甲") + f"<w:ins {REVISION}>{run('乙丙')}</w:ins>" + run("丁"), "丙丁", "丙丁"),
        (run("甲") + f"<w:del {REVISION}>{r('<w:delText>删</w:delText>')}</w:del>" + run("乙"), "甲乙", "甲乙"),
        (f"<w:hyperlink w:anchor='a'>{run('甲乙丙')}</w:hyperlink>" + run("丁"), "乙", "乙"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('甲乙')}</w:sdtContent></w:sdt>" + run("丙"), "乙丙", "乙丙"),
        (f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('甲乙')}</w:sdtContent></w:sdt>" + run("丙"), "乙", "甲乙"),
        (f"<w:fldSimple w:instr='DATE'>{run('甲乙')}</w:fldSimple>", "乙", "乙"),
        (r(f"<w:ruby><w:rt>{run('yin')}</w:rt><w:rubyBase>{run('甲乙')}</w:rubyBase></w:ruby>") + run("丙"), "乙丙", "甲乙丙"),
        ("<m:oMath><m:r><m:t>甲乙</m:t></m:r></m:oMath>" + run("丙"), "乙", "甲乙"),
        (f"<mc:AlternateContent><mc:Choice Requires='w14'>{run('甲乙')}</mc:Choice></mc:AlternateContent>" + run("丙"), "乙丙", "甲乙丙"),
        (r("<w:t>甲<!-- 注 -->乙丙</w:t>"), "乙", "乙"),
    ],
)
def test_words_of_every_make_are_commented(content: str, words: str, within: str) -> None:
    data = docx(p(content) + p("末段"))
    out = annotated(data, note(data, words))
    assert commented(out) == {"0": within}
    assert read_docx("a.docx", out, DEFAULT_LIMITS) == read_docx("a.docx", data, DEFAULT_LIMITS)


def test_a_field_without_result_is_marked_around_its_code() -> None:
    marks = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    data = docx(p(run("甲") + marks[0] + r(r"<w:instrText>eq \o\ac(○,3)</w:instrText>") + marks[1] + run("乙")))
    [paragraph] = root_of(annotated(data, note(data, "③"))).iter(W + "p")
    children = [etree.QName(each).localname for each in paragraph]
    assert children == ["r", "commentRangeStart", "r", "r", "r", "commentRangeEnd", "r", "r"]


def test_a_list_number_is_commented_with_the_words_behind_it() -> None:
    lists: dict[str, str | bytes] = {"numbering.xml": numbering(level("chineseCounting", "%1、"))}
    data = docx(listed("应用推广", 1) + table([[cell(listed("", 1)), "甲"]]), lists)
    out = annotated(data, note(data, "一、 应用"), note(data, "一、"), note(data, "二、"))
    assert commented(out) == {"0": "应用", "1": "应用", "2": ""}


def test_words_where_word_takes_no_comment_are_commented_where_they_hang() -> None:
    drawing = f"<w:pict><v:textbox><w:txbxContent>{p('框内打卡')}</w:txbxContent></v:textbox></w:pict>"
    body = p("题目") + p(run("正文") + r(t("见") + '<w:footnoteReference w:id="2"/>' + t("后"))) + p(r(drawing) + run("框旁")) + SECTION
    notes = part("footnotes", f"<w:footnote w:id='2'>{p('脚注排名')}</w:footnote>")
    data = docx(body, {"footnotes.xml": notes, "header1.xml": part("hdr", p("页眉转发"))})
    out = annotated(data, note(data, "排名"), note(data, "打卡"), note(data, "转发"))
    assert commented(out) == {"0": "后", "1": "", "2": "题目"}
    assert [text.split("\n")[0] for text in comments(out).values()] == [
        "（第1个脚注：“排名”）",
        "（第3段旁的文本框：“打卡”）",
        "（页眉：“转发”）",
    ]
    assert member(out, "word/footnotes.xml") == member(data, "word/footnotes.xml")
    before = root_of(out).find(f".//{W}commentRangeStart[@{W}id='1']")
    assert before is not None and before.getnext().find(f".//{W}txbxContent") is not None


def test_further_places_refer_to_the_first_and_lines_that_go_on_share_one() -> None:
    data = docx(p("每日打卡一次") + p("每周排名") + p("其他") + p("末位约谈"))
    out = annotated(data, note(data, "打卡一次", "每周", "约谈"))
    assert commented(out) == {"0": "打卡一次每周", "1": "约谈"}
    assert comments(out) == {"0": "【错误】不可", "1": "同上，见“标题”的批注"}
    assert comments(annotated(data, note(data, "打卡", "约谈"), lang="en"))["1"] == "see the comment “标题”"


def test_notes_on_the_whole_file_stand_at_its_first_words() -> None:
    data = docx(p() + p("考核细则") + p("打卡"))
    whole = Note((), "error", "标题", "没有指标")
    elsewhere = Note((TextLocation(Position(1, 1), Position(1, 2)),), "error", "标题", "别处")
    assert commented(annotated(data, whole, elsewhere)) == {"0": "考核细则", "1": "考核细则"}


@pytest.mark.parametrize("body", ["", SECTION, p() + SECTION, table([["", ""]])])
def test_a_file_without_words_can_be_commented_too(body: str) -> None:
    data = docx(body, {"header1.xml": part("hdr", p())})
    assert commented(annotated(data, Note((), "error", "标题", "没有指标"))) == {"0": ""}


def test_comments_may_overlap() -> None:
    data = docx(p("每日登录打卡"))
    out = annotated(data, note(data, "登录打卡"), note(data, "每日登录"), note(data, "每日登录打卡"), note(data, "登录"))
    assert commented(out) == {"0": "登录打卡", "1": "每日登录", "2": "每日登录打卡", "3": "登录"}


OTHERS = (
    f'<w:comments {NAMESPACES} xmlns:q="urn:q"><w:comment w:id="7" w:author="张三" q:kept="1"><w:p w14:paraId="00000007">'
    "<w:r><w:t>请核</w:t></w:r></w:p></w:comment></w:comments>"
)
OTHERS_BODY = p(
    '<w:commentRangeStart w:id="7"/>'
    + run("每日打卡")
    + '<w:commentRangeEnd w:id="7"/>'
    + r('<w:commentReference w:id="7"/>')
    + run("一次")
)


def test_comments_of_others_stay_and_ours_are_replaced() -> None:
    data = docx(OTHERS_BODY, {"comments.xml": OTHERS})
    first = annotated(data, note(data, "打卡"), note(data, "一次", text="旧"))
    assert comments(first, "张三") == {"7": "请核"}
    assert commented(first) == {"7": "每日打卡", "8": "打卡", "9": "一次"}
    assert annotated(first, note(data, "打卡"), note(data, "一次", text="旧")) == first
    second = annotated(first, note(data, "日打", text="新"))
    assert commented(second) == {"7": "每日打卡", "8": "日打"}
    assert comments(second) == {"8": "新"}
    cleared = annotated(second)
    assert commented(cleared) == {"7": "每日打卡"}
    assert exploded(cleared) == exploded(data)
    assert etree.tostring(root_of(cleared, COMMENTS), method="c14n") == etree.tostring(root_of(data, COMMENTS), method="c14n")


def test_marks_left_without_a_comment_are_not_taken_for_ours() -> None:
    data = docx(OTHERS_BODY)
    assert commented(annotated(data, note(data, "打卡"))) == {"7": "每日打卡", "8": "打卡"}


def test_replies_to_ours_are_kept_when_ours_go() -> None:
    ours = OTHERS.replace("</w:comments>", f'<w:comment w:id="8" w:author="{AUTHOR}"><w:p w14:paraId="00000008"/></w:comment></w:comments>')
    threads = (
        part("q", "")
        .replace("w:q", "w15:commentsEx")
        .replace(
            "><", '><w15:commentEx w15:paraId="00000008" w15:done="0"/><w15:commentEx w15:paraId="00000007" w15:paraIdParent="00000008"/><'
        )
    )
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    more = f'<Relationship Id="rIdX" Type="{kind}" Target="commentsExtended.xml"/>'
    out = annotated(docx(OTHERS_BODY, {"comments.xml": ours, "commentsExtended.xml": threads, "relationships": more}))
    [thread] = root_of(out, "word/commentsExtended.xml")
    assert [str(value) for value in thread.attrib.values()] == ["00000007"]


def test_a_file_without_findings_and_without_our_comments_is_given_back_as_it_is() -> None:
    data = docx(OTHERS_BODY, {"comments.xml": OTHERS})
    assert annotated(data) == data


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_all_other_parts_stay_byte_for_byte(content_type: str) -> None:
    parts: dict[str, str | bytes] = {
        "vbaProject.bin": bytes(range(256)) * 9,
        "media/image1.png": b"\x89PNG" + bytes(999),
        "charts/chart1.xml": "<c:chartSpace xmlns:c='urn:c'  ><c:chart/></c:chartSpace>",
        "diagrams/data1.xml": "<x/>",
        "embeddings/sheet.xlsx": b"PK",
        "theme/theme1.xml": "<a/>",
        "settings.xml": part("settings", "<w:trackRevisions/>"),
        "header1.xml": part("hdr", p("页眉")),
        "customXml/item1.xml": "<c/>",
        "commentsExtended.xml": "<w15:commentsEx xmlns:w15='urn:w15'/>",
    }
    drawing = "<w:drawing><wp:inline><a:graphicData><c:chart r:id='rId9'/><pic:pic/></a:graphicData></wp:inline></w:drawing>"
    control = f"<w:sdt><w:sdtPr><w:dataBinding w:xpath='/c'/></w:sdtPr><w:sdtContent>{run('控件打卡')}</w:sdtContent></w:sdt>"
    data = docx(p(run("打卡") + r(drawing) + control) + p(f"<w:ins {REVISION}>{run('排名')}</w:ins>") + SECTION, parts, content_type)
    out = annotated(data, note(data, "打卡"), note(data, "控件"), note(data, "排名"))
    old, new = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(out))
    assert new.namelist() == [*old.namelist(), COMMENTS]
    changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {MAIN, "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert exploded(out) == exploded(data)
    assert b'PartName="/word/comments.xml"' in new.read("[Content_Types].xml")
    assert content_type.encode() in new.read("[Content_Types].xml")
    assert b"relationships/comments" in new.read("word/_rels/document.xml.rels")


def test_a_signature_is_said_to_be_broken() -> None:
    out = io.BytesIO(docx(p("考核细则") + p("打卡")))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("_xmlsignatures/sig1.xml", "<s/>")
    data = out.getvalue()
    made = annotated(data, note(data, "打卡"))
    assert commented(made) == {"0": "打卡", "1": "考核细则"}
    assert "签名" in comments(made)["1"]


def test_the_strict_standard_is_written_as_it_is_read() -> None:
    names = (
        ("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"),
        ("schemas.openxmlformats.org/officeDocument/2006/relationships", "purl.oclc.org/ooxml/officeDocument/relationships"),
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(p("每日打卡")))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            for common, strict in names:
                text = text.replace(common, strict)
            new.writestr(name, text)
    made = annotated(out.getvalue(), note(out.getvalue(), "打卡"))
    for name in (MAIN, COMMENTS, "word/_rels/document.xml.rels"):
        assert b"purl.oclc.org" in member(made, name)
        assert not any(common.encode() in member(made, name) for common, _ in names)
    assert annotated(made, note(made, "打卡")) == made


def test_words_no_xml_can_hold_are_left_out_of_a_comment() -> None:
    data = docx(p("打卡"))
    assert comments(annotated(data, note(data, "打卡", text="甲\x00\x0b\ufffe乙\u3000丙"))) == {"0": "甲乙\u3000丙"}


@pytest.mark.parametrize("name", ["a.docx", "b.DOCM", "c.dotx"])
def test_word_files_can_be_annotated(name: str) -> None:
    assert copied_as(name)


def pieces(data: bytes) -> Iterator[Location]:
    """Yield the place of every mark of a drawn file, apart from those of its header."""
    source = read_docx("a.docx", data, DEFAULT_LIMITS).source
    for stretch in source.stretches or ():
        text = source.text[stretch.start : stretch.end]
        yield from (stretch.place.within(at, text.index("〕", at) + 1) for at, c in enumerate(text) if c == "〔")


@st.composite
def drawn_notes(draw: Callable[[st.SearchStrategy], object]) -> tuple[Drawn, list[Note]]:
    drawn = draw(word_files())
    found = [place for place in pieces(drawn.data) if place.where == "document"]
    cuts = st.tuples(st.sampled_from(found), st.integers(0, 2), st.integers(0, 1)) if found else st.nothing()
    chosen = draw(st.lists(cuts, max_size=6)) if found else []
    notes = [
        Note((place.within(left, place.end - place.start - right),), "error", "标题", f"{number}")
        for number, (place, left, right) in enumerate(chosen)
    ]
    return drawn, notes


@given(drawn_notes())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_words_of_any_file_are_commented_and_the_file_reads_the_same(made: tuple[Drawn, list[Note]]) -> None:
    drawn, notes = made
    out = annotated(drawn.data, *notes)
    document = read_docx("a.docx", drawn.data, DEFAULT_LIMITS)
    assert read_docx("a.docx", out, DEFAULT_LIMITS) == document
    assert exploded(out) == exploded(drawn.data)
    assert annotated(out, *notes) == out
    assert exploded(annotated(out)) == exploded(drawn.data)
    if notes:
        found, texts = commented(out), comments(out)
        for number, each in enumerate(notes):
            place = each.places[0]
            stretch = next(
                s for s in document.source.stretches or () if s.place.paragraph == place.paragraph and s.place.part == place.part
            )
            words = document.source.text[stretch.start + place.start : stretch.start + place.end]
            [identifier] = [identifier for identifier, text in texts.items() if text == f"{number}"]
            assert words in found[identifier]


def test_libreoffice_opens_the_file_and_keeps_the_comments(tmp_path: Path) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('点赞数')}</w:sdtContent></w:sdt>"
    body = (
        p("清河县2026年度数字政务工作考核细则")
        + listed("应用推广（10分）：激活率达到50%得满分", 1)
        + p(run("每日登录") + f"<w:ins {REVISION}>{run('并上传截')}</w:ins>" + run("图不少于三张", "<w:b/>"))
        + p(f"<w:hyperlink w:anchor='a'>{run('公众号文章转发')}</w:hyperlink>{control}")
        + table([["指标", "标准"], ["推广", cell(p("下载量达到100人") + p("每周排名"))]])
        + p(r('<w:footnoteReference w:id="2"/>') + run("末段"))
        + SECTION
    )
    lines = ("separator", "continuationSeparator")
    ruled = "".join(f'<w:footnote w:id="{at}" w:type="{kind}">{p(r(f"<w:{kind}/>"))}</w:footnote>' for at, kind in enumerate(lines))
    parts: dict[str, str | bytes] = {
        "numbering.xml": numbering(level("chineseCounting", "%1、")),
        "footnotes.xml": part("footnotes", f"{ruled}<w:footnote w:id='2'>{p('脚注打卡')}</w:footnote>"),
        "header1.xml": part("hdr", p("页眉")),
    }
    data = docx(body, parts)
    words = ("激活率达到50%", "上传截图", "文章转发", "点赞数", "下载量", "脚注打卡")
    out = annotated(data, *(note(data, each, text=f"甲{each}\n乙") for each in words))
    again = converted(tmp_path, "draft.docx", out, "docx")
    assert sorted(text.split("\n")[-2] for text in comments(again).values()) == sorted(f"甲{each}" for each in words)
    kept = commented(again)
    marked = {comments(again)[identifier].split("\n")[-2].removeprefix("甲"): found for identifier, found in kept.items()}
    assert {each: marked[each] for each in words[:-1]} == {each: each for each in words[:-1]}
    assert converted(tmp_path, "draft.docx", out, "pdf").startswith(b"%PDF")
