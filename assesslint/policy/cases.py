"""A rule's table of cases (`<rule-id>.csv` beside its page) → examples: one indicator a row, columns named by the fields of a scheme.

A cell is prose, or structured when it stands in braces: `{激活率("干部之家") >= 50%}`. The column 期望 holds the findings wanted, one a
line, as `error “words”`, with norms and words of the message where they matter; empty means none. The column 说明 is for people. Made for
what differs in one value only, where a page would grow long.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from assesslint.policy.page import Example, read_expected, read_source
from assesslint.policy.problems import Problem, did_you_mean, problem_at
from assesslint.scheme.keywords import BLOCKS, INDICATOR_FIELDS, ITEMS, SCHEME_FIELDS, FieldWord
from assesslint.scheme.printer import quoted
from assesslint.text.source import Source, Span

EXPECTED, REMARK, KIND, NAME, POINTS, DECLARED = "期望", "说明", "种类", "指标", "分值", "声明"
_OWN = (EXPECTED, REMARK, KIND, NAME, POINTS, DECLARED)
"""Columns that are no field: what is wanted, a remark, the indicator's kind, name and points, blocks of the scheme such as 应用."""

KINDS = tuple(BLOCKS[item].zh for item in ITEMS if item != "group")
SCORED, PROVISION = BLOCKS["scored"].zh, BLOCKS["provision"].zh

MOST_ROWS = 2_000
"""Rows of one table; a page that needs more is not one rule."""


def read_cases(path: Path, shown: str, rule: str) -> tuple[tuple[Example, ...], list[Problem]]:
    """Return the cases of a table and what is wrong with it. Raises UnreadError."""
    source = read_source(path, shown)
    text = source.text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    examples: list[Example] = []
    problems: list[Problem] = []
    try:
        columns, faults = _columns(next(reader, []), source)
        problems += faults
        start = reader.line_num + 1
        for row in reader if not faults else ():
            place = _lines(source, start, reader.line_num)
            start = reader.line_num + 1
            if len(examples) == MOST_ROWS:
                problems.append(problem_at(source, place, f"超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows"))
                break
            if any(cell.strip() for cell in row):
                cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False) if cell.strip()}
                problems += _row_faults(cells, row, columns, source, place)
                wanted = (read_expected(rule, line) for line in cells.get(EXPECTED, "").splitlines())
                expected = tuple(finding for finding in wanted if finding)
                examples.append(Example("scheme", _scheme(cells), place, expected, source=source))
    except csv.Error as error:
        place = _lines(source, reader.line_num, reader.line_num)
        problems.append(problem_at(source, place, f"不是完整的 CSV 表：{error}", f"not a complete CSV table: {error}"))
    return tuple(examples), problems


def _columns(head: list[str], source: Source) -> tuple[list[str], list[Problem]]:
    """Return the columns by their Chinese names."""
    known = {word: field.zh for field in (*SCHEME_FIELDS, *INDICATOR_FIELDS) for word in (field.zh, field.en)} | {own: own for own in _OWN}
    names = [name.strip() for name in head]
    problems = []
    for name in names:
        if name not in known:
            zh, en = did_you_mean(name, known)
            problems.append(problem_at(source, Span(0, 0), f"没有列“{name}”{zh}", f"there is no column “{name}”{en}"))
    if EXPECTED not in names:
        problems.append(problem_at(source, Span(0, 0), f"缺少列“{EXPECTED}”", f"the column {EXPECTED} is missing: the findings wanted"))
    return [known.get(name, name) for name in names], problems


def _row_faults(cells: Mapping[str, str], row: list[str], columns: list[str], source: Source, place: Span) -> list[Problem]:
    problems = []
    if len(row) > len(columns):
        problems.append(problem_at(source, place, "这一行的格数多于列数", "this row has more cells than there are columns"))
    for line in cells.get(EXPECTED, "").splitlines():
        if read_expected("", line) is None:
            zh = f"“{line.strip()}”应写作 error “原文”"
            problems.append(problem_at(source, place, zh, f"“{line.strip()}” should read error “the words”"))
    if cells.get(KIND, SCORED) not in KINDS:
        zh, en = did_you_mean(cells[KIND], KINDS)
        problems.append(problem_at(source, place, f"没有种类“{cells[KIND]}”{zh}", f"there is no kind “{cells[KIND]}”{en}"))
    return problems


def _lines(source: Source, first: int, last: int) -> Span:
    bounded = [max(1, min(number, len(source.line_starts))) for number in (first, last)]
    return source.line_span(bounded[0]).to(source.line_span(bounded[1]))


def _scheme(cells: Mapping[str, str]) -> str:
    """Return the row as a file of the scheme language."""
    head = [*_fields(cells, SCHEME_FIELDS), cells.get(DECLARED, "")]
    body = _fields(cells, INDICATOR_FIELDS)
    kind = cells.get(KIND, SCORED)
    points = cells.get(POINTS, "" if kind == PROVISION else "10")
    unit = "" if not points or points.endswith(("%", "分")) else "分"
    indicator = f"{kind} {quoted(cells.get(NAME, '示例'))} {points}{unit} {{ " + " ".join(body) + " }"
    return '方案 "示例" { ' + " ".join([*head, indicator]) + " }\n"


def _fields(cells: Mapping[str, str], fields: Iterable[FieldWord]) -> list[str]:
    return [f"{field.zh}: {_value(cells[field.zh])}\n" for field in fields if field.zh in cells]


def _value(cell: str) -> str:
    return cell[1:-1] if cell.startswith("{") and cell.endswith("}") else quoted(cell)
