"""Input nobody should send: each gets a clear finding with its place, and never a traceback or silence."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import DRAFT, Run

QUOTA = "download-quota"


def findings(run: Run, *paths: str) -> list[dict[str, Any]]:
    result = run("check", "--format", "json", "--as-of", "2026-11-23", *paths)
    assert "Traceback" not in result.output
    return json.loads(result.stdout)["findings"]  # type: ignore[no-any-return]


def rules_of(run: Run, folder: Path, name: str, data: bytes) -> list[str]:
    """Return the rules that speak of one file with these bytes."""
    (folder / name).write_bytes(data)
    return [finding["rule"] for finding in findings(run, name)]


PLAIN = "一、应用推广（10分）\n评分标准：“干部之家”APP激活率达到50%得满分，每低1个百分点扣0.5分。\n佐证材料：系统数据\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("empty.assess", b""),
        ("binary.txt", bytes(range(256)) * 40),
        ("document.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ("document.docx", b"PK\x03\x04" + bytes(200)),
        ("renamed.txt", b"PK\x03\x04" + bytes(200)),
        ("note.txt", "今天开会讨论\n".encode()),
    ],
)
def test_what_cannot_be_read_is_said(run: Run, folder: Path, name: str, data: bytes) -> None:
    assert rules_of(run, folder, name, data) in (["unreadable-file"], ["nothing-recognised"])
    assert run("check", name).exit_code in (1, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_quota_is_found_in_every_encoding(run: Run, folder: Path, encoding: str, ending: str) -> None:
    (folder / "draft.txt").write_bytes(PLAIN.replace("\n", ending).encode(encoding))
    found = [f for f in findings(run, "draft.txt") if f["rule"] == QUOTA]
    assert [(f["excerpt"], f["location"]["start"]["line"]) for f in found] == [("激活率达到50%", 2)]


@pytest.mark.parametrize("hidden", ["激\u200b活率达到50%", "激活率\u202e达到50%", "激活\ufeff率达到50%", "激 活 率 达到50％"])
def test_hidden_characters_hide_no_quota(run: Run, folder: Path, hidden: str) -> None:
    assert QUOTA in rules_of(run, folder, "draft.txt", PLAIN.replace("激活率达到50%", hidden).encode())


@pytest.mark.parametrize(
    "text",
    [
        '方案 "a" { ' + '类别 "b" { ' * 10_000,
        "{" * 10_000,
        '方案 "a" { 指标 "b" 5分 { 评分: "' + "“" * 10_000,
        DRAFT + "}" * 10_000,
    ],
    ids=["groups", "braces", "quotes", "closings"],
)
def test_deep_nesting_is_a_syntax_error(run: Run, folder: Path, text: str) -> None:
    assert "syntax-error" in rules_of(run, folder, "deep.assess", text.encode())


def test_deeply_nested_json_is_a_finding(run: Run, folder: Path) -> None:
    assert rules_of(run, folder, "deep.json", b"[" * 100_000) != []


def test_a_million_characters_on_one_line_are_read(run: Run, folder: Path) -> None:
    text = PLAIN.replace("。\n", "。" + "按照统一部署开展工作，" * 90_000 + "\n", 1)
    (folder / "long.txt").write_text(text, encoding="utf-8")
    result = run("check", "long.txt", "--select", QUOTA)
    assert QUOTA in result.output
    assert max(len(line) for line in result.output.splitlines()) < 300


def test_a_file_beyond_the_limit_is_not_read(run: Run, folder: Path) -> None:
    (folder / "assesslint.toml").write_text("[limits]\nmax-bytes = 100\n", encoding="utf-8")
    (finding,) = findings(run, "draft.assess")
    assert (finding["rule"], finding["message"]) == ("unreadable-file", "文件超过 0.0001 MB，未读取")


def test_one_bad_file_among_others_is_a_finding(run: Run, folder: Path) -> None:
    (folder / "broken.txt").symlink_to(folder / "none.txt")
    (folder / "empty.txt").touch()
    result = run("check", ".", "--select", QUOTA)
    assert result.exit_code == 1
    assert "broken.txt  错误  unreadable-file\n  链接指向的文件不存在" in result.output
    assert QUOTA in result.output


def test_no_readable_input_at_all_is_a_run_not_done(run: Run) -> None:
    assert run("check", "none.txt").exit_code == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_an_unreadable_folder_is_a_finding(run: Run, folder: Path) -> None:
    (folder / "closed").mkdir(mode=0)
    assert "unreadable-file" in {f["rule"] for f in findings(run, ".")}
