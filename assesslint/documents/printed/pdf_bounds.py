"""What keeps pdfminer within bounds on files made to exhaust it: streams that unpack to anything, fonts of endless ranges, endless pages,
objects that refer to themselves.

pdfminer unpacks each stream whole and fills tables for whatever ranges a font claims. Neither has a setting, so the unpacking it
calls is replaced while a file is read, and a font's claims are looked at before it is made. It follows references without end, so
objects are looked up under a clock.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

from pdfminer import pdftypes
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, list_value, resolve1

from assesslint.documents.limits import Limits
from assesslint.documents.printed.remarks import ORIGINAL
from assesslint.documents.unreadable import UnreadableError, unpacks_to_too_much

_CHUNK = 65_536
_MOST_CODES = 400_000
"""Codes that the ranges of a font may come to; a font has 65,536 at most."""
_RANGES = re.compile(rb"begin(?:bf|cid)range(.*?)end", re.DOTALL)
_RANGE = re.compile(rb"<([0-9a-fA-F]{1,16})><([0-9a-fA-F]{1,16})>(?:<[^>]*>|\[[^\]]*\]|\d+)")
_TICKS = 256
"""Operations between two looks at the clock."""


_CIRCLE = UnreadableError(
    f"文件中有对象引用自身，不是正常的 PDF，没有读取；请重新导出一份 PDF，{ORIGINAL[0]}",
    f"an object of the file refers to itself, which no sound PDF does; it was not read; export it anew, {ORIGINAL[1]}",
)


class TooLongError(Exception):
    """A page, or the list of pages, took longer than it may."""


class Clock:
    """Runs from `start` on; `tick` is called often and raises TooLongError when the time is over."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ticks = 0
        self._until = 0.0

    def start(self) -> None:
        self._until = monotonic() + self._seconds

    def tick(self) -> None:
        self._ticks += 1
        if self._ticks % _TICKS == 0 and monotonic() > self._until:
            raise TooLongError


class _Unpacking:
    """Stands for the module zlib in pdfminer: unpacks no more than `most` bytes in all, and of a damaged stream what it can."""

    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)

    def __init__(self, most: int) -> None:
        self._most = most
        self._left = most

    def decompress(self, data: bytes) -> bytes:
        unpacker = zlib.decompressobj()
        parts: list[bytes] = []
        try:
            for at in range(0, len(data), _CHUNK):
                part = unpacker.decompress(data[at : at + _CHUNK], self._left + 1)
                self._left -= len(part)
                if self._left < 0:
                    raise self._too_much()
                parts.append(part)
        except zlib.error:
            pass
        return b"".join(parts)

    def _too_much(self) -> UnreadableError:
        return unpacks_to_too_much(self._most)


@contextmanager
def pdfminer_bounded(limits: Limits) -> Iterator[None]:
    """Let pdfminer unpack no more than is allowed, and say nothing by itself."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)
    module = vars(pdftypes)
    original = module["zlib"]
    module["zlib"] = _Unpacking(limits.max_unpacked_bytes)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        module["zlib"] = original


class Objects(PDFDocument):
    """The objects of a file, looked up under a clock. Raises UnreadableError for one that is nothing but a reference to itself."""

    def __init__(self, data: bytes, clock: Clock) -> None:
        self._clock = clock
        super().__init__(PDFParser(io.BytesIO(data)))

    def getobj(self, objid: int) -> object:
        self._clock.tick()
        found = super().getobj(objid)
        passed = {objid}
        while isinstance(found, PDFObjRef):
            if found.objid in passed:
                raise _CIRCLE
            self._clock.tick()
            passed.add(found.objid)
            found = super().getobj(found.objid)
        return found

    def forget(self) -> None:
        """Drop what was looked up, else the streams of the file pile up unpacked."""
        self._cached_objs.clear()


class Fonts(PDFResourceManager):
    """Makes fonts without those of their tables that claim more codes than there are."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        sane = {key: value for key, value in spec.items() if key not in _TABLES or _codes(resolve1(value)) <= _MOST_CODES}
        return super().get_font(objid, sane)


_TABLES = ("ToUnicode", "W", "W2")


def _codes(table: object) -> int:
    """Return how many codes the ranges of a font's table come to."""
    if isinstance(table, PDFStream):
        ranges = b"".join(_RANGES.findall(table.get_data())).translate(None, b" \t\r\n")
        return sum(max(0, int(end, 16) - int(start, 16)) for start, end in _RANGE.findall(ranges))
    if not isinstance(table, list):
        return 0
    numbers: list[float] = []
    codes = 0
    for value in map(resolve1, list_value(table)):
        if isinstance(value, list):
            codes += len(value)
            numbers = []
        elif isinstance(value, (int, float)):
            numbers.append(value)
            if len(numbers) == 3:
                codes += max(0, int(numbers[1] - numbers[0]))
                numbers = []
    return codes
