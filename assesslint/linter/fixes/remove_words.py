"""Words that a norm forbids go, with the item, clause or sentence they make; not where anything else would go or hang loose.

Nothing that tells of points may go with them, nor the last proof of an indicator. Where a norm forbids the words in part only, a person
has to agree.
"""

from __future__ import annotations

from collections.abc import Iterator

from assesslint.linter.fixes.judged import Judged, Leaf, Mend, line_of
from assesslint.policy.judge import Objection
from assesslint.reading.cuts import cut_around
from assesslint.scheme.model import Field, Names, Prose, Terms
from assesslint.text.shortened import quoted
from assesslint.text.source import Span

REMOVABLE = frozenset({"consequence", "evidence", "source", "reporting", "remarks"})
"""Fields that may go as a whole; what is left of an indicator is still one."""

BLANKS = " \t\u3000"

PROOF = frozenset({"evidence", "source"})


def remove_words(judged: Judged, objection: Objection) -> Mend | None:
    """Return the cut that takes the words of an objection out."""
    leaf = judged.leaf_of(objection)
    spans = objection.words.spans
    if leaf is None or not spans:
        return None
    field = leaf.field_of(spans[0])
    if field is None:
        return None
    is_listed = isinstance(field.value, Terms)
    found = _from_terms(judged, leaf, spans[0]) if is_listed else _from_prose(judged, leaf, field, objection)
    if found is None:
        return None
    cut, words = found
    if not all(judged.is_forbidden(fact) for place in cut for fact in leaf.facts_at(place)):
        return None
    zh, en = f"删去{quoted(words)}", f"take out {quoted(words)}"
    return Mend(tuple((span, "") for span in cut), zh, en, safe=objection.severity == "error" and bool(objection.basis))


Found = tuple[tuple[Span, ...], str]
"""What goes, and what it says."""


def _from_terms(judged: Judged, leaf: Leaf, span: Span) -> Found | None:
    """Return the cut of one word of a list in a field of the scheme language."""
    field, at = leaf.terms.get(span, (None, 0))
    if field is None or not isinstance(field.value, Terms):
        return None
    terms = field.value.terms
    if len(terms) == 1:
        whole = _whole_field(judged, leaf, field)
        return ((whole,), judged.text(span)) if whole else None
    cut = Span(span.start, terms[1].span.start) if at == 0 else Span(terms[at - 1].span.end, span.end)
    return None if "#" in judged.text(cut) else ((cut,), judged.text(span))


def _from_prose(judged: Judged, leaf: Leaf, field: Field, objection: Objection) -> Found | None:
    """Return the cut of an item, clause or sentence of prose."""
    placed = leaf.passage_of(objection.words)
    if placed is None:
        return None
    passage, (start, end) = placed
    cut = cut_around(passage, start, end, is_demand=not any(fact.words == objection.words for fact in leaf.read.consequences))
    if cut is None or passage.has("score", cut.start, cut.end):
        return None
    words = passage.words(*cut.words).text
    if not cut.empties(passage):
        return passage.words(cut.start, cut.end).spans, words
    if isinstance(field.value, Names):
        return _from_names(judged, field.value, objection.words.spans[0])
    whole = _whole_field(judged, leaf, field)
    return ((whole,), words) if whole else None


def _from_names(judged: Judged, value: Names, span: Span) -> Found | None:
    """Return the cut of one of several texts in quotes."""
    places = [Span(name.span.start - 1, name.span.end + 1) for name in value.names]
    at = next((at for at, place in enumerate(places) if place.start < span.start < place.end), None)
    if at is None:
        return None
    cut = Span(places[0].start, places[1].start) if at == 0 else Span(places[at - 1].end, places[at].end)
    return None if "#" in judged.text(cut) else ((cut,), value.names[at].text)


def _whole_field(judged: Judged, leaf: Leaf, field: Field) -> Span | None:
    """Return the place of a field that may go as a whole, with its line where it has one to itself; None where it may not."""
    if field.name not in REMOVABLE or (field.name in PROOF and not _has_other_proof(leaf, field)):
        return None
    text = judged.source.text
    line = line_of(text, field.span)
    if line is not None and "\n" not in judged.text(field.span):
        return line
    if judged.is_language:
        return None if "\n" in judged.text(field.span) else _with_space(text, field.span)
    [place, *others] = list(_pieces(field))
    labelled = text[: place.start].rstrip(BLANKS).endswith(("：", ":"))
    return None if others or labelled else place


def _has_other_proof(leaf: Leaf, field: Field) -> bool:
    return any(other.name in PROOF and other is not field for other in leaf.node.fields)


def _pieces(field: Field) -> Iterator[Span]:
    if isinstance(field.value, Prose):
        yield from field.value.spans(0, len(field.value.text))


def _with_space(text: str, span: Span) -> Span:
    """Return a place with the blanks before it; where it begins its line, with those behind it, up to the remark that stays."""
    start, end = span.start, span.end
    while start and text[start - 1] in BLANKS:
        start -= 1
    if start and text[start - 1] != "\n":
        return Span(start, end)
    while end < len(text) and text[end] in BLANKS:
        end += 1
    return Span(span.start, end)
