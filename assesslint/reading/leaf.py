"""One leaf of a scheme → the facts of an Indicator, prose and structured fields alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from assesslint.reading import fields
from assesslint.reading.assignments import assignments_of
from assesslint.reading.clarity import clarity_of
from assesslint.reading.consequences import consequences_of, declared_consequences
from assesslint.reading.contradictions import contradictions_of
from assesslint.reading.demands import demands_of
from assesslint.reading.escalations import escalations_of
from assesslint.reading.evidence import evidence_of, presence_of
from assesslint.reading.facts import Consequence, Demand, Evidence, Hang, Indicator, Reporting, Words
from assesslint.reading.indicator import DEFAULT_FORCE, IndicatorText
from assesslint.reading.inspections import inspections_of
from assesslint.reading.outcomes import outcome_of
from assesslint.reading.procedures import procedures_of
from assesslint.reading.references import references_of
from assesslint.reading.reporting import reporting_of
from assesslint.reading.surroundings import Surroundings
from assesslint.scheme import model
from assesslint.text.source import Source

Value = TypeVar("Value")
Fact = TypeVar("Fact", Demand, Evidence, Reporting)


def read_leaf(leaf: model.Indicator, text: IndicatorText, around: Surroundings, source: Source | None) -> Indicator:
    """Return the facts of a leaf: its prose and its structured fields read into one vocabulary. `source` is there to quote the fields."""
    force = DEFAULT_FORCE[leaf.kind]
    demands = [*demands_of(text), *(fields.demand_of(v, force, text.declared, source) for v in _values(leaf, model.Measure))]
    evidence = [*evidence_of(text), *(e for terms in _values(leaf, model.Terms, "evidence") for e in fields.evidence_of(terms, source))]
    procedures = [*procedures_of(text), *(fields.procedure_of(v, force, source) for v in _values(leaf, model.Terms, "procedure"))]
    visits = (fields.inspection_of(v.interval, v.span, source) for v in _values(leaf, model.Every, "inspection"))
    raised = (fields.escalation_of(v, source) for v in _values(leaf, model.Levels))
    reporting = _as_often_as_declared(reporting_of(text), leaf)
    demands += presence_of(evidence)
    consequences = consequences_of(text, demands, evidence, reporting)
    consequences += declared_consequences(leaf, text, demands, evidence, source)
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
        inspections=(*inspections_of(text), *visits),
        escalations=(*escalations_of(text), *filter(None, raised)),
        assignments=tuple(assignments_of(text, around.duties)),
        contradictions=tuple(contradictions_of(leaf, text, demands)),
        clarity=clarity_of(text),
        references=tuple(references_of(leaf, around.declared.union(text.declared))),
        outcome=outcome_of(text),
    )
    return _under(facts, circumstance) if circumstance else facts


def _as_often_as_declared(reporting: Sequence[Reporting], leaf: model.Indicator) -> list[Reporting]:
    """Return the reports, those of no frequency in the prose with the one that a field declares."""
    declared = next((f.value.interval for f in leaf.fields if isinstance(f.value, model.Every) and f.name != "inspection"), None)
    return [replace(r, frequency=declared) if r.frequency is None else r for r in reporting]


def _under(facts: Indicator, circumstance: str) -> Indicator:
    """Return the facts under a circumstance the indicator declares for all of itself."""
    return replace(
        facts,
        demands=tuple(replace(f, circumstance=circumstance) for f in facts.demands),
        evidence=tuple(replace(f, circumstance=circumstance) for f in facts.evidence),
        reporting=tuple(replace(f, circumstance=circumstance) for f in facts.reporting),
        procedures=tuple(replace(f, circumstance=circumstance) for f in facts.procedures),
        consequences=tuple(_consequence_under(f, circumstance) for f in facts.consequences),
        inspections=tuple(replace(f, circumstance=circumstance) for f in facts.inspections),
        escalations=tuple(replace(f, circumstance=circumstance) for f in facts.escalations),
    )


def _consequence_under(told: Consequence, circumstance: str) -> Consequence:
    """Return a consequence under a circumstance; what it hangs on stands under it too."""

    def under(fact: Fact | None) -> Fact | None:
        return None if fact is None else replace(fact, circumstance=circumstance)

    hangs = tuple(Hang(h.kind, under(h.demand), under(h.evidence), under(h.reporting)) for h in told.hangs_on)
    return replace(told, circumstance=circumstance, hangs_on=hangs)


def _values(leaf: model.Indicator, kind: type[Value], name: str | None = None) -> Iterator[Value]:
    return (f.value for f in leaf.fields if isinstance(f.value, kind) and (name is None or f.name == name))
