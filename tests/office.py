"""LibreOffice, as tests use it: to open what we write and save it again."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.programs import program

SECONDS = 120
SECONDS_A_FILE = 5

def converted(folder: Path, name: str, data: bytes, form: str) -> bytes:
    """Return a file as LibreOffice opens and saves it. Without LibreOffice the test is skipped, or fails where CI is set."""
    return all_converted(folder, {name: data}, form)[name]


def all_converted(folder: Path, files: Mapping[str, bytes], form: str, reader: str = "") -> dict[str, bytes]:
    """Return files, by name, as one run of LibreOffice opens and saves them: a suffix, or one with a filter such as `txt:Text`.

    `reader` is the filter to open them with, where LibreOffice is not to choose.
    """
    out = folder / "out"
    for name, data in files.items():
        (folder / name).write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    opened = [f"--infilter={reader}"] if reader else []
    command = [office(), home, "--headless", *opened, "--convert-to", form, "--outdir", str(out), *(str(folder / name) for name in files)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS + SECONDS_A_FILE * len(files))
    return {name: (out / name).with_suffix(f".{form.partition(':')[0]}").read_bytes() for name in files}


def with_all_changes(folder: Path, data: bytes) -> tuple[bytes, bytes]:
    """Return a Word file as LibreOffice saves it with all tracked changes accepted, and with all of them rejected."""
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([office(), home, "--headless", "--terminate_after_init"], check=True, capture_output=True, timeout=SECONDS)
    (folder / "profile/user/basic/Standard/Module1.xba").write_text(_SETTLE, encoding="utf-8")
    (folder / "changed.docx").write_bytes(data)
    settled = []
    for what in ("Accept", "Reject"):
        source, target = folder / "changed.docx", folder / f"{what}.docx"
        call = f'macro:///Standard.Module1.Settle("{source}","{target}",".uno:{what}AllTrackedChanges")'
        subprocess.run([office(), home, "--headless", call], check=True, capture_output=True, timeout=SECONDS)
        settled.append(target.read_bytes())
    return settled[0], settled[1]


_SETTLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(source As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = &quot;Hidden&quot;
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), &quot;_blank&quot;, 0, hidden())
  dispatcher = createUnoService(&quot;com.sun.star.frame.DispatchHelper&quot;)
  dispatcher.executeDispatch(document.CurrentController.Frame, command, &quot;&quot;, 0, Array())
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = &quot;FilterName&quot;
  form(0).Value = &quot;MS Word 2007 XML&quot;
  document.storeToURL(ConvertToURL(target), form())
  document.close(True)
End Sub
</script:module>
"""
"""A macro for LibreOffice: it has no other way to settle changes without a screen."""


def office() -> str:
    """Return the path of LibreOffice's program; skip or fail the test where there is none."""
    return program("soffice")
