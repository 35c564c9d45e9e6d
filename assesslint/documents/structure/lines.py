"""A paragraph → a `Line`: its number, its points and its labels, found in normal form, each with its place in the draft.

Numbers have a rank by the custom of official writing: 第一章 over 第一条 over 一、 over （一） over 1. over （1） over ①.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from assesslint.documents.model import EMPTY, Paragraph, slice_prose
from assesslint.documents.structure.grades import WHOLES
from assesslint.documents.structure.words import INDICATOR_LABELS, LONGEST_LABEL, SCHEME_LABELS, TITLE
from assesslint.scheme.model import Prose
from assesslint.text.normalise import Normal, normalise
from assesslint.text.quantity import number
from assesslint.text.source import Span

_CHINESE = r"[一二三四五六七八九十百零]{1,5}"

_NO_FIGURE = r"(?=\D|$|\d{3,8}[\u4e00-\u9fff](?<![元万亿分倍米吨]))"
"""What stands behind the mark of a number that counts an item; the item may begin with digits of its own (4.12345热线)."""

_MARKERS = (
    (0, re.compile(rf"第(?:{_CHINESE}|\d+)(?:部分|编|篇)[：、]?")),
    (10, re.compile(rf"第(?:{_CHINESE}|\d+)章[：、]?")),
    (20, re.compile(rf"第(?:{_CHINESE}|\d+)节[：、]?")),
    (30, re.compile(rf"第(?:{_CHINESE}|\d+)条[：、]?")),
    (38, re.compile(r"附：(?=[^，。；：]{0,6}(?:加分|扣分|减分|否决))")),
    (40, re.compile(rf"{_CHINESE}、")),
    (45, re.compile(r"[甲乙丙丁戊己庚辛壬癸][、.](?![甲乙丙丁])")),
    (48, re.compile(rf"(?:考核|评价|评估)?(?:维度|板块|模块|类别|领域|方面)(?:\d{{1,2}}|{_CHINESE})[：、.]")),
    (50, re.compile(rf"（{_CHINESE}）[、.]?")),
    (55, re.compile(rf"(?:考核|评价|评估)?(?:项目|事项|任务)(?:\d{{1,2}}|{_CHINESE})[：、.]")),
    (55, re.compile(rf"(?:考核)?指标(?:\d{{1,3}}|{_CHINESE})[：:、.]?(?!级)")),
    (61, re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}[.、]?(?![\d%‰分万亿元个条年月倍])")),
    (60, re.compile(rf"\d{{1,3}}[.、]{_NO_FIGURE}")),
    (100, re.compile(r"（\d{1,3}）[、.]?|\d{1,3}）")),
    (120, re.compile(r"[a-z][.、)）](?=[^a-z])")),
    (124, re.compile(r"[❶-❿➀-➓]")),
    (126, re.compile(r"[一二三四五六七八九十]{1,3}是(?!否)")),
    (130, re.compile(r"(?:[-·●◆■□▪◇★☆►➤*]+)(?!\d)")),
)

BARE_RANK = 57
"""Rank of a heading that has points but no number: under （一）, over 1."""

INNER_RANK = 140
"""Rank of such a line when it gives a part of the points of the number above it."""

_CIRCLED = range(0x2460, 0x2474)
_CIRCLED_RANK = 110
_LENTICULAR = re.compile(r"\s*【[^【】]{1,20}】\s*")
"""A heading that stands in brackets instead of under a number: 【加分项】."""
_LENTICULAR_RANK = 40
_COUNTING = re.compile("[\\da-z一二三四五六七八九十百零甲乙丙丁戊己庚辛壬癸❶-❿➀-➓]")
_OF_TABLE = re.compile(rf"表(?:\d{{1,2}}|{_CHINESE})[：、.]?")
_TABLE_RANK = 34
_ROMAN = re.compile(r"(?P<number>[Ⅰ-Ⅻ]|[IVX]{1,4}(?=[.、．]))[.、．]?")
_ROMAN_RANK = 36
_SPACED = (
    (32, re.compile(rf"第(?:{_CHINESE}|\d{{1,2}})[项类款](?=[\u4e00-\u9fff“《])")),
    (61, re.compile(r"\d{1,2}-\d{1,2}(?=[\u4e00-\u9fff“《])")),
    (122, re.compile(r"[a-z]-?\d{1,2}(?=[\u4e00-\u9fff“《])")),
)
"""Numbers that are such where white space parts them from what they count: 0-6岁儿童, A4纸 and 第一类 begin with none."""
_SPACED_NUMBER = re.compile(r"\d{1,2}(?=[\u4e00-\u9fff“《])(?![分次条个篇万亿年月日元名人户份期项成少]|%)")

_NUMBER = r"(?:\d+(?:\.\d+)?|[一二三四五六七八九十百两]{1,4}|[1-9il][\doil]{1,2})"
_BEFORE = (
    r"(?:本项|小计|合计|共计?|总计|满分|总分|分值|计|标准分|基本分|基础分|配分|权重|占比?"
    r"|最高|最多|上限|不超过|附加|奖励|另|为|值|[加减扣+]|：)*"
)
_OUTSIDE = r"(?:不(?:计入|占|列入|纳入)[^（），；]{0,10}[，；])?"
"""What may stand before points that are not part of the total: （不计入100分，最高3分）."""
_BRACKETED = re.compile(
    rf"（{_OUTSIDE}(?P<before>{_BEFORE})(?P<number>{_NUMBER})(?P<unit>分|%)(?:/[^（）]{{1,4}})?(?:封顶|为限|以内)?(?=[），；。])(?P<after>[^（）]{{0,40}})）"
)
_COUNTED = re.compile(rf"（[^（）]{{0,24}}[，；](?P<before>共计?|满分|计|合计|总计|分值)(?P<number>{_NUMBER})(?P<unit>分)）")
_ALONE = re.compile(
    r"(?<![入得扣加减每于到达至过满记计给增总分为\d.-])(?P<mark>[，。；]?)(?P<before>(?:本项|分值|满分|标准分|基本分|共|计|权重)?[：为]?)"
    r"(?P<number>\d+(?:\.\d+)?)(?P<unit>分)(?![之钟类析级别])"
)
_INNER_NUMBER = re.compile(
    r"[；;。：:\n]\s*(?=[①-⑳◆●■]|[一二三四五六七八九十]{1,3}是(?!否)"
    rf"|[（(][一二三四五六七八九十\d]{{1,3}}[)）]|\d{{1,2}}[.、．]{_NO_FIGURE})"
)
_SUMMED_ITEM = re.compile(r"(?:^|(?<=[；;。：:]))[^，,。；;：:（()）]{2,24}[（(]\d{1,3}分[)）]")
_FEWEST_SUMMED = 3
_LEAST_INNER_POINTS = 2
_LONGEST_WITH_POINTS_AT_END = 30

_LARGEST_BARE_WEIGHT = 50
"""A larger percentage in brackets after a measure (办结率（95%）) is a target, not a weight."""

_DIGIT_LOOKALIKES = str.maketrans("oil", "011")


@dataclass(frozen=True, slots=True)
class Marker:
    """The number or bullet a line begins with: `text[:end]` of its normal form. `first` when it is the first of its list."""

    rank: int
    end: int
    first: bool


@dataclass(frozen=True, slots=True)
class Points:
    """Points at `text[start:end]`; `unit` is `points` or `percent`; `kind` is set where the words say bonus or deduction."""

    start: int
    end: int
    value: Decimal
    unit: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A label before a colon at `text[start:end]`, colon and brackets within; `alone` when it is the whole line and has none."""

    start: int
    end: int
    word: str
    alone: bool = False


