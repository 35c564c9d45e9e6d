"""The REST API → its description in OpenAPI 3.1: what may be sent, all that may come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assesslint import __version__
from assesslint.findings.model import SEVERITIES
from assesslint.linter.opinion_sheets import SUFFIXES
from assesslint.reports.json import report_schema
from assesslint.web.pages import LANGUAGES
from assesslint.web.words import WORDS

REFUSALS = {
    "400": "The form is damaged, holds no draft, or asks for what there is not.",
    "403": "A browser sent it from a page of another site.",
    "408": "The draft came too slowly.",
    "413": "The draft is too large.",
    "415": "The request is no form.",
    "421": "The server was called by a name that is not its own.",
    "422": "The draft is marked secret, takes too long or too much memory, cannot be read, or holds no notes.",
    "429": "This address sends too many drafts; Retry-After says when it may go on.",
    "500": "A fault of the program.",
    "503": "Too many drafts are waiting; Retry-After says when to try again.",
}
"""Why a draft is not judged, by status."""

_CHECKS: Mapping[str, tuple[str, str, str, Mapping[str, Any]]] = {
    "check": ("检查报告（JSON，与 check --format json 相同）", "The report as JSON, as of check --format json", "", {}),
    "annotate": (
        "带批注的文件（Word、Excel、PDF、网页）",
        "The draft with notes at the words (Word, Excel, PDF, web page)",
        "application/octet-stream",
        {"changes": {"enum": ["yes", "no"], "description": "yes: in a Word file, the proposals as tracked changes too."}},
    ),
    "opinion": (
        "审核意见表（.docx，as=.xlsx 则为 Excel）",
        "The opinion sheet (.docx, or .xlsx if as says so)",
        "application/octet-stream",
        {"as": {"enum": list(SUFFIXES)}},
    ),
    "report": ("检查报告（单个网页文件）", "The report as one web page", "text/html", {}),
}
"""What is made of a draft: in Chinese, in English, as which kind of file, what else may be asked."""

_READS = {
    "/api/v1/rules": ("全部规则", "All rules", "rules"),
    "/api/v1/rules/{rule}": ("一条规则", "One rule", "rule"),
    "/api/v1/norms": ("全部规定及条款", "All norms with their clauses", "norms"),
}

_REGISTER = {
    "/api/v1/register": ("登记的方案，默认今天生效的", "Registered schemes, by default those in force today", "registered"),
    "/api/v1/register/{number}/proof": ("一项的登记证明", "The proof that an entry is registered", "proof"),
}

_PARAMETERS: Mapping[str, tuple[dict[str, Any], ...]] = {
    "rule": ({"name": "rule", "in": "path", "required": True, "schema": {"type": "string"}, "description": "The id of a rule."},),
    "proof": ({"name": "number", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0, "maximum": 2**62}},),
    "registered": (
        {"name": "for", "in": "query", "schema": {"type": "string"}, "description": "The unit that is assessed: 清河县双桥镇."},
        {"name": "issuer", "in": "query", "schema": {"type": "string"}, "description": "Words of the issuer's name."},
        {"name": "name", "in": "query", "schema": {"type": "string"}, "description": "Words of the scheme's name."},
        {"name": "on", "in": "query", "schema": {"type": "string", "format": "date"}, "description": "In force on this day."},
        {"name": "all", "in": "query", "schema": {"enum": ["yes"]}, "description": "In force or not."},
    ),
}


def _reads(with_register: bool) -> Mapping[str, tuple[str, str, str]]:
    return {**_READS, **_REGISTER} if with_register else _READS


def operations(lang: str, *, with_register: bool = False) -> list[tuple[str, str, str]]:
    """Return method, path and purpose of every operation."""
    at = 0 if lang == "zh" else 1
    return [
        *(("POST", f"/api/v1/{name}", (zh, en)[at]) for name, (zh, en, *_) in _CHECKS.items()),
        *(("GET", path, (zh, en)[at]) for path, (zh, en, _) in _reads(with_register).items()),
        ("GET", "/api/v1/openapi.json", WORDS["api_openapi"][at]),
    ]


def description(most_bytes: int, address: str, *, with_register: bool = False) -> dict[str, Any]:
    """Return the description of the API of a server at an address, which takes drafts of at most so many bytes."""
    report = report_schema()
    definitions = {name: _moved(schema) for name, schema in report.pop("$defs").items()}
    report.pop("$schema")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "assesslint",
            "version": __version__,
            "description": "Judges drafts of government assessment schemes (考核方案). Drafts are neither stored nor logged; files marked "
            "绝密, 机密 or 秘密 must not be sent and are refused.",
        },
        "servers": [{"url": address}],
        "paths": {
            **{f"/api/v1/{name}": {"post": _check(name, *said, most_bytes)} for name, said in _CHECKS.items()},
            **{path: {"get": _read(en, what)} for path, (_, en, what) in _reads(with_register).items()},
        },
        "components": {
            "schemas": {
                **definitions,
                "report": _moved(report),
                "error": _object({"error": _object({"id": {"type": "string"}, "message": {"type": "string"}})}),
                **_library_schemas(),
                **(_register_schemas() if with_register else {}),
            },
            "responses": {status: _refusal(said) for status, said in {**REFUSALS, "404": "There is no such rule or entry."}.items()},
        },
    }


def _check(name: str, zh: str, en: str, kind: str, more: Mapping[str, Any], most_bytes: int) -> dict[str, Any]:
    form = {
        "type": "object",
        "properties": {
            "file": {"type": "string", "contentMediaType": "application/octet-stream", "description": f"At most {most_bytes} bytes."},
            "text": {"type": "string", "pattern": r"\S", "description": "The draft as text, in place of file."},
            "name": {"type": "string", "description": "What the text is called; its ending tells its form, .txt if there is none."},
            "lang": {"enum": list(LANGUAGES), "description": "Language of the answer; Chinese by default."},
            "as_of": {
                "anyOf": [{"type": "string", "format": "date"}, {"const": ""}],
                "description": "Judge by the norms in force on this day; today by default.",
            },
            **more,
        },
        "anyOf": [{"required": ["file"]}, {"required": ["text"]}],
    }
    content = {kind: {"schema": {}}} if kind else {"application/json": {"schema": {"$ref": "#/components/schemas/report"}}}
    if kind == "application/octet-stream":
        content = {"*/*": {"schema": {}}}
    headers = {"Content-Disposition": {"schema": {"type": "string"}, "description": "The name to save it under."}} if kind else {}
    return {
        "operationId": name,
        "summary": f"{zh} / {en}",
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": form}}},
        "responses": {
            "200": {"description": en, "content": content, "headers": headers},
            **{status: {"$ref": f"#/components/responses/{status}"} for status in REFUSALS},
        },
    }


def _read(en: str, what: str) -> dict[str, Any]:
    parameters = _PARAMETERS.get(what, ())
    statuses = ["421", *(["404"] if what in ("rule", "proof") else ()), *(["400"] if what == "registered" else ())]
    statuses += ["503"] if what in ("proof", "registered") else []
    return {
        "operationId": what,
        "summary": en,
        **({"parameters": list(parameters)} if parameters else {}),
        "responses": {
            "200": {"description": en, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{what}"}}}},
            **{status: {"$ref": f"#/components/responses/{status}"} for status in statuses},
        },
    }


def _refusal(said: str) -> dict[str, Any]:
    error = {"schema": {"$ref": "#/components/schemas/error"}}
    return {
        "description": said,
        "content": {"application/json": error},
        "headers": {"Retry-After": {"schema": {"type": "integer"}}} if "Retry-After" in said else {},
    }


def _library_schemas() -> dict[str, Any]:
    text = {"type": "string"}
    both = _object({"zh": text, "en": text})
    clause = _object({"id": text, "reference": text, "confidence": text, "says": both})
    return {
        "rules": {"type": "array", "items": {"$ref": "#/components/schemas/rule"}},
        "rule": _object(
            {
                "id": text,
                "family": text,
                "family_title": both,
                "title": both,
                "status": text,
                "waivable": text,
                "severities": {"type": "array", "items": {"enum": list(SEVERITIES)}},
                "norms": {"type": "array", "items": _object({"norm": text, "clause": text})},
                "checks": both,
                "why": both,
                "waiver": both,
            }
        ),
        "norms": {
            "type": "array",
            "items": _object(
                {
                    "id": text,
                    "title": text,
                    "issuer": text,
                    "number": text,
                    "level": text,
                    "in_force": {"type": "string", "format": "date"},
                    "clauses": {"type": "array", "items": clause},
                }
            ),
        },
    }


def _register_schemas() -> dict[str, Any]:
    from assesslint.register.proofs import proof_schema
    from assesslint.register.record import record_schema

    proof = {key: value for key, value in proof_schema().items() if not key.startswith("$")}
    number = {"type": "integer", "minimum": 0}
    entry = _object({"number": number, "matching": {"type": "array", "items": number}, "record": record_schema()})
    return {"registered": {"type": "array", "items": entry}, "proof": proof}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties)}


def _moved(schema: Any) -> Any:
    """Return a schema whose references lead to where OpenAPI keeps schemas."""
    if isinstance(schema, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _moved(value) for key, value in schema.items()
        }
    return [_moved(each) for each in schema] if isinstance(schema, list) else schema
