"""What is wrong with a rule repository: problems with their place, in both languages, and the error that carries them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assesslint.findings.model import Fix
from assesslint.text.shortened import shortened
from assesslint.text.source import Source, Span
from assesslint.text.suggest import suggest

PAGE, EXAMPLE, NORM, PACK, LEXICON = "rule-page", "rule-example", "norm-file", "pack-file", "lexicon-file"
"""The kinds of problem that say what sort of file is at fault; others say what the fault is."""

NOTICE = "notice"
"""The severity of what is only worth knowing."""


LONGEST = 600
"""Most characters of a message."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault of a rule repository, what to do about it included.

    An `error` stops the run; what is a `warning`, an `advice` or a `notice` is shown by `rules check`. `kind` is stable and names the sort
    of fault. `line` and `column` count from 1. `source` and `span` are its words, where they can be shown.
    """

    path: str
    line: int
    column: int
    zh: str
    en: str
    severity: str = "error"
    kind: str = field(default=PAGE, compare=False)
    source: Source | None = field(default=None, compare=False, repr=False)
    span: Span | None = field(default=None, compare=False, repr=False)
    fix: Fix | None = field(default=None, compare=False, repr=False)

    def text(self, lang: str = "zh") -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.zh if lang == 'zh' else self.en}"


class FolderError(ValueError):
    """Files of a rule repository are at fault. `problems` are all that was found, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(p.text() for p in self.problems))


def problem_at(
    source: Source, span: Span, zh: str, en: str, severity: str = "error", *, kind: str = PAGE, fix: Fix | None = None
) -> Problem:
    """Return a problem with words of a file; a message that quotes a monstrous word is cut."""
    place = source.position(span.start)
    return Problem(source.path, place.line, place.column, shortened(zh, LONGEST), shortened(en, LONGEST), severity, kind, source, span, fix)


def did_you_mean(word: str, candidates: Iterable[str]) -> tuple[str, str]:
    """Return the tail of a message about an unknown word, in Chinese and English; empty where nothing is near."""
    known = sorted(candidates)
    near = suggest(word, known)
    if near:
        return f"，是不是要写 {near}？", f"; did you mean {near}?"
    if 0 < len(known) <= 12:
        return f"，可写 {'、'.join(known)}", f"; known are {', '.join(known)}"
    return "", ""
