"""`--fix`, `--unsafe`, `--diff`: the fixes of a run → drafts changed in place, or shown as a diff.

Text drafts are written over, each whole or not at all. A Word draft never is: its copy, which `--annotate` writes, has the changes as
tracked changes. Drafts of other kinds are left to their authors.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assesslint.cli.options import options
from assesslint.cli.outputs import Drafts, write_over
from assesslint.documents.edited import is_word
from assesslint.documents.unreadable import UnreadableError
from assesslint.findings.model import DraftInfo, Finding, Notice, Report
from assesslint.linter.errors import RunError
from assesslint.linter.inputs import STDIN
from assesslint.text.shortened import printable

if TYPE_CHECKING:
    from assesslint.linter.fixes.mend import Mended
    from assesslint.linter.fixes.run import Mending

fix_options = options(
    click.option("--fix", is_flag=True, help="改好能自动改的；Word 草案改在 --annotate 的副本里 / make the safe fixes; Word: in the copy"),
    click.option("--unsafe", is_flag=True, help="连同需人工确认的改法，与 --fix 或 --diff 合用 / the proposals too, with --fix or --diff"),
    click.option("--diff", is_flag=True, help="只显示会怎样改，不写文件 / show what --fix would change, write nothing"),
)
"""Gives a command the options `fix`, `unsafe` and `diff`."""


@dataclass(frozen=True)
class Fixing:
    """What was asked for. Raises RunError where it makes no sense."""

    fix: bool
    unsafe: bool
    diff: bool
    given: Sequence[str]
    watch: bool

    @property
    def is_wanted(self) -> bool:
        return self.fix or self.diff

    def __post_init__(self) -> None:
        if self.unsafe and not self.is_wanted:
            raise RunError("--unsafe 要与 --fix 或 --diff 一起用", "--unsafe goes with --fix or --diff")
        if self.is_wanted and STDIN in self.given:
            raise RunError(
                "标准输入（-）不是文件，不能修改；请写文件名", "The standard input (-) is no file that could be changed; name the file"
            )
        if self.is_wanted and self.watch:
            raise RunError("--watch 不能与 --fix、--diff 合用", "--watch does not go with --fix or --diff")


def show_diffs(mending: Mending, progress: Drafts) -> int:
    """Print what would change in each draft and in the file of waivers, as unified diffs; return the exit code: 1 where anything would."""
    report = mending.report
    changed = 0
    drafts = _mended(mending, [draft for draft in report.drafts if mending.is_wanted(draft)], progress)
    for mended in (*drafts, *filter(None, [mending.without_needless_waivers()])):
        lines = list(_diff(mended))
        changed += bool(lines)
        shown = (printable(line) + "\n" for line in lines) if sys.stdout.isatty() else (line + "\n" for line in lines)
        click.echo("".join(shown), nl=False)
        for notice in withdrawn(mended, report.lang):
            click.echo(printable(f"{notice.path}{notice.location.shown(report.lang)}  {notice.message}"), err=True)
    zh, en = f"会改动 {changed} 个文件，未写入", f"{changed} files would change; nothing was written"
    click.echo(zh if report.lang == "zh" else en, err=True)
    return 2 if report.exit_code == 2 else int(changed > 0)


def _diff(mended: Mended) -> Iterator[str]:
    before, after = (text.split("\n") for text in (mended.before, mended.after))
    yield from unified_diff(before, after, mended.path, mended.path, lineterm="")


def write_fixes(mending: Mending, progress: Drafts) -> tuple[Mended, ...]:
    """Write over the text drafts that have fixes, and the file of waivers when some can go; return what was done.

    What changed on disk meanwhile is left as it is. Raises RunError where a file cannot be written.
    """
    done = []
    wanted = [draft for draft in mending.report.drafts if mending.is_wanted(draft) and not is_word(draft.path)]
    for mended in _mended(mending, wanted, progress):
        [draft] = [draft for draft in wanted if draft.path == mended.path]
        if mended.fixed and mending.unchanged(draft) is not None:
            write_over(Path(os.path.realpath(mended.path)), mended.data)
        done.append(mended)
    waivers = mending.without_needless_waivers()
    if waivers is not None:
        write_over(Path(os.path.realpath(waivers.path)), waivers.data)
        done.append(waivers)
    return tuple(done)


def _mended(mending: Mending, drafts: Sequence[DraftInfo], progress: Drafts) -> Iterator[Mended]:
    for draft in progress(drafts, len(drafts)):
        data = mending.unchanged(draft)
        if data is None:
            zh, en = "检查之后被改动，没有修改，请重新检查", "was changed after it was checked; nothing was fixed in it"
            click.echo(printable(f"{draft.path}：{zh}" if mending.report.lang == "zh" else f"{draft.path} {en}"), err=True)
        else:
            try:
                yield mending.mended(draft, data)
            except UnreadableError as error:
                zh, en = f"没有修改：{error.zh}", f"nothing was fixed in it: {error.en}"
                click.echo(printable(f"{draft.path}：{zh}" if mending.report.lang == "zh" else f"{draft.path}: {en}"), err=True)


def with_fixes(report: Report, done: Iterable[Mended]) -> Report:
    """Return the report on the drafts as they are now, with what was fixed in them and what was tried in vain."""
    done = tuple(done)
    vain = {(w.finding.path, w.finding.fingerprint) for mended in done for w in mended.withdrawn}
    standing = (replace(f, fix=None) if (f.path, f.fingerprint) in vain else f for f in report.findings)
    notices = (notice for mended in done for notice in withdrawn(mended, report.lang))
    fixed = tuple(finding for mended in done for finding in mended.fixed)
    return replace(report, findings=tuple(standing), notices=(*report.notices, *notices), fixed=fixed)


def withdrawn(mended: Mended, lang: str) -> Iterator[Notice]:
    """Yield what was tried on a draft and not made, with the reason."""
    for each in mended.withdrawn:
        finding = each.finding
        title = finding.fix.title if finding.fix else ""
        said = f"{finding.rule}：{title}：{each.zh}" if lang == "zh" else f"{finding.rule}: {title}: {each.en}"
        yield Notice("fix-withdrawn", said, finding.path, finding.location)


def say_where_word_goes(report: Report, *, unsafe: bool) -> None:
    """Tell that Word drafts with fixes were left as they are, and how to get them with tracked changes."""
    fixable = {f.path for f in report.findings if _counts(f, unsafe=unsafe) and is_word(f.path)}
    if fixable:
        zh = f"{len(fixable)} 个 Word 草案有可改之处，原文件不改动；加 --annotate OUT，改动就以修订写在带批注的副本里，由起草人接受或拒绝"
        en = f"Word drafts with fixes, left as they are: {len(fixable)}. With --annotate OUT their copies have the fixes as tracked changes"
        click.echo(zh if report.lang == "zh" else en, err=True)


def _counts(finding: Finding, *, unsafe: bool) -> bool:
    return finding.fix is not None and (finding.fix.safe or unsafe)
