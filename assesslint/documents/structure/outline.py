"""The lines and tables of a draft → a tree of nodes, by their numbers, headings and points.

A node is a numbered (or pointed) line with all that stands under it. What hangs on a label or on a sentence such as
有下列情形之一的： stays with it as text and opens no nodes of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby

from assesslint.documents.model import Paragraph
from assesslint.documents.structure.columns import IndicatorTable
from assesslint.documents.structure.grades import WHOLES, is_graded, points_of_each, told_points
from assesslint.documents.structure.lines import BARE_RANK, INNER_RANK, NO_LINE, Label, Line, Marker, Points
from assesslint.documents.structure.particulars import is_title
from assesslint.documents.structure.unnumbered import name_end, with_items
from assesslint.documents.structure.words import CLOSING, GOVERNING, INDICATOR_LABELS, KIND_HEAD, LIST_HEAD, PROVISION, TOTAL_LINE

Rank = tuple[int, int, int]
ROOT_RANK = (-1, 0, 0)

OPEN_LIST = (0, 0)
"""A label or list head stands open; its list, if any, has not begun."""

_PLAIN = 7
"""Rank of what is no heading; the format's own headings are 1 to 6."""

_LONGEST_BARE_HEADING = 60

SENTENCE_MARKS, ALL_POINTS = "，。；", ("满分", "总分", "考核总分", "合计", "共计")
"""What stands before points told in a sentence, and the words for all of them."""

OF_ALL = re.compile(
    r"(?:全部|所有|各项|各)(?:指标|项目|得分|考核得分)|总得?分|(?:年度|综合|考核|年终|最终)(?:综合|考核)?得分|(?:考核|评价|评估|考评)结果|得分情况|按得分"
)
"""What is said of the results of all indicators together."""

_LOWEST_SECTION_RANK = 50
"""Numbers down to （一） may be those of sections."""
_DETAIL_ROLES = frozenset({"scoring", "evidence", "measure", "source", "frequency", "reporting", "procedure", "points", "inspection"})


@dataclass(slots=True)
class Node:
    """A line with what stands under it: first `body` (lines, and tables of indicators), then `children`."""

    rank: Rank
    head: Line = NO_LINE
    body: list[Line | IndicatorTable] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    labelled_points: Decimal | None = None
    adopts: int | None = None
    """The rank of numbers that by custom stand over its own and here count what stands under it: ① under ◆."""
    detailed: bool = False
    """A label in it says that it is an indicator: a standard, evidence, points."""
    held: tuple[int, int] | None = None
    """The style of the list that hangs on the last label or list head, while it is open."""

    @property
    def points(self) -> Points | None:
        """The points of its heading; where a heading gives them in parts, their sum."""
        return total_points(self.head)

    @property
    def prose(self) -> str:
        """The text of its heading without the number, and all that stands under it, a line each."""
        return _joined(self.head, self.lines())

    @property
    def labelled(self) -> bool:
        """Tell whether a line under it begins with a label."""
        return any(line.label and not line.label.alone for line in self.own_lines)

    @property
    def has_points(self) -> bool:
        return self.labelled_points is not None or self.points is not None

    @property
    def is_indicator(self) -> bool:
        return self.has_points or self.detailed

    @property
    def holds_indicators(self) -> bool:
        """Tell whether indicators stand under it: a table of them, or nodes."""
        return any(isinstance(part, IndicatorTable) for part in self.body) or any(
            child.is_indicator or child.holds_indicators for child in self.children
        )

    @property
    def own_lines(self) -> list[Line]:
        return [part for part in self.body if isinstance(part, Line)]

    def lines(self) -> Iterator[Line]:
        """Yield all lines that stand under the head, in order."""
        yield from self.own_lines
        for child in self.children:
            if child.head.text:
                yield child.head
            yield from child.lines()


def _joined(head: Line, lines: Iterable[Line]) -> str:
    return "\n".join([head.text[head.body :], *(line.text for line in lines)])


