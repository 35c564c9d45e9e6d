"""A proof that shows a result is named before those that only leave a trace. What is to be proof is for a person to say."""

from __future__ import annotations

from assesslint.linter.fixes.judged import Judged, Leaf, Mend, places_of
from assesslint.policy.judge import Objection
from assesslint.scheme.keywords import BLOCKS
from assesslint.scheme.model import Field, Names, Prose, Terms
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.source import Span

EVIDENCE = next(field for field in BLOCKS["scored"].fields if field.id == "evidence")


def add_evidence(judged: Judged, objection: Objection) -> Mend | None:
    """Return the proof that the rule names, put where the draft lists proofs; in the scheme language a field is made for it."""
    leaf, mending, spans = judged.leaf_of(objection), objection.mending, objection.words.spans
    field = leaf.field_of(spans[0]) if leaf and spans else None
    if leaf is None or mending is None or field is None:
        return None
    words = {lang: central_vocabulary().name("evidence_kind", mending.value, lang) for lang in ("zh", "en")}
    edit = _edit(judged, leaf, field, objection, mending.value)
    return edit and Mend((edit,), f"增加佐证“{words['zh']}”", f"name “{words['en']}” as proof")


def _edit(judged: Judged, leaf: Leaf, field: Field, objection: Objection, kind: str) -> tuple[Span, str] | None:
    name = central_vocabulary().name("evidence_kind", kind)
    listed = field if field.name == EVIDENCE.id else next((each for each in leaf.node.fields if each.name == EVIDENCE.id), None)
    if listed is not None:
        start = min((place.start for place in places_of(listed.value)), default=None)
        match listed.value:
            case Terms() if start is not None:
                return Span(start, start), f"{kind if _is_english(judged, listed.span) else name}, "
            case Prose() if start is not None:
                return Span(start, start), f"{name}、"
            case Names() if start is not None:
                return Span(start - 1, start - 1), f'"{name}", '
        return None
    if judged.is_language:
        return Span(field.span.end, field.span.end), _own_line(judged, field, kind, name)
    placed = leaf.passage_of(objection.words)
    start = objection.words.spans[0].start
    return (Span(start, start), f"{name}、") if placed and placed[0].closes_with("proved_by", placed[1][0]) else None


def _own_line(judged: Judged, field: Field, kind: str, name: str) -> str:
    """Return a field of its own, on a line below `field`, or beside it where that stands on the line of its block."""
    text = judged.source.text
    start = text.rfind("\n", 0, field.span.start) + 1
    blanks = text[start : field.span.start]
    english = _is_english(judged, field.span)
    return ("\n" + blanks if not blanks.strip() else "  ") + f"{EVIDENCE.word('en' if english else 'zh')}: {kind if english else name}"


def _is_english(judged: Judged, span: Span) -> bool:
    return judged.text(span)[:1].isascii()
