"""Data declared to go several ways are collected once and shared. Who shares with whom is for a person to say."""

from __future__ import annotations

from assesslint.linter.fixes.judged import Judged, Mend
from assesslint.policy.judge import Objection
from assesslint.scheme.keywords import BLOCKS
from assesslint.scheme.model import DataItem
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.shortened import quoted
from assesslint.text.source import Span

SHARED = "shared"


def share_data(judged: Judged, objection: Objection) -> Mend | None:
    """Return the declaration of the data with the means that makes one collection serve all."""
    spans = objection.words.spans
    item = judged.declared.get(spans[0]) if spans else None
    if not isinstance(item, DataItem) or item.means is not None or not judged.is_language:
        return None
    lang = "en" if judged.text(item.span)[:1].isascii() else "zh"
    field = next(field for field in BLOCKS["data"].fields if field.id == "means")
    value = SHARED if lang == "en" else central_vocabulary().name("means", SHARED)
    opening = next((at + 1 for at in range(item.name.span.end, item.span.end) if judged.source.text[at] in "{｛"), None)
    if opening is None:
        return None
    zh, en = f"{quoted(item.name.text)}改为一次采集、共享取用", f"collect {quoted(item.name.text)} once and share it"
    return Mend(((Span(opening, opening), _set_apart(judged.source.text, opening, f"{field.word(lang)}: {value}")),), zh, en)


def _set_apart(text: str, opening: int, field: str) -> str:
    """Return a field as it stands first in a block: on a line of its own where the others do."""
    line = text[opening : text.find("\n", opening) + 1]
    if line.strip() or not line:
        return f" {field} "
    following = text[opening + len(line) :]
    blanks = following[: len(following) - len(following.lstrip(" \t"))]
    return f"\n{blanks}{field}"
