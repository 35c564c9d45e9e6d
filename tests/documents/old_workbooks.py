"""Workbooks of Excel 97 (.xls) for tests, made record by record and put into a compound file."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
BOF = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6)


def record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def text(words: str) -> bytes:
    """Return a string with the number of its characters, each in two bytes."""
    return struct.pack("<HB", len(words), 1) + words.encode("utf-16-le")


def cell(number: int, row: int, column: int, rest: bytes, style: int = 0) -> bytes:
    return record(number, struct.pack("<HHH", row, column, style) + rest)


def label(row: int, column: int, words: str) -> bytes:
    return cell(0x0204, row, column, text(words))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return cell(0x0203, row, column, struct.pack("<d", value), style)


def workbook(*sheets: bytes, shared: bytes = b"", formats: Sequence[str] = (), globals_: bytes = b"", kinds: Sequence[int] = ()) -> bytes:
    """Return the stream of a workbook of sheets 表1, 表2 …, each given as its records; `kinds` are their kinds, shifted, and states."""
    names = [f"表{at}".encode("utf-16-le") for at in range(1, len(sheets) + 1)]
    own = b"".join(record(0x041E, struct.pack("<H", at) + text(code)) for at, code in enumerate(formats, 164))
    styles = b"".join(record(0x00E0, struct.pack("<HH", 0, at) + bytes(16)) for at in range(164, 164 + len(formats)))
    before = record(0x0809, BOF) + globals_ + own + styles
    after = shared + record(0x000A)
    parts = [record(0x0809, BOF) + sheet + record(0x000A) for sheet in sheets]
    at = len(before) + sum(12 + len(name) for name in names) + len(after)
    listed = b""
    for place, (name, part) in enumerate(zip(names, parts, strict=True)):
        kind = kinds[place] if place < len(kinds) else 0
        listed += record(0x0085, struct.pack("<IHBB", at, kind, len(name) // 2, 1) + name)
        at += len(part)
    return before + listed + after + b"".join(parts)


def xls(stream: bytes, name: str = "Workbook") -> bytes:
    """Return a compound file of one stream, large enough to lie outside of the small ones."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // SECTOR)
    tables = -(-(sectors + 2) // (SECTOR // 4)) + 1
    chain = [TABLE] * tables + [END] + [*range(tables + 2, tables + 1 + sectors), END]
    table = b"".join(struct.pack("<I", link) for link in chain).ljust(tables * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, END, 0, END, 0)
    header += b"".join(struct.pack("<I", at) for at in range(tables)).ljust(436, b"\xff")
    directory = _entry("Root Entry", 5, END, 0, child=1) + _entry(name, 2, tables + 1, len(stream))
    return header + table + directory.ljust(SECTOR, b"\0") + stream.ljust(sectors * SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    words = name.encode("utf-16-le")
    named = words.ljust(64, b"\0") + struct.pack("<HBB", len(words) + 2, kind, 1)
    return named + struct.pack("<III", FREE, FREE, child) + bytes(36) + struct.pack("<IQ", start, size)
