"""The protocol as this server speaks it: documents are its own, a request that cannot be understood is answered, nothing is logged.

The library under it would keep a second copy of every document, and write to the log what it received.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from lsprotocol.types import (
    TEXT_DOCUMENT_DID_CHANGE,
    TEXT_DOCUMENT_DID_CLOSE,
    TEXT_DOCUMENT_DID_OPEN,
    DidChangeTextDocumentParams,
    DidCloseTextDocumentParams,
    DidOpenTextDocumentParams,
    ResponseError,
)
from pygls.exceptions import JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

from assesslint.lsp.wire import parsed

INVALID = JsonRpcInvalidParams.CODE


class Protocol(LanguageServerProtocol):
    """Hands every message to its handler."""

    def take(self, body: bytes) -> None:
        """Handle a message as it was sent, whatever it is."""
        message = parsed(body)
        if message is None or message.get("jsonrpc") != self.VERSION:
            return
        try:
            self.handle_message(self.structure_message(message))
        except Exception:
            if "method" in message and isinstance(message.get("id"), int | str):
                self._send_response(message["id"], error=ResponseError(INVALID, "the request cannot be understood"))

    @lsp_method(TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: DidOpenTextDocumentParams) -> Iterator[Any]:
        yield self.fm.features[TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: DidChangeTextDocumentParams) -> Iterator[Any]:
        yield self.fm.features[TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: DidCloseTextDocumentParams) -> Iterator[Any]:
        yield self.fm.features[TEXT_DOCUMENT_DID_CLOSE], (params,), None


def silence() -> None:
    """Keep the library from writing down what it receives and sends."""
    for name in ("pygls", "asyncio"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)
