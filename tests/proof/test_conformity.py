"""A pack that tightens conforms; one that relaxes is answered, in each of its four ways, with a draft that slips through."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("z3", reason="the extra [proof] is not installed")

from assesslint.cli.rules import rules
from assesslint.policy.rulebook import load_rulebook
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


def test_the_command_prints_both_parts() -> None:
    good = CliRunner().invoke(rules, ["prove", str(HUNAN), "--conforms-to", str(ROOT / "rules")])
    assert good.exit_code == 0 and "证明：上级 34 条规则" in good.output and "没有放宽上级规定" in good.output
    bad = CliRunner().invoke(rules, ["prove", str(COUNTY), "--conforms-to", str(ROOT / "rules"), "--lang", "en"])
    assert bad.exit_code == 1 and "By replay: " in bad.output and "relaxations of the pack above" in bad.output
