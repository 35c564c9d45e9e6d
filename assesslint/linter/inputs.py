"""Paths as given → the drafts to read, in a fixed order, and a finding for each that cannot be opened.

Folders are walked sorted; hidden files are passed over; a link is followed where it stays inside the folder named, and once.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from assesslint.documents.unreadable import raised
from assesslint.findings.model import Finding
from assesslint.linter.earlier_results import is_earlier_report
from assesslint.linter.faults import file_fault
from assesslint.linter.opinion_sheets import is_opinion_sheet
from assesslint.policy.pack import FILE as PACK_FILE
from assesslint.text.system_errors import why_refused

STDIN = "-"

LOCKS = ("~$", ".~")
"""How the names of files begin that Word, WPS and LibreOffice keep beside a file while someone has it open."""

_README = re.compile(r"readme(\.[\w-]+)?\.(md|markdown|txt)", re.IGNORECASE)
"""The text that tells what a folder of a repository holds: README.md, README.zh-CN.md."""

_ITEMS = re.compile(rb'"items"\s*:\s*\[')
"""What a scheme in JSON has and the settings of other programs lack."""

HEAD_OF_JSON = 1_000_000
"""Bytes of a JSON file within which that stands."""


@dataclass(frozen=True, slots=True)
class Input:
    """One draft to read: `shown` is its name in findings, `file` where it lies, None for the standard input.

    `data` is what it holds, where that is at hand already, whatever the file may hold. `in_folder`: a folder was named and not the file.
    """

    shown: str
    file: Path | None
    data: bytes | None = None
    in_folder: bool = False


@dataclass(frozen=True, slots=True)
class Unopened:
    """A place in the order of inputs where nothing can be opened."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class Passed:
    """A file of a folder that is passed over.

    `why` tells that its kind is no kind of draft, that it is JSON of something else, that an office program made it to lock a file, that
    it leads out of the folder, that it says what the folder holds, that it is a folder of rules, that this run writes its results there,
    or that it is the opinion sheet or report of an earlier run.
    """

    shown: str
    why: Literal["kind", "json", "lock", "link", "readme", "rules", "output", "sheet", "report"] = "kind"


def find_inputs(
    paths: Iterable[str],
    *,
    is_draft: Callable[[str], bool],
    exclude: tuple[str, ...] = (),
    outputs: Iterable[str] = (),
    stdin_filename: str = "",
    lang: str = "zh",
) -> Iterator[Input | Unopened | Passed]:
    """Yield what `paths` name, each file once.

    A file named outright is read whatever its kind; a file met in a folder only if `is_draft` knows its name and if it is no README,
    opinion sheet or report. The files and folders `outputs` are passed over when met in a folder.
    """
    written = {os.path.realpath(path) for path in outputs}
    read: set[str] = set()
    walked: set[str] = set()
    for path in paths:
        if path == STDIN:
            yield Input(stdin_filename or "stdin.txt", None)
            continue
        in_folder = is_folder(Path(path))
        for item in _walk(Path(path), os.path.realpath(path), walked, written, lang) if in_folder else (Input(path, Path(path)),):
            if in_folder and not isinstance(item, Unopened) and any(path_fits(item.shown, pattern) for pattern in exclude):
                continue
            if not isinstance(item, Input):
                yield item
                continue
            real = os.path.realpath(item.shown)
            if real in read:
                continue
            if in_folder and not is_draft(item.shown):
                yield Passed(item.shown)
            elif in_folder and _README.fullmatch(Path(item.shown).name):
                yield Passed(item.shown, "readme")
            elif in_folder and is_opinion_sheet(Path(item.shown)):
                yield Passed(item.shown, "sheet")
            elif in_folder and is_earlier_report(Path(item.shown)):
                yield Passed(item.shown, "report")
            elif in_folder and _is_other_json(Path(item.shown)):
                yield Passed(item.shown, "json")
            else:
                read.add(real)
                yield item


