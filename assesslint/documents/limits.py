"""What a draft may cost: untrusted files are read within these bounds, and what goes beyond is named and refused."""

from __future__ import annotations

from dataclasses import dataclass

from assesslint.documents.unreadable import UnreadableError, raised


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds. A page of print has some six hundred characters, a scheme of 300 indicators a hundred thousand."""

    max_bytes: int = 20_000_000
    """Largest file read."""
    max_unpacked_bytes: int = 400_000_000
    """Most that the parts of a Word, Excel or OFD file, or the streams of a PDF, may come to when unpacked."""
    max_xml_bytes: int = 40_000_000
    """Largest XML part read as a whole, such as the body of a Word file. In memory it takes up to thirty times as much."""
    max_characters: int = 500_000
    """Most characters of text in one draft: judging takes time in proportion to them, and this many well under a minute."""
    max_cells: int = 1_000_000
    """Most cells with content read from one workbook, and most places of a table of a web page."""
    max_pages: int = 3_000
    """Most pages read from a PDF or OFD file."""
    page_seconds: int = 20
    """Longest that it may take to read one page of a PDF, and as long again to find it."""
    conversion_seconds: int = 120
    """Longest that LibreOffice may take to convert one file."""

    def hold(self, characters: int) -> None:
        """Raise UnreadableError for a draft with this many characters, if that is more than the most."""
        if characters > self.max_characters:
            most, way_out = f"{self.max_characters:,}", raised("max-characters")
            raise UnreadableError(
                f"草案的文字已有 {characters:,} 字，超过上限 {most} 字，没有检查；请按章节或单位拆成几个文件再检查，{way_out[0]}",
                f"the draft has at least {characters:,} characters, more than the {most} allowed, and was not checked; "
                f"split it by chapters or units, {way_out[1]}",
            )


DEFAULT_LIMITS = Limits()
