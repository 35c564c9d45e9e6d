"""The steps one matter takes → Procedure: on line, on paper, or the same step twice."""

from __future__ import annotations

from typing import Any

import pytest

from assesslint.reading.facts import NO_WORDS, Procedure
from tests.reading.drafts import read, said


def procedure(*steps: str, force: str = "scored", **rest: Any) -> Procedure:
    return Procedure(NO_WORDS, force, steps, **rest)


PROCEDURES: list[tuple[str, list[tuple[str, Procedure]]]] = [
    ("在OA系统流转后，再打印一份纸质签字存档。",
     [("OA系统流转后，再打印一份纸质签字", procedure("submit_online", "print", "keep_paper", "sign"))]),
    ("系统录入后将签字版扫描上传。", [("系统录入后将签字版扫描上传", procedure("submit_online", "sign", "scan"))]),
    ("线上填报后，还需报送纸质版。", [("线上填报后，还需报送纸质版", procedure("submit_online", "submit_paper", force="required"))]),
    ("同步建立电子和纸质双台账。", [("电子和纸质", procedure("submit_online", "keep_paper"))]),
    ("打印、签字、扫描三个环节缺一不可。", [("打印、签字、扫描", procedure("print", "sign", "scan"))]),
    ("原件依法须签字盖章存档。",
     [("签字盖章", procedure("sign", force="required", circumstance="statutory", legal_original=True))]),
    ("全程网办，不再打印纸质材料。", []),
    ("取消签字盖章。", []),
    ("可打印留存。", []),
    ("过去要求打印签字。", []),
    ("按时完成任务。", []),
    ("会议记录、微信群聊天记录齐全。", []),
    ("档案在系统挂接后，另打印纸质目录装盒。",
     [("在系统挂接后，另打印纸质目录装盒", procedure("submit_online", "print", "keep_paper"))]),
    ("电子印章与纸质印章同效。", [("电子印章", procedure("submit_online"))]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PROCEDURES)
def test_the_steps_a_matter_takes(text: str, expected: list[tuple[str, Procedure]]) -> None:
    assert [said(p) for p in read(text).procedures] == expected


@pytest.mark.parametrize(
    ("text", "online"),
    [
        ("在平安通平台登记后，另存纸质档案。", True),
        ("在平安通平台登记。同时另存纸质档案。", True),
        ("推广平安通平台。档案室存纸质档案。", False),
        ("用印在OA中审批，登记本同样要写。", True),
        ("在平安通平台审批。办结后打印装订。", True),
        ("会议签字确认。", False),
    ],
)
def test_a_system_named_beside_paper_is_the_same_step_on_line(text: str, online: bool) -> None:
    (found,) = read(text).procedures
    assert ("submit_online" in found.steps) is online
