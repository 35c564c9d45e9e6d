"""OUT of the command line → where the files of a run go: each written whole or not at all, none outside OUT, none over an input.

Below a folder OUT files stand as the drafts do below the folder that all paths given share.
"""

from __future__ import annotations

import errno
import filecmp
import os
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path, PurePath

from assesslint.findings.model import DraftInfo
from assesslint.linter.earlier_results import holds_nothing_else, is_earlier_result
from assesslint.linter.errors import RunError
from assesslint.linter.inputs import STDIN, is_folder
from assesslint.text.system_errors import why_refused

Drafts = Callable[[Iterable[DraftInfo], int], Iterable[DraftInfo]]
"""Passes drafts through, of which there are so many, and may show how far the work is."""


class Replacing:
    """Which files that are there already a run may replace: those that runs of ours wrote, and with `force` any.

    A converted draft bears no mark of ours and is told from nobody's work, except by the run that wrote it.
    """

    def __init__(self, *, force: bool = False) -> None:
        self._force = force
        self._written: set[str] = set()

    def allows(self, file: Path) -> bool:
        return self._force or os.path.realpath(file) in self._written or holds_nothing_else(file)

    def note(self, file: Path) -> None:
        """Take note of a file this run wrote, which it may write again."""
        self._written.add(os.path.realpath(file))


class Output:
    """`path` as given; `is_folder` tells whether files go into it or it is the one file.

    Raises RunError where no output can go: the standard output, a place whose folder is not there or may not be written to, a draft or
    folder of drafts, a file that `replacing` does not allow to be replaced. A link is replaced itself; in a folder OUT a file is.
    """

    def __init__(self, out: str, given: Sequence[str], *, is_folder: bool, replacing: Replacing) -> None:
        self.path = Path(out)
        self.is_folder = is_folder
        self._replacing = replacing
        self._top = _shared_folder(given)
        self._inputs: set[tuple[int, int]] = set()
        self._taken: set[str] = set()
        self.written: list[Path] = []
        if not out or out == STDIN:
            raise RunError("请写明结果写到哪里：一个文件名或文件夹", "Name a file or a folder to write to")
        folder = os.path.realpath(out) if is_folder else os.path.realpath(self.path.parent)
        self._root = Path(folder)
        above = self._root.parent if is_folder else self._root
        if not above.is_dir():
            raise RunError(f"没有文件夹 {above}，请先建好再写出 {out}", f"There is no folder {above}; make it before {out} is written")
        if is_folder and self._root.exists() and not self._root.is_dir():
            zh = f"{out} 是文件，不是文件夹：检查文件夹或几个文件时，结果要写进一个文件夹"
            raise RunError(zh, f"{out} is a file: what is written for several drafts goes into a folder")
        if not is_folder and is_meant_as_folder(out):
            raise RunError(f"{out} 是文件夹，不能写成文件", f"{out} is a folder and cannot be written as a file")
        if not _is_stream(self.path) and not os.access(self._root if self._root.is_dir() else above, os.W_OK):
            raise RunError(f"没有写出 {out}：没有写入权限", f"{out} cannot be written: no permission to write there")
        for path in given:
            if os.path.realpath(path) == os.path.realpath(out) or (_identity(path) is not None and _identity(path) == _identity(out)):
                zh = f"{out} 就是被检查的文件或文件夹，不会覆盖它；请另写一个名称"
                raise RunError(zh, f"{out} is what is to be checked and will not be written over; choose another name")
        if not is_folder and _identity(out) is not None and _lies_in(self.path, given) and not is_earlier_result(self.path):
            zh = f"{out} 在被检查的文件夹里，而且不是以前检查写出的文件，不会覆盖它；请另写一个名称"
            raise RunError(zh, f"{out} lies in a folder to be checked and no earlier run wrote it; choose another name")
        if not is_folder and _is_own_file(self.path) and not (replacing.allows(self.path) or _is_copy(self.path, given)):
            zh = f"已有文件 {out}，看不出是以前检查写出的，没有覆盖；请另写一个名称，确实要替换它请加 --force"
            raise RunError(zh, f"{out} is there already and no earlier run seems to have written it; choose another name, or add --force")

    def is_same(self, other: Output) -> bool:
        """Tell whether both go to the same place."""
        return os.path.realpath(self.path) == os.path.realpath(other.path)

    def protect(self, paths: Iterable[str | Path | None]) -> None:
        """Take note of files that must never be written over, by whatever name or link they are reached."""
        self._inputs |= {identity for path in paths if path is not None and (identity := _identity(path))}

    def name_for(self, draft: str) -> PurePath:
        """Return the name below OUT that mirrors where a draft lies; its own name alone where it lies elsewhere."""
        name = PurePath(os.path.relpath(_absolute(draft), self._top)) if self._top else PurePath(draft)
        return name if self._top and ".." not in name.parts else PurePath(name.name)

    def write(self, name: PurePath, data: bytes) -> Path:
        """Write a file, at `name` below OUT where that is a folder, and return where. Raises RunError, leaving nothing half written."""
        try:
            if self.is_folder:
                self._root.mkdir(exist_ok=True)
                target = self._folder(name.parent) / self._free(name)
            else:
                target = self._root / self.path.name
            if target.is_dir():
                raise RunError(f"{target} 是文件夹，不能写成文件", f"{target} is a folder and cannot be written as a file")
            if _identity(target) in self._inputs:
                raise RunError(f"{target} 是本次检查用到的文件，没有覆盖", f"{target} is a file this run reads, and was not written over")
            _write(target, data)
            self._replacing.note(target)
        except OSError as error:
            raise self._failed(error, name) from error
        shown = self.path / target.relative_to(self._root) if self.is_folder else self.path
        self.written.append(shown)
        return shown

    def _folder(self, below: PurePath) -> Path:
        """Return a folder below OUT, made where it is missing. Raises RunError when a link in it leads out of OUT."""
        folder = self._root
        for part in below.parts:
            folder = folder / part
            folder.mkdir(exist_ok=True)
            if not Path(os.path.realpath(folder)).is_relative_to(self._root):
                raise RunError(f"{folder} 指向 {self.path} 之外，没有写入", f"{folder} leads out of {self.path}; nothing was written there")
        return folder

    def _free(self, name: PurePath) -> str:
        """Return a file name that no other file of this run has taken in its folder, small and capital letters being alike."""
        number, free = 1, name
        while (key := unicodedata.normalize("NFC", str(free)).casefold()) in self._taken:
            number += 1
            free = name.with_name(f"{name.stem} ({number}){name.suffix}")
        self._taken.add(key)
        return free.name

    def _failed(self, error: OSError, name: PurePath) -> RunError:
        place = self.path / name if self.is_folder else self.path
        zh, en = _why_not_written(error)
        if self.written:
            zh, en = f"{zh}；此前已写出 {len(self.written)} 个文件", f"{en}; {len(self.written)} files were written before"
        return RunError(f"没有写出 {place}：{zh}", f"{place} was not written: {en}")


