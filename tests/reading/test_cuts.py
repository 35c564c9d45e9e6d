"""What can be cut out of a sentence: 【…】 marks the words, the second text is what is left; None where nothing can go alone."""

from __future__ import annotations

import pytest

from assesslint.reading.cuts import cut_around
from assesslint.reading.lexicon import central_lexicon
from assesslint.reading.passage import Passage
from assesslint.scheme.model import prose_at


@pytest.mark.parametrize(
    ("field", "marked", "left"),
    [
        ("evidence", "现场照片、【打卡记录】", "现场照片"),
        ("evidence", "【打卡记录】、现场照片、台账", "现场照片、台账"),
        ("evidence", "台账，平安通APP【打卡记录】，现场核查", "台账，现场核查"),
        ("evidence", "现场核查和【打卡记录】", "现场核查"),
        ("evidence", "台账、【打卡记录】等", "台账等"),
        ("scoring", "激活率达到50%得满分,每低1个百分点扣0.5分,【末位】约谈", "激活率达到50%得满分,每低1个百分点扣0.5分"),
        ("scoring", "办结率达到95%得满分，连续两次末位的，【约谈】负责人。逾期一件扣1分。", "办结率达到95%得满分。逾期一件扣1分。"),
        ("scoring", "办结率达到95%得满分；对各镇按登录率【排名】；群众不满意的扣1分", "办结率达到95%得满分；群众不满意的扣1分"),
        ("scoring", "办结率达到95%得满分；对各镇按登录率【排名】；同时通报", None),
        ("scoring", "办结率达到95%得满分；对各镇按登录率【排名】", "办结率达到95%得满分"),
        ("scoring", "项目建设一周一排名、【一月一通报】", "项目建设一周一排名"),
        ("scoring", "办结率达到95%得满分，【排名】末位的扣1分，并约谈", None),
        ("scoring", "网格员每日通过平安通【打卡】，缺一次扣0.1分", None),
        ("scoring", "办结率达到95%得满分，【约谈】，约谈两次的扣2分", None),
        ("scoring", "（1）按登录率【排名】；（2）逾期一件扣1分", None),
        ("scoring", "考核结果运用：对末位的【约谈】，约谈情况通报", None),
        ("scoring", "按“学习强国【积分】高低”排名", ""),
        ("consequence", "6月底仍未完成的,对主要负责人【问责】", ""),
    ],
)
def test_what_is_left_is_whole(field: str, marked: str, left: str | None) -> None:
    start, end = marked.index("【"), marked.index("】") - 1
    text = marked.replace("【", "").replace("】", "")
    passage = Passage(prose_at(text, 0, len(text)), field, central_lexicon())
    place = passage.range_of((prose_at(text, start, end).span,))
    assert place is not None
    cut = cut_around(passage, *place)
    if cut is None:
        assert left is None
        return
    [span] = passage.words(cut.start, cut.end).spans
    assert text[: span.start] + text[span.end :] == left
    assert cut.empties(passage) is (left == "")
