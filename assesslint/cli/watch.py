"""A run and the places it looks at → the same run again at each change there, until the user has seen enough."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path

import click

from assesslint.cli.failures import why_impossible
from assesslint.linter.errors import RunError
from assesslint.linter.inputs import LOCKS, STDIN

TIMEOUT = 200
"""Milliseconds after which the watcher tells that nothing has changed."""


def watched(paths: Sequence[str], outputs: Collection[str], once: Callable[[], int], lang: str) -> int:
    """Run at once and at each change of a file below `paths`, what the run writes itself apart. Return 0 when the user ends it.

    Raises RunError when the standard input is among the paths or one lies in no folder, or when what watching needs is not installed.
    """
    if STDIN in paths:
        raise RunError("--watch 不能检查标准输入", "--watch cannot watch the standard input")
    try:
        from watchfiles import watch
    except ModuleNotFoundError as error:
        zh = f"--watch 需要另外安装组件（缺少 {error.name}），请运行 pip install 'assesslint[watch]'"
        raise RunError(zh, f"--watch needs {error.name}; run pip install 'assesslint[watch]'") from error
    given = [Path(path).resolve() for path in paths]
    written = {Path(out).resolve() for out in outputs}

    def matters(_: object, path: str) -> bool:
        file = Path(path)
        if file.name.startswith((".", *LOCKS)) or not any(file.is_relative_to(each) for each in given):
            return False
        return not any(file.is_relative_to(out) for out in written) and not _is_redirection(file)

    places = dict.fromkeys(map(_place, given))
    for place in places:
        if not place.is_dir():
            raise RunError(f"没有文件夹 {place}，不能等它改动", f"There is no folder {place} to be watched")
    changes = watch(*places, watch_filter=matters, raise_interrupt=True, yield_on_timeout=True, rust_timeout=TIMEOUT)
    try:
        next(changes)  # begins to watch, so that a change during the first run is seen
        _again(once, lang)
        for changed in changes:
            if changed:
                click.clear()
                _again(once, lang)
    except KeyboardInterrupt:
        return 0
    return 0


def _place(given: Path) -> Path:
    """Return what is watched for a path: a folder, since editors replace the files they save."""
    return given if given.is_dir() else given.parent


def _is_redirection(file: Path) -> bool:
    """Tell whether what a run prints goes into this very file."""
    with suppress(OSError):
        state = file.stat()
        return any(os.path.samestat(state, os.fstat(number)) for number in (1, 2))
    return False


def _again(once: Callable[[], int], lang: str) -> None:
    try:
        once()
    except Exception as error:  # what is wrong in one state of the files may be mended in the next
        click.echo(why_impossible(error, lang), err=True)
    click.echo("正在等待改动，按 Ctrl-C 结束" if lang == "zh" else "Waiting for changes; press Ctrl-C to end", err=True)
