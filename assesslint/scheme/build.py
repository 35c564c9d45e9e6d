"""Blocks and entries → the Scheme. What has no place is told; what can be understood of it is read all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assesslint.scheme.errors import Diagnosis
from assesslint.scheme.keywords import BLOCKS, DECLARATIONS, BlockWord, FieldWord, block_words, field_words
from assesslint.scheme.model import (
    LEAVES,
    NO_TRIVIA,
    App,
    DataItem,
    DeclaredInspection,
    Every,
    Field,
    Group,
    Indicator,
    InlineWaiver,
    Levels,
    Prose,
    Scheme,
    Term,
    Terms,
    Trivia,
    Value,
)
from assesslint.scheme.syntax import Block, Entry
from assesslint.scheme.tokens import Token
from assesslint.scheme.values import Read, Values, prose_of, span_of
from assesslint.text.source import Span
from assesslint.text.suggest import suggest

IDS = frozenset({"kind", "operator_level", "means"})
"""Attributes of the tree that hold a word's id alone, without its place."""

Declaration = App | DataItem | DeclaredInspection | InlineWaiver

DECLARED: Mapping[str, Callable[..., Declaration]] = {
    "app": App,
    "data": DataItem,
    "inspection": DeclaredInspection,
    "waiver": InlineWaiver,
}


def entry_span(entry: Entry) -> Span:
    return Span(entry.word.start, span_of(entry.items[-1]).end)


def entry_trivia(entry: Entry) -> Trivia:
    before, beside = entry.word.before, entry.colon.beside
    return Trivia(before, beside) if before or beside else NO_TRIVIA


def block_trivia(block: Block, fields: tuple[tuple[str, Trivia], ...] = (), below: tuple[str, ...] = ()) -> Trivia:
    parts = (block.word.before, block.opening.beside, block.closing.before, block.closing.beside, below, fields)
    return Trivia(*parts) if any(parts) else NO_TRIVIA


