"""Rules as values. The parser makes a `Draft` of clauses as written; the checker makes a `Rule` in which every name is resolved.

Both share the operators. Of the leaves, `Reference` and `Listing` stand only in what the parser makes, `Path` and `Members` only in what
the checker makes. Spans are offsets in the page and stand outside equality.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assesslint.scheme.vocabulary import FieldType
from assesslint.text.source import Span

NOWHERE = Span(0, 0)

# ── expressions ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reference:
    """Names joined by dots, as written: a path, a value, a group, a parameter."""

    names: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """`[a, b]`, as written."""

    items: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal, or one value of an enumeration."""

    value: Decimal | str | bool
    type: FieldType
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Path:
    """The value in `slot`, called `name`, or the field of it that `steps` lead to. Absent when any step is."""

    slot: int
    name: str
    steps: tuple[str, ...]
    type: FieldType
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Members:
    """A set of values: the members of a named `group`, or those listed in brackets."""

    values: frozenset[Decimal | str | bool]
    group: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    item: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    items: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    items: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`operator` is one of `=` `!=` `<` `<=` `>` `>=` `is` `is not`."""

    operator: str
    left: Expression
    right: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Within:
    """`item in among`, or `not in` when negated. With `total`, an absent value is none of them, and nothing is left unknown."""

    item: Expression
    among: Expression
    negated: bool = False
    span: Span = field(default=NOWHERE, compare=False)
    total: bool = False


@dataclass(frozen=True, slots=True)
class Holds:
    """`list has item`. Checked, `via` names the field of the list's records that is compared with the item; empty for the record itself."""

    list: Expression
    item: Expression
    via: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Presence:
    """`item is known`, or `is absent`."""

    item: Expression
    known: bool
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    operator: str
    left: Expression
    right: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Gathering:
    """`any(variable in source: body)`. Without variable and body it speaks of the list as such. Checked, `slot` is the variable's."""

    kind: str
    source: Expression
    variable: str = ""
    body: Expression | None = None
    slot: int = 0
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Watched:
    """An expression all of whose values are put into `seen`: coverage is measured by it, no page can hold one."""

    item: Expression
    seen: set[object] = field(compare=False, hash=False)
    span: Span = field(default=NOWHERE, compare=False)


Leaf = Reference | Listing | Constant | Path | Members
Expression = Leaf | Not | And | Or | Comparison | Within | Holds | Presence | Arithmetic | Gathering | Call | Watched

# ── a rule as written ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Word:
    """A name or a text of a clause, with its place."""

    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of words alone, by its keyword: `status: stable`, `message zh: "…"` (its language comes first), `basis: A.b, C.d`."""

    keyword: str
    words: tuple[Word, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ConditionClause:
    """`when` or `unless`."""

    keyword: str
    condition: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class BindingClause:
    """`for name in value` or `let name = value`."""

    keyword: str
    name: Word
    value: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ParameterClause:
    name: Word
    type: Word
    value: Constant
    stricter: Word
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PlaceClause:
    """`at place`, with further places for where it is absent."""

    places: tuple[Reference, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class CaseClause:
    clauses: tuple[Clause | ConditionClause, ...]
    span: Span = field(default=NOWHERE, compare=False)


AnyClause = Clause | ConditionClause | BindingClause | ParameterClause | PlaceClause | CaseClause


@dataclass(frozen=True, slots=True)
class Draft:
    """One rule as written, its clauses in order."""

    id: Word
    clauses: tuple[AnyClause, ...]


# ── a rule as checked ────────────────────────────────────────────────────────────────────────────────────────────────────────

SCHEME_SLOT, INDICATOR_SLOT, STEPS_SLOT, FIRST_SLOT = range(4)
"""Where the evaluator keeps the two values every rule starts from and the steps it has left; parameters and bound names follow."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A bound that packs and configuration may move in the `stricter` direction (`larger` or `smaller`) only."""

    name: str
    type: str
    default: Decimal
    stricter: str
    slot: int


@dataclass(frozen=True, slots=True)
class Binding:
    """`for` (once for each item of a list) or `let`."""

    loop: bool
    name: str
    slot: int
    value: Expression
    type: FieldType


@dataclass(frozen=True, slots=True)
class Message:
    """A text with values in it."""

    parts: tuple[str | Path, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """How the fault is mended: a `kind` of policy/remedies.py, with the value or the parameter it is told."""

    kind: str
    value: str = ""
    parameter: Path | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause of a norm, as it may be cited while it is in force."""

    norm: str
    clause: str
    cite: str
    confidence: str
    in_force: date
    repealed: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.in_force <= day and (self.repealed is None or day < self.repealed)


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule says when `when` is true. Without citations it rests on no norm, for the `reason` given. Texts by language."""

    when: Expression | None
    severity: str
    citations: tuple[Citation, ...]
    reason: str
    message: Mapping[str, Message]
    advice: Mapping[str, Message]
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be evaluated: every name resolved, every type checked. `slots` counts the values it works with.

    `replaced_by` is the rule that takes the place of a deprecated one, if any.
    """

    id: str
    family: str
    title: Mapping[str, str]
    status: str
    waivable: str
    subject: str
    parameters: tuple[Parameter, ...]
    bindings: tuple[Binding, ...]
    when: Expression | None
    unless: tuple[Expression, ...]
    cases: tuple[Case, ...]
    at: tuple[Path, ...]
    slots: int
    page: str
    replaced_by: str = ""
    sections: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The page's prose by its headings, so that findings can be explained without reading the page again."""


def parts(node: Expression) -> tuple[Expression, ...]:
    """Return the expressions a checked expression is made of."""
    match node:
        case Not(item) | Presence(item) | Watched(item):
            return (item,)
        case And(items) | Or(items) | Call(_, items):
            return items
        case Comparison(_, left, right) | Arithmetic(_, left, right) | Within(left, right) | Holds(left, right):
            return left, right
        case Gathering(_, source, _, body):
            return (source,) if body is None else (source, body)
    return ()


def paths(node: Expression) -> Iterator[Path]:
    """Yield every path of a checked expression."""
    if isinstance(node, Path):
        yield node
    for part in parts(node):
        yield from paths(part)


def expressions(rule: Rule) -> Iterator[Expression]:
    """Yield the expressions of a rule's clauses, whole."""
    yield from (binding.value for binding in rule.bindings)
    yield from (condition for condition in (rule.when, *rule.unless, *(case.when for case in rule.cases)) if condition is not None)


def texts(rule: Rule) -> Iterator[str]:
    """Yield the texts that a rule compares with."""
    waiting = [*expressions(rule)]
    while waiting:
        node = waiting.pop()
        match node:
            case Constant(str(text), FieldType("text")):
                yield text
            case Within(Path(_, _, _, FieldType("text")), Members(values)):
                yield from sorted(map(str, values))
        waiting += parts(node)


def conjuncts(node: Expression | None) -> tuple[Expression, ...]:
    """Return the conditions that must all be true for `node` to be."""
    if node is None:
        return ()
    if isinstance(node, And):
        return tuple(part for item in node.items for part in conjuncts(item))
    return (node,)
