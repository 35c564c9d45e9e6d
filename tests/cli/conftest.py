"""A folder to work in, a draft, and a way to run the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assesslint.cli.main import main

DRAFT = """方案 "数字政务考核细则" {
  依据: "列入2026年度督查检查考核计划第12项"
  指标 "应用推广" 10分 {
    评分: "“干部之家”APP激活率达到50%得满分，每低1个百分点扣0.5分"
    佐证: 系统数据
  }
  指标 "在岗情况" 5分 {
    评分: "工作人员每日手机打卡，缺一次扣0.1分"
    佐证: 现场核查
  }
}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with one draft in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.assess").write_text(DRAFT, encoding="utf-8")
    return tmp_path


Run = Callable[..., Result]


@pytest.fixture
def run(folder: Path) -> Run:
    """Run the command as a user would; the exit code is the process's."""

    def call(*words: str, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(main, list(words), input=stdin)
        assert isinstance(result.exception, SystemExit | None), result.exception
        return result

    return call
