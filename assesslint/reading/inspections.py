"""Visits from above → Inspections: how often, by whom, whether they score. The unit's own patrols and its own law enforcement are none."""

from __future__ import annotations

import re

from assesslint.reading.facts import Inspection
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage
from assesslint.reading.stance import negated, punished_as_such, stance_of

PLAIN = ("检查", "考核", "考评", "调研", "抽查", "抽检", "观摩")
"""Words that are visits from above only when something else in the sentence says so."""


def inspections_of(indicator: IndicatorText) -> list[Inspection]:
    """Return the inspections an indicator speaks of, one for each clause."""
    found: list[Inspection] = []
    for passage in indicator.passages:
        done = -1
        for mention in passage.of("inspection"):
            clause = passage.clause_of(mention.start)
            if clause.index == done:
                continue
            inspection = _inspection(indicator, passage, mention)
            if inspection is not None:
                found.append(inspection)
                done = clause.index
    return found


def _inspection(indicator: IndicatorText, passage: Passage, mention: Mention) -> Inspection | None:
    clause = passage.clause_of(mention.start)
    start, end = passage.sentence_range(clause)
    cues = {m.sense.value for m in passage.between("cue", start, end)}
    frequency = passage.frequency_in(clause.start, clause.end) or (
        passage.frequency_in(0, len(passage.text)) if passage.field in ("inspection", "frequency") else None
    )
    if any(word in passage.text[max(clause.start, mention.start - 4) : mention.start] for word in ("年度", "全年", "每年", "半年")):
        frequency = None
    if frequency is not None and any(
        frequency.end <= m.start < mention.start
        for kind in ("report", "consequence")
        for m in passage.between(kind, clause.start, clause.end)
    ):
        frequency = None
    bodies = _bodies(passage, clause.start, mention.start) or tuple(
        dict.fromkeys(passage.text[m.start : m.end] for m in passage.between("body", start, end))
    )
    several = "several_bodies" in cues
    word = passage.text[mention.start : mention.end]
    if ("own_patrol" in cues and len(bodies) < 2 and word.startswith(PLAIN)) or ("own_office" in cues and not several):
        return None
    if word in PLAIN and not (bodies or several or _above(passage, start, end)):
        return None
    if frequency is None and len(bodies) < 2 and not several:
        return None
    if any(m.start <= mention.start and mention.end <= m.end for m in passage.of("body")):
        return None
    stance = stance_of(passage, mention, indicator.default_force)
    force = negated(passage, mention) or ("prohibited" if _is_forbidden(passage, mention, start, end) else indicator.default_force)
    w_start, w_end = mention.start, mention.end
    for lead in ("分别", "分头", "轮流", "轮番"):
        if passage.text.startswith(lead, w_start - 2):
            w_start -= 2
    if frequency is not None and clause.start <= frequency.start and frequency.end <= clause.end:
        w_start, w_end = min(w_start, frequency.start), max(w_end, frequency.end)
    return Inspection(
        words=passage.words(w_start, w_end),
        force=force,
        voice=stance.voice,
        circumstance=stance.circumstance,
        frequency=frequency.interval if frequency else None,
        bodies=bodies,
        several=several or len(bodies) > 1,
        method=mention.sense.value,
        scored=indicator.kind != "provision" or bool(passage.between("score", start, end)),
        merged="merged" in cues or passage.has("inspection", start, end, "random"),
    )


def _is_forbidden(passage: Passage, mention: Mention, start: int, end: int) -> bool:
    """Tell whether inspecting too much is what is punished (多头检查的每次扣1分)."""
    excess = ("多头", "重复", "擅自", "计划外", "随意", "超次", "无计划", "未经")
    return punished_as_such(passage, mention) and any(word in passage.text[start:end] for word in excess)


LISTED = re.compile(
    r"[一-龥]{2,10}?(?:局|委|办|部|中心|科|股|处|室|站|所|组|会|院|专班|大队|支队|公安|教育|卫健|市场监管|市监|发改|应急|住建|城管|消防|水利|文旅|农业农村|民政|人社|税务|生态环境)(?=、|和|及|与|每|各|分|轮|对|到|于|按|四|三|两|五|$)"
)


def _bodies(passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """Return the bodies listed as those who come (县局养护股、路政大队、安监股每月各自…), when there are several."""
    found = LISTED.findall(passage.text[start:end])
    return tuple(dict.fromkeys(name.lstrip("、和及与") for name in found)) if len(found) > 1 else ()


def _above(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the sentence has somebody come down on units: 县级, 组织, 对各乡镇."""
    text = passage.text[start:end]
    return any(
        word in text
        for word in (
            "对各",
            "对乡镇",
            "对村",
            "对街道",
            "到村",
            "到各",
            "下沉",
            "县级",
            "市级",
            "区级",
            "组织对",
            "被检查",
            "迎检",
            "考核组",
            "检查组",
            "督查组",
            "对镇",
            "赴各",
            "实地检查",
            "现场检查",
            "检查结果",
            "每次检查",
            "检查得分",
            "检查成绩",
            "纳入",
        )
    )
