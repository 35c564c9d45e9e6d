"""A draft that takes too long or too much, or ends its worker, costs its sender a refusal; others are served meanwhile and afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import signal
import tempfile
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assesslint.linter.errors import RunError
from assesslint.linter.settings import Settings
from assesslint.web.exchange import Answer, Job, RefusedError
from assesslint.web.pool import MOST_WAITING, Pool, Setup
from tests.web.conftest import EXAMPLES

QUICK = Job("check", "a.txt", data="考核细则\n\n一、巡查（20分）\n评分标准：每少1次扣1分。\n佐证材料：截图\n".encode())
HEAVY = Job(
    "check", "b.txt", data=("考核细则\n" + "一、推广（20分）\n评分标准：下载量达到5000次得满分，不足的通报排名。\n" * 12_000).encode()
)


def swollen() -> bytes:
    """Return a small Word file that takes a quarter of a gigabyte when it is read."""
    made = io.BytesIO()
    with zipfile.ZipFile(EXAMPLES / "17-word-draft.docx") as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            data = parts.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 250_000)
            out.writestr(name, data)
    return made.getvalue()


@contextlib.asynccontextmanager
async def pool(size: int, seconds: int = 60, memory: int = 2_000_000_000) -> AsyncIterator[Pool]:
    started = Pool(Setup(Settings(), seconds, memory), size)
    try:
        await started.start()
        yield started
    finally:
        await started.close()


async def refused(doing: asyncio.Task[Answer] | asyncio.Future[Answer]) -> str:
    with pytest.raises(RefusedError) as error:
        await doing
    return error.value.id


def test_others_are_served_while_a_hostile_draft_runs_and_its_worker_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    async def run() -> None:
        async with pool(2, seconds=3) as workers:
            heavy = asyncio.ensure_future(workers.do(HEAVY))
            await asyncio.sleep(0)
            for _ in range(3):
                assert (await workers.do(QUICK)).media_type == "application/json"
            assert not heavy.done()
            assert await refused(heavy) == "too-long"
            answers = await asyncio.gather(*(workers.do(QUICK) for _ in range(6)))
            assert len({answer.data for answer in answers}) == 1

    asyncio.run(run())
    assert not list(tmp_path.iterdir())


def test_a_worker_that_dies_is_replaced() -> None:
    async def run() -> None:
        async with pool(1) as workers:
            heavy = asyncio.ensure_future(workers.do(HEAVY))
            await asyncio.sleep(0.5)
            [worker] = workers._all
            os.kill(worker._process.pid, signal.SIGKILL)
            assert await refused(heavy) == "too-much-memory"
            assert (await workers.do(QUICK)).data

    asyncio.run(run())


def test_memory_is_bounded() -> None:
    async def run() -> None:
        async with pool(1, memory=200_000_000) as workers:
            try:
                answer = await workers.do(Job("check", "a.docx", data=swollen()))
            except RefusedError as error:
                assert error.id == "too-much-memory"
            else:  # where the memory ended in the library that parses XML, which says that it could not
                assert b"unreadable-file" in answer.data
            assert (await workers.do(QUICK)).data

    asyncio.run(run())


def test_more_than_can_wait_are_refused_at_once() -> None:
    async def run() -> None:
        async with pool(1) as workers:

            async def turn() -> Answer:
                with workers.turn():
                    return await workers.do(QUICK)

            done = await asyncio.gather(*(turn() for _ in range(MOST_WAITING + 4)), return_exceptions=True)
            busy = [each for each in done if isinstance(each, RefusedError)]
            assert {each.id for each in busy} == {"busy"}
            assert len(busy) == 3  # one is being judged
            assert busy[0].retry

    asyncio.run(run())


def test_rules_that_do_not_load_are_told_before_anything_is_served(tmp_path: Path) -> None:
    async def run() -> None:
        async with contextlib.AsyncExitStack() as stack:
            workers = Pool(Setup(Settings(rules=tmp_path / "nowhere")), 2)
            stack.push_async_callback(workers.close)
            await workers.start()

    with pytest.raises(RunError) as error:
        asyncio.run(run())
    assert "nowhere" in error.value.zh
