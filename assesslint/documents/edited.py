"""A draft's bytes, edits of its text → the bytes with the edits in them: in a Word file they are tracked changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath

from assesslint.documents.limits import Limits
from assesslint.documents.office import TARGETS
from assesslint.documents.unreadable import UneditableError
from assesslint.text.decode import decode
from assesslint.text.late import late
from assesslint.text.source import Source, Span

Edits = Sequence[tuple[Span, str]]
"""Places of a draft's text, none of which overlap, with what is to stand there."""

Editor = Callable[[Source, bytes, Edits, Limits], bytes]
"""The text as read from the bytes, the bytes, edits, bounds → the bytes with the edits. Raises UneditableError."""

BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

CONVERTED = tuple(suffix for suffix, target in TARGETS.items() if target == ".docx")
"""Drafts that are read as the Word file LibreOffice makes of them; edits go into that file."""

WORD = (".docx", ".docm", ".dotx", ".dotm", *CONVERTED)
"""Drafts in which edits are tracked changes, for their author to accept."""


def edit_text(source: Source, data: bytes, edits: Edits, limits: Limits) -> bytes:  # noqa: ARG001
    """Return a text file with the edits, in its own encoding; nothing else of it changes."""
    decoded = decode(data)
    mark = next((mark for mark in BYTE_ORDER_MARKS if data.startswith(mark)), b"")
    before = mark + decoded.text.encode(decoded.encoding, "surrogatepass")
    if before != data:
        raise UneditableError(
            "文件的编码不能原样写回，没有改动；请另存为 UTF-8 纯文本后再试",
            "the file's encoding cannot be written back as it is; save it as plain text in UTF-8 and try again",
        )
    try:
        return mark + with_edits(decoded.text, edits).encode(decoded.encoding)
    except UnicodeEncodeError as error:
        raise UneditableError(
            "改动中有的字在文件原来的编码里没有，没有改动；请另存为 UTF-8 纯文本后再试",
            "the edits hold characters the file's encoding lacks; save it as plain text in UTF-8 and try again",
        ) from error


EDITORS: dict[str, Editor] = {
    **dict.fromkeys((".assess", ".txt", ".md", ".markdown"), edit_text),
    **dict.fromkeys(WORD, late("assesslint.documents.word.revisions", "revise_docx")),
}
"""Who writes edits into which kind of draft, by suffix. Other kinds are left to their authors."""


def is_word(path: str) -> bool:
    return PurePath(path).suffix.lower() in WORD


def can_edit(path: str) -> bool:
    """Tell whether edits can be written into a draft of this name."""
    return PurePath(path).suffix.lower() in EDITORS


def editable(path: str, data: bytes, limits: Limits) -> bytes:
    """Return the file that edits of a draft are written into: itself, or the Word file that is made of it. Raises UnreadableError."""
    suffix = PurePath(path).suffix.lower()
    if suffix not in CONVERTED:
        return data
    from assesslint.documents.converted import open_converted  # what it needs is installed where such a draft was read

    return open_converted(suffix, data, limits).data


def edited(source: Source, data: bytes, edits: Edits, limits: Limits) -> bytes:
    """Return an `editable` draft with edits of its text. Raises UneditableError where one cannot be written, KeyError unless `can_edit`."""
    return EDITORS[PurePath(source.path).suffix.lower()](source, data, edits, limits)


def with_edits(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    """Return a text with edits, the last ones made first."""
    for span, new in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text
