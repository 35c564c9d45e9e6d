"""Hypothesis strategies made from the vocabulary: any facts it allows, and any condition that can be asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from assesslint.reading import facts
from assesslint.scheme.vocabulary import FieldType, central_vocabulary
from assesslint.text.source import Span

VOCABULARY = central_vocabulary()

words = st.builds(
    lambda text, start: facts.Words(text, (Span(start, start + len(text)),)), st.text("甲乙丙", min_size=1, max_size=4), st.integers(0, 9)
)
plain: Mapping[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from(["人口台账", "人口信息表", "干部之家", "甲"]),
    "number": st.sampled_from([Decimal(n) for n in ("0", "0.5", "1", "50", "100")]),
    "duration": st.sampled_from([Decimal(n) for n in ("0.5", "1", "7", "30", "365")]),
    "flag": st.booleans(),
    "words": words,
}


def record(name: str) -> st.SearchStrategy[Any]:
    """Any fact of a kind."""
    return st.deferred(lambda: st.builds(getattr(facts, name), **{f: field(kind) for f, kind in VOCABULARY.records[name].items()}))


def field(kind: FieldType) -> st.SearchStrategy[Any]:
    if kind.base in plain:
        one = plain[kind.base]
    elif kind.base in VOCABULARY.enums:
        one = st.sampled_from(sorted(VOCABULARY.enums[kind.base].zh))
    else:
        one = record(kind.base)
    if kind.many:
        return st.lists(one, max_size=2).map(tuple)
    return st.none() | one if kind.optional else one


schemes = record("Scheme")

Scope = dict[str, FieldType]


def paths(scope: Scope, wanted: str, many: bool = False) -> list[str]:
    """Return the paths that lead from names in scope to values of a type."""
    found = []

    def walk(path: str, kind: FieldType, depth: int) -> None:
        if kind.base == wanted and kind.many == many:
            found.append(path)
        if kind.many or depth == 3:
            return
        for name, inner in VOCABULARY.records.get(kind.base, {}).items():
            walk(f"{path}.{name}", inner, depth + 1)

    for name, kind in scope.items():
        walk(name, kind, 0)
    return found


def lists(scope: Scope) -> list[tuple[str, str]]:
    """Return the paths to lists, each with the type of its items."""
    bases = [*VOCABULARY.records, *VOCABULARY.enums, "text"]
    return [(path, base) for base in bases for path in paths(scope, base, many=True)]


def optional_paths(scope: Scope) -> list[str]:
    found = []
    for name, kind in scope.items():
        for step, inner in VOCABULARY.records.get(kind.base, {}).items():
            if inner.optional:
                found.append(f"{name}.{step}")
    return found


@st.composite
def measured(draw: st.DrawFn, scope: Scope, base: str, depth: int) -> str:
    """A number or a duration."""
    literals = ["0", "0.5", "50%", "100"] if base == "number" else ["1 day", "2 weeks", "12 hours"]
    simple = st.sampled_from([*paths(scope, base), *literals])
    match draw(st.integers(0, 5)):
        case 0:
            return f"({draw(simple)} {draw(st.sampled_from('+-'))} {draw(simple)})"
        case 1 if base == "number":
            divisor = simple.filter(lambda written: written != "0")  # which is warned of
            return f"({draw(simple)} {draw(st.sampled_from('*/'))} {draw(divisor)})"
        case 2 if base == "number" and depth:
            path, kind = draw(st.sampled_from(lists(scope)))
            inner = scope | {f"c{len(scope)}": FieldType(kind)}
            return f"count(c{len(scope)} in {path}: {draw(conditions(inner, depth - 1))})"
    return draw(simple)


@st.composite
def conditions(draw: st.DrawFn, scope: Scope, depth: int = 3) -> str:
    """Any condition over names in scope that the checker must accept."""
    inner = conditions(scope, depth - 1)
    match draw(st.integers(0 if depth else 3, 9)):
        case 0:
            return f"not ({draw(inner)})"
        case 1:
            return f"({draw(inner)} {draw(st.sampled_from(['and', 'or']))} {draw(inner)})"
        case 2:
            path, kind = draw(st.sampled_from(lists(scope)))
            name = f"x{len(scope)}"
            if kind == "Consequence" and draw(st.booleans()):  # what hangs on what is the deepest a rule goes
                return f"any({name} in {path}: {draw(holding(scope | {name: FieldType(kind)}))})"
            body = draw(conditions(scope | {name: FieldType(kind)}, depth - 1))
            return f"{draw(st.sampled_from(['any', 'all', 'exists']))}({name} in {path}: {body})"
        case 3 | 4:
            enum = draw(st.sampled_from([e for e in sorted(VOCABULARY.enums) if paths(scope, e)]))
            path = draw(st.sampled_from(paths(scope, enum)))
            first, second = (draw(st.sampled_from(sorted(VOCABULARY.enums[enum].zh))) for _ in range(2))
            groups = [f"not in {name}" for name, group in VOCABULARY.groups.items() if group.enum == enum]
            ways = [f"is {first}", f"is not {first}", f"in [{first}, {second}]", *groups]
            return f"{path} {draw(st.sampled_from(ways))}"
        case 5:
            base = draw(st.sampled_from(["number", "duration"]))
            sign = draw(st.sampled_from(["=", "!=", "<", "<=", ">", ">="]))
            return f"{draw(measured(scope, base, depth))} {sign} {draw(measured(scope, base, depth))}"
        case 6:
            return f"{draw(st.sampled_from(optional_paths(scope)))} is {draw(st.sampled_from(['known', 'absent']))}"
        case 7:
            texts = st.sampled_from(paths(scope, "text"))
            return draw(st.sampled_from([f"same_item({draw(texts)}, {draw(texts)})", f"similar_text({draw(texts)}, {draw(texts)}) > 0.5"]))
        case 8:
            return draw(st.sampled_from(paths(scope, "flag")))
    return draw(holding(scope))


@st.composite
def holding(draw: st.DrawFn, scope: Scope) -> str:
    """Whether a list holds a value, or a fact whose field is that value, or refers to a fact in scope."""
    path, kind = draw(st.sampled_from([(p, k) for p, k in lists(scope) if k in VOCABULARY.enums or k == "Hang"]))
    facts_in_scope = [name for name, bound in scope.items() if bound.base in ("Demand", "Evidence", "Reporting")]
    if kind == "Hang":
        return f"{path} has {draw(st.sampled_from([*facts_in_scope, *sorted(VOCABULARY.enums['hang'].zh)]))}"
    return f"{path} has {draw(st.sampled_from(sorted(VOCABULARY.enums[kind].zh)))}"
