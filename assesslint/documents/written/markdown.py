"""Schemes → a .md draft: a heading, the particulars, tables with bars, sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assesslint.documents.written.draft import LaidTable, lay_out
from assesslint.scheme.model import Scheme

_MARKS = re.compile(r"([\\`*_<>#&\[\]|~])")


def write_markdown(schemes: Sequence[Scheme]) -> bytes:
    """Return the schemes as one file, one under the other."""
    return "\n".join(line for scheme in schemes for line in _lines(scheme)).encode()


def _lines(scheme: Scheme) -> Iterator[str]:
    laid = lay_out(scheme)
    yield from (f"# {_escaped(laid.title)}", "")
    for line in laid.lines:
        yield from (_escaped(line), "")
    for table in laid.tables:
        yield from (*_table(table), "")
    for section in laid.sections:
        yield from (f"{'#' * min(6, section.depth + 2)} {_escaped(section.heading)}", "")
        for line in section.lines:
            yield from (_escaped(line), "")


def _table(table: LaidTable) -> Iterator[str]:
    yield _row(table.heads)
    yield _row(["---"] * len(table.heads))
    for row in table.rows:
        yield _row([_escaped(cell.text) if cell else "" for cell in row])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text).replace("\n", "<br>")
