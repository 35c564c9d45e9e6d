"""What is signed of a published draft: an in-toto Statement v1 whose subjects are the files of the folder, and its JSON Schema.

Source: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from assesslint import __version__
from assesslint.findings.model import Report
from assesslint.linter.settings import Settings
from assesslint.policy.envelope import ALGORITHM, STATEMENT, canonical
from assesslint.policy.rulebook import Rulebook
from assesslint.policy.signing import pack_files
from assesslint.publication.configuration import CONFIGURATION_SCHEMA, configuration_to_json
from assesslint.publication.shapes import COUNT, DAY, DIGEST, SAID, TEXT, closed, statement_schema
from assesslint.reports.json import COUNTED, to_json

PREDICATE = "urn:assesslint:publication:v1"

Files = dict[str, bytes]
"""Name in the folder → content."""


def statement(
    files: Mapping[str, bytes],
    report: Report,
    settings: Settings,
    rulebook: Rulebook,
    *,
    acknowledged: Mapping[str, str],
    superior: Sequence[str],
    waivers: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return what is signed: the files by their digests, and how they were judged.

    `acknowledged` are notices by name, with the reasons; `superior` names the schemes of the superior's paper it was compared with,
    none where there was no such paper; `waivers` are those of the approvers.
    """
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
            "superior": list(superior),
            "waivers": list(waivers),
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
    counts = closed({**dict.fromkeys(COUNTED, COUNT), "text_read": {"type": "number", "minimum": 0, "maximum": 1}})
    waiver = closed(
        {
            "rule": SAID,
            "scheme": TEXT,
            "indicator": TEXT,
            "fingerprint": SAID,
            "reason": SAID,
            "approver": SAID,
            "until": DAY,
            "signed_by": {**DIGEST, "description": "The id of the approver's key."},
        }
    )
    subject = closed({"name": SAID, "digest": closed({"sha256": DIGEST})})
    superior = {"type": "array", "items": TEXT, "description": "The schemes of the superior's paper it was compared with."}
    predicate = closed(
        {
            "tool": closed({"name": {"const": "assesslint"}, "version": TEXT}),
            "algorithms": closed({"digest": {"enum": ["sha256"]}, "signature": {"enum": [ALGORITHM]}}),
            "judged_on": {**DAY, "description": "The day whose norms the draft was judged by; the only date here."},
            "rules": closed(
                {
                    "packs": {"type": "array", "minItems": 1, "items": closed({"id": SAID, "version": TEXT, "sha256": DIGEST})},
                    "lexicon": DIGEST,
                }
            ),
            "configuration": CONFIGURATION_SCHEMA,
            "counts": counts,
            "acknowledged": {"type": "array", "items": closed({"notice": SAID, "reason": SAID})},
            "superior": superior,
            "waivers": {"type": "array", "items": waiver, "description": "As their approvers signed them, in the order of the files."},
            "decision": {"const": "passed"},
        }
    )
    predicate["properties"]["algorithms"]["description"] = "Named, so that others (SM3 and SM2) can take their place."
    return statement_schema("assesslint publication", PREDICATE, {"items": subject}, predicate)
