"""The text of a rule block → HTML with its keywords, texts and remarks told apart, and links to the norms and words it names."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup

_KEYWORDS = (
    "rule|title|status|waivable|applies to|parameter|stricter|for|let|when|unless|case|severity|basis|none|at|else|message|advise"
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
"""Kind (`clause` or `name`) and what is written → where that is explained, nothing when nowhere."""


def rule_html(text: str, address: Address) -> Markup:
    """Return a rule block as HTML."""
    parts: list[Markup] = []
    at = 0
    for match in _TOKEN.finditer(text):
        parts.append(Markup.escape(text[at : match.start()]))
        parts.append(_token(match.lastgroup or "", match[0], address))
        at = match.end()
    parts.append(Markup.escape(text[at:]))
    return Markup("").join(parts)


def _token(kind: str, written: str, address: Address) -> Markup:
    link = address(kind, written) if kind in ("clause", "name") else ""
    if link:
        return Markup('<a href="{}">{}</a>').format(link, written)
    if kind in ("remark", "text", "keyword"):
        return Markup('<span class="{}">{}</span>').format(kind, written)
    return Markup.escape(written)
