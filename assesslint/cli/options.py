"""Options and exit codes several commands share, and values read from their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

import click

from assesslint.cli import proposals
from assesslint.findings.model import SEVERITIES

UNABLE = 2
"""Exit code of a run that could not be done, or not to its end."""


C = TypeVar("C", bound=Callable[..., Any])


def options(*given: Callable[[C], C]) -> Callable[[C], C]:
    """Return what gives a command these options, in this order on its help page."""

    def decorate(command: C) -> C:
        for option in reversed(given):
            command = option(command)
        return command

    return decorate


class Word(click.ParamType[str]):
    """A word taken as it is written: `name` stands for it in help pages, `propose` tells shells what it could be."""

    def __init__(self, name: str, propose: proposals.Propose) -> None:
        self.name = name
        self._propose = propose

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> proposals.Items:
        return self._propose(ctx, param, incomplete)


RULE, RULES = Word("RULE", proposals.rule), Word("RULE,...", proposals.rule_list)
DRAFT, DRAFTS = Word("FILE", proposals.drafts), Word("PATH", proposals.drafts)
FILE, OUT = Word("FILE", proposals.files("")), Word("OUT", proposals.files(""))
FOLDER, PACK = Word("DIR", proposals.files()), Word("DIR", proposals.files(".zip"))

lang_option = click.option("--lang", type=click.Choice(["zh", "en"]), help="语言，默认中文 / language; Chinese (zh) by default")
config_option = click.option(
    "--config", type=Word("FILE", proposals.files(".toml")), help="用这个配置文件，不另找 / use this configuration file"
)
force_option = click.option("--force", is_flag=True, help="已有同名文件时也替换 / replace a file that is there already")
signed_option = click.option(
    "--require-signed", is_flag=True, default=None, help="只用签名可信的规则包 / use rules only from a pack signed by somebody trusted"
)
rules_option = click.option(
    "--rules", "rules_folder", type=PACK, help="不用自带的规则，用这个规则文件夹或规则包 / a folder or pack of rules, not the central one"
)


class Day(click.ParamType[date]):
    """A date written 2026-01-31."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，应写作 2026-01-31 / not a date such as 2026-01-31", param, ctx)


as_of_option = click.option(
    "--as-of", type=Day(), help="按哪一天有效的规定，默认今天 / by the norms in force on that day; today by default"
)


class RuleSeverity(click.ParamType[tuple[str, str]]):
    """A rule and the severity it is given: `check-in=advice`."""

    name = "RULE=LEVEL"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> proposals.Items:
        return proposals.rule_severity(ctx, param, incomplete)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        rule, _, level = value.partition("=")
        if not rule or level not in SEVERITIES:
            zh, en = f"“{value}”应写作 规则=程度，程度可写 {'、'.join(SEVERITIES)}", f"write RULE=LEVEL, levels are {', '.join(SEVERITIES)}"
            self.fail(f"{zh} / {en}", param, ctx)
        return rule, level


def listed(values: Iterable[str]) -> list[str] | None:
    """Return the names in options given once or several times, each with one name or several parted by commas; None if none."""
    names = [name.strip() for value in values for name in value.replace("，", ",").split(",") if name.strip()]
    return names or None
