"""A pool of workers → the web application: pages for people under /, the same for programs under /api/v1/."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Scope

from assesslint.linter.errors import RunError
from assesslint.linter.settings import Settings
from assesslint.web.exchange import Answer, Job, RefusedError
from assesslint.web.guard import LOOPBACK, Guard
from assesslint.web.library import TOP, Library, found, read_library
from assesslint.web.openapi import description, operations
from assesslint.web.pages import HERE, LANGUAGES, render, style_sheet
from assesslint.web.pool import Pool, Setup
from assesslint.web.uploads import read_job

LIBRARY_SECONDS = 600
"""Longest that making the site of the rules may take."""

LONGEST_SEARCH = 100
"""Most characters of what is searched for."""

KINDS = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}

_HOUR = {"cache-control": "max-age=3600"}


@dataclass(frozen=True, slots=True)
class Service:
    """How the server works: how drafts are judged, by how many workers, for whom. `rate` is the drafts a minute that one address may send,
    `hosts` the names the server may be called by, besides its own when it serves this machine alone; `register` is the path or URL of the
    register to be shown, and empty for none."""

    settings: Settings
    host: str = "127.0.0.1"
    workers: int = 2
    seconds: int = 60
    memory: int = 2_000_000_000
    rate: int = 240
    hosts: tuple[str, ...] = ()
    register: str = ""


def application(service: Service) -> Starlette:
    """Return the application; its workers start with it and end with it."""
    server = _Server(service)
    hosts = frozenset(service.hosts) | LOOPBACK if service.hosts or service.host in LOOPBACK else frozenset()
    checks = [Route(f"/api/v1/{want}", server.work(want), methods=["POST"]) for want in ("check", "annotate", "opinion", "report")]
    return Starlette(
        routes=[
            Route("/", server.front_page),
            Route("/check", server.work("page"), methods=["POST"]),
            Route("/check", server.to_front_page),
            *checks,
            *server.register_routes(service.register),
            Route("/api", server.api_page),
            Route("/api/v1/openapi.json", server.openapi),
            Route("/api/v1/rules", server.rules),
            Route("/api/v1/rules/{rule}", server.rule),
            Route("/api/v1/norms", server.norms),
            Route("/search", server.search),
            Route(TOP, server.to_rules),
            Route(TOP + "{page:path}", server.site),
            Route("/static/{name}", server.static),
            Route("/favicon.ico", server.no_icon),
            Route("/healthz", server.health),
        ],
        middleware=[Middleware(Guard, tell=server.tell, hosts=hosts, rate=service.rate)],
        exception_handlers=dict.fromkeys((RefusedError, RunError, HTTPException), server.failed),
        lifespan=server.lifespan,
    )


class _Server:
    def __init__(self, service: Service) -> None:
        self._settings = service.settings
        self._with_register = bool(service.register)
        self._pool = Pool(Setup(service.settings, service.seconds, service.memory, self._with_register), service.workers)
        self._files = {"web.css": style_sheet(), "check.js": (HERE / "static" / "check.js").read_bytes()}
        self._making: asyncio.Task[Library]

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:  # noqa: ARG002
        await self._pool.start()
        self._making = asyncio.create_task(self._make_library())
        try:
            yield
        finally:
            self._making.cancel()
            await asyncio.gather(self._making, return_exceptions=True)
            await self._pool.close()

    async def _make_library(self) -> Library:
        return read_library((await self._pool.apart(Job("library"), LIBRARY_SECONDS)).data)

    async def _library(self) -> Library:
        """Return the library, when it is made."""
        return await asyncio.shield(self._making)

    # ── drafts ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def work(self, want: str) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers a request with a draft."""

        async def answer(request: Request) -> Response:
            with self._pool.turn():
                job = await read_job(request, want, self._lang(request), self._settings.limits.max_bytes)
                return _response(await self._pool.do(job))

        return answer

    # ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def front_page(self, request: Request) -> Response:
        return self._page(request, "index.html", here="/", most_bytes=self._settings.limits.max_bytes)

    async def to_front_page(self, request: Request) -> Response:  # noqa: ARG002
        return RedirectResponse("/", 303)

    async def to_rules(self, request: Request) -> Response:  # noqa: ARG002
        return RedirectResponse(f"{TOP}index.html", 307)

    async def site(self, request: Request) -> Response:
        name = request.path_params["page"]
        name = f"{name}index.html" if name.endswith("/") else name
        data = (await self._library()).files.get(name)
        if data is None:
            raise HTTPException(404)
        return Response(data, media_type=KINDS[name[name.rindex(".") :]], headers=_HOUR)

    async def search(self, request: Request) -> Response:
        words = request.query_params.get("q", "")[:LONGEST_SEARCH].strip()
        lang = self._lang(request)
        entries = found(await self._library(), words, lang)
        return self._page(request, "search.html", words=words, entries=entries, site=TOP if lang == "zh" else f"{TOP}en/")

    async def api_page(self, request: Request) -> Response:
        address = str(request.base_url).rstrip("/")
        return self._page(
            request, "api.html", here="/api", address=address, operations=operations(self._lang(request), with_register=self._with_register)
        )

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self._files:
            raise HTTPException(404)
        return Response(self._files[name], media_type=KINDS[name[name.rindex(".") :]], headers=_HOUR)

    async def no_icon(self, request: Request) -> Response:  # noqa: ARG002
        return Response(status_code=204, headers=_HOUR)

    def _page(self, request: Request, template: str, **given: object) -> Response:
        return Response(render(template, self._lang(request), with_register=self._with_register, **given), media_type="text/html")

    def register_routes(self, where: str) -> list[Route]:
        """Return the routes of the register that is shown, if any. Raises ModuleNotFoundError when what it needs is not installed."""
        if not where:
            return []
        from assesslint.web.register_pages import register_routes
        from assesslint.web.registry import Registry

        return register_routes(Registry(where), self._page, self._lang)

    # ── for programs ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def openapi(self, request: Request) -> Response:
        return JSONResponse(
            description(self._settings.limits.max_bytes, str(request.base_url).rstrip("/"), with_register=self._with_register)
        )

    async def rules(self, request: Request) -> Response:  # noqa: ARG002
        return _json((await self._library()).rules)

    async def rule(self, request: Request) -> Response:
        wanted = request.path_params["rule"]
        known = next((rule for rule in (await self._library()).rules if rule["id"] == wanted), None)
        if known is None:
            raise RefusedError(404, "no-such-rule", "没有这条规则", "There is no such rule")
        return _json(known)

    async def norms(self, request: Request) -> Response:  # noqa: ARG002
        return _json((await self._library()).norms)

    async def health(self, request: Request) -> Response:  # noqa: ARG002
        return PlainTextResponse("ok")

    # ── refusals ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def tell(self, scope: Scope, refused: RefusedError) -> Response:
        return self._told(Request(scope), refused)

    async def failed(self, request: Request, error: Exception) -> Response:
        match error:
            case RefusedError():
                return self._told(request, error)
            case RunError():
                return self._told(request, RefusedError(503, "register", error.zh, error.en))
            case HTTPException(status_code=405):
                response = self._told(
                    request, RefusedError(405, "wrong-method", "这个地址不接受这种请求", "This address takes no such request")
                )
                response.headers.update(error.headers or {})
                return response
        return self._told(request, RefusedError(404, "no-such-page", "没有这个页面", "There is no such page"))

    def _told(self, request: Request, refused: RefusedError) -> Response:
        """Return a refusal as a page for people, as JSON for programs."""
        lang = self._lang(request)
        headers = {"retry-after": str(refused.retry)} if refused.retry else {}
        if "text/html" in request.headers.get("accept", ""):
            page = render("refused.html", lang, said=refused.text(lang), with_register=self._with_register)
            return Response(page, refused.status, headers, "text/html")
        error = {"error": {"id": refused.id, "message": refused.text(lang)}}
        return JSONResponse(error, refused.status, headers)

    def _lang(self, request: Request) -> str:
        lang = request.query_params.get("lang", "")
        return lang if lang in LANGUAGES else self._settings.lang


def _json(value: object) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), media_type="application/json", headers=_HOUR)


def _response(answer: Answer) -> Response:
    saved = {"content-disposition": f"attachment; filename*=UTF-8''{quote(answer.name, safe='')}"} if answer.name else {}
    return Response(answer.data, headers={"content-type": answer.media_type, **saved})
