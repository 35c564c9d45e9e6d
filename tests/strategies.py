"""Hypothesis strategies for schemes: every tree the scheme language and the JSON form can say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from assesslint.scheme.keywords import BLOCKS, LEAVES, FieldWord, terms_of
from assesslint.scheme.measures import MEASURE_ENDINGS
from assesslint.scheme.model import (
    Amount,
    App,
    Consultation,
    DataItem,
    DeclaredInspection,
    Every,
    Field,
    Group,
    Indicator,
    InlineWaiver,
    Level,
    Levels,
    Measure,
    Names,
    Period,
    Prose,
    Scheme,
    Term,
    Terms,
)
from assesslint.scheme.vocabulary import central_vocabulary

texts = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12),
    st.text('"“”\\\n\r\t#{}：:,，激活率50%', max_size=12),
)
"""Any text, and often one full of the marks of the language."""

proses = texts.map(Prose)
names = texts.filter(lambda text: bool(text.strip())).map(Prose)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
intervals = st.one_of(
    st.sampled_from([Decimal(days) for days in (1, 7, 10, 15, 30, 91, 182, 365)]),
    st.sampled_from([Decimal(7) / 2, Decimal(7) / 3, Decimal(1) / 24]),
    st.decimals(Decimal("0.01"), 1000, places=2),
)
everies = intervals.map(Every)


def ids(enum: str, groups: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(set(terms_of(enum, groups).values())))


def decimals(smallest: str, largest: str) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(smallest), Decimal(largest), places=2)


amounts = st.one_of(
    st.builds(Amount, decimals("-999", "99999"), st.sampled_from(["percent", "percentage_points", "points", "count", "days"])),
    st.builds(Amount, decimals("0", "99999"), st.just("count"), st.sampled_from(["条", "篇", "人次", "items"])),
    st.builds(Amount, decimals("0", "99999"), st.just("days"), st.sampled_from(["分钟", "小时", "个工作日"])),
    st.builds(Amount, decimals("0", "99999"), st.just("points"), st.just("积分")),
)


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    operator = draw(st.none() | ids("operator"))
    return Measure(
        draw(st.sampled_from(sorted(central_vocabulary().enums["action"].zh))),
        draw(st.sampled_from(sorted(set(MEASURE_ENDINGS.values())))),
        draw(st.none() | proses),
        draw(st.none() | ids("object_kind")),
        draw(st.none() | ids("population")),
        operator,
        draw(amounts) if operator else None,
    )


def several(values: st.SearchStrategy[Any], smallest: int = 1) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, min_size=smallest, max_size=3).map(tuple)


def kind_of_value(kind: str, word: FieldWord) -> st.SearchStrategy[Any]:
    """Return values of one kind, as an indicator's field holds them."""
    match kind:
        case "text":
            return proses
        case "names":
            return several(names, 2).map(Names)
        case "terms":
            return several(ids(word.enum, word.groups).map(Term)).map(Terms)
        case "every":
            return everies
        case "levels":
            return several(st.builds(Level, ids("level"), amounts)).map(Levels)
        case _:
            return measures()


def fields() -> st.SearchStrategy[Field]:
    def of(word: FieldWord) -> st.SearchStrategy[Field]:
        values = st.one_of([kind_of_value(kind, word) for kind in word.kinds])
        labels = st.just("") | names.map(lambda name: name.text)
        return st.builds(Field, st.just(word.id), values, labels)

    return st.one_of([of(word) for word in BLOCKS["scored"].fields])


def _once(found: list[Field]) -> tuple[Field, ...]:
    """Return the fields, of those that may say one thing only the first."""
    kept: dict[object, Field] = {}
    for at, field in enumerate(found):
        kept.setdefault((field.name, type(field.value)) if isinstance(field.value, Every | Levels) else at, field)
    return tuple(kept.values())


points = st.one_of(
    st.just((None, "points")), st.tuples(decimals("0", "1000"), st.just("points")), st.tuples(decimals("0", "100"), st.just("percent"))
)


waivers = st.builds(InlineWaiver, names, proses, proses, days)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    amount, unit = draw(points)
    kind, said = draw(st.sampled_from(LEAVES)), _once(draw(st.lists(fields(), max_size=5)))
    return Indicator(draw(names), amount, unit, kind, said, draw(several(waivers, 0)))


@st.composite
def groups(draw: st.DrawFn, inner: st.SearchStrategy[Any]) -> Group:
    amount, unit = draw(points)
    return Group(draw(names), amount, unit, draw(st.lists(inner, max_size=3).map(tuple)))


items = st.recursive(indicators(), groups, max_leaves=4)

flags = st.none() | st.booleans()
apps = st.builds(
    App,
    names,
    kind=ids("object_kind", ("apps", "accounts")),
    operator=st.none() | proses,
    operator_level=st.none() | ids("level"),
    functions=several(ids("function").map(Term), 0),
    faces=several(ids("audience").map(Term), 0),
    compulsory=flags,
)
data_items = st.builds(
    DataItem,
    names,
    source=st.none() | proses,
    frequency=st.none() | everies | proses,
    filled_by=several(ids("actor").map(Term), 0),
    recipients=several(proses, 0),
    systems=several(proses, 0),
    means=st.none() | ids("means"),
)
inspections = st.builds(
    DeclaredInspection, names, frequency=st.none() | everies | proses, bodies=several(proses, 0), merged=flags, scored=flags
)
periods = st.tuples(days, days).map(sorted).map(lambda two: Period(*two))
consultations = st.one_of(
    st.builds(Consultation, consulted=proses),
    st.builds(Consultation, days, consulted=st.none() | proses),
    st.tuples(st.tuples(days, days).map(sorted), st.none() | proses).map(lambda parts: Consultation(*parts[0], parts[1])),
)
schemes = st.builds(
    Scheme,
    names,
    issuer=st.none() | proses,
    level=st.none() | ids("level").map(Term),
    audience=several(ids("audience").map(Term), 0),
    audience_text=st.none() | proses,
    period=st.none() | periods,
    total=st.none() | decimals("0.01", "1000"),
    basis=st.none() | proses,
    consultation=st.none() | consultations,
    parent=st.none() | proses,
    classification=st.none() | ids("classification").map(Term),
    duties=several(proses, 0),
    apps=several(apps, 0),
    data_items=several(data_items, 0),
    inspections=several(inspections, 0),
    waivers=several(waivers, 0),
    items=st.lists(items, max_size=3).map(tuple),
)
