"""The lists of a Word file (numbering.xml) and its paragraphs in their order → the number or bullet before each paragraph.

Numbers are not in the text of a Word file: Word counts them. Paragraphs of lists with one definition count on together, unless a list
says where it starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from assesslint.documents.numerals import numeral
from assesslint.documents.word.file import W
from assesslint.documents.word.styles import Style, Styles, is_on, whole_number

LEVELS = 9

_PLACE = re.compile(r"%([1-9])")
_LARGEST = 1_000_000
"""No list counts farther; a start beyond it is damage."""

_BULLETS = {
    "\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "\uf071": "□", "\uf0b7": "●", "\uf0a7": "■", "\uf0d8": "➤", "\uf0fc": "✓", "\uf0e8": "➤",
    "\uf0b2": "◇", "\uf0d6": "★", "\uf0ab": "★", "\uf0fe": "■", "\uf0a8": "□", "\uf09f": "●", "\uf06f": "□",
}  # fmt: skip
"""Marks of the symbol fonts that bullets are taken from, each as a character every font has."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `text` has %1 to %9 where the numbers of the levels stand; `suffix` parts it from the words."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str = ""

    @property
    def look(self) -> str:
        """What lists nested in one another may share, so that only their depth tells them apart."""
        return "bullet" if self.form == "bullet" else f"{self.form} {_PLACE.sub('%', self.text)}"


_NO_LEVELS: tuple[Level, ...] = (Level(),) * LEVELS


@dataclass(frozen=True, slots=True)
class List:
    """A list that paragraphs name: a definition, with levels of its own and starts of its own."""

    definition: str
    levels: tuple[Level, ...]
    starts: dict[int, int]


class Numbering:
    """Lists by id. `label` is to be asked for each paragraph in order; a new counting begins with `counting`."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, tuple[Level, ...]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, List] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for element in root.iterchildren(W + "abstractNum"):
            identifier = element.get(W + "abstractNumId", "")
            self._definitions[identifier] = _levels(element, _NO_LEVELS)
            link = element.find(W + "numStyleLink")
            if link is not None:
                self._links[identifier] = link.get(W + "val", "")
        for element in root.iterchildren(W + "num"):
            named = element.find(W + "abstractNumId")
            definition = named.get(W + "val", "") if named is not None else ""
            starts: dict[int, int] = {}
            levels = self._definitions.get(definition, _NO_LEVELS)
            for override in element.iterchildren(W + "lvlOverride"):
                levels = _levels(override, levels)
                start = whole_number(override.find(W + "startOverride"))
                at = override.get(W + "ilvl", "")
                if start is not None and at.isdigit():
                    starts[int(at)] = min(start, _LARGEST)
            self._lists[element.get(W + "numId", "")] = List(definition, levels, starts)
        for identifier, each in self._lists.items():
            style = self._links.get(each.definition)
            linked = self._lists.get(self._styles.of(style).list_number) if style else None
            if linked is not None and linked.definition not in self._links:
                self._lists[identifier] = replace(linked, starts={**linked.starts, **each.starts})

    def counting(self) -> Counting:
        return Counting(self._lists)


def _levels(parent: etree._Element, otherwise: tuple[Level, ...]) -> tuple[Level, ...]:
    levels = list(otherwise)
    for element in parent.iterchildren(W + "lvl"):
        at = element.get(W + "ilvl", "")
        if at.isdigit() and int(at) < LEVELS:
            levels[int(at)] = _level(element)
    return tuple(levels)


def _level(element: etree._Element) -> Level:
    def value(name: str, otherwise: str) -> str:
        found = element.find(W + name)
        return otherwise if found is None else found.get(W + "val", otherwise)

    forms = [each.get(W + "val", "") for each in element.iter(W + "numFmt")]
    return Level(
        form=next((form for form in forms if form != "custom"), "decimal"),
        text=value("lvlText", ""),
        start=min(whole_number(element.find(W + "start"), 0) or 0, _LARGEST),
        suffix=value("suff", "tab"),
        legal=is_on(element.find(W + "isLgl")) or False,
        restart=whole_number(element.find(W + "lvlRestart")),
        style=value("pStyle", ""),
    )


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before the words of a paragraph. `depth` counts the levels above it that look the same."""

    text: str
    depth: int


NO_LABEL = Label("", 0)


class Counting:
    """How far every list of one story (the body, the notes, the text boxes) has counted."""

    def __init__(self, lists: dict[str, List]) -> None:
        self._lists = lists
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: etree._Element | None, style: Style) -> Label:
        """Return the number of the next paragraph, by its properties (w:pPr) and its style, and count it."""
        own = properties.find(W + "numPr") if properties is not None else None
        identifier, level = style.list_number, style.list_level
        if own is not None:
            number = own.find(W + "numId")
            identifier = style.list_number if number is None else number.get(W + "val", "")
            level = whole_number(own.find(W + "ilvl"), level if number is None else 0)
        found = self._lists.get(identifier)
        if found is None:
            return NO_LABEL
        if own is None or level is None:
            levels = {each.style: at for at, each in enumerate(found.levels) if each.style}
            level = next((levels[name] for name in style.chain if name in levels), level)
        at = min(max(level or 0, 0), LEVELS - 1)
        return Label(self._count(identifier, found, at), _depth(found.levels, at))

    def _count(self, identifier: str, found: List, at: int) -> str:
        counts = self._counts.setdefault(found.definition, [None] * LEVELS)
        if at in found.starts and (identifier, at) not in self._begun:
            self._begun.add((identifier, at))
            counts[at] = found.starts[at] - 1
        for above in range(at):  # a number shown for a level left out counts as used
            if counts[above] is None:
                counts[above] = found.levels[above].start
        before = counts[at]
        counts[at] = found.levels[at].start if before is None else before + 1
        for deeper in range(at + 1, LEVELS):
            restart = found.levels[deeper].restart
            if restart is None or 0 < at + 1 <= restart:
                counts[deeper] = None
        return _shown(found.levels, counts, at)


def _shown(levels: tuple[Level, ...], counts: list[int | None], at: int) -> str:
    level = levels[at]
    if level.form == "bullet":
        text = _BULLETS.get(level.text, "●" if not level.text or not level.text.isprintable() or level.text == "o" else level.text)
    else:

        def number(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            form = "decimal" if level.legal else levels[other].form
            count = counts[other]
            return "" if form == "none" else numeral(levels[other].start if count is None else count, form)

        text = _PLACE.sub(number, level.text)
    return f"{text} " if text.strip() and level.suffix != "nothing" else text


def _depth(levels: tuple[Level, ...], at: int) -> int:
    return sum(levels[above].look == levels[at].look for above in range(at))
