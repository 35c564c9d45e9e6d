"""A pack ↔ one signed file: a zip of its files and, over the names and digests of them all, a DSSE envelope signed with Ed25519.

The same folder and key give the same bytes. A signed pack is read only as it was written: byte for byte, nothing more and nothing less.
The payload is an in-toto statement: its subjects are the files, its predicate names pack and version.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assesslint.policy.envelope import STATEMENT, opened, sealed
from assesslint.policy.pack import FILE, read_pack
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import load_rulebook
from assesslint.policy.sources import MOST_BYTES, MOST_FILES, SUFFIXES, SourceError, whole

ENVELOPE = "signature.dsse.json"
PREDICATE = "urn:assesslint:pack:v1"

_DATE = (1980, 1, 1, 0, 0, 0)

Files = dict[str, bytes]
"""Name in the pack → content."""


# ── signing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def sign_pack(folder: Path, key: Ed25519PrivateKey) -> bytes:
    """Return a folder as a signed pack. Raises RulebookError when it does not load, SourceError when it cannot be signed."""
    files = pack_files(folder)
    if FILE not in files:
        raise SourceError(f"{folder} 没有 {FILE}，不能签名：先写明 id 和 version", f"{folder} has no {FILE} to name its id and version")
    load_rulebook(folder)
    pack, problems = read_pack(folder)
    if problems:
        raise RulebookError(problems)
    return packed({**files, ENVELOPE: sealed(statement(pack.id, pack.version, files), key)})


def pack_files(folder: Path) -> Files:
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


# ── checking ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def verified(data: bytes, trusted: Mapping[str, bytes], shown: str) -> Files:
    """Return the files of a signed pack, its envelope left out. `trusted` are public keys by id; `shown` is what messages call the pack.

    Raises SourceError when it is not signed, not signed by any of these keys, or not as it was when it was signed.
    """
    files = _unzipped(data, shown)
    envelope = files.pop(ENVELOPE, None)
    if envelope is None:
        raise SourceError(f"{shown} 没有签名，没有采用", f"{shown} is not signed and was not used")
    signed = opened(envelope, trusted, shown, "rules trust")
    predicate = signed.get("predicate")
    named = (predicate.get("id"), predicate.get("version")) if isinstance(predicate, dict) else ("", "")
    if signed != statement(str(named[0]), str(named[1]), files):
        changed = _changed(signed, files)
        raise SourceError(
            f"{shown} 与签名不符（签名是为规则包 {named[0]} {named[1]} 作的；不符的文件：{'、'.join(changed)}），没有采用",
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


def _changed(signed: Mapping[str, Any], files: Mapping[str, bytes]) -> list[str]:
    """Return the names of the files that are not as signed, the first few of them."""
    subjects = signed.get("subject")
    known = {str(s.get("name")): s.get("digest") for s in subjects if isinstance(s, dict)} if isinstance(subjects, list) else {}
    now = {name: {"sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()}
    differ = sorted(name for name in {*known, *now} if known.get(name) != now.get(name))
    return differ[:5] or [ENVELOPE]
