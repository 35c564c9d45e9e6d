"""Facts: what a draft says, in the closed vocabulary of rules/vocabulary.toml, each with the words it was read from.

One dataclass a record of the vocabulary, same names, same fields (a test holds them together). Values of enumerations are their
ids as strings; numbers are exact decimals; durations are days. `None` means the draft does not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assesslint.text.source import Span


@dataclass(frozen=True, slots=True)
class Words:
    """The words a fact was read from: as written, where (spans of the draft, in order) and in which field or heading."""

    text: str
    spans: tuple[Span, ...] = ()
    field: str = ""

    @property
    def span(self) -> Span:
        """From the first of the words to the last, in characters of the draft; (0, 0) where there are none."""
        return self.spans[0].to(self.spans[-1]) if self.spans else Span(0, 0)


NO_WORDS = Words("")


@dataclass(frozen=True, slots=True)
class Object:
    """What a demand is about: its kind, its name where the draft gives one, and the kind a pack adds under the first, if it is of one."""

    kind: str = "unknown"
    name: str | None = None
    variety: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached. `per` is the period in days it is counted over; `growing` when it rises year by year."""

    operator: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    of: str = "unknown"
    per: Decimal | None = None
    growing: bool = False
    universal: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    words: Words
    force: str
    action: str
    object: Object = Object()
    voice: str = "own"
    actor: str = "unknown"
    circumstance: str = "normal"
    measure: str | None = None
    scoring: str | None = None
    target: Target | None = None
    control: str = "unknown"
    frequency: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    words: Words
    kind: str
    role: str = "counted"
    force: str = "required"
    voice: str = "own"
    circumstance: str = "normal"


@dataclass(frozen=True, slots=True)
class Reporting:
    words: Words
    force: str
    item: str | None = None
    voice: str = "own"
    actor: str = "unknown"
    circumstance: str = "normal"
    frequency: Decimal | None = None
    zero_report: bool = False
    recipients: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    repeated: bool = False
    held_by: str | None = None
    means: str = "unknown"
    pace: str = "unknown"


@dataclass(frozen=True, slots=True)
class Procedure:
    words: Words
    force: str
    steps: tuple[str, ...] = ()
    voice: str = "own"
    circumstance: str = "normal"
    legal_original: bool = False


@dataclass(frozen=True, slots=True)
class Hang:
    """What a consequence hangs on: a fact of the same indicator, or a kind of thing outside it. Exactly one is set."""

    kind: str | None = None
    demand: Demand | None = None
    evidence: Evidence | None = None
    reporting: Reporting | None = None


@dataclass(frozen=True, slots=True)
class Consequence:
    words: Words
    force: str
    kind: str
    direction: str = "penalty"
    voice: str = "own"
    circumstance: str = "normal"
    frequency: Decimal | None = None
    hangs_on: tuple[Hang, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    words: Words
    force: str
    voice: str = "own"
    circumstance: str = "normal"
    frequency: Decimal | None = None
    bodies: tuple[str, ...] = ()
    several: bool = False
    method: str = "unknown"
    scored: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    level: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """A target raised above the superior's: the words that say so, or the levels that show it."""

    words: Words
    force: str
    voice: str = "own"
    circumstance: str = "normal"
    levels: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """Work handed to somebody, with whether the draft (or a supplied duty list) says it is the issuer's own duty."""

    words: Words
    force: str
    voice: str = "own"
    actor: str = "unknown"
    duty_of_issuer: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field and the prose of one indicator that give different values for the same thing."""

    words: Words
    field: str
    field_value: str
    text_value: str


@dataclass(frozen=True, slots=True)
class Clarity:
    """Whether the scoring text can be applied by two people with one result: a figure, condition, ladder or deduction; no 酌情."""

    words: Words
    measurable: bool
    discretionary: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A name used in a structured field, with whether the scheme declares it."""

    words: Words
    name: str
    declared: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """The facts of one leaf.

    `share` is its part of the scheme's points, 0 to 1; `same_as` names an earlier leaf with equal facts; `outcome` is what its work is for.
    """

    words: Words
    name: str
    kind: str = "scored"
    points: Decimal | None = None
    share: Decimal | None = None
    demands: tuple[Demand, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reporting: tuple[Reporting, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    clarity: Clarity | None = None
    references: tuple[Reference, ...] = ()
    same_as: str | None = None
    outcome: str = "matters_settled"


@dataclass(frozen=True, slots=True)
class App:
    words: Words
    name: str
    operator: str | None = None
    operator_level: str | None = None
    compulsory: bool = False
    built_by_issuer: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    words: Words
    name: str
    form: str = "text"
    issuer: str | None = None
    issuer_words: Words | None = None
    issuer_is_department: bool = False
    level: str | None = None
    audience: tuple[str, ...] = ()
    addresses_party_or_government: bool = False
    with_consent: bool = False
    declared_total: Decimal | None = None
    total_words: Words | None = None
    points_sum: Decimal | None = None
    scored_leaves: Decimal = Decimal(0)
    process_points: Decimal = Decimal(0)
    scored_points: Decimal = Decimal(0)
    basis: str | None = None
    plan_named: bool = False
    consultation_days: Decimal | None = None
    consultation_words: Words | None = None
    consulted_assessed: bool | None = None
    apps: tuple[App, ...] = ()
    indicators: tuple[Indicator, ...] = ()
