"""Scheme text → the same scheme in the one layout, every comment where it stood.

Blocks and fields come from the parser. What stands between two tokens of a text without mistakes is blanks, commas and comments, so
the comments are taken from those gaps, and none can be missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assesslint.findings.model import Finding
from assesslint.scheme.keywords import BlockWord, block_words, field_words
from assesslint.scheme.layout import BLANK, Line, block_line, list_lines, rendered, without_blank_ends
from assesslint.scheme.parse import parse_schemes
from assesslint.scheme.spelling import AFTER_NAME, Spelling
from assesslint.scheme.syntax import Block, Entry, Item, LevelItem, MeasureItem
from assesslint.scheme.tokens import Token
from assesslint.text.source import Source

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Formatted:
    """The text in the one layout, None where `findings` tell of mistakes that leave it as it is."""

    text: str | None
    findings: tuple[Finding, ...] = ()


class FormattingError(Exception):
    """The text formatted would be another scheme: a fault of the program, which leaves the text as it is."""


def format_text(source: Source, lang: str = "zh", keywords: str | None = None) -> Formatted:
    """Return a scheme text formatted, its keywords in the language `keywords` where one is given.

    The tree, and so every finding of a rule, stays what it was; it is parsed again to make sure. Of a text with mistakes these are
    returned as findings, in the language `lang`. Raises FormattingError if the tree would change.
    """
    parsed = parse_schemes(source, lang)
    if parsed.findings:
        return Formatted(None, parsed.findings)
    layout = _Layout(source.text, Spelling(keywords))
    layout.file(parsed.blocks)
    text = rendered(layout.lines)
    if parse_schemes(Source(source.path, text)).schemes != parsed.schemes:
        raise FormattingError(source.path)
    return Formatted(text)


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two tokens: the comment beside the first, then comments on lines of their own; a blank line is empty."""

    beside: str = ""
    above: tuple[str, ...] = ()

    @property
    def comments(self) -> tuple[str, ...]:
        return tuple(comment for comment in (self.beside, *self.above) if comment)


_NO_GAP = _Gap()


@dataclass(slots=True)
class _Layout:
    """Walks through the blocks of a text and writes their lines; `at` is how far it has come in the text."""

    text: str
    spelling: Spelling
    lines: list[Line] = field(default_factory=list)
    at: int = 0

    def file(self, blocks: Sequence[Block]) -> None:
        """Write the schemes of a file, a blank line between them."""
        for block in blocks:
            gap = self.gap(block.word.start)
            self.above(gap if "" in gap.above else _Gap(gap.beside, ("", *gap.above)), 0)
            self.block(block, 0)
        self.above(self.gap(len(self.text)), 0)
        self.lines = list(without_blank_ends(self.lines))

    def gap(self, start: int) -> _Gap:
        """Return what stands between the last token and the one that starts here."""
        between = self.text[self.at : start]
        if "\n" not in between and "\r" not in between and "#" not in between:
            return _NO_GAP
        beside, *above = map(_comment, _LINE_END.split(between))
        if above and not above[-1]:
            above.pop()
        return _Gap(beside, tuple(above)) if self.at else _Gap("", (beside, *above))

    def inner_comments(self, tokens: Iterable[Token]) -> list[str]:
        """Step over tokens that belong together and return the comments between them."""
        found: list[str] = []
        for token in tokens:
            found += self.gap(token.start).comments
            self.at = token.end
        return found

    def above(self, gap: _Gap, depth: int, *, opens: bool = False) -> None:
        """Write what stands before an entry; `opens` when it is the first of a block, which no blank line precedes."""
        if gap.beside:
            self.lines[-1] = self.lines[-1].beside(gap.beside)
        for comment in gap.above:
            if comment:
                self.lines.append(Line(comment, depth))
            elif not opens and self.lines and self.lines[-1] is not BLANK:
                self.lines.append(BLANK)
            opens = opens and not comment

    def block(self, block: Block, depth: int) -> None:
        word = block_words()[block.word.text]
        self.at = block.word.end
        amount = [block.amount] if block.amount else []
        self.lines += [Line(comment, depth) for comment in self.inner_comments((block.name, *amount, block.opening))]
        head = self.spelling.head(block, word)
        line = self.short_block(block, head, word)
        if line is not None:
            self.lines.append(replace(line, depth=depth))
        else:
            self.long_block(block, head, word, depth)
        self.at = block.closing.end

    def short_block(self, block: Block, head: str, word: BlockWord) -> Line | None:
        """Return a block on one line, if it was on one and fits; None if not."""
        entries = [entry for entry in block.entries if isinstance(entry, Entry)]
        if len(entries) < len(block.entries) or _LINE_END.search(self.text, block.word.start, block.closing.end):
            return None
        line = block_line(head, [self.field(entry, word) for entry in entries])
        self.at = block.opening.end
        return line

    def long_block(self, block: Block, head: str, word: BlockWord, depth: int) -> None:
        first = len(self.lines)
        self.lines.append(Line(f"{head} {{", depth))
        for entry in block.entries:
            self.above(self.gap(entry.word.start), depth + 1, opens=entry is block.entries[0])
            if isinstance(entry, Block):
                self.block(entry, depth + 1)
            else:
                self.lines += [replace(line, depth=line.depth + depth + 1) for line in self.field(entry, word)]
        closing = self.gap(block.closing.start)
        if not block.entries and not closing.comments:
            self.lines[first:] = [Line(f"{head} {{ }}", depth)]
            return
        self.above(closing, depth + 1, opens=not block.entries)
        if self.lines[-1] is BLANK:
            self.lines.pop()
        self.lines.append(Line("}", depth))

    def field(self, entry: Entry, block: BlockWord) -> list[Line]:
        """Return the lines of a field. A list with comments in it has one value a line, each with its comments."""
        self.at = entry.word.start
        comments = self.inner_comments((entry.word, *((entry.label, entry.colon) if entry.label else ())))
        word = field_words(block.id)[entry.word.text.rstrip(AFTER_NAME)]
        label = self.spelling.label(entry, word)
        gaps: list[_Gap] = []
        for item in entry.items:
            first, *rest = _tokens(item)
            gap = self.gap(first.start)
            self.at = first.end
            gaps.append(_Gap(gap.beside, (*gap.above, *self.inner_comments(rest))))
        items = [self.spelling.item(item, word, entry) for item in entry.items]
        above = [Line(comment) for comment in comments]
        if not any(gap.comments for gap in gaps):
            return above + list_lines(label, items)
        return [*above, Line(f"{label}:", comment=gaps[0].beside), *_commented_items(items, gaps)]


def _commented_items(items: Sequence[str], gaps: Sequence[_Gap]) -> Iterator[Line]:
    """Yield values one a line, with the comments of the gaps before them; the comment beside a value stands in the next gap."""
    for number, (item, gap) in enumerate(zip(items, gaps, strict=True), 1):
        yield from (Line(comment, 1) for comment in gap.above if comment)
        yield Line(f"{item},", 1, gaps[number].beside) if number < len(items) else Line(item, 1)


def _tokens(item: Item) -> list[Token]:
    """Return the tokens of a value; closing brackets and commas are not among them."""
    match item:
        case LevelItem():
            return [item.level, item.amount] if item.amount else [item.level]
        case MeasureItem():
            return list(dict.fromkeys([item.name, *item.arguments, *filter(None, (item.comparison, item.amount)), item.closing]))
    return [item]


def _comment(line: str) -> str:
    """Return the comment of a line that holds nothing else but blanks and commas, empty when there is none."""
    at = line.find("#")
    return line[at:].rstrip() if at >= 0 else ""
