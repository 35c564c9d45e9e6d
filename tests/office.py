"""LibreOffice, as tests use it: to open what we write and save it again."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SECONDS = 120


def converted(folder: Path, name: str, data: bytes, suffix: str) -> bytes:
    """Return a file as LibreOffice opens and saves it. Without LibreOffice the test is skipped, or fails where CI is set."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("soffice is not installed")
        pytest.skip("soffice (LibreOffice) is not installed")
    given, out = folder / name, folder / "out"
    given.write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, home, "--headless", "--convert-to", suffix, "--outdir", str(out), str(given)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    return (out / given.with_suffix(f".{suffix}").name).read_bytes()
