"""The lexicon: how words are found in a text, what a bad file is told, and that the central one names only what exists."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.reading.demands import demands_of
from assesslint.reading.entries import OWN, LexiconError
from assesslint.reading.frames import compose
from assesslint.reading.indicator import CLASSES
from assesslint.reading.lexicon import Lexicon, Mention, central_lexicon, read_lexicon
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.frequency import find_frequencies
from assesslint.text.normalise import normalise
from assesslint.text.quantity import find_quantities
from assesslint.text.resources import resource
from tests.reading.drafts import indicator_text, read

FILES = sorted((resource("rules") / "lexicon").glob("*.toml"))


def lexicon_of(folder: Path, body: str) -> Lexicon:
    (folder / "words.toml").write_text(body, encoding="utf-8")
    return read_lexicon((folder,))


def meaning(what: str, words: str, **rest: Any) -> str:
    more = "".join(f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}\n" for key, value in rest.items())
    return f'[[meaning]]\nis = "{what}"\nwords = "{words}"\n{more}'


def frame(what: str, first: str, then: str, within: int, unless: str = "") -> str:
    return f'[[frame]]\nis = "{what}"\nparts = ["{first}", "{then}"]\nwithin = {within}\nunless = "{unless}"\n'


def composed(lexicon: Lexicon, text: str) -> list[Mention]:
    return compose(text, lexicon.scan(text), (*find_quantities(text), *find_frequencies(text)), lexicon)


def found(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    """Return the words found in a text with what they may mean."""
    return [(text[m.start : m.end], f"{m.sense.kind}.{m.sense.value}".rstrip(".")) for m in composed(lexicon, text)]


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_longest_word_of_a_kind_wins(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, meaning("action.follow", "关注 关注率") + meaning("action.view", "关注率排名"))
    assert found(lexicon, "公众号关注率排名和关注") == [("关注率排名", "action.view"), ("关注", "action.follow")]


def test_of_two_words_that_overlap_the_first_is_read(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, meaning("action.install", "下载安装") + meaning("action.register", "安装注册"))
    assert found(lexicon, "下载安装注册") == [("下载安装", "action.install")]


def test_words_of_two_kinds_stand_side_by_side(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, meaning("action.install", "安装率") + meaning("measure.rate", "率"))
    assert found(lexicon, "安装率") == [("安装率", "action.install"), ("率", "measure.rate")]


def test_one_word_may_have_two_senses(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, meaning("action.log_in", "登录") + meaning("action.install", "登录", needs=["apps"]))
    assert found(lexicon, "登录") == [("登录", "action.log_in"), ("登录", "action.install")]


def test_a_look_alike_hides_the_words_inside_it_and_no_others(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, meaning("none", "网红打卡点 打卡机") + meaning("action.check_in", "打卡"))
    assert found(lexicon, "建成网红打卡点3处，每日打卡") == [("打卡", "action.check_in")]


def test_a_look_alike_does_not_hide_a_longer_word(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, meaning("none", "打卡") + meaning("action.check_in", "手机打卡"))
    assert found(lexicon, "手机打卡") == [("手机打卡", "action.check_in")]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("取消打卡", [("取消", "force.withdraw")]),
        ("取消评优", [("取消评优", "consequence.loss_of_honours")]),
        ("不上榜", [("不", "sign.shortfall")]),
        ("不得上榜", [("不得", "force.prohibit")]),
    ],
)
def test_a_word_that_turns_others_round_is_no_word_inside_a_longer_one(tmp_path: Path, text: str, read_as: list[tuple[str, str]]) -> None:
    words = meaning("force.withdraw", "取消") + meaning("consequence.loss_of_honours", "取消评优") + meaning("sign.shortfall", "不")
    assert found(lexicon_of(tmp_path, words + meaning("force.prohibit", "不得")), text) == read_as


@pytest.mark.parametrize(("text", "hit"), [("下载app", True), ("happy", False), ("apple", False), ("app端", True), ("3app", True)])
def test_a_latin_word_is_not_found_inside_another(tmp_path: Path, text: str, hit: bool) -> None:
    assert bool(lexicon_of(tmp_path, meaning("object.app", "app")).scan(text)) is hit


def test_mentions_come_by_place_and_no_two_of_a_kind_overlap() -> None:
    text = "鼓励群众下载“反诈中心”app并实名注册，未达80%的予以通报批评，每月排名后三位的约谈主要负责人"
    mentions = composed(central_lexicon(), text)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert {"force", "action", "object", "sign", "consequence", "actor"} <= {m.sense.kind for m in mentions}


WORDS = frozenset(
    word
    for path in FILES
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("meaning", ())
    for word in entry["words"].split()
)


@given(st.text(st.sampled_from("不得下载安装注册率app公众号关注打卡点取消评优扣绩效工资，。的"), max_size=40))
def test_every_mention_is_a_word_of_the_lexicon_or_a_frame(text: str) -> None:
    lexicon = central_lexicon()
    framed = {frame.sense for frame in lexicon.frames}
    for m in composed(lexicon, text):
        assert 0 <= m.start < m.end <= len(text)
        assert text[m.start : m.end] in WORDS or m.sense in framed


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("本人有智能手机者", False),
        ("评为岗位能手", True),
        ("能手评选", True),
        ("技术能手机关", True),
        ("省林科院抽样报告", False),
        ("送样报检", True),
    ],
)
def test_a_word_that_two_common_words_cross_is_none(tmp_path: Path, text: str, hit: bool) -> None:
    (tmp_path / "common_words.txt").write_text("# common\n智能 手机 抽样 报告\n机关\n", encoding="utf-8")
    assert bool(found(lexicon_of(tmp_path, meaning("consequence.honour", "能手 样报")), text)) is hit


# ── frames ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

PAY = frame("consequence.pay", "扣 核减", "绩效 工资", 6, "群众 不得")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("扣村干部绩效", ["扣村干部绩效"]),
        ("扣绩效", ["扣绩效"]),
        ("扣当月全部村干部的绩效", []),
        ("核减奖金、工资", []),
        ("扣1分，绩效照发", []),
        ("绩效不扣", []),
        ("扣群众工资", []),
        ("不得扣绩效", []),
        ("扣减绩效和核减工资", ["扣减绩效", "核减工资"]),
    ],
)
def test_a_frame_holds_within_its_distance_in_one_clause_unless_a_word_forbids(tmp_path: Path, text: str, words: list[str]) -> None:
    assert found(lexicon_of(tmp_path, PAY), text) == [(word, "consequence.pay") for word in words]


def test_a_word_of_the_same_meaning_inside_a_frame_is_not_read_again(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, PAY + meaning("consequence.pay", "绩效") + meaning("actor.village", "村干部"))
    assert found(lexicon, "扣村干部绩效") == [("村干部", "actor.village"), ("绩效", "consequence.pay")]


def test_a_frame_whose_needs_may_stand_farther_off_is_read_in_place_of_its_word(tmp_path: Path) -> None:
    near = '[[meaning]]\nis = "action.study"\nneeds = ["apps"]\nreach = "sentence"\nwords = "学时"\n'
    far = '[[frame]]\nis = "action.study"\nneeds = ["apps"]\nreach = "scheme"\nwithin = 3\nparts = ["学时", "@unit.课时"]\n'
    [mention] = composed(lexicon_of(tmp_path, near + far), "学时满4课时")
    assert (mention.start, mention.end, mention.sense.reach) == (0, 2, "scheme")


GROUPS = """
[[class]]
name = "home"
words = "每户 户均 各家"
[[meaning]]
is = "object.chat_group"
words = "微信群 联络群"
[[frame]]
is = "action.join_group"
parts = ["@home", "进 @figure.count", "@object.chat_group"]
within = 6
over = "，"
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("每户都进本村微信群", ["每户都进本村微信群"]),
        ("户均1人，在联络群", ["户均1人，在联络群"]),
        ("户均1人；在联络群", []),
        ("每户都在微信群", []),
        ("进群的每户", []),
        ("各家都要派一个会用手机的人进微信群", []),
    ],
)
def test_the_parts_of_a_frame_are_words_classes_meanings_and_figures(tmp_path: Path, text: str, words: list[str]) -> None:
    made = [word for word, what in found(lexicon_of(tmp_path, GROUPS), text) if what == "action.join_group"]
    assert made == words