def total_points(line: Line) -> Points | None:
    """Return the points of a line: the first given, or the sum where it gives several that are not the parts of the first."""
    if not line.points:
        return None
    first, *rest = line.points
    if first.kind or not rest:
        return first
    parts = sum((p.value for p in rest if p.unit == first.unit and not p.kind), Decimal(0))
    return first if parts == first.value else replace(first, value=first.value + parts)


def outline(parts: Iterable[Line | IndicatorTable]) -> Node:
    """Return the root of the tree; what stands above the first node is its body."""
    root = Node(ROOT_RANK)
    open_nodes = [root]
    for part in with_items(parts):
        if isinstance(part, IndicatorTable):
            open_nodes[-1].body.append(part)
            open_nodes[-1].held = None
        else:
            _place(part, open_nodes)
    _tell_indicators(root, pointed=root.holds_indicators)
    return root


# ── numbered lines whose points stand in their prose ─────────────────────────────────────────────────────────────────────────


def _tell_indicators(node: Node, *, pointed: bool) -> None:
    """Make indicators of the nodes under `node` whose prose says what points are given for, where their neighbours are indicators too.

    `pointed` says that some node gives points of its own: then one that only takes points, with no indicator beside it, is a provision.
    """
    for child in node.children:
        if child.is_indicator:
            _open_group(child)
        elif not is_provision(child.head):
            if not _is_told(child):
                _tell_indicators(child, pointed=pointed)
            if each := points_of_each(child.head.text):
                _share(child, each)
    if any(points_of_each(child.head.text) for child in node.children):
        for child in node.children:
            if len(child.children) == 1 and child.points and not child.own_lines:
                _share(child, child.points.value)
    for members in _alike(node.children):
        if any(child.has_points for child in members):
            for child in members:
                child.detailed = child.detailed and not _is_labelled_section(child)
        told = [child for child in members if _is_told(child)]
        own = [child for child in members if child.is_indicator]
        if not told or (pointed and not own and not any(map(_told, told))):
            continue
        for child in told:
            child.detailed = True
        if len(told) + len(own) > len(members) // 2 + 1:
            for child in members:
                child.detailed = child.detailed or _may_be_indicator(child)


def _is_labelled_section(node: Node) -> bool:
    """Tell whether a heading beside those with points is only a label of the whole scheme (四、考核方式：每周检查一次)."""
    label = node.head.label
    return not node.has_points and label is not None and label.start <= node.head.body and INDICATOR_LABELS.get(label.word) != "name"


def _open_group(node: Node) -> None:
    """Let the parts under a heading with points be indicators, where they have names and carry its points, or what it says each does."""
    children = [child for child in node.children if child.head.text]
    if not children or any(child.holds_indicators for child in children):
        return
    if each := points_of_each(node.head.text):
        _share(node, each)
    elif node.points and node.head.marker and node.rank[2] <= _LOWEST_SECTION_RANK and not node.own_lines:
        values = [value for child in children if (value := child.points.value if child.points else _told(child))]
        if (
            2 * len(values) > len(children)
            and sum(values) <= node.points.value
            and all(name_end(child.head, child.head.body) for child in children)
        ):
            for child in children:
                child.detailed = not is_provision(child.head)


def _share(node: Node, each: Decimal) -> None:
    for child in node.children:
        if child.head.text and not child.has_points:
            child.labelled_points = each


def _alike(children: list[Node]) -> Iterator[list[Node]]:
    """Yield the children that have numbers of one style."""
    for _, members in groupby(sorted((c for c in children if c.head.text), key=_key), key=_key):
        yield list(members)


def _key(node: Node) -> Rank:
    return node.rank


def _is_told(node: Node) -> bool:
    """Tell whether a node without points of its own says in its first lines what points are given for, and may be an indicator."""
    if node.is_indicator or not _may_be_indicator(node):
        return False
    return is_graded(_joined(node.head, node.own_lines))


def _told(node: Node) -> Decimal | None:
    return told_points(node.prose)


def _may_be_indicator(node: Node) -> bool:
    return not (node.is_indicator or node.holds_indicators or is_provision(node.head) or LIST_HEAD.search(node.head.text))


