"""Options for a repository with old drafts in it: what was known before, what has changed, how many findings of what there are."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from assesslint.cli.options import FILE, options
from assesslint.linter.errors import RunError

if TYPE_CHECKING:
    from assesslint.cli.outputs import Output
    from assesslint.findings.model import Report
    from assesslint.linter.settings import Settings

adoption_options = options(
    click.option("--changed", metavar="REV", help="只检查某个 git 版本以来改动的文件 / only files changed since a git revision"),
    click.option("--baseline", type=FILE, help="存量清单，清单里的问题不算 / findings known before, which do not count"),
    click.option("--ratchet", is_flag=True, default=None, help="按数目比对存量清单，只减不增 / compare counts, which may only fall"),
    click.option("--update-baseline", is_flag=True, help="新建存量清单，或去掉已解决的 / make the baseline, or take out what is gone"),
    click.option("--statistics", is_flag=True, help="只列数目：各规则、部门、草案 / counts by rule, department and draft"),
    click.option("--watch", is_flag=True, help="文件一改就再检查，Ctrl-C 结束 / check again at each change, until Ctrl-C"),
)
"""Gives a command the options `changed`, `baseline`, `ratchet`, `update_baseline`, `statistics` and `watch`."""


def compared(report: Report, settings: Settings, output: Output | None) -> Report:
    """Return the report with what was known apart; write the baseline anew where it has an `output`.

    Raises RunError when the baseline cannot be read or written, or is not there and not to be made.
    """
    from assesslint.linter.baseline import baseline_of, baseline_text, compare, read_baseline

    if settings.baseline is None:
        return report
    if not settings.baseline.exists() and output is None:
        zh = f"没有存量清单 {settings.baseline}；首次使用请加 --update-baseline 生成"
        raise RunError(zh, f"There is no baseline {settings.baseline}; make it with --update-baseline")
    is_new = not settings.baseline.exists()
    result = compare(report, baseline_of(report) if is_new else read_baseline(settings.baseline), by_count=settings.ratchet)
    if output is None:
        return result.with_notice()
    output.write(PurePath(output.path.name), baseline_text(result.left).encode())
    number, gone = sum(result.left.values()), result.gone
    if report.lang == "zh":
        click.echo(f"存量清单 {output.path} 有 {number} 处" + ("" if is_new else f"，去掉了 {gone} 处"), err=True)
    else:
        click.echo(f"The baseline {output.path} has {number} findings" + ("" if is_new else f", {gone} taken out"), err=True)
    return result.report


def baseline_output(settings: Settings, given: tuple[str, ...]) -> Output:
    """Return where the baseline is written. Raises RunError when none is named, or nothing can be written there."""
    from assesslint.cli.outputs import Output, Replacing

    if settings.baseline is None:
        zh = "请用 --baseline 写明存量清单的文件名，或写在配置里"
        raise RunError(zh, "Name the baseline with --baseline or in the configuration")
    kept_apart = tuple(path for path in given if not Path(path).is_dir())  # it may well lie in the folder that is checked
    anything = Replacing(force=True)  # what is there was read as the baseline
    return Output(str(settings.baseline), kept_apart, is_folder=False, replacing=anything)
