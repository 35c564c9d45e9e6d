"""The web application → a server on an address, until it is interrupted. What is asked of it is not logged."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from assesslint.linter.errors import RunError
from assesslint.text.system_errors import why_refused
from assesslint.web.app import Service, application

CONNECTIONS = 200
"""Requests taken at a time; more are answered with 503."""


def run(service: Service, port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is called with the address when it can be used. Raises RunError when it cannot be served."""
    logging.disable()  # what libraries log of a request may quote it
    with _bound(service.host, port) as listening, contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(service, listening, ready))


class _Server(uvicorn.Server):
    """Ends when it is told to, and does not pass the signal on: that would break off whatever is cleared away afterwards."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        self.force_exit = self.should_exit
        self.should_exit = True


async def _serve(service: Service, listening: socket.socket, ready: Callable[[str], None]) -> None:
    app = application(service)
    server = _Server(
        uvicorn.Config(
            app,
            lifespan="off",
            access_log=False,
            server_header=False,
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=5,
        )
    )
    async with app.router.lifespan_context(app):
        host, port = listening.getsockname()[:2]
        ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        await server.serve([listening])


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address. Raises RunError when it cannot."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            zh, en = f"端口 {port} 已被占用，请用 --port 换一个", f"Port {port} is in use; name another with --port"
        else:
            why = ("没有这个地址", "no such address") if isinstance(error, socket.gaierror) else why_refused(error)
            zh, en = f"不能在 {host}:{port} 上服务（{why[0]}）", f"Cannot serve on {host}:{port} ({why[1]})"
        raise RunError(zh, en) from error
