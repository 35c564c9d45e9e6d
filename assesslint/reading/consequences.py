"""What follows for units and people → Consequences, each with the facts it hangs on.

A consequence hangs on what its own sentence names; one that names nothing (未完成的约谈, a cell 结果运用) hangs on all its indicator asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assesslint.reading import fields
from assesslint.reading.facts import Consequence, Demand, Evidence, Hang, Reporting, Words
from assesslint.reading.indicator import EVIDENCE_FIELDS, IndicatorText
from assesslint.reading.lexicon import Mention, Sense
from assesslint.reading.passage import Passage
from assesslint.reading.stance import negated, stance_of
from assesslint.scheme import model
from assesslint.text.frequency import Frequency
from assesslint.text.source import Source, Span

SUFFERED = ("被", "受到", "受", "遭", "获", "获得", "收到", "荣获", "取得")
PLACE = Sense("consequence", "ranking", direction="neutral")
PLACES = re.compile(
    r"(?:(?:居|列|位列|位居|排名?|进|得票|居于)(?:全[省市县区州镇国校])?(?:前|后|末)|前|后|末|倒数第?|最后)(?:[1-9]\d?|[一二两三四五六七八九十]{1,2})"
    r"(?:名|位|个?(?:乡镇|镇|村|社区|街道|单位|科室|支部|县区|部门|学校|班级))|(?:居|列|位列|位居|进)(?:全[省市县区州镇国校])?(?:前|后|末)(?:[1-9]\d?|[一二两三四五六七八九十]{1,2})"
)
YEARLY = ("年底", "年末", "年终", "年度", "全年", "半年")
"""What tells that a ranking is not a frequent one."""
TAKEN = frozenset({"loss_of_honours", "quota_cut", "veto"})
"""Consequences beside which a word of honour is only what is taken away."""
LIVE = frozenset({"required", "scored", "bonus", "ranked", "encouraged", "allowed"})


def consequences_of(
    indicator: IndicatorText, demands: Sequence[Demand], evidence: Sequence[Evidence], reporting: Sequence[Reporting]
) -> list[Consequence]:
    """Return what follows for unit or person, each with what it hangs on: a demand, a proof, a report, a breach of law."""
    found: list[Consequence] = []
    for passage in indicator.passages[1:]:
        if passage.field in EVIDENCE_FIELDS:
            continue
        for mention in (*passage.of("consequence"), *_places(passage)):
            consequence = _consequence(indicator, passage, mention, demands, evidence, reporting)
            if consequence is not None and not any(c.kind == consequence.kind and c.words == consequence.words for c in found):
                found.append(consequence)
    return found


def declared_consequences(
    leaf: model.Indicator, text: IndicatorText, demands: Sequence[Demand], evidence: Sequence[Evidence], source: Source | None
) -> list[Consequence]:
    """Return the consequences that structure alone tells: kinds listed in a field, a veto line, a measure of rank."""
    live = [Hang(demand=d) for d in demands if d.force in LIVE and d.voice == "own"]
    hangs = tuple(live or [Hang(evidence=e) for e in evidence if e.role == "counted"] or [Hang(kind="unknown")])
    terms = [
        term for field in leaf.fields if field.name == "consequence" and isinstance(field.value, model.Terms) for term in field.value.terms
    ]
    found = [replace(fields.consequence_of(term.id, term.span, source), hangs_on=hangs) for term in terms]
    if leaf.kind == "veto":
        named = sorted({m.sense.value for p in text.passages for m in p.of("hang")} & {"real_harm", "law"})
        name = Words(leaf.name.text, (leaf.name.span,), "name")
        found.append(Consequence(name, "required", "veto", hangs_on=tuple(Hang(kind=kind) for kind in named) or hangs))
    ranks = [d for d in demands if d.measure == "rank" and d.words.field == "measure"]
    return found + [Consequence(d.words, "required", "ranking", "neutral", hangs_on=(Hang(demand=d),)) for d in ranks]


def _places(passage: Passage) -> list[Mention]:
    """Return the rankings told by places alone (列前三的, 后两名, 末3位) that no ranking word is part of."""
    known = [m for m in passage.of("consequence") if m.sense.value == "ranking"]
    return [
        Mention(match.start(), match.end(), PLACE)
        for match in PLACES.finditer(passage.text)
        if not any(m.start < match.end() and match.start() < m.end for m in known)
    ]


def _consequence(
    indicator: IndicatorText,
    passage: Passage,
    mention: Mention,
    demands: Sequence[Demand],
    evidence: Sequence[Evidence],
    reporting: Sequence[Reporting],
) -> Consequence | None:
    kind = mention.sense.value
    clause = passage.clause_of(mention.start)
    before = passage.text[max(clause.start, mention.start - 8) : mention.start]
    if before.endswith(SUFFERED) or any(word in before for word in ("被上级", "被省", "被市", "被县", "被国家")):
        return None
    if passage.inside_longer(mention, "consequence"):
        return None
    if kind == "honour" and any(m.sense.value in TAKEN for m in passage.between("consequence", clause.start, clause.end)):
        return None
    if mention.sense.needs_penalty and not _is_pay_cut(passage, mention, clause.start, clause.end):
        return None
    if kind == "responsibility_letter" and not _is_signed(passage, mention):
        return None
    stance = stance_of(passage, mention, "required")
    frequency = _frequency_near(passage, mention, clause.start, clause.end)
    if frequency is None and mention.sense is not PLACE and kind in ("ranking", "circular"):
        frequency = _frequency_before(passage, clause.start, *passage.sentence_range(clause)) or _frequency_cell(indicator, passage)
    start = mention.start
    end = mention.end
    near = 6 if frequency is None or clause.start <= frequency.start else 24
    if frequency is not None and frequency.start < clause.end and abs(frequency.end - mention.start) <= near:
        start, end = min(start, frequency.start), max(end, frequency.end)
    return Consequence(
        words=passage.words(start, end),
        force=_force(passage, mention, stance.force),
        kind=kind,
        direction=mention.sense.direction,
        voice=stance.voice,
        circumstance=stance.circumstance,
        frequency=frequency.interval if frequency else None,
        hangs_on=_hangs(indicator, passage, mention, demands, evidence, reporting),
    )


def _force(passage: Passage, mention: Mention, force: str) -> str:
    """Return whether a consequence takes place: a place in a ranking does unless it is banned outright, any other as its stance says."""
    if mention.sense is PLACE or (mention.sense.value == "ranking" and PLACES.match(passage.text, mention.start)):
        return negated(passage, mention) or "required"
    return "required" if force in ("scored", "bonus", "encouraged", "allowed") else force


def _frequency_near(passage: Passage, mention: Mention, start: int, end: int) -> Frequency | None:
    """Return the frequency of the clause that stands nearest to the mention."""
    found = [f for f in passage.frequencies if f.start >= start and f.end <= end]
    return min(found, key=lambda f: abs(f.end - mention.start), default=None)


def _frequency_before(passage: Passage, at: int, start: int, end: int) -> Frequency | None:
    """Return the frequency an earlier clause of the sentence sets, unless the sentence speaks of a year (年底排名)."""
    if any(word in passage.text[start:end] for word in YEARLY):
        return None
    return passage.frequency_in(start, at)


def _frequency_cell(indicator: IndicatorText, passage: Passage) -> Frequency | None:
    """Return how often the indicator is assessed, by its own cell, for a ranking in the cell of consequences that names no time."""
    if passage.field != "consequence" or any(word in passage.text for word in YEARLY):
        return None
    return next((f for p in indicator.fields("frequency") for f in p.frequencies), None)


def _is_signed(passage: Passage, mention: Mention) -> bool:
    """Tell whether a letter is one that somebody is made to sign, not a form of declaration offered to applicants."""
    if passage.field in ("evidence", "source", "name", "consequence"):
        return True
    start, end = passage.sentence_range(passage.clause_of(mention.start))
    text = passage.text[start:end]
    return (
        any(word in text for word in ("签", "立", "递交", "出具", "提交", "交", "上墙", "作出"))
        and "申请人" not in text
        and "告知" not in text
    )


def _is_pay_cut(passage: Passage, mention: Mention, start: int, end: int) -> bool:
    """Tell whether money is what is taken: 扣 alone is points unless the clause names pay."""
    if mention.end - mention.start > 1 and passage.text[mention.start : mention.end] not in ("绩效", "经费", "补助", "奖惩"):
        return (
            passage.has("score", start, end, "penalty")
            or "挂钩" in passage.text[start:end]
            or passage.text[mention.start] in "扣停核减降罚"
        )
    rest = passage.text[mention.end : end]
    return passage.text[mention.start] == "扣" and any(word in rest[:10] for word in ("绩效", "工资", "奖金", "补贴", "补助", "经费", "元"))


def _condition_start(passage: Passage, mention: Mention, start: int) -> int:
    """Return where the condition of a consequence starts: behind the clause of the consequence before it, else with the sentence."""
    clause = passage.clause_of(mention.start)
    before = [m.end for m in passage.between("consequence", start, clause.start) if m.sense.value not in ("ranking", "honour")]
    return passage.clause_of(before[-1]).end if before else start


def _hangs(
    indicator: IndicatorText,
    passage: Passage,
    mention: Mention,
    demands: Sequence[Demand],
    evidence: Sequence[Evidence],
    reporting: Sequence[Reporting],
) -> tuple[Hang, ...]:
    clause = passage.clause_of(mention.start)
    start, end = passage.sentence_range(clause)
    spans = passage.words(start, end).spans

    def here(words_spans: tuple[Span, ...]) -> bool:
        return any(a.overlaps(b) for a in words_spans for b in spans)

    kinds = {m.sense.value for m in passage.between("hang", _condition_start(passage, mention, start), clause.end)}
    live_demands = [d for d in demands if d.force in LIVE and d.voice == "own"]
    live_evidence = [e for e in evidence if e.role == "counted" and e.voice == "own"]
    live_reporting = [r for r in reporting if r.force in LIVE and r.voice == "own"]
    hangs = [Hang(demand=d) for d in live_demands if here(d.words.spans)]
    hangs += [Hang(evidence=e) for e in live_evidence if here(e.words.spans)]
    hangs += [Hang(reporting=r) for r in live_reporting if here(r.words.spans)]
    if "real_harm" in kinds:
        hangs.append(Hang(kind="real_harm"))
    if "law" in kinds:
        hangs.append(Hang(kind="law"))
    if "real_results" in kinds and not hangs:
        hangs.append(Hang(kind="real_results"))
    if hangs:
        return tuple(hangs)
    hangs = [Hang(demand=d) for d in live_demands]
    hangs += [Hang(reporting=r) for r in live_reporting]
    if indicator.kind != "provision":
        hangs += [Hang(evidence=e) for e in live_evidence] if not live_demands else []
    return tuple(hangs) or (Hang(kind="unknown"),)
