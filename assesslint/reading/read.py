"""A Scheme → its facts, by reading prose and fields alike; with how much of the text was given a role, and a trace of why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assesslint.reading import fields
from assesslint.reading.assignments import assignments_of
from assesslint.reading.clarity import clarity_of
from assesslint.reading.consequences import LIVE, consequences_of
from assesslint.reading.contradictions import contradictions_of
from assesslint.reading.demands import demands_of
from assesslint.reading.escalations import escalations_of
from assesslint.reading.evidence import evidence_of
from assesslint.reading.facts import Consequence, Demand, Evidence, Hang, Indicator, Reference, Words
from assesslint.reading.facts import Scheme as SchemeFacts
from assesslint.reading.indicator import DEFAULT_FORCE, IndicatorText
from assesslint.reading.inspections import inspections_of
from assesslint.reading.lexicon import Lexicon, central_lexicon
from assesslint.reading.passage import Passage, looks_like_app
from assesslint.reading.portions import portions_of, together
from assesslint.reading.procedures import procedures_of
from assesslint.reading.reporting import reporting_of
from assesslint.reading.superior import figures_of, raised_above
from assesslint.reading.whole import scheme_facts
from assesslint.scheme import model
from assesslint.text.source import Source, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of one scheme. `characters` is the length of its indicators' prose, `read_characters` how much of it was given a role."""

    facts: SchemeFacts
    characters: int
    read_characters: int
    notices: tuple[tuple[str, str, Span], ...] = ()
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
        total, read = _coverage(passage)
        characters += total
        read_characters += read
    facts = scheme_facts(scheme, (*indicators, *_declared(scheme)))
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
            parts.append(_indicator(portion, text, scheme, source))
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


def _indicator(leaf: model.Indicator, text: IndicatorText, scheme: model.Scheme, source: Source | None) -> Indicator:
    force = DEFAULT_FORCE[leaf.kind]
    demands = [*demands_of(text), *(fields.demand_of(v, force, text.declared, source) for v in _values(leaf, model.Measure))]
    evidence = evidence_of(text)
    reporting = reporting_of(text)
    procedures = procedures_of(text)
    inspections = inspections_of(text)
    escalations = escalations_of(text)
    for field in leaf.fields:
        value = field.value
        if isinstance(value, model.Terms):
            if field.name == "evidence":
                evidence += fields.evidence_of(value, source)
            elif field.name == "procedure":
                procedures.append(fields.procedure_of(value, force, source))
        elif isinstance(value, model.Levels):
            escalation = fields.escalation_of(value, source)
            if escalation is not None:
                escalations.append(escalation)
        elif isinstance(value, model.Every) and field.name == "inspection":
            inspections.append(fields.inspection_of(value.interval, value.span, source))
        elif isinstance(value, model.Every):
            reporting = [replace(r, frequency=value.interval) if r.frequency is None else r for r in reporting]
    demands += _presence(evidence)
    consequences = consequences_of(text, demands, evidence, reporting)
    hangs = tuple(Hang(demand=d) for d in demands if d.force in LIVE and d.voice == "own")
    hangs = hangs or tuple(Hang(evidence=e) for e in evidence if e.role == "counted") or (Hang(kind="unknown"),)
    for term in (t for v in _values(leaf, model.Terms, "consequence") for t in v.terms):
        consequences.append(replace(fields.consequence_of(term.id, term.span, source), hangs_on=hangs))
    if leaf.kind == "veto" and not any(c.kind == "veto" for c in consequences):
        consequences.append(
            Consequence(Words(leaf.name.text, (leaf.name.span,), "name"), "required", "veto", hangs_on=_veto_hangs(text, hangs))
        )
    consequences.extend(
        Consequence(d.words, "required", "ranking", "neutral", hangs_on=(Hang(demand=d),))
        for d in demands
        if d.measure == "rank" and d.words.field == "measure"
    )
    circumstance = next((t.id for v in _values(leaf, model.Terms, "circumstance") for t in v.terms), None)
    facts = Indicator(
        words=Words(leaf.name.text, (leaf.name.span,), "name"),
        name=leaf.name.text,
        kind=leaf.kind,
        points=leaf.points,
        demands=tuple(demands),
        evidence=tuple(evidence),
        reporting=tuple(reporting),
        procedures=tuple(procedures),
        consequences=tuple(consequences),
        inspections=tuple(inspections),
        escalations=tuple(escalations),
        assignments=tuple(assignments_of(text, scheme.duties)),
        contradictions=tuple(contradictions_of(leaf, text, demands)),
        clarity=clarity_of(text),
        references=tuple(_references(leaf, scheme)),
    )
    return _under(facts, circumstance) if circumstance else facts


