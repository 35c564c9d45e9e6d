"""Every request and answer → let through or refused: by its host, by the page it comes from, by how often it comes; with headers that tell
browsers to run nothing but our own script and to keep nothing.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assesslint.web.exchange import RefusedError

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

MOST_CLIENTS = 10_000
"""Addresses whose requests are counted at a time."""

Tell = Callable[[Scope, RefusedError], ASGIApp]
"""A request and why it is refused → what answers it."""


class Guard:
    """Lets requests through to `app`. `hosts` are the names the server is called by, none for any; `rate` the drafts a minute and address,
    0 for as many as come."""

    def __init__(self, app: ASGIApp, tell: Tell, hosts: frozenset[str], rate: int) -> None:
        self._app = app
        self._tell = tell
        self._hosts = hosts
        self._rate = rate
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope)
        app = self._tell(scope, refused) if refused else self._app
        await app(scope, receive, send_on)

    def _refused(self, scope: Scope) -> RefusedError | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._hosts and _host_name(host) not in self._hosts:
            return RefusedError(421, "wrong-host", "请用服务器的地址访问", "Call the server by its own address")
        if scope["method"] != "POST":
            return None
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        from_elsewhere = site not in ("same-origin", "none") if site else origin is not None and urlsplit(origin).netloc != host
        if from_elsewhere:
            return RefusedError(403, "cross-site", "请求来自别的网站，没有接受", "The request comes from another site and was not taken")
        client = scope.get("client")
        wait = self._wait(client[0] if client else "")
        if wait:
            zh, en = f"提交得太快，请过 {wait} 秒再试", f"Too many drafts at once; try again in {wait} s"
            return RefusedError(429, "too-many-requests", zh, en, wait)
        return None

    def _wait(self, client: str) -> int:
        """Return in how many seconds an address may send its next draft, 0 if at once: as many in one go as it may send in a minute."""
        if not self._rate:
            return 0
        now = time.monotonic()
        left, since = self._left.pop(client, (float(self._rate), now))
        left = min(self._rate, left + (now - since) * self._rate / 60)
        may = left >= 1
        self._left[client] = (left - may, now)
        if len(self._left) > MOST_CLIENTS:
            self._left.popitem(last=False)
        return 0 if may else max(1, round((1 - left) * 60 / self._rate))


def _host_name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
