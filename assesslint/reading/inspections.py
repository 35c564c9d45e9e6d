"""Visits from above → Inspections: how often, by whom, whether they score. The unit's own patrols and its own law enforcement are none."""

from __future__ import annotations

import re
from itertools import pairwise

from assesslint.reading.carry import NEGATIVE
from assesslint.reading.facts import Inspection
from assesslint.reading.indicator import EVIDENCE_FIELDS, IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage, Range
from assesslint.reading.place import Place
from assesslint.reading.stance import negated, stance_of
from assesslint.text.frequency import Frequency

OWN_CELLS = ("inspection", "frequency")
"""The cells whose frequency is that of every visit told in them."""

YEARLY_BEFORE = 4
"""How close before a visit the words stand that make it the yearly one (年度检查)."""

BESIDE = 8
"""How close a frequency stands to a visit in a cell of evidence, where most are those of something else."""

LONGEST_NAME = 14
"""Characters of the name of a body."""

LIST_MARKS = re.compile("[、和及与]")


LONGEST_SHOWN = 40
"""Characters before a visit within which the bodies that come are shown with it."""


def inspections_of(indicator: IndicatorText) -> list[Inspection]:
    """Return the inspections an indicator speaks of, one for each clause."""
    found: list[Inspection] = []
    for passage in indicator.passages:
        done = -1
        for mention in passage.of("inspection"):
            place = Place.of(passage, mention)
            if place.clause.index == done:
                continue
            inspection = _inspection(indicator, place)
            if inspection is not None:
                found.append(inspection)
                done = place.clause.index
    return found


def _inspection(indicator: IndicatorText, place: Place) -> Inspection | None:
    passage, mention, clause = place.passage, place.mention, place.clause
    cues = {m.sense.value for kind in ("cue", "visit") for m in place.around(kind)}
    frequency = _frequency(place)
    bodies = _bodies(passage, clause.start, mention.start) or _named_bodies(place)
    joint = {passage.clause_of(m.start).index for m in place.around("cue", "joint")}
    apart = [m for m in place.around("cue", "several_bodies") if passage.clause_of(m.start).index not in joint]
    several = clause.index not in joint and any(m.start <= mention.end for m in apart)
    if not _is_visit(place, cues, bodies, several=several) or (frequency is None and len(bodies) < 2 and not several):
        return None
    if passage.field in EVIDENCE_FIELDS and not several and not _is_beside(frequency, mention):
        return None
    stance = stance_of(passage, mention, indicator.default_force)
    banned = stance.force == "mentioned" or (stance.force in NEGATIVE.values() and (several or "unplanned" in cues))
    return Inspection(
        words=passage.words(*_extent(place, frequency, bodies)),
        force=negated(passage, mention) or (stance.force if banned else indicator.default_force),
        voice=stance.voice,
        circumstance=stance.circumstance,
        frequency=frequency.interval if frequency else None,
        bodies=bodies,
        several=several or (len(bodies) > 1 and not joint),
        method=mention.sense.value,
        scored=indicator.kind != "provision" or bool(place.around("score")),
        merged="merged" in cues or bool(place.around("inspection", "random")),
    )


def _is_visit(place: Place, cues: set[str], bodies: tuple[str, ...], *, several: bool) -> bool:
    """Tell whether somebody comes from above, rather than a unit going its own rounds or holding its own office."""
    passage, mention = place.passage, place.mention
    if any(m.holds(mention) for kind in ("body", "hang") for m in passage.of(kind)):
        return False
    plain = mention.sense.nominal
    above = bool(bodies) or several or "from_above" in cues
    if "own_office" in cues and not several:
        return False
    if plain and (not above or ("own_patrol" in cues and len(bodies) < 2)):
        return False
    return several or "from_above" in cues or not place.before("actor", "village", "enterprises")


def _frequency(place: Place) -> Frequency | None:
    """Return how often the visit comes, by its clause or the cell it stands in, unless that is said of something else or of a year."""
    passage, mention, clause = place.passage, place.mention, place.clause
    lead = max(clause.start, mention.start - YEARLY_BEFORE)
    if passage.has("rhythm", lead, mention.start, "yearly"):
        return None
    frequency = passage.frequency_in(clause.start, clause.end)
    if frequency is None:
        return passage.frequency_in(0, len(passage.text)) if passage.field in OWN_CELLS else None
    others = (m for kind in ("report", "consequence") for m in place.before(kind))
    return None if any(frequency.end <= m.start for m in others) else frequency


def _is_beside(frequency: Frequency | None, mention: Mention) -> bool:
    return frequency is not None and 0 <= mention.start - frequency.end <= BESIDE


def _extent(place: Place, frequency: Frequency | None, bodies: tuple[str, ...]) -> Range:
    """Return where a visit stands with the words that say how often, which bodies come, or that each comes by itself."""
    start, end = place.mention.start, place.mention.end
    listed = place.passage.text.find(bodies[0], place.clause.start, start) if len(bodies) > 1 else -1
    start = listed if listed >= max(0, start - LONGEST_SHOWN) else start
    start = min([start, *(m.start for m in place.before("cue", "several_bodies") if m.end >= start)])
    if frequency is not None and place.clause.start <= frequency.start and frequency.end <= place.clause.end:
        return min(start, frequency.start), max(end, frequency.end)
    return start, end


def _named_bodies(place: Place) -> tuple[str, ...]:
    """Return the bodies named in the sentence before the visit."""
    named = (place.passage.text[m.start : m.end] for m in place.passage.between("body", place.start, place.mention.start))
    return tuple(dict.fromkeys(named))


def _bodies(passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """Return the bodies listed as those who come (县局养护股、路政大队、安监股每月各自…), when there are several."""
    marks = [m.start() for m in LIST_MARKS.finditer(passage.text, start, end)]
    edges = [start - 1, *marks, end]
    found: list[str] = []
    for before, after in pairwise(edges):
        offices = [m for m in passage.between("bureau", before + 1, after) if m.end - before <= LONGEST_NAME]
        whole = [m.end for m in offices if m.end == after] or [m.end for m in offices if after == end]
        if whole:
            found.append(passage.text[before + 1 : max(whole)])
        elif after != end:
            found.clear()
    return tuple(dict.fromkeys(found)) if len(found) > 1 else ()
