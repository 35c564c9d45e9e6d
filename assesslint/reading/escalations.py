"""A target lifted above the superior's → Escalation: said in so many words, or shown by two figures."""

from __future__ import annotations

import re

from assesslint.reading.facts import Escalation, Step
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.passage import Passage
from assesslint.reading.stance import stance_of

LEVELS = (
    ("国家", "central"),
    ("中央", "central"),
    ("省", "province"),
    ("市", "city"),
    ("州", "city"),
    ("县", "county"),
    ("区", "county"),
    ("乡", "township"),
    ("镇", "township"),
    ("街道", "township"),
    ("村", "village"),
    ("社区", "village"),
)
ORDER = ("central", "province", "city", "county", "township", "village")


LOWER_LEVEL = re.compile(r"[市县区州旗镇乡村校院]|我|本|咱|各|街道|社区|按|分解|层层")
"""Somebody below the superior, or the handing down itself."""


def escalations_of(indicator: IndicatorText) -> list[Escalation]:
    """Return where an indicator says that it asks for more than its superior did."""
    found: list[Escalation] = []
    for passage in indicator.passages:
        found.extend(_said(indicator, passage))
        shown = _shown(passage)
        if shown is not None:
            found.append(shown)
    return found


def _said(indicator: IndicatorText, passage: Passage) -> list[Escalation]:
    found = []
    for mention in passage.valued("escalation", "said"):
        clause = passage.clause_of(mention.start)
        start, end = passage.sentence_range(clause)
        if passage.has("escalation", clause.start, clause.end, "equal"):
            continue
        word = passage.text[mention.start : mention.end]
        if (
            passage.text[mention.start - 1 : mention.start] in ("不", "再")
            and "不" in passage.text[max(0, mention.start - 3) : mention.start]
        ):
            continue
        superior = passage.has("escalation", start, end, "superior") or bool(_levels(passage, start, end))
        if word.startswith(("基础上", "上浮", "再上浮", "追加", "多加", "拔高")) and not superior:
            continue
        if (
            word.startswith(("提前", "超额"))
            and not superior
            and not passage.text[max(0, mention.start - 2) : mention.start].endswith("保")
        ):
            continue
        stance = stance_of(passage, mention, indicator.default_force)
        found.append(
            Escalation(
                passage.words(mention.start, mention.end),
                "required" if stance.force in ("scored", "bonus", "encouraged") else stance.force,
                stance.voice,
                "normal",
            )
        )
    return found


def _levels(passage: Passage, start: int, end: int) -> list[tuple[str, int]]:
    return [
        (level, passage.text.find(word, start, end))
        for word, level in LEVELS[:8]
        if f"{word}级" in passage.text[start:end] or f"{word}定" in passage.text[start:end]
    ]


def _shown(passage: Passage) -> Escalation | None:
    """Return the escalation that figures of two levels show: 市级下达80%，本县按90%分解."""
    for clause in passage.clauses:
        start, end = passage.sentence_range(clause)
        if clause.start != start:
            continue
        percents = [
            q
            for q in passage.quantities_in(start, end)
            if q.unit in ("percent", "count") or (q.unit == "points" and q.measure_word == "分" and q.value > 15)
        ]
        superior = [m for m in passage.between("escalation", start, end) if m.sense.value == "superior"]
        if len(percents) < 2 or not superior or passage.has("escalation", start, end, "equal"):
            continue
        upper = next((q for q in percents if q.start > superior[0].start), None)
        lower = next((q for q in percents if upper is not None and q.start > upper.end and q.unit == upper.unit), None)
        if upper is None or lower is None or lower.value <= upper.value:
            continue
        if LOWER_LEVEL.search(passage.text, upper.end, lower.start):
            return Escalation(
                passage.words(superior[0].start, lower.end), "required", levels=(Step("province", upper.value), Step("county", lower.value))
            )
    return None
