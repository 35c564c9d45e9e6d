"""What the web pages of all reports share: how templates are filled in, their colours and letters, their words in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

BASE_STYLE = Path(__file__).parent / "base.css"
"""The style sheet every page begins with."""


def templates(folder: Path, finalize: Callable[[Any], Any] | None = None) -> Environment:
    """Return the templates of a folder. What they are given is escaped, after `finalize`; naming what they are not given is an error."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def in_language(table: Mapping[str, tuple[str, str]], lang: str) -> dict[str, str]:
    """Return one language of a table of words in Chinese and English."""
    return {key: words[0 if lang == "zh" else 1] for key, words in table.items()}
