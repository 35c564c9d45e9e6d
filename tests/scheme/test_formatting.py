"""Formatting changes no tree, no finding and no comment, whatever the text looked like; formatting again changes nothing at all."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assesslint.linter.check import judge
from assesslint.linter.settings import Settings
from assesslint.policy.page import blocks, whole_scheme
from assesslint.policy.rulebook import load_rulebook
from assesslint.scheme.formatting import format_text
from assesslint.scheme.keywords import block_words
from assesslint.scheme.model import Scheme
from assesslint.scheme.parse import parse_schemes
from assesslint.scheme.printer import print_scheme, print_schemes
from assesslint.scheme.syntax import Block, Entry, scheme_grammar
from assesslint.scheme.tokens import Token, scan, scanner_of
from assesslint.text.resources import resource
from assesslint.text.source import Source
from tests.strategies import schemes

ROOT = Path(__file__).parent.parent.parent
GOLDEN = ROOT / "tests" / "golden"
CALM = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SCANNER = scanner_of(scheme_grammar())

WRITTEN = {",": ",，、", "{": "{｛", "}": "}｝", ">=": ("≥", "＞＝", ">="), "<=": ("≤", "<="), ">": ">＞", "<": "<＜", "=": "=＝"}
"""Marks of the language, each with the ways to write it."""

GAPS = (" ", "  ", "\t", "\u3000", "\n", "\r\n", "\n\n\n", "\r\n \r\n", "\n\t")
COMMENTS = (" #{}\n", "# {} {{\r\n", "\n# {}，}}\n", '\n\n  # {} "\n\n', " # {}\t \n# 又\n")


def tokens(text: str) -> list[Token]:
    return list(scan(SCANNER, text, []))


def formatted(text: str, keywords: str | None = None) -> str:
    result = format_text(Source("a.assess", text), keywords=keywords)
    assert result.findings == ()
    assert result.text is not None
    return result.text


def written(random: Random, token: Token) -> str:
    """Return a token as somebody else might write it."""
    text = token.text
    if text in WRITTEN:
        return random.choice(WRITTEN[text])
    if token.type in ("FIELD", "COLON"):
        return text.replace(":", random.choice([":", "：", " :", "\u3000："]))
    if token.type == "CALL":
        return text.replace("(", random.choice(["(", "（", " ("]))
    if token.type == "AMOUNT":
        return text.replace("%", random.choice(["%", "％", " %"])).replace("-", random.choice(["-", "−"]))
    if token.type == "STRING" and not set(text[1:-1]) & set('"“”\\'):
        return random.choice([text, f"“{text[1:-1]}”"])
    return text


OPENS = frozenset({"FIELD", "RBRACE"})
"""The tokens before which a comment is in no value."""


def untidy(text: str, random: Random, *, anywhere: bool = True) -> str:
    """Return a text as nobody should write it: any blanks, line ends, marks, and comments between any two words, or not in values."""
    parts = [random.choice(["", "\ufeff", "# 头\n"])]
    end, before = 0, ""
    for number, token in enumerate(tokens(text)):
        gap = random.choice(GAPS) if token.start > end or random.random() < 0.5 else ""
        if random.random() < (0.15 if anywhere or token.type in OPENS else 0):
            gap += random.choice(COMMENTS).format(number)
        if before in ("WORD", "AMOUNT") and token.type == "WORD":  # on one line an English term could go on, or a unit follow
            gap += "\n"
        parts += [" " if before == "COMPARISON" else gap, written(random, token)]  # 增长 is one only with its figure on the same line
        end, before = token.end, token.type
    return "".join([*parts, random.choice(["", "\n\n", " # 尾"])])


def places(text: str) -> list[tuple[str, bool, int]]:
    """Return each comment, whether it has a line of its own, and the number of tokens before it, commas not counted."""
    found = []
    count = 0
    for match in SCANNER.finditer(text):
        if match.lastgroup == "COMMENT":
            before = text[max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1 : match.start("COMMENT")]
            found.append((match["COMMENT"].rstrip(), not before.strip(" \t\u3000,，、\ufeff"), count))
        elif match.lastgroup not in ("WS", "_COMMA"):
            count += match[0] != "\ufeff"
    return found


RANDOMS = st.randoms(use_true_random=False)


@CALM
@given(schemes, st.sampled_from(["zh", "en"]), RANDOMS, st.sampled_from([None, "zh", "en"]))
def test_the_tree_stays_and_a_second_time_changes_nothing(scheme: Scheme, lang: str, random: Random, keywords: str | None) -> None:
    text = untidy(print_scheme(scheme, lang), random)
    assert parse_schemes(Source("a.assess", text)).schemes == (scheme,)
    tidy = formatted(text, keywords)
    assert parse_schemes(Source("a.assess", tidy)).schemes == (scheme,)
    assert [comment for comment, *_ in places(tidy)] == [comment for comment, *_ in places(text)]
    assert formatted(tidy, keywords) == formatted(tidy) == tidy


@CALM
@given(schemes, st.sampled_from(["zh", "en"]), RANDOMS)
def test_a_comment_stays_where_it_stands(scheme: Scheme, lang: str, random: Random) -> None:
    text = untidy(print_scheme(scheme, lang), random)
    kinds = [token.type for token in tokens(text) if token.type not in ("_COMMA", "INVISIBLE")]
    for (_, alone, before), (_, alone_after, after) in zip(places(text), places(formatted(text)), strict=True):
        if before == after:
            assert alone == alone_after
        else:  # from within the head of a block, a label or a measure it goes to a line of its own above
            assert alone_after
            assert not {"FIELD", "LBRACE", "RBRACE", "DATE", "RANGE", "EVERY"} & set(kinds[after:before])


@CALM
@given(st.lists(schemes, min_size=1, max_size=2), st.sampled_from(["zh", "en"]))
def test_what_is_printed_is_formatted(several: list[Scheme], lang: str) -> None:
    text = print_schemes(several, lang)
    assert formatted(text) == text


@CALM
@given(schemes, st.sampled_from(["zh", "en"]), RANDOMS, st.sampled_from(["zh", "en"]))
def test_every_keyword_is_of_the_language_asked_for(scheme: Scheme, lang: str, random: Random, keywords: str) -> None:
    blocks = {block.word(keywords): block for block in block_words().values()}

    def look(entries: Sequence[Entry | Block], fields: Collection[str]) -> None:
        for entry in entries:
            if isinstance(entry, Block):
                look(entry.entries, {field.word(keywords) for field in blocks[entry.word.text].fields})
                continue
            assert entry.word.text.rstrip(":") in fields
            words = [item.text for item in entry.items if isinstance(item, Token) and item.type == "WORD"]
            assert all(word.isascii() == (keywords == "en") or word.startswith("每") for word in words)

    text = formatted(untidy(print_scheme(scheme, lang), random), keywords)
    look(parse_schemes(Source("a.assess", text)).blocks, ())


def told(path: Path) -> list[tuple[str, ...]]:
    """Return what is found in the drafts of a folder, without places and forms of words; fingerprints last."""
    report = judge([str(path)], Settings(as_of=date(2026, 11, 23)), load_rulebook())
    return [(f.path, f.rule, f.severity, f.indicator, f.subject, f.fingerprint) for f in report.findings]


def test_no_finding_changes(tmp_path: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").rglob("*.assess"))]
    for page in sorted(resource("rules").glob("*/*.md")):
        fences = blocks(Source(page.name, page.read_text(encoding="utf-8")))
        texts += [whole_scheme(fence.text) for fence in fences if fence.kind == "scheme"]
    for number, text in enumerate(texts):
        messy = untidy(text, Random(number), anywhere=False)  # noqa: S311 - the same in every run
        (tmp_path / f"{number:03}.assess").write_text(messy, encoding="utf-8", newline="")
    before = told(tmp_path)
    assert len(before) > len(texts) / 2
    for keywords in (None, "en"):
        for path in tmp_path.iterdir():
            path.write_text(formatted(path.read_text(encoding="utf-8"), keywords), encoding="utf-8")
        after = told(tmp_path)
        assert [one[:-1] for one in after] == [one[:-1] for one in before]
        assert keywords or after == before  # the words of a value, and so its fingerprint, are of the language it is put in


@pytest.mark.parametrize("keywords", [None, "zh", "en"], ids=["kept", "zh", "en"])
@pytest.mark.parametrize("name", ["everything-wrong", "one-line", "aligned-comments", "words"])
def test_a_hard_layout_is_formatted_as_in_its_golden_file(name: str, keywords: str | None) -> None:
    folder = GOLDEN / "formatting"
    text = formatted((folder / f"{name}.assess").read_text(encoding="utf-8"), keywords)
    golden = folder / f"{name}.{keywords or 'kept'}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*ROOT.glob("examples/**/*.assess"), *GOLDEN.glob("documents/*.assess")], ids=lambda path: path.name)
def test_our_own_files_are_formatted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("度量: 激活率(“干部之家”，户籍人口)≥５０％", '度量: 激活率("干部之家", 户籍人口) >= 50%'),
        ('度量: 登录率 ( "甲" ) 增长 −0.50 个百分点', '度量: 登录率("甲") 增长 -0.50个百分点'),
        ("度量: 激活率 不低于 50%", "度量: 激活率 不低于 50%"),
        ("measure: activate_rate(app) at least 50 percent", "measure: activate_rate(app) at least 50 percent"),
        ("目标分解: 省40%、市 50 ％", "目标分解: 省 40%, 市 50%"),
        ("佐证: on-site check，截图", "佐证: on-site check, 截图"),
        ('内容: “甲"乙"”', '内容: “甲"乙"”'),
        ('内容: "甲\\"乙“丙”"', '内容: "甲\\"乙“丙”"'),
        ("内容: “甲\\d“乙””", '内容: "甲\\d“乙”"'),
    ],
)
def test_one_spelling(text: str, tidy: str) -> None:
    assert formatted(f'方案 "甲" {{ 指标 "乙" {{\n{text}\n}} }}').splitlines()[2].strip() == tidy


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("频次: 每2月", "frequency: every 2 months"),
        ("频次: 每1.5天", "frequency: every 1.5 days"),
        ("频次: 每半年", "frequency: half_yearly"),
        ('度量: 登录率("甲") 增长 5个百分点', 'measure: log_in_rate("甲") growth of 5 percentage_points'),
        ("度量: 激活率(应用, 户籍人口) >= 30分钟", "measure: activate_rate(app, registered_population) >= 30分钟"),
        ("督查: 暗访", "inspection: unannounced"),
        ("督查: 每季度", "inspection: quarterly"),
        ('报送: "县局"', 'reporting: "县局"'),
    ],
)
def test_words_of_both_languages(chinese: str, english: str) -> None:
    zh, en = f'方案 "甲" {{\n  指标 "乙" {{\n    {chinese}\n  }}\n}}\n', f'scheme "甲" {{\n  indicator "乙" {{\n    {english}\n  }}\n}}\n'
    assert formatted(zh, "en") == en
    assert formatted(en, "zh") == zh


def test_a_frequency_english_has_no_short_word_for_stays() -> None:
    text = '方案 "甲" { 指标 "乙" { 频次: 每周3次 } }'
    assert "frequency: 每周3次" in formatted(text, "en")


def test_a_text_with_mistakes_is_left_alone() -> None:
    result = format_text(Source("a.assess", '方案 "甲" {\n  总份: 100\n}'), lang="en")
    assert result.text is None
    assert [(finding.rule, finding.location.shown("en")) for finding in result.findings] == [("syntax-error", ":2:3")]
