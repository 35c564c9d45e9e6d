"""A report → annotated copies of the drafts it judged, and a line on the standard error for what was written and what was not.

A draft of a kind that cannot hold notes gets its opinion sheet instead.
A draft is read a second time rather than kept; its digest shows that the notes go onto the very bytes that were judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from assesslint.cli.fixing import withdrawn
from assesslint.cli.outputs import Drafts, Output, Replacing, is_meant_as_folder, is_one_file
from assesslint.documents.draft import READERS
from assesslint.documents.edited import WORD, is_word
from assesslint.documents.limits import Limits
from assesslint.documents.unreadable import UnreadableError
from assesslint.findings.model import DraftInfo, Finding, Report
from assesslint.linter.errors import RunError
from assesslint.linter.inputs import STDIN, Input, read_bytes
from assesslint.reports.annotated.annotate import Annotated, annotate, copied_as
from assesslint.reports.annotated.notes import notes_of
from assesslint.reports.opinion.content import opinion_of
from assesslint.reports.opinion.write import render, sheet_name
from assesslint.text.memory import free_latest
from assesslint.text.shortened import printable

if TYPE_CHECKING:
    from assesslint.linter.fixes.run import Mending


def copies_output(out: str, given: Sequence[str], replacing: Replacing) -> Output:
    """Return where annotated copies go.

    Raises RunError where they cannot go, for the standard input, which is no file, where several copies would go into one file, and
    where OUT has the name of another kind of file than its copy is.
    """
    if STDIN in given:
        zh = "标准输入（-）不是文件，不能带批注写出；请写文件名"
        raise RunError(zh, "The standard input (-) is no file to write notes into; name the file")
    is_folder = is_meant_as_folder(out)
    if not is_folder and not is_one_file(given) and PurePath(out).suffix.lower() in READERS:
        zh = f"检查文件夹或几个文件时，带批注的副本要写进一个文件夹，{out} 却是文件名；请改写文件夹名，如 {PurePath(out).stem}/"
        en = f"Copies of several drafts go into a folder, and {out} is the name of a file; name a folder, such as {PurePath(out).stem}/"
        raise RunError(zh, en)
    output = Output(out, given, is_folder=is_folder or not is_one_file(given), replacing=replacing)
    kinds = copied_as(given[0]) or (".docx",)
    if not output.is_folder and PurePath(given[0]).suffix.lower() in READERS and output.path.suffix.lower() not in kinds:
        raise _other_kind(given[0], kinds[0], out)
    return output


def _other_kind(draft: str, suffix: str, out: str) -> RunError:
    """Return what says that OUT, one file, has the name of another kind of file than what is written."""
    zh = f"为 {draft} 写出的是 {suffix} 文件，请把 {out} 改为以 {suffix} 结尾的名称；要写进文件夹，请在末尾加 /"
    return RunError(zh, f"what is written for {draft} is a {suffix} file; give {out} a name that ends so, or end it with / for a folder")


def write_copies(report: Report, output: Output, limits: Limits, progress: Drafts, mending: Mending | None = None) -> bool:
    """Write a copy of each draft, or its sheet; return whether none failed. Raises RunError when OUT cannot be written.

    With a `mending` the copies of Word drafts have their fixes as tracked changes.
    """
    copies = _Copies(report, output, limits, mending)
    for number, draft in enumerate(progress(report.drafts, len(report.drafts))):
        copies.write(number, draft)
        free_latest()
    for line in copies.lines():
        click.echo(printable(line), err=True)
    return not copies.failed


class _Copies:
    """The copies of one run. What goes wrong with one draft is told, and the others are written all the same."""

    def __init__(self, report: Report, output: Output, limits: Limits, mending: Mending | None) -> None:
        self.failed = False
        self._zh = report.lang == "zh"
        self._report = report
        self._output = output
        self._limits = limits
        self._mending = mending
        self._opinion = opinion_of(report)
        self._findings = report.by_path()
        self._titles = {rule.id: rule.title for rule in report.rules.values()}
        self._copies: list[Path] = []
        self._sheets: list[Path] = []
        self._converted: dict[str, int] = {}
        self._notes = 0
        self._noted = 0
        self._changes = 0
        self._left: list[str] = []

    def write(self, number: int, draft: DraftInfo) -> None:
        """Write the copy of draft `number` (from 0)."""
        if not draft.readable:
            self._leave(draft, "文件不能读取，没有写出副本", "it could not be read, no copy was written")
            return
        data = read_bytes(Input(draft.path, Path(draft.path)), self._limits.max_bytes, self._report.lang)
        if isinstance(data, Finding) or hashlib.sha256(data).hexdigest() != draft.sha256:
            self._fail(draft, "检查之后文件被改动，没有写出副本，请重新检查", "it was changed after it was checked, no copy was written")
            return
        if not copied_as(draft.path, data):
            name = sheet_name(self._output.name_for(draft.path), self._report.lang)
            self._sheets.append(self._output.write(self._checked(draft, name), render(self._opinion.alone(number))))
            return
        try:
            notes = notes_of(self._findings.get(draft.path, ()), self._titles, self._report.lang)
            copy = annotate(draft.path, data, notes, self._limits, self._report.lang)
            copy = self._revised(draft, copy)
        except UnreadableError as error:
            self._fail(draft, f"没有写出副本：{error.zh}", f"no copy was written: {error.en}")
            return
        except Exception as error:  # a fault of ours in one file is no reason to leave the others without their notes
            what = f"{type(error).__name__}: {error}"
            self._fail(draft, f"写批注时程序出错（{what}），请告诉维护者", f"the program failed to write the notes ({what})")
            return
        name = self._output.name_for(draft.path)
        if name.suffix.lower() != copy.suffix:
            name = PurePath(f"{name}{copy.suffix}")
        if copy.is_converted:
            self._converted[copy.suffix] = self._converted.get(copy.suffix, 0) + 1
        self._copies.append(self._output.write(self._checked(draft, name), copy.data))
        self._notes += copy.notes
        self._noted += len(self._findings.get(draft.path, ()))

    def _revised(self, draft: DraftInfo, copy: Annotated) -> Annotated:
        """Return the copy of a Word draft with its fixes as tracked changes; any other as it is."""
        if self._mending is None or not is_word(draft.path) or not self._mending.is_wanted(draft):
            return copy
        if copy.suffix not in WORD:
            zh, en = "其实是网页，修订没有写入，请照批注修改", "it is a web page, into which no fixes were written; follow the notes"
            self._leave(draft, zh, en)
            return copy
        mended = self._mending.mended(draft, copy.data)
        self._changes += len(mended.fixed)
        self._left += (
            f"{notice.path}{notice.location.shown(self._report.lang)} {notice.message}" for notice in withdrawn(mended, self._report.lang)
        )
        return replace(copy, data=mended.data)

    def _checked(self, draft: DraftInfo, name: PurePath) -> PurePath:
        """Return `name`. Raises RunError when OUT is one file and its own name is that of another kind of file."""
        out = self._output.path
        if not self._output.is_folder and out.suffix.lower() != name.suffix.lower():
            raise _other_kind(draft.path, name.suffix, str(out))
        return name

    def _leave(self, draft: DraftInfo, zh: str, en: str) -> None:
        self._left.append(f"{draft.path}：{zh}" if self._zh else f"{draft.path}: {en}")

    def _fail(self, draft: DraftInfo, zh: str, en: str) -> None:
        self.failed = True
        self._leave(draft, zh, en)

    def lines(self) -> list[str]:
        """Return what was written and what was not, a line each."""
        said = list(self._left)
        if self._sheets:
            zh, en = "审核意见表，这种草案不能带批注", "an opinion sheet, since such drafts hold no notes"
            said.append(self._counted(self._sheets, zh, en))
        if self._copies:
            zh, en = f"带批注 {self._notes} 处", f"{self._notes} notes"
            if self._noted > self._notes:
                zh, en = f"{self._noted} 个问题，批注 {self._notes} 处", f"{self._noted} findings in {self._notes} notes"
            if self._changes:
                zh, en = f"{zh}，修订 {self._changes} 处", f"{en}, fixes as tracked changes: {self._changes}"
            said.append(self._counted(self._copies, zh, en))
        for suffix, number in self._converted.items():
            zh = f"其中 {number} 个草案的格式不能直接带批注，副本转成了 {suffix} 文件"
            said.append(
                zh if self._zh else f"{number} of these drafts cannot hold notes as they are; their copies were made as {suffix} files"
            )
        return said

    def _counted(self, written: Sequence[Path], zh: str, en: str) -> str:
        """Return a line on files of one kind: their only one, or their number and the folder."""
        if len(written) == 1:
            return f"已写出 {written[0]}（{zh}）" if self._zh else f"Wrote {written[0]} ({en})"
        out, number = self._output.path, len(written)
        return f"已在 {out} 写出 {number} 个文件（{zh}）" if self._zh else f"Wrote {number} files to {out} ({en})"
