"""A checked rule → a function from facts to objections.

Every node becomes a closure over a list of slots (`Frame`); None is the absent value and the unknown truth. On facts of the declared types
nothing here fails but for numbers out of all bounds and a rule that takes too many steps: what cannot be computed is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from assesslint.policy import tree
from assesslint.policy.kleene import Truth

Frame = list[Any]
Evaluator = Callable[[Frame], Any]

MOST_STEPS = 20_000_000
"""Expressions one rule may compute in its loops over one scheme. Rules of everyday use need some thousands."""

STEPS_OF_CALL = {"similar_text": 200, "same_item": 20}
"""What a function costs that takes longer than other expressions."""


class TooManyStepsError(ArithmeticError):
    """A rule has used up its steps."""


OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": eq, "is": eq, "!=": ne, "is not": ne, "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip


def fresh_frame(slots: int) -> Frame:
    """Return a frame of so many slots in which nothing is bound yet and no step done."""
    frame: Frame = [None] * slots
    frame[tree.STEPS_SLOT] = MOST_STEPS
    return frame


def steps(*nodes: tree.Expression) -> int:
    """Return how many steps it takes to compute expressions once, every list being of one item."""
    found = 0
    for node in nodes:
        found += STEPS_OF_CALL.get(node.function, 1) if isinstance(node, tree.Call) else 1
        found += steps(*tree.parts(node))
    return found


def take(frame: Frame, items: int, each: int = 1) -> None:
    """Take the steps for so many items from those left. Raises TooManyStepsError."""
    frame[tree.STEPS_SLOT] -= items * each
    if frame[tree.STEPS_SLOT] < 0:
        raise TooManyStepsError


def evaluator(node: tree.Expression) -> Evaluator:
    """Return the function that computes a checked expression."""
    match node:
        case tree.Constant(value):
            return lambda _frame: value
        case tree.Path():
            return _path(node)
        case tree.Not(item):
            return _not(evaluator(item))
        case tree.And(items):
            return _join(tuple(map(evaluator, items)), decisive=False)
        case tree.Or(items):
            return _join(tuple(map(evaluator, items)), decisive=True)
        case tree.Comparison(operator, left, right):
            return _compare(OPERATORS[operator], evaluator(left), evaluator(right))
        case tree.Within(item, tree.Members(values), negated, _, total):
            return _member(evaluator(item), values, negated, negated if total else None)
        case tree.Within(item, among, negated):
            return _within(evaluator(item), evaluator(among), negated)
        case tree.Holds(listed, item, via):
            return _holds(evaluator(listed), evaluator(item), via)
        case tree.Presence(item, known):
            return _presence(evaluator(item), known)
        case tree.Arithmetic(operator, left, right):
            return _arithmetic(operator, evaluator(left), evaluator(right))
        case tree.Gathering("any" | "exists", source, _, tree.Holds(tree.Path(slot, _, (name,)), item, via), variable) if (
            slot == variable and all(path.slot != variable for path in tree.paths(item))
        ):
            return _any_holds(evaluator(source), name, via, evaluator(item))
        case tree.Gathering():
            return _gathering(node)
        case tree.Watched(item, seen):
            return _watched(evaluator(item), seen)
        case tree.Call(function, arguments):
            return _call(FUNCTIONS[function], tuple(map(evaluator, arguments)))
    raise TypeError(f"not a checked expression: {node!r}")


def _path(node: tree.Path) -> Evaluator:
    slot, steps = node.slot, node.steps
    if not steps:
        return lambda frame: frame[slot]
    if len(steps) == 1:
        (step,) = steps
        return lambda frame: None if (value := frame[slot]) is None else getattr(value, step)

    def follow(frame: Frame) -> Any:
        value = frame[slot]
        for step in steps:
            if value is None:
                return None
            value = getattr(value, step)
        return value

    return follow


def _watched(item: Evaluator, seen: set[object]) -> Evaluator:
    def watch(frame: Frame) -> Any:
        value = item(frame)
        seen.add(value)
        return value

    return watch


def _not(item: Evaluator) -> Evaluator:
    return lambda frame: None if (value := item(frame)) is None else not value


def _join(items: tuple[Evaluator, ...], decisive: bool) -> Evaluator:
    """Conjunction (decided by a false side) or disjunction (decided by a true one)."""

    def join(frame: Frame) -> Truth:
        result: Truth = not decisive
        for item in items:
            value: Truth = item(frame)
            if value is decisive:
                return value
            if value is None:
                result = None
        return result

    return join


def _compare(operator: Callable[[Any, Any], bool], left: Evaluator, right: Evaluator) -> Evaluator:
    def compare(frame: Frame) -> Truth:
        first, second = left(frame), right(frame)
        return None if first is None or second is None else operator(first, second)

    return compare


def _member(item: Evaluator, values: frozenset[Any], negated: bool, absent: Truth) -> Evaluator:
    return lambda frame: absent if (value := item(frame)) is None else (value in values) is not negated


def _within(item: Evaluator, among: Evaluator, negated: bool) -> Evaluator:
    def within(frame: Frame) -> Truth:
        value, values = item(frame), among(frame)
        if value is None or values is None:
            return None
        take(frame, len(values))
        return (value in values) is not negated

    return within


def _holds(listed: Evaluator, item: Evaluator, via: str) -> Evaluator:
    def holds(frame: Frame) -> Truth:
        values, wanted = listed(frame), item(frame)
        if values is None or wanted is None:
            return None
        take(frame, len(values))
        return any(wanted == _field_of(value, via) for value in values)

    return holds


def _any_holds(source: Evaluator, name: str, via: str, item: Evaluator) -> Evaluator:
    """`any(c in consequences: c.hangs_on has demand)` → asked of many demands in turn, the things held are gathered once a list of `c`."""
    latest: tuple[Any, set[Any], bool] = (None, set(), False)

    def any_holds(frame: Frame) -> Truth:
        nonlocal latest
        values, wanted = source(frame), item(frame)
        if not values:
            return None if values is None else False
        if wanted is None:
            return None
        listed, held, uncertain = latest
        if listed is not values:
            lists = [getattr(value, name) for value in values]
            take(frame, sum(len(each or ()) for each in lists))
            things = {id(thing): thing for each in lists for thing in (_field_of(value, via) for value in each or ())}
            held, uncertain = set(things.values()), None in lists
            latest = values, held, uncertain
        return True if wanted in held else None if uncertain else False

    return any_holds


def _field_of(value: Any, name: str) -> Any:
    return getattr(value, name) if name else value


def _presence(item: Evaluator, known: bool) -> Evaluator:
    return lambda frame: (item(frame) is not None) is known


def _arithmetic(operator: str, left: Evaluator, right: Evaluator) -> Evaluator:
    compute = ARITHMETIC[operator]

    def arithmetic(frame: Frame) -> Any:
        first, second = left(frame), right(frame)
        return None if first is None or second is None else compute(first, second)

    return arithmetic


ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b if b else None,
}


def _gathering(node: tree.Gathering) -> Evaluator:
    source, slot = evaluator(node.source), node.slot
    if node.body is None:
        whole: Callable[[Any], Any] = len if node.kind == "count" else bool
        return lambda frame: None if (values := source(frame)) is None else whole(values)
    body, each = evaluator(node.body), steps(node.body)

    def gathered(of: Callable[[Frame, tuple[Any, ...]], Any]) -> Evaluator:
        def gather(frame: Frame) -> Any:
            values = source(frame)
            if values is None:
                return None
            if values:
                take(frame, len(values), each)
            return of(frame, values)

        return gather

    def quantified(decisive: bool) -> Callable[[Frame, tuple[Any, ...]], Truth]:
        def decide(frame: Frame, values: tuple[Any, ...]) -> Truth:
            result: Truth = not decisive
            for frame[slot] in values:
                value: Truth = body(frame)
                if value is decisive:
                    return value
                if value is None:
                    result = None
            return result

        return decide

    def count(frame: Frame, values: tuple[Any, ...]) -> int:
        number = 0
        for frame[slot] in values:
            number += body(frame) is True
        return number

    def first(frame: Frame, values: tuple[Any, ...]) -> Any:
        for value in values:
            frame[slot] = value
            if body(frame) is True:
                return value
        return None

    def total(frame: Frame, values: tuple[Any, ...]) -> Decimal | None:
        result = Decimal(0)
        for frame[slot] in values:
            term = body(frame)
            if term is None:
                return None
            result += term
        return result

    kinds = {"any": quantified(True), "exists": quantified(True), "all": quantified(False), "count": count, "first": first, "sum": total}
    return gathered(kinds[node.kind])


def _call(function: Callable[..., Any], arguments: tuple[Evaluator, ...]) -> Evaluator:
    def call(frame: Frame) -> Any:
        values = [argument(frame) for argument in arguments]
        return None if None in values else function(*values)

    return call


# ── functions ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

_MARKS = re.compile(r"[\W_]+")
_FORM = re.compile(r"(?:统计|情况|信息|数据|基础|明细|填报|报送|电子|纸质|花?名册|(?:一览|汇总|统计|明细|情况|报)?表|台账|清单|册)+$")

LONGEST_COMPARED = 500
"""Most characters of a text that are compared with another."""


def days_between(first: date, second: date) -> Decimal:
    return Decimal(abs(second - first) // timedelta(days=1))


@lru_cache(4096)
def item_name(text: str) -> str:
    """Return what a data item is called, without spaces, marks and the form it is kept in: 人口信息台账 is 人口."""
    bare = _MARKS.sub("", text[:LONGEST_COMPARED]).lower()
    return _FORM.sub("", bare) or bare


def same_item(first: str, second: str) -> bool:
    return item_name(first) == item_name(second)


def similar_text(first: str, second: str) -> Decimal:
    from rapidfuzz.fuzz import ratio

    bare = [_MARKS.sub("", text[:LONGEST_COMPARED].lower()) for text in (first, second)]
    return Decimal(round(ratio(*bare))) / 100


FUNCTIONS: Mapping[str, Callable[..., Any]] = {"days_between": days_between, "same_item": same_item, "similar_text": similar_text}
