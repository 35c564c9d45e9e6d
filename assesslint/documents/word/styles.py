"""The styles of a Word file → what a paragraph has of its style: heading level, list, hidden or not. Styles inherit from one another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from assesslint.documents.word.file import W

BODY_LEVEL = 9
"""The outline level of what is no heading; headings have 0 to 8."""

_DEEPEST_HEADING = 6
_HEADING_NAME = re.compile(r"(?:heading|标题) ?([1-9])")
_TITLE_NAMES = ("title", "标题")
_LONGEST_CHAIN = 100
"""Styles a style may inherit from; Word's own are at most five deep."""

_WHITE = re.compile(r"(?:F[0-9A-F]){3}", re.IGNORECASE)
"""White, and greys so light that they do not show on it."""
_PLAIN_PATTERNS = ("clear", "nil")
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """What paragraphs or runs of a style have. `list_number` is the id of a list, "" for none said, "0" for none wanted.

    `colour` is that of its words, six hexadecimal digits; `is_shaded` where anything in it puts another colour than white behind them.
    `chain` are the ids of the style and of those it inherits from.
    """

    name: str = ""
    level: int | None = None
    list_number: str = ""
    list_level: int | None = None
    hidden: bool = False
    colour: str = ""
    is_shaded: bool = False
    chain: tuple[str, ...] = ()

    @property
    def heading(self) -> int:
        """The level of heading, 1 to 6, or 0."""
        return heading_of_level(BODY_LEVEL if self.level is None else self.level)


def heading_of_level(level: int) -> int:
    return 0 if level >= BODY_LEVEL else min(level + 1, _DEEPEST_HEADING)


def is_on(element: etree._Element | None) -> bool | None:
    """Tell whether a property that stands for itself (w:vanish, w:isLgl) is on; None where it is not there."""
    return None if element is None else element.get(W + "val", "1") not in _OFF


def whole_number(element: etree._Element | None, otherwise: int | None = None) -> int | None:
    """Return the number a property has, where it has one."""
    value = element.get(W + "val", "") if element is not None else ""
    return int(value) if re.fullmatch(r"-?\d{1,9}", value) else otherwise


def is_shaded(properties: etree._Element | None) -> bool:
    """Tell whether properties, or those within them, put another colour than white behind words."""
    if properties is None:
        return False
    highlights = (each.get(W + "val", "") for each in properties.iter(W + "highlight"))
    return any(map(_shades, properties.iter(W + "shd"))) or any(value not in ("", "none", "white") for value in highlights)


def _shades(shading: etree._Element) -> bool:
    fill = shading.get(W + "fill", "auto")
    return shading.get(W + "val", "clear") not in _PLAIN_PATTERNS or not (fill == "auto" or is_white(fill))


def is_white(colour: str) -> bool:
    return _WHITE.fullmatch(colour) is not None


NO_STYLE = Style()


class Styles:
    """Styles by id, each looked up in those it inherits from."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self._default = ""
        for element in root.iter(W + "style") if root is not None else ():
            identifier = element.get(W + "styleId", "")
            self._elements.setdefault(identifier, element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default", "0") not in _OFF:
                self._default = identifier

    def of(self, identifier: str | None) -> Style:
        """Return a style; the default one of paragraphs for None. An unknown id has nothing."""
        wanted = self._default if identifier is None else identifier
        if wanted not in self._known:
            self._resolve(wanted)
        return self._known[wanted]

    def _resolve(self, wanted: str) -> None:
        """Resolve a style and all it inherits from, from the oldest on; a circle ends where it closes."""
        line: list[str] = []
        at = wanted
        while at in self._elements and at not in self._known and at not in line and len(line) < _LONGEST_CHAIN:
            line.append(at)
            based_on = self._elements[at].find(W + "basedOn")
            at = based_on.get(W + "val", "") if based_on is not None else ""
        parent = self._known.get(at, NO_STYLE)
        for identifier in reversed(line):
            parent = self._known[identifier] = _inherit(identifier, self._elements[identifier], parent)
        self._known.setdefault(wanted, NO_STYLE)


def _inherit(identifier: str, element: etree._Element, parent: Style) -> Style:
    name_element = element.find(W + "name")
    name = name_element.get(W + "val", "").lower() if name_element is not None else ""
    number = element.find(f"{W}pPr/{W}numPr/{W}numId")
    hidden = is_on(element.find(f"{W}rPr/{W}vanish"))
    colour = element.find(f"{W}rPr/{W}color")
    level = whole_number(element.find(f"{W}pPr/{W}outlineLvl"))
    return Style(
        name,
        _level_of_name(name, parent.level) if level is None else level,
        parent.list_number if number is None else number.get(W + "val", ""),
        whole_number(element.find(f"{W}pPr/{W}numPr/{W}ilvl"), parent.list_level),
        parent.hidden if hidden is None else hidden,
        parent.colour if colour is None else colour.get(W + "val", ""),
        parent.is_shaded or is_shaded(element),
        (identifier, *parent.chain[:_LONGEST_CHAIN]),
    )


def _level_of_name(name: str, inherited: int | None) -> int | None:
    """Return the level of Word's own headings, which programs leave out of the style, and of the title."""
    if name in _TITLE_NAMES:
        return 0
    match = _HEADING_NAME.fullmatch(name)
    return int(match[1]) - 1 if match else inherited
