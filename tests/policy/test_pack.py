"""Packs extend one another: what a lower one may add, and what it is refused."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assesslint.policy.pack import installed_pack, read_pack
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import load_rulebook

ROOT = Path(__file__).parent.parent.parent
HUNAN = ROOT / "examples" / "packs" / "hunan"
COUNTY = ROOT / "examples" / "packs" / "relaxing-county"


def pack(folder: Path, text: str, name: str = "lower") -> Path:
    (folder / name).mkdir()
    (folder / name / "pack.toml").write_text(text, encoding="utf-8")
    return folder / name


HEAD = 'id = "lower"\nversion = "1"\nextends = "central"\n'


def test_a_pack_adds_rules_and_moves_bounds() -> None:
    upper, lower = load_rulebook(), load_rulebook(HUNAN)
    assert [p.id for p in lower.packs] == ["central", "hunan"]
    assert set(lower.rules) - set(upper.rules) == set(lower.own_rules) == {"department-veto"}
    [bound] = lower.rules["excessive-inspection"].parameters
    assert bound.default == Decimal(91)
    assert lower.digest != upper.digest
    assert lower.page("department-veto").title == "部门自设一票否决"
    assert lower.page("check-in").source.path == "evidence/check-in.md"


def test_a_pack_of_a_county_may_extend_that_of_its_province(tmp_path: Path) -> None:
    province = pack(tmp_path, HEAD.replace("lower", "province") + "[parameters.no-consultation]\nshortest = 10\n", "province")
    county = pack(tmp_path, 'id = "county"\nversion = "1"\nextends = "province"\n', "county")
    found = load_rulebook(county)
    assert [p.id for p in found.packs] == ["central", "province", "county"]
    assert found.rules["no-consultation"].parameters[0].default == Decimal(10)
    assert province.is_dir()


def test_packs_and_families_are_called_what_their_files_say(tmp_path: Path) -> None:
    lower = load_rulebook(HUNAN)
    assert lower.title("zh") == "中央规定 2026.11 版、湖南省补充规定 2026.1 版"
    assert lower.title("en") == "Central rules (version 2026.11), Supplement of Hunan (version 2026.1)"
    assert lower.family_title("evidence", "zh") == "痕迹佐证" and lower.family_title("other", "zh") == "other"
    renamed = pack(tmp_path, HEAD + '[families]\nevidence = { zh = "佐证", en = "Proof" }\n')
    assert load_rulebook(renamed).family_title("evidence", "en") == "Proof"


@pytest.mark.parametrize("named", ["hunan_rules.pack", "hunan_rules.elsewhere", "no_such_package.pack", "hunan_rules:pack", "os.path", ""])
def test_a_pack_is_found_in_an_installed_package_none_of_whose_code_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    site = tmp_path / "site"
    shutil.copytree(HUNAN, site / "hunan_rules" / "pack")
    (site / "hunan_rules" / "__init__.py").write_text("raise SystemExit('the code of the package was run')\n", encoding="utf-8")
    (site / "hunan_rules-1.dist-info").mkdir()
    (site / "hunan_rules-1.dist-info" / "METADATA").write_text("Name: hunan-rules\nVersion: 1\n", encoding="utf-8")
    (site / "hunan_rules-1.dist-info" / "entry_points.txt").write_text(f"[assesslint.packs]\nhunan = {named}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    county = pack(tmp_path, 'id = "county"\nversion = "1"\nextends = "hunan"\n', "county")
    if named == "hunan_rules.pack":
        assert installed_pack("hunan") == site / "hunan_rules" / "pack"
        assert [p.id for p in load_rulebook(county).packs] == ["central", "hunan", "county"]
    else:
        assert installed_pack("hunan") is None
        with pytest.raises(RulebookError, match="安装为 Python 包"):
            load_rulebook(county)


def test_packs_that_extend_each_other_in_a_circle_do_not_load(tmp_path: Path) -> None:
    one = pack(tmp_path, 'id = "one"\nversion = "1"\nextends = "two"\n', "one")
    pack(tmp_path, 'id = "two"\nversion = "1"\nextends = "three"\n', "two")
    three = pack(tmp_path, 'id = "three"\nversion = "1"\nextends = "one"\n', "three")
    with pytest.raises(RulebookError) as caught:
        load_rulebook(one)
    assert [(p.path, p.zh) for p in caught.value.problems] == [("../three/pack.toml", "规则包扩展来扩展去成了圈：“one”就是从这里扩展的")]
    (three / "pack.toml").write_text('id = "three"\nversion = "1"\nextends = "three"\n', encoding="utf-8")
    with pytest.raises(RulebookError, match="不能扩展自己"):
        load_rulebook(three)


def test_a_pack_that_calls_itself_otherwise_is_not_taken_for_the_one_extended(tmp_path: Path) -> None:
    county = pack(tmp_path, 'id = "county"\nversion = "1"\nextends = "hunan"\n', "county")
    pack(tmp_path, 'id = "hubei"\nversion = "1"\nextends = "central"\n', "hunan")
    with pytest.raises(RulebookError, match="“hunan”处的规则包自称“hubei”"):
        load_rulebook(county)


def test_a_pack_that_relaxes_does_not_load() -> None:
    with pytest.raises(RulebookError) as caught:
        load_rulebook(COUNTY)
    told = [(p.path, p.zh) for p in caught.value.problems]
    assert [path for path, _ in told] == ["adoption/download-quota.md", "adoption/follow-quota.md", "pack.toml"]
    assert "不能重写" in told[0][1] and "只许收紧" in told[2][1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id = 1", "缺少 id"),
        ('id = "x"\nversion = "1"\nextend = "central"', "没有“extend”这一项"),
        ('id = "X Y"\nversion = "1"', "用小写字母"),
        ('id = "x"\nversion = "1"\nlanguage = 9', "规则语言是第 9 版"),
        ('id = "x"\nversion = "1"\nin_force = "soon"', "in_force 写日期"),
        ('id = "x"\nversion = "1"\n[parameters]\ncheck-in = 3', "参数写作"),
        ('id = "x"\nversion = "1"\n[parameters.a]\nb = "3"', "参数写作"),
        ("id = ", "不是合格的 TOML"),
        ('id = "x"\nversion = "1"\n[parameters.a]\nb = nan', "参数写作"),
        ('id = "x"\nversion = "1"\n[parameters.a]\nb = 1e12', "参数写作"),
        ('id = "x"\nversion = "1"\n[parameters.a]\nb = 1e-99999', "参数写作"),
        ('id = "x"\nversion = "1"\nextends = 3', "extends 用小写字母"),
        ('id = "x"\nversion = "1"\ntitle = "某县"', "title 写作"),
        ('id = "x"\nversion = "1"\nsite = 3', "site 写网址"),
        ('id = "x"\nversion = "1"\nsite = "javascript:alert(1)"', "site 写网址"),
        ('id = "x"\nversion = "1"\nsite = "https://规则.cn"', "site 写网址"),
    ],
)
def test_a_faulty_pack_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    _, problems = read_pack(pack(tmp_path, text))
    assert any(told in problem.zh for problem in problems)


def test_a_pack_tells_where_the_pages_of_its_rules_stand(tmp_path: Path) -> None:
    read, problems = read_pack(pack(tmp_path, 'id = "x"\nversion = "1"\nsite = "https://example.org/rules/"\n'))
    assert problems == []
    assert read.page_of("check-in", "zh") == "https://example.org/rules/rules/check-in.html"
    assert read.page_of("check-in", "en") == "https://example.org/rules/en/rules/check-in.html"
    assert replace(read, site="").page_of("check-in", "zh") == ""


@pytest.mark.parametrize(
    ("extends", "told"), [("nowhere", "没有找到它扩展的规则包"), ("lower", "不能扩展自己"), ("../../etc", "用小写字母")]
)
def test_what_a_pack_extends_must_be_found(tmp_path: Path, extends: str, told: str) -> None:
    with pytest.raises(RulebookError, match=told):
        load_rulebook(pack(tmp_path, f'id = "lower"\nversion = "1"\nextends = "{extends}"\n'))


def test_an_unknown_bound_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="没有参数“longer”"):
        load_rulebook(pack(tmp_path, HEAD + "[parameters.frequent-ranking]\nlonger = 400\n"))


KINDS = '[object_kinds.data_screen]\nunder = "platform"\nzh = "数字大屏"\nen = "data screen"\n'


def test_a_pack_adds_kinds_of_object_and_those_below_may_name_them(tmp_path: Path) -> None:
    pack(tmp_path, HEAD + KINDS)
    below = pack(tmp_path, 'id = "below"\nversion = "1"\nextends = "lower"\n', "below")
    vocabulary = load_rulebook(below).vocabulary
    assert vocabulary.name("object_kind", "data_screen") == "数字大屏" and vocabulary.varieties["data_screen"].under == "platform"
    assert "data_screen" not in load_rulebook().vocabulary.enums["object_kind"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (KINDS.replace("data_screen", "app"), "“app”在词汇表里已有"),
        (KINDS.replace("数字大屏", "小程序"), "“小程序”在词汇表里已有（mini_program）"),
        (KINDS.replace('"platform"', '"platfrom"'), "没有“platfrom”这种对象，是不是要写 platform"),
        (KINDS.replace('"platform"', '"unknown"'), "没有“unknown”这种对象"),
        (KINDS.replace("data_screen", "Data"), "小写字母、数字和下划线"),
        (KINDS.replace('under = "platform"\n', ""), "object_kinds 写作"),
        ("object_kinds = 3\n", "object_kinds 写作"),
    ],
)
def test_a_kind_of_object_has_names_of_its_own_and_a_kind_above(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(RulebookError, match=told):
        load_rulebook(pack(tmp_path, HEAD + text))


def test_a_kind_of_object_is_not_told_anew_below(tmp_path: Path) -> None:
    pack(tmp_path, HEAD + KINDS)
    with pytest.raises(RulebookError, match="规则包 lower 里已有"):
        load_rulebook(pack(tmp_path, 'id = "below"\nversion = "1"\nextends = "lower"\n' + KINDS, "below"))
