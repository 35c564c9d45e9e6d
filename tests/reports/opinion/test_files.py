"""The opinion sheet as a Word file and as a workbook: what stands in it, its page, and that no text of a draft does anything there."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.findings.model import DraftInfo, Finding, Report, SchemeInfo
from assesslint.reports.opinion.content import opinion_of
from assesslint.reports.opinion.excel import excel_file
from assesslint.reports.opinion.word import word_file
from tests.office import converted
from tests.reports.sample import CLEAN, REPORT

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}", "'=1"]
PAGES = {"one": CLEAN, "two": REPORT}


def holding(text: str, path: str = "a.docx") -> Report:
    """Return a report in which every text that a draft can give is this one."""
    found = Finding("x", "y", "error", text, path, advice=text, scheme=text, indicator=text, excerpt=text)
    return replace(CLEAN, findings=(found,), drafts=(DraftInfo(path, (SchemeInfo(text, text),)),))


def words_in_word(data: bytes) -> list[str]:
    """Return the text of every paragraph and cell of a Word file."""
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def words_in_excel(data: bytes) -> list[str]:
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    return [str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize(("write", "read"), [(word_file, words_in_word), (excel_file, words_in_excel)], ids=["word", "excel"])
@pytest.mark.parametrize("report", PAGES.values(), ids=list(PAGES))
def test_all_that_the_sheet_says_stands_in_the_file(
    write: Callable[..., bytes], read: Callable[[bytes], list[str]], report: Report
) -> None:
    opinion = opinion_of(report)
    text = "\n".join(read(write(opinion)))
    for sheet in opinion.sheets:
        said = [sheet.path, sheet.scheme, sheet.issuer, sheet.conclusion, sheet.reason, opinion.date, opinion.version, opinion.choices]
        said += [cell for number, row in enumerate(sheet.rows, 1) for cell in row.cells(number)]
        said += [item for _, items in sheet.lists for item in items]
        assert [words for words in said if words not in text] == []
    assert all(opinion.word(name) in text for name in ("handler", "reviewer", "unit", "day"))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(excel_file(opinion_of(holding(text)))))
    found = [cell for row in workbook.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in found} == {"s"}
    assert [cell.quotePrefix for cell in found if cell.value == text] == [text[0] in "=+-@"] * len([c for c in found if c.value == text])
    assert text in [cell.value for cell in found]


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(codec=None), max_size=60), path=st.text(st.characters(codec=None), max_size=60))
def test_any_text_can_be_written(text: str, path: str) -> None:
    report = holding(text, path)
    [sheet] = opinion_of(report).sheets
    assert sheet.rows[0].words in words_in_word(word_file(opinion_of(report)))
    excel_file(opinion_of(report))
    excel_file(opinion_of(replace(report, drafts=report.drafts * 2)))


def test_worksheets_have_names_of_their_own() -> None:
    paths = ["a/" + "长" * 40 + ".docx", "b/" + "长" * 40 + ".docx", "[?]*:.docx", "'.docx"]
    report = replace(CLEAN, drafts=tuple(DraftInfo(path, readable=False) for path in paths))
    names = openpyxl.load_workbook(io.BytesIO(excel_file(opinion_of(report)))).sheetnames
    assert len({name.casefold() for name in names}) == len(paths) + 1
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", name) for name in names)


def test_the_page_is_laid_out_after_the_standard() -> None:
    document = docx.Document(io.BytesIO(word_file(opinion_of(REPORT))))
    [section] = document.sections
    page = [section.page_width, section.page_height, section.top_margin, section.left_margin, section.bottom_margin, section.right_margin]
    assert [round(length.mm) for length in page if length] == [210, 297, 37, 28, 35, 26]
    said = {name: document.styles[name] for name in ("Title", "Normal")}
    sizes = {name: (style.font.size.pt, style.element.rPr.rFonts.get(qn("w:eastAsia"))) for name, style in said.items()}
    assert sizes == {"Title": (22, "方正小标宋简体"), "Normal": (16, "仿宋_GB2312")}
    assert 28 <= said["Normal"].paragraph_format.line_spacing.pt <= 29
    footer = section.footer.paragraphs[0]
    assert [run.font.size.pt for run in footer.runs] == [14, 14, 14]
    assert (footer.text, "PAGE" in footer._p.xml) == ("—  —", True)


def test_the_head_of_a_table_is_repeated_and_rows_stay_whole_unless_they_are_long() -> None:
    document = docx.Document(io.BytesIO(word_file(opinion_of(REPORT))))
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "序号")
    marks = [[child.tag.split("}")[1] for child in row._tr.trPr] for row in table.rows]
    assert marks == [["cantSplit", "tblHeader"]] + [["cantSplit"]] * (len(table.rows) - 1)
    long = docx.Document(io.BytesIO(word_file(opinion_of(holding("长" * 300))))).tables[1]
    assert [child.tag for child in long.rows[1]._tr.trPr] == []
    sheet = openpyxl.load_workbook(io.BytesIO(excel_file(opinion_of(REPORT)))).worksheets[1]
    assert sheet.print_title_rows == "$8:$8"
    assert sheet["A8"].value == "序号"


@pytest.mark.parametrize(("write", "suffix"), [(word_file, "docx"), (excel_file, "xlsx")])
def test_libreoffice_opens_it(write: Callable[..., bytes], suffix: str, tmp_path: Path) -> None:
    printed = converted(tmp_path, f"sheet.{suffix}", write(opinion_of(REPORT)), "pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed)).pages]
    assert "审核意见汇总表" in pages[0]
    assert re.search(r"— ?1 ?—", pages[0])
    assert "不予通过" in "".join(pages)
