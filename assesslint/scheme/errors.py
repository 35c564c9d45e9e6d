"""Mistakes in a scheme → findings, in the words of grammar/scheme.errors.md.

Each heading of that page is a message, `Chinese — English`, the fences under it are mistakes that call for it. A message with an
id, `{#id}`, is said by the code that knows the fault. The others are found by their samples: they are parsed, and the place where
each fails (what kind of place, after what, before what) is the place where the message is due.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from assesslint.findings.model import Edit, Finding, Fix
from assesslint.scheme.syntax import STRAY_SORTS, read_blocks
from assesslint.scheme.tokens import Token
from assesslint.text.resources import resource
from assesslint.text.shortened import shortened
from assesslint.text.source import Source, Span

RULE = "syntax-error"
FAMILY = "syntax"

MOST_EXPLAINED = 50
"""How many mistakes of one file are explained; the others are counted."""

LONGEST_EXCERPT = 40

MEANT = {"unknown-block": True, "unknown-field": True, "unknown-word": False}
"""Messages that name the word probably meant. What it begins is read as if it stood there, so writing it is safe; a value is not read."""


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    zh: str
    en: str
    samples: tuple[str, ...]
    json_samples: tuple[str, ...]


_HEADING = re.compile(r"^## (?P<zh>.+?) — (?P<en>.+?)(?: \{#(?P<id>[a-z-]+)\})?$", re.MULTILINE)
_FENCE = re.compile(r"^```(assess|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def messages() -> tuple[Message, ...]:
    """Return the messages of the page, in its order."""
    page = (resource("grammar") / "scheme.errors.md").read_text(encoding="utf-8")
    headings = list(_HEADING.finditer(page))
    ends = [heading.start() for heading in headings[1:]] + [len(page)]
    found = []
    for heading, end in zip(headings, ends, strict=True):
        fences = _FENCE.findall(page, heading.end(), end)
        samples = {kind: tuple(text for language, text in fences if language == kind) for kind in ("assess", "json")}
        found.append(Message(heading["id"] or "", heading["zh"], heading["en"], samples["assess"], samples["json"]))
    return tuple(found)


@cache
def _by_id() -> Mapping[str, Message]:
    return {message.id: message for message in messages() if message.id}


def _keys(situation: str, before_sort: str, seen_sort: str) -> tuple[tuple[str, ...], ...]:
    """Return the descriptions of a misfit, the closest first. A character that fits nowhere is the same mistake everywhere."""
    if seen_sort in STRAY_SORTS:
        return ((seen_sort,),)
    return (situation, before_sort, seen_sort), (situation, seen_sort), (situation,)


@dataclass(slots=True)
class _Probe:
    """Listens for the first misfit of a sample."""

    keys: tuple[tuple[str, ...], ...] = ()

    def misfit(self, situation: str, before: Token | None, before_sort: str, seen: Token, seen_sort: str) -> None:  # noqa: ARG002
        self.keys = self.keys or _keys(situation, before_sort, seen_sort)

    def say(self, message: str, token: Token) -> None:
        pass


@cache
def _by_misfit() -> Mapping[tuple[str, ...], Message]:
    """Return the message of each kind of misfit; where two samples share a looser description, the first on the page has it."""
    found: dict[tuple[str, ...], Message] = {}
    loose: dict[tuple[str, ...], Message] = {}
    for message in messages():
        for sample in message.samples:
            probe = _Probe()
            read_blocks(sample, probe)
            for key in probe.keys[:1]:
                found.setdefault(key, message)
            for key in probe.keys[1:]:
                loose.setdefault(key, message)
    return {**loose, **found}


@dataclass
class Diagnosis:
    """Collects what is wrong with one source, said in one language; implements `syntax.Complaints`."""

    source: Source
    lang: str = "zh"
    found: list[Finding] = field(default_factory=list)
    untold: int = 0
    quiet: bool = False
    """Whether what is told is ignored: in what a mistake of form was told of before."""

    def misfit(self, situation: str, before: Token | None, before_sort: str, seen: Token, seen_sort: str) -> None:
        if len(self.found) >= MOST_EXPLAINED:
            self.untold += 1
            return
        table = _by_misfit()
        message = next((table[key] for key in _keys(situation, before_sort, seen_sort) if key in table), _by_id()["unexpected"])
        at = before if before and "{before}" in message.zh and "{seen}" not in message.zh else seen
        self._add(message, at.span, {"before": _shown(before), "seen": _shown(seen)})

    def say(self, message: str, token: Token) -> None:
        self.tell(message, token.span, word=_shown(token))

    def tell(self, message: str, span: Span, **words: str) -> None:
        """Say a message of the page at a place, with the words it asks for."""
        if self.quiet:
            return
        if len(self.found) >= MOST_EXPLAINED:
            self.untold += 1
            return
        self._add(_by_id()[message], span, words, self._meant(message, span, words))

    def _meant(self, message: str, span: Span, words: Mapping[str, str]) -> Fix | None:
        """Return the word that was probably meant in the place of the one written."""
        if message not in MEANT:
            return None
        seen, meant = words["seen"], words["meant"]
        title = f"“{seen}”改为“{meant}”" if self.lang == "zh" else f"“{seen}” becomes “{meant}”"
        return Fix((Edit(Span(span.start, span.start + len(seen)), meant),), MEANT[message], title).located(self.source)

    def full(self) -> bool:
        """Tell whether further mistakes are only counted."""
        return len(self.found) >= MOST_EXPLAINED

    def findings(self) -> tuple[Finding, ...]:
        """Return the findings by their places, and last how many more there are."""
        found = sorted(self.found, key=lambda finding: finding.span or Span(0, 0))
        if self.untold:
            end = len(self.source.text)
            message = _by_id()["too-many"]
            found.append(self._finding(message, Span(end, end), {"count": str(self.untold)}))
        return tuple(found)

    def _add(self, message: Message, span: Span, words: Mapping[str, str], fix: Fix | None = None) -> None:
        self.found.append(self._finding(message, span, words, fix))

    def _finding(self, message: Message, span: Span, words: Mapping[str, str], fix: Fix | None = None) -> Finding:
        text = (message.zh if self.lang == "zh" else message.en).format_map(words)
        excerpt = self.source.text[span.start : min(span.end, span.start + LONGEST_EXCERPT)]
        return Finding(
            RULE, FAMILY, "error", text, self.source.path,
            location=self.source.locate(span), excerpt=excerpt, fix=fix, source=self.source, span=span,
        )  # fmt: skip


def _shown(token: Token | None) -> str:
    """Return a token's words as a message quotes them: one that cannot be seen by its number, a long one cut."""
    if token is None or not token.text:
        return ""
    if len(token.text) == 1 and not token.text.isprintable():
        return f"U+{ord(token.text):04X}"
    text = shortened(token.text, LONGEST_EXCERPT)
    return text.rstrip("(（:： \t\u3000") or text
