"""Findings, notices, report: one frozen value each, complete when made.

Everything that can be said of a draft is a `Finding`: a rule's objection, a syntax error, a file that cannot be read, a crash
in one file. A `Notice` says what was seen but not judged. A `Report` is the whole answer of one run; reporters see nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from assesslint.text.location import WHOLE_FILE, Location
from assesslint.text.source import Source, Span

SEVERITIES = ("error", "warning", "advice")
"""From worst to mildest. A central ban is an error, a partial one a warning, good practice or analogy advice."""

SEVERITY_NAMES = {
    "zh": {"error": "错误", "warning": "警告", "advice": "建议"},
    "en": {"error": "error", "warning": "warning", "advice": "advice"},
}
"""What people call a severity, by language."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The norm a finding rests on, as it may be cited. `confidence` other than `sure`: no article number is known for certain."""

    norm: str
    clause: str
    cite: str
    confidence: str

    def sentence(self, lang: str) -> str:
        """Return what a report may say of the norm: as against it only when its number is certain."""
        return f"{self.against(lang)}{'' if lang == 'zh' else ' '}{self.named(lang)}"

    def against(self, lang: str) -> str:
        if self.confidence == "sure":
            return "不符合" if lang == "zh" else "contrary to"
        return "疑不符合" if lang == "zh" else "probably contrary to"

    def named(self, lang: str) -> str:
        """Return the norm as it may be cited, with what is uncertain of it."""
        if self.confidence == "sure":
            return self.cite
        return f"{self.cite}（条号待核）" if lang == "zh" else f"{self.cite} (article number unverified)"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of `span` by `text`. `location` is where they stand in the file."""

    span: Span
    text: str
    location: Location = WHOLE_FILE


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that would settle the finding, its edits in the order of their places; `title` says what it does.

    It is `safe` when it cannot change what the draft means but for what is forbidden; any other is a proposal for a person to agree to.
    One `by_hand` is for a draft of a kind that no edit is written into.
    """

    edits: tuple[Edit, ...]
    safe: bool
    title: str = ""
    by_hand: bool = False

    def located(self, source: Source) -> Fix:
        """Return the fix with the places of its edits in the file."""
        return replace(self, edits=tuple(replace(edit, location=source.locate(edit.span)) for edit in self.edits))


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    family: str
    severity: str
    message: str
    path: str
    advice: str = ""
    scheme: str = ""
    indicator: str = ""
    location: Location = WHOLE_FILE
    excerpt: str = ""
    basis: tuple[Basis, ...] = ()
    fingerprint: str = ""
    subject: str = ""
    """Fingerprint of the whole indicator with its scheme and issuer: what a waiver is given for."""
    fix: Fix | None = None
    places: tuple[Location, ...] = ()
    """Every place its words stand at, one a line, cell or paragraph; `location` is where they begin."""
    indicator_kind: str = ""
    """What bears the name `indicator`: an id of the vocabulary, `provision` for a clause or remark that gives no points."""
    source: Source | None = field(default=None, compare=False, repr=False)
    span: Span | None = field(default=None, compare=False, repr=False)
    spans: tuple[Span, ...] = field(default=(), compare=False, repr=False)
    """Its words in the text of the draft, one by one, where they do not fill the whole `span`."""
    field_name: str = field(default="", compare=False, repr=False)
    """The field its words stand in, where the draft itself says so and it is not guessed from labels."""

    def norms(self, lang: str) -> list[str]:
        """Return what may be said of its norms; two clauses that may be cited alike are one."""
        return list(dict.fromkeys(basis.sentence(lang) for basis in self.basis))


