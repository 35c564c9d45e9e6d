"""Expressions as written → expressions with every name resolved and every type checked against the vocabulary.

A fault is reported once: what it spoils has no type (None) and is not complained of again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from assesslint.policy import tree
from assesslint.policy.evaluate import ARITHMETIC as COMPUTED
from assesslint.policy.problems import Problem, did_you_mean, problem_at
from assesslint.scheme.vocabulary import FieldType, Vocabulary
from assesslint.text.source import Source, Span

FLAG, NUMBER, DURATION, TEXT, DATE = (FieldType(base) for base in ("flag", "number", "duration", "text", "date"))

UNKNOWN = FieldType("unknown")
"""The type of a name whose value is at fault: nothing more is said of it."""

MEASURED = {"number", "duration", "text", "date"}
"""Types compared with = and <; all others with `is`."""

ORDERED = {"number", "duration", "date"}

FUNCTIONS = {
    "days_between": ((DATE, DATE), DURATION),
    "same_item": ((TEXT, TEXT), FLAG),
    "similar_text": ((TEXT, TEXT), NUMBER),
}
"""The closed list of functions besides the gatherings: what they take and give."""

DEEPEST = 50
"""How deep an expression may be nested."""

MOST_LOOPS = 5
"""How many loops and gatherings may stand inside each other: each multiplies the work."""

LARGEST = Decimal(10) ** 12
"""Numbers and days in a rule are smaller."""

ARITHMETIC = {
    ("+", "number", "number"): NUMBER, ("-", "number", "number"): NUMBER,
    ("*", "number", "number"): NUMBER, ("/", "number", "number"): NUMBER,
    ("+", "duration", "duration"): DURATION, ("-", "duration", "duration"): DURATION,
    ("*", "duration", "number"): DURATION, ("*", "number", "duration"): DURATION,
    ("/", "duration", "number"): DURATION, ("/", "duration", "duration"): NUMBER,
}  # fmt: skip


class Typed(NamedTuple):
    """A resolved expression and its type; no type when a fault in it has been reported."""

    node: tree.Expression
    type: FieldType | None


@dataclass(frozen=True, slots=True)
class Bound:
    """A name in scope: where its value is kept, and its type."""

    slot: int
    type: FieldType


def _constant(node: tree.Expression) -> Decimal | None:
    """Return what a calculation without any value of a draft in it comes to."""
    match node:
        case tree.Constant(Decimal() as value):
            return value
        case tree.Arithmetic(operator, left, right):
            first, second = _constant(left), _constant(right)
            return None if first is None or second is None else COMPUTED[operator](first, second)
    return None


def type_name(kind: FieldType) -> str:
    return f"list of {kind.base}" if kind.many else kind.base


class Resolver:
    """Resolves the expressions of one rule. `scope` grows as names are bound; `problems` collects the faults."""

    def __init__(self, source: Source, vocabulary: Vocabulary, subject: str) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        self.scope = {"scheme": Bound(tree.SCHEME_SLOT, FieldType("Scheme"))}
        if subject == "indicator":
            self.scope["indicator"] = Bound(tree.INDICATOR_SLOT, FieldType("Indicator"))
        self.slots = tree.FIRST_SLOT
        self.depth = 0
        self.loops = 0

    def fault(self, span: Span, zh: str, en: str, severity: str = "error") -> None:
        self.problems.append(problem_at(self.source, span, zh, en, severity))

    def unknown(self, word: str, span: Span, kind_zh: str, kind_en: str, known: Iterable[str]) -> None:
        zh, en = did_you_mean(word, known)
        self.fault(span, f"没有{kind_zh}“{word}”{zh}", f"there is no {kind_en} “{word}”{en}")

    def bind(self, name: str, kind: FieldType, span: Span) -> int:
        """Put a name into scope and return its slot."""
        if name in self.scope:
            self.fault(span, f"名称“{name}”已经用过，换一个", f"the name “{name}” is already used; choose another")
        slot = self.slots
        self.slots += 1
        self.scope[name] = Bound(slot, kind)
        return slot

    # ── by kind of node ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def condition(self, node: tree.Expression) -> tree.Expression:
        """Resolve an expression that must be true, false or unknown."""
        typed = self.value(node)
        if typed.type is not None and (typed.type.base != "flag" or typed.type.many):
            zh = f"这里要一个条件，得到的是 {type_name(typed.type)}；与什么比较？"
            self.fault(node.span, zh, f"a condition is wanted here, this is a {type_name(typed.type)}; compare it with something")
        return typed.node

    def value(self, node: tree.Expression, wanted: FieldType | None = None) -> Typed:
        """Resolve an expression; `wanted` is the type whose values a bare name may be."""
        if self.depth >= DEEPEST:
            self.fault(node.span, f"表达式嵌套超过 {DEEPEST} 层", f"the expression is nested more than {DEEPEST} deep")
            return Typed(node, None)
        self.depth += 1
        try:
            return self._value(node, wanted)
        finally:
            self.depth -= 1

    def _value(self, node: tree.Expression, wanted: FieldType | None) -> Typed:
        match node:
            case tree.Constant():
                return self._literal(node)
            case tree.Reference():
                return self._reference(node, wanted)
            case tree.Not(item):
                return Typed(replace(node, item=self.condition(item)), FLAG)
            case tree.And(items) | tree.Or(items):
                return Typed(replace(node, items=tuple(self.condition(i) for i in items)), FLAG)
            case tree.Comparison():
                return self._comparison(node)
            case tree.Within():
                return self._within(node)
            case tree.Holds():
                return self._holds(node)
            case tree.Presence():
                return self._presence(node)
            case tree.Arithmetic():
                return self._arithmetic(node)
            case tree.Gathering():
                return self._gathering(node)
            case tree.Call():
                return self._call(node)
        return Typed(node, None)

    def _literal(self, node: tree.Constant) -> Typed:
        if isinstance(node.value, Decimal) and node.value >= LARGEST:
            zh, en = "数值太大，规则里的数最多 12 位", "this number is too large; a number in a rule has at most 12 digits"
            self.fault(node.span, zh, en)
        return Typed(node, node.type)

    def _reference(self, node: tree.Reference, wanted: FieldType | None) -> Typed:
        first = node.names[0]
        bound = self.scope.get(first)
        if bound is not None and bound.type == UNKNOWN:
            return Typed(node, None)
        values = self.vocabulary.enums.get(wanted.base) if wanted else None
        if values is not None and wanted is not None and len(node.names) == 1 and not (bound and bound.type.base == wanted.base):
            if first in values:
                return Typed(tree.Constant(first, FieldType(wanted.base), node.span), FieldType(wanted.base))
            if bound is None:
                meant = values.words.get(first)
                known = [meant] if meant else [*values.zh, *(n for n, b in self.scope.items() if b.type.base == wanted.base)]
                self.unknown_value(first, node.span, wanted.base, known)
                return Typed(node, None)
        if bound is None:
            if len(node.names) == 1 and first in self.vocabulary.groups:
                zh, en = f"“{first}”是一组值，写作 in {first}", f"“{first}” is a group of values: write in {first}"
                self.fault(node.span, zh, en)
            else:
                self.unknown(first, node.span, "名称", "name", self.scope)
            return Typed(node, None)
        return self._walk(node, bound)

    def unknown_value(self, word: str, span: Span, enum: str, known: list[str]) -> None:
        if len(known) == 1:
            zh, en = f"，是不是要写 {known[0]}？", f"; did you mean {known[0]}?"
        else:
            zh, en = did_you_mean(word, known)
        self.fault(span, f"{enum} 没有“{word}”这个值{zh}", f"{enum} has no value “{word}”{en}")

    def _walk(self, node: tree.Reference, bound: Bound) -> Typed:
        """Follow the fields of a path from a name in scope."""
        kind = bound.type
        for at, step in enumerate(node.names[1:]):
            before = ".".join(node.names[: at + 1])
            if kind.many:
                zh = f"“{before}”是列表，要用 for 或 any(x in {before}: …) 逐个来看"
                self.fault(node.span, zh, f"“{before}” is a list: look at each with for or any(x in {before}: …)")
                return Typed(node, None)
            fields = self.vocabulary.records.get(kind.base)
            if fields is None:
                zh, en = f"“{before}”是 {kind.base}，没有字段", f"“{before}” is a {kind.base} and has no fields"
                self.fault(node.span, zh, en)
                return Typed(node, None)
            if step not in fields:
                self.unknown(step, node.span, f" {kind.base} 的字段", f"field of {kind.base} named", fields)
                return Typed(node, None)
            field = fields[step]
            kind = FieldType(field.base, kind.optional or field.optional, field.many)
        return Typed(tree.Path(bound.slot, node.names[0], node.names[1:], kind, node.span), kind)

    def _single(self, typed: Typed) -> bool:
        """Tell whether a value is one value, and say so when it is a list."""
        if typed.type is not None and typed.type.many:
            zh = "这是一个列表：问它含不含某值用 has，逐个来看用 any(…)"
            self.fault(typed.node.span, zh, "this is a list: ask whether it has a value, or look at each with any(…)")
            return False
        return typed.type is not None

    def _comparison(self, node: tree.Comparison) -> Typed:
        left = self.value(node.left)
        right = self.value(node.right, left.type) if left.type is not None else Typed(node.right, None)
        result = Typed(replace(node, left=left.node, right=right.node), FLAG)
        if not (self._single(left) and self._single(right)) or left.type is None or right.type is None:
            return result
        base = left.type.base
        by_word = node.operator in ("is", "is not")
        if by_word and base in MEASURED:
            self.fault(node.span, f"{base} 用 = 或 != 比较", f"a {base} is compared with = or !=")
        elif not by_word and base not in MEASURED:
            self.fault(node.span, f"{base} 用 is 或 is not 比较", f"a {base} is compared with is or is not")
        elif base != right.type.base:
            zh = f"{base} 与 {right.type.base} 不能相比"
            self.fault(node.span, zh, f"a {base} cannot be compared with a {right.type.base}")
        elif not by_word and node.operator not in ("=", "!=") and base not in ORDERED:
            self.fault(node.span, f"{base} 不分大小，只能用 = 或 !=", f"a {base} has no order; only = and != suit it")
        elif isinstance(right.node, tree.Constant) and right.node.value in self.vocabulary.varieties:
            among = tree.Members(frozenset({right.node.value}), span=node.span)
            return Typed(self._of_kinds(left.node, among, node.span, negated=node.operator == "is not"), FLAG)
        return result

    def _of_kinds(self, item: tree.Expression, among: tree.Members, span: Span, *, negated: bool) -> tree.Expression:
        """Return the condition that an object is of one of these kinds, some of which packs add: those are its variety."""
        if not isinstance(item, tree.Path) or item.steps[-1:] != ("kind",):
            zh = "规则包所加的种类只能同对象的 kind 比较，如 demand.object.kind"
            self.fault(span, zh, "kinds added by packs are compared with the kind of an object only, such as demand.object.kind")
            return item
        added = among.values & self.vocabulary.varieties.keys()
        variety = replace(item, steps=(*item.steps[:-1], "variety"), type=FieldType("text", optional=True))
        ways = [tree.Within(variety, replace(among, values=added), negated, span, total=True)]
        if others := among.values - added:
            ways.append(tree.Within(item, replace(among, values=others), negated, span))
        if len(ways) == 1:
            return ways[0]
        return tree.And(tuple(ways), span) if negated else tree.Or(tuple(ways), span)

    def _within(self, node: tree.Within) -> Typed:
        item = self.value(node.item)
        if not self._single(item) or item.type is None:
            return Typed(node, FLAG)
        among: tree.Expression = node.among
        if isinstance(among, tree.Listing):
            among = self._members(among, item.type)
            if isinstance(among, tree.Members) and among.values & self.vocabulary.varieties.keys():
                return Typed(self._of_kinds(item.node, among, node.span, negated=node.negated), FLAG)
        elif isinstance(among, tree.Reference) and len(among.names) == 1 and among.names[0] not in self.scope:
            among = self._group(among, item.type)
        else:
            listed = self.value(among)
            among = listed.node
            if listed.type is not None and (not listed.type.many or listed.type.base != item.type.base):
                zh = f"in 之后要一组 {item.type.base}，得到的是 {type_name(listed.type)}"
                self.fault(node.among.span, zh, f"after in stand several {item.type.base}, this is a {type_name(listed.type)}")
        return Typed(replace(node, item=item.node, among=among), FLAG)

    def _group(self, node: tree.Reference, item: FieldType) -> tree.Expression:
        name = node.names[0]
        group = self.vocabulary.groups.get(name)
        if group is None:
            own = [g for g, group in self.vocabulary.groups.items() if group.enum == item.base]
            self.unknown(name, node.span, f" {item.base} 的组", f"group of {item.base} named", own)
            return node
        if group.enum != item.base:
            zh, en = f"组“{name}”是 {group.enum} 的，这里要 {item.base}", f"the group “{name}” is of {group.enum}; {item.base} is wanted"
            self.fault(node.span, zh, en)
        return tree.Members(group.members, name, node.span)

    def _members(self, node: tree.Listing, item: FieldType) -> tree.Expression:
        values = set()
        for written in node.items:
            typed = self.value(written, item)
            if isinstance(typed.node, tree.Constant) and typed.type is not None and typed.type.base == item.base:
                values.add(typed.node.value)
            elif typed.type is not None:
                self.fault(written.span, f"方括号里只写 {item.base} 的值", f"in brackets stand values of {item.base} only")
        return tree.Members(frozenset(values), span=node.span)

    def _holds(self, node: tree.Holds) -> Typed:
        listed = self.value(node.list)
        if listed.type is None:
            return Typed(node, FLAG)
        if not listed.type.many:
            zh, en = f"has 之前要一个列表，得到的是 {listed.type.base}", f"before has stands a list, this is a {listed.type.base}"
            self.fault(node.list.span, zh, en)
            return Typed(node, FLAG)
        fields = self.vocabulary.records.get(listed.type.base, {})
        word = node.item.names[0] if isinstance(node.item, tree.Reference) and len(node.item.names) == 1 else ""
        if fields and word and word not in self.scope:
            enums = {name: field.base for name, field in fields.items() if field.base in self.vocabulary.enums}
            for name, enum in enums.items():
                if word in self.vocabulary.enums[enum]:
                    value = tree.Constant(word, FieldType(enum), node.item.span)
                    return Typed(replace(node, list=listed.node, item=value, via=name), FLAG)
            known = [*self.scope, *(v for enum in enums.values() for v in self.vocabulary.enums[enum].zh)]
            self.unknown(word, node.item.span, "名称", "name", known)
            return Typed(node, FLAG)
        item = self.value(node.item, FieldType(listed.type.base))
        if not self._single(item) or item.type is None:
            return Typed(node, FLAG)
        via = ""
        if item.type.base != listed.type.base:
            ways = [name for name, field in fields.items() if field.base == item.type.base and not field.many]
            if len(ways) != 1:
                zh = f"{type_name(listed.type)} 里不会有 {item.type.base}"
                self.fault(node.span, zh, f"a {type_name(listed.type)} cannot hold a {item.type.base}")
                return Typed(node, FLAG)
            via = ways[0]
        return Typed(replace(node, list=listed.node, item=item.node, via=via), FLAG)

    def _presence(self, node: tree.Presence) -> Typed:
        item = self.value(node.item)
        if item.type is not None and item.type.many:
            self.fault(node.span, "列表总是有的，问它空不空写 exists(…)", "a list is never absent; ask exists(…) whether it holds anything")
        elif item.type is not None and not item.type.optional:
            self.fault(node.span, "这个值总是有的，不必问", "this value is never absent; there is nothing to ask", "warning")
        return Typed(replace(node, item=item.node), FLAG)

    def _arithmetic(self, node: tree.Arithmetic) -> Typed:
        left, right = self.value(node.left), self.value(node.right)
        done = replace(node, left=left.node, right=right.node)
        if not (self._single(left) and self._single(right)) or left.type is None or right.type is None:
            return Typed(done, None)
        result = ARITHMETIC.get((node.operator, left.type.base, right.type.base))
        if result is None:
            zh = f"{left.type.base} 与 {right.type.base} 不能用 {node.operator} 计算"
            self.fault(node.span, zh, f"there is no {left.type.base} {node.operator} {right.type.base}")
            return Typed(done, None)
        if node.operator == "/" and _constant(right.node) == 0:
            self.fault(node.span, "除以零，结果只会是未知", "a division by zero can only be unknown", "warning")
        maybe = left.type.optional or right.type.optional or node.operator == "/"
        return Typed(done, FieldType(result.base, maybe))

    def _gathering(self, node: tree.Gathering) -> Typed:
        source = self.value(node.source)
        if source.type is not None and not source.type.many:
            zh, en = f"这里要一个列表，得到的是 {source.type.base}", f"a list is wanted here, this is a {source.type.base}"
            self.fault(node.source.span, zh, en)
            return Typed(node, None)
        if source.type is None:
            return Typed(node, None)
        element = FieldType(source.type.base)
        if node.body is None:
            if node.kind in ("all", "sum", "first"):
                zh = f"写明逐项看什么：{node.kind}(x in …: …)"
                self.fault(node.span, zh, f"say what to look at in each: {node.kind}(x in …: …)")
                return Typed(node, None)
            return Typed(replace(node, source=source.node), NUMBER if node.kind == "count" else FLAG)
        self.enter_loop(node.span)
        outer = dict(self.scope)
        slot = self.bind(node.variable, element, node.span)
        if node.kind == "sum":
            body, result = self._term(node.body)
        else:
            body = self.condition(node.body)
            result = {"count": NUMBER, "first": FieldType(element.base, optional=True)}.get(node.kind, FLAG)
        self.loops -= 1
        self.scope = outer
        return Typed(replace(node, source=source.node, body=body, slot=slot), result)

    def _term(self, node: tree.Expression) -> Typed:
        """Resolve what is summed up."""
        term = self.value(node)
        if not self._single(term) or term.type is None or term.type.base in ("number", "duration"):
            return term
        zh, en = f"{term.type.base} 不能求和，只有数值和时间可以", f"a {term.type.base} has no sum; numbers and durations have"
        self.fault(node.span, zh, en)
        return Typed(term.node, None)

    def enter_loop(self, span: Span) -> None:
        self.loops += 1
        if self.loops > MOST_LOOPS:
            self.fault(span, f"循环嵌套超过 {MOST_LOOPS} 层", f"loops are nested more than {MOST_LOOPS} deep")

    def _call(self, node: tree.Call) -> Typed:
        if node.function not in FUNCTIONS:
            gatherings = ("any", "all", "exists", "count", "sum", "first")
            self.unknown(node.function, node.span, "函数", "function", [*FUNCTIONS, *gatherings])
            return Typed(node, None)
        takes, gives = FUNCTIONS[node.function]
        if len(node.arguments) != len(takes):
            zh = f"{node.function} 要 {len(takes)} 个值，写了 {len(node.arguments)} 个"
            self.fault(node.span, zh, f"{node.function} takes {len(takes)} values, {len(node.arguments)} are given")
            return Typed(node, gives)
        arguments = [self.value(a) for a in node.arguments]
        for written, argument, wanted in zip(node.arguments, arguments, takes, strict=True):
            if self._single(argument) and argument.type is not None and argument.type.base != wanted.base:
                zh = f"{node.function} 要 {wanted.base}，得到的是 {argument.type.base}"
                self.fault(written.span, zh, f"{node.function} takes a {wanted.base}, this is a {argument.type.base}")
        maybe = any(a.type is not None and a.type.optional for a in arguments)
        return Typed(replace(node, arguments=tuple(a.node for a in arguments)), FieldType(gives.base, optional=maybe))