@dataclass(slots=True)
class Builder:
    """Builds the schemes of one source."""

    diagnosis: Diagnosis
    values: Values = field(init=False)
    astray: list[Block] = field(init=False, default_factory=list)
    """Blocks met where they have no place; they are read as if they stood in the scheme itself."""

    def __post_init__(self) -> None:
        self.values = Values(self.diagnosis)

    @property
    def lang(self) -> str:
        return self.diagnosis.lang

    def entries(self, block: Block) -> Iterator[Entry | Block]:
        """Yield what stands in a block. Of an entry a mistake of form was told of, nothing more is told."""
        for entry in block.entries:
            self.diagnosis.quiet = entry.word.damaged
            yield entry
        self.diagnosis.quiet = block.word.damaged

    def schemes(self, blocks: Sequence[Block], below: tuple[str, ...]) -> tuple[Scheme, ...]:
        """Build every scheme; indicators without one around them make a nameless one, so that they are judged as well."""
        found = []
        for block in blocks:
            self.diagnosis.quiet = block.word.damaged
            if self.word_of(block, ("scheme",)):
                found.append(block)
        if not found and self.astray:
            return (self.whole(Prose(""), Span(blocks[0].word.start, blocks[-1].closing.end), {}, ()),)
        return tuple(self.scheme(block, below if block is found[-1] else ()) for block in found)

    def word_of(self, block: Block, allowed: Sequence[str]) -> BlockWord | None:
        """Return what a block is, or None, told, when it may not stand here; one that may elsewhere goes astray."""
        word = block_words().get(block.word.text)
        if word is not None and word.id in allowed:
            return word
        if word is not None:
            message = "outside-scheme" if allowed == ("scheme",) else "misplaced-block"
            self.diagnosis.tell(message, block.word.span, seen=block.word.text)
            if word.id != "scheme":
                self.astray.append(block)
            return None
        if not allowed:
            self.diagnosis.tell("misplaced-block", block.word.span, seen=block.word.text)
            return None
        words = {name: block for name, block in block_words().items() if block.id in allowed}
        meant = suggest(block.word.text, words) if not self.diagnosis.full() else ""
        if meant:
            self.diagnosis.tell("unknown-block", block.word.span, seen=block.word.text, meant=meant)
            return words[meant]
        known = ("、" if self.lang == "zh" else ", ").join(BLOCKS[name].word(self.lang) for name in allowed)
        self.diagnosis.tell("unheard-block", block.word.span, seen=block.word.text, known=known)
        return None

    def name(self, token: Token) -> Prose:
        name = prose_of(token)
        if not name.text.strip() and token.text:
            self.diagnosis.tell("empty-name", token.span)
        return name

    def scheme(self, block: Block, below: tuple[str, ...]) -> Scheme:
        self.diagnosis.quiet = block.word.damaged
        name = self.name(block.name)
        found, trivia = self.attributes(block, BLOCKS["scheme"])
        found["trivia"] = block_trivia(block, trivia, below)
        return self.whole(name, Span(block.word.start, block.closing.end), found, self.blocks_of(block, BLOCKS["scheme"]))

    def whole(self, name: Prose, span: Span, found: dict[str, Any], blocks: Iterable[tuple[BlockWord, Block]]) -> Scheme:
        """Return a scheme with the blocks in it and those that went astray."""
        declared: dict[str, list[Any]] = {kind: [] for kind in DECLARATIONS}
        items: list[Group | Indicator] = []
        while True:
            for word, block in blocks:
                if word.id in DECLARED:
                    declared[word.id].append(self.declaration(word, block))
                else:
                    items.append(self.item(word, block))
            if not self.astray:
                break
            blocks = [(block_words()[stray.word.text], stray) for stray in self.astray]
            self.astray.clear()
        return Scheme(
            name,
            **found,
            apps=tuple(declared["app"]),
            data_items=tuple(declared["data"]),
            inspections=tuple(declared["inspection"]),
            waivers=tuple(declared["waiver"]),
            items=tuple(items),
            span=span,
        )

    def blocks_of(self, block: Block, around: BlockWord) -> Iterator[tuple[BlockWord, Block]]:
        """Yield the blocks in a block, each with what it is."""
        for entry in self.entries(block):
            if isinstance(entry, Block):
                word = self.word_of(entry, around.blocks)
                if word is not None:
                    yield word, entry

    def item(self, word: BlockWord, block: Block) -> Group | Indicator:
        name = self.name(block.name)
        points = self.values.points(block.amount) if block.amount else None
        amount, unit = points or (None, "points")
        span = Span(block.word.start, block.closing.end)
        if word.id in LEAVES:
            declared = [self.declaration(inner, inside) for inner, inside in self.blocks_of(block, word)]
            waivers = tuple(waiver for waiver in declared if isinstance(waiver, InlineWaiver))
            return Indicator(name, amount, unit, word.id, self.fields(word, block), waivers, span=span, trivia=block_trivia(block))
        for entry in self.entries(block):
            if isinstance(entry, Entry):
                self.diagnosis.tell("field-in-group", entry.word.span, seen=entry.word.text.rstrip(":： \t\u3000"))
        items = tuple(self.item(inner, inside) for inner, inside in self.blocks_of(block, word))
        return Group(name, amount, unit, items, span, block_trivia(block))

    def fields(self, word: BlockWord, block: Block) -> tuple[Field, ...]:
        """Return the fields of an indicator. Prose in a field nobody knows is kept as a remark, so that it is judged as well."""
        fields: list[Field] = []
        known = field_words(word.id)
        structured: set[str] = set()
        for entry in self.entries(block):
            if isinstance(entry, Block):
                continue
            found = self.field_word(entry, word)
            label = prose_of(entry.label).text if entry.label else ""
            if found is None:
                found, label = known["备注"], entry.word.text.rstrip(":： \t\u3000")
                if any(not isinstance(item, Token) or item.type != "STRING" for item in entry.items):
                    continue
            value = self.values.read(found, entry.items)
            if not isinstance(value, Value):
                continue
            if isinstance(value, Every | Levels):
                if found.id in structured:
                    self.diagnosis.tell("duplicate-field", entry.word.span, seen=found.word(self.lang))
                structured.add(found.id)
            fields.append(Field(found.id, value, label, entry_span(entry), entry_trivia(entry)))
        return tuple(fields)

    def field_word(self, entry: Entry, around: BlockWord) -> FieldWord | None:
        """Return which field an entry is; an unknown one is told, and read as the one probably meant."""
        known = field_words(around.id)
        text = entry.word.text.rstrip(":： \t\u3000")
        found = known.get(text)
        if found is not None:
            return found
        block = around.word(self.lang)
        comma = "、" if self.lang == "zh" else ", "
        homes = [home.word(self.lang) for home in BLOCKS.values() if text in field_words(home.id)]
        if homes:
            self.diagnosis.tell("misplaced-field", entry.word.span, seen=text, block=block, homes=comma.join(homes))
            return None
        meant = suggest(text, known) if not self.diagnosis.full() else ""
        if meant:
            self.diagnosis.tell("unknown-field", entry.word.span, seen=text, block=block, meant=meant)
            self.diagnosis.quiet = True
            return known[meant]
        names = comma.join(field.word(self.lang) for field in around.fields)
        self.diagnosis.tell("unheard-field", entry.word.span, seen=text, block=block, known=names)
        return None

    def attributes(self, block: Block, around: BlockWord) -> tuple[dict[str, Any], tuple[tuple[str, Trivia], ...]]:
        """Return the fields of a block that are attributes of its node, by name, and the comments around them."""
        found: dict[str, Any] = {}
        trivia: list[tuple[str, Trivia]] = []
        for entry in self.entries(block):
            if isinstance(entry, Block):
                continue
            word = self.field_word(entry, around)
            if word is None:
                continue
            if entry.label is not None:
                self.diagnosis.tell("label", entry.label.span, seen=word.word(self.lang))
            value = self.values.read(word, entry.items)
            if value is None:
                continue
            name = "audience_text" if word.id == "audience" and isinstance(value, Prose) else word.id
            if name in found:
                self.diagnosis.tell("duplicate-field", entry.word.span, seen=word.word(self.lang))
                continue
            found[name] = _attribute(name, value)
            if entry_trivia(entry) is not NO_TRIVIA:
                trivia.append((name, entry_trivia(entry)))
        return found, tuple(trivia)

    def declaration(self, word: BlockWord, block: Block) -> Declaration:
        name = self.name(block.name)
        found, trivia = self.attributes(block, word)
        missing = [field.word(self.lang) for field in word.fields if field.required and field.id not in found]
        if missing:
            named = ("、" if self.lang == "zh" else ", ").join(missing)
            self.diagnosis.tell("missing-field", block.word.span, block=word.word(self.lang), missing=named)
        if block.amount is not None:
            self.diagnosis.tell("no-points", block.amount.span, seen=word.word(self.lang))
        for entry in self.entries(block):
            if isinstance(entry, Block):
                self.word_of(entry, ())
        return DECLARED[word.id](name, **found, span=Span(block.word.start, block.closing.end), trivia=block_trivia(block, trivia))


def _attribute(name: str, value: Read) -> object:
    """Return a value as the attribute of this name holds it."""
    if isinstance(value, Terms):
        return value.terms
    return value.id if isinstance(value, Term) and name in IDS else value
