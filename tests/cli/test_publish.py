"""`publish`, `verify` and `keys trust` as they are used."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest

from assesslint.policy.trust import read_trust
from tests.cli.conftest import Run
from tests.publication.papers import BAD, GOOD, NOTICE, NOTICED

ROOT = Path(__file__).parent.parent.parent
KEY = ("--key", "keys/signing-key.pem")


@pytest.fixture(autouse=True)
def office(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory with drafts and a key in it, which nobody trusts yet."""
    monkeypatch.setattr("assesslint.policy.trust.trust_file", lambda: folder / "config" / "trusted.json")
    for name, text in (("good", GOOD), ("noticed", NOTICED), ("bad", BAD)):
        Path(f"{name}.assess").write_text(text, encoding="utf-8")
    assert run("keys", "new", "--out", "keys").exit_code == 0
    return folder


def trusted(run: Run) -> None:
    assert run("keys", "trust", "keys/signing-key.pub.pem").exit_code == 0


def test_a_good_draft_is_published_and_verified_by_who_trusts_its_key(run: Run) -> None:
    result = run("publish", "good.assess", *KEY, "-o", "out")
    assert result.exit_code == 0 and result.output.startswith("已签发《数字政务考核细则》，写在 out\n")
    result = run("verify", "out")
    assert result.exit_code == 1 and "assesslint keys trust" in result.output
    trusted(run)
    result = run("verify", "out", "--lang", "en")
    assert result.exit_code == 0 and result.output.startswith("It holds: 数字政务考核细则\n")


def test_a_bad_draft_is_refused_with_what_is_wrong_and_nothing_written(run: Run, office: Path) -> None:
    result = run("publish", "bad.assess", *KEY, "-o", "out")
    assert result.exit_code == 1 and "bad.assess:7" in result.output and "download-quota" in result.output
    assert result.output.rstrip().endswith("没有签发：\n  有 1 处错误，须先改好")
    assert not Path("out").exists() and not list(office.glob(".assesslint*"))


def test_a_notice_is_acknowledged_with_a_reason_that_verify_tells(run: Run) -> None:
    trusted(run)
    assert f'--acknowledge "{NOTICE}"' in run("publish", "noticed.assess", *KEY, "-o", "out").output
    result = run("publish", "noticed.assess", *KEY, "-o", "out", "--acknowledge", NOTICE, "--reason", "排版留下的，没有遮住字")
    assert result.exit_code == 0
    assert f"认可的提示 {NOTICE}：排版留下的，没有遮住字" in run("verify", "out").output


APPROVAL = ("--reason", "防汛值守", "--approver", "减负办", "--until", (date.today() + timedelta(days=90)).isoformat())
APPROVING = ("--key", "approver/signing-key.pem")


def checked_in(run: Run) -> None:
    """Write a draft in which two indicators ask for check-ins, and make an approver's key."""
    text = GOOD.replace("扣1分", "扣1分，工作人员每日手机打卡，缺一次扣0.1分").replace("扣2分", "扣2分，工作人员每日手机打卡")
    Path("check-in.assess").write_text(text, encoding="utf-8")
    assert run("keys", "new", "--out", "approver").exit_code == 0


def test_a_draft_is_published_with_waivers_that_its_approver_signed(run: Run) -> None:
    trusted(run)
    checked_in(run)
    result = run("waive", "check-in.assess", "check-in", *APPROVAL, *APPROVING, "-o", "w.json")
    assert result.exit_code == 2 and "“事项办理”、“材料免交”；请用 --indicator" in result.stderr
    for name, file in (("事项办理", "w1.json"), ("材料免交", "w2.json")):
        result = run("waive", "check-in.assess", "check-in", "--indicator", name, *APPROVAL, *APPROVING, "-o", file)
        assert result.exit_code == 0 and result.output.startswith(f"已签署豁免：规则 check-in，“{name}”，减负办 批准至 ")
    publish = ("publish", "check-in.assess", *KEY, "--waivers", "w1.json", "--waivers", "w2.json", "-o", "out")
    assert "keys trust --for waivers" in run(*publish).output
    trust = ("keys", "trust", "approver/signing-key.pub.pem", "--for", "waivers", "--name", "减负办", "--rules")
    assert run(*trust, "reporting,frequent-ranking").exit_code == 0
    assert "减负办 无权豁免规则 check-in" in run(*publish).output and not Path("out").exists()
    assert run(*trust, "check-in").exit_code == 0
    assert "豁免 check-in “材料免交”：减负办 批准至 " in run(*publish).output
    assert "防汛值守" in run("verify", "out").output
    assert sorted(path.name for path in Path("out").glob("waiver*")) == ["waiver-1.dsse.json", "waiver-2.dsse.json"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bad.assess", "download-quota", *APPROVAL), "不许豁免"),
        (("good.assess", "check-in", *APPROVAL), "没有指出问题"),
        (("good.assess", "chek-in", *APPROVAL), "是不是要写 check-in"),
        (("check-in.assess", "check-in", "--indicator", "别的", *APPROVAL), "没有指出“别的”；指出的是 “事项办理”"),
        (("check-in.assess", "check-in", *APPROVAL[:-1], "2020-01-01"), "已经过去"),
        (("check-in.assess", "check-in", "--reason", " ", *APPROVAL[2:]), "不能空着"),
    ],
)
def test_a_waiver_that_could_never_hold_is_not_signed(run: Run, words: tuple[str, ...], said: str) -> None:
    checked_in(run)
    result = run("waive", *words, *APPROVING, "-o", "w.json")
    assert result.exit_code == 2 and said in result.stderr and not Path("w.json").exists()


