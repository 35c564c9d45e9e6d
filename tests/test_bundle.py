"""The bundle for office machines: a wheel of all it needs for every kind of machine; on this one it installs and runs without a network."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from email.parser import HeaderParser
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).parents[1]
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def _builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bundle_build", ROOT / ".bundle" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BUILDER = _builder()


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle for this Python, built from the registry the machine knows."""
    if not os.environ.get("CI"):
        pytest.skip("fetches 70 MB of wheels; CI=1 tries it")
    out = tmp_path_factory.mktemp("bundle") / "bundle"
    built = subprocess.run([sys.executable, ROOT / ".bundle" / "build.py", out, VERSION], check=False, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return out


@pytest.mark.parametrize("name", BUILDER.MACHINES)
def test_a_wheel_of_every_dependency_is_there(bundle: Path, name: str) -> None:
    machine = BUILDER.MACHINES[name]
    wheels = {}
    for path in (bundle / "wheels").iterdir():
        project, _, _, tags = parse_wheel_filename(path.name)
        if any(_installs(tag.interpreter, tag.abi, tag.platform, machine.tags) for tag in tags):
            wheels[project] = path
    environment = BUILDER.environment(machine, VERSION)
    missing, waiting, met = [], [("assesslint", "desk")], set()
    while waiting:
        project, extra = waiting.pop()
        if (project, extra) in met:
            continue
        met.add((project, extra))
        if project not in wheels:
            missing.append(project)
            continue
        for line in _metadata(wheels[project]):
            required = Requirement(line)
            if required.marker is None or required.marker.evaluate({**environment, "extra": extra}):
                waiting += [(canonicalize_name(required.name), extra) for extra in (*required.extras, "")]
    assert missing == []
    assert len(met) > 20


def _installs(interpreter: str, abi: str, platform: str, tags: tuple[str, ...]) -> bool:
    ours = f"cp{VERSION.replace('.', '')}"
    fits = interpreter in (ours, "py3", f"py{VERSION[0]}") or (abi == "abi3" and interpreter.startswith("cp3"))
    return fits and abi in (ours, "abi3", "none") and platform in (*tags, "any")


def _metadata(wheel: Path) -> list[str]:
    with ZipFile(wheel) as file:
        [name] = [name for name in file.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
        return HeaderParser().parsestr(file.read(name).decode()).get_all("Requires-Dist") or []


CLIENT = """
import json, re, subprocess, sys, urllib.error, urllib.parse, urllib.request
command = [sys.executable, sys.argv[1], "--no-browser", "--port", "0"]
process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=sys.stderr, text=True)
try:
    address = next(found[0] for line in process.stderr if (found := re.search(r"http://127[.]0[.]0[.]1:[0-9]+", line)))
    page = urllib.request.urlopen(address, timeout=60).read().decode()
    form = urllib.parse.urlencode({"name": "draft.txt", "text": sys.argv[2]}).encode()
    report = json.load(urllib.request.urlopen(address + "/api/v1/check", data=form, timeout=120))
    json.dump({"page": page, "report": report}, sys.stdout)
finally:
    process.terminate()
    process.wait()
"""
"""Run where there is no network: starts the program, opens its page and has a draft checked."""

DRAFT = "2026年度数字政务工作考核细则\n一、平台推广（30分）\n评分标准：“清河办”APP注册率达到80%得满分，每低1个百分点扣0.5分。\n"


def test_it_installs_and_runs_without_a_network(bundle: Path, tmp_path: Path) -> None:
    assert sorted(path.name for path in bundle.iterdir()) == ["start.py", "wheels", "使用说明.html"]
    run = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", sys.executable, "-c", CLIENT, bundle / "start.py", DRAFT]
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    done = subprocess.run(run, check=False, env=bare, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert "严禁上传涉密文件" in answer["page"]
    assert "download-quota" in {finding["rule"] for finding in answer["report"]["findings"]}
