"""A new rule's page: it does not load while a blank is left, and loads when all are filled."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from assesslint.cli.main import main
from assesslint.policy.page import BLANK
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import load_rulebook
from assesslint.policy.scaffold import blanks, new_page, write_new_page

FILLED = {
    "动作，见 rules/vocabulary.toml": "install",
    "文件.条款，见 norms/；没有就写 none 和引号里的理由": 'none "试"',
    "会被指出的评分标准": "“清河办”APP安装率达到50%得满分",
    "被指出的原文": "安装率达到50%",
    "看着像、其实不该指出的评分标准": "消防设施安装率达到95%得满分",
}


def new(folder: Path, place: str, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["rules", "new", place, "--rules", str(folder), *words])
    return result.exit_code, result.output


def test_a_page_loads_and_its_examples_hold_once_its_blanks_are_filled(tmp_path: Path) -> None:
    code, said = new(tmp_path, "mine/login-quota")
    page = tmp_path / "mine" / "login-quota.md"
    assert code == 0 and "  1: 中文标题，说出错在哪里" in said.splitlines()
    page.write_text(BLANK.sub(lambda blank: FILLED.get(blank[1], "某事"), page.read_text(encoding="utf-8")), encoding="utf-8")
    result = CliRunner().invoke(main, ["rules", "check", str(tmp_path), "--lang", "en"])
    assert result.exit_code == 0 and "1 rules: nothing found" in result.output, result.output


def test_a_page_with_a_blank_left_does_not_load_and_says_which(tmp_path: Path) -> None:
    write_new_page(tmp_path, "mine", "login-quota", ())
    with pytest.raises(RulebookError) as caught:
        load_rulebook(tmp_path)
    told = [(problem.line, problem.zh.removeprefix("还没有填：")) for problem in caught.value.problems]
    assert told == blanks(new_page("login-quota")) and len(told) > 20


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("login-quota", "请写成 类别/规则名"),
        ("mine/Login_Quota", "用小写字母、数字和连字符"),
        ("Mine/login", "用小写字母、数字和连字符"),
        ("../mine/login", "用小写字母、数字和连字符"),
        ("norms/login", "另有用处"),
        ("mine/download-quota", "规则名已用于 adoption/download-quota.md，没有覆盖"),
        ("mine/check-in", "上级规则包的规则"),
        ("mine/old-one", "已取消的规则"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_written(tmp_path: Path, place: str, told: str) -> None:
    pack = 'id = "own"\nversion = "1"\nextends = "central"\n[removed]\nold-one = "check-in"\n'
    (tmp_path / "pack.toml").write_text(pack, encoding="utf-8")
    (tmp_path / "adoption").mkdir()
    (tmp_path / "adoption" / "download-quota.md").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    code, said = new(tmp_path, place)
    assert code == 2 and told in said
    assert sorted(tmp_path.rglob("*")) == before and (tmp_path / "adoption" / "download-quota.md").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    code, said = new(tmp_path / "none", "mine/login", "--lang", "en")
    assert code == 2 and "There is no folder of rules" in said
