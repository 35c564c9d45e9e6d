"""Whether a line of text goes on with the paragraph above it, as far as the words tell: for text wrapped at a width and printed pages."""

from __future__ import annotations

import re

_OPENS_PARAGRAPH = re.compile(
    r"[\s\u3000]|[（(]?[一二三四五六七八九十\d①-⑳]{1,4}[)）、.．]|第[一二三四五六七八九十百\d]{1,4}[章节条部]|[①-⑳❶-❿]|[甲乙丙丁戊己庚辛壬癸][、.．]|[-·●◆■*#【]|[^：:]{2,8}[：:]|附件"
)
_CLOSES_PARAGRAPH = "。；：！？;:!?）)|\t"
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、]|[（(]\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[章节条]"
)


def opens_paragraph(words: str) -> bool:
    """Tell whether a line begins as a paragraph of its own does: indented, with a number, a bullet or a label."""
    return _OPENS_PARAGRAPH.match(words) is not None


def closes_paragraph(words: str) -> bool:
    """Tell whether a line ends as a paragraph does."""
    return words[-1:] != "" and words[-1] in _CLOSES_PARAGRAPH


def is_numbered(words: str) -> bool:
    """Tell whether a line begins with a number as items of a list do, and not with one of a sentence (3.5分, 2026年)."""
    return _NUMBERED.match(words) is not None


def is_open(words: str) -> bool:
    """Tell whether a line ends within quotation marks or brackets."""
    return any(words.rfind(opening) > words.rfind(closing) for opening, closing in ("“”", "（）", "()", "《》"))
