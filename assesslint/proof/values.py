"""A rule and the facts of an example → the values the rule looked at in them, on one short line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assesslint.policy import tree
from assesslint.policy.show import show
from assesslint.proof.sites import sites
from assesslint.proof.trials import objections
from assesslint.reading import facts
from assesslint.scheme.vocabulary import FieldType, central_vocabulary
from assesslint.text.shortened import shortened

MOST_CHARACTERS = 300


def values_seen(rule: tree.Rule, schemes: Sequence[facts.Scheme], day: date, lang: str) -> str:
    """Return `demand.action = 安装、登录; demand.force = 计分`: all that the rule asked for, in its own order, as far as it went."""
    vocabulary = central_vocabulary()
    seen: dict[str, tuple[FieldType, set[object]]] = {}
    for site in sites(rule):
        match site.node:
            case tree.Path(_, name, steps, kind) if not (kind.many or kind.base == "words" or kind.base in vocabulary.records):
                _, values = seen.setdefault(".".join((name, *steps)), (kind, set()))
                objections(site.put(tree.Watched(site.node, values, site.node.span)), schemes, day)
    between = "、" if lang == "zh" else ", "
    told = [
        f"{asked} = {between.join(sorted(show(value, kind, vocabulary, lang) for value in values))}"
        for asked, (kind, values) in seen.items()
        if values
    ]
    return shortened("; ".join(told) or ("无" if lang == "zh" else "nothing"), MOST_CHARACTERS)
