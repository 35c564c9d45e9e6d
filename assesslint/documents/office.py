"""A file LibreOffice opens → the same as .docx or .xlsx, made by LibreOffice where it is installed.

It works in a private folder that goes afterwards, with a profile of its own in which macros and links to other files are off, and is
ended with all it started when its time is up.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from assesslint.documents.limits import Limits
from assesslint.documents.unreadable import UnreadableError, raised

_PLACES = (
    "/usr/bin/soffice",
    "/usr/local/bin/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.com",
    "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.com",
)
"""Where installers put it; soffice.com is the one that on Windows waits until the work is done."""

TARGETS = {
    **dict.fromkeys((".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ott", ".fodt", ".uot"), ".docx"),
    **dict.fromkeys((".xls", ".xlt", ".et", ".ett", ".ods", ".ots", ".fods"), ".xlsx"),
}
"""What a file of each kind is turned into."""

FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}

_OLD_FILTERS = {".docx": "MS Word 97", ".xlsx": "MS Excel 97"}
"""By which compound files are read; left to itself, LibreOffice takes a damaged one for plain text."""

_MOST_MEMORY = 6_000_000_000
"""Bytes of addresses LibreOffice may take, where the system can bound them; an ordinary file takes a third."""

_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macro runs, no link is followed; should one be, it ends at a proxy that is not there."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'


def find_office() -> str | None:
    """Return the program of LibreOffice, None when it is not installed."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return named or next((place for place in _PLACES if Path(place).is_file()), None)


def converted(data: bytes, suffix: str, target: str, limits: Limits) -> bytes:
    """Return a file with this suffix as one of `target` (.docx or .xlsx). Raises UnreadableError: also where LibreOffice is missing."""
    from assesslint.documents.recognised import OLE

    program = find_office()
    if program is None:
        raise _missing(suffix, target)
    with tempfile.TemporaryDirectory(prefix="assesslint-", ignore_cleanup_errors=True) as folder:
        given, profile, out = Path(folder, f"draft{suffix}"), Path(folder, "profile"), Path(folder, "out")
        given.write_bytes(data)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", f"-env:UserInstallation={profile.as_uri()}"]
        if data.startswith(OLE):
            options.append(f"--infilter={_OLD_FILTERS[target]}")
        _run([program, *options, "--convert-to", FILTERS[target], "--outdir", str(out), str(given)], folder, suffix, target, limits)
        made = out / f"draft{target}"
        if not made.is_file() or made.stat().st_size > limits.max_unpacked_bytes:
            raise UnreadableError(
                f"LibreOffice 打不开这个 {suffix} 文件，可能设有打开密码或已损坏；请在 Word 或 WPS 中另存为 {target} 再检查",
                f"LibreOffice could not open this {suffix} file, for a password or damage; save it as {target} and check that",
            )
        return made.read_bytes()


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f"{_HEAD}{items}</oor:items>"


def _run(command: list[str], folder: str, suffix: str, target: str, limits: Limits) -> None:
    """Run LibreOffice to its end or that of its time. Raises UnreadableError when it takes too long."""
    places = ("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=folder,
        env={**os.environ, **dict.fromkeys(places, folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _bound_memory(process.pid)
        process.wait(limits.conversion_seconds)
    except subprocess.TimeoutExpired as error:
        way_out = raised("conversion-seconds")
        raise UnreadableError(
            f"LibreOffice 转换这个 {suffix} 文件超过 {limits.conversion_seconds} 秒，已停止；"
            f"请在 Word 或 WPS 中另存为 {target} 再检查，{way_out[0]}",
            f"LibreOffice took more than {limits.conversion_seconds} seconds over this {suffix} file and was ended; save it as {target}, "
            f"{way_out[1]}",
        ) from error
    finally:
        _end(process)


def _bound_memory(pid: int) -> None:
    """Bound the memory of a process and of those it starts, where the system can (Linux)."""
    if sys.platform == "linux":
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all it started that still runs."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _missing(suffix: str, target: str) -> UnreadableError:
    packages = "libreoffice-writer libreoffice-calc"
    return UnreadableError(
        f"读取 {suffix} 文件要用 LibreOffice，本机没有找到。可在 Word 或 WPS 中另存为 {target} 再检查；或安装 LibreOffice 后重试："
        f"Windows、macOS 从 https://www.libreoffice.org 下载，Ubuntu、统信、麒麟等运行 sudo apt install {packages}",
        f"{suffix} files are read through LibreOffice, which was not found. Save the file as {target} in Word or WPS and check that, "
        f"or install it: from https://www.libreoffice.org on Windows and macOS, by sudo apt install {packages} on Debian and its kin",
    )
