"""The public view of a register: what is in force, how it passed, and what a visitor is told when something does not hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from starlette.testclient import TestClient

from assesslint.policy.trust import Trust, write_trust
from assesslint.publication.gate import ATTESTATION, SCHEME
from assesslint.register.proofs import proved
from assesslint.register.record import record_schema
from assesslint.web.app import application
from tests.markup import Parsed
from tests.publication.papers import TRUST
from tests.register.books import KEPT, another, book, first
from tests.web.conftest import SERVICE

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    entries = [
        first(),
        another(1, issuer="清河县农业农村局", audience=["township"], first="2026-01-01", last="2026-12-31"),
        another(2, name=SCRIPT, first="2020-01-01", last="2020-12-31"),
    ]
    return book(tmp_path_factory.mktemp("register"), entries)


@pytest.fixture(scope="module")
def visitor(where: str) -> Iterator[TestClient]:
    with TestClient(application(replace(SERVICE, register=where, workers=1)), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def trusting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    write_trust(Trust(publishers=TRUST.publishers, registers=KEPT))


def test_what_is_in_force_is_found_by_day_unit_and_names(visitor: TestClient) -> None:
    def numbers(**query: str) -> list[int]:
        answer = visitor.get("/api/v1/register", params=query)
        for each in answer.json():
            jsonschema.validate(each["record"], record_schema())
        return [each["number"] for each in answer.json()]

    assert numbers(all="yes") == [0, 1, 2]
    assert numbers(on="2020-06-01") == [2]
    assert numbers(on="2026-11-30", issuer="农业农村局") == [1]
    assert numbers(all="yes", name="方案1") == [1]
    assert 1 in numbers(**{"for": "清河县双桥镇", "all": "yes"})
    assert visitor.get("/api/v1/register", params={"on": "today"}).status_code == 400


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_show_how_a_scheme_passed_and_only_as_text(visitor: TestClient, lang: str) -> None:
    listing = visitor.get("/register", params={"all": "yes", "lang": lang}).text
    entry = visitor.get("/register/2", params={"lang": lang}).text
    for text in (listing, entry):
        page = Parsed(text)
        assert page.unbalanced == []
        assert page.tags["script"] == 0
        assert "&lt;script&gt;" in text
        assert first().values["waivers"][0]["reason"] in text
    assert 'aria-current="page"' in listing
    assert visitor.get("/register/entry", params={"number": "1"}, follow_redirects=False).headers["location"].startswith("/register/1")


def test_an_entry_is_verified_and_its_files_prove_it_elsewhere(visitor: TestClient, trusting: None) -> None:
    page = visitor.get("/register/0").text
    assert page.count('class="yes"') == 4
    assert visitor.get(f"/register/0/{ATTESTATION}").content == first().attestation
    assert visitor.get(f"/register/0/{SCHEME}").content == first().scheme
    proof = proved(visitor.get("/register/0/proof.json").content, KEPT, "proof")
    assert (proof.number, proof.record) == (0, first().values)
    assert visitor.get("/api/v1/register/0/proof").content == visitor.get("/register/0/proof.json").content


def test_what_is_not_trusted_or_was_changed_is_said(
    visitor: TestClient, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusting: None
) -> None:
    database = sqlite3.connect(where)
    with database:
        database.execute("UPDATE entry SET scheme = ? WHERE number = 1", (b"changed",))
    database.close()
    page = visitor.get("/register/1").text
    assert page.count('class="no"') == 2  # the scheme, and the attestation made up for the test, which nobody signed
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    assert visitor.get("/register/0").text.count('class="no"') == 2


def test_what_is_not_there_is_said(visitor: TestClient, client: TestClient) -> None:
    assert visitor.get("/register/99").status_code == 404
    assert visitor.get(f"/register/{10**30}").status_code == 404
    assert visitor.get("/register/0/secret.pem").status_code == 404
    assert visitor.get("/register/entry", params={"number": "-1"}).status_code == 400
    assert client.get("/register").status_code == 404
    assert visitor.post("/register").status_code == 405
