"""What a consequence hangs on: the facts of its own sentence, harm or law it names, else whatever the indicator asks for.

未达标的约谈 looks back to all that is asked; 工单逾期未办结的约谈 names a matter of its own, and so hangs on no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assesslint.reading.facts import Demand, Evidence, Hang, Reporting, Words
from assesslint.reading.groups import PUNISHMENT, TRACES
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage

LIVE = frozenset({"required", "scored", "bonus", "ranked", "encouraged", "allowed"})
"""The forces of what is really asked for."""
CASE_ENDS = ("的", "者", "，")
"""What closes the case that a consequence follows."""
GENERIC = (
    "sign", "place", "compare", "actor", "population", "force", "score", "consequence", "universal", "measure", "rhythm", "letter",
    "circumstance", "cue", "body", "item",
)  # fmt: skip
"""Kinds of words that say how somebody falls short, or who; what is left of a condition is its matter."""
MUCH = 10
"""From how many characters on the rest of a condition is a matter of its own."""


@dataclass(frozen=True)
class Grounds:
    """The facts of an indicator that a consequence may hang on."""

    indicator: IndicatorText
    demands: Sequence[Demand]
    evidence: Sequence[Evidence]
    reporting: Sequence[Reporting]

    def of(self, passage: Passage, mention: Mention) -> tuple[Hang, ...]:
        """Return what the consequence that a mention tells of hangs on; `unknown` alone where nothing is told.

        That the result of the whole is handed to those above (考核结果报县委，与绩效挂钩) is no report that it hangs on.
        """
        clause = passage.clause_of(mention.start)
        start, end = passage.sentence_range(clause)
        case = _case_start(passage, mention, start)
        case_end = _case_end(passage, case, mention.start)
        kinds = _kinds_named(passage, case, end if clause.mark == "：" else clause.end)
        if mention.sense.value == "veto" and any(p.of("hang", "retained") for p in self.indicator.passages):
            kinds.add("law")
        hangs = self._told_in(passage, start, end)
        if passage.has("hang", start, mention.start, "whole"):
            hangs = [hang for hang in hangs if hang.reporting is None]
        hangs += [Hang(kind=kind) for kind in ("real_harm", "law") if kind in kinds]
        if not hangs and ("real_results" in kinds or passage.has("hang", start, mention.start, "whole")):
            hangs.append(Hang(kind="real_results"))
        if all(_says_little(h) for h in hangs) and not _is_of_another_matter(passage, case, case_end):
            hangs = asked_for(self.indicator.kind, self.demands, self.evidence, self.reporting) or hangs
        return tuple(hangs) or (Hang(kind="unknown"),)

    def _told_in(self, passage: Passage, start: int, end: int) -> list[Hang]:
        """Return the facts told in a sentence, and the demands made elsewhere that it names again (对注册情况予以通报)."""
        spans = passage.words(start, end).spans
        named = {m.sense.value for m in passage.between("action", start, end)} - {"deliver"}

        def here(words: Words) -> bool:
            return any(a.overlaps(b) for a in words.spans for b in spans)

        threats = [passage.words(m.start, m.end).span for m in passage.between("consequence", start, end, *PUNISHMENT)]

        def threatened(demand: Demand) -> bool:
            """Tell whether the work is only part of what is threatened (执法 in 列为重点执法对象)."""
            said = demand.words.span
            return demand.action == "deliver" and any(t.start <= said.start and said.end <= t.end for t in threats)

        hangs = [Hang(demand=d) for d in _live_demands(self.demands) if (here(d.words) and not threatened(d)) or d.action in named]
        hangs = hangs or [Hang(demand=replace(d, force="mentioned")) for d in self.demands if here(d.words) and _is_unscored(passage, d)]
        hangs += [Hang(evidence=e) for e in _live_evidence(self.evidence) if here(e.words)]
        hangs += [Hang(reporting=r) for r in _live_reporting(self.reporting) if here(r.words)]
        return hangs


def asked_for(kind: str, demands: Sequence[Demand], evidence: Sequence[Evidence], reporting: Sequence[Reporting]) -> list[Hang]:
    """Return all that an indicator asks for: demands and reports; where it asks for nothing, its proofs if they are but traces."""
    live, proofs = _live_demands(demands), _live_evidence(evidence)
    hangs = [Hang(demand=d) for d in live]
    hangs += [Hang(reporting=r) for r in _live_reporting(reporting)]
    if kind != "provision" and not live and all(e.kind in TRACES for e in proofs):
        hangs += [Hang(evidence=e) for e in proofs]
    return hangs


def _live_demands(demands: Sequence[Demand]) -> list[Demand]:
    return [d for d in demands if d.force in LIVE and d.voice == "own"]


def _live_evidence(evidence: Sequence[Evidence]) -> list[Evidence]:
    return [e for e in evidence if e.role in ("counted", "sole") and e.voice == "own"]


def _live_reporting(reporting: Sequence[Reporting]) -> list[Reporting]:
    return [r for r in reporting if r.force in LIVE and r.voice == "own"]


def _is_unscored(passage: Passage, demand: Demand) -> bool:
    """Tell whether a thing is only kept off the scales, in the clause that names it, and may still be shown (登录情况不计分，按旬晾晒)."""
    if demand.force != "prohibited" or demand.voice != "own":
        return False
    spans = demand.words.spans
    clauses = (c for c in passage.clauses if any(a.overlaps(b) for a in passage.words(c.start, c.end).spans for b in spans))
    return any(passage.has("unscored", c.start, c.end) for c in clauses)


def _says_little(hang: Hang) -> bool:
    """Tell whether what is told is a bare figure without an action: it says no more than that something falls short."""
    return hang.demand is not None and hang.demand.action == "deliver" and hang.demand.control != "legal_duty"


def _kinds_named(passage: Passage, start: int, end: int) -> set[str]:
    """Return the grounds named in so many words: harm, law, results; 师德 in 取消师德标兵 is only what is taken."""
    taken = passage.between("consequence", start, end)
    return {m.sense.value for m in passage.between("hang", start, end) if not any(c.holds(m) for c in taken)}


def _case_start(passage: Passage, mention: Mention, start: int) -> int:
    """Return where the case that a consequence follows starts: behind the consequence before it, unless both follow one case."""
    before = [m for m in passage.between("consequence", start, mention.start) if m.sense.value not in ("ranking", "honour")]
    for earlier in reversed(before):
        if earlier.end <= mention.start and _sets_a_case(passage, earlier.end, mention.start):
            return earlier.end
    return start


def _sets_a_case(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a stretch names a case of its own (…的约谈，造成死亡的), and is no mere second consequence (约谈并通报)."""
    told = any(passage.between(kind, start, end) for kind in ("sign", "place", "hang", "action"))
    return told or bool(passage.quantities_in(start, end))


def _case_end(passage: Passage, start: int, end: int) -> int:
    """Return where the case that a consequence follows ends, with its last 的, 者 or comma; its start where it has none."""
    closed = max(passage.text.rfind(mark, start, end) for mark in CASE_ENDS)
    return max(closed, start)


def _is_of_another_matter(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the last clause of a case names much that is no way of falling short (没有办成一场文艺演出的)."""
    start = max(start, passage.clause_of(max(start, end - 1)).start)
    read = {at for kind in GENERIC for m in passage.between(kind, start, end) for at in range(m.start, m.end)}
    read |= {at for figure in passage.quantities for at in range(figure.start, figure.end)}
    read |= {at for frequency in passage.frequencies for at in range(frequency.start, frequency.end)}
    return sum(passage.text[at].isalnum() for at in range(start, end) if at not in read) >= MUCH
