"""A scheme → the draft a department would write of it, in plain words: title, lines above, tables of indicators, sections of provisions.

Every writer of a format lays this out in its own way. Read again, it gives the same indicators: the labels are those the readers know,
structured values become the words they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from operator import is_

from assesslint.documents.model import Paragraph
from assesslint.documents.numerals import counted
from assesslint.documents.structure.lines import NO_LINE, Line
from assesslint.documents.structure.names import first_words, heading_of
from assesslint.documents.structure.words import HEADS, INDICATOR_LABELS
from assesslint.scheme.keywords import BLOCKS
from assesslint.scheme.measures import PLAIN_UNITS, frequency_name, measure_name, plain_number
from assesslint.scheme.model import (
    FIELDS,
    Amount,
    App,
    Consultation,
    DataItem,
    DeclaredInspection,
    Every,
    Field,
    Group,
    Indicator,
    Level,
    Levels,
    Measure,
    Names,
    Period,
    Prose,
    Scheme,
    Terms,
)
from assesslint.scheme.vocabulary import central_vocabulary

LEVEL_HEADS = ("一级指标", "二级指标", "三级指标", "四级指标")
"""Heads of the columns of groups; groups still deeper are named together in the last."""

_DAYS = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}.*(?:至|到|-|—|~)")
"""Dates that the words of those asked tell already."""

_OPERATORS = {"at_least": "不低于", "at_most": "不高于", "more": "高于", "less": "低于", "equal": "为", "growth": "增长"}
_KINDS = {"bonus": ("加", "加分项"), "deduction": ("扣", "扣分项"), "veto": ("", "一票否决")}
"""What a cell of points says of each kind of indicator: before its points, and where it has none."""


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell that covers as many `rows`."""

    text: str
    rows: int = 1


@dataclass(slots=True)
class LaidTable:
    """`rows` have a cell for each head, or None where one above reaches down."""

    heads: list[str]
    rows: list[list[LaidCell | None]]

    def longest(self) -> list[int]:
        """Return how long the longest text of each column is."""
        columns = zip(*self.rows, strict=True)
        return [max((len(cell.text) for cell in column if cell), default=0) for column in columns]


@dataclass(slots=True)
class LaidSection:
    """A heading `depth` levels deep (from 0) with the paragraphs under it; without `number` where the words bring their own."""

    name: str
    lines: list[str]
    depth: int = 0
    number: str | None = None

    @property
    def heading(self) -> str:
        return (self.number or "") + self.name


@dataclass(slots=True)
class Layout:
    title: str
    lines: list[str] = field(default_factory=list)
    tables: list[LaidTable] = field(default_factory=list)
    sections: list[LaidSection] = field(default_factory=list)


Rowed = tuple[tuple[Group, ...], Indicator]


def lay_out(scheme: Scheme) -> Layout:
    """Return a scheme as a draft of tables."""
    laid = Layout(scheme.name.text, list(particular_lines(scheme)))
    rowed = [(groups, indicator) for groups, indicator in scheme.indicators() if indicator.kind != "provision"]
    for _, run in groupby(rowed, key=lambda row: bool(row[0])):
        laid.tables.append(_table(list(run), 1 + sum(len(table.rows) for table in laid.tables)))
    laid.sections += (LaidSection(name, [words]) for name, words in declared(scheme))
    _add_sections(laid.sections, scheme.items, 0)
    _number(laid.sections)
    return laid


# ── what stands above the indicators ─────────────────────────────────────────────────────────────────────────────────────────────


def particular_lines(scheme: Scheme) -> Iterator[str]:
    """Yield the particulars of a scheme, a line each."""
    audience = scheme.audience_text.text if scheme.audience_text else "、".join(_name("audience", term.id) for term in scheme.audience)
    particulars = {
        "密级": scheme.classification and _name("classification", scheme.classification.id),
        "发布单位": scheme.issuer and scheme.issuer.text,
        "考核层级": scheme.level and _name("level", scheme.level.id),
        "考核对象": audience,
        "考核期": scheme.period and _days(scheme.period),
        "总分": scheme.total is not None and f"{plain_number(scheme.total)}分",
        "依据": scheme.basis and scheme.basis.text,
        "征求意见": scheme.consultation and _consulted(scheme.consultation),
        "上级方案": scheme.parent and scheme.parent.text,
    }
    yield from (f"{label}：{_one_line(text)}" for label, text in particulars.items() if text)
    yield from (f"主要职责：{_one_line(duty.text)}" for duty in scheme.duties)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _days(period: Period) -> str:
    return f"{period.start}至{period.end}"


