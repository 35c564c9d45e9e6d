"""The lines of one indicator → its fields: what stands after a label is that field, the rest is content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assesslint.documents.model import Paragraph, join_prose, slice_prose
from assesslint.documents.structure.lines import Line, is_label
from assesslint.documents.structure.words import INDICATOR_LABELS, is_proof
from assesslint.scheme.model import FIELDS, Field, Piece, Prose
from assesslint.text.normalise import normalise
from assesslint.text.source import Span

_TRAILING = " \t\u3000，；、,;"
_LEADING = " \t\u3000，。；：、,.;:"
_WAYS = ("方式", "方法", "办法", "途径", "手段", "形式")
"""How a label ends that says how things are assessed: by visits, by points, or by what is shown."""
_NO_FIELD = {"name": "content", "points": "remarks", "group": "remarks", "number": "remarks"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of an indicator under one label (`word`, empty for none) and the places of the label itself."""

    word: str
    prose: Prose
    label: tuple[Span, ...] = ()


def stretches(line: Line, start: int) -> list[Stretch]:
    """Cut `line.text[start:]` at its labels; what parts them from one another is left out."""
    cuts = [label for label in line.labels if label.start >= start]
    first = line.part(start, cuts[0].start if cuts else None)
    found = [Stretch("", without_trailing_marks(first) if cuts else first)] if first.text else []
    ends = [*(label.start for label in cuts[1:]), len(line.text)]
    for label, end in zip(cuts, ends, strict=False):
        prose, places = line.part(label.end, end), line.places(label.start, label.end)
        found.append(Stretch(label.word, prose if end == len(line.text) else without_trailing_marks(prose), places))
    return found


def without_leading_marks(prose: Prose) -> Prose:
    """Return the prose without the comma or stop left over where its heading was cut off."""
    return slice_prose(prose, len(prose.text) - len(prose.text.lstrip(_LEADING)), len(prose.text))


def without_trailing_marks(prose: Prose) -> Prose:
    """Return the prose without the comma or semicolon that parts it from the next label."""
    return slice_prose(prose, 0, len(prose.text.rstrip(_TRAILING)))


def fields_of(found: Iterable[Stretch]) -> tuple[Field, ...]:
    """Gather stretches into fields, in the order their labels come; words without label go on with the field before them."""
    gathered: list[tuple[str, list[Prose], list[Span]]] = [("", [], [])]
    for stretch in found:
        if stretch.word:
            gathered.append((stretch.word, [], list(stretch.label)))
        gathered[-1][1].append(stretch.prose)
    fields = []
    for word, proses, label in gathered:
        value = join_prose(proses)
        if value.text:
            fields.append(Field(shown_by(field_name(word), word, value), value, word, _cover(label, value)))
    return tuple(fields)


def field_name(word: str) -> str:
    role = INDICATOR_LABELS.get(word, "content" if not word else "remarks")
    return role if role in FIELDS else _NO_FIELD.get(role, "remarks")


def shown_by(role: str, word: str, value: Prose) -> str:
    """Return the role of what a label says of how things are assessed: evidence where it names what is shown, else its own."""
    if role == "inspection" or (role == "scoring" and word.endswith(_WAYS)):
        return "evidence" if is_proof(normalise(value.text).text) else role
    return role


def line_stretches(line: Line) -> list[Stretch]:
    """Cut a whole line at its labels; a number stays with its words, but not before a label."""
    return stretches(line, line.label.start if line.label else 0)


def row_line(row: tuple[Prose, ...]) -> Line:
    """Return the cells of a row as one line; a label and its value, as in a form, as such."""
    form = len(row) == 2 and is_label(row[0].text)
    return Line(Paragraph(join_prose(row, "：" if form else "\t")))


def _cover(label: list[Span], value: Prose) -> Span:
    """Return the smallest place that holds the label and its value."""
    spans = [*label, *value.places]
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else Span(0, 0)


def pieces_span(proses: Iterable[Prose]) -> Span:
    """Return the smallest place that holds these proses."""
    pieces: list[Piece] = [piece for prose in proses for piece in prose.pieces]
    if not pieces:
        return Span(0, 0)
    return Span(min(p.source for p in pieces), max(p.source + p.length for p in pieces))
