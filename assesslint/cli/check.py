"""`assesslint check PATH…`: drafts → reports on the standard output and in files, and the exit code of the run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import click

from assesslint.cli.adoption import adoption_options, baseline_output, compared
from assesslint.cli.fixing import Fixing, fix_options, say_where_word_goes, show_diffs, with_fixes, write_fixes
from assesslint.cli.manual import Command
from assesslint.cli.options import (
    DRAFT,
    DRAFTS,
    OUT,
    RULES,
    UNABLE,
    Day,
    RuleSeverity,
    config_option,
    lang_option,
    listed,
    rules_option,
    signed_option,
)
from assesslint.cli.reports import apart, destinations, report_options
from assesslint.findings.model import SEVERITIES

if TYPE_CHECKING:
    from assesslint.cli.outputs import Output, Replacing
    from assesslint.findings.model import Report

T = TypeVar("T")

LONG_RUN = 40
"""Number of steps, two a draft, from which a progress bar is worth its place."""


@click.command(cls=Command, short_help="检查草案 / check drafts")
@click.argument("paths", nargs=-1, required=True, type=DRAFTS, metavar="PATH...")
@report_options
@lang_option
@click.option("--select", multiple=True, type=RULES, help="只用这些规则或类别，逗号隔开 / only these rules or families")
@click.option("--ignore", multiple=True, type=RULES, help="不用这些规则或类别 / leave these rules or families out")
@click.option("--severity", multiple=True, type=RuleSeverity(), help="改变规则的程度 / set a rule's severity")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="从哪一级起算不通过，默认 error / mildest level that fails")
@click.option("--as-of", type=Day(), help="按哪一天有效的规定检查，默认今天 / day to judge by")
@click.option("--parent", type=DRAFT, help="上级方案，用来核对层层加码 / the superior's scheme")
@config_option
@rules_option
@signed_option
@click.option("--preview", is_flag=True, default=None, help="试行规则也参与检查 / let rules in preview judge too")
@click.option("--annotate", type=OUT, help="写出带批注的副本：文件或文件夹 / write copies with notes: a file or a folder")
@click.option("--opinion", type=OUT, help="写出审核意见表：.docx、.xlsx 或文件夹 / write opinion sheets: .docx, .xlsx or a folder")
@fix_options
@adoption_options
@click.option("--stdin-filename", default="", metavar="NAME", help="标准输入（-）的文件名，据以认格式 / name of the standard input")
def check(
    paths: tuple[str, ...],
    form: str | None,
    output: tuple[tuple[str | None, str], ...],
    force: bool,
    lang: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[tuple[str, str], ...],
    fail_on: str | None,
    as_of: date | None,
    parent: str | None,
    config: str | None,
    rules_folder: str | None,
    require_signed: bool | None,
    preview: bool | None,
    annotate: str | None,
    opinion: str | None,
    fix: bool,
    unsafe: bool,
    diff: bool,
    changed: str | None,
    baseline: str | None,
    ratchet: bool | None,
    update_baseline: bool,
    statistics: bool,
    watch: bool,
    stdin_filename: str,
) -> None:
    """检查文件、文件夹或标准输入（-）中的考核方案草案，逐处指出违反基层减负规定的指标、依据和改法。

    Check drafts in files, folders or the standard input (-): which indicators are at fault, by which norm, and what to write instead.
    """
    from assesslint.cli.outputs import Replacing
    from assesslint.linter.check import judge, open_rulebook
    from assesslint.linter.configuration import resolve_settings

    fixing = Fixing(fix, unsafe, diff, paths, watch)
    settings = resolve_settings(
        paths,
        config,
        select=listed(select),
        ignore=listed(ignore),
        severity=dict(severity),
        fail_on=fail_on,
        as_of=as_of,
        lang=lang,
        rules=rules_folder,
        require_signed=require_signed,
        preview=preview,
        baseline=baseline,
        ratchet=ratchet,
    )
    asked = [out for out in (annotate, opinion, *(file for _, file in output)) if out]

    replacing = Replacing(force=force)

    def once() -> int:
        reports = destinations("statistics" if statistics else form, output, [path for path in (*paths, parent, config) if path], replacing)
        copies, opinions = _outputs(annotate, opinion, paths, replacing)
        known = baseline_output(settings, paths) if update_baseline else None
        apart([copies, opinions, known, *(file for _, file in reports.files)])
        rulebook = open_rulebook(settings)

        def judged() -> Report:
            return judge(
                paths,
                settings,
                rulebook,
                parent=parent,
                stdin_filename=stdin_filename,
                outputs=[*asked, *([str(settings.baseline)] if settings.baseline else [])],
                changed_since=changed,
                progress=_progress("检查 / checking"),
            )

        report = judged()
        mending = None
        if fixing.is_wanted:
            from assesslint.linter.fixes.run import Mending

            mending = Mending(report if known else compared(report, settings, None), settings, rulebook, parent, unsafe)
            if diff:
                return show_diffs(mending, _progress("修改 / fixing"))
            done = write_fixes(mending, _progress("修改 / fixing"))
            report = with_fixes(judged() if any(mended.fixed for mended in done) else report, done)
        report = compared(report, settings, known)
        read = [*(draft.path for draft in report.drafts), parent, settings.file, settings.waivers]
        reports.send(report, [*read, settings.baseline])
        complete = True
        if opinions is not None:
            from assesslint.cli.opinions import write_opinions

            opinions.protect(read)
            write_opinions(report, opinions, _progress("写意见表 / writing"))
        if copies is not None:
            from assesslint.cli.copies import write_copies

            copies.protect(read)
            complete = write_copies(report, copies, settings.limits, _progress("写批注 / annotating"), mending)
        elif mending is not None:
            say_where_word_goes(report, unsafe=unsafe)
        return report.exit_code if complete else UNABLE

    if watch:
        from assesslint.cli.watch import watched

        sys.exit(watched(paths, asked, once, settings.lang))
    sys.exit(once())


def _outputs(annotate: str | None, opinion: str | None, given: Sequence[str], replacing: Replacing) -> tuple[Output | None, Output | None]:
    """Return where annotated copies and opinion sheets go, each None unless asked for. Raises RunError where they cannot go."""
    copies = opinions = None
    if annotate is not None:
        from assesslint.cli.copies import copies_output

        copies = copies_output(annotate, given, replacing)
    if opinion is not None:
        from assesslint.cli.opinions import opinion_output

        opinions = opinion_output(opinion, given, replacing)
    return copies, opinions


def _progress(label: str) -> Callable[[Iterable[T], int], Iterable[T]]:
    """Return what passes the steps of some work through, with a bar on the terminal when there are many."""

    def shown(steps: Iterable[T], total: int) -> Iterable[T]:
        if total < LONG_RUN or not sys.stderr.isatty():
            yield from steps
            return
        with click.progressbar(steps, length=total, label=label, file=sys.stderr) as bar:
            yield from bar

    return shown
