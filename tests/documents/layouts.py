"""One content, many layouts: the drafts behind labelled cases → paragraphs and tables as departments lay them out.

`Layout` says everything that may differ without a word of the content being another; `LAYOUTS` draws one.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from operator import itemgetter

from hypothesis import strategies as st

from assesslint.scheme.model import Field, Group, Indicator, Prose, Scheme, points_of_scored
from tests.quality import CELLS, CORPORA

# ── content ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def drafts(corpus: str = "labelled") -> list[Scheme]:
    """Return the cases of a corpus that give points, put together again into the schemes they were taken from."""
    rows = [json.loads(line) for line in (CORPORA / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()[1:]]
    schemes: dict[str, Scheme] = {}
    for row in filter(itemgetter("points"), rows):
        fields = tuple(Field(name, Prose(row[key])) for key, name in CELLS.items() if row.get(key))
        kind = "bonus" if row["indicator"].startswith("加分") else "scored"
        leaf = Indicator(Prose(row["indicator"]), Decimal(str(row["points"])), kind=kind, fields=fields)
        known = schemes.get(row["scheme"]) or _scheme(row)
        schemes[row["scheme"]] = replace(known, items=(*known.items, leaf))
    return [replace(scheme, total=points_of_scored(scheme.items)) for scheme in schemes.values()]


def _scheme(row: dict[str, str]) -> Scheme:
    issuer, audience = row.get("issuer"), row.get("audience")
    return Scheme(Prose(row["scheme"]), Prose(issuer) if issuer else None, audience_text=Prose(audience) if audience else None)


def leaves(scheme: Scheme) -> list[Indicator]:
    return [leaf for _, leaf in scheme.indicators()]


# ── what a file holds ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Words:
    """A paragraph; `heading` is its level where it is marked as one."""

    text: str
    heading: int = 0


@dataclass(frozen=True)
class Cell:
    """A cell of a table, its paragraphs parted by line ends; it reaches over so many rows and columns."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Grid:
    """A table: the cells that begin in each row, from left to right, those covered left out."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def width(self) -> int:
        return sum(cell.columns for cell in self.rows[0])

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield each cell with its row and column."""
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                yield row, column, cell
                taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
                column += cell.columns


Block = Words | Grid


# ── layouts ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

SHAPES = ("flat", "two levels", "three levels", "under headings", "group rows", "head on every page", "cut", "forms", "paragraphs")

HEADS = {
    "number": ("序号", "编号"),
    "name": ("指标名称", "考核指标", "考核项目", "三级指标"),
    "points": ("分值", "标准分", "分值（分）", "基本分"),
    "scoring": ("评分标准", "评分细则", "计分办法", "考核标准", "考核评分标准", "评分标准及办法"),
    "evidence": ("佐证材料", "评分依据", "印证资料", "备查资料"),
    "frequency": ("考核频次", "考核周期"),
    "consequence": ("结果运用", "考核结果运用"),
    "remarks": ("备注", "说明", "其他说明"),
    "blank": ("自评得分", "考核得分", "得分", "扣分原因"),
}
"""The names that columns go by."""

POINTS = ("{}", "{}分", "（{}分）", "{:.1f}")
GROUPS = ("一类事项", "二类事项", "三类事项", "四类事项")
UPPER_GROUPS = ("甲类", "乙类")


@dataclass(frozen=True)
class Layout:
    """How a draft is laid out. `groups` are how many indicators go together, `order` shuffles the columns."""

    shape: str = "flat"
    heads: dict[str, str] = field(default_factory=dict)
    order: int = 0
    groups: tuple[int, ...] = (4, 3, 3)
    points: str = "{}"
    points_in_name: bool = False
    points_of_groups: str = "none"
    """`none`, in the `name` of a group, or in a `cell` of their own where the group is a row."""
    title_within: bool = False
    totals: bool = False
    blanks: int = 0
    paragraphs: bool = False
    """Whether cells are parted into paragraphs, one a sentence."""

    def head(self, role: str) -> str:
        return self.heads.get(role, HEADS[role][0])


