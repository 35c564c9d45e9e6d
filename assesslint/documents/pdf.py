"""A PDF with text → paragraphs and tables, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import decode_text

from assesslint.documents.limits import Limits
from assesslint.documents.model import Document, Remark
from assesslint.documents.printed.glyphs import Page
from assesslint.documents.printed.pages import Pages
from assesslint.documents.printed.parted import without_parted_tables
from assesslint.documents.printed.pdf_bounds import Clock, Fonts, Objects, TooLongError, pdfminer_bounded
from assesslint.documents.printed.pdf_page import Canvas, Painter
from assesslint.documents.printed.remarks import ORIGINAL, by_runs, remarks_of, too_many_pages, unread_note, unread_page
from assesslint.documents.transcript import Transcript
from assesslint.documents.unreadable import UnreadableError

_HEADER_WITHIN = 1024
"""Bytes at the beginning of a file in which %PDF stands."""
_MOST_SLOW = 3
"""Pages that take too long before the file is given up."""

_DAMAGED = UnreadableError(
    f"文件不完整或已损坏，不能作为 PDF 打开；请重新导出一份 PDF，{ORIGINAL[0]}",
    f"the file is truncated or damaged and cannot be opened as a PDF; export it anew, {ORIGINAL[1]}",
)
_ENDLESS = UnreadableError(
    f"文件的目录过长，或引用没有尽头，在限定时间内没有读完；请重新导出一份 PDF，{ORIGINAL[0]}",
    f"the file's list of pages is too long, or refers on without end, and was not read in time; export it anew, {ORIGINAL[1]}",
)
_NO_PDF = UnreadableError(
    "文件内容不是 PDF，与扩展名不符；请改回原来的扩展名，或重新导出",
    "the file is no PDF, whatever its name says; give it its own suffix, or export it anew",
)
_PROTECTED = UnreadableError(
    f"文件设有打开密码，请去掉密码后再检查，{ORIGINAL[0]}",
    f"the file is protected by a password; remove it and check again, {ORIGINAL[1]}",
)
_BROKEN_PAGE = (
    f"页面已损坏，没有读完；请重新导出 PDF，{ORIGINAL[0]}",
    f"the page is damaged and was not read to its end; export the PDF anew, {ORIGINAL[1]}",
)


def read_pdf(path: str, data: bytes, limits: Limits) -> Document:
    if b"%PDF" not in data[:_HEADER_WITHIN]:
        raise _NO_PDF
    with pdfminer_bounded(limits):
        reader = _Reader(limits)
        reader.read(data)
    if not reader.count:
        raise _DAMAGED
    transcript = Transcript(limits)
    blocks, parted = without_parted_tables(tuple(reader.pages.blocks(transcript)))
    source = transcript.source(path)
    untold = tuple(place for table in parted for place in table.places())
    remarks = (*by_runs(reader.remarks), *(table.remark(source) for table in parted), *reader.pages.remarks())
    return Document(source, blocks, untold, remarks)


@dataclass(slots=True)
class _Reader:
    """Reads page by page; `remarks` say what of a page was not read."""

    limits: Limits
    pages: Pages = field(init=False)
    remarks: list[Remark] = field(default_factory=list)
    count: int = 0
    slow: int = 0

    def __post_init__(self) -> None:
        self.pages = Pages(self.limits)

    def read(self, data: bytes) -> None:
        clock = Clock(self.limits.page_seconds)
        fonts = Fonts()
        canvas = Canvas(fonts, clock)
        painter = Painter(fonts, canvas)
        clock.start()
        with _told():
            document = Objects(data, clock)
        for page in _pages(document):
            self.count += 1
            if self.count > self.limits.max_pages:
                self.remarks.append(too_many_pages(self.count, self.limits.max_pages))
                return
            clock.start()
            canvas.page = Page(self.count, 0.0, 0.0)
            notes: list[Remark] = []
            try:
                painter.process_page(page)
                notes = [*_notes_on(page, self.count)]
            except TooLongError:
                self._too_slow()
            except UnreadableError:
                raise
            except Exception:
                self.remarks.append(unread_page(self.count, *_BROKEN_PAGE))
            self.pages.add(canvas.page)
            self.remarks += (*remarks_of(canvas.page), *notes)
            document.forget()
            clock.start()

    def _too_slow(self) -> None:
        self.slow += 1
        seconds = self.limits.page_seconds
        zh = f"读了 {seconds} 秒还没有读完，已放弃；请把其中的图形转为图片，{ORIGINAL[0]}"
        en = f"not read within {seconds} seconds; turn its drawings into pictures, {ORIGINAL[1]}"
        self.remarks.append(unread_page(self.count, zh, en))
        if self.slow >= _MOST_SLOW:
            zh = f"有 {self.slow} 页读取过慢，没有继续读取；请重新导出 PDF，{ORIGINAL[0]}"
            raise UnreadableError(zh, f"{self.slow} pages took too long to read; export the PDF anew, {ORIGINAL[1]}")


@contextmanager
def _told() -> Iterator[None]:
    """Say in our words what is wrong with a file that is looked into within. Raises UnreadableError."""
    try:
        yield
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise _PROTECTED from error
    except UnreadableError:
        raise
    except TooLongError as error:
        raise _ENDLESS from error
    except Exception as error:
        raise _DAMAGED from error


def _pages(document: Objects) -> Iterator[PDFPage]:
    with _told():
        yield from PDFPage.create_pages(document)


def _notes_on(page: PDFPage, number: int) -> Iterator[Remark]:
    """Say which words stand in form fields and text boxes laid over the page, which are no part of its text."""
    try:
        for entry in list_value(page.annots) if page.annots else ():
            note = dict_value(entry)
            kind = literal_name(note.get("Subtype"))
            words = resolve1(note.get("V" if kind == "Widget" else "Contents")) if kind in ("Widget", "FreeText") else None
            if isinstance(words, bytes) and (text := decode_text(words).strip()):
                names = ("表单域", "a form field") if kind == "Widget" else ("文本批注框", "a text box laid over the page")
                yield unread_note(number, names, text)
    except (UnreadableError, TooLongError):
        raise
    except Exception:
        return
