"""A file as given → its schemes, whatever its format: the one door for every format of draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from assesslint.documents.build import build
from assesslint.findings.model import Finding, Notice
from assesslint.scheme.model import Scheme
from assesslint.text.decode import Decoded, decode
from assesslint.text.source import Source, Span

MAX_BYTES = 20_000_000
"""Largest file read unless the caller says otherwise: a thousand pages of text are two million bytes."""

MOST_HIDDEN = 20
"""Hidden characters told one by one; beyond, they are counted."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One file: its text, the schemes in it, what is wrong with it as a file, what could not be read or judged."""

    source: Source
    schemes: tuple[Scheme, ...] = ()
    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()


def _read_assess(source: Source, lang: str) -> Draft:
    from assesslint.scheme.parse import parse_schemes

    parsed = parse_schemes(source, lang)
    return Draft(source, parsed.schemes, parsed.findings)


def _read_json(source: Source, lang: str) -> Draft:
    from assesslint.scheme.json_form import schemes_from_json

    parsed = schemes_from_json(source, lang)
    return Draft(source, parsed.schemes, parsed.findings)


def _read_text(source: Source, lang: str) -> Draft:
    from assesslint.documents.plain_text import read_plain_text

    built = build(read_plain_text(source), lang)
    return Draft(source, built.schemes, built.findings, built.notices)


def _read_markdown(source: Source, lang: str) -> Draft:
    from assesslint.documents.markdown import read_markdown

    built = build(read_markdown(source), lang)
    return Draft(source, built.schemes, built.findings, built.notices)


READERS: dict[str, Callable[[Source, str], Draft]] = {
    ".assess": _read_assess,
    ".json": _read_json,
    ".txt": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
}
"""Who reads which kind of file."""

NOT_YET = {
    ".doc": ("Word 文件", "a Word file"),
    ".docx": ("Word 文件", "a Word file"),
    ".wps": ("WPS 文件", "a WPS file"),
    ".xls": ("Excel 文件", "an Excel file"),
    ".xlsx": ("Excel 文件", "an Excel file"),
    ".et": ("WPS 表格", "a WPS sheet"),
    ".csv": ("CSV 表格", "a CSV table"),
    ".pdf": ("PDF 文件", "a PDF file"),
    ".ofd": ("OFD 文件", "an OFD file"),
    ".rtf": ("RTF 文件", "an RTF file"),
    ".html": ("网页", "a web page"),
    ".htm": ("网页", "a web page"),
}
"""What people will try, by name."""


def read_draft(path: str, data: bytes, lang: str = "zh", max_bytes: int = MAX_BYTES) -> Draft:
    """Return what a file holds. Raises nothing for bad input: a file that cannot be read comes back as an `unreadable-file` finding."""
    suffix = PurePath(path).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        return _unreadable(path, lang, *_unknown_format(suffix))
    if len(data) > max_bytes:
        size, most = len(data) / 1_000_000, max_bytes / 1_000_000
        zh = f"文件有 {size:.1f} MB，超过上限 {most:g} MB，没有检查；请拆分后再检查，或确认它是否真是考核方案"
        en = f"the file has {size:.1f} MB, more than the {most:g} MB allowed, and was not checked; split it, or see whether it is a scheme"
        return _unreadable(path, lang, zh, en)
    decoded = decode(data)
    if decoded.fault:
        return _unreadable(path, lang, decoded.fault.zh, decoded.fault.en)
    source = Source(path, decoded.text)
    draft = reader(source, lang)
    return Draft(source, draft.schemes, draft.findings, (*_hidden(source, decoded, lang), *draft.notices))


def _unreadable(path: str, lang: str, zh: str, en: str) -> Draft:
    source = Source(path, "")
    return Draft(source, findings=(Finding("unreadable-file", "reading", "error", zh if lang == "zh" else en, path, source=source),))


def _unknown_format(suffix: str) -> tuple[str, str]:
    known = "、".join(READERS), ", ".join(READERS)
    zh, en = NOT_YET.get(suffix, (f"{suffix or '无扩展名的'}文件", f"a file named *{suffix}" if suffix else "a file without extension"))
    return (
        f"{zh}暂不能直接读取，能读取的有 {known[0]}；请另存为纯文本(.txt)后再检查",
        f"{en} is not read yet; {known[1]} are. Save it as plain text (.txt) and check that",
    )


def _hidden(source: Source, decoded: Decoded, lang: str) -> Iterator[Notice]:
    for hidden in decoded.hidden[:MOST_HIDDEN]:
        at = source.position(hidden.offset)
        zh = f"第 {at.line} 行第 {at.column} 个字是看不见的字符 {hidden.code_point}，可能遮住词语；已跳过它照常检查，建议删去"
        en = f"line {at.line}, column {at.column}: the invisible character {hidden.code_point} can hide words; it was skipped, delete it"
        place = source.locate(Span(hidden.offset, hidden.offset + 1))
        yield Notice("hidden-characters", zh if lang == "zh" else en, source.path, place)
    if len(decoded.hidden) > MOST_HIDDEN:
        more = len(decoded.hidden) - MOST_HIDDEN
        zh, en = f"另有 {more} 个看不见的字符", f"{more} more invisible characters"
        yield Notice("hidden-characters", zh if lang == "zh" else en, source.path)
