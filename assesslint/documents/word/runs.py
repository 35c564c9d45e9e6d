"""A paragraph of a Word file → the same with its runs cut at some of its characters, so that something can be put there.

Nothing else moves: what a run is set in stays, and what cannot be cut stays whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from copy import deepcopy
from itertools import pairwise

from lxml import etree

from assesslint.documents.word.file import MATH, MC, W
from assesslint.documents.word.walk import Glyphs, WordParagraph

SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_UNITS = frozenset((W + "r", MATH + "oMath", MATH + "oMathPara", MC + "AlternateContent"))
"""What a mark is set before or behind, never within; a run may be cut first."""
_BOUND = frozenset(W + name for name in ("text", "dropDownList", "comboBox", "date", "picture", "dataBinding", "citation"))
"""Content controls that hold plain text or are filled from elsewhere: a mark within them would be lost or refused."""


def cut_paragraph(paragraph: WordParagraph, offsets: Collection[int]) -> tuple[list[int], list[Glyphs]]:
    """Cut the runs of a paragraph at some of its characters; return where each piece starts, and the pieces, list numbers left out."""
    pieces: list[Glyphs] = []
    starts: list[int] = []
    at = 0
    ordered = sorted(offsets)
    for glyphs in paragraph.glyphs:
        end = at + len(glyphs.text)
        inner = ordered[bisect_right(ordered, at) : bisect_left(ordered, end)]
        if glyphs.element is not None:
            for piece in _cut_text(glyphs, [offset - at for offset in inner]):
                starts.append(at)
                pieces.append(piece)
                at += len(piece.text)
        at = end
    for start, glyphs in zip(reversed(starts), reversed(pieces), strict=True):
        if start in offsets:
            _cut_run(glyphs)
    return starts, pieces


def element_of(glyphs: Glyphs) -> etree._Element:
    assert glyphs.element is not None  # noqa: S101 - a list number is kept out of a cut paragraph
    return glyphs.element


def unit_of(element: etree._Element) -> etree._Element:
    """Return the outermost thing around an element that no mark may stand in."""
    found = element
    for above in element.iterancestors():
        if above.tag == W + "p":
            break
        if above.tag in _UNITS or (above.tag == W + "sdt" and any(each.tag in _BOUND for each in above.iterfind(f"{W}sdtPr/*"))):
            found = above
    return found


def _cut_text(glyphs: Glyphs, offsets: list[int]) -> list[Glyphs]:
    """Cut a text element; anything else stays whole."""
    element = element_of(glyphs)
    if not offsets or element.tag != W + "t":
        return [glyphs]
    text = "".join(map(str, element.itertext()))
    for child in list(element):
        element.remove(child)
    pieces = []
    bounds = [0, *offsets, len(text)]
    at = element
    for number, (start, end) in enumerate(pairwise(bounds)):
        if number:
            following = etree.Element(W + "t")
            at.addnext(following)
            at = following
        at.text = text[start:end]
        at.set(SPACE, "preserve")
        pieces.append(Glyphs(text[start:end], at, glyphs.hidden))
    return pieces


def _cut_run(glyphs: Glyphs) -> None:
    """Cut a run before these characters, unless it begins with them or they stand in it too deep."""
    element = element_of(glyphs)
    run = unit_of(element)
    while element.getparent() is not run and element is not run and (above := element.getparent()) is not None:
        element = above
    if run.tag != W + "r" or element is run:
        return
    before = element.getprevious()
    if before is None or before.tag == W + "rPr":
        return
    properties = run.find(W + "rPr")
    following = etree.Element(run.tag, {str(name): str(value) for name, value in run.attrib.items()})
    if properties is not None:
        following.append(deepcopy(properties))
    moved = [element, *element.itersiblings()]
    following.extend(moved)
    run.addnext(following)
