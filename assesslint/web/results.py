"""A judged draft → what is sent back of it: the page with the draft and its findings, the report as JSON or HTML, the annotated file, the
opinion sheet. Each is made anew from the draft, since nothing of a draft is kept between two requests.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from markupsafe import Markup, escape

from assesslint.documents.edited import WORD, can_edit, is_word
from assesslint.documents.unreadable import UnreadableError
from assesslint.documents.written.write import WRITERS
from assesslint.findings.model import Finding
from assesslint.linter.opinion_sheets import SUFFIXES
from assesslint.reports.annotated.annotate import annotate, copied_as
from assesslint.reports.annotated.notes import notes_of
from assesslint.reports.formats import FORMATS
from assesslint.reports.opinion.content import day_in_words, opinion_of
from assesslint.reports.opinion.write import render as sheet
from assesslint.reports.opinion.write import sheet_name
from assesslint.reports.page.content import page_of
from assesslint.web.exchange import Answer, Job, RefusedError
from assesslint.web.judging import Judged, Judging, is_text
from assesslint.web.pages import render
from assesslint.web.paper import paper_of
from assesslint.web.words import WORDS

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
}
"""Of files that are sent back; any other is only bytes."""


def checked(judging: Judging, job: Job) -> Answer:
    """Return the report as JSON, the contract of `assesslint schema report`."""
    return Answer("application/json", data=FORMATS["json"].encode(judging.judged(job).report))


def report(judging: Judging, job: Job) -> Answer:
    """Return the report as one page that loads nothing."""
    judged = judging.judged(job)
    return Answer("text/html; charset=utf-8", f"{_stem(job)}-{_word('report_name', job)}.html", FORMATS["html"].encode(judged.report))


def opinion(judging: Judging, job: Job) -> Answer:
    """Return the opinion sheet, as a Word file unless `as` asks for .xlsx."""
    suffix = job.asked.get("as") or SUFFIXES[0]
    name = sheet_name(PurePath(job.name), job.lang).with_suffix(suffix)
    return Answer(MEDIA_TYPES[suffix], str(name), sheet(opinion_of(judging.judged(job).report), suffix))


def annotated(judging: Judging, job: Job) -> Answer:
    """Return the draft with notes at the words; a Word file has the proposals too, as tracked changes, if `changes` says yes.

    Raises RefusedError for a kind of file that holds no notes, and for one that cannot be read.
    """
    judged = judging.judged(job)
    if not copied_as(job.name, job.data):
        raise RefusedError(
            422,
            "holds-no-notes",
            "这类文件里写不进批注；请下载审核意见表，或换成 Word、Excel、PDF 或网页文件",
            "A file of this kind holds no notes; take the opinion sheet, or send a Word, Excel, PDF or HTML file",
        )
    if not judged.info.readable:
        raise _unread(judged.report.findings)
    titles = {rule.id: rule.title for rule in judged.report.rules.values()}
    try:
        copy = annotate(job.name, job.data, notes_of(judged.report.findings, titles, job.lang), judging.settings.limits, job.lang)
    except UnreadableError as error:
        raise RefusedError(422, "unreadable-file", error.zh, error.en) from error
    if job.asked.get("changes") == "yes" and is_word(job.name) and copy.suffix in WORD:
        copy = replace(copy, data=judging.mended(job, copy.data, lambda _: True).data)
    return Answer(
        MEDIA_TYPES.get(copy.suffix, "application/octet-stream"), f"{_stem(job)}-{_word('notes_name', job)}{copy.suffix}", copy.data
    )


def page(judging: Judging, job: Job) -> Answer:
    """Return the page on a draft. `apply` is the fingerprint of a finding whose fix is to be made in the text first."""
    apply = job.asked.get("apply")
    may_apply = can_edit(job.name) and is_text(job.name, job.data)
    if apply and may_apply:
        job = replace(job, data=judging.mended(job, job.data, apply.__eq__).data)
    judged = judging.judged(job)
    content = page_of(judged.report)
    section = content.sections[0]
    items = [item for group in section.groups for item in group.items]
    paper = paper_of(judged.draft, {item.number: item.finding for item in items}, _word("note", job))
    return Answer(
        "text/html; charset=utf-8",
        data=render(
            "result.html",
            job.lang,
            report=judged.report,
            page=content,
            section=section,
            paper=paper,
            day=day_in_words(judged.report.judged_on, job.lang),
            name=job.name,
            as_of=job.asked.get("as_of", ""),
            edited=_editable(judged),
            is_text=is_text(job.name, job.data),
            may_apply=may_apply,
            with_register=judging.with_register,
            takes_notes=bool(copied_as(job.name, job.data)) and judged.info.readable,
            takes_changes=is_word(job.name) and any(item.finding.fix for item in items),
        ),
    )


def _editable(judged: Judged) -> tuple[str, Markup] | None:
    """Return the name and the text of the draft as it may be edited on the page: as text, whatever it was. None where nothing was read."""
    name = PurePath(judged.draft.source.path)
    if is_text(name.name, judged.data) and judged.info.readable:
        return name.name, escape(judged.draft.source.text)
    if not judged.draft.schemes:
        return None
    return f"{name.stem}.txt", escape(WRITERS[".txt"](judged.draft.schemes).decode("utf-8"))


def _unread(findings: tuple[Finding, ...]) -> RefusedError:
    why = next((finding.message for finding in findings if finding.family == "reading"), "")
    return RefusedError(422, "unreadable-file", f"文件不能读取：{why}", f"The file cannot be read: {why}")


def _stem(job: Job) -> str:
    return PurePath(job.name).stem


def _word(key: str, job: Job) -> str:
    return WORDS[key][0 if job.lang == "zh" else 1]
