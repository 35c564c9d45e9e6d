"""What a closing section says will follow → consequences of the indicators it names."""

from __future__ import annotations

from decimal import Decimal

import pytest

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


def told(closing: str) -> dict[str, list[tuple[str, list[str]]]]:
    """Return, by indicator, the consequences with what they hang on, of a scheme with a closing section."""
    text = ""

    def line(words: str):  # type: ignore[no-untyped-def]
        nonlocal text
        start = len(text)
        text += words + "\n"
        return prose_at(text, start, start + len(words))

    title = line("清河县2027年度考核细则")
    leaves = [
        Indicator(line(name), Decimal(10) if kind == "scored" else None, kind=kind, fields=(Field("content", line(said)),))
        for name, kind, said in (*INDICATORS, ("结果运用", "provision", closing))
    ]
    facts = read_scheme(Scheme(title, items=tuple(leaves), form="text"), Source("draft.txt", text)).facts
    return {i.name: [(c.kind, hung_on(c.hangs_on)) for c in i.consequences] for i in facts.indicators if i.consequences}


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("网格出巡居末三位的，约谈乡镇主要负责人。", {"网格出巡": [("talk", ["log_in"]), ("ranking", ["log_in"])]}),
        ("“清河通”未达标的乡镇，当年不得评优。", {"“清河通”落地": [("loss_of_honours", ["register"])]}),
        ("断面水质每季度排名。", {"断面水质": [("ranking", ["real_results"])]}),
        ("注册率每月通报。", {"“清河通”落地": [("circular", ["register"])]}),
        ("隐患上报按月通报；得分靠后的，取消评先资格。",
         {"隐患上报": [("circular", ["report_item"]), ("loss_of_honours", ["report_item"]), ("ranking", ["report_item"])]}),
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
    ],
)
def test_it_stays_where_it_is_told_if_it_names_none_or_hangs_on_harm(closing: str) -> None:
    assert set(told(closing)) == {"结果运用"}
