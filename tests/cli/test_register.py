"""`register` and `verify --proof` as they are used."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.publication.papers import GOOD

KEY = ("--key", "keys/signing-key.pem")
KEEPER = ("--key", "keeper/signing-key.pem")


@pytest.fixture(autouse=True)
def published(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working directory with a published scheme, and keys of a publisher and of the register's keeper that are trusted."""
    monkeypatch.setattr("assesslint.policy.trust.trust_file", lambda: folder / "config" / "trusted.json")
    town = GOOD.replace("  总分", "  对象: 乡镇\n  周期: 2026-01-01 至 2027-12-31\n  总分", 1)
    text = town.replace("扣1分", "扣1分，工作人员每日手机打卡，缺一次扣0.1分", 1)
    Path("a.assess").write_text(text, encoding="utf-8")
    last = (date.today() + timedelta(days=9)).isoformat()
    for words in (
        ("keys", "new", "--out", "keys"),
        ("keys", "new", "--out", "keeper"),
        ("keys", "trust", "keys/signing-key.pub.pem"),
        ("keys", "trust", "keeper/signing-key.pub.pem", "--for", "register"),
        ("keys", "trust", "keys/signing-key.pub.pem", "--for", "waivers", "--name", "减负办", "--rules", "check-in"),
        ("waive", "a.assess", "check-in", "--reason", "汛期", "--approver", "减负办", "--until", last, *KEY, "-o", "w.json"),
        ("publish", "a.assess", *KEY, "--waivers", "w.json", "-o", "签发"),
    ):
        assert run(*words).exit_code == 0


def registered(run: Run) -> None:
    assert run("register", "add", "登记簿.db", "签发", *KEEPER).output == "已登记《数字政务考核细则》，第 0 项\n"


def test_an_inspector_sees_what_is_in_force_under_which_rules_and_what_was_waived_by_whom(run: Run) -> None:
    registered(run)
    told = run("register", "list", "登记簿.db", "--for", "清河县双桥镇").output
    for words in ("第 0 项  《数字政务考核细则》  清河县大数据局", "2026-01-01 起至 2027-12-31；对象 乡镇；指标 2 项", "规则 central "):
        assert words in told
    assert "豁免 check-in “事项办理”：减负办 批准至 " in told and "，汛期" in told and told.endswith(" 生效的方案 1 份\n")
    assert "（已到期）" in run("register", "list", "登记簿.db", "--on", "2027-12-01").output
    for words in (("--for", "白石县双桥镇"), ("--issuer", "教育局"), ("--on", "2028-01-01"), ("--for", "学校")):
        assert run("register", "list", "登记簿.db", *words).output.endswith("方案 0 份\n")
    assert run("register", "list", "登记簿.db", "--all", "--lang", "en").output.endswith("1 scheme\n")
    [found] = json.loads(run("register", "list", "登记簿.db", "--format", "json").output)
    assert (found["number"], found["record"]["waivers"][0]["approver"]) == (0, "减负办")
    assert run("register", "list", "登记簿.db", "--all", "--on", "2028-01-01").exit_code == 2


def test_a_keeper_is_trusted_for_registers_alone_and_forgotten(run: Run) -> None:
    registered(run)
    [line] = [line for line in run("keys", "list").output.splitlines() if line.startswith("登记簿")]
    assert run("keys", "trust", "--forget", line.split()[1]).exit_code == 0
    result = run("register", "audit", "登记簿.db")
    assert result.exit_code == 1 and "keys trust --for register" in result.output


def test_what_does_not_hold_is_not_registered(run: Run) -> None:
    Path("签发/report.json").write_bytes(b"{}")
    result = run("register", "add", "登记簿.db", "签发", *KEEPER)
    assert result.exit_code == 1 and "report.json" in result.output and result.output.endswith("没有登记\n")
    assert not Path("登记簿.db").exists()


def test_the_same_is_registered_once(run: Run) -> None:
    registered(run)
    assert "已经登记过了，是第 0 项" in run("register", "add", "登记簿.db", "签发", *KEEPER).stderr


def test_a_proof_is_verified_offline_by_who_trusts_the_keeper(run: Run) -> None:
    registered(run)
    assert run("register", "prove", "登记簿.db", "签发", "-o", "证明.json").output == "已写出第 0 项的登记证明 证明.json\n"
    Path("登记簿.db").unlink()
    result = run("verify", "签发", "--proof", "证明.json")
    assert result.exit_code == 0 and "登记无误：" in result.output
    assert run("publish", "a.assess", *KEY, "--waivers", "w.json", "-o", "再签", "--lang", "en").exit_code == 0
    result = run("verify", "再签", "--proof", "证明.json")
    assert result.exit_code == 1 and "另一份方案的登记证明" in result.output
    Path("证明.json").write_bytes(Path("证明.json").read_bytes()[:-2])
    result = run("verify", "签发", "--proof", "证明.json")
    assert result.exit_code == 1 and "不是登记证明，或改动过" in result.output


def test_an_audit_names_what_was_changed_and_with_an_earlier_proof_what_was_cut_off(run: Run) -> None:
    registered(run)
    assert run("publish", "a.assess", *KEY, "--waivers", "w.json", "-o", "再签", "--lang", "en").exit_code == 0
    assert run("register", "add", "登记簿.db", "再签", *KEEPER).exit_code == 0
    run("register", "prove", "登记簿.db", "1", "-o", "证明.json")
    assert run("register", "audit", "登记簿.db", "--since", "证明.json").output == "登记簿无改动，共 2 项\n"
    with sqlite3.connect("登记簿.db") as connection:
        for change in ("scheme where entry = 1", "entry where number = 1", "head where size = 2", "node where number > 0"):
            connection.execute(f"delete from {change}")  # noqa: S608
    assert run("register", "audit", "登记簿.db").exit_code == 0
    result = run("register", "audit", "登记簿.db", "--since", "证明.json")
    assert result.exit_code == 1 and "签过 2 项，现在只有 1 项" in result.output
    with sqlite3.connect("登记簿.db") as connection:
        connection.execute("update entry set record = cast(replace(record, '汛期', '防汛') as blob)")
    assert "第 0 项的记录被改过" in run("register", "audit", "登记簿.db").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "no.db"), "没有登记簿 no.db"),
        (("list", "a.assess"), "登记簿 a.assess 不能读写"),
        (("audit", "postgresql://u:geheim@127.0.0.1:1/x"), "postgresql://u:***@127.0.0.1:1/x"),
        (("audit", "登记簿.db", "--since", "a.assess"), "不是登记证明"),
        (("prove", "登记簿.db", "7", "-o", "p.json"), "没有第 7 项"),
        (("prove", "登记簿.db", "keys", "-o", "p.json"), "keys 没有登记过"),
        (("add", "登记簿.db", "nowhere", *KEEPER), "没有文件夹 nowhere"),
        (("add", "登记簿.db", "签发", "--key", "a.assess"), "这不是签名用的私钥文件"),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, words: tuple[str, ...], said: str) -> None:
    registered(run)
    result = run("register", *words)
    assert result.exit_code == 2 and said in result.stderr and "geheim" not in result.stderr
