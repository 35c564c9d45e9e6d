"""The labelled cases, guarded one by one: what is right today stays right, and the list of known gaps says what is wrong, no more."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from assesslint.policy.rulebook import load_rulebook
from assesslint.text.resources import resource
from tests.quality import CORPORA, KNOWN_GAPS, Corpus, Figures, Gap, corpora, measure, read_corpus, read_gaps, report, written_gaps

GUARDED = [corpus.name for corpus in corpora() if corpus.guarded]


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    """Return the figures of every guarded corpus."""
    rulebook = load_rulebook(resource("rules"))
    return {name: measure(read_corpus(CORPORA / f"{name}.jsonl"), rulebook) for name in GUARDED}


@pytest.mark.parametrize("name", GUARDED)
def test_no_case_is_wrong_that_was_right_and_none_is_listed_that_is_right(name: str, figures: dict[str, Figures]) -> None:
    known, today = read_gaps().get(name, {}), figures[name].gaps
    worse = {case: gap for case, gap in today.items() if case not in known}
    better = sorted(known.keys() - today.keys())
    changed = {case: (known[case], gap) for case, gap in today.items() if case in known and known[case] != gap}
    assert (worse, better, changed) == ({}, [], {}), "python -m tests.quality --write-gaps brings the list up to date"


def test_only_guarded_corpora_have_known_gaps() -> None:
    assert set(read_gaps()) <= set(GUARDED)
    assert "set_apart" not in read_gaps()


def test_every_known_gap_says_why() -> None:
    assert [case for cases in read_gaps().values() for case, gap in cases.items() if not gap.why] == []


def test_the_promised_figures(figures: dict[str, Figures]) -> None:
    labelled = figures["labelled"]
    assert labelled.f1 >= 0.97
    assert labelled.flagged <= 0.03 * labelled.clean
    assert labelled.placed >= 0.95 * labelled.right.total()


# ── the measuring itself ─────────────────────────────────────────────────────────────────────────────────────────────────────

CASE = {
    "scheme": "考核细则",
    "indicator": "应用推广",
    "points": 5,
    "evidence": "后台数据",
    "frequency": "",
    "consequence": "",
    "why": "a quota",
}
QUOTA = {**CASE, "standard": "“渝快办”APP下载率达到80%得5分。", "spans": {"download-quota": "下载率达到80%"}}


def corpus_of(folder: Path, *rows: dict[str, object]) -> Corpus:
    header = {"corpus": "small", "rules": ["download-quota", "follow-quota"], "guarded": True}
    lines = [header, *({"id": f"S{number}", **row} for number, row in enumerate(rows, 1))]
    path = folder / "small.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return read_corpus(path)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Corpus, Figures]:
    corpus = corpus_of(
        tmp_path_factory.mktemp("corpus"),
        {**QUOTA, "labels": ["download-quota"]},
        {**QUOTA, "labels": ["download-quota"], "spans": {"download-quota": "后台数据"}},
        {**QUOTA, "labels": ["follow-quota", "check-in"], "hard": ["two quotas", "a synonym"]},
        {**QUOTA, "labels": []},
        {**CASE, "standard": "办结率达到95%得5分。", "labels": [], "spans": {}},
    )
    return corpus, measure(corpus, load_rulebook(resource("rules")))


def test_findings_are_counted_against_labels(measured: tuple[Corpus, Figures]) -> None:
    _, figures = measured
    assert (figures.right, figures.false, figures.missed) == ({"download-quota": 2}, {"download-quota": 2}, {"follow-quota": 1})
    assert (figures.precision, figures.recall) == (2 / 4, 2 / 3)
    assert figures.f1 == pytest.approx(4 / 7)
    assert figures.macro_f1(["check-in", "download-quota", "follow-quota"]) == pytest.approx(1 / 3)
    assert (figures.flagged, figures.clean, figures.placed) == (1, 2, 1)


def test_a_wrong_case_is_a_gap_with_what_makes_it_hard(measured: tuple[Corpus, Figures]) -> None:
    _, figures = measured
    assert figures.gaps == {"S3": Gap(("follow-quota",), ("download-quota",)), "S4": Gap((), ("download-quota",))}
    assert [gap.why for gap in figures.gaps.values()] == ["two quotas, a synonym", "a quota"]


def test_the_list_of_gaps_is_read_back_as_written_and_keeps_every_why(measured: tuple[Corpus, Figures], tmp_path: Path) -> None:
    _, figures = measured
    known = {"small": {"S4": Gap(why='said “so” and "so"'), "S9": Gap(why="right by now")}}
    path = tmp_path / "gaps.toml"
    path.write_text(written_gaps({"small": figures.gaps}, known), encoding="utf-8")
    assert read_gaps(path) == {"small": figures.gaps}
    assert [gap.why for gap in read_gaps(path)["small"].values()] == ["two quotas, a synonym", 'said “so” and "so"']
    assert written_gaps(read_gaps(path), read_gaps(path)) == path.read_text(encoding="utf-8")


def test_the_list_of_gaps_is_as_it_would_be_written() -> None:
    known = read_gaps()
    assert tomllib.loads(KNOWN_GAPS.read_text(encoding="utf-8")).keys() == known.keys()
    assert written_gaps(known, known) == KNOWN_GAPS.read_text(encoding="utf-8")


def test_what_is_only_reported_comes_last_and_says_so(measured: tuple[Corpus, Figures]) -> None:
    corpus, figures = measured
    assert [c.guarded for c in corpora()] == sorted((c.guarded for c in corpora()), reverse=True)
    assert "report only" not in next(report(corpus, figures))
    assert "report only" in next(report(replace(corpus, guarded=False), figures))
