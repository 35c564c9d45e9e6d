"""Programs not written here that a test runs: where they are missing it is skipped, but under CI it fails."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest

BIN = Path(sys.executable).parent


def program(*names: str) -> str:
    """Return where a program lies, the first of its names that is found, looked for beside the interpreter first."""
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    found = next(filter(None, (shutil.which(name, path=path) for name in names)), None)
    if found is None:
        missing(names[0])
    return found


def missing(what: str) -> NoReturn:
    """End a test that needs what is not installed."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is not installed")
