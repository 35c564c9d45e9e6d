"""A pack ↔ one signed file: a zip of its files and, over the names and digests of them all, a DSSE envelope signed with Ed25519.

The same folder and key give the same bytes. A signed pack is read only as it was written: byte for byte, nothing more and nothing less.
The payload is an in-toto statement: its subjects are the files, its predicate names pack and version.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from assesslint.policy.pack import FILE, read_pack
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import load_rulebook
from assesslint.policy.sources import MOST_BYTES, MOST_FILES, SUFFIXES, SourceError, whole

ENVELOPE = "signature.dsse.json"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:assesslint:pack:v1"

_DATE = (1980, 1, 1, 0, 0, 0)

Files = dict[str, bytes]
"""Name in the pack → content."""


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── signing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def sign_pack(folder: Path, key: Ed25519PrivateKey) -> bytes:
    """Return a folder as a signed pack. Raises RulebookError when it does not load, SourceError when it cannot be signed."""
    files = _files(folder)
    if FILE not in files:
        raise SourceError(f"{folder} 没有 {FILE}，不能签名：先写明 id 和 version", f"{folder} has no {FILE} to name its id and version")
    load_rulebook(folder)
    pack, problems = read_pack(folder)
    if problems:
        raise RulebookError(problems)
    payload = canonical(statement(pack.id, pack.version, files))
    signature = {"keyid": key_id(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)), "sig": _base64(key.sign(_pae(payload)))}
    envelope = {"payload": _base64(payload), "payloadType": PAYLOAD_TYPE, "signatures": [signature]}
    return packed({**files, ENVELOPE: canonical(envelope)})


def _files(folder: Path) -> Files:
    """Return the files a pack consists of. Raises SourceError when there is a link among them, or too much."""
    found: Files = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise SourceError(f"{name} 是链接，规则包里不能有链接", f"{name} is a link; a pack holds none")
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and path.suffix.lower() in SUFFIXES and not hidden and name != ENVELOPE:
            found[name] = path.read_bytes()
    if len(found) > MOST_FILES or sum(map(len, found.values())) > MOST_BYTES:
        raise SourceError("包太大，不能签名", "the pack is too large to be signed")
    return found


def statement(pack: str, version: str, files: Mapping[str, bytes]) -> Mapping[str, Any]:
    """Return what is signed: the files with their digests, and which pack and version they are."""
    subjects = [{"digest": {"sha256": hashlib.sha256(data).hexdigest()}, "name": name} for name, data in sorted(files.items())]
    predicate = {"id": pack, "version": version}
    return {"_type": STATEMENT, "predicate": predicate, "predicateType": PREDICATE, "subject": subjects}


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return JSON in its one form: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a zip that depends on nothing but the files: sorted, not compressed, with one fixed date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def _pae(payload: bytes) -> bytes:
    """Return the bytes that DSSE has signed for a payload."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


# ── checking ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def verified(data: bytes, trusted: Mapping[str, bytes], shown: str) -> Files:
    """Return the files of a signed pack, its envelope left out. `trusted` are public keys by id; `shown` is what messages call the pack.

    Raises SourceError when it is not signed, not signed by any of these keys, or not as it was when it was signed.
    """
    files = _unzipped(data, shown)
    envelope = files.pop(ENVELOPE, None)
    if envelope is None:
        raise SourceError(f"{shown} 没有签名，没有采用", f"{shown} is not signed and was not used")
    signed = _signed(envelope, trusted, shown)
    predicate = signed.get("predicate")
    named = (predicate.get("id"), predicate.get("version")) if isinstance(predicate, dict) else ("", "")
    if signed != statement(str(named[0]), str(named[1]), files):
        changed = _changed(signed, files)
        raise SourceError(
            f"{shown} 与签名不符(签名是为规则包 {named[0]} {named[1]} 作的；不符的文件：{'、'.join(changed)})，没有采用",
            f"{shown} is not what was signed (that was {named[0]} {named[1]}; files that differ: {', '.join(changed)}); not used",
        )
    if packed({**files, ENVELOPE: envelope}) != data:
        raise SourceError(f"{shown} 在签名后改动过，没有采用", f"{shown} was altered after it was signed and was not used")
    return files


def _unzipped(data: bytes, shown: str) -> Files:
    """Return the members of a zip as `packed` writes them."""
    files: Files = {}
    with whole(Path(shown)), zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > MOST_FILES + 1 or any(member.compress_type != zipfile.ZIP_STORED for member in members):
            raise SourceError(f"{shown} 没有签名，没有采用：签名的包由 rules sign 打出", f"{shown} is not signed: rules sign packs what is")
        for member in members:
            with archive.open(member) as stream:
                files[member.filename] = stream.read(len(data))
    return files


def _signed(envelope: bytes, trusted: Mapping[str, bytes], shown: str) -> Mapping[str, Any]:
    """Return the payload of an envelope that one of the trusted keys has signed."""
    try:
        read = json.loads(envelope)
        payload, kind = base64.b64decode(read["payload"], validate=True), read["payloadType"]
        signatures = [(str(each["keyid"]), base64.b64decode(each["sig"], validate=True)) for each in read["signatures"]]
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise SourceError(f"{shown} 的签名读不通，没有采用", f"the signature of {shown} cannot be read; it was not used") from error
    known = [(trusted[name], signature) for name, signature in signatures if name in trusted]
    if not known:
        names = "、".join(name[:16] for name, _ in signatures)
        raise SourceError(
            f"{shown} 由未受信任的密钥签名({names})，没有采用；向发布单位核实后，运行 assesslint rules trust 公钥文件",
            f"{shown} is signed by no trusted key ({names}); not used. Ask its publisher, then run assesslint rules trust KEYFILE",
        )
    if kind != PAYLOAD_TYPE or not any(_holds(public, signature, payload) for public, signature in known):
        raise SourceError(f"{shown} 的签名不对，没有采用", f"the signature of {shown} is wrong; it was not used")
    try:
        signed = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{shown} 的签名读不通，没有采用", f"the signature of {shown} cannot be read; it was not used") from error
    return signed if isinstance(signed, dict) else {}


def _holds(public: bytes, signature: bytes, payload: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _pae(payload))
    except InvalidSignature:
        return False
    return True


def _changed(signed: Mapping[str, Any], files: Mapping[str, bytes]) -> list[str]:
    """Return the names of the files that are not as signed, the first few of them."""
    subjects = signed.get("subject")
    known = {str(s.get("name")): s.get("digest") for s in subjects if isinstance(s, dict)} if isinstance(subjects, list) else {}
    now = {name: {"sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()}
    differ = sorted(name for name in {*known, *now} if known.get(name) != now.get(name))
    return differ[:5] or [ENVELOPE]
