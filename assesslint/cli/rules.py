"""`assesslint rules` lists the rules; `assesslint rules check DIR` loads a folder of rules and says what is wrong with it."""

from __future__ import annotations

import sys

import click

from assesslint.cli.options import config_option, lang_option, rules_option
from assesslint.text.source import cells


@click.group(invoke_without_command=True, short_help="列出或核对规则 / list or check rules")
@lang_option
@config_option
@rules_option
@click.pass_context
def rules(context: click.Context, lang: str | None, config: str | None, rules_folder: str | None) -> None:
    """列出全部规则:名称、类别、程度、标题。

    List the rules: id, family, severity, title.
    """
    if context.invoked_subcommand is not None:
        return
    from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES
    from assesslint.linter.check import open_rulebook, resolve_settings

    settings = resolve_settings([], config, lang=lang, rules=rules_folder)
    names = SEVERITY_NAMES[settings.lang]
    rows = []
    for rule in open_rulebook(settings).rules.values():
        severities = sorted({case.severity for case in rule.cases}, key=SEVERITIES.index)
        rows.append((rule.family, rule.id, "/".join(names[s] for s in severities), rule.title[settings.lang]))
    click.echo("\n".join(_columns(sorted(rows))))


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Return the rows as lines whose columns stand under each other in a terminal."""
    widths = [max(cells(row[at]) for row in rows) for at in range(len(rows[0]))] if rows else []
    return ["  ".join(word + " " * (width - cells(word)) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]


@rules.command("check", short_help="核对规则文件夹 / check a folder of rules")
@click.argument("folder", type=click.Path(), metavar="DIR")
@lang_option
def check_rules(folder: str, lang: str | None) -> None:
    """载入一个规则文件夹，逐个运行页内例子，指出错处。

    Load a folder of rules, run the examples of its pages and say what is wrong.
    """
    from assesslint.linter.pages import check_folder

    lang = lang or "zh"
    count, problems = check_folder(folder)
    zh = lang == "zh"
    for problem in problems:
        click.echo(problem.text(lang))
    faults = sum(problem.severity == "error" for problem in problems)
    loaded = (f"{count} 条规则" if zh else f"{count} rules") if count else ("规则未载入" if zh else "no rules loaded")
    warnings = len(problems) - faults
    click.echo(f"{loaded}，{faults} 处错误，{warnings} 处警告" if zh else f"{loaded}, {faults} errors, {warnings} warnings")
    sys.exit(1 if faults else 0)
