"""A folder of rules as a whole: each fault is found at its place, a sound folder gives none, and a hostile one ends in plain words."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assesslint.findings.model import Finding, Report
from assesslint.findings.problems import LONGEST, FolderError
from assesslint.linter.errors import RunError
from assesslint.linter.faults import FAMILIES, FAULTS
from assesslint.linter.rule_folder import check_folder
from assesslint.policy.pack import read_pack
from assesslint.policy.rulebook import load_rulebook
from assesslint.reading.entries import read_entries
from assesslint.reports.text import render_text
from assesslint.text.location import TextLocation
from assesslint.text.resources import resource

DAY = date(2026, 11, 23)
NORM, WORDS = "norms/OWN.toml", "lexicon/own.toml"
SOUND = {
    "pack.toml": 'id = "own"\nversion = "1"\nextends = "central"\n\n[parameters.no-consultation]\nshortest = 10\n',
    NORM: 'id = "OWN"\nlevel = "local"\nin_force = 2020-01-01\nuncovered = "试"\n\n[clauses.a]\nconfidence = "sure"\nzh = "不得"\n'
    'cite_as = "《本县》第1条"\n',
    WORDS: '[[meaning]]\nis = "object.app"\nwords = "清河通 清河办"\n',
    "README.md": "# 说明\n",
}


def own_page() -> str:
    """Return a central page as the page of a rule of another name."""
    text = (resource("rules") / "adoption" / "download-quota.md").read_text(encoding="utf-8")
    return text.replace("download-quota", "own-quota")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (SOUND | {"adoption/own-quota.md": own_page()}).items():
        (tmp_path / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / name).write_text(text, encoding="utf-8")
    return tmp_path / "own"


def check(folder: Path, lang: str = "zh") -> Report:
    report = check_folder(str(folder), as_of=DAY, lang=lang)
    within = (replace(finding, path=Path(finding.path).relative_to(folder).as_posix()) for finding in report.findings)
    return replace(report, findings=tuple(within))


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def place(finding: Finding) -> str:
    assert isinstance(finding.location, TextLocation)
    return f"{finding.path}:{finding.location.start.line}:{finding.location.start.column}"


def test_the_central_rules_and_the_example_that_tightens_are_sound() -> None:
    for rules in (resource("rules"), Path(__file__).parent.parent.parent / "examples" / "packs" / "hunan"):
        report = check(rules)
        assert report.findings == ()
        assert {notice.id for notice in report.notices} <= {"norm-uncovered"}


def test_a_sound_folder_gives_nothing(folder: Path) -> None:
    report = check(folder)
    assert (report.findings, report.notices, report.exit_code) == ((), (), 0)
    assert (report.counts.files, report.counts.rules_selected) == (5, 1)


RULE = "adoption/own-quota.md"


@pytest.mark.parametrize(
    ("name", "old", "new", "rule", "severity", "at", "words"),
    [
        (RULE, "demand.action in adoption", "demand.action in adoptions", "rule-page", "error", "49:25", "adoptions"),
        (RULE, "rule own-quota", "rule other-quota", "rule-page", "error", "40:6", "other-quota"),
        (RULE, "“下载率未达八成”", "“下载率”", "rule-example", "error", "99:1", "指标 "),
        (RULE, "GB2026-APP.install-rate, WXW2023-ZJ.forced-promotion", "OWN.a", "norm-severity", "", "", ""),
        (RULE, "GB2026-APP.install-rate, WXW2023-ZJ.forced-promotion", "TB.volume-for-merit", "norm-severity", "error", "53:20", "error"),
        (RULE, "装了多少", "装了\u200b多少", "hidden-character", "error", "9:3", "\u200b"),
        (RULE, "own-quota {", "\u043ewn-quota {", "confusable-character", "error", "40:6", "\u043e"),
        (RULE, "考核或通报安装使用率", "考核或通报安装使用率\u30ed", "confusable-character", "warning", "9:68", "\u30ed"),
        (NORM, 'level = "local"', 'level = "locale"', "norm-level", "warning", "2:1", "level"),
        (NORM, 'confidence = "sure"', 'confidence = "certain"', "norm-file", "error", "7:1", "confidence"),
        (NORM, "in_force = 2020-01-01", "in_force = 2020-01-01\nrepealed = 2019-01-01", "norm-file", "error", "7:1", "[clauses.a]"),
        (NORM, 'cite_as = "《本县》第1条"', "cite_as = 1", "norm-file", "error", "9:1", "cite_as"),
        ("pack.toml", "version =", "language = 9\nversion =", "pack-file", "error", "2:1", "language"),
        ("pack.toml", "shortest = 10", "shortest = 1", "pack-file", "error", "6:1", "shortest"),
        ("pack.toml", "shortest = 10", "shortest = inf", "pack-file", "error", "5:1", "[parameters.no-consultation]"),
        ("pack.toml", '"1"', '"1', "pack-file", "error", "2:13", ""),
        (WORDS, "object.app", "object.ap", "lexicon-file", "error", "2:6", '"object.ap"'),
        (WORDS, "清河办", "清河办 清河通", "lexicon-doubled", "warning", "3:18", "清河通"),
        (WORDS, "清河办", "\u2f97河办", "confusable-character", "error", "3:14", "\u2f97"),
        (WORDS, "清河办", "下载率", "", "", "", ""),
    ],
)
def test_a_fault_is_found_at_its_place(folder: Path, name: str, old: str, new: str, rule: str, severity: str, at: str, words: str) -> None:
    change(folder, name, old, new)
    report = check(folder)
    found = [(f.severity, place(f), f.excerpt[: len(words)]) for f in report.findings if f.rule == rule]
    assert found == ([(severity, f"{name}:{at}", words)] if severity else [])
    assert report.exit_code == int(any(f.severity == "error" for f in report.findings))
    assert all(f.rule in FAULTS and f.family == "rules" for f in report.findings)
    told = zip(report.findings, check(folder, "en").findings, strict=True)
    assert all(zh.message and en.message and zh.message != en.message for zh, en in told)


def test_every_family_of_faults_has_a_name() -> None:
    assert {family for family, _, _ in FAULTS.values()} == set(FAMILIES)


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("adoption/deep/own-quota.md", "# 太深\n\n```rule\nrule own-quota {\n", "stray-file"),
        ("own-quota.md", "# 太浅\n\n```rule\nrule own-quota {\n", "stray-file"),
        ("CHANGELOG.md", "# 不是规则\n\n```text\nrule\n", ""),
        ("adoption/\u0430.md", "# 形近", "confusable-character"),
        ("adoption/notes.txt", "记事", ""),
        (".git/notes.md", "# 不看", ""),
        ("norms/README.md", "# 说明", ""),
        ("adoption/other-quota.csv", "期望,评分\n", "stray-file"),
        ("cases.csv", "期望,评分\n", "stray-file"),
    ],
)
def test_a_file_out_of_place_is_told(folder: Path, name: str, text: str, rule: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    assert {f.rule for f in check(folder).findings if f.path == name} - {"rule-page"} == ({rule} if rule else set())


def test_the_problems_of_one_file_hide_none_of_another(folder: Path) -> None:
    change(folder, RULE, "demand.action in adoption", "demand.action in adoptions")
    change(folder, WORDS, "object.app", "object.ap")
    change(folder, NORM, '"local"', '"locale"')
    change(folder, "pack.toml", "version =", "versoin =")
    assert {f.path for f in check(folder).findings} == {RULE, WORDS, NORM, "pack.toml"}


def test_safe_fixes_put_into_the_files_settle_what_they_fix(folder: Path) -> None:
    change(folder, RULE, "装了多少", "装了\u200b多少")
    change(folder, WORDS, "清河办", "清河办 清河通")
    report = check(folder)
    assert len(report.findings) == 2
    for finding in report.findings:
        assert finding.fix is not None and finding.fix.safe
        text = (folder / finding.path).read_text(encoding="utf-8")
        for edit in finding.fix.edits:
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        (folder / finding.path).write_text(text, encoding="utf-8")
    assert check(folder).findings == ()


KINDS = '[object_kinds.data_screen]\nunder = "platform"\nzh = "数字大屏"\nen = "data screen"\n'


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('is = "object.platform"\nvariety = "data_screen"', ""),
        ('is = "object.platform"\nvariety = "data_scren"', "没有“data_scren”这种对象，是不是要写 data_screen"),
        ('is = "object.app"\nvariety = "data_screen"', '应写 is = "object.platform"'),
        ('is = "action.install"\nvariety = "data_screen"', "variety 只写在"),
    ],
)
def test_words_of_a_kind_of_object_mean_the_kind_it_is_under(folder: Path, entry: str, told: str) -> None:
    change(folder, "pack.toml", "\n[parameters", f"\n{KINDS}\n[parameters")
    (folder / "lexicon" / "screens.toml").write_text(f'[[meaning]]\n{entry}\nwords = "数字大屏"\n', encoding="utf-8")
    messages = [f.message for f in check(folder).findings]
    assert len(messages) == bool(told) and all(told in message for message in messages)


def test_a_vocabulary_that_is_never_read_is_told(folder: Path) -> None:
    (folder / "vocabulary.toml").write_text("[enums.action]\n", encoding="utf-8")
    [finding] = check(folder).findings
    assert (finding.rule, finding.severity, finding.path) == ("stray-file", "warning", "vocabulary.toml")


def test_a_family_has_a_plain_name(folder: Path) -> None:
    (folder / "adoption").rename(folder / "推广")
    [finding] = [f for f in check(folder).findings if f.path.endswith(".md")]
    assert finding.path == "推广/own-quota.md" and "规则的类别" in finding.message
    with pytest.raises(FolderError, match="规则的类别"):
        load_rulebook(folder)


def test_a_norm_of_a_pack_above_cannot_be_written_anew(folder: Path) -> None:
    shutil.copy(resource("rules") / "norms" / "GB2026-APP.toml", folder / "norms")
    change(folder, "norms/GB2026-APP.toml", "in_force =", "repealed = 2026-02-01\nin_force =")
    [finding] = [f for f in check(folder).findings if f.severity == "error"]
    assert (finding.path, finding.excerpt) == ("norms/GB2026-APP.toml", '"GB2026-APP"') and "norms/GB2026-APP.toml" in finding.message
    with pytest.raises(FolderError, match="上级规则包的规定"):
        load_rulebook(folder)


def test_the_norms_of_a_pack_between_can_be_cited_and_not_written_anew(folder: Path) -> None:
    below = folder.parent / "below"
    below.mkdir()
    (below / "pack.toml").write_text('id = "below"\nversion = "1"\nextends = "own"\n', encoding="utf-8")
    (below / "adoption").mkdir()
    page = own_page().replace("own-quota", "below-quota").replace("GB2026-APP.install-rate", "OWN.a")
    (below / "adoption" / "below-quota.md").write_text(page, encoding="utf-8")
    assert check(below).findings == ()
    shutil.copytree(folder / "norms", below / "norms")
    assert ("norm-file", "norms/OWN.toml") in {(f.rule, f.path) for f in check(below).findings}


@pytest.mark.parametrize("name", [RULE, NORM, WORDS, "pack.toml"])
def test_the_mark_some_editors_put_before_a_text_is_no_fault(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())
    assert check(folder).findings == ()


@pytest.mark.parametrize(
    ("limit", "most", "told"),
    [
        ("MOST_OF_A_PACK", 1, "词超过"),
        ("MOST_FRAMES", 0, "框架超过"),
        ("MOST_CHARACTERS", 90, "词表超过"),
        ("MOST_MEANINGS", 1, "列在 1 多条里"),
    ],
)
def test_the_words_of_a_pack_have_bounds(folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, told: str) -> None:
    more = '[[frame]]\nis = "action.install"\nparts = ["装上", "掌上通"]\nwithin = 5\n'
    again = '[[meaning]]\nis = "object.platform"\nwords = "清河通"\n'
    (folder / "lexicon" / "second.toml").write_text(more + again, encoding="utf-8")
    upper = load_rulebook()
    monkeypatch.setattr("assesslint.linter.rule_folder.upper_rules", lambda _pack: replace(upper, packs=()))
    monkeypatch.setattr(f"assesslint.reading.entries.{limit}", most)
    [finding] = [f for f in check(folder).findings if f.rule == "lexicon-file"]
    assert told in finding.message and finding.path.startswith("lexicon/")


def test_faults_of_words_are_told_up_to_a_number(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assesslint.reading.lexicon_faults.MOST_TOLD", 3)
    change(folder, WORDS, "清河办", "清河办" + " 清河通" * 9)
    messages = [f.message for f in check(folder).findings]
    assert len(messages) == 4 and any("超过 3 处" in message for message in messages)


def test_a_word_that_a_pack_calls_nothing_is_told_by_the_name_of_the_pack_above(folder: Path) -> None:
    change(folder, WORDS, "object.app", "none")
    change(folder, WORDS, "清河办", "下载率")
    [finding] = check(folder).findings
    assert (finding.rule, finding.excerpt) == ("lexicon-ambiguous", "下载率")
    assert "上级词表里是 action.install" in finding.message


def test_a_missing_upper_pack_is_told_and_the_rest_is_checked(folder: Path) -> None:
    change(folder, "pack.toml", '"central"', '"nowhere"')
    change(folder, WORDS, "清河办", "清河办 清河通")
    assert [(f.rule, f.path) for f in check(folder).findings] == [("lexicon-doubled", WORDS), ("pack-file", "pack.toml")]


def test_a_folder_that_is_not_there_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="没有规则文件夹"):
        check(tmp_path / "none")


# ── hostile folders ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        (RULE, b"# " + b"x" * 400_000, "文件太大：最多 300 KB"),
        (RULE, b"\xff\xfe\x00", "应为 UTF-8 文本"),
        (RULE, ("# 大\n\n```rule\nrule own-quota { when " + "(" * 9000 + "\n```\n").encode(), ""),
        (RULE, ("```scheme\n" + "\n" * 250_000 + "```\n").encode(), ""),
        (NORM, b"a = " + b"[" * 300_000, "嵌套太深"),
        (NORM, b'id = "' + b"x" * 2_000_000, "文件太大：最多 1000 KB"),
        (NORM, b"clauses = 3\nid = 'OWN'\nin_force = 2020-01-01\n", "条款写作"),
        (WORDS, b"[[meaning]]\n" * 80_000, "缺少 is"),
        (WORDS, b'[[meaning]]\nis = "object.app"\nwords = "' + "长".encode() * 300_000 + b'"', "超过 40"),
        ("pack.toml", b"x." * 400_000 + b"x = 1", "键超过 20 层"),
        ("pack.toml", b"x" * 900_000 + b" = 1", "没有“xxx"),
        ("lexicon/common_words.txt", b"\xff", "应为 UTF-8 文本"),
        ("adoption/own-quota.csv", b"\xff", "UTF-8"),
        ("adoption/own-quota.csv", '期望,评分\n"'.encode(), "不是完整的 CSV 表"),
    ],
)
def test_a_hostile_file_is_a_problem_of_its_own(folder: Path, name: str, data: bytes, told: str) -> None:
    (folder / name).write_bytes(data)
    report = check(folder)
    messages = [f.message for f in report.findings if f.path == name]
    assert any(told in message for message in messages)
    assert all(len(f.message) <= LONGEST >= len(f.excerpt) for f in report.findings)
    assert report.exit_code == 1


@pytest.mark.parametrize("name", ["adoption/link.md", "adoption/own-quota.csv", "norms/LINK.toml", "lexicon/link.toml", "pack.toml"])
def test_a_link_out_of_the_folder_is_not_read(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("password = \u200bsecret", encoding="utf-8")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "secret")
    report = check(folder)
    [finding] = [finding for finding in report.findings if finding.path == name]
    assert finding.message == "这是指向规则包之外的链接，没有读取"
    assert "secret" not in render_text(report)


def test_a_folder_that_is_a_link_out_is_not_read(folder: Path, tmp_path: Path) -> None:
    (folder / "lexicon").rename(tmp_path / "words")
    (folder / "lexicon").symlink_to(tmp_path / "words", target_is_directory=True)
    assert [f.message for f in check(folder).findings] == ["这是指向规则包之外的链接，没有读取"]


def test_a_link_within_the_folder_is_read(folder: Path) -> None:
    (folder / "norms" / "OWN.toml").rename(folder / "own.toml")
    (folder / "norms" / "OWN.toml").symlink_to(folder / "own.toml")
    assert check(folder).findings == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_page(folder: Path) -> None:
    os.mkfifo(folder / "adoption" / "pipe.md")
    os.mkfifo(folder / "norms" / "PIPE.toml")
    assert {f.message for f in check(folder).findings} == {"不是文件，读不出来"}


def test_too_many_files_are_refused(folder: Path) -> None:
    for number in range(5_001):
        (folder / "adoption" / f"{number}.txt").touch()
    [finding] = check(folder).findings
    assert finding.message.startswith("文件超过 5000 个")


CUTS = st.tuples(st.floats(0, 1), st.floats(0, 1))
PIECES = st.sampled_from([b"", b"\x00", b"\xff", b'"', b'"""', b"[[", b"]", b"{", b"}", b"= 1\n", b"\n", b"```", "“".encode(), b"nan"])


