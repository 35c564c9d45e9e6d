"""The web application with workers of its own, as a client sees it. Everything that it puts on the disk goes to one folder."""

from __future__ import annotations

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
