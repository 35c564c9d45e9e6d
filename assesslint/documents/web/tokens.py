"""The text of a web page → its tags and stretches of text, in order, each with its place.

Follows the tokenizer of the HTML standard as far as text goes: comments, declarations and the contents of scripts and styles are
passed over, quotes count only behind an equals sign. One pass, no going back: what is never closed is looked for once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_TAG = re.compile(r"</?([a-zA-Z][^\s/>]*+)")
_TAG_END = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_COMMENT_END = re.compile("--!?>")
_ATTRIBUTE = re.compile(r"""([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?+""")

RAW_TEXT = frozenset({"script", "style", "noscript", "title", "iframe", "noframes", "noembed"})
"""Elements whose contents are no part of the page's text, nor tags."""

_RAW_TEXT_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW_TEXT}


class Token(NamedTuple):
    """`text[start:end]` of a page. `kind` is `open`, `close`, `text`, or `unclosed` for what is cut off to the end of the page."""

    kind: str
    name: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tags and texts of a page; names in lower case."""
    at, length = 0, len(text)
    while at < length:
        start = text.find("<", at)
        while start >= 0 and not _begins_markup(text, start):
            start = text.find("<", start + 1)
        if start < 0:
            yield Token("text", "", at, length)
            return
        if start > at:
            yield Token("text", "", at, start)
        tag = _TAG.match(text, start)
        closed = _TAG_END.match(text, tag.end()) if tag else None
        at = closed.end() if closed else -1 if tag else _end_of_other(text, start)
        if at < 0:
            yield Token("unclosed", "", start, length)
            return
        if tag is None:
            continue
        name = tag[1].lower()
        closing = text.startswith("/", start + 1)
        yield Token("close" if closing else "open", name, start, at)
        if name in RAW_TEXT and not closing:
            end = _RAW_TEXT_END[name].search(text, at)
            if end is None:
                yield Token("unclosed", "", at, length)
                return
            at = end.start()


def _begins_markup(text: str, at: int) -> bool:
    """Tell whether the `<` here opens a tag, a comment or a declaration, and is no sign of less."""
    following = text[at + 1 : at + 2]
    return following in ("!", "?", "/") or (following.isascii() and following.isalpha())


def _end_of_other(text: str, start: int) -> int:
    """Return where a comment or declaration ends; -1 when it never does."""
    if text.startswith("<!--", start):
        end = _COMMENT_END.search(text, start + 2)
        return end.end() if end else -1
    return text.find(">", start) + 1 or -1


def attributes(text: str, tag: Token) -> dict[str, str]:
    """Return the attributes of an opening tag, the first of each name."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text, tag.start + 1 + len(tag.name), tag.end - 1):
        value = next((part for part in match.groups()[1:] if part is not None), "")
        found.setdefault(match[1].lower(), unescape(value) if "&" in value and len(value) < _LONGEST_VALUE else value)
    return found


_LONGEST_VALUE = 4000
"""Longest value of an attribute in which entities are looked for; what is read of attributes is short."""