def is_provision(head: Line) -> bool:
    """Tell whether a heading is that of a section that holds no indicators: 结果运用, 考核纪律."""
    words = head.text[head.body :]
    if KIND_HEAD.match(words):
        return False
    name = re.split("[，。；：]", words, maxsplit=1)[0]
    return PROVISION.search(name) is not None or CLOSING.match(words) is not None or GOVERNING.search(name) is not None


def _place(line: Line, open_nodes: list[Node]) -> None:
    label = line.label
    closes = _closes(line, open_nodes)
    if label and not line.heading and not closes and INDICATOR_LABELS.get(label.word) not in (None, "name"):
        owner = _owner(line, open_nodes, alone=label.alone)
        if owner:
            del open_nodes[open_nodes.index(owner) + 1 :]
            _attach(line, owner, label)
            return
    current = open_nodes[-1]
    rank = _rank(line, open_nodes)
    if rank is None and closes:
        del open_nodes[1:]
        open_nodes.append(Node((_PLAIN, 0, BARE_RANK)))
        open_nodes[0].children.append(open_nodes[1])
    elif _is_held(line, current, rank):
        current.body.append(line)
        return
    if rank is None:
        _attach(line, open_nodes[-1], None)
        return
    while open_nodes[-1].rank >= rank:
        open_nodes.pop()
    node = Node(rank, line)
    if label and INDICATOR_LABELS.get(label.word) == "name":
        node.detailed = True
    for inner in line.labels:
        if not inner.alone:
            _note_label(node, line, inner)
    open_nodes[-1].children.append(node)
    open_nodes.append(node)


def _closes(line: Line, open_nodes: list[Node]) -> bool:
    """Tell whether this paragraph speaks of the whole scheme, or is its title, so that what stands above it ends here."""
    if line.marker or line.heading:
        return False
    if is_title(line) and len(open_nodes) > 1 and all(_is_sentence(node) for node in open_nodes[1:]):
        return True
    if not any(node.is_indicator for node in open_nodes):
        return False
    if TOTAL_LINE.fullmatch(line.text) and any(node.points for node in open_nodes):
        return True
    role = INDICATOR_LABELS.get(line.label.word) if line.label else None
    if line.label and role == "consequence" and OF_ALL.search(line.text, line.label.end):
        return True
    remark = line.label and role == "remarks"
    return CLOSING.match(line.text, line.label.end if line.label and remark else 0) is not None


def _is_sentence(node: Node) -> bool:
    """Tell whether a node is a numbered sentence, as in the remarks on how to fill in a form, which heads nothing."""
    return not node.is_indicator and node.head.text.endswith(("。", "；"))


def _owner(line: Line, open_nodes: list[Node], *, alone: bool) -> Node | None:
    """Return the node a label line speaks of: the innermost, or for a numbered label the one above that number.

    A label `alone` on its line without a colon is one only in an indicator; elsewhere it is a title or a heading.
    """
    if line.marker is None:
        return open_nodes[-1] if open_nodes[-1].is_indicator or not alone else None
    rank = (_PLAIN, line.depth, line.marker.rank)
    above = [node for node in open_nodes[1:] if node.rank < rank]
    return above[-1] if above and above[-1].is_indicator else None


def _attach(line: Line, node: Node, label: Label | None) -> None:
    node.body.append(line)
    for inner in line.labels:
        _note_label(node, line, inner)
    opens = label is not None and INDICATOR_LABELS[label.word] != "content" and node.is_indicator
    first = Line(Paragraph(line.part(label.end))).marker if opens and label else None
    if first and first.first:
        node.held = (line.depth, first.rank)
    else:
        node.held = OPEN_LIST if opens or LIST_HEAD.search(line.text) else None


def _note_label(node: Node, line: Line, label: Label) -> None:
    role = INDICATOR_LABELS.get(label.word, "")
    if role in _DETAIL_ROLES and node.head.text:
        node.detailed = True
    if role == "points" and node.labelled_points is None:
        value = labelled_points(line, label)
        if value is not None:
            node.labelled_points = value