def _is_other_json(path: Path) -> bool:
    """Tell whether a file is JSON that no scheme is told in; one that cannot be looked into is not."""
    if path.suffix.lower() != ".json":
        return False
    try:
        with path.open("rb") as stream:
            return _ITEMS.search(stream.read(HEAD_OF_JSON)) is None
    except OSError:
        return False


def path_fits(path: str, pattern: str) -> bool:
    """Tell whether `pattern` (`draft*.txt`, `archive`, `2025/*`) names a file or one of the folders it lies in."""
    parts = Path(path).parts
    return any(fnmatchcase("/".join(parts[first:last]), pattern) for last in range(1, len(parts) + 1) for first in range(last))


def _walk(folder: Path, top: str, walked: set[str], written: set[str], lang: str) -> Iterator[Input | Unopened | Passed]:
    """Yield the files below `folder` that lie below `top`; `walked` holds the folders already met, so that a loop of links ends."""
    real = os.path.realpath(folder)
    if real in walked:
        return
    walked.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Unopened(cannot_open(str(folder), error, lang))
        return
    for path in entries:
        if path.name.startswith(LOCKS):
            yield Passed(str(path), "lock")
            continue
        if path.name.startswith("."):
            continue
        lies = os.path.realpath(path)
        if lies in written:
            yield Passed(str(path), "output")
        elif not Path(lies).is_relative_to(top):
            yield Passed(str(path), "link")
        elif is_folder(path) and (path / PACK_FILE).is_file():
            yield Passed(str(path), "rules")
        elif is_folder(path):
            yield from _walk(path, top, walked, written, lang)
        else:
            yield Input(str(path), path, in_folder=True)


def is_folder(path: Path) -> bool:
    """Tell whether `path` is a folder; a place that may not even be looked at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def read_bytes(given: Input, limit: int, lang: str) -> bytes | Finding:
    """Return the bytes of a draft, or the finding that says why they cannot be had."""
    if given.data is not None or given.file is None:
        data = given.data if given.data is not None else sys.stdin.buffer.read(limit + 1)
        return data if len(data) <= limit else _too_large(given.shown, limit, lang)
    try:
        if given.file.exists() and not given.file.is_file():
            message = "不是普通文件，未读取" if lang == "zh" else "Not a regular file; it was not read"
            return file_fault("unreadable-file", given.shown, message)
        with given.file.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        return cannot_open(given.shown, error, lang)
    return data if len(data) <= limit else _too_large(given.shown, limit, lang)


def _too_large(path: str, limit: int, lang: str) -> Finding:
    size, way_out = f"{limit / 1_000_000:g} MB", raised("max-bytes")
    return file_fault(
        "unreadable-file",
        path,
        f"文件超过 {size}，未读取" if lang == "zh" else f"The file is larger than {size}; it was not read",
        f"请拆成几个文件，{way_out[0]}" if lang == "zh" else f"Split it, {way_out[1]}",
    )


def cannot_open(path: str, error: OSError, lang: str) -> Finding:
    """Return the finding for a file or folder the system does not let us read."""
    zh, en = why_not_opened(Path(path), error)
    advice = ("请核对文件名和所在文件夹", "Check the name of the file and the folder it is in")
    way_out = advice[lang != "zh"] if isinstance(error, FileNotFoundError) else ""
    return file_fault("unreadable-file", path, zh if lang == "zh" else en, way_out)


def why_not_opened(path: Path, error: OSError) -> tuple[str, str]:
    """Return in Chinese and English why the system does not let us read a file or folder."""
    if path.is_symlink() and not path.exists():
        return "链接指向的文件不存在", "The link points to a file that does not exist"
    if isinstance(error, FileNotFoundError):
        return "文件不存在", "There is no such file"
    if isinstance(error, PermissionError):
        return "没有读取权限", "No permission to read it"
    zh, en = why_refused(error)
    return f"系统不能读取（{zh}）", f"The system cannot read it ({en})"
