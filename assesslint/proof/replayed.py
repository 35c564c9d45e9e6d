"""Drafts to judge by two rulebooks → the facts of each, read once with the words of either side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assesslint.documents.draft import READERS, read_draft
from assesslint.linter.inputs import Input, find_inputs
from assesslint.linter.pages import SUFFIXES
from assesslint.policy.rulebook import Rulebook
from assesslint.reading.facts import Scheme
from assesslint.reading.lexicon import Lexicon, central_lexicon, read_lexicon
from assesslint.reading.read import read_scheme

Read = tuple[str, Sequence[Scheme], Sequence[Scheme]]


def drafts_to_replay(old: Rulebook, new: Rulebook, paths: Iterable[str]) -> Iterator[Read]:
    """Yield the drafts at `paths`, or the examples of all pages of both where none is given, with their facts as each side reads them."""
    lexicons = [lexicon_of(book) for book in (old, new)]
    for name, data in _files(paths) if paths else _examples(old, new):
        draft = read_draft(name, data)
        first, second = (tuple(read_scheme(s, draft.source, lexicon=lexicon).facts for s in draft.schemes) for lexicon in lexicons)
        yield name, first, second


def lexicon_of(book: Rulebook) -> Lexicon:
    """Return the words a repository reads with: its own where it is whole, else the central ones."""
    folder = book.folder / "lexicon"
    return read_lexicon((folder,)) if folder.is_dir() else central_lexicon()


def _files(paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for item in find_inputs(paths, is_draft=lambda name: Path(name).suffix.lower() in READERS):
        if isinstance(item, Input) and item.file is not None:
            yield item.shown, item.file.read_bytes()


def _examples(old: Rulebook, new: Rulebook) -> Iterator[tuple[str, bytes]]:
    told: set[str] = set()
    for book in (old, new):
        for rule in book.rules:
            for at, example in enumerate(book.page(rule).examples, 1):
                if example.text not in told:
                    told.add(example.text)
                    yield f"{rule} {at}{SUFFIXES[example.kind]}", example.text.encode("utf-8")
