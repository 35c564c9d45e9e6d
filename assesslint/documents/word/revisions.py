"""Edits of a Word draft → the same file with them as tracked changes under our name, which its author accepts or rejects.

Runs are cut where a change begins and ends; of the package only the body changes. The changes of others stay as they are: nothing
inside them is touched. Ours have no date, so that the same edits make the same file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from operator import attrgetter

from lxml import etree

from assesslint.documents.limits import Limits
from assesslint.documents.unreadable import UneditableError
from assesslint.documents.word.file import W, WordFile
from assesslint.documents.word.runs import SPACE, cut_paragraph, element_of, unit_of
from assesslint.documents.word.walk import Glyphs, WordParagraph, WordWalk, paragraphs_of
from assesslint.text.location import WordLocation
from assesslint.text.source import Source, Span

AUTHOR = "assesslint"
"""Who signs our changes."""

_NUMBER = re.compile("[0-9]{1,9}")
_AROUND = frozenset(W + name for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "customXml"))
"""What a run may stand in within its paragraph, and be changed all the same."""
_KEPT = frozenset(W + name for name in ("drawing", "pict", "object", "footnoteReference", "endnoteReference"))
"""What no paragraph may hold that goes as a whole."""
_LAST_OF_PROPERTIES = frozenset(W + name for name in ("sectPr", "pPrChange"))
_OTHERS = UneditableError("这里有别人尚未处理的修订，没有改动", "somebody else's tracked change stands here; it was left alone")
_ELSEWHERE = UneditableError(
    "文字在文本框、脚注、页眉、域或公式里，不能写成修订",
    "the words stand in a text box, note, header, field or formula, where no change was tracked",
)


@dataclass(slots=True)
class _Changes:
    """What changes in one paragraph: ranges that go with what comes in their place; `whole` when all of it goes, its mark too."""

    paragraph: WordParagraph
    ranges: list[tuple[int, int, str]] = field(default_factory=list)
    whole: bool = False


def revise_docx(source: Source, data: bytes, edits: Sequence[tuple[Span, str]], limits: Limits) -> bytes:
    """Return the file with the edits of its text as tracked changes. `source` is the text as it was read from these very bytes.

    Raises UneditableError where a change cannot be tracked, UnreadableError where the file cannot be read.
    """
    file = WordFile(data, limits)
    walk = WordWalk(file)
    paragraphs = {(each.place.part, each.place.paragraph): each for each in paragraphs_of(walk.blocks())}
    changes: dict[tuple[str, int], _Changes] = {}
    for span, text in edits:
        for place, start, end, new, whole in _pieces(source, span, text):
            paragraph = paragraphs.get((place.part, place.paragraph))
            if paragraph is None or place.part != file.main or place.where != "document":
                raise _ELSEWHERE
            change = changes.setdefault((place.part, place.paragraph), _Changes(paragraph))
            change.ranges.append((place.start + start, place.start + end, new))
            change.whole |= whole
    _Writer(walk.root).write(list(changes.values()))
    return file.package.rewritten({file.main: file.bytes_of(walk.root)})


_start = attrgetter("start")


def _pieces(source: Source, span: Span, text: str) -> Iterator[tuple[WordLocation, int, int, str, bool]]:
    """Yield place, range and new text for each paragraph an edit touches, and whether that goes as a whole."""
    told = False
    stretches = source.stretches or ()
    for at in range(max(0, bisect_right(stretches, span.start, key=_start) - 1), len(stretches)):
        stretch = stretches[at]
        if stretch.start > span.end:
            break
        start, end = max(span.start, stretch.start), min(span.end, stretch.end)
        touched = start < end or (span.start == span.end and stretch.start <= span.start <= stretch.end and not told)
        if touched and isinstance(stretch.place, WordLocation):
            whole = span.start <= stretch.start and stretch.end <= span.end and span != Span(stretch.start, stretch.end)
            yield stretch.place, start - stretch.start, end - stretch.start, "" if told else text, whole
            told = True
    if not told:
        raise _ELSEWHERE


class _Writer:
    """Writes changes into the XML of a body."""

    def __init__(self, root: etree._Element) -> None:
        used = (element.get(W + "id", "") for element in root.iter(etree.Element))
        self._next = max((int(value) for value in used if _NUMBER.fullmatch(value)), default=-1) + 1

    def write(self, changes: Sequence[_Changes]) -> None:
        gone = {element for change in changes if change.whole for element in change.paragraph.elements}
        for change in changes:
            if change.whole:
                self._remove_whole(change.paragraph, gone)
            else:
                self._change(change)

    def _mark(self, name: str) -> etree._Element:
        """Return a new change: `ins` or `del`."""
        self._next += 1
        return etree.Element(W + name, {W + "id": str(self._next - 1), W + "author": AUTHOR})

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _change(self, change: _Changes) -> None:
        ranges = sorted(change.ranges)
        starts, pieces = cut_paragraph(change.paragraph, {at for start, end, _ in ranges for at in (start, end)})
        bounds = {*starts, *(start + len(piece.text) for start, piece in zip(starts, pieces, strict=True))}
        if not pieces or any(at not in bounds for start, end, _ in ranges for at in (start, end)):
            raise _ELSEWHERE
        fields = {run for element in change.paragraph.elements for run in _runs_of_fields(element)}
        for start, end, text in reversed(ranges):
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            runs = [_run_of(piece, fields) for piece in pieces[first:last]]
            if text:
                anchor = runs[0] if runs else _run_of(pieces[min(first, len(pieces) - 1)], fields)
                self._insert(anchor, text, before=bool(runs) or first < len(pieces))
            for run in dict.fromkeys(runs):
                self._delete(run)

    def _insert(self, anchor: etree._Element, text: str, *, before: bool) -> None:
        """Put new words before or behind a run, in its looks."""
        run = etree.Element(W + "r")
        properties = anchor.find(W + "rPr")
        if properties is not None:
            copied = deepcopy(properties)
            for change in copied.findall(W + "rPrChange"):
                copied.remove(change)
            run.append(copied)
        words = etree.SubElement(run, W + "t", {SPACE: "preserve"})
        words.text = text
        new = run
        if _own_insertion(anchor) is None:
            new = self._mark("ins")
            new.append(run)
        if before:
            anchor.addprevious(new)
        else:
            anchor.addnext(new)

    def _delete(self, run: etree._Element) -> None:
        """Mark a run as deleted; what we ourselves inserted just goes."""
        inserted = _own_insertion(run)
        if inserted is not None:
            inserted.remove(run)
            holder = inserted.getparent()
            if not len(inserted) and holder is not None:
                holder.remove(inserted)
            return
        before = run.getprevious()
        if before is not None and before.tag == W + "del" and before.get(W + "author") == AUTHOR:
            mark = before
        else:
            mark = self._mark("del")
            run.addprevious(mark)
        mark.append(run)
        for text in run.findall(W + "t"):
            text.tag = W + "delText"
            text.set(SPACE, "preserve")

    # ── paragraphs and rows ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _remove_whole(self, paragraph: WordParagraph, gone: set[etree._Element]) -> None:
        if any(next(element.iter(*_KEPT), None) is not None for element in paragraph.elements):
            raise _ELSEWHERE
        fields = {run for element in paragraph.elements for run in _runs_of_fields(element)}
        for run in dict.fromkeys(_run_of(piece, fields) for piece in paragraph.glyphs if piece.element is not None):
            self._delete(run)
        last = paragraph.elements[-1]
        row = next(last.iterancestors(W + "tr"), None)
        if row is not None and all(_is_gone(each, gone) for each in row.iter(W + "p")):
            self._remove_row(row)
            self._remove_mark(last)
        elif _may_lose_mark(last):
            self._remove_mark(last)

    def _remove_row(self, row: etree._Element) -> None:
        properties = row.find(W + "trPr")
        if properties is None:
            properties = etree.Element(W + "trPr")
            above = row.find(W + "tblPrEx")
            if above is None:
                row.insert(0, properties)
            else:
                above.addnext(properties)
        if properties.find(W + "ins") is not None:
            raise _OTHERS
        if properties.find(W + "del") is None:
            change = properties.find(W + "trPrChange")
            place = len(properties) if change is None else properties.index(change)
            properties.insert(place, self._mark("del"))

    def _remove_mark(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(W + "pPr")
        if properties is None:
            properties = etree.Element(W + "pPr")
            paragraph.insert(0, properties)
        of_mark = properties.find(W + "rPr")
        if of_mark is None:
            of_mark = etree.Element(W + "rPr")
            at = next((at for at, each in enumerate(properties) if each.tag in _LAST_OF_PROPERTIES), len(properties))
            properties.insert(at, of_mark)
        if of_mark.find(W + "ins") is not None:
            raise _OTHERS
        if of_mark.find(W + "del") is None:
            of_mark.insert(0, self._mark("del"))


def _run_of(piece: Glyphs, fields: set[etree._Element]) -> etree._Element:
    """Return the run that characters make up. Raises UneditableError where they stand in what cannot be changed."""
    element = element_of(piece)
    run = unit_of(element)
    if run.tag != W + "r" or element.getparent() is not run or run in fields:
        raise _ELSEWHERE
    for above in run.iterancestors():
        if above.tag == W + "p":
            return run
        if above.tag == W + "ins" and above.get(W + "author") == AUTHOR:
            continue
        if above.tag not in _AROUND:
            raise _OTHERS if above.tag in (W + "ins", W + "moveTo") else _ELSEWHERE
    raise _ELSEWHERE


def _own_insertion(run: etree._Element) -> etree._Element | None:
    above = run.getparent()
    return above if above is not None and above.tag == W + "ins" and above.get(W + "author") == AUTHOR else None


def _runs_of_fields(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph that a field fills."""
    depth = 0
    for element in paragraph.iter(W + "fldChar", W + "r", W + "fldSimple"):
        if element.tag == W + "fldSimple":
            yield from element.iter(W + "r")
        elif element.tag == W + "r":
            if depth:
                yield element
        else:
            depth += {"begin": 1, "end": -1}.get(element.get(W + "fldCharType", ""), 0)


def _is_gone(paragraph: etree._Element, gone: set[etree._Element]) -> bool:
    """Tell whether a paragraph goes, or says nothing."""
    return paragraph in gone or not any(each.text for each in paragraph.iter(W + "t"))


def _may_lose_mark(paragraph: etree._Element) -> bool:
    """Tell whether the end of a paragraph may go: it ends no section, no cell, and no table follows it."""
    properties = paragraph.find(W + "pPr")
    ends_section = properties is not None and properties.find(W + "sectPr") is not None
    following = paragraph.getnext()
    return not ends_section and following is not None and following.tag == W + "p"
