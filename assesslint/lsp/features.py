"""The requests and notifications of the protocol, each handed to what answers it.

What looks at a document looks at it as it stood when it was asked; the work is done beside the loop that reads the editor's messages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from lsprotocol import types

from assesslint.findings.problems import FolderError
from assesslint.linter.errors import RunError
from assesslint.linter.rule_page import RuleFolder, folder_of_page
from assesslint.lsp.actions import KINDS, actions
from assesslint.lsp.colours import LEGEND, colours
from assesslint.lsp.completion import completions
from assesslint.lsp.documents import DRAFT, PAGE, SCHEME, View, path_of
from assesslint.lsp.folders import Folder
from assesslint.lsp.formatting import format_edits
from assesslint.lsp.hover import hover
from assesslint.lsp.judging import MOST_BYTES
from assesslint.lsp.library import Shelf
from assesslint.lsp.log import log
from assesslint.lsp.navigation import definitions, highlights, references
from assesslint.lsp.outline import folds, symbols
from assesslint.lsp.rule_completion import page_completions
from assesslint.lsp.rule_help import page_definitions, page_hover
from assesslint.lsp.server import Server

TRIGGERS = (":", "：", ",", "，", "、", "(", "（", '"', "“", ".", " ")
"""Characters behind which an editor asks for completions by itself."""

WATCHED = ("**/*.toml", "**/*.md", "**/*.csv", "**/*.assess", "**/lexicon/*.txt")
"""Files whose changes may change what is found in others."""

Params = TypeVar("Params")
Answer = TypeVar("Answer")


def add_features(server: Server) -> None:
    """Teach a server all it answers."""
    for method, handler in NOTIFICATIONS.items():
        server.feature(method)(partial(_told, handler, server))
    for method, (answer, options) in REQUESTS.items():
        server.feature(method, options)(_answering(answer, server))


def _told(handler: Callable[[Server, Any], None], server: Server, params: Any) -> None:
    """Handle a notification; a fault in it is written down."""
    try:
        handler(server, params)
    except Exception as error:
        log(error)


def _answering(answer: Callable[[Server, Params], Awaitable[Answer]], server: Server) -> Callable[[Params], Awaitable[Answer | None]]:
    """Return what answers a request; where it fails there is no answer, and the fault is written down."""

    async def answered(params: Params) -> Answer | None:
        try:
            return await answer(server, params)
        except Exception as error:
            log(error)
            return None

    return answered


# ── what the editor tells ────────────────────────────────────────────────────────────────────────────────────────────────────


def _initialize(server: Server, _params: types.InitializeParams) -> None:
    server.session.encoding = str(server.workspace.position_encoding or types.PositionEncodingKind.Utf16.value)


def _initialized(server: Server, _params: types.InitializedParams) -> None:
    _folders_changed(server, None)
    if server.supports("workspace", "did_change_watched_files", "dynamic_registration"):
        watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("watched", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        server.client_register_capability(types.RegistrationParams([registration]))


def _folders_changed(server: Server, _params: object) -> None:
    uris = [*server.workspace.folders, *([server.workspace.root_uri] if server.workspace.root_uri else [])]
    server.session.set_folders(path for path in map(path_of, uris) if path is not None)


def _files_changed(server: Server, _params: object) -> None:
    server.session.judge_all()


def _opened(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    server.session.open(params.text_document)


def _changed(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    server.session.change(params.text_document.uri, params.content_changes, params.text_document.version)


def _saved(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    document = server.session.document(params.text_document.uri)
    if document is not None and document.kind == PAGE:
        server.session.judge_all()


def _closed(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    if server.session.document(uri) is not None:
        server.session.close(uri)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


NOTIFICATIONS: dict[str, Callable[[Server, Any], None]] = {
    types.INITIALIZE: _initialize,
    types.INITIALIZED: _initialized,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: _folders_changed,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _files_changed,
    types.TEXT_DOCUMENT_DID_OPEN: _opened,
    types.TEXT_DOCUMENT_DID_CHANGE: _changed,
    types.TEXT_DOCUMENT_DID_SAVE: _saved,
    types.TEXT_DOCUMENT_DID_CLOSE: _closed,
}


# ── what the editor asks for ─────────────────────────────────────────────────────────────────────────────────────────────────


def _view(server: Server, document: types.TextDocumentIdentifier, *kinds: str) -> View | None:
    """Return a document as it stands; None when it is not open, of another kind, or too large to be looked at after every edit."""
    found = server.session.document(document.uri)
    if found is None or found.kind not in kinds:
        return None
    return found.view if len(found.view.data) <= MOST_BYTES else None


def _shelf(server: Server, view: View) -> Shelf:
    session = server.session
    others = [document.view for document in session.documents() if document.uri != view.uri]
    return Shelf(others, session.folder_of(view), session.encoding)


def _rule_folder(folder: Folder, view: View) -> RuleFolder | None:
    """Return the folder of rules that a page lies in, None where it cannot be read."""
    top = folder_of_page(view.path) if view.path is not None else None
    try:
        return folder.rule_folder(top) if top is not None else None
    except (RunError, FolderError):
        return None


async def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    session, uri = server.session, params.text_document.uri
    view = _view(server, params.text_document, *KINDS_OF_DOCUMENT)
    if view is None:
        return None
    folder, offset = session.folder_of(view), view.text.offset(params.position)
    if view.kind == PAGE:
        rules = await session.read(partial(_rule_folder, folder, view))
        return await session.read(partial(page_hover, view, offset, rules, folder.lang)) if rules is not None else None
    judged = await session.current(uri)
    traced = await session.traced(uri, offset)
    return await session.read(partial(hover, view, offset, judged, folder, traced)) if judged is not None else None


async def _completion(server: Server, params: types.CompletionParams) -> list[types.CompletionItem]:
    view = _view(server, params.text_document, SCHEME, PAGE)
    if view is None:
        return []
    offset, shelf = view.text.offset(params.position), _shelf(server, view)
    snippets = server.supports("text_document", "completion", "completion_item", "snippet_support")

    def complete() -> list[types.CompletionItem]:
        known = shelf.known(snippets=snippets)
        if view.kind == SCHEME:
            return completions(view, offset, known)
        rules = _rule_folder(shelf.folder, view)
        return page_completions(view, offset, rules.norms if rules is not None else {}, known)

    return await server.session.read(complete)


async def _definition(server: Server, params: types.DefinitionParams) -> list[types.Location]:
    view = _view(server, params.text_document, *KINDS_OF_DOCUMENT)
    if view is None:
        return []
    offset, shelf = view.text.offset(params.position), _shelf(server, view)
    if view.kind == PAGE:
        rules = await server.session.read(partial(_rule_folder, shelf.folder, view))
        return await server.session.read(partial(page_definitions, view, offset, rules)) if rules is not None else []
    judged = await server.session.current(view.uri)
    return await server.session.read(partial(definitions, view, offset, shelf, judged))


async def _references(server: Server, params: types.ReferenceParams) -> list[types.Location]:
    view = _view(server, params.text_document, SCHEME)
    if view is None:
        return []
    offset = view.text.offset(params.position)
    return await server.session.read(partial(references, view, offset, declaration=params.context.include_declaration))


async def _highlights(server: Server, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
    view = _view(server, params.text_document, SCHEME)
    return await server.session.read(partial(highlights, view, view.text.offset(params.position))) if view is not None else []


async def _symbols(server: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    view = _view(server, params.text_document, *KINDS_OF_DOCUMENT)
    return await server.session.read(partial(symbols, view)) if view is not None else []


async def _folds(server: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    view = _view(server, params.text_document, *KINDS_OF_DOCUMENT)
    return await server.session.read(partial(folds, view)) if view is not None else []


async def _colours(server: Server, params: types.SemanticTokensParams) -> types.SemanticTokens | None:
    view = _view(server, params.text_document, SCHEME)
    return await server.session.read(partial(colours, view)) if view is not None else None


async def _format(server: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
    view = _view(server, params.text_document, SCHEME)
    return await server.session.read(partial(format_edits, view)) if view is not None else []


async def _actions(server: Server, params: types.CodeActionParams) -> Sequence[types.CodeAction]:
    view = _view(server, params.text_document, *KINDS_OF_DOCUMENT)
    judged = await server.session.current(params.text_document.uri) if view is not None else None
    if view is None or judged is None or judged.view is not view:
        return []
    within, page_of = view.text.span(params.range), server.session.folder_of(view).page_of
    versions = server.supports("workspace", "workspace_edit", "document_changes")
    return await server.session.read(partial(actions, judged, within, params.context.only, page_of, versions=versions))


KINDS_OF_DOCUMENT = (SCHEME, DRAFT, PAGE)

REQUESTS: dict[str, tuple[Callable[[Server, Any], Awaitable[Any]], Any]] = {
    types.TEXT_DOCUMENT_HOVER: (_hover, None),
    types.TEXT_DOCUMENT_COMPLETION: (_completion, types.CompletionOptions(TRIGGERS)),
    types.TEXT_DOCUMENT_DEFINITION: (_definition, None),
    types.TEXT_DOCUMENT_REFERENCES: (_references, None),
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: (_highlights, None),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (_symbols, None),
    types.TEXT_DOCUMENT_FOLDING_RANGE: (_folds, None),
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: (_colours, LEGEND),
    types.TEXT_DOCUMENT_FORMATTING: (_format, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (_actions, types.CodeActionOptions(list(KINDS))),
}
"""What is answered, by whom, and what is said of it beforehand."""
