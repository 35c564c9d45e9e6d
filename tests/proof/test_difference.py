"""What changed between two rule repositories is told, proved and replayed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("z3", reason="the extra [proof] is not installed")

from assesslint.cli.rules import rules
from assesslint.linter.judged import widest_lexicon
from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.proof.difference import changes, replay, slip
from assesslint.proof.replayed import ReadTwice, read_twice
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


def reread(old: Rulebook, new: Rulebook) -> Iterator[ReadTwice]:
    return read_twice((), (old, new), (widest_lexicon(old), widest_lexicon(new)))


def test_the_same_rules_have_no_difference(copy: Path) -> None:
    assert list(changes(load_rulebook(), load_rulebook(copy, cached=False), DAY)) == []


def test_a_rule_that_lets_more_pass_is_answered_with_a_draft_that_does(copy: Path) -> None:
    old, new = load_rulebook(), edited(copy, PAGE, "demand.object.kind in apps", "demand.object.kind is app")
    [change] = changes(old, new, DAY)
    assert change.kind == "changed" and any("when：" in zh for zh, _ in change.told)
    assert change.passed_now and change.passed_now.draft and change.rejected_now
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


def test_a_rule_is_no_laxer_than_itself() -> None:
    rule = load_rulebook().rules["download-quota"]
    found = slip(rule, rule, DAY)
    assert found.draft is None and found.proved


def test_replay_tells_the_findings_that_are_lost(copy: Path) -> None:
    (copy / "evidence" / "check-in.md").unlink()
    old, new = load_rulebook(), load_rulebook(copy, cached=False)
    lost = list(replay(old, new, reread(old, new), DAY))
    assert lost and {one.rule for one in lost} == {"check-in"} and not any(one.gained for one in lost)


def test_a_word_that_means_something_else_now_is_seen_on_replay(copy: Path) -> None:
    (copy / "lexicon" / "own.toml").write_text('[[meaning]]\nis = "none"\nwords = "激活率达到"\n', encoding="utf-8")
    old, new = load_rulebook(), load_rulebook(copy, cached=False)
    lost = {one.rule for one in replay(old, new, reread(old, new), DAY) if not one.gained}
    assert "download-quota" in lost


def test_the_command_tells_it_in_plain_words(copy: Path) -> None:
    edited(copy, PAGE, "demand.object.kind in apps", "demand.object.kind is app")
    run = CliRunner().invoke(rules, ["diff", str(CENTRAL), str(copy)])
    assert run.exit_code == 1
    assert "原来指出、现在通过：" in run.output and "原来通过、现在指出：已证明没有这样的草案" in run.output
    same = CliRunner().invoke(rules, ["diff", str(CENTRAL), str(CENTRAL), "--lang", "en"])
    assert (same.exit_code, same.output) == (0, "0 rules differ; on replay 0 findings gained, 0 lost\n")