def labelled_points(line: Line, label: Label) -> Decimal | None:
    """Return the number after a label such as 分值：."""
    from assesslint.documents.structure.tables import cell_points

    following = [other.start for other in line.labels if other.start >= label.end]
    points = cell_points(line.text[label.end : min(following, default=len(line.text))])
    return points.value if points else None


def _is_held(line: Line, node: Node, rank: Rank | None) -> bool:
    """Tell whether this line continues the list that hangs on the last label or list head of the node."""
    marker = line.marker
    if node.held is None or line.heading:
        return False
    if marker is None:
        return rank is None
    style = (line.depth, marker.rank)
    if node.held == OPEN_LIST and marker.first:
        if line.points and not _hangs_on_standard(node):
            return False
        node.held = style
    return node.held == style or (node.held != OPEN_LIST and node.held < style)


def _hangs_on_standard(node: Node) -> bool:
    """Tell whether the open list stands under a label other than one of contents, where points are parts of a standard."""
    for part in reversed(node.body):
        if isinstance(part, Line) and part.label:
            return INDICATOR_LABELS.get(part.label.word) in ("scoring", "evidence", "remarks", "consequence")
    return False


def _rank_of_number(line: Line, marker: Marker, open_nodes: list[Node]) -> Rank:
    """Return the rank of a number by custom, unless its first counts what stands under a heading of a lower one."""
    rank = (_PLAIN, line.depth, marker.rank)
    above = open_nodes[-1]
    if marker.first and rank < above.rank and above.points and not above.own_lines and all(node.rank != rank for node in open_nodes):
        above.adopts = marker.rank
    adopting = next((node for node in reversed(open_nodes) if node.adopts == marker.rank), None)
    return (*adopting.rank[:2], adopting.rank[2] + 1) if adopting else rank


def _is_name(line: Line, points: Points) -> bool:
    """Tell whether a name and nothing else stands behind points a line begins with: （20分）作业面积."""
    return points.end < len(line.text) and not any(mark in line.text[points.end :] for mark in f"{SENTENCE_MARKS}：")


def _tells_total(line: Line, points: Points) -> bool:
    """Tell whether the points of a line are all that the scheme gives, told in a sentence (现将考核指标下达如下，满分100分。)."""
    told = line.text[points.start : points.end]
    return told[0] in SENTENCE_MARKS and told.startswith(ALL_POINTS, 1)


def _rank(line: Line, open_nodes: list[Node]) -> Rank | None:
    """Return the rank of a line that opens a node; None when it belongs to the node before it."""
    if line.heading:
        return (line.heading, 0, 0)
    if line.marker:
        return _rank_of_number(line, line.marker, open_nodes)
    if line.label and not line.label.alone and INDICATOR_LABELS.get(line.label.word) == "name":
        return (_PLAIN, 0, BARE_RANK)
    if KIND_HEAD.match(line.text) and not any(node.labelled for node in open_nodes[1:]):
        return (_PLAIN, 0, min((child.rank[2] for child in open_nodes[0].children), default=BARE_RANK))
    points = total_points(line)
    begins = not (open_nodes[0].children or open_nodes[0].body)
    if TOTAL_LINE.fullmatch(line.text):
        return None
    if points is not None and points.value in WHOLES and (begins or is_title(line)):
        return None  # the title of a table tells the total, and is no level of what stands in it
    if (
        points is None
        or not (points.start or _is_name(line, points))
        or not (len(line.text) <= _LONGEST_BARE_HEADING or points.end >= len(line.text) - 1)
    ):
        return None
    if _tells_total(line, points) and not any(node.is_indicator for node in open_nodes):
        return None
    above = open_nodes[-1]
    is_step = line.text[points.start] != "（" and not line.text.startswith(ALL_POINTS, points.start) and is_graded(line.text[points.end :])
    if above.points and points.value == above.points.value and is_step:
        return None  # the first of a ladder
    whole = above.points if above.head.marker and not above.body else None
    is_part = above.rank[2] == INNER_RANK or (whole is not None and points.value < whole.value)
    return (_PLAIN, 9, INNER_RANK) if is_part else (_PLAIN, 0, BARE_RANK)
