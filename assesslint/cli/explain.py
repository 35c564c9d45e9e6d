"""`assesslint explain RULE` prints a rule's page; `--trace FILE` shows words → facts → rules of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import DRAFT, Word, config_option, lang_option, rules_option, signed_option
from assesslint.cli.proposals import page

if TYPE_CHECKING:
    from assesslint.linter.settings import Settings
    from assesslint.linter.trace import TracedIndicator


@click.command(cls=Command, short_help="解释规则，或看读懂了什么 / explain a rule, or a reading")
@click.argument("rule", required=False, type=Word("RULE", page))
@click.option("--trace", "traced", type=DRAFT, help="列出草案的文字、读出的事实和规则 / words, facts and rules of a draft")
@lang_option
@config_option
@rules_option
@signed_option
def explain(
    rule: str | None, traced: str | None, lang: str | None, config: str | None, rules_folder: str | None, require_signed: bool | None
) -> None:
    """打印一条规则的说明，或逐项列出从草案文字读出了什么。

    Print the page of a rule, or show what was read from the words of a draft.
    """
    from assesslint.linter.configuration import resolve_settings

    if (rule is None) == (traced is None):
        raise click.UsageError("写一个规则名，或用 --trace 给一个草案 / give a rule, or a draft with --trace")
    settings = resolve_settings([traced] if traced else [], config, lang=lang, rules=rules_folder, require_signed=require_signed)
    if traced is not None:
        from assesslint.linter.check import open_rulebook
        from assesslint.linter.trace import trace

        click.echo("\n".join(_lines(trace(traced, settings, open_rulebook(settings)))))
        return
    click.echo(_page(str(rule), settings))


def _lines(indicators: Iterable[TracedIndicator]) -> Iterable[str]:
    scheme = ""
    for indicator in indicators:
        if indicator.scheme != scheme:
            scheme = indicator.scheme
            yield f"《{scheme}》"
        if indicator.name:
            yield f"\n{indicator.name}"
        for field, met in indicator.met:
            yield f"  [{field}] {' '.join(f'{word.text}={word.meaning}' for word in met)}"
        for fact in indicator.facts:
            words = re.sub(r"\s+", " ", fact.words)
            rules = f" → {', '.join(fact.rules)}" if fact.rules else ""
            yield f"  “{words}”{f' [{fact.field}]' if fact.field else ''} → {fact.record} {' '.join(fact.said)}{rules}"


def _page(name: str, settings: Settings) -> str:
    """Return the page of a rule in one language, or what a finding without a rule means. Raises RunError for an unknown name."""
    from assesslint.linter.check import open_rulebook
    from assesslint.linter.faults import FAULTS, fault_info
    from assesslint.linter.selection import removed_rule, unknown_rule

    if name in FAULTS:
        info = fault_info(name, settings.lang)
        note = "不是规则，不能忽略或豁免" if settings.lang == "zh" else "no rule; it can be neither ignored nor waived"
        return f"# {info.title}\n\n{name}：{note}" if settings.lang == "zh" else f"# {info.title}\n\n{name}: {note}"
    rulebook = open_rulebook(settings)
    if name in rulebook.removed:
        click.echo(removed_rule(name, rulebook.removed[name], settings.lang).message, err=True)
        name = rulebook.removed[name]
    if name not in rulebook.rules:
        raise unknown_rule(name, (*rulebook.rules, *FAULTS))
    return _in_language(rulebook.page(name).source.text, rulebook.rules[name].title[settings.lang], settings.lang)


def _in_language(page: str, title: str, lang: str) -> str:
    """Return the parts of a bilingual page that are in `lang`, the rule and its examples included."""
    parts = re.split(r"(?m)^(?=## )", page)
    english = [part for part in parts if part.startswith("## English")]
    if lang == "zh":
        return "".join(part for part in parts if part not in english).rstrip()
    shared = parts[parts.index(english[0]) + 1 :] if english else parts[1:]
    prose = "".join(part.removeprefix("## English").lstrip() for part in english)
    return "".join((f"# {title}\n\n", prose, *shared)).rstrip()
