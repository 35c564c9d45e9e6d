"""`check` in a repository with old drafts in it: baseline, ratchet, statistics, watching."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import DRAFT, Run

ONLY = ("--select", "download-quota,check-in", "--as-of", "2026-11-23")
KNOWN = ("--baseline", "known.json")


def known(folder: Path) -> list[dict[str, object]]:
    return json.loads((folder / "known.json").read_text(encoding="utf-8"))["known"]  # type: ignore[no-any-return]


def test_what_was_there_is_known_and_what_is_new_fails(run: Run, folder: Path) -> None:
    made = run("check", ".", *ONLY, *KNOWN, "--update-baseline")
    assert (made.exit_code, len(known(folder))) == (0, 2)
    assert "没有新问题" in made.stdout
    assert "存量清单 known.json 有 2 处\n" in made.stderr
    again = run("check", ".", *ONLY, *KNOWN)
    assert again.exit_code == 0
    assert "已知 2 处" in again.stdout
    added = DRAFT.replace("佐证: 现场核查", "佐证: 打卡记录")
    (folder / "draft.assess").write_text(added, encoding="utf-8")
    new = run("check", ".", *ONLY, *KNOWN, "--format", "json")
    said = json.loads(new.stdout)
    assert new.exit_code == 1
    assert ([f["excerpt"] for f in said["findings"]], said["summary"]["known"], len(said["known"])) == (["打卡记录"], 2, 2)


def test_what_was_mended_is_told_and_taken_out_and_nothing_is_added(run: Run, folder: Path) -> None:
    run("check", ".", *ONLY, *KNOWN, "--update-baseline")
    mended = DRAFT.replace("工作人员每日手机打卡，缺一次扣0.1分", "抽查发现脱岗的每次扣0.1分").replace("50%", "60%")
    (folder / "draft.assess").write_text(mended, encoding="utf-8")
    told = run("check", ".", *ONLY, *KNOWN)
    assert told.exit_code == 1  # 60% is a new finding, in other words
    assert "存量清单里有 2 处已不再出现" in told.stdout
    by_count = run("check", ".", *ONLY, *KNOWN, "--ratchet")
    assert by_count.exit_code == 0
    assert "存量清单里有 1 处已不再出现" in by_count.stdout
    updated = run("check", ".", *ONLY, *KNOWN, "--ratchet", "--update-baseline")
    assert "存量清单 known.json 有 1 处，去掉了 1 处\n" in updated.stderr
    assert [entry["rule"] for entry in known(folder)] == ["download-quota"]
    (folder / "draft.assess").write_text(DRAFT, encoding="utf-8")
    assert run("check", ".", *ONLY, *KNOWN, "--ratchet").exit_code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (KNOWN, "没有存量清单 known.json；首次使用请加 --update-baseline 生成"),
        (("--update-baseline",), "请用 --baseline 写明存量清单的文件名"),
        (("--baseline", "draft.assess"), "draft.assess：不是存量清单文件"),
        (("--baseline", "nowhere/known.json", "--update-baseline"), "没有文件夹"),
        (("--changed", "HEAD"), "不在 git 仓库里"),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run("check", "draft.assess", *ONLY, *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_draft_is_never_written_over_by_the_baseline(run: Run, folder: Path) -> None:
    result = run("check", "draft.assess", *ONLY, "--baseline", "draft.assess", "--update-baseline")
    assert result.exit_code == 2
    assert (folder / "draft.assess").read_text(encoding="utf-8") == DRAFT


def test_statistics_count(run: Run) -> None:
    result = run("check", ".", *ONLY, "--statistics")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert any(line.split() == ["合计", "2", "0", "0"] for line in lines)
    assert any(line.startswith("download-quota") for line in lines)
    assert lines[-1].startswith("检查了 1 个文件、2 项指标，其中 2 项有问题")


def test_watching_checks_again_at_each_change_until_it_is_ended(folder: Path) -> None:
    pytest.importorskip("watchfiles")
    command = [sys.executable, "-m", "assesslint.cli.main", "check", ".", "--statistics", "--watch", *ONLY]
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    out = folder / "out.txt"  # what is printed may go into the folder that is watched
    with out.open("wb") as stream:
        process = subprocess.Popen(command, cwd=folder, stdout=stream, stderr=subprocess.STDOUT, env=environment)
    try:
        assert _comes(out, "正在等待改动", 1)
        (folder / "draft.assess").write_text(DRAFT.replace("激活率达到50%", "按期办结率达到95%"), encoding="utf-8")
        assert _comes(out, "正在等待改动", 2)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
    text = out.read_text(encoding="utf-8")
    assert text.count("其中 2 项有问题") == 1
    assert "其中 1 项有问题" in text


def test_what_lies_in_no_folder_cannot_be_watched(run: Run, folder: Path) -> None:
    pytest.importorskip("watchfiles")
    result = run("check", "nowhere/draft.txt", "--watch")
    assert (result.exit_code, result.stderr) == (2, f"没有文件夹 {folder / 'nowhere'}，不能等它改动\n")


def _comes(file: Path, words: str, times: int) -> bool:
    """Wait until a file has some words so many times."""
    for _ in range(1200):
        if file.read_text(encoding="utf-8", errors="replace").count(words) >= times:
            return True
        time.sleep(0.1)
    return False
