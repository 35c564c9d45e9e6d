"""Where rules are said to be (a folder, a zip, a git revision) → a folder they can be loaded from.

Archives are untrusted: only files that a rule repository consists of are taken out, by their plain names, within bounds, into a
temporary folder that goes when it is no longer needed.
"""

from __future__ import annotations

import atexit
import hashlib
import shutil
import struct
import subprocess
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath

from assesslint.policy.pack import CENTRAL, FILE, installed_pack, page_files, read_pack

SUFFIXES = frozenset({".md", ".toml", ".csv", ".txt", ".json", ".sig"})
"""The kinds of file a rule repository consists of; all others are left in the archive."""

MOST_FILES, MOST_BYTES = 5_000, 50_000_000
GIT_SECONDS = 60

Member = tuple[str, int, Callable[[], bytes]]
"""Name, size as said, and what reads it."""

Above = Callable[[str], Iterable[Member] | None]
"""Gives the files of a pack by its name, where it has them."""


class SourceError(ValueError):
    """Rules cannot be had from where they are said to be; told in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en


@contextmanager
def opened(spec: str) -> Iterator[Path]:
    """Give the folder that `spec` names: a folder, a `.zip`, an installed pack (`central`), or `REVISION[:folder]` of the git repository
    around the working directory.

    A zip may be named with the digest it must have: `pack.zip#sha256=…`. Raises SourceError.
    """
    spec, _, digest = spec.partition("#sha256=")
    path = Path(spec)
    if digest and path.is_dir():
        raise SourceError(f"{path} 是文件夹，没有摘要；摘要只用于 zip 包", f"{path} is a folder and has no digest; zips have")
    if digest and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != digest.strip().lower():
        raise SourceError(f"{path} 的摘要与给出的不同，没有采用", f"{path} has another digest than the one given and was not used")
    there = path if spec and path.is_dir() else installed_pack(spec)
    if there is not None:
        yield there
        return
    if path.is_file() and path.suffix.lower() == ".zip":
        from_spec = unpacked(zip_members(path, path), partial(_zip_beside, path.parent))
    else:
        from_spec = unpacked(_tar_members(_git_archive(spec)), partial(_git_beside, spec))
    with from_spec as folder:
        yield folder


def _zip_beside(folder: Path, name: str) -> Iterable[Member] | None:
    above = folder / f"{name}.zip"
    return zip_members(above, above) if above.is_file() else None


def _git_beside(spec: str, name: str) -> Iterable[Member] | None:
    revision, _, folder = spec.partition(":")
    try:
        return _tar_members(_git_archive(f"{revision}:{(PurePosixPath(folder).parent / name).as_posix()}"))
    except SourceError:
        return None


def opened_for_the_run(spec: str) -> Path:
    """Return the folder that `spec` names; what was unpacked for it goes when the program ends. Raises SourceError."""
    return _RUN.enter_context(opened(spec))


def unpacked_for_the_run(members: Iterable[Member], above: Above) -> Path:
    """Return the folder these files were put in; it goes when the program ends. Raises SourceError."""
    return _RUN.enter_context(unpacked(members, above))


@contextmanager
def unpacked(members: Iterable[Member], above: Above) -> Iterator[Path]:
    """Give a folder with the files of a rule repository, in a folder of its own where only the packs it extends lie beside it.

    `above` gives the files of these, by name, None where it has none. Raises SourceError.
    """
    with tempfile.TemporaryDirectory(prefix="assesslint-") as around:
        own = Path(around) / "_pack"  # which is no pack's name
        own.mkdir()
        folder = _unpacked(members, own)
        extends = read_pack(folder)[0].extends
        while extends not in ("", CENTRAL) and not (place := folder.parent / extends).exists():
            found = above(extends)
            if found is None:
                break
            _unpacked(found, Path(tempfile.mkdtemp(dir=around))).rename(place)
            extends = read_pack(place)[0].extends
        yield folder


_RUN = ExitStack()
atexit.register(_RUN.close)


def _unpacked(members: Iterable[Member], folder: Path) -> Path:
    """Write the files of a rule repository into `folder`; return the place in it where the rules begin."""
    total = count = 0
    for name, size, read in members:
        plain = PurePosixPath(name.replace("\\", "/"))
        if plain.is_absolute() or ".." in plain.parts or ":" in plain.parts[0]:
            raise SourceError(f"包内有指向外部的路径 {name!r}", f"the pack holds the path {name!r}, which points outside of it")
        if plain.suffix.lower() not in SUFFIXES:
            continue
        count += 1
        data = read() if size <= MOST_BYTES - total else b""
        total += max(size, len(data))
        if count > MOST_FILES or total > MOST_BYTES:
            most = MOST_BYTES // 1_000_000
            zh = f"包太大：最多 {MOST_FILES} 个文件、{most} MB"
            raise SourceError(zh, f"the pack is too large: at most {MOST_FILES} files and {most} MB")
        target = folder / plain
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return _beginning(folder)


def _beginning(folder: Path) -> Path:
    """Return the folder itself where it names a pack or holds rules, else the only folder in it, however deep."""
    while not (folder / FILE).is_file():
        inner = list(folder.iterdir())
        if len(inner) != 1 or not inner[0].is_dir() or (page_files(folder) and not (inner[0] / FILE).is_file()):
            break
        folder = inner[0]
    return folder


def zip_members(zipped: Path | BytesIO, shown: Path) -> Iterator[Member]:
    """Yield the files of a zip, called `shown` in messages. Raises SourceError when it is damaged."""
    with whole(shown), zipfile.ZipFile(zipped) as archive:
        for member in archive.infolist():
            if not member.is_dir():
                yield member.filename, member.file_size, partial(_bounded, shown, archive, member)


def _bounded(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a member's bytes, no more than it says it has."""
    with whole(path), archive.open(member) as stream:
        return stream.read(member.file_size + 1)


@contextmanager
def whole(path: Path) -> Iterator[None]:
    """Say of whatever a damaged or encrypted zip raises that it is no complete one."""
    try:
        yield
    except SourceError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise SourceError(f"{path} 不是完整的 zip 包", f"{path} is no complete zip") from error


def _git_archive(spec: str) -> bytes:
    """Return the files of `REVISION[:folder]` (the folder `rules` unless given) as an archive. Raises SourceError."""
    revision, _, folder = spec.partition(":")
    git = shutil.which("git")
    missing = SourceError(
        f"没有文件夹或 zip 包 {spec}，也不是 git 版本", f"there is no folder or zip {spec}, and it is no git revision either"
    )
    if git is None or not revision or revision.startswith("-"):
        raise missing
    command = [git, "archive", "--format=tar", revision, "--", folder or "rules"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=GIT_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise missing from error
    if done.returncode:
        raise missing
    return done.stdout


def _tar_members(data: bytes) -> Iterator[Member]:
    """Yield the files of a tar archive."""
    with tarfile.open(fileobj=BytesIO(data)) as archive:
        for member in archive:
            if member.isfile():
                yield member.name, member.size, partial(_extracted, archive, member)


def _extracted(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    return stream.read() if stream else b""
