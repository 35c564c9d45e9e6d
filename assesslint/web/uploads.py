"""A request → the draft sent with it and what is asked for: held in memory, within bounds, its name no path."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator, Mapping
from pathlib import PurePosixPath

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from assesslint.documents.draft import READERS
from assesslint.web.exchange import Job, RefusedError
from assesslint.web.pages import LANGUAGES

ROOM = 100_000
"""Bytes of a request beside the draft itself."""

SECONDS = 120
"""Longest that the sending of a draft may take."""

LONGEST_NAME = 120
"""Most characters of a draft's name."""

PASTED = {"zh": "草案.txt", "en": "draft.txt"}
"""What a draft is called that comes as text, without a name."""

_ASKED = {
    "as": (re.compile(r"\.(docx|xlsx)"), "可写 .docx、.xlsx", "may be .docx or .xlsx"),
    "as_of": (re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII), "应写作 2026-01-31", "is a day such as 2026-01-31"),
    "apply": (re.compile(r"[0-9a-f]{1,64}"), "应是一条意见的指纹", "is the fingerprint of a finding"),
    "changes": (re.compile(r"yes|no"), "可写 yes、no", "may be yes or no"),
}
"""What may be asked for beside the draft, by field: its form, and what is said of another."""

_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\ud800-\udfff]")


class _Parser(MultiPartParser):
    """Keeps files in memory whatever their size; the request as a whole is bounded before."""

    spool_max_size = 1 << 40


async def read_job(request: Request, want: str, lang: str, most_bytes: int) -> Job:
    """Return what is wanted of the draft in a request: a `file`, or a `text` under a `name`. Raises RefusedError."""
    try:
        async with asyncio.timeout(SECONDS):
            form = await _form(request, most_bytes)
    except TimeoutError as error:
        raise RefusedError(408, "too-slow", "文件传得太慢，没有收完", "The file came too slowly and was not received") from error
    async with _closing(form):
        return await _job(form, want, lang, most_bytes)


@contextlib.asynccontextmanager
async def _closing(form: FormData) -> AsyncGenerator[None, None]:
    try:
        yield
    finally:
        await form.close()


async def _job(form: FormData, want: str, lang: str, most_bytes: int) -> Job:
    asked = {key: value for key, value in form.multi_items() if isinstance(value, str)}
    lang = asked.get("lang") or lang
    if lang not in LANGUAGES:
        raise _bad(f"lang 可写 {'、'.join(LANGUAGES)}", f"lang may be {' or '.join(LANGUAGES)}")
    name, data = await _draft(form, asked, lang)
    if len(data) > most_bytes:
        raise _too_large(most_bytes)
    for key, (fits, zh, en) in _ASKED.items():
        if asked.get(key) and not fits.fullmatch(asked[key]):
            raise _bad(f"{key} {zh}", f"{key} {en}")
    return Job(want, name, lang, {key: asked[key] for key in _ASKED if asked.get(key)}, data)


async def _form(request: Request, most_bytes: int) -> FormData:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told) > most_bytes + ROOM:
        raise _too_large(most_bytes)
    stream = _bounded(request, most_bytes)
    try:
        if kind == "multipart/form-data":
            return await _Parser(request.headers, stream, max_files=1, max_fields=20, max_part_size=most_bytes).parse()
        if kind == "application/x-www-form-urlencoded":
            return await FormParser(request.headers, stream, max_fields=20, max_part_size=most_bytes).parse()
    except (MultiPartException, ValueError, LookupError) as error:
        raise _bad("请求的内容不完整或不是一份表单", "The request is damaged, or no form") from error
    raise RefusedError(
        415,
        "unsupported-media-type",
        "请用 multipart/form-data 提交，文件放在 file 字段",
        "Send multipart/form-data with the draft in the field file",
    )


async def _bounded(request: Request, most_bytes: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most_bytes + ROOM:
            raise _too_large(most_bytes)
        yield chunk


async def _draft(form: FormData, asked: Mapping[str, str], lang: str) -> tuple[str, bytes]:
    """Return name and bytes of the draft in a form."""
    file = form.get("file")
    if isinstance(file, UploadFile) and (file.filename or file.size):
        return safe_name(file.filename or PASTED[lang]), await file.read()
    text = asked.get("text", "")
    if text.strip():
        name = safe_name(asked.get("name") or PASTED[lang])
        name = name if PurePosixPath(name).suffix.lower() in READERS else f"{name}.txt"
        return name, text.replace("\r\n", "\n").encode("utf-8", "replace")
    raise _bad("没有收到草案：请选择文件，或粘贴文字", "There is no draft: choose a file, or paste the text")


def safe_name(name: str) -> str:
    """Return a name without folders and without characters that no file name has, short enough to be shown and saved under."""
    last = _NOT_IN_NAMES.sub("_", PurePosixPath(name.replace("\\", "/")).name).strip(" .") or "draft"
    stem, dot, suffix = last.rpartition(".")
    if f".{suffix.lower()}" not in READERS:
        return last[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(suffix) - 1]}{dot}{suffix}"


def _bad(zh: str, en: str) -> RefusedError:
    return RefusedError(400, "bad-request", zh, en)


def _too_large(most_bytes: int) -> RefusedError:
    most = f"{most_bytes / 1_000_000:g} MB"
    return RefusedError(
        413, "too-large", f"文件超过 {most}，没有接收；请拆成几个文件", f"The file is larger than {most} and was not received; split it"
    )
