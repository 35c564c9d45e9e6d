"""The server as an editor meets it: every capability over the protocol, with Chinese and emoji, in each unit of characters."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import pytest_lsp
from lsprotocol import types
from pytest_lsp import LanguageClient

from assesslint.linter.check import check
from assesslint.text.resources import resource
from tests.lsp.editor import CONFIG, Editor

pytestmark = pytest.mark.asyncio(loop_scope="module")

UTF_8, UTF_16, UTF_32 = types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf16, types.PositionEncodingKind.Utf32

DRAFT = """# 说明😀：一份草案
方案 "清河县😀考核细则" {
  发布单位: "清河县大数据局"
  层级: 县
  上级方案: "省级细则"
  应用 "干部之家" { 主办: "省委组织部" }
  指标 "应用推广😀😀" 10分 {
    评分: "😀“干部之家”激活率达到50%得满分"
    佐证: 截图
  }
}
"""
SUPERIOR = '# 上级\n方案 "省级细则" { 层级: 省  指标 "推广" 10分 { 评分: "“干部之家”激活率达到30%得满分" } }\n'


@pytest_lsp.fixture(config=CONFIG, scope="module")
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    yield
    await lsp_client.shutdown_session()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder the editor has open: a superior's scheme, and a folder of rules of its own."""
    folder = tmp_path_factory.mktemp("仓库")
    (folder / "省级.assess").write_text(SUPERIOR, encoding="utf-8")
    (folder / "mine" / "adoption").mkdir(parents=True)
    (folder / "mine" / "pack.toml").write_text('id = "mine"\nversion = "1"\nextends = "central"\n', encoding="utf-8")
    page = (resource("rules") / "adoption" / "download-quota.md").read_text(encoding="utf-8").replace("download-quota", "own-quota")
    (folder / "mine" / "adoption" / "own-quota.md").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def windows() -> dict[LanguageClient, Editor]:
    return {}


@pytest.fixture
def uri(folder: Path, request: pytest.FixtureRequest) -> str:
    return (folder / f"{request.function.__name__}😀.assess").as_uri()


async def window(client: LanguageClient, folder: Path, windows: dict[LanguageClient, Editor]) -> Editor:
    """Return the window of a client, opened at its first use."""
    if client not in windows:
        windows[client] = Editor(client)
        await windows[client].start(folder)
    return windows[client]


@pytest_asyncio.fixture(loop_scope="module")
async def editor(client: LanguageClient, folder: Path, windows: dict[LanguageClient, Editor]) -> Editor:
    return await window(client, folder, windows)


def saved(folder: Path, text: str) -> Path:
    """Return the file that a document is, saved, out of the editor's sight."""
    path = folder.parent / "saved" / "saved.assess"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


async def test_diagnostics_are_those_of_a_check(editor: Editor, folder: Path, uri: str) -> None:
    editor.open(uri, DRAFT)
    shown = await editor.diagnostics(uri)
    report = check([saved(folder, DRAFT), folder / "省级.assess"])
    found = [finding for finding in report.findings if finding.path.endswith("saved.assess")]
    assert [d.code for d in shown] == [finding.rule for finding in found]
    assert "target-escalation" in {d.code for d in shown}
    for diagnostic, finding in zip(shown, found, strict=True):
        assert diagnostic.message.splitlines()[0] == finding.message
        assert diagnostic.source == "assesslint"
    [quota] = [d for d in shown if d.code == "download-quota"]
    assert editor.words(uri, quota.range) == "激活率达到50%"
    assert quota.range.start.character == 17
    assert quota.severity == types.DiagnosticSeverity.Error
    assert quota.code_description is not None
    assert quota.code_description.href.endswith("/adoption/download-quota.md")


async def test_an_edit_is_answered_with_what_is_then_found(editor: Editor, uri: str) -> None:
    editor.open(uri, DRAFT)
    assert "download-quota" in {d.code for d in await editor.diagnostics(uri)}
    editor.insert(uri, "激活率达到", "不得将😀")
    editor.insert(uri, "得满分", "以上纳入考核，按期办结率达到90%")
    assert "download-quota" not in {d.code for d in await editor.diagnostics(uri)}
    editor.replace(uri, DRAFT)
    assert "download-quota" in {d.code for d in await editor.diagnostics(uri)}


async def test_what_is_closed_shows_nothing(editor: Editor, client: LanguageClient, uri: str) -> None:
    editor.open(uri, DRAFT)
    assert await editor.diagnostics(uri)
    editor.close(uri)
    params = await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert (params.uri, list(params.diagnostics)) == (uri, [])


async def test_hover_tells_rule_norm_and_fact(editor: Editor, client: LanguageClient, uri: str) -> None:
    editor.open(uri, DRAFT)
    hover = await client.text_document_hover_async(types.HoverParams(editor.document(uri), editor.position(uri, "激活率", 1)))
    assert hover is not None
    said = hover.contents.value
    for part in ("下载安装指标", "download-quota", "把应用、小程序", "疑不符合《政务移动互联网", "“激活率达到50%” 要求", "action.activate"):
        assert part in said
    keyword = await client.text_document_hover_async(types.HoverParams(editor.document(uri), editor.position(uri, "发布单位", 1)))
    assert keyword is not None and "issuer" in keyword.contents.value
    nothing = await client.text_document_hover_async(types.HoverParams(editor.document(uri), editor.position(uri, "# 说明", 1)))
    assert nothing is None


async def test_completion_offers_what_may_stand_there(editor: Editor, client: LanguageClient, uri: str) -> None:
    editor.open(uri, DRAFT)

    async def offered(words: str, within: int) -> dict[str, types.CompletionItem]:
        place = editor.position(uri, words, within)
        found = await client.text_document_completion_async(types.CompletionParams(editor.document(uri), place))
        assert isinstance(found, list | tuple)
        return {item.label: item for item in found}

    proof = await offered("截图", 2)
    assert {"截图", "现场核查"} <= proof.keys()
    edit = proof["现场核查"].text_edit
    assert isinstance(edit, types.TextEdit)
    assert editor.words(uri, edit.range) == "截图"
    fields = await offered("评分", 0)
    assert fields["度量"].detail == "measure"
    assert "省级细则" in await offered("省级细则", 2)


async def test_the_outline_and_what_can_be_folded(editor: Editor, client: LanguageClient, uri: str) -> None:
    editor.open(uri, DRAFT)
    [scheme] = await client.text_document_document_symbol_async(types.DocumentSymbolParams(editor.document(uri)))
    assert isinstance(scheme, types.DocumentSymbol)
    assert scheme.name == "清河县😀考核细则"
    *_, indicator = scheme.children or []
    assert (indicator.name, indicator.detail) == ("应用推广😀😀", "指标 10分")
    assert editor.words(uri, indicator.selection_range) == '"应用推广😀😀"'
    assert [field.name for field in indicator.children or []] == ["评分", "佐证"]
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(editor.document(uri)))
    assert [(fold.start_line, fold.end_line) for fold in folds or []] == [(1, 9), (6, 8)]


async def test_definitions_and_references(editor: Editor, client: LanguageClient, folder: Path, uri: str) -> None:
    editor.open(uri, DRAFT)

    async def defined(words: str, within: int = 1) -> types.Location:
        params = types.DefinitionParams(editor.document(uri), editor.position(uri, words, within))
        locations = await client.text_document_definition_async(params)
        assert isinstance(locations, list | tuple)
        return locations[0]

    app = await defined("“干部之家”", 2)
    assert app.uri == uri
    assert app.range.start == editor.position(uri, "干部之家")
    superior = await defined("省级细则")
    assert superior.uri == (folder / "省级.assess").resolve().as_uri()
    assert superior.range == types.Range(types.Position(1, 4), types.Position(1, 8))
    assert (await defined("激活率")).uri.endswith("/download-quota.md")
    context = types.ReferenceContext(include_declaration=True)
    params = types.ReferenceParams(context, editor.document(uri), editor.position(uri, "干部之家"))
    places = await client.text_document_references_async(params)
    assert [editor.words(uri, place.range) for place in places or []] == ["干部之家", "干部之家"]
    shown = await client.text_document_document_highlight_async(types.DocumentHighlightParams(editor.document(uri), params.position))
    assert [highlight.kind for highlight in shown or []] == [types.DocumentHighlightKind.Write, types.DocumentHighlightKind.Read]


