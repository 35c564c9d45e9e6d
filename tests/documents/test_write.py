"""A draft written as a file of any kind and read again is the same draft, with the same findings."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assesslint.documents.draft import read_draft
from assesslint.documents.written.draft import declared, item_number, words_of
from assesslint.documents.written.write import WRITERS
from assesslint.documents.written.xlsx import MOST_CHARACTERS
from assesslint.linter.check import check
from assesslint.scheme.model import Field, Group, Indicator, Prose, Scheme
from tests.examples import JUDGED_ON, examples
from tests.strategies import schemes

DRAFTS = [draft for example in examples() for draft in ([example] if example.is_file() else sorted(example.iterdir()))]
TABLED = (".docx", ".xlsx", ".html", ".md")
EXACT = (".assess", ".json")

MISREAD = {("09-one-event-four-systems.assess", "excessive-inspection", "文化活动台账")}
"""Findings that the written draft has and its model has not: the prose that says what a declaration says is read wrongly.

The name of a system that draft declares (“文化惠民考核系统”) is taken for an assessment.
"""


def said(scheme: Scheme) -> Iterator[tuple[object, ...]]:
    """Yield what each indicator says: the groups it is in, its name, points and kind, the words of its fields."""
    for groups, indicator in scheme.indicators():
        above = tuple((group.name.text, group.points) for group in groups) if indicator.kind != "provision" else ()
        fields = sorted((part.name, words_of(part)) for part in indicator.fields)
        yield (above, indicator.name.text, indicator.points, indicator.points_unit, indicator.kind, tuple(fields))


def particulars(scheme: Scheme) -> tuple[object, ...]:
    issuer, basis = (each.text if each else None for each in (scheme.issuer, scheme.basis))
    days = (scheme.period.start, scheme.period.end) if scheme.period else None
    asked = (scheme.consultation.start, scheme.consultation.end) if scheme.consultation else None
    return scheme.name.text, issuer, scheme.level, scheme.audience, days, scheme.total, basis, asked, scheme.classification


@pytest.mark.parametrize("suffix", [*TABLED, ".txt"])
@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_an_example_written_and_read_again_says_the_same(path: Path, suffix: str) -> None:
    draft = read_draft(path.name, path.read_bytes())
    again = read_draft(f"a{suffix}", WRITERS[suffix](draft.schemes))
    assert again.notices == again.findings == ()
    for one, other in zip(draft.schemes, again.schemes, strict=True):
        assert particulars(other) == particulars(one)
        more = Counter(said(other)) - Counter(said(one))
        assert Counter(said(one)) - Counter(said(other)) == Counter()
        assert {name for _, name, *_ in more} == {name for name, _ in declared(one)}


@pytest.mark.parametrize("suffix", TABLED)
@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_an_example_written_and_checked_again_has_the_same_findings(path: Path, suffix: str, tmp_path: Path) -> None:
    written = tmp_path / f"a{suffix}"
    written.write_bytes(WRITERS[suffix](read_draft(path.name, path.read_bytes()).schemes))
    one, other = (Counter((f.rule, f.indicator) for f in check([file], as_of=JUDGED_ON).findings) for file in (path, written))
    assert one - other == Counter()
    assert {(path.name, *finding) for finding in other - one} <= MISREAD


@pytest.mark.parametrize("suffix", EXACT)
@settings(max_examples=50, deadline=None)
@given(st.lists(schemes, min_size=1, max_size=3))
def test_the_scheme_language_and_json_hold_all_of_any_scheme(suffix: str, drawn: list[Scheme]) -> None:
    again = read_draft(f"a{suffix}", WRITERS[suffix](drawn))
    assert again.findings == ()
    assert list(again.schemes) == drawn


@pytest.mark.parametrize("suffix", sorted(set(WRITERS) - set(EXACT)))
@settings(max_examples=40, deadline=None)
@given(st.lists(schemes, min_size=1, max_size=3))
def test_any_scheme_is_written_and_what_is_written_can_be_read(suffix: str, drawn: list[Scheme]) -> None:
    assume(any(map(str.isalnum, "".join(scheme.name.text for scheme in drawn))))  # a file of marks alone is no draft
    again = read_draft(f"a{suffix}", WRITERS[suffix](drawn))
    assert again.schemes
    assert not any(finding.rule == "unreadable-file" for finding in again.findings)


def indicator(name: str, points: int | None = 10, kind: str = "scored", **fields: str) -> Indicator:
    return Indicator(
        Prose(name), None if points is None else Decimal(points), kind=kind, fields=tuple(Field(n, Prose(v)) for n, v in fields.items())
    )


def scheme(*items: Group | Indicator) -> Scheme:
    return Scheme(Prose("清河县2026年度数字政务考核细则"), items=items)


def group(name: str, *items: Group | Indicator) -> Group:
    return Group(Prose(name), items=items)


@pytest.mark.parametrize("suffix", TABLED)
def test_groups_kinds_labels_and_lines_come_back(suffix: str) -> None:
    draft = scheme(
        group(
            "数字政务",
            group(
                "应用",
                indicator("平台推广", scoring="1.下载率达到90%\n2.每日打卡", evidence="截图"),
                indicator("公众号关注", 5, scoring="人人关注"),
            ),
            group("实效", indicator("按期办结", 20, scoring="按期办结率达到95%", remarks="由县大数据局考核")),
        ),
        group(
            "加减事项", indicator("经验推广", 5, "bonus", scoring="每篇加1分"), indicator("工作差错", 3, "deduction", scoring="每次扣1分")
        ),
        indicator("安全生产", None, "veto", scoring="发生较大以上事故的"),
        indicator("纪律要求", None, "provision", content="不得将下载量纳入考核。\n不得要求打卡。"),
    )
    [again] = read_draft(f"a{suffix}", WRITERS[suffix]([draft])).schemes
    assert list(said(again)) == list(said(draft))


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".md"])
def test_several_schemes_stay_apart(suffix: str) -> None:
    drafts = [scheme(indicator("平台推广", scoring="下载")), Scheme(Prose("清河县2026年度网格工作考核办法"), items=(indicator("走访"),))]
    again = read_draft(f"a{suffix}", WRITERS[suffix](drafts)).schemes
    assert [each.name.text for each in again] == [each.name.text for each in drafts]
    assert [list(said(each)) for each in again] == [list(said(each)) for each in drafts]


@pytest.mark.parametrize("words", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://x")'])
def test_nothing_written_into_a_workbook_is_a_formula(words: str) -> None:
    data = WRITERS[".xlsx"]([Scheme(Prose(words), items=(indicator(words, scoring=words, content=words),))])
    cells = [cell for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sum(cell.value == words for cell in cells) >= 4
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_text_too_long_for_a_cell_goes_on_below() -> None:
    words = "按期办结率达到95%得满分，" * 4000
    draft = scheme(group("办理", indicator("甲类事项", scoring=words), indicator("乙类事项", scoring="抽查")))
    data = WRITERS[".xlsx"]([draft])
    assert all(
        len(cell.value or "") <= MOST_CHARACTERS for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows() for cell in row
    )
    [again] = read_draft("a.xlsx", data).schemes
    assert ["".join(words_of(part) for part in each.fields).replace("\n", "") for _, each in again.indicators()] == [words, "抽查"]


def test_marks_of_a_format_are_no_marks_in_what_is_written() -> None:
    words = "|a| <b>*x*</b> `c` # [d](e) \\ &amp; ~f~ _g_"
    for suffix in TABLED:
        [again] = read_draft(f"a{suffix}", WRITERS[suffix]([scheme(indicator("办理", scoring=words))])).schemes
        assert [words_of(part) for _, each in again.indicators() for part in each.fields] == [words]


def test_numbers_as_official_writing_has_them() -> None:
    assert item_number(0, 21) == "二十一、"
    assert [item_number(depth, 2) for depth in range(6)] == ["二、", "（二）", "2.", "（2）", "②", "②"]
