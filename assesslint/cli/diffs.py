"""Two states of a text → a unified diff that `patch` applies, or one to be read at a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from difflib import unified_diff

import click

from assesslint.text.shortened import printable

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def is_coloured() -> bool:
    """Tell whether the standard output is a terminal whose user wants colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def unified(path: str, before: str, after: str, *, for_terminal: bool) -> str:
    """Return a unified diff of a file, empty where nothing changes.

    For a terminal it is in colours, and bears no character that would steer it; otherwise it is byte for byte what `patch` needs.
    """
    lines = _lines(path, before, after)
    if not for_terminal:
        return "".join(f"{line}\n" for line in lines)
    return "".join(f"{_painted(printable(line))}\n" for line in lines)


def _lines(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a diff without their line ends; one that lacks it in its file is followed by what says so (POSIX diff)."""
    sides = (before.split("\n"), after.split("\n"))
    with_ends = [[f"{line}\n" for line in side[:-1]] + side[-1:] for side in sides]
    first, second = ([line for line in side if line] for side in with_ends)
    for line in unified_diff(first, second, path, path):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _painted(line: str) -> str:
    if line.startswith(("---", "+++")):
        return click.style(line, bold=True)
    return click.style(line, fg=_COLOURS.get(line[:1]))