def test_the_words_of_a_class_mean_nothing_alone(tmp_path: Path) -> None:
    assert found(lexicon_of(tmp_path, GROUPS), "每户都在微信群") == [("微信群", "object.chat_group")]


def test_a_class_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(LexiconError) as error:
        lexicon_of(tmp_path, GROUPS + '[[class]]\nname = "home"\nwords = "家家"\n')
    [problem] = error.value.problems
    assert problem.en == f"class home is told in {tmp_path / 'words.toml'} already; give it another name"
    assert (problem.line, problem.column) == (14, 8)


def test_parts_in_any_order(tmp_path: Path) -> None:
    body = '[[frame]]\nis = "score.penalty"\nparts = ["扣", "分数"]\nwithin = 4\nany_order = true\n'
    lexicon = lexicon_of(tmp_path, body)
    assert [word for word, _ in found(lexicon, "分数要扣")] == ["分数要扣"]
    assert [word for word, _ in found(lexicon, "扣其分数")] == ["扣其分数"]


def test_a_frame_of_none_hides_what_its_parts_would_mean(tmp_path: Path) -> None:
    body = meaning("action.follow", "关注") + '[[frame]]\nis = "none"\nparts = ["关注", "儿童 老人"]\nwithin = 6\n'
    lexicon = lexicon_of(tmp_path, body)
    assert found(lexicon, "关注留守儿童，关注公众号") == [("关注", "action.follow")]


