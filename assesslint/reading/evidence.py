"""What a draft accepts as proof → Evidence: each kind named, whether it counts, only helps, or is refused."""

from __future__ import annotations

import re

from assesslint.reading.facts import Evidence
from assesslint.reading.indicator import EVIDENCE_FIELDS, IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Clause, Passage
from assesslint.reading.stance import stance_of

OUTCOMES = frozenset({"system_data", "on_site_check", "third_party", "public_feedback", "outcome_data", "document"})
TRACE_ENDINGS = ("记录", "表", "册", "簿", "本", "照", "图", "痕", "单", "影像", "日志", "笔记", "资料", "材料", "留痕", "底稿")
RECORDS = frozenset({"ledger", "paper_copy"})
SYSTEM_LEADS = ("平台", "系统", "后台", "小程序", "平台班级", "后台班级", "app", "监测", "接处警", "数据库", "通话", "平台办件", "系统办件", "平台统计", "系统统计")
_ITEM = re.compile(r"[^、，；。\n和及与或+/]+")


def evidence_of(indicator: IndicatorText) -> list[Evidence]:
    """Return the evidence of an indicator. In its own cells every kind named counts; elsewhere a trace needs a word of proof beside it."""
    found: list[Evidence] = []
    for passage in indicator.passages:
        own = passage.field in EVIDENCE_FIELDS
        for mention in passage.of("evidence"):
            item = _evidence(indicator, passage, mention, own=own)
            if item is not None:
                found.append(item)
        if passage.field == "evidence":
            found.extend(_unknown_items(passage))
    return found


def _evidence(indicator: IndicatorText, passage: Passage, mention: Mention, *, own: bool) -> Evidence | None:
    kind = mention.sense.value
    clause = passage.clause_of(mention.start)
    if _inside_longer(passage, mention):
        return None
    if not own:
        if kind not in OUTCOMES and not _is_proof(passage, mention, clause):
            return None
        if kind == "outcome_data" or passage.field == "name":
            return None
        if kind in ("system_data", "document") and not _is_proof(passage, mention, clause):
            return None
    if kind in RECORDS and _from_system(passage, mention):
        kind = "system_data"
    stance = stance_of(passage, mention, "required")
    supplementary = any(m.sense.value == "supplementary" for m in passage.between("cue", clause.start, clause.end)) and kind not in OUTCOMES
    excluded = stance.force in ("prohibited", "withdrawn", "reduced")
    role = "excluded" if excluded else "supplementary" if supplementary else "counted"
    return Evidence(
        words=passage.words(mention.start, mention.end),
        kind=kind,
        role=role,
        force=stance.force if excluded else "required",
        voice=stance.voice,
        circumstance=stance.circumstance,
    )


def _from_system(passage: Passage, mention: Mention) -> bool:
    """Tell whether a record or report is one that a system keeps by itself (小程序后台记录, 平台报表)."""
    lead = passage.text[max(0, mention.start - 6) : mention.start]
    return lead.endswith(SYSTEM_LEADS)


def _inside_longer(passage: Passage, mention: Mention) -> bool:
    """A word inside a longer one of evidence or of outcome is not meant by itself (照片 in 水印照片, 系统 in 系统截图)."""
    return any(
        m.start <= mention.start and mention.end <= m.end and m.end - m.start > mention.end - mention.start for m in passage.of("evidence")
    )


def _is_proof(passage: Passage, mention: Mention, clause: Clause) -> bool:
    cues = [m for m in passage.between("cue", clause.start, clause.end) if m.sense.value == "evidence"]
    return any(abs(m.start - mention.end) <= 8 or abs(mention.start - m.end) <= 8 for m in cues)


def _unknown_items(passage: Passage) -> list[Evidence]:
    """Return the items of an evidence cell that the lexicon does not know, by their ending: a trace, else a document."""
    found = []
    for match in _ITEM.finditer(passage.text):
        start, end = match.span()
        if len(match.group().strip()) < 3 or passage.between("evidence", start, end) or passage.between("force", start, end):
            continue
        if any(m.start < end and start < m.end for m in passage.of("evidence")):
            continue
        trace = match.group().rstrip("等").endswith(TRACE_ENDINGS)
        found.append(Evidence(passage.words(start, end), "ledger" if trace else "document"))
    return found
