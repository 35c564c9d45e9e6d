"""A pack and the one it extends → each way the lower lets pass what the upper does not: by proof over rules, by replay of words.

The loader already refuses a pack that writes a rule anew, takes one away, or moves a bound in the lax direction. Here such a pack is
taken at its word, with all packs that lie between the two, so that its maintainer is shown, with a draft, what would slip through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path

from assesslint.findings.model import SEVERITY_NAMES
from assesslint.linter.judged import lexicon_of, widest_lexicon, words_of
from assesslint.policy import tree
from assesslint.policy.judge import on_day
from assesslint.policy.pack import Pack, packs_from, word_folders
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import Rulebook, in_pack, is_stricter, load_own_rules, load_rulebook, moved
from assesslint.proof.difference import Words, milder, silent, slip
from assesslint.proof.replayed import Named, examples_of, read_with, replay
from assesslint.proof.witness import Draft
from assesslint.reading.lexicon import Lexicon

Told = tuple[str, str]

MOST_OF_A_RULE = 5
"""Findings of a rule lost on replay that are shown with their draft; the others are counted."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One way the lower pack lets pass what the upper does not; `draft` shows it, where one was found. `more` are left out besides."""

    rule: str
    told: Told
    draft: str | None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Conformity:
    """The answer in its two parts: what was proved of the rules (`proved` of them), and what was found on replaying `replayed` drafts."""

    proved: int
    by_proof: tuple[Relaxation, ...]
    replayed: int
    by_replay: tuple[Relaxation, ...]

    @property
    def conforms(self) -> bool:
        return not self.by_proof and not self.by_replay

    @property
    def relaxations(self) -> int:
        return sum(1 + relaxation.more for relaxation in (*self.by_proof, *self.by_replay))


@dataclass(frozen=True, slots=True)
class Lower:
    """What the packs below make of the rules above: the rules they are now, the bounds they move, the words that are read."""

    rules: Mapping[str, tree.Rule]
    bounds: Mapping[str, Mapping[str, Decimal]]
    removed: Mapping[str, str]
    lexicon: Lexicon


def conformity(folder: Path, upper: Rulebook, drafts: Sequence[Named], day: date) -> Conformity:
    """Return how a pack in `folder` stands to the rules above it, or to an earlier version of itself.

    Raises RulebookError when its own pages do not load, or when it does not extend the pack above.
    """
    lower = _lower(folder, upper)
    judging = upper.judging(preview=False)
    by_proof: list[Relaxation] = []
    for name, above in upper.rules.items():
        if name in judging and on_day(above, day).cases:
            words = words_of(upper, name)
            by_proof += _rule(above, lower, day, (words, words))
    count, by_replay = _words(upper, lower.lexicon, drafts, day)
    return Conformity(len(upper.rules), tuple(by_proof), count, tuple(by_replay))


def _lower(folder: Path, upper: Rulebook) -> Lower:
    """Take the packs from `folder` up to the one above at their word, the uppermost first."""
    name = upper.packs[-1].id
    below: list[Pack] = []
    for pack, faults in packs_from(folder):
        if faults:
            raise RulebookError(faults)
        if pack.id == name and not below:
            new = load_rulebook(folder)
            return Lower(new.rules, {}, new.removed, widest_lexicon(new))
        below.insert(0, pack)
        if pack.extends == name:
            return _on_top(upper, below)
    zh = f'没有扩展 {name}，它的规则一条也不起作用：在 pack.toml 里写 extends = "{name}"'
    en = f'it does not extend {name}, none of whose rules is used: write extends = "{name}" in pack.toml'
    raise RulebookError([in_pack(below[-1], ("extends",), zh, en)])


def _on_top(upper: Rulebook, below: Sequence[Pack]) -> Lower:
    rules, bounds = dict(upper.rules), dict[str, Mapping[str, Decimal]]()
    removed: dict[str, str] = {}
    for pack in below:
        for rule, values in pack.parameters.items():
            if rule in rules:
                rules[rule] = moved(rules[rule], values)
                bounds[rule] = {**bounds.get(rule, {}), **values}
        rules |= load_own_rules(pack.folder, pack).rules
        removed |= pack.removed
    for rule in removed:
        rules.pop(rule, None)
    return Lower(rules, bounds, removed, lexicon_of(word_folders((*upper.packs, *below))))