def test_an_approver_is_trusted_for_rules_by_name_and_forgotten(run: Run) -> None:
    trust = ("keys", "trust", "keys/signing-key.pub.pem", "--for", "waivers")
    assert run(*trust).exit_code == run(*trust, "--name", "减负办").exit_code == 2
    assert run("keys", "trust", "keys/signing-key.pub.pem", "--name", "减负办", "--rules", "check-in").exit_code == 2
    assert "是不是要写 check-in" in run(*trust, "--name", "减负办", "--rules", "chek-in").stderr
    assert run(*trust, "--name", "减负办", "--rules", "check-in,local-rule-of-a-pack").exit_code == 0
    [(name, approver)] = read_trust().approvers.items()
    assert (approver.name, approver.rules) == ("减负办", {"check-in", "local-rule-of-a-pack"})
    assert run("keys", "list").output == f"批准豁免  {name}  减负办：check-in、local-rule-of-a-pack\n"
    assert run("keys", "trust", "keys/signing-key.pub.pem").output.startswith(f"签发方案  {name}  signing-key.pub.pem\n")
    assert run("keys", "trust", "--forget", name[:8]).exit_code == 0 and read_trust().approvers == read_trust().publishers == {}


def test_a_superiors_scheme_is_compared_with_at_the_gate(run: Run) -> None:
    trusted(run)
    superior = GOOD.replace("数字政务考核细则", "省级考核细则")
    Path("province.assess").write_text(superior, encoding="utf-8")
    Path("county.assess").write_text(GOOD.replace("  总分", '  上级方案: "省级考核细则"\n  总分', 1), encoding="utf-8")
    assert "写明的上级方案《省级考核细则》没有对照" in run("publish", "county.assess", *KEY, "-o", "one").output
    assert run("publish", "county.assess", *KEY, "-o", "two", "--parent", "province.assess").exit_code == 0
    assert "对照了上级方案《省级考核细则》" in run("verify", "two").output
    Path("two/parent.assess").write_text(superior + "\n", encoding="utf-8")
    assert "parent.assess 不是签发的那一份" in run("verify", "two").output
    Path("raised.assess").write_text(GOOD.replace("95%", "99%"), encoding="utf-8")
    assert run("publish", "raised.assess", *KEY, "-o", "three", "--parent", "province.assess").exit_code == 0
    assert "target-escalation" in Path("three/report.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [("--acknowledge", NOTICE), ("--reason", "x"), ("--acknowledge", NOTICE, "--reason", " ")])
def test_an_acknowledgement_needs_its_reason(run: Run, words: tuple[str, ...]) -> None:
    result = run("publish", "noticed.assess", *KEY, "-o", "out", *words)
    assert result.exit_code == 2 and "每个 --acknowledge 要有一个 --reason" in result.stderr


def test_the_same_draft_gives_the_same_bytes_wherever_it_lies(run: Run) -> None:
    Path("far/away").mkdir(parents=True)
    shutil.copy("good.assess", "far/away/other.assess")
    day = (date.today() + timedelta(days=3)).isoformat()
    assert run("publish", "good.assess", *KEY, "-o", "one", "--as-of", day).exit_code == 0
    assert run("publish", "far/away/other.assess", *KEY, "-o", "far/two", "--as-of", day).exit_code == 0
    one, two = ({file.name: file.read_bytes() for file in Path(out).iterdir()} for out in ("one", "far/two"))
    assert one == two and len(one) == 4


def test_a_past_day_is_refused(run: Run) -> None:
    result = run("publish", "good.assess", *KEY, "-o", "out", "--as-of", "2020-01-01")
    assert (result.exit_code, result.output) == (1, "没有签发：\n  不能按过去的日期（2020-01-01）签发\n")
    Path("c.toml").write_text("as-of = 2020-01-01\n", encoding="utf-8")
    assert run("publish", "good.assess", *KEY, "-o", "out", "--config", "c.toml").exit_code == 1


def test_a_configuration_is_followed_only_where_it_is_named(run: Run) -> None:
    trusted(run)
    Path("assesslint.toml").write_text('ignore = ["points-total"]\n', encoding="utf-8")
    assert "points-total" not in run("publish", "good.assess", *KEY, "-o", "one").output
    assert "未用规则 points-total" in run("publish", "good.assess", *KEY, "-o", "two", "--config", "assesslint.toml").output
    assert "未用规则 points-total" in run("verify", "two").output
    Path("assesslint.toml").write_text('ignore = ["usage-ranking", "adoption"]\n', encoding="utf-8")
    result = run("publish", "good.assess", *KEY, "-o", "three", "--config", "assesslint.toml")
    assert result.exit_code == 1 and "不许豁免，配置却没有用它" in result.output
    Path("assesslint.toml").write_text('ignore = ["no-such"]\n', encoding="utf-8")
    result = run("publish", "good.assess", *KEY, "-o", "four", "--config", "assesslint.toml")
    assert result.exit_code == 2 and "assesslint.toml:1" in result.stderr


def test_rules_that_are_not_signed_cannot_be_published_by(run: Run) -> None:
    shutil.copytree(ROOT / "examples" / "packs" / "hunan", "hunan")
    Path("c.toml").write_text('rules = "hunan"\n', encoding="utf-8")
    result = run("publish", "good.assess", *KEY, "-o", "out", "--config", "c.toml")
    assert result.exit_code == 2 and "规则要求签名" in result.stderr


def test_a_lower_pack_is_verified_by_who_trusts_and_names_it(run: Run) -> None:
    trusted(run)
    shutil.copytree(ROOT / "examples" / "packs" / "hunan", "hunan")
    assert run("rules", "sign", "hunan", *KEY, "-o", "hunan.zip").exit_code == 0
    Path("c.toml").write_text('rules = "hunan.zip"\n', encoding="utf-8")
    assert run("publish", "good.assess", *KEY, "-o", "out", "--config", "c.toml").exit_code == 2
    assert run("rules", "trust", "hunan.zip").exit_code == 0
    assert run("publish", "good.assess", *KEY, "-o", "out", "--config", "c.toml").exit_code == 0
    result = run("verify", "out")
    assert result.exit_code == 1 and "--rules 规则包.zip" in result.output
    assert run("verify", "out", "--rules", "hunan.zip").exit_code == 0


def test_a_key_for_schemes_is_no_key_for_rules(run: Run) -> None:
    assert run("rules", "trust", "keys/signing-key.pub.pem").exit_code == 0
    run("publish", "good.assess", *KEY, "-o", "out")
    assert run("verify", "out").exit_code == 1
    trusted(run)
    listed = run("keys", "list").output.splitlines()
    assert [line.split()[0] for line in listed] == ["签发方案", "规则包"]
    [name] = read_trust().publishers
    assert run("keys", "trust", "--forget", name[:8]).output.startswith("规则包")
    assert read_trust().keys and read_trust().notes
    assert run("keys", "trust", "--forget", name[:8]).exit_code == 2
    assert run("keys", "trust").exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("publish", "no.assess", *KEY, "-o", "out"), "文件不存在"),
        (("publish", "keys", *KEY, "-o", "out"), "一次一份草案"),
        (("publish", "good.assess", "--key", "good.assess", "-o", "out"), "这不是签名用的私钥文件"),
        (("publish", "good.assess", *KEY, "-o", "keys"), "不会覆盖"),
        (("verify", "nowhere"), "没有文件夹 nowhere，请核对名称"),
        (("verify", "draft.assess"), "draft.assess 是文件，请写所在的文件夹，即 assesslint publish 写出的那个"),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2 and said in result.stderr