class Line:
    """One paragraph of a draft; offsets are into `text`, its normal form."""

    def __init__(self, paragraph: Paragraph, name_end: int = 0) -> None:
        self.prose = paragraph.prose
        self.name_end = name_end
        """Where the name ends of an item that has no number; 0 for any other line."""
        self.heading = paragraph.heading
        self.depth = paragraph.depth
        self._normal: Normal = normalise(paragraph.prose.text)
        self.text = self._normal.text

    def as_item(self, name_end: int) -> Line:
        """Return this line as an item without number, whose name is `text[:name_end]`."""
        return Line(Paragraph(self.prose, self.heading, self.depth), name_end)

    def part(self, start: int, end: int | None = None) -> Prose:
        """Return the words of the draft behind `text[start:end]`."""
        last = len(self.text) if end is None else end
        if start >= last:
            return EMPTY
        first, stop = self._normal.original(start, last)
        return slice_prose(self.prose, first, stop)

    def places(self, start: int, end: int) -> tuple[Span, ...]:
        """Return where `text[start:end]` stands in the draft."""
        return self.prose.spans(*self._normal.original(start, end)) if start < end else ()

    def inner_items(self) -> list[Line]:
        """Return the line cut before the numbers within it, when each numbered part gives points: 1.学习（5分）；2.测试（5分）。"""
        starts = [match.end() for match in _INNER_NUMBER.finditer(self.prose.text)]
        if not starts and not (self.marker or self.label):
            return self._summed_items()
        if not starts or len(self.points) < _LEAST_INNER_POINTS:
            return [self]
        bounds = [0, *starts, len(self.prose.text)]
        parts = [Line(Paragraph(slice_prose(self.prose, *bound), self.heading, self.depth)) for bound in pairwise(bounds)]
        return parts if all(part.points for part in parts[1:]) and sum(bool(part.points) for part in parts) > 1 else [self]

    def _summed_items(self) -> list[Line]:
        """Return the line cut where names with points begin that come to the whole of a scheme: 环境卫生（20分），…；治水（80分），…."""
        bounds = [match.span() for match in _SUMMED_ITEM.finditer(self.prose.text)]
        parts = [
            Line(Paragraph(slice_prose(self.prose, start, end), self.heading, self.depth))
            for start, end in pairwise([start for start, _ in bounds] + [len(self.prose.text)])
        ]
        if len(parts) < _FEWEST_SUMMED or sum(part.points[0].value for part in parts if part.points) not in WHOLES:
            return [self]
        head = slice_prose(self.prose, 0, bounds[0][0])
        return ([Line(Paragraph(head, self.heading, self.depth))] if head.text else []) + parts

    def gap_before(self, at: int) -> bool:
        """Tell whether the draft has white space (or a hidden character) before `text[at]`."""
        return at > 0 and self._normal.origin[at] - self._normal.origin[at - 1] > 1

    def has_wide_gap(self, at: int) -> bool:
        """Tell whether a tab or several spaces stand before `text[at]`."""
        gap = self.prose.text[self._normal.origin[at - 1] + 1 : self._normal.origin[at]]
        return "\t" in gap or (len(gap) > 1 and gap.isspace())

    @cached_property
    def marker(self) -> Marker | None:
        if not self.text:
            return None
        if self.name_end:
            return Marker(INNER_RANK, 0, False)
        if ord(self.prose.text[self._normal.origin[0]]) in _CIRCLED:
            end = sum(origin == self._normal.origin[0] for origin in self._normal.origin[:-1])
            return Marker(_CIRCLED_RANK, end, self.text[:end] == "1")
        if roman := _ROMAN.match(self.prose.text, self._normal.origin[0]):
            return Marker(_ROMAN_RANK, bisect_left(self._normal.origin, roman.end()), roman["number"] in ("Ⅰ", "I"))
        if _LENTICULAR.fullmatch(self.prose.text):
            return Marker(_LENTICULAR_RANK, 1, False)
        for rank, pattern in _MARKERS:
            match = pattern.match(self.text)
            if match:
                return Marker(
                    rank + len(re.findall("[.-]", match[0].rstrip(".、"))) - 1 if rank == 61 else rank, match.end(), _is_first(match[0])
                )
        of_table = _OF_TABLE.match(self.text)
        if of_table and len(self.text) <= _LONGEST_WITH_POINTS_AT_END and not TITLE.search(self.text.partition("（")[0]):
            return Marker(_TABLE_RANK, of_table.end(), False)
        for rank, pattern in _SPACED:
            match = pattern.match(self.text)
            if match and self.gap_before(match.end()):
                return Marker(rank, match.end(), _is_first(match[0]))
        match = _SPACED_NUMBER.match(self.text)
        if match and self.gap_before(match.end()):
            return Marker(60, match.end(), match[0] == "1")
        return None

    @property
    def body(self) -> int:
        """Where the words begin, after the number."""
        return self.marker.end if self.marker else 0

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """The labels of indicators in this line, in order."""
        return _find_labels(self)

    @property
    def label(self) -> Label | None:
        """The label this line begins with, after its number."""
        return self.labels[0] if self.labels and self.labels[0].start == self.body else None

    @cached_property
    def points(self) -> tuple[Points, ...]:
        """The points this line gives as a heading or an indicator, in order; what a standard gives or takes is none."""
        return _find_points(self, self.labels[0].start if self.labels else len(self.text))


