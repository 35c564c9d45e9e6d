"""A file of a rule repository → its text, or why it is none.

Repositories are untrusted: nothing is read that is too large, no plain file, or a link to somewhere else.
"""

from __future__ import annotations

import stat
from pathlib import Path

from assesslint.text.resources import resource

MOST_PAGE, MOST_TOML, MOST_WORDS = 300_000, 1_000_000, 4_000_000
"""Bytes of a page or table of cases, of a TOML file, of a list of common words."""

MOST_FILES = 5_000
"""Files of one repository."""


class UnreadError(OSError):
    """A file was not read; told in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en


def read_text(path: Path, most: int, top: Path) -> str:
    """Return the text of a file of at most `most` bytes in the repository at `top`, without the mark that some editors put before it.

    Raises UnreadError.
    """
    if not lies_within(path, top):
        zh, en = "这是指向规则包之外的链接，没有读取", "this is a link that leads out of the pack, and was not read"
        raise UnreadError(zh, en)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadError("不是文件，读不出来", "this is no file and cannot be read")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except UnreadError:
        raise
    except (OSError, ValueError) as error:
        raise UnreadError("文件打不开", "the file cannot be opened") from error
    if len(data) > most:
        raise UnreadError(f"文件太大：最多 {most // 1000} KB，请拆开", f"the file is too large: at most {most // 1000} KB; split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadError("文件读不出来，应为 UTF-8 文本", "the file cannot be read; it should be UTF-8 text") from error


def lies_within(path: Path, top: Path) -> bool:
    """Tell whether a file lies below a folder, links followed. What came with the program does however it was installed."""
    try:
        return path.is_relative_to(resource("rules")) or path.resolve().is_relative_to(top.resolve())
    except RecursionError:
        raise
    except (OSError, RuntimeError):  # RuntimeError: links that lead in a circle
        return False
