"""OpenDocument sheets: text as the file keeps it, once, at its cell; what is told again is bounded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assesslint.documents.draft import read_draft
from assesslint.documents.limits import DEFAULT_LIMITS, Limits
from assesslint.documents.model import Document, Table
from assesslint.documents.ods import read_ods
from assesslint.documents.unreadable import UnreadableError
from tests.documents.test_xlsx import placed, remarks, shape
from tests.documents.workbooks import zipped

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("draw", "drawing"))
)


def ods(*tables: str, manifest: str = "<x/>") -> bytes:
    inner = "".join(f'<table:table table:name="表{number}">{table}</table:table>' for number, table in enumerate(tables, 1))
    body = f"<office:body><office:spreadsheet>{inner}</office:spreadsheet></office:body>"
    content = f'<office:document-content {NAMES} xmlns:calcext="c" xmlns:dc="d">{body}</office:document-content>'
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, "META-INF/manifest.xml": manifest})


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", attributes: str = "", more: str = "") -> str:
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    return f"<table:table-cell {attributes}>{more}{lines}</table:table-cell>"


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    return read_ods("a.ods", data, limits)


def test_words_of_cells() -> None:
    note = "<office:annotation><dc:creator>张三</dc:creator><text:p>别人</text:p><text:p>的批注</text:p></office:annotation>"
    words = '一<text:s text:c="2"/>二<text:tab/>三<text:line-break/>四<text:span>五</text:span><text:ruby-text>读音</text:ruby-text>'
    data = ods(row(cell(words, more=note), cell("甲\n乙")) + row(cell("50%", 'office:value-type="percentage" office:value="0.5"')))
    document = read(data)
    assert shape(document) == [[["一  二\t三\n四五", "甲\n乙"]], "50%"]
    assert [remark.zh for remark in document.remarks] == ["这里的批注（张三）没有检查：“别人 的批注”；如是考核内容，请写进正文"]


def test_values_without_text() -> None:
    kinds = ('float" office:value="10.50', 'percentage" office:value="0.125', 'date" office:date-value="2026-01-01')
    kinds = (*kinds, 'string" office:string-value="字')
    values = [cell(attributes=f'office:value-type="{kind}"') for kind in kinds]
    formula = cell(attributes='table:formula="of:=1+1"')
    error = cell("#REF!", 'table:formula="of:=X" calcext:value-type="error"')
    empty = cell(attributes='table:formula="of:=&quot;&quot;" office:value-type="string"')
    document = read(ods(row(*values, formula, empty, error)))
    assert shape(document) == [[["10.5", "12.5%", "2026-01-01", "字", "#REF!"]]]
    said = [(remark.id, remark.location.values()["cell"]) for remark in document.remarks]
    assert said == [("formula-without-value", "E1"), ("cell-error", "G1")]


def test_merged_repeated_and_hidden_cells() -> None:
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    first = row(cell("甲", 'table:number-rows-spanned="2"'), cell("乙", 'table:number-columns-repeated="2"'))
    gap = cell(attributes='table:number-columns-repeated="9"')
    second = row("<table:covered-table-cell/>", gap, cell("丙"), attributes='table:visibility="filter"')
    blank = row(cell(attributes='table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1000"')
    again = row(cell("丁"), attributes='table:number-rows-repeated="2"')
    document = read(ods(columns + first + second + blank + again))
    assert shape(document) == [[["甲", "乙", "乙", ""], ["", "", "", "丙"]], "丁", "丁"]
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert table.continued == {(1, 0)}
    assert placed(document)[-1] == ("表1", "A1004", "丁")
    said = ["工作表“表1”的第 2 行是隐藏的，内容已照读", "工作表“表1”的第 C 列是隐藏的，内容已照读"]
    assert [words for _, words in remarks(document)] == said


def test_hidden_sheets_and_shapes() -> None:
    frame = "<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box></draw:frame>"
    picture, chart = "<draw:frame><draw:image/></draw:frame>", "<draw:frame><draw:object/><draw:image/></draw:frame>"
    inside = f"<table:table-cell><text:p>前{frame}后</text:p>{picture}</table:table-cell>"
    document = read(ods(f"<table:shapes>{chart}</table:shapes>" + row(inside)))
    assert shape(document) == ["前后", "框内"]
    assert [identifier for identifier, _ in remarks(document)] == ["unread-object", "unread-picture"]
    styles = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    hidden = f'<table:table table:name="暗" table:style-name="ta1">{row(cell("字"))}</table:table>'
    content = f"<office:document-content {NAMES}>{styles}{hidden}</office:document-content>"
    assert remarks(read(zipped({"content.xml": content}))) == [("hidden-text", "工作表“暗”是隐藏的，内容已照读")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ods(row(cell("字", 'table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1048576"')), "超过上限"),
        (ods(row(cell("字", 'table:number-columns-repeated="16385"'))), "行或列超过上限"),
        (ods(manifest="<encryption-data/>"), "打开密码"),
        (zipped({"content.xml": "<!DOCTYPE x []><x/>"}), "可能是恶意文件"),
        (zipped({"content.xml": "<x>"}), "不完整或已损坏"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(data)


def test_sheets_and_cells_are_bounded() -> None:
    few = replace(DEFAULT_LIMITS, max_cells=6)
    read(ods(row(cell("字")), row(cell("字"))), few)
    with pytest.raises(UnreadableError, match="超过上限 6 个"):
        read(ods(*[""] * 7), few)


def test_a_web_page_under_this_name_is_read_as_one() -> None:
    assert "网页" in read(b"<html><body>x</body></html>").remarks[0].zh


def test_an_open_document_is_a_draft() -> None:
    rows = row(cell("清河县考核细则")) + row(cell("指标名称"), cell("分值"), cell("评分标准"))
    rows += row(cell("激活率"), cell("10"), cell("达到50%得满分"))
    draft = read_draft("a.ods", ods(rows))
    [(_, indicator)] = draft.schemes[0].indicators()
    assert (indicator.name.text, indicator.points, draft.findings) == ("激活率", 10, ())
