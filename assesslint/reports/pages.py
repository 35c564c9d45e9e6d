"""What the web pages of all reports share: how templates are filled in, their colours and letters, their words in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assesslint.text.shortened import printable, shortened
from assesslint.text.source import Span

BASE_STYLE = Path(__file__).parent / "base.css"
"""The style sheet every page begins with."""

LONGEST = 600
"""Most characters of one text, whatever a draft holds."""

LONGEST_NAME = 80
"""Most characters of a name in a heading or a list."""


def templates(*folders: Path, finalize: Callable[[Any], Any] | None = None) -> Environment:
    """Return the templates of some folders. What they are given is escaped, after `finalize`; naming what they are not given is an error.

    Their filter `short` cuts a name to what a heading has room for.
    """
    filled = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filled.filters["short"] = partial(shortened, most=LONGEST_NAME)
    return filled


def in_language(table: Mapping[str, tuple[str, str]], lang: str) -> dict[str, str]:
    """Return one language of a table of words in Chinese and English."""
    return {key: words[0 if lang == "zh" else 1] for key, words in table.items()}


def shown(value: Any) -> Any:
    """Return what a page shows of a value: of a text no more than there is room for, and nothing that would turn its direction."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return printable(shortened(value, LONGEST))


def stretches(text: str, spans: Iterable[tuple[Span, int]]) -> Iterator[tuple[str, list[int], list[int]]]:
    """Cut a text where any of the numbered spans begins or ends; yield each part, the numbers over it and those that end behind it."""
    places = [(Span(max(span.start, 0), min(span.end, len(text))), number) for span, number in spans]
    places = [(span, number) for span, number in places if span.start < span.end]
    cuts = sorted({0, len(text), *(edge for span, _ in places for edge in (span.start, span.end))})
    for start, end in pairwise(cuts):
        over = sorted({number for span, number in places if span.start <= start and end <= span.end})
        yield text[start:end], over, sorted({number for span, number in places if span.end == end and number in over})
