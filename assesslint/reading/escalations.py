"""A target lifted above the superior's → Escalation: said in so many words, or shown by the figures or days of two levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assesslint.reading.facts import Escalation, Step
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage
from assesslint.reading.stance import stance_of
from assesslint.text.deadline import Deadline
from assesslint.text.quantity import Quantity

ORDER = ("central", "province", "city", "county", "township", "village")
LEVELS = {
    "国": "central", "中": "central", "部": "central", "省": "province", "自": "province", "市": "city", "州": "city", "盟": "city",
    "县": "county", "区": "county", "旗": "county", "乡": "township", "镇": "township", "街": "township", "办": "township",
    "村": "village", "社": "village", "组": "village",
}  # fmt: skip
"""The level of government a word names, by the first of its characters that names one."""

RECIPIENT = 2
"""How close behind a superior's word the level stands that it is addressed to."""
FURTHER, STEP = "再", "每"
"""What opens a raise beyond what was told before it, and what makes of it a step of a ladder."""
FIGURE_NEAR, LONGEST_FIGURE = 2, 12
"""How close behind a raise its figure stands, and how long it may be."""
MONEY = frozenset({"元", "万元", "亿元"})
LEAST_MARK = 15
"""Points above which a figure is a mark to be reached (总分达到90分), not what is given."""


def escalations_of(indicator: IndicatorText) -> list[Escalation]:
    """Return where an indicator says, or shows by figures, that it asks for more than its superior did."""
    found: list[Escalation] = []
    for passage in indicator.passages:
        said = list(_said(indicator, passage))
        shown = None if said else _shown(passage)
        found += said if shown is None else [shown]
    return found


def _said(indicator: IndicatorText, passage: Passage) -> Iterator[Escalation]:
    for mention in passage.of("escalation"):
        if mention.sense.value not in ("said", "said_of_superior") or passage.inside_longer(mention, "escalation"):
            continue
        clause = passage.clause_of(mention.start)
        start, end = passage.sentence_range(clause)
        denied = "不" in passage.text[max(start, mention.start - 2) : mention.start]
        if denied or passage.has("escalation", clause.start, clause.end, "equal") or _is_step(passage, mention):
            continue
        if mention.sense.value == "said_of_superior" and not passage.has("escalation", start, end, "superior"):
            continue
        stance = stance_of(passage, mention, indicator.default_force)
        force = "required" if stance.force in ("scored", "bonus", "encouraged") else stance.force
        yield Escalation(passage.words(mention.start, _with_figure(passage, mention)), force, stance.voice)


def _is_step(passage: Passage, mention: Mention) -> bool:
    """Tell whether more of a thing only earns more points of its indicator (每再高5个百分点加1分), and no superior's target is named."""
    if passage.text.startswith(STEP, mention.start - 1):
        return True
    clause = passage.clause_of(mention.start)
    further = passage.text.startswith(FURTHER, mention.start) and not passage.of("escalation", "superior")
    return further and passage.has("score", mention.end, clause.end)


def _with_figure(passage: Passage, mention: Mention) -> int:
    """Return where the figure ends that says by how much, if it stands right behind the words or in them; else where the words end."""
    behind = passage.quantities_in(mention.start, mention.end + LONGEST_FIGURE)
    return max((q.end for q in behind if q.start <= mention.end + FIGURE_NEAR and q.unit != "points"), default=mention.end)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one level asks: its place among the levels, and the figure or day that stands with its name."""

    mention: Mention
    rank: int
    figure: Quantity | None
    due: Deadline | None

    @property
    def end(self) -> int:
        return max(self.mention.end, self.figure.end if self.figure else 0, self.due.end if self.due else 0)


def _shown(passage: Passage) -> Escalation | None:
    """Return the escalation that two levels show: 市级下达80%，本县按90%分解; 省里要求年底，我县定于9月底."""
    if not passage.of("escalation", "superior"):
        return None
    asked = list(_asked(passage))
    for upper in asked:
        if upper.mention.sense.value != "superior":
            continue
        for lower in asked:
            if lower.rank <= upper.rank or not _near(passage, upper, lower):
                continue
            if _is_stricter(upper, lower) and not _is_excused(passage, upper, lower):
                words = passage.words(min(upper.mention.start, lower.mention.start), max(upper.end, lower.end))
                return Escalation(words, "required", levels=_steps(upper, lower))
    return None


def _asked(passage: Passage) -> Iterator[_Asked]:
    """Yield what each level named in a passage asks, as far as a figure or day stands between its name and the next."""
    levels = passage.of("escalation", "superior", "lower")
    askers = [m for m in levels if not _is_asked_of(m, levels)]
    for mention in askers:
        _, sentence_end = passage.sentence_range(passage.clause_of(mention.start))
        end = min((m.start for m in askers if m.start > mention.start), default=sentence_end)
        end = min(end, sentence_end)
        figure = next((q for q in passage.quantities_in(mention.start, end) if _is_target(q)), None)
        due = next((d for d in passage.deadlines if mention.start <= d.start and d.end <= end and not _is_for_a_report(passage, d)), None)
        if figure is not None or due is not None:
            yield _Asked(mention, _rank(passage.text[mention.start : mention.end], mention.sense.value), figure, due)


def _is_asked_of(mention: Mention, levels: list[Mention]) -> bool:
    """Tell whether a level is only the one that the level named right before it asks (省下达我市92%)."""
    return mention.sense.value == "lower" and any(m.sense.value == "superior" and 0 <= mention.start - m.end <= RECIPIENT for m in levels)


def _rank(word: str, side: str) -> int:
    named = next((ORDER.index(LEVELS[c]) for c in word if c in LEVELS), None)
    if named is not None:
        return named
    return 0 if side == "superior" else len(ORDER)


def _is_for_a_report(passage: Passage, due: Deadline) -> bool:
    """Tell whether a day is only the one a report is due; it must be in before the work is judged."""
    clause = passage.clause_of(due.start)
    return passage.has("sent", due.end, clause.end) and passage.has("item", due.end, clause.end)


def _is_target(quantity: Quantity) -> bool:
    if quantity.measure_word in MONEY:
        return False
    return quantity.unit in ("percent", "count") or (quantity.unit == "points" and quantity.value > LEAST_MARK)


def _near(passage: Passage, upper: _Asked, lower: _Asked) -> bool:
    """Tell whether two levels are spoken of in one sentence or two that follow each other."""
    first, second = (passage.clause_of(asked.mention.start).sentence for asked in (upper, lower))
    return abs(first - second) <= 1


def _is_stricter(upper: _Asked, lower: _Asked) -> bool:
    """Tell whether the lower level asks for more of the same, or sooner."""
    one, other = upper.figure, lower.figure
    if (
        one is not None
        and other is not None
        and (one.unit, one.measure_word) == (other.unit, other.measure_word)
        and other.value > one.value
    ):
        return True
    return upper.due is not None and lower.due is not None and lower.due.day < upper.due.day


def _is_excused(passage: Passage, upper: _Asked, lower: _Asked) -> bool:
    start, end = min(upper.mention.start, lower.mention.start), max(upper.end, lower.end)
    return passage.has("escalation", start, end, "equal")


def _steps(upper: _Asked, lower: _Asked) -> tuple[Step, ...]:
    def step(asked: _Asked, value: Decimal | None) -> Step:
        return Step(ORDER[min(asked.rank, len(ORDER) - 1)], value)

    figures = upper.figure is not None and lower.figure is not None and lower.figure.value > upper.figure.value
    return (
        step(upper, upper.figure.value if figures and upper.figure else None),
        step(lower, lower.figure.value if figures and lower.figure else None),
    )