NO_LINE = Line(Paragraph(EMPTY))


def _is_first(marker: str) -> bool:
    return "".join(_COUNTING.findall(marker)) in ("1", "一", "a", "甲", "a1", "❶", "➀", "➊")


def points_of(match: re.Match[str]) -> Points | None:
    """Return the points a match of number, unit and the words before tells; None when they are a target or no number."""
    words = match["number"]
    value = number(words.translate(_DIGIT_LOOKALIKES) if words[0].isascii() else words)
    if value is None:
        return None
    before = match["before"]
    measured = match.start() and match.string[match.start() - 1] in "率度数比例"
    if match["unit"] == "%" and not before and measured and value > _LARGEST_BARE_WEIGHT:
        return None
    kind = "bonus" if before.endswith(("加", "+")) else "deduction" if before.endswith(("扣", "减")) else ""
    return Points(match.start(), match.end(), value, "percent" if match["unit"] == "%" else "points", kind)


def _find_points(line: Line, end: int) -> tuple[Points, ...]:
    found: list[Points] = []
    for pattern in (_BRACKETED, _COUNTED):
        for match in pattern.finditer(line.text, line.body, end):
            points = points_of(match)
            if points:
                after = match.groupdict().get("after")
                found.append(replace(points, end=match.start("after")) if after else points)
    if not found:
        single = _unbracketed(line, end)
        return (single,) if single else ()
    return tuple(sorted(found, key=lambda p: p.start))


