"""`assesslint lsp` tells who starts it by hand, or without what it needs, what to do instead."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.conftest import Run


def test_without_its_extra_it_says_how_to_get_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "assesslint.lsp.server", None)
    result = run("lsp")
    assert (result.exit_code, result.stderr) == (2, "语言服务需要另外安装，请运行 pip install 'assesslint[lsp]'\n")
    assert "installed apart" in run("lsp", "--lang", "en").stderr


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals of its own making")
def test_in_a_terminal_it_says_who_starts_it() -> None:
    master, terminal = os.openpty()
    command = [sys.executable, "-m", "assesslint.cli.main", "lsp"]
    result = subprocess.run(command, stdin=terminal, capture_output=True, text=True, check=False, timeout=60)
    os.close(master)
    os.close(terminal)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "语言服务由编辑器启动，在终端里没有用处；设置方法见 docs/editors.md\n"


def test_an_end_at_once_is_no_fault() -> None:
    command = [sys.executable, "-m", "assesslint.cli.main", "lsp"]
    result = subprocess.run(command, input=b"", capture_output=True, check=False, timeout=60)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
