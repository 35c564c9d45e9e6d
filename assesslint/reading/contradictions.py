"""Fields against prose: the same thing given two values in one indicator → Contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assesslint.reading.facts import Contradiction, Demand, Target, Words
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.passage import Passage
from assesslint.reading.reporting import CELLS
from assesslint.scheme import model
from assesslint.text.frequency import Frequency, frequency_of_cell
from assesslint.text.normalise import normalise

REPORT_BEFORE, REPORT_BEHIND = 4, 6
"""Characters before a frequency and behind it within which the report stands that it is said of."""
LONGEST_CELL = 6
"""Characters of a cell that tells nothing but how often."""


def contradictions_of(leaf: model.Indicator, text: IndicatorText, demands: Sequence[Demand]) -> Iterator[Contradiction]:
    """Yield what an indicator says twice and differently: targets, points, frequencies."""
    yield from _targets(demands)
    yield from _points(leaf, text)
    yield from _frequencies(leaf, text)


def _targets(demands: Sequence[Demand]) -> Iterator[Contradiction]:
    """A declared target and one in the prose for the same action and unit that differ."""
    declared = [d for d in demands if d.words.field == "measure" and d.target is not None and d.target.value is not None]
    for field in declared:
        for said in demands:
            if said.words.field == "measure" or said.action != field.action or said.target is None or field.target is None:
                continue
            if said.target.value is None or said.target.unit != field.target.unit or said.target.value == field.target.value:
                continue
            yield Contradiction(said.words, "度量", _plain(field), _plain(said))


def _plain(demand: Demand) -> str:
    target = demand.target or Target()
    return f"{(target.value or Decimal(0)).normalize():f}{'%' if target.unit == 'percent' else ''}"


def _points(leaf: model.Indicator, text: IndicatorText) -> Iterator[Contradiction]:
    """Full marks named in the scoring text that are not the indicator's points."""
    if leaf.points is None or leaf.points_unit != "points" or leaf.kind != "scored":
        return
    for passage in text.fields("scoring"):
        for quantity in passage.quantities:
            if quantity.unit == "points" and passage.closes_with("full_marks", quantity.start) and quantity.value != leaf.points:
                words: Words = passage.words(quantity.start, quantity.end)
                yield Contradiction(words, "分值", f"{leaf.points.normalize():f}分", f"{quantity.value.normalize():f}分")


def _frequencies(leaf: model.Indicator, text: IndicatorText) -> Iterator[Contradiction]:
    """A declared frequency of reports and the one of the scoring text that differ; how many in the same period (每月4篇) differs not."""
    declared, shown = _declared(leaf)
    if declared is None:
        return
    for passage in text.fields("scoring", "content"):
        found = [f for f in passage.frequencies if _is_of_a_report(passage, f)]
        if len(found) == 1 and found[0].interval != declared and not passage.text.startswith(shown, found[0].start):
            words = passage.words(found[0].start, found[0].end)
            yield Contradiction(words, "频次", shown, words.text)


def _declared(leaf: model.Indicator) -> tuple[Decimal | None, str]:
    """Return the interval in days that a cell of frequencies gives, and how it is shown: as written in prose (季报), else in days."""
    for name in CELLS:
        for value in leaf.values(name):
            if isinstance(value, model.Every):
                return value.interval, f"每{value.interval.normalize():f}天"
            if isinstance(value, model.Prose):
                told = frequency_of_cell(normalise(value.text).text)
                if len(told) == 1 and len(value.text) <= LONGEST_CELL:
                    return told[0].interval, value.text.strip()
    return None, ""


def _is_of_a_report(passage: Passage, frequency: Frequency) -> bool:
    """Tell whether a frequency is how often something is handed in: a word of reporting stands by it."""
    near = frequency.start - REPORT_BEFORE, frequency.end + REPORT_BEHIND
    return any(passage.has(kind, *near) for kind in ("report", "sent"))
