"""requirements-desk.lock and this checkout → a folder to carry to office machines without a network: wheels, a start script, a guide.

`python .bundle/build.py OUT VERSION…` lays it out for the Python versions named. Each wheel is fetched by its hash for each kind of
machine; a dependency without a wheel for one of them ends the build with its name.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

HERE = Path(__file__).parent
ROOT = HERE.parent
LOCK = ROOT / "requirements-desk.lock"
LAID = ("start.py", "使用说明.html")
"""What lies beside the wheels."""

_ENTRY = re.compile(r"^\w.*?(?=^\w|\Z)", re.MULTILINE | re.DOTALL)
"""A requirement of a lock file with its hashes, which are indented."""
_MARKER = re.compile(r" ;[^\\\n]*(?= \\$)", re.MULTILINE)


@dataclass(frozen=True)
class Machine:
    """A kind of machine: the tags of the wheels it can install, and what the markers of PEP 508 are on it.

    Linux is glibc 2.28 and later (PEP 600), that of the systems on office desks in China.
    """

    tags: tuple[str, ...]
    markers: dict[str, str]


def _linux(machine: str) -> Machine:
    tags = (f"manylinux_2_28_{machine}", f"manylinux_2_17_{machine}", f"manylinux2014_{machine}")
    return Machine(tags, {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": machine})


MACHINES = {
    "linux-x86_64": _linux("x86_64"),
    "linux-aarch64": _linux("aarch64"),
    "windows-amd64": Machine(
        ("win_amd64",), {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"}
    ),
}


def environment(machine: Machine, version: str) -> dict[str, str]:
    """Return what markers are evaluated by for a kind of machine with a Python version (3.11)."""
    here = {key: str(value) for key, value in default_environment().items()}
    return here | machine.markers | {"python_version": version, "python_full_version": f"{version}.0"}


def pinned(machine: Machine, version: str) -> Iterator[str]:
    """Yield the entries of the lock file that a kind of machine needs, without markers: pip would read those by the machine it runs on."""
    there = environment(machine, version)
    for entry in _ENTRY.findall(LOCK.read_text(encoding="utf-8")):
        required = Requirement(entry.partition("\\")[0].partition("#")[0])
        if required.marker is None or required.marker.evaluate(there):
            yield _MARKER.sub("", entry, count=1)


def build(out: Path, versions: list[str]) -> None:
    """Lay the bundle out in an empty folder. Raises CalledProcessError where a wheel is not to be had; pip has said which."""
    wheels = out / "wheels"
    for machine in MACHINES.values():
        for version in versions:
            _fetch(machine, version, wheels)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)]
    subprocess.run(pip, check=True)  # noqa: S603 - a fixed list of words, and paths of this checkout
    for name in LAID:
        shutil.copy(HERE / name, out)


def _fetch(machine: Machine, version: str, wheels: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text("".join(pinned(machine, version)), encoding="utf-8")
        tags = [word for tag in machine.tags for word in ("--platform", tag)]
        abis = [word for abi in (f"cp{version.replace('.', '')}", "abi3", "none") for word in ("--abi", abi)]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:"]
        command += ["--implementation", "cp", "--python-version", version, *tags, *abis]
        command += ["--dest", str(wheels), "--requirement", str(wanted)]
        subprocess.run(command, check=True)  # noqa: S603 - as above


if __name__ == "__main__":
    target, *versions = sys.argv[1:]
    shutil.rmtree(target, ignore_errors=True)
    build(Path(target), versions)
