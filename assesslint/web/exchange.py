"""What the server and its workers say to each other: a head of JSON and a body of bytes, behind the lengths of both."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import IO, Any

_LENGTHS = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Job:
    """What is wanted of a draft (see `worker.WORK`): `name` is its own, `asked` what else was asked for, `data` the draft."""

    want: str
    name: str = ""
    lang: str = "zh"
    asked: Mapping[str, str] = field(default_factory=dict)
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """A file: its media type, its name where it is to be saved under one, its content."""

    media_type: str
    name: str = ""
    data: bytes = b""


class RefusedError(Exception):
    """What was asked for is not done. `id` is stable, `retry` the seconds after which it may be asked for again."""

    def __init__(self, status: int, id: str, zh: str, en: str, retry: int = 0) -> None:  # noqa: A002
        super().__init__(zh)
        self.status = status
        self.id = id
        self.zh = zh
        self.en = en
        self.retry = retry

    def text(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


def job_frame(job: Job) -> bytes:
    head = asdict(job)
    return _frame(head, head.pop("data"))


def answer_frame(answer: Answer | RefusedError) -> bytes:
    if isinstance(answer, RefusedError):
        return _frame({"refused": {"status": answer.status, "id": answer.id, "zh": answer.zh, "en": answer.en}}, b"")
    return _frame({"media_type": answer.media_type, "name": answer.name}, answer.data)


def _frame(head: Mapping[str, Any], body: bytes) -> bytes:
    written = json.dumps(head, ensure_ascii=True).encode("ascii")
    return _LENGTHS.pack(len(written), len(body)) + written + body


def read_job(stream: IO[bytes]) -> Job | None:
    """Return the next job, None when the server is gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack(lengths)
    return Job(**json.loads(stream.read(head)), data=stream.read(body))


async def read_answer(stream: asyncio.StreamReader) -> Answer:
    """Return the next answer of a worker. Raises RefusedError when it is a refusal, IncompleteReadError when the worker is gone."""
    head_length, body_length = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    head = json.loads(await stream.readexactly(head_length))
    body = await stream.readexactly(body_length)
    if "refused" in head:
        raise RefusedError(**head["refused"])
    return Answer(**head, data=body)