def _unbracketed(line: Line, end: int) -> Points | None:
    """Return points that stand alone: at the end of a short heading, in a sentence of their own, or between spaces.

    A paragraph without number that ends so (…下达如下，满分100分。) tells the total.
    """
    text, start = line.text, line.body
    for match in _ALONE.finditer(text, start, end):
        stop = match.end()
        heads = _heads(text[start : match.start()]) and (stop == end or text[stop] in "：。；，") and not match["mark"]
        spaced = stop < end and not match["mark"] and line.gap_before(match.start()) and line.gap_before(stop)
        sentence = match["mark"] and stop < end and text[stop] in "，。；" and (line.marker or _heads(text[start : match.start()]))
        if (heads or spaced or sentence) and "每" not in text[max(start, match.start() - 6) : match.start()]:
            return points_of(match)
    return None


def _heads(words: str) -> bool:
    """Tell whether points after these words are those of a heading."""
    return len(words) <= _LONGEST_WITH_POINTS_AT_END and not any(mark in words for mark in "，。；")


def _find_labels(line: Line) -> tuple[Label, ...]:
    text = line.text
    start = line.body
    bracket = text.find("）", start, start + LONGEST_LABEL + 2) if text.startswith("（", start) else -1
    found = []
    if bracket > 0 and is_label(text[start + 1 : bracket]):
        end = bracket + 1 + text.startswith("：", bracket + 1)
        found.append(Label(start, end, text[start + 1 : bracket]))
    elif is_label(text[start:]):
        return (Label(start, len(text), text[start:], alone=True),)
    elif spaced := _label_before_space(line, start):
        found.append(spaced)
    colon = text.find("：", start)
    while colon >= 0:
        label = _label_before(line, start, colon)
        if label and (not found or label.start >= found[-1].end):
            found.append(label)
        colon = text.find("：", colon + 1)
    return tuple(found)


def _label_before_space(line: Line, start: int) -> Label | None:
    """Return the label that wide space parts from its value, as in the rows of a form."""
    for end in range(min(start + LONGEST_LABEL, len(line.text) - 1), start, -1):
        if is_label(line.text[start:end]) and line.has_wide_gap(end):
            return Label(start, end, line.text[start:end])
    return None


def is_label(word: str) -> bool:
    return word in INDICATOR_LABELS or word in SCHEME_LABELS


def _label_before(line: Line, start: int, colon: int) -> Label | None:
    """Return the longest label that ends at this colon and begins where a label can begin."""
    text = line.text
    end = colon
    if text.endswith("）", start, colon) and "（" in text[max(start, colon - 12) : colon]:
        end = text.rindex("（", start, colon)
    for at in range(max(start, end - LONGEST_LABEL), end):
        if not (at == start or text[at - 1] in "。；，、）》”\n\t|" or line.gap_before(at)):
            continue
        if is_label(text[at:end]):
            opened = at > start and text[at - 1] == "（" and end < colon
            return Label(at - opened, colon + 1, text[at:end])
    return None
