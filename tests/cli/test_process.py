"""The command as a process of its own: pipes, encodings, interrupts, and the Python API without heavy imports."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "assesslint.cli.main"]


def test_findings_end_the_process_with_one(folder: Path) -> None:
    done = subprocess.run([*COMMAND, "check", "draft.assess"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "download-quota" in done.stdout.decode()


def test_a_closed_pipe_is_silent(folder: Path) -> None:
    words = ["check", "draft.assess", "--format", "json"]
    with subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_terminal_without_chinese_gets_no_traceback(folder: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([*COMMAND, "check", "draft.assess"], capture_output=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (1, b"")


def test_the_api_is_imported_only_when_called_for() -> None:
    code = "import sys, assesslint; print([m for m in ('lark', 'click', 'pydantic') if m in sys.modules], callable(assesslint.check))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[] True\n"


def test_checking_text_imports_nothing_it_does_not_need(folder: Path) -> None:
    code = (
        "import sys, assesslint; assesslint.check(['draft.assess']);"
        "print([m for m in ('pydantic', 'jsonschema', 'rapidfuzz') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be told to end in order")
def test_a_run_that_is_told_to_end_leaves_no_folder_behind(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr("pack.toml", 'id = "own"\nversion = "1"\nextends = "central"\n')
    (tmp_path / "unpacked").mkdir()
    words = ["check", "-", "--rules", str(tmp_path / "pack.zip")]
    environment = {**os.environ, "TMPDIR": str(tmp_path / "unpacked")}
    with subprocess.Popen([*COMMAND, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        while process.poll() is None and not list((tmp_path / "unpacked").iterdir()):
            time.sleep(0.05)
        process.terminate()
        assert process.wait() == 143
    assert not list((tmp_path / "unpacked").iterdir())
