"""A checked rule and the facts a solver may choose → when the rule objects, as a formula.

The mirror of policy/evaluate.py, node by node; both take their logic from policy/kleene.py, and a test on random rules and random
facts holds them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import z3

from assesslint.policy import tree
from assesslint.policy.laws import read_laws
from assesslint.proof.solver import FOR_ONE_EXPRESSION, HIGHEST_DEGREE, MOST_TERMS, TooHardError
from assesslint.proof.symbols import FALSE, TRUE, Items, Records, Space, Symbol, Truth, Value

Frame = dict[int, Symbol]


def objects(rule: tree.Rule, space: Space) -> z3.BoolRef:
    """Return the condition under which a rule says anything of the scheme (of its first indicator, where it speaks of indicators)."""
    return z3.Or([condition for _, condition in firings(rule, space)])


def firings(rule: tree.Rule, space: Space) -> Iterator[tuple[tree.Case, z3.BoolRef]]:
    """Yield each way a rule can object, with the case that speaks."""
    return (way for _, ways in spoken(rule, space) for way in ways)


def spoken(rule: tree.Rule, space: Space) -> Iterator[tuple[Frame, list[tuple[tree.Case, z3.BoolRef]]]]:
    """Yield, for every item the loops of a rule can be at, what its names stand for and when each case speaks."""
    frame: Frame = {tree.SCHEME_SLOT: space.scheme}
    conditions: list[z3.BoolRef] = []
    if rule.subject == "indicator":
        indicators = space.field_of(space.scheme, "indicators")
        present, first = _members(indicators)[0]
        frame[tree.INDICATOR_SLOT] = first
        conditions.append(present)
    for parameter in rule.parameters:
        frame[parameter.slot] = Value(parameter.type, z3.RealVal(Fraction(parameter.default)), TRUE)
    for bound, there in _bound(rule.bindings, frame, space):
        holds = [*conditions, there, *(_true(rule.when, bound, space) for _ in range(rule.when is not None))]
        holds += [z3.Not(truth(excuse, bound, space).true) for excuse in rule.unless]
        ways: list[tuple[tree.Case, z3.BoolRef]] = []
        before: list[z3.BoolRef] = []
        for case in rule.cases:
            fits = TRUE if case.when is None else truth(case.when, bound, space).true
            ways.append((case, z3.And(*holds, *(z3.Not(earlier) for earlier in before), fits)))
            before.append(fits)
        yield bound, ways


def _true(node: tree.Expression | None, frame: Frame, space: Space) -> z3.BoolRef:
    return TRUE if node is None else truth(node, frame, space).true


def _bound(bindings: tuple[tree.Binding, ...], frame: Frame, space: Space) -> Iterator[tuple[Frame, z3.BoolRef]]:
    """Yield every way the loops of a rule can be at an item, with whether all those items are there."""
    if not bindings:
        yield frame, TRUE
        return
    first, *rest = bindings
    value = symbol(first.value, frame, space)
    if not first.loop:
        yield from _bound(tuple(rest), {**frame, first.slot: value}, space)
        return
    for present, item in _members(value):
        for inner, there in _bound(tuple(rest), {**frame, first.slot: item}, space):
            yield inner, z3.And(present, there)


def _members(value: Symbol) -> tuple[tuple[z3.BoolRef, Symbol], ...]:
    return tuple((z3.And(value.known, present), item) for present, item in value.members) if isinstance(value, Items) else ()


def constrain_by_laws(space: Space) -> None:
    """Let the solver choose only facts for which the laws of the vocabulary are true."""
    frame: Frame = {tree.SCHEME_SLOT: space.scheme}
    for law in read_laws(space.vocabulary, "scheme"):
        space.constraints.append(truth(law, frame, space).true)
    for present, indicator in _members(space.field_of(space.scheme, "indicators")):
        for law in read_laws(space.vocabulary, "indicator"):
            holds = truth(law, {**frame, tree.INDICATOR_SLOT: indicator}, space).true
            space.constraints.append(z3.Implies(present, holds))


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def truth(node: tree.Expression, frame: Frame, space: Space) -> Truth:
    """Return when a condition is true and when it is false. Raises TooHardError."""
    space.work.take(FOR_ONE_EXPRESSION)
    match node:
        case tree.Not(item):
            inner = truth(item, frame, space)
            return Truth(inner.false, inner.true)
        case tree.And(items):
            parts = [truth(item, frame, space) for item in items]
            return Truth(z3.And([p.true for p in parts]), z3.Or([p.false for p in parts]))
        case tree.Or(items):
            parts = [truth(item, frame, space) for item in items]
            return Truth(z3.Or([p.true for p in parts]), z3.And([p.false for p in parts]))
        case tree.Comparison(operator, left, right):
            return _compared(operator, symbol(left, frame, space), symbol(right, frame, space))
        case tree.Within(item, tree.Members(values), negated, _, total):
            among = _within_values(symbol(item, frame, space), values, space)
            decided = Truth(among.true, z3.Not(among.true)) if total else among
            return Truth(decided.false, decided.true) if negated else decided
        case tree.Within(item, among, negated):
            return _within_list(symbol(item, frame, space), symbol(among, frame, space), negated)
        case tree.Holds(listed, item, via):
            return _holds(symbol(listed, frame, space), symbol(item, frame, space), via, space)
        case tree.Presence(item, known):
            there = _known(symbol(item, frame, space))
            return Truth(there, z3.Not(there)) if known else Truth(z3.Not(there), there)
        case tree.Gathering("any" | "exists" | "all"):
            return _quantified(node, frame, space)
        case tree.Call("same_item", arguments):
            first, second = (symbol(argument, frame, space) for argument in arguments)
            return _decided(space.function("same_item", _term(first), _term(second)), first, second)
    found = symbol(node, frame, space)
    if not isinstance(found, Truth):
        raise TypeError(f"not a condition: {node!r}")
    return found


def _decided(condition: z3.BoolRef, *needed: Symbol) -> Truth:
    """Return a condition that can be told only where all that it needs is known."""
    known = z3.And([_known(value) for value in needed])
    return Truth(z3.And(known, condition), z3.And(known, z3.Not(condition)))


def _known(value: Symbol) -> z3.BoolRef:
    return z3.Or(value.true, value.false) if isinstance(value, Truth) else value.known


def _compared(operator: str, left: Symbol, right: Symbol) -> Truth:
    if operator in ("=", "is"):
        return _decided(_same(left, right), left, right)
    if operator in ("!=", "is not"):
        return _decided(z3.Not(_same(left, right)), left, right)
    first, second = _term(left), _term(right)
    ordered = {"<": first < second, "<=": first <= second, ">": first > second, ">=": first >= second}
    return _decided(ordered[operator], left, right)


def _same(left: Symbol, right: Symbol) -> z3.BoolRef:
    """Tell when two values that are known are the same: facts, if they stand in one place."""
    if isinstance(left, Records) and isinstance(right, Records):
        return z3.Or([z3.And(a, b) for a, one in left.choices for b, other in right.choices if one is other])
    if isinstance(left, Truth) and isinstance(right, Truth):
        return left.true == right.true
    return _term(left) == _term(right)


def _term(value: Symbol) -> z3.ExprRef:
    if not isinstance(value, Value):
        raise TypeError(f"not a single value: {value!r}")
    return value.term


def _within_values(item: Symbol, values: frozenset[Decimal | str | bool], space: Space) -> Truth:
    base = item.type if isinstance(item, Value) else "flag"
    among = z3.Or([_same(item, space.constant(base, value)) for value in sorted(values, key=str)])
    return _decided(among, item)


def _within_list(item: Symbol, among: Symbol, negated: bool) -> Truth:
    found = z3.Or([z3.And(present, _same(item, member)) for present, member in _members(among)])
    return _decided(z3.Not(found) if negated else found, item, among)


def _holds(listed: Symbol, item: Symbol, via: str, space: Space) -> Truth:
    """Tell whether a list has an item: an absent field of one of its facts is not it, and leaves nothing unknown."""
    found = []
    for present, member in _members(listed):
        value = space.field_of(member, via) if via and isinstance(member, Records) else member
        found.append(z3.And(present, _known(value), _same(value, item)))
    return _decided(z3.Or(found), listed, item)


def _quantified(node: tree.Gathering, frame: Frame, space: Space) -> Truth:
    source = symbol(node.source, frame, space)
    members = _members(source)
    if node.body is None:
        return _decided(z3.Or([present for present, _ in members]), source)
    each = [(present, truth(node.body, {**frame, node.slot: item}, space)) for present, item in members]
    known = _known(source)
    if node.kind == "all":
        holds = z3.And([z3.Implies(present, t.true) for present, t in each])
        return Truth(z3.And(known, holds), z3.And(known, z3.Or([z3.And(present, t.false) for present, t in each])))
    fails = z3.And([z3.Implies(present, t.false) for present, t in each])
    return Truth(z3.And(known, z3.Or([z3.And(present, t.true) for present, t in each])), z3.And(known, fails))


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def symbol(node: tree.Expression, frame: Frame, space: Space) -> Symbol:
    """Return the value of an expression. Raises TooHardError."""
    space.work.take(FOR_ONE_EXPRESSION)
    match node:
        case tree.Constant(value, kind):
            return space.constant(kind.base, value)
        case tree.Path(slot, _, steps):
            found = frame[slot]
            for step in steps:
                if not isinstance(found, Records):
                    raise TypeError(f"no fact to ask for {step}: {found!r}")
                found = space.field_of(found, step)
            return found
        case tree.Arithmetic(operator, left, right):
            return _computed(operator, symbol(left, frame, space), symbol(right, frame, space))
        case tree.Gathering("count" | "sum" | "first"):
            return _gathered(node, frame, space)
        case tree.Call("similar_text", arguments):
            first, second = (symbol(argument, frame, space) for argument in arguments)
            return Value("number", space.function("similar_text", _term(first), _term(second)), z3.And(_known(first), _known(second)))
    return truth(node, frame, space)


def _computed(operator: str, left: Symbol, right: Symbol) -> Value:
    if not isinstance(left, Value) or not isinstance(right, Value):
        raise TypeError(f"not numbers: {left!r}, {right!r}")
    first, second = left.term, right.term
    known = z3.And(left.known, right.known)
    if operator in ("+", "-"):
        added = first + second if operator == "+" else first - second
        return _bounded(Value("number", added, known, left.terms + right.terms, max(left.degree, right.degree)))
    terms, degree = left.terms * right.terms, left.degree + right.degree
    if operator == "/":
        return _bounded(Value("number", first / second, z3.And(known, second != 0), terms, degree))
    return _bounded(Value("number", first * second, known, terms, degree))


def _bounded(value: Value) -> Value:
    if value.terms > MOST_TERMS or value.degree > HIGHEST_DEGREE:
        raise TooHardError
    return value


def _gathered(node: tree.Gathering, frame: Frame, space: Space) -> Symbol:
    source = symbol(node.source, frame, space)
    members = _members(source)
    if node.kind == "count":
        each = [p if node.body is None else z3.And(p, truth(node.body, {**frame, node.slot: item}, space).true) for p, item in members]
        total = z3.Sum([z3.If(one, z3.RealVal(1), z3.RealVal(0)) for one in each] or [z3.RealVal(0)])
        return Value("number", total, _known(source), max(1, len(each)))
    if node.body is None:
        raise TypeError(f"{node.kind} of a list needs to know what to look at")
    if node.kind == "sum":
        terms = [(present, symbol(node.body, {**frame, node.slot: item}, space)) for present, item in members]
        total = z3.Sum([z3.If(present, _term(term), z3.RealVal(0)) for present, term in terms] or [z3.RealVal(0)])
        known = z3.And(_known(source), *(z3.Implies(present, _known(term)) for present, term in terms))
        values = [term for _, term in terms if isinstance(term, Value)]
        return _bounded(Value("number", total, known, sum(v.terms for v in values), max((v.degree for v in values), default=0)))
    choices = []
    earlier: z3.BoolRef = FALSE
    for present, item in members:
        fits = z3.And(present, truth(node.body, {**frame, node.slot: item}, space).true)
        if isinstance(item, Records):
            choices += [(z3.And(fits, z3.Not(earlier), own), fact) for own, fact in item.choices]
        earlier = z3.Or(earlier, fits)
    return Records(node.source.type.base if isinstance(node.source, tree.Path) else "", tuple(choices))
