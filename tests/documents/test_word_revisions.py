"""Edits of a Word draft as tracked changes: accepted, they give the edited text; rejected, the draft as it was; nothing else changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from lxml import etree

from assesslint.documents.docx import read_docx
from assesslint.documents.edited import with_edits
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.unreadable import UneditableError
from assesslint.documents.word.file import W
from assesslint.documents.word.revisions import AUTHOR, revise_docx
from assesslint.text.location import WordLocation
from assesslint.text.source import Source, Span
from tests.documents.word_drawn import Drawn, word_files
from tests.documents.word_files import NAMESPACES, REVISION, docx, p, r, row, run, t, table
from tests.office import with_all_changes

MAIN = "word/document.xml"


def text_of(data: bytes) -> Source:
    return read_docx("a.docx", data, DEFAULT_LIMITS).source


def at(source: Source, words: str) -> Span:
    start = source.text.index(words)
    return Span(start, start + len(words))


def revised(data: bytes, *edits: tuple[str, str]) -> bytes:
    """Return a file with words of it replaced."""
    source = text_of(data)
    return revise_docx(source, data, [(at(source, words), new) for words, new in edits], DEFAULT_LIMITS)


def body(data: bytes) -> etree._Element:
    return etree.fromstring(parts(data)[MAIN])


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def ours(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in list(root.iter(W + name)) if each.get(W + "author") == AUTHOR)


def rejected(data: bytes) -> bytes:
    """Return a file with our changes rejected, as Word does it."""
    root = body(data)
    for inserted in ours(root, "ins"):
        inserted.getparent().remove(inserted)  # type: ignore[union-attr]
    for deleted in ours(root, "del"):
        parent = deleted.getparent()
        assert parent is not None
        for text in deleted.iter(W + "delText"):
            text.tag = W + "t"
        for run_again in reversed(list(deleted)):
            deleted.addnext(run_again)
        parent.remove(deleted)
    return repacked(data, root)


def repacked(data: bytes, root: etree._Element) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts(data).items():
            package.writestr(name, etree.tostring(root) if name == MAIN else content)
    return out.getvalue()


def words(data: bytes) -> str:
    return text_of(data).text


LINE = p("评分标准：激活率达到50%得满分；末位约谈。")


def test_words_go_and_come_as_tracked_changes_in_the_looks_of_what_was_there() -> None:
    data = docx(p(run("按期办结率达到95%得满分，", "<w:b/>") + run("末位约谈。", '<w:i/><w:color w:val="FF0000"/>')))
    result = revised(data, ("，末位约谈", ""), ("95%", "98%"))
    assert words(result) == "按期办结率达到98%得满分。"
    assert words(rejected(result)) == words(data)
    root = body(result)
    [inserted] = ours(root, "ins")
    assert inserted.find(f"{W}r/{W}rPr/{W}b") is not None
    assert [text.text for each in ours(root, "del") for text in each.iter(W + "delText")] == ["95%", "，", "末位约谈"]
    assert all(each.get(W + "date") is None for each in root.iter(W + "ins", W + "del"))


def test_only_the_body_changes_and_the_same_edits_make_the_same_file() -> None:
    data = docx(LINE, {"styles.xml": f"<w:styles {NAMESPACES}/>", "media/image1.png": b"\x89PNG"})
    result = revised(data, ("；末位约谈", ""))
    assert result == revised(data, ("；末位约谈", ""))
    before, after = parts(data), parts(result)
    assert {name for name in before if before[name] != after[name]} == {MAIN}
    assert list(before) == list(after)


def test_a_row_goes_as_a_row_and_a_paragraph_with_its_end() -> None:
    data = docx(p("标题") + p("一、推广（10分）") + p("二、办结（20分）") + table([["1", "推广"], ["2", "办结"]]) + p("附则"))
    source = text_of(data)
    first, last = source.text.index("一、推广"), source.text.index("二、办结")
    top, under = source.text.index("\n1\n") + 1, source.text.index("2\n办结")
    result = revise_docx(source, data, [(Span(first, last), ""), (Span(top, under), "")], DEFAULT_LIMITS)
    assert words(result) == "标题\n二、办结（20分）\n2\n办结\n附则"
    assert len(list(body(result).iter(W + "tr"))) == 2
    [row_change] = [each for each in ours(body(result), "del") if each.getparent().tag == W + "trPr"]  # type: ignore[union-attr]
    assert row_change is not None
    assert words(rejected(result)) == words(data)


def test_a_paragraph_before_a_table_or_at_the_end_of_a_cell_keeps_its_end() -> None:
    data = docx(p("标题") + p("一句。") + table([["评分", "佐证"], ["一", "二"]]))
    source = text_of(data)
    start = source.text.index("一句。")
    result = revise_docx(source, data, [(Span(start, start + 4), "")], DEFAULT_LIMITS)
    assert words(result) == "标题\n评分\n佐证\n一\n二"
    assert not [each for each in ours(body(result), "del") if each.getparent().tag == W + "rPr"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("paragraph", "which"),
    [
        (f"<w:p><w:ins {REVISION}>{run('登录率排名')}</w:ins></w:p>", "修订"),
        (f"<w:p><w:moveTo {REVISION}>{run('登录率排名')}</w:moveTo></w:p>", "修订"),
        (p(r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText>REF a</w:instrText>") + r('<w:fldChar w:fldCharType="separate"/>')
           + run("登录率排名") + r('<w:fldChar w:fldCharType="end"/>')), "域"),
        (f'<w:p><w:fldSimple w:instr="REF a">{run("登录率排名")}</w:fldSimple></w:p>', "域"),
        ("<w:p><m:oMath><m:r><m:t>登录率排名</m:t></m:r></m:oMath></w:p>", "公式"),
        (f"<w:p><w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('登录率排名')}</w:sdtContent></w:sdt></w:p>", "域"),
    ],
)  # fmt: skip
def test_what_others_changed_or_word_fills_in_is_left_alone(paragraph: str, which: str) -> None:
    data = docx(paragraph)
    with pytest.raises(UneditableError) as told:
        revised(data, ("率排", ""))
    assert which in told.value.zh


def test_what_others_deleted_stays_deleted_beside_our_change() -> None:
    data = docx(f"<w:p>{run('末位')}<w:del {REVISION}><w:r><w:delText>严肃</w:delText></w:r></w:del>{run('约谈，按季通报')}</w:p>")
    result = revised(data, ("末位约谈，", ""))
    assert words(result) == "按季通报"
    assert words(rejected(result)) == words(data)
    assert [each.get(W + "author") for each in body(result).iter(W + "del")] == [AUTHOR, "李四", AUTHOR]


def test_our_own_insertion_is_changed_in_place() -> None:
    data = docx(p("分值10分，每月报送"))
    once = revised(data, ("10", "12.5"))
    twice = revised(once, ("12.5", "20"))
    assert words(twice) == "分值20分，每月报送"
    assert words(rejected(twice)) == words(data)
    assert "12.5" not in etree.tostring(body(twice), encoding="unicode")


def test_a_hyperlink_and_a_tab_can_go() -> None:
    data = docx(f"<w:p>{run('见')}<w:hyperlink r:id='x'>{run('排名办法')}</w:hyperlink>{r(t('甲') + '<w:tab/>' + t('乙'))}</w:p>")
    result = revised(data, ("办法甲\t", ""))
    assert words(result) == "见排名乙"
    assert words(rejected(result)) == words(data)


def test_a_row_that_somebody_else_added_stays() -> None:
    added = row(["3", "推广"], properties=f"<w:ins {REVISION}/>")
    data = docx(table([["1", "办结"], added]))
    source = text_of(data)
    start = source.text.index("3\n")
    with pytest.raises(UneditableError):
        revise_docx(source, data, [(Span(start, len(source.text)), "")], DEFAULT_LIMITS)


@settings(deadline=None, max_examples=60)
@given(drawn=word_files(), choices=st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["", "现场核查", "10"])), min_size=1, max_size=9))
def test_accepted_is_the_edited_text_and_rejected_the_draft(drawn: Drawn, choices: list[tuple[float, str]]) -> None:
    source = text_of(drawn.data)
    edits = [edit for edit in _drawn_edits(source, choices) if is_writable(source, drawn.data, edit)]
    if not edits:
        return
    event("changed")
    result = revise_docx(source, drawn.data, edits, DEFAULT_LIMITS)
    assert lines(words(result)) == lines(with_edits(source.text, edits))
    assert words(rejected(result)) == source.text
    before, after = parts(drawn.data), parts(result)
    assert {name for name in before if before[name] != after[name]} == {MAIN}
    numbers = [each.get(W + "id") for name in ("ins", "del") for each in ours(body(result), name)]
    assert len(numbers) == len(set(numbers))


def is_writable(source: Source, data: bytes, edit: tuple[Span, str]) -> bool:
    try:
        revise_docx(source, data, [edit], DEFAULT_LIMITS)
    except UneditableError:
        return False
    return True


def _drawn_edits(source: Source, choices: list[tuple[float, str]]) -> Iterator[tuple[Span, str]]:
    """Yield edits in paragraphs of the body, each of which leaves the last character, so that the paragraph is still shown."""
    shown = [s for s in source.stretches or () if isinstance(s.place, WordLocation) and s.place.where == "document"]
    taken: set[int] = set()
    for where, new in choices:
        at = int(where * (len(shown) - 1))
        text = source.text[shown[at].start : shown[at].end].rstrip() if shown else ""
        if at not in taken and len(text) > 2:
            taken.add(at)
            end = shown[at].start + len(text) - 1
            yield Span(end - 1 - (len(text) - 2) * (len(taken) % 2), end), new


def lines(text: str) -> list[str]:
    return [re.sub(r"\s+", " ", line).strip() for line in text.split("\n") if line.strip()]


def test_libreoffice_accepts_and_rejects_them_alike(tmp_path: Path) -> None:
    data = docx(
        p("清河县2026年度考核细则")
        + p("一、推广（10分）")
        + p("评分标准：登录率达到90%得满分。")
        + p("二、办结（20分）")
        + p(run("评分标准：办结率达到95%", "<w:b/>") + run("得满分，末位约谈。"))
        + table([["序号", "指标", "佐证"], ["1", "巡查", "打卡记录"], ["2", "整治", "打卡记录、现场核查"]])
        + p("附则")
    )
    source = text_of(data)
    first, last = source.text.index("一、推广"), source.text.index("二、办结")
    top, under = source.text.index("1\n巡查"), source.text.index("2\n整治")
    edits = [(Span(first, last), ""), (at(source, "，末位约谈"), ""), (at(source, "20"), "30"), (Span(top, under), "")]
    result = revise_docx(source, data, edits, DEFAULT_LIMITS)
    accepted, refused = with_all_changes(tmp_path, result)
    assert lines(words(accepted)) == lines(words(result)) == lines(with_edits(source.text, edits))
    assert lines(words(refused)) == lines(source.text)
