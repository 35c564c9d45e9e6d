"""Who is let in: by the host called, the page a form comes from, the number of drafts, their size and shape; and what browsers are told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Scope

from assesslint.web.exchange import RefusedError
from assesslint.web.guard import HEADERS, Guard
from tests.web.conftest import LIMITS

DRAFT = {"text": "考核细则\n\n一、巡查（20分）\n评分标准：每少1次扣1分。\n佐证材料：现场核查\n"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://localhost"}, 200),
        ({"origin": "http://localhost", "sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://localhost:81"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://localhost"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"host": "evil.example"}, 421),
        ({"host": "[::1"}, 421),
        ({"host": "127.0.0.1:8765"}, 200),
    ],
)
def test_forms_come_from_our_own_pages(client: TestClient, headers: Mapping[str, str], status: int) -> None:
    assert client.post("/api/v1/check", data=DRAFT, headers=headers).status_code == status


@pytest.mark.parametrize("address", ["/", "/nothing", "/api", "/static/web.css", "/api/v1/openapi.json"])
def test_every_answer_tells_browsers_what_they_may_do(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert {name: answer.headers[name] for name in HEADERS if name != "cache-control"} == {
        name: value for name, value in HEADERS.items() if name != "cache-control"
    }
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_drafts_are_never_kept_by_browsers(client: TestClient) -> None:
    assert client.post("/check", data=DRAFT).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": {"text": " "}}, 400),
        ({"data": {"nothing": "a"}}, 400),
        ({"data": {**DRAFT, "lang": "fr"}}, 400),
        ({"data": {**DRAFT, "as_of": "1月1日"}}, 400),
        ({"json": DRAFT}, 415),
        ({"content": b"--x", "headers": {"content-type": "multipart/form-data"}}, 400),
        ({"content": b"--x\r\nbroken", "headers": {"content-type": "multipart/form-data; boundary=x"}}, 400),
        ({"files": [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))]}, 400),
        ({"files": {"file": ("a.txt", b" " * (LIMITS.max_bytes + 1))}}, 413),
        ({"content": iter([b" " * 1_000_000] * 5), "headers": {"content-type": "multipart/form-data; boundary=x"}}, 413),
        ({"content": b"x", "headers": {"content-length": "99999999", "content-type": "multipart/form-data; boundary=x"}}, 413),
    ],
)
def test_what_is_no_draft_is_refused_with_the_reason(client: TestClient, sent: dict[str, object], status: int) -> None:
    answer = client.post("/api/v1/check", **sent)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def test_people_are_refused_by_a_page_in_their_language(client: TestClient) -> None:
    answer = client.post("/check?lang=en", data={"text": " "}, headers={"accept": "text/html"})
    assert answer.status_code == 400
    assert "There is no draft" in answer.text
    assert client.get("/check", follow_redirects=False).headers["location"] == "/"
    assert client.delete("/check").status_code == 405


def test_an_address_that_sends_too_much_is_told_when_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("assesslint.web.guard.time.monotonic", lambda: now)

    def tell(scope: Scope, refused: RefusedError) -> Response:
        return JSONResponse({}, refused.status, {"retry-after": str(refused.retry)})

    inner = Starlette(routes=[Route("/", lambda _: PlainTextResponse(""), methods=["GET", "POST"])])
    client = TestClient(Guard(inner, tell, frozenset(), 60))
    assert [client.post("/").status_code for _ in range(61)] == [200] * 60 + [429]
    assert client.post("/").headers["retry-after"] == "1"
    assert client.get("/").status_code == 200
    now = 2.0
    assert [client.post("/").status_code for _ in range(3)] == [200, 200, 429]
