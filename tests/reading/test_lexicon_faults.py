"""Words given twice, never met or with two meanings are told, with a near miss of each that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assesslint.findings.problems import Problem
from assesslint.reading.entries import Told, read_entries
from assesslint.reading.lexicon_faults import check_words
from assesslint.text.normalise import normalise
from assesslint.text.resources import resource
from tests.reading.test_lexicon import frame, meaning


def told(folder: Path, body: str, name: str = "words") -> list[Told]:
    (folder / f"{name}.toml").write_text(body, encoding="utf-8")
    entries, problems = read_entries([folder / f"{name}.toml"], lambda path: path.name)
    assert problems == []
    return entries


def found(folder: Path, body: str, upper: str = "") -> list[Problem]:
    above = told(folder, upper, "upper") if upper else []
    return list(check_words(told(folder, body), above, (folder,)))


def said(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [
        (p.kind.removeprefix("lexicon-"), p.source.text[p.span.start : p.span.end], f"{p.line}:{p.column}")
        for p in problems
        if p.source and p.span
    ]


INSTALL, REGISTER = "action.install", "action.register"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (meaning(INSTALL, "下载 安装 下载"), [("doubled", "下载", "3:16")]),
        (meaning(INSTALL, "下载 安装 下载量"), []),
        (meaning(INSTALL, "下载") + meaning(INSTALL, "安装 下载"), [("doubled", "下载", "6:13")]),
        (meaning(INSTALL, "下载") + meaning(INSTALL, "安装 下载", implies="app"), [("shadowed", "下载", "3:10")]),
        (frame("consequence.pay", "扣 核减", "绩效 扣 绩效", 6), [("doubled", "绩效", "3:24")]),
        (frame("consequence.pay", "扣 核减", "绩效 扣", 6), []),
        ('[[class]]\nname = "home"\nwords = "每户 户均 每户"\n', [("doubled", "每户", "3:16")]),
    ],
)
def test_a_word_given_twice_is_told_once(tmp_path: Path, body: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(found(tmp_path, body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (meaning(INSTALL, "下载") + meaning(INSTALL, "下载", needs=["apps"]), ["下载"]),
        (meaning(INSTALL, "下载") + meaning(INSTALL, "下载", needs=["apps"], implies="app"), []),
        (meaning(INSTALL, "下载", without=["data"]) + meaning(INSTALL, "下载", needs=["apps"]), []),
        (meaning(INSTALL, "下载", without=["data"]) + meaning(INSTALL, "下载", needs=["apps"], without=["data", "food"]), ["下载"]),
        (meaning(INSTALL, "下载", needs=["apps"]) + meaning(INSTALL, "下载", needs=["apps", "accounts"]), ["下载"]),
        (meaning(INSTALL, "下载", needs=["apps"]) + meaning(INSTALL, "下载", needs=["accounts"]), []),
        (meaning(INSTALL, "下载", nominal=True) + meaning(INSTALL, "下载", needs=["apps"]), []),
        (meaning(INSTALL, "下載"), ["下載"]),
        (meaning(INSTALL, "APP app"), ["APP"]),
        (meaning("force.combat", "严肃查处") + frame("consequence.pay", "严肃", "查处", 0), ["严肃查处"]),
        (meaning("force.combat", "严肃查处") + frame("consequence.pay", "严厉", "查处", 0), []),
        (meaning("none", "打卡点") + meaning("action.check_in", "打卡"), []),
    ],
)
def test_a_word_without_effect_is_told(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert [(kind, word) for kind, word, _ in said(found(tmp_path, body))] == [("shadowed", word) for word in expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (meaning(INSTALL, "上线") + meaning(REGISTER, "上线"), ["上线"]),
        (meaning(INSTALL, "上线") + meaning(REGISTER, "上线", needs=["apps"]), []),
        (meaning(INSTALL, "上线", without=["data"]) + meaning(REGISTER, "上线"), []),
        (meaning(INSTALL, "上线") + meaning(REGISTER, "上线", also=[INSTALL]), []),
        (meaning(INSTALL, "上线", also=[REGISTER]) + meaning(REGISTER, "上线"), []),
        (meaning(INSTALL, "上线") + meaning("object.platform", "上线"), []),
        (meaning("cue.online", "手机") + meaning("cue.personal", "手机"), []),
    ],
)
def test_a_word_with_two_meanings_of_a_kind_is_told_unless_something_tells_them_apart(
    tmp_path: Path, body: str, expected: list[str]
) -> None:
    assert [(kind, word) for kind, word, _ in said(found(tmp_path, body))] == [("ambiguous", word) for word in expected]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (meaning("none", "激活率"), [("ambiguous", "激活率")]),
        (meaning("none", "激活率表"), []),
        (meaning(INSTALL, "激活率"), [("doubled", "激活率")]),
        (meaning(REGISTER, "激活率"), [("ambiguous", "激活率")]),
        (meaning(REGISTER, "注册率"), []),
    ],
)
def test_the_words_of_a_pack_are_held_against_those_above(tmp_path: Path, own: str, expected: list[tuple[str, str]]) -> None:
    assert [(kind, word) for kind, word, _ in said(found(tmp_path, own, upper=meaning(INSTALL, "激活率")))] == expected


@pytest.mark.parametrize(
    "body",
    [
        meaning(INSTALL, "下载 安装 下载 安装 装上"),
        meaning(INSTALL, "下載 APP 安装"),
        frame("consequence.pay", "扣 核减", "绩效 扣 绩效 工资", 6),
        meaning(INSTALL, "下载 装上") + meaning(INSTALL, "装上 下载 安装"),
    ],
)
def test_a_safe_fix_leaves_nothing_to_tell_and_keeps_every_word(tmp_path: Path, body: str) -> None:
    text = body
    edits = [edit for problem in found(tmp_path, body) if problem.fix and problem.fix.safe for edit in problem.fix.edits]
    assert edits
    for edit in sorted(edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert found(tmp_path, text) == []
    words = {word for each in told(tmp_path, text) for _, listed in each.lists for word in listed.split()}
    assert words == {normalise(word).text for each in told(tmp_path, body) for _, listed in each.lists for word in listed.split()}


def test_a_fix_leaves_no_entry_without_words(tmp_path: Path) -> None:
    problems = found(tmp_path, meaning(INSTALL, "下载 装上") + meaning(INSTALL, "装上 下载"))
    assert [(p.kind, p.fix is not None) for p in problems] == [("lexicon-doubled", True), ("lexicon-doubled", False)]


def test_the_central_words_are_in_order() -> None:
    folder = resource("rules") / "lexicon"
    entries, problems = read_entries(sorted(folder.glob("*.toml")))
    assert problems == []
    assert [p.text() for p in check_words(entries, [], (folder,))] == []
