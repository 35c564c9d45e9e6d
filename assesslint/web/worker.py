"""The process that judges drafts for the web page: jobs on the standard input → answers on the standard output, until the input ends."""

from __future__ import annotations

import pickle
import signal
import sys
from collections.abc import Callable, Mapping
from typing import IO

from assesslint.findings.problems import FolderError
from assesslint.linter.check import open_rulebook
from assesslint.linter.errors import RunError
from assesslint.text.memory import free_latest
from assesslint.web.exchange import Answer, Job, RefusedError, answer_frame, read_job
from assesslint.web.judging import Judging
from assesslint.web.library import library
from assesslint.web.pool import Setup
from assesslint.web.results import annotated, checked, opinion, page, report

WORK: Mapping[str, Callable[[Judging, Job], Answer]] = {
    "page": page,
    "check": checked,
    "annotate": annotated,
    "opinion": opinion,
    "report": report,
    "library": library,
}
"""Who does what a job wants."""

FIRST = "考核细则\n\n一、巡查（1分）\n评分标准：每少1次扣1分。"
"""A draft that is judged before any other comes, to load what all need."""


def main() -> None:
    stream, out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # or a word printed would be taken for an answer
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    setup: Setup = pickle.loads(stream.read(int.from_bytes(stream.read(4), "big")))  # noqa: S301  # from the server itself
    _bound_memory(setup.memory)
    try:
        judging = Judging(setup.settings, open_rulebook(setup.settings), setup.seconds, with_register=setup.with_register)
        judging.judged(Job("check", "方案.txt", data=FIRST.encode()))
    except RunError as error:
        _say(out, RefusedError(500, "rules", error.zh, error.en))
        return
    except FolderError as error:
        zh, en = ("\n".join(problem.text(lang) for problem in error.problems) for lang in ("zh", "en"))
        _say(out, RefusedError(500, "rules", zh, en))
        return
    _say(out, Answer("text/plain"))
    while (job := read_job(stream)) is not None:
        _say(out, _done(judging, job))
        free_latest()


def _done(judging: Judging, job: Job) -> Answer | RefusedError:
    try:
        return WORK[job.want](judging, job)
    except RefusedError as error:
        return error
    except RunError as error:
        return RefusedError(422, "not-done", error.zh, error.en)
    except MemoryError:
        return RefusedError(
            422,
            "too-much-memory",
            "检查这份文件需要的内存超过上限，没有检查；请拆成几个文件再检查",
            "Judging this file takes more memory than is allowed; split it",
        )
    except Exception as error:  # a fault of ours is told to whoever asked, and the next draft is judged all the same
        what = type(error).__name__
        zh = f"程序出错（{what}），没有做完。请告诉维护者"
        return RefusedError(500, "internal-error", zh, f"The program failed ({what}). Please tell the maintainers")


def _say(out: IO[bytes], answer: Answer | RefusedError) -> None:
    out.write(answer_frame(answer))
    out.flush()


def _bound_memory(memory: int) -> None:
    """Bound the memory of this process, where the system can. LibreOffice, which it may start, has a bound of its own."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))


if __name__ == "__main__":
    main()
