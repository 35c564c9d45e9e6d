"""A sheet printed over two widths of paper: its names on one page and its standards on another are not read as indicators."""

from __future__ import annotations

import pytest

from assesslint.documents.model import Table
from assesslint.documents.printed.parted import without_parted_tables
from tests.documents.grid import document

NAMES = "| 序号 | 指标名称 | 分值 |\n| 1 | 宣讲 | 40 |\n| 2 | 上稿 | 30 |\n| 3 | 评议 | 30 |"
STANDARDS = "| 印证材料 | 责任科室 |\n| 评议结果 | 宣传科 |\n| 统计 | 宣传科 |\n| 记录 | 宣传科 |"
WHOLE = "| 指标名称 | 分值 | 评分标准 |\n| 宣讲 | 40 | 现场评议 |\n| 上稿 | 30 | 按篇计分 |\n| 评议 | 30 | 现场评议 |"


@pytest.mark.parametrize(
    ("text", "tables", "parted"),
    [
        (f"{NAMES}\n\n| 续 | 行 | 无 |\n\n{STANDARDS}\n\n{WHOLE}", 1, 1),
        (f"{NAMES}\n\n{WHOLE}\n\n{STANDARDS}", 3, 0),
        (f"{WHOLE}\n\n{STANDARDS}", 2, 0),
        (NAMES, 1, 0),
    ],
    ids=["columns on another page", "a table between", "a whole table", "names alone"],
)
def test_tables_of_names_go_with_the_standards_printed_apart(text: str, tables: int, parted: int) -> None:
    kept, found = without_parted_tables(document(text).blocks)
    assert (sum(isinstance(block, Table) for block in kept), len(found)) == (tables, parted)
