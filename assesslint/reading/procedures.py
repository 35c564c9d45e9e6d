"""The steps one matter takes → Procedure: on line, on paper, or the same step twice."""

from __future__ import annotations

from assesslint.reading.facts import Procedure
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.stance import stance_of

ONLINE = frozenset({"submit_online", "scan", "upload"})


def procedures_of(indicator: IndicatorText) -> list[Procedure]:
    """Return one Procedure a passage in which a matter goes both ways; steps that are dropped (不再打印) are none."""
    found: list[Procedure] = []
    for passage in indicator.passages:
        steps = passage.of("step")
        both = passage.valued("procedure", "both")
        if not steps and not both:
            continue
        if passage.valued("procedure", "single"):
            continue
        live = []
        stances = []
        for m in steps:
            stance = stance_of(passage, m, indicator.default_force)
            if stance.force in ("prohibited", "withdrawn", "reduced") or stance.voice != "own":
                continue
            live.append(m)
            stances.append(stance)
        values = [m.sense.value for m in live]
        if both:
            anchor = both[0]
            stance = stance_of(passage, anchor, indicator.default_force)
            found.append(
                Procedure(
                    words=passage.words(anchor.start, anchor.end),
                    force=stance.force,
                    steps=tuple(dict.fromkeys(["submit_online", "keep_paper", *values])),
                    voice=stance.voice,
                    circumstance=stance.circumstance,
                    legal_original=bool(passage.of("lawful_original")),
                )
            )
            continue
        if not live:
            continue
        found.append(
            Procedure(
                words=passage.words(live[0].start, live[-1].end),
                force=stances[0].force,
                steps=tuple(dict.fromkeys(values)),
                circumstance=stances[0].circumstance,
                legal_original=bool(passage.of("lawful_original")),
            )
        )
    return found
