"""An editor, as tests use one: a client of pytest-lsp with documents that it opens, edits and asks about."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, make_test_lsp_client


def make_client() -> LanguageClient:
    """Return a client that takes the server's word for what files it wants to be told of."""
    client = make_test_lsp_client()

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        pass

    return client


CONFIG = ClientServerConfig(server_command=[sys.executable, "-m", "assesslint.cli.main", "lsp"], client_factory=make_client)

SECONDS = 60
"""Longest that anything is waited for."""


def capabilities(*encodings: types.PositionEncodingKind) -> types.ClientCapabilities:
    """Return what this editor can do; the encodings are those it offers, none says nothing of them."""
    return types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            workspace_folders=True,
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        ),
        text_document=types.TextDocumentClientCapabilities(
            completion=types.CompletionClientCapabilities(
                completion_item=types.ClientCompletionItemOptions(snippet_support=True),
            ),
        ),
        general=types.GeneralClientCapabilities(position_encodings=list(encodings)) if encodings else None,
    )


class Editor:
    """One window. Each document is known by its URI and the version it is at."""

    def __init__(self, client: LanguageClient, encoding: str = "utf-16") -> None:
        self.client = client
        self.encoding = encoding
        self._versions: dict[str, int] = {}
        self._texts: dict[str, str] = {}

    async def start(self, root: Path | None = None, *encodings: types.PositionEncodingKind) -> types.InitializeResult:
        """Open a window on a folder."""
        folders = [types.WorkspaceFolder(root.as_uri(), root.name)] if root is not None else None
        params = types.InitializeParams(capabilities(*encodings), workspace_folders=folders)
        result = await self.client.initialize_session(params)
        self.encoding = str(result.capabilities.position_encoding)
        return result

    def open(self, uri: str, text: str, language: str = "assess") -> None:
        self._versions[uri], self._texts[uri] = 1, text
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text)))

    def insert(self, uri: str, before: str, text: str) -> None:
        """Type `text` before the first place of `before`."""
        place = self.position(uri, before)
        at = self._texts[uri].index(before)
        self._texts[uri] = self._texts[uri][:at] + text + self._texts[uri][at:]
        self.change(uri, types.TextDocumentContentChangePartial(types.Range(place, place), text))

    def change(self, uri: str, *changes: types.TextDocumentContentChangeEvent) -> None:
        self._versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, list(changes)))

    def replace(self, uri: str, text: str) -> None:
        self._texts[uri] = text
        self.change(uri, types.TextDocumentContentChangeWholeDocument(text))

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document(uri)))

    def document(self, uri: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(uri)

    def position(self, uri: str, words: str, within: int = 0) -> types.Position:
        """Return the place of words, or so many characters behind their start, counted as the editor counts."""
        at = self._texts[uri].index(words) + within
        lines = self._texts[uri][:at].split("\n")
        size = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[self.encoding]
        return types.Position(len(lines) - 1, len(lines[-1].encode(self.encoding if size == 1 else f"{self.encoding}-le")) // size)

    def words(self, uri: str, place: types.Range) -> str:
        """Return the words that stand at a range, within one line."""
        assert place.start.line == place.end.line
        size = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[self.encoding]
        name = self.encoding if size == 1 else f"{self.encoding}-le"
        line = self._texts[uri].split("\n")[place.start.line].encode(name)
        return line[place.start.character * size : place.end.character * size].decode(name)

    async def diagnostics(self, uri: str) -> Sequence[types.Diagnostic]:
        """Return the diagnostics of the document as it stands now."""
        wanted = self._versions[uri]

        async def shown() -> Sequence[types.Diagnostic]:
            while True:
                params = await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
                if params.uri == uri and params.version == wanted:
                    return list(params.diagnostics)

        return await asyncio.wait_for(shown(), SECONDS)
