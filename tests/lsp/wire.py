"""A server at the other end of two pipes, told bytes: for what no decent client sends, and to measure without one."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any


def about(uri: object, **more: Any) -> dict[str, Any]:
    """Return the parameters of what is told or asked of a document."""
    return {"textDocument": {"uri": uri}, **more}


class Wire:
    """A server at the other end of two pipes, told bytes."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "assesslint.cli.main", "lsp"]
        self.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self._id = 0

    def send(self, data: bytes) -> None:
        assert self.server.stdin is not None
        self.server.stdin.write(data)
        self.server.stdin.flush()

    def tell(self, method: str, params: Any = None, **more: Any) -> None:
        self.send_object({"method": method, "params": params, **more})

    def send_object(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.send(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def receive(self) -> dict[str, Any]:
        assert self.server.stdout is not None
        length = 0
        while (line := self.server.stdout.readline()).strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server is gone"
        message: dict[str, Any] = json.loads(self.server.stdout.read(length))
        return message

    def ask(self, method: str, params: Any = None) -> dict[str, Any]:
        """Return the answer to a request, whatever comes before it."""
        self._id += 1
        self.tell(method, params, id=self._id)
        while True:
            message = self.receive()
            if message.get("id") == self._id and "method" not in message:
                return message

    def shown(self, uri: str, version: int) -> list[dict[str, Any]]:
        """Return the diagnostics of a version of a document."""
        while True:
            message = self.receive()
            params = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics" and (params["uri"], params.get("version")) == (uri, version):
                return list(params["diagnostics"])

    def start(self) -> None:
        assert "result" in self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self.tell("initialized", {})

    def open(self, uri: str, text: str, language: str = "assess") -> None:
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": language, "version": 1, "text": text}})

    def end(self) -> tuple[int, str]:
        """End the server; return its exit code and what it wrote to its log."""
        self.ask("shutdown")
        self.tell("exit")
        _, log = self.server.communicate(timeout=60)
        return self.server.returncode, log.decode("utf-8", "replace")
