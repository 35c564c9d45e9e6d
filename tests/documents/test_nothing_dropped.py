"""Whatever a draft holds, reading never fails, every place is right, and every word ends in a field, a name, or a notice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.documents.draft import Draft, read_draft
from assesslint.documents.model import EMPTY, Block, Document, Table
from assesslint.documents.structure.build import build
from assesslint.documents.transcript import Transcript
from assesslint.scheme.model import Group, Indicator, Prose, Scheme
from assesslint.text.location import CellLocation

DRAFTS = sorted((Path(__file__).parent / "drafts").iterdir())

REAL_LINES = [line for path in DRAFTS for line in path.read_text(encoding="utf-8").splitlines()]
ODD_LINES = [
    "",
    "　",
    "附件2",
    "（5分）",
    "：",
    "（",
    "）",
    "| a | b |",
    "|---|---|",
    "\t\t",
    "# ",
    "- ",
    "1.",
    "一、",
    "（一）",
    "①应用推广（5分）",
    "下\u200b载",
    "\r",
    "评分标准",
    "分值：",
    "指标名称：",
    "合计",
    "合计\t100",
    "序号\t指标名称\t分值",
    "（一）佐证材料：截图",
    "```",
    "<br>",
    "**",
    "\\",
    "&nbsp;",
    "A.培训（5%）",
]
LINES = st.sampled_from(REAL_LINES + ODD_LINES)
NOISE = st.text(
    "一二（）()：:、，。；|\t \u3000\n\r#*-`<>\\1５分%APP下载率得扣加合计评分标准指标名称\u200b\u202e①½ﬁ\ud800\x00", max_size=60
)
TEXTS = st.lists(st.one_of(LINES, LINES, LINES, NOISE), max_size=30).map("\n".join)


def proses(scheme: Scheme) -> Iterator[Prose]:
    yield from filter(None, (scheme.name, scheme.issuer, scheme.audience_text, scheme.basis, scheme.parent, *scheme.duties))
    if scheme.consultation and scheme.consultation.consulted:
        yield scheme.consultation.consulted

    def walk(items: tuple[Group | Indicator, ...]) -> Iterator[Prose]:
        for item in items:
            yield item.name
            if isinstance(item, Group):
                yield from walk(item.items)
            else:
                yield from (f.value for f in item.fields if isinstance(f.value, Prose))

    yield from walk(scheme.items)


def check_places(draft: Draft) -> None:
    for scheme in draft.schemes:
        for prose in proses(scheme):
            for piece in prose.pieces:
                place = slice(piece.source, piece.source + piece.length)
                assert draft.source.text[place] == prose.text[piece.offset : piece.offset + piece.length]


def orphans(draft: Draft) -> str:
    """Letters and Chinese characters (digits may be numbers and points) of the draft found neither in a scheme nor in a notice."""
    told = {c for n in draft.notices for c in n.excerpt} | {c for f in draft.findings for c in f.message}
    for scheme in draft.schemes:
        told.update(*(prose.text for prose in proses(scheme)))
        told.update(*(f.label for _, indicator in scheme.indicators() for f in indicator.fields))
    return "".join(sorted({c for c in draft.source.text if "\u4e00" <= c <= "\u9fff" or (c.isascii() and c.isalpha())} - told))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from([".txt", ".md"]))
def test_any_text_is_read_and_every_place_is_right(text: str, suffix: str) -> None:
    draft = read_draft(f"draft{suffix}", text.encode("utf-8", "surrogatepass"))
    assert draft.schemes or draft.findings
    check_places(draft)


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_no_word_of_a_real_draft_goes_unnoticed(path: Path) -> None:
    draft = read_draft(path.name, path.read_bytes())
    check_places(draft)
    assert [n.message for n in draft.notices] == []


UNSEEN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(alphabet=UNSEEN, min_size=1, max_size=8)), max_size=25), st.sampled_from([".txt", ".md"]))
def test_words_met_nowhere_else_are_kept_or_told(lines: list[str], suffix: str) -> None:
    draft = read_draft(f"draft{suffix}", "\n".join(lines).encode())
    assert set(orphans(draft)).isdisjoint(UNSEEN)


def test_a_basis_given_twice_in_other_words_is_kept_both_times() -> None:
    lines = ["云川市教育局考核办法", "依据：督查检查考核计划第3项", "依据：县委文件第5条", "一、公开（10分）", "评分标准：公开一次得满分。"]
    draft = read_draft("a.txt", "\n".join(lines).encode())
    assert orphans(draft) == ""
    [scheme] = draft.schemes
    assert scheme.basis and scheme.basis.text == "督查检查考核计划第3项"


WORDS = st.text(alphabet=UNSEEN, min_size=1, max_size=8)
CELLS = st.one_of(
    st.sampled_from(["", "", "", "1", "一", "（二）", "10分", "30%", "合计", "小计", "加分项", "一票否决", "填表人：", "分值：5", "/"]),
    st.sampled_from(["一、基础工作（40分）", "备注：按月通报", "2026年考核方案", "1.学习（3分）；2.测试（2分）"]),
    WORDS,
)
HEADS = (
    ["序号", "指标名称", "分值", "评分标准"],
    ["一级指标", "二级指标", "分值", "评分标准"],
    ["考核内容", "", "权重", "自评得分"],
    ["一级指标", "分值", "二级指标", "分值"],
)
PAIRS = st.tuples(
    st.sampled_from(["指标名称", "评分标准", "考核对象", "一级指标"]), WORDS, st.sampled_from(["分值", "", "佐证材料"]), WORDS
)
LINES_OF_CELLS = st.lists(CELLS, min_size=4, max_size=4)
TABLES = st.one_of(
    st.lists(st.one_of(LINES_OF_CELLS, LINES_OF_CELLS, st.sampled_from(HEADS)), min_size=1, max_size=7),
    st.lists(PAIRS, min_size=1, max_size=7),
)


@st.composite
def tables(draw: st.DrawFn) -> Document:
    """Draw a document of tables, each of cells of all kinds, some of them covered by the cell above; no head or label is."""
    transcript = Transcript()
    blocks: list[Block] = []
    for rows in draw(st.lists(TABLES, min_size=1, max_size=3)):
        covered = draw(st.sets(st.tuples(st.integers(1, 6), st.integers(0, 3)), max_size=6))
        covered = {
            (at, column)
            for at, column in covered
            if at < len(rows) and not any(row in HEADS or isinstance(row, tuple) for row in rows[at - 1 : at + 1])
        }
        proses = [
            tuple(
                EMPTY if (at, column) in covered else transcript.add(cell, CellLocation("表", "A1", 0, 0))
                for column, cell in enumerate(row)
            )
            for at, row in enumerate(rows)
        ]
        blocks.append(Table(tuple(proses), frozenset(covered)))
    return Document(transcript.source("draft.xlsx"), tuple(blocks))


@settings(max_examples=300, deadline=None)
@given(tables())
def test_words_of_any_table_are_kept_or_told(document: Document) -> None:
    built = build(document)
    draft = Draft(document.source, built.schemes, built.findings, built.notices)
    check_places(draft)
    assert set(orphans(draft)).isdisjoint(UNSEEN)


def test_numbered_lines_taken_for_no_indicator_are_named_where_points_are_wanting() -> None:
    text = "清河县2026年度考核细则\n总分：100分\n1.巡查（20分）。每周一次。\n2.信访件办理。按期答复。\n3.整治（50分）。按期整改。"
    notices = {notice.id: notice for notice in read_draft("a.txt", text.encode()).notices}
    assert "合计 70 分，不到总分 100 分" in notices["partly-recognised"].message
    assert "“2.信访件办理" in notices["partly-recognised"].message
    assert not read_draft("a.txt", text.replace("办理。", "办理（30分）。").encode()).notices
