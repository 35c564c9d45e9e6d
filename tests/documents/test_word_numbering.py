"""The numbers before the paragraphs of a list are those that Word shows."""

from __future__ import annotations

import pytest

from assesslint.documents.docx import read_docx
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.model import Paragraph
from assesslint.documents.numerals import FORMS, counted, numeral
from tests.documents.word_files import NAMESPACES, cell, docx, level, listed, numbering, p, style, styled, styles, table


def shown(body: str, lists: str, known: str = "") -> list[str]:
    """Return the number of every paragraph; all of them say 项."""
    document = read_docx("a.docx", docx(body, {"numbering.xml": lists, "styles.xml": known or styles()}), DEFAULT_LIMITS)
    return [each.prose.text.removesuffix("项").rstrip() for each in document.blocks if isinstance(each, Paragraph)]


def items(*levels: int, number: int = 1) -> str:
    return "".join(listed("项", number, at) for at in levels)


@pytest.mark.parametrize(
    ("form", "numerals"),
    [
        ("decimal", {1: "1", 10: "10"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一"}),
        (
            "chineseCountingThousand",
            {100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一", 10_001: "一万零一", 12_000: "一万二千"},
        ),
        ("japaneseCounting", {12: "十二"}),
        ("ideographDigital", {10: "一〇"}),
        ("chineseLegalSimplified", {1: "壹", 12: "壹拾贰"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥", 61: "甲子"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 50: "㊿", 51: "51"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {2: "⒉"}),
        ("ideographEnclosedCircle", {1: "㊀", 11: "11"}),
        ("decimalZero", {7: "07", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        ("numberInDash", {5: "- 5 -"}),
        ("upperRoman", {4: "IV", 9: "IX", 1994: "MCMXCIV"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb"}),
        ("upperLetter", {3: "C"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 22: "22nd"}),
        ("anything else", {3: "3"}),
    ],
)
def test_numerals(form: str, numerals: dict[int, str]) -> None:
    assert {number: numeral(number, form) for number in numerals} == numerals


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", [-5, 0, 1, 9, 99, 12_345, 1_000_000])
def test_every_number_has_a_short_numeral_in_every_form(form: str, number: int) -> None:
    assert 0 < len(numeral(number, form)) < 60


def test_numbers_in_words_are_told_apart() -> None:
    assert len({counted(number) for number in range(20_000)}) == 20_000


def test_levels_count_on_and_begin_anew_under_another() -> None:
    lists = numbering(level("chineseCounting", "%1、"), level("chineseCounting", "（%2）"), level("decimal", "%3."))
    assert shown(items(0, 1, 1, 2, 2, 1, 2, 0, 1), lists) == ["一、", "（一）", "（二）", "1.", "2.", "（三）", "1.", "二、", "（一）"]


def test_levels_show_the_numbers_above_them() -> None:
    legal = level("decimal", "%1.%2", "<w:isLgl/>")
    assert shown(items(0, 1, 0, 1), numbering(level("upperRoman", "%1"), legal)) == ["I", "1.1", "II", "2.1"]


def test_a_level_left_out_counts_as_one_shown() -> None:
    lists = numbering(level("decimal", "%1"), level("decimal", "%1.%2"), level("decimal", "%1.%2.%3"))
    assert shown(items(1, 1, 0, 1), lists) == ["1.1", "1.2", "2", "2.1"]
    assert shown(items(0, 2, 1, 2), lists) == ["1", "1.1.1", "1.2", "1.2.1"]


@pytest.mark.parametrize(("restart", "second"), [("", "1"), ('<w:lvlRestart w:val="0"/>', "2"), ('<w:lvlRestart w:val="1"/>', "1")])
def test_a_level_may_count_on_under_another_number(restart: str, second: str) -> None:
    assert shown(items(0, 1, 0, 1), numbering(level("decimal", "%1"), level("decimal", "%2", restart))) == ["1", "1", "2", second]


def test_lists_of_one_definition_count_on_unless_one_says_where_it_starts() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = items(0) + items(0, number=2) + items(0, 0, number=3) + items(0)
    assert shown(body, numbering(level("decimal", "%1."), lists=lists)) == ["1.", "2.", "5.", "6.", "7."]


def test_a_list_may_have_a_level_of_its_own() -> None:
    own = level("ideographTraditional", "%1：").replace("LEVEL", "0")
    lists = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{own}</w:lvlOverride></w:num>'
    assert shown(items(0, 0), numbering(level("decimal", "%1."), lists=lists)) == ["甲：", "乙："]


def test_numbers_come_through_styles() -> None:
    known = styles(
        style("h1", "heading 1", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        style("h2", "heading 2", '<w:numPr><w:numId w:val="1"/></w:numPr>', based_on="h1"),
        style("mine", "Mine", based_on="h2"),
    )
    lists = numbering(level("decimal", "%1", '<w:pStyle w:val="h1"/>'), level("decimal", "%1.%2", '<w:pStyle w:val="h2"/>'))
    none = p("项", '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = styled("项", "h1") + styled("项", "h2") + styled("项", "mine") + none + styled("项", "h1")
    assert shown(body, lists, known) == ["1", "1.1", "1.2", "", "2"]


def test_a_definition_may_be_that_of_a_list_style() -> None:
    known = styles('<w:style w:type="numbering" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>')
    lists = (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="s"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{level("decimal", "第%1条").replace("LEVEL", "0")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    assert shown(items(0, 0), lists, known) == ["第1条", "第2条"]


def test_bullets_are_marks_every_font_has_and_tell_their_depth() -> None:
    lists = numbering(level("bullet", "\uf06c"), level("bullet", "o"), level("bullet", "—"), level("none", ""))
    document = read_docx("a.docx", docx(items(0, 1, 2, 3), {"numbering.xml": lists}), DEFAULT_LIMITS)
    found = [each for each in document.blocks if isinstance(each, Paragraph)]
    assert [(each.prose.text, each.depth) for each in found] == [("● 项", 0), ("● 项", 1), ("— 项", 2), ("项", 0)]


@pytest.mark.parametrize("suffix", ["tab", "space", "nothing"])
def test_what_parts_a_number_from_the_words(suffix: str) -> None:
    lists = numbering(level("decimal", "%1.", f'<w:suff w:val="{suffix}"/>'))
    document = read_docx("a.docx", docx(items(0), {"numbering.xml": lists}), DEFAULT_LIMITS)
    assert document.source.text == ("1.项" if suffix == "nothing" else "1. 项")


@pytest.mark.parametrize(
    "damage",
    [
        '<w:num w:numId="1"/>',
        '<w:num w:numId="1"><w:abstractNumId w:val="77"/></w:num>',
        '<w:num><w:abstractNumId/></w:num><w:num w:numId="1"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="x"><w:startOverride w:val="99999999999"/></w:lvlOverride></w:num>',
    ],
)
def test_damaged_lists_do_not_stop_the_reading(damage: str) -> None:
    [number] = shown(items(0), numbering(level("decimal", "%1"), '<w:lvl w:ilvl="999"/><w:lvl/>', lists=damage))
    assert number in ("", "1")


def test_an_empty_item_counts_and_is_shown_only_in_a_table() -> None:
    lists = numbering(level("decimal", "%1"))
    body = items(0) + listed("", 1) + table([[cell(listed("", 1)), "甲"]]) + items(0)
    document = read_docx("a.docx", docx(body, {"numbering.xml": lists}), DEFAULT_LIMITS)
    assert document.source.text.split("\n") == ["1 项", "3 ", "甲", "4 项"]
