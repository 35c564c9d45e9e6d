"""Schemes → a file of the kind asked for: one writer a format."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assesslint.scheme.model import Scheme
from assesslint.text.late import late

Writer = Callable[[Sequence[Scheme]], bytes]


WRITERS: dict[str, Writer] = {
    ".assess": late("assesslint.documents.written.assess", "write_assess"),
    ".json": late("assesslint.documents.written.json", "write_json"),
    ".txt": late("assesslint.documents.written.text", "write_text"),
    ".md": late("assesslint.documents.written.markdown", "write_markdown"),
    ".html": late("assesslint.documents.written.html", "write_html"),
    ".docx": late("assesslint.documents.written.docx", "write_docx"),
    ".xlsx": late("assesslint.documents.written.xlsx", "write_xlsx"),
}
"""Who writes which kind of file. What a writer needs is installed as an extra, and imported when it is first asked."""