async def test_semantic_tokens(editor: Editor, client: LanguageClient, uri: str) -> None:
    editor.open(uri, DRAFT)
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(editor.document(uri)))
    assert tokens is not None
    line = character = 0
    words = []
    for at in range(0, len(tokens.data), 5):
        down, right, length, kind, _ = tokens.data[at : at + 5]
        line, character = line + down, right + (0 if down else character)
        words.append((kind, editor.words(uri, types.Range(types.Position(line, character), types.Position(line, character + length)))))
    assert words[:4] == [(8, "# 说明😀：一份草案"), (0, "方案"), (3, '"清河县😀考核细则"'), (1, "发布单位")]
    assert (4, "截图") in words


async def test_a_quick_fix_mends_what_it_is_for(editor: Editor, client: LanguageClient, uri: str) -> None:
    waiver = '  豁免 "check-in" { 理由: "😀试点"  批准: "县减负办"  期限: 2027-12-31 }\n'
    editor.open(uri, DRAFT.replace("  应用", waiver + "  应用", 1))
    [unused] = [d for d in await editor.diagnostics(uri) if d.code == "waiver-unused"]
    assert unused.tags is not None and list(unused.tags) == [types.DiagnosticTag.Unnecessary]
    context = types.CodeActionContext([unused])
    actions = await client.text_document_code_action_async(types.CodeActionParams(editor.document(uri), unused.range, context))
    fix, everything = actions or []
    assert isinstance(fix, types.CodeAction) and isinstance(everything, types.CodeAction)
    assert (fix.kind, fix.is_preferred, everything.kind) == (types.CodeActionKind.QuickFix, True, "source.fixAll.assesslint")
    [changed] = fix.edit.document_changes if fix.edit and fix.edit.document_changes else []
    assert isinstance(changed, types.TextDocumentEdit)
    assert (changed.text_document.uri, changed.text_document.version) == (uri, 1)
    editor.change(uri, *(types.TextDocumentContentChangePartial(edit.range, edit.new_text) for edit in changed.edits))  # type: ignore[union-attr]
    assert "waiver-unused" not in {d.code for d in await editor.diagnostics(uri)}


async def test_prose_is_judged_where_the_editor_says_it_is_a_draft(editor: Editor, folder: Path) -> None:
    text = (Path(__file__).parent.parent.parent / "examples" / "07-ranked-though-not-assessed.txt").read_text(encoding="utf-8")
    uri = (folder / "草案.txt").as_uri()
    editor.open(uri, text, "assess-draft")
    shown = await editor.diagnostics(uri)
    found = [finding.rule for finding in check([saved_as(folder, text)]).findings]
    assert [d.code for d in shown if d.severity != types.DiagnosticSeverity.Hint] == found
    symbols = await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(editor.document(uri)))
    assert symbols


def saved_as(folder: Path, text: str) -> Path:
    path = folder.parent / "saved.txt"
    path.write_text(text, encoding="utf-8")
    return path


async def test_a_rule_page_is_checked_hovered_and_completed(editor: Editor, client: LanguageClient, folder: Path) -> None:
    path = folder / "mine" / "adoption" / "own-quota.md"
    uri, text = path.as_uri(), path.read_text(encoding="utf-8")
    editor.open(uri, text, "markdown")
    assert await editor.diagnostics(uri) == []
    editor.replace(uri, text.replace("in binding", "in bindings", 1).replace("激活率达到50%得满分", "按期办结率达到90%得满分", 1))
    [wrong] = await editor.diagnostics(uri)
    assert editor.words(uri, wrong.range) == "bindings"
    editor.replace(uri, text.replace("激活率达到50%得满分", "按期办结率达到90%得满分", 1))
    [example] = await editor.diagnostics(uri)
    assert example.code == "rule-example" and "应指出而未指出" in example.message
    hover = await client.text_document_hover_async(types.HoverParams(editor.document(uri), editor.position(uri, "GB2026-APP.install", 3)))
    assert hover is not None and "不得强推下载使用" in hover.contents.value
    place = editor.position(uri, "demand.action in", len("demand."))
    items = await client.text_document_completion_async(types.CompletionParams(editor.document(uri), place))
    assert isinstance(items, list | tuple) and {"action", "force"} <= {item.label for item in items}
    params = types.DefinitionParams(editor.document(uri), editor.position(uri, "GB2026-APP.install", 3))
    [norm] = await client.text_document_definition_async(params)
    assert norm.uri.endswith("/norms/GB2026-APP.toml") and norm.range.start.line > 0