def is_one_file(given: Sequence[str]) -> bool:
    """Tell whether the paths given are one file and no folder."""
    return len(given) == 1 and not is_folder(Path(given[0]))


def is_meant_as_folder(out: str) -> bool:
    """Tell whether OUT is a folder, or written as one: `copies/`."""
    return out.endswith(("/", os.sep)) or is_folder(Path(out))


def _shared_folder(given: Sequence[str]) -> str:
    """Return the lowest folder that all paths given lie in, nothing where they lie on several drives of Windows."""
    places = [_absolute(path) for path in given]
    try:
        return os.path.commonpath([place if is_folder(place) else place.parent for place in places])
    except ValueError:
        return ""


def _absolute(path: str) -> Path:
    """Return a path from the root, without following links."""
    return Path(os.path.normpath(Path(path).absolute()))


def _identity(path: str | Path) -> tuple[int, int] | None:
    """Return what tells a file from all others whatever it is called, None when it is not there."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _lies_in(path: Path, given: Sequence[str]) -> bool:
    """Tell whether a file lies in one of the folders given, at any depth."""
    real = Path(os.path.realpath(path))
    return any(is_folder(Path(folder)) and real.is_relative_to(os.path.realpath(folder)) for folder in given)


def _is_own_file(path: Path) -> bool:
    """Tell whether a file is there, and no link to one, which is replaced without harm to what it leads to."""
    return _identity(path) is not None and path.is_file() and not path.is_symlink()


def _is_copy(path: Path, given: Sequence[str]) -> bool:
    """Tell whether a file says byte for byte what one of those given does, as the copy of a draft that needed no notes."""
    return any(_identity(file) is not None and Path(file).is_file() and filecmp.cmp(file, path, shallow=False) for file in given)


def _is_stream(target: Path) -> bool:
    """Tell whether a place is a device or a pipe, or leads to an open file as /dev/stdout does: such are written to, never replaced."""
    try:
        leads_on = target.is_symlink() and target.parts[1:2] in (("dev",), ("proc",))
        return leads_on or (target.exists() and not target.is_file())
    except OSError:
        return False


def write_over(target: Path, data: bytes) -> None:
    """Write a file anew that this run has read, with the permissions it has. Raises RunError, leaving it as it was."""
    try:
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "read only")
        _write(target, data, target.stat().st_mode)
    except OSError as error:
        zh, en = _why_not_written(error)
        raise RunError(f"没有写出 {target}：{zh}", f"{target} was not written: {en}") from error


def _write(target: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file beside its place and move it there, so that it is whole or not there."""
    if _is_stream(target):
        target.write_bytes(data)
        return
    beside = target.with_name(f".assesslint-{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
        if mode is not None:
            beside.chmod(mode)
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _why_not_written(error: OSError) -> tuple[str, str]:
    if isinstance(error, PermissionError):
        return "没有写入权限，或文件正在别的程序中打开", "no permission to write there, or another program has the file open"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "路径中有同名的文件", "a file is in the way"
    return why_refused(error)
