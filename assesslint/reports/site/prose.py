"""Markdown of a rule page or a change log → HTML that is safe to show: no HTML of its own, no pictures, links to the web only."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markupsafe import Markup

_WEB = re.compile(r"https?://", re.IGNORECASE)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.validateLink = lambda url: bool(_WEB.match(url))  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


def to_html(text: str) -> Markup:
    """Return prose as HTML."""
    return Markup(_PARSER.render(text))  # noqa: S704 - made by the parser, which lets no HTML of the text through


def change_log(text: str, lang: str) -> str:
    """Return one language of a change log: Chinese stands above the heading `# English`, English below. Its own title is left out."""
    chinese, _, english = re.sub(r"(?m)^# (?!English).*\n", "", text).partition("\n# English\n")
    return (english or chinese if lang == "en" else chinese).strip() + "\n"
