"""The web application with workers of its own, as a client sees it. Everything that it puts on the disk goes to one folder."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.linter.settings import Settings
from assesslint.web.app import Service, application
from tests.register.books import book

TODAY = date(2026, 11, 27)
LIMITS = replace(DEFAULT_LIMITS, max_bytes=3_000_000)
SERVICE = Service(Settings(as_of=TODAY, limits=LIMITS), seconds=20, rate=0)
EXAMPLES = Path(__file__).parent.parent.parent / "examples"


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder that temporary files go to."""
    folder, before = tmp_path_factory.mktemp("disk"), tempfile.tempdir
    tempfile.tempdir = str(folder)
    yield folder
    tempfile.tempdir = before


@pytest.fixture(scope="session")
def client(disk: Path) -> Iterator[TestClient]:
    with TestClient(application(SERVICE), base_url="http://localhost") as client:
        yield client


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run `assesslint serve` as its user does, on this machine, with a register; return its address without the slash at its end."""
    command = [sys.executable, "-m", "assesslint.cli.main", "serve", "--port", "0", "--rate", "0", "--seconds", "30"]
    folder = tmp_path_factory.mktemp("served")
    command += ["--register", book(folder, 3)]
    (folder / "disk").mkdir()
    around = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent), "TMPDIR": str(folder / "disk")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=folder, env=around) as server:
        assert server.stderr is not None
        told = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline())
        try:
            assert told
            yield told[0]
        finally:
            server.send_signal(signal.SIGINT)
            rest = server.stderr.read()
    assert server.returncode == 0
    assert rest == ""
    assert list((folder / "disk").iterdir()) == []
