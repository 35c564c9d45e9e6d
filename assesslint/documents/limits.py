"""What a draft may cost: untrusted files are read within these bounds, and what goes beyond is named and refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds. A thousand pages of text are two million bytes."""

    max_bytes: int = 20_000_000
    """Largest file read."""
    max_unpacked_bytes: int = 400_000_000
    """Most that the parts of a Word, Excel or OFD file may come to when unpacked."""
    max_xml_bytes: int = 40_000_000
    """Largest XML part read as a whole, such as the body of a Word file. In memory it takes up to thirty times as much."""
    max_cells: int = 1_000_000
    """Most cells with content read from one workbook."""
    max_pages: int = 3_000
    """Most pages read from a PDF or OFD file."""
    page_seconds: int = 20
    """Longest that one page of a PDF may take to read, or finding the next one."""
    conversion_seconds: int = 120
    """Longest that LibreOffice may take to convert one file."""


DEFAULT_LIMITS = Limits()
