"""Whatever was typed on the way, a document is told what a check of the file saved so tells, at the same places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol.types import Diagnostic, Position, Range, TextDocumentContentChangePartial, TextDocumentItem

from assesslint.findings.model import Finding, Notice, Report
from assesslint.linter.check import check
from assesslint.lsp import judging
from assesslint.lsp.diagnostics import LEVELS, diagnostics
from assesslint.lsp.documents import Document
from assesslint.lsp.folders import Folder
from assesslint.lsp.judging import Judged, judged
from assesslint.lsp.positions import UTF_8, UTF_16, UTF_32
from assesslint.reading.kept import KeptReadings
from assesslint.text.location import TextLocation

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DRAFTS = {
    "01-half-the-population-activated.assess": "assess",
    "09-one-event-four-systems.assess": "assess",
    "03-hazard-platform-use-frequency.md": "assess-draft",
    "07-ranked-though-not-assessed.txt": "assess-draft",
}
PIECES = (
    "得", "。", "\n", "\r\n", '"', "}", "{", "，截图", "“干部之家”APP激活率达到50%", "😀", "# 说明😀\n", " ", "“", "\\", "\u2028", "\x00",
    '指标 "签到" 2分 { 佐证: 截图 }\n', "  频次: 每日\n", "1. 群众办事（10分）\n", "",
    '豁免 "check-in" { 理由: "试"  批准: "办"  期限: 2027-01-01 }\n',
)  # fmt: skip
edits = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30), st.sampled_from((0, 0, 1, 5)), st.sampled_from(PIECES)), max_size=5)
SIZES = {UTF_8: ("utf-8", 1), UTF_16: ("utf-16-le", 2), UTF_32: ("utf-32-le", 4)}


def judged_now(document: Document, kept: KeptReadings) -> Judged:
    return judged(document.view, Folder(None), {}.get, kept)


def expected(report: Report, text: str, encoding: str) -> list[tuple[object, ...]]:
    """Return what a report tells, each at the positions that its line and column are in an editor's units."""
    name, size = SIZES[encoding]
    lines = text.split("\n")

    def character(line: int, column: int) -> int:
        return len(lines[line - 1][: column - 1].encode(name, "surrogatepass")) // size

    def told(said: Finding | Notice, code: str) -> tuple[object, ...]:
        place = said.places[0] if isinstance(said, Finding) and said.places else said.location
        if not isinstance(place, TextLocation):
            return code, None
        return code, (place.start.line - 1, character(place.start.line, place.start.column))

    waived = [told(each.finding, each.finding.rule) for each in report.waived]
    return [*(told(f, f.rule) for f in report.findings), *waived, *(told(n, n.id) for n in report.notices)]


def shown(found: list[Diagnostic], report: Report) -> list[tuple[object, ...]]:
    placed = [*report.findings, *(each.finding for each in report.waived), *report.notices]
    return [
        (d.code, (d.range.start.line, d.range.start.character) if isinstance(said.location, TextLocation) else None)
        for d, said in zip(found, placed, strict=True)
    ]


@pytest.mark.parametrize("name", DRAFTS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=edits, encoding=st.sampled_from(list(SIZES)))
def test_every_state_is_told_what_a_check_of_it_tells(
    name: str, tmp_path: Path, changes: list[tuple[int, int, int, str]], encoding: str
) -> None:
    file = tmp_path / name
    document = Document(TextDocumentItem(file.as_uri(), DRAFTS[name], 1, (EXAMPLES / name).read_text(encoding="utf-8")), encoding)
    kept = KeptReadings()
    for version, (line, character, length, piece) in enumerate([(0, 0, 0, ""), *changes], 1):
        place = Range(Position(line, character), Position(line, character + length))
        document.change([TextDocumentContentChangePartial(place, piece)], version)
        found = judged_now(document, kept)
        assert found.report is not None
        file.write_bytes(document.view.data)
        report = check([file], config=None)
        assert [f.message for f in found.report.findings] == [f.message for f in report.findings]
        text = document.view.text.text
        if "\r" in text.replace("\r\n", "") or "\x00" in text:  # line ends that a file's lines and columns do not count
            continue
        assert shown(diagnostics(found), found.report) == expected(report, text, encoding)


def test_a_byte_order_mark_stands_before_what_is_read() -> None:
    text = '\ufeff方案 "考核" { 指标 "推广" 10分 { 评分: "“平安”APP激活率达到50%得满分" } }'
    document = Document(TextDocumentItem("untitled:a", "assess", 1, text))
    found = {d.code: d for d in diagnostics(judged_now(document, KeptReadings()))}
    start = text.index("激活率")
    assert found["download-quota"].range == Range(Position(0, start), Position(0, start + len("激活率达到50%")))


def test_more_than_an_editor_can_show_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assesslint.lsp.diagnostics.MOST", 10)
    text = '方案 "考核" {\n' + '指标 "推广" 1分 { 评分: "“平安”APP激活率达到50%得满分" }\n' * 30 + "}"
    answer = judged_now(Document(TextDocumentItem("untitled:a", "assess", 1, text)), KeptReadings())
    found = diagnostics(answer)
    assert answer.report is not None and len(found) == 10
    assert found[-1].message == f"另有 {len(answer.report.findings) + len(answer.report.notices) - 9} 处，见 assesslint check"


def test_what_is_too_large_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "MOST_BYTES", 10)
    found = judged_now(Document(TextDocumentItem("untitled:a", "assess", 1, '方案 "考核" { }')), KeptReadings())
    assert found.report is None
    [said] = diagnostics(found)
    assert (said.severity, said.range.start.line) == (LEVELS["error"], 0)


def test_what_is_waived_and_noticed_is_shown_quietly() -> None:
    text = """方案 "考核" {
  密级: 秘密
  指标 "巡查" 10分 {
    评分: "网格员每天打卡"
    豁免 "check-in" { 理由: "试点"  批准: "县减负办"  期限: 2099-12-31 }
  }
}"""
    found = judged_now(Document(TextDocumentItem("untitled:a", "assess", 1, text)), KeptReadings())
    quiet = {d.code: d for d in diagnostics(found) if d.severity == 4}
    assert quiet["check-in"].message.splitlines()[-1] == "县减负办 批准至 2099-12-31：试点"
    assert quiet["classified-draft"].range == Range(Position(1, 6), Position(1, 8))
