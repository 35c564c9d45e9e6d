"""A draft and how it is judged → the draft with its fixes in it, in memory; each step is judged again, and what is no gain is withdrawn.

Fixes that do not touch each other go in together; those that do wait for the next round, as in Ruff. Safe ones go first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assesslint.documents.draft import read_draft
from assesslint.documents.edited import edited
from assesslint.documents.limits import Limits
from assesslint.documents.unreadable import UneditableError, UnreadableError
from assesslint.findings.model import Finding, Fix, Report
from assesslint.linter.fixes.verify import State, Told, objection_to
from assesslint.reading.kept import KeptReadings
from assesslint.text.source import Span

MOST_ROUNDS = 100
"""Rounds after which a draft is left as it is; each needs one more reading of it, of what has changed."""

Judge = Callable[[bytes, KeptReadings], Report]
"""The bytes of the draft in some state, what was read of it before → what stands against it."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A fix that was tried and not made, with the reason in both languages."""

    finding: Finding
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A draft with fixes in it: `before` and `after` are its text, `data` its bytes, `fixed` what was settled, in the order done."""

    path: str
    before: str
    after: str
    data: bytes
    fixed: tuple[Finding, ...]
    withdrawn: tuple[Withdrawn, ...]


def mend(
    path: str, data: bytes, judge: Judge, limits: Limits, *, lang: str, unsafe: bool = False, leave: frozenset[str] = frozenset()
) -> Mended:
    """Return a draft of a kind that can be edited with its safe fixes in it, with the proposals too when `unsafe`.

    Findings whose fingerprint is in `leave` are left alone.
    """
    kept = KeptReadings()

    def state_of(state: bytes) -> State:
        return State(state, read_draft(path, state, lang=lang, limits=limits), judge(state, kept), kept)

    mending = _Mending(state_of(data), state_of, limits, unsafe=unsafe, leave=leave)
    before = mending.state.draft.source.text
    for _ in range(MOST_ROUNDS):
        if not mending.round():
            break
    state = mending.state
    return Mended(path, before, state.draft.source.text, state.data, tuple(mending.fixed), tuple(mending.withdrawn.values()))


@dataclass(slots=True)
class _Mending:
    """The work on one draft; `withdrawn` are the fixes that will not do in its present state, by what they are of."""

    state: State
    state_of: Callable[[bytes], State]
    limits: Limits
    unsafe: bool
    leave: frozenset[str]
    fixed: list[Finding] = field(default_factory=list)
    withdrawn: dict[tuple[str, str], Withdrawn] = field(default_factory=dict)

    def round(self) -> bool:
        """Put a set of fixes in that go together; return whether there were any to try."""
        chosen = list(_apart(self._candidates()))
        taken = self._take(chosen, self.state) if chosen else ()
        self.fixed += taken
        if taken:
            self.withdrawn.clear()  # what would not do before may do now
        return bool(chosen)

    def _candidates(self) -> list[Finding]:
        """Return the findings to be mended now: those with safe fixes, else those with proposals, by place."""
        waived = [w.finding.span for w in self.state.report.waived if w.finding.path == self.state.path and w.finding.span]
        found = [
            f
            for f in self.state.findings
            if f.fix and f.fix.edits and (f.fix.safe or self.unsafe) and f.fingerprint not in self.leave and _key(f) not in self.withdrawn
        ]
        for finding in [f for f in found if f.fix and _touches(f.fix, waived)]:
            found.remove(finding)
            self._withdraw(finding, ("会改动经批准豁免的内容，没有改", "it would change what a waiver was given for; nothing was changed"))
        safe = [f for f in found if f.fix and f.fix.safe]
        return sorted(safe or found, key=lambda f: f.fix.edits[0].span if f.fix else Span(0, 0))

    def _take(self, chosen: Sequence[Finding], start: State, taken: tuple[Finding, ...] = ()) -> tuple[Finding, ...]:
        """Go on from the state `start` with those taken and as many of the chosen as will do; return all that are in.

        Where not all will do, they are halved, to find those that will not.
        """
        after = self._with((*taken, *chosen), start)
        if isinstance(after, State):
            self.state = after
            return (*taken, *chosen)
        if len(chosen) == 1:
            self._withdraw(chosen[0], after)
            return taken
        middle = len(chosen) // 2
        return self._take(chosen[middle:], start, self._take(chosen[:middle], start, taken))

    def _with(self, mended: Sequence[Finding], start: State) -> State | Told:
        """Return the state that fixes lead to, or why they must not be made."""
        try:
            data = edited(start.draft.source, start.data, list(_edits(mended)), self.limits)
        except (UneditableError, UnreadableError) as error:
            return error.zh, error.en
        after = self.state_of(data)
        return objection_to(start, after, mended) or after

    def _withdraw(self, finding: Finding, why: Told) -> None:
        self.withdrawn[_key(finding)] = Withdrawn(finding, *why)


def _key(finding: Finding) -> tuple[str, str]:
    """Return what names a fix whatever else of the draft has changed."""
    return finding.fingerprint, finding.fix.title if finding.fix else ""


def _apart(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield findings whose fixes do not touch those of findings before them; the same fix for several findings is one."""
    taken: list[Fix] = []
    for finding in findings:
        fix = finding.fix
        if fix is None:
            continue
        if any(fix.edits == other.edits for other in taken):
            yield finding
        elif not any(_touches(fix, [edit.span for edit in other.edits]) for other in taken):
            taken.append(fix)
            yield finding


def _touches(fix: Fix, places: Sequence[Span]) -> bool:
    return any(edit.span.overlaps(place) or edit.span.start == place.start for edit in fix.edits for place in places)


def _edits(mended: Sequence[Finding]) -> Iterator[tuple[Span, str]]:
    """Yield the edits of fixes, each once."""
    yield from dict.fromkeys((edit.span, edit.text) for finding in mended if finding.fix for edit in finding.fix.edits)
