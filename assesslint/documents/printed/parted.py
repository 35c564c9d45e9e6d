"""The blocks of a printed file → those that can be read together: without a table whose columns were printed on pages of their own.

An Excel sheet wider than the paper is printed so. Names and points on one page and their standards on another would be judged as indicators
without any standard, so that such a table is not read at all, and said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assesslint.documents.model import Block, Remark, Table
from assesslint.documents.structure.columns import columns_of, is_head
from assesslint.documents.structure.words import header_word
from assesslint.text.source import Source, Span

_LEAST_ROWS = 4
_NAMING = frozenset({"name", "group", "points", "number"})
_STANDARDS = frozenset({"scoring", "evidence", "measure"})
_SAID = (
    "表格太宽，同一张表的列印到了不同的页上，对不起来，这张表没有检查；请直接检查 Excel 原件，或把页面设为“将所有列打印在一页”后重新导出",
    "the table is too wide, its columns were printed on different pages and cannot be put together; it was not checked: "
    "check the Excel file itself, or export it anew with all columns on one page",
)


@dataclass(frozen=True, slots=True)
class Parted:
    """The parts of one parted table, in order; `standards` is that which holds them."""

    parts: tuple[Table, ...]
    standards: Table

    def places(self) -> Iterator[Span]:
        """Yield where the words of the table stand."""
        yield from (cell.span for part in self.parts for row in part.rows for cell in row if cell.text)

    def remark(self, source: Source) -> Remark:
        """Say that the table was not read, with the page its standards stand on."""
        return Remark("unreadable-page", *_SAID, source.locate(next(cell for cell in self.standards.rows[0] if cell.text).span))


def without_parted_tables(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[Parted]]:
    """Return the blocks without parted tables, and these."""
    kept: list[Block] = []
    parted: list[Parted] = []
    at = 0
    while at < len(blocks):
        stop = _end_of_parted(blocks, at)
        if stop:
            parts = tuple(block for block in blocks[at:stop] if isinstance(block, Table))
            parted.append(Parted(parts, next(filter(_tells_standards, parts))))
            kept += (block for block in blocks[at:stop] if not isinstance(block, Table))
        else:
            kept.append(blocks[at])
        at = stop or at + 1
    return tuple(kept), parted


def _end_of_parted(blocks: Sequence[Block], at: int) -> int:
    """Return where the parts of the table that begins at `at` end, 0 where it is whole: no standards in it, and only those in one below."""
    first = blocks[at]
    if not (isinstance(first, Table) and _names_only(first)):
        return 0
    until_next_head = list(takewhile(lambda block: not (isinstance(block, Table) and is_head(block.rows[0])), blocks[at + 1 :]))
    holds_standards = any(isinstance(block, Table) and _tells_standards(block) for block in until_next_head)
    last = max((number for number, block in enumerate(until_next_head, 1) if isinstance(block, Table)), default=0)
    return at + last + 1 if holds_standards else 0


def _names_only(table: Table) -> bool:
    roles = {column.role for column in columns_of([table.rows[0]])}
    return len(table.rows) >= _LEAST_ROWS and is_head(table.rows[0]) and "points" in roles and not roles & _STANDARDS


def _tells_standards(table: Table) -> bool:
    """Tell whether the head of a table has only known words, one of them over standards, and none over names or points."""
    head = [cell for cell in table.rows[0] if cell.text]
    roles = {column.role for column in columns_of([head])} if head else set()
    known = all(header_word(cell.text) for cell in head)
    return len(table.rows) >= _LEAST_ROWS and known and bool(roles & _STANDARDS) and not roles & _NAMING