def test_a_meaning_of_three_parts_may_skip_a_nearer_one_that_leads_nowhere(tmp_path: Path) -> None:
    body = '[[frame]]\nis = "score.bonus"\nparts = ["每", "条", "加"]\nwithin = 3\n'
    assert [word for word, _ in found(lexicon_of(tmp_path, body), "每三条四条就加分")] == ["每三条四条就加"]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("@hone", "there is no class hone; did you mean home?"),
        ("@object.chat_grup", "object knows no chat_grup; did you mean chat_group?"),
        ("@figure.percents", "figure knows no percents; did you mean percent?"),
    ],
)
def test_a_part_that_names_nothing_is_told(tmp_path: Path, part: str, told: str) -> None:
    with pytest.raises(LexiconError) as error:
        lexicon_of(tmp_path, GROUPS.replace("@home", part))
    [problem] = error.value.problems
    assert problem.en == told
    assert (problem.line, problem.column) == (10, 11)


# ── needs, without, reach ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "other", "actions"),
    [
        ("完成注册2000户。", {}, []),
        ("推进小程序，完成注册2000户。", {}, ["register"]),
        ("推进小程序。完成注册2000户。", {}, ["register"]),
        ("完成注册2000户。", {"name": "小程序"}, ["register"]),
        ("完成注册2000户。", {"heading": "小程序应用"}, ["register"]),
        ("推进小程序，每人在线2小时。", {}, ["log_in"]),
        ("每人在线2小时。", {}, []),
    ],
)
def test_a_word_that_needs_an_object_is_read_where_one_stands_within_reach(text: str, other: dict[str, str], actions: list[str]) -> None:
    assert [d.action for d in read(text, **other).demands] == actions


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("粉丝增长500人。", ["follow"]),
        ("红薯加工的粉丝增长500吨。", []),
        ("公众号投票率达到90%。", ["vote"]),
        ("村民委员会换届选举投票率达到90%。", []),
        ("转发公众号推文10条。", ["forward"]),
        ("转发公文10份。", []),
    ],
)
def test_a_word_is_not_read_beside_a_thing_that_gives_it_another_meaning(text: str, actions: list[str]) -> None:
    assert [d.action for d in demands_of(indicator_text(text)) if d.action in ("follow", "vote", "forward")] == actions


