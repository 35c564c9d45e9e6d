"""`--fix`, `--unsafe` and `--diff` as a user meets them: what is written where, what is not, and what is said of it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path

import jsonschema
import pytest

from assesslint.documents.docx import read_docx
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.linter.fixes import run as fixes_run
from tests.cli.conftest import Run
from tests.documents.word_files import REVISION, docx, p, r, row, t, table
from tests.office import converted
from tests.programs import program

DRAFT = """# 清河县的草案
方案 "数字政务考核细则" {
  依据: "列入2026年度督查检查考核计划第12项"
  指标 "应用推广" 10分 {
    度量: 激活率("干部之家", 户籍人口) >= 50%
    佐证: 系统数据  # 后台
    后果: 排名, 问责
  }

  指标 "事项办理" 90分 {
    评分: "按期办结率达到95%得满分，每低1个百分点扣0.5分"
    佐证: 现场核查, 打卡记录  # 月底前
  }
}
"""
SAFE = DRAFT.replace("    后果: 排名, 问责\n", "").replace(", 打卡记录", "")
MENDED = "".join(SAFE.partition('  指标 "事项办理"')[1:]).replace("90分", "100分")


@pytest.fixture
def draft(folder: Path) -> Path:
    path = folder / "draft.assess"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def words(data: bytes) -> str:
    return read_docx("a.docx", data, DEFAULT_LIMITS).source.text


def test_safe_fixes_are_written_and_the_rest_is_reported(run: Run, draft: Path) -> None:
    result = run("check", "draft.assess", "--fix")
    assert result.exit_code == 1
    assert draft.read_text(encoding="utf-8") == SAFE
    assert "draft.assess “应用推广”  已改  usage-ranking  删去“排名”" in result.stdout
    assert "修改：已改 3 处；1 处有建议的改法，需人工确认（--fix --unsafe）。" in result.stdout
    assert "usage-accountability\n" not in result.stdout


def test_a_second_time_there_is_nothing_to_fix(run: Run, draft: Path) -> None:
    run("check", "draft.assess", "--fix", "--unsafe")
    once = draft.read_bytes()
    result = run("check", "draft.assess", "--fix", "--unsafe")
    assert (result.exit_code, draft.read_bytes()) == (0, once)
    assert once.decode() == DRAFT[: DRAFT.index('  指标 "应用')] + MENDED


def test_json_tells_what_was_fixed_and_what_can_be(run: Run, draft: Path) -> None:
    schema = json.loads(run("schema", "report").stdout)
    before = json.loads(run("check", "draft.assess", "--format", "json").stdout)
    jsonschema.validate(before, schema)
    assert {key: before["summary"][key] for key in ("fixable", "proposed", "fixed")} == {"fixable": 3, "proposed": 1, "fixed": 0}
    [fix] = [f["fix"] for f in before["findings"] if f["rule"] == "check-in"]
    [edit] = fix["edits"]
    assert (fix["safe"], fix["title"], DRAFT[edit["start"] : edit["end"]], edit["text"]) == (True, "删去“打卡记录”", ", 打卡记录", "")
    assert edit["location"]["start"] == {"line": 12, "column": 13}
    after = json.loads(run("check", "draft.assess", "--format", "json", "--fix").stdout)
    jsonschema.validate(after, schema)
    assert [f["rule"] for f in after["fixed"]] == ["usage-ranking", "check-in", "usage-accountability"]
    assert {key: after["summary"][key] for key in ("fixable", "proposed", "fixed")} == {"fixable": 0, "proposed": 1, "fixed": 3}


WAIVERS = """# 县里批准的
[[waiver]]
rule = "dual-track"
fingerprint = "aaaa"
reason = "此项已改"
approver = "县减负办"
until = 2099-12-31
scheme = "SCHEME"

