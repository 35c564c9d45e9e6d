"""A document → the schemes in it, and notices for words that found no place.

Nothing is dropped: what is no indicator is a provision, what says something of the scheme is a field of it, and a word that is
in neither is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import PurePath

from assesslint.documents.model import UNREAD, Document, Paragraph, Table, join_prose
from assesslint.documents.structure.columns import IndicatorTable
from assesslint.documents.structure.fields import (
    Stretch,
    fields_of,
    line_stretches,
    pieces_span,
    row_line,
    stretches,
    without_leading_marks,
)
from assesslint.documents.structure.grades import told_points
from assesslint.documents.structure.grids import Part, parts_of
from assesslint.documents.structure.lines import Line, Points
from assesslint.documents.structure.names import first_words, heading_of, kind_of
from assesslint.documents.structure.outline import Node, outline
from assesslint.documents.structure.particulars import inherit, is_attachment_mark, is_title, read_particulars
from assesslint.documents.structure.tables import Item, TableReading, cell_points, read_table
from assesslint.documents.structure.unread import not_understood, partly_recognised, tables_without_head, unknown_columns
from assesslint.documents.structure.words import DUTIES_SECTION, GOVERNING, INDICATOR_LABELS, LIST_HEAD, NOTICE_TITLE, ORGAN, PROVISION
from assesslint.findings.model import Finding, Notice
from assesslint.scheme.model import Field, Group, Indicator, Prose, Scheme, points_of_scored
from assesslint.text.normalise import normalise
from assesslint.text.source import Source, Span

_LONGEST_GOVERNING_HEAD = 30


@dataclass(frozen=True, slots=True)
class Built:
    schemes: tuple[Scheme, ...]
    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()


def build(document: Document, lang: str = "zh") -> Built:
    """Return the schemes of a document. Without any indicator it is one scheme of one provision, with a finding; without any text, none."""
    parts = list(parts_of(document.blocks))
    seen: list[Span] = list(document.markup)
    schemes: list[Scheme] = []
    for segment in _segments(parts):
        scheme = _Builder(segment, document.source).scheme(seen)
        schemes.append(inherit(scheme, schemes[0]) if schemes else scheme)
    findings: tuple[Finding, ...] = ()
    if not any(indicator.kind != "provision" for scheme in schemes for _, indicator in scheme.indicators()):
        schemes = list(_as_one_provision(schemes[0], document))
        findings = tuple(_nothing_recognised(document, lang))
    partly = partly_recognised(document.source, schemes, lang) if not findings else ()
    unknown = unknown_columns(document.source, parts, lang)
    headless = tables_without_head(document, parts, lang)
    return Built(tuple(schemes), findings, (*partly, *headless, *unknown, *not_understood(document.source, parts, schemes, seen, lang)))


def _segments(parts: list[Part]) -> Iterator[list[Part]]:
    """Cut a file before each title that stands over indicators of its own and has such above it."""
    titles = [at for at, part in enumerate(parts) if isinstance(part, Line) and is_title(part)]
    starts = [at - 1 if at and _is_mark(parts[at - 1]) else at for at in titles]
    segment: list[Part] = []
    for start, end in pairwise([0, *starts, len(parts)]):
        following = parts[start:end]
        if _has_indicators(segment) and _has_indicators(following):
            yield segment
            segment = []
        segment += following
    yield segment


def _is_mark(part: Part) -> bool:
    return isinstance(part, Line) and is_attachment_mark(part)


def _has_indicators(parts: Iterable[Part]) -> bool:
    return any(isinstance(part, IndicatorTable) or (bool(part.points) and not is_title(part)) for part in parts)


class _Builder:
    """Builds one scheme from its lines and tables."""

    def __init__(self, parts: list[Part], source: Source) -> None:
        self.source = source
        self.span = pieces_span(prose for part in parts for prose in _proses(part))
        self.root = outline(parts)
        self.pointed = _has_indicators(parts) or self.root.holds_indicators
        self.totals: list[tuple[Decimal, Decimal]] = []
        """What each table with a row of totals gives as its total, and what its indicators give."""
        self.seen: list[Span] = []

    def scheme(self, seen: list[Span]) -> Scheme:
        """Return the scheme; places of words that only order the text are added to `seen`."""
        above = self._under_title()
        preamble = [*above, *self.root.own_lines]
        particulars = read_particulars(preamble, list(_outside(self.root)), [*above, *self.root.lines()])
        _prune(self.root, particulars.consumed)
        kept = [line for line in above if line not in particulars.consumed]
        items = (*self._provisions(kept), *self._items(self.root, "scored"))
        for total in (_total_of(self.totals, points_of_scored(items)), _points_of_only_group(items)):
            particulars.keep("total", total)
        particulars.keep("duties", self._duties())
        seen += [*self.seen, *particulars.seen]
        name = particulars.title if particulars.title.text else Prose(PurePath(self.source.path).stem)
        span = self.span if not name.pieces else Span(name.span.start, max(name.span.end, self.span.end))
        return Scheme(name, items=items, form="text", span=span, **particulars.values)  # type: ignore[arg-type]

    def _under_title(self) -> list[Line]:
        """Step down to what the title stands over, where the format marks it as a heading; return the lines left above.

        A heading above the title, or beside what it heads, holds nothing but its own lines: the issuer, a notice's opening.
        """
        above: list[Line] = []
        while self.root.children:
            first = self.root.children[0]
            alone = not any(child.head.text for child in self.root.children[1:])
            if not (_heads_the_scheme(first.head) or (alone and _heads_all(first))):
                break
            if alone:
                first.children += self.root.children[1:]  # what closes the scheme stands under its title too
                above += [*self.root.own_lines, first.head]
                self.root = first
            elif not first.children and not first.holds_indicators:
                above += [first.head, *first.own_lines]
                del self.root.children[0]
            else:
                break
        return above

    def _duties(self) -> tuple[Prose, ...]:
        """Return what a section of the issuer's own duties lists; it stays a provision too."""
        for node in self.root.children:
            if not node.is_indicator and DUTIES_SECTION.fullmatch(node.head.text[node.head.body :]):
                return tuple(line.part(line.body) for line in node.lines())
        return ()

    def _items(self, node: Node, kind: str) -> Iterator[Item]:
        """Build what stands in a group or at the root: its own text and tables, then its children."""
        texts: list[Line] = []
        for part in node.body:
            if isinstance(part, Line):
                texts.append(part)
            elif reading := read_table(part, kind):
                yield from self._provisions(texts)
                texts = []
                yield from self._table_items(reading)
        yield from self._provisions(texts)
        for child in node.children:
            yield from self._node(child, kind)

    def _table_items(self, reading: TableReading) -> Iterator[Item]:
        self.seen += reading.seen
        if reading.total is not None and (points := points_of_scored(reading.items)):
            self.totals.append((reading.total, points))
        yield from reading.items
        yield from self._provisions(reading.notes)

    def _node(self, node: Node, above: str) -> Iterator[Item]:
        heading = heading_of(node.head)
        kind = heading.kind or above
        if not node.head.text:
            yield from self._items(node, above)
        elif node.holds_indicators:
            yield self._group(node, self._items(node, kind))
        elif node.is_indicator:
            yield self._indicator(node, kind)
        elif kind != "scored" or not (self.pointed or PROVISION.search(heading.name.text)):
            yield self._leaf(node, kind)
        else:
            yield from self._section(node)

    def _leaf(self, node: Node, kind: str) -> Item:
        """Build indicators that give no points: the lowest numbers, each with its list where the list hangs on it."""
        if not node.children or _governs(node):
            return self._indicator(node, kind)
        own = self._provisions(node.own_lines)
        return self._group(node, (*own, *(self._leaf(child, kind) for child in node.children)))

    def _group(self, node: Node, items: Iterable[Item]) -> Group:
        heading = heading_of(node.head)
        rest = without_leading_marks(node.head.part(heading.rest))
        own = [_provision(first_words(Line(Paragraph(rest))), rest, rest.span)] if rest.text else []
        return Group(heading.name, *_value(heading.points, node), (*own, *items), _span(node))

    def _indicator(self, node: Node, kind: str) -> Indicator:
        heading = heading_of(node.head)
        found = stretches(node.head, heading.rest) if heading.rest < len(node.head.text) else []
        if found and not found[0].word:
            found[0] = replace(found[0], prose=without_leading_marks(found[0].prose))
        found += (stretch for line in node.lines() for stretch in line_stretches(line))
        name = heading.name
        if not name.text:
            named = next((stretch for stretch in found if INDICATOR_LABELS.get(stretch.word) == "name"), None)
            name = named.prose if named else name
            found = [stretch for stretch in found if stretch is not named]
        fields = fields_of(self._without_points(found) if node.labelled_points is not None else found)
        if not name.text and fields and isinstance(fields[0].value, Prose):
            name = first_words(Line(Paragraph(fields[0].value)))
        points, unit = _value(heading.points, node)
        if points is None:
            points = told_points(node.prose, kind)
        return Indicator(name, points, unit, kind, fields, span=_span(node))

    def _without_points(self, found: Iterable[Stretch]) -> Iterator[Stretch]:
        """Leave out the labelled points, which have become the indicator's."""
        taken = False
        for stretch in found:
            if not taken and INDICATOR_LABELS.get(stretch.word) == "points" and cell_points(normalise(stretch.prose.text).text):
                taken = True
                self.seen += (*stretch.label, *stretch.prose.spans(0, len(stretch.prose.text)))
            else:
                yield stretch

    def _section(self, node: Node) -> Iterator[Item]:
        """A section without indicators: one provision, or a group of provisions where each part of it stands for itself."""
        if not node.children or _governs(node):
            yield from self._provisions([node.head, *node.lines()])
            return
        parts = [*self._provisions(node.own_lines)]
        yield self._group(node, (*parts, *(item for child in node.children for item in self._section(child))))

    def _provisions(self, lines: list[Line]) -> Iterator[Indicator]:
        """One provision of these lines: called by its heading, or by its first words where it has none."""
        if not lines:
            return
        head, *others = lines
        heading = heading_of(head)
        name = first_words(Line(Paragraph(heading.name))) if heading.name.text else first_words(head)
        alone = heading.rest >= len(head.text) and name.text == heading.name.text and not LIST_HEAD.search(head.text)
        content = join_prose(line.prose for line in (others if alone and others else lines))
        yield _provision(name, content, pieces_span(line.prose for line in lines))


