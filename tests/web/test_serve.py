"""`assesslint serve` that cannot serve says why, in plain words, before anything is started."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from assesslint.cli.main import main


def refused(*words: str) -> str:
    result = CliRunner().invoke(main, ["serve", *words])
    assert result.exit_code == 2
    return result.stderr


def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"端口 {port} 已被占用" in refused("--port", str(port))
        assert f"Port {port} is in use" in refused("--port", str(port), "--lang", "en")


def test_an_address_that_is_not_ours_is_named() -> None:
    assert "203.0.113.7" in refused("--host", "203.0.113.7")


def test_a_register_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "nowhere.db" in refused("--register", "nowhere.db")
    assert not list(tmp_path.iterdir())
