"""Two rulebooks → what changed between them in rules and words, told in sentences; what follows from it for drafts is for proof to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assesslint.policy import tree
from assesslint.policy.pack import word_folders
from assesslint.policy.rulebook import Rulebook
from assesslint.reading.lexicon import COMMON_WORDS, common_words
from assesslint.text.shortened import on_one_line

Told = tuple[str, str]
"""A sentence in Chinese and English."""

_HEAD = (
    ("状态", "status", "status"),
    ("替代它的规则", "replaced by", "replaced_by"),
    ("豁免", "waivable", "waivable"),
    ("对象", "subject", "subject"),
)
"""What a rule says once: in Chinese, in English, and as a field."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """What became of one rule: `added`, `removed` or `changed`, and what is to be told of that."""

    rule: str
    kind: str
    told: tuple[Told, ...] = ()


def text_changes(old: Rulebook, new: Rulebook) -> Iterator[RuleText]:
    """Yield what became of each rule that is not the same in both, by id."""
    for name in sorted({*old.rules, *new.rules}):
        before, after = old.rules.get(name), new.rules.get(name)
        if before is None:
            yield RuleText(name, "added")
        elif after is None:
            instead = new.removed.get(name)
            yield RuleText(name, "removed", ((f"改用 {instead}", f"{instead} is used instead"),) if instead else ())
        elif before != after:
            yield RuleText(name, "changed", tuple(_told(old, before, new, after)))


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of one meaning or class that are had (`added`) or no longer had, each with what it needs to be meant."""

    meaning: str
    added: tuple[str, ...]
    gone: tuple[str, ...]


def word_changes(old: Rulebook, new: Rulebook) -> Iterator[WordChange]:
    """Yield which words have other meanings in the new rulebook, meaning by meaning. Raises LexiconError where words do not load."""
    was, now = (_listed(word_folders(book.packs)) for book in (old, new))
    for meaning in sorted({*was, *now}):
        before, after = was.get(meaning, frozenset()), now.get(meaning, frozenset())
        if before != after:
            yield WordChange(meaning, tuple(sorted(after - before)), tuple(sorted(before - after)))


def _listed(folders: tuple[Path, ...]) -> dict[str, frozenset[str]]:
    """Return the words of each meaning and class; each with what it needs to be meant, the parts of a frame as one."""
    from assesslint.reading.entries import ClassEntry, FrameEntry, read_files

    listed: dict[str, set[str]] = {}
    for entry in read_files([path for folder in folders for path in sorted(folder.glob("*.toml"))]):
        if isinstance(entry, ClassEntry):
            listed.setdefault(f"@{entry.name}", set()).update(entry.words.split())
            continue
        terms = entry.model_dump(exclude={"meaning", "words", "parts"}, exclude_defaults=True)
        said = f"（{'，'.join(f'{name}={value}' for name, value in sorted(terms.items()))}）" if terms else ""
        words = [" + ".join(entry.parts)] if isinstance(entry, FrameEntry) else entry.words.split()
        listed.setdefault(entry.meaning, set()).update(f"{word}{said}" for word in words)
    listed[COMMON_WORDS] = set().union(*map(common_words, folders))
    return {meaning: frozenset(words) for meaning, words in listed.items()}


