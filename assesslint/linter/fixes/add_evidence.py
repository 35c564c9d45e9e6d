"""A proof that shows a result is named before those that only leave a trace. What is to be proof is for a person to say."""

from __future__ import annotations

from assesslint.linter.fixes.judged import Judged, Mend
from assesslint.policy.judge import Objection
from assesslint.scheme.model import Prose, Terms
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.source import Span


def add_evidence(judged: Judged, objection: Objection) -> Mend | None:
    """Return the proof that the rule names, put before the words of the objection."""
    leaf, mending, spans = judged.leaf_of(objection), objection.mending, objection.words.spans
    if leaf is None or mending is None or not spans:
        return None
    field = leaf.field_of(spans[0])
    start = spans[0].start
    words = {lang: central_vocabulary().name("evidence_kind", mending.value, lang) for lang in ("zh", "en")}
    zh, en = f"增加佐证“{words['zh']}”", f"name “{words['en']}” as proof"
    match field.value if field else None:
        case Terms(terms) if terms[0].span == spans[0]:
            english = judged.text(field.span if field else spans[0])[:1].isascii()
            return Mend(((Span(start, start), f"{mending.value if english else words['zh']}, "),), zh, en)
        case Prose():
            return Mend(((Span(start, start), f"{words['zh']}、"),), zh, en)
    return None
