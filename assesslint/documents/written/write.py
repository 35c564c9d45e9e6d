"""Schemes → a file of the kind asked for: one writer a format."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assesslint.scheme.model import Scheme

Writer = Callable[[Sequence[Scheme]], bytes]


def _write_assess(schemes: Sequence[Scheme]) -> bytes:
    from assesslint.documents.written.expressible import expressible
    from assesslint.scheme.printer import print_schemes

    return print_schemes(map(expressible, schemes)).encode()


def _write_json(schemes: Sequence[Scheme]) -> bytes:
    from assesslint.documents.written.json import write_json

    return write_json(schemes)


def _write_text(schemes: Sequence[Scheme]) -> bytes:
    from assesslint.documents.written.text import write_text

    return write_text(schemes)


def _write_markdown(schemes: Sequence[Scheme]) -> bytes:
    from assesslint.documents.written.markdown import write_markdown

    return write_markdown(schemes)


def _write_html(schemes: Sequence[Scheme]) -> bytes:
    from assesslint.documents.written.html import write_html

    return write_html(schemes)


def _write_docx(schemes: Sequence[Scheme]) -> bytes:
    from assesslint.documents.written.docx import write_docx

    return write_docx(schemes)


def _write_xlsx(schemes: Sequence[Scheme]) -> bytes:
    from assesslint.documents.written.xlsx import write_xlsx

    return write_xlsx(schemes)


WRITERS: dict[str, Writer] = {
    ".assess": _write_assess,
    ".json": _write_json,
    ".txt": _write_text,
    ".md": _write_markdown,
    ".html": _write_html,
    ".docx": _write_docx,
    ".xlsx": _write_xlsx,
}
"""Who writes which kind of file. What a writer needs is installed as an extra, and imported when it is first asked."""
