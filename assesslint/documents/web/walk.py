"""The tags and texts of a web page → its lines, tables, pictures and regions, as a browser would show them.

End tags may be left out or nested wrongly, as they are in saved pages. Elements lie on lists, not on the call stack, and each is
opened and closed once: a page costs as much time as it is long, however deep it is nested.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from assesslint.documents.numerals import counted, numeral
from assesslint.documents.structure.words import is_header
from assesslint.documents.web.page import Cell, Grid, Item, Line, Page, Picture, Region
from assesslint.documents.web.tokens import Token, attributes, tokens
from assesslint.text.location import MarkedPiece


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# ── elements ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

_VOID = _names("area base basefont bgsound br col embed frame hr img input link meta param source track wbr")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_SECTIONS = frozenset({"article", "main", "section"})
_SKIPPED = frozenset({"template", "svg", "xml", "audio", "video", "canvas", "object", "applet", "rp"})
"""Elements of which nothing is shown as text."""
_EMBEDDED = frozenset({"svg", "iframe", "audio", "video", "canvas", "object", "applet"})
_FURNITURE = frozenset({"nav", "footer", "aside", "button", "select", "textarea", "datalist"})
"""Elements that by their kind are no part of a page's text; a header is one unless it is that of an article."""

_BLOCKS = _names(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset"
    " h1 h2 h3 h4 h5 h6 header hgroup html legend li listing main menu nav ol p pre search section summary ul"
)
_ENDS_PARAGRAPH = _BLOCKS - {"html", "body", "legend"}

_NOTABLE = re.compile(r"hidden|style|class|\bid\b|role|data-assesslint|colspan|rowspan|start|value|type|href", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(cjk-ideographic|simp-chinese-\w+|trad-chinese-\w+|(?:lower|upper)-(?:alpha|latin|roman))"
)
_WORD_COMMENTS = re.compile(r"mso-element\s*:\s*comment", re.IGNORECASE)

_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar"})
_FURNITURE_NAMES = _names(
    "nav navbar navigation navi menu submenu breadcrumb breadcrumbs crumb crumbs mbx weizhi dqwz sitemap share bshare sharebox"
    " bdsharebuttonbox social foot footer copyright sidebar toolbar pager pagination paging login qrcode ewm friendlink friendlinks yqlj"
)
_CONTENT_NAMES = _names("content article main text detail zoom editor body view")
_NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MAY_BE_NAMED = frozenset({"div", "ul", "ol", "dl", "section", "span", "p"})

_ATTACHED = re.compile(r"\.(?:docx?|wps|xlsx?|et|pdf|ofd|rtf|zip|rar)(?:[?#]|$)", re.IGNORECASE)

_OWN_NUMBER = re.compile(r"[\d（(①-⑳【〔\[]|第?[一二三四五六七八九十百]+[、章节条部]")
_WHITE = " \t\r\n\f"
_PART = re.compile(r"[ \t\r\n\f]+|(&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{0,40});?)|[^ \t\r\n\f&]+|&")
_LINES = re.compile(r"\r\n?|\n")

_MOST_COLUMNS, _MOST_ROWS = 1000, 65534
"""Most columns and rows a cell may cover, by the standard."""
_HEAD_WITHIN, _LONGEST_HEAD = 4, 80


def _shown_as_none(found: dict[str, str]) -> bool:
    return "hidden" in found or _NOT_SHOWN.search(found.get("style", "")) is not None


def _names_furniture(found: dict[str, str]) -> bool:
    """Tell whether an element's class or id says that it is part of the site and not of the text."""
    words = {word.lower() for word in _NAME_WORD.findall(f"{found.get('class', '')} {found.get('id', '')}"[:200])}
    return not words.isdisjoint(_FURNITURE_NAMES) and words.isdisjoint(_CONTENT_NAMES)


@dataclass(slots=True)
class _Element:
    """An open element and what holds while it is open, each 1 or 0."""

    name: str
    order: int
    hidden: int = 0
    skipped: int = 0
    deleted: int = 0
    linked: int = 0
    preformatted: int = 0
    in_section: int = 0
    heading: int = 0
    numbering: _Numbering | None = None
    region: Region | None = None
    is_closed: bool = False


