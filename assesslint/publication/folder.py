"""Files ↔ a published folder: written whole or not at all, read without following a link or taking more than it may hold."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from assesslint.linter.errors import RunError
from assesslint.linter.inputs import why_not_opened
from assesslint.publication.said import Said
from assesslint.publication.statement import Files
from assesslint.text.system_errors import why_refused

MOST_NAMES = 50
"""How many names in a folder are looked at; a published one has four, one for the superior's scheme and one for each waiver."""

MOST_BYTES = 200_000_000


def write_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder, beside its place and then moved there. Raises RunError, leaving nothing."""
    refuse_taken(out)
    beside = out.with_name(f".assesslint-{secrets.token_hex(8)}.tmp")
    try:
        beside.mkdir()
        for name, data in files.items():
            (beside / name).write_bytes(data)
        beside.rename(out)
    except BaseException as error:
        with suppress(OSError):
            shutil.rmtree(beside)
        if isinstance(error, OSError):
            zh, en = why_refused(error)
            raise RunError(f"没有写出 {out}：系统不能写入（{zh}）", f"{out} was not written: {en}") from error
        raise


def refuse_taken(out: Path) -> None:
    """Raise RunError where no new folder can be made."""
    if os.path.lexists(out):
        raise RunError(f"{out} 已有，不会覆盖；请另写一个名称", f"{out} is there already and is not written over; choose another name")
    if not out.parent.is_dir():
        raise RunError(f"没有文件夹 {out.parent}，请先建好", f"There is no folder {out.parent}; make it first")


def read_folder(folder: Path) -> tuple[Files, list[Said]]:
    """Return the files of a folder, and a sentence for each thing in it that is none. Raises RunError where there is no folder."""
    if folder.is_file():
        zh = f"{folder} 是文件，请写所在的文件夹，即 assesslint publish 写出的那个"
        raise RunError(zh, f"{folder} is a file; name the folder that assesslint publish wrote")
    if not folder.exists():
        raise RunError(f"没有文件夹 {folder}，请核对名称", f"There is no folder {folder}; check the name")
    try:
        names = sorted(entry.name for entry, _ in zip(folder.iterdir(), range(MOST_NAMES), strict=False))
    except OSError as error:
        zh, en = why_not_opened(folder, error)
        raise RunError(f"{folder}：{zh}", f"{folder}: {en}") from error
    files: Files = {}
    faults: list[Said] = []
    for name in names:
        try:
            files[name] = _read(folder / name, MOST_BYTES - sum(map(len, files.values())))
        except ValueError:
            zh = f"{name} 不是签发的文件（链接、文件夹，或太大）"
            faults.append((zh, f"{name} is no published file: a link, a folder, or too large"))
        except OSError as error:
            zh, en = why_not_opened(folder / name, error)
            faults.append((f"{name} {zh}", f"{name}: {en}"))
    return files, faults


def _read(path: Path, most: int) -> bytes:
    """Return the bytes of a file. Raises OSError, and ValueError when it is no plain file or has more than `most`."""
    if path.is_symlink() or not path.is_file():
        raise ValueError(path)
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError(path)
    return data
