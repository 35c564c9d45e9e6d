"""An in-toto statement ↔ a DSSE envelope over its canonical JSON (RFC 8785), signed with Ed25519.

An envelope is read only in the one form it is written in: whatever else it holds, or holds twice, was never signed. No key is ever
taken from an envelope.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import Error as SigningError
from securesystemslib.signer import CryptoSigner, SSlibKey

from assesslint.policy.keys import key_id
from assesslint.policy.sources import SourceError

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
ALGORITHM = "ed25519"


def canonical(value: Any) -> bytes:
    """Return plain values as JSON in its one form (RFC 8785). Raises ValueError for a lone surrogate or an integer beyond 2⁵³."""
    return rfc8785.dumps(value)


def sealed(statement: Mapping[str, Any], key: Ed25519PrivateKey) -> bytes:
    """Return a statement in an envelope signed with a key."""
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    envelope = Envelope(canonical(statement), PAYLOAD_TYPE, {})
    envelope.sign(CryptoSigner(key, _known(key_id(public), public)))
    return canonical(envelope.to_dict())


def opened(data: bytes, trusted: Mapping[str, bytes], shown: str, trust_command: str) -> Mapping[str, Any]:
    """Return the statement in an envelope. `trusted` are public keys by id; the command named makes another key trusted.

    Raises SourceError unless every signature is of a trusted key and the envelope is written as `sealed` writes it.
    """
    try:
        envelope = Envelope.from_dict(json.loads(data))
        names = list(map(str, envelope.signatures))
        written = canonical(envelope.to_dict())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, SigningError) as error:
        raise SourceError(f"{shown} 的签名读不通，没有采用", f"the signature of {shown} cannot be read; it was not used") from error
    if not names or not trusted.keys() >= {*names}:
        untrusted = [name[:16] for name in names if name not in trusted]
        raise SourceError(
            f"{shown} 由未受信任的密钥签名（{'、'.join(untrusted)}），没有采用；向签名单位核实后，运行 assesslint {trust_command} 公钥文件",
            f"{shown} is signed by no trusted key ({', '.join(untrusted)}); not used. Ask who signed it, "
            f"then run assesslint {trust_command} KEYFILE",
        )
    try:
        envelope.verify([_known(name, trusted[name]) for name in names], len(names))
    except SigningError as error:
        raise _wrong(shown) from error
    if envelope.payload_type != PAYLOAD_TYPE:
        raise _wrong(shown)
    if written != data or any(each.unrecognized_fields for each in envelope.signatures.values()):
        raise _altered(shown)
    return _statement(envelope.payload, shown)


def signers(data: bytes) -> tuple[str, ...]:
    """Return the ids of the keys that signed an envelope which `opened` has accepted."""
    return tuple(each["keyid"] for each in json.loads(data)["signatures"])


def _statement(payload: bytes, shown: str) -> Mapping[str, Any]:
    try:
        statement = json.loads(payload)
        is_as_written = isinstance(statement, dict) and canonical(statement) == payload
    except (ValueError, RecursionError):
        is_as_written = False
    if not is_as_written:
        raise _altered(shown)
    return dict(statement)


def _known(name: str, public: bytes) -> SSlibKey:
    return SSlibKey(name, ALGORITHM, ALGORITHM, {"public": public.hex()})


def _wrong(shown: str) -> SourceError:
    return SourceError(f"{shown} 的签名不对，没有采用", f"the signature of {shown} is wrong; it was not used")


def _altered(shown: str) -> SourceError:
    return SourceError(
        f"{shown} 的签名不是签发时的写法（改动过，或有重复、多余的内容），没有采用",
        f"the signature of {shown} is not as it was written (altered, or holding something twice or too much); it was not used",
    )