@dataclass(frozen=True, slots=True)
class Notice:
    """Something seen that could not be read or judged, with its place; `id` is stable, so that it can be acknowledged."""

    id: str
    message: str
    path: str
    location: Location = WHOLE_FILE
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What a reporter needs to know of a rule whose findings it shows, in the report's language.

    `severity` is the worst it gives by itself. `checks`, `why` and `waiver` are Markdown: what it looks for, for what reason, and when
    an excuse is right. `norms` are all it may rest on. `url` is its page on the web, if it has one.
    """

    id: str
    family: str
    title: str
    family_title: str = ""
    severity: str = "error"
    checks: str = ""
    why: str = ""
    waiver: str = ""
    norms: tuple[Basis, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorInfo:
    """An indicator as its draft has it. `points` is None when it gives none; `subject` is that of the findings on it."""

    name: str
    points: Decimal | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SchemeInfo:
    """A scheme as its draft has it; `issuer` is empty when the draft tells none, provisions are not counted as indicators."""

    name: str
    issuer: str = ""
    indicators: tuple[IndicatorInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftInfo:
    """What one file held. `path` is its name in findings; a file that could not be read as a whole is not `readable`.

    `sha256` names the very bytes that were judged; it is empty when none could be had. `text_read` is the share of its indicators'
    characters that were given a role, 0 to 1, and None when it has no indicators.
    """

    path: str
    schemes: tuple[SchemeInfo, ...] = ()
    readable: bool = True
    sha256: str = ""
    text_read: Decimal | None = None

    @property
    def indicators(self) -> int:
        return sum(len(scheme.indicators) for scheme in self.schemes)


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that an approver excused, with the reason given."""

    finding: Finding
    reason: str
    approver: str
    until: date
    is_inline: bool = False
    """The draft itself declares the waiver."""

    def sentence(self, lang: str) -> str:
        """Return who excused it, until when, and why."""
        day = self.until.isoformat()
        if lang == "zh":
            return f"{self.approver} 批准至 {day}：{self.reason}" + ("（写在方案里）" if self.is_inline else "")
        return f"by {self.approver} until {day}: {self.reason}" + (" (declared in the draft)" if self.is_inline else "")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was looked at. `text_read` is the share of the indicators' characters that were given a role, 0 to 1."""

    files: int = 0
    unreadable: int = 0
    schemes: int = 0
    indicators: int = 0
    text_read: Decimal = Decimal(1)
    rules_selected: int = 0
    rules_applicable: int = 0
    rules_fired: int = 0
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The answer of one run, in the order of the files given and the places in them.

    `drafts` has every file. `rules_version` names the rules it was judged by to the byte, `rules_title` says the same in words.
    """

    judged_on: date
    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()
    waived: tuple[Waived, ...] = ()
    counts: Counts = Counts()
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
    in_force: tuple[str, ...] = ()
    """The configuration that bears on the answer, a sentence each: what was ignored, lowered, selected or moved."""
    lang: str = "zh"
    fail_on: str = "error"
    """The mildest severity that fails the run."""
    drafts: tuple[DraftInfo, ...] = ()
    rules_version: str = ""
    rules_title: str = ""
    known: tuple[Finding, ...] = ()
    """Objections that a baseline puts up with, in the same order as those that stand."""
    fixed: tuple[Finding, ...] = ()
    """What this run settled by fixes; places and words are those of the draft before."""
    of_rules: bool = False
    """It is on the files of a rule repository, not on drafts."""

    def count(self, severity: str) -> int:
        return sum(f.severity == severity for f in self.findings)

    def fixable(self, *, safe: bool) -> int:
        """Return how many findings have a fix: a safe one, or a proposal."""
        return sum(f.fix is not None and f.fix.safe is safe for f in self.findings)

    @property
    def by_hand(self) -> int:
        """How many of the proposals are to be made by hand."""
        return sum(f.fix is not None and f.fix.by_hand for f in self.findings)

    def by_path(self) -> dict[str, list[Finding]]:
        """Return the findings of each file that has any, in their order."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.path, []).append(finding)
        return found

    def fails(self, level: str) -> bool:
        """Tell whether any finding is at or above `level`."""
        worst = SEVERITIES.index(level)
        return any(SEVERITIES.index(f.severity) <= worst for f in self.findings)

    @property
    def exit_code(self) -> int:
        """0 nothing at or above the failing level, 1 findings, 2 no input could be read at all."""
        if self.counts.files and self.counts.unreadable == self.counts.files:
            return 2
        return int(self.fails(self.fail_on))
