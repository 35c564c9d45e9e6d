"""`--format` and `--output` → where the reports of a run go: to the standard output, into files, or both.

A file's format is the one written before its name (`sarif=out.json`), else the one its name tells. `--format` is that of the standard
output, unless a file takes it; where several formats may end a name (.json), it decides.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import click

from assesslint.cli import proposals
from assesslint.cli.options import force_option, options
from assesslint.cli.outputs import Output, Replacing
from assesslint.findings.model import Report
from assesslint.linter.errors import RunError
from assesslint.linter.inputs import STDIN
from assesslint.reports.formats import DEFAULT, FORMATS, Format, format_of
from assesslint.text.shortened import printable

STDOUT = "-"

_NAMED = re.compile(r"([\w.-]+)=(.+)", re.DOTALL)
"""A format and a file; a file whose own name has `=` is written with its folder: ./a=b.json."""


class ReportFile(click.ParamType[tuple[str | None, str]]):
    """A file to write a report to, with the name of its format before it or without: `out.sarif`, `junit=report.xml`."""

    name = "[FORMAT=]FILE"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> proposals.Items:
        return proposals.report_file(ctx, param, incomplete)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str | None, str]:
        if isinstance(value, tuple):
            return value
        named = _NAMED.fullmatch(value)
        if named is None:
            return None, value
        form, file = named.groups()
        if form not in FORMATS:
            self.fail(_no_format(form, value), param, ctx)
        return form, file


def _no_format(form: str, value: str) -> str:
    from assesslint.text.suggest import suggest

    near = suggest(form, FORMATS)
    zh = f"，是不是要写 {near}？" if near else f"，可写 {'、'.join(FORMATS)}。"
    en = f"; did you mean {near}?" if near else f", known are {', '.join(FORMATS)}."
    return f"没有格式“{form}”{zh}如果文件名里有等号，请写 ./{value} / no format “{form}”{en} For a file, write ./{value}"


report_options = options(
    click.option("--format", "form", type=click.Choice(list(FORMATS)), help="输出格式，默认 text / output format"),
    click.option(
        "--output",
        "-o",
        multiple=True,
        type=ReportFile(),
        metavar="[FORMAT=]FILE",
        help="把报告写成文件，格式看文件名；可写多次 / write the report to a file, its format by its name; repeatable",
    ),
    force_option,
)
"""Gives a command the options `form`, `output` and `force`."""


@dataclass(frozen=True, slots=True)
class Destinations:
    """`printed` is the format that goes to the standard output, None for none; `files` are the files, each with its format."""

    printed: str | None
    files: tuple[tuple[Format, Output], ...]

    @property
    def paths(self) -> list[str]:
        return [str(output.path) for _, output in self.files]

    def send(self, report: Report, read: Iterable[str | Path | None] = ()) -> None:
        """Print and write the report, over none of the files that were `read`. Raises RunError when a file cannot be written."""
        if self.printed is not None:
            print_report(report, self.printed)
        protected = tuple(read)
        for form, output in self.files:
            output.protect(protected)
            output.write(PurePath(output.path.name), form.encode(report))
            click.echo(printable(f"已写出 {output.path}" if report.lang == "zh" else f"Wrote {output.path}"), err=True)


def destinations(form: str | None, asked: Sequence[tuple[str | None, str]], given: Sequence[str], replacing: Replacing) -> Destinations:
    """Return where reports go. Raises RunError where one cannot go, or when its format is unknown. `given` are files that are read."""
    known = [(named or _format_of(file, form), file) for named, file in asked]
    printed = [named for named, file in known if file == STDOUT]
    if not printed and (form or DEFAULT) not in {named for named, _ in known}:
        printed = [form or DEFAULT]
    elif form is not None and form not in {named for named, _ in known}:
        printed.append(form)
    if len(printed) > 1:
        zh = f"标准输出只能有一种格式，这里有 {'、'.join(printed)}；其余的请用 --output 写成文件"
        raise RunError(zh, f"The standard output takes one format, not {', '.join(printed)}; write the others to files with --output")
    files = tuple((FORMATS[named], Output(file, given, is_folder=False, replacing=replacing)) for named, file in known if file != STDOUT)
    apart([output for _, output in files])
    return Destinations(printed[0] if printed else None, files)


def _format_of(file: str, form: str | None) -> str:
    if file == STDIN:
        return form or DEFAULT
    found = format_of(file, form)
    if found is None:
        zh = f"从文件名 {file} 看不出报告用什么格式；请写 --output 格式={file}，格式可写 {'、'.join(FORMATS)}"
        en = f"The name {file} does not tell the format; write --output FORMAT={file}, where FORMAT is one of {', '.join(FORMATS)}"
        raise RunError(zh, en)
    return found


def apart(outputs: Sequence[Output | None]) -> None:
    """Raise RunError when two outputs are the same file."""
    files = [output for output in outputs if output is not None and not output.is_folder]
    for number, output in enumerate(files):
        if any(output.is_same(other) for other in files[:number]):
            zh = f"有两项结果都写到 {output.path}，请写成两个文件"
            raise RunError(zh, f"Two results go to {output.path}; name a file for each")


def print_report(report: Report, form: str) -> None:
    """Print a report to the standard output. A reader that has seen enough and closed the pipe is no error."""
    wanted = FORMATS[form]
    try:
        if wanted.for_terminal:
            colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
            click.echo(wanted.render(report, colour=colour), nl=False, color=colour)
        else:
            click.echo(wanted.encode(report), nl=False)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python says at its end that it could not write the rest
