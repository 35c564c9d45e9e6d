"""How often units are ranked or named before others: told in the clause, before it, in the name or in the cell of frequencies.

A frequency belongs to what stands behind it. 每周报送台账，迟报的通报 tells how often ledgers are handed in, not how often somebody is
named; 每周统计登录率，末位通报 tells both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assesslint.reading.carry import NEGATIVE
from assesslint.reading.groups import PUBLICITY
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Clause, Passage
from assesslint.text.frequency import Frequency, frequency_of_cell

OWNED = 14
"""Within how many characters behind a frequency the work stands that it belongs to."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Something is made known every `interval` days, as `passage.text[start:end]` says."""

    passage: Passage
    start: int
    end: int
    interval: Decimal


def rhythm_of(indicator: IndicatorText, passage: Passage, mention: Mention) -> Rhythm | None:
    """Return how often what a mention tells of takes place; None where the draft does not say, or says once a year."""
    clause = passage.clause_of(mention.start)
    within = [f for f in passage.frequencies if clause.start <= f.start and f.end <= clause.end]
    own = [f for f in within if not _is_of_work(passage, f, mention.start)]
    if own:
        return _rhythm(passage, min(own, key=lambda f: abs(f.end - mention.start)))
    sentence_start, _ = passage.sentence_range(clause)
    if passage.has("rhythm", sentence_start, mention.start, "yearly"):
        return None
    return next((_rhythm(where, f) for where, f in _told_elsewhere(indicator, passage, clause)), None)


def _rhythm(passage: Passage, frequency: Frequency) -> Rhythm:
    return Rhythm(passage, frequency.start, frequency.end, frequency.interval)


def _told_elsewhere(indicator: IndicatorText, passage: Passage, clause: Clause) -> Iterator[tuple[Passage, Frequency]]:
    """Yield the frequencies that may be meant: of the sentence so far, of its rest, of the sentence before it, of the name, of the cell.

    What is made known in the sentence before has its own frequency, which tells nothing of this one.
    """
    sentence_start, sentence_end = passage.sentence_range(clause)
    same_period = passage.has("rhythm", clause.start, clause.end, "same_period")
    before = [f for f in passage.frequencies if f.end <= clause.start]
    yield from ((passage, f) for f in before if f.start >= sentence_start and (same_period or not _is_of_work(passage, f, clause.start)))
    later = [f for f in passage.frequencies if clause.end <= f.start and f.end <= sentence_end]
    yield from ((passage, f) for f in later if _judges(passage, f) and not _is_of_work(passage, f, sentence_end))
    previous_start, previous_end = passage.sentence_range(passage.clause_of(max(0, sentence_start - 1)))
    if sentence_start and not passage.has("consequence", previous_start, previous_end, *PUBLICITY):
        yield from ((passage, f) for f in before if previous_start <= f.start < sentence_start and _judges(passage, f))
    yield from ((indicator.name, f) for f in indicator.name.frequencies if _judges(indicator.name, f))
    yield from ((cell, f) for cell in indicator.fields("frequency") for f in frequency_of_cell(cell.text))


def _is_of_work(passage: Passage, frequency: Frequency, end: int) -> bool:
    """Tell whether a frequency is how often work is done or handed in, nobody judging it in the same clause before an offset."""
    work = [m for kind in ("action", "report") for m in passage.between(kind, frequency.start, min(end, frequency.end + OWNED))]
    return bool(work) and not _judges(passage, frequency)


def _judges(passage: Passage, frequency: Frequency) -> bool:
    """Tell whether the clause of a frequency says that somebody counts, compares or makes known, and does not deny it (不按月通报)."""
    clause = passage.clause_of(frequency.start)
    denied = passage.text.startswith("不", frequency.start - 1) or any(
        m.sense.value in NEGATIVE for m in passage.between("force", clause.start, frequency.start)
    )
    told = passage.has("rhythm", frequency.start, clause.end, "judging") or passage.has("consequence", frequency.start, clause.end)
    return told and not denied
