"""One fault of one sentence is told once, at the words that say most; different faults and sentences stay apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.findings.model import Basis, Finding
from assesslint.linter.repeats import _Wider, without_repeats
from assesslint.text.source import Source, Span


def finding(text: str, words: str, rule: str = "usage-ranking", indicator: str = "应用") -> Finding:
    start = text.index(words)
    source = Source("draft.txt", text)
    return Finding(
        rule,
        "consequence",
        "error",
        "…",
        "draft.txt",
        indicator=indicator,
        excerpt=words,
        source=source,
        span=Span(start, start + len(words)),
    )


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("对活跃用户排名，在群里晾晒，末位的表态", ["排名", "晾晒", "末位"], ["排名"]),
        ("每月排名。每周晾晒。", ["每月排名", "每周晾晒"], ["每月排名", "每周晾晒"]),
        ("每月排名，每周晾晒", ["每月排名", "每周晾晒"], ["每月排名", "每周晾晒"]),
        ("鼓励下载，下载率未达八成的通报", ["下载", "下载率未达八成"], ["下载率未达八成"]),
        ("点赞、转发率达到100%", ["点赞、转发率达到100%", "转发率达到100%"], ["点赞、转发率达到100%"]),
        ("排名|晾晒", ["排名", "晾晒"], ["排名", "晾晒"]),
    ],
)
def test_a_fault_is_told_once_in_a_sentence(text: str, words: list[str], left: list[str]) -> None:
    assert [f.excerpt for f in without_repeats(finding(text, each) for each in words)] == left


def test_the_same_words_found_twice_are_told_once() -> None:
    assert len(without_repeats([finding("每月排名", "每月排名"), finding("每月排名", "每月排名")])) == 1


@pytest.mark.parametrize(("severity", "left"), [("error", ["按季度通报名次"]), ("advice", ["按季度通报", "按季度通报名次"])])
def test_words_that_are_part_of_others_are_told_again_only_where_they_weigh_more(severity: str, left: list[str]) -> None:
    text = "考核结果按季度通报名次"
    basis = (Basis("LB2024-JF", "rankings", "…", "sure"),)
    told = [finding(text, "按季度通报"), replace(finding(text, "按季度通报名次"), severity=severity, basis=basis)]
    assert [f.excerpt for f in without_repeats(told)] == left


def test_other_rules_and_indicators_are_other_faults() -> None:
    text = "排名、晾晒"
    told = [finding(text, "排名"), finding(text, "晾晒", rule="frequent-ranking"), finding(text, "晾晒", indicator="宣传")]
    assert without_repeats(told) == told


def test_a_finding_without_a_place_stays() -> None:
    told = [Finding("unreadable-file", "reading", "error", "…", "a.txt"), Finding("unreadable-file", "reading", "error", "…", "b.txt")]
    assert without_repeats(told) == told


spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 12), st.integers(0, 8))


@given(st.lists(spans, max_size=8), spans)
def test_a_place_is_part_of_another_as_a_look_at_each_would_tell(others: list[Span], inner: Span) -> None:
    each = any(outer.start <= inner.start and inner.end <= outer.end and outer != inner for outer in others)
    assert _Wider(others).than(inner) == each
