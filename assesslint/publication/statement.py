"""What is signed of a published draft: an in-toto Statement v1 whose subjects are the files of the folder, and its JSON Schema.

Source: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from assesslint import __version__
from assesslint.findings.model import Report
from assesslint.linter.settings import Settings
from assesslint.policy.envelope import ALGORITHM, STATEMENT, canonical
from assesslint.policy.rulebook import Rulebook
from assesslint.policy.signing import pack_files
from assesslint.publication.configuration import CONFIGURATION_SCHEMA, configuration_to_json
from assesslint.reports.json import COUNTED, to_json

PREDICATE = "urn:assesslint:publication:v1"

Files = dict[str, bytes]
"""Name in the folder → content."""


def statement(
    files: Mapping[str, bytes], report: Report, settings: Settings, rulebook: Rulebook, acknowledged: Mapping[str, str]
) -> dict[str, Any]:
    """Return what is signed: the files by their digests, and how they were judged. `acknowledged` are notices by name, with the reasons."""
    found = to_json(report)
    return {
        "_type": STATEMENT,
        "subject": [{"name": name, "digest": {"sha256": sha256(files[name])}} for name in sorted(files)],
        "predicateType": PREDICATE,
        "predicate": {
            "tool": {"name": "assesslint", "version": __version__},
            "algorithms": {"digest": "sha256", "signature": ALGORITHM},
            "judged_on": report.judged_on.isoformat(),
            "rules": rules_to_json(rulebook),
            "configuration": configuration_to_json(settings),
            "counts": found["summary"],
            "acknowledged": [{"notice": name, "reason": reason} for name, reason in acknowledged.items()],
            "waivers": [],
            "decision": "passed",
        },
    }


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def rules_to_json(rulebook: Rulebook) -> dict[str, Any]:
    """Return the packs a rulebook consists of and the words it reads by, each by a digest of its files. Raises SourceError."""
    packs: list[dict[str, str]] = []
    words: dict[str, str] = {}
    for pack in rulebook.packs:
        digests = {name: sha256(data) for name, data in pack_files(pack.folder).items()}
        packs.append({"id": pack.id, "version": pack.version, "sha256": sha256(canonical(digests))})
        words |= {f"{pack.id}/{name}": own for name, own in digests.items() if name.startswith("lexicon/") or name == "vocabulary.toml"}
    return {"packs": packs, "lexicon": sha256(canonical(words))}


def attestation_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the statement in an attestation."""
    text, count, digest = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    said = {"type": "string", "pattern": r"\S"}
    day = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    counts = _object({**dict.fromkeys(COUNTED, count), "text_read": {"type": "number", "minimum": 0, "maximum": 1}})
    waiver = _object({"rule": said, "fingerprint": said, "reason": said, "approver": said, "until": day})
    subject = _object({"name": said, "digest": _object({"sha256": digest})})
    predicate = _object(
        {
            "tool": _object({"name": {"const": "assesslint"}, "version": text}),
            "algorithms": _object({"digest": {"enum": ["sha256"]}, "signature": {"enum": [ALGORITHM]}}),
            "judged_on": {**day, "description": "The day whose norms the draft was judged by; the only date here."},
            "rules": _object(
                {
                    "packs": {"type": "array", "minItems": 1, "items": _object({"id": said, "version": text, "sha256": digest})},
                    "lexicon": digest,
                }
            ),
            "configuration": CONFIGURATION_SCHEMA,
            "counts": counts,
            "acknowledged": {"type": "array", "items": _object({"notice": said, "reason": said})},
            "waivers": {"type": "array", "items": waiver, "description": "Signed by their approvers; none are given yet."},
            "decision": {"const": "passed"},
        }
    )
    predicate["properties"]["algorithms"]["description"] = "Named, so that others (SM3 and SM2) can take their place."
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": PREDICATE,
        "title": "assesslint publication",
        "description": "The payload, as canonical JSON (RFC 8785), of a DSSE envelope of type application/vnd.in-toto+json.",
        **_object(
            {
                "_type": {"const": STATEMENT},
                "subject": {"type": "array", "minItems": 1, "items": subject},
                "predicateType": {"const": PREDICATE},
                "predicate": predicate,
            }
        ),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with these keys and no others."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
