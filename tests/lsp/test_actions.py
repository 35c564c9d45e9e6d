"""Fixes as an editor offers them: for the words they mend, all safe ones at once, none twice at one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lsprotocol.types import CodeAction, TextDocumentEdit

from assesslint.findings.model import Edit, Finding, Fix, Report
from assesslint.lsp.actions import FIX_ALL, actions
from assesslint.lsp.judging import Judged
from assesslint.text.source import Source, Span
from tests.lsp.views import view_of

TEXT = '\ufeff方案 "甲😀" {\n  指标 "乙" 10分 { }\n}\n'
READ = TEXT[1:]


def finding(words: str, *edits: tuple[str, str], safe: bool = True) -> Finding:
    def span(part: str) -> Span:
        at = READ.index(part)
        return Span(at, at + len(part))

    fix = Fix(tuple(Edit(span(old), new) for old, new in edits), safe) if edits else None
    source = Source("a.assess", READ)
    return Finding("syntax-error", "syntax", "error", "错", "a.assess", fix=fix, source=source, span=span(words))


def offered(*findings: Finding, lang: str = "zh", **more: object) -> list[CodeAction]:
    view = view_of(TEXT)
    report = Report(date(2026, 11, 27), findings, lang=lang)
    whole = Span(0, len(TEXT))
    return actions(Judged(view, "a.assess", lang, report), more.pop("within", whole), **more)  # type: ignore[arg-type]


def applied(action: CodeAction) -> str:
    """Return the document's text after an action."""
    view = view_of(TEXT)
    [change] = action.edit.document_changes if action.edit and action.edit.document_changes else []
    assert isinstance(change, TextDocumentEdit)
    text = TEXT
    for edit in sorted(change.edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
        span = view.text.span(edit.range)
        text = text[: span.start] + edit.new_text + text[span.end :]  # type: ignore[union-attr]
    return text


def test_a_fix_is_offered_for_its_words() -> None:
    [fix, _] = offered(finding("甲😀", ("甲😀", "丙")))
    assert (fix.title, fix.is_preferred) == ("“甲😀”改为“丙”", True)
    assert [each.message for each in fix.diagnostics or []] == ["错"]
    assert applied(fix) == TEXT.replace("甲😀", "丙")
    assert offered(finding("甲😀", ("甲😀", "丙")), within=Span(len(TEXT) - 1, len(TEXT)), wanted=["quickfix"]) == []
    assert offered(finding("甲😀")) == []


def test_what_changes_the_meaning_says_so_and_is_not_done_by_itself() -> None:
    [fix] = offered(finding("乙", ('指标 "乙" 10分 { }', ""), safe=False))
    assert fix.title == '删去“指标 "乙" 10分 { }”（会改变方案内容，请核对）'
    assert fix.is_preferred is None
    [english] = offered(finding("乙", ("乙", "丁"), safe=False), lang="en")
    assert english.title == "“乙” becomes “丁” (changes what the draft means; check it)"


def test_all_safe_fixes_at_once_and_none_over_another() -> None:
    found = offered(
        finding("甲😀", ("甲😀", "丙")), finding("😀", ("😀", "!")), finding("乙", ("乙", "丁")), finding("10分", ("10分", ""), safe=False)
    )
    everything = found[-1]
    assert everything.kind == FIX_ALL
    assert applied(everything) == TEXT.replace("甲😀", "丙").replace("乙", "丁")


def test_kinds_that_were_not_asked_for_are_left_out() -> None:
    one = finding("乙", ("乙", "丁"))
    assert [each.kind for each in offered(one, wanted=["source"])] == [FIX_ALL]
    assert [each.kind for each in offered(one, wanted=["source.fixAll"])] == [FIX_ALL]
    assert [each.kind for each in offered(one, wanted=["quickfix"])] == ["quickfix"]
    assert offered(one, wanted=["refactor"]) == []


def test_an_editor_without_versions_gets_plain_changes() -> None:
    [fix, _] = offered(finding("乙", ("乙", "丁")), versions=False)
    assert fix.edit is not None and fix.edit.document_changes is None
    assert list(fix.edit.changes or {}) == ["untitled:draft"]


def test_fixes_of_other_files_are_not_offered_here() -> None:
    assert offered(replace(finding("乙", ("乙", "丁")), path="waivers.toml")) == []
