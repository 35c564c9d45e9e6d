"""A pack and the one it extends → each way the lower lets pass what the upper does not: by proof over rules, by replay of words.

The loader already refuses a pack that writes a rule anew or moves a bound in the lax direction. Here such a pack is taken at its word, so
that its maintainer is shown, with a draft, what would slip through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from assesslint.findings.model import SEVERITIES
from assesslint.linter.judged import lexicon_of, widest_lexicon
from assesslint.policy import tree
from assesslint.policy.pack import Pack, read_pack
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import Rulebook, load_own_rules, moved
from assesslint.proof.difference import Slip, replay, slip
from assesslint.proof.replayed import read_twice
from assesslint.proof.witness import witness
from assesslint.reading.lexicon import Lexicon
from assesslint.scheme.vocabulary import central_vocabulary

Told = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One way the lower pack lets pass what the upper does not; `draft` shows it, where one was found."""

    rule: str
    told: Told
    draft: str | None


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


def conformity(folder: Path, upper: Rulebook, drafts: Sequence[str], day: date) -> Conformity:
    """Return how a pack in `folder` stands to the rules above it. Raises RulebookError when its own pages do not load."""
    pack, problems = read_pack(folder)
    if problems:
        raise RulebookError(problems)
    own = load_own_rules(folder, pack)
    compared = [name for name in upper.rules if name in own.rules or name in pack.parameters]
    words = widest_lexicon(upper)
    by_proof = [relaxation for name in compared for relaxation in _rule(upper.rules[name], own.rules.get(name), pack, day, words)]
    count, by_replay = _words(upper, pack, drafts, day)
    return Conformity(len(upper.rules), tuple(by_proof), count, tuple(by_replay))


def _rule(above: tree.Rule, below: tree.Rule | None, pack: Pack, day: date, words: Lexicon) -> Iterator[Relaxation]:
    """Yield what a rule loses where the lower pack writes it anew, or moves its bounds."""
    bounds = pack.parameters.get(above.id, {})
    lax = [p for p in above.parameters if p.name in bounds and _laxer(p, bounds[p.name])]
    for parameter in lax:
        value = bounds[parameter.name]
        said = f"{parameter.name}：{parameter.default:f} → {value:f}", f"{parameter.name}: {parameter.default:f} → {value:f}"
        told = f"参数放宽（{said[0]}）", f"a bound is relaxed ({said[1]})"
        yield Relaxation(above.id, told, _text(slip(above, moved(above, {parameter.name: value}), day, (words, words))))
    if below is None:
        return
    if above.waivable == "never" and below.waivable != "never":
        shown = witness(below, central_vocabulary(), day, words)
        told = "不许豁免的禁令改成可以豁免", "a ban that allows no waiver may now be waived"
        yield Relaxation(above.id, told, shown.fires.text if shown.fires else None)
    if _severity(below) > _severity(above):
        shown = witness(below, central_vocabulary(), day, words)
        told = "程度降低", "its severity is lowered"
        yield Relaxation(above.id, told, shown.fires.text if shown.fires else None)
    passes = slip(above, below, day, (words, words))
    if passes.draft is not None:
        yield Relaxation(above.id, ("条件放宽：有草案漏过", "its conditions are relaxed: a draft slips through"), passes.draft.text)
    elif not passes.proved:
        yield Relaxation(above.id, ("不能证明它没有放宽", "it could not be proved that it is not relaxed"), None)


def _laxer(parameter: tree.Parameter, value: Decimal) -> bool:
    return value < parameter.default if parameter.stricter == "larger" else value > parameter.default


def _severity(rule: tree.Rule) -> int:
    return min(SEVERITIES.index(case.severity) for case in rule.cases)


def _text(found: Slip) -> str | None:
    return found.draft.text if found.draft else None


def _words(upper: Rulebook, pack: Pack, paths: Sequence[str], day: date) -> tuple[int, list[Relaxation]]:
    """Read the drafts once with the words above and once with the pack's as well; return how many, and the findings that are lost."""
    if pack.lexicon is None:
        return 0, []
    above = widest_lexicon(upper)
    folders = [p.lexicon for p in upper.packs if p.lexicon is not None]
    drafts = list(read_twice(paths, (upper,), (above, lexicon_of((*folders, pack.lexicon)))))
    texts = {draft.name: draft.text for draft in drafts}
    lost = [one for one in replay(upper, upper, drafts, day) if not one.gained]
    relaxations = {
        (one.rule, one.excerpt): Relaxation(
            one.rule,
            (f"词语遮蔽：读不出“{one.excerpt}”（{one.draft}）", f"words hide “{one.excerpt}” ({one.draft})"),
            texts[one.draft],
        )
        for one in lost
    }
    return len(drafts), list(relaxations.values())
