"""A PDF with text → paragraphs and tables: a page at a time, and what of a page could not be read said with its place.

A scanned page holds a picture and no text; text in fonts that do not tell their characters is as good as none. Both are errors,
since a draft that was not read must not pass.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import decode_text

from assesslint.documents.limits import Limits
from assesslint.documents.model import Document, Remark
from assesslint.documents.pages import Glyph, Page, Pages
from assesslint.documents.pdf_bounds import Clock, Fonts, TooLongError, pdfminer_bounded
from assesslint.documents.pdf_page import UNKNOWN, Canvas, Painter
from assesslint.documents.transcript import Transcript
from assesslint.documents.unreadable import UnreadableError
from assesslint.text.location import Box, PageLocation

_HEADER_WITHIN = 1024
"""Bytes at the beginning of a file in which %PDF stands."""
_MOST_UNKNOWN = 0.1
"""Share of a page's glyphs without a character from which on the page counts as not read."""
_FEW_GLYPHS, _LARGE_PICTURE = 30, 0.5
"""A page of so few glyphs whose picture takes so much of it is a scan with a page number or a stamp on it."""
_SMALL_PICTURE = 0.02
_OUTLINES = 400
"""Curves from which on a page without text is one whose text was turned into outlines."""
_MOST_SLOW = 3
"""Pages that take too long before the file is given up."""
_EXCERPT = 40

_ORIGINAL = "或直接检查 Word 原稿", "or check the Word original"
_DAMAGED = UnreadableError(
    f"文件不完整或已损坏，不能作为 PDF 打开；请重新导出一份 PDF，{_ORIGINAL[0]}",
    f"the file is truncated or damaged and cannot be opened as a PDF; export it anew, {_ORIGINAL[1]}",
)
_NO_PDF = UnreadableError(
    "文件内容不是 PDF，与扩展名不符；请改回原来的扩展名，或重新导出",
    "the file is no PDF, whatever its name says; give it its own suffix, or export it anew",
)
_PROTECTED = UnreadableError(
    f"文件设有打开密码，请去掉密码后再检查，{_ORIGINAL[0]}",
    f"the file is protected by a password; remove it and check again, {_ORIGINAL[1]}",
)
_SCANNED = (
    f"这一页是扫描件或图片，没有文字可读；请先做文字识别（OCR），{_ORIGINAL[0]}",
    f"this page is a scan or a picture without text; have its text recognised (OCR) first, {_ORIGINAL[1]}",
)
_OUTLINED = (
    f"这一页的文字已转为曲线，读不出来；请导出带文字的 PDF，{_ORIGINAL[0]}",
    f"the text of this page was turned into outlines; export a PDF with text, {_ORIGINAL[1]}",
)
_BROKEN_PAGE = (
    f"这一页已损坏，没有读完；请重新导出 PDF，{_ORIGINAL[0]}",
    f"this page is damaged and was not read to its end; export the PDF anew, {_ORIGINAL[1]}",
)
_RECOGNISED = (
    "这一页的文字是扫描后识别出来的，可能有错字，请对照原件核对",
    "the text of this page was recognised from a scan and may hold mistakes; compare it with the original",
)


def read_pdf(path: str, data: bytes, limits: Limits) -> Document:
    if b"%PDF" not in data[:_HEADER_WITHIN]:
        raise _NO_PDF
    with pdfminer_bounded(limits):
        reader = _Reader(limits)
        reader.read(data)
    if not reader.count:
        raise _DAMAGED
    transcript = Transcript()
    blocks = tuple(reader.pages.blocks(transcript))
    return Document(transcript.source(path), blocks, remarks=(*reader.remarks, *reader.pages.remarks()))


