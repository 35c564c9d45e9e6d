"""The text of a rule block → HTML with its keywords, texts and remarks told apart, and links to the norms and words it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markupsafe import Markup

from assesslint.text.source import Span

_KEYWORDS = (
    "rule|title|status|waivable|applies to|parameter|stricter|for|let|when|unless|case|severity|basis|none|at|else|message|advise|fix"
    "|and|or|not|is|known|absent|in|has|replaced by"
)
_TOKEN = re.compile(
    rf"""(?P<remark>\#[^\n]*)
    |(?P<text>"(?:\\.|[^"\\])*")
    |(?P<clause>[A-Za-z0-9][A-Za-z0-9-]*\.[A-Za-z0-9-]+(?=[\s,}}]))
    |(?P<path>[A-Za-z_]\w*(?:\.\w+)+)
    |(?P<keyword>(?<![\w-])(?:{_KEYWORDS})(?![\w-]))
    |(?P<name>[A-Za-z_][\w-]*)""",
    re.VERBOSE,
)

Address = Callable[[str, str], str]
"""Kind (`clause` or `group`) and what is written → where that is explained, nothing when nowhere."""


def tokens(text: str) -> Iterator[tuple[str, Span]]:
    """Yield kind and place of the words of a rule block. A name after `in` is a `group`; elsewhere the same name may be a value."""
    before = ""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        yield "group" if kind == "name" and before == "in" else kind, Span(*match.span())
        before = match[0]


def groups_named(text: str) -> set[str]:
    """Return the names that a rule block has after `in`."""
    return {text[place.start : place.end] for kind, place in tokens(text) if kind == "group"}


def rule_html(text: str, address: Address) -> Markup:
    """Return a rule block as HTML."""
    parts: list[Markup] = []
    at = 0
    for kind, place in tokens(text):
        parts.append(Markup.escape(text[at : place.start]))
        parts.append(_token(kind, text[place.start : place.end], address))
        at = place.end
    parts.append(Markup.escape(text[at:]))
    return Markup("").join(parts)


def _token(kind: str, written: str, address: Address) -> Markup:
    link = address(kind, written) if kind in ("clause", "group") else ""
    if link:
        return Markup('<a href="{}">{}</a>').format(link, written)
    if kind in ("remark", "text", "keyword"):
        return Markup('<span class="{}">{}</span>').format(kind, written)
    return Markup.escape(written)
