"""LibreOffice, as tests use it: to open what we write and save it again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

SECONDS = 120
SECONDS_A_FILE = 5

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"), reason="soffice (LibreOffice) is not installed"
)


def converted(folder: Path, name: str, data: bytes, form: str) -> bytes:
    """Return a file as LibreOffice opens and saves it. Without LibreOffice the test is skipped, or fails where CI is set."""
    return all_converted(folder, {name: data}, form)[name]


def all_converted(folder: Path, files: Mapping[str, bytes], form: str, reader: str = "") -> dict[str, bytes]:
    """Return files, by name, as one run of LibreOffice opens and saves them: a suffix, or one with a filter such as `txt:Text`.

    `reader` is the filter to open them with, where LibreOffice is not to choose.
    """
    program = office()
    out = folder / "out"
    for name, data in files.items():
        (folder / name).write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    opened = [f"--infilter={reader}"] if reader else []
    command = [program, home, "--headless", *opened, "--convert-to", form, "--outdir", str(out), *(str(folder / name) for name in files)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS + SECONDS_A_FILE * len(files))
    return {name: (out / name).with_suffix(f".{form.partition(':')[0]}").read_bytes() for name in files}


def office() -> str:
    """Return the path of LibreOffice's program; skip or fail the test where there is none."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("soffice is not installed")
        pytest.skip("soffice (LibreOffice) is not installed")
    return program