# 乡里批准的
[[waiver]]
rule = "dual-track"
fingerprint = "bbbb"
reason = "别的草案"
approver = "县减负办"
until = 2099-12-31
""".replace("SCHEME", DRAFT.split('"')[1])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_waivers_that_are_not_needed_go_from_their_file(run: Run, draft: Path, folder: Path, end: str) -> None:
    (folder / "assesslint.toml").write_text('waivers = "waivers.toml"\n', encoding="utf-8")
    file = folder / "waivers.toml"
    file.write_text(WAIVERS, encoding="utf-8", newline=end)
    assert f"-fingerprint = {chr(34)}aaaa{chr(34)}" in run("check", "draft.assess", "--diff").stdout
    result = run("check", "draft.assess", "--fix")
    assert "waivers.toml  已改  waiver-unused  删去这项豁免" in result.stdout
    first, _, rest = WAIVERS.partition("[[waiver]]")
    kept = first + rest[rest.index("# 乡里") :]
    assert file.read_bytes() == kept.replace("\n", end).encode()  # the other names no scheme: it may be for one that was not judged
    run("check", "draft.assess", "--fix", "--unsafe")
    assert "[[waiver]]" not in file.read_text(encoding="utf-8")


def test_a_diff_writes_nothing_and_is_what_patch_needs(run: Run, draft: Path) -> None:
    result = run("check", "draft.assess", "--diff", "--unsafe")
    assert (result.exit_code, draft.read_text(encoding="utf-8")) == (1, DRAFT)
    assert "会改动 1 个文件，未写入" in result.stderr
    subprocess.run([program("patch"), "-p0"], input=result.stdout.encode(), check=True, capture_output=True)
    patched = draft.read_text(encoding="utf-8")
    draft.write_text(DRAFT, encoding="utf-8")
    run("check", "draft.assess", "--fix", "--unsafe")
    assert patched == draft.read_text(encoding="utf-8")
    assert run("check", "draft.assess", "--diff", "--unsafe").exit_code == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encoding_line_ends_and_permissions_stay(run: Run, folder: Path, encoding: str) -> None:
    path = folder / "draft.assess"
    text = DRAFT.replace("\n", "\r\n").encode(encoding)
    path.write_bytes(text)
    path.chmod(0o640)
    run("check", "draft.assess", "--fix")
    assert path.read_bytes() == SAFE.replace("\n", "\r\n").encode(encoding)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(run: Run, draft: Path, folder: Path) -> None:
    (folder / "link.assess").symlink_to(draft)
    run("check", "link.assess", "--fix")
    assert (folder / "link.assess").is_symlink()
    assert draft.read_text(encoding="utf-8") == SAFE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-", "--fix"), "标准输入（-）不是文件，不能修改"),
        (("draft.assess", "--unsafe"), "--unsafe 要与 --fix 或 --diff 一起用"),
        (("draft.assess", "--fix", "--watch"), "--watch 不能与 --fix、--diff 合用"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, draft: Path, words: tuple[str, ...], said: str) -> None:
    result = run("check", *words, stdin=b"")
    assert (result.exit_code, draft.read_text(encoding="utf-8")) == (2, DRAFT)
    assert said in result.stderr


def test_what_cannot_be_written_stays_as_it_was(run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = run("check", "draft.assess", "--fix")
    assert (result.exit_code, draft.read_text(encoding="utf-8")) == (2, DRAFT)
    assert "没有写入权限" in result.stderr
    assert [path.name for path in draft.parent.iterdir()] == ["draft.assess"]


def test_a_draft_changed_meanwhile_is_left_alone(run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mended = fixes_run.Mending.mended

    def and_changed(self: fixes_run.Mending, *given: object) -> object:
        result = mended(self, *given)  # type: ignore[arg-type]
        draft.write_text(DRAFT + "# 又改了\n", encoding="utf-8")
        return result

    monkeypatch.setattr(fixes_run.Mending, "mended", and_changed)
    run("check", "draft.assess", "--fix")
    assert draft.read_text(encoding="utf-8") == DRAFT + "# 又改了\n"


WORD = p("清河县2026年度考核细则") + table(
    [
        ["序号", "指标", "分值", "评分标准", "佐证材料"],
        ["1", "应用推广", "10", "“清河通”APP激活率达到50%得满分，每低1个百分点扣0.5分，末位约谈", "系统数据"],
        ["2", "事项办理", "90", "群众事项按期办结率达到95%得满分", "现场核查、打卡记录"],
    ]
)


PAGE = "<h1>清河县考核细则</h1><p>一、巡查（100分）</p><p>评分标准：按期办结率达到95%得满分。</p><p>佐证材料：现场核查、打卡记录</p>"


def test_a_word_draft_is_changed_in_its_annotated_copy_only(run: Run, folder: Path) -> None:
    data = docx(WORD)
    (folder / "draft.docx").write_bytes(data)
    alone = run("check", "draft.docx", "--fix")
    assert "加 --annotate OUT，改动就以修订写在带批注的副本里" in alone.stderr
    result = run("check", "draft.docx", "--fix", "--unsafe", "--annotate", "copy.docx")
    assert (folder / "draft.docx").read_bytes() == data
    assert "修订 4 处" in result.stderr
    copy = (folder / "copy.docx").read_bytes()
    assert (
        words(copy)
        == "清河县2026年度考核细则\n序号\n指标\n分值\n评分标准\n佐证材料\n2\n事项办理\n100\n群众事项按期办结率达到95%得满分\n现场核查"
    )
    run("check", "draft.docx", "--fix", "--unsafe", "--annotate", "copy.docx")
    assert (folder / "copy.docx").read_bytes() == copy


def test_the_copy_of_an_old_word_draft_has_the_changes_too(run: Run, folder: Path) -> None:
    said = ("清河县2026年度考核细则", "一、事项办理（100分）", "评分标准：按期办结率达到95%得满分。", "佐证材料：现场核查、打卡记录")
    old = converted(folder, "old.docx", docx("".join(map(p, said))), "doc:MS Word 97")
    (folder / "draft.doc").write_bytes(old)
    assert "加 --annotate OUT" in run("check", "draft.doc", "--fix").stderr
    result = run("check", "draft.doc", "--fix", "--annotate", "copies/")
    assert "修订 1 处" in result.stderr
    assert "打卡记录" not in words((folder / "copies" / "draft.doc.docx").read_bytes())
    diff = run("check", "draft.doc", "--diff")
    assert "+佐证材料：现场核查\n" in diff.stdout
    assert (folder / "draft.doc").read_bytes() == old


def test_a_web_page_under_the_name_of_a_word_draft_gets_no_changes_and_that_is_said(run: Run, folder: Path) -> None:
    (folder / "draft.doc").write_text(f"<html>{PAGE}</html>", encoding="utf-8")
    result = run("check", "draft.doc", "--fix", "--annotate", "copy.html")
    assert "draft.doc：其实是网页，修订没有写入，请照批注修改" in result.stderr
    assert "文件内容是网页" in run("check", "draft.doc", "--diff").stderr


def test_what_others_revise_in_a_word_draft_is_left_alone_and_said(run: Run, folder: Path) -> None:
    added = f"<w:tc><w:p><w:ins {REVISION}>{r(t('现场核查、打卡记录'))}</w:ins></w:p></w:tc>"
    rows = [["指标", "分值", "评分标准", "佐证材料"], row(["事项办理", "100", "按期办结率达到95%得满分", added])]
    (folder / "draft.docx").write_bytes(docx(p("清河县2026年度考核细则") + table(rows)))
    result = run("check", "draft.docx", "--fix", "--annotate", "copy.docx")
    assert "check-in：删去“打卡记录”：这里有别人尚未处理的修订，没有改动" in result.stderr
    assert "现场核查、打卡记录" in words((folder / "copy.docx").read_bytes())


def test_a_kind_of_draft_that_cannot_be_edited_has_proposals_only(run: Run, folder: Path) -> None:
    (folder / "draft.html").write_text(PAGE, encoding="utf-8")
    result = run("check", "draft.html", "--fix", "--unsafe")
    assert (folder / "draft.html").read_text(encoding="utf-8") == PAGE
    assert "建议改为  删去“打卡记录”（需人工确认）" in result.stdout
    assert "1 处有建议的改法，这类文件不能自动修改，请照着手工改" in result.stdout


def test_one_fix_that_mends_two_findings_is_told_and_counted_once(run: Run, folder: Path) -> None:
    quotas = '指标 "宣传" 10分 {\n  评分: "公众号转发点赞不少于20次，每月上报信息不少于5条"\n}\n'
    rest = '指标 "办理" 40分 {\n  评分: "按期办结率达到95%得满分"\n  佐证: 系统数据\n}\n'
    (folder / "two.assess").write_text(quotas + rest, encoding="utf-8")
    told = run("check", "two.assess", "--fix", "--unsafe", "--select", "engagement-quota,volume-quota").stdout
    assert "two.assess “宣传”  已改  engagement-quota、volume-quota  删去指标“宣传”" in told
    assert "已改 1 处" in told
