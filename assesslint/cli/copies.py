"""A report → annotated copies of the drafts it judged, and a line on the standard error for what was written and what was not.

A draft is read a second time rather than kept; its digest shows that the notes go onto the very bytes that were judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from assesslint.cli.outputs import Output, is_meant_as_folder, is_one_file
from assesslint.documents.limits import Limits
from assesslint.documents.unreadable import UnreadableError
from assesslint.findings.model import DraftInfo, Finding, Report
from assesslint.linter.errors import RunError
from assesslint.linter.inputs import STDIN, Input, read_bytes
from assesslint.reports.annotated.annotate import annotate, can_annotate
from assesslint.reports.text import printable

Drafts = Callable[[Iterable[DraftInfo], int], Iterable[DraftInfo]]
"""Passes drafts through, of which there are so many, and may show how far the work is."""


def copies_output(out: str, given: Sequence[str]) -> Output:
    """Return where annotated copies go. Raises RunError where they cannot go, and for the standard input, which is no file."""
    if STDIN in given:
        zh = "标准输入(-)不是文件，不能带批注写出；请写文件名"
        raise RunError(zh, "The standard input (-) is no file to write notes into; name the file")
    return Output(out, given, is_folder=not is_one_file(given) or is_meant_as_folder(out))


def write_copies(report: Report, output: Output, limits: Limits, progress: Drafts) -> bool:
    """Write an annotated copy of each draft that can hold notes; return whether none failed. Raises RunError when OUT cannot be written."""
    copies = _Copies(report, output, limits)
    for draft in progress(report.drafts, len(report.drafts)):
        copies.write(draft)
    for line in copies.lines():
        click.echo(printable(line), err=True)
    return not copies.failed


class _Copies:
    """The copies of one run. What goes wrong with one draft is told, and the others are written all the same."""

    def __init__(self, report: Report, output: Output, limits: Limits) -> None:
        self.failed = False
        self._zh = report.lang == "zh"
        self._report = report
        self._output = output
        self._limits = limits
        self._notes = 0
        self._left: list[str] = []

    def write(self, draft: DraftInfo) -> None:
        if not draft.readable:
            self._leave(draft, "文件不能读取，没有写出副本", "it could not be read, no copy was written")
            return
        if not can_annotate(draft.path):
            self._leave(draft, "这种文件不能带批注，没有写出副本", "such files cannot hold notes, no copy was written")
            return
        data = read_bytes(Input(draft.path, Path(draft.path)), self._limits.max_bytes, self._report.lang)
        if isinstance(data, Finding) or hashlib.sha256(data).hexdigest() != draft.sha256:
            self._fail(draft, "检查之后文件被改动，没有写出副本，请重新检查", "it was changed after it was checked, no copy was written")
            return
        try:
            copy = annotate(draft.path, data, self._report, self._limits)
        except UnreadableError as error:
            self._fail(draft, f"没有写出副本：{error.zh}", f"no copy was written: {error.en}")
            return
        except Exception as error:  # a fault of ours in one file is no reason to leave the others without their notes
            what = f"{type(error).__name__}: {error}"
            self._fail(draft, f"写批注时程序出错({what})，请告诉维护者", f"the program failed to write the notes ({what})")
            return
        self._output.write(self._name(draft, copy.suffix), copy.data)
        self._notes += copy.notes

    def _name(self, draft: DraftInfo, suffix: str) -> Path:
        """Return the name of a copy below OUT. Raises RunError when OUT is one file with the suffix of another kind."""
        out, name = self._output.path, self._output.name_for(draft.path)
        if not self._output.is_folder and out.suffix.lower() != suffix:
            zh = f"{draft.path} 带批注的副本是 {suffix} 文件，请把 {out} 改为以 {suffix} 结尾的名称"
            raise RunError(zh, f"the annotated copy of {draft.path} is a {suffix} file; give {out} a name that ends so")
        return Path(name if name.suffix.lower() == suffix else f"{name}{suffix}")

    def _leave(self, draft: DraftInfo, zh: str, en: str) -> None:
        self._left.append(f"{draft.path}：{zh}" if self._zh else f"{draft.path}: {en}")

    def _fail(self, draft: DraftInfo, zh: str, en: str) -> None:
        self.failed = True
        self._leave(draft, zh, en)

    def lines(self) -> list[str]:
        """Return what was written and what was not, a line each."""
        written, out = len(self._output.written), self._output.path
        if not written:
            return self._left
        if not self._output.is_folder or written == 1:
            out = self._output.written[0]
            said = f"已写出 {out}（批注 {self._notes} 处）" if self._zh else f"Wrote {out} ({self._notes} notes)"
        elif self._zh:
            said = f"已在 {out} 写出 {written} 个文件（批注 {self._notes} 处）"
        else:
            said = f"Wrote {written} files to {out} ({self._notes} notes)"
        return [*self._left, said]
