"""Jobs → answers, by a few processes that are ended, with all they started, when one takes too long or too much memory.

A draft is judged nowhere else, so that a hostile one costs its sender a refusal and everybody else nothing. What a worker leaves on the
disk goes when it is ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import shutil
import signal
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assesslint.linter.errors import RunError
from assesslint.linter.settings import Settings
from assesslint.web.exchange import Answer, Job, RefusedError, job_frame, read_answer

START_SECONDS = 120
"""Longest that a worker may take to load the rules."""

GRACE_SECONDS = 2
"""How long a worker that overran may take to end what it started."""

MOST_WAITING = 32
"""Drafts that are received or wait for a worker; more are refused."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker works by. `seconds` is the longest a job may take, `memory` the bytes of addresses it may have, where the system
    can bound them."""

    settings: Settings
    seconds: int = 60
    memory: int = 2_000_000_000
    with_register: bool = False


class _Worker:
    """One process, ready for jobs."""

    def __init__(self, process: Process, to: asyncio.StreamWriter, back: asyncio.StreamReader, folder: Path) -> None:
        self._process = process
        self._to = to
        self._back = back
        self._folder = folder

    @classmethod
    async def start(cls, setup: Setup) -> _Worker:
        """Return a worker that has loaded the rules. Raises RunError when it cannot."""
        folder = Path(tempfile.mkdtemp(prefix="assesslint-web-"))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "assesslint.web.worker",
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,  # what goes wrong in a draft may quote it, and nothing of a draft is logged
            env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))},
            start_new_session=True,
        )
        if process.stdin is None or process.stdout is None:  # both were asked for
            raise BrokenPipeError
        worker = cls(process, process.stdin, process.stdout, folder)
        try:
            given = pickle.dumps(setup)
            await worker._send(len(given).to_bytes(4, "big") + given)
            async with asyncio.timeout(START_SECONDS):
                await worker._answer()
        except RefusedError as error:
            await worker.end()
            raise RunError(error.zh, error.en) from error
        except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
            await worker.end()
            raise RunError("检查进程没有启动起来", "A process that judges drafts did not start") from error
        except BaseException:
            await worker.end()
            raise
        return worker

    async def ask(self, job: Job) -> Answer:
        """Return the answer to a job. Raises RefusedError, and IncompleteReadError or OSError when the process is gone."""
        await self._send(job_frame(job))
        return await self._answer()

    async def _send(self, data: bytes) -> None:
        self._to.write(data)
        await self._to.drain()

    async def _answer(self) -> Answer:
        return await read_answer(self._back)

    async def end(self) -> None:
        """End the process with what it started, and take away what it left behind."""
        process = self._process
        with contextlib.suppress(ProcessLookupError):
            process.terminate()  # lets it end LibreOffice, which has a session of its own
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), GRACE_SECONDS)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        self._to.close()
        with contextlib.suppress(OSError):
            await self._back.read()  # to its end, or the pipe would outlive the loop
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)


class Pool:
    """`size` workers, and one more for a while where something is to be made beside the drafts."""

    def __init__(self, setup: Setup, size: int) -> None:
        self._setup = setup
        self._size = size
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._turns = 0
        self._all: set[_Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the workers. Raises RunError when the rules do not load."""
        started = await asyncio.gather(*(self._add() for _ in range(self._size)), return_exceptions=True)
        for error in filter(None, started):
            await self.close()
            raise error

    async def close(self) -> None:
        await asyncio.gather(*self._starting, return_exceptions=True)  # one broken off would leave its process behind
        await asyncio.gather(*(worker.end() for worker in self._all), return_exceptions=True)

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Be one of those whose drafts are received, wait or are judged.

        Raises RefusedError when there are so many that their drafts would fill the memory.
        """
        if self._turns >= self._size + MOST_WAITING:
            zh, en = "正在检查的文件太多，请稍后再试", "Too many drafts are being judged; try again in a moment"
            raise RefusedError(503, "busy", zh, en, retry=3)
        self._turns += 1
        try:
            yield
        finally:
            self._turns -= 1

    async def do(self, job: Job) -> Answer:
        """Return the answer to a job. Raises RefusedError."""
        worker = await self._idle.get()
        sound = False
        try:
            async with asyncio.timeout(self._setup.seconds):
                answer = await worker.ask(job)
            sound = True
            return answer
        except RefusedError:
            sound = True
            raise
        except TimeoutError as error:
            raise _too_long(self._setup.seconds) from error
        except (OSError, asyncio.IncompleteReadError) as error:
            raise RefusedError(
                422,
                "too-much-memory",
                "检查这份文件需要的内存超过上限，或检查进程意外中止，没有检查；请拆成几个文件再检查",
                "Judging this file takes more memory than is allowed, or the process broke off; split the file",
            ) from error
        finally:
            if sound:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)

    async def apart(self, job: Job, seconds: int = START_SECONDS) -> Answer:
        """Return the answer to a job that a process of its own is started for, so that drafts need not wait for it."""
        worker = await _Worker.start(self._setup)
        self._all.add(worker)
        try:
            async with asyncio.timeout(seconds):
                return await worker.ask(job)
        finally:
            self._all.discard(worker)
            await worker.end()

    async def _add(self) -> None:
        worker = await _Worker.start(self._setup)
        self._all.add(worker)
        self._idle.put_nowait(worker)

    def _replace(self, worker: _Worker) -> None:
        async def replace() -> None:
            self._all.discard(worker)
            await worker.end()
            await self._add()

        task = asyncio.create_task(replace())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)


def _too_long(seconds: int) -> RefusedError:
    return RefusedError(
        422,
        "too-long",
        f"检查这份文件超过 {seconds} 秒，已停止；请按章节或单位拆成几个文件再检查",
        f"Judging this file took more than {seconds} seconds and was ended; split it by chapters or units",
    )
