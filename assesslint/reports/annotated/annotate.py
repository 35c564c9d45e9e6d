"""A draft and the notes on it → an annotated copy, by the annotator of its format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assesslint.documents.draft import kind_of
from assesslint.documents.limits import Limits
from assesslint.documents.office import TARGETS, find_office
from assesslint.reports.annotated.notes import Note
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
    """`path` is the draft's own; `suffix` that of the annotated file, `is_converted` where that is another kind of file, since the draft's
    own holds no notes."""

    path: str
    suffix: str
    data: bytes
    notes: int
    is_converted: bool


def copied_as(path: str, data: bytes = b"") -> tuple[str, ...]:
    """Return the suffixes that a copy of this file may have, the likely one first; none where such a file holds no notes.

    What LibreOffice would turn into a newer kind of file is often a web page under another name. The bytes tell the kind where the name
    does not.
    """
    suffix = kind_of(path, data)
    if suffix in ANNOTATORS:
        return (_COPIED_AS.get(suffix, suffix),)
    return (TARGETS[suffix], ".html") if TARGETS.get(suffix) in ANNOTATORS and find_office() is not None else ()


def annotate(path: str, data: bytes, notes: Sequence[Note], limits: Limits, lang: str) -> Annotated:
    """Return a copy of a draft with these notes on it. Raises UnreadableError, and KeyError where `copied_as` has no suffix."""
    suffix = kind = kind_of(path, data)
    if suffix not in ANNOTATORS:
        from assesslint.documents.converted import open_converted

        opened = open_converted(suffix, data, limits)
        suffix, data = opened.suffix, opened.data
    copied = _COPIED_AS.get(suffix, suffix)
    return Annotated(path, copied, ANNOTATORS[suffix](data, notes, limits, lang), len(notes), is_converted=copied != kind)
