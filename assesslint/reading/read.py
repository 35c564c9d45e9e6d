"""A Scheme → its facts, by reading prose and fields alike; with how much of the text was given a role, and a trace of why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assesslint.reading import fields
from assesslint.reading.facts import Indicator, Words
from assesslint.reading.facts import Scheme as SchemeFacts
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.leaf import read_leaf
from assesslint.reading.lexicon import Lexicon, central_lexicon
from assesslint.reading.passage import Passage
from assesslint.reading.portions import portions_of, together
from assesslint.reading.superior import figures_of, raised_above
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
    scheme: model.Scheme, source: Source | None = None, parent: model.Scheme | None = None, lexicon: Lexicon | None = None
) -> Reading:
    """Read a scheme.

    `source` is the draft it came from, to quote structured values; `parent` the superior's scheme, to see targets raised.
    """
    lexicon = lexicon or central_lexicon()
    indicators, scanned = _leaves(scheme, source, lexicon)
    if parent is not None:
        above = figures_of(*_leaves(parent, None, lexicon))
        upper = parent.level.id if parent.level else None
        indicators = raised_above(indicators, scanned, scheme.level.id if scheme.level else None, above, upper)
    characters = read_characters = 0
    for passage in (p for passages in scanned for p in passages):
        total, read = passage.coverage()
        characters += total
        read_characters += read
    facts = scheme_facts(scheme, (*indicators, *_declared(scheme)), lexicon)
    named = tuple((indicator.name, passages) for indicator, passages in zip(indicators, scanned, strict=True))
    return Reading(facts, characters, read_characters, passages=named)


def _leaves(scheme: model.Scheme, source: Source | None, lexicon: Lexicon) -> tuple[tuple[Indicator, ...], tuple[tuple[Passage, ...], ...]]:
    """Return the facts of each leaf of a scheme, and its scanned prose."""
    title = (Passage(scheme.name, "title", lexicon), *_purpose(scheme, lexicon))
    kinds = fields.declared_kinds(scheme)
    declared = frozenset(name.text for name in (*(d.name for d in scheme.data_items), *(i.name for i in scheme.inspections)))
    indicators: list[Indicator] = []
    scanned: list[tuple[Passage, ...]] = []
    for groups, leaf in scheme.indicators():
        headings = tuple(Passage(group.name, "heading", lexicon) for group in reversed(groups))
        parts: list[Indicator] = []
        passages: list[Passage] = []
        for portion in portions_of(leaf):
            prose = [(field, prose) for field, prose in fields.prose_fields(portion, declared) if prose.text.strip() or field == "name"]
            text = IndicatorText(leaf.kind, tuple(Passage(each, field, lexicon) for field, each in prose), (*headings, *title), kinds)
            parts.append(read_leaf(portion, text, scheme, source))
            passages += text.passages
        indicators.append(together(leaf, parts))
        scanned.append(tuple(passages))
    return tuple(indicators), tuple(scanned)


def _purpose(scheme: model.Scheme, lexicon: Lexicon) -> tuple[Passage, ...]:
    """Return the first words of the provisions a scheme opens with: the app or matter it is about may stand only there."""
    opening = []
    for _, leaf in scheme.indicators():
        if leaf.kind != "provision":
            break
        opening += [prose for field, prose in fields.prose_fields(leaf) if field == "content"]
    return tuple(Passage(_cut(prose), "purpose", lexicon) for prose in opening[:2])


def _cut(prose: model.Prose) -> model.Prose:
    """Return the first sentence of a prose, at most 80 characters."""
    end = min((at for at in (prose.text.find(mark) for mark in "。；\n") if at > 0), default=len(prose.text))
    return model.Prose(prose.text[: min(end, 80)], prose.pieces)


def _declared(scheme: model.Scheme) -> Iterator[Indicator]:
    """Yield what the scheme declares outside its indicators, data asked for and inspections held, each as a provision of its own."""
    for item in scheme.data_items:
        words = Words(item.name.text, (item.name.span,), "data")
        yield Indicator(words, item.name.text, "provision", reporting=(fields.reporting_of(item),))
    for inspection in scheme.inspections:
        words = Words(inspection.name.text, (inspection.name.span,), "inspection")
        yield Indicator(words, inspection.name.text, "provision", inspections=(fields.declared_inspection(inspection),))