_COUNTED = ("hidden", "skipped", "deleted", "linked", "preformatted", "in_section")
"""What holds while any element that brings it about is open, and is counted over all of them."""


@dataclass(slots=True)
class _Numbering:
    """How the items of a list are numbered; `style` empty for none."""

    style: str
    next: int
    step: int


@dataclass(slots=True)
class _Scope:
    """Elements that end with the cell or table they stand in: all of them in order, and those of each name."""

    elements: list[_Element] = field(default_factory=list)
    named: dict[str, list[_Element]] = field(default_factory=dict)


@dataclass(slots=True)
class _OpenTable:
    grid: Grid
    in_row: bool = False
    in_cell: bool = False
    in_caption: bool = False


def walk(text: str) -> Page:
    """Return what a page shows."""
    return _Walk(text).page()


class _Walk:
    """One pass over the tokens of a page."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = Page()
        self.containers: list[list[Item]] = [self.found.items]
        self.regions: list[Region] = []
        self.scopes = [_Scope()]
        self.tables: list[_OpenTable] = []
        self.lists: list[_Numbering] = []
        self.headings: list[int] = []
        self.order = 0
        self.hidden = self.skipped = self.deleted = self.linked = self.preformatted = self.in_section = 0
        self.marker = ""
        self.begin_line()

    def page(self) -> Page:
        handlers: dict[str, Callable[[Token], None]] = {"open": self.open, "close": self.close, "text": self.add}
        for token in tokens(self.text):
            if token.kind == "unclosed":
                self.found.unclosed = token.start
            else:
                handlers[token.kind](token)
        while self.tables:
            self.close_table()
        self.flush()
        self.end_all(self.scopes[0])
        return self.found

    # ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def begin_line(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[MarkedPiece] = []
        self.length = self.link_characters = self.links = 0
        self.hidden_ranges: list[tuple[int, int]] = []
        self.open_end = -1
        """Where the last piece ends in the page, when characters may be added to it one for one."""

    def add(self, token: Token) -> None:
        if self.skipped:
            return
        if self.deleted:
            self.found.deleted += len("".join(self.text[token.start : token.end].split()))
            return
        for match in _PART.finditer(self.text, token.start, token.end):
            words = unescape(match[1]) if match[1] else match[0]
            if words.strip(_WHITE):
                self.put(words, match.start(), match.end())
            else:
                self.add_space(match)

    def add_space(self, match: re.Match[str]) -> None:
        if not self.preformatted:
            if self.length and not self.texts[-1].endswith(" "):
                self.put(" ", match.start(), match.end())
            return
        if match[1]:
            self.put(" ", match.start(), match.end())
            return
        at = match.start()
        for line_end in _LINES.finditer(match[0]):
            self.put_spaces(at, match.start() + line_end.start())
            self.flush()
            at = match.start() + line_end.end()
        self.put_spaces(at, match.end())

    def put_spaces(self, start: int, end: int) -> None:
        if end > start:
            self.put(self.text[start:end], start, end)

    def put(self, words: str, start: int, end: int) -> None:
        """Add to the line what stands at `text[start:end]` of the page."""
        if self.marker and words.strip():
            marker = "" if self.marker == _BULLET and _OWN_NUMBER.match(words) else self.marker
            self.marker = ""
            if marker:
                self.put(marker, start, start)
        single = end - start == len(words)
        if not (single and self.open_end == start):
            self.pieces.append(MarkedPiece(self.length, start, end - start))
        else:
            last = self.pieces[-1]
            self.pieces[-1] = MarkedPiece(last.start, last.offset, last.length + len(words))
        self.open_end = end if single else -1
        if self.linked:
            self.link_characters += sum(map(str.isalnum, words))
        if self.hidden:
            if self.hidden_ranges and self.hidden_ranges[-1][1] == self.length:
                self.hidden_ranges[-1] = (self.hidden_ranges[-1][0], self.length + len(words))
            else:
                self.hidden_ranges.append((self.length, self.length + len(words)))
        self.texts.append(words)
        self.length += len(words)

    def flush(self) -> None:
        """End the line."""
        if not self.length:
            return
        text = "".join(self.texts)
        if text.strip():
            heading = self.headings[-1] if self.headings else 0
            depth = max(0, len(self.lists) - 1)
            hidden = tuple(bounds for bounds in self.hidden_ranges if text[slice(*bounds)].strip())
            self.items.append(Line(text, tuple(self.pieces), heading, depth, self.link_characters, self.links, hidden))
        self.begin_line()

    @property
    def items(self) -> list[Item]:
        return self.containers[-1]

    # ── elements ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, tag: Token) -> None:
        name = tag.name
        if name in _VOID:
            self.void(tag)
            return
        found = attributes(self.text, tag) if _NOTABLE.search(self.text, tag.start + len(name), tag.end) else {}
        if name in _TABLE_OPENERS:
            _TABLE_OPENERS[name](self, found)
            return
        scope = self.scopes[-1]
        if name in _ENDS_PARAGRAPH:
            self.end_named("p", scope)
        if name == "li":
            self.end_item(scope, "li")
        elif name in ("dt", "dd"):
            self.end_item(scope, "dt")
            self.end_item(scope, "dd")
        elif name in _HEADINGS:
            self.end_named("h", scope)
        region = self.region_of(name, found)
        if name in _BLOCKS or region:
            self.flush()
        if name in _EMBEDDED and self.shows(tag):
            self.items.append(Picture(tag.start, tag.end, embedded=name != "svg"))
        if self.text.startswith("/>", tag.end - 2) and name in _SKIPPED:
            return
        self.begin(self.element(name, found, region), scope)
        if name == "li":
            self.number_item(found)

    def element(self, name: str, found: dict[str, str], region: Region | None = None) -> _Element:
        """Return a new element with what it brings about."""
        self.order += 1
        element = _Element("h" if name in _HEADINGS else name, self.order, region=region)
        element.hidden = int(_shown_as_none(found))
        element.skipped = int(name in _SKIPPED or found.get("data-assesslint") == "notes")
        element.deleted = int(name == "del")
        element.preformatted = int(name in ("pre", "listing", "xmp", "plaintext"))
        element.in_section = int(name in _SECTIONS)
        element.heading = _HEADINGS.get(name, 0)
        if name in _LISTS:
            element.numbering = _numbering(name, found)
        if name == "a" and found.get("href"):
            attached = _ATTACHED.search(found["href"])
            if attached and not self.skipped:
                self.found.attachments.append(found["href"])
            element.linked = 1
            self.links += 1
            self.found.links += 1
        return element

    def region_of(self, name: str, found: dict[str, str]) -> Region | None:
        """Return a region when this element is no part of the page's text."""
        is_one = (
            name in _FURNITURE
            or (name == "header" and not self.in_section)
            or found.get("role", "").lower() in _ROLES
            or (name in _MAY_BE_NAMED and _names_furniture(found))
            or _WORD_COMMENTS.search(found.get("style", "")) is not None
        )
        return Region() if is_one else None

    def begin(self, element: _Element, scope: _Scope) -> None:
        scope.elements.append(element)
        scope.named.setdefault(element.name, []).append(element)
        self.count(element, 1)
        if element.heading:
            self.headings.append(element.heading)
        if element.numbering:
            self.lists.append(element.numbering)
        if element.region:
            self.items.append(element.region)
            self.containers.append(element.region.items)
            self.regions.append(element.region)

    def count(self, element: _Element, sign: int) -> None:
        """Count what holds within an element in (1) or out (-1)."""
        for name in _COUNTED:
            setattr(self, name, getattr(self, name) + sign * getattr(element, name))

    def end(self, element: _Element) -> None:
        """Undo what an element brought about."""
        if element.is_closed:
            return
        element.is_closed = True
        self.count(element, -1)
        if element.heading:
            self.headings.pop()
        if element.numbering:
            self.lists.pop()
        if element.name == "li":
            self.marker = ""
        if element.region:
            self.containers.pop()
            self.regions.pop()
            if element.region.holds_indicators and self.regions:
                self.regions[-1].holds_indicators = True

    def close(self, tag: Token) -> None:
        name = "h" if tag.name in _HEADINGS else tag.name
        if name in _TABLE_CLOSERS:
            _TABLE_CLOSERS[name](self)
            return
        scope = self.scopes[-1]
        if name in ("br", "p") and not scope.named.get(name):
            self.flush()
        elif named := scope.named.get(name):
            element = named[-1]
            if tag.name in _BLOCKS or element.region:
                self.end_named(name, scope)
            else:
                named.pop()
                self.end(element)
                while scope.elements and scope.elements[-1].is_closed:
                    scope.elements.pop()

    def end_named(self, name: str, scope: _Scope) -> None:
        """End the innermost element of this name, and all in it."""
        named = scope.named.get(name)
        if not named:
            return
        self.flush()
        last = named[-1]
        while not last.is_closed:
            self.end_last(scope)

    def end_last(self, scope: _Scope) -> None:
        element = scope.elements.pop()
        if not element.is_closed:
            scope.named[element.name].pop()
            self.end(element)

    def end_item(self, scope: _Scope, name: str) -> None:
        """End the item before this one, unless this one opens a list within it."""
        named = scope.named.get(name)
        around = max((scope.named[kind][-1].order for kind in (*_LISTS, "dl") if scope.named.get(kind)), default=0)
        if named and named[-1].order > around:
            self.end_named(name, scope)

    def end_all(self, scope: _Scope) -> None:
        while scope.elements:
            self.end_last(scope)

    def void(self, tag: Token) -> None:
        if tag.name in ("br", "hr"):
            if not (self.headings and tag.name == "br"):
                self.flush()
        elif tag.name in ("img", "embed", "frame") and self.shows(tag):
            self.items.append(Picture(tag.start, tag.end, embedded=tag.name != "img"))

    def shows(self, tag: Token) -> bool:
        """Tell whether a picture is shown, and large enough to say anything, by its own word."""
        if self.skipped or self.hidden:
            return False
        found = attributes(self.text, tag)
        sizes = [int(size[0]) for name in ("width", "height") if (size := re.match(r"\d{1,5}(?!\d*%)", found.get(name, "")))]
        return not _shown_as_none(found) and min(sizes, default=_ORNAMENT + 1) > _ORNAMENT

    def number_item(self, found: dict[str, str]) -> None:
        if not self.lists:
            return
        numbering = self.lists[-1]
        value = found.get("value", "")
        if numbering.style not in ("", _BULLET) and re.fullmatch(r"-?\d{1,6}", value.strip()):
            numbering.next = int(value)
        self.marker = item_marker(numbering.style, numbering.next)
        numbering.next += numbering.step

    # ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def open_table(self, found: dict[str, str]) -> None:
        self.flush()
        if self.tables and not (self.tables[-1].in_cell or self.tables[-1].in_caption):
            self.close_table()
        self.end_named("p", self.scopes[-1])
        for table in self.tables[-1:]:
            table.grid.holds_table = True
        grid = Grid()
        self.items.append(grid)
        self.containers.append(grid.above)
        self.tables.append(_OpenTable(grid))
        self.scopes.append(_Scope())
        self.begin(self.element("table", found), self.scopes[-1])

    def open_group(self, found: dict[str, str]) -> None:
        self.close_row()
        if self.tables:
            self.end_named("tbody", self.scopes[-1])
            self.begin(self.element("tbody", found), self.scopes[-1])

    def open_row(self, found: dict[str, str]) -> None:
        self.close_row()
        if self.tables:
            self.tables[-1].in_row = True
            self.tables[-1].grid.rows.append([])
            self.begin(self.element("tr", found), self.scopes[-1])

    def open_cell(self, found: dict[str, str]) -> None:
        self.close_cell()
        if not self.tables:
            return
        table = self.tables[-1]
        if not table.in_row:
            self.open_row({})
        cell = Cell(_count(found.get("colspan", ""), _MOST_COLUMNS), _count(found.get("rowspan", ""), _MOST_ROWS))
        table.grid.rows[-1].append(cell)
        table.in_cell = True
        self.enter(self.element("td", found), cell.items)

    def open_caption(self, found: dict[str, str]) -> None:
        self.close_row()
        if self.tables:
            self.tables[-1].in_caption = True
            self.enter(self.element("caption", found), self.tables[-1].grid.above)

    def enter(self, element: _Element, items: list[Item]) -> None:
        """Begin a cell or caption: a scope of its own."""
        self.scopes.append(_Scope())
        self.containers.append(items)
        self.begin(element, self.scopes[-1])

    def close_cell(self) -> None:
        self.flush()
        if self.tables and (self.tables[-1].in_cell or self.tables[-1].in_caption):
            self.end_all(self.scopes.pop())
            self.containers.pop()
            self.tables[-1].in_cell = self.tables[-1].in_caption = False

    def close_row(self) -> None:
        self.close_cell()
        if self.tables and self.tables[-1].in_row:
            self.end_named("tr", self.scopes[-1])
            self.tables[-1].in_row = False

    def close_group(self) -> None:
        self.close_row()
        if self.tables:
            self.end_named("tbody", self.scopes[-1])

    def close_table(self) -> None:
        self.close_row()
        if not self.tables:
            return
        self.end_all(self.scopes.pop())
        self.containers.pop()
        grid = self.tables.pop().grid
        grid.is_headed = any(is_header([_head_text(cell) for cell in row]) for row in grid.rows[:_HEAD_WITHIN])
        if grid.is_headed and self.regions:
            self.regions[-1].holds_indicators = True


