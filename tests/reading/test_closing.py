"""What a closing section says will follow → consequences of the indicators it names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from assesslint.reading.facts import Indicator as IndicatorFacts
from assesslint.reading.read import read_scheme
from assesslint.scheme.model import Field, Indicator, Scheme, prose_at
from assesslint.text.source import Source
from tests.reading.drafts import hung_on

INDICATORS = (
    ("网格出巡", "scored", "网格员在“网格通”APP日均上线率达到90%得满分。"),
    ("“清河通”落地", "scored", "“清河通”注册率达到八成得满分。"),
    ("断面水质", "scored", "出境断面年均达到Ⅲ类得满分。"),
    ("隐患上报", "scored", "每月上报隐患不少于4条。"),
)


def facts_of(before: Sequence[tuple[str, str, str]], kind: str, closing: str) -> tuple[IndicatorFacts, ...]:
    """Return the facts of the indicators of a scheme, the last of a kind."""
    text = ""

    def line(words: str):  # type: ignore[no-untyped-def]
        nonlocal text
        start = len(text)
        text += words + "\n"
        return prose_at(text, start, start + len(words))

    title = line("清河县2027年度考核细则")
    leaves = [
        Indicator(line(name), Decimal(10) if of == "scored" else None, kind=of, fields=(Field("content", line(said)),))
        for name, of, said in (*before, ("结果运用", kind, closing))
    ]
    return read_scheme(Scheme(title, items=tuple(leaves), form="text"), Source("draft.txt", text)).facts.indicators


def told(closing: str) -> dict[str, list[tuple[str, list[str]]]]:
    """Return, by indicator, the consequences with what they hang on, of a scheme with a closing section."""
    return {
        i.name: [(c.kind, hung_on(c.hangs_on)) for c in i.consequences]
        for i in facts_of(INDICATORS, "provision", closing)
        if i.consequences
    }


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("网格出巡居末三位的，约谈乡镇主要负责人。", {"网格出巡": [("talk", ["log_in"]), ("ranking", ["log_in"])]}),
        ("“清河通”未达标的乡镇，当年不得评优。", {"“清河通”落地": [("loss_of_honours", ["register"])]}),
        ("断面水质每季度排名。", {"断面水质": [("ranking", ["real_results"])]}),
        ("注册率每月通报。", {"“清河通”落地": [("circular", ["register"])]}),
        ("隐患上报按月通报；得分靠后的，取消评先资格。",
         {"隐患上报": [("circular", ["report_item"]), ("loss_of_honours", ["report_item"]), ("ranking", ["report_item"])]}),
        ("第2项、第4项未达标的，约谈乡镇主要负责人。",
         {"“清河通”落地": [("talk", ["register"])], "隐患上报": [("talk", ["report_item", "report"])]}),
        ("第一、二项未达标的，不得评优。",
         {"网格出巡": [("loss_of_honours", ["log_in"])], "“清河通”落地": [("loss_of_honours", ["register"])]}),
        ("第三至四项未达标的，约谈。", {"断面水质": [("talk", ["unknown"])], "隐患上报": [("talk", ["report_item", "report"])]}),
        ("网格出巡和注册率两项逐月通报。", {"网格出巡": [("circular", ["log_in"])], "“清河通”落地": [("circular", ["register"])]}),
    ],
)  # fmt: skip
def test_it_hangs_on_the_indicator_that_is_named(closing: str, expected: dict[str, list[tuple[str, list[str]]]]) -> None:
    found = told(closing)
    assert {name: [(kind, hangs) for kind, hangs in cs] for name, cs in found.items()} == expected


@pytest.mark.parametrize(
    "closing",
    [
        "考核结果按季度通报，末位的约谈。",
        "连续两年排名末位的，约谈主要负责人。",
        "对“清河通”数据弄虚作假的，取消评优资格。",
        "任何单位不得对网格出巡进行排名。",
        "依据市委办文件第三条第2项考核不合格的，约谈。",
        "第九项未达标的，约谈。",
    ],
)
def test_it_stays_where_it_is_told_if_it_names_none_or_hangs_on_harm(closing: str) -> None:
    assert set(told(closing)) == {"结果运用"}


def test_what_a_closing_section_only_names_is_not_asked_for_anew() -> None:
    found = facts_of(INDICATORS, "provision", "“清河通”注册率、网格出巡两项逐月通报。")
    assert [d for d in found[-1].demands if d.action == "register"] == []


@pytest.mark.parametrize(
    ("said", "hangs"),
    [
        ("“清河通”指标连续两个季度居末位的，年度考核一票否决。", ["register"]),
        ("造成人员死亡的，年度考核一票否决。", ["real_harm"]),
    ],
)
def test_a_veto_hangs_on_the_indicator_that_it_names(said: str, hangs: list[str]) -> None:
    veto = facts_of(INDICATORS, "veto", said)[-1]
    assert [hung_on(c.hangs_on) for c in veto.consequences if c.kind == "veto" and c.words.field != "name"] == [hangs]
