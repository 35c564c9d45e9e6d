"""A report → opinion sheets where OUT says: one file for all drafts, or a folder with one for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import click

from assesslint.cli.outputs import Drafts, Output, Replacing, is_meant_as_folder
from assesslint.findings.model import Report
from assesslint.linter.errors import RunError
from assesslint.linter.opinion_sheets import SUFFIXES
from assesslint.reports.opinion.content import opinion_of
from assesslint.reports.opinion.write import render, sheet_name
from assesslint.text.memory import free_latest
from assesslint.text.shortened import printable

SUMMARY = {"zh": "审核意见汇总.docx", "en": "opinions.docx"}
"""The name of the summary in a folder of sheets."""


def opinion_output(out: str, given: Sequence[str], replacing: Replacing) -> Output:
    """Return where opinion sheets go: into a file where OUT ends as one, else into a folder. Raises RunError for other endings."""
    suffix = PurePath(out).suffix.lower()
    if is_meant_as_folder(out) or not suffix:
        return Output(out, given, is_folder=True, replacing=replacing)
    if suffix not in SUFFIXES:
        zh = f"审核意见表写成 .docx 或 .xlsx，不能写成 {suffix}；要写进文件夹，请在 {out} 末尾加 /"
        raise RunError(zh, f"Opinion sheets are .docx or .xlsx, not {suffix}; for a folder, end {out} with /")
    return Output(out, given, is_folder=False, replacing=replacing)


def write_opinions(report: Report, output: Output, progress: Drafts) -> None:
    """Write the opinion sheets and a line on the standard error. Raises RunError when they cannot be written."""
    opinion = opinion_of(report)
    if not output.is_folder:
        output.write(PurePath(output.path.name), render(opinion, output.path.suffix.lower()))
    else:
        for number, draft in enumerate(progress(report.drafts, len(report.drafts))):
            output.write(sheet_name(output.name_for(draft.path), report.lang), render(opinion.alone(number)))
            free_latest()
        if len(report.drafts) > 1:
            output.write(PurePath(SUMMARY[report.lang]), render(opinion, summary_only=True))
    number = len(report.drafts)
    if len(output.written) == 1:
        zh, en = f"已写出审核意见表 {output.written[0]}", f"Wrote the opinion sheet {output.written[0]}"
    else:
        zh, en = f"已在 {output.path} 写出 {number} 份审核意见表和汇总表", f"Wrote {number} opinion sheets and a summary to {output.path}"
    said = zh if report.lang == "zh" else en
    click.echo(printable(said), err=True)