def damaged(data: bytes, cut: tuple[float, float], piece: bytes) -> bytes:
    start, end = sorted(int(at * len(data)) for at in cut)
    return data[:start] + piece + data[min(end, start + 40) :]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(st.sampled_from([RULE, NORM, WORDS, "pack.toml"]), CUTS, PIECES)
def test_whatever_is_damaged_is_told_in_words(folder: Path, name: str, cut: tuple[float, float], piece: bytes) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(damaged(whole, cut, piece))
    try:
        report = check(folder)
        assert all("Error" not in f.message for f in report.findings)
    finally:
        (folder / name).write_bytes(whole)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from([NORM, WORDS, "pack.toml"]), CUTS, PIECES)
def test_a_damaged_folder_loads_or_is_refused(folder: Path, name: str, cut: tuple[float, float], piece: bytes) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(damaged(whole, cut, piece))
    try:
        read_pack(folder)
        read_entries([folder / WORDS])
        load_rulebook(folder, cached=False) if name == "pack.toml" else None
    except FolderError as error:
        assert error.problems
    finally:
        (folder / name).write_bytes(whole)


def test_a_copy_of_the_central_rules_is_as_sound(tmp_path: Path) -> None:
    shutil.copytree(resource("rules"), tmp_path / "copy")
    assert check(tmp_path / "copy").findings == ()


def test_a_fault_has_the_path_from_where_the_command_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = folder / RULE
    page.write_text(page.read_text(encoding="utf-8").replace("```rule", "```ruel"), encoding="utf-8")
    monkeypatch.chdir(folder.parent)
    assert {f.path for f in check_folder(folder.name, as_of=DAY).findings} == {f"{folder.name}/{RULE}"}
    packed = shutil.make_archive("packed", "zip", folder)
    assert {f.path for f in check_folder(Path(packed).name, as_of=DAY).findings} == {f"packed.zip/{RULE}"}
