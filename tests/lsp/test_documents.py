"""A document after any edits is the text that the edits, done on the whole text in the editor's own units, give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import (
    Position,
    Range,
    TextDocumentContentChangePartial,
    TextDocumentContentChangeWholeDocument,
    TextDocumentItem,
)

from assesslint.lsp.documents import DRAFT, PAGE, SCHEME, Document, kind_of, path_of
from assesslint.lsp.positions import UTF_8, UTF_16, UTF_32

SIZES = {UTF_8: ("utf-8", 1), UTF_16: ("utf-16-le", 2), UTF_32: ("utf-32-le", 4)}
pieces = st.text(st.sampled_from('aé指"{}😀\r\n\u2028'), max_size=12)
places = st.tuples(st.integers(0, 8), st.integers(0, 14))


def spliced(text: str, start: tuple[int, int], end: tuple[int, int], piece: str, encoding: str) -> str:
    """Return the text after an edit, counted in bytes of its encoding from the start of the text."""
    name, size = SIZES[encoding]
    data = text.encode(name)

    def at(line: int, character: int) -> int:
        ends = [match.span() for match in re.finditer(r"\r\n|\n|\r", text)]
        if line > len(ends):
            return len(data)
        first = ends[line - 1][1] if line else 0
        last = ends[line][0] if line < len(ends) else len(text)
        until = len(text[:first].encode(name)) + min(character * size, len(text[first:last].encode(name)))
        while True:  # into the middle of a character: back to its start
            try:
                data[:until].decode(name)
            except UnicodeDecodeError:
                until -= size
            else:
                return until

    first = at(*start)
    return (data[:first] + piece.encode(name) + data[max(first, at(*end)) :]).decode(name)


@given(pieces, st.lists(st.tuples(places, places, pieces), max_size=6), st.sampled_from(list(SIZES)))
def test_edits_are_those_of_the_whole_text(text: str, edits: list[tuple[tuple[int, int], tuple[int, int], str]], encoding: str) -> None:
    document = Document(TextDocumentItem("untitled:a", "assess", 1, text), encoding)
    for version, (start, end, piece) in enumerate(edits, 2):
        document.change([TextDocumentContentChangePartial(Range(Position(*start), Position(*end)), piece)], version)
        text = spliced(text, start, end, piece, encoding)
        assert document.view.text.text == text
        assert document.view.version == version


def test_a_whole_text_takes_the_place_of_what_was_there_and_edits_of_one_message_follow_each_other() -> None:
    document = Document(TextDocumentItem("untitled:a", "assess", 1, "旧"))
    here = Range(Position(0, 1), Position(0, 1))
    document.change([TextDocumentContentChangeWholeDocument("新的"), TextDocumentContentChangePartial(here, "😀")], 2)
    document.change([TextDocumentContentChangePartial(Range(Position(0, 3), Position(0, 4)), "!")], 3)
    assert document.view.text.text == "新😀!"


def test_a_view_stays_as_it_was() -> None:
    document = Document(TextDocumentItem("file:///a.assess", "plaintext", 1, '方案 "一" {}'))
    view = document.view
    document.change([TextDocumentContentChangeWholeDocument("")], 2)
    assert (view.text.text, view.version, len(view.blocks)) == ('方案 "一" {}', 1, 1)
    assert view.revision != document.view.revision


@pytest.mark.parametrize(
    ("uri", "language", "kind", "name"),
    [
        ("file:///x/%E6%96%B9%E6%A1%88.assess", "plaintext", SCHEME, "/x/方案.assess"),
        ("file:///x/a.txt", "plaintext", "", "/x/a.txt"),
        ("file:///x/a.md", "markdown", "", "/x/a.md"),
        ("file:///x/a.md", "assess-draft", DRAFT, "/x/a.md"),
        ("file:///x/a", "assess-draft", DRAFT, "/x/a.txt"),
        ("untitled:Untitled-1", "assess", SCHEME, "Untitled-1.assess"),
        ("file://[", "assess", SCHEME, None),
        ("file:///a%00b.assess", "assess", SCHEME, None),
        ("", "", "", None),
    ],
)
def test_what_a_document_is(uri: str, language: str, kind: str, name: str | None) -> None:
    document = Document(TextDocumentItem(uri, language, 1, ""))
    assert document.kind == kind
    if name is not None:
        assert document.view.name == name
    assert document.view.name


def test_a_page_of_a_folder_of_rules_is_one_whatever_its_language(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text("", encoding="utf-8")
    page = tmp_path / "adoption" / "rule.md"
    assert kind_of(page, "markdown") == PAGE
    document = Document(TextDocumentItem(page.as_uri(), "markdown", 1, "# 一\r\n二\r三"))
    assert path_of(page.as_uri()) == page
    assert document.view.text.text == "# 一\n二\n三"
