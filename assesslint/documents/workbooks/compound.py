"""A compound file (OLE; what .doc, .xls and .et were before they became zips) → the bytes of its streams, by name ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from assesslint.documents.recognised import OLE
from assesslint.documents.unreadable import UnreadableError

_HEADER = 512
_LARGEST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_STREAM, _ROOT = 2, 5

DAMAGED = UnreadableError(
    "文件不完整或已损坏，不能打开；请在 Excel 或 WPS 中另存为 .xlsx 再检查",
    "the file is truncated or damaged; save it as .xlsx in Excel or WPS and check that",
)


class Compound:
    """The streams of one file. Raises UnreadableError for what is damaged; a chain of sectors that runs in a circle is."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(OLE):
            raise DAMAGED
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise DAMAGED
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        first_directory, _, self._cutoff, first_mini, _, first_more, _ = struct.unpack_from("<7I", data, 48)
        self._table = self._allocation(list(struct.unpack_from("<109I", data, 76)), first_more)
        entries = list(self._entries(b"".join(self._chain(first_directory))))
        self._streams = {name: (start, size) for kind, name, start, size in entries if kind == _STREAM}
        root = next(((start, size) for kind, _, start, size in entries if kind == _ROOT), (_LARGEST_SECTOR, 0))
        self._mini_data = b"".join(self._chain(root[0]))
        mini_table = b"".join(self._chain(first_mini))
        self._mini_table = struct.unpack(f"<{len(mini_table) // 4}I", mini_table[: len(mini_table) // 4 * 4])

    def __contains__(self, name: str) -> bool:
        return name in self._streams

    def stream(self, name: str) -> bytes:
        """Return a stream's bytes. Raises KeyError for one that is not there."""
        start, size = self._streams[name]
        pieces = self._chain(start) if size >= self._cutoff else self._mini_chain(start)
        data = b"".join(pieces)[:size]
        if len(data) < size:
            raise DAMAGED
        return data

    def _allocation(self, sectors: list[int], more: int) -> tuple[int, ...]:
        """Return which sector follows each; `sectors` hold this table, `more` is where the list of them goes on."""
        seen = 0
        while more < _LARGEST_SECTOR:
            seen += 1
            listed = self._sector(more)
            if seen * self._size > len(self._data) or len(listed) < self._size:
                raise DAMAGED
            *found, more = struct.unpack(f"<{self._size // 4}I", listed)
            sectors += found
        table = b"".join(self._sector(sector) for sector in sectors if sector < _LARGEST_SECTOR)
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, sector: int) -> Iterator[bytes]:
        for number in _followed(sector, self._table):
            yield self._sector(number)

    def _mini_chain(self, sector: int) -> Iterator[bytes]:
        for number in _followed(sector, self._mini_table):
            yield self._mini_data[number * self._mini_size : (number + 1) * self._mini_size]

    @staticmethod
    def _entries(data: bytes) -> Iterator[tuple[int, str, int, int]]:
        """Yield kind, name, first sector and size of each entry of the directory."""
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            start, size = struct.unpack_from("<II", data, at + 116)
            yield kind, data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), start, size


def _followed(sector: int, table: tuple[int, ...]) -> Iterator[int]:
    for _ in range(len(table) + 1):
        if sector >= _LARGEST_SECTOR:
            return
        if sector >= len(table):
            raise DAMAGED
        yield sector
        sector = table[sector]
    raise DAMAGED