LAYOUTS = st.builds(
    Layout,
    shape=st.sampled_from(SHAPES),
    heads=st.fixed_dictionaries({role: st.sampled_from(words) for role, words in HEADS.items() if role != "blank"}),
    order=st.integers(0, 999),
    groups=st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple),
    points=st.sampled_from(POINTS),
    points_in_name=st.booleans(),
    points_of_groups=st.sampled_from(("none", "name", "cell")),
    title_within=st.booleans(),
    totals=st.booleans(),
    blanks=st.integers(0, 2),
    paragraphs=st.booleans(),
)


def lay_out(scheme: Scheme, layout: Layout) -> list[Block]:
    """Return a scheme as the blocks of a file."""
    told = [Words(f"{label}：{prose.text}") for label, prose in (("印发单位", scheme.issuer), ("考核对象", scheme.audience_text)) if prose]
    told += [Words(f"总分：{scheme.total}分")] if not layout.totals else []
    title = Words(scheme.name.text, 1)
    if layout.shape == "forms":
        return [title, *told, *_forms(scheme, layout)]
    if layout.shape == "paragraphs":
        return [title, *told, *_paragraphs(scheme)]
    tables = list(_tables(scheme, layout))
    first = next(at for at, block in enumerate(tables) if isinstance(block, Grid))
    if layout.title_within and first == 0 and isinstance(tables[0], Grid):
        width = tables[0].width
        rows = ((Cell(title.text, 1, width),), *((Cell(line.text, 1, width),) for line in told))
        return [Grid((*rows, *tables[0].rows)), *tables[1:]]
    return [title, *told, *tables]


def _value(leaf: Indicator, name: str, layout: Layout) -> str:
    texts = [f.value.text for f in leaf.fields if f.name == name and isinstance(f.value, Prose)]
    text = "\n".join(texts)
    return text.replace("。", "。\n").rstrip("\n") if layout.paragraphs else text


def _grouped(scheme: Scheme, layout: Layout) -> Iterator[tuple[str, list[Indicator]]]:
    """Yield the groups of a layout with their indicators, the last one with all that are left."""
    rest = iter(leaves(scheme))
    sizes = [*layout.groups[: len(GROUPS) - 1], len(leaves(scheme))]
    for name, size in zip(GROUPS, sizes, strict=False):
        members = list(islice(rest, size))
        if members:
            yield name, members