def _consulted(consultation: Consultation) -> str:
    days = f"{consultation.start}至{consultation.end}" if consultation.start and consultation.end else ""
    words = consultation.consulted.text if consultation.consulted else ""
    return words if _DAYS.search(words) else "，".join(filter(None, (days, words)))


def declared(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Yield the name of each app, data item and inspection a scheme declares, with a sentence that says the same."""
    yield from ((app.name.text, _clauses(_app(app))) for app in scheme.apps)
    yield from ((data.name.text, _clauses(_data(data))) for data in scheme.data_items)
    yield from ((inspection.name.text, _clauses(_inspection(inspection))) for inspection in scheme.inspections)


def _clauses(clauses: Iterable[str]) -> str:
    return "，".join(clauses) + "。"


def _app(app: App) -> Iterator[str]:
    level = f"{_name('level', app.operator_level)}级" if app.operator_level else ""
    yield f"“{app.name.text}”是{level}{_name('object_kind', app.kind)}"
    if app.operator:
        yield f"由{app.operator.text}主办"
    if app.functions:
        yield "用于" + "、".join(_name("function", term.id) for term in app.functions)
    if app.faces:
        yield "面向" + "、".join(_name("audience", term.id) for term in app.faces)
    if app.compulsory is not None:
        yield "强制使用" if app.compulsory else "不强制使用"


def _data(data: DataItem) -> Iterator[str]:
    by = "、".join(_name("actor", term.id) for term in data.filled_by)
    yield f"{by}{_frequency(data.frequency)}填报“{data.name.text}”"
    if data.recipients:
        yield "报送" + "、".join(each.text for each in data.recipients)
    if data.systems:
        yield "录入" + "、".join(f"“{each.text}”" for each in data.systems)
    if data.means:
        yield f"方式为{_name('means', data.means)}"
    if data.source:
        yield f"数据来源为{data.source.text}"


def _inspection(inspection: DeclaredInspection) -> Iterator[str]:
    yield "、".join(each.text for each in inspection.bodies) + f"{_frequency(inspection.frequency)}开展一次“{inspection.name.text}”"
    if inspection.merged is not None:
        yield "与其他检查合并进行" if inspection.merged else "单独进行"
    if inspection.scored is not None:
        yield "检查结果计入考核得分" if inspection.scored else "检查结果不计入考核得分"


def _frequency(frequency: Every | Prose | None) -> str:
    return frequency_name(frequency.interval, "zh") if isinstance(frequency, Every) else frequency.text if frequency else ""


# ── the words of values ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def words_of(part: Field) -> str:
    """Return what a field of an indicator says."""
    match part.value:
        case Prose(text):
            return text
        case Names(names):
            return "、".join(name.text for name in names)
        case Terms(terms):
            enum = next(word.enum for word in BLOCKS["scored"].fields if word.id == part.name)
            return "、".join(_name(enum, term.id) for term in terms)
        case Every(interval):
            return frequency_name(interval, "zh")
        case Levels(levels):
            return "、".join(_level(level) for level in levels)
        case Measure() as measure:
            return _measure(measure)


def _name(enum: str, identifier: str) -> str:
    return central_vocabulary().name(enum, identifier)


def _level(level: Level) -> str:
    return _name("level", level.level) + _amount(level.target)


def _amount(amount: Amount) -> str:
    return plain_number(amount.value) + (amount.unit_word or PLAIN_UNITS[amount.unit][0])


def _measure(measure: Measure) -> str:
    named = f"“{measure.object_name.text}”" if measure.object_name else ""
    kind = _name("object_kind", measure.object_kind) if measure.object_kind else ""
    of = _name("population", measure.of) if measure.of else ""
    target = _OPERATORS[measure.operator] + _amount(measure.target) if measure.operator and measure.target else ""
    return named + kind + of + measure_name(measure.action, measure.measure, "zh") + target


def _points(points: Decimal | None, unit: str) -> str:
    """Return points as a heading gives them: 10分, 10%."""
    return "" if points is None else plain_number(points) + ("%" if unit == "percent" else "分")


def indicator_points(indicator: Indicator) -> str:
    """Return what the cell of points says, the kind of indicator among it."""
    before, alone = _KINDS.get(indicator.kind, ("", ""))
    points = _points(indicator.points, indicator.points_unit)
    return before + points if points and before else points or alone


def group_words(group: Group) -> str:
    points = _points(group.points, group.points_unit)
    return group.name.text + (f"（{points}）" if points else "")


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def column_heads(indicators: Iterable[Indicator]) -> dict[tuple[str, str], str]:
    """Return the head of a column for each field and label met, fields in their usual order."""
    met = dict.fromkeys((part.name, part.label) for indicator in indicators for part in indicator.fields)
    return {key: _head(*key) for key in sorted(met, key=lambda key: FIELDS.index(key[0]))}


def _head(name: str, label: str) -> str:
    """Return the draft's own label where it is known to mean this field (or means nothing), else the usual head."""
    role = INDICATOR_LABELS.get(label, "remarks" if label else "")
    return label if role == name else HEADS[name]


def _table(rowed: Sequence[Rowed], first: int) -> LaidTable:
    columns = column_heads(indicator for _, indicator in rowed)
    heads = list(dict.fromkeys(columns.values()))
    deepest = min(len(LEVEL_HEADS), max(len(groups) for groups, _ in rowed))
    rows: list[list[LaidCell | None]] = []
    for at, (groups, indicator) in enumerate(rowed):
        above = rowed[at - 1][0] if at else ()
        row: list[LaidCell | None] = [LaidCell(str(first + at))]
        row += (_group_cell(rowed, at, groups, above, depth, deepest) for depth in range(deepest))
        row += (LaidCell(indicator.name.text), LaidCell(indicator_points(indicator)))
        said: dict[str, list[str]] = {}
        for part in indicator.fields:
            said.setdefault(columns[part.name, part.label], []).append(words_of(part))
        row += (LaidCell("\n".join(said.get(head, ()))) for head in heads)
        rows.append(row)
    return LaidTable([HEADS["number"], *LEVEL_HEADS[:deepest], HEADS["name"], HEADS["points"], *heads], rows)


def _group_cell(
    rowed: Sequence[Rowed], at: int, groups: tuple[Group, ...], above: tuple[Group, ...], depth: int, deepest: int
) -> LaidCell | None:
    """Return the cell of a group in its first row, None in those it covers; blank where an indicator stands in no group so deep."""
    inner = groups[depth:] if depth == deepest - 1 else groups[depth : depth + 1]
    if not inner:
        return LaidCell("")
    if _within(above, groups, depth, deepest):
        return None
    rows = 1
    while at + rows < len(rowed) and _within(rowed[at + rows][0], groups, depth, deepest):
        rows += 1
    return LaidCell("／".join(map(group_words, inner)), rows)


def _within(groups: tuple[Group, ...], same: tuple[Group, ...], depth: int, deepest: int) -> bool:
    """Tell whether indicators stand in the same groups down to `depth`."""
    first, second = (groups, same) if depth == deepest - 1 else (groups[: depth + 1], same[: depth + 1])
    return len(first) == len(second) > depth and all(map(is_, first, second))


# ── sections ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _add_sections(sections: list[LaidSection], items: Iterable[Group | Indicator], depth: int) -> None:
    """Add the provisions among these items, and the groups that hold nothing else."""
    for item in items:
        if isinstance(item, Group):
            named = all(inner.kind == "provision" for inner in _leaves(item))
            if named:
                sections.append(LaidSection(group_words(item), [], depth))
            _add_sections(sections, item.items, depth + named)
        elif item.kind == "provision":
            sections.append(provision_section(item, depth))


def provision_section(item: Indicator, depth: int) -> LaidSection:
    """Return a provision as a section; one called by the first words of its text is that text, if it brings its own number."""
    lines = list(field_lines(item))
    first = Line(Paragraph(Prose(lines[0]))) if lines else NO_LINE
    if first.marker and item.name.text in (first_words(first).text, heading_of(first).name.text):
        return LaidSection(lines[0], lines[1:], depth, "")
    return LaidSection(item.name.text, lines, depth)


def _leaves(group: Group) -> Iterator[Indicator]:
    for item in group.items:
        if isinstance(item, Group):
            yield from _leaves(item)
        else:
            yield item


def field_lines(indicator: Indicator) -> Iterator[str]:
    """Yield the fields of an indicator as lines, each with its label unless it is content without one."""
    for part in indicator.fields:
        label = part.label or ("" if part.name == "content" else HEADS[part.name])
        first, *rest = words_of(part).split("\n")
        yield f"{label}：{first}" if label else first
        yield from rest


def _number(sections: Iterable[LaidSection]) -> None:
    counts: list[int] = []
    for section in sections:
        counts[section.depth + 1 :] = []
        counts += [0] * (section.depth + 1 - len(counts))
        counts[section.depth] += section.number is None
        section.number = section.number if section.number is not None else item_number(section.depth, counts[section.depth])


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> str:
    """Return a text with U+FFFD for each character that XML, and so an office file, does not hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


def item_number(depth: int, number: int) -> str:
    """Return a number as official writing has it: 一、 over （一） over 1. over （1） over ①."""
    styles = (f"{counted(number)}、", f"（{counted(number)}）", f"{number}.", f"（{number}）")
    return styles[depth] if depth < len(styles) else chr(0x245F + number) if number <= 20 else f"（{number}）"
