"""The register as anybody sees it → its pages under /register, its files, and the same for programs under /api/v1/register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from assesslint.web.exchange import RefusedError
from assesslint.web.registry import FILES, MOST_LISTED, PROOF, Asked, Registry


class Paint(Protocol):
    """A request, a template and what it is given → a page."""

    def __call__(self, request: Request, template: str, **given: object) -> Response: ...


def register_routes(registry: Registry, paint: Paint, lang: Callable[[Request], str]) -> list[Route]:
    """Return the routes of a register. Each is a plain function, since a database is waited for apart from other requests."""

    def listing(request: Request) -> Response:
        asked = Asked.of(request.query_params)
        seen, more = registry.found(asked, lang(request))
        return paint(request, "register.html", here="/register", asked=asked, entries=seen, more=more, most=MOST_LISTED)

    def entry(request: Request) -> Response:
        seen, checked = registry.entry(request.path_params["number"], lang(request))
        return paint(request, "entry.html", here=request.url.path, entry=seen, checked=checked, files=FILES)

    def file(request: Request) -> Response:
        name = request.path_params["name"]
        data = registry.file(request.path_params["number"], name)
        return Response(data, media_type="application/octet-stream", headers={"content-disposition": f'attachment; filename="{name}"'})

    def by_number(request: Request) -> Response:
        number = request.query_params.get("number", "")
        if not (number.isascii() and number.isdecimal() and len(number) < 19):
            raise RefusedError(400, "bad-request", "请写编号，如 12", "Write a number such as 12")
        return RedirectResponse(f"/register/{int(number)}?lang={lang(request)}", 303)

    def records(request: Request) -> Response:
        return JSONResponse(registry.records(Asked.of(request.query_params)))

    def proof(request: Request) -> Response:
        return Response(registry.file(request.path_params["number"], PROOF), media_type="application/json")

    return [
        Route("/register", listing),
        Route("/register/entry", by_number),
        Route("/register/{number:int}", entry),
        Route("/register/{number:int}/{name}", file),
        Route("/api/v1/register", records),
        Route("/api/v1/register/{number:int}/proof", proof),
    ]
