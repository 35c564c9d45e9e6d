"""Drafts to judge twice → the facts of each, read with one set of words and with another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assesslint.documents.draft import READERS, read_draft
from assesslint.linter.inputs import Input, find_inputs
from assesslint.linter.pages import SUFFIXES
from assesslint.policy.rulebook import Rulebook
from assesslint.reading.facts import Scheme
from assesslint.reading.lexicon import Lexicon
from assesslint.reading.read import read_scheme


class ReadTwice(NamedTuple):
    """A draft under its name, its text, and the facts of its schemes as either set of words reads them."""

    name: str
    text: str
    first: Sequence[Scheme]
    second: Sequence[Scheme]


def read_twice(paths: Iterable[str], books: Iterable[Rulebook], lexicons: tuple[Lexicon, Lexicon]) -> Iterator[ReadTwice]:
    """Yield the drafts at `paths`, or the examples of all pages of `books` where none is given."""
    given = tuple(paths)
    for name, data in _files(given) if given else _examples(books):
        draft = read_draft(name, data)
        first, second = (tuple(read_scheme(s, draft.source, lexicon=lexicon).facts for s in draft.schemes) for lexicon in lexicons)
        yield ReadTwice(name, draft.source.text, first, second)


def _files(paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for item in find_inputs(paths, is_draft=lambda name: Path(name).suffix.lower() in READERS):
        if isinstance(item, Input) and item.file is not None:
            yield item.shown, item.file.read_bytes()


def _examples(books: Iterable[Rulebook]) -> Iterator[tuple[str, bytes]]:
    told: set[str] = set()
    for book in books:
        for rule in book.rules:
            for at, example in enumerate(book.page(rule).examples, 1):
                if example.text not in told:
                    told.add(example.text)
                    yield f"{rule} {at}{SUFFIXES[example.kind]}", example.text.encode("utf-8")
