"""A pack that tightens conforms; one that relaxes is answered, in each of its four ways, with a draft that slips through."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("z3", reason="the extra [proof] is not installed")

from assesslint.cli.rules import rules
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.proof.conformity import conformity
from assesslint.proof.trials import objections, read_facts

ROOT = Path(__file__).parent.parent.parent
HUNAN = ROOT / "examples" / "packs" / "hunan"
COUNTY = ROOT / "examples" / "packs" / "relaxing-county"
DAY = date(2026, 11, 23)


def test_a_province_that_tightens_conforms() -> None:
    answer = conformity(HUNAN, load_rulebook(), (), DAY)
    assert answer.conforms and answer.proved == len(load_rulebook().rules) and answer.replayed > 200


def test_each_relaxation_of_the_county_is_shown_by_a_draft() -> None:
    central = load_rulebook()
    answer = conformity(COUNTY, central, (), DAY)
    assert [(r.rule, r.told[1]) for r in answer.by_proof] == [
        ("download-quota", "its conditions are relaxed: a draft slips through"),
        ("follow-quota", "a ban that allows no waiver may now be waived"),
        ("excessive-frequency", "a bound is relaxed (too_often: 7 → 2)"),
    ]
    assert "download-quota" in {r.rule for r in answer.by_replay}
    for relaxation in (*answer.by_proof, *answer.by_replay):
        assert relaxation.draft is not None
        assert objections(central.rules[relaxation.rule], read_facts("scheme", relaxation.draft), DAY)


def county(tmp_path: Path, pack: str = "", page: str = "", *changed: tuple[str, str], extends: str = "central") -> Path:
    """Return a pack below the central one, with a page of it written anew."""
    folder = tmp_path / "county"
    folder.mkdir()
    (folder / "pack.toml").write_text(f'id = "county"\nversion = "1"\nextends = "{extends}"\n{pack}', encoding="utf-8")
    if page:
        text = (ROOT / "rules" / page).read_text(encoding="utf-8")
        for old, new in changed:
            assert old in text
            text = text.replace(old, new)
        (folder / page).parent.mkdir()
        (folder / page).write_text(text, encoding="utf-8")
    return folder


def told_of(folder: Path, upper: Rulebook | None = None, day: date = DAY) -> list[str]:
    """Return what is told of the relaxations of a pack, each of which is to be shown by a draft that the central rules reject."""
    central = upper or load_rulebook()
    answer = conformity(folder, central, (), day)
    for relaxation in answer.by_proof:
        assert relaxation.draft is not None
        assert objections(central.rules[relaxation.rule], read_facts("scheme", relaxation.draft), day)
    return [f"{relaxation.rule}: {relaxation.told[1]}" for relaxation in answer.by_proof]


def test_a_rule_said_to_be_removed_is_a_relaxation(tmp_path: Path) -> None:
    folder = county(tmp_path, '[removed]\ncheck-in = "download-quota"\n')
    assert told_of(folder) == ["check-in: the rule is removed, with download-quota to be used instead"]


def test_a_rule_put_in_preview_is_a_relaxation(tmp_path: Path) -> None:
    folder = county(tmp_path, "", "evidence/check-in.md", ("status: stable", "status: preview"))
    assert told_of(folder) == ["check-in: the rule is put in preview and no longer used"]


def test_a_rule_that_cites_what_is_not_in_force_is_a_relaxation_on_that_day(tmp_path: Path) -> None:
    folder = county(tmp_path, "", "adoption/follow-quota.md", ("WXW2023-ZJ.public-accounts, WXW2023-ZJ.likes-forwards", "OWN.none"))
    (folder / "norms").mkdir()
    clause = '[clauses.none]\nconfidence = "unknown"\nzh = "x"\nen = "x"\ncite_as = "《x》"\n'
    (folder / "norms" / "OWN.toml").write_text(f'id = "OWN"\nlevel = "local"\nin_force = 2026-06-01\n{clause}', encoding="utf-8")
    said = "follow-quota: on 2026-05-31 none of the norms it cites is in force, and it says nothing"
    assert told_of(folder, day=date(2026, 5, 31)) == [said]
    assert told_of(folder, day=date(2026, 6, 1)) == []


def test_a_case_written_milder_is_a_relaxation_though_another_is_still_an_error(tmp_path: Path) -> None:
    notes = "in [hold_meeting, take_notes]\n    severity: "
    folder = county(tmp_path, "", "evidence/paperwork-quota.md", (f"{notes}error", f"{notes}advice"))
    assert told_of(folder) == ["paperwork-quota: its severity is lowered: what was an error is taken more lightly"]


def test_what_a_pack_between_the_two_relaxes_is_seen(tmp_path: Path) -> None:
    county(tmp_path, extends="city")
    city = tmp_path / "city"
    city.mkdir()
    moved = "[parameters.excessive-frequency]\ntoo_often = 2\n"
    (city / "pack.toml").write_text(f'id = "city"\nversion = "1"\nextends = "central"\n{moved}', encoding="utf-8")
    assert told_of(tmp_path / "county") == ["excessive-frequency: a bound is relaxed (too_often: 7 → 2)"]


def test_a_pack_that_does_not_extend_the_one_above_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="没有扩展 central"):
        conformity(county(tmp_path, extends=""), load_rulebook(), (), DAY)


def test_a_new_version_of_a_pack_is_compared_with_the_earlier_one(tmp_path: Path) -> None:
    new = Path(shutil.copytree(ROOT / "rules", tmp_path / "new"))
    (new / "evidence" / "check-in.md").unlink()
    assert told_of(new) == ["check-in: the rule is no longer there"]


def test_the_command_prints_both_parts() -> None:
    good = CliRunner().invoke(rules, ["prove", str(HUNAN), "--conforms-to", "central"])
    assert good.exit_code == 0 and "证明：上级 34 条规则" in good.output and "没有放宽上级规定" in good.output
    bad = CliRunner().invoke(rules, ["prove", str(COUNTY), "--conforms-to", str(ROOT / "rules"), "--lang", "en"])
    assert bad.exit_code == 1 and "By replay: " in bad.output and "relaxations of the pack above" in bad.output
