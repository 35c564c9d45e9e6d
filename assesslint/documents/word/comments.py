"""The comments of a Word file, with where in the text each hangs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assesslint.documents.comments import Comment
from assesslint.documents.word.file import W, WordFile
from assesslint.documents.word.walk import text_of
from assesslint.text.location import WHOLE_FILE, WordLocation


def comments_of(file: WordFile, places: Mapping[str, WordLocation]) -> Iterator[Comment]:
    """Yield the comments; `places` are those of the references to them, by their id."""
    part = file.part_for("comments")
    for comment in file.xml_of(part).iterchildren(W + "comment") if part else ():
        words = "\n".join("".join(map(text_of, paragraph.iter(W + "t"))) for paragraph in comment.iter(W + "p"))
        yield Comment(comment.get(W + "author", ""), words, places.get(comment.get(W + "id", ""), WHOLE_FILE))
