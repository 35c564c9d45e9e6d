"""A passage: where clauses and sentences end, and that its words lead back to the author's own, however they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.reading.lexicon import Lexicon, Mention, Sense, central_lexicon
from assesslint.reading.names import looks_like_app
from assesslint.reading.passage import Passage
from assesslint.scheme.model import Piece, Prose, prose_at
from assesslint.text.source import Span
from tests.reading.drafts import passage

NO_LEXICON = Lexicon({})


def parted(text: str) -> list[list[str]]:
    """Return the clauses of a text by sentence."""
    read = Passage(prose_at(text, 0, len(text)), "scoring", NO_LEXICON)
    sentences: dict[int, list[str]] = {}
    for clause in read.clauses:
        sentences.setdefault(clause.sentence, []).append(read.text[clause.start : clause.end])
    return list(sentences.values())


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("每日打卡，缺一次扣1分。未打卡的通报。", [["每日打卡", "缺一次扣1分"], ["未打卡的通报"]]),
        ("每日打卡,缺一次扣1分;未打卡的通报", [["每日打卡", "缺一次扣1分"], ["未打卡的通报"]]),
        ("严禁下列行为：打卡、接龙", [["严禁下列行为", "打卡、接龙"]]),
        ("第一行\n第二行", [["第一行"], ["第二行"]]),
        ("是否打卡？打卡！", [["是否打卡"], ["打卡"]]),
        ("安装率达到80%，得5分", [["安装率达到80%", "得5分"]]),
        ("奖励1,000元，封顶", [["奖励1000元", "封顶"]]),
        ("①每日打卡②年底总结", [["1每日打卡"], ["2年底总结"]]),
        ("见第（1）项、第（2）项", [["见第（1）项、第（2）项"]]),
        ("1.每日打卡，1分2.年底总结，2.5分", [["1.每日打卡", "1分"], ["2.年底总结", "2.5分"]]),
        ("一是打卡，二是总结", [["一是打卡"], ["二是总结"]]),
        ("2.年底总结一次", [["2.年底总结一次"]]),
        ("清运及时2分 信息公开2分", [["清运及时2分"], ["信息公开2分"]]),
        ("清运及时得 2 分，信息公开2分", [["清运及时得2分", "信息公开2分"]]),
        ("，，。。", [[""]]),
        ("", [[""]]),
    ],
)
def test_sentences_and_their_clauses(text: str, clauses: list[list[str]]) -> None:
    assert parted(text) == clauses


@given(st.text(st.sampled_from("打卡扣1分，。；：！？\n、“” a%"), max_size=40))
def test_clauses_lie_in_order_and_hold_every_character_but_the_marks(text: str) -> None:
    read = Passage(prose_at(text, 0, len(text)), "scoring", NO_LEXICON)
    at = 0
    for index, clause in enumerate(read.clauses):
        assert clause.index == index
        assert at <= clause.start <= clause.end
        assert set(read.text[at : clause.start]) <= set("，。；：！？\n")
        at = clause.end
        start, end = read.sentence_range(clause)
        assert start <= clause.start <= clause.end <= end
    assert set(read.text[at:]) <= set("，。；：！？\n")


@given(st.text(st.sampled_from("打卡扣1分，。；：\n"), max_size=30), st.integers(0, 30))
def test_every_offset_belongs_to_the_clause_that_holds_it(text: str, offset: int) -> None:
    read = Passage(prose_at(text, 0, len(text)), "scoring", NO_LEXICON)
    clause = read.clause_of(min(offset, len(read.text)))
    holding = [c for c in read.clauses if c.start <= offset < c.end]
    assert not holding or holding == [clause]


# ── the author's words ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("须打卡两次", "打卡"),
        ("须打 卡两次", "打 卡"),
        ("须打\u200b卡两次", "打\u200b卡"),
        ("须打\ufeff\u2060卡两次", "打\ufeff\u2060卡"),
        ("須關注公眾號", "關注公眾號"),
        ("下載 Ａ Ｐ Ｐ", "下載"),
    ],
)
def test_a_word_is_shown_as_its_author_wrote_it(written: str, word: str) -> None:
    read = passage(written)
    action = read.of("action")[0]
    words = read.words(action.start, action.end)
    assert words.text == word
    assert words.spans == (Span(written.index(word), written.index(word) + len(word)),)
    assert words.field == "scoring"


def test_a_word_that_stands_in_two_pieces_of_the_draft_has_two_places() -> None:
    read = Passage(Prose("每日打卡两次", (Piece(0, 10, 3), Piece(3, 50, 3))), "content", NO_LEXICON)
    assert read.words(2, 4).spans == (Span(12, 13), Span(50, 51))


typed = st.lists(
    st.tuples(st.sampled_from("安装率達到８０％以上得五分打卡註冊APP"), st.sampled_from(["", " ", "\u200b", "\u3000", "\ufeff", "\u2060"])),
    min_size=1,
    max_size=20,
).map(lambda pairs: "".join(a + b for a, b in pairs))


@given(typed, st.integers(0, 19), st.integers(1, 5), st.integers(0, 100))
def test_words_lie_where_their_spans_say(text: str, start: int, length: int, shift: int) -> None:
    read = Passage(Prose(text, (Piece(0, shift, len(text)),)), "scoring", NO_LEXICON)
    start = min(start, max(0, len(read.text) - 1))
    end = min(len(read.text), start + length)
    words = read.words(start, end)
    draft = "-" * shift + text
    assert "".join(draft[span.start : span.end] for span in words.spans) == words.text
    assert Passage(prose_at(words.text, 0, len(words.text)), "scoring", NO_LEXICON).text.replace(" ", "") == read.text[start:end].replace(
        " ", ""
    )


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["乡村通", "掌上黄石", "智慧社区", "渝快办", "干部之家", "数字平远", "基层治理云平台"])
def test_a_name_may_have_the_shape_of_an_apps(name: str) -> None:
    assert looks_like_app(name)
    assert "app" in {m.sense.value for m in passage(f"推广“{name}”。").of("object")}


@pytest.mark.parametrize("name", ["一票否决", "非常满意", "收到", "两个责任", "最多跑一次"])
def test_other_words_in_quotation_marks_have_not(name: str) -> None:
    assert not looks_like_app(name)


def test_a_name_behind_a_verb_of_taking_up_is_an_app_whatever_its_shape() -> None:
    read = passage("下载“小石榴”并注册。")
    assert [(read.text[m.start : m.end], m.sense.value) for m in read.of("object")] == [("小石榴", "app")]


@pytest.mark.parametrize(
    ("text", "actions"),
    [("订阅《人民日报》", ["follow"]), ("落实《关于整治强制下载注册的通知》", []), ("按《网格打卡签到办法》执行", [])],
)
def test_the_title_of_a_paper_says_nothing_of_what_is_done(text: str, actions: list[str]) -> None:
    assert [m.sense.value for m in passage(text).of("action")] == actions


def test_what_stands_in_a_stretch() -> None:
    read = passage("每日打卡2次，每周登录3次，得5分。")
    first, second, third = read.clauses
    assert [(q.value, q.unit) for q in read.quantities_in(second.start, second.end)] == [(3, "count")]
    assert [q.unit for q in read.quantities_in(third.start, third.end)] == ["points"]
    assert read.has("action", first.start, first.end, "check_in")
    assert not read.has("action", second.start, second.end, "check_in")
    frequency = read.frequency_in(first.start, first.end)
    assert frequency is not None and frequency.interval * 2 == 1
    assert read.frequency_in(third.start, third.end) is None


def test_a_passage_tells_whether_a_word_of_a_class_stands_at_a_place() -> None:
    text = "每低3条扣1分"
    read = Passage(prose_at(text, 0, len(text)), "scoring", central_lexicon())
    figure = read.quantities[0]
    assert read.opens_with("lacking_step", 0)
    assert not read.opens_with("lacking_step", 1)
    assert read.closes_with("step", figure.start)
    assert not read.closes_with("step", figure.end)
    assert read.counts(figure, "item_measure")
    assert not read.counts(figure, "people_measure")


def test_a_mention_holds_what_stands_inside_it_or_where_it_stands() -> None:
    sense = Sense("action", "install")
    word = Mention(2, 6, sense)
    assert word.holds(word)
    assert word.holds(Mention(3, 6, sense))
    assert not word.holds(Mention(3, 7, sense))
