"""A page of a PDF or OFD file → what has to be said of it: that it was not read, or what on it is no text.

A scanned page holds a picture and no text; text in fonts that do not tell their characters is as good as none. Both are errors,
since a draft that was not read must not pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assesslint.documents.model import Remark
from assesslint.documents.printed.glyphs import UNKNOWN, Glyph, Page
from assesslint.documents.unreadable import raised
from assesslint.text.location import Box, PageLocation
from assesslint.text.shortened import shortened

_MOST_UNKNOWN = 0.1
"""Share of a page's glyphs without a character from which on the page counts as not read."""
_FEW_GLYPHS, _LARGE_PICTURE = 30, 0.5
"""A page of so few glyphs whose picture takes so much of it is a scan with a page number or a stamp on it."""
_SMALL_PICTURE = 0.02
_OUTLINES = 400
"""Curves from which on a page without text is one whose text was turned into outlines."""
_MOST_BOXES = 40
_EXCERPT = 40

ORIGINAL = "或直接检查 Word 原稿", "or check the Word original"

_SCANNED = (
    f"是扫描件或图片，没有文字可读；请先做文字识别（OCR），{ORIGINAL[0]}",
    f"a scan or a picture without text; have its text recognised (OCR) first, {ORIGINAL[1]}",
)
_OUTLINED = (
    f"文字已转为曲线，读不出来；请重新导出带文字的文件，{ORIGINAL[0]}",
    f"the text was turned into outlines; export the file with its text, {ORIGINAL[1]}",
)
_RECOGNISED = (
    "文字是扫描后识别出来的，可能有错字，请对照原件核对",
    "the text was recognised from a scan and may hold mistakes; compare it with the original",
)


def remarks_of(page: Page) -> Iterator[Remark]:
    visible = sum(not glyph.text.isspace() for glyph in page.glyphs) + sum(map(len, page.slanted))
    unknown = [glyph for glyph in page.glyphs if glyph.text == UNKNOWN]
    area = page.width * page.height or 1.0
    shares = [(box, (box[2] - box[0]) * (box[3] - box[1]) / area) for box in page.pictures]
    largest = max((share for _, share in shares), default=0.0)
    pictures = [box for box, share in shares if share >= _SMALL_PICTURE]
    if (largest and not visible) or (largest >= _LARGE_PICTURE and visible < _FEW_GLYPHS):
        yield unread_page(page.number, *_SCANNED)
    elif not visible and page.curves >= _OUTLINES:
        yield unread_page(page.number, *_OUTLINED)
    elif unknown and len(unknown) >= _MOST_UNKNOWN * visible:
        zh = f"有 {len(unknown)} 个字读不出来，因为字体没有说明是什么字；请重新导出文件，{ORIGINAL[0]}"
        en = f"{len(unknown)} characters cannot be read: their fonts do not tell what they are; export the file anew"
        yield unread_page(page.number, zh, f"{en}, {ORIGINAL[1]}", _boxes(unknown))
    else:
        if unknown:
            zh, en = f"有 {len(unknown)} 个字的字体没有说明是什么字，没有读出", f"the fonts do not tell what {len(unknown)} characters are"
            yield _remark("unread-characters", zh, en, page.number, _boxes(unknown))
        if page.unseen and pictures:
            yield _remark("recognised-text", *_RECOGNISED, page.number, pictures)
        elif pictures:
            yield _remark("unread-picture", "图片里的文字没有检查", "text in this picture was not checked", page.number, pictures)
    if outside := "".join(glyph.text for glyph in page.outside).strip():
        words = shortened(outside, _EXCERPT)
        zh = f"有看不见的文字“{words}”，没有检查"
        yield _remark("hidden-text", zh, f"“{words}” is hidden on this page and was not checked", page.number)


def by_runs(remarks: Iterable[Remark]) -> list[Remark]:
    """Join what is said in the same words of page after page to one remark on all of them."""
    joined: list[Remark] = []
    latest: dict[tuple[str, str], int] = {}
    for remark in remarks:
        key, place = (remark.id, remark.zh), remark.location
        before = joined[latest[key]].location if key in latest else None
        if isinstance(place, PageLocation) and isinstance(before, PageLocation) and place.page - (before.last or before.page) == 1:
            joined[latest[key]] = replace(remark, location=PageLocation(before.page, before.boxes, place.page))
        else:
            latest[key] = len(joined)
            joined.append(remark)
    return joined


def unread_page(page: int, zh: str, en: str, boxes: Iterable[Box] = ()) -> Remark:
    """Return what says that a page was not read."""
    return _remark("unreadable-page", zh, en, page, boxes)


def unread_note(page: int, names: tuple[str, str], text: str) -> Remark:
    """Return what says that words laid over a page are no part of its text; `names` is what they stand in, in both languages."""
    words = shortened(text, _EXCERPT)
    zh, en = f"{names[0]}里的文字“{words}”不属于正文，没有检查", f"“{words}” stands in {names[1]} and was not checked"
    return _remark("unread-object", zh, en, page)


def too_many_pages(page: int, most: int) -> Remark:
    """Return what says that pages from this one on were not read."""
    way_out = raised("max-pages")
    zh = f"文件超过 {most} 页，从这一页起没有读取；请拆分后再检查，{way_out[0]}"
    return unread_page(page, zh, f"the file has more than {most} pages and was not read from here on; split it, {way_out[1]}")


def _remark(remark: str, zh: str, en: str, page: int, boxes: Iterable[Box] = ()) -> Remark:
    return Remark(remark, zh, en, PageLocation(page, tuple(boxes)[:_MOST_BOXES]))


def _boxes(glyphs: Iterable[Glyph]) -> Iterator[Box]:
    return (glyph.box for glyph in glyphs)
