"""A pack that must be signed → its rules: only as a whole file, checked before anything in it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import partial
from io import BytesIO
from pathlib import Path

from assesslint.linter.errors import RunError
from assesslint.linter.inputs import why_not_opened
from assesslint.policy.pack import CENTRAL, read_pack
from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.policy.sources import MOST_BYTES, Member, SourceError, unpacked_for_the_run, zip_members
from assesslint.policy.trust import read_trust

NO_LIBRARY = (
    "签名需要另外安装加密库，请运行 pip install 'assesslint[sign]'",
    "Signatures need a library that is not installed; run pip install 'assesslint[sign]'",
)


def open_signed(spec: str) -> Rulebook:
    """Return the rules of a signed pack. Raises RunError when it may not be used, RulebookError when it does not load."""
    path, _, digest = spec.partition("#sha256=")
    if not Path(path).is_file():
        zh = f"规则要求签名，{path} 不是签名的规则包；签名的包是 rules sign 打出的 zip"
        raise RunError(zh, f"Rules must be signed and {path} is no signed pack; a signed pack is a zip made by rules sign")
    try:
        data = read_whole(Path(path))
        own = hashlib.sha256(data).hexdigest()
        if digest and own != digest.strip().lower():
            raise SourceError(f"{path} 的摘要与给出的不同，没有采用", f"{path} has another digest than the one given and was not used")
        folder = unpacked_for_the_run(_members(data, path, own))
    except SourceError as error:
        raise RunError(error.zh, error.en) from error
    pack, problems = read_pack(folder)
    if not problems and pack.extends not in ("", CENTRAL):
        zh = f"{path} 扩展的规则包“{pack.extends}”没有签名可查，要求签名时只能扩展中央规则包"
        raise RunError(zh, f"{path} extends “{pack.extends}”, whose signature cannot be checked; it may only extend the central one")
    return load_rulebook(folder)


def _members(data: bytes, path: str, digest: str) -> Iterable[Member]:
    """Return the files of a pack that this user trusts: its very bytes, or a key that signed it. Raises SourceError otherwise."""
    trust = read_trust()
    if digest in trust.packs:
        return zip_members(BytesIO(data), Path(path))
    try:
        from assesslint.policy.signing import verified
    except ModuleNotFoundError as error:
        raise SourceError(*NO_LIBRARY) from error

    return [(name, len(content), partial(bytes, content)) for name, content in verified(data, trust.keys, path).items()]


def read_whole(path: Path) -> bytes:
    """Return the bytes of a pack or key. Raises SourceError when it cannot be read or is too large for either."""
    try:
        with path.open("rb") as file:
            data = file.read(2 * MOST_BYTES + 1)
    except OSError as error:
        zh, en = why_not_opened(path, error)
        raise SourceError(f"{path}: {zh}", f"{path}: {en}") from error
    if len(data) > 2 * MOST_BYTES:
        raise SourceError(f"{path} 太大", f"{path} is too large")
    return data
