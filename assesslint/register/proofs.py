"""An entry of a register → a file that proves offline that a paper was registered, and such a file → what it proves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assesslint.policy.envelope import canonical
from assesslint.policy.sources import SourceError
from assesslint.publication.shapes import COUNT, DIGEST, closed, fault_at
from assesslint.publication.statement import sha256
from assesslint.register.heads import Head, opened_head
from assesslint.register.merkle import is_included, leaf_hash
from assesslint.register.record import MALFORMED, record_schema
from assesslint.register.register import Register

VERSION = 1

MOST_BYTES = 2_000_000
"""Largest proof that is read."""


@dataclass(frozen=True)
class Proved:
    """What a proof shows: the entry by its number and record, in the register as its keeper signed it with `head`."""

    head: Head
    number: int
    record: Mapping[str, Any]


def proof_of(register: Register, number: int) -> bytes:
    """Return the proof that an entry is in a register as it was signed last, as canonical JSON. Raises RunError for no such entry."""
    entry = register.entry(number)
    size, envelope = register.newest_head()
    return canonical(
        {
            "version": VERSION,
            "number": number,
            "record": entry.values,
            "path": [part.hex() for part in register.inclusion_proof(number, size)],
            "head": json.loads(envelope),
        }
    )


def proof_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a proof."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:assesslint:register-proof:v1",
        "title": "assesslint register proof",
        "description": "That an entry is in a register whose tree (RFC 9162, SHA-256) has the root signed in `head`, a DSSE envelope.",
        **closed(
            {
                "version": {"const": VERSION},
                "number": COUNT,
                "record": {**record_schema(), "description": "The entry; as canonical JSON (RFC 8785) it is the leaf of the tree."},
                "path": {"type": "array", "items": DIGEST},
                "head": {"type": "object"},
            }
        ),
    }


def proved(data: bytes, trusted: Mapping[str, bytes], shown: str) -> Proved:
    """Return what a proof shows. `trusted` are the keys of registers by id. Raises SourceError for one that shows nothing."""
    proof = _read(data)
    if proof is None:
        raise SourceError(f"{shown} 不是登记证明，或改动过", f"{shown} is no proof of registration, or was altered")
    head = opened_head(canonical(proof["head"]), trusted, shown)
    path = [bytes.fromhex(part) for part in proof["path"]]
    if not is_included(proof["number"], head.size, leaf_hash(canonical(proof["record"])), path, head.root):
        raise SourceError(f"{shown} 证明不了第 {proof['number']} 项在登记簿里", f"{shown} does not lead to the register it names")
    return Proved(head, proof["number"], proof["record"])


def _read(data: bytes) -> dict[str, Any] | None:
    """Return a proof as it is written, None for what is none, or is written otherwise."""
    try:
        proof: dict[str, Any] | None = json.loads(data) if len(data) <= MOST_BYTES else None
        return proof if fault_at(proof, proof_schema()) is None and canonical(proof) == data else None
    except MALFORMED:
        return None


def proves(proof: Proved, attestation: bytes) -> bool:
    """Tell whether what was proved is the registration of a paper with an attestation."""
    return bool(proof.record["attestation"] == sha256(attestation))
