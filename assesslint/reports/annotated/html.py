"""A web page → the same page with the words of each note marked, and the notes listed: first those on the whole, at its end the others.

Everything of the page stays byte for byte. Marks and lists of an earlier time go first; they are known by `data-assesslint`. The number
behind marked words is drawn by the browser and no part of the page's text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from assesslint.documents.html import shown_pieces
from assesslint.documents.limits import Limits
from assesslint.documents.unreadable import UnreadableError
from assesslint.documents.web.text import page_bytes, read_web_text
from assesslint.documents.web.tokens import Token, attributes, tokens
from assesslint.reports.annotated.notes import Note
from assesslint.text.location import TextLocation
from assesslint.text.source import Source

_COLOURS = {"error": "#ffc9c9", "warning": "#ffe08a", "advice": "#cfe8ff"}

_STYLE = """\
section[data-assesslint]{all:revert;clear:both;position:relative;margin:1em;padding:.2em 1em;border:2px solid #c92a2a;background:#fff;\
color:#000;font:14px/1.6 sans-serif;text-align:left}
section[data-assesslint] *{all:revert}
section[data-assesslint] p{margin:.6em 0;padding-left:.6em;border-left:4px solid #c92a2a;break-inside:avoid}
section[data-assesslint] p.warning{border-color:#f0b400}
section[data-assesslint] p.advice{border-color:#4a90d9}
section[data-assesslint] p.head{padding:0;border:0;font-weight:bold;break-after:avoid}
mark[data-assesslint]{-webkit-print-color-adjust:exact;print-color-adjust:exact}
mark[data-assesslint-number]::after{content:attr(data-assesslint-number);color:#c92a2a;font:10px sans-serif;vertical-align:super;\
white-space:nowrap}
@media print{mark[data-assesslint]{text-decoration:underline}}"""
"""How marks and lists look, whatever the page's own style says of such elements; on paper too, where colours may not be printed."""

_CLOSE, _BOTTOM, _REMOVE, _TOP, _OPEN = range(5)
"""What comes first of several edits at one place."""


class _Edit(NamedTuple):
    """Put `words` in place of `text[start:end]`."""

    start: int
    rank: int
    end: int
    words: str


class _Mark(NamedTuple):
    """Words of notes, by their numbers, that stand unbroken at `text[start:end]`."""

    start: int
    end: int
    notes: tuple[int, ...]


def annotate_html(data: bytes, notes: Sequence[Note], limits: Limits, lang: str) -> bytes:
    """Return a page with notes in it; of a web archive, the page it holds. Raises UnreadableError."""
    data = page_bytes(data)
    page = read_web_text(data)
    if page.encode(page.kept) != data:
        zh = "网页的编码不规范，写回时会改动原文；请在浏览器中另存为 UTF-8 网页再检查"
        raise UnreadableError(zh, "the page's encoding is irregular and would change when written; save the page as UTF-8")
    markup = list(tokens(page.text))
    ours = list(_our_markup(page.text, markup))
    numbered = dict(enumerate((note for note in notes if note.places), 1))
    marks = list(_marks(page.text, numbered, ours, limits))
    edits = [
        *(_Edit(start, _REMOVE, end, "") for start, end in ours),
        *(_Edit(mark.start, _OPEN, mark.start, opening) for mark, opening in zip(marks, _openings(marks, numbered), strict=True)),
        *(_Edit(mark.end, _CLOSE, mark.end, "</mark>") for mark in marks),
        *(_lists(notes, numbered, marks, _body(page.text, markup), lang) if notes else ()),
    ]
    writable = (edit._replace(words=page.writable(edit.words)) for edit in sorted(edits))
    return page.encode("".join(_edited(page.kept, writable)))


def _edited(text: str, edits: Iterable[_Edit]) -> Iterator[str]:
    at = 0
    for edit in edits:
        yield text[at : edit.start]
        yield edit.words
        at = max(at, edit.end)
    yield text[at:]


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _our_markup(text: str, markup: Iterable[Token]) -> Iterator[tuple[int, int]]:
    """Yield where tags of our marks and our lists stand."""
    marks: list[bool] = []
    list_start, depth = -1, 0
    for token in markup:
        if token.name == "section" and (list_start >= 0 or (token.kind == "open" and _is_ours(text, token))):
            list_start = token.start if list_start < 0 else list_start
            depth += 1 if token.kind == "open" else -1
            if depth == 0:
                yield list_start, token.end
                list_start = -1
        elif list_start < 0 and token.name == "mark" and token.kind == "open":
            marks.append(_is_ours(text, token))
            if marks[-1]:
                yield token.start, token.end
        elif list_start < 0 and token.name == "mark" and marks and marks.pop():
            yield token.start, token.end


def _is_ours(text: str, token: Token) -> bool:
    return "data-assesslint" in attributes(text, token)


def _marks(text: str, numbered: Mapping[int, Note], ours: Sequence[tuple[int, int]], limits: Limits) -> Iterator[_Mark]:
    """Yield what to mark: each stretch without a tag in it on which the same notes stand."""
    starts = Source("", text).line_starts
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for number, note in numbered.items():
        for place in note.places:
            if isinstance(place, TextLocation):
                start, end = (starts[at.line - 1] + at.column - 1 for at in (place.start, place.end))
                if start == end:  # a list's number, which stands nowhere in the page
                    continue
                opens.setdefault(start, []).append(number)
                closes.setdefault(end, []).append(number)
    runs = list(_runs(text, ours, limits))
    active: list[int] = []
    for start, end in pairwise(sorted({*opens, *closes})):
        for number in closes.get(start, ()):
            active.remove(number)
        active += opens.get(start, ())
        at = max(0, bisect_right(runs, start, key=itemgetter(0)) - 1)
        while active and at < len(runs) and runs[at][0] < end:
            first, last = max(start, runs[at][0]), min(end, runs[at][1])
            if text[first:last].strip():
                yield _Mark(first, last, tuple(sorted(set(active))))
            at += 1


def _runs(text: str, ours: Sequence[tuple[int, int]], limits: Limits) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words that are read, with no tag in them but our own."""
    ends = dict(ours)
    run: tuple[int, int] | None = None
    for piece in shown_pieces(text, limits):
        if run and ends.get(run[1], run[1]) == piece.offset:
            run = run[0], piece.offset + piece.length
            continue
        if run:
            yield run
        run = piece.offset, piece.offset + piece.length
    if run:
        yield run


def _body(text: str, markup: Iterable[Token]) -> tuple[int, int]:
    """Return where the body of a page begins and ends."""
    top, bottom, best = 0, len(text), 0
    for token in markup:
        weight = {("open", "html"): 1, ("close", "head"): 2, ("open", "body"): 3}.get((token.kind, token.name), 0)
        if weight > best:
            top, best = token.end, weight
        if (token.kind, token.name) in (("close", "body"), ("unclosed", "")):
            bottom = token.start
    return (top or _after_declaration(text)), max(bottom, top)


def _after_declaration(text: str) -> int:
    """Return where a page without html, head and body begins: behind its `<!DOCTYPE>`, which must come first."""
    start = len(text) - len(text.lstrip())
    return text.find(">", start) + 1 if text[start : start + 9].lower() == "<!doctype" else 0


# ── what is written ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _openings(marks: Sequence[_Mark], numbered: Mapping[int, Note]) -> Iterator[str]:
    """Yield the tag that opens each mark; the last one of a note shows its number."""
    last = {number: count for count, mark in enumerate(marks, 1) for number in mark.notes}
    for count, mark in enumerate(marks, 1):
        notes = [numbered[number] for number in mark.notes]
        title = escape("\n\n".join(note.text for note in notes)).replace("\n", "&#10;")
        colour = next(colour for severity, colour in _COLOURS.items() if any(note.severity == severity for note in notes))
        ended = "".join(f"[{number}]" for number in mark.notes if last[number] == count)
        shown = f' data-assesslint-number="{ended}"' if ended else ""
        numbers = " ".join(map(str, mark.notes))
        style = f"background:{colour};color:#000"
        yield f'<mark data-assesslint="{numbers}"{shown} id="assesslint-{count}" title="{title}" style="{style}">'


def _lists(
    notes: Sequence[Note], numbered: Mapping[int, Note], marks: Sequence[_Mark], body: tuple[int, int], lang: str
) -> Iterator[_Edit]:
    """Yield the list of the notes on the whole page, put above it, and that of the others, put below."""
    zh = lang == "zh"
    head = f"审核意见共 {len(notes)} 条" if zh else f"{len(notes)} notes on this draft"
    if numbered:
        zh_how = "。红色为错误，黄色为警告，蓝色为建议；编号对应页末的意见，鼠标停在有底色的词语上也可以查看"
        en_how = ". Errors are red, warnings yellow, advice blue; all notes stand at the end, and show when you point at marked words"
        head += zh_how if zh else en_how
    top, bottom = body
    items = (_item(note) for note in notes if not note.places)
    yield _Edit(top, _TOP, top, _section(head, items, f"<style>{_STYLE}</style>"))
    if numbered:
        first = {number: count for count, mark in reversed(list(enumerate(marks, 1))) for number in mark.notes}
        items = (_item(note, f"[{number}]", first.get(number)) for number, note in numbered.items())
        yield _Edit(bottom, _BOTTOM, bottom, _section("审核意见" if zh else "Notes", items))


def _section(head: str, items: Iterable[str], style: str = "") -> str:
    return f'<section data-assesslint="notes">{style}<p class="head">{escape(head)}</p>{"".join(items)}</section>'


def _item(note: Note, number: str = "", mark: int | None = None) -> str:
    """Return a note behind its number, which leads to the first of its marks."""
    words = "<br>".join(map(escape, note.text.split("\n")))
    leading = f'<a href="#assesslint-{mark}">{number}</a> ' if mark else f"{number} " if number else ""
    return f'<p class="{note.severity}">{leading}{words}</p>'
