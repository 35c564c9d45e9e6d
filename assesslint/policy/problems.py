"""What is wrong with a folder of rules: problems with their place, in both languages, and the error that carries them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assesslint.text.source import Source, Span
from assesslint.text.suggest import suggest


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault of a page, a norm or a parameter; an `error` stops the run, a `warning` is shown by `rules check`."""

    path: str
    line: int
    column: int
    zh: str
    en: str
    severity: str = "error"

    def text(self, lang: str = "zh") -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.zh if lang == 'zh' else self.en}"


class RulebookError(ValueError):
    """The rules do not load. `problems` are all that was found, in the order of the pages."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(p.text() for p in self.problems))


def problem_at(source: Source, span: Span, zh: str, en: str, severity: str = "error") -> Problem:
    place = source.position(span.start)
    return Problem(source.path, place.line, place.column, zh, en, severity)


def did_you_mean(word: str, candidates: Iterable[str]) -> tuple[str, str]:
    """Return the tail of a message about an unknown word, in Chinese and English; empty where nothing is near."""
    known = sorted(candidates)
    near = suggest(word, known)
    if near:
        return f"，是不是要写 {near}？", f"; did you mean {near}?"
    if 0 < len(known) <= 12:
        return f"，可写 {'、'.join(known)}", f"; known are {', '.join(known)}"
    return "", ""