_TABLE_OPENERS: dict[str, Callable[[_Walk, dict[str, str]], None]] = {
    "table": _Walk.open_table,
    **dict.fromkeys(("thead", "tbody", "tfoot"), _Walk.open_group),
    "tr": _Walk.open_row,
    **dict.fromkeys(("td", "th"), _Walk.open_cell),
    "caption": _Walk.open_caption,
}
_TABLE_CLOSERS: dict[str, Callable[[_Walk], Any]] = {
    "table": _Walk.close_table,
    **dict.fromkeys(("thead", "tbody", "tfoot"), _Walk.close_group),
    "tr": _Walk.close_row,
    **dict.fromkeys(("td", "th", "caption"), _Walk.close_cell),
}


def _head_text(cell: Cell) -> str:
    """Return the beginning of what a cell says itself, enough to tell a column's head."""
    return " ".join(item.text for item in cell.items[:2] if isinstance(item, Line))[:_LONGEST_HEAD]


def _count(words: str, most: int) -> int:
    """Return how many columns or rows a cell covers; 0 rows mean all that follow."""
    digits = re.match(r"\s*(\d{1,6})", words)
    count = int(digits[1]) if digits else 1
    if count == 0:
        return most if most == _MOST_ROWS else 1
    return min(count, most)


_ORNAMENT = 40
"""Pixels; a picture no wider or higher is a mark or a button."""

