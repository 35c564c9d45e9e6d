"""Structured fields → the same facts as prose: a Measure is a Demand, a list of kinds is Evidence, a frequency an Inspection's."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from assesslint.reading.facts import (
    Consequence,
    Demand,
    Escalation,
    Evidence,
    Inspection,
    Object,
    Procedure,
    Reporting,
    Step,
    Target,
    Words,
)
from assesslint.reading.groups import DEFAULT_OBJECT, PUNISHMENT
from assesslint.scheme.model import DataItem, DeclaredInspection, Every, Indicator, Levels, Measure, Names, Prose, Scheme, Terms
from assesslint.text.source import Source, Span

OWN_WORDS = {"township": ("乡镇", "街道", "镇"), "village": ("村", "社区"), "school": ("学校",), "hospital": ("医院", "卫生院")}
"""How the name of a source tells that it is the filler's own."""


def words_at(source: Source | None, span: Span, field: str) -> Words:
    """Return the words of a structured value, as they stand in the draft."""
    if source is None or span.end <= span.start:
        return Words("", (), field)
    return Words(source.text[span.start : span.end], (span,), field)


def demand_of(measure: Measure, force: str, kinds: dict[str, str], source: Source | None) -> Demand:
    """Return the demand of a structured measure; `kinds` maps the names of declared objects to their kinds."""
    name = measure.object_name.text if measure.object_name else None
    kind = measure.object_kind or (kinds.get(name, "") if name else "") or DEFAULT_OBJECT.get(measure.action, "unknown")
    amount = measure.target
    target = None
    if amount is not None or measure.of is not None:
        target = Target(
            operator=measure.operator,
            value=(amount.in_days if amount.unit == "days" else amount.value) if amount else None,
            unit=amount.unit if amount else None,
            of=measure.of or "unknown",
            growing=measure.operator == "growth",
            universal=measure.of == "everyone" or (amount is not None and amount.unit == "percent" and amount.value >= 100),
        )
    return Demand(
        words=words_at(source, measure.span, "measure"),
        force=force,
        action=measure.action,
        object=Object(kind, name),
        measure=measure.measure,
        scoring="threshold" if amount else None,
        target=target,
    )


def evidence_of(terms: Terms, source: Source | None) -> list[Evidence]:
    """Return a proof for each term of an evidence field."""
    return [Evidence(words_at(source, term.span, "evidence"), term.id) for term in terms.terms]


def procedure_of(terms: Terms, force: str, source: Source | None) -> Procedure:
    """Return the steps a procedure field lists."""
    return Procedure(words_at(source, terms.span, "procedure"), force, tuple(term.id for term in terms.terms))


def consequence_of(kind: str, span: Span, source: Source | None) -> Consequence:
    """Return a consequence of a kind, hanging on nothing yet."""
    direction = "penalty" if kind in PUNISHMENT or kind == "circular" else "reward" if kind == "honour" else "neutral"
    return Consequence(words_at(source, span, "consequence"), "required", kind, direction)


def escalation_of(levels: Levels, source: Source | None) -> Escalation | None:
    """Return an Escalation when a lower level is to reach more than the one above it."""
    steps = tuple(Step(level.level, level.target.value) for level in levels.levels)
    values = [step.value for step in steps if step.value is not None]
    if not any(lower > upper for upper, lower in pairwise(values)):
        return None
    return Escalation(words_at(source, levels.span, "escalation"), "required", levels=steps)


def inspection_of(
    frequency: Decimal, span: Span, source: Source | None, *, bodies: tuple[str, ...] = (), merged: bool = False, scored: bool = True
) -> Inspection:
    """Return the inspection of a structured field, every `frequency` days."""
    return Inspection(
        words_at(source, span, "inspection"),
        "required",
        frequency=frequency,
        bodies=bodies,
        several=len(bodies) > 1,
        method="announced",
        merged=merged,
        scored=scored,
    )


def reporting_of(item: DataItem) -> Reporting:
    """Return what a declared data item asks for: who holds it already, how often it is asked, by hand or not."""
    held = item.source.text if item.source is not None else None
    if held is not None and any(word in held for filler in item.filled_by for word in OWN_WORDS.get(filler.id, ())):
        held = None
    return Reporting(
        words=Words(item.name.text, (item.name.span,), "data"),
        force="required",
        item=item.name.text,
        actor=item.filled_by[0].id if item.filled_by else "unknown",
        frequency=item.frequency.interval if isinstance(item.frequency, Every) else None,
        recipients=tuple(r.text for r in item.recipients),
        systems=tuple(s.text for s in item.systems),
        held_by=held if item.filled_by and item.means not in ("automatic", "shared") else None,
        means=item.means or "unknown",
    )


def declared_inspection(item: DeclaredInspection) -> Inspection:
    """Return the fact of an inspection the scheme declares on its own."""
    frequency = item.frequency.interval if isinstance(item.frequency, Every) else None
    return Inspection(
        words=Words(item.name.text, (item.name.span,), "inspection"),
        force="required",
        frequency=frequency,
        bodies=tuple(b.text for b in item.bodies),
        several=len(item.bodies) > 1,
        method="announced",
        scored=item.scored is not False,
        merged=item.merged is True,
    )


def prose_fields(indicator: Indicator, declared: frozenset[str] = frozenset()) -> list[tuple[str, Prose]]:
    """Return the prose of an indicator, field by field, its name first; the bare name of something declared is a reference, no prose."""
    found = [("name", indicator.name)]
    for field in indicator.fields:
        if isinstance(field.value, Prose) and field.value.text in declared:
            continue
        if isinstance(field.value, Prose):
            found.append((field.name, field.value))
        elif isinstance(field.value, Names):
            found.extend((field.name, name) for name in field.value.names if name.text not in declared)
    return found


def declared_kinds(scheme: Scheme) -> dict[str, str]:
    """Return the kind of object each declared name stands for."""
    return {app.name.text: app.kind for app in scheme.apps}
