"""How often, as departments say it."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.text.frequency import NAMES, find_frequencies
from assesslint.text.normalise import normalise


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *((name, [(name, days)]) for name, days in NAMES.items()),
        ("每天", [("每天", 1)]),
        ("每周2次", [("每周2次", 3.5)]),
        ("每周不少于两次", [("每周不少于两次", 3.5)]),
        ("每月开展督查1次", [("每月开展督查1次", 30)]),
        ("每月上报隐患不少于30条", [("每月", 30)]),
        ("每两周一次", [("每两周一次", 14)]),
        ("两周一次", [("两周一次", 14)]),
        ("三天一次", [("三天一次", 3)]),
        ("半月一次", [("半月一次", 15)]),
        ("一月两次", [("一月两次", 15)]),
        ("一日一报", [("一日一报", 1)]),
        ("一周一调度", [("一周一调度", 7)]),
        ("每隔两天", [("每隔两天", 2)]),
        ("逐日登记", [("逐日", 1)]),
        ("按月通报", [("按月", 30)]),
        ("按日报送", [("按日", 1)]),
        ("按日期排列", []),
        ("按时完成", []),
        ("周报", [("周报", 7)]),
        ("月度通报", [("月度通报", 30)]),
        ("季度排名", [("季度排名", 91)]),
        ("人民日报", []),
        ("天天打卡", [("天天", 1)]),
        ("年度考核", []),
        ("2026年1次", []),
        ("本周", []),
        ("第三周一次性", []),
        ("不定期", []),
    ],
)
def test_frequencies(text: str, found: list[tuple[str, float]]) -> None:
    normal = normalise(text).text
    expected = [(words, pytest.approx(days)) for words, days in found]
    assert [(normal[f.start : f.end], float(f.interval)) for f in find_frequencies(normal)] == expected


@given(st.text("每隔逐按分日周月季度年半旬天个一二两三十0123456789次报通度末初时，", max_size=40))
def test_any_text_gives_frequencies_in_order(text: str) -> None:
    found = find_frequencies(text)
    assert all(f.interval > Decimal(0) and 0 <= f.start < f.end <= len(text) for f in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
