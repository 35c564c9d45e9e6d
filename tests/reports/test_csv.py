"""CSV as Python's csv module and LibreOffice read it: every text in its cell, and none of them computed."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from assesslint.findings.model import Finding, Report
from assesslint.reports.csv import FORMULAS, MARK, render_csv
from tests.office import all_converted
from tests.reports.sample import CLEAN, FULL

AS_IN_ITS_DIALOGUE = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
"""Commas, quotes, UTF-8; numbers are recognised and formulas evaluated."""


def rows(report: Report) -> list[dict[str, str]]:
    text = render_csv(report)
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


def test_every_finding_waiver_notice_and_setting_is_a_row() -> None:
    kinds = [row["程度"] for row in rows(FULL)]
    severities = {"error": "错误", "warning": "警告", "advice": "建议"}
    assert kinds == [
        *(severities[finding.severity] for finding in FULL.findings),
        *["已知"] * len(FULL.known),
        *["已豁免"] * len(FULL.waived),
        *["提示"] * len(FULL.notices),
        *["检查设置"] * len(FULL.in_force),
    ]
    assert [row["问题"] for row in rows(FULL)][-len(FULL.in_force) :] == list(FULL.in_force)


def test_a_clean_report_is_a_head_in_its_language() -> None:
    assert rows(CLEAN) == []
    assert render_csv(replace(CLEAN, lang="en")).startswith(MARK + "severity,rule,title,")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "'=1", '=cmd|"/c calc"!A1'])
def test_no_cell_begins_a_formula(formula: str) -> None:
    finding = Finding(formula, formula, "error", formula, formula, formula, formula, formula, excerpt=formula)
    text = render_csv(replace(CLEAN, findings=(finding,)))
    for row in csv.reader(io.StringIO(text.removeprefix(MARK), newline="")):
        assert not [cell for cell in row if cell.startswith(FORMULAS[:-1])]
    [row] = rows(replace(CLEAN, findings=(finding,)))
    assert row["问题"] == "'" + formula.replace("\r", "\n")


def test_a_text_longer_than_a_cell_of_excel_is_cut() -> None:
    [row] = rows(replace(CLEAN, findings=(Finding("x", "y", "error", "长" * 40_000, "a.txt"),)))
    assert len(row["问题"]) == 32_000
    assert row["问题"].endswith("…")


def test_libreoffice_shows_the_texts_and_computes_nothing(tmp_path: Path) -> None:
    """The same is opened without the apostrophes, to see that LibreOffice does compute what it is let."""
    data = render_csv(FULL)
    files = {"report.csv": data.encode(), "naive.csv": data.replace(",'=", ",=").encode()}
    opened = all_converted(tmp_path, files, "xlsx", reader=AS_IN_ITS_DIALOGUE)
    cells, naive = ([list(row) for row in _sheet(opened[name]).iter_rows()] for name in files)
    assert [cell.value for cell in cells[0]] == list(rows(FULL)[0])
    assert not [cell.coordinate for row in cells for cell in row if cell.data_type == "f"]
    assert [cell.value for row in naive for cell in row if cell.data_type == "f"] != []
    message = list(rows(FULL)[0]).index("问题")
    assert [str(row[message].value) for row in cells[1:]] == [row["问题"] for row in rows(FULL)]


def _sheet(workbook: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet
