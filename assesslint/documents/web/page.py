"""What a web page shows, as read off its tags: lines, tables, pictures, and the regions that are no part of its text."""

from __future__ import annotations

from dataclasses import dataclass, field

from assesslint.text.location import MarkedPiece


@dataclass(slots=True)
class Line:
    """One line of text as shown, its number or bullet among it. `linked` counts its letters that lead to other pages.

    `hidden` are the ranges of it that the page does not show, `links` how many links it holds.
    """

    text: str
    pieces: tuple[MarkedPiece, ...]
    heading: int = 0
    depth: int = 0
    linked: int = 0
    links: int = 0
    hidden: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Picture:
    """A picture, or what a page embeds of another file (`embedded`), whose tag stands at `start` to `end` of the page's text."""

    start: int
    end: int
    embedded: bool = False


@dataclass(slots=True)
class Region:
    """What stands in a part of the page that is no part of its text, as its menus; `holds_indicators` when that looks wrong."""

    items: list[Item] = field(default_factory=list)
    holds_indicators: bool = False


@dataclass(slots=True)
class Cell:
    """`columns` and `rows` are how many it covers, at least 1 each."""

    columns: int
    rows: int
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table as written. `above` is its caption and what stands between its rows; `is_headed` when a row names known columns."""

    above: list[Item] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    holds_table: bool = False
    is_headed: bool = False


Item = Line | Picture | Region | Grid


@dataclass(slots=True)
class Page:
    """`links` is how many it has, `attachments` are the names of files they lead to.

    `unclosed` is where markup begins that never ends, which hides the rest.
    """

    items: list[Item] = field(default_factory=list)
    links: int = 0
    attachments: list[str] = field(default_factory=list)
    unclosed: int | None = None
    deleted: int = 0
    """Characters marked as deleted (`del`), which are no longer part of the text."""
