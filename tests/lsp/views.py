"""Texts with a mark in them → a document as it stands and the place of the mark, for tests of what answers an editor's questions."""

from __future__ import annotations

from pathlib import Path

from lsprotocol.types import TextDocumentItem

from assesslint.lsp.documents import Document, View
from assesslint.lsp.positions import UTF_16
from assesslint.text.source import Span

MARK = "‸"


def view_of(text: str, uri: str = "untitled:draft", language: str = "assess", encoding: str = UTF_16) -> View:
    return Document(TextDocumentItem(uri, language, 1, text), encoding).view


def marked(text: str, uri: str = "untitled:draft", language: str = "assess") -> tuple[View, int]:
    """Return the document without its mark, and where that stood."""
    at = text.index(MARK)
    return view_of(text[:at] + text[at + 1 :], uri, language), at


def page_marked(path: Path, old: str, new: str) -> tuple[View, int]:
    """Return a page whose text has `new`, with a mark in it, in the place of `old`."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    return marked(text.replace(old, new, 1), path.as_uri(), "markdown")


def words(view: View, span: Span) -> str:
    return view.text.text[span.start : span.end]
