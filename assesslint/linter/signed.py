"""A pack that must be signed → its rules: only as a whole file, checked before anything in it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import partial
from io import BytesIO
from pathlib import Path

from assesslint.linter.errors import RunError
from assesslint.linter.inputs import why_not_opened
from assesslint.policy.pack import CENTRAL
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
        if digest and hashlib.sha256(data).hexdigest() != digest.strip().lower():
            raise SourceError(f"{path} 的摘要与给出的不同，没有采用", f"{path} has another digest than the one given and was not used")
        folder = unpacked_for_the_run(_members(data, path), partial(_signed_beside, Path(path)))
    except SourceError as error:
        raise RunError(error.zh, error.en) from error
    rulebook = load_rulebook(folder)
    if any(pack.id != CENTRAL and not pack.folder.is_relative_to(folder.parent) for pack in rulebook.packs):
        zh = f"{path} 扩展的规则包没有一起签名，没有采用"
        raise RunError(zh, f"{path} extends a pack that was not signed with it; it was not used")
    return rulebook


def _signed_beside(path: Path, name: str) -> Iterable[Member]:
    """Return the files of the signed pack that the one at `path` extends. Raises SourceError where it is not there or not trusted."""
    above = path.parent / f"{name}.zip"
    if not above.is_file():
        zh = f"{path} 扩展规则包“{name}”，要求签名时它也要签名：把签名的 {above.name} 放在同一文件夹下"
        en = f"{path} extends the pack “{name}”, which must be signed too: put the signed {above.name} beside it"
        raise SourceError(zh, en)
    return _members(read_whole(above), str(above))


def _members(data: bytes, path: str) -> Iterable[Member]:
    """Return the files of a pack that this user trusts: its very bytes, or a key that signed it. Raises SourceError otherwise."""
    trust = read_trust()
    if hashlib.sha256(data).hexdigest() in trust.packs:
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
        raise SourceError(f"{path}：{zh}", f"{path}: {en}") from error
    if len(data) > 2 * MOST_BYTES:
        raise SourceError(f"{path} 太大", f"{path} is too large")
    return data
