"""Which values a condition makes sure of: if it holds, they are known; or they are absent.

A message may name a value that can be absent only where the conditions make sure of it, and a comparison with a value that they say is
absent can only be unknown. Both are seen here, before any draft is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assesslint.policy import tree
from assesslint.scheme.vocabulary import FieldType

Place = tuple[int, tuple[str, ...]]
"""A value a rule can speak of: the slot it starts from and the fields that lead to it."""

Lets = Mapping[int, tree.Expression]


def place_of(path: tree.Path, lets: Lets) -> Place:
    """Return what a path speaks of, seen through the names `let` gave."""
    meant = lets.get(path.slot)
    if isinstance(meant, tree.Path):
        slot, steps = place_of(meant, lets)
        return slot, steps + path.steps
    return path.slot, path.steps


def needs(node: tree.Expression, lets: Lets) -> Iterator[Place]:
    """Yield the values, and the values they are fields of, without which an expression that is not a condition is unknown."""
    match node:
        case tree.Path():
            slot, steps = place_of(node, lets)
            yield from ((slot, steps[:length]) for length in range(len(steps) + 1))
            if slot in lets:
                yield from needs(lets[slot], lets)
        case tree.Arithmetic(_, left, right):
            yield from needs(left, lets)
            yield from needs(right, lets)
        case tree.Call(_, arguments):
            for argument in arguments:
                yield from needs(argument, lets)


def known(node: tree.Expression, lets: Lets, truth: bool = True) -> frozenset[Place]:
    """Return the values that are known whenever a condition is true (or false)."""
    match node:
        case tree.Path():
            meant = lets.get(node.slot)
            through = known(meant, lets, truth) if meant is not None and not node.steps else frozenset()
            return through.union(needs(node, lets))
        case tree.Not(item):
            return known(item, lets, not truth)
        case tree.And(items) | tree.Or(items):
            each = [known(item, lets, truth) for item in items]
            return frozenset.union(*each) if isinstance(node, tree.And) == truth else frozenset.intersection(*each)
        case tree.Presence(item, wanted):
            return frozenset(needs(item, lets)) if wanted == truth else frozenset()
        case tree.Comparison(_, left, right):
            return frozenset([*needs(left, lets), *needs(right, lets)])
        case tree.Within(item, _, negated, _, total):
            return frozenset() if total and negated == truth else frozenset(needs(item, lets))
        case tree.Call():
            return frozenset(needs(node, lets))
    return frozenset()


def absent(node: tree.Expression, lets: Lets, truth: bool = True) -> frozenset[Place]:
    """Return the values that are absent whenever a condition is true (or false)."""
    match node:
        case tree.Not(item):
            return absent(item, lets, not truth)
        case tree.And(items) | tree.Or(items):
            each = [absent(item, lets, truth) for item in items]
            return frozenset.union(*each) if isinstance(node, tree.And) == truth else frozenset.intersection(*each)
        case tree.Presence(tree.Path() as item, wanted):
            return frozenset({place_of(item, lets)}) if wanted != truth else frozenset()
    return frozenset()


def never_told(node: tree.Expression, lets: Lets, gone: frozenset[Place] = frozenset()) -> Iterator[tree.Expression]:
    """Yield the conditions in an expression that can only be unknown: they need a value of `gone`, or one said beside them to be absent."""
    match node:
        case tree.And(items):
            for at, item in enumerate(items):
                beside = [absent(other, lets) for other in (*items[:at], *items[at + 1 :])]
                yield from never_told(item, lets, gone.union(*beside))
        case tree.Or() | tree.Not() | tree.Gathering():
            for part in tree.parts(node):
                yield from never_told(part, lets, gone)
        case tree.Comparison() | tree.Within(total=False) | tree.Call():
            parts = tree.parts(node)
            if gone.intersection(place for part in parts for place in needs(part, lets)):
                yield node
            for part in parts:
                yield from never_told(part, lets, gone)
        case tree.Path() if node.type.base == "flag" and not gone.isdisjoint(needs(node, lets)):
            yield node


def is_known(path: tree.Path, start: FieldType, records: Mapping[str, Mapping[str, FieldType]], sure: frozenset[Place], lets: Lets) -> bool:
    """Tell whether a path of a value of type `start` is there, given the places that are sure to be known."""
    slot, steps = place_of(path, lets)
    before = len(steps) - len(path.steps)
    kind = start
    optional = [before] if kind.optional else []
    for at, step in enumerate(path.steps, before + 1):
        kind = records[kind.base][step]
        if kind.optional:
            optional.append(at)
    if not optional:
        return True
    longest = steps[: optional[-1]]
    return (slot, longest) in sure
