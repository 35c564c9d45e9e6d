"""One leaf of a scheme → the facts of an Indicator, prose and structured fields alike."""

from __future__ import annotations

from collections.abc import Iterator
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
from assesslint.reading.facts import Indicator, Words
from assesslint.reading.indicator import DEFAULT_FORCE, IndicatorText
from assesslint.reading.inspections import inspections_of
from assesslint.reading.procedures import procedures_of
from assesslint.reading.references import references_of
from assesslint.reading.reporting import reporting_of
from assesslint.scheme import model
from assesslint.text.source import Source

Value = TypeVar("Value")


def read_leaf(leaf: model.Indicator, text: IndicatorText, scheme: model.Scheme, source: Source | None) -> Indicator:
    """Return the facts of a leaf: its prose and its structured fields read into one vocabulary. `source` is there to quote the fields."""
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
        inspections=tuple(inspections),
        escalations=tuple(escalations),
        assignments=tuple(assignments_of(text, scheme.duties)),
        contradictions=tuple(contradictions_of(leaf, text, demands)),
        clarity=clarity_of(text),
        references=tuple(references_of(leaf, scheme)),
    )
    return _under(facts, circumstance) if circumstance else facts


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


def _values(leaf: model.Indicator, kind: type[Value], name: str | None = None) -> Iterator[Value]:
    return (f.value for f in leaf.fields if isinstance(f.value, kind) and (name is None or f.name == name))
