"""What changed between two rule repositories is told, proved and replayed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("z3", reason="the extra [proof] is not installed")

from assesslint.cli.rules import rules
from assesslint.policy.changes import WordChange, text_changes, word_changes
from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.proof.difference import changes, slip
from assesslint.proof.replayed import Replayed, as_checked, examples_of, replay
from assesslint.proof.trials import objections, read_facts
from assesslint.text.resources import resource

DAY = date(2026, 11, 23)
CENTRAL = resource("rules")
PAGE = "adoption/download-quota.md"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CENTRAL, tmp_path / "new"))


def edited(folder: Path, page: str, old: str, new: str) -> Rulebook:
    text = (folder / page).read_text(encoding="utf-8")
    assert old in text
    (folder / page).write_text(text.replace(old, new), encoding="utf-8")
    return load_rulebook(folder, cached=False)


def replayed(old: Rulebook, new: Rulebook, rule: str) -> list[Replayed]:
    """Return how the examples on a rule's page are judged differently."""
    drafts = [named for named in examples_of(old) if named.name.startswith(f"{rule} ")]
    return list(replay(as_checked(old, DAY), as_checked(new, DAY), drafts))


def test_the_same_rules_have_no_difference(copy: Path) -> None:
    assert list(changes(load_rulebook(), load_rulebook(copy, cached=False), DAY)) == []


def test_a_rule_that_lets_more_pass_is_answered_with_a_draft_that_does(copy: Path) -> None:
    old, new = load_rulebook(), edited(copy, PAGE, "demand.object.kind in apps", "demand.object.kind is app")
    [change] = changes(old, new, DAY)
    assert change.kind == "changed" and any("when：" in zh for zh, _ in change.told)
    assert change.passed_now.draft
    schemes = read_facts("scheme", change.passed_now.draft.text)
    assert objections(old.rules[change.rule], schemes, DAY) and not objections(new.rules[change.rule], schemes, DAY)
    assert change.rejected_now.draft is None and change.rejected_now.proved


def test_severity_waiver_excuse_parameter_and_norm_are_told(copy: Path) -> None:
    new = edited(copy, PAGE, "waivable: never", "waivable: with_reason")
    cited = "basis: GB2026-APP.install-rate, WXW2023-ZJ.forced-promotion"
    new = edited(copy, PAGE, f"severity: error  {cited}", "severity: advice  basis: WXW2023-ZJ.forced-promotion")
    new = edited(copy, PAGE, "  unless demand.circumstance in [emergency, security]\n", "  unless demand.circumstance in exempting\n")
    new = edited(copy, "scheme/too-many-indicators.md", "most: number = 30", "most: number = 40")
    told = {one.rule: [zh for zh, _ in one.told] for one in changes(load_rulebook(), new, DAY)}
    assert told["download-quota"] == [
        "豁免：never → with_reason",
        "去掉 unless：demand.circumstance in [emergency, security]",
        "新增 unless：demand.circumstance in exempting",
        "第 1 个 case 的程度：error → advice",
        "第 1 个 case 的依据：GB2026-APP.install-rate, WXW2023-ZJ.forced-promotion → WXW2023-ZJ.forced-promotion",
    ]
    assert told["too-many-indicators"] == ["参数 most：30 → 40"]


def test_a_rule_added_or_taken_away_is_answered_with_what_it_finds(copy: Path) -> None:
    (copy / "evidence" / "check-in.md").unlink()
    with_it, without = load_rulebook(), load_rulebook(copy, cached=False)
    [gone], [added] = list(changes(with_it, without, DAY)), list(changes(without, with_it, DAY))
    assert (gone.kind, added.kind) == ("removed", "added") and gone.passed_now.draft and added.rejected_now.draft
    assert objections(with_it.rules["check-in"], read_facts("scheme", gone.passed_now.draft.text), DAY)
    assert gone.rejected_now.proved and added.passed_now.proved


def test_a_rule_put_in_preview_lets_pass_what_it_found(copy: Path) -> None:
    [change] = changes(load_rulebook(), edited(copy, PAGE, "status: stable", "status: preview"), DAY)
    assert change.passed_now.draft and change.rejected_now.proved
    assert change.told == (("状态：stable → preview", "status: stable → preview"),)


def test_a_case_that_became_milder_is_answered_with_a_draft(copy: Path) -> None:
    notes = "in [hold_meeting, take_notes]\n    severity: "
    old, new = load_rulebook(), edited(copy, "evidence/paperwork-quota.md", f"{notes}error", f"{notes}warning")
    [change] = changes(old, new, DAY)
    assert change.passed_now.proved and change.rejected_now.proved and not change.severer_now
    [milder] = change.milder_now
    assert milder.was == "error" and milder.draft
    schemes = read_facts("scheme", milder.draft.text)
    assert "error" in {o.severity for o in objections(old.rules["paperwork-quota"], schemes, DAY)}
    assert {o.severity for o in objections(new.rules["paperwork-quota"], schemes, DAY)} == {"warning"}


