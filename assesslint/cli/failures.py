"""What made a run impossible → its message, in the language of the user."""

from __future__ import annotations

import errno


def why_impossible(error: Exception, lang: str) -> str:
    """Return the message of what made the run impossible."""
    from assesslint.findings.problems import FolderError
    from assesslint.linter.errors import RunError
    from assesslint.policy.sources import SourceError

    if isinstance(error, RunError | SourceError):
        return error.zh if lang == "zh" else error.en
    if isinstance(error, FolderError):
        return "\n".join(problem.text(lang) for problem in error.problems)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "结果没有写完：磁盘已满" if lang == "zh" else "The report was not written to its end: the disk is full"
    what = f"{type(error).__name__}: {error}"
    return f"程序出错，检查没有完成（{what}）。请告诉维护者" if lang == "zh" else f"The program failed and the run was not done ({what})"
