"""From a name to where it is declared and back, from words a rule objects to to the rule, from a waiver to both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Location, Position, Range

from assesslint.documents.draft import read_draft
from assesslint.linter.trace import trace_draft
from assesslint.lsp.documents import View
from assesslint.lsp.folders import Folder
from assesslint.lsp.hover import escaped, hover
from assesslint.lsp.judging import Judged, judged
from assesslint.lsp.navigation import TOP, definitions, highlights, references
from assesslint.reading.kept import KeptReadings
from tests.lsp.views import marked, view_of, words


class Shelf:
    """A library of one superior's scheme and one page."""

    def scheme(self, name: str) -> Location | None:
        return Location("file:///省.assess", TOP) if name == "省级细则" else None

    def page(self, rule: str) -> str | None:
        return f"file:///{rule}.md" if rule in ("check-in", "download-quota") else None


DRAFT = """方案 "考核😀" {
  上级方案: "省级细则"
  应用 "平安" { }
  数据 "人口😀台账" { }
  检查 "季度督查" { }
  指标 "推广" 10分 {
    度量: 激活率("平安") >= 50%
    评分: "“平安”APP比平安建设重要，“平安”要用"
    报送: "人口😀台账"
    督查: "季度督查"
    豁免 "check-in" { 理由: "试"  批准: "办"  期限: 2099-12-31 }
    佐证: 打卡记录
  }
}
方案 "另一个" { 应用 "平安" { } 指标 "平安" 1分 { 内容: "“平安”" } }
"""


def judged_of(view: View) -> Judged:
    return judged(view, Folder(None), {}.get, KeptReadings())


def at(words_: str, nth: int = 0, within: int = 1) -> tuple[View, int]:
    """Return the draft, and the place within the nth of some words."""
    start = -1
    for _ in range(nth + 1):
        start = DRAFT.index(words_, start + 1)
    return view_of(DRAFT), start + within


def defined(view: View, offset: int, found: Judged | None = None) -> list[tuple[str, str]]:
    return [(each.uri, words(view, view.text.span(each.range))) for each in definitions(view, offset, Shelf(), found)]


@pytest.mark.parametrize(
    ("words_", "nth"), [("平安", 0), ('"平安") >=', 0), ("“平安”APP", 0), ("人口😀台账", 0), ("人口😀台账", 1), ("季度督查", 1)]
)
def test_a_name_leads_to_its_declaration(words_: str, nth: int) -> None:
    view, offset = at(words_, nth, within=2 if words_[0] in '"“' else 1)
    [(uri, name)] = defined(view, offset)
    assert uri == view.uri
    [location] = definitions(view, offset, Shelf())
    assert view.text.offset(location.range.start) == DRAFT.index(f'"{name}"') + 1


def test_a_name_is_declared_in_its_own_scheme() -> None:
    view, offset = at("“平安”", 2, within=2)
    [location] = definitions(view, offset, Shelf())
    assert location.range.start.line == 14


def test_every_place_that_names_it_is_found_and_no_other() -> None:
    view, offset = at("平安")
    lines = [location.range.start.line for location in references(view, offset)]
    assert lines == [2, 6, 7, 7]
    assert [location.range.start.line for location in references(view, offset, declaration=False)] == [6, 7, 7]
    assert len(highlights(view, offset)) == 4
    assert references(*at("考核😀")) == [] == highlights(*at("层级" if "层级" in DRAFT else "考核😀"))


def test_what_lies_in_other_files() -> None:
    assert [uri for uri, _ in defined(*at("省级细则"))] == ["file:///省.assess"]
    assert [uri for uri, _ in defined(*at("check-in"))] == ["file:///check-in.md"]
    assert defined(*marked('方案 "一" { 上级方案: "没‸有" }')) == []
    assert defined(*marked('方案 "一" { 发布单位: "省级‸细则" }')) == []


def test_words_that_a_rule_objects_to_lead_to_its_waiver_and_its_page() -> None:
    view, offset = at("打卡记录")
    found = defined(view, offset, judged_of(view))
    assert found[0] == (view.uri, '"check-in"')
    assert ("file:///check-in.md", "") in found
    view, offset = at("激活率")
    assert ("file:///download-quota.md", "") in defined(view, offset, judged_of(view))


@given(st.text(st.sampled_from('方案应用"平安"{} “”\n:😀(),#'), max_size=60), st.integers(0, 60))
def test_any_text_has_an_answer(text: str, offset: int) -> None:
    view = view_of(text)
    place = min(offset, len(text))
    for location in (*definitions(view, place, Shelf()), *references(view, place)):
        assert location.uri == view.uri
        assert words(view, view.text.span(location.range))


# ── hover ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def hovered(view: View, offset: int) -> str:
    folder, kept = Folder(None), KeptReadings()
    traced = trace_draft(read_draft(view.name, view.data), folder.settings(), folder.rulebook(), kept)
    found = hover(view, offset, judged(view, folder, {}.get, kept), folder, traced)
    return getattr(found.contents, "value", "") if found else ""


@pytest.mark.parametrize(
    ("words_", "parts"),
    [
        ("激活率", ("下载安装指标", "download-quota", "疑不符合", "activate\\_rate".replace("\\", ""))),
        ("打卡记录", ("打卡签到", "佐证", "check_in_record")),
        ("督查:", ("督查", "inspection")),
        ("指标", ("指标", "indicator", "佐证")),
        ("“平安”APP", ("object.app",)),
    ],
)
def test_hover_tells_what_is_known(words_: str, parts: tuple[str, ...]) -> None:
    said = hovered(*at(words_))
    for part in parts:
        assert part in said


def test_hover_over_a_name_shows_its_declaration() -> None:
    assert '```assess\n数据 "人口😀台账" { }\n```' in hovered(*at("人口😀台账", 1))


def test_hover_over_nothing_says_nothing() -> None:
    assert hovered(*marked('# 注‸释\n方案 "一" { }')) == ""


def test_a_draft_cannot_write_markdown() -> None:
    assert escaped("[点](command:x) <b> `a`") == "\\[点\\]\\(command:x\\) \\<b\\> \\`a\\`"


def test_ranges_are_those_of_the_words() -> None:
    view, offset = at("人口😀台账", 1)
    [location] = definitions(view, offset, Shelf())
    assert location.range == Range(Position(3, 6), Position(3, 12))