def _heads_the_scheme(head: Line) -> bool:
    """Tell whether a heading marked by the format is the scheme's title, that of the notice it comes with, or its issuer."""
    if not head.heading or head.marker:
        return False
    return is_title(head) or NOTICE_TITLE.search(head.text) is not None or ORGAN.fullmatch(head.text) is not None


def _heads_all(only: Node) -> bool:
    """Tell whether the one heading of a draft, no title by its words, is one by what stands under it."""
    head = only.head
    return bool(head.heading) and not (head.marker or head.points or head.labels or kind_of(head.text)) and only.holds_indicators


def _provision(name: Prose, content: Prose, span: Span) -> Indicator:
    return Indicator(name, kind="provision", fields=(Field("content", content, span=content.span),), span=span)


def _proses(part: Part) -> Iterator[Prose]:
    if isinstance(part, Line):
        yield part.prose
    else:
        yield from part.cells()


def _prune(node: Node, consumed: set[Line]) -> None:
    """Take out the lines that have said all they say as fields of the scheme."""
    node.body = [part for part in node.body if isinstance(part, IndicatorTable) or part not in consumed]
    for child in node.children:
        _prune(child, consumed)


def _outside(root: Node) -> Iterator[Line]:
    """Yield the lines that stand in no indicator."""
    for node in root.children:
        if not node.is_indicator:
            yield node.head
            yield from node.own_lines
            yield from _outside(node)


