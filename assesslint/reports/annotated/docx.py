"""Notes → comments of Word on the very words of a .docx, .docm or .dotx file.

Runs are cut at the ends of the words; nothing else moves. Of the package, the body, the comments and the lists that name them change.
Our earlier comments go, those of others stay.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from assesslint.documents.comments import AUTHOR
from assesslint.documents.limits import Limits
from assesslint.documents.package import parse_xml, xml_bytes
from assesslint.documents.word.file import W, WordFile
from assesslint.documents.word.runs import cut_paragraph, element_of, unit_of
from assesslint.documents.word.walk import Glyphs, WordParagraph, WordWalk, paragraphs_of
from assesslint.reports.annotated.notes import Note
from assesslint.text.location import Location, WordLocation
from assesslint.text.shortened import shortened

INITIALS = "al"

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNATURES = "_xmlsignatures/"
_CONTENT_TYPES = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER = re.compile("[0-9]{1,9}")
_LONGEST_QUOTED = 60


@dataclass(slots=True)
class _Target:
    """Characters `start` to `end` of a paragraph that one comment hangs on, going on to `end` of another where `last` is given."""

    paragraph: WordParagraph
    start: int
    end: int
    text: str
    last: WordParagraph | None = None


def annotate_docx(data: bytes, notes: Sequence[Note], limits: Limits, lang: str) -> bytes:
    """Return the file with the notes as its comments. Raises UnreadableError."""
    file = WordFile(data, limits)
    comments = _Comments(file)
    walk = WordWalk(file)
    signed = any(name.startswith(_SIGNATURES) for name in file.package.names)
    if not notes and not comments.own:
        return data
    comments.leave_free(_remove_marks(walk.root, comments.own))
    paragraphs = _Paragraphs(walk, lang)
    targets = [target for note in notes for target in paragraphs.targets(note)]
    if signed:
        zh, en = "原文件带有数字签名；写入批注后签名失效，原文件未作改动", "the original is signed; comments break the signature here"
        targets.append(paragraphs.first_target(zh if lang == "zh" else en))
    _set_marks(targets, comments)
    return file.package.rewritten({file.main: file.bytes_of(walk.root), **comments.changed_parts()})


class _Paragraphs:
    """The paragraphs of a file by their place, and where in the body a comment on them can hang."""

    def __init__(self, walk: WordWalk, lang: str) -> None:
        self._all = [*paragraphs_of(walk.blocks()), *paragraphs_of(walk.headers())]
        self._order = {(each.place.part, each.place.paragraph): at for at, each in enumerate(self._all)}
        own = [each for each in self._all if each.place.where == "document"]
        self._first = next((each for each in own if each.text.strip()), own[0] if own else _new_paragraph(walk))
        self._zh = lang == "zh"

    def targets(self, note: Note) -> Iterator[_Target]:
        """Yield where a note hangs: the whole of it at its first place, a reference to it at every other."""
        text = note.text
        found = list(self._joined(note.places))
        if not found:
            yield self.first_target(text)
        for target in found:
            yield self._in_body(target, text)
            text = f"同上，见“{note.title}”的批注" if self._zh else f"see the comment “{note.title}”"

    def first_target(self, text: str) -> _Target:
        """Return the first paragraph with words, for what concerns the file as a whole."""
        return _Target(self._first, 0, len(self._first.text), text)

    def _joined(self, places: Iterable[Location]) -> Iterator[_Target]:
        """Yield the places, those as one that follow one another without a word between them."""
        going: _Target | None = None
        for place in places:
            at = self._order.get((place.part, place.paragraph)) if isinstance(place, WordLocation) else None
            if at is None or not isinstance(place, WordLocation):
                continue
            paragraph = self._all[at]
            if going and self._goes_on(going, at, place):
                going.last, going.end = paragraph, place.end
                continue
            if going:
                yield going
            going = _Target(paragraph, place.start, max(place.end, place.start + 1), "")
        if going:
            yield going

    def _goes_on(self, target: _Target, at: int, place: WordLocation) -> bool:
        """Tell whether a place goes on where a target ends, in its paragraph or the next of the same cell, or outside of tables."""
        last, here = target.last or target.paragraph, self._all[at]
        if last is here:
            return target.end <= place.start and not here.text[target.end : place.start].strip()
        follows = self._order[last.place.part, last.place.paragraph] + 1 == at
        together = last.place.where == here.place.where == "document" and last.place.cell == here.place.cell
        return follows and together and not (last.text[target.end :] + here.text[: place.start]).strip()

    def _in_body(self, target: _Target, text: str) -> _Target:
        """Return a target that Word can hold a comment at, saying where the words stand if not there."""
        target.text = text
        paragraph = target.paragraph
        if paragraph.place.where == "document":
            return target
        quoted = shortened(paragraph.text[target.start : target.end], _LONGEST_QUOTED)
        where = paragraph.place.shown("zh" if self._zh else "en").strip()
        target.text = f"（{where}：“{quoted}”）\n{text}" if self._zh else f"({where}: “{quoted}”)\n{text}"
        if paragraph.anchor is None:
            return self.first_target(target.text)
        stand_in = WordParagraph([], paragraph.place, glyphs=[Glyphs("*", paragraph.anchor, hidden=False)])
        return _Target(stand_in, 0, 1, target.text)


def _new_paragraph(walk: WordWalk) -> WordParagraph:
    """Return a paragraph put into a body that has none."""
    body = walk.root.find(W + "body")
    element = etree.Element(W + "p")
    (walk.root if body is None else body).insert(0, element)
    return WordParagraph([element], WordLocation(walk.file.main, 1, 0, 0))


def _remove_marks(root: etree._Element, own: set[str]) -> set[str]:
    """Take out our marks, and with them a run that held nothing else; return the ids that the marks of others name."""
    others = set()
    for mark in list(root.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")):
        identifier = mark.get(W + "id", "")
        if identifier not in own:
            others.add(identifier)
            continue
        run = mark.getparent()
        if run is not None:
            run.remove(mark)
            holder = run.getparent()
            if holder is not None and run.tag == W + "r" and all(each.tag == W + "rPr" for each in run):
                holder.remove(run)
    return others


def _set_marks(targets: list[_Target], comments: _Comments) -> None:
    """Cut the runs of all targets, then set their marks, the last ones first, so that marks at one place keep their order."""
    ends: dict[WordParagraph, set[int]] = {}
    for target in targets:
        ends.setdefault(target.paragraph, set()).add(target.start)
        ends.setdefault(target.last or target.paragraph, set()).add(target.end)
    cut = {paragraph: _CutParagraph(paragraph, offsets) for paragraph, offsets in ends.items()}
    numbered = [(comments.add(target.text), target) for target in targets]
    numbered.sort(key=lambda each: (each[1].start, -each[1].end))
    for number, target in reversed(numbered):
        cut[target.paragraph].open(target.start, number)
        cut[target.last or target.paragraph].close(target.end, number)


class _CutParagraph:
    """A paragraph whose runs are cut at some of its characters, so that marks can stand there."""

    def __init__(self, paragraph: WordParagraph, offsets: set[int]) -> None:
        self._paragraph = paragraph
        self._starts, self._glyphs = cut_paragraph(paragraph, offsets)

    def open(self, start: int, number: str) -> None:
        """Set the mark where a comment begins."""
        mark = etree.Element(W + "commentRangeStart", {W + "id": number})
        if not self._glyphs:
            self._set_in_empty(mark)
            return
        at = max(0, bisect_right(self._starts, start) - 1)
        if at + 1 < len(self._glyphs) and self._starts[at] + len(self._glyphs[at].text) <= start:
            at += 1
        unit_of(element_of(self._glyphs[at])).addprevious(mark)

    def close(self, end: int, number: str) -> None:
        """Set the mark where a comment ends, and the reference to it behind all that holds the words, up to the paragraph."""
        mark = etree.Element(W + "commentRangeEnd", {W + "id": number})
        reference = etree.Element(W + "r")
        properties = etree.SubElement(reference, W + "rPr")
        for name in ("sz", "szCs"):  # as small as Word makes it, so that no line grows
            etree.SubElement(properties, W + name, {W + "val": "16"})
        etree.SubElement(reference, W + "commentReference", {W + "id": number})
        if not self._glyphs:
            self._set_in_empty(mark, reference)
            return
        last = self._glyphs[max(0, bisect_left(self._starts, end) - 1)]
        unit = unit_of(element_of(last) if last.last is None else last.last)
        holder = unit
        while (above := holder.getparent()) is not None and above.tag != W + "p":
            holder = above
        holder.addnext(reference)
        unit.addnext(mark)

    def _set_in_empty(self, *marks: etree._Element) -> None:
        for mark in marks:
            self._paragraph.elements[-1].append(mark)


class _Comments:
    """The comments of a file. `own` are the ids of ours, which are taken out when it is made."""

    def __init__(self, file: WordFile) -> None:
        self.own: set[str] = set()
        self._file = file
        self._threads: dict[str, bytes] = {}
        known = file.part_for("comments")
        self._is_new = known is None
        self._part = known or _free_name(file)
        self._root = file.xml_of(known) if known else etree.Element(W + "comments", nsmap={"w": W[1:-1]})
        ours = [comment for comment in self._root.iterchildren(W + "comment") if comment.get(W + "author") == AUTHOR]
        paragraphs = {each.get(_W14 + "paraId", "") for comment in ours for each in comment.iter(W + "p")} - {""}
        for comment in ours:
            self.own.add(comment.get(W + "id", ""))
            self._root.remove(comment)
        if paragraphs:
            self._leave_threads(paragraphs)
        self._next = 0
        self.leave_free(comment.get(W + "id", "") for comment in self._root.iterchildren(W + "comment"))

    def _leave_threads(self, paragraphs: set[str]) -> None:
        """Take ours out of the list of threads; what others replied to them stands on its own."""
        part = self._file.part_for("commentsExtended")
        if part is None:
            return
        root = self._file.xml_of(part)
        for each in list(root.iterchildren(_W15 + "commentEx")):
            if each.get(_W15 + "paraId") in paragraphs:
                root.remove(each)
            elif each.get(_W15 + "paraIdParent") in paragraphs:
                del each.attrib[_W15 + "paraIdParent"]
        self._threads[part] = self._file.bytes_of(root)

    def leave_free(self, others: Iterable[str]) -> None:
        """Give new comments none of these ids."""
        self._next = max(self._next, *(int(number) + 1 for number in others if _NUMBER.fullmatch(number)), 0)

    def add(self, text: str) -> str:
        """Add a comment, a paragraph a line, and return its id. It has no date, so that the same notes make the same file."""
        number = str(self._next)
        self._next += 1
        comment = etree.SubElement(self._root, W + "comment", {W + "id": number, W + "author": AUTHOR, W + "initials": INITIALS})
        for at, line in enumerate(_NO_XML.sub("", text).split("\n")):
            paragraph = etree.SubElement(comment, W + "p")
            if not at:
                etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "annotationRef")
            words = etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t", {_SPACE: "preserve"})
            words.text = line
        return number

    def changed_parts(self) -> dict[str, bytes]:
        """Return the parts that differ from the file's own, by name."""
        return {self._part: self._file.bytes_of(self._root), **(self._named() if self._is_new else self._threads)}

    def _named(self) -> dict[str, bytes]:
        """Return the lists that name the parts of the file, with the new part in them."""
        package, main = self._file.package, self._file.main
        types = package.xml(_CONTENT_TYPES)
        names = {"PartName": f"/{self._part}", "ContentType": _COMMENTS_TYPE}
        etree.SubElement(types, types.tag.replace("Types", "Override"), names)
        folder, name = posixpath.split(main)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
        relationships = self._file.xml_of(listed) if listed in package else parse_xml(empty)
        used = {each.get("Id") for each in relationships}
        identifier = next(free for at in range(len(used) + 1) if (free := f"rIdComments{at or ''}") not in used)
        values = {"Id": identifier, "Type": _RELATIONSHIP, "Target": posixpath.basename(self._part)}
        etree.SubElement(relationships, relationships.tag.replace("Relationships", "Relationship"), values)
        return {_CONTENT_TYPES: xml_bytes(types), listed: self._file.bytes_of(relationships)}


def _free_name(file: WordFile) -> str:
    folder = posixpath.dirname(file.main)
    names = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(len(file.package.names) + 1))
    return next(name for name in names if name not in file.package)