# ── numbers of lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

_BULLET = "•"


def _numbering(name: str, found: dict[str, str]) -> _Numbering:
    style = found.get("style", "")
    if _UNNUMBERED.search(style) or found.get("type", "").lower() == "none":
        return _Numbering("", 1, 0)
    if name != "ol":
        return _Numbering(_BULLET, 1, 0)
    named = _LIST_STYLE.search(style.lower())
    start = found.get("start", "").strip()
    first = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
    return _Numbering(_css_style(named[1]) if named else found.get("type", "1") or "1", first, -1 if "reversed" in found else 1)


def _css_style(name: str) -> str:
    if "chinese" in name or name.startswith("cjk"):
        return "一"
    letter = "i" if name.endswith("roman") else "a"
    return letter.upper() if name.startswith("upper") else letter


def item_marker(style: str, number: int) -> str:
    """Return the number of a list's item as shown: `3.`, `c.`, `iii.`, `三、`; nothing for an empty style."""
    if style in ("", _BULLET) or number < 1:
        return style if style in ("", _BULLET) else f"{number}."
    if style == "一":
        return counted(number) + "、"
    if style in ("a", "A"):
        return _letters(number, style) + "."
    if style in ("i", "I"):
        return numeral(number, "lowerRoman" if style == "i" else "upperRoman") + "."
    return f"{number}."


def _letters(number: int, first: str) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord(first) + rest) + letters
    return letters
