"""The steps one matter takes → Procedure: on line, on paper, or the same step twice.

Steps belong to one matter when they stand in one sentence, or in the next where that goes on with more of the same (同时, 仍).
"""

from __future__ import annotations

from collections.abc import Iterator

from assesslint.reading.facts import Procedure
from assesslint.reading.groups import PAPER_STEPS
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage, Range
from assesslint.reading.stance import Stance, negated, punished_as_such, stance_of

DROPPED = frozenset({"prohibited", "withdrawn", "reduced", "mentioned", "allowed"})
FORMALITIES = frozenset({"sign", "stamp"})
"""Steps that are the second way of a thing only when they are said to follow its first (线上审批后签字)."""
CONTINUING = ("again", "still", "afterwards")
OPENING = 10
"""What makes a sentence go on with the one before, and how far into it that may stand."""
SPARED = 4
"""How far behind a phrase of doing without (不再另打) the step may stand that is done without."""

Live = list[tuple[Mention, Stance]]


def procedures_of(indicator: IndicatorText) -> list[Procedure]:
    """Return one Procedure for each matter that takes steps; steps that are dropped (不再打印) or offered are none."""
    found = []
    for passage in indicator.passages[1:]:
        for start, end in _matters(passage):
            both = passage.between("procedure", start, end, "both")
            if both and punished_as_such(passage, both[0]):
                continue
            procedure = _both_at_once(indicator, passage, both, start, end) or _in_steps(indicator, passage, start, end)
            if procedure is not None:
                found.append(procedure)
    return found


def _matters(passage: Passage) -> Iterator[Range]:
    """Yield where the sentences of one matter stand: each alone, or with the next where that goes on with it."""
    ranges = list(dict.fromkeys(passage.sentence_range(clause) for clause in passage.clauses))
    at = 0
    while at < len(ranges):
        start, end = ranges[at]
        while at + 1 < len(ranges) and _goes_on(passage, *ranges[at + 1]):
            at += 1
            end = ranges[at][1]
        yield start, end
        at += 1


def _goes_on(passage: Passage, start: int, end: int) -> bool:
    first = min(start + OPENING, end)
    return any(passage.between(kind, start, first) for kind in CONTINUING)


def _both_at_once(indicator: IndicatorText, passage: Passage, both: list[Mention], start: int, end: int) -> Procedure | None:
    if not both or _is_choice(passage, start, end) or passage.has("procedure", start, end, "single"):
        return None
    stance = stance_of(passage, both[0], indicator.default_force)
    if stance.force in DROPPED:
        return None
    return _procedure(passage, (both[0].start, both[0].end), ("submit_online", "keep_paper"), stance, (start, end))


def _in_steps(indicator: IndicatorText, passage: Passage, start: int, end: int) -> Procedure | None:
    live = _live_steps(indicator, passage, start, end)
    if not live:
        return None
    values = [m.sense.value for m, _ in live]
    if "submit_online" in values and not _is_twofold(passage, live, start, end):
        live = [(m, s) for m, s in live if m.sense.value == "submit_online"]
        values = ["submit_online"]
    elif PAPER_STEPS & set(values) and start == 0 and _goes_on(passage, start, end) and _is_online_before(indicator, passage):
        values.insert(0, "submit_online")
    stance = next((s for m, s in live if m.sense.value in PAPER_STEPS), live[0][1])
    place = live[0][0].start, live[-1][0].end
    return _procedure(passage, place, tuple(dict.fromkeys(values)), stance, (start, end))


def _is_online_before(indicator: IndicatorText, passage: Passage) -> bool:
    """Tell whether a field before this one, which goes on with it, has a step taken on line."""
    before = indicator.passages[1 : indicator.passages.index(passage)]
    return any(p.of("step", "submit_online") for p in before)


def _live_steps(indicator: IndicatorText, passage: Passage, start: int, end: int) -> Live:
    """Return the steps that are asked for, with how; one that a phrase of doing without covers is none (不另存纸质)."""
    steps = [m for m in passage.between("step", start, end) if not _is_spared(passage, m) and not _is_name(passage, m)]
    told = [(m, stance_of(passage, m, indicator.default_force)) for m in steps]
    return [(m, s) for m, s in told if s.voice == "own" and not _is_dropped(passage, m, s)]


def _is_spared(passage: Passage, step: Mention) -> bool:
    """Tell whether a phrase of doing without covers a step, or stands right before it."""
    first = max(passage.clause_of(step.start).start, step.start - SPARED)
    return any(m.start < step.end and first < m.end for m in passage.of("procedure", "single"))


def _is_name(passage: Passage, step: Mention) -> bool:
    """Tell whether a formality is only part of what a paper is called (签名表)."""
    return step.sense.value in FORMALITIES and passage.inside_longer(step, "evidence")


def _is_dropped(passage: Passage, step: Mention, stance: Stance) -> bool:
    """Tell whether a step does not take place; what is done on line is mostly told as the case for the next (系统办结的，须打印)."""
    force = negated(passage, step) if step.sense.value == "submit_online" else stance.force
    return force in DROPPED


def _is_twofold(passage: Passage, live: Live, start: int, end: int) -> bool:
    """Tell whether paper beside a step on line makes a second way of it: not as a choice, and a mere formality only behind it."""
    paper = [m for m, _ in live if m.sense.value in PAPER_STEPS]
    if not paper or _is_choice(passage, start, end):
        return False
    if any(m.sense.value not in FORMALITIES for m in paper) or any(m.sense.value == "scan" for m, _ in live):
        return True
    online = next(m for m, _ in live if m.sense.value == "submit_online")
    return any("后" in passage.text[online.end : m.start] or passage.has("again", online.end, m.end) for m in paper)


def _is_choice(passage: Passage, start: int, end: int) -> bool:
    return passage.has("procedure", start, end, "choice")


def _procedure(passage: Passage, place: Range, steps: tuple[str, ...], stance: Stance, matter: Range) -> Procedure:
    return Procedure(
        words=passage.words(*place),
        force=stance.force,
        steps=steps,
        voice=stance.voice,
        circumstance=stance.circumstance,
        legal_original=passage.has("lawful_original", *matter),
    )