# ── bad files ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("[[meaning]\n", "1:10: not valid TOML: Expected"),
        ('[[meaning]]\nwords = "下载"\n', "1:1: meaning: is is missing"),
        (meaning("action.install", "下载", need=["apps"]), "4:1: action.install: unknown key need; did you mean needs?"),
        (
            meaning("action.install", "下载", reach="page"),
            "4:9: action.install: reach: Input should be 'sentence', 'indicator' or 'scheme'",
        ),
        (meaning("acton.install", "下载"), "2:6: there is no table acton; did you mean action?"),
        (meaning("action.instal", "下载"), "2:6: action knows no instal; did you mean install?"),
        (meaning("action.install", "下载", implies="ap"), "4:11: implies knows no ap; did you mean app?"),
        (meaning("action.install", "下载", needs=["app"]), "4:11: needs knows no app; did you mean apps?"),
        (meaning("action.install", "下载", without=["data", "elections"]), "4:21: without knows no elections; did you mean election?"),
        (meaning("action.install", "下载", also=["action.instal"]), "4:10: action knows no instal; did you mean install?"),
        (meaning("action.install", "下载 " + "长" * 41), "3:13: “长长长长长长长长长长…” has 41 characters"),
    ],
)
def test_a_bad_file_is_told_by_its_name_and_entry(tmp_path: Path, body: str, told: str) -> None:
    with pytest.raises(LexiconError) as error:
        lexicon_of(tmp_path, body)
    [problem] = error.value.problems
    assert problem.path == str(tmp_path / "words.toml")
    assert problem.text("en").removeprefix(f"{problem.path}:").startswith(told)
    assert problem.zh


@pytest.mark.parametrize(
    "body",
    [
        '[[meaning]]\nis = "action.install"\n',
        '[[meaning]]\nis = "action.install"\nwords = ["下载"]\n',
        '[[frame]]\nis = "action.install"\nfirst = "下"\nthen = "载"\n',
        '[[frame]]\nis = "action.install"\nfirst = "下"\nwithin = 3\n',
        '[[frame]]\nis = "action.install"\nfirst = "下"\nthen = "载"\nwithin = "三"\n',
        "meaning = 3\n",
        '[[meanings]]\nis = "action.install"\nwords = "下载"\n',
    ],
)
def test_an_entry_that_is_no_meaning_is_told_too(tmp_path: Path, body: str) -> None:
    with pytest.raises(LexiconError):
        lexicon_of(tmp_path, body)


# ── the central lexicon ──────────────────────────────────────────────────────────────────────────────────────────────────────


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in FILES:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for entry in (*data.get("meaning", ()), *data.get("frame", ())):
            yield path.stem, entry


def lists() -> Iterator[tuple[str, str, list[str]]]:
    for file, entry in entries():
        for key in ("words", "unless"):
            if key in entry:
                yield file, f"{entry['is']} {key}", entry[key].split()
        for part in entry.get("parts", ()):
            yield file, f"{entry['is']} {part}", part.split()
    for path in FILES:
        for told in tomllib.loads(path.read_text(encoding="utf-8")).get("class", ()):
            yield path.stem, told["name"], told["words"].split()


def test_every_class_is_named_by_a_frame_or_by_code() -> None:
    told = {told["name"] for path in FILES for told in tomllib.loads(path.read_text(encoding="utf-8")).get("class", ())}
    framed = {word[1:] for _, entry in entries() for part in entry.get("parts", ()) for word in part.split() if word.startswith("@")}
    package = Path(read_lexicon.__code__.co_filename).parent.parent
    pages = [*(package / "reading").glob("*.py"), *(package / "linter" / "fixes").glob("*.py")]
    code = "".join(path.read_text(encoding="utf-8") for path in pages)
    called = set(re.findall(r'(?:words|class_words|opens_with|closes_with|counts|_names)\([^"()]*"([a-z_]+)"', code))
    outcomes = set(central_vocabulary().enums["outcome"].zh)
    assert told <= framed | called | outcomes
    assert called <= told


def test_what_a_meaning_needs_or_implies_exists() -> None:
    kinds = central_vocabulary().enums["object_kind"]
    for _, entry in entries():
        assert set(entry.get("needs", ())) <= {*CLASSES, "online"}
        assert set(entry.get("without", ())) <= set(OWN["thing"].split()) | set(kinds.zh)


def test_who_holds_data_is_named_for_every_kind_of_data() -> None:
    held = {entry["is"]: entry.get("holder") for _, entry in entries() if entry["is"].startswith("held.")}
    assert {what for what, holder in held.items() if not holder} == {"held.said"}


def test_no_word_stands_twice_in_a_list() -> None:
    twice = {(file, what): sorted(w for w, n in Counter(words).items() if n > 1) for file, what, words in lists()}
    assert {where: words for where, words in twice.items() if words} == {}


def test_every_word_is_in_normal_form() -> None:
    assert [(file, what, word) for file, what, words in lists() for word in words if normalise(word).text != word] == []
