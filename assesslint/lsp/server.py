"""The language server of one editor: its session, and the way of its messages from one pipe to the other."""

from __future__ import annotations

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, BinaryIO

from lsprotocol.types import Diagnostic, PublishDiagnosticsParams
from pygls.io_ import StdoutWriter
from pygls.lsp.server import LanguageServer

from assesslint import __version__
from assesslint.lsp.documents import View
from assesslint.lsp.folders import NOTHING_ASKED, Asked
from assesslint.lsp.log import log
from assesslint.lsp.protocol import Protocol, silence
from assesslint.lsp.session import Session
from assesslint.lsp.wire import read_message

NAME = "assesslint"


class Server(LanguageServer):
    """What speaks to one editor."""

    protocol: Protocol

    def __init__(self, asked: Asked = NOTHING_ASKED) -> None:
        super().__init__(NAME, __version__, protocol_cls=Protocol)
        self.session = Session(self.publish, asked)

    def publish(self, view: View, shown: list[Diagnostic]) -> None:
        """Show what was found of a document as it stood."""
        self.text_document_publish_diagnostics(PublishDiagnosticsParams(view.uri, shown, view.version))

    def supports(self, *way: str) -> bool:
        """Tell whether the editor says that it can do something, by the way to it in its capabilities."""
        value: Any = self.client_capabilities
        for name in way:
            value = getattr(value, name, None)
        return bool(value)

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002
        """Write a fault down; who writes a draft is not bothered with it."""
        log(error)


def serve(asked: Asked, stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Serve the editor at the other end of two pipes until it ends the server or goes. Raises SystemExit when it is told to end."""
    from assesslint.lsp.features import add_features

    silence()
    gc.enable()  # which a short run does without
    server = Server(asked)
    add_features(server)
    server.protocol.set_writer(StdoutWriter(stdout))
    with suppress(BrokenPipeError):
        asyncio.run(_run(server, stdin))


async def _run(server: Server, stdin: BinaryIO) -> None:
    """Handle one message after another; while one is handled none is read, so that the thread that reads can go with the rest."""
    reader = ThreadPoolExecutor(1, "messages")
    loop = asyncio.get_running_loop()
    try:
        while (body := await loop.run_in_executor(reader, read_message, stdin)) is not None:
            server.protocol.take(body)
    finally:
        server.session.end()
