"""One draft → its words, the facts read from them, and the rules that object to them: what `explain --trace` shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path

from assesslint.documents.draft import Draft, read_draft
from assesslint.findings.model import Finding
from assesslint.linter.errors import RunError
from assesslint.linter.inputs import Input, read_bytes
from assesslint.linter.judged import judge_scheme
from assesslint.linter.settings import Settings
from assesslint.policy.rulebook import Objection, Rulebook
from assesslint.reading import facts
from assesslint.reading.kept import KeptReadings
from assesslint.reading.passage import Passage
from assesslint.reading.read import Reading
from assesslint.scheme.vocabulary import Vocabulary, central_vocabulary
from assesslint.text.source import Span

UNSAID = (None, False, "unknown", (), "")
"""Values of a fact that say nothing and are left out."""


@dataclass(frozen=True, slots=True)
class TracedWord:
    """A word of the lexicon as it was met, the meaning it may have, and its places in the draft."""

    text: str
    meaning: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TracedFact:
    """One fact: the record's name, the words it was read from and their field, its values in people's words, the rules that object.

    `spans` are the places of the words in the draft.
    """

    record: str
    words: str
    field: str
    said: tuple[str, ...]
    rules: tuple[str, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TracedIndicator:
    """An indicator, or the scheme as a whole when `name` is empty: the lexicon's words met in each field, and the facts."""

    scheme: str
    name: str
    met: tuple[tuple[str, tuple[TracedWord, ...]], ...]
    facts: tuple[TracedFact, ...]


def trace(path: str, settings: Settings, rulebook: Rulebook) -> list[TracedIndicator]:
    """Return what was read from a draft. Raises RunError when the draft cannot be read."""
    lang = settings.lang
    data = read_bytes(Input(path, None if path == "-" else Path(path)), settings.limits.max_bytes, lang)
    if isinstance(data, Finding):
        raise RunError(f"{path}：{data.message}", f"{path}: {data.message}")
    draft = read_draft(path, data, lang=lang, limits=settings.limits)
    if not draft.schemes:
        why = "；".join(finding.message for finding in draft.findings)
        raise RunError(f"{path}：{why}", f"{path}: {why}")
    return list(trace_draft(draft, settings, rulebook))


def trace_draft(
    draft: Draft, settings: Settings, rulebook: Rulebook, kept: KeptReadings | None = None, at: int | None = None
) -> Iterator[TracedIndicator]:
    """Yield what is read from a draft, indicator by indicator: of all, or of those that stand around the character `at`.

    `kept` has what was read of an earlier state of the draft.
    """
    lang = settings.lang
    for scheme in draft.schemes:
        reading, objections = judge_scheme(
            rulebook,
            scheme,
            draft.source,
            settings.as_of or date.today(),
            lang=lang,
            selected=rulebook.judging(preview=settings.preview),
            kept=kept,
        )
        around = [(leaf.span, *(group.name.span for group in groups)) for groups, leaf in scheme.indicators()]
        wanted = [at is None or any(span.start <= at < span.end for span in spans) for spans in around]
        yield from _indicators(reading, objections, lang, wanted)


def _indicators(reading: Reading, objections: Sequence[Objection], lang: str, wanted: Sequence[bool]) -> Iterator[TracedIndicator]:
    """Yield the scheme, those of its leaves that are `wanted`, and what it declares beside them, which has no prose."""
    vocabulary = central_vocabulary()
    scheme = reading.facts
    own = [o for o in objections if o.indicator is None]
    yield TracedIndicator(scheme.name, "", (), (_traced("Scheme", scheme, own, vocabulary, lang),))
    for number, indicator in enumerate(scheme.indicators):
        is_leaf = number < len(wanted)
        if is_leaf and not wanted[number]:
            continue
        _, passages = reading.passages[number] if is_leaf else ("", ())
        own = [o for o in objections if o.indicator is indicator]
        found = []
        for field in fields(indicator):
            value = getattr(indicator, field.name)
            for fact in value if isinstance(value, tuple) else (value,):
                if hasattr(fact, "words"):
                    found.append(_traced(type(fact).__name__, fact, own, vocabulary, lang))
        met = tuple((passage.field, tuple(_met(passage))) for passage in passages if passage.mentions)
        yield TracedIndicator(scheme.name, indicator.name, met, tuple(found))


def _met(passage: Passage) -> Iterator[TracedWord]:
    """Yield each word of the lexicon met in a passage, by place."""
    for mention in passage.mentions:
        meaning = f"{mention.sense.kind}.{mention.sense.value}"
        yield TracedWord(passage.text[mention.start : mention.end], meaning, passage.words(mention.start, mention.end).spans)


def _traced(record: str, fact: object, objections: Sequence[Objection], vocabulary: Vocabulary, lang: str) -> TracedFact:
    words: facts.Words = getattr(fact, "words")  # noqa: B009 - facts have no common base
    rules = dict.fromkeys(o.rule for o in objections if record == "Scheme" or o.words == words)
    return TracedFact(record, words.text, words.field, tuple(_said(record, fact, vocabulary, lang)), tuple(rules), words.spans)


def _said(record: str, fact: object, vocabulary: Vocabulary, lang: str) -> Iterator[str]:
    """Yield `field=value` for what a record says, values of the vocabulary under their names."""
    for name, kind in vocabulary.records[record].items():
        value = getattr(fact, name)
        if value in UNSAID or kind.base in ("words", "Indicator"):
            continue
        values = value if isinstance(value, tuple) else (value,)
        yield f"{name}={'、'.join(_word(kind.base, v, vocabulary, lang) for v in values)}"


def _word(kind: str, value: object, vocabulary: Vocabulary, lang: str) -> str:
    if kind in vocabulary.enums:
        return vocabulary.name(kind, str(value), lang)
    if hasattr(value, "words"):
        return f"“{value.words.text}”"
    if kind in vocabulary.records:
        return f"({' '.join(_said(kind, value, vocabulary, lang))})"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
