"""A report and the files it speaks of → annotated copies of those files, by the annotator of each format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from assesslint.documents.limits import Limits
from assesslint.documents.office import TARGETS, find_office
from assesslint.findings.model import Report
from assesslint.reports.annotated.notes import Note, notes_of
from assesslint.text.late import late

Annotator = Callable[[bytes, Sequence[Note], Limits, str], bytes]
"""The file, its notes, bounds, language → the file with the notes in it. Raises UnreadableError."""


ANNOTATORS: dict[str, Annotator] = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), late("assesslint.reports.annotated.docx", "annotate_docx")),
    **dict.fromkeys((".html", ".htm", ".mht", ".mhtml"), late("assesslint.reports.annotated.html", "annotate_html")),
    ".pdf": late("assesslint.reports.annotated.pdf", "annotate_pdf"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), late("assesslint.reports.annotated.xlsx", "annotate_xlsx")),
}
"""Who writes notes into which kind of file, by suffix."""

_COPIED_AS = {".mht": ".html", ".mhtml": ".html"}
"""The suffix of the annotated copy where the annotator writes another kind of file."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """`path` is the draft's own; `suffix` that of the annotated file, which differs where the draft's format cannot hold notes."""

    path: str
    suffix: str
    data: bytes
    notes: int


def can_annotate(path: str) -> bool:
    """Tell whether a file of this name can hold notes, as it is or turned into a newer kind of file by LibreOffice."""
    suffix = PurePath(path).suffix.lower()
    return suffix in ANNOTATORS or (TARGETS.get(suffix) in ANNOTATORS and find_office() is not None)


def annotate(path: str, data: bytes, report: Report, limits: Limits) -> Annotated:
    """Return a copy of one file of the report with the notes on it. Raises UnreadableError, and KeyError unless `can_annotate`."""
    suffix = PurePath(path).suffix.lower()
    notes = list(notes_for(path, report))
    if suffix not in ANNOTATORS:
        from assesslint.documents.converted import open_converted

        opened = open_converted(suffix, data, limits)
        suffix, data = opened.suffix, opened.data
    return Annotated(path, _COPIED_AS.get(suffix, suffix), ANNOTATORS[suffix](data, notes, limits, report.lang), len(notes))


def notes_for(path: str, report: Report) -> Iterator[Note]:
    """Yield the notes of one file of the report."""
    titles = {rule.id: rule.title for rule in report.rules.values()}
    yield from notes_of((finding for finding in report.findings if finding.path == path), titles, report.lang)
