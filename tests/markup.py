"""A page of HTML, as tests look at it: its elements, its attributes, and whether every element is closed where it should be."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

EMPTY = frozenset({"meta", "link", "br", "input", "col"})
"""Elements of the pages that have no end."""


class Parsed(HTMLParser):
    """What a page consists of. `unbalanced` names elements that are not closed where they should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.unbalanced: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(tag)

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]
