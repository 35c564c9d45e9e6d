"""What may stand at a place of a scheme → the words an editor offers there, in the language the scheme is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lsprotocol.types import CompletionItem, CompletionItemKind, InsertTextFormat, Range, TextEdit

from assesslint.lsp.documents import View
from assesslint.lsp.place import Place, place_at
from assesslint.scheme.keywords import BLOCKS, FLAGS, BlockWord, FieldWord, described, terms_of
from assesslint.scheme.measures import ENGLISH_FREQUENCIES, MEASURE_ENDINGS, measure_name
from assesslint.scheme.model import LEAVES
from assesslint.scheme.syntax import Block
from assesslint.scheme.values import prose_of
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.frequency import NAMES
from assesslint.text.source import Span

DECLARED = frozenset({"app", "data", "inspection"})
"""Blocks whose names other fields speak of."""

GIVING_POINTS = frozenset({"scored", "bonus", "deduction"})


@dataclass(frozen=True)
class Known:
    """What is known beyond the document: rules with their titles, the names of other schemes; and whether the editor fills in snippets."""

    rules: Mapping[str, str] = field(default_factory=dict)
    schemes: Iterable[str] = ()
    snippets: bool = False
    today: date = field(default_factory=date.today)


@dataclass(frozen=True)
class Offer:
    """A word that may stand at a place. `other` is the same in the other language, by which it can be found as well.

    `text` is written for it; where it `fills` more than the word, `$1` stands in it where the writer goes on (the protocol's snippets).
    """

    label: str
    text: str
    kind: CompletionItemKind
    other: str = ""
    about: str = ""
    late: bool = False
    fills: bool = False


_STOPS = re.compile(r"\$\{\d:([^}]*)\}|\$\d()")
"""Where the writer goes on in a snippet, with what stands there meanwhile."""


def completions(view: View, offset: int, known: Known) -> list[CompletionItem]:
    """Return what may stand at an offset of a scheme, the likeliest first."""
    span, offers = offers_at(view.text.text, view.blocks, offset, known)
    return items(offers, view.text.range(span), snippets=known.snippets)


def offers_at(text: str, blocks: Sequence[Block], offset: int, known: Known) -> tuple[Span, Iterator[Offer]]:
    """Return what may stand at an offset of a scheme text, and the place of what is typed there; `blocks` are those of the text."""
    place = place_at(text, offset)
    return place.span, _offers(place, text, blocks, language_of(blocks), known)


def items(offers: Iterable[Offer], place: Range, *, snippets: bool) -> list[CompletionItem]:
    """Return offers as an editor takes them, to stand in a place."""
    return [_item(offer, at, place, snippets) for at, offer in enumerate(offers)]


def language_of(blocks: Iterable[Block]) -> str:
    """Return the language of a scheme's keywords, Chinese where there are none."""
    return next(("en" if block.word.text.isascii() else "zh" for block in blocks), "zh")


def _item(offer: Offer, at: int, place: Range, snippets: bool) -> CompletionItem:
    return CompletionItem(
        offer.label,
        kind=offer.kind,
        detail=offer.other or None,
        documentation=offer.about or None,
        sort_text=f"{int(offer.late)}{at:05}",
        filter_text=f"{offer.label} {offer.other}".strip(),
        insert_text_format=InsertTextFormat.Snippet if offer.fills and snippets else InsertTextFormat.PlainText,
        text_edit=TextEdit(place, _STOPS.sub(r"\1", offer.text) if offer.fills and not snippets else offer.text),
    )


def _offers(place: Place, text: str, blocks: Sequence[Block], lang: str, known: Known) -> Iterator[Offer]:
    match place.role:
        case "entry":
            yield from _entries(place, text, lang)
        case "value" if place.field is not None and place.quoted:
            yield from _strings(place, place.field, blocks, known)
        case "value" if place.field is not None:
            yield from _values(place.field, place, blocks, lang, known)
        case "argument":
            yield from _arguments(place, blocks, lang)
        case "target":
            yield from (Offer(sign, f"{sign} $1", CompletionItemKind.Operator, fills=True) for sign in (">=", "<="))
        case "name" if place.head is not None and place.head.id == "waiver":
            yield from (Offer(rule, rule, CompletionItemKind.Reference, title) for rule, title in known.rules.items())


# ── fields and blocks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _entries(place: Place, text: str, lang: str) -> Iterator[Offer]:
    ends = text[place.span.end : place.span.end + 20].lstrip(" \t\u3000")[:1]
    if place.block is None:
        yield _block(BLOCKS["scheme"], lang, bare=ends in ('"', "“"))
        return
    for word in place.block.fields:
        yield _field(word, lang, late=word.id in place.used, bare=ends in (":", "："))
    for block in place.block.blocks:
        yield _block(BLOCKS[block], lang, bare=ends in ('"', "“"))


def _field(word: FieldWord, lang: str, *, late: bool, bare: bool) -> Offer:
    """Return the offer of a field; `bare` where its colon stands there already."""
    name, other = word.word(lang), word.word("en" if lang == "zh" else "zh")
    value = '"$1"' if word.kinds == ("text",) else "$1"
    return Offer(name, name if bare else f"{name}: {value}", CompletionItemKind.Property, other, described(word, lang), late, not bare)


def _block(block: BlockWord, lang: str, *, bare: bool) -> Offer:
    name, other = block.word(lang), block.word("en" if lang == "zh" else "zh")
    points = ("${2:10}分 " if lang == "zh" else "${2:10} points ") if block.id in GIVING_POINTS else ""
    text = name if bare else f'{name} "$1" {points}{{\n\t$0\n}}'
    return Offer(name, text, CompletionItemKind.Keyword, other, ", ".join(word.word(lang) for word in block.fields), fills=not bare)


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _values(word: FieldWord, place: Place, blocks: Sequence[Block], lang: str, known: Known) -> Iterator[Offer]:
    for kind in word.kinds:
        match kind:
            case "term" | "terms":
                yield from _terms(word.enum, lang, word.groups, place.given)
            case "levels":
                for each in _terms(word.enum, lang, (), place.given):
                    yield Offer(each.label, f"{each.label} $1%", each.kind, each.other, fills=True)
            case "every" if not place.given:
                yield from _frequencies(lang)
            case "flag":
                yield from (Offer(flag, flag, CompletionItemKind.Value) for flag in FLAGS if flag.isascii() == (lang == "en"))
            case "measure":
                yield from _measures(lang)
            case "day":
                yield Offer(f"{known.today.year}-12-31", f"{known.today.year}-12-31", CompletionItemKind.Value)
            case "total":
                yield Offer("100", "100", CompletionItemKind.Value)
            case "period" | "consultation":
                yield _days(lang, known.today.year)
            case "text" | "texts":
                yield Offer('"…"', '"$1"', CompletionItemKind.Text, fills=True)
    if "text" in word.kinds and place.block is not None and place.block.id in LEAVES:
        yield from _names(place, blocks, quotes=True)


def _terms(enum: str, lang: str, groups: tuple[str, ...], given: frozenset[str]) -> Iterator[Offer]:
    """Yield the words of an enumeration, each once, without those that are given already."""
    words = terms_of(enum, groups)
    taken = {words[word] for word in given if word in words}
    names = central_vocabulary().enums[enum]
    for value in dict.fromkeys(words.values()):
        if value not in taken:
            zh, en = names.zh[value], value
            yield Offer(zh if lang == "zh" else en, zh if lang == "zh" else en, CompletionItemKind.EnumMember, en if lang == "zh" else zh)


def _frequencies(lang: str) -> Iterator[Offer]:
    for word, days in ENGLISH_FREQUENCIES.items():
        zh = next((name for name, interval in NAMES.items() if interval == days), word)
        one, other = (zh, word) if lang == "zh" else (word, zh)
        yield Offer(one, one, CompletionItemKind.Value, other)


def _measures(lang: str) -> Iterator[Offer]:
    """Yield the names of measures: rates before counts, before the rest."""
    vocabulary = central_vocabulary()
    for measure in sorted(dict.fromkeys(MEASURE_ENDINGS.values()), key=("rate", "count").__contains__, reverse=True):
        for action in vocabulary.enums["action"].zh:
            name, other = measure_name(action, measure, lang), measure_name(action, measure, "en" if lang == "zh" else "zh")
            target = "$2%" if measure == "rate" else "$2"
            text = f"{name}($1) >= {target}"
            yield Offer(name, text, CompletionItemKind.Function, other, late=measure not in ("rate", "count"), fills=True)


def _days(lang: str, year: int) -> Offer:
    word = "至" if lang == "zh" else "to"
    return Offer(f"{year}-01-01 {word} {year}-12-31", f"{year}-01-01 {word} {year}-12-31", CompletionItemKind.Value)


def _arguments(place: Place, blocks: Sequence[Block], lang: str) -> Iterator[Offer]:
    yield from _names(place, blocks, quotes=not place.quoted)
    if not place.quoted:
        yield from _terms("object_kind", lang, (), place.given)
        yield from _terms("population", lang, (), place.given)


def _strings(place: Place, word: FieldWord, blocks: Sequence[Block], known: Known) -> Iterator[Offer]:
    if word.id == "parent":
        yield from (Offer(name, name, CompletionItemKind.Reference) for name in known.schemes)
    else:
        yield from _names(place, blocks, quotes=False)


def _names(place: Place, blocks: Sequence[Block], *, quotes: bool) -> Iterator[Offer]:
    """Yield the names a scheme declares; in a string those that what is typed there begins, so that prose is left in peace."""
    for word, name in declared(blocks):
        if place.quoted and not name.startswith(place.typed):
            continue
        yield Offer(name, f'"{name}"' if quotes else name, CompletionItemKind.Reference, word, late=place.role == "value")


def declared(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Yield the names of apps, data items and inspections that schemes declare, each with the word of its block."""
    for scheme in blocks:
        for entry in scheme.entries:
            if isinstance(entry, Block) and entry.name.text and entry.word.text in DECLARING:
                yield entry.word.text, prose_of(entry.name).text


DECLARING = frozenset(word for block in DECLARED for word in (BLOCKS[block].zh, BLOCKS[block].en))
