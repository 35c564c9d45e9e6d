"""A place in the rule of a page → what the word there means, and where that is said: norms, the vocabulary, other rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from lsprotocol.types import Hover, Location, MarkupContent, MarkupKind

from assesslint.linter.rule_page import RuleFolder
from assesslint.lsp.documents import View
from assesslint.lsp.hover import escaped
from assesslint.lsp.positions import Text
from assesslint.lsp.rule_words import fence_at, scope, type_of, word_at
from assesslint.policy.norms import Clause, Norm
from assesslint.policy.remedies import REMEDIES
from assesslint.policy.resolve import FUNCTIONS
from assesslint.scheme.vocabulary import FieldType, central_names, central_vocabulary
from assesslint.text.resources import resource
from assesslint.text.source import Span

VOCABULARY = "vocabulary.toml"


def page_hover(view: View, offset: int, folder: RuleFolder, lang: str) -> Hover | None:
    """Return what the word at an offset of a page's rule means."""
    found = _word(view, offset)
    if found is None:
        return None
    word, at, rule = found
    cited = _cited(word, folder.norms)
    said = _clause(*cited, lang) if cited is not None else _meaning(word, at, scope(rule), lang)
    return Hover(MarkupContent(MarkupKind.Markdown, said)) if said else None


def page_definitions(view: View, offset: int, folder: RuleFolder) -> list[Location]:
    """Return where that is said which the word at an offset of a page's rule stands for."""
    found = _word(view, offset)
    if found is None:
        return []
    word, at, rule = found
    cited = _cited(word, folder.norms)
    if cited is not None:
        return list(_norm_file(*cited, folder, view.text.encoding))
    if word in folder.pages and word != view.name:
        return [Location((folder.folder / folder.pages[word]).as_uri(), Text("").range(Span(0, 0)))]
    return list(_in_vocabulary(word, at, scope(rule), view.text.encoding))


def _word(view: View, offset: int) -> tuple[str, int, str] | None:
    """Return the word at an offset, how much of it is before the end of the name the offset is in, and the text of the rule."""
    text = view.text.text
    fence = fence_at(text, offset)
    span = word_at(text, offset) if fence is not None and fence.kind == "rule" else None
    if fence is None or span is None:
        return None
    word = text[span.start : span.end]
    dot = word.find(".", offset - span.start)
    return word, len(word) if dot < 0 else dot, text[fence.span.start : fence.span.end]


# ── norms ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _cited(word: str, norms: Mapping[str, Norm]) -> tuple[Norm, Clause] | None:
    document, _, name = word.partition(".")
    norm = norms.get(document)
    clause = norm.clauses.get(name) if norm is not None else None
    return (norm, clause) if norm is not None and clause is not None else None


def _clause(norm: Norm, clause: Clause, lang: str) -> str:
    said = clause.zh if lang == "zh" else clause.en
    dates = f"{clause.in_force} — {clause.repealed or ''}".rstrip("— ")
    head = f"**{escaped(clause.cite_as or norm.title)}**"
    return f"{head}\n\n{escaped(said)}\n\n{escaped(norm.issuer)} {escaped(norm.number)} · {dates} · {clause.confidence}"


def _norm_file(norm: Norm, clause: Clause, folder: RuleFolder, encoding: str) -> Iterator[Location]:
    if norm.file is not None:
        top = folder.folder if norm.id in folder.own_norms else resource("rules")
        place = norm.file.name("clauses", clause.id)
        yield Location((top / norm.file.source.path).as_uri(), Text(norm.file.source.text, encoding).range(place))


# ── the vocabulary ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _meaning(word: str, at: int, names: Mapping[str, FieldType | None], lang: str) -> str:
    """Return what a name stands for: a field, with its type; a group, with its members; a value, with what it is called."""
    vocabulary = central_vocabulary()
    path = word[:at]
    kind = type_of(path, names)
    if kind is not None:
        called = _called("fields", path.rpartition(".")[2], lang) if "." in path else ""
        return " · ".join(part for part in (f"`{path}`", called, _type(kind, lang)) if part)
    if word in vocabulary.groups:
        group = vocabulary.groups[word]
        mark = "、" if lang == "zh" else ", "
        members = mark.join(vocabulary.name(group.enum, member, lang) for member in sorted(group.members))
        return f"`{word}` · {_called('groups', word, lang)} · {_called('enums', group.enum, lang)}\n\n{members}"
    if word in REMEDIES:
        return f"`{word}` · {REMEDIES[word].zh if lang == 'zh' else REMEDIES[word].en}"
    if word in FUNCTIONS:
        taken, given = FUNCTIONS[word]
        return f"`{word}({', '.join(each.base for each in taken)})` → {given.base}"
    values = [enum.name for enum in vocabulary.enums.values() if word in enum]
    return "\n\n".join(f"`{word}` · {vocabulary.name(enum, word, lang)} · {_called('enums', enum, lang)}" for enum in values)


def _type(kind: FieldType, lang: str) -> str:
    base = _called("enums", kind.base, lang) or _called("records", kind.base, lang) or kind.base
    if kind.many:
        return f"{base}（若干）" if lang == "zh" else f"list of {base}"
    return base if not kind.optional else f"{base}（可缺）" if lang == "zh" else f"{base}, may be absent"


def _called(what: str, name: str, lang: str) -> str:
    return _names()[what].get(name, {}).get(lang, "")


@cache
def _names() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return central_names()


def _in_vocabulary(word: str, at: int, names: Mapping[str, FieldType | None], encoding: str) -> Iterator[Location]:
    """Yield where the vocabulary tells a field, a group or a value."""
    path = word[:at]
    first, _, field = path.rpartition(".")
    record = type_of(first, names) if first else None
    enums = [enum.name for enum in central_vocabulary().enums.values() if word in enum]
    tables = [(f"records.{record.base}", field)] if record is not None else [("groups", word), *((f"enums.{enum}", word) for enum in enums)]
    file = resource("rules") / VOCABULARY
    text = file.read_text(encoding="utf-8")
    for table, key in tables:
        place = _key(text, table, key)
        if place is not None:
            yield Location(file.as_uri(), Text(text, encoding).range(place))


def _key(text: str, table: str, key: str) -> Span | None:
    """Return where a TOML text gives a key of a table."""
    header = re.search(rf"(?m)^\[{re.escape(table)}\]", text)
    if header is None:
        return None
    end = text.find("\n[", header.end())
    match = re.compile(rf"(?m)^({re.escape(key)})[ \t]*=").search(text, header.end(), end if end >= 0 else len(text))
    return Span(*match.span(1)) if match else None
