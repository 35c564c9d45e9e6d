"""What people wrote beside a draft, in comments of Word and notes of Excel → remarks that tell the words; they are not judged.

Who reviews a draft quotes in his comments what he objects to, so that they are no part of it; a standard told in a note
must not pass unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assesslint.documents.model import Remark
from assesslint.text.location import WHOLE_FILE, Location
from assesslint.text.shortened import on_one_line, shortened

AUTHOR = "assesslint"
"""Who signs our notes: by this name they are found again and replaced, and nobody else's are touched."""

MOST_TOLD = 20
"""Comments of a file told one by one; beyond, they are counted."""

_LONGEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Comment:
    """`author` is empty where the file does not say who wrote it."""

    author: str
    words: str
    place: Location

    @property
    def is_ours(self) -> bool:
        """Tell whether we signed it; LibreOffice takes the names of authors off, what is left then is how the words begin."""
        return self.author == AUTHOR or (not self.author and self.words.lstrip().startswith(f"{AUTHOR}:"))


def remarks_on(comments: Iterable[Comment]) -> Iterator[Remark]:
    """Yield a remark for each comment of somebody else that has words."""
    others = [comment for comment in comments if comment.words.strip() and not comment.is_ours]
    for comment in others[:MOST_TOLD]:
        words, author = shortened(on_one_line(comment.words), _LONGEST_WORDS), comment.author.strip()
        zh = f"这里的批注{f'（{author}）' if author else ''}没有检查：“{words}”；如是考核内容，请写进正文"
        by = f" by {author}" if author else ""
        en = f"the comment here{by} was not checked: “{words}”; what belongs to the scheme goes into its text"
        yield Remark("unread-comment", zh, en, comment.place)
    if len(others) > MOST_TOLD:
        more = len(others) - MOST_TOLD
        yield Remark("unread-comment", f"另有 {more} 处批注没有检查", f"{more} more comments were not checked", WHOLE_FILE)
