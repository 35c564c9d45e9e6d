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

from assesslint.documents.fields import Stretch, fields_of, pieces_span, row_text, stretches, without_leading_marks
from assesslint.documents.lines import Line, Points
from assesslint.documents.model import Block, Document, Paragraph, Table, join_prose
from assesslint.documents.names import first_words, heading_of, kind_of
from assesslint.documents.outline import Node, outline
from assesslint.documents.particulars import Particulars, inherit, is_attachment_mark, is_title, read_particulars
from assesslint.documents.tables import Item, TableReading, header_row, read_table
from assesslint.documents.words import GOVERNING, INDICATOR_LABELS, LIST_HEAD, PROVISION
from assesslint.findings.model import Finding, Notice
from assesslint.scheme.model import Field, Group, Indicator, Prose, Scheme
from assesslint.text.source import Source, Span

Part = Line | Table

MOST_NOTICES = 50
"""Stretches of words not understood that are told one by one; beyond, they are counted."""

_LONGEST_GOVERNING_HEAD = 30

@dataclass(frozen=True, slots=True)
class Built:
    schemes: tuple[Scheme, ...]
    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()


def build(document: Document, lang: str = "zh") -> Built:
    """Return the schemes of a document, at least one. A document without any indicator is one scheme of one provision, with a finding."""
    parts: list[Part] = [Line(block) if isinstance(block, Paragraph) else block for block in document.blocks]
    seen: list[Span] = list(document.markup)
    schemes: list[Scheme] = []
    for segment in _segments(parts):
        scheme = _Builder(segment, document.source).scheme(seen)
        schemes.append(inherit(scheme, schemes[0]) if schemes else scheme)
    findings: tuple[Finding, ...] = ()
    if not any(indicator.kind != "provision" for scheme in schemes for _, indicator in scheme.indicators()):
        schemes = [_as_one_provision(schemes[0], document.blocks)]
        findings = (_nothing_recognised(document.source, lang),)
    return Built(tuple(schemes), findings, tuple(_not_understood(document, parts, schemes, seen, lang)))


def _segments(parts: list[Part]) -> Iterator[list[Part]]:
    """Cut a file before each title that stands over indicators of its own and has such above it."""
    titles = [at for at, part in enumerate(parts) if isinstance(part, Line) and is_title(part)]
    starts = [at - 1 if at and _is_mark(parts[at - 1]) else at for at in titles]
    segment: list[Part] = []
    for start, end in pairwise([0, *starts, len(parts)]):
        following = parts[start:end]
        if segment and _has_indicators(segment) and _has_indicators(following):
            yield segment
            segment = []
        segment += following
    yield segment


def _is_mark(part: Part) -> bool:
    return isinstance(part, Line) and is_attachment_mark(part)


def _has_indicators(parts: Iterable[Part]) -> bool:
    return any(header_row(part) is not None if isinstance(part, Table) else bool(part.points) and not is_title(part) for part in parts)


