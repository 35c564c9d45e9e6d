"""A place in a page of a rule → what may stand there: clauses, names, fields, values, norms; in its drafts what schemes take."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lsprotocol.types import CompletionItem, CompletionItemKind

from assesslint.findings.model import SEVERITIES
from assesslint.lsp.completion import Known, Offer, items, offers_at
from assesslint.lsp.documents import View
from assesslint.lsp.rule_words import GATHERINGS, NAME, PATH, fence_at, scope, type_of
from assesslint.policy.check import STATUSES, SUBJECTS, WAIVABLE
from assesslint.policy.norms import Norm
from assesslint.policy.page import whole_scheme
from assesslint.policy.remedies import REMEDIES
from assesslint.policy.resolve import FUNCTIONS
from assesslint.scheme.vocabulary import FieldType, central_vocabulary
from assesslint.text.shortened import on_one_line
from assesslint.text.source import Span

CLAUSES = {
    "title": 'title en: "$1"', "status": "status: $1", "replaced by": "replaced by: $1", "waivable": "waivable: $1",
    "applies to": "applies to: $1", "parameter": "parameter $1: $2 = $3, stricter: $4", "for": "for $1 in $2", "let": "let $1 = $2",
    "when": "when $1", "unless": "unless $1", "case": "case {\n\tseverity: $1\n\tbasis: $2\n}", "at": "at $1",
    "message zh": 'message zh: "$1"', "message en": 'message en: "$1"', "advise zh": 'advise zh: "$1"', "advise en": 'advise en: "$1"',
    "fix": "fix: $1",
}  # fmt: skip
"""The clauses of a rule, and how each is begun."""

CASE_CLAUSES = {"severity": "severity: $1", "basis": "basis: $1", "basis none": 'basis: none "$1"'}
"""What stands in a case only."""

CHOICES = {"status": STATUSES, "waivable": WAIVABLE, "applies to": SUBJECTS, "severity": SEVERITIES, "stricter": ("larger", "smaller")}
"""The words that some clauses take."""

LOOKED_AT = 2_000
"""Characters before a place by which it is told what may stand there."""

Names = Mapping[str, FieldType | None]


def page_completions(view: View, offset: int, norms: Mapping[str, Norm], known: Known) -> list[CompletionItem]:
    """Return what may stand at an offset of a page."""
    text = view.text.text
    fence = fence_at(text, offset)
    if fence is None:
        return []
    written = text[fence.span.start : fence.span.end]
    if fence.kind == "scheme":
        whole = whole_scheme(written)
        before = whole.index(written) - fence.span.start
        span, offers = offers_at(whole, (), offset + before, known)
        return items(offers, view.text.range(Span(span.start - before, span.end - before)), snippets=known.snippets)
    if fence.kind != "rule":
        return []
    typed, found = _rule(text[fence.span.start : offset], scope(written), norms)
    return items(found, view.text.range(Span(offset - len(typed), offset)), snippets=known.snippets)


def _rule(before: str, names: Names, norms: Mapping[str, Norm]) -> tuple[str, Iterator[Offer]]:
    """Return the word typed at the end of a rule's text, and what may stand for it."""
    if _COMMENT_OR_STRING.search(before.rpartition("\n")[2]):
        return "", iter(())
    for pattern, offers in _SITUATIONS:
        match = pattern.search(before[-LOOKED_AT:])
        if match is not None:
            return match["typed"], offers(match, names, norms)
    return "", iter(())


# ── what is offered in which situation ───────────────────────────────────────────────────────────────────────────────────────


def _citable(_match: re.Match[str], _names: Names, norms: Mapping[str, Norm]) -> Iterator[Offer]:
    for norm in norms.values():
        for clause in norm.clauses.values():
            if clause.cite_as:
                name = f"{norm.id}.{clause.id}"
                yield Offer(name, name, CompletionItemKind.Reference, clause.cite_as, clause.zh)


def _choices(match: re.Match[str], _names: Names, _norms: Mapping[str, Norm]) -> Iterator[Offer]:
    return (Offer(word, word, CompletionItemKind.EnumMember) for word in CHOICES[on_one_line(match["keyword"])])


def _remedies(_match: re.Match[str], _names: Names, _norms: Mapping[str, Norm]) -> Iterator[Offer]:
    return (Offer(name, name, CompletionItemKind.EnumMember, kind.zh) for name, kind in REMEDIES.items())


def _of_remedy(match: re.Match[str], names: Names, _norms: Mapping[str, Norm]) -> Iterator[Offer]:
    """Yield what stands behind a way of mending: values of its enumeration, or bounds of the rule, which are names without a record."""
    kind = REMEDIES.get(match["remedy"])
    if kind is not None and kind.enum:
        for value, zh in central_vocabulary().enums[kind.enum].zh.items():
            yield Offer(value, value, CompletionItemKind.EnumMember, zh)
    elif kind is not None and kind.parameter:
        yield from (Offer(name, name, CompletionItemKind.Variable) for name, known in names.items() if known is None)