@dataclass(slots=True)
class _Reader:
    """Reads page by page; `remarks` say what of a page was not read."""

    limits: Limits
    pages: Pages = field(default_factory=Pages)
    remarks: list[Remark] = field(default_factory=list)
    count: int = 0
    slow: int = 0

    def read(self, data: bytes) -> None:
        clock = Clock(self.limits.page_seconds)
        fonts = Fonts()
        canvas = Canvas(fonts, clock)
        painter = Painter(fonts, canvas)
        document = _opened(data)
        for page in _pages(document):
            self.count += 1
            if self.count > self.limits.max_pages:
                self._unread(self.count, *_too_many(self.limits.max_pages))
                return
            clock.start()
            try:
                painter.process_page(page)
            except TooLongError:
                self._too_slow()
            except UnreadableError:
                raise
            except Exception:
                self._unread(self.count, *_BROKEN_PAGE)
            self._take(canvas)
            self.remarks += _notes_on(page, self.count)
            document._cached_objs.clear()  # else the file's streams pile up unpacked

    def _unread(self, page: int, zh: str, en: str, boxes: tuple[Box, ...] = ()) -> None:
        self.remarks.append(Remark("unreadable-page", zh, en, PageLocation(page, boxes)))

    def _too_slow(self) -> None:
        self.slow += 1
        seconds = self.limits.page_seconds
        zh = f"这一页读了 {seconds} 秒还没有读完，已放弃；请把其中的图形转为图片，{_ORIGINAL[0]}"
        self._unread(self.count, zh, f"this page was not read within {seconds} seconds; turn its drawings into pictures, {_ORIGINAL[1]}")
        if self.slow >= _MOST_SLOW:
            zh = f"有 {self.slow} 页读取过慢，没有继续读取；请重新导出 PDF"
            en = f"{self.slow} pages took too long to read; export the PDF anew"
            raise UnreadableError(f"{zh}，{_ORIGINAL[0]}", f"{en}, {_ORIGINAL[1]}")

    def _take(self, canvas: Canvas) -> None:
        """Lay out what was painted, and say what of it is no text."""
        glyphs = canvas.glyphs
        self.pages.add(Page(self.count, canvas.width, canvas.height, glyphs, canvas.rules), canvas.slanted)
        visible = sum(not glyph.text.isspace() for glyph in glyphs) + sum(map(len, canvas.slanted))
        unknown = [glyph for glyph in glyphs if glyph.text == UNKNOWN]
        area = canvas.width * canvas.height or 1.0
        shares = [(box, (box[2] - box[0]) * (box[3] - box[1]) / area) for box in canvas.pictures]
        largest = max((share for _, share in shares), default=0.0)
        if (largest and not visible) or (largest >= _LARGE_PICTURE and visible < _FEW_GLYPHS):
            self._unread(self.count, *_SCANNED, tuple(canvas.pictures))
        elif not visible and canvas.curves >= _OUTLINES:
            self._unread(self.count, *_OUTLINED)
        elif unknown and len(unknown) >= _MOST_UNKNOWN * visible:
            zh = f"这一页有 {len(unknown)} 个字读不出来，因为字体没有说明是什么字；请重新导出 PDF，{_ORIGINAL[0]}"
            en = f"{len(unknown)} characters of this page cannot be read: their fonts do not tell what they are; export the PDF anew"
            self._unread(self.count, zh, f"{en}, {_ORIGINAL[1]}", _boxes(unknown))
        else:
            self._remark_details(canvas, unknown, [box for box, share in shares if share >= _SMALL_PICTURE])

    def _remark_details(self, canvas: Canvas, unknown: list[Glyph], pictures: list[Box]) -> None:
        if unknown:
            zh, en = f"有 {len(unknown)} 个字的字体没有说明是什么字，没有读出", f"the fonts do not tell what {len(unknown)} characters are"
            self._remark("unread-characters", zh, en, _boxes(unknown))
        if canvas.unseen and pictures:
            self._remark("recognised-text", *_RECOGNISED, tuple(pictures))
        elif pictures:
            self._remark("unread-picture", "图片里的文字没有检查", "text in this picture was not checked", tuple(pictures))
        if outside := "".join(glyph.text for glyph in canvas.outside).strip():
            zh = f"页面范围以外有看不见的文字“{_short(outside)}”，没有检查"
            en = f"“{_short(outside)}” stands outside of the page, where nobody sees it, and was not checked"
            self._remark("hidden-text", zh, en, ())

    def _remark(self, remark: str, zh: str, en: str, boxes: tuple[Box, ...]) -> None:
        self.remarks.append(Remark(remark, zh, en, PageLocation(self.count, boxes)))


def _opened(data: bytes) -> PDFDocument:
    try:
        return PDFDocument(PDFParser(io.BytesIO(data)))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise _PROTECTED from error
    except UnreadableError:
        raise
    except Exception as error:
        raise _DAMAGED from error


def _pages(document: PDFDocument) -> Iterator[PDFPage]:
    try:
        yield from PDFPage.create_pages(document)
    except UnreadableError:
        raise
    except Exception as error:
        raise _DAMAGED from error


def _too_many(most: int) -> tuple[str, str]:
    return (
        f"文件超过 {most} 页，从这一页起没有读取；请拆分后再检查，或在配置的 limits.max-pages 中放宽",
        f"the file has more than {most} pages and was not read from here on; split it, or raise limits.max-pages",
    )


def _notes_on(page: PDFPage, number: int) -> Iterator[Remark]:
    """Say which words stand in form fields and text boxes laid over the page, which are no part of its text."""
    try:
        for entry in list_value(page.annots) if page.annots else ():
            note = dict_value(entry)
            kind = literal_name(note.get("Subtype"))
            words = resolve1(note.get("V" if kind == "Widget" else "Contents")) if kind in ("Widget", "FreeText") else None
            if isinstance(words, bytes) and (text := decode_text(words).strip()):
                zh, en = ("表单域", "a form field") if kind == "Widget" else ("文本批注框", "a text box laid over the page")
                zh, en = f"{zh}里的文字“{_short(text)}”不属于正文，没有检查", f"“{_short(text)}” stands in {en} and was not checked"
                yield Remark("unread-object", zh, en, PageLocation(number, ()))
    except Exception:
        return


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"


def _boxes(glyphs: Iterable[Glyph]) -> tuple[Box, ...]:
    return tuple(glyph[1:] for glyph in glyphs)[:_EXCERPT]
