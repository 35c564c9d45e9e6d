"""A fault of the program → one line on the standard error, which editors keep in their log: what and where, no text of a draft."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path


def fault(error: BaseException) -> str:
    """Return what went wrong and where, without the message, which may quote a document."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else type(error).__name__


def log(error: BaseException) -> None:
    """Write down a fault."""
    print(f"assesslint lsp: {fault(error)}", file=sys.stderr, flush=True)