def test_a_norm_that_is_repealed_is_told_and_takes_the_findings_with_it(copy: Path) -> None:
    norm = "norms/WXW2023-ZJ.toml"
    new = edited(copy, norm, "in_force =", "repealed = 2026-06-30\nin_force =")
    told = {change.rule: change.told for change in text_changes(load_rulebook(), new)}
    assert any("施行期" in zh and "2026-06-30" in zh for zh, _ in told["follow-quota"])
    before, after = load_rulebook().rules["follow-quota"], new.rules["follow-quota"]
    assert slip(before, after, date(2026, 6, 29)).proved and slip(before, after, date(2026, 6, 30)).draft


MANY = "甲乙丙丁戊己庚辛壬癸子丑寅卯"


def test_other_places_and_other_words_are_told(copy: Path) -> None:
    new = edited(copy, PAGE, "  at demand.words", "  at indicator.words")
    [change] = changes(load_rulebook(), new, DAY)
    assert change.told == (("标出的文字：demand.words → indicator.words", "at: demand.words → indicator.words"),)
    assert list(word_changes(load_rulebook(), new)) == []
    (copy / "lexicon" / "own.toml").write_text('[[meaning]]\nis = "action.install"\nwords = "装上掌上通"\n', encoding="utf-8")
    assert list(word_changes(load_rulebook(), load_rulebook(copy, cached=False))) == [WordChange("action.install", ("装上掌上通",), ())]
    run = CliRunner().invoke(rules, ["diff", "central", str(copy)])
    assert "词语 action.install\n  + 装上掌上通\n" in run.output
    (copy / "lexicon" / "own.toml").write_text(
        f'[[meaning]]\nis = "action.install"\nwords = "{" ".join(f"装{a}" for a in MANY)}"\n', encoding="utf-8"
    )
    run = CliRunner().invoke(rules, ["diff", "central", str(copy), "--lang", "en"])
    assert run.output.count("\n  + ") == 12 and f"\n  … and {len(MANY) - 12} more\n" in run.output


def test_findings_lost_on_replay_are_capped_and_counted(copy: Path) -> None:
    (copy / "evidence" / "check-in.md").unlink()
    items = "".join(f'指标 "巡查{at}" 1分 {{ 评分: "每日打卡{at}次得满分" }}\n' for at in range(1, 14))
    (copy.parent / "draft.assess").write_text(f'方案 "细则" {{ {items} }}', encoding="utf-8")
    run = CliRunner().invoke(rules, ["diff", "central", str(copy), "--drafts", str(copy.parent / "draft.assess")])
    assert run.exit_code == 1 and run.output.count("不再指出  check-in") == 10 and "……check-in 不再指出的另有 3 处" in run.output
    assert run.output.endswith("重放中新指出 0 处，不再指出 13 处\n")


def test_a_draft_that_is_not_there_is_no_empty_replay(copy: Path) -> None:
    run = CliRunner().invoke(rules, ["diff", "central", "central", "--drafts", "nosuch.docx"])
    assert run.exit_code != 0 and "nosuch.docx" in str(run.exception)


def test_a_rule_is_no_laxer_than_itself() -> None:
    rule = load_rulebook().rules["download-quota"]
    found = slip(rule, rule, DAY)
    assert found.draft is None and found.proved


def test_replay_tells_the_findings_that_are_lost(copy: Path) -> None:
    (copy / "evidence" / "check-in.md").unlink()
    old, new = load_rulebook(), load_rulebook(copy, cached=False)
    lost = replayed(old, new, "check-in")
    assert lost and {one.rule for one in lost} == {"check-in"} and not any(one.gained for one in lost)


def test_a_word_that_means_something_else_now_is_seen_on_replay(copy: Path) -> None:
    (copy / "lexicon" / "own.toml").write_text('[[meaning]]\nis = "none"\nwords = "激活率达到"\n', encoding="utf-8")
    old, new = load_rulebook(), load_rulebook(copy, cached=False)
    lost = {one.rule for one in replayed(old, new, "download-quota") if not one.gained}
    assert "download-quota" in lost


def test_the_command_tells_it_in_plain_words(copy: Path) -> None:
    edited(copy, PAGE, "demand.object.kind in apps", "demand.object.kind is app")
    run = CliRunner().invoke(rules, ["diff", str(CENTRAL), str(copy)])
    assert run.exit_code == 1
    assert "原来指出、现在通过：" in run.output and "原来通过、现在指出：已证明没有这样的草案" in run.output
    same = CliRunner().invoke(rules, ["diff", str(CENTRAL), str(CENTRAL), "--lang", "en"])
    assert (same.exit_code, same.output) == (0, "0 rules differ; on replay 0 findings gained, 0 lost\n")
