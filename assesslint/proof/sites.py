"""A rule → every expression in it, each with what puts another in its place. Mutation and coverage both walk rules this way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from assesslint.policy import tree

Put = Callable[[tree.Expression], tree.Rule]


@dataclass(frozen=True, slots=True)
class Site:
    """An expression of a rule. `put(other)` is the rule with `other` in its place. `clause` is where it stands: when, unless, case, let."""

    node: tree.Expression
    put: Put
    clause: str


def sites(rule: tree.Rule) -> Iterator[Site]:
    """Yield every expression of a rule's conditions and names, outer ones first."""
    if rule.when is not None:
        yield from _within(Site(rule.when, lambda node: replace(rule, when=node), "when"))
    for at, condition in enumerate(rule.unless):
        yield from _within(Site(condition, _putting(rule, "unless", at), "unless"))
    for at, case in enumerate(rule.cases):
        if case.when is not None:
            yield from _within(Site(case.when, _putting_in(rule, "cases", at, "when"), "case"))
    for at, binding in enumerate(rule.bindings):
        if not binding.loop:
            yield from _within(Site(binding.value, _putting_in(rule, "bindings", at, "value"), "let"))


def conditions(rule: tree.Rule) -> Iterator[Site]:
    """Yield the sites that are true, false or unknown by themselves: what and, or, not and quantifiers put together."""
    return (site for site in sites(rule) if is_atom(site.node))


def is_condition(node: tree.Expression) -> bool:
    """Tell whether an expression is true, false or unknown, rather than a value."""
    match node:
        case tree.And() | tree.Or() | tree.Not() | tree.Comparison() | tree.Within() | tree.Holds() | tree.Presence():
            return True
        case tree.Gathering(kind, _, _, _):
            return kind in ("any", "all", "exists")
        case tree.Path() | tree.Constant():
            return node.type.base == "flag" and not node.type.many
        case tree.Call(function):
            return function == "same_item"
    return False


def is_atom(node: tree.Expression) -> bool:
    """Tell whether an expression is a condition that holds no other, or asks only whether a list has anything in it."""
    if isinstance(node, tree.Gathering):
        return is_condition(node) and node.body is None
    return is_condition(node) and not isinstance(node, tree.And | tree.Or | tree.Not | tree.Constant)


def _with(node: Any, name: str, value: object) -> Any:
    """Return a copy of a dataclass with one field changed; which field is not known to the type checker."""
    return replace(node, **{name: value})


def _putting(rule: tree.Rule, name: str, at: int) -> Put:
    def put(node: tree.Expression) -> tree.Rule:
        items = getattr(rule, name)
        altered: tree.Rule = _with(rule, name, (*items[:at], node, *items[at + 1 :]))
        return altered

    return put


def _putting_in(rule: tree.Rule, name: str, at: int, field: str) -> Put:
    def put(node: tree.Expression) -> tree.Rule:
        items = getattr(rule, name)
        altered: tree.Rule = _with(rule, name, (*items[:at], _with(items[at], field, node), *items[at + 1 :]))
        return altered

    return put


def _within(site: Site) -> Iterator[Site]:
    yield site
    for name in _PARTS.get(type(site.node), ()):
        part = getattr(site.node, name)
        if isinstance(part, tuple):
            for at, item in enumerate(part):
                yield from _within(Site(item, _in_tuple(site, name, at), site.clause))
        elif part is not None:
            yield from _within(Site(part, _in_field(site, name), site.clause))


def _in_tuple(site: Site, name: str, at: int) -> Put:
    def put(node: tree.Expression) -> tree.Rule:
        items = getattr(site.node, name)
        return site.put(_with(site.node, name, (*items[:at], node, *items[at + 1 :])))

    return put


def _in_field(site: Site, name: str) -> Put:
    return lambda node: site.put(_with(site.node, name, node))


_PARTS: dict[type, tuple[str, ...]] = {
    tree.Not: ("item",),
    tree.And: ("items",),
    tree.Or: ("items",),
    tree.Comparison: ("left", "right"),
    tree.Within: ("item", "among"),
    tree.Holds: ("list", "item"),
    tree.Presence: ("item",),
    tree.Arithmetic: ("left", "right"),
    tree.Gathering: ("source", "body"),
    tree.Call: ("arguments",),
}
"""Where an expression holds others."""
