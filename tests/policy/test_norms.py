"""The norms that come with the program, and what is wrong with malformed ones."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from assesslint.policy.norms import load_norms
from assesslint.text.resources import resource

GOOD = 'id = "X"\nin_force = 2026-01-25\n[clauses.a-b]\nref = "第2条"\nconfidence = "sure"\nzh = "不得"\ncite_as = "《某》第2条"\n'


def test_the_central_norms_load() -> None:
    norms, problems = load_norms(resource("rules") / "norms")
    assert problems == []
    assert (len(norms), sum(len(norm.clauses) for norm in norms.values())) == (35, 84)
    citation = norms["GB2026-APP"].citation("install-rate")
    assert (citation.confidence, citation.in_force, citation.repealed) == ("unknown", date(2026, 1, 25), None)
    assert norms["TB"].citation("ever-rising-targets").in_force == date(2026, 1, 19)


def test_no_article_number_is_printed_unless_sure() -> None:
    norms, _ = load_norms(resource("rules") / "norms")
    unsure = [c for norm in norms.values() for c in norm.clauses.values() if c.confidence != "sure"]
    assert len(unsure) == 58
    assert not [c for c in unsure if re.search(r"第\S{1,6}条", c.cite_as)]


def test_every_rough_date_says_so() -> None:
    norms, _ = load_norms(resource("rules") / "norms")
    rough = [norm for norm in norms.values() if (norm.in_force.month, norm.in_force.day) == (12, 31)]
    assert rough and all(norm.date_note for norm in rough)


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        (GOOD.replace('id = "X"', 'id = "Y"'), "id 应与文件名相同：X"),
        (GOOD.replace("in_force = 2026-01-25\n", ""), "缺少 in_force（施行日期）"),
        (GOOD.replace("2026-01-25", '"2026"'), "in_force 应是日期，如 2026-01-25"),
        (GOOD.replace("2026-01-25", "2026-01-25T08:00:00"), "in_force 应是日期，如 2026-01-25"),
        (GOOD.replace('"sure"', '"certain"'), "clauses.a-b: confidence 可写 sure、likely、inferred、unknown"),
        (GOOD.replace('"sure"', '"likely"'), "clauses.a-b: 条号未核实，cite_as 不得写条号"),
        (GOOD.replace("a-b", "A_b"), "clauses.A_b: 条款名用小写字母、数字和连字符"),
        (GOOD + 'cite = "x"\n', "clauses.a-b: 不认识的键 cite"),
        ('title2 = "x"\n' + GOOD, "不认识的键 title2"),
        ("id = ", "不是合格的 TOML"),
        ("\x00", "不是合格的 TOML"),
    ],
)
def test_a_malformed_norm_is_a_problem(tmp_path: Path, text: str, zh: str) -> None:
    (tmp_path / "X.toml").write_text(text, encoding="utf-8")
    norms, (problem,) = load_norms(tmp_path)
    assert norms == {}
    assert problem.path == "norms/X.toml"
    assert problem.zh.startswith(zh)


def test_a_norm_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "X.toml").write_bytes('title = "某规定"'.encode("gb18030"))
    _, (problem,) = load_norms(tmp_path)
    assert problem.en == "the file cannot be read; it should be UTF-8 text"
