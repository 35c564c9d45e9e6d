"""A git revision → the files changed since, so that a run looks at those alone. Nothing but git's own listing is run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from assesslint.documents.draft import read_draft
from assesslint.documents.limits import Limits
from assesslint.findings.model import Finding
from assesslint.linter.errors import RunError
from assesslint.linter.fingerprint import by_key
from assesslint.linter.inputs import Input, Passed, Unopened, read_bytes
from assesslint.scheme.model import Scheme

Met = Input | Unopened | Passed

GIT_SECONDS = 60
"""Longest that git may take for one listing."""

_PLAIN = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
"""Settings under which git starts no program that the repository names."""


def files_changed_since(revision: str, paths: Iterable[str]) -> frozenset[str]:
    """Return the real paths of files that differ from `revision` or that git does not know yet, in the repositories `paths` lie in.

    Raises RunError when git is missing, a path lies in no repository, or there is no such revision.
    """
    folders = {_folder_of(path) for path in paths}
    return frozenset(file for top in {_top(folder) for folder in folders} for file in _changed(revision, top))


def apart(met: Iterable[Met], changed: frozenset[str]) -> tuple[list[Met], list[Input]]:
    """Return what is to be checked, and the drafts apart that are as they were."""
    looked_at: list[Met] = []
    unchanged: list[Input] = []
    for item in met:
        if isinstance(item, Input) and item.file is not None and os.path.realpath(item.file) not in changed:
            unchanged.append(item)
        elif not isinstance(item, Passed):
            looked_at.append(item)
    return looked_at, unchanged


def superiors_in(unchanged: Iterable[Input], limits: Limits) -> Callable[[str], Scheme | None]:
    """Return what finds a superior's scheme, by its key, in drafts that are not checked; they are read when first asked for."""

    @cache
    def schemes() -> Mapping[str, Scheme]:
        found: dict[str, Scheme] = {}
        for item in unchanged:
            data = read_bytes(item, limits.max_bytes, "zh")
            if not isinstance(data, Finding):
                with suppress(Exception):  # told of where that file itself is checked
                    found |= by_key(read_draft(item.shown, data, limits=limits).schemes)
        return found

    return lambda key: schemes().get(key)


def only_changed(revision: str, unchanged: int, lang: str) -> str:
    """Return the sentence that a report on changed drafts bears at its head."""
    zh, en = f"只检查 {revision} 以来改动的文件", f"Only files changed since {revision} were checked"
    if unchanged:
        zh, en = f"{zh}，另有 {unchanged} 个没有改动、未检查", f"{en}; {unchanged} others were not"
    return zh if lang == "zh" else en


def _folder_of(path: str) -> Path:
    place = Path(os.path.realpath(path))
    return place if place.is_dir() else place.parent


def _top(folder: Path) -> Path:
    """Return the root of the repository a folder lies in."""
    code, listing = _git(folder, "rev-parse", "--show-toplevel")
    if code:
        raise RunError(f"{folder} 不在 git 仓库里，不能用 --changed", f"{folder} lies in no git repository; --changed needs one")
    return Path(os.path.realpath(listing.decode("utf-8", "surrogateescape").rstrip("\n")))


def _changed(revision: str, top: Path) -> Iterable[str]:
    code, found = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if code:
        zh = f"git 仓库里没有版本“{revision}”；可写分支名、标签或提交号，如 --changed origin/main。如果是浅克隆，请先取回历史"
        en = f"The repository has no revision “{revision}”; name a branch, a tag or a commit. In a shallow clone, fetch its history first"
        raise RunError(zh, en)
    commit = found.decode("ascii").strip()
    _, changed = _git(top, "diff", "--name-only", "--no-ext-diff", "--no-textconv", "--diff-filter=d", "-z", commit, "--")
    _, unknown = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    names = (changed + unknown).decode("utf-8", "surrogateescape").split("\0")
    return (os.path.realpath(top / name) for name in names if name)


def _git(folder: Path, *words: str) -> tuple[int, bytes]:
    """Return git's exit code and what it printed. Raises RunError when it cannot be run."""
    git = shutil.which("git")
    if git is None:
        raise RunError("没有安装 git，不能用 --changed", "git is not installed; --changed needs it")
    try:
        done = subprocess.run([git, *_PLAIN, *words], cwd=folder, capture_output=True, timeout=GIT_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RunError(f"git 没有运行成功：{error}", f"git could not be run: {error}") from error
    return done.returncode, done.stdout
