"""What the benchmarks measured, printed below pytest-benchmark's own table: rates, and the ratios that must hold."""

from __future__ import annotations

import pytest
from _pytest.terminal import TerminalReporter

MEASURED = pytest.StashKey[list[str]]()


@pytest.fixture
def said(request: pytest.FixtureRequest) -> list[str]:
    """Return the lines to print at the end of the run."""
    return request.config.stash.setdefault(MEASURED, [])


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    lines = terminalreporter.config.stash.get(MEASURED, [])
    if lines:
        terminalreporter.section("rates and ratios")
        for line in lines:
            terminalreporter.write_line(line)
