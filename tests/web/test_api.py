"""The API keeps to its description, whatever is sent to it: tried by Schemathesis on a server that runs."""

from __future__ import annotations

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.testclient import TestClient

from assesslint.reports.json import report_schema
from assesslint.web.openapi import operations
from tests.web.conftest import EXAMPLES

EXAMPLES_EACH = 12
"""Requests made up for each operation."""


@pytest.fixture(scope="session")
def described(address: str) -> BaseSchema:
    return schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")


ASKED = [(method, path) for method, path, _ in operations("zh", with_register=True) if "openapi" not in path]
MODES = [(*asked, mode) for asked in ASKED for mode in GenerationMode if asked[0] == "POST" or mode is GenerationMode.POSITIVE]


@pytest.mark.parametrize(("method", "path", "mode"), MODES)
def test_the_api_does_what_it_says(described: BaseSchema, method: str, path: str, mode: GenerationMode) -> None:
    operation = described[path][method]
    left_out = [negative_data_rejection]  # in a form all values are texts, so that none is of a wrong type
    left_out += [positive_data_acceptance] if path.endswith("annotate") else []  # no schema can say which files hold notes

    @settings(max_examples=EXAMPLES_EACH, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(mode))
    def run(case: Case) -> None:
        case.call_and_validate(excluded_checks=left_out)

    run()


def test_a_report_fits_the_schema_of_reports(client: TestClient) -> None:
    data = (EXAMPLES / "18-excel-draft.xlsx").read_bytes()
    jsonschema.validate(client.post("/api/v1/check", files={"file": ("a.xlsx", data)}).json(), report_schema())


def test_rules_and_norms_can_be_asked_for_and_searched(client: TestClient) -> None:
    rules = client.get("/api/v1/rules").json()
    assert {rule["id"] for rule in rules} >= {"download-quota", "check-in"}
    assert client.get("/api/v1/rules/check-in").json() in rules
    assert client.get("/api/v1/rules/nothing").status_code == 404
    assert any(norm["clauses"] for norm in client.get("/api/v1/norms").json())
    for lang, site in (("zh", "/rules/"), ("en", "/rules/en/")):
        page = client.get("/search", params={"q": "打卡" if lang == "zh" else "punch", "lang": lang}).text
        assert f'href="{site}rules/check-in.html"' in page
        assert client.get(f"{site}rules/check-in.html").status_code == 200
    assert client.get("/search", params={"q": "<script>"}).text.count("<script") == 0
    assert client.get("/rules/../pyproject.toml").status_code == 404