class _Builder:
    """Builds one scheme; what it meets outside indicators is kept for the scheme's own fields."""

    def __init__(self, parts: list[Part], source: Source) -> None:
        self.source = source
        self.root = outline(parts)
        self.pointed = _has_indicators(parts) or any(node.is_indicator for node in self.root.descendants())
        self.loose: list[Line] = []
        self.totals: list[Decimal] = []
        self.seen: list[Span] = []

    def scheme(self, seen: list[Span]) -> Scheme:
        preamble = [part for part in self.root.body if isinstance(part, Line)]
        title_node = self._title_node(preamble)
        if title_node:
            self.root = title_node
            preamble += [part for part in title_node.body if isinstance(part, Line)]
        particulars = read_particulars(preamble, list(_outside(self.root)))
        _prune(self.root, particulars.consumed)
        above = [line for line in preamble if line not in particulars.consumed and line not in self.root.body]
        items = (*self._provisions(above), *self._items(self.root, "scored"))
        if self.totals:
            particulars.keep("total", self.totals[0])
        particulars.keep("total", _points_of_only_group(items))
        self._read_sections(particulars)
        seen += [*self.seen, *particulars.seen]
        name = particulars.title if particulars.title.text else Prose(PurePath(self.source.path).stem)
        return Scheme(name, items=items, form="text", span=Span(0, len(self.source.text)), **particulars.values)  # type: ignore[arg-type]

    def _title_node(self, preamble: list[Line]) -> Node | None:
        """Return the node that is the title where the format marks titles as headings, and put its line into the preamble."""
        children = self.root.children
        if len(children) != 1 or children[0].head is None or not children[0].head.heading or not is_title(children[0].head):
            return None
        preamble.append(children[0].head)
        return children[0]

    def _read_sections(self, particulars: Particulars) -> None:
        """Take from sections such as 三、部门职责 what belongs to the scheme as a whole; they stay provisions too."""
        for node in self.root.children:
            if node.head is None or node.is_indicator:
                continue
            words = node.head.text[node.head.body :].rstrip("。：")
            if words in ("部门职责", "主要职责", "本局职责", "本部门职责", "单位职责"):
                duties = tuple(part.part(part.body) for part in node.lines() if isinstance(part, Line))
                particulars.keep("duties", duties)

    def _items(self, node: Node, kind: str) -> Iterator[Item]:
        """Build what stands in a group or at the root: its own text and tables, then its children."""
        texts: list[Line] = []
        for part in node.body:
            reading = read_table(part, kind) if isinstance(part, Table) else None
            if reading is None:
                texts += [part] if isinstance(part, Line) else [_row_line(row) for row in part.rows]
                continue
            yield from self._provisions(texts)
            texts = []
            yield from self._table_items(reading)
        yield from self._provisions(texts)
        for child in node.children:
            yield from self._node(child, kind)

    def _table_items(self, reading: TableReading) -> Iterator[Item]:
        self.seen += reading.seen
        if reading.total is not None:
            self.totals.append(reading.total)
        notes = [_row_line((note,)) for note in reading.notes]
        yield from reading.items
        yield from self._provisions(notes)

    def _node(self, node: Node, above: str) -> Iterator[Item]:
        if node.head is None:
            yield from self._items(node, above)
            return
        heading = heading_of(node.head)
        kind = heading.kind or above
        parts = list(node.descendants())
        table = any(isinstance(part, Table) and header_row(part) is not None for part in node.body)
        if table or any(child.is_indicator for child in parts):
            yield self._group(node, kind)
        elif node.is_indicator or (kind != "scored" and (not node.children or _governs(node))):
            yield self._indicator(node, kind)
        elif kind != "scored":
            yield self._group(node, kind, leaves=True)
        elif not self.pointed and not PROVISION.search(heading.name.text):
            yield self._group(node, kind, leaves=True) if node.children and not _governs(node) else self._indicator(node, kind)
        else:
            yield from self._section(node)

    def _group(self, node: Node, kind: str, *, leaves: bool = False) -> Group:
        assert node.head
        heading = heading_of(node.head)
        rest = without_leading_marks(node.head.part(heading.rest))
        inner = list(self._items(node, kind)) if not leaves else [*self._provisions(_lines(node.body)), *self._leaves(node, kind)]
        if rest.text:
            inner.insert(0, _provision(rest, rest, node.head.prose.span))
            self.loose.append(node.head)
        return Group(heading.name, *_value(heading.points, node), tuple(inner), _span(node))

    def _leaves(self, node: Node, kind: str) -> Iterator[Item]:
        for child in node.children:
            if child.children and not _governs(child) and child.head:
                yield self._group(child, kind, leaves=True)
            else:
                yield self._indicator(child, kind)

    def _indicator(self, node: Node, kind: str) -> Indicator:
        assert node.head
        heading = heading_of(node.head)
        own = stretches(node.head, heading.rest) if heading.rest < len(node.head.text) else []
        if own and not own[0].word:
            own[0] = Stretch("", without_leading_marks(own[0].prose))
        parts: list[Stretch | Part] = [*own, *node.lines()]
        name = heading.name
        taken = {word for word in _labels(parts) if INDICATOR_LABELS.get(word) == "points"} if node.labelled_points is not None else set()
        if not name.text:
            label = next((word for word in _labels(parts) if INDICATOR_LABELS.get(word) == "name"), None)
            named = fields_of(parts, set(_labels(parts)) - {label}) if label else ()
            if label and named and isinstance(named[0].value, Prose):
                name = named[0].value
                taken.add(label)
        self._see_labels(parts, taken)
        fields = fields_of(parts, taken)
        if not name.text:
            name = next((first_words(Line(Paragraph(f.value))) for f in fields if isinstance(f.value, Prose)), name)
        return Indicator(name, *_value(heading.points, node), kind, fields, _span(node))

    def _see_labels(self, parts: Iterable[Stretch | Part], taken: set[str]) -> None:
        for part in parts:
            for stretch in [part] if isinstance(part, Stretch) else stretches(part, 0) if isinstance(part, Line) else []:
                if stretch.word in taken:
                    self.seen += [*stretch.label, *stretch.prose.spans(0, len(stretch.prose.text))]

    def _section(self, node: Node) -> Iterator[Item]:
        """A section without indicators: one provision, or a group of provisions where each part of it stands for itself."""
        assert node.head
        if node.children and not _governs(node):
            heading = heading_of(node.head)
            rest = without_leading_marks(node.head.part(heading.rest))
            inner = [_row_line((rest,))] if rest.text else []
            parts: list[Item] = [*self._provisions([*inner, *_lines(node.body)])]
            for child in node.children:
                parts += self._section(child)
            yield Group(heading.name, *_value(heading.points, node), tuple(parts), _span(node))
        else:
            yield from self._provisions([node.head, *_lines(node.lines())])

    def _provisions(self, lines: list[Line]) -> Iterator[Indicator]:
        """One provision of these lines: called by its heading, or by its first words where it has none."""
        lines = [line for line in lines if line.text]
        if not lines:
            return
        self.loose += lines
        head, *others = lines
        heading = heading_of(head)
        alone = heading.rest >= len(head.text) and not LIST_HEAD.search(head.text)
        if alone and others:
            content = join_prose(line.prose for line in others)
        elif alone:
            content = head.prose
        else:
            content = join_prose(line.prose for line in lines)
        name = heading.name if heading.name.text else first_words(head)
        yield _provision(name, content, pieces_span(line.prose for line in lines))


