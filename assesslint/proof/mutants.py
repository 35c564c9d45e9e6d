"""A rule → its mutants: the rule with one condition, bound, parameter, case or `unless` altered. An example has to notice each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assesslint.policy import tree
from assesslint.proof.sites import Site, is_atom, is_condition, sites
from assesslint.scheme.vocabulary import FieldType
from assesslint.text.source import Span

FLAG = FieldType("flag")
TRUE, FALSE = tree.Constant(True, FLAG), tree.Constant(False, FLAG)

_NEIGHBOUR = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "!=", "!=": "=", "is": "is not", "is not": "is"}
_OTHER_SUM = {"+": "-", "-": "+", "*": "/", "/": "*"}
_OTHER_QUANTIFIER = {"any": "all", "exists": "all", "all": "any"}

STEP = Decimal(1)
"""By how much a bound is moved: one point, one day, one thing."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """`span` is the altered place on the page, empty where a whole clause went; `zh` and `en` say what was altered."""

    rule: tree.Rule
    span: Span
    zh: str
    en: str


def mutants(rule: tree.Rule) -> Iterator[Mutant]:
    """Yield every mutant of a rule."""
    for site in sites(rule):
        for node, zh, en in _altered(site):
            yield Mutant(site.put(node), site.node.span, zh, en)
    for at, condition in enumerate(rule.unless):
        if not is_atom(condition):
            kept = (*rule.unless[:at], *rule.unless[at + 1 :])
            yield Mutant(replace(rule, unless=kept), condition.span, "删去这条 unless", "this unless is dropped")
    for at, parameter in enumerate(rule.parameters):
        for step in (STEP, -STEP):
            moved = replace(parameter, default=parameter.default + step)
            said = f"{parameter.name} = {moved.default}"
            parameters = (*rule.parameters[:at], moved, *rule.parameters[at + 1 :])
            yield Mutant(replace(rule, parameters=parameters), tree.NOWHERE, f"参数改为 {said}", f"the parameter is {said}")
    yield from _case_mutants(rule)


def _case_mutants(rule: tree.Rule) -> Iterator[Mutant]:
    for at in range(len(rule.cases)):
        kept = (*rule.cases[:at], *rule.cases[at + 1 :])
        yield Mutant(replace(rule, cases=kept), _case_span(rule, at), f"删去第 {at + 1} 个 case", f"case {at + 1} is dropped")


def _case_span(rule: tree.Rule, at: int) -> Span:
    condition = rule.cases[at].when
    return condition.span if condition is not None else tree.NOWHERE


def _altered(site: Site) -> Iterator[tuple[tree.Expression, str, str]]:
    """Yield what may stand at a site instead, and how that is told."""
    node = site.node
    if is_atom(node):
        yield TRUE, "换作恒真", "always true"
        yield FALSE, "换作恒假", "always false"
    match node:
        case tree.Comparison(operator):
            other = _NEIGHBOUR[operator]
            yield replace(node, operator=other), f"{operator} 换作 {other}", f"{operator} becomes {other}"
        case tree.Constant(Decimal() as value):
            for step in (STEP, -STEP):
                yield replace(node, value=value + step), f"{value} 换作 {value + step}", f"{value} becomes {value + step}"
        case tree.Arithmetic(operator):
            other = _OTHER_SUM[operator]
            yield replace(node, operator=other), f"{operator} 换作 {other}", f"{operator} becomes {other}"
        case tree.Gathering(kind) if node.body is not None and is_condition(node):
            other = _OTHER_QUANTIFIER[kind]
            yield replace(node, kind=other), f"{kind} 换作 {other}", f"{kind} becomes {other}"
        case tree.Within(_, tree.Members(values, "") as listed):
            for member in sorted(values, key=str):
                kept = replace(node, among=replace(listed, values=values - {member}))
                yield kept, f"列表中去掉 {member}", f"{member} is left out of the list"