async def test_what_is_none_of_ours_is_left_alone(editor: Editor, client: LanguageClient, folder: Path) -> None:
    for name, language in (("README.md", "markdown"), ("notes.txt", "plaintext"), ("a.py", "python")):
        uri = (folder / name).as_uri()
        editor.open(uri, "一、考核指标（100分）", language)
        params = types.HoverParams(editor.document(uri), types.Position(0, 1))
        assert await client.text_document_hover_async(params) is None
        assert not await client.text_document_code_action_async(
            types.CodeActionParams(editor.document(uri), types.Range(params.position, params.position), types.CodeActionContext([]))
        )
    assert not any("README" in uri or "notes" in uri for uri in client.diagnostics)


async def test_configuration_and_rules_are_read_anew(editor: Editor, client: LanguageClient, folder: Path, uri: str) -> None:
    editor.open(uri, DRAFT)
    assert "trace-only-evidence" in {d.code for d in await editor.diagnostics(uri)}
    configuration = folder / "assesslint.toml"
    event = types.DidChangeWatchedFilesParams([types.FileEvent(configuration.as_uri(), types.FileChangeType.Changed)])
    configuration.write_text('ignore = ["evidence"]\n', encoding="utf-8")
    client.workspace_did_change_watched_files(event)
    assert "trace-only-evidence" not in {d.code for d in await editor.diagnostics(uri)}
    configuration.write_text('ignore = ["evidense"]\n', encoding="utf-8")
    client.workspace_did_change_watched_files(event)
    [fault] = await editor.diagnostics(uri)
    assert "evidense" in fault.message and "evidence" in fault.message
    configuration.write_text('rules = "mine"\nlang = "en"\n', encoding="utf-8")
    client.workspace_did_change_watched_files(event)
    shown = {d.code: d.message for d in await editor.diagnostics(uri)}
    assert "own-quota" in shown and shown["own-quota"].isascii() is False and "makes it a target" in shown["own-quota"]
    page = folder / "mine" / "adoption" / "own-quota.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("severity: error", "severity: erorr"), encoding="utf-8")
    client.workspace_did_change_watched_files(event)
    [fault] = await editor.diagnostics(uri)
    assert "erorr" in fault.message
    page.write_text(text, encoding="utf-8")
    configuration.unlink()
    client.workspace_did_change_watched_files(event)
    assert "trace-only-evidence" in {d.code for d in await editor.diagnostics(uri)}


async def test_a_superior_that_is_edited_counts_as_it_stands(editor: Editor, folder: Path, uri: str) -> None:
    editor.open(uri, DRAFT)
    assert "target-escalation" in {d.code for d in await editor.diagnostics(uri)}
    superior = (folder / "省级.assess").as_uri()
    editor.open(superior, SUPERIOR.replace("30%", "60%"))
    assert "target-escalation" not in {d.code for d in await editor.diagnostics(uri)}
    editor.close(superior)


async def test_formatting(editor: Editor, client: LanguageClient, uri: str) -> None:
    editor.open(uri, DRAFT.replace("层级: 县", "层级:     县", 1))
    params = types.DocumentFormattingParams(editor.document(uri), types.FormattingOptions(2, True))
    [edit, *more] = await client.text_document_formatting_async(params) or []
    assert more == []
    editor.change(uri, types.TextDocumentContentChangePartial(edit.range, edit.new_text))
    assert not await client.text_document_formatting_async(params)
