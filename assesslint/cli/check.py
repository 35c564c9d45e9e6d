"""`assesslint check PATH…`: drafts → a report on the standard output and the exit code of the run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import click

from assesslint.cli.options import Day, RuleSeverity, config_option, lang_option, listed, rules_option
from assesslint.findings.model import SEVERITIES

LONG_RUN = 20
"""Number of drafts from which a progress bar is worth its place."""


@click.command(short_help="检查草案 / check drafts")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式 / output format")
@lang_option
@click.option("--select", multiple=True, metavar="RULE,...", help="只用这些规则或类别 / only these rules or families")
@click.option("--ignore", multiple=True, metavar="RULE,...", help="不用这些规则或类别 / leave these out")
@click.option("--severity", multiple=True, type=RuleSeverity(), help="改变规则的程度 / set a rule's severity")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="从哪一级起算不通过，默认 error / mildest level that fails")
@click.option("--as-of", type=Day(), help="按哪一天有效的规定检查，默认今天 / day to judge by")
@click.option("--parent", type=click.Path(), metavar="FILE", help="上级方案，用来核对层层加码 / the superior's scheme")
@config_option
@rules_option
@click.option("--stdin-filename", default="", metavar="NAME", help="标准输入(-)的文件名，据以认格式 / name of the standard input")
def check(
    paths: tuple[str, ...],
    form: str,
    lang: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[tuple[str, str], ...],
    fail_on: str | None,
    as_of: date | None,
    parent: str | None,
    config: str | None,
    rules_folder: str | None,
    stdin_filename: str,
) -> None:
    """检查文件、文件夹或标准输入(-)中的考核方案草案。

    Check drafts in files, folders or the standard input (-).

    退出码 / exit code: 0 通过 / passed, 1 有问题 / findings, 2 无法检查 / the run could not be done.
    """
    from assesslint.linter.check import check as run

    report = run(
        paths,
        select=listed(select),
        ignore=listed(ignore),
        severity=dict(severity),
        fail_on=fail_on,
        as_of=as_of,
        lang=lang,
        config=config,
        parent=parent,
        rules=rules_folder,
        stdin_filename=stdin_filename,
        progress=_progress,
    )
    if form == "json":
        from assesslint.reports.json import render_json

        click.echo(render_json(report).encode("utf-8"), nl=False)
    else:
        from assesslint.reports.text import render_text

        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        click.echo(render_text(report, colour=colour), nl=False, color=colour)
    sys.exit(report.exit_code)


def _progress(drafts: Sequence[Any]) -> Iterable[Any]:
    """Yield the drafts, with a bar on the terminal when there are many."""
    if len(drafts) < LONG_RUN or not sys.stderr.isatty():
        yield from drafts
        return
    with click.progressbar(drafts, label="检查 / checking", file=sys.stderr) as bar:
        yield from bar
