"""A file as given → its schemes, whatever its format: the one door for every format of draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from assesslint.documents.limits import DEFAULT_LIMITS, Limits
from assesslint.documents.model import UNREAD, Block, Document
from assesslint.documents.structure.build import build
from assesslint.documents.unreadable import UnreadableError
from assesslint.findings.model import Finding, Notice
from assesslint.scheme.model import Prose, Scheme
from assesslint.text.decode import Hidden, decode, hidden_characters
from assesslint.text.late import late
from assesslint.text.location import TextLocation
from assesslint.text.source import Source, Span

if TYPE_CHECKING:
    from assesslint.scheme.parse import Parsed

MOST_HIDDEN = 20
"""Hidden characters told one by one; beyond, they are counted."""

MOST_REPEATED = 4
"""Times the characters of a draft may be read again: a heading or merged cell is read with each indicator it stands over or beside."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One file: its text, the schemes in it, what is wrong with it as a file, what could not be read or judged.

    `blocks` are its paragraphs and tables, as people see it; a written form of a scheme has none, its text being what people see.
    """

    source: Source
    schemes: tuple[Scheme, ...] = ()
    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()
    blocks: tuple[Block, ...] = ()


SCHEME_READERS: dict[str, Callable[[Source, str], Parsed]] = {
    ".assess": late("assesslint.scheme.parse", "parse_schemes"),
    ".json": late("assesslint.scheme.json_form", "schemes_from_json"),
}
"""Who reads which written form of a scheme, with the language of its messages."""

TEXT_READERS: dict[str, Callable[[Source], Document]] = {
    ".txt": late("assesslint.documents.plain_text", "read_plain_text"),
    **dict.fromkeys((".md", ".markdown"), late("assesslint.documents.markdown", "read_markdown")),
}
"""Who reads which kind of prose in plain characters."""

FileReader = Callable[[str, bytes, Limits], Document]
"""Path, bytes and bounds → document. Raises UnreadableError."""


FILE_READERS: dict[str, FileReader] = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), late("assesslint.documents.docx", "read_docx")),
    **dict.fromkeys((".html", ".htm", ".mht", ".mhtml"), late("assesslint.documents.html", "read_html")),
    ".ofd": late("assesslint.documents.ofd", "read_ofd"),
    ".pdf": late("assesslint.documents.pdf", "read_pdf"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), late("assesslint.documents.xlsx", "read_xlsx")),
    **dict.fromkeys((".xls", ".xlt", ".et", ".ett"), late("assesslint.documents.xls", "read_xls")),
    **dict.fromkeys(
        (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ott", ".fodt", ".uot", ".fods"),
        late("assesslint.documents.converted", "read_converted"),
    ),
    **dict.fromkeys((".ods", ".ots"), late("assesslint.documents.ods", "read_ods")),
}
"""Who reads which kind of other file. What such a reader needs is installed as an extra, and imported when the first such file is met."""

READERS = (*SCHEME_READERS, *TEXT_READERS, *FILE_READERS)
"""All suffixes that are read."""

NOT_YET = {
    ".csv": ("CSV 表格", "a CSV table"),
}
"""What people will try, by name."""


def kind_of(path: str, data: bytes) -> str:
    """Return the suffix by which a file is read: its own, else that of what its bytes are, or its own unknown one."""
    suffix = PurePath(path).suffix.lower()
    if suffix in READERS or suffix in NOT_YET:
        return suffix
    from assesslint.documents.recognised import recognised

    return recognised(data) or suffix


def read_draft(path: str, data: bytes, lang: str = "zh", limits: Limits = DEFAULT_LIMITS) -> Draft:
    """Return what a file holds. Raises nothing for bad input: a file that cannot be read comes back as an `unreadable-file` finding."""
    suffix = kind_of(path, data)
    if suffix not in READERS:
        return _unreadable(path, lang, *_unknown_format(suffix))
    if len(data) > limits.max_bytes:
        size, most = len(data) / 1_000_000, limits.max_bytes / 1_000_000
        zh = f"文件有 {size:.1f} MB，超过上限 {most:g} MB，没有检查；请拆分后再检查，或确认它是否真是考核方案"
        en = f"the file has {size:.1f} MB, more than the {most:g} MB allowed, and was not checked; split it, or see whether it is a scheme"
        return _unreadable(path, lang, zh, en)
    try:
        read = _read_file if suffix in FILE_READERS else _read_text_file
        draft = read(path, suffix, data, lang, limits)
        limits.hold(sum(map(_characters, draft.schemes)) // MOST_REPEATED)
        return (
            draft if suffix == PurePath(path).suffix.lower() else replace(draft, notices=(_recognised(path, suffix, lang), *draft.notices))
        )
    except UnreadableError as error:
        return _unreadable(path, lang, error.zh, error.en)


def _characters(scheme: Scheme) -> int:
    """Return how many characters are read to judge a scheme: the prose of each indicator, and of the headings over it."""
    return sum(
        len(prose.text)
        for groups, leaf in scheme.indicators()
        for prose in (*(group.name for group in groups), *(field.value for field in leaf.fields if isinstance(field.value, Prose)))
    )


def _read_text_file(path: str, suffix: str, data: bytes, lang: str, limits: Limits) -> Draft:
    decoded = decode(data)
    if decoded.fault:
        raise UnreadableError(decoded.fault.zh, decoded.fault.en)
    limits.hold(len(decoded.text))
    source = Source(path, decoded.text)
    if suffix in SCHEME_READERS:
        parsed = SCHEME_READERS[suffix](source, lang)
        return Draft(source, parsed.schemes, parsed.findings, tuple(_hidden(source, decoded.hidden, lang)))
    draft = _built(TEXT_READERS[suffix](source), lang)
    return replace(draft, notices=(*_hidden(source, decoded.hidden, lang), *draft.notices))


def _read_file(path: str, suffix: str, data: bytes, lang: str, limits: Limits) -> Draft:
    if not data:
        raise UnreadableError("文件是空的，没有可检查的内容", "the file is empty, there is nothing to check")
    try:
        document = FILE_READERS[suffix](path, data, limits)
    except ModuleNotFoundError as error:
        raise UnreadableError(
            f"读取这类文件需要另外安装组件（缺少 {error.name}），请运行 pip install 'assesslint[all]'",
            f"reading such files needs {error.name}, which is not installed; run pip install 'assesslint[all]'",
        ) from error
    draft = _built(document, lang)
    source = draft.source
    return replace(draft, notices=(*_hidden(source, hidden_characters(source.text), lang), *draft.notices))


def _built(document: Document, lang: str) -> Draft:
    """Return the draft a document is, with what its reader said of it."""
    built = build(document, lang)
    source, zh = document.source, lang == "zh"
    unread = (
        Finding(remark.id, "reading", "error", remark.zh if zh else remark.en, source.path, location=remark.location)
        for remark in document.remarks
        if remark.id in UNREAD
    )
    notices = (
        Notice(remark.id, remark.zh if zh else remark.en, source.path, remark.location)
        for remark in document.remarks
        if remark.id not in UNREAD
    )
    return Draft(source, built.schemes, (*unread, *built.findings), (*notices, *built.notices), document.blocks)


def _unreadable(path: str, lang: str, zh: str, en: str) -> Draft:
    source = Source(path, "")
    return Draft(source, findings=(Finding("unreadable-file", "reading", "error", zh if lang == "zh" else en, path, source=source),))


def _unknown_format(suffix: str) -> tuple[str, str]:
    zh, en = NOT_YET.get(suffix, (f"{suffix or '无扩展名的'}文件", f"a file named *{suffix}" if suffix else "a file without extension"))
    return (
        f"{zh}暂不能直接读取；能读取 Word、Excel、WPS、PDF、OFD、网页、纯文本和方案文件（.assess），请换成其中一种（压缩包请先解压）再检查",
        f"{en} is not read yet; files of Word, Excel, WPS, PDF, OFD, web pages, plain text and schemes (.assess) are: check one of these",
    )


def _recognised(path: str, suffix: str, lang: str) -> Notice:
    """Say that a file was told by what it holds."""
    own = PurePath(path).suffix
    zh = f"扩展名 {own} 不是草案的" if own else "文件没有扩展名"
    en = f"{own} is no kind of draft" if own else "the file has no extension"
    said = f"{zh}，按内容作为 {suffix} 文件读取；请补上正确的扩展名" if lang == "zh" else f"{en}; by what it holds it was read as {suffix}"
    return Notice("converted", said, path)


def _hidden(source: Source, found: Iterable[Hidden], lang: str) -> Iterator[Notice]:
    """Tell of characters that show nothing, since they can hide words."""
    told = list(found)
    zh = lang == "zh"
    for hidden in told[:MOST_HIDDEN]:
        place = source.locate(Span(hidden.offset, hidden.offset + 1))
        if isinstance(place, TextLocation):
            line, column = place.start.line, place.start.column
            at = f"第 {line} 行第 {column} 个字" if zh else f"line {line}, column {column}: "
        else:
            at = "此处" if zh else ""
        said = f"{at}是看不见的字符 {hidden.code_point}，可能遮住词语；已跳过它照常检查，建议删去"
        yield Notice(
            "hidden-characters",
            said if zh else f"{at}the invisible character {hidden.code_point} can hide words; it was skipped, delete it",
            source.path,
            place,
        )
    if len(told) > MOST_HIDDEN:
        more = len(told) - MOST_HIDDEN
        yield Notice("hidden-characters", f"另有 {more} 个看不见的字符" if zh else f"{more} more invisible characters", source.path)
