"""The fixes of findings → what an editor offers to do: one fix at a time, and all that change nothing a draft means at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from assesslint.findings.model import Edit, Finding, Fix
from assesslint.lsp.diagnostics import PageOf, diagnostic_of
from assesslint.lsp.judging import Judged
from assesslint.text.shortened import on_one_line, shortened
from assesslint.text.source import Span

FIX_ALL = "source.fixAll.assesslint"

KINDS = (CodeActionKind.QuickFix, FIX_ALL)

LONGEST = 24
"""Most characters of words shown in the title of an action."""


def actions(
    judged: Judged, within: Span, wanted: Iterable[str] | None = None, page_of: PageOf = lambda _: None, *, versions: bool = True
) -> list[CodeAction]:
    """Return the actions for a stretch of a document. `wanted` are kinds of action, all when None; `versions` tells of which state."""
    kinds = [kind for kind in KINDS if wanted is None or any(kind == each or kind.startswith(f"{each}.") for each in wanted)]
    found: list[CodeAction] = []
    if CodeActionKind.QuickFix in kinds:
        found += _quick_fixes(judged, within, page_of, versions)
    if FIX_ALL in kinds:
        found += _all_fixes(judged, versions)
    return found


def _fixable(judged: Judged) -> list[tuple[Finding, Fix]]:
    report = judged.report
    return [(f, f.fix) for f in report.findings if f.fix is not None and f.path == judged.path] if report is not None else []


def _quick_fixes(judged: Judged, within: Span, page_of: PageOf, versions: bool) -> Iterator[CodeAction]:
    for finding, fix in _fixable(judged):
        touched = [edit.span for edit in fix.edits]
        touched += [finding.span] if finding.span is not None else []
        if any(_meets(span, within, judged.view.shift) for span in touched):
            yield CodeAction(
                _title(fix, judged),
                CodeActionKind.QuickFix,
                [diagnostic_of(judged, finding, page_of)],
                is_preferred=fix.safe or None,
                edit=_edit(judged, fix.edits, versions),
            )


def _meets(span: Span, within: Span, shift: int) -> bool:
    return span.start + shift <= within.end and within.start <= span.end + shift


def _all_fixes(judged: Judged, versions: bool) -> Iterator[CodeAction]:
    """Yield the action that takes all safe fixes that do not touch one another."""
    edits: list[Edit] = []
    for _, fix in _fixable(judged):
        if fix.safe and not any(edit.span.overlaps(taken.span) or edit.span == taken.span for edit in fix.edits for taken in edits):
            edits += fix.edits
    if edits:
        title = "修改全部可以放心修改之处" if judged.lang == "zh" else "Apply all safe fixes"
        yield CodeAction(title, FIX_ALL, edit=_edit(judged, edits, versions))


def _edit(judged: Judged, edits: Iterable[Edit], versions: bool) -> WorkspaceEdit:
    view = judged.view
    changes = [
        TextEdit(view.text.range(Span(edit.span.start + view.shift, edit.span.end + view.shift)), edit.text)
        for edit in sorted(edits, key=lambda edit: edit.span)
    ]
    if not versions:
        return WorkspaceEdit({view.uri: changes})
    return WorkspaceEdit(document_changes=[TextDocumentEdit(OptionalVersionedTextDocumentIdentifier(view.uri, view.version), changes)])


def _title(fix: Fix, judged: Judged) -> str:
    """Return what a fix does, and that its author has to agree where it changes what the draft means."""
    zh = judged.lang == "zh"
    said = fix.title or _change(fix.edits, judged)
    if fix.safe:
        return said
    return f"{said}（会改变方案内容，请核对）" if zh else f"{said} (changes what the draft means; check it)"


def _change(edits: Sequence[Edit], judged: Judged) -> str:
    """Return the first of some edits in words, and how many there are."""
    zh = judged.lang == "zh"
    text = judged.view.text.text[judged.view.shift :]
    old, new = (shortened(on_one_line(part), LONGEST) for part in (text[edits[0].span.start : edits[0].span.end], edits[0].text))
    if not new:
        said = f"删去“{old}”" if zh else f"delete “{old}”"
    elif not old:
        said = f"加上“{new}”" if zh else f"add “{new}”"
    else:
        said = f"“{old}”改为“{new}”" if zh else f"“{old}” becomes “{new}”"
    if len(edits) == 1:
        return said
    return f"{said}等 {len(edits)} 处" if zh else f"{said} and {len(edits) - 1} more"