def _fields(match: re.Match[str], names: Names, _norms: Mapping[str, Norm]) -> Iterator[Offer]:
    record = type_of(match["path"], names)
    for field, kind in central_vocabulary().records.get(record.base if record else "", {}).items():
        yield Offer(field, field, CompletionItemKind.Field, kind.base)


def _values(match: re.Match[str], names: Names, _norms: Mapping[str, Norm]) -> Iterator[Offer]:
    kind = type_of(match["path"], names)
    enum = central_vocabulary().enums.get(kind.base if kind else "")
    for value, zh in enum.zh.items() if enum else ():
        yield Offer(value, value, CompletionItemKind.EnumMember, zh)


def _values_or_presence(match: re.Match[str], names: Names, norms: Mapping[str, Norm]) -> Iterator[Offer]:
    yield from _values(match, names, norms)
    yield from (Offer(word, word, CompletionItemKind.Keyword, late=True) for word in ("known", "absent", "not"))


def _groups(match: re.Match[str], names: Names, _norms: Mapping[str, Norm]) -> Iterator[Offer]:
    kind = type_of(match["path"], names)
    for name, group in central_vocabulary().groups.items():
        if kind is not None and group.enum == kind.base:
            yield Offer(name, name, CompletionItemKind.Enum, ", ".join(sorted(group.members)))


def _lists(_match: re.Match[str], names: Names, _norms: Mapping[str, Norm]) -> Iterator[Offer]:
    """Yield the paths that lead to lists, which loops walk."""
    for name, kind in names.items():
        for field, inner in central_vocabulary().records.get(kind.base if kind else "", {}).items():
            if inner.many:
                yield Offer(f"{name}.{field}", f"{name}.{field}", CompletionItemKind.Field, inner.base)


def _clauses(match: re.Match[str], _names: Names, _norms: Mapping[str, Norm]) -> Iterator[Offer]:
    inside = match.string.rpartition("case")[2]
    in_case = "case" in match.string and inside.count("{") > inside.count("}")
    shared = ("when", "message zh", "message en", "advise zh", "advise en", "fix")
    clauses = {**CASE_CLAUSES, **{name: CLAUSES[name] for name in shared}} if in_case else CLAUSES
    return (Offer(name, begun, CompletionItemKind.Keyword, fills=True) for name, begun in clauses.items())


def _expressions(_match: re.Match[str], names: Names, _norms: Mapping[str, Norm]) -> Iterator[Offer]:
    yield from (Offer(name, name, CompletionItemKind.Variable, kind.base if kind else "") for name, kind in names.items())
    yield from (Offer(name, f"{name}($1)", CompletionItemKind.Function, fills=True) for name in (*GATHERINGS, *FUNCTIONS))


_COMMENT_OR_STRING = re.compile(r'^(?:[^"#]|"[^"]*")*(?:#|"[^"]*$)')

_SITUATIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Names, Mapping[str, Norm]], Iterator[Offer]]], ...] = (
    (re.compile(r"\bbasis\s*[:：]\s*(?:[\w.-]+\s*[,，、]\s*)*(?P<typed>[\w.-]*)$"), _citable),
    (re.compile(r"\b(?P<keyword>status|waivable|applies\s+to|severity|stricter)\s*[:：]\s*(?P<typed>\w*)$"), _choices),
    (re.compile(r"\bfix\s*[:：]\s*(?P<typed>\w*)$"), _remedies),
    (re.compile(r"\bfix\s*[:：]\s*(?P<remedy>\w+)[ \t]+(?P<typed>\w*)$"), _of_remedy),
    (re.compile(rf"\b(?:for\s+{NAME}|(?:{'|'.join(GATHERINGS)})\s*[(（]\s*{NAME})\s+in\s+(?P<typed>[\w.]*)$"), _lists),
    (re.compile(rf"(?P<path>{PATH})\.(?P<typed>\w*)$"), _fields),
    (re.compile(rf"(?P<path>{PATH})\s+(?:is\s+not|is|has)\s+(?P<typed>\w*)$"), _values_or_presence),
    (re.compile(rf"(?P<path>{PATH})\s+(?:not\s+)?in\s+\[[^\]]*?(?P<typed>\w*)$"), _values),
    (re.compile(rf"(?P<path>{PATH})\s+(?:not\s+)?in\s+(?P<typed>\w*)$"), _groups),
    (re.compile(r"(?:^|[\n{}])[ \t]*(?P<typed>\w*)$"), _clauses),
    (re.compile(r"(?P<typed>\w*)$"), _expressions),
)
"""How a rule's text ends, and what may stand there; the first that fits."""
