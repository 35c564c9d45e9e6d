"""The size and root of a register's tree ↔ a signed head: an in-toto statement in a DSSE envelope by the key of who keeps the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assesslint.policy.envelope import ALGORITHM, STATEMENT, opened, sealed
from assesslint.policy.sources import SourceError
from assesslint.publication.shapes import COUNT, DIGEST, SAID, closed, fault_at

PREDICATE = "urn:assesslint:register-head:v1"

_SCHEMA = closed(
    {
        "_type": {"const": STATEMENT},
        "subject": {"type": "array", "minItems": 1, "maxItems": 1, "items": closed({"name": SAID, "digest": closed({"sha256": DIGEST})})},
        "predicateType": {"const": PREDICATE},
        "predicate": closed(
            {"size": COUNT, "algorithms": closed({"tree": {"enum": ["rfc9162-sha256"]}, "signature": {"enum": [ALGORITHM]}})}
        ),
    }
)


@dataclass(frozen=True)
class Head:
    """The state of a register: `register` is its id, `size` the number of its entries, `root` the hash of the tree over them."""

    register: str
    size: int
    root: bytes


def signed_head(head: Head, key: Ed25519PrivateKey) -> bytes:
    """Return a head in an envelope signed with a key."""
    return sealed(
        {
            "_type": STATEMENT,
            "subject": [{"name": head.register, "digest": {"sha256": head.root.hex()}}],
            "predicateType": PREDICATE,
            "predicate": {"size": head.size, "algorithms": {"tree": "rfc9162-sha256", "signature": ALGORITHM}},
        },
        key,
    )


def opened_head(envelope: bytes, trusted: Mapping[str, bytes], shown: str) -> Head:
    """Return the head in an envelope. `trusted` are the keys of registers by id. Raises SourceError unless one of them signed it."""
    statement = opened(envelope, trusted, shown, "keys trust --for register")
    if fault_at(statement, _SCHEMA) is not None:
        raise SourceError(f"{shown} 签名的内容不是登记簿的状态", f"what {shown} signs is no head of a register")
    [subject] = statement["subject"]
    return Head(subject["name"], statement["predicate"]["size"], bytes.fromhex(subject["digest"]["sha256"]))
