"""A folder of rules: the central pack loads clean, every problem is found at once, the cache is trusted only as far as it may be."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assesslint.policy import rulebook
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import load_rulebook
from assesslint.reading.facts import Indicator, Scheme, Words
from assesslint.text import cache
from assesslint.text.resources import resource
from tests.policy.pages import page_of, rule_of

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(cache, "cache_folder", lambda: folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pack = tmp_path / "pack"
    (pack / "samples").mkdir(parents=True)
    body = "parameter most: number = 2, stricter: smaller\n  when count(indicator.demands) <= most"
    (pack / "samples" / "sample.md").write_text(page_of(rule_of(body)), encoding="utf-8")
    return pack


def test_the_central_rules_load_without_a_problem() -> None:
    loaded = load_rulebook(cached=False)
    assert loaded.warnings == ()
    assert {rule.id: rule.page for rule in loaded.rules.values()} == {
        path.stem: path.relative_to(resource("rules")).as_posix() for path in resource("rules").glob("*/*.md")
    }


def test_a_rule_is_found_by_its_id_with_its_page(folder: Path) -> None:
    loaded = load_rulebook(folder)
    assert list(loaded.rules) == ["sample"]
    assert loaded.rules["sample"].title == {"zh": "样例", "en": "T"}
    assert loaded.page("sample").sections["为什么"] == "文字"


def test_every_problem_of_every_page_is_found(folder: Path) -> None:
    pages = folder / "samples"
    (pages / "broken.md").write_text(page_of("rule broken { status stable }"), encoding="utf-8")
    (pages / "wrong.md").write_text(page_of(rule_of("when true and 3")).replace("sample", "wrong"), encoding="utf-8")
    (pages / "Odd_Name.md").write_text("# 空\n", encoding="utf-8")
    (pages / "bytes.md").write_bytes(b"\xff\xfe\x00")
    (folder / "norms").mkdir()
    (folder / "norms" / "X.toml").write_text("id = 3", encoding="utf-8")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    found = {(p.path, p.zh.split("：")[0].split("，")[0]) for p in raised.value.problems if "例子" not in p.zh}
    assert {
        ("norms/X.toml", "id 应与文件名相同"),
        ("samples/Odd_Name.md", "文件名用小写字母、数字和连字符"),
        ("samples/Odd_Name.md", "一页应有一个 ```rule 代码块"),
        ("samples/broken.md", "这里缺少冒号"),
        ("samples/bytes.md", "文件读不出来"),
        ("samples/wrong.md", "这里要一个条件"),
    } <= found


def test_two_pages_may_not_share_an_id(folder: Path) -> None:
    shutil.copytree(folder / "samples", folder / "twins")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    assert [p.zh for p in raised.value.problems] == ["规则名与 samples/sample.md 重复，改一个文件名"]


def test_a_folder_without_rules_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="没有找到规则"):
        load_rulebook(tmp_path)


def test_a_pack_cites_the_central_norms_and_its_own(folder: Path) -> None:
    (folder / "norms").mkdir()
    norm = 'id = "OWN"\nin_force = 2020-01-01\n[clauses.a]\nconfidence = "sure"\ncite_as = "《本县》第1条"\n'
    (folder / "norms" / "OWN.toml").write_text(norm, encoding="utf-8")
    case = "case { severity: error basis: OWN.a, GB2026-APP.install-rate }\n"
    (folder / "samples" / "sample.md").write_text(page_of(rule_of("", case=case)), encoding="utf-8")
    assert [c.norm for c in load_rulebook(folder).rules["sample"].cases[0].citations] == ["OWN", "GB2026-APP"]


def test_a_warning_stops_nothing_and_is_kept(folder: Path) -> None:
    (folder / "samples" / "sample.md").write_text(page_of(rule_of("when scheme.name is known")), encoding="utf-8")
    for _ in range(2):
        assert [w.zh for w in load_rulebook(folder).warnings] == ["这个值总是有的，不必问"]


def test_parameters_move_in_the_stricter_direction_only(folder: Path) -> None:
    loaded = load_rulebook(folder)
    scheme = Scheme(Words("甲"), "甲", indicators=(Indicator(Words("乙"), "乙"),))
    assert len(loaded.judge(scheme, TODAY)) == 1
    assert len(loaded.judge(scheme, TODAY, parameters={"sample": {"most": Decimal(1)}})) == 1
    assert loaded.judge(scheme, TODAY, parameters={"sample": {"most": Decimal(-1)}}) == []
    with pytest.raises(RulebookError, match="sample 的参数 most 只许收紧：不得大于 2，写的是 3"):
        loaded.judge(scheme, TODAY, parameters={"sample": {"most": Decimal(3)}})
    wrong = {"sampl": {"most": Decimal(1)}, "sample": {"mots": Decimal(1)}}
    assert [p.zh for p in loaded.parameter_problems(wrong)] == [
        "没有规则“sampl”，是不是要写 sample？",
        "sample 没有参数“mots”，是不是要写 most？",
    ]


def test_only_selected_rules_judge(folder: Path) -> None:
    scheme = Scheme(Words("甲"), "甲", indicators=(Indicator(Words("乙"), "乙"),))
    assert load_rulebook(folder).judge(scheme, TODAY, selected=frozenset()) == []


def test_the_cache_gives_the_same_rules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_rulebook(folder)
    monkeypatch.setattr(rulebook, "read_own_rules", lambda *_: pytest.fail("the pages were read again"))
    second = load_rulebook(folder)
    assert (second.rules, second.digest) == (first.rules, first.digest)


def test_the_cache_gives_way_to_a_changed_page(folder: Path) -> None:
    first = load_rulebook(folder)
    page = folder / "samples" / "sample.md"
    page.write_text(page.read_text(encoding="utf-8").replace("# 样例", "# 新题"), encoding="utf-8")
    second = load_rulebook(folder)
    assert second.rules["sample"].title["zh"] == "新题"
    assert second.digest != first.digest


def test_a_cache_that_holds_anything_else_is_no_cache(folder: Path) -> None:
    first = load_rulebook(folder)
    (kept,) = (cache.cache_folder() or folder).glob("rules/*")
    cache.store("rules", kept.name, ["no rule"])
    assert load_rulebook(folder).rules == first.rules