def test_a_file_that_is_not_read_is_refused(run: Run) -> None:
    Path("draft.exe").write_bytes(b"MZ")
    result = run("publish", "draft.exe", *KEY, "-o", "out")
    assert result.exit_code == 1 and "没有读出一项指标" in result.output and not Path("out").exists()


def test_a_draft_without_a_suffix_is_published_as_what_it_is(run: Run) -> None:
    trusted(run)
    shutil.copy(ROOT / "examples" / "16-good-rural-roads.md", "roads")
    assert run("publish", "roads", *KEY, "-o", "out").exit_code == 0
    [original] = Path("out").glob("original.*")
    assert original.read_bytes() == Path("roads").read_bytes()
    assert run("verify", "out").exit_code == 0


def test_the_paper_finally_issued_is_compared(run: Run) -> None:
    trusted(run)
    shutil.copy(ROOT / "examples" / "16-good-rural-roads.md", "roads.md")
    assert run("publish", "roads.md", *KEY, "-o", "out").exit_code == 0
    text = Path("roads.md").read_text(encoding="utf-8")
    Path("same.md").write_text(text, encoding="utf-8")
    result = run("verify", "out", "--issued", "same.md")
    assert result.exit_code == 0 and result.output.endswith("印发稿的指标与签发的相同\n")
    Path("other.md").write_text(text.replace("应急抢通", "应急通行"), encoding="utf-8")
    result = run("verify", "out", "--issued", "other.md")
    assert result.exit_code == 1 and "核验无误" in result.output and "印发稿没有指标“应急抢通”" in result.output
    empty = docx.Document()
    empty.add_paragraph("关于放假的通知")
    empty.save("empty.docx")
    result = run("verify", "out", "--issued", "empty.docx")
    assert result.exit_code == 2 and "没有读出指标" in result.stderr
