"""A Scheme → its facts, by reading prose and fields alike; with how much of the text was given a role, and a trace of why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assesslint.reading import fields
from assesslint.reading.apps import apps_of
from assesslint.reading.closing import hung_on_named
from assesslint.reading.facts import Indicator, Words
from assesslint.reading.facts import Scheme as SchemeFacts
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.kept import KeptReadings, Leaf, LeafReading
from assesslint.reading.leaf import read_leaf
from assesslint.reading.lexicon import Lexicon, central_lexicon
from assesslint.reading.passage import Passage
from assesslint.reading.portions import portions_of, together
from assesslint.reading.superior import figures_of, raised_above
from assesslint.reading.surroundings import Surroundings, surroundings_of
from assesslint.reading.whole import scheme_facts
from assesslint.scheme import model
from assesslint.text.source import Source


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of one scheme. `characters` is the length of its indicators' prose, `read_characters` how much of it was given a role."""

    facts: SchemeFacts
    characters: int
    read_characters: int
    passages: tuple[tuple[str, tuple[Passage, ...]], ...] = ()
    """Each indicator's name with its scanned prose, for a trace of words to facts."""


def read_scheme(
    scheme: model.Scheme,
    source: Source | None = None,
    parent: model.Scheme | None = None,
    lexicon: Lexicon | None = None,
    kept: KeptReadings | None = None,
) -> Reading:
    """Read a scheme.

    `source` is the draft it came from, to quote structured values; `parent` the superior's scheme, to see targets raised; `kept` what was
    read of an earlier state of the draft.
    """
    lexicon = lexicon or central_lexicon()
    indicators, scanned = _leaves(scheme, source, lexicon, kept)
    if parent is not None:
        above = figures_of(*_leaves(parent, None, lexicon, kept))
        upper = parent.level.id if parent.level else None
        indicators = raised_above(indicators, scanned, scheme.level.id if scheme.level else None, above, upper)
    indicators = hung_on_named(indicators, scanned)
    characters = read_characters = 0
    for passage in (p for passages in scanned for p in passages):
        total, read = passage.coverage
        characters += total
        read_characters += read
    facts = scheme_facts(scheme, (*indicators, *_declared(scheme)), apps_of(scheme, indicators, scanned), lexicon)
    named = tuple((indicator.name, passages) for indicator, passages in zip(indicators, scanned, strict=True))
    return Reading(facts, characters, read_characters, passages=named)


def _leaves(
    scheme: model.Scheme, source: Source | None, lexicon: Lexicon, kept: KeptReadings | None
) -> tuple[tuple[Indicator, ...], tuple[tuple[Passage, ...], ...]]:
    """Return the facts of each leaf of a scheme, and its scanned prose."""
    around = surroundings_of(scheme)
    topics = tuple(Passage(prose, name, lexicon) for name, prose in around.topics)
    readings: list[LeafReading] = []
    for groups, indicator in scheme.indicators():
        portions = portions_of(indicator)
        proses = tuple((field, prose) for portion in portions for field, prose in _proses(portion, around))
        leaf = Leaf(indicator, tuple(group.name for group in reversed(groups)), around, lexicon, proses)
        read = partial(_read, leaf, portions, topics, source)
        readings.append(kept.read(leaf, source, read) if kept is not None else read())
    return tuple(facts for facts, _ in readings), tuple(passages for _, passages in readings)


def _proses(portion: model.Indicator, around: Surroundings) -> Iterator[tuple[str, model.Prose]]:
    """Yield the prose of a portion that is read, by field, its name first."""
    return ((field, prose) for field, prose in fields.prose_fields(portion, around.declared) if prose.text.strip() or field == "name")


def _read(leaf: Leaf, portions: Sequence[model.Indicator], topics: tuple[Passage, ...], source: Source | None) -> LeafReading:
    """Return the facts of a leaf, read in portions, and the passages of its prose."""
    around, lexicon = leaf.around, leaf.lexicon
    inherited = (*(Passage(heading, "heading", lexicon) for heading in leaf.headings), *topics)
    parts: list[Indicator] = []
    passages: list[Passage] = []
    for portion in portions:
        scanned = tuple(Passage(prose, field, lexicon) for field, prose in _proses(portion, around))
        parts.append(read_leaf(portion, IndicatorText(leaf.indicator.kind, scanned, inherited, dict(around.kinds)), around, source))
        passages += scanned
    return together(leaf.indicator, parts), tuple(passages)


def _declared(scheme: model.Scheme) -> Iterator[Indicator]:
    """Yield what the scheme declares outside its indicators, data asked for and inspections held, each as a provision of its own."""
    for item in scheme.data_items:
        words = Words(item.name.text, (item.name.span,), "data")
        yield Indicator(words, item.name.text, "provision", reporting=(fields.reporting_of(item),))
    for inspection in scheme.inspections:
        words = Words(inspection.name.text, (inspection.name.span,), "inspection")
        yield Indicator(words, inspection.name.text, "provision", inspections=(fields.declared_inspection(inspection),))
