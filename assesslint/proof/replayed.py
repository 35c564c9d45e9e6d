"""Drafts judged in two ways → the findings that only one of the two makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assesslint.documents.draft import READERS, Draft, read_draft
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.findings.model import Finding
from assesslint.linter.errors import RunError
from assesslint.linter.inputs import Input, Unopened, find_inputs, read_bytes
from assesslint.linter.judged import judge_scheme
from assesslint.linter.pages import SUFFIXES
from assesslint.policy.judge import Judge
from assesslint.policy.rulebook import Rulebook
from assesslint.reading.lexicon import Lexicon
from assesslint.reading.read import read_scheme
from assesslint.scheme.vocabulary import central_vocabulary

Judged = Counter[tuple[str, str]]
"""How often each rule objected to each words of a draft."""

Judging = Callable[[Draft], Judged]


class Named(NamedTuple):
    """A draft under the name it is told by."""

    name: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Replayed:
    """A finding on one draft that only one of two ways of judging makes: `gained` by the second, or lost."""

    draft: Named
    rule: str
    excerpt: str
    gained: bool


def replay(first: Judging, second: Judging, drafts: Iterable[Named]) -> Iterator[Replayed]:
    """Yield the findings that differ between two ways of judging, draft by draft."""
    for named in drafts:
        before, after = first(named.draft), second(named.draft)
        for gained, only in ((False, before - after), (True, after - before)):
            yield from (Replayed(named, rule, excerpt, gained) for rule, excerpt in sorted(only.elements()))


def as_checked(book: Rulebook, day: date) -> Judging:
    """Return how `check` judges drafts by a rulebook: each rule by the words it may see, those in preview not at all."""
    rules = book.judging(preview=False)

    def judged(draft: Draft) -> Judged:
        objections = (o for scheme in draft.schemes for o in judge_scheme(book, scheme, draft.source, day, selected=rules)[1])
        return Counter((o.rule, o.words.text) for o in objections)

    return judged


def read_with(lexicon: Lexicon, book: Rulebook, day: date) -> Judging:
    """Return how drafts are judged by a rulebook if all of its rules see them as these words read them."""
    selected = book.judging(preview=False)
    judge = Judge((book.rules[rule] for rule in sorted(selected)), central_vocabulary(), day, "zh", {})

    def judged(draft: Draft) -> Judged:
        read = (read_scheme(scheme, draft.source, lexicon=lexicon).facts for scheme in draft.schemes)
        return Counter((o.rule, o.words.text) for facts in read for o in judge.judge(facts))

    return judged


def drafts_at(paths: Iterable[str], lang: str) -> Iterator[Named]:
    """Yield the drafts at paths, or in folders there. Raises RunError for one that cannot be opened."""
    for item in find_inputs(paths, is_draft=lambda name: Path(name).suffix.lower() in READERS, lang=lang):
        match item:
            case Input():
                data = read_bytes(item, DEFAULT_LIMITS.max_bytes, lang)
                if isinstance(data, Finding):
                    raise _unopened(data)
                yield Named(item.shown, read_draft(item.shown, data))
            case Unopened(finding):
                raise _unopened(finding)


def _unopened(finding: Finding) -> RunError:
    said = f"{finding.path}: {finding.message}"
    return RunError(said, said)


def examples_of(*books: Rulebook) -> Iterator[Named]:
    """Yield the examples of all pages of rulebooks, none twice."""
    told: set[str] = set()
    for book in books:
        for rule in book.rules:
            for at, example in enumerate(book.page(rule).examples, 1):
                if example.text not in told:
                    told.add(example.text)
                    name = f"{rule} {at}{SUFFIXES[example.kind]}"
                    yield Named(name, read_draft(name, example.text.encode("utf-8")))
