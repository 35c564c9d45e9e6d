"""The steps one matter takes → Procedure: on line, on paper, or the same step twice."""

from __future__ import annotations

from assesslint.reading.facts import Procedure
from assesslint.reading.groups import PAPER_STEPS
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage
from assesslint.reading.stance import Stance, stance_of

DROPPED = frozenset({"prohibited", "withdrawn", "reduced", "mentioned", "allowed"})
ALSO = ("还", "再", "另", "仍", "又", "同时", "并", "也", "照抄", "亦")
"""Words that tie a sentence to the one before as a second way of doing the same."""
ENTRY = (
    "录",
    "填",
    "提交",
    "上传",
    "办理",
    "流转",
    "审批",
    "申报",
    "登记",
    "点",
    "报",
    "维护",
    "走",
    "签",
    "办结",
    "办完",
    "归档",
    "备案",
    "公开",
    "签收",
    "审核",
    "建",
    "传",
)
"""Verbs that make a system the place of a step."""


def procedures_of(indicator: IndicatorText) -> list[Procedure]:
    """Return one Procedure a passage in which a matter takes steps; steps that are dropped (不再打印) or offered are none."""
    found = []
    for passage in indicator.passages[1:]:
        procedure = _both_at_once(indicator, passage) or _in_steps(indicator, passage)
        if procedure is not None and not passage.valued("procedure", "single"):
            found.append(procedure)
    return found


def _both_at_once(indicator: IndicatorText, passage: Passage) -> Procedure | None:
    both = passage.valued("procedure", "both")
    if not both:
        return None
    stance = stance_of(passage, both[0], indicator.default_force)
    return _procedure(passage, both[0], both[0], ("submit_online", "keep_paper"), stance)


def _in_steps(indicator: IndicatorText, passage: Passage) -> Procedure | None:
    steps = [(m, stance_of(passage, m, indicator.default_force)) for m in passage.of("step")]
    live = [(m, s) for m, s in steps if s.force not in DROPPED and s.voice == "own"]
    if not live:
        return None
    values = [m.sense.value for m, _ in live]
    if PAPER_STEPS & set(values) and "submit_online" not in values and _in_system(passage, live[0][0]):
        values.insert(0, "submit_online")
    first, last = live[0][0], live[-1][0]
    return _procedure(passage, first, last, tuple(dict.fromkeys(values)), live[0][1])


def _in_system(passage: Passage, paper: Mention) -> bool:
    """Tell whether the sentence (or the one before) already has the matter done in a system."""
    start, end = passage.sentence_range(passage.clause_of(paper.start))
    before = start
    if start and any(word in passage.text[start:end] for word in ALSO):
        before = passage.sentence_range(passage.clause_of(start - 2))[0]
    for m in passage.between("object", before, end):
        around = passage.text[max(before, m.start - 8) : min(end, m.end + 12)].replace("记录", "")
        if m.sense.value in ("app", "platform", "mini_program") and any(word in around for word in ENTRY):
            return True
    return any(
        m.sense.value == "online" and any(word in passage.text[m.start : m.end + 8].replace("记录", "") for word in ENTRY)
        for m in passage.between("cue", before, end)
    )


def _procedure(passage: Passage, first: Mention, last: Mention, steps: tuple[str, ...], stance: Stance) -> Procedure:
    return Procedure(
        words=passage.words(first.start, last.end),
        force=stance.force,
        steps=steps,
        voice=stance.voice,
        circumstance=stance.circumstance,
        legal_original=bool(passage.of("lawful_original")),
    )