def _provision(name: Prose, content: Prose, span: Span) -> Indicator:
    return Indicator(first_words(Line(Paragraph(name))), kind="provision", fields=(Field("content", content, span=content.span),), span=span)


def _prune(node: Node, consumed: set[Line]) -> None:
    """Take out the lines that have said all they say as fields of the scheme."""
    node.body = [part for part in node.body if isinstance(part, Table) or part not in consumed]
    for child in node.children:
        _prune(child, consumed)


def _outside(root: Node) -> Iterator[Line]:
    """Yield the lines that stand in no indicator."""
    for node in root.children:
        if not node.is_indicator:
            if node.head:
                yield node.head
            yield from (part for part in node.body if isinstance(part, Line))
            yield from _outside(node)


def _governs(node: Node) -> bool:
    """Tell whether the head turns the meaning of what stands under it, so that both must stay in one prose."""
    if node.head and GOVERNING.search(node.head.text[:_LONGEST_GOVERNING_HEAD]):
        return True
    last = next((part for part in reversed(node.body) if isinstance(part, Line)), node.head)
    return last is not None and LIST_HEAD.search(last.text) is not None


def _labels(parts: Iterable[Stretch | Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Stretch):
            yield part.word
        elif isinstance(part, Line):
            yield from (label.word for label in part.labels)


def _lines(parts: Iterable[Part]) -> list[Line]:
    return [line for part in parts for line in ([part] if isinstance(part, Line) else [_row_line(row) for row in part.rows])]


def _row_line(row: tuple[Prose, ...]) -> Line:
    return Line(Paragraph(row_text(row)))


def _value(points: Points | None, node: Node) -> tuple[Decimal | None, str]:
    if points:
        return points.value, points.unit
    return node.labelled_points, "points"


def _span(node: Node) -> Span:
    lines = _lines([*([node.head] if node.head else []), *node.lines()])
    return pieces_span(line.prose for line in lines)


def _points_of_only_group(items: tuple[Item, ...]) -> Decimal | None:
    """Return the points of the one group that holds all indicators: 二、考核内容（100分）."""
    groups = [item for item in items if isinstance(item, Group) and item.points is not None and item.points_unit == "points"]
    leaves = [item for item in items if isinstance(item, Indicator) and item.kind == "scored"]
    if len(groups) != 1 or leaves or kind_of(groups[0].name.text):
        return None
    return groups[0].points


def _as_one_provision(scheme: Scheme, blocks: Iterable[Block]) -> Scheme:
    proses: list[Prose] = []
    for block in blocks:
        proses += [block.prose] if isinstance(block, Paragraph) else map(row_text, block.rows)
    whole = join_prose(proses)
    if not whole.text:
        return replace(scheme, items=())
    name = first_words(Line(Paragraph(proses[0])))
    return replace(scheme, items=(_provision(name, whole, whole.span),))


def _nothing_recognised(source: Source, lang: str) -> Finding:
    zh = "没有认出任何考核指标。请给每项指标编号并写明分值,如“1.办理实效（10分）”,或用表格列出“指标名称、分值、评分标准”"
    en = "no indicator was recognised; number each and give its points (1.办理实效（10分）), or list them in a table headed 指标名称, 分值, 评分标准"
    return Finding("nothing-recognised", "reading", "error", zh if lang == "zh" else en, source.path, source=source)


def _not_understood(document: Document, parts: Iterable[Part], schemes: Iterable[Scheme], seen: list[Span], lang: str) -> Iterator[Notice]:
    """Tell of words that are in no field of any scheme and are no number, label or points either."""
    source = document.source
    told = bytearray(len(source.text))
    for span in [*seen, *_spans(schemes)]:
        told[span.start : span.end] = b"\x01" * (span.end - span.start)
    for part in parts:
        for line in [part] if isinstance(part, Line) else [_row_line((cell,)) for row in part.rows for cell in row if cell.text]:
            if _untold(source, told, line.prose.span):
                _tell_structure(line, told)
    gaps = list(_untold(source, told, Span(0, len(source.text))))
    for gap in gaps[:MOST_NOTICES]:
        words = source.text[gap.start : gap.end]
        zh, en = f"“{words[:40]}”没有归入任何指标或说明,未作判断", f"“{words[:40]}” belongs to no indicator or provision and was not judged"
        yield Notice("not-understood", zh if lang == "zh" else en, source.path, source.locate(gap), words[:200])
    if len(gaps) > MOST_NOTICES:
        more = len(gaps) - MOST_NOTICES
        zh, en = f"另有 {more} 处文字未作判断", f"{more} more stretches of text were not judged"
        yield Notice("not-understood", zh if lang == "zh" else en, source.path)


def _tell_structure(line: Line, told: bytearray) -> None:
    """Count as understood what orders the text: its number, points and labels."""
    ranges = [(0, line.body), *((p.start, p.end) for p in line.points), *((label.start, label.end) for label in line.labels)]
    for start, end in ranges:
        for span in line.places(start, end):
            told[span.start : span.end] = b"\x01" * (span.end - span.start)


def _untold(source: Source, told: bytearray, within: Span) -> list[Span]:
    """Return the stretches of letters and digits not told."""
    found = []
    at = told.find(0, within.start, within.end)
    while at >= 0:
        end = told.find(1, at, within.end)
        end = within.end if end < 0 else end
        for word in source.text[at:end].split("\n"):
            if any(map(str.isalnum, word)):
                found.append(Span(at, at + len(word)))
            at += len(word) + 1
        at = told.find(0, end, within.end)
    return found


def _spans(schemes: Iterable[Scheme]) -> Iterator[Span]:
    """Yield every place a scheme's words stand at."""
    for scheme in schemes:
        for prose in (scheme.name, scheme.issuer, scheme.audience_text, scheme.basis, scheme.parent, *scheme.duties):
            yield from prose.spans(0, len(prose.text)) if prose else ()
        yield from _item_spans(scheme.items)


def _item_spans(items: Iterable[Item]) -> Iterator[Span]:
    for item in items:
        yield from item.name.spans(0, len(item.name.text))
        if isinstance(item, Group):
            yield from _item_spans(item.items)
            continue
        for part in item.fields:
            if isinstance(part.value, Prose):
                yield from part.value.spans(0, len(part.value.text))
