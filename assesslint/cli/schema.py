"""`assesslint schema scheme|report|config|attestation|waiver|proof`: the JSON Schemas others may rely on."""

from __future__ import annotations

from typing import Any

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import lang_option
from assesslint.cli.signatures import library


def _scheme() -> dict[str, Any]:
    from assesslint.scheme.json_form import scheme_schema

    return scheme_schema()


def _report() -> dict[str, Any]:
    from assesslint.reports.json import report_schema

    return report_schema()


def _config() -> dict[str, Any]:
    from assesslint.linter.configuration_model import Configuration

    return Configuration.model_json_schema()


def _attestation() -> dict[str, Any]:
    with library():
        from assesslint.publication.statement import attestation_schema
    return attestation_schema()


def _waiver() -> dict[str, Any]:
    with library():
        from assesslint.publication.waivers import waiver_schema
    return waiver_schema()


def _proof() -> dict[str, Any]:
    from assesslint.cli.register import register_library

    with register_library():
        from assesslint.register.proofs import proof_schema
    return proof_schema()


SCHEMAS = {"scheme": _scheme, "report": _report, "config": _config, "attestation": _attestation, "waiver": _waiver, "proof": _proof}


@click.command(cls=Command, short_help="打印 JSON Schema / print a JSON Schema")
@click.argument("name", type=click.Choice(list(SCHEMAS)))
@lang_option
def schema(name: str, lang: str | None) -> None:  # noqa: ARG001 - for its help page
    """打印方案（scheme）、报告（report）、配置（config）、签发证明（attestation）、豁免（waiver）或登记证明（proof）的 JSON Schema。

    Print the JSON Schema of schemes, reports, the configuration, attestations, signed waivers or proofs of registration.
    """
    import json

    click.echo(json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2).encode("utf-8"))
