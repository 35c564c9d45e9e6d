"""PEM files ↔ Ed25519 keys, and the name by which a key is known."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from assesslint.policy.sources import SourceError


def new_key() -> tuple[bytes, bytes]:
    """Return a new key as PEM: the secret one, and the public one that others check signatures by."""
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def secret_key(pem: bytes) -> Ed25519PrivateKey:
    """Read a secret key. Raises SourceError when it is none."""
    try:
        key = load_pem_private_key(pem, None)
    except TypeError as error:
        raise SourceError("密钥设有口令，这里用不了", "the key is protected by a passphrase and cannot be used here") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SourceError("这不是签名用的私钥文件", "this is no file of a secret key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SourceError("只用 Ed25519 密钥签名，可用 assesslint keys new 新建", "only Ed25519 keys sign; assesslint keys new makes one")
    return key


def public_key(pem: bytes) -> bytes:
    """Return the 32 bytes of a public key. Raises SourceError when it is none."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SourceError("这不是公钥文件", "this is no file of a public key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise SourceError("只认 Ed25519 公钥", "only Ed25519 public keys are known")
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(public: bytes) -> str:
    """Return the name of a public key: a digest of its bytes."""
    return hashlib.sha256(public).hexdigest()