def _governs(node: Node) -> bool:
    """Tell whether the head turns the meaning of what stands under it, so that both must stay in one prose."""
    if GOVERNING.search(node.head.text[:_LONGEST_GOVERNING_HEAD]):
        return True
    return LIST_HEAD.search([node.head, *node.own_lines][-1].text) is not None


def _value(points: Points | None, node: Node) -> tuple[Decimal | None, str]:
    if points:
        return points.value, points.unit
    return node.labelled_points, "points"


def _span(node: Node) -> Span:
    tables = (prose for part in node.body if isinstance(part, IndicatorTable) for prose in _proses(part))
    return pieces_span([node.head.prose, *tables, *(line.prose for line in node.lines())])


def _total_of(totals: list[tuple[Decimal, Decimal]], points: Decimal) -> Decimal | None:
    """Return the total that rows of totals declare for indicators that give `points` in all: each is of its own table, or of all so far."""
    if not totals or any(total == points for total, _ in totals):
        return points if totals else None
    return points + sum((total - own for total, own in totals), Decimal(0))


def _points_of_only_group(items: tuple[Item, ...]) -> Decimal | None:
    """Return the points of the one group that holds all indicators: 二、考核内容（100分）."""
    groups = [item for item in items if isinstance(item, Group) and item.points is not None and item.points_unit == "points"]
    leaves = [item for item in items if isinstance(item, Indicator) and item.kind == "scored"]
    if len(groups) != 1 or leaves or kind_of(groups[0].name.text):
        return None
    return groups[0].points


def _as_one_provision(scheme: Scheme, document: Document) -> Iterator[Scheme]:
    lines = [line for block in document.blocks for line in ([block.prose] if isinstance(block, Paragraph) else _row_proses(block))]
    whole = join_prose(lines)
    if whole.text:
        yield replace(scheme, items=(_provision(first_words(Line(Paragraph(whole))), whole, whole.span),))


def _row_proses(table: Table) -> list[Prose]:
    return [row_line(row).prose for row in table.rows]


def _nothing_recognised(document: Document, lang: str) -> Iterator[Finding]:
    """Say what to do about a draft without indicators; where nothing at all could be read, the reader has said so."""
    unread = any(remark.id in UNREAD for remark in document.remarks)
    if not document.source.text.strip():
        if unread:
            return
        zh = "没有认出任何考核指标，文件里没有文字；如内容在图片里，请先做文字识别（OCR），或换成有文字的原稿"
        en = "no indicator was recognised, the file has no text; if pictures hold it, have it recognised (OCR), or check the original"
    elif unread:
        zh = "没有认出任何考核指标，有的部分没有读出（见其他意见）；请先按那里所说使它们可读，再检查"
        en = "no indicator was recognised, and parts of the file were not read, as said elsewhere; mend that first and check again"
    else:
        zh = "没有认出任何考核指标。请给每项指标编号并写明分值，如“1.办理实效（10分）”，或用表格列出“指标名称、分值、评分标准”"
        en = (
            "no indicator was recognised; number each one and give its points, as in “1.办理实效（10分）”, "
            "or list them in a table headed 指标名称, 分值, 评分标准"
        )
    source = document.source
    yield Finding("nothing-recognised", "reading", "error", zh if lang == "zh" else en, source.path, source=source)
