"""Schemes → a web page that stands alone: a heading, the particulars, tables, sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from assesslint.documents.written.draft import LaidTable, lay_out
from assesslint.scheme.model import Scheme

_STYLE = (
    "body{max-width:60em;margin:2em auto;padding:0 1em;font:16px/1.8 FangSong,STFangsong,仿宋,serif;color:#000;background:#fff}"
    "h1{text-align:center}h1,h2,h3,th{font-family:SimHei,黑体,sans-serif}table{border-collapse:collapse;width:100%;margin:1em 0}"
    "th,td{border:1px solid #000;padding:.2em .5em;vertical-align:top;text-align:left}"
)


def write_html(schemes: Sequence[Scheme]) -> bytes:
    """Return the schemes as one page, one under the other."""
    title = escape(schemes[0].name.text if schemes else "")
    body = "\n".join(line for scheme in schemes for line in _lines(scheme))
    head = f'<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>'
    return f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'.encode()


def _lines(scheme: Scheme) -> Iterator[str]:
    laid = lay_out(scheme)
    yield f"<h1>{_escaped(laid.title)}</h1>"
    yield from (f"<p>{_escaped(line)}</p>" for line in laid.lines)
    for table in laid.tables:
        yield from _table(table)
    for section in laid.sections:
        level = min(6, section.depth + 2)
        yield f"<h{level}>{_escaped(section.heading)}</h{level}>"
        yield from (f"<p>{_escaped(line)}</p>" for line in section.lines)


def _table(table: LaidTable) -> Iterator[str]:
    yield "<table>"
    yield "<thead><tr>" + "".join(f"<th>{_escaped(head)}</th>" for head in table.heads) + "</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        cells = (f"<td{f' rowspan={cell.rows}' if cell.rows > 1 else ''}>{_escaped(cell.text)}</td>" for cell in row if cell)
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table>"


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")