def structured(scheme: Scheme, layout: Layout) -> Scheme:
    """Return a scheme with the groups that a layout puts its indicators in."""
    if layout.shape not in ("two levels", "three levels", "under headings", "group rows"):
        return scheme
    groups = [Group(Prose(name), items=tuple(members)) for name, members in _grouped(scheme, layout)]
    if layout.shape == "three levels":
        groups = [Group(Prose(UPPER_GROUPS[at // 2]), items=tuple(groups[at : at + 2])) for at in range(0, len(groups), 2)]
    return replace(scheme, items=tuple(groups))


def _sum(members: Iterable[Indicator]) -> Decimal:
    return sum((leaf.points or Decimal(0) for leaf in members), Decimal(0))


def _group_name(name: str, members: Sequence[Indicator], layout: Layout) -> str:
    return f"{name}（{_sum(members)}分）" if layout.points_of_groups == "name" else name


def _roles(scheme: Scheme, layout: Layout) -> list[str]:
    """Return the columns right of the groups, in their order; a column nobody fills is left out."""
    used = {f.name for leaf in leaves(scheme) for f in leaf.fields}
    roles = [role for role in HEADS if role in ("number", "name", "points", "scoring") or role in used]
    if layout.points_in_name:
        roles.remove("points")
    if layout.order:
        random.Random(layout.order).shuffle(roles)  # noqa: S311
    return roles + ["blank"] * layout.blanks


def _cells(leaf: Indicator, number: int, roles: Sequence[str], layout: Layout) -> Iterator[Cell]:
    for role in roles:
        if role == "name":
            yield Cell(leaf.name.text + (f"（{leaf.points}分）" if layout.points_in_name else ""))
        elif role == "points":
            yield Cell(layout.points.format(leaf.points))
        elif role == "number":
            yield Cell(str(number))
        else:
            yield Cell("" if role == "blank" else _value(leaf, role, layout))


def _head(roles: Sequence[str], layout: Layout) -> tuple[Cell, ...]:
    blanks = iter(HEADS["blank"])
    return tuple(Cell(next(blanks) if role == "blank" else layout.head(role)) for role in roles)


def _total(scheme: Scheme, roles: Sequence[str], before: int) -> tuple[Cell, ...]:
    """Return the row of totals under a table with so many columns of groups."""
    cells = [Cell("")] * before + [Cell(str(scheme.total) if role == "points" else "") for role in roles]
    at = next((at for at, cell in enumerate(cells) if not cell.text), 0)
    cells[at] = Cell("合计" if "points" in roles else f"合计：{scheme.total}分")
    return tuple(cells)


def _tables(scheme: Scheme, layout: Layout) -> Iterator[Block]:
    roles = _roles(scheme, layout)
    head = _head(roles, layout)
    levels = {"two levels": 1, "three levels": 2}.get(layout.shape, 0)
    above = tuple(Cell(word) for word in ("一级指标", "二级指标")[:levels])
    rows: list[tuple[Cell, ...]] = [(*above, *head)]
    number = 0
    groups = list(_grouped(scheme, layout))
    for at, (name, members) in enumerate(groups):
        if layout.shape == "under headings":
            yield Words(f"{'一二三四'[at]}、{_group_name(name, members, layout)}")
            rows = [head]
        elif layout.shape == "group rows":
            rows.append(_group_row(at, name, members, roles, layout))
        for inner, leaf in enumerate(members):
            number += 1
            over = []
            if levels == 2 and inner == 0 and at in (0, 2):
                upper = groups[at : at + 2]
                every = [leaf for _, group in upper for leaf in group]
                over.append(Cell(_group_name(UPPER_GROUPS[at // 2], every, layout), len(every)))
            if levels and inner == 0:
                over.append(Cell(_group_name(name, members, layout), len(members)))
            rows.append((*over, *_cells(leaf, number, roles, layout)))
            if layout.shape == "head on every page" and number % 3 == 0:
                rows.append(head)
            if layout.shape == "cut" and number == 5:
                yield Grid(tuple(rows))
                rows = []
        if layout.shape == "under headings":
            yield Grid(tuple(rows))
    if layout.shape != "under headings":
        total = [_total(scheme, roles, levels)] if layout.totals else []
        yield Grid((*rows, *total))
    elif layout.totals:
        yield Words(f"合计：{scheme.total}分")


def _group_row(at: int, name: str, members: Sequence[Indicator], roles: Sequence[str], layout: Layout) -> tuple[Cell, ...]:
    words = f"{'一二三四'[at]}、{_group_name(name, members, layout)}"
    if layout.points_of_groups != "cell" or "points" not in roles:
        return (Cell(words, 1, len(roles)),)
    return tuple(Cell(str(_sum(members)) if role == "points" else words if role == "name" else "") for role in roles)


LABELS = ("scoring", "evidence", "frequency", "consequence", "remarks")


def _forms(scheme: Scheme, layout: Layout) -> Iterator[Block]:
    """Yield a small table for each indicator, its labels left of their values; a paragraph parts each from the next."""
    for number, leaf in enumerate(leaves(scheme), 1):
        name, points = Cell(layout.head("name")), Cell(layout.head("points"))
        value = Cell(layout.points.format(leaf.points))
        rows = [(name, Cell(leaf.name.text), points, value)] if layout.title_within else [(name, Cell(leaf.name.text)), (points, value)]
        width = 3 if layout.title_within else 1
        for role in LABELS:
            if text := _value(leaf, role, layout):
                rows.append((Cell(layout.head(role)), Cell(text, 1, width)))
        if layout.totals and number == 1:
            yield Words(f"总分：{scheme.total}分")
        yield Words(f"考核指标表{number}")
        yield Grid(tuple(rows))


def _paragraphs(scheme: Scheme) -> Iterator[Block]:
    for number, leaf in enumerate(leaves(scheme), 1):
        yield Words(f"{number}.{leaf.name.text}（{leaf.points}分）")
        for role in LABELS:
            if text := _value(leaf, role, Layout()):
                yield Words(f"{HEADS[role][0]}：{text}")