def _told(old: Rulebook, before: tree.Rule, new: Rulebook, after: tree.Rule) -> Iterator[Told]:
    """Tell what differs between two rules of one name, part by part."""
    for zh, en, name in _HEAD:
        first, second = getattr(before, name), getattr(after, name)
        if first != second:
            yield f"{zh}：{first or '—'} → {second or '—'}", f"{en}: {first or '—'} → {second or '—'}"
    yield from _told_parameters(before, after)
    if before.sections != after.sections:
        yield "页面的说明有改动", "the prose of its page changed"
    if before.title != after.title:
        yield f"名称：{before.title['zh']} → {after.title['zh']}", f"title: {before.title['en']} → {after.title['en']}"
    if before.bindings != after.bindings:
        yield "for、let 有改动", "for or let changed"
    first, second = (_written(book, rule, [rule.when]) for book, rule in ((old, before), (new, after)))
    if before.when != after.when:
        yield f"when：{''.join(first)} → {''.join(second)}", f"when: {''.join(first)} → {''.join(second)}"
    excuses = [_written(book, rule, rule.unless) for book, rule in ((old, before), (new, after))]
    yield from ((f"去掉 unless：{text}", f"unless taken away: {text}") for text in excuses[0] if text not in excuses[1])
    yield from ((f"新增 unless：{text}", f"unless added: {text}") for text in excuses[1] if text not in excuses[0])
    if before.at != after.at:
        places = [_written(book, rule, rule.at) for book, rule in ((old, before), (new, after))]
        said = " → ".join(" else ".join(paths) for paths in places)
        yield f"标出的文字：{said}", f"at: {said}"
    if len(before.cases) != len(after.cases):
        yield f"case：{len(before.cases)} 个 → {len(after.cases)} 个", f"cases: {len(before.cases)} → {len(after.cases)}"
        return
    for at, (one, other) in enumerate(zip(before.cases, after.cases, strict=True), 1):
        yield from _told_case(at, one, other)


def _told_parameters(before: tree.Rule, after: tree.Rule) -> Iterator[Told]:
    was, now = ({p.name: p for p in rule.parameters} for rule in (before, after))
    for name in sorted({*was, *now}):
        first, second = was.get(name), now.get(name)
        if first != second:
            values = [f"{p.default:f}" if p else "—" for p in (first, second)]
            yield f"参数 {name}：{' → '.join(values)}", f"parameter {name}: {' → '.join(values)}"


def _told_case(at: int, before: tree.Case, after: tree.Case) -> Iterator[Told]:
    if before.severity != after.severity:
        said = f"{before.severity} → {after.severity}"
        yield f"第 {at} 个 case 的程度：{said}", f"severity of case {at}: {said}"
    if before.when != after.when:
        yield f"第 {at} 个 case 的条件有改动", f"the condition of case {at} changed"
    cited = [", ".join(f"{c.norm}.{c.clause}" for c in case.citations) or "none" for case in (before, after)]
    if cited[0] != cited[1]:
        yield f"第 {at} 个 case 的依据：{' → '.join(cited)}", f"basis of case {at}: {' → '.join(cited)}"
    known = {(c.norm, c.clause): c for c in before.citations}
    for now in after.citations:
        was = known.get((now.norm, now.clause), now)
        if was != now:
            yield _told_citation(at, was, now)
    if before.remedy != after.remedy:
        said = f"{before.remedy.kind if before.remedy else '—'} → {after.remedy.kind if after.remedy else '—'}"
        yield f"第 {at} 个 case 的修改办法：{said}", f"fix of case {at}: {said}"
    if before.message != after.message or before.advice != after.advice:
        yield f"第 {at} 个 case 的文字有改动", f"the wording of case {at} changed"


def _told_citation(at: int, was: tree.Citation, now: tree.Citation) -> Told:
    """Tell what differs in one clause that both cases cite."""
    name = f"{now.norm}.{now.clause}"
    if (was.in_force, was.repealed) == (now.in_force, now.repealed):
        return f"第 {at} 个 case 引用 {name} 的写法有改动", f"how case {at} cites {name} changed"
    zh, en = (" → ".join(f"{c.in_force} {to} {c.repealed or '—'}" for c in (was, now)) for to in ("至", "until"))
    return f"第 {at} 个 case 所引 {name} 的施行期：{zh}", f"{name}, cited in case {at}, is in force: {en}"


def _written(book: Rulebook, rule: tree.Rule, parts: Iterable[tree.Expression | None]) -> list[str]:
    """Return conditions or places as their page writes them."""
    text = book.page(rule.id).source.text
    return [on_one_line(text[c.span.start : c.span.end]) for c in parts if c is not None]
