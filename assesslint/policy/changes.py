"""Two rulebooks → what changed between them, told rule by rule in sentences; what follows from it for drafts is for proof to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assesslint.policy import tree
from assesslint.policy.rulebook import Rulebook

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
            yield RuleText(name, "removed")
        elif before != after:
            yield RuleText(name, "changed", tuple(_told(old, before, new, after)))


def _told(old: Rulebook, before: tree.Rule, new: Rulebook, after: tree.Rule) -> Iterator[Told]:
    """Tell what differs between two rules of one name, part by part."""
    for zh, en, name in _HEAD:
        first, second = getattr(before, name), getattr(after, name)
        if first != second:
            yield f"{zh}：{first or '—'} → {second or '—'}", f"{en}: {first or '—'} → {second or '—'}"
    yield from _told_parameters(before, after)
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
    if before.remedy != after.remedy:
        said = f"{before.remedy.kind if before.remedy else '—'} → {after.remedy.kind if after.remedy else '—'}"
        yield f"第 {at} 个 case 的修改办法：{said}", f"fix of case {at}: {said}"
    if before.message != after.message or before.advice != after.advice:
        yield f"第 {at} 个 case 的文字有改动", f"the wording of case {at} changed"


def _written(book: Rulebook, rule: tree.Rule, conditions: Iterable[tree.Expression | None]) -> list[str]:
    """Return conditions as their page writes them."""
    text = book.page(rule.id).source.text
    return [" ".join(text[c.span.start : c.span.end].split()) for c in conditions if c is not None]
