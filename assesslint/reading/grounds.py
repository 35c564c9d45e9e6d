"""What a consequence hangs on: the facts of its own sentence, harm or law it names, else whatever the indicator asks for.

未达标的约谈 looks back to all that is asked; 工单逾期未办结的约谈 names a matter of its own, and so hangs on no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assesslint.reading.facts import Demand, Evidence, Hang, Reporting
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage
from assesslint.text.source import Span

LIVE = frozenset({"required", "scored", "bonus", "ranked", "encouraged", "allowed"})
"""The forces of what is really asked for."""


@dataclass(frozen=True)
class Grounds:
    """The facts of an indicator that a consequence may hang on."""

    indicator: IndicatorText
    demands: Sequence[Demand]
    evidence: Sequence[Evidence]
    reporting: Sequence[Reporting]

    def of(self, passage: Passage, mention: Mention) -> tuple[Hang, ...]:
        """Return what the consequence that a mention tells of hangs on; `unknown` alone where nothing is told."""
        clause = passage.clause_of(mention.start)
        start, end = passage.sentence_range(clause)
        kinds = {m.sense.value for m in passage.between("hang", _condition_start(passage, mention, start), clause.end)}
        hangs = self._told_in(passage.words(start, end).spans)
        hangs += [Hang(kind=kind) for kind in ("real_harm", "law") if kind in kinds]
        if "real_results" in kinds and not hangs:
            hangs.append(Hang(kind="real_results"))
        return tuple(hangs or self._all()) or (Hang(kind="unknown"),)

    def _told_in(self, spans: tuple[Span, ...]) -> list[Hang]:
        """Return the facts told within some places of the draft."""

        def here(words_spans: tuple[Span, ...]) -> bool:
            return any(a.overlaps(b) for a in words_spans for b in spans)

        hangs = [Hang(demand=d) for d in self._live_demands() if here(d.words.spans)]
        hangs += [Hang(evidence=e) for e in self._live_evidence() if here(e.words.spans)]
        hangs += [Hang(reporting=r) for r in self._live_reporting() if here(r.words.spans)]
        return hangs

    def _all(self) -> list[Hang]:
        """Return all that the indicator asks for: its demands and reports, and its proofs where it demands nothing else."""
        demands = self._live_demands()
        hangs = [Hang(demand=d) for d in demands]
        hangs += [Hang(reporting=r) for r in self._live_reporting()]
        if self.indicator.kind != "provision" and not demands:
            hangs += [Hang(evidence=e) for e in self._live_evidence()]
        return hangs

    def _live_demands(self) -> list[Demand]:
        return [d for d in self.demands if d.force in LIVE and d.voice == "own"]

    def _live_evidence(self) -> list[Evidence]:
        return [e for e in self.evidence if e.role == "counted" and e.voice == "own"]

    def _live_reporting(self) -> list[Reporting]:
        return [r for r in self.reporting if r.force in LIVE and r.voice == "own"]


def _condition_start(passage: Passage, mention: Mention, start: int) -> int:
    """Return where the condition of a consequence starts: behind the clause of the consequence before it, else with the sentence."""
    clause = passage.clause_of(mention.start)
    before = [m.end for m in passage.between("consequence", start, clause.start) if m.sense.value not in ("ranking", "honour")]
    return passage.clause_of(before[-1]).end if before else start