def _rule(above: tree.Rule, lower: Lower, day: date, words: Words) -> Iterator[Relaxation]:
    """Yield what a rule loses in the packs below: where they take it away, write it anew, or move its bounds."""
    below, bounds = lower.rules.get(above.id), lower.bounds.get(above.id, {})
    if below == above:
        return
    why = _removed(above, lower) if below is None else _silenced(below, day)
    if below is None or why is not None:
        yield Relaxation(above.id, why or _removed(above, lower), _text(slip(above, silent(above), day, words).draft))
        return
    lax = {p.name: bounds[p.name] for p in above.parameters if p.name in bounds and not is_stricter(p, bounds[p.name])}
    for parameter in above.parameters:
        if parameter.name in lax:
            value = f"{parameter.default:f} → {lax[parameter.name]:f}"
            told = f"参数放宽（{parameter.name}：{value}）", f"a bound is relaxed ({parameter.name}: {value})"
            relaxed = moved(above, {parameter.name: lax[parameter.name]})
            yield Relaxation(above.id, told, _text(slip(above, relaxed, day, words).draft))
    if above.waivable == "never" and below.waivable != "never":
        told = "不许豁免的禁令改成可以豁免", "a ban that allows no waiver may now be waived"
        yield Relaxation(above.id, told, _text(slip(below, silent(below), day, words).draft))
    yield from _conditions(above, moved(below, {p.name: p.default for p in above.parameters if p.name in lax}), day, words)


def _removed(above: tree.Rule, lower: Lower) -> Told:
    instead = lower.removed.get(above.id)
    if instead is None:
        return "这条规则没有了", "the rule is no longer there"
    return f"这条规则被取消，由 {instead} 替代", f"the rule is removed, with {instead} to be used instead"


def _silenced(below: tree.Rule, day: date) -> Told | None:
    """Return why a rule that is there judges no longer; None if it does."""
    if below.status == "preview":
        return "这条规则改成试行，平时不再检查", "the rule is put in preview and no longer used"
    if not on_day(below, day).cases:
        zh = f"{day} 这条规则所引的规定都不在施行期内，它不起作用"
        return zh, f"on {day} none of the norms it cites is in force, and it says nothing"
    return None


def _conditions(above: tree.Rule, below: tree.Rule, day: date, words: Words) -> Iterator[Relaxation]:
    """Yield what a rule lets pass, or takes more lightly, that the one above it objects to."""
    passes = slip(above, below, day, words)
    if passes.draft is not None:
        yield Relaxation(above.id, ("条件放宽：有草案漏过", "its conditions are relaxed: a draft slips through"), passes.draft.text)
    elif not passes.proved:
        yield Relaxation(above.id, ("不能证明它没有放宽", "it could not be proved that it is not relaxed"), None)
    for found in milder(above, below, day, words):
        zh, en = (SEVERITY_NAMES[lang][found.was] for lang in ("zh", "en"))
        if found.draft is not None:
            told = f"程度降低：有草案原来是{zh}，现在较轻", f"its severity is lowered: what was an {en} is taken more lightly"
        else:
            told = f"不能证明原来是{zh}的没有减轻", f"it could not be proved that no {en} is taken more lightly"
        yield Relaxation(above.id, told, _text(found.draft))


def _text(draft: Draft | None) -> str | None:
    return draft.text if draft else None


def _words(upper: Rulebook, lexicon: Lexicon, drafts: Sequence[Named], day: date) -> tuple[int, list[Relaxation]]:
    """Read the examples above and the drafts with the words above and with the lower ones; return how many, and the findings lost."""
    above = widest_lexicon(upper)
    replayed = list(chain(examples_of(upper), drafts)) if lexicon is not above else []
    first: dict[tuple[str, str], Relaxation] = {}
    for one in replay(read_with(above, upper, day), read_with(lexicon, upper, day), replayed):
        if not one.gained:
            name, text = one.draft.name, one.draft.draft.source.text
            told = f"词语遮蔽：读不出“{one.excerpt}”（{name}）", f"words hide “{one.excerpt}” ({name})"
            first.setdefault((one.rule, one.excerpt), Relaxation(one.rule, told, text))
    return len(replayed), list(_capped(first.values()))


def _capped(found: Iterable[Relaxation]) -> Iterator[Relaxation]:
    """Yield the first relaxations of each rule, the last of them with how many there are besides."""
    by_rule: dict[str, list[Relaxation]] = {}
    for relaxation in found:
        by_rule.setdefault(relaxation.rule, []).append(relaxation)
    for of_rule in by_rule.values():
        yield from of_rule[: MOST_OF_A_RULE - 1]
        yield from (replace(last, more=len(of_rule) - MOST_OF_A_RULE) for last in of_rule[MOST_OF_A_RULE - 1 : MOST_OF_A_RULE])