def _veto_hangs(text: IndicatorText, hangs: tuple[Hang, ...]) -> tuple[Hang, ...]:
    """Return what a veto line hangs on: harm or law where its text names them, else what it demands."""
    named = {m.sense.value for p in text.passages for m in p.of("hang")} & {"real_harm", "law"}
    return tuple(Hang(kind=kind) for kind in sorted(named)) or hangs


def _declared(scheme: model.Scheme) -> Iterator[Indicator]:
    """Yield what the scheme declares outside its indicators, data asked for and inspections held, each as a provision of its own."""
    for item in scheme.data_items:
        words = Words(item.name.text, (item.name.span,), "data")
        yield Indicator(words, item.name.text, "provision", reporting=(fields.reporting_of(item),))
    for inspection in scheme.inspections:
        words = Words(inspection.name.text, (inspection.name.span,), "inspection")
        yield Indicator(words, inspection.name.text, "provision", inspections=(fields.declared_inspection(inspection),))


def _under(facts: Indicator, circumstance: str) -> Indicator:
    """Return the facts under a circumstance the indicator declares for all of itself."""
    return replace(
        facts,
        demands=tuple(replace(f, circumstance=circumstance) for f in facts.demands),
        evidence=tuple(replace(f, circumstance=circumstance) for f in facts.evidence),
        reporting=tuple(replace(f, circumstance=circumstance) for f in facts.reporting),
        procedures=tuple(replace(f, circumstance=circumstance) for f in facts.procedures),
        consequences=tuple(replace(f, circumstance=circumstance) for f in facts.consequences),
        inspections=tuple(replace(f, circumstance=circumstance) for f in facts.inspections),
        escalations=tuple(replace(f, circumstance=circumstance) for f in facts.escalations),
    )


PRESENCE = {"check_in_record": "check_in", "location_track": "share_location"}


def _presence(evidence: list[Evidence]) -> list[Demand]:
    """Return the demand that a check-in record as evidence makes: who must show it must check in."""
    return [
        Demand(e.words, "required", PRESENCE[e.kind], voice=e.voice, circumstance=e.circumstance)
        for e in evidence
        if e.kind in PRESENCE and e.role == "counted"
    ]


def _values(leaf: model.Indicator, kind: type, name: str | None = None) -> Iterator:  # type: ignore[type-arg]
    return (f.value for f in leaf.fields if isinstance(f.value, kind) and (name is None or f.name == name))


MATTERS = frozenset({"resolve", "satisfy", "deliver"})
"""Actions on the matters of office, which no scheme declares; an app's name among them still is one."""


def _misspells(name: str, declared: set[str]) -> bool:
    """Tell whether a name is one character off a declared one."""
    return any(len(name) == len(known) and sum(a != b for a, b in zip(name, known, strict=True)) == 1 for known in declared)


def _references(leaf: model.Indicator, scheme: model.Scheme) -> Iterator[Reference]:
    declared = (
        {app.name.text for app in scheme.apps} | {item.name.text for item in scheme.data_items} | {i.name.text for i in scheme.inspections}
    )
    for measure in _values(leaf, model.Measure):
        name = measure.object_name
        if name is not None and (measure.action not in MATTERS or looks_like_app(name.text) or _misspells(name.text, declared)):
            yield Reference(Words(name.text, (name.span,), "measure"), name.text, name.text in declared)


def _coverage(passage: Passage) -> tuple[int, int]:
    """Return how many word characters a passage has, and how many lie in a clause where something was recognised."""
    total = read = 0
    marks = sorted({(m.start, m.end) for m in passage.mentions} | {(q.start, q.end) for q in passage.quantities})
    for clause in passage.clauses:
        length = sum(c.isalnum() for c in passage.text[clause.start : clause.end])
        total += length
        if any(start < clause.end and clause.start < end for start, end in marks):
            read += length
    return total, read
